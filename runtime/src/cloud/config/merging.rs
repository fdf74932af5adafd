//! How settings from several places become one: two rules, both of openstacksdk.
//!
//! Source: `merge_clouds` in openstack/config/_util.py and `_auth_update` in openstack/config/loader.py.

use super::tree::{Map, Node, Value};

/// Puts `over` on `base`, and so in all maps below: `secure.yaml` on `clouds.yaml`.
pub(super) fn deep(base: &mut Map, over: &Map) {
    for (key, node) in over.iter() {
        match (base.get_mut(key).map(|node| &mut node.value), &node.value) {
            (Some(Value::Map(old)), Value::Map(new)) => deep(old, new),
            _ => base.insert(key, node.clone()),
        }
    }
}

/// Puts `over` on `base`. Only `auth` is merged, everything else is replaced: a cloud on its profile.
pub(super) fn shallow(base: &mut Map, over: &Map) {
    for (key, node) in over.iter() {
        if key == "auth" {
            auth(base, node);
        } else {
            base.insert(key, node.clone());
        }
    }
}

/// The same for the values of a region, in which a key without a value says nothing.
pub(super) fn region(base: &mut Map, over: &Map) {
    for (key, node) in over.iter().filter(|(_, node)| !node.is_nothing()) {
        if key == "auth" {
            auth(base, node);
        } else {
            base.insert(key, node.clone());
        }
    }
}

fn auth(base: &mut Map, over: &Node) {
    match (
        base.get_mut("auth").map(|node| &mut node.value),
        &over.value,
    ) {
        (Some(Value::Map(old)), Value::Map(new)) => {
            for (key, node) in new.iter() {
                old.insert(key, node.clone());
            }
        }
        (Some(_), Value::Nothing) => {}
        _ => base.insert("auth", over.clone()),
    }
}

#[cfg(test)]
mod tests {
    use alloc::sync::Arc;
    use std::path::Path;

    use super::super::yaml;
    use super::*;

    fn map(text: &str) -> Map {
        let node = yaml::read(text, &Arc::from(Path::new("test.yaml"))).unwrap();
        node.as_map().unwrap().clone()
    }

    /// The texts below `keys`, or `-`.
    fn at<'m>(map: &'m Map, keys: &str) -> &'m str {
        let (first, rest) = keys
            .split_once('.')
            .map_or((keys, None), |(a, b)| (a, Some(b)));
        match (map.get(first), rest) {
            (Some(node), Some(rest)) => node.as_map().map_or("-", |map| at(map, rest)),
            (node, _) => node.and_then(Node::as_text).unwrap_or("-"),
        }
    }

    const BASE: &str = "{auth: {user: a, id: a}, more: {x: a, y: a}, flat: a, none: a}";
    const OVER: &str = "{auth: {user: b}, more: {x: b}, flat: b, none: null, new: b}";

    #[test]
    fn secure_files_merge_all_maps() {
        let mut merged = map(BASE);
        deep(&mut merged, &map(OVER));
        let found = [
            "auth.user",
            "auth.id",
            "more.x",
            "more.y",
            "flat",
            "none",
            "new",
        ];
        assert_eq!(
            found.map(|keys| at(&merged, keys)),
            ["b", "a", "b", "a", "b", "-", "b"]
        );
    }

    #[test]
    fn a_cloud_on_its_profile_merges_only_auth() {
        let mut merged = map(BASE);
        shallow(&mut merged, &map(OVER));
        let found = [
            "auth.user",
            "auth.id",
            "more.x",
            "more.y",
            "flat",
            "none",
            "new",
        ];
        assert_eq!(
            found.map(|keys| at(&merged, keys)),
            ["b", "a", "b", "-", "b", "-", "b"]
        );
    }

    #[test]
    fn in_the_values_of_a_region_nothing_says_nothing() {
        let mut merged = map(BASE);
        region(&mut merged, &map(OVER));
        assert_eq!(
            ["auth.id", "flat", "none"].map(|keys| at(&merged, keys)),
            ["a", "b", "a"]
        );
    }

    #[test]
    fn auth_without_a_value_removes_nothing() {
        let mut merged = map(BASE);
        shallow(&mut merged, &map("{auth: }"));
        assert_eq!(at(&merged, "auth.user"), "a");
    }
}
