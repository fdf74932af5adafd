//! The services that a token can use, with their addresses: the list `catalog` of a token.
//!
//! Source: IAM API reference, "Obtaining a User Token Through Password Authentication", response parameters.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::Interface;
use crate::ServiceSpec;

/// The services that a token can use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceCatalogue(Vec<CatalogueEntry>);

/// An address of a service in the catalogue of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CatalogueEntry {
    /// The type of the service, such as `image`.
    pub service_type: String,
    /// The name of the service, such as `glance`. Empty if it has none.
    pub name: String,
    /// Who the address is for: `public`, `internal` or `admin`.
    pub interface: String,
    /// The region. `*` and an empty text stand for all regions.
    pub region: String,
    /// The address as the catalogue writes it, perhaps with a version and a project.
    pub url: String,
}

impl CatalogueEntry {
    /// Whether the address is for all regions.
    pub fn is_global(&self) -> bool {
        matches!(self.region.as_str(), "" | "*")
    }
}

impl ServiceCatalogue {
    /// Reads the list `catalog` of a token. What is not an address is left out.
    pub(super) fn read(about: &Map<String, Value>) -> ServiceCatalogue {
        let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned();
        let text = |value: &Value, name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            String::from(text.unwrap_or_default())
        };
        let mut entries = Vec::new();
        for service in list(about.get("catalog")).unwrap_or_default() {
            for endpoint in list(service.get("endpoints")).unwrap_or_default() {
                // Keystone writes the region twice, under two names.
                let region = ["region", "region_id"].map(|name| text(&endpoint, name));
                entries.push(CatalogueEntry {
                    service_type: text(&service, "type"),
                    name: text(&service, "name"),
                    interface: text(&endpoint, "interface"),
                    region: region
                        .into_iter()
                        .find(|it| !it.is_empty())
                        .unwrap_or_default(),
                    url: text(&endpoint, "url"),
                });
            }
        }
        ServiceCatalogue(entries)
    }

    /// All addresses, in the order of the token.
    pub fn entries(&self) -> impl Iterator<Item = &CatalogueEntry> {
        self.0.iter()
    }

    /// The addresses of a service for one kind of caller, those of its best type first.
    pub(super) fn of<'c>(
        &'c self,
        service: &ServiceSpec,
        interface: Interface,
    ) -> Vec<&'c CatalogueEntry> {
        let of_type = |wanted: &str| {
            let wanted = plain(wanted);
            let entries = self
                .0
                .iter()
                .filter(move |it| plain(&it.service_type) == wanted);
            entries.filter(|it| plain(&it.interface).trim_end_matches("url") == interface.name())
        };
        service.catalogue_types().flat_map(of_type).collect()
    }
}

/// A type without case and separators, because `anti_ddos` and `anti-ddos` are one type for OpenStack's tools.
fn plain(name: &str) -> String {
    let name = name.chars().filter(|it| !matches!(it, '-' | '_'));
    name.map(|letter| letter.to_ascii_lowercase()).collect()
}
