//! The JSON form of the model. Reading is tolerant, and writing is canonical.
//! Unknown fields survive a round trip. This module must never accept a newer major version.

use std::borrow::Cow;

use super::{Extra, Page, VERSION};
use crate::inert;

/// Why a text is not a page of the model. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong.
    pub message: String,
    /// The line of the error.
    pub line: usize,
    /// The column of the error.
    pub column: usize,
}

impl Page {
    /// Reads a page of the model in the current format or an older one. In memory, the page has the
    /// current format.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, if it lacks a field, if a field has the wrong type, or
    /// if it has a newer major version.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        let page = serde_json::from_str::<Self>(text);
        let version = match &page {
            Ok(page) => Some(u64::from(page.permspec)),
            // Another version has other fields. An error about the version is more useful than one about
            // a missing field.
            Err(_) => version(text),
        };
        match version {
            Some(other) if !(1..=u64::from(VERSION)).contains(&other) => Err(ReadError {
                message: format!(
                    "the model is of version {other}, but this permspec reads versions 1 to {VERSION}"
                ),
                line: 1,
                column: 1,
            }),
            _ => match page {
                Ok(page) => Ok(Page {
                    permspec: VERSION,
                    ..page
                }),
                Err(error) => Err(ReadError::new(&error)),
            },
        }
    }

    /// Writes the canonical text: keys in the order of the format, two spaces per level, invisible
    /// characters escaped, and a line feed at the end.
    ///
    /// # Panics
    /// Never panics, because a page has only string keys and plain values, which JSON can represent.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("a page has string keys and plain values only, which JSON can hold");
        text.push('\n');
        // Reviewers must see invisible characters, and serde_json escapes only characters below the
        // space.
        match inert::terminal(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(escaped) => escaped,
        }
    }
}

/// The format version of a JSON object.
fn version(text: &str) -> Option<u64> {
    let fields: Extra = serde_json::from_str(text).ok()?;
    fields.get("permspec")?.as_u64()
}

impl ReadError {
    pub(super) fn new(error: &serde_json::Error) -> Self {
        // serde_json appends the position to the message. Here it is a separate value.
        let text = error.to_string();
        let message = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(head, _)| head);
        ReadError {
            message: message.to_owned(),
            line: error.line(),
            column: error.column(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"{"permspec": 2, "service": "ims", "reviewed": "2026-11-02",
        "page": {"title": "Image Sharing", "path": "ims/image_sharing.rst", "original_name": null,
                 "doc_url": null, "sha256": "00"},
        "operations": []}"#;

    #[test]
    fn a_field_of_a_newer_minor_version_survives_a_round_trip() {
        let page = Page::from_json(PAGE).unwrap();
        let again = page.to_json();
        assert!(again.contains("\"reviewed\": \"2026-11-02\""));
        assert_eq!(Page::from_json(&again).unwrap(), page);
        assert_eq!(Page::from_json(&again).unwrap().to_json(), again);
    }

    #[test]
    fn a_page_of_the_first_format_is_read_and_written_in_the_present_one() {
        let operation = r#"{"id": "AddImageMembers", "title": "", "section": null, "line": 27,
            "routes": [{"method": "POST", "path": "/v1/members", "query": [], "body_action": null}],
            "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null}"#;
        let old = PAGE.replace("\"permspec\": 2", "\"permspec\": 1").replace(
            "\"operations\": []",
            &format!("\"operations\": [{operation}]"),
        );
        let page = Page::from_json(&old).unwrap();
        assert_eq!(page.operations[0].endpoints[0].path, "/v1/members");
        let written = page.to_json();
        assert!(written.contains("\"permspec\": 2") && written.contains("\"endpoints\": ["));
        assert!(!written.contains("\"routes\""), "{written}");
        assert_eq!(Page::from_json(&written).unwrap(), page);
    }

    #[test]
    fn an_unknown_number_keeps_its_value() {
        // The number has more digits than a float can represent. The text that is read must be the text
        // that is written and read again.
        let number = "1".repeat(84);
        let page = Page::from_json(&PAGE.replace("\"2026-11-02\"", &number)).unwrap();
        assert_eq!(Page::from_json(&page.to_json()).unwrap(), page);
    }

    #[test]
    fn characters_that_nobody_sees_are_escaped_and_read_back() {
        let page = Page::from_json(&PAGE.replace("Sharing", "Shar\u{202e}ing\u{e0041}")).unwrap();
        let json = page.to_json();
        assert!(json.contains(r"Shar\u202eing\udb40\udc41"), "{json}");
        assert_eq!(Page::from_json(&json).unwrap(), page);
    }

    #[test]
    fn another_major_version_is_refused_even_if_its_fields_fit() {
        let error =
            Page::from_json(&PAGE.replace("\"permspec\": 2", "\"permspec\": 3")).unwrap_err();
        assert_eq!(
            error.message,
            "the model is of version 3, but this permspec reads versions 1 to 2"
        );
    }

    #[test]
    fn another_major_version_is_reported_before_its_fields() {
        let error = Page::from_json(r#"{"permspec": 3, "services": []}"#).unwrap_err();
        assert_eq!(
            error.message,
            "the model is of version 3, but this permspec reads versions 1 to 2"
        );
    }

    #[test]
    fn a_field_that_is_missing_doubled_or_of_another_type_is_named_where_it_is() {
        let faults = [
            (
                r#""sha256": "00"}"#,
                r#""sha": "00"}"#,
                "missing field `sha256`",
                "00\"}",
            ),
            (
                r#""ims","#,
                r#""ims", "service": 7,"#,
                "duplicate field `service`",
                "\"service\"",
            ),
            (
                r#""Image Sharing""#,
                "7",
                "invalid type: integer `7`, expected a string",
                ": 7",
            ),
            (
                "[]",
                r#"[{"id": "A", "actions": [7]}]"#,
                "invalid type: integer `7`, expected an action, or an object with `action` and `when`",
                "[7",
            ),
        ];
        for (right, wrong, message, before) in faults {
            let text = PAGE.replace(right, wrong);
            let error = Page::from_json(&text).unwrap_err();
            assert_eq!(error.message, message);
            let line = text.lines().nth(error.line - 1).unwrap();
            assert!(line[..error.column].ends_with(before), "{error:?}: {line}");
        }
    }

    #[test]
    fn a_field_that_may_be_null_may_be_left_out() {
        let page = Page::from_json(&PAGE.replace(r#", "original_name": null"#, "")).unwrap();
        assert_eq!(page, Page::from_json(PAGE).unwrap());
    }

    #[test]
    fn a_fault_has_its_line_and_column() {
        let error = Page::from_json("{\n  \"permspec\": 1,\n  \"service\" 2\n}").unwrap_err();
        assert_eq!((error.line, error.message.as_str()), (3, "expected `:`"));
    }
}
