//! Where the cloud is, and who calls it, from the settings that the user has.
//! This module must never show a secret.

use permspec::Error;
use permspec_runtime::ServiceSpec;
use permspec_runtime::blocking::Cloud;
use permspec_runtime::cloud::{CloudBuilder, CloudConfig};

use super::{TIMEOUT, fault};
use crate::arguments::{Call, Credentials};

/// The settings of the cloud that the options choose.
pub(super) fn settings(options: &Credentials) -> Result<CloudConfig, Error> {
    let read = match &options.os_cloud {
        Some(name) => CloudConfig::named(name),
        None => CloudConfig::from_env(),
    };
    let mut config = read.map_err(|error| fault(&error.to_string(), ""))?;
    if let Some(region) = &options.os_region_name {
        config.region = Some(region.clone());
    }
    config.timeout = config.timeout.or(Some(TIMEOUT));
    Ok(config)
}

pub(super) fn handle(config: CloudConfig) -> Result<Cloud, Error> {
    let cloud = CloudBuilder::from(config).blocking();
    cloud.map_err(|error| fault(&format!("{error:#}"), ""))
}

/// The cloud for a call of `service`.
pub(super) fn cloud(options: &Call, service: Option<&'static ServiceSpec>) -> Result<Cloud, Error> {
    let mut config = settings(&options.credentials)?;
    if let (Some(address), Some(service)) = (&options.endpoint, service) {
        config
            .endpoints
            .insert(service.name().to_owned(), address.clone());
    }
    handle(config)
}
