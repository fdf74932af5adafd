//! API cells: method and path of every call that a row documents.
//! A slip of the page that has one reading is mended with a remark; what has none is reported, and
//! this module must never invent a call.

use rst_parser::{Cell, Span};

use super::Findings;
use super::cell::{is_nothing, statements};
use super::method::{self, Methods, starts_path};
use super::path::{self, Slip, is_version};
use crate::diagnostic::Code;
use crate::model::{Extra, Route};

/// The routes of a cell: one for each `METHOD /path` in its paragraphs and bullets, each once.
pub(super) fn routes(cell: &Cell, findings: &mut Findings<'_>) -> Vec<Route> {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the API cell is empty");
    }
    let mut reader = Reader {
        findings,
        routes: Vec::new(),
        pending: None,
        span: cell.span,
    };
    for statement in &statements {
        reader.span = statement.span;
        if statement.remark {
            reader.remark("a remark in an API cell", &statement.text);
        } else {
            reader.statement(&statement.text);
        }
    }
    reader.finish(cell.span)
}

struct Reader<'a, 'b> {
    findings: &'a mut Findings<'b>,
    routes: Vec<Route>,
    /// Methods whose path stands in the next paragraph.
    pending: Option<(Vec<String>, Span)>,
    /// The paragraph that is being read.
    span: Span,
}

impl Reader<'_, '_> {
    fn statement(&mut self, text: &str) {
        let text = self.without_label(unwrapped(text));
        if let Some((methods, _)) = self.pending.take_if(|_| starts_path(text)) {
            self.calls(methods, text);
        } else if is_nothing(text) {
        } else if let Some(action) = body_action(text) {
            self.body_action(action);
        } else if let Some(call) = method::read(text) {
            if let Some((methods, path)) = self.call(&call, text) {
                self.calls(methods, path);
            }
        } else if let Some((methods, _)) = self.pending.take() {
            self.calls(methods, text);
        } else if self.continues(text) {
            let (methods, rest) = self.join(text);
            self.behind(methods, rest);
        } else if text.starts_with('/') || starts_url(text) {
            self.without_method(text);
        } else {
            self.prose(text);
        }
    }

    fn push(&mut self, code: Code, message: String) {
        self.findings.push(code, self.span, message);
    }

    fn remark(&mut self, what: &str, text: &str) {
        self.push(Code::Remark, format!("{what}: `{text}`"));
    }

    /// `URI: /v1/..`, `v2: GET /v2/..`: what a call is labelled with says nothing of the call.
    fn without_label<'t>(&mut self, text: &'t str) -> &'t str {
        let Some((label, rest)) = text.split_once([':', '：']) else {
            return text;
        };
        let rest = rest.trim_start();
        let is_call = method::read(rest).is_some() || starts_path(rest);
        let is_label = label.split(' ').count() <= 4
            && !label.contains(['/', '{', '"', '='])
            && method::read(label).is_none();
        if !(is_call && is_label) || rest.starts_with("//") {
            return text;
        }
        self.remark("a label before a call", label);
        rest
    }

    /// The methods of a call, and its path where that is in the same paragraph.
    fn call<'t>(&mut self, call: &Methods<'t>, text: &str) -> Option<(Vec<String>, &'t str)> {
        self.unfinished();
        let mut methods = Vec::new();
        for word in &call.words {
            let upper = word.to_ascii_uppercase();
            if upper != *word {
                let message = format!("the method `{word}` is not in upper case");
                self.push(Code::MethodCase, message);
            }
            methods.push(upper);
        }
        if call.rest.is_empty() {
            self.pending = Some((methods, self.span));
            return None;
        }
        if call.glued {
            let text = brief(text);
            let message = format!("no blank between method and path in `{text}`");
            self.push(Code::GluedMethod, message);
        }
        Some((methods, call.rest))
    }

    /// Reads a path, and the calls that may stand behind it in the same paragraph.
    fn calls(&mut self, methods: Vec<String>, text: &str) {
        let rest = self.route(&methods, text);
        self.behind(methods, rest);
    }

    /// Reads a path and returns what stands behind it.
    fn route<'t>(&mut self, methods: &[String], text: &'t str) -> &'t str {
        let Some(path) = path::read(text) else {
            let call = format!("{} {text}", methods.join(", "));
            let message = format!("`{}` is no method and path", call.trim_start());
            self.push(Code::NotARoute, message);
            return "";
        };
        for slip in &path.slips {
            let (code, what) = describe(*slip);
            self.push(code, format!("{what} in `{}`", brief(text)));
        }
        let any = methods.is_empty().then_some(None);
        for method in methods.iter().cloned().map(Some).chain(any) {
            self.add(Route {
                method,
                path: path.template.clone(),
                query: path.query.clone(),
                body_action: None,
                extra: Extra::new(),
            });
        }
        path.rest
    }

    /// The text behind a path: other calls, the rest of the path, or prose.
    fn behind(&mut self, mut methods: Vec<String>, mut rest: &str) {
        loop {
            let next = without_separator(rest);
            // The blank before it went with the path.
            let separate = next.len() < rest.len();
            if next.is_empty() {
                return;
            }
            if let Some(call) = method::with_path(next) {
                let Some((own, path)) = self.call(&call, next) else {
                    return;
                };
                methods = own;
                rest = self.route(&methods, path);
            } else if starts_segment(next) && (separate || has_version(next)) {
                rest = self.route(&methods, next);
            } else if starts_segment(next) || (!separate && self.is_open() && goes_on(next)) {
                (methods, rest) = self.join(next);
            } else if let Some(action) = body_action(unwrapped(next)) {
                return self.body_action(action);
            } else {
                return self.remark("prose behind a path", next);
            }
        }
    }

    fn add(&mut self, route: Route) {
        if self.routes.contains(&route) {
            self.push(
                Code::RepeatedRoute,
                format!("the cell states `{route}` twice"),
            );
        } else {
            self.routes.push(route);
        }
    }

    /// Gives the calls before it their body: the last one, and its versions that have none yet.
    fn body_action(&mut self, action: &str) {
        let Some(last) = self.routes.last() else {
            let message = format!("`action=\"{action}\"` belongs to no call");
            self.push(Code::NotARoute, message);
            return;
        };
        let key = |route: &Route| {
            let end = route.path.rsplit('/').next().map(str::to_owned);
            (route.method.clone(), end)
        };
        let same = key(last);
        for route in self.routes.iter_mut().rev() {
            if route.body_action.is_some() || key(route) != same {
                break;
            }
            route.body_action = Some(action.to_owned());
        }
    }

    /// A path by itself. Beside a call it is one more version of that; alone it stands for any
    /// method.
    fn without_method(&mut self, text: &str) {
        let (path, word) = text.rsplit_once(' ').unwrap_or((text, ""));
        if let Some(call) = method::read(word).filter(|call| call.rest.is_empty()) {
            self.remark("the method stands behind its path", text);
            self.calls(vec![call.words[0].to_ascii_uppercase()], path);
            return;
        }
        let last = self.routes.last().filter(|last| has_version(&last.path));
        let method = last
            .and_then(|last| last.method.clone())
            .filter(|_| has_version(text));
        let read = match &method {
            Some(method) => format!("it is read as a path of `{method}`"),
            None => "it stands for any".to_owned(),
        };
        self.push(Code::NoMethod, format!("`{text}` has no method: {read}"));
        self.calls(Vec::from_iter(method), text);
    }

    /// Whether a paragraph goes on with the path of the one before: `POST /v1/`, then
    /// `{project_id}/clusters/{cluster_id}/start`.
    fn continues(&self, text: &str) -> bool {
        let query = text.starts_with('?') || text.starts_with("{?");
        let path = self.is_open() && !text.contains(' ') && !text.starts_with('/');
        (query && !self.routes.is_empty()) || path
    }

    /// Whether the last path ends with a slash.
    fn is_open(&self) -> bool {
        let last = self.routes.last();
        last.is_some_and(|last| last.path.len() > 1 && last.path.ends_with('/'))
    }

    /// Puts the rest of a path behind the last one; what stands behind it is returned.
    fn join<'t>(&mut self, text: &'t str) -> (Vec<String>, &'t str) {
        let Some(open) = self.routes.pop() else {
            return (Vec::new(), "");
        };
        let start = if text.starts_with('/') {
            open.path.trim_end_matches('/')
        } else {
            &open.path
        };
        let joined = format!("{start}{text}");
        if path::read(&joined).is_some_and(|path| path.rest.len() >= text.len()) {
            // Nothing of it belongs to a path.
            self.routes.push(open);
            self.remark("prose behind a path", text);
            return (Vec::new(), "");
        }
        let message = format!(
            "the path `{}` goes on in `{}`",
            brief(&open.path),
            brief(text)
        );
        self.push(Code::BrokenPath, message);
        let methods = Vec::from_iter(open.method);
        let behind = self.route(&methods, &joined).len();
        (methods, &text[text.len().saturating_sub(behind)..])
    }

    /// A text that starts as no call does: it may hold one, and is prose else.
    fn prose(&mut self, text: &str) {
        let words = text.match_indices(' ').map(|(at, _)| at + 1);
        let upper = |at: &usize| text[*at..].starts_with(|c: char| c.is_ascii_uppercase());
        let call = words
            .filter(upper)
            .find_map(|at| Some((at, method::with_path(&text[at..])?)));
        let first = text.split(' ').next().unwrap_or_default();
        let rest = text[first.len()..].trim_start();
        if let Some((at, call)) = call {
            self.remark("prose before a call", text[..at].trim_end());
            if let Some((methods, path)) = self.call(&call, &text[at..]) {
                self.calls(methods, path);
            }
        } else if starts_path(rest) && first.chars().all(|c| c.is_ascii_alphabetic()) {
            self.push(Code::UnknownMethod, format!("`{first}` is no HTTP method"));
        } else if text.split(' ').any(is_path) {
            self.push(Code::NotARoute, format!("`{text}` is no method and path"));
        } else if self.routes.is_empty() {
            // `For Console only`: the row is kept for its actions.
            self.push(Code::NoCall, format!("the row has no call: `{text}`"));
        } else {
            self.remark("prose beside a call", text);
        }
    }

    /// A method that waits for its path when something else comes has none.
    fn unfinished(&mut self) {
        if let Some((methods, span)) = self.pending.take() {
            let message = format!("`{}` has no path", methods.join(", "));
            self.findings.push(Code::NotARoute, span, message);
        }
    }

    fn finish(mut self, span: Span) -> Vec<Route> {
        self.unfinished();
        self.span = span;
        // Two calls may have become equal when their bodies were read.
        for route in std::mem::take(&mut self.routes) {
            self.add(route);
        }
        self.routes
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

/// A text without the quotes or parentheses around the whole of it.
fn unwrapped(text: &str) -> &str {
    let pairs = [('(', ')'), ('"', '"'), ('“', '”'), ('\'', '\''), ('`', '`')];
    let inner = pairs
        .iter()
        .find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map_or(text, str::trim)
}

fn starts_url(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Whether a text starts with a slash and what it sets apart; a slash by itself separates words.
fn starts_segment(text: &str) -> bool {
    let segment = text.strip_prefix('/').unwrap_or_default();
    !segment.is_empty() && !segment.starts_with([' ', '/'])
}

/// The start of a text, for messages: a paragraph of many calls must not be in the message of each.
fn brief(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_QUOTE);
    end.map_or(text, |(end, _)| &text[..end])
}

/// How many characters of a path a message shows.
const LONGEST_QUOTE: usize = 200;

/// What stands behind a path without what sets it apart.
fn without_separator(rest: &str) -> &str {
    let next = rest.trim_start_matches([',', ';', '|', ' ']);
    let next = next.strip_prefix("/ ").unwrap_or(next);
    let word = ["and ", "or "];
    let next = word
        .iter()
        .find_map(|word| next.strip_prefix(word))
        .unwrap_or(next);
    next.trim_start()
}

/// Whether a path states its version.
fn has_version(path: &str) -> bool {
    let path = path.split(' ').next().unwrap_or_default();
    path.split('/').any(is_version)
}

/// Whether a word can be the rest of a path that ends with a slash.
fn goes_on(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.contains(['/', '{']) || !text.contains(' ')
}

/// Whether a word of prose looks like a path: `/v1/..`, `{project_id}/..`, `v3.0/..`; not `and/or`.
fn is_path(word: &str) -> bool {
    let (first, rest) = word.split_once('/').unwrap_or((word, ""));
    word.contains('/')
        && ((first.is_empty() && !rest.is_empty())
            || word.contains('{')
            || is_version(first)
            || rest.contains('/'))
}

/// The key in `action="os-extend"`.
fn body_action(text: &str) -> Option<&str> {
    const QUOTES: [char; 5] = ['"', '\'', '“', '”', '`'];
    let value = text
        .trim_start_matches(QUOTES)
        .strip_prefix("action")?
        .trim_start_matches(QUOTES)
        .trim_start()
        .strip_prefix(['=', ':'])?;
    let value = value.trim().trim_matches(QUOTES);
    (!value.is_empty() && !value.contains(' ')).then_some(value)
}

#[cfg(test)]
mod tests;
