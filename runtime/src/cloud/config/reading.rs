//! The functions that read the settings of a cloud.

use alloc::string::String;
use alloc::vec::Vec;

use super::described::Described;
use super::error::ConfigError;
use super::sources::Sources;
use super::{CloudConfig, settings};

impl Sources {
    /// Reads the settings of the cloud that [`CloudConfig::from_env`] chooses.
    ///
    /// # Errors
    /// As for [`CloudConfig::from_env`].
    pub fn read(&self) -> Result<CloudConfig, ConfigError> {
        settings::read(self, None)
    }

    /// Reads the settings of the cloud `name`, as [`CloudConfig::named`] does.
    ///
    /// # Errors
    /// As for [`CloudConfig::named`].
    pub fn read_cloud(&self, name: &str) -> Result<CloudConfig, ConfigError> {
        settings::read(self, Some(name))
    }

    /// The names of all clouds, in the order of the files. The cloud of the variables is the last one.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn clouds(&self) -> Result<Vec<String>, ConfigError> {
        Ok(Described::read(self)?.names().map(String::from).collect())
    }
}

impl CloudConfig {
    /// Reads the settings of the cloud that openstacksdk uses without arguments:
    ///
    /// 1. the cloud of `clouds.yaml` that the variable `OS_CLOUD` names;
    /// 2. or the cloud that other variables `OS_*` describe. It is called `envvars`, or what `OS_CLOUD_NAME` says;
    /// 3. or the only cloud of `clouds.yaml`.
    ///
    /// [The guide](crate::guide::settings) lists the files, their order, and all keys.
    ///
    /// # Errors
    /// If there is no such cloud, or if what is written about it cannot be used.
    ///
    /// ```no_run
    /// use permspec_runtime::cloud::CloudConfig;
    ///
    /// let config = CloudConfig::from_env()?;
    /// println!("{} in {:?}", config.name, config.region);
    /// # Ok::<(), permspec_runtime::cloud::ConfigError>(())
    /// ```
    pub fn from_env() -> Result<CloudConfig, ConfigError> {
        Sources::of_process().read()
    }

    /// Reads the settings of the cloud `name` of `clouds.yaml`, whatever the variable `OS_CLOUD` says.
    ///
    /// # Errors
    /// If there is no such cloud, or if what is written about it cannot be used.
    ///
    /// ```no_run
    /// use permspec_runtime::cloud::CloudConfig;
    ///
    /// let config = CloudConfig::named("otc")?;
    /// # Ok::<(), permspec_runtime::cloud::ConfigError>(())
    /// ```
    pub fn named(name: &str) -> Result<CloudConfig, ConfigError> {
        Sources::of_process().read_cloud(name)
    }
}
