//! Calls from a file: lines, access logs, and HAR.
//! Nothing is dropped silently: this module must never skip a line without counting it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use permspec::{Error, Report, load};
use serde_json::Value;

use super::call::Call;
use crate::output::{counted, say};

/// The calls of some files, without their queries, each with how often it occurs.
pub type Traffic = BTreeMap<Call, usize>;

/// Reads files, and says how many lines of each were no call.
pub fn read(files: &[PathBuf]) -> Result<Traffic, Error> {
    let mut report = Report::default();
    let mut traffic = Traffic::new();
    for file in files {
        if let Some(text) = load::text(file, &mut report) {
            let unread = add(&text, &mut traffic);
            say_unread(file, &unread);
        }
    }
    if report.has_errors() {
        return Err(Error::from(report));
    }
    Ok(traffic)
}

fn say_unread(file: &Path, unread: &[usize]) {
    if let Some(first) = unread.first() {
        let lines = counted(unread.len(), "entry").replace("entrys", "entries");
        say(&format!(
            "warning: {}: {lines} not understood, the first is number {first}",
            file.display()
        ));
    }
}

/// Adds the calls of a text; the numbers of the lines or entries that are none, from 1.
fn add(text: &str, traffic: &mut Traffic) -> Vec<usize> {
    let calls: Vec<Option<Call>> = match serde_json::from_str::<Value>(text) {
        Ok(har @ Value::Object(_)) => entries(&har),
        _ => text
            .lines()
            .filter(|line| !is_comment(line))
            .map(line)
            .collect(),
    };
    let mut unread = Vec::new();
    for (number, call) in (1..).zip(calls) {
        match call {
            Some(call) => *traffic.entry(call.without_query()).or_default() += 1,
            None => unread.push(number),
        }
    }
    unread
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

/// The requests of a HAR ("HTTP Archive 1.2": `log.entries[].request`).
fn entries(har: &Value) -> Vec<Option<Call>> {
    let entries = har["log"]["entries"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let call = |entry: &Value| {
        let request = &entry["request"];
        Call::new(request["method"].as_str()?, request["url"].as_str()?)
    };
    if entries.is_empty() {
        vec![None]
    } else {
        entries.iter().map(call).collect()
    }
}

/// A line of a list, or of a log whose request stands in the first quotes: `"GET /x HTTP/1.1"`.
fn line(line: &str) -> Option<Call> {
    let quoted = line.split('"').nth(1);
    match quoted.and_then(|request| request.rsplit_once(" HTTP/")) {
        Some((request, _)) => Call::parse(request),
        None => Call::parse(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<usize>) {
        let mut traffic = Traffic::new();
        let unread = add(text, &mut traffic);
        (
            traffic
                .iter()
                .map(|(call, count)| format!("{count} {call}"))
                .collect(),
            unread,
        )
    }

    #[test]
    fn lines_logs_and_archives_are_read() {
        let calls = ["2 GET /v2/images", "1 POST /v2/images/a/members"];
        let lines =
            "# calls\nGET /v2/images\n\nget /v2/images?limit=1\nPOST /v2/images/a/members\n";
        let common =
            "10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] \"GET /v2/images HTTP/1.1\" 200 2326";
        let combined = "::1 - me [10/Oct/2025:13:55:36 +0000] \"POST /v2/images/a/members HTTP/2.0\" 200 1 \"https://x/\" \"curl \\\"8\\\"\"";
        let har = r#"{"log": {"entries": [
            {"request": {"method": "GET", "url": "/v2/images"}}, {"request": {"method": "GET", "url": "/v2/images?x"}},
            {"request": {"method": "POST", "url": "/v2/images/a/members"}}]}}"#;
        for text in [lines, &format!("{common}\n{common}\n{combined}\n"), har] {
            assert_eq!(
                read(text),
                (calls.map(str::to_owned).to_vec(), vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_call_is_counted_by_its_number() {
        assert_eq!(
            read("GET /a\nnonsense\n10.0.0.1 - - [x] \"-\" 400 0\n").1,
            [2, 3]
        );
        assert_eq!(read(r#"{"log": {"entries": [{"request": {}}]}}"#).1, [1]);
        assert_eq!(read("{}").1, [1]);
    }
}
