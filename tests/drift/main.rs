//! The comparison of two versions: its rules over fixtures, its properties over real pages, real changes with labels,
//! and the command.

mod cases;
mod command;
mod cosmetic;
mod pages;
mod pairs;
mod recipe;
mod redraw;
mod release;
mod rules;
mod semantic;
mod synthetic;
mod versions;
