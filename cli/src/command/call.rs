//! A call as people write it, and the operations that it may be.
//! This module must never settle a doubt: what is not clear is handed back.

use std::fmt;

use permspec_runtime::{Catalogue, Method, RouteSpec};

/// A method and a request target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub method: Method,
    pub target: String,
}

impl Call {
    /// Reads `METHOD target`; the method may be in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let (method, target) = text.trim().split_once(char::is_whitespace)?;
        Call::new(method, target.trim())
    }

    /// A call of these parts, where they are such.
    pub fn new(method: &str, target: &str) -> Option<Self> {
        let method = method.to_ascii_uppercase().parse().ok()?;
        let is_target = target.starts_with('/') || target.contains("://");
        (is_target && !target.contains(char::is_whitespace)).then(|| Call {
            method,
            target: target.to_owned(),
        })
    }

    /// The call without its query, by which calls of one kind are counted.
    pub fn without_query(&self) -> Call {
        let path = self.target.split(['?', '#']).next().unwrap_or_default();
        Call {
            method: self.method,
            target: path.to_owned(),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target.escape_debug())
    }
}

/// What an operation's name or a call stands for.
pub enum Meaning {
    /// These operations: one for a name, one or several for a call.
    Operations(Vec<&'static RouteSpec>),
    /// Nothing that the catalogue knows, and what may have been meant.
    Unknown(Vec<String>),
}

/// The operation named `text`, or those that the call `text` may be.
pub fn meaning(catalogue: &Catalogue, text: &str) -> Meaning {
    let Some(call) = Call::parse(text) else {
        return match catalogue.get(text) {
            Some(spec) => Meaning::Operations(vec![spec]),
            None => Meaning::Unknown(nearest_names(catalogue, text)),
        };
    };
    let found = operations(catalogue, &call);
    if found.is_empty() {
        Meaning::Unknown(suggest(catalogue, &call))
    } else {
        Meaning::Operations(found)
    }
}

/// The operations that a call may be, each once.
pub fn operations(catalogue: &Catalogue, call: &Call) -> Vec<&'static RouteSpec> {
    let mut found: Vec<&RouteSpec> = Vec::new();
    for candidate in catalogue.find(call.method, &call.target) {
        if !found.contains(&candidate.spec()) {
            found.push(candidate.spec());
        }
    }
    found
}

/// What a call that nothing answers may have been meant to be, the likeliest first.
pub fn suggest(catalogue: &Catalogue, call: &Call) -> Vec<String> {
    let others: Vec<String> = Method::ALL
        .iter()
        .filter_map(|&method| catalogue.find(method, &call.target).next())
        .map(|found| format!("`{}` ({})", found.endpoint(), found.spec()))
        .collect();
    if !others.is_empty() {
        return others;
    }
    let path = call.without_query().target;
    let path = path.split_once("://").map_or(&*path, |(_, rest)| {
        rest.find('/').map_or("", |at| &rest[at..])
    });
    let endpoints = catalogue
        .specs()
        .flat_map(|spec| spec.endpoints.iter().map(move |endpoint| (spec, endpoint)));
    let close = endpoints.filter_map(|(spec, endpoint)| {
        let same_method = endpoint.method.is_none_or(|method| method == call.method);
        let likeness = likeness(&filled(endpoint.path, path)?, path);
        (same_method && likeness > 0.75).then(|| (likeness, format!("`{endpoint}` ({spec})")))
    });
    best(close)
}

fn nearest_names(catalogue: &Catalogue, name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let close = catalogue.specs().filter_map(|spec| {
        let known = spec.to_string();
        let likeness =
            likeness(&known.to_lowercase(), &name).max(likeness(&spec.id.to_lowercase(), &name));
        (likeness > 0.75).then(|| (likeness, format!("`{known}`")))
    });
    best(close)
}

/// The likeliest three, of those that are about as likely as the first.
fn best(close: impl Iterator<Item = (f32, String)>) -> Vec<String> {
    let mut close: Vec<(f32, String)> = close.collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let least = close.first().map_or(0.0, |(likeness, _)| likeness - 0.05);
    close.retain(|(likeness, _)| *likeness >= least);
    close.dedup_by(|a, b| a.1 == b.1);
    close.into_iter().take(3).map(|(_, text)| text).collect()
}

/// The template with the path's own segments in place of its parameters; `None` where it has another
/// number of segments.
fn filled(template: &str, path: &str) -> Option<String> {
    let (templates, segments) = (template.split('/'), path.trim_end_matches('/').split('/'));
    if templates.clone().count() != segments.clone().count() {
        return None;
    }
    let filled = templates.zip(segments).map(|(template, segment)| {
        if template.contains('{') {
            segment
        } else {
            template
        }
    });
    Some(filled.collect::<Vec<_>>().join("/"))
}

fn likeness(a: &str, b: &str) -> f32 {
    similar::TextDiff::from_chars(a, b).ratio()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_method_and_a_target() {
        let shown = |text| Call::parse(text).map(|call| call.to_string());
        assert_eq!(
            shown(" get  /v2/images?x=1 ").as_deref(),
            Some("GET /v2/images?x=1")
        );
        assert_eq!(
            shown("PUT https://host/x").as_deref(),
            Some("PUT https://host/x")
        );
        for text in ["ims.AddImageMember", "FETCH /x", "GET x", "GET /a b", ""] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_texts_of_a_template_are_compared() {
        assert_eq!(
            filled("/v2/images/{id}/members", "/v2/image/70a5/members/").as_deref(),
            Some("/v2/images/70a5/members")
        );
        assert_eq!(filled("/v2/images", "/v2"), None);
    }
}
