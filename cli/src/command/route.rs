//! `permspec route`: which operation a call is, and what it needs.

use std::path::Path;

use permspec::Error;
use permspec_runtime::{Candidate, Catalogue, Method, Requirement};
use serde_json::{Value, json};

use super::call::Call;
use super::suggest;
use crate::arguments::{Format, Route};
use crate::output::{counted, mark, print, quoted, say};
use crate::{Verdict, catalogue};

pub fn run(options: &Route, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(config, options.service.as_deref())?;
    let text = options.call.join(" ");
    let Some(call) = Call::parse(&text) else {
        say(&format!(
            "error: {} is no method and path, such as `GET /v2/images`",
            quoted(&text)
        ));
        say(&format!("help: a method is one of {}", methods()));
        return Ok(Verdict::Findings);
    };
    let found: Vec<Candidate<'_>> = catalogue.find(call.method, &call.target).collect();
    match options.format {
        Format::Json => print(&format!(
            "{:#}\n",
            found.iter().map(as_json).collect::<Value>()
        )),
        Format::Text => found
            .iter()
            .for_each(|candidate| print(&format!("{}\n", as_text(candidate)))),
    }
    Ok(account(&catalogue, &call, &found))
}

fn methods() -> String {
    let names: Vec<&str> = Method::ALL.iter().map(|method| method.as_str()).collect();
    names.join(", ")
}

fn account(catalogue: &Catalogue, call: &Call, found: &[Candidate<'_>]) -> Verdict {
    match found {
        [] => {
            let call_shown = quoted(&call.to_string());
            say(&format!("error: no operation is called by {call_shown}"));
            for suggestion in suggest::for_call(catalogue, call) {
                say(&format!("help: did you mean {suggestion}?"));
            }
            return Verdict::Findings;
        }
        [_] => {}
        _ if found
            .iter()
            .all(|candidate| candidate.endpoint().body_action.is_some()) =>
        {
            say(&format!(
                "note: {} share this call; the key of the body tells which is meant",
                counted(found.len(), "operation")
            ));
        }
        _ => say(&format!(
            "note: {} share this call; the path does not tell which is meant",
            counted(found.len(), "operation")
        )),
    }
    Verdict::Clean
}

fn as_text(candidate: &Candidate<'_>) -> String {
    let spec = candidate.spec();
    let mut lines = vec![
        format!("{spec}  {}", candidate.endpoint()),
        format!("  {}", spec.title),
    ];
    let mut line = |name: &str, value: String| lines.push(format!("  {name:<20} {value}"));
    for captured in candidate.parameters() {
        let value = captured
            .text()
            .map_or(captured.raw.to_owned(), std::borrow::Cow::into_owned);
        line(captured.name, value.escape_debug().to_string());
    }
    line("needs", list(spec.permissions, "no action is named"));
    if !spec.dependencies.is_empty() {
        line("depends on", list(spec.dependencies, ""));
    }
    line("IAM project", mark(spec.scope.iam_project).to_owned());
    line(
        "enterprise project",
        mark(spec.scope.enterprise_project).to_owned(),
    );
    line("documentation", spec.doc.unwrap_or("-").to_owned());
    lines.join("\n") + "\n"
}

fn list(requirements: &[Requirement], none: &str) -> String {
    if requirements.is_empty() {
        return none.to_owned();
    }
    requirements
        .iter()
        .map(Requirement::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn as_json(candidate: &Candidate<'_>) -> Value {
    let (spec, endpoint) = (candidate.spec(), candidate.endpoint());
    let requirements = |requirements: &[Requirement]| -> Value {
        let one = |needed: &Requirement| json!({"action": needed.permission.as_str(), "when": needed.when});
        requirements.iter().map(one).collect()
    };
    let parameters = candidate.parameters().map(
        |captured| json!({"name": captured.name, "raw": captured.raw, "value": captured.text()}),
    );
    json!({
        "operation": spec.to_string(),
        "title": spec.title,
        "method": endpoint.method.map(Method::as_str),
        "path": endpoint.path,
        "body_action": endpoint.body_action,
        "parameters": parameters.collect::<Value>(),
        "actions": requirements(spec.permissions),
        "dependencies": requirements(spec.dependencies),
        "iam_project": spec.scope.iam_project,
        "enterprise_project": spec.scope.enterprise_project,
        "documentation": spec.doc,
    })
}
