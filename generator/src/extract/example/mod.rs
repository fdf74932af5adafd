//! Examples of requests and responses: where their JSON starts in a listing, and what it says.
//! The reader skips what the listing shows before it: a call, a status line, headers.

mod json;

pub use json::{ReadJson, Slip, read};

use crate::model::example::Value;

/// The JSON of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What was read.
    pub read: ReadJson,
    /// The byte at which it starts.
    pub start: usize,
}

/// What a listing holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// JSON, strict or with slips.
    Json(Found),
    /// It starts as JSON does and cannot be read.
    Broken(usize),
    /// A call, a status line, or other text.
    Other,
}

/// Looks for the JSON in a listing: at the first line that begins with a brace or bracket, or in the
/// data of a `curl` command.
pub fn find(text: &str) -> Listing {
    let Some(start) = start(text) else {
        return Listing::Other;
    };
    match read(text, start) {
        Some(read) if !is_empty_template(text, start, &read) => {
            Listing::Json(Found { read, start })
        }
        Some(_) => Listing::Other,
        None => Listing::Broken(start),
    }
}

/// `{project_id}` begins a line as a placeholder, not as JSON.
fn is_empty_template(text: &str, start: usize, read: &ReadJson) -> bool {
    matches!(&read.json.value, Value::Object(members) if members.is_empty())
        && !read.slips.is_empty()
        && text[start..].trim_end().len() < 40
}

fn start(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let offset = at + (line.len() - trimmed.len());
        if trimmed.starts_with(['{', '[']) && !is_placeholder(trimmed) {
            return Some(offset);
        }
        if let Some(data) = data(trimmed) {
            return Some(offset + data);
        }
        at += line.len();
    }
    None
}

/// `{endpoint}/v1/..` or `[root@host ~]`: a brace around one word, with text after it.
fn is_placeholder(line: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '@');
    let inside = line[1..].trim_start_matches(word);
    let length = line.len() - 1 - inside.len();
    !line[1..=length].trim().is_empty() && line.starts_with('{') && inside.starts_with('}')
}

/// Where the JSON in `-d '{..}'`, `--data "{..}"` or `Body: {..}` starts on a line.
fn data(line: &str) -> Option<usize> {
    for option in ["-d", "--data", "--data-raw", "--data-binary"] {
        let mut from = 0;
        while let Some(found) = line[from..].find(option) {
            let at = from + found + option.len();
            from = at;
            let quote =
                line[at..].trim_start_matches([' ', '=', '\'', '"', '$', '`', '‘', '’', '“']);
            let quote_at = line.len() - quote.len();
            if quote.starts_with(['{', '[']) && !is_placeholder(quote) {
                return Some(quote_at);
            }
        }
    }
    let lower = line
        .get(..24.min(line.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    for label in [
        "body:",
        "body :",
        "response:",
        "request:",
        "response body:",
        "request body:",
    ] {
        if lower.starts_with(label) {
            let rest = line[label.len()..].trim_start();
            if rest.starts_with(['{', '[']) {
                return Some(line.len() - rest.len());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(String, usize)> {
        match find(text) {
            Listing::Json(found) => Some((
                serde_json::to_string(&found.read.json).unwrap(),
                found.read.slips.len(),
            )),
            _ => None,
        }
    }

    #[test]
    fn strict_json_is_read_as_serde_json_reads_it() {
        let text = r#"{"a": [1, -2.5e3, "x\"\u00e4\n\ud83d\ude00"], "b": {"c": null, "d": true}, "e": []}"#;
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        let (read, slips) = shown(text).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&read).unwrap(),
            expected
        );
        assert_eq!(slips, 0);
    }

    #[test]
    fn slips_with_one_reading_are_tolerated_and_listed() {
        for (text, expected) in [
            ("{\"a\": 1,}", r#"{"a":1}"#),
            ("{\"a\": 1 \"b\": 2}", r#"{"a":1,"b":2}"#),
            ("{\"a\": 1, // one\n\"b\": 2}", r#"{"a":1,"b":2}"#),
            ("{\"a\": [1, ...]}", r#"{"a":[1]}"#),
            ("{“a”: “b”}", r#"{"a":"b"}"#),
            ("{'a': 'b'}", r#"{"a":"b"}"#),
            ("{\"a\": uuid, \"b\": 1}", r#"{"a":"uuid","b":1}"#),
            ("{\"a\": {\"b\": 1}", r#"{"a":{"b":1}}"#),
            ("{\"a\": [{\"b\": 1]}", r#"{"a":[{"b":1}]}"#),
            ("{a: 1}", r#"{"a":1}"#),
        ] {
            let (read, slips) = shown(text).expect(text);
            assert_eq!(read, expected);
            assert!(slips > 0, "{text}");
        }
    }

    #[test]
    fn what_is_before_the_json_is_passed_over() {
        for text in [
            "POST https://{Endpoint}/v1/x\n\n{\"a\": 1}",
            "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"a\": 1}",
            "curl -X POST -H 'X: y' -d '{\"a\": 1}' https://{Endpoint}/v1",
            "{project_id}/x\n{\"a\": 1}",
        ] {
            assert_eq!(shown(text), Some((r#"{"a":1}"#.to_owned(), 0)), "{text}");
        }
        assert_eq!(find("GET /v1/{project_id}/images"), Listing::Other);
        assert_eq!(find("{project_id}"), Listing::Other);
    }

    #[test]
    fn a_value_knows_its_place() {
        let text = "x\n{\"a\":\n  {\"bc\": 1}}";
        let Listing::Json(found) = find(text) else {
            panic!()
        };
        let inner = &found.read.json.members()[0].value.members()[0];
        assert_eq!(&text[inner.at..inner.at + 4], "\"bc\"");
        assert_eq!(&text[inner.value.at..=inner.value.at], "1");
    }

    #[test]
    fn no_text_makes_the_reader_panic_or_run_on() {
        for text in [
            "{",
            "[",
            "{\"",
            "{\"a",
            "[[[[",
            "{\"a\":",
            "{\"a\":\"\\",
            "{\"a\":\"\\u12",
            "[\u{feff}]",
            "{é: ü}",
        ] {
            let _ = find(text);
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(find(&deep), Listing::Broken(_)));
    }
}
