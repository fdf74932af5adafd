//! Read the settings of a cloud from `clouds.yaml` and the variables `OS_*`.
//!
//! [`CloudConfig::from_env`](crate::cloud::CloudConfig::from_env) reads what the `openstack` command, openstacksdk and
//! Terraform read, so people who use these tools have nothing to write down again:
//!
//! ```yaml
//! # ~/.config/openstack/clouds.yaml
//! clouds:
//!   production:
//!     profile: otc
//!     region_name: eu-nl
//!     auth:
//!       username: deployer
//!       user_domain_name: OTC-EU-DE-00000000001000012345
//!       project_name: eu-nl_production
//! ```
//!
//! ```yaml
//! # ~/.config/openstack/secure.yaml
//! clouds:
//!   production:
//!     auth:
//!       password: '..'
//! ```
//!
//! ```no_run
//! use permspec_runtime::cloud::CloudConfig;
//!
//! // `OS_CLOUD=production`, or the only cloud of the file, or the cloud that variables describe.
//! let config = CloudConfig::from_env()?;
//! assert_eq!(config.region.as_deref(), Some("eu-nl"));
//! let config = CloudConfig::named("production")?;
//! # Ok::<(), permspec_runtime::cloud::ConfigError>(())
//! ```
//!
//! The rules are those of openstacksdk, except where this page says otherwise. Tests read about 100 sets of files and
//! variables with both and compare each setting (`tests/cloud_config/` in the repository).
//!
//! # Which cloud
//! 1. The one that the program names, or the variable `OS_CLOUD`.
//! 2. Or the one that other variables `OS_*` describe. It is called `envvars`, or what `OS_CLOUD_NAME` says. `OS_CLOUD`,
//!    `OS_CLOUD_NAME`, `OS_REGION_NAME`, `OS_PASSCODE` and `OS_CLIENT_*_FILE` do not describe a cloud, and an empty
//!    variable is like none.
//! 3. Or the only cloud of the files.
//!
//! Variables do not change a cloud that a file describes, with two exceptions, which are those of the `openstack`
//! command and not of openstacksdk: `OS_REGION_NAME` chooses among its regions, and `OS_PASSCODE` has the code of the
//! user's MFA device.
//!
//! # Which files
//! - `clouds.yaml` has the clouds. `secure.yaml` has the same form and replaces what `clouds.yaml` says. It is meant for
//!   secrets. `clouds-public.yaml` has profiles below `public-clouds`.
//! - Each is looked for on its own: in the file that `OS_CLIENT_CONFIG_FILE`, `OS_CLIENT_SECURE_FILE` or
//!   `OS_CLIENT_VENDOR_FILE` names, in the current directory, in `~/.config/openstack`, in `/etc/xdg/openstack` and in
//!   `/etc/openstack`. Windows, macOS, `XDG_CONFIG_HOME` and `XDG_CONFIG_DIRS` change the directories as usual. In each,
//!   `.yaml` comes before `.yml` and `.json`. The first file counts alone.
//! - A file that cannot be opened is passed over. A file that is not YAML is an error here, with line and column.
//!   openstacksdk continues without it, perhaps with other credentials.
//! - A file may have 1 MiB and 50,000 values after its aliases were replaced.
//!
//! # Which keys
//! The settings of a region replace those of the cloud, and these replace those of its profile. Keys that are not listed
//! are no error.
//!
//! | keys | meaning |
//! |---|---|
//! | `profile` (old: `cloud`) | settings that all users of a cloud share. `otc` and `otc-swiss` need no file. Profiles at an address are an error |
//! | `region_name`, `regions` | the region. The first of several is used. An entry of `regions` may have `values` of its own |
//! | `auth_url` | the address of the identity service. `{region_name}` stands for the region |
//! | `auth_type` | `password`, `v3password`, `token`, `v3token`, `v3totp`, `v3multifactor`; `aksk` and `agency` of this cloud's tools. All others are an error |
//! | `username`, `user_id`, `password`, `passcode`, `token` | who calls |
//! | `ak` and `sk`, or `access_key` and `secret_key`, and `security_token` | an access key, which openstacksdk does not know |
//! | `user_domain_name`, `project_domain_name`, `domain_name`, `default_domain_name`, each also with `_id`; `default_domain` (an id) | accounts. An id counts before a name |
//! | `project_name`, `project_id` (old: `tenant_..`) | the scope. Without a project, it is the account `domain_name`. `system_scope` and `trust_id` are an error |
//! | `agency_name`, `agency_domain_name`, `delegated_project` | an agency, as in Terraform's provider. `target_agency_name`, `target_domain_name`, `target_domain_id` and `target_project_name` of python-otcextensions are the same |
//! | `interface` (old: `endpoint_type`) | `public`, `internal` or `admin` |
//! | `<service>_endpoint_override` | the address of a service |
//! | `verify`, `insecure`, `cacert`, `cert`, `key` | TLS |
//! | `api_timeout` | seconds |
//!
//! Users, secrets, accounts and projects may be in `auth` or next to it. The variable for a key is `OS_` and the key in
//! capitals: `OS_USER_DOMAIN_NAME`.
//!
//! # Several credentials
//! If `auth_type` is written, it decides. Otherwise those count that last longest: an access key before a password, and a
//! password before a token. `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY`, which python-otcextensions reads too, count
//! only if the variables `OS_*` have no proof at all. `AWS_ACCESS_KEY_ID` is not read, because it belongs to another
//! cloud on most machines.
//!
//! # Texts
//! A value stays as it is written: the password `0123`, the project `yes` and the user `1e3` are these texts. In
//! openstacksdk, `0123` is the number 83 and `yes` is true, because its YAML library says so. Only a missing value,
//! `null` and `~` are no value for both. In quotes, they are texts.
//!
//! # Errors and secrets
//! A [`ConfigError`](crate::cloud::ConfigError) has the file with line and column or the variable, lists the known
//! clouds and the places that were looked at, and says what helps. It never has a value of a file, not even if a
//! password without quotes breaks the YAML around it.
//!
//! # Tests
//! A test must not depend on the machine. [`Sources`](crate::cloud::Sources) has the variables and the directories that
//! the test says, and no others:
//!
//! ```
//! use permspec_runtime::cloud::Sources;
//!
//! let sources = Sources::new()
//!     .variable("OS_PROFILE", "otc")
//!     .variable("OS_ACCESS_KEY", "AK")
//!     .variable("OS_SECRET_KEY", "SK");
//! let config = sources.read()?;
//! assert_eq!(config.auth_url.as_deref(), Some("https://iam.eu-de.otc.t-systems.com/v3"));
//! # Ok::<(), permspec_runtime::cloud::ConfigError>(())
//! ```
