//! Reads calls from files: lists, access logs, and HAR.
//! This module must never skip a line without counting it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use permspec::{Code, Diagnostic, Error, Location, Report, load};
use serde_json::Value;

use super::call::WrittenCall;
use crate::output::{counted, say};

/// The calls in some files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The calls without their queries and with the keys of their bodies, and the number of times that each occurs.
    pub calls: BTreeMap<WrittenCall, usize>,
    /// The number of lines or entries that are not a call.
    pub unread: usize,
}

impl Traffic {
    /// The number of calls. A call that occurs several times counts several times.
    pub fn count(&self) -> usize {
        self.calls.values().sum()
    }
}

/// Reads files. For each file, prints the number of calls, and the number of lines that are not a call.
pub fn read(files: &[PathBuf]) -> Result<Traffic, Error> {
    let mut report = Report::default();
    let mut traffic = Traffic::default();
    for file in files {
        let Some(text) = load::log(file, &mut report) else {
            continue;
        };
        match calls(&text) {
            Ok(calls) => traffic.add(file, calls),
            Err(fault) => {
                let name = file.display().to_string();
                let place = Location::offset(&name, &text, fault.at);
                let unreadable = Diagnostic::new(Code::Unreadable, place, fault.message);
                report.push(unreadable.with_help(FORMS));
                report.add_source(name, text);
            }
        }
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    Ok(traffic)
}

const FORMS: &str = "give lines `METHOD path`, an access log in common or combined format, or a HAR, \
                     which is one JSON object";

impl Traffic {
    fn add(&mut self, file: &Path, calls: NumberedCalls) {
        let unread: Vec<usize> = calls
            .iter()
            .filter(|(_, call)| call.is_none())
            .map(|(number, _)| *number)
            .collect();
        let file = match file.display().to_string() {
            dash if dash == "-" => "standard input".to_owned(),
            name => name,
        };
        say(&format!(
            "{file}: {}",
            counted(calls.len() - unread.len(), "call")
        ));
        if let Some(first) = unread.first() {
            let entries = counted(unread.len(), "entry");
            say(&format!(
                "warning: {file}: {entries} not understood, the first is number {first}"
            ));
        }
        self.unread += unread.len();
        for call in calls.into_iter().filter_map(|(_, call)| call) {
            *self.calls.entry(call.without_query()).or_default() += 1;
        }
    }
}

/// Lines or entries by their numbers, from 1. `None` if the line or entry is not a call.
type NumberedCalls = Vec<(usize, Option<WrittenCall>)>;

/// The reason why a text that begins like a HAR is not one, and the byte at which it shows.
struct HarFault {
    message: String,
    at: usize,
}

fn calls(text: &str) -> Result<NumberedCalls, HarFault> {
    let plain = text.trim_start_matches('\u{feff}');
    if plain.trim_start().starts_with('{') {
        return entries(plain).map_err(|mut fault| {
            fault.at += text.len() - plain.len();
            fault
        });
    }
    let lines = (1..)
        .zip(plain.lines())
        .filter(|(_, line)| !is_comment(line));
    Ok(lines.map(|(number, text)| (number, line(text))).collect())
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

/// Reads the requests of a HAR ("HTTP Archive 1.2": `log.entries[].request`) with their bodies
/// (`postData.text`).
fn entries(text: &str) -> Result<NumberedCalls, HarFault> {
    let har: Value = serde_json::from_str(text).map_err(|error| HarFault {
        message: format!("the text is not JSON: {error}"),
        at: offset(text, error.line(), error.column()),
    })?;
    let Some(entries) = har["log"]["entries"].as_array() else {
        return Err(HarFault {
            message: "the JSON is not a HAR: it does not have `log.entries`".to_owned(),
            at: 0,
        });
    };
    let call = |entry: &Value| {
        let request = &entry["request"];
        let call = WrittenCall::new(request["method"].as_str()?, request["url"].as_str()?)?;
        Some(match request["postData"]["text"].as_str() {
            Some(body) => call.with_body(body),
            None => call,
        })
    };
    Ok((1..).zip(entries.iter().map(call)).collect())
}

/// The byte offset of a line and column. Both are from 1, and the column counts bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Reads a line of a list, or a line of a log, whose first quotes contain the request: `"GET /x HTTP/1.1"`.
fn line(line: &str) -> Option<WrittenCall> {
    quoted(line)
        .and_then(WrittenCall::parse)
        .or_else(|| WrittenCall::parse(line))
}

/// The first text in double quotes. A backslash before a quote makes the quote part of the text.
fn quoted(line: &str) -> Option<&str> {
    let (_, text) = line.split_once('"')?;
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    Some(&text[..end?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<usize>) {
        let (mut read, mut unread) = (Vec::new(), Vec::new());
        for (number, call) in calls(text).unwrap_or_else(|fault| panic!("{}", fault.message)) {
            match call {
                Some(call) => read.push(call.without_query().to_string()),
                None => unread.push(number),
            }
        }
        (read, unread)
    }

    #[test]
    fn lists_logs_and_archives_are_read() {
        let calls = [
            "GET /v2/images",
            "GET /v2/images",
            "POST /v2/images/a/members",
        ];
        let list = "# calls\nGET /v2/images\n\nget /v2/images?limit=1\nPOST /v2/images/a/members\n";
        let common =
            "10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] \"GET /v2/images HTTP/1.1\" 200 2326";
        let combined = "::1 - me [10/Oct/2025:13:55:36 +0000] \"POST /v2/images/a/members HTTP/2.0\" 200 1 \"https://x/\" \"curl \\\"8\\\"\"";
        let har = r#"{"log": {"entries": [
            {"request": {"method": "GET", "url": "/v2/images"}}, {"request": {"method": "GET", "url": "/v2/images?x"}},
            {"request": {"method": "POST", "url": "/v2/images/a/members"}}]}}"#;
        let log = format!("{common}\n{common}\n{combined}\n");
        for text in [list, &log, har] {
            for text in [
                text,
                &text.replace('\n', "\r\n"),
                &format!("\u{feff}{text}"),
            ] {
                assert_eq!(
                    read(text),
                    (calls.map(str::to_owned).to_vec(), vec![]),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn an_archive_has_the_keys_of_bodies() {
        let har = r#"{"log": {"entries": [
            {"request": {"method": "POST", "url": "/x", "postData": {"text": "{\"os-attach\": {\"a\": 1}}"}}},
            {"request": {"method": "POST", "url": "/x", "postData": {"text": "a=1"}}},
            {"request": {"method": "POST", "url": "/x", "postData": {}}}]}}"#;
        let entries = calls(har).unwrap_or_else(|fault| panic!("{}", fault.message));
        let calls = entries.into_iter().filter_map(|(_, call)| call);
        let shown: Vec<String> = calls.map(|call| call.with_keys()).collect();
        assert_eq!(shown, ["POST /x (os-attach)", "POST /x", "POST /x"]);
    }

    #[test]
    fn quotes_that_a_client_sent_do_not_end_its_request() {
        let log = r#"h - - [t] "GET /v2/images?q=\"HEAD\"/x HTTP/1.1" 200 7 "-" "x""#;
        assert_eq!(read(log).0, ["GET /v2/images"]);
        assert_eq!(read(r#"GET /v2/images?q="x""#).0, ["GET /v2/images"]);
    }

    #[test]
    fn what_is_no_call_is_counted_by_its_line_or_entry() {
        let log = "GET /a\n# no call\nnonsense\n10.0.0.1 - - [x] \"-\" 400 0\n\
                   h - - [x] \"PROPFIND /a HTTP/1.1\" 405 0\nh - - [x] \"\\x16\\x03\" 400 0\n";
        assert_eq!(read(log).1, [3, 4, 5, 6]);
        let har =
            r#"{"log": {"entries": [{"request": {}}, 7, {"request": {"method": 1, "url": "/"}}]}}"#;
        assert_eq!(read(har), (vec![], vec![1, 2, 3]));
        assert_eq!(read(r#"{"log": {"entries": []}}"#), (vec![], vec![]));
        assert_eq!(read(""), (vec![], vec![]));
    }

    #[test]
    fn a_file_that_begins_as_json_and_is_no_archive_is_an_error_at_its_place() {
        for (text, message, at) in [
            ("{\"log\":\n{\"entries\":[", "the text is not JSON: EOF", 19),
            ("\u{feff}{} {}", "the text is not JSON: trailing", 6),
            ("{}", "the JSON is not a HAR", 0),
            ("{\"log\": {\"entries\": 7}}", "the JSON is not a HAR", 0),
        ] {
            let fault = calls(text).expect_err(text);
            assert!(fault.message.starts_with(message), "{}", fault.message);
            assert_eq!(fault.at, at, "{text}");
        }
    }
}
