//! Structs that contain themselves. Such a field is boxed, because a struct without indirection has no size.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Struct, Ty};

/// Boxes every field through which a struct reaches itself without a list or a map in between.
pub(super) fn boxed(structs: &mut [Struct]) {
    let direct: BTreeMap<String, Vec<String>> = structs
        .iter()
        .map(|made| {
            let parts = made.fields.iter().filter_map(|field| match &field.ty {
                Ty::Named(name) => Some(name.clone()),
                _ => None,
            });
            (made.name.clone(), parts.collect())
        })
        .collect();
    for made in structs {
        for field in &mut made.fields {
            let Ty::Named(name) = &field.ty else { continue };
            if reaches(name, &made.name, &direct) {
                field.ty = Ty::Boxed(name.clone());
            }
        }
    }
}

fn reaches(from: &str, target: &str, direct: &BTreeMap<String, Vec<String>>) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(name) = open.pop() {
        if name == target {
            return true;
        }
        if seen.insert(name) {
            open.extend(direct.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
