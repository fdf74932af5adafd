//! Who calls, and how that is proved, out of the settings of a cloud.
//! This module must never show a secret.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;

use super::entry::{Entry, Setting};
use super::error::{ConfigError, ConfigErrorKind};
use super::scope;
use super::tree::{Node, Value};
use crate::auth::Secret;
use crate::cloud::{Agency, Credentials, Domain, User};

const PASSWORD: [&str; 1] = ["password"];
const PASSCODE: [&str; 1] = ["passcode"];
const TOKEN: [&str; 2] = ["token", "auth_token"];
const USER_ID: [&str; 1] = ["user_id"];
const USER_NAME: [&str; 2] = ["username", "user_name"];
const ACCESS: [&str; 2] = ["access_key", "ak"];
const SECRET: [&str; 2] = ["secret_key", "sk"];
const AGENCY: [&str; 2] = ["agency_name", "target_agency_name"];

/// How the user proves who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Password,
    /// A password and a code of an MFA device.
    Factors,
    Token,
    AccessKey,
}

/// The credentials. `None` if the settings have none.
///
/// `auth_type` says which of several credentials count. Without it, those that last longest: an access key before a
/// password, a password before a token. So a token that was left behind never hides a password, as in the `openstack`
/// command (`_auth_select_default_plugin` in osc_lib/cli/client_config.py), and an access key comes before a password,
/// as in Terraform's provider (`LoadAndValidate` in opentelekomcloud/common/cfg/config.go). openstacksdk itself
/// refuses several in `auth`, and does not know access keys.
pub(super) fn credentials(entry: &Entry) -> Result<Option<Credentials>, ConfigError> {
    let Some(base) = user(entry)? else {
        return Ok(None);
    };
    Ok(Some(match agency(entry)? {
        Some(agency) => Credentials::Agency {
            base: Box::new(base),
            agency,
        },
        None => base,
    }))
}

fn user(entry: &Entry) -> Result<Option<Credentials>, ConfigError> {
    let method = match entry.flat("auth_type")? {
        Some(name) => Some(method(entry, name)?),
        None => by_content(entry)?,
    };
    method.map(|method| read(entry, method)).transpose()
}

/// Source of the names: the plugins of keystoneauth; the provider of Terraform has `aksk`, and python-otcextensions
/// has `agency`.
fn method(entry: &Entry, name: Setting<'_>) -> Result<Method, ConfigError> {
    match name.text {
        "password" | "v3password" | "agency" => Ok(Method::Password),
        "token" | "v3token" => Ok(Method::Token),
        "v3totp" => Ok(Method::Factors),
        "v3multifactor" => factors(entry, name),
        "aksk" => Ok(Method::AccessKey),
        other => {
            let message = format!("the `auth_type` `{other}` is not supported");
            Err(name.unsupported(message).help(TYPES))
        }
    }
}

const TYPES: &str = "use `password`, `token`, `v3multifactor` or `aksk`, or remove the key";

/// The value of `auth_methods`: a list, or names with commas.
fn factors(entry: &Entry, name: Setting<'_>) -> Result<Method, ConfigError> {
    let known =
        |method: &str| ["password", "v3password", "totp", "v3totp"].contains(&method.trim());
    let node = entry.map.get("auth_methods");
    let supported = match node.map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().all(|item| item.as_text().is_some_and(known)),
        Some(Value::Text(text)) => text.split(',').all(known),
        _ => true,
    };
    if supported {
        return Ok(Method::Factors);
    }
    let place = node.map_or(name.place, |node: &Node| &node.place);
    let message = "`auth_methods` has a method that is not supported";
    let error = ConfigError::new(ConfigErrorKind::Unsupported, message).at(place);
    Err(error.help("this cloud knows `v3password` and `v3totp`"))
}

fn by_content(entry: &Entry) -> Result<Option<Method>, ConfigError> {
    let has = |keys: &[&str]| Ok(entry.auth_first(keys)?.is_some());
    if has(&ACCESS)? || has(&SECRET)? {
        return Ok(Some(Method::AccessKey));
    }
    if has(&PASSWORD)? || has(&PASSCODE)? {
        return Ok(Some(Method::Password));
    }
    if has(&TOKEN)? {
        return Ok(Some(Method::Token));
    }
    // Then the password is missing, and the error says so.
    Ok((has(&USER_NAME)? || has(&USER_ID)?).then_some(Method::Password))
}

fn read(entry: &Entry, method: Method) -> Result<Credentials, ConfigError> {
    let need = |keys: &[&str], what| {
        let found = entry.auth_first(keys)?;
        found.ok_or_else(|| entry.missing(what, &quoted(keys)))
    };
    match method {
        Method::Password | Method::Factors => {
            let passcode = entry.flat_first(&PASSCODE)?;
            if method == Method::Factors && passcode.is_none() {
                return Err(
                    entry.missing("the code of the MFA device", "`passcode` or `OS_PASSCODE`")
                );
            }
            let password = need(&PASSWORD, "the password")?;
            Ok(Credentials::Password {
                user: named(entry)?,
                password: secret(password),
                passcode: passcode.map(secret),
            })
        }
        Method::Token => {
            let token = entry.flat_first(&TOKEN)?;
            let token = token.ok_or_else(|| entry.missing("the token", &quoted(&TOKEN)))?;
            Ok(Credentials::Token(secret(token)))
        }
        Method::AccessKey => {
            let access = need(&ACCESS, "the id of the access key")?;
            let key = need(&SECRET, "the secret key of the access key")?;
            Ok(Credentials::AccessKey {
                access: access.text.to_string(),
                secret: secret(key),
                security_token: entry.auth_first(&["security_token"])?.map(secret),
            })
        }
    }
}

fn named(entry: &Entry) -> Result<User, ConfigError> {
    if let Some(id) = entry.auth_first(&USER_ID)? {
        return Ok(User::Id(id.text.to_string()));
    }
    let name = entry.auth_first(&USER_NAME)?;
    let name =
        name.ok_or_else(|| entry.missing("the name of the user", "`username` or `user_id`"))?;
    let domain = scope::user_domain(entry)?.ok_or_else(|| {
        entry.missing(
            "the domain of the user",
            "`user_domain_name` or `user_domain_id`",
        )
    })?;
    Ok(User::Name {
        name: name.text.to_string(),
        domain,
    })
}

/// The agency. Keys of Terraform's provider come first, then those of the plugin `agency` of python-otcextensions.
pub(super) fn agency(entry: &Entry) -> Result<Option<Agency>, ConfigError> {
    let by_type = entry
        .flat("auth_type")?
        .filter(|name| name.text == "agency");
    let Some(name) = entry.auth_first(&AGENCY)? else {
        return match by_type {
            Some(_) => Err(entry.missing("the name of the agency", &quoted(&AGENCY))),
            None => Ok(None),
        };
    };
    let id = entry.auth_first(&["agency_domain_id", "target_domain_id"])?;
    let domain_name = entry.auth_first(&["agency_domain_name", "target_domain_name"])?;
    let domain = match (domain_name, id) {
        (Some(name), _) => Domain::Name(name.text.to_string()),
        (None, Some(id)) => Domain::Id(id.text.to_string()),
        (None, None) => {
            let keys = "`agency_domain_name` or `agency_domain_id`";
            return Err(entry.missing("the domain that has the agency", keys));
        }
    };
    Ok(Some(Agency {
        name: name.text.to_string(),
        domain,
    }))
}

fn secret(setting: Setting<'_>) -> Secret {
    Secret::from(setting.text)
}

fn quoted(keys: &[&str]) -> alloc::string::String {
    format!("`{}`", keys.join("` or `"))
}
