//! The cloud that the variables `OS_*` describe.
//!
//! Source: `_get_os_environ` in openstack/config/loader.py: `OS_USER_DOMAIN_NAME` is the key `user_domain_name`.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{ConfigError, ConfigErrorKind};
use super::place::Place;
use super::sources::Sources;
use super::tree::{Map, Node};

/// Variables that choose among what others describe. They do not describe a cloud.
///
/// openstacksdk takes the last two for descriptions. Here, they are not: the first names a file, and the second has
/// a code that is valid once, for a user who is described elsewhere.
const CHOICES: [&str; 7] = [
    "OS_CLOUD",
    "OS_CLOUD_NAME",
    "OS_REGION_NAME",
    "OS_CLIENT_CONFIG_FILE",
    "OS_CLIENT_SECURE_FILE",
    "OS_CLIENT_VENDOR_FILE",
    PASSCODE,
];

/// The code of the user's MFA device.
pub(super) const PASSCODE: &str = "OS_PASSCODE";

/// Variables of OpenStack's own tests.
const TESTS: [&str; 3] = ["OS_TEST", "OS_STD", "OS_LOG"];

/// Keys and variables of access keys, which python-otcextensions reads.
const ACCESS_KEY: [(&str, &str); 3] = [
    ("access_key", "S3_ACCESS_KEY_ID"),
    ("secret_key", "S3_SECRET_ACCESS_KEY"),
    ("security_token", "S3_SECURITY_TOKEN"),
];

/// The name of this cloud.
pub(super) fn name(sources: &Sources) -> &str {
    sources.get("OS_CLOUD_NAME").unwrap_or("envvars")
}

/// The settings of this cloud, if the variables describe one.
pub(super) fn entry(sources: &Sources) -> Result<Option<Map>, ConfigError> {
    if describing(sources).is_empty() {
        return Ok(None);
    }
    if let Some(name) = sources.unreadable().next() {
        let place = Place::Variable(name.into());
        let error = ConfigError::new(ConfigErrorKind::Unreadable, "the value is not UTF-8");
        return Err(error.at(&place));
    }
    let mut map = Map::default();
    for (name, value) in sources.variables().filter(|(name, _)| is_openstack(name)) {
        if let Some(key) = name.strip_prefix("OS_") {
            let node = Node::text(value, Place::Variable(name.into()));
            map.insert(&key.to_ascii_lowercase(), node);
        }
    }
    // Tools for other clouds use these variables too, so everything else comes first.
    let proofs = ["password", "token", "auth_token", "access_key", "ak"];
    if has_access_key(sources) && !proofs.iter().any(|key| map.get(key).is_some()) {
        for (key, name) in ACCESS_KEY {
            if let Some(value) = sources.get(name) {
                map.insert(key, Node::text(value, Place::Variable(name.into())));
            }
        }
    }
    Ok(Some(map))
}

/// The variables that describe a cloud.
pub(super) fn describing(sources: &Sources) -> Vec<&str> {
    let names = sources.variables().map(|(name, _)| name);
    let names = names.chain(sources.unreadable());
    names
        .filter(|name| is_openstack(name) && !CHOICES.contains(name))
        .collect()
}

fn is_openstack(name: &str) -> bool {
    name.starts_with("OS_") && !TESTS.iter().any(|prefix| name.starts_with(prefix))
}

fn has_access_key(sources: &Sources) -> bool {
    sources.get(ACCESS_KEY[0].1).is_some() && sources.get(ACCESS_KEY[1].1).is_some()
}

/// The place of the code, for a cloud that a file describes.
pub(super) fn passcode(sources: &Sources) -> Option<Node> {
    let value = sources.get(PASSCODE)?;
    Some(Node::text(value, Place::Variable(String::from(PASSCODE))))
}
