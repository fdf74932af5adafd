//! One module a command, each a thin layer over the library.

pub mod call;
pub mod check;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod extract;
pub mod generate;
pub mod lint;
pub mod permissions;
pub mod policy;
pub mod route;
pub mod routes;
mod suggest;
pub mod tables;
mod traffic;

pub mod project;
