//! Puts what was given in its place: path, query and headers, by the names that the documentation has.
//! This module must never leave out a value that was given.

use permspec::model::Interface;
use permspec::model::reference::{In, Parameter};
use permspec::model::schema::{Kind, Scalar};
use permspec::{Error, nearest};
use permspec_runtime::{Method, OWN, Request, RouteSpec, ServiceSpec};

use super::given::Given;
use super::{Wanted, fault, plain};
use crate::output::quoted;

/// The headers that the client sets itself.
const OF_CLIENT: [&str; 4] = ["x-auth-token", "content-type", "authorization", "host"];

/// Documentation may be wrong.
const ANYWAY: &str = "--query NAME=VALUE sends it anyway";

/// A call that the catalogue lacks: `GET /v2/images?limit=5`.
pub(super) fn written(service: &'static ServiceSpec, given: &Given) -> Result<Request, Error> {
    const HELP: &str =
        "with --service, write a method and a path: `permspec call --service ims GET /v2/images`";
    let method = given.options.operation.as_deref().unwrap_or_default();
    let method: Option<Method> = method.to_uppercase().parse().ok();
    let (Some(method), [target]) = (method, &given.values[..]) else {
        return Err(fault("the call is not a method and a path", HELP));
    };
    if !target.starts_with('/') {
        return Err(fault(
            &format!("the path {} does not begin with `/`", quoted(target)),
            HELP,
        ));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request::to(service, method, path);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        request = request.query(name, value);
    }
    let names: Vec<&str> = permspec::model::parameters(path)
        .map(|it| it.name)
        .collect();
    for (name, value) in &given.named {
        request = match names.iter().find(|known| plain(known) == plain(name)) {
            Some(known) => request.with_parameter(known, value),
            None => request.query(name, value),
        };
    }
    Ok(request)
}

/// A call of an operation of the catalogue.
pub(super) fn documented(
    spec: &'static RouteSpec,
    wanted: &Wanted<'_>,
    given: &Given,
) -> Result<Request, Error> {
    let Some(endpoint) = spec.endpoints.first() else {
        let message = format!("the documentation does not state how `{spec}` is called");
        return Err(fault(
            &message,
            "call it with --service, a method and a path",
        ));
    };
    let mut named = given.named.clone();
    let mut take = |name: &str| {
        let at = named
            .iter()
            .position(|(given, _)| plain(given) == plain(name))?;
        Some(named.remove(at).1)
    };
    let is_own = wanted.access.is_own(endpoint.path);
    let mut values = given.values.iter();
    let mut path: Vec<String> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for (name, is_own) in endpoint.parameters().zip(is_own) {
        let value = take(name).or_else(|| if is_own { None } else { values.next().cloned() });
        path.push(match value {
            Some(value) => value,
            None if is_own => OWN.to_owned(),
            None => {
                missing.push(format!("`{name}` of the path"));
                String::new()
            }
        });
    }
    if let Some(more) = values.next() {
        let message = format!(
            "{} is one value more than the path has parameters",
            quoted(more)
        );
        return Err(fault(&message, &format!("the path is `{}`", endpoint.path)));
    }
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let mut request = Request::new(spec, &path);
    let known = sent(wanted.interface, endpoint.path);
    for parameter in &known {
        let mut count = 0;
        while let Some(value) = take(&parameter.name) {
            check(parameter, &value)?;
            request = match parameter.location {
                In::Header => request.header(&parameter.name, &value),
                _ => request.query(&parameter.name, &value),
            };
            count += 1;
        }
        if count == 0 && parameter.required {
            missing.push(format!("`{}`", parameter.name));
        }
    }
    if !missing.is_empty() {
        let message = format!("`{spec}` needs {}", missing.join(", "));
        return Err(fault(
            &message,
            &format!("`permspec call {spec} --help` shows what it takes"),
        ));
    }
    match named.first() {
        None => Ok(request),
        Some((name, _)) => {
            let path: Vec<&str> = endpoint.parameters().collect();
            let possible = known.iter().map(|it| it.name.as_str()).chain(path);
            let help = match nearest(name, possible) {
                Some(meant) => format!("did you mean `--{meant}`?"),
                None => {
                    "--query NAME=VALUE sends a parameter that the documentation lacks".to_owned()
                }
            };
            Err(fault(&format!("`{spec}` has no parameter `{name}`"), &help))
        }
    }
}

/// The parameters that a caller states besides those of the path. Some pages list the parameters of the path among those
/// of the query.
pub(super) fn sent<'i>(interface: Option<&'i Interface>, path: &str) -> Vec<&'i Parameter> {
    let in_path: Vec<&str> = permspec::model::parameters(path)
        .map(|it| it.name)
        .collect();
    let parameters = interface.into_iter().flat_map(|it| &it.parameters);
    let is_sent = |parameter: &&Parameter| match parameter.location {
        In::Query => !(parameter.required && in_path.contains(&parameter.name.as_str())),
        In::Header => {
            let name = parameter.name.to_ascii_lowercase();
            !OF_CLIENT.contains(&name.as_str())
        }
        In::Path | In::Body => false,
    };
    parameters.filter(is_sent).collect()
}

/// Whether a value is one that the page lists, and of its type.
fn check(parameter: &Parameter, value: &str) -> Result<(), Error> {
    let schema = &parameter.schema;
    let listed: Vec<String> = schema.values.iter().map(scalar).collect();
    if !listed.is_empty() && !listed.iter().any(|it| it == value) {
        let message = format!("{} is not a value of `{}`", quoted(value), parameter.name);
        return Err(fault(
            &message,
            &format!("its values are {}; {ANYWAY}", listed.join(", ")),
        ));
    }
    let is_of_type = match schema.kind {
        Kind::Integer => value.parse::<i64>().is_ok(),
        Kind::Number => value.parse::<f64>().is_ok(),
        Kind::Boolean => matches!(value.to_ascii_lowercase().as_str(), "true" | "false"),
        _ => true,
    };
    if is_of_type {
        return Ok(());
    }
    let message = format!(
        "{} is not {} for `{}`",
        quoted(value),
        kind(&schema.kind),
        parameter.name
    );
    Err(fault(&message, ANYWAY))
}

/// A type with its article.
pub(super) fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "an integer",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        Kind::Array(_) => "a list",
        Kind::String => "a text",
        _ => "a value",
    }
}

/// A value as it is written on the wire.
pub(super) fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Boolean(flag) => flag.to_string(),
    }
}
