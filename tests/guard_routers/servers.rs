//! A service as a router of axum, and servers that change a call before a router sees it.
//! The changes are written independently. This module must never ask the guard what a path may be.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, Request, Uri};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use percent_encoding::percent_decode_str;
use permspec_runtime::guard::GuardBody;
use permspec_runtime::{Endpoint, RouteSpec};
use tower_service::Service;

/// The header of a response with the number of the handler that made it.
pub const HANDLER: &str = "x-handler";

/// The operations of one route of a router, by the template of the documentation.
pub type Served = BTreeMap<(&'static str, String), Vec<&'static RouteSpec>>;

/// Every operation of some services as a router of axum, and the operations that each handler serves.
pub fn router(
    specs: impl Iterator<Item = &'static RouteSpec>,
    spelt: fn(&str) -> String,
) -> (Router, Vec<Served>) {
    let mut routes: BTreeMap<String, BTreeMap<Option<String>, Served>> = BTreeMap::new();
    for spec in specs {
        for endpoint in spec.endpoints {
            let methods = routes.entry(route(endpoint, spelt)).or_default();
            let method = endpoint.method.map(|method| method.as_str().to_owned());
            let served = methods.entry(method).or_default();
            let template = (spec.service, route(endpoint, str::to_owned));
            served.entry(template).or_default().push(spec);
        }
    }
    let mut handlers = Vec::new();
    let mut all = Router::new();
    for (path, methods) in routes {
        let mut of_path = MethodRouter::new();
        for (method, served) in methods {
            let number = handlers.len();
            handlers.push(served);
            let handler = move || async move { [(HANDLER, number.to_string())] };
            of_path = match method {
                None => of_path.fallback(handler),
                Some(name) => {
                    let method: Method = name.parse().unwrap();
                    of_path.merge(on(MethodFilter::try_from(method).unwrap(), handler))
                }
            };
        }
        all = all.route(&path, of_path);
    }
    (all, handlers)
}

/// The template as axum writes it. A segment is a text or one parameter, and names do not matter.
fn route(endpoint: &Endpoint, spelt: fn(&str) -> String) -> String {
    let segments = endpoint.path.split('/').skip(1).enumerate();
    segments
        .map(|(number, segment)| match segment {
            "*" => "/{*rest}".to_owned(),
            _ if segment.contains('{') => format!("/{{p{number}}}"),
            _ => format!("/{}", spelt(segment)),
        })
        .collect()
}

/// A server that changes a call before its router sees it.
#[derive(Clone)]
pub struct Changing {
    pub router: Router,
    pub change: fn(&mut Parts),
}

impl Service<Request<GuardBody<Body>>> for Changing {
    type Response = Response;
    type Error = std::convert::Infallible;
    type Future = <Router as Service<Request<GuardBody<Body>>>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        <Router as Service<Request<GuardBody<Body>>>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, request: Request<GuardBody<Body>>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        (self.change)(&mut parts);
        self.router.call(Request::from_parts(parts, body))
    }
}

/// A server: how it changes a call, and how its router spells texts.
pub type Server = (&'static str, fn(&mut Parts), fn(&str) -> String);

/// Servers that differ in what they do before they match.
pub const SERVERS: [Server; 8] = [
    ("axum", |_| {}, str::to_owned),
    (
        "decodes each segment",
        |parts| with_path(parts, segments_decoded),
        str::to_owned,
    ),
    (
        "decodes, merges and resolves",
        |parts| with_path(parts, cleaned),
        str::to_owned,
    ),
    (
        "merges and resolves",
        |parts| with_path(parts, resolved),
        str::to_owned,
    ),
    (
        "takes a backslash for a slash",
        |parts| with_path(parts, of_windows),
        str::to_owned,
    ),
    (
        "cuts parameters of segments",
        |parts| with_path(parts, without_parameters),
        str::to_owned,
    ),
    (
        "takes any case",
        |parts| with_path(parts, str::to_lowercase),
        str::to_lowercase,
    ),
    ("takes another method", with_other_method, str::to_owned),
];

/// A character that a request line cannot contain stays encoded.
fn with_path(parts: &mut Parts, change: fn(&str) -> String) {
    if let Ok(uri) = change(parts.uri.path()).parse::<Uri>() {
        parts.uri = uri;
    }
}

/// The path after it is decoded once. A character that a request line cannot contain stays encoded.
fn decoded(text: &str) -> String {
    let plain = |text: &str| {
        let mut bytes = text.bytes();
        bytes.all(|byte| matches!(byte, b'!'..=b'~') && !b"?#".contains(&byte))
    };
    let decoded = percent_decode_str(text).decode_utf8().ok();
    decoded
        .filter(|it| plain(it))
        .map_or_else(|| text.to_owned(), Into::into)
}

fn segments_decoded(path: &str) -> String {
    let segment = |text: &str| {
        let plain = Some(decoded(text)).filter(|text| !text.contains('/'));
        plain.unwrap_or_else(|| text.to_owned())
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn resolved(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match &*segment.to_lowercase().replace("%2e", ".") {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

fn cleaned(path: &str) -> String {
    resolved(&decoded(path))
}

fn of_windows(path: &str) -> String {
    resolved(&decoded(path).replace('\\', "/"))
}

fn without_parameters(path: &str) -> String {
    let segments = path
        .split('/')
        .map(|segment| segment.split(';').next().unwrap());
    cleaned(&segments.collect::<Vec<_>>().join("/"))
}

/// Like `method-override` of Express, and like WSGI servers that accept any case.
fn with_other_method(parts: &mut Parts) {
    let header = parts.headers.get("x-http-method-override");
    let name = header.map_or(parts.method.as_str(), |value| value.to_str().unwrap());
    parts.method = name.to_uppercase().parse().unwrap();
}

/// The operations that the guard asked its authoriser about.
#[derive(Default)]
pub struct Asked(pub Mutex<Vec<&'static RouteSpec>>);
