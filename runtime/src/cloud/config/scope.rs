//! The project or the account that tokens are valid for.
//!
//! Source: `_fix_backwards_auth` and `_handle_domain_id` in openstack/config/loader.py.

use alloc::format;
use alloc::string::ToString;

use super::entry::Entry;
use super::error::ConfigError;
use crate::auth::TokenScope;
use crate::cloud::{Agency, Domain};

const PROJECT_ID: [&str; 2] = ["project_id", "tenant_id"];
const PROJECT_NAME: [&str; 2] = ["project_name", "tenant_name"];

/// The scope. `None` if the settings name neither a project nor an account.
pub(super) fn scope(entry: &Entry) -> Result<Option<TokenScope>, ConfigError> {
    for key in ["system_scope", "trust_id"] {
        if let Some(setting) = entry.flat_first(&[key])? {
            let error = setting.unsupported(format!("`{key}` is not supported"));
            return Err(
                error.help("the identity service of this cloud knows projects and domains only")
            );
        }
    }
    if let Some(id) = entry.flat_first(&PROJECT_ID)? {
        return Ok(Some(TokenScope::project_id(id.text)));
    }
    if let Some(name) = entry.flat_first(&PROJECT_NAME)? {
        return Ok(Some(match project_domain(entry)? {
            Some(domain) => TokenScope::project_of(domain, name.text),
            None => TokenScope::project_name(name.text),
        }));
    }
    let domain = domain(entry, &["domain_id"], &["domain_name"])?;
    Ok(domain.map(TokenScope::domain))
}

/// The scope of an agency: the delegated project, or else the account that has delegated permissions. The project of
/// the user does not count.
pub(super) fn of_agency(entry: &Entry, agency: &Agency) -> Result<TokenScope, ConfigError> {
    if let Some(id) = entry.auth_first(&["target_project_id"])? {
        return Ok(TokenScope::project_id(id.text));
    }
    Ok(
        match entry.auth_first(&["delegated_project", "target_project_name"])? {
            Some(name) => TokenScope::project_of(agency.domain.clone(), name.text),
            None => TokenScope::domain(agency.domain.clone()),
        },
    )
}

/// The account of the user. `domain_id` and `domain_name` mean both accounts if the scope is a project.
///
/// openstacksdk requires one of the first keys. Here, the account of the project is the account of the user if
/// nothing else is said, because projects of other accounts cannot be used without an agency.
pub(super) fn user_domain(entry: &Entry) -> Result<Option<Domain>, ConfigError> {
    if let Some(found) = domain(
        entry,
        &["user_domain_id", "domain_id"],
        &["user_domain_name", "domain_name"],
    )? {
        return Ok(Some(found));
    }
    match default_domain(entry)? {
        Some(found) => Ok(Some(found)),
        None => domain(entry, &["project_domain_id"], &["project_domain_name"]),
    }
}

fn project_domain(entry: &Entry) -> Result<Option<Domain>, ConfigError> {
    match domain(
        entry,
        &["project_domain_id", "domain_id"],
        &["project_domain_name", "domain_name"],
    )? {
        Some(found) => Ok(Some(found)),
        None => default_domain(entry),
    }
}

/// What the older clients of OpenStack fall back to. `default_domain` is an id.
fn default_domain(entry: &Entry) -> Result<Option<Domain>, ConfigError> {
    domain(
        entry,
        &["default_domain_id", "default_domain"],
        &["default_domain_name"],
    )
}

/// An id counts before a name.
fn domain(entry: &Entry, ids: &[&str], names: &[&str]) -> Result<Option<Domain>, ConfigError> {
    if let Some(id) = entry.flat_first(ids)? {
        return Ok(Some(Domain::Id(id.text.to_string())));
    }
    let name = entry.flat_first(names)?;
    Ok(name.map(|name| Domain::Name(name.text.to_string())))
}
