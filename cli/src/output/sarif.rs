//! Writes logs in SARIF 2.1.0 (OASIS standard, section 3), which code scanning reads.
//! Files are URI references from the repository's root (sections 3.4.4 and 3.14.14). This module must never write a
//! file path where SARIF expects a URI.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::repository::{FileLocation, Repository};

/// The name of the repository's root in the log, as code scanning spells it.
const ROOT: &str = "%SRCROOT%";

/// A log that is being written.
#[derive(Debug)]
pub struct Log {
    repository: Repository,
    results: Vec<Value>,
}

impl Log {
    /// A log of the repository of the working directory.
    pub fn new() -> Self {
        Log {
            repository: Repository::here(),
            results: Vec::new(),
        }
    }

    /// Adds a result at a line and column of a file, both from 1. The caller may add more to the result.
    pub fn add(
        &mut self,
        rule: &str,
        level: &str,
        message: &str,
        (file, line, column): (&str, u32, u32),
    ) -> &mut Value {
        let file = match self.repository.place(file) {
            FileLocation::Inside(path) => json!({"uri": reference(&path), "uriBaseId": ROOT}),
            FileLocation::Outside(path) => json!({"uri": address(&path)}),
        };
        let at = self.results.len();
        self.results.push(json!({
            "ruleId": rule,
            "level": level,
            "message": {"text": message},
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {"startLine": line, "startColumn": column},
                },
            }],
        }));
        &mut self.results[at]
    }

    /// The log of one run. Its results refer to `rules`.
    pub fn of_run(self, rules: &[Value]) -> Value {
        let mut root = address(self.repository.root());
        if !root.ends_with('/') {
            root.push('/');
        }
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "permspec",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"uri": root}},
                "results": self.results,
            }],
        })
    }
}

/// A path as a URI reference. It is encoded so that no part of it is read as a scheme, a query or a fragment
/// (RFC 3986, section 4.2).
fn reference(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("a String takes every write"),
        }
    }
    uri
}

/// A file path as a URI: `file:///home/a%20b`, `file:///C:/docs`.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    match path.split_once(":/") {
        Some((drive, rest)) if drive.len() == 1 => format!("file:///{drive}:/{}", reference(rest)),
        _ => format!("file:///{}", reference(path.trim_start_matches('/'))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_in_the_name_of_a_file_is_part_of_its_path() {
        for (path, uri) in [
            ("doc pages/50% page.rst", "doc%20pages/50%25%20page.rst"),
            ("a:b/c?d#e.rst", "a%3Ab/c%3Fd%23e.rst"),
            ("ü\u{202e}[1].rst", "%C3%BC%E2%80%AE%5B1%5D.rst"),
        ] {
            assert_eq!(reference(path), uri);
        }
        assert_eq!(address(Path::new("/a b/c")), "file:///a%20b/c");
        assert_eq!(address(Path::new("C:\\a b\\c")), "file:///C:/a%20b/c");
    }
}
