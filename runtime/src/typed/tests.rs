use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;

/// A type in the form of generated ones.
#[derive(Clone, Default)]
struct Volume {
    id: Option<String>,
    size: Option<i64>,
    price: Option<f64>,
    bootable: Option<bool>,
    status: Option<Status>,
    tags: Option<Vec<String>>,
    links: Option<Vec<Link>>,
    parent: Option<alloc::boxed::Box<Volume>>,
    metadata: Option<alloc::collections::BTreeMap<String, String>>,
    extra: Extra,
}
crate::object!(Volume {
    id: "id", size: "size", price: "price", bootable: "bootable", status: "status", tags: "tags",
    links: "links", parent: "parent", metadata: "metadata",
} ["id", "size"] | ["parent"]);

#[derive(Clone, Default)]
struct Link {
    href: Option<String>,
    admin_pass: Option<String>,
    extra: Extra,
}
crate::object!(
    Link {
        href: "href",
        admin_pass: "adminPass"
    }["href"]
);

#[derive(Clone)]
enum Status {
    InUse,
    Other(String),
}
crate::open!(Status { InUse: "in-use" });

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[test]
fn what_was_read_is_written_again_also_where_it_is_not_as_documented() {
    for text in [
        r#"{"id": "7a", "size": 10, "price": 1.5, "bootable": true, "status": "in-use", "tags": ["a"]}"#,
        r#"{"id": 7, "size": "10", "price": "1.50", "bootable": "TRUE", "status": 5, "tags": "a"}"#,
        r#"{"id": null, "size": null, "links": null, "status": null, "parent": null}"#,
        r#"{"id": {"a": 1}, "size": {"b": []}, "price": [], "bootable": "maybe", "status": []}"#,
        r#"{"size": 10.0, "price": 5.0, "bootable": 1, "tags": [], "links": []}"#,
        r#"{"size": 10.5, "price": 5, "tags": [1, true], "links": {"href": "x"}}"#,
        r#"{"size": 9223372036854775808, "price": 9007199254740993, "bootable": 2, "tags": ""}"#,
        r#"{"links": [{"href": 1, "rel": "self"}, {}], "parent": {"parent": {"id": "x", "new": {}}}}"#,
        r#"{"links": {"rel": "self", "href": 1, "b": {"d": 1, "c": 2}, "a": []}, "parent": [{"new": 1, "a": 2}]}"#,
        r#"{"links": [{"href": "x"}, 5], "parent": [{"id": "x"}], "metadata": {"a": "b", "c": "d"}}"#,
        r#"{"metadata": {"a": 5}, "parent": [{"id": "x"}, {"id": "y"}], "unknown": [1, {"a": null}]}"#,
        "{}",
    ] {
        let volume: Volume = from_json(text.as_bytes()).unwrap();
        assert_eq!(json(&to_json(&volume)), json(text), "{volume:?}");
    }
}

#[test]
fn values_that_only_look_different_are_read() {
    let text = r#"{"size": "10", "price": "1.5", "bootable": "True", "tags": 5, "links": {"href": "x"},
                   "parent": [{"id": 7}], "status": "gone"}"#;
    let volume: Volume = from_json(text.as_bytes()).unwrap();
    assert_eq!(volume.size, Some(10));
    assert_eq!(volume.price, Some(1.5));
    assert_eq!(volume.bootable, Some(true));
    assert_eq!(volume.tags.unwrap(), ["5"]);
    assert_eq!(volume.links.unwrap()[0].href.as_deref(), Some("x"));
    assert_eq!(volume.parent.unwrap().id.as_deref(), Some("7"));
    assert_eq!(volume.status.unwrap(), "gone");
}

#[test]
fn a_field_of_another_kind_is_absent_and_its_value_can_be_asked_for() {
    let volume: Volume = from_json(br#"{"size": {"gb": 5}, "tags": ["a", {}]}"#).unwrap();
    assert_eq!((volume.size, &volume.tags), (None, &None));
    assert_eq!(volume.extra.get("size").unwrap(), &json(r#"{"gb": 5}"#));
    assert_eq!(volume.extra.get("tags").unwrap(), &json(r#"["a", {}]"#));
}

#[test]
fn a_changed_field_replaces_the_value_that_was_read() {
    let mut volume: Volume = from_json(br#"{"size": "10", "tags": 5}"#).unwrap();
    volume.size = Some(20);
    volume.tags = Some(Vec::new());
    assert_eq!(json(&to_json(&volume)), json(r#"{"size": 20, "tags": []}"#));
}

#[test]
fn a_body_of_another_kind_is_an_error_that_says_so() {
    let error = |text: &str| {
        from_json::<Volume>(text.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(error("[]"), "an array is not of the documented kind");
    assert_eq!(error("5"), "a number is not of the documented kind");
    assert!(error("{").contains("EOF"));
}

#[test]
fn a_required_field_that_is_missing_is_named_with_the_fields_around_it() {
    let missing = |value: &dyn Wire| {
        let mut writer = Writer::checked();
        value.write(&mut writer);
        writer.complete().unwrap_err()
    };
    let mut volume = Volume {
        id: Some("7a".into()),
        ..Volume::default()
    };
    assert_eq!(missing(&volume), "size");
    volume.size = Some(5);
    volume.links = Some(alloc::vec![
        Link {
            href: Some("x".into()),
            ..Link::default()
        },
        Link::default()
    ]);
    assert_eq!(missing(&volume), "links[1].href");
    assert_eq!(missing(&alloc::vec![volume.clone()]), "[0].links[1].href");
    volume.links = None;
    let mut writer = Writer::checked();
    volume.write(&mut writer);
    assert!(writer.complete().is_ok());
}

#[test]
fn one_complete_form_of_a_body_is_enough() {
    let volume = Volume {
        parent: Some(
            Volume {
                id: Some("x".into()),
                size: Some(1),
                ..Volume::default()
            }
            .into(),
        ),
        ..Volume::default()
    };
    let mut writer = Writer::checked();
    volume.write(&mut writer);
    assert!(writer.complete().is_ok());
}

#[test]
fn a_required_field_may_be_set_as_an_undocumented_value() {
    let mut link = Link::default();
    link.extra.insert("href", Json::Null);
    let mut writer = Writer::checked();
    link.write(&mut writer);
    assert_eq!(writer.complete().unwrap(), br#"{"href":null}"#);
}

#[test]
fn debug_shows_no_password() {
    let link: Link =
        from_json(br#"{"href": "x", "adminPass": "s3cret", "user_token": {"id": "s3cret"}}"#)
            .unwrap();
    let shown = alloc::format!("{link:?} {:?}", link.extra);
    assert!(
        shown.contains("Link {\"href\":\"x\"") && !shown.contains("s3cret"),
        "{shown}"
    );
    assert!(to_json(&link).contains("s3cret"));
}

#[test]
fn open_values_are_compared_as_they_are_written() {
    assert_eq!(Status::Other("in-use".into()), Status::InUse);
    assert_eq!(Status::from("in-use"), Status::InUse);
    assert_ne!(Status::from("In-Use"), Status::InUse);
    assert_eq!(
        alloc::format!("{:>8}|{:?}", Status::InUse, Status::InUse),
        "  in-use|\"in-use\""
    );
}

#[test]
fn equal_objects_are_written_alike() {
    let read = |text: &str| from_json::<Volume>(text.as_bytes()).unwrap();
    assert_eq!(
        read(r#"{"id": "a", "size": 1}"#),
        read(r#"{"size": 1, "id": "a"}"#)
    );
    assert_ne!(
        read(r#"{"id": "a", "size": 1}"#),
        read(r#"{"id": "a", "size": "1"}"#)
    );
}

#[test]
fn an_empty_body_is_a_value_without_fields_and_any_body_is_content() {
    assert_eq!(Volume::from_body(b" \n", None).unwrap(), Volume::default());
    assert_eq!(<()>::from_body(b"<html>", None).unwrap(), ());
    let content = Content::from_body(b"<html>", Some("text/html")).unwrap();
    assert_eq!(
        (&*content.text(), content.content_type.as_deref()),
        ("<html>", Some("text/html"))
    );
    assert!(content.json().is_err() && !alloc::format!("{content:?}").contains("html>"));
}
