//! What the body of a refusal says: the service's own code for the error, and its message.
//! Services word this in several shapes. A body of another shape has neither, and an error still shows its
//! beginning.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

/// The keys of a code. Keystone and OpenStack-like services have `code`, the cloud's own services
/// `error_code`, and Neutron has the `type` of the error.
const CODES: [&str; 4] = ["error_code", "errorCode", "code", "type"];
const MESSAGES: [&str; 4] = ["error_msg", "error_message", "errorMessage", "message"];

/// What a body says about an error. A text is empty if the body does not have it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
}

impl Refusal {
    /// Reads `{"message": ..}`, the same object under one key, such as `{"NeutronError": {..}}`, and HTML.
    pub(super) fn read(body: &str) -> Refusal {
        if is_html(body) {
            return Refusal {
                code: String::new(),
                message: text_of_html(body),
            };
        }
        let Ok(Value::Object(outer)) = serde_json::from_str(body) else {
            return Refusal::default();
        };
        Refusal::of(&outer)
            .or_else(|| Refusal::of(inner(&outer)?))
            .unwrap_or_default()
    }

    fn of(object: &Map<String, Value>) -> Option<Refusal> {
        let first = |keys: [&str; 4]| keys.iter().find_map(|key| text(object.get(*key)?));
        let message = first(MESSAGES)?;
        Some(Refusal {
            code: first(CODES).unwrap_or_default(),
            // Glance puts the end of its HTML into its JSON.
            message: if message.contains("<br />") {
                without_tags(&message)
            } else {
                message
            },
        })
    }
}

/// The object under `error`, or under the only key.
fn inner(outer: &Map<String, Value>) -> Option<&Map<String, Value>> {
    let only = || outer.values().next().filter(|_| outer.len() == 1);
    outer.get("error").or_else(only)?.as_object()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a body is a page for a browser, as Glance's refusals are.
pub(super) fn is_html(body: &str) -> bool {
    let start: String = body.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<html") || start.starts_with("<!doctype html")
}

/// The text after the heading, or all text if nothing follows. The heading only repeats the status.
fn text_of_html(page: &str) -> String {
    let after = |end: &str| page.split_once(end).map(|(_, rest)| rest);
    let text = without_tags(after("</h1>").unwrap_or_default());
    if text.is_empty() {
        without_tags(after("</title>").unwrap_or(page))
    } else {
        text
    }
}

/// The words between tags, with one space between them.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (at, part) in html.split('<').enumerate() {
        let shown = match part.split_once('>') {
            Some((_, shown)) if at > 0 => shown,
            _ if at > 0 => "",
            _ => part,
        };
        text.push_str(shown);
        text.push(' ');
    }
    let words: Vec<String> = text.split_whitespace().map(decoded).collect();
    words.join(" ")
}

/// Replaces character references such as `&#x27;`. Others stay as they are.
fn decoded(word: &str) -> String {
    let mut parts = word.split('&');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part.split_once(';');
        let character = reference.and_then(|(name, rest)| Some((character(name)?, rest)));
        if let Some((character, rest)) = character {
            text.push(character);
            text.push_str(rest);
        } else {
            text.push('&');
            text.push_str(part);
        }
    }
    text
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(body: &str, code: &str, message: &str) {
        let expected = Refusal {
            code: code.into(),
            message: message.into(),
        };
        assert_eq!(Refusal::read(body), expected, "{body}");
    }

    #[test]
    fn each_shape_of_json_gives_code_and_message() {
        reads(
            r#"{"error": {"code": 404, "message": "no such user", "title": "Not Found"}}"#,
            "404",
            "no such user",
        );
        reads(
            r#"{"NeutronError": {"type": "NetworkNotFound", "message": "none", "detail": ""}}"#,
            "NetworkNotFound",
            "none",
        );
        reads(
            r#"{"itemNotFound": {"message": "none", "code": 404}}"#,
            "404",
            "none",
        );
        reads(
            r#"{"error": {"code": "X.0001", "message": "denied"}, "request_id": "r"}"#,
            "X.0001",
            "denied",
        );
        reads(
            r#"{"error_code": "X.0002", "error_msg": "denied"}"#,
            "X.0002",
            "denied",
        );
        reads(
            r#"{"code": "X.0003", "message": "denied"}"#,
            "X.0003",
            "denied",
        );
        reads(r#"{"message": "denied"}"#, "", "denied");
        reads(
            r#"{"message": "no image &lt;a&gt;<br /><br />\n\n", "code": "404 Not Found"}"#,
            "404 Not Found",
            "no image <a>",
        );
    }

    #[test]
    fn a_page_for_browsers_gives_the_text_after_its_heading() {
        reads(
            "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  \
             No image &#x27;a&amp;b&#39; &here; &#xffffffff;\n  found<br /><br />\n\n </body>\n</html>",
            "",
            "No image 'a&b' &here; &#xffffffff; found",
        );
        reads(
            "<!DOCTYPE html>\n<title>404</title>\n<h1>Not Found</h1>\n<p>No such URL.</p>",
            "",
            "No such URL.",
        );
        reads(
            "<HTML><title>502</title><h1>Bad Gateway</h1></HTML>",
            "",
            "Bad Gateway",
        );
        reads("<html>gone<", "", "gone");
    }

    #[test]
    fn any_other_body_has_neither() {
        for body in [
            "",
            "denied",
            "[]",
            "{",
            "<xml/>",
            r#"{"error": "denied"}"#,
            r#"{"a": {"message": "x"}, "b": {"message": "y"}}"#,
            r#"{"message": ["x"]}"#,
            r#"{"images": []}"#,
        ] {
            assert_eq!(Refusal::read(body), Refusal::default(), "{body}");
        }
    }
}
