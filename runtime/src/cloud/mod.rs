//! One handle for all services of a cloud, from the settings that users of OpenStack's tools already have.
//! This module must never show a secret, and never write one to a file.

mod asynchronous;
mod blocking;
mod builder;
mod catalogue;
mod config;
mod credentials;
mod identity;
mod issuing;
mod key_owner;
mod locate;
mod session;

pub use asynchronous::Cloud;
pub use blocking::Cloud as BlockingCloud;
pub use builder::CloudBuilder;
pub use catalogue::{CatalogueEntry, ServiceCatalogue};
pub use config::{CloudConfig, ConfigError, ConfigErrorKind, Interface, Sources};
pub use credentials::{Agency, Credentials};
pub use identity::{Identity, Named};
pub use locate::NoAddress;

pub use crate::auth::{Domain, TokenScope, User};
