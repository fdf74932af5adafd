//! Calls of documented operations, changed in ways that a router may undo.
//! The sequence is the same in every run. This module must never use the time or chance.

use axum::body::Body;
use axum::http::Request;
use permspec_runtime::{Endpoint, RouteSpec};

use crate::urls::{self, Numbers};

/// A call of one of `endpoints` with up to four changes. `None` if a request cannot have its path.
pub fn call(endpoints: &[(&RouteSpec, &Endpoint)], numbers: &mut Numbers) -> Option<Request<Body>> {
    let (_, endpoint) = endpoints[numbers.below(endpoints.len())];
    let mut path = urls::call(endpoint, numbers);
    // If a value equals the text of another template at this position, the call may be two operations.
    if numbers.below(2) == 0 {
        let (_, other) = endpoints[numbers.below(endpoints.len())];
        path = crossed(&path, other.path);
    }
    for _ in 0..numbers.below(5) {
        path = changed(&path, numbers);
    }
    let method = endpoint.method.map_or("GET", |method| method.as_str());
    let mut request = Request::builder().method(&*match numbers.below(8) {
        0 => "HEAD".to_owned(),
        1 => "OPTIONS".to_owned(),
        2 => method.to_lowercase(),
        3 => "POST".to_owned(),
        _ => method.to_owned(),
    });
    if numbers.below(4) == 0 {
        request = request.header("X-HTTP-Method-Override", method);
    }
    request.uri(path).body(Body::empty()).ok()
}

/// `path`, with the texts of `other` where both have the same form.
fn crossed(path: &str, other: &str) -> String {
    let segments: Vec<&str> = path.split('/').collect();
    let others: Vec<&str> = other.split('/').collect();
    if segments.len() != others.len() {
        return path.to_owned();
    }
    let pairs = segments.into_iter().zip(others);
    let either = |(segment, other): (&str, &str)| -> String {
        if other.contains(['{', '*']) {
            segment
        } else {
            other
        }
        .to_owned()
    };
    pairs.map(either).collect::<Vec<_>>().join("/")
}

fn changed(path: &str, numbers: &mut Numbers) -> String {
    let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    let Some(&slash) = slashes.get(numbers.below(slashes.len().max(1))) else {
        return "/".to_owned();
    };
    let (before, after) = path.split_at(slash);
    match numbers.below(11) {
        0 => format!("{before}/{after}"),
        1 => format!("{before}/.{after}"),
        2 => format!("{before}/x/..{after}"),
        3 => format!("{before}/x/%2e%2E{after}"),
        4 => format!("{before}%2F{}", &after[1..]),
        5 => format!("{before}\\{}", &after[1..]),
        6 => format!("{before};a=b{after}"),
        7 => path.to_uppercase(),
        8 => urls::mutated(path, numbers),
        _ => {
            let at = numbers.below(path.len());
            match path.get(at..=at) {
                Some(one) if one != "/" => {
                    let byte = one.as_bytes()[0];
                    format!("{}%{byte:02x}{}", &path[..at], &path[at + 1..])
                }
                _ => path.to_owned(),
            }
        }
    }
}
