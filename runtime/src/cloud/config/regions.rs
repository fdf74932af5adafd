//! The region of a cloud, and the settings that only this region has.
//!
//! Source: `_get_known_regions` and `_get_region` in openstack/config/loader.py.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::error::{ConfigError, ConfigErrorKind};
use super::place::Place;
use super::tree::{Map, Node, Value};

/// A region of a cloud.
#[derive(Debug, Default)]
pub(super) struct Region {
    /// `None` if the cloud does not say it.
    pub(super) name: Option<Node>,
    /// Settings that replace those of the cloud.
    pub(super) values: Map,
}

/// The region that is used: the one of the variable `OS_REGION_NAME`, or the first one.
///
/// openstacksdk does not read the variable if a file describes the cloud. The `openstack` command and Terraform do,
/// and people who set it expect that.
pub(super) fn choose(
    cloud: &Map,
    profile: Option<&Map>,
    wanted: Option<&str>,
) -> Result<Region, ConfigError> {
    let regions = known(cloud, profile)?;
    let Some(wanted) = wanted else {
        return Ok(regions.into_iter().next().unwrap_or_default());
    };
    let place = Place::Variable("OS_REGION_NAME".into());
    if regions.is_empty() {
        return Ok(Region {
            name: Some(Node::text(wanted, place)),
            values: Map::default(),
        });
    }
    let names: Vec<String> = regions.iter().filter_map(Region::quoted).collect();
    let found = regions.into_iter().find(|region| region.is(wanted));
    found.ok_or_else(|| {
        let message = format!(
            "the cloud has no region `{wanted}`, but {}",
            names.join(", ")
        );
        let error = ConfigError::new(ConfigErrorKind::UnknownRegion, message).at(&place);
        error.help("unset the variable, or add the region to `regions` of the cloud")
    })
}

/// All regions. `regions` of the cloud itself come first, then its `region_name`, then those of its profile.
fn known(cloud: &Map, profile: Option<&Map>) -> Result<Vec<Region>, ConfigError> {
    for settings in [Some(cloud), profile].into_iter().flatten() {
        if let Some(node) = settings.get("regions").filter(|node| !node.is_nothing()) {
            return listed(node);
        }
        if let Some(node) = settings
            .get("region_name")
            .filter(|node| !node.is_nothing())
        {
            return named(node);
        }
    }
    Ok(Vec::new())
}

/// The value of `region_name`: a name, or several with commas or in a list.
fn named(node: &Node) -> Result<Vec<Region>, ConfigError> {
    match &node.value {
        Value::Text(text) => {
            let names = text
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            let region = |name| Region::named(Node::text(name, node.place.clone()));
            Ok(names.map(region).collect())
        }
        _ => listed(node),
    }
}

/// The value of `regions`: names, or maps with `name` and `values`.
fn listed(node: &Node) -> Result<Vec<Region>, ConfigError> {
    let Value::List(items) = &node.value else {
        return Err(wrong(node));
    };
    items.iter().map(Region::read).collect()
}

impl Region {
    fn named(name: Node) -> Region {
        Region {
            name: Some(name),
            values: Map::default(),
        }
    }

    fn read(node: &Node) -> Result<Region, ConfigError> {
        let map = match &node.value {
            Value::Text(_) => return Ok(Region::named(node.clone())),
            Value::Map(map) => map,
            _ => return Err(wrong(node)),
        };
        let name = map.get("name").filter(|name| name.as_text().is_some());
        let only = map.keys().all(|key| key == "name" || key == "values");
        let (Some(name), true) = (name, only) else {
            return Err(wrong(node));
        };
        let values = match map.get("values") {
            None => Map::default(),
            Some(values) if values.is_nothing() => Map::default(),
            Some(values) => values.as_map().ok_or_else(|| wrong(values))?.normalised(),
        };
        Ok(Region {
            name: Some(name.clone()),
            values,
        })
    }

    fn is(&self, wanted: &str) -> bool {
        self.name.as_ref().and_then(Node::as_text) == Some(wanted)
    }

    fn quoted(&self) -> Option<String> {
        let name = self.name.as_ref().and_then(Node::as_text)?;
        Some(format!("`{name}`"))
    }
}

fn wrong(node: &Node) -> ConfigError {
    let message = "this is not a region";
    ConfigError::new(ConfigErrorKind::Invalid, message)
        .at(&node.place)
        .help("write the name of a region, or a map with `name` and `values`")
}
