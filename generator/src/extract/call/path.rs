//! The path of an API statement: template, query names, and the prose after it. Slips with only one possible
//! reading are fixed with a remark. This module must never change what a path addresses.

use super::method;
use crate::model::is_version;

/// A path template, read from running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path<'a> {
    /// The template up to the query.
    pub(crate) template: String,
    /// The names of its query parameters in their order.
    pub(crate) query: Vec<String>,
    /// What was fixed or looks wrong.
    pub(crate) slips: Vec<PathSlip>,
    /// The text after the path.
    pub(crate) rest: &'a str,
}

/// Something that an author of the page should know about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PathSlip {
    /// `https://{Endpoint}/v3/..`: scheme and host are left out.
    Host,
    /// `v3.0/..`: the slash at the beginning was added.
    NoLeadingSlash,
    /// `{{project_id}}`: read as `{project_id}`.
    DoubledBraces,
    /// `/v1{project_id}`: kept as written.
    NoSlashBeforeParameter,
    /// A brace without its partner: kept as written.
    Unbalanced,
}

/// Reads the path at the start of `text`. `None` if there is none.
pub(crate) fn read(text: &str) -> Option<Path<'_>> {
    let (raw, rest) = split(text.trim_start_matches(['"', '“', '\'', '`']));
    let mut path = Path {
        rest: rest.trim_start(),
        ..Path::default()
    };
    let raw = path.without_host(raw);
    let (template, query) = split_query(raw);
    path.query = path.query_names(query);
    path.template = path.normalised(template.trim_end());
    if !path.template.starts_with('/') {
        if path.template.is_empty() || !path.template.contains('/') {
            return None;
        }
        path.template.insert(0, '/');
        path.slips.push(PathSlip::NoLeadingSlash);
    }
    path.look();
    Some(path)
}

/// A path ends at a space, or at a comma before one or before another call, outside of braces. Parameter
/// names and value lists may contain both (`{ key_id }`, `?type={user, group}`).
fn split(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    let mut unclosed = None;
    let mut query = false;
    let mut end = text.len();
    for (at, byte) in text.bytes().enumerate() {
        if unclosed.is_some_and(|open| at > open + LONGEST_BRACES) {
            break;
        }
        match byte {
            b'?' => query = true,
            // Parameters of a path do not nest, so the brace before this one has no partner, or is doubled.
            b'{' if depth > 0 && !query && !text[..at].trim_end().ends_with('{') => {
                unclosed = Some(at);
            }
            b'{' => {
                depth += 1;
                unclosed.get_or_insert(at);
            }
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    unclosed = None;
                }
            }
            b',' | b';' | b'|'
                if depth == 0
                    && method::with_path(text[at..].trim_start_matches(char::from(byte)))
                        .is_some() =>
            {
                end = at;
                break;
            }
            b' ' if depth == 0 && !in_query(query, &text[..at], &text[at + 1..]) => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    // A brace that never closes must not swallow the prose after the path.
    if let Some(open) = unclosed {
        end = text[open..].find(' ').map_or(end, |space| open + space);
    }
    let path = text[..end].trim_end_matches(AFTER);
    (path, &text[path.len()..])
}

/// How many bytes braces may contain. A brace that is open for longer has no partner.
const LONGEST_BRACES: usize = 1000;

/// Punctuation that ends the sentence around a path and is not part of the path.
const AFTER: [char; 12] = [
    ',', ';', '.', ':', '"', '\'', '`', '”', ')', ']', '。', '，',
];

/// Whether a space is before or after the mark of a query parameter. Inside a query, the sign between name
/// and value is such a mark too.
fn in_query(query: bool, before: &str, after: &str) -> bool {
    before.ends_with(['?', '&'])
        || after.starts_with(['?', '&'])
        || after.starts_with("{?")
        || after.starts_with("{&")
        || (query && (before.ends_with('=') || after.starts_with('=')))
}

/// The template before `?` or a form-style expansion `{?a,b}` (RFC 6570, section 3.2.8), and the query after
/// it.
fn split_query(path: &str) -> (&str, &str) {
    if !path.bytes().any(|byte| matches!(byte, b'?' | b'&')) {
        return (path, "");
    }
    let form = path.find("{?").or_else(|| path.find("{&"));
    match (path.find('?'), form) {
        (_, Some(form)) if path.find('?').is_none_or(|mark| form < mark) => path.split_at(form),
        (Some(mark), _) => path.split_at(mark),
        _ => (path, ""),
    }
}

/// Where a `name=value` pair ends: at the next `&` or expansion, outside of braces if they `nest`.
fn pair_end(text: &str, nest: bool) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' if depth == 0 && (text[at..].starts_with("{?") || text[at..].starts_with("{&")) => {
                return at;
            }
            '{' if nest => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '&' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

impl Path<'_> {
    fn without_host<'a>(&mut self, raw: &'a str) -> &'a str {
        let begins = |scheme: &str| {
            raw.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        };
        let scheme = begins("http://") || begins("https://");
        let authority = if scheme {
            raw.find("//").map_or("", |at| &raw[at + 2..])
        } else if is_host(raw.split('/').next().unwrap_or_default()) {
            raw
        } else {
            return raw;
        };
        self.slips.push(PathSlip::Host);
        authority.find('/').map_or("/", |at| &authority[at..])
    }

    /// The names in `?a={a}&b=1`, `{?a,b}` and mixtures of both, each once.
    fn query_names(&mut self, query: &str) -> Vec<String> {
        // If a brace has no partner, nothing says which of the names are inside it.
        let balanced = is_balanced(query);
        if !balanced {
            self.slips.push(PathSlip::Unbalanced);
        }
        let mut names: Vec<String> = Vec::new();
        let mut rest = query;
        while let Some(first) = rest.chars().next() {
            let piece = if rest.starts_with("{?") || rest.starts_with("{&") {
                let end = rest.find('}').unwrap_or(rest.len());
                names.extend(rest[2..end].split(',').map(|name| name.trim().to_owned()));
                &rest[..(end + 1).min(rest.len())]
            } else {
                let body = &rest[first.len_utf8()..];
                let end = pair_end(body, balanced);
                let name = body[..end].split('=').next().unwrap_or_default().trim();
                names.push(name.to_owned());
                &rest[..first.len_utf8() + end]
            };
            rest = &rest[piece.len()..];
        }
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            let new = !name.is_empty() && name != "..." && !seen.contains(name);
            if new {
                seen.push(name.clone());
            }
            new
        });
        names
    }

    /// Spaces inside braces are removed, because they come from line breaks. Doubled braces become single,
    /// and a brace without its partner stays where it is.
    fn normalised(&mut self, template: &str) -> String {
        let mut clean = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((open, close)) = braces(rest) {
            let before = &rest[..open];
            let doubled = before.trim_end().strip_suffix('{');
            clean.push_str(doubled.unwrap_or(before));
            clean.push('{');
            clean.extend(rest[open + 1..close].split_whitespace());
            clean.push('}');
            rest = &rest[close + 1..];
            if doubled.is_some() {
                self.slips.push(PathSlip::DoubledBraces);
                rest = rest.trim_start().strip_prefix('}').unwrap_or(rest);
            }
        }
        clean.push_str(rest);
        clean
    }

    fn look(&mut self) {
        if !self.template.split('/').all(is_balanced) {
            self.slips.push(PathSlip::Unbalanced);
        }
        let glued = self.template.split('/').any(|segment| {
            segment
                .find('{')
                .is_some_and(|at| is_version(&segment[..at]))
        });
        if glued {
            self.slips.push(PathSlip::NoSlashBeforeParameter);
        }
        self.slips.sort();
        self.slips.dedup();
    }
}

/// The first closing brace, and before it the opening one that is next to it.
fn braces(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let close = from + text[from..].find('}')?;
        match text[from..close].rfind('{') {
            Some(open) => return Some((from + open, close)),
            // It has no partner.
            None => from = close + 1,
        }
    }
}

/// Whether every brace has its partner.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    let closes = |byte| match byte {
        b'{' => {
            open += 1;
            true
        }
        b'}' if open == 0 => false,
        b'}' => {
            open -= 1;
            true
        }
        _ => true,
    };
    text.bytes().all(closes) && open == 0
}

/// Whether the text before the first slash is a host: `{Endpoint}`, `iam.example.com`.
fn is_host(text: &str) -> bool {
    let name = text.trim_matches(['{', '}', ' ']).to_ascii_lowercase();
    let parameter = text.starts_with('{') && (name == "endpoint" || name == "host");
    let letters = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    parameter
        || (text.contains('.')
            && !text.contains('{')
            && !is_version(text)
            && text.rsplit('.').next().is_some_and(letters))
}

#[cfg(test)]
mod tests;
