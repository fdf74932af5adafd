//! Method and path of an operation page, in every form that its URI section has.
//! It reads lines; which of them belong to the section is decided by the caller.

use rst_parser::Span;

use super::super::call::method;
use super::super::call::path;
use crate::model::METHODS;

/// A method and a path template, and the query names that the template has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedEndpoint {
    /// The method in upper case.
    pub method: String,
    /// The path without host and query.
    pub path: String,
    /// Names in the query of the template, in order.
    pub query: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// Collects the calls of a URI section, line by line.
#[derive(Debug, Default)]
pub(crate) struct UriSection {
    pub(crate) found: Vec<StatedEndpoint>,
    method: Option<String>,
    path: Option<(String, Vec<String>, Span)>,
}

impl UriSection {
    /// Reads one line or paragraph. True if it states a method or a path.
    pub(crate) fn read(&mut self, text: &str, span: Span) -> bool {
        // Listings keep the marks of bold type.
        let plain = text.replace("**", "");
        let text = unlabelled(plain.trim_matches(['*', ' ', '`']));
        let before = self.found.len();
        let mut rest = text;
        while let Some(methods) = method::with_path(rest) {
            let Some(path) = path::read(methods.rest) else {
                break;
            };
            for word in &methods.words {
                self.push(word, &path.template, &path.query, span);
            }
            rest = path.rest.trim_start_matches([' ', ',', ';']);
        }
        if self.found.len() > before {
            return true;
        }
        if let Some(word) = bare_method(text) {
            self.method = Some(word);
            self.join();
            return true;
        }
        let alone = text.len() < 300 && (!text.contains(' ') || text.contains('{'));
        let starts =
            text.starts_with('/') && alone || text.starts_with("http") && text.contains("://");
        if starts && let Some(path) = path::read(text) {
            self.path = Some((path.template, path.query, span));
            self.join();
            return true;
        }
        false
    }

    /// What is left at the end of the section: a method alone is that of the root.
    pub(crate) fn finish(&mut self, span: Span) {
        if self.found.is_empty()
            && let Some(method) = self.method.take()
            && self.path.is_none()
        {
            self.found.push(StatedEndpoint {
                method,
                path: "/".to_owned(),
                query: Vec::new(),
                span,
            });
        }
    }

    fn join(&mut self) {
        if let (Some(method), Some((path, query, span))) = (self.method.clone(), self.path.clone())
        {
            self.push(&method, &path, &query, span);
            self.method = None;
            self.path = None;
        }
    }

    fn push(&mut self, method: &str, path: &str, query: &[String], span: Span) {
        let call = StatedEndpoint {
            method: method.to_ascii_uppercase(),
            path: tidy(path),
            query: query
                .iter()
                .filter_map(|name| {
                    name.split(['=', '{', '}'])
                        .map(str::trim)
                        .find(|part| !part.is_empty())
                })
                .map(str::to_owned)
                .collect(),
            span,
        };
        let known = self
            .found
            .iter()
            .any(|found| found.method == call.method && found.path == call.path);
        if !known {
            self.found.push(call);
        }
    }
}

/// Escapes, bold marks and what ends a sentence are not part of a path.
fn tidy(path: &str) -> String {
    let plain: String = path
        .chars()
        .filter(|c| !matches!(c, '\\' | '*' | '`' | '\u{200b}' | ' '))
        .collect();
    plain.trim_end_matches(['.', ',', ';']).to_owned()
}

/// A word before the statement: `URI: GET /x`, `PATH: /x`, `Method: GET`.
fn unlabelled(text: &str) -> &str {
    let Some((label, rest)) = text.split_once([':', '：']) else {
        return text;
    };
    let words = super::part::words(label);
    let known = matches!(
        words.as_str(),
        "uri"
            | "url"
            | "path"
            | "method"
            | "uri format"
            | "url format"
            | "request uri"
            | "request url"
            | "request method"
            | "format"
            | "http method"
    );
    if known {
        rest.trim_start().trim_matches('*').trim_start()
    } else {
        text
    }
}

/// A text that is only a method.
fn bare_method(text: &str) -> Option<String> {
    let word = text.trim_matches(['.', ' ', ':']);
    METHODS.contains(&word).then(|| word.to_owned())
}

/// The names in braces in a path, in order.
pub(crate) fn names(path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        let name = rest[open + 1..open + close]
            .trim_matches(['{', ' '])
            .to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
        rest = &rest[open + close + 1..];
    }
    // `<id>` and `:id` segments are parameters too.
    for segment in path.split('/') {
        let name = segment
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .or_else(|| segment.strip_prefix(':'));
        if let Some(name) = name.filter(|name| !name.is_empty() && !names.iter().any(|n| n == name))
        {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<(String, String, Vec<String>)> {
        let mut calls = UriSection::default();
        for line in lines {
            calls.read(line, Span::default());
        }
        calls.finish(Span::default());
        calls
            .found
            .into_iter()
            .map(|call| (call.method, call.path, call.query))
            .collect()
    }

    #[test]
    fn a_call_is_read_in_every_form_of_a_uri_section() {
        for lines in [
            &["GET /v1/ovens/{oven_id}"][..],
            &["Get /v1/ovens/{oven_id}."],
            &["GET https://{Endpoint}/v1/ovens/{oven_id}"],
            &["URI: GET /v1/ovens/{oven_id}"],
            &["PATH: /v1/ovens/{oven_id}", "Method: GET"],
            &["GET/v1/ovens/{oven_id}"],
            &["**GET** /v1/ovens/{ oven_id }"],
        ] {
            let expected = (
                "GET".to_owned(),
                "/v1/ovens/{oven_id}".to_owned(),
                Vec::new(),
            );
            assert_eq!(read(lines), [expected], "{lines:?}");
        }
        assert_eq!(
            read(&["GET"]),
            [("GET".to_owned(), "/".to_owned(), Vec::new())]
        );
        assert_eq!(read(&["The URI has a version and a path."]), []);
    }

    #[test]
    fn names_in_the_query_of_a_path_are_parameters() {
        for path in [
            "GET /v1/ovens?limit={limit}&marker={marker}",
            "GET /v1/ovens{?limit,marker}",
            "GET /v1/ovens?limit=1&marker=x",
        ] {
            let [(_, path_read, query)] = &read(&[path])[..] else {
                panic!("{path}")
            };
            assert_eq!(
                (path_read.as_str(), &query[..]),
                ("/v1/ovens", &["limit".to_owned(), "marker".to_owned()][..])
            );
        }
        assert_eq!(names("/v1/{a}/x/<b>/:c"), ["a", "b", "c"]);
    }

    #[test]
    fn versions_of_a_call_are_all_kept() {
        let calls = read(&["GET /v2.1/ovens", "GET /v2/ovens", "GET /v2/ovens"]);
        assert_eq!(calls.len(), 2);
    }
}
