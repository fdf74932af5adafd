//! Profiles: what is the same for everyone who uses a cloud.
//!
//! Source: openstack/config/vendors/ of openstacksdk. It has 23 vendors, of which two are this cloud.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{ConfigError, ConfigErrorKind};
use super::files::Kind;
use super::place::Place;
use super::sources::Sources;
use super::tree::{Map, Node, Value};

/// Name, address of the identity service, regions. In openstacksdk, the second address has no `https://`.
const VENDORS: [(&str, &str, &[&str]); 2] = [
    (
        "otc",
        "https://iam.{region_name}.otc.t-systems.com/v3",
        &["eu-de", "eu-nl"],
    ),
    (
        "otc-swiss",
        "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3",
        &["eu-ch2"],
    ),
];

/// The name of the profile that a cloud has. `cloud` is the old name of the key.
///
/// The cloud of the variables has the key `cloud` if `OS_CLOUD` names it. Then it is not a profile.
pub(super) fn name_of<'c>(cloud: &'c Map, of_variables: &str) -> Option<&'c Node> {
    let node = cloud.get("profile").or_else(|| cloud.get("cloud"))?;
    let name = node.as_text()?;
    (!name.is_empty() && name != of_variables).then_some(node)
}

/// The settings of the profile. `None` if it is not known: openstacksdk continues without it.
pub(super) fn profile(sources: &Sources, name: &Node) -> Result<Option<Map>, ConfigError> {
    let text = name.as_text().unwrap_or_default();
    let found = Kind::Public.find(sources)?;
    let clouds = found.content.get("public-clouds").and_then(Node::as_map);
    if let Some(profile) = clouds.and_then(|clouds| clouds.get(text)) {
        return match &profile.value {
            Value::Map(map) => Ok(Some(map.normalised())),
            Value::Nothing => Ok(Some(Map::default())),
            _ => {
                let message = "the profile is not a map of settings";
                Err(ConfigError::new(ConfigErrorKind::Invalid, message).at(&profile.place))
            }
        };
    }
    if text.contains("://") {
        let message = "a profile that is loaded from an address is not supported";
        let error = ConfigError::new(ConfigErrorKind::Unsupported, message);
        return Err(error.at(&name.place).help(
            "write `auth_url` and the regions into the entry, or into a profile of `clouds-public.yaml`",
        ));
    }
    Ok(VENDORS
        .iter()
        .find(|(known, ..)| *known == text)
        .map(|vendor| built_in(*vendor)))
}

fn built_in((name, auth_url, regions): (&'static str, &str, &[&str])) -> Map {
    let place = Place::Profile(name);
    let node = |value| Node {
        value,
        place: place.clone(),
    };
    let text = |text: &str| Node::text(text, place.clone());
    let mut auth = Map::default();
    auth.insert("auth_url", text(auth_url));
    let mut profile = Map::default();
    profile.insert("auth", node(Value::Map(auth)));
    let regions: Vec<Node> = regions.iter().map(|region| text(region)).collect();
    profile.insert("regions", node(Value::List(regions)));
    profile.insert("interface", text("public"));
    profile.insert("identity_api_version", text("3"));
    profile
}

/// The names of the profiles that need no file, for help texts.
pub(super) fn names() -> String {
    let names: Vec<&str> = VENDORS.iter().map(|(name, ..)| *name).collect();
    names.join("`, `")
}
