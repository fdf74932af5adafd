//! API cells: method and path of every call that a row documents. A slip with only one possible reading is
//! fixed with a remark. Anything else is reported. This module must never invent a call.

mod around;
mod broken;

use rst_parser::{Cell, Span};

use self::around::{
    body_action, brief, has_version, is_word, starts_segment, starts_url, unwrapped,
    without_separator,
};
pub(super) use self::around::{is_path, starts_call};
use super::findings::CellFindings;
use super::nothing::is_nothing;
use crate::diagnostic::{Code, Report};
use crate::extract::call::method::{self, Methods, starts_path};
use crate::extract::call::path::{self, PathSlip};
use crate::extract::table::{collapse, statements};
use crate::model::{Endpoint, Extra};

/// What an API cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ApiCell {
    /// The calls, each once.
    pub(super) endpoints: Vec<Endpoint>,
    /// The calls that the cell states again.
    pub(super) repeated: Vec<Endpoint>,
    /// Texts that are meant as calls but are not, such as `FETCH /v1/images`.
    pub(super) unread: Vec<String>,
}

/// The calls of a cell: one for each `METHOD /path` in its paragraphs and bullets.
pub(super) fn calls(cell: &Cell, findings: &mut CellFindings<'_>) -> ApiCell {
    let statements = statements(cell);
    if statements.is_empty() {
        findings.push(Code::EmptyCell, cell.span, "the API cell is empty");
    }
    let mut reader = Reader::new(findings, cell.span);
    let mut following = statements.into_iter().peekable();
    while let Some(mut statement) = following.next() {
        reader.span = statement.span;
        if statement.remark {
            reader.remark("a remark in an API cell", &statement.text);
            continue;
        }
        // `UPDATE`, and the path in the next paragraph: an invalid method.
        if is_word(&statement.text)
            && let Some(path) = following.next_if(|next| !next.remark && next.text.starts_with('/'))
        {
            let text = statement.text.to_mut();
            text.push(' ');
            text.push_str(&path.text);
        }
        reader.statement(&statement.text);
    }
    reader.finish()
}

/// The only call of a text that is written like an API cell. `None` if it states no call, several calls, or
/// something else too.
///
/// Slips are allowed as in a cell, because a fix-up may quote them.
pub(crate) fn call(text: &str) -> Option<Endpoint> {
    let (span, mut report) = (Span::default(), Report::default());
    let mut findings = CellFindings {
        file: "",
        report: &mut report,
        own: &[span],
    };
    let mut reader = Reader::new(&mut findings, span);
    reader.statement(&collapse(text));
    let mut calls = reader.finish();
    let plain = |code: Code| !matches!(code, Code::Remark | Code::NotARoute);
    let route = calls.endpoints.pop()?;
    let found = report.diagnostics();
    let alone = calls.endpoints.is_empty() && found.iter().all(|finding| plain(finding.code));
    alone.then_some(route)
}

struct Reader<'a, 'b> {
    findings: &'a mut CellFindings<'b>,
    /// The calls with the paragraphs that state them. Some may be equal.
    stated: Vec<(Endpoint, Span)>,
    unread: Vec<String>,
    /// Methods whose path follows in the next paragraph.
    pending: Option<(Vec<String>, Span)>,
    /// Whether the paragraph before ended with the mark of one more query parameter.
    open_query: bool,
    /// The paragraph that is being read.
    span: Span,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(findings: &'a mut CellFindings<'b>, span: Span) -> Self {
        Reader {
            findings,
            stated: Vec::new(),
            unread: Vec::new(),
            pending: None,
            open_query: false,
            span,
        }
    }

    fn statement(&mut self, text: &str) {
        let open_query = std::mem::replace(&mut self.open_query, text.ends_with(['?', '&']));
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
        } else if self.goes_on_with_query(text, open_query) {
            let (methods, rest) = self.join_query(text);
            self.after_path(methods, rest);
        } else if self.goes_on_with_path(text) {
            let (methods, rest) = self.join_path(text);
            self.after_path(methods, rest);
        } else if text.starts_with('/') || starts_url(text) {
            self.without_method(text);
        } else {
            self.prose(text);
        }
    }

    fn last(&self) -> Option<&Endpoint> {
        self.stated.last().map(|(route, _)| route)
    }

    /// Something that is meant as a call but cannot be one.
    fn no_call(&mut self, code: Code, message: String, text: &str) {
        self.push(code, message);
        self.unread.push(brief(text).to_owned());
    }

    fn push(&mut self, code: Code, message: String) {
        self.findings.push(code, self.span, message);
    }

    fn remark(&mut self, what: &str, text: &str) {
        self.push(Code::Remark, format!("{what}: `{text}`"));
    }

    /// `URI: /v1/..`, `v2: GET /v2/..`: the label of a call says nothing about the call.
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

    /// The methods of a call, and its path if it is in the same paragraph.
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
            let message = format!("no space between method and path in `{text}`");
            self.push(Code::GluedMethod, message);
        }
        Some((methods, call.rest))
    }

    /// Reads a path, and the calls that may follow it in the same paragraph.
    fn calls(&mut self, methods: Vec<String>, text: &str) {
        let rest = self.route(&methods, text);
        self.after_path(methods, rest);
    }

    /// Reads a path and returns the text after it.
    fn route<'t>(&mut self, methods: &[String], text: &'t str) -> &'t str {
        let Some(path) = path::read(text) else {
            let call = format!("{} {text}", methods.join(", "));
            let call = call.trim_start();
            self.no_call(
                Code::NotARoute,
                format!("`{call}` is not a method and path"),
                call,
            );
            return "";
        };
        self.slips(&path.slips, text);
        let any = methods.is_empty().then_some(None);
        for method in methods.iter().cloned().map(Some).chain(any) {
            self.add(Endpoint {
                method,
                path: path.template.clone(),
                query: path.query.clone(),
                body_action: None,
                extra: Extra::new(),
            });
        }
        path.rest
    }

    fn slips(&mut self, slips: &[PathSlip], text: &str) {
        for slip in slips {
            let (code, what) = describe(*slip);
            self.push(code, format!("{what} in `{}`", brief(text)));
        }
    }

    /// The text after a path: other calls, the rest of the path, or prose.
    fn after_path(&mut self, mut methods: Vec<String>, mut rest: &str) {
        loop {
            let next = without_separator(rest);
            // The space before it was removed with the path.
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
            } else if starts_segment(next) || (!separate && self.is_rest(next)) {
                (methods, rest) = self.join_path(next);
            } else if let Some(action) = body_action(unwrapped(next)) {
                return self.body_action(action);
            } else {
                return self.remark("prose after a path", next);
            }
        }
    }

    fn add(&mut self, route: Endpoint) {
        self.stated.push((route, self.span));
    }

    /// Gives the calls before it their body: the last call, and its versions that have no body yet.
    fn body_action(&mut self, action: &str) {
        let Some(last) = self.last() else {
            let message = format!("`action=\"{action}\"` does not belong to a call");
            self.push(Code::NotARoute, message);
            return;
        };
        let key = |route: &Endpoint| {
            let end = route.path.rsplit('/').next().map(str::to_owned);
            (route.method.clone(), end)
        };
        let same = key(last);
        for (route, _) in self.stated.iter_mut().rev() {
            if route.body_action.is_some() || key(route) != same {
                break;
            }
            route.body_action = Some(action.to_owned());
        }
    }

    /// A path without a method. After a call it is another version of that call. Alone it counts for any
    /// method.
    fn without_method(&mut self, text: &str) {
        let (path, word) = text.rsplit_once(' ').unwrap_or((text, ""));
        if let Some(call) = method::read(word).filter(|call| call.rest.is_empty()) {
            self.remark("the method appears after its path", text);
            self.calls(vec![call.words[0].to_ascii_uppercase()], path);
            return;
        }
        let last = self.last().filter(|last| has_version(&last.path));
        let method = last
            .and_then(|last| last.method.clone())
            .filter(|_| has_version(text));
        let read = match &method {
            Some(method) => format!("it is read as a path of `{method}`"),
            None => "it counts for any method".to_owned(),
        };
        self.push(Code::NoMethod, format!("`{text}` has no method: {read}"));
        self.calls(Vec::from_iter(method), text);
    }

    /// A text that does not start like a call. It may contain one. Otherwise it is prose.
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
            let template = path::read(rest).map_or(String::new(), |path| path.template);
            let message = format!("`{first}` is not an HTTP method");
            self.no_call(Code::UnknownMethod, message, &format!("{first} {template}"));
        } else if text.split(' ').any(is_path) {
            self.no_call(
                Code::NotARoute,
                format!("`{text}` is not a method and path"),
                text,
            );
        } else if self.stated.is_empty() {
            // `For Console only`: the row is kept for its actions.
            self.push(Code::NoCall, format!("the row has no call: `{text}`"));
        } else {
            self.remark("prose next to a call", text);
        }
    }

    /// A method that still waits for its path when something else follows has no path.
    fn unfinished(&mut self) {
        if let Some((methods, span)) = self.pending.take() {
            let listed = methods.join(", ");
            let message = format!("`{listed}` has no path");
            self.findings.push(Code::NotARoute, span, message);
            self.unread.push(listed);
        }
    }

    fn finish(mut self) -> ApiCell {
        self.unfinished();
        let mut calls = ApiCell {
            unread: self.unread,
            ..ApiCell::default()
        };
        for (route, span) in self.stated {
            if calls.endpoints.contains(&route) {
                let message = format!("the cell states `{route}` twice");
                self.findings.push(Code::RepeatedRoute, span, message);
                calls.repeated.push(route);
            } else {
                calls.endpoints.push(route);
            }
        }
        calls
    }
}

fn describe(slip: PathSlip) -> (Code, &'static str) {
    match slip {
        PathSlip::Host => (Code::HostInPath, "scheme and host"),
        PathSlip::NoLeadingSlash => (Code::NoLeadingSlash, "no leading slash"),
        PathSlip::DoubledBraces => (Code::PathBraces, "doubled braces"),
        PathSlip::Unbalanced => (Code::PathBraces, "a brace without its partner"),
        PathSlip::NoSlashBeforeParameter => {
            (Code::NoSlashBeforeParameter, "no slash before a parameter")
        }
    }
}

#[cfg(test)]
mod tests;
