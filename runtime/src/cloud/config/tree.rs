//! The content of a file as a tree of texts. Each value knows where it is written.
//! This module must never show a text, because it may be a secret.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use super::place::Place;

/// A value and its place.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

#[derive(Clone)]
pub(super) enum Value {
    /// A key without a value, `null` or `~`.
    Nothing,
    /// Any other scalar, as it is written.
    Text(Zeroizing<String>),
    List(Vec<Node>),
    Map(Map),
}

/// Keys and values in the order of the file. A key that is written again keeps its position and takes the new
/// value, as in Python.
#[derive(Clone, Default)]
pub(super) struct Map {
    entries: Vec<(String, Node)>,
    positions: BTreeMap<String, usize>,
}

impl Node {
    pub(super) fn text(text: impl Into<String>, place: Place) -> Node {
        Node {
            value: Value::Text(Zeroizing::new(text.into())),
            place,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self.value, Value::Nothing)
    }
}

impl Map {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let position = *self.positions.get(key)?;
        self.entries.get(position).map(|(_, node)| node)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = *self.positions.get(key)?;
        self.entries.get_mut(position).map(|(_, node)| node)
    }

    pub(super) fn insert(&mut self, key: &str, node: Node) {
        if let Some(old) = self.get_mut(key) {
            *old = node;
            return;
        }
        self.positions.insert(key.into(), self.entries.len());
        self.entries.push((key.into(), node));
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(position) = self.positions.remove(key) {
            self.entries.remove(position);
            for later in self.positions.values_mut().filter(|it| **it > position) {
                *later -= 1;
            }
        }
    }

    /// Adds `other`, whose values replace those of the same keys.
    pub(super) fn extend(&mut self, other: Map) {
        for (key, node) in other.entries {
            self.insert(&key, node);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.entries.iter().map(|(key, node)| (key.as_str(), node))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The map with `_` for `-` in its keys, in maps below it too: `auth-type` and `auth_type` are the same key.
    pub(super) fn normalised(&self) -> Map {
        let mut map = Map::default();
        for (key, node) in self.iter() {
            let mut node = node.clone();
            if let Value::Map(inner) = &mut node.value {
                *inner = inner.normalised();
            }
            map.insert(&key.replace('-', "_"), node);
        }
        map
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node at {}", self.place)
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_finds_its_keys_after_one_was_removed() {
        let mut map = Map::default();
        for key in ["a", "b", "c"] {
            map.insert(key, Node::text(key, Place::Profile("test")));
        }
        map.remove("a");
        map.remove("x");
        map.insert("d", Node::text("d", Place::Profile("test")));
        let found: Vec<&str> = map.keys().collect();
        assert_eq!(found, ["b", "c", "d"]);
        for key in found {
            assert_eq!(map.get(key).and_then(Node::as_text), Some(key));
        }
        assert!(map.get("a").is_none());
    }

    #[test]
    fn hyphens_and_underscores_are_the_same_in_all_keys_below() {
        let text = |text| Node::text(text, Place::Profile("test"));
        let (mut auth, mut map) = (Map::default(), Map::default());
        auth.insert("project-id", text("p"));
        map.insert("auth-type", text("old"));
        map.insert("auth_type", text("new"));
        map.insert(
            "a-b",
            Node {
                value: Value::Map(auth),
                place: Place::Profile("test"),
            },
        );
        let map = map.normalised();
        assert_eq!(map.get("auth_type").and_then(Node::as_text), Some("new"));
        let inner = map.get("a_b").and_then(Node::as_map).unwrap();
        assert_eq!(inner.get("project_id").and_then(Node::as_text), Some("p"));
    }

    #[test]
    fn nothing_of_the_content_is_shown() {
        let node = Node::text("hush", Place::Variable("OS_PASSWORD".into()));
        let mut map = Map::default();
        map.insert("password", node.clone());
        assert_eq!(alloc::format!("{node:?}"), "Node at variable `OS_PASSWORD`");
        assert_eq!(alloc::format!("{map:?}"), "[\"password\"]");
    }
}
