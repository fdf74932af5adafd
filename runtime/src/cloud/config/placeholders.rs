//! Names in braces in an address: `https://iam.{region_name}.otc.t-systems.com/v3`.
//! This module must never put a secret into an address.
//!
//! Source: `str.format` over the settings, in `magic_fixes` and `get_one` of openstack/config/loader.py.

use alloc::format;
use alloc::string::String;

use super::entry::{Entry, Setting};
use super::error::{ConfigError, ConfigErrorKind};

/// The address with the values of other settings for their names in braces. `{{` and `}}` stand for braces.
pub(super) fn replaced(address: Setting<'_>, entry: &Entry) -> Result<String, ConfigError> {
    let mut result = String::new();
    let mut rest = address.text;
    while let Some(at) = rest.find(['{', '}']) {
        result += &rest[..at];
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            result += brace;
            rest = after;
            continue;
        }
        let end = rest.find('}').filter(|_| brace == "{");
        let Some(end) = end else {
            return Err(address.wrong("the address has a brace without its pair"));
        };
        let name = &rest[..end];
        result += value(name, address, entry)?;
        rest = &rest[end + 1..];
    }
    Ok(result + rest)
}

fn value<'e>(name: &str, address: Setting<'_>, entry: &'e Entry) -> Result<&'e str, ConfigError> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let secret = ["password", "passcode", "token", "secret", "key", "sk", "ak"]
        .iter()
        .any(|word| name.split('_').any(|part| part == *word));
    if !plain || secret {
        return Err(address.wrong("the address has a name in braces that cannot be replaced"));
    }
    let found = entry.flat(name)?;
    let found = found.ok_or_else(|| {
        let message = format!("the address needs `{name}`, which has no value");
        ConfigError::new(ConfigErrorKind::Missing, message)
            .at(address.place)
            .help("set it next to `auth`, or write the whole address")
    })?;
    Ok(found.text)
}

#[cfg(test)]
mod tests {
    use alloc::sync::Arc;
    use std::path::Path;

    use super::super::yaml;
    use super::*;

    fn address(text: &str) -> Result<String, ConfigError> {
        let settings =
            format!("{{auth_url: '{text}', region_name: eu-de, password: hush, secret_key: hush}}");
        let node = yaml::read(&settings, &Arc::from(Path::new("test.yaml")))?;
        let map = node.as_map().cloned().unwrap_or_default();
        let entry = Entry {
            map,
            place: None,
            hint: None,
        };
        let setting = entry.flat("auth_url")?;
        setting.map_or(Ok(String::new()), |setting| replaced(setting, &entry))
    }

    #[test]
    fn names_in_braces_are_replaced_and_two_braces_are_one() {
        for (text, expected) in [
            ("https://iam.{region_name}.x/v3", "https://iam.eu-de.x/v3"),
            ("{region_name}{region_name}", "eu-deeu-de"),
            ("{{region_name}}", "{region_name}"),
            ("%(project_id)s", "%(project_id)s"),
        ] {
            assert_eq!(address(text).unwrap(), expected);
        }
    }

    #[test]
    fn secrets_other_forms_and_lonely_braces_are_refused() {
        for text in [
            "{password}",
            "{secret_key}",
            "{}",
            "{0.x}",
            "{region_name!r}",
            "{region_name",
            "a}b",
            "{{}",
            "{other}",
        ] {
            let error = address(text).unwrap_err();
            assert_eq!(error.position(), Some((1, 12)), "{text}: {error}");
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }
}
