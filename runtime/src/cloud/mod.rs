//! One handle for all services of a cloud, from the settings that users of OpenStack's tools already have.
//! This module must never show a secret, and never write one to a file.

mod config;
mod credentials;

pub use config::{CloudConfig, Interface, Tls};
pub use credentials::{Agency, Credentials, Domain, User};
