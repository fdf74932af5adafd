//! One module a command, each a thin layer over the library.

pub mod call;
pub mod check;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod export;
pub mod extract;
pub mod generate;
pub mod init;
pub mod lint;
pub mod permissions;
pub mod policy;
pub mod reference;
pub mod render;
pub mod route;
pub mod routes;
pub mod schema;
mod suggest;
pub mod tables;
mod traffic;

pub mod project;
