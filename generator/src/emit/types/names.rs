//! The names of types in a module of types. Schemas keep their pinned names; other types are named after their
//! operation or after the field that has them. No two types share a name.

use std::collections::BTreeSet;

use crate::ident::{pascal_case, value_ident};

/// Names that generated code uses from Rust itself.
const OF_RUST: [&str; 8] = [
    "Box",
    "Clone",
    "Default",
    "Into",
    "IntoIterator",
    "Option",
    "String",
    "Vec",
];

/// The names that are taken.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// `schemas` are the names that the model pins.
    pub(super) fn with<'s>(schemas: impl IntoIterator<Item = &'s str>) -> Names {
        Names(schemas.into_iter().map(of_schema).collect())
    }

    /// The type of the body that an operation is sent: `AddImageMember`.
    pub(super) fn request(&mut self, id: &str) -> String {
        self.first_free(&[id, &format!("{id}Request"), &format!("{id}Body")])
    }

    /// The type of its response: `AddImageMemberResponse`.
    pub(super) fn response(&mut self, id: &str) -> String {
        self.first_free(&[&format!("{id}Response"), &format!("{id}Result")])
    }

    /// The type with its query parameters: `ListImagesCall`.
    pub(super) fn call(&mut self, id: &str) -> String {
        self.first_free(&[&format!("{id}Call"), &format!("{id}Query")])
    }

    /// The type of a field: `ImageVisibility`.
    pub(super) fn field(&mut self, owner: &str, field: &str) -> String {
        // The words of a wire name may be separated by case, which stays, or by other characters.
        let name = format!("{owner}{}", pascal_case(field));
        self.first_free(&[&name, &format!("{name}Value")])
    }

    fn first_free(&mut self, candidates: &[&str]) -> String {
        let is_free = |name: &&&str| !self.0.contains(**name) && !OF_RUST.contains(*name);
        let mut name = match candidates.iter().find(is_free) {
            Some(free) => (*free).to_owned(),
            None => candidates[candidates.len() - 1].to_owned(),
        };
        while self.0.contains(&name) {
            name.push_str("Value");
        }
        self.0.insert(name.clone());
        name
    }
}

/// The type of a named schema. A schema may have the name of a type that generated code needs.
pub(super) fn of_schema(schema: &str) -> String {
    if OF_RUST.contains(&schema) {
        format!("{schema}Object")
    } else {
        schema.to_owned()
    }
}

/// Names of fields or arguments: each wire name once.
pub(super) fn fields<'w>(wires: impl IntoIterator<Item = &'w str>, taken: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = taken.iter().map(|&name| name.to_owned()).collect();
    let mut names = Vec::new();
    for wire in wires {
        // `name~` asks for names that are like the value.
        let mut name = value_ident(&wire.replace('~', "_like"));
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

/// The variants of an open enum with their texts. `None` if a text has no name of its own.
pub(super) fn variants<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Vec<(String, String)>> {
    let mut taken = BTreeSet::from(["Other".to_owned()]);
    let mut variants = Vec::new();
    for text in texts {
        let name = variant(text)?;
        if !taken.insert(name.clone()) {
            return None;
        }
        variants.push((name, text.to_owned()));
    }
    (!variants.is_empty()).then_some(variants)
}

/// `in-use` -> `InUse`. `None` for a text that does not begin with a letter, or that is long.
fn variant(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | ':' | '/');
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic());
    if !begins || text.len() > LONGEST || !text.chars().all(is_plain) {
        return None;
    }
    let name = pascal_case(text);
    (name != "Self").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_after_its_operation_and_gives_way_to_a_schema() {
        let mut names = Names::with(["CreateImage", "GroupResponse", "Option"]);
        assert_eq!(names.request("AddImageMember"), "AddImageMember");
        assert_eq!(names.response("AddImageMember"), "AddImageMemberResponse");
        assert_eq!(names.request("CreateImage"), "CreateImageRequest");
        assert_eq!(names.response("Group"), "GroupResult");
        assert_eq!(names.call("ListImages"), "ListImagesCall");
        assert_eq!(names.field("Image", "disk_format"), "ImageDiskFormat");
        assert_eq!(names.field("Image", "disk-format"), "ImageDiskFormatValue");
        assert_eq!(of_schema("Option"), "OptionObject");
    }

    #[test]
    fn every_wire_name_has_a_field_of_its_own() {
        let names = fields(
            ["name", "name~", "Name", "type", "os:id", "extra"],
            &["extra"],
        );
        assert_eq!(
            names,
            ["name", "name_like", "name_", "type_", "os_id", "extra_"]
        );
    }

    #[test]
    fn values_become_variants_if_each_has_a_name_of_its_own() {
        let named = |texts: &[&str]| variants(texts.iter().copied());
        let found: Vec<String> = named(&["in-use", "ERROR", "attachedVolume"])
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(found, ["InUse", "Error", "AttachedVolume"]);
        for texts in [
            &["a", "A"][..],
            &["1"],
            &["other"],
            &["a > b"],
            &["\u{e9}"],
            &["self"],
            &[],
        ] {
            assert_eq!(named(texts), None, "{texts:?}");
        }
    }
}
