//! Where services are, according to the documentation's own examples. The real pages are beside the checkout.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use permspec::{Project, pipeline};
use permspec_tests::{pages_below, root, shared};

/// The hosts that pages of every service name, because their calls need a token or a bucket.
const OF_ALL: [&str; 2] = ["iam", "obs"];

/// The first part of each host `<first>.<region>.otc.t-systems.com` in a text.
fn hosts(text: &str) -> BTreeSet<&str> {
    let is_label = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let found = text
        .match_indices(".otc.t-systems.com")
        .filter_map(|(end, _)| {
            let (before, region) = text[..end].rsplit_once('.')?;
            let first = before.rsplit(|it| !is_label(it)).next()?;
            let is_part = before.strip_suffix(first)?.ends_with('.');
            (!first.is_empty() && !is_part && region.starts_with("eu-")).then_some(first)
        });
    found.collect()
}

#[test]
fn a_host_is_the_first_part_of_a_name_in_a_region_of_the_cloud() {
    let text = "GET https://rds.eu-de.otc.t-systems.com/v3 https://x.rds.eu-de.otc.t-systems.com \
        https://docs.otc.t-systems.com https://evil.eu-de.example";
    assert_eq!(hosts(text), BTreeSet::from(["rds"]));
}

#[test]
fn the_host_of_a_service_is_the_one_that_its_pages_call() {
    let Some(reference) = shared("reference", "the hosts of services") else {
        return;
    };
    let project = Project::read(&root().join("spec/permspec.toml")).unwrap();
    let services = pipeline::services(&project, &[]);
    let mut named: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for page in pages_below(&reference) {
        let relative = page.strip_prefix(&reference).unwrap();
        let service = project.service_of(&relative.to_string_lossy().replace('\\', "/"));
        let Some(service) = services.iter().find(|it| it.name == service) else {
            continue;
        };
        let text = fs::read_to_string(&page).unwrap();
        let found = hosts(&text)
            .into_iter()
            .filter(|host| !OF_ALL.contains(host) || service.name == *host);
        let known = named.entry(&service.name).or_default();
        known.extend(found.map(str::to_owned));
    }
    named.retain(|_, hosts| !hosts.is_empty());
    assert!(named.len() >= 12, "{named:?}");
    let wrong: Vec<_> = services
        .iter()
        .filter_map(|service| {
            let address = service.access.address.as_deref()?;
            let host = address.strip_prefix("https://")?.split('.').next()?;
            let pages = named.get(service.name.as_str())?;
            (!pages.contains(host))
                .then(|| format!("{}: {host}, pages call {pages:?}", service.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
