//! All clouds that files and variables describe, and which of them is used.
//!
//! Source: `OpenStackConfig.__init__` in openstack/config/loader.py.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::path::PathBuf;

use super::environment;
use super::error::{ConfigError, ConfigErrorKind};
use super::files::Kind;
use super::merging;
use super::place::Place;
use super::sources::Sources;
use super::tree::{Map, Node, Value};
use crate::misprint::distance;

/// How many names an error lists.
const LISTED: usize = 20;

/// All clouds that are described.
#[derive(Debug)]
pub(super) struct Described {
    /// The clouds of the files.
    clouds: Map,
    /// The name and the settings of the cloud that variables describe.
    of_variables: Option<(String, Map)>,
    /// The files that were read.
    found: Vec<PathBuf>,
    tried: Vec<PathBuf>,
    refused: Vec<String>,
}

/// The cloud that is used.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) settings: Map,
    /// Whether variables describe it.
    pub(super) of_variables: bool,
    /// Where a file describes it.
    pub(super) place: Option<Place>,
    /// What helps if a setting is missing: why this cloud was chosen.
    pub(super) hint: Option<String>,
}

impl Described {
    /// Reads files and variables. `secure.yaml` replaces what `clouds.yaml` says.
    pub(super) fn read(sources: &Sources) -> Result<Described, ConfigError> {
        let file = Kind::Clouds.find(sources)?;
        let mut clouds = clouds(&file.content)?;
        let secure = Kind::Secure.find(sources)?;
        merging::deep(&mut clouds, &self::clouds(&secure.content)?);
        let name = environment::name(sources);
        if let Some(entry) = clouds.get(name) {
            let message = format!(
                "the cloud is called `{name}`, which is the name of the cloud that variables describe"
            );
            let error = ConfigError::new(ConfigErrorKind::Ambiguous, message).at(&entry.place);
            return Err(
                error.help("rename it, or set the variable `OS_CLOUD_NAME` to another name")
            );
        }
        let of_variables = environment::entry(sources)?;
        Ok(Described {
            clouds,
            of_variables: of_variables.map(|map| (name.into(), map)),
            found: file.found.into_iter().chain(secure.found).collect(),
            tried: file.tried,
            refused: [file.refused, secure.refused].concat(),
        })
    }

    /// The names of all clouds. That of the variables is the last one.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let of_variables = self.of_variables.iter().map(|(name, _)| name.as_str());
        self.clouds.keys().chain(of_variables)
    }

    /// The cloud `wanted`, or the one that is used if nobody says which.
    pub(super) fn choose(
        &self,
        sources: &Sources,
        wanted: Option<&str>,
    ) -> Result<Chosen, ConfigError> {
        let chosen = wanted.or_else(|| sources.get("OS_CLOUD"));
        if let Some((name, map)) = &self.of_variables
            && chosen.is_none_or(|chosen| chosen == name)
        {
            return Ok(Chosen {
                name: name.clone(),
                settings: map.clone(),
                of_variables: true,
                place: None,
                hint: self.why_variables(sources, chosen),
            });
        }
        let mut names = self.clouds.keys();
        let name = match (chosen, names.next(), names.next()) {
            (Some(name), ..) | (None, Some(name), None) => name,
            (None, None, _) => return Err(self.nothing(None)),
            (None, Some(_), Some(_)) => return Err(self.ambiguous()),
        };
        let Some(entry) = self.clouds.get(name) else {
            return Err(self.unknown(name, wanted.is_none()));
        };
        Ok(Chosen {
            name: name.into(),
            settings: map_of(entry, "the entry of the cloud")?,
            of_variables: false,
            place: Some(entry.place.clone()),
            hint: None,
        })
    }

    /// A single variable, such as `OS_IDENTITY_API_VERSION`, is enough to describe a cloud. That surprises people who
    /// have a file too.
    fn why_variables(&self, sources: &Sources, chosen: Option<&str>) -> Option<String> {
        if chosen.is_some() || self.clouds.is_empty() {
            return None;
        }
        let variables = environment::describing(sources).join("`, `");
        Some(format!(
            "this cloud is used because of the variables `{variables}`; set `OS_CLOUD` to use one of: {}",
            listed(self.clouds.keys())
        ))
    }

    fn ambiguous(&self) -> ConfigError {
        let names = listed(self.clouds.keys());
        let message = format!("there are several clouds, and none of them is chosen: {names}");
        ConfigError::new(ConfigErrorKind::Ambiguous, message)
            .help("set the variable `OS_CLOUD` to the name of one of them")
    }

    fn unknown(&self, name: &str, by_variable: bool) -> ConfigError {
        if self.names().next().is_none() {
            return self.nothing(Some(name));
        }
        let known = listed(self.names());
        let chosen_by = if by_variable {
            ", which `OS_CLOUD` names"
        } else {
            ""
        };
        let files: Vec<String> = self
            .found
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let of = if files.is_empty() { "" } else { " of " };
        let files = files.join(" and ");
        let message =
            format!("there is no cloud `{name}`{chosen_by}; known are {known}{of}{files}");
        let near = self
            .names()
            .map(|known| (distance(&known.to_lowercase(), &name.to_lowercase()), known))
            .filter(|(distance, known)| *distance <= (known.chars().count() / 3).max(1))
            .min_by_key(|(distance, _)| *distance);
        let help = match near {
            Some((_, near)) => format!("did you mean `{near}`?"),
            None => self.searched(),
        };
        ConfigError::new(ConfigErrorKind::UnknownCloud, message)
            .help(help)
            .tried(self.tried.clone())
    }

    fn nothing(&self, name: Option<&str>) -> ConfigError {
        let message = match name {
            Some(name) => format!("nothing describes the cloud `{name}`"),
            None => "nothing describes a cloud".to_string(),
        };
        let help = format!(
            "{}; write a `clouds.yaml`, or set `OS_AUTH_URL`, `OS_USERNAME`, `OS_PASSWORD`, `OS_USER_DOMAIN_NAME` \
             and `OS_PROJECT_NAME`",
            self.searched()
        );
        ConfigError::new(ConfigErrorKind::NotFound, message)
            .help(help)
            .tried(self.tried.clone())
    }

    /// The files that were looked for, as a text.
    fn searched(&self) -> String {
        let tried: Vec<String> = self
            .tried
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let mut text = match tried.len() {
            0 => "no directory was given to look for `clouds.yaml`".to_string(),
            _ => format!("looked for {}", tried.join(", ")),
        };
        if !self.refused.is_empty() {
            text += "; could not open ";
            text += &self.refused.join(", ");
        }
        text
    }
}

/// The clouds of a file.
fn clouds(content: &Map) -> Result<Map, ConfigError> {
    let mut clouds = Map::default();
    if let Some(node) = content.get("clouds") {
        for (name, entry) in map_of(node, "`clouds`")?.iter() {
            let mut entry = entry.clone();
            if let Value::Map(map) = &mut entry.value {
                *map = map.normalised();
            }
            clouds.insert(name, entry);
        }
    }
    Ok(clouds)
}

fn map_of(node: &Node, what: &str) -> Result<Map, ConfigError> {
    match &node.value {
        Value::Map(map) => Ok(map.clone()),
        Value::Nothing => Ok(Map::default()),
        _ => {
            let message = format!("{what} is not a map of keys and values");
            Err(ConfigError::new(ConfigErrorKind::Invalid, message).at(&node.place))
        }
    }
}

/// Names as a text.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.len() > LISTED {
        let more = names.len() - LISTED;
        names.truncate(LISTED);
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_of_names_are_cut() {
        let names: Vec<String> = (0..25).map(|number| format!("cloud{number}")).collect();
        let text = listed(names.iter().map(String::as_str));
        assert!(
            text.starts_with("`cloud0`, `cloud1`") && text.ends_with("`cloud19`, 5 more"),
            "{text}"
        );
    }
}
