//! Adds the dependencies of a build script and of its modules to an existing manifest.
//! This module only appends lines. It must never write a manifest that is not TOML.

use toml_edit::{DocumentMut, Item, Table};

use super::source::Source;

/// The tables of a manifest, each with the package that it needs.
const NEEDED: [(&str, &str); 2] = [
    ("dependencies", "permspec-runtime"),
    ("build-dependencies", "permspec"),
];

/// Whether a manifest describes a package, and not only a workspace.
pub fn is_package(manifest: &str) -> bool {
    let read = manifest.parse::<toml::Table>();
    read.is_ok_and(|manifest| manifest.contains_key("package"))
}

/// The tables that a manifest lacks. Empty if it has all of them.
pub fn lacking(manifest: &str, source: &Source) -> String {
    let read = manifest.parse::<toml::Table>().unwrap_or_default();
    let has = |table: &str, package: &str| {
        let table = read.get(table).and_then(toml::Value::as_table);
        table.is_some_and(|table| table.contains_key(package))
    };
    let mut document = DocumentMut::new();
    for (table, package) in NEEDED {
        if !has(table, package) {
            let mut dependencies = Table::new();
            dependencies.set_implicit(true);
            let mut dependency = source.dependency(package);
            dependency.decor_mut().set_prefix("\n");
            dependencies.insert(package, Item::Table(dependency));
            document.insert(table, Item::Table(dependencies));
        }
    }
    document.to_string()
}

/// The manifest with the tables that it lacks. `None` if the tables cannot be appended.
pub fn with(manifest: &str, lacking: &str) -> Option<String> {
    let end = if manifest.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{manifest}{end}{lacking}");
    whole.parse::<toml::Table>().is_ok().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGE: &str = "[package]\nname = \"x\"\n";

    fn git() -> Source {
        Source::Git {
            address: "https://code.example/permspec".to_owned(),
            revision: Some("v1".to_owned()),
        }
    }

    #[test]
    fn what_a_manifest_lacks_is_added_and_nothing_else_is_changed() {
        let added = "\n[dependencies.permspec-runtime]\ngit = \"https://code.example/permspec\"\nrev = \"v1\"\n\n\
                     [build-dependencies.permspec]\ngit = \"https://code.example/permspec\"\nrev = \"v1\"\n";
        for manifest in [
            PACKAGE.to_owned(),
            format!("{PACKAGE}\n[dependencies]\nserde = \"1\""),
        ] {
            let lacking = lacking(&manifest, &git());
            assert_eq!(lacking, added);
            let whole = with(&manifest, &lacking).unwrap();
            assert!(whole.starts_with(&manifest) && whole.ends_with(added));
            assert_eq!(super::lacking(&whole, &git()), "");
        }
        let half = format!("{PACKAGE}[dependencies]\npermspec-runtime = \"1\"\n");
        assert!(!lacking(&half, &git()).contains("permspec-runtime"));
    }

    #[test]
    fn a_manifest_that_takes_no_table_more_stays_as_it_is() {
        let inline = "dependencies = { serde = \"1\" }\n[package]\nname = \"x\"\n";
        assert!(is_package(inline));
        assert_eq!(with(inline, &lacking(inline, &git())), None);
        assert!(!is_package("[workspace]\nmembers = []\n"));
    }
}
