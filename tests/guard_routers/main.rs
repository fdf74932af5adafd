//! The guard in front of routers that take a call for another one than the documentation does. No call reaches a
//! handler unless the guard asked about its operation.

#[path = "../lookup/urls.rs"]
mod urls;

mod catalogue;
mod mutations;
mod property;
mod rules;
mod servers;
