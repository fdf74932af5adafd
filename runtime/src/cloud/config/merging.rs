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
