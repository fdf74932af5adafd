//! Where the cloud is, and who calls it, from the settings that the user has.
//! This module must never show a secret.

use permspec::Error;
use permspec_runtime::ServiceSpec;
use permspec_runtime::cloud::{Cloud, CloudBuilder, CloudConfig};

use super::{TIMEOUT, fault};
use crate::arguments::{Call, Credentials};

/// The settings of the cloud that the options choose.
pub(in crate::command) fn settings(options: &Credentials) -> Result<CloudConfig, Error> {
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

pub(in crate::command) fn handle(config: CloudConfig) -> Result<Cloud, Error> {
    let cloud = CloudBuilder::from(config).build();
    cloud.map_err(|error| fault(&format!("{error:#}"), ""))
}

/// Waits for what is sent.
pub(in crate::command) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| fault(&format!("nothing can be sent: {error}"), ""))?;
    Ok(runtime.block_on(work))
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
