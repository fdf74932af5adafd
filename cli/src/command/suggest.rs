//! Suggests what the user may have meant by an unknown name, call or pattern.
//! Commands print a suggestion and never apply it. This module must never suggest something that is not similar.

use std::collections::BTreeSet;

use permspec_runtime::{Catalogue, Method, PermissionSet};

use super::call::WrittenCall;

/// Suggestions for a name or call that no operation has, the most similar first.
pub fn suggestions(catalogue: &Catalogue, text: &str) -> Vec<String> {
    if let Some(call) = WrittenCall::parse(text) {
        return for_call(catalogue, &call);
    }
    // A path without a method, or a path without its first slash.
    let path = text.split_whitespace().last().unwrap_or_default();
    let calls = with_any_method(catalogue, &format!("/{}", path.trim_start_matches('/')));
    if path.contains('/') && !calls.is_empty() {
        return calls;
    }
    nearest_names(catalogue, text)
}

/// Suggestions for a call that belongs to no operation, the most similar first.
pub fn for_call(catalogue: &Catalogue, call: &WrittenCall) -> Vec<String> {
    let others = with_any_method(catalogue, &call.target);
    if !others.is_empty() {
        return others;
    }
    let path = call.without_query().target;
    let path = path.split_once("://").map_or(&*path, |(_, rest)| {
        rest.find('/').map_or("", |at| &rest[at..])
    });
    let plain = without_steps(path);
    if plain != path {
        // Servers may or may not treat both paths as the same. The user decides.
        return with_any_method(catalogue, &plain);
    }
    if path.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let endpoints = catalogue
        .specs()
        .flat_map(|spec| spec.endpoints.iter().map(move |endpoint| (spec, endpoint)));
    let close = endpoints.filter_map(|(spec, endpoint)| {
        let same_method = endpoint.method.is_none_or(|method| method == call.method);
        let (template, path) = texts(endpoint.path, path)?;
        let likeness = likeness(&template, &path);
        (same_method && likeness > 0.75).then(|| (likeness, format!("`{endpoint}` ({spec})")))
    });
    best(close)
}

/// The longest text that is compared. The time is quadratic in the length. The longest template has 123 characters.
const LONGEST_COMPARED: usize = 512;

/// The first operation with the path `target` for each method.
fn with_any_method(catalogue: &Catalogue, target: &str) -> Vec<String> {
    let found = Method::ALL
        .iter()
        .filter_map(|&method| catalogue.find(method, target).next());
    let mut shown: Vec<String> = found
        .map(|found| format!("`{}` ({})", found.endpoint(), found.spec()))
        .collect();
    // An endpoint without a method is found by every method.
    shown.dedup();
    shown
}

/// The path without empty segments, `.` and `..`.
fn without_steps(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    let slash = if path.len() > 1 && path.ends_with('/') {
        "/"
    } else {
        ""
    };
    format!("/{}{slash}", segments.join("/"))
}

fn nearest_names(catalogue: &Catalogue, name: &str) -> Vec<String> {
    if name.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let name = name.to_lowercase();
    let close = catalogue.specs().filter_map(|spec| {
        let known = spec.to_string();
        // `images` may mean the object of `ListImages`.
        let object = spec.id.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let object = object.trim_start_matches(|c: char| c.is_ascii_lowercase());
        let forms = [known.as_str(), spec.id, object].map(str::to_lowercase);
        let best = forms
            .iter()
            .map(|form| likeness(form, &name))
            .fold(0.0, f32::max);
        (best > 0.75).then(|| (best, format!("`{known}`")))
    });
    best(close)
}

/// Actions that are similar to `pattern`, and similar patterns for all actions of a service or a resource type.
pub fn nearest_patterns(catalogue: &Catalogue, pattern: &str) -> Vec<String> {
    if pattern.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let known = PermissionSet::of(catalogue);
    let wide = known.iter().flat_map(|action| {
        let (service, resource) = (action.service(), action.resource());
        [
            format!("{service}:*:*"),
            format!("{service}:{resource}:*"),
            action.to_string(),
        ]
    });
    let wide: BTreeSet<String> = wide.collect();
    let pattern = pattern.to_lowercase();
    let close = wide.iter().filter_map(|known| {
        let likeness = likeness(&known.to_lowercase(), &pattern);
        (likeness > 0.75).then(|| (likeness, format!("`{known}`")))
    });
    best(close)
}

/// The three most similar texts, if they are almost as similar as the first.
fn best(close: impl Iterator<Item = (f32, String)>) -> Vec<String> {
    let mut close: Vec<(f32, String)> = close.collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let least = close.first().map_or(0.0, |(likeness, _)| likeness - 0.05);
    close.retain(|(likeness, _)| *likeness >= least);
    close.dedup_by(|a, b| a.1 == b.1);
    close.into_iter().take(3).map(|(_, text)| text).collect()
}

/// The literal segments of a template, and the segments of the path at the same positions. `None` if the path has
/// another number of segments.
fn texts(template: &str, path: &str) -> Option<(String, String)> {
    let (templates, segments) = (template.split('/'), path.trim_end_matches('/').split('/'));
    if templates.clone().count() != segments.clone().count() {
        return None;
    }
    let both = templates.zip(segments);
    let texts: Vec<(&str, &str)> = both.filter(|(text, _)| !text.contains('{')).collect();
    // Two paths without a literal segment in common are not similar.
    if texts.iter().all(|(text, _)| text.is_empty()) {
        return None;
    }
    let side = |of: fn(&(&str, &str)) -> String| texts.iter().map(of).collect::<Vec<_>>().join("/");
    Some((
        side(|both| both.0.to_owned()),
        side(|both| both.1.to_owned()),
    ))
}

fn likeness(a: &str, b: &str) -> f32 {
    similar::TextDiff::from_chars(a, b).ratio()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_texts_of_a_template_are_compared() {
        assert_eq!(
            texts("/v2/images/{id}/members", "/v2/image/70a5/members/"),
            Some((
                "/v2/images/members".to_owned(),
                "/v2/image/members".to_owned()
            ))
        );
        assert_eq!(texts("/v2/images", "/v2"), None);
        assert_eq!(texts("/{api_version}", "/favicon.ico"), None);
    }

    #[test]
    fn steps_and_empty_segments_are_taken_out() {
        for (path, plain) in [
            ("//v2/images", "/v2/images"),
            ("/v2/./x/../images/", "/v2/images/"),
            ("/../..", "/"),
            ("/v2/images", "/v2/images"),
            ("/", "/"),
        ] {
            assert_eq!(without_steps(path), plain);
        }
    }
}
