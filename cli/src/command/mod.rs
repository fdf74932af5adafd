//! One module per command. Each is a thin layer over the library.

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
mod listed;
#[cfg(feature = "cloud")]
pub mod perform;
pub mod permissions;
pub mod policy;
mod reading;
#[cfg(feature = "cloud")]
pub mod record;
pub mod reference;
pub mod render;
pub mod route;
pub mod routes;
pub mod schema;
pub mod search;
pub mod services;
mod store;
mod suggest;
pub mod tables;
mod traffic;
#[cfg(feature = "cloud")]
pub mod whoami;

pub mod project;
