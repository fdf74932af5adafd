//! A request as a command of the shell, with what it needs.
//! This module must never show a secret: a variable stands in its place.

use permspec_runtime::{Problem, Request, Requirement};

use crate::arguments::Call;

/// No path has more open parameters.
const MOST_OPEN: usize = 16;

/// A part of the address that is known only when the call is sent.
enum Part<'t> {
    Text(&'t str),
    Variable(&'static str),
}

/// What the call needs as comments, and then the command.
pub(super) fn text(request: &Request, options: &Call) -> String {
    let spec = request.spec();
    let mut lines = match request.template() {
        Some(endpoint) => vec![
            format!("# {spec}: {endpoint}"),
            format!(
                "# needs {}",
                needed(spec.permissions, "no action that is documented")
            ),
        ],
        None => vec![format!(
            "# a call of {} that the catalogue lacks",
            spec.service
        )],
    };
    if !spec.dependencies.is_empty() {
        lines.push(format!("# depends on {}", needed(spec.dependencies, "")));
    }
    let mut words = vec![format!("curl --request {}", request.method())];
    words.push(format!(
        "--header {}",
        double_quoted(&[Part::Text("X-Auth-Token: "), Part::Variable("OS_TOKEN"),])
    ));
    for (name, value) in request.headers() {
        let is_secret = is_secret(name);
        let header = [
            Part::Text(name),
            Part::Text(": "),
            if is_secret {
                Part::Variable("SECRET")
            } else {
                Part::Text(value)
            },
        ];
        words.push(format!("--header {}", double_quoted(&header)));
    }
    if !request.body_bytes().is_empty() {
        let body = String::from_utf8_lossy(request.body_bytes());
        words.push(format!("--data {}", single_quoted(&body)));
    }
    words.push(address(request, options));
    lines.push(words.join(" \\\n  "));
    lines.join("\n")
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("token") || name == "authorization" || name == "cookie"
}

fn needed(list: &[Requirement], nothing: &str) -> String {
    let one = |needed: &Requirement| match needed.when {
        Some(when) => format!("{} ({when})", needed.permission.as_str()),
        None => needed.permission.as_str().to_owned(),
    };
    let all: Vec<String> = list.iter().map(one).collect();
    if all.is_empty() {
        nothing.to_owned()
    } else {
        all.join(", ")
    }
}

/// The whole address, with variables in the place of what only the session knows.
fn address(request: &Request, options: &Call) -> String {
    // A mark stands for what only the session knows, while the target is made.
    let mut request = request.clone();
    let mut open: Vec<(String, &'static str)> = Vec::new();
    while let Err(error) = request.path() {
        let Problem::UnsetParameter { name } = error.problem() else {
            break;
        };
        if open.len() == MOST_OPEN {
            break;
        }
        let mark = format!("caller-of-this-call-{}-", open.len());
        open.push((mark.clone(), variable(name)));
        request = request.with_parameter(name, &mark);
    }
    let target = request.target().unwrap_or_default();
    let pattern = request
        .service()
        .and_then(permspec_runtime::ServiceSpec::address);
    let region = options.credentials.os_region_name.as_deref();
    let mut parts = Vec::new();
    match (
        &options.endpoint,
        pattern.and_then(|it| it.split_once("{region}")),
    ) {
        (Some(endpoint), _) => parts.push(Part::Text(endpoint.trim_end_matches('/'))),
        (None, Some((before, after))) => {
            parts.push(Part::Text(before));
            parts.push(region.map_or(Part::Variable("OS_REGION_NAME"), Part::Text));
            parts.push(Part::Text(after));
        }
        (None, None) => parts.push(Part::Variable("ENDPOINT")),
    }
    let mut rest = target.as_str();
    for (mark, variable) in &open {
        if let Some((before, after)) = rest.split_once(mark.as_str()) {
            parts.push(Part::Text(before));
            parts.push(Part::Variable(variable));
            rest = after;
        }
    }
    parts.push(Part::Text(rest));
    double_quoted(&parts)
}

/// The variable that stands for a path parameter of the caller.
fn variable(name: &str) -> &'static str {
    match name {
        "domain_id" => "OS_DOMAIN_ID",
        "user_id" => "OS_USER_ID",
        _ => "OS_PROJECT_ID",
    }
}

/// Within double quotes, four characters mean something to the shell (POSIX, "Double-Quotes").
fn double_quoted(parts: &[Part<'_>]) -> String {
    let mut quoted = String::from("\"");
    for part in parts {
        match part {
            Part::Variable(name) => {
                quoted.push_str("${");
                quoted.push_str(name);
                quoted.push('}');
            }
            Part::Text(text) => {
                for letter in text.chars() {
                    if matches!(letter, '"' | '\\' | '$' | '`') {
                        quoted.push('\\');
                    }
                    quoted.push(letter);
                }
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Within single quotes, only the quote itself means something.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
