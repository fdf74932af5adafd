//! What a user has written down about a cloud: `clouds.yaml` and the variables `OS_*`, as one value.
//! This module reads only. It must never write to a file.

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::time::Duration;

use super::Credentials;
use crate::Tls;
use crate::auth::TokenScope;

mod described;
mod directories;
mod entry;
mod environment;
mod error;
mod files;
mod merging;
mod place;
mod placeholders;
mod proof;
mod reading;
mod regions;
mod scope;
mod settings;
mod sources;
mod tree;
mod vendors;
mod yaml;

pub use error::{ConfigError, ConfigErrorKind};
pub use sources::Sources;

/// The settings of one cloud. `Debug` does not show secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloudConfig {
    /// The name of the cloud in `clouds.yaml`. `envvars` if the settings come from the environment.
    pub name: String,
    /// The address of the identity service, such as `https://iam.eu-de.otc.t-systems.com/v3`.
    pub auth_url: Option<String>,
    /// Who calls. `None` if the settings have no credentials.
    pub credentials: Option<Credentials>,
    /// The project or account that tokens are valid for.
    pub scope: Option<TokenScope>,
    /// The region, such as `eu-de`.
    pub region: Option<String>,
    /// Which of a service's addresses is used.
    pub interface: Interface,
    /// Addresses that replace those of the service catalogue, by the type of the service, in which `_` stands for `-`:
    /// `image`, `block_storage`.
    pub endpoints: BTreeMap<String, String>,
    /// How servers prove who they are.
    pub tls: Tls,
    /// How long one attempt of a call may take.
    pub timeout: Option<Duration>,
}

/// Which of the addresses of a service is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interface {
    /// The address for everyone.
    #[default]
    Public,
    /// The address for callers inside the cloud.
    Internal,
    /// The address for administrators.
    Admin,
}

impl Interface {
    /// The name in catalogues: `public`, `internal` or `admin`.
    pub fn name(self) -> &'static str {
        match self {
            Interface::Public => "public",
            Interface::Internal => "internal",
            Interface::Admin => "admin",
        }
    }
}
