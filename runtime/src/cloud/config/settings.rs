//! From files and variables to the settings of one cloud.
//!
//! Source: `get_one` in openstack/config/loader.py, and openstack/config/cloud_region.py.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use core::time::Duration;

use super::described::{Chosen, Described};
use super::entry::{Entry, Setting};
use super::error::{ConfigError, ConfigErrorKind};
use super::scope;
use super::sources::Sources;
use super::tree::{Map, Node, Value};
use super::{CloudConfig, Interface, Tls};
use super::{environment, merging, placeholders, proof, regions, vendors};
use crate::cloud::Credentials;

/// Reads the settings of the cloud `wanted`, or of the one that is used if nobody says which.
pub(super) fn read(sources: &Sources, wanted: Option<&str>) -> Result<CloudConfig, ConfigError> {
    let chosen = Described::read(sources)?.choose(sources, wanted)?;
    let name = chosen.name.clone();
    let profile_name = vendors::name_of(&chosen.settings, environment::name(sources)).cloned();
    let profile = match &profile_name {
        Some(name) => vendors::profile(sources, name)?,
        None => None,
    };
    let unknown_profile = profile_name.filter(|_| profile.is_none());
    let entry = entry(sources, chosen, profile)?;
    let credentials = proof::credentials(&entry)?;
    let scope = match &credentials {
        Some(Credentials::Agency { agency, .. }) => Some(scope::of_agency(&entry, agency)?),
        _ => scope::scope(&entry)?,
    };
    Ok(CloudConfig {
        name,
        auth_url: auth_url(&entry, credentials.as_ref(), unknown_profile.as_ref())?,
        credentials,
        scope,
        region: entry.flat("region_name")?.map(|region| region.text.into()),
        interface: interface(&entry)?,
        endpoints: endpoints(&entry)?,
        tls: tls(&entry, sources)?,
        timeout: timeout(&entry)?,
    })
}

/// All settings of the cloud as one map: those of its profile, its own, those of its region.
fn entry(sources: &Sources, chosen: Chosen, profile: Option<Map>) -> Result<Entry, ConfigError> {
    let wanted = sources
        .get("OS_REGION_NAME")
        .filter(|_| !chosen.of_variables);
    let region = regions::choose(&chosen.settings, profile.as_ref(), wanted)?;
    let mut map = profile.unwrap_or_default();
    merging::shallow(&mut map, &chosen.settings);
    map.remove("region_name");
    merging::region(&mut map, &region.values);
    if let Some(name) = region.name {
        map.insert("region_name", name);
    }
    // A code is valid once, so it cannot be in a file. The `openstack` command reads this variable too.
    if let Some(passcode) = environment::passcode(sources) {
        map.insert("passcode", passcode);
    }
    Ok(Entry {
        map,
        place: chosen.place,
        hint: chosen.hint,
    })
}

fn auth_url(
    entry: &Entry,
    credentials: Option<&Credentials>,
    unknown_profile: Option<&Node>,
) -> Result<Option<String>, ConfigError> {
    if let Some(address) = entry.auth_first(&["auth_url"])? {
        return placeholders::replaced(address, entry).map(Some);
    }
    if let Some(profile) = unknown_profile {
        let message = "the profile is not known, and `auth_url` is missing";
        let error = ConfigError::new(ConfigErrorKind::Missing, message).at(&profile.place);
        let names = vendors::names();
        return Err(error.help(format!(
            "known are `{names}` and the profiles in `clouds-public.yaml`"
        )));
    }
    match credentials {
        Some(Credentials::Password { .. } | Credentials::Agency { .. }) => {
            Err(entry.missing("the address of the identity service", "`auth_url`"))
        }
        _ => Ok(None),
    }
}

/// `endpoint_type` is the older name, and counts before `interface`. In a list, the first one counts.
fn interface(entry: &Entry) -> Result<Interface, ConfigError> {
    let key = match entry
        .map
        .get("endpoint_type")
        .filter(|node| !node.is_nothing())
    {
        Some(_) => "endpoint_type",
        None => "interface",
    };
    let first = match entry.map.get(key).map(|node| &node.value) {
        Some(Value::List(items)) => items.first().and_then(|node| {
            let text = node.as_text()?;
            Some(Setting {
                text,
                place: &node.place,
            })
        }),
        _ => entry.flat(key)?,
    };
    let Some(setting) = first else {
        return Ok(Interface::default());
    };
    match setting.text.trim_end_matches("URL") {
        "public" => Ok(Interface::Public),
        "internal" => Ok(Interface::Internal),
        "admin" => Ok(Interface::Admin),
        _ => Err(setting.wrong(format!(
            "`{key}` is none of `public`, `internal` and `admin`"
        ))),
    }
}

/// `<service>_endpoint_override`, or the shorter `<service>_endpoint`, which counts less.
fn endpoints(entry: &Entry) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut endpoints = BTreeMap::new();
    for suffix in ["_endpoint", "_endpoint_override"] {
        for key in entry.map.keys() {
            let Some(service) = key
                .strip_suffix(suffix)
                .filter(|service| !service.is_empty())
            else {
                continue;
            };
            if let Some(address) = entry.flat(key)? {
                let address = placeholders::replaced(address, entry)?;
                endpoints.insert(service.to_ascii_lowercase(), address);
            }
        }
    }
    Ok(endpoints)
}

fn tls(entry: &Entry, sources: &Sources) -> Result<Tls, ConfigError> {
    let verify = match entry.flat("verify")? {
        Some(setting) => setting.boolean("verify").map_err(|error| {
            error.help("the path of a file with certificates belongs to `cacert`")
        })?,
        None => true,
    };
    let insecure = match entry.flat("insecure")? {
        Some(setting) => setting.boolean("insecure")?,
        None => false,
    };
    let path = |key| {
        let setting = entry.flat(key)?;
        Ok(setting.map(|setting| sources.expand(setting.text)))
    };
    let certificate = path("cert")?;
    Ok(Tls {
        insecure: insecure || !verify,
        roots: path("cacert")?,
        // A key alone is not used.
        key: certificate.as_ref().and(path("key")?),
        certificate,
    })
}

/// `api_timeout`, in seconds. Any other key that ends with `timeout` replaces it, as in older clients, which had one
/// per service.
fn timeout(entry: &Entry) -> Result<Option<Duration>, ConfigError> {
    let of_service =
        |key: &&str| key.ends_with("timeout") && !["timeout", "api_timeout"].contains(key);
    let mut found = entry.flat("api_timeout")?;
    let mut name = "api_timeout".to_string();
    for key in entry.map.keys().filter(of_service) {
        if let Some(setting) = entry.flat(key)? {
            found = Some(setting);
            name = key.into();
        }
    }
    let Some(setting) = found else {
        return Ok(None);
    };
    let seconds = setting.text.parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let duration = duration.filter(|duration| !duration.is_zero());
    let wrong = || setting.wrong(format!("`{name}` is not a number of seconds above zero"));
    duration.ok_or_else(wrong).map(Some)
}
