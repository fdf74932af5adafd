//! API cells: method and path of every call that a row documents.
//! Parameters and queries are taken apart by name only; this module must never repair a path in
//! silence.

use rst_parser::{Cell, Span};

use super::Findings;
use super::cell::{is_nothing, statements};
use crate::diagnostic::Code;
use crate::model::{Extra, Route};

/// The methods that an API can have, in upper case (RFC 9110, section 9.3, and RFC 5789).
pub const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The routes of a cell, one for each paragraph or bullet.
pub(super) fn routes(cell: &Cell, findings: &mut Findings<'_>) -> Vec<Route> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the API cell is empty");
    }
    statements
        .iter()
        .filter(|statement| !is_nothing(&statement.text))
        .filter_map(|statement| route(&statement.text, statement.span, findings))
        .collect()
}

fn route(text: &str, span: Span, findings: &mut Findings<'_>) -> Option<Route> {
    let (method, path) = text.split_once(' ').unwrap_or((text, ""));
    if !path.starts_with('/') {
        findings.push(
            Code::NotARoute,
            span,
            format!("`{text}` is no method and path"),
        );
        return None;
    }
    if !METHODS.contains(&method) {
        findings.push(
            Code::UnknownMethod,
            span,
            format!("`{method}` is no HTTP method"),
        );
        return None;
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Some(Route {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query_names(query),
        body_action: None,
        extra: Extra::new(),
    })
}

fn query_names(query: &str) -> Vec<String> {
    let names = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or_default());
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}
