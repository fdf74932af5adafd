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
mod tests {
    use alloc::string::ToString;

    use serde_json::json;

    use super::*;
    use crate::cloud::Interface;

    const PROJECT: &str = "0605768a";

    static IMS: ServiceSpec = ServiceSpec::new("ims")
        .with_types(&["image"])
        .with_address("https://ims.{region}.otc.t-systems.com");
    static RDS: ServiceSpec = ServiceSpec::new("rds").with_types(&["rds", "rdsv3"]);
    static OWN_SITE: ServiceSpec =
        ServiceSpec::new("site").with_address("https://site.otc.t-systems.com");

    fn joined(url: &str, path: &str) -> String {
        match super::joined(url, path, Some(PROJECT)) {
            Ok(address) => address.to_string(),
            Err(reason) => reason.to_owned(),
        }
    }

    /// Services as `(type, interface, region, url)`.
    fn identity(services: &[[&str; 4]]) -> Identity {
        let service = |[kind, interface, region, url]: &[&str; 4]| {
            json!({"type": kind, "name": "", "endpoints": [
                {"interface": interface, "region": region, "url": url},
            ]})
        };
        let catalog: Vec<_> = services.iter().map(service).collect();
        let about = json!({"catalog": catalog, "project": {"id": PROJECT, "name": "eu-de"}});
        Identity::read(about.as_object().unwrap())
    }

    fn located(
        services: &[[&str; 4]],
        service: &ServiceSpec,
        region: Option<&str>,
        path: &str,
    ) -> String {
        let config = CloudConfig {
            region: region.map(String::from),
            ..CloudConfig::default()
        };
        match found(
            &config,
            &identity(services),
            service,
            path,
            "iam.eu-de.otc.t-systems.com",
        ) {
            Ok(address) => address.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_version_and_a_project_of_the_address_are_those_of_the_path() {
        for (url, path, expected) in [
            ("http://h:9292", "/v2/images", "http://h:9292"),
            ("http://h:9292/", "/v2/images", "http://h:9292"),
            ("http://h:5000/v3", "/v3/users", "http://h:5000"),
            ("https://h/identity/v3/", "/v3/users", "https://h/identity"),
            (
                "https://h/v2/0605768a",
                "/v2/{project_id}/volumes",
                "https://h",
            ),
            (
                "https://h/v2/$(tenant_id)s",
                "/v3/{project_id}/volumes",
                "https://h",
            ),
            ("https://h/v1/AUTH_0605768a", "/v1/{account}", "https://h"),
            (
                "https://h/v1/other",
                "/v1/{project_id}",
                "https://h/v1/other",
            ),
            (
                "https://h/autoscaling-api/v1/0605768a",
                "/autoscaling-api/v1/{project_id}/x",
                "https://h",
            ),
            (
                "https://h/gate/api/v1",
                "/api/v3/projects/{project_id}",
                "https://h/gate",
            ),
            (
                "https://h/gate/volume/v3",
                "/v3/{project_id}/volumes",
                "https://h/gate/volume",
            ),
            ("https://h/x?y", "/v2", "it has a query or a fragment"),
            ("h/x", "/v2", "it is not a URL"),
        ] {
            assert_eq!(joined(url, path), expected, "{url} {path}");
        }
    }

    #[test]
    fn the_catalogue_knows_a_service_by_type_interface_and_region() {
        let services = [
            ["image", "internal", "eu-de", "http://internal"],
            ["image", "public", "eu-nl", "http://nl"],
            ["image", "public", "eu-de", "http://de"],
            ["rds", "public", "eu-de", "http://rds/rds/v1/0605768a"],
            ["rdsv3", "public", "*", "http://rds/v3/0605768a"],
        ];
        let at = |service, region, path| located(&services, service, region, path);
        assert_eq!(at(&IMS, Some("eu-de"), "/v2/images"), "http://de");
        assert_eq!(at(&IMS, Some("eu-nl"), "/v2/images"), "http://nl");
        assert_eq!(
            at(&RDS, Some("eu-de"), "/v3/{project_id}/instances"),
            "http://rds"
        );
        assert_eq!(
            at(&RDS, Some("eu-de"), "/rds/v1/{project_id}/x"),
            "http://rds"
        );
        let config = CloudConfig {
            interface: Interface::Internal,
            ..CloudConfig::default()
        };
        let address = found(&config, &identity(&services), &IMS, "/v2/images", "iam").unwrap();
        assert_eq!(address.to_string(), "http://internal");
    }

    #[test]
    fn an_unknown_place_is_an_error_that_says_what_was_tried() {
        let services = [
            ["rds", "public", "eu-de", "http://rds"],
            ["rds", "public", "eu-nl", "http://nl"],
        ];
        assert_eq!(
            located(&services, &RDS, None, "/v3"),
            "the address of `rds` is not known: the settings have no address for it; the catalogue of the token has \
             it in the regions `eu-de`, `eu-nl`; choose one; no pattern of its host is documented"
        );
        let elsewhere = located(&services, &RDS, Some("eu-ch2"), "/v3");
        assert!(
            elsewhere.contains("in the region `eu-ch2`, but in `eu-de`, `eu-nl`"),
            "{elsewhere}"
        );
        let none = located(&services, &ServiceSpec::new("x"), Some("eu-de"), "/v3");
        assert!(
            none.contains("no public address for the type `x`"),
            "{none}"
        );
        assert!(located(&[], &RDS, None, "/v3").contains("there is no catalogue"));
    }

    #[test]
    fn the_documented_pattern_is_for_its_own_cloud_only() {
        let at = |service, region, host| {
            by_pattern(service, region, host).map(|address| address.to_string())
        };
        let otc = "iam.eu-de.otc.t-systems.com";
        let de = "https://ims.eu-de.otc.t-systems.com";
        assert_eq!(at(&IMS, Some("eu-de"), otc).unwrap(), de);
        assert_eq!(at(&IMS, None, otc).unwrap(), de);
        assert_eq!(
            at(&IMS, Some("eu-nl"), otc).unwrap(),
            de.replace("-de", "-nl")
        );
        assert_eq!(
            at(&OWN_SITE, None, otc).unwrap(),
            "https://site.otc.t-systems.com"
        );
        for host in [
            "127.0.0.1",
            "iam.eu-de.otc.t-systems.com.evil.example",
            "evilotc.t-systems.com",
            "",
        ] {
            for service in [&IMS, &OWN_SITE] {
                let error = at(service, Some("eu-de"), host).unwrap_err();
                assert!(error.contains("another cloud"), "{host}: {error}");
            }
        }
        for region in ["evil.example/", "a@b", "", "eu-de:1"] {
            assert!(at(&IMS, Some(region), otc).is_err(), "{region}");
        }
    }

    #[test]
    fn the_settings_know_a_service_by_name_or_type() {
        let config = |name: &str| CloudConfig {
            endpoints: [(name.to_owned(), "http://own/v2".to_owned())].into(),
            ..CloudConfig::default()
        };
        for name in ["ims", "image"] {
            let address = stated(&config(name), &IMS, "/v2/images").unwrap().unwrap();
            assert_eq!(address.to_string(), "http://own");
        }
        assert!(stated(&config("imag"), &IMS, "/v2/images").is_none());
        let mut wrong = config("image");
        wrong.endpoints.insert("image".into(), "nowhere".into());
        let error = stated(&wrong, &IMS, "/v2").unwrap().unwrap_err();
        assert!(
            error
                .to_string()
                .contains("the settings have for `image` cannot be used"),
            "{error}"
        );
    }
}
