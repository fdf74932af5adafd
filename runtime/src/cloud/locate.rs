//! Where a service is. The first of these that knows it decides: the settings, the catalogue of the token, the
//! documented pattern of hosts.
//! This module must never send a token to a host that neither the settings nor the cloud itself named.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::catalogue::CatalogueEntry;
use super::{CloudConfig, Identity};
use crate::{Address, RouteSpec, ServiceSpec};

/// A service whose address is not known, with what was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAddress {
    service: String,
    tried: Vec<String>,
}

impl NoAddress {
    /// An operation whose service has no data about its place.
    pub(super) fn unknown(spec: &RouteSpec) -> NoAddress {
        NoAddress {
            service: spec.service.to_owned(),
            tried: alloc::vec!["its operations do not say which service they belong to".to_owned()],
        }
    }

    /// The service, such as `ims`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// What was tried, each with the reason why it did not succeed.
    pub fn tried(&self) -> &[String] {
        &self.tried
    }
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the address of `{}` is not known: {}",
            self.service,
            self.tried.join("; ")
        )
    }
}

impl core::error::Error for NoAddress {}

/// The address from the settings, if they have one for the service, by its name or one of its types.
pub(super) fn stated(
    config: &CloudConfig,
    service: &ServiceSpec,
    path: &str,
) -> Option<Result<Address, NoAddress>> {
    let mut names = service.catalogue_types().map(|name| name.replace('-', "_"));
    let (name, url) = names.find_map(|name| {
        let mut stated = config.endpoints.iter();
        stated.find(|(known, _)| known.replace('-', "_") == name)
    })?;
    Some(joined(url, path, None).map_err(|reason| NoAddress {
        service: service.name().to_owned(),
        tried: alloc::vec![format!(
            "the address that the settings have for `{name}` cannot be used: {reason}"
        )],
    }))
}

/// The address from the catalogue or the pattern. `host` is the host of the identity service.
pub(super) fn found(
    config: &CloudConfig,
    identity: &Identity,
    service: &ServiceSpec,
    path: &str,
    host: &str,
) -> Result<Address, NoAddress> {
    let mut tried = alloc::vec!["the settings have no address for it".to_owned()];
    let entries = identity.catalogue.of(service, config.interface);
    match of_region(&entries, config.region.as_deref()) {
        Ok(entries) => {
            let project = identity.project.as_ref().map(|it| it.id.as_str());
            if let Some(entry) = best(&entries, path) {
                match joined(&entry.url, path, project) {
                    Ok(address) => return Ok(address),
                    Err(reason) => tried.push(format!(
                        "its address in the catalogue cannot be used: {reason}"
                    )),
                }
            } else {
                tried.push(nothing(identity, service, config));
            }
        }
        Err(reason) => tried.push(reason),
    }
    match by_pattern(service, config.region.as_deref(), host) {
        Ok(address) => Ok(address),
        Err(reason) => {
            tried.push(reason);
            Err(NoAddress {
                service: service.name().to_owned(),
                tried,
            })
        }
    }
}

/// The entries of a region. Without a region, there must be only one.
fn of_region<'c>(
    entries: &[&'c CatalogueEntry],
    region: Option<&str>,
) -> Result<Vec<&'c CatalogueEntry>, String> {
    let mut regions: Vec<&str> = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.is_global()) {
        if !regions.contains(&entry.region.as_str()) {
            regions.push(&entry.region);
        }
    }
    let in_region = |entry: &&&CatalogueEntry| {
        entry.is_global() || region.is_none_or(|region| entry.region == region)
    };
    let found: Vec<_> = entries.iter().filter(in_region).copied().collect();
    match region {
        None if regions.len() > 1 => Err(format!(
            "the catalogue of the token has it in the regions {}; choose one",
            listed(&regions)
        )),
        Some(region) if found.is_empty() && !entries.is_empty() => Err(format!(
            "the catalogue of the token does not have it in the region `{region}`, but in {}",
            listed(&regions)
        )),
        _ => Ok(found),
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Why the catalogue does not have the service.
fn nothing(identity: &Identity, service: &ServiceSpec, config: &CloudConfig) -> String {
    if identity.catalogue.entries().next().is_none() {
        return "there is no catalogue".to_owned();
    }
    let types: Vec<&str> = service.catalogue_types().collect();
    format!(
        "the catalogue of the token has no {} address for the type {}",
        config.interface.name(),
        listed(&types)
    )
}

/// The entry whose version is that of the path. Otherwise the first one without a version, and otherwise the first.
fn best<'c>(entries: &[&'c CatalogueEntry], path: &str) -> Option<&'c CatalogueEntry> {
    let wanted = path.split('/').find(|segment| is_version(segment));
    let version = |entry: &CatalogueEntry| {
        let mut segments = entry.url.split('/').skip(3);
        segments
            .find(|segment| is_version(segment))
            .map(str::to_owned)
    };
    let same = entries.iter().find(|it| version(it).as_deref() == wanted);
    let without = || entries.iter().find(|it| version(it).is_none());
    same.or_else(without).or(entries.first()).copied()
}

/// The address that comes before `path`, from an address that may already have a version and a project.
///
/// Paths of the documentation begin with the version. Some also repeat what the address has before it
/// (`/autoscaling-api/v1`).
fn joined(url: &str, path: &str, project: Option<&str>) -> Result<Address, &'static str> {
    let begin = url.find("://").map_or(0, |at| at + 3);
    let (host, own) = match url[begin..].find('/') {
        Some(at) => url.split_at(begin + at),
        None => (url, ""),
    };
    let mut segments: Vec<&str> = own.split('/').filter(|it| !it.is_empty()).collect();
    let is_project = |segment: &str| {
        let is_template = segment.contains("(tenant_id)") || segment.contains("(project_id)");
        is_template || project.is_some_and(|id| segment.trim_start_matches("AUTH_") == id)
    };
    if segments.last().is_some_and(|last| is_project(last)) {
        segments.pop();
    }
    if segments.last().is_some_and(|last| is_version(last)) {
        segments.pop();
    }
    let wanted: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let longest = segments.len().min(wanted.len());
    let repeated = (1..=longest)
        .rev()
        .find(|count| segments[segments.len() - count..] == wanted[..*count]);
    segments.truncate(segments.len() - repeated.unwrap_or(0));
    let mut address = host.to_string();
    for segment in segments {
        address.push('/');
        address.push_str(segment);
    }
    Address::try_from(address).map_err(|invalid| invalid.reason())
}

/// `v2`, `v2.0`, `V1`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']);
    number.is_some_and(|number| {
        number.starts_with(|it: char| it.is_ascii_digit())
            && number.chars().all(|it| it.is_ascii_digit() || it == '.')
    })
}

/// The address by the documented pattern, if the identity service belongs to the same cloud.
fn by_pattern(service: &ServiceSpec, region: Option<&str>, host: &str) -> Result<Address, String> {
    let Some(pattern) = service.address() else {
        return Err("no pattern of its host is documented".to_owned());
    };
    let Some((before, after)) = pattern.split_once("{region}") else {
        let own = pattern.split_once("://").map_or("", |(_, host)| host);
        let domain = own.split_once('.').map_or("", |(_, domain)| domain);
        return if host.ends_with(&format!(".{domain}")) {
            Address::try_from(pattern).map_err(|invalid| invalid.reason().to_owned())
        } else {
            Err(elsewhere(pattern, host))
        };
    };
    let domain = after.split('/').next().unwrap_or_default();
    let Some(inside) = host
        .strip_suffix(domain)
        .filter(|_| domain.starts_with('.'))
    else {
        return Err(elsewhere(pattern, host));
    };
    // The host of the identity service names the region, too.
    let region = region.unwrap_or_else(|| inside.rsplit('.').next().unwrap_or_default());
    let is_label = !region.is_empty()
        && region
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_label {
        return Err(format!(
            "`{region}` cannot be the name of a region in `{pattern}`"
        ));
    }
    let address = Address::try_from(format!("{before}{region}{after}"));
    address.map_err(|invalid| invalid.reason().to_owned())
}

fn elsewhere(pattern: &str, host: &str) -> String {
    format!(
        "its documented address `{pattern}` belongs to another cloud than the identity service `{host}`"
    )
}

#[cfg(test)]
mod tests;
