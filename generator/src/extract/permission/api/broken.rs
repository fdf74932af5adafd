//! Calls that are split over several paragraphs: the rest of a path or of a query is in the next one. Every
//! join is reported. This module must never join a text that is a call by itself.

use rst_parser::Span;

use super::Reader;
use super::around::{brief, goes_on};
use crate::diagnostic::Code;
use crate::extract::call::path;
use crate::model::Endpoint;
use crate::model::METHODS;

/// The methods of the call that is joined, and the text after it.
type Joined<'t> = (Vec<String>, &'t str);

impl Reader<'_, '_> {
    /// Whether a paragraph continues the path of the one before: `POST /v1/`, then
    /// `{project_id}/clusters/{cluster_id}/start`.
    pub(super) fn goes_on_with_path(&self, text: &str) -> bool {
        self.is_open() && !text.contains(' ') && !text.starts_with('/')
    }

    /// Whether a paragraph continues the query of the one before: `?limit={limit}`, `&limit={limit}`, or
    /// `limit={limit}` after one that is `open`.
    pub(super) fn goes_on_with_query(&self, text: &str, open: bool) -> bool {
        let marked = ["?", "&", "{?", "{&"]
            .iter()
            .any(|mark| text.starts_with(mark));
        let pair = || text.contains('=') || !text.contains(' ');
        self.last().is_some() && (marked || (open && pair()))
    }

    /// Whether the text after a path in its paragraph is the rest of the path.
    pub(super) fn is_rest(&self, text: &str) -> bool {
        self.is_open() && goes_on(text)
    }

    /// Whether the last path ends with a slash.
    fn is_open(&self) -> bool {
        let last = self.last();
        last.is_some_and(|last| last.path.len() > 1 && last.path.ends_with('/'))
    }

    /// Puts the rest of a path after the last one.
    pub(super) fn join_path<'t>(&mut self, text: &'t str) -> Joined<'t> {
        let Some(open) = self.last() else {
            return (Vec::new(), "");
        };
        let start = if text.starts_with('/') {
            open.path.trim_end_matches('/')
        } else {
            &open.path
        };
        let joined = format!("{start}{text}");
        if path::read(&joined).is_some_and(|path| path.rest.len() >= text.len()) {
            // No part of it belongs to a path.
            self.remark("prose after a path", text);
            return (Vec::new(), "");
        }
        let open = self.open(text);
        let methods: Vec<String> = open.into_iter().filter_map(|route| route.method).collect();
        let rest = self.route(&methods, &joined).len();
        (methods, end(text, rest))
    }

    /// Adds the rest of a query to the last one.
    pub(super) fn join_query<'t>(&mut self, text: &'t str) -> Joined<'t> {
        let mark = if text.starts_with('{') { "" } else { "?" };
        let more = format!("/{mark}{}", text.trim_start_matches(['?', '&']));
        let Some(more) = path::read(&more) else {
            return (Vec::new(), "");
        };
        let mut methods = Vec::new();
        for mut route in self.open(text) {
            methods.extend(route.method.clone());
            for name in &more.query {
                if !route.query.contains(name) {
                    route.query.push(name.clone());
                }
            }
            self.add(route);
        }
        self.slips(&more.slips, text);
        (methods, end(text, more.rest.len()))
    }

    /// Removes the calls that `text` continues: those of the last path, which several methods may share.
    fn open(&mut self, text: &str) -> Vec<Endpoint> {
        let Some((last, span)) = self.stated.pop() else {
            return Vec::new();
        };
        let message = format!(
            "the path `{}` continues in `{}`",
            brief(&last.path),
            brief(text)
        );
        self.push(Code::BrokenPath, message);
        let mut open = Vec::new();
        let shares = |(route, of): &mut (Endpoint, Span)| {
            *of == span && (&route.path, &route.query) == (&last.path, &last.query)
        };
        while open.len() + 1 < METHODS.len()
            && let Some((route, _)) = self.stated.pop_if(shares)
        {
            open.push(route);
        }
        open.reverse();
        open.push(last);
        open
    }
}

/// The last `length` bytes of a text.
fn end(text: &str, length: usize) -> &str {
    text.get(text.len().saturating_sub(length)..)
        .unwrap_or_default()
}
