//! The guard before routers that take a call for another one than the documentation does: no handler is
//! reached without a look at its operation.

#[path = "../lookup/urls.rs"]
mod urls;

mod catalogue;
mod mutations;
mod property;
mod rules;
mod servers;
