//! The constants of a service: one for each action that its tables name.
//! Two actions never share a constant, in whatever case a language writes it; this module must never
//! leave an action without one.

use std::collections::{BTreeMap, BTreeSet};

use super::screaming_case;
use crate::model::Service;

/// The name of each action's constant, in upper case with underscores.
///
/// The service's own prefix is left out (`ims:images:share` -> `IMAGES_SHARE`), another service's is
/// kept (`VPC_PORTS_GET`). Where two names are the same but for underscores, the second one ends with
/// one more.
pub fn constants(service: &Service) -> BTreeMap<String, String> {
    let operations = service.operations().map(|(_, operation)| operation);
    let requirements = operations.flat_map(|op| op.actions.iter().chain(&op.dependencies));
    let actions: BTreeSet<&str> = requirements.map(|r| r.action.as_str()).collect();
    distinct(actions, |action| {
        let own = action
            .strip_prefix(service.name.as_str())
            .and_then(|rest| rest.strip_prefix(':'));
        own.unwrap_or(action)
    })
}

/// The name of each query parameter's constant, in upper case with underscores.
pub fn queries(service: &Service) -> BTreeMap<String, String> {
    let routes = service
        .operations()
        .flat_map(|(_, operation)| &operation.routes);
    let names: BTreeSet<&str> = routes
        .flat_map(|route| &route.query)
        .map(String::as_str)
        .collect();
    distinct(names, |name| name)
}

/// A constant's name for each text, made from what `named` leaves of it. No two share one, also without
/// regard to underscores.
fn distinct<'t>(
    texts: BTreeSet<&'t str>,
    named: impl Fn(&'t str) -> &'t str,
) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let constants = texts.into_iter().map(|text| {
        let mut name = screaming_case(named(text));
        // `ims:images:get` and `IMS:images:get` differ, their constants must too.
        let mut key = name.replace('_', "");
        while !taken.insert(key.clone()) {
            name.push('_');
            key.push('_');
        }
        (text.to_owned(), name)
    });
    constants.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Page;

    #[test]
    fn two_actions_never_share_a_constant() {
        let actions = r#"["ims:images:get", "IMS:images:get", "ims:im_ages:get", "vpc:ports:get"]"#;
        let page = format!(
            r#"{{"permspec": 1, "service": "ims",
            "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}},
            "operations": [{{"id": "X", "title": "", "section": null, "line": 1, "routes": [],
                "actions": {actions}, "dependencies": [], "iam_project": null, "enterprise_project": null}}]}}"#
        );
        let service = Service {
            name: "ims".into(),
            title: None,
            pages: vec![Page::from_json(&page).unwrap()],
        };
        let names = constants(&service);
        assert_eq!(names["ims:im_ages:get"], "IM_AGES_GET");
        assert_eq!(names["ims:images:get"], "IMAGES_GET_");
        assert_eq!(names["IMS:images:get"], "IMS_IMAGES_GET");
        assert_eq!(names["vpc:ports:get"], "VPC_PORTS_GET");
    }
}
