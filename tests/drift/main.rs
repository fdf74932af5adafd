//! The comparison of two versions: its rules over fixtures, its properties over real pages, real
//! changes with labels, and the command.

mod cases;
mod command;
mod pairs;
mod properties;
mod recipe;
mod redraw;
mod rules;
mod synthetic;
mod versions;
