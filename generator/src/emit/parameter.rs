//! Arguments of a client stub: one for each place in the path template, in its order. Two places never share
//! an argument. This module must never reorder them.

use std::collections::BTreeSet;

use crate::ident::value_ident;
use crate::model::parameters;

/// The argument names of a path template.
///
/// A repeated parameter is distinguished by the segment before it: in
/// `/v2/{project_id}/os-quota-sets/{project_id}` the second one is `os_quota_sets_project_id`.
pub(super) fn arguments(path: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut arguments = Vec::new();
    for parameter in parameters(path) {
        let mut name = value_ident(parameter.name);
        if taken.contains(&name) {
            name = value_ident(&format!("{}_{name}", parameter.after));
        }
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        arguments.push(name);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_an_argument_of_its_own() {
        for (path, expected) in [
            (
                "/v2/images/{image_id}/members/{member_id}",
                vec!["image_id", "member_id"],
            ),
            (
                "/v2/{project_id}/os-quota-sets/{project_id}",
                vec!["project_id", "os_quota_sets_project_id"],
            ),
            (
                "/v2/reverse/floatingips/{region}:{floatingip_id}",
                vec!["region", "floatingip_id"],
            ),
            ("/{id}/{id}/{id}", vec!["id", "id_", "id__"]),
            ("/{type}/{Self}", vec!["type_", "self_"]),
            ("/v1/cloudimages/members", vec![]),
        ] {
            assert_eq!(arguments(path), expected, "{path}");
        }
    }
}
