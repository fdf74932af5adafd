//! API cells: method and path of every call that a row documents.
//! A slip of the page that has one reading is mended with a remark; what has none is reported, and
//! this module must never invent a call.

use rst_parser::{Cell, Span};

use super::Findings;
use super::cell::{Statement, is_nothing, statements};
use super::path::{self, Slip};
use crate::diagnostic::Code;
use crate::model::{Extra, Route};

/// The methods that an API can have, in upper case (RFC 9110, section 9.3, and RFC 5789).
pub const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The routes of a cell: one for each `METHOD /path` in its paragraphs and bullets, each once.
pub(super) fn routes(cell: &Cell, findings: &mut Findings<'_>) -> Vec<Route> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the API cell is empty");
    }
    let mut reader = Reader {
        findings,
        routes: Vec::new(),
        method: None,
    };
    for statement in statements {
        reader.statement(&statement);
    }
    reader.finish(cell.span)
}

struct Reader<'a, 'b> {
    findings: &'a mut Findings<'b>,
    routes: Vec<Route>,
    /// A method whose path stands in the next paragraph.
    method: Option<(String, Span)>,
}

impl Reader<'_, '_> {
    fn statement(&mut self, statement: &Statement) {
        let Statement { text, span, .. } = statement;
        if statement.remark {
            self.findings.push(
                Code::Remark,
                *span,
                format!("a remark in an API cell: `{text}`"),
            );
        } else if is_nothing(text) {
        } else if let Some(action) = body_action(text) {
            self.body_action(action, *span);
        } else if let Some((method, rest)) = method(text) {
            self.with_method(&method, rest, text, *span);
        } else if let Some((method, _)) = self.method.take() {
            self.route(Some(method), text, *span);
        } else if self.continues(text) {
            self.join(text, *span);
        } else if text.starts_with('/') {
            let message = format!("`{text}` has no method: it stands for any");
            self.findings.push(Code::NoMethod, *span, message);
            self.route(None, text, *span);
        } else {
            self.no_route(text, *span);
        }
    }

    /// `METHOD /path`, `METHOD/path`, or a method whose path comes in the next paragraph.
    fn with_method(&mut self, method: &str, rest: &str, text: &str, span: Span) {
        self.unfinished();
        let upper = method.to_ascii_uppercase();
        if upper != method {
            let message = format!("the method `{method}` is not in upper case");
            self.findings.push(Code::MethodCase, span, message);
        }
        if rest.is_empty() {
            self.method = Some((upper, span));
            return;
        }
        if !rest.starts_with(' ') {
            let message = format!("no blank between method and path in `{text}`");
            self.findings.push(Code::GluedMethod, span, message);
        }
        self.route(Some(upper), rest.trim_start(), span);
    }

    /// Reads a path, and the calls that may stand behind it in the same paragraph.
    fn route(&mut self, method: Option<String>, text: &str, span: Span) {
        let Some(path) = path::read(text) else {
            let method = method.as_deref().unwrap_or_default();
            let message = format!("`{method} {text}` is no method and path");
            self.findings.push(Code::NotARoute, span, message);
            return;
        };
        for slip in &path.slips {
            let (code, what) = describe(*slip);
            self.findings
                .push(code, span, format!("{what} in `{text}`"));
        }
        let route = Route {
            method,
            path: path.template,
            query: path.query,
            body_action: None,
            extra: Extra::new(),
        };
        self.add(route, span);
        self.behind(path.rest, span);
    }

    /// The text behind a path: another call, or prose.
    fn behind(&mut self, rest: &str, span: Span) {
        let next = rest.trim_start_matches([',', ';', ' ']);
        let next = next
            .strip_prefix("and ")
            .or_else(|| next.strip_prefix("or "))
            .unwrap_or(next);
        match method(next) {
            Some((method, path)) if path.starts_with(" /") || path.starts_with('/') => {
                self.with_method(&method, path, next, span);
            }
            _ if body_action(next).is_some() => {
                self.body_action(body_action(next).unwrap_or_default(), span);
            }
            _ if !next.is_empty() => {
                self.findings
                    .push(Code::Remark, span, format!("prose behind a path: `{next}`"));
            }
            _ => {}
        }
    }

    fn add(&mut self, route: Route, span: Span) {
        if self.routes.contains(&route) {
            let message = format!("the cell states `{route}` twice");
            self.findings.push(Code::RepeatedRoute, span, message);
        } else {
            self.routes.push(route);
        }
    }

    fn body_action(&mut self, action: &str, span: Span) {
        if let Some(route) = self.routes.last_mut() {
            route.body_action = Some(action.to_owned());
        } else {
            let message = format!("`action=\"{action}\"` belongs to no call");
            self.findings.push(Code::NotARoute, span, message);
        }
    }

    /// Whether a paragraph goes on with the path of the one before: `POST /v1/`, then
    /// `{project_id}/clusters/{cluster_id}/start`.
    fn continues(&self, text: &str) -> bool {
        let open = self
            .routes
            .last()
            .is_some_and(|r| r.path.len() > 1 && r.path.ends_with('/'));
        open && !text.contains(' ') && !text.starts_with('/')
    }

    fn join(&mut self, text: &str, span: Span) {
        let message = format!("a path goes on in another paragraph: `{text}`");
        self.findings.push(Code::BrokenPath, span, message);
        let Some(open) = self.routes.pop() else {
            return;
        };
        let joined = format!("{}{text}", open.path);
        self.route(open.method, &joined, span);
    }

    fn no_route(&mut self, text: &str, span: Span) {
        let first = text.split(' ').next().unwrap_or_default();
        let rest = text[first.len()..].trim_start();
        if rest.starts_with('/') && first.chars().all(|c| c.is_ascii_alphabetic()) {
            let message = format!("`{first}` is no HTTP method");
            self.findings.push(Code::UnknownMethod, span, message);
        } else if text.contains('/') {
            self.findings.push(
                Code::NotARoute,
                span,
                format!("`{text}` is no method and path"),
            );
        } else {
            // `For Console only`: the row is kept for its actions.
            self.findings
                .push(Code::NoCall, span, format!("the row has no call: `{text}`"));
        }
    }

    /// A method that waits for its path when something else comes has none.
    fn unfinished(&mut self) {
        if let Some((method, span)) = self.method.take() {
            self.findings
                .push(Code::NotARoute, span, format!("`{method}` has no path"));
        }
    }

    fn finish(mut self, span: Span) -> Vec<Route> {
        self.unfinished();
        // A call that is told apart later in the cell may have become equal to another one.
        let mut routes: Vec<Route> = Vec::new();
        for route in self.routes {
            if routes.contains(&route) {
                let message = format!("the cell states `{route}` twice");
                self.findings.push(Code::RepeatedRoute, span, message);
            } else {
                routes.push(route);
            }
        }
        routes
    }
}

fn describe(slip: Slip) -> (Code, &'static str) {
    match slip {
        Slip::Host => (Code::HostInPath, "scheme and host"),
        Slip::NoLeadingSlash => (Code::NoLeadingSlash, "no leading slash"),
        Slip::DoubledBraces => (Code::PathBraces, "doubled braces"),
        Slip::Unbalanced => (Code::PathBraces, "a brace without its partner"),
        Slip::NoSlashBeforeParameter => {
            (Code::NoSlashBeforeParameter, "no slash before a parameter")
        }
    }
}

/// The method that a text starts with, as written, and what follows it: nothing, a blank, or the
/// path itself.
fn method(text: &str) -> Option<(String, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let known = METHODS
        .iter()
        .any(|method| method.eq_ignore_ascii_case(word));
    let ends = rest.is_empty() || rest.starts_with([' ', '/', '{']);
    // `Delete images` is prose: a method in another case is one only before a path.
    let upper = word.chars().all(|c| c.is_ascii_uppercase());
    let path = rest.is_empty() || rest.trim_start().starts_with(['/', '{']) || rest.contains('/');
    (known && ends && (upper || path)).then(|| (word.to_owned(), rest))
}

/// The key in `action="os-extend"`.
fn body_action(text: &str) -> Option<&str> {
    let value = text
        .strip_prefix("action")?
        .trim_start()
        .strip_prefix(['=', ':'])?;
    let value = value.trim().trim_matches(['"', '\'', '“', '”', '`']);
    (!value.is_empty() && !value.contains(' ')).then_some(value)
}
