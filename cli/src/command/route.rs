//! `permspec route`: shows which operation a call or a name is, and what it needs.

use std::path::Path;

use permspec::Error;
use permspec_runtime::{Candidate, Captured, Catalogue, Endpoint, Method, Requirement, RouteSpec};
use serde_json::{Value, json};

use super::call::{WrittenCall, candidates, named};
use super::listed::required;
use super::suggest;
use crate::arguments::{Format, Route};
use crate::output::{Grid, counted, fitted, mark, print, quoted, say};
use crate::{Verdict, catalogue};

/// An operation, with the call that the user asked about.
struct FoundOperation<'t> {
    spec: &'static RouteSpec,
    /// `None` for an operation without an endpoint.
    endpoint: Option<&'static Endpoint>,
    parameters: Vec<Captured<'t>>,
}

/// The question of the user.
enum Question {
    /// An operation by its name.
    Name(&'static RouteSpec),
    /// One call, or one call for each method.
    Calls(Vec<WrittenCall>),
    Nothing,
}

pub fn run(options: &Route, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let catalogue = known.catalogue(options.service.as_deref())?;
    let text = known.present_name(&options.call.join(" "));
    let question = Question::read(&catalogue, &text, options.body.as_deref());
    let answers: Vec<FoundOperation<'_>> = match &question {
        Question::Name(spec) => FoundOperation::of_operation(spec),
        Question::Calls(calls) => FoundOperation::of_calls(&catalogue, calls),
        Question::Nothing => Vec::new(),
    };
    match options.format {
        Format::Json => print(&format!(
            "{:#}\n",
            answers
                .iter()
                .map(FoundOperation::as_json)
                .collect::<Value>()
        )),
        Format::Text => {
            for sharing in by_call(&answers) {
                print(&format!("{}\n", as_text(&sharing)));
            }
        }
    }
    Ok(match &question {
        Question::Name(_) => Verdict::Clean,
        Question::Calls(calls) => account(&catalogue, &text, calls, &answers),
        Question::Nothing => {
            say_what_was_not_read(&catalogue, &text);
            Verdict::Findings
        }
    })
}

impl Question {
    fn read(catalogue: &Catalogue, text: &str, body: Option<&str>) -> Question {
        if let Some(spec) = named(catalogue, text) {
            return Question::Name(spec);
        }
        let calls: Vec<WrittenCall> = if let Some(call) = WrittenCall::parse(text) {
            vec![call]
        } else {
            let each = Method::ALL.iter();
            each.filter_map(|method| WrittenCall::parse(&format!("{method} {text}")))
                .collect()
        };
        let with_body = |call: WrittenCall| match body {
            Some(body) => call.with_body(body),
            None => call,
        };
        if calls.is_empty() {
            return Question::Nothing;
        }
        Question::Calls(calls.into_iter().map(with_body).collect())
    }
}

impl<'t> FoundOperation<'t> {
    fn of_operation(spec: &'static RouteSpec) -> Vec<Self> {
        let one = |endpoint| FoundOperation {
            spec,
            endpoint,
            parameters: Vec::new(),
        };
        match spec.endpoints {
            [] => vec![one(None)],
            endpoints => endpoints
                .iter()
                .map(|endpoint| one(Some(endpoint)))
                .collect(),
        }
    }

    fn of_calls(catalogue: &Catalogue, calls: &'t [WrittenCall]) -> Vec<Self> {
        let mut answers: Vec<FoundOperation<'t>> = Vec::new();
        for candidate in calls.iter().flat_map(|call| candidates(catalogue, call)) {
            // The endpoint of a call without a documented method is found by each method.
            let is_new = |answer: &FoundOperation<'_>| {
                !(answer.spec == candidate.spec() && answer.endpoint == Some(candidate.endpoint()))
            };
            if answers.iter().all(is_new) {
                answers.push(FoundOperation::of(candidate));
            }
        }
        answers
    }

    fn of(candidate: Candidate<'t>) -> Self {
        FoundOperation {
            spec: candidate.spec(),
            endpoint: Some(candidate.endpoint()),
            parameters: candidate.parameters().collect(),
        }
    }

    /// Method and path, without what the body tells.
    fn call(&self) -> Option<(Option<Method>, &'static str)> {
        self.endpoint
            .map(|endpoint| (endpoint.method, endpoint.path))
    }

    fn as_json(&self) -> Value {
        let spec = self.spec;
        let requirements = |list: &[Requirement]| -> Value {
            let one = |needed: &Requirement| required(needed.permission.as_str(), needed.when);
            list.iter().map(one).collect()
        };
        let parameters = self.parameters.iter().map(
            |captured| json!({"name": captured.name, "raw": captured.raw, "value": captured.text()}),
        );
        json!({
            "operation": spec.to_string(),
            "title": spec.title,
            "method": self.endpoint.and_then(|endpoint| endpoint.method).map(Method::as_str),
            "path": self.endpoint.map(|endpoint| endpoint.path),
            "body_action": self.endpoint.and_then(|endpoint| endpoint.body_action),
            "parameters": parameters.collect::<Value>(),
            "actions": requirements(spec.permissions),
            "dependencies": requirements(spec.dependencies),
            "iam_project": spec.scope.iam_project,
            "enterprise_project": spec.scope.enterprise_project,
            "documentation": spec.doc,
        })
    }
}

fn methods() -> String {
    let names: Vec<&str> = Method::ALL.iter().map(|method| method.as_str()).collect();
    names.join(", ")
}

fn say_what_was_not_read(catalogue: &Catalogue, text: &str) {
    let shown = quoted(text);
    say(&format!(
        "error: {shown} is neither an operation's name nor a method and path, such as `GET /v2/images`"
    ));
    let meant = suggest::suggestions(catalogue, text);
    for suggestion in &meant {
        say(&format!("help: did you mean {suggestion}?"));
    }
    if text.contains('/') {
        say(&format!("help: a method is one of {}", methods()));
    } else if meant.is_empty() {
        say("help: `permspec search WORDS` finds operations by words");
    }
}

fn account(
    catalogue: &Catalogue,
    text: &str,
    calls: &[WrittenCall],
    answers: &[FoundOperation<'_>],
) -> Verdict {
    if answers.is_empty() {
        say_what_is_not_called(catalogue, text, calls);
        return Verdict::Findings;
    }
    for sharing in by_call(answers).iter().filter(|sharing| sharing.len() > 1) {
        let has_key = |answer: &&FoundOperation<'_>| {
            answer
                .endpoint
                .is_some_and(|endpoint| endpoint.body_action.is_some())
        };
        let how = if sharing.iter().all(has_key) {
            "the key of the body tells which of them it is"
        } else if sharing
            .iter()
            .any(|one| one.spec.service != sharing[0].spec.service)
        {
            "--service chooses the service whose host was called"
        } else {
            "the path does not tell which of them it is"
        };
        let operations = counted(sharing.len(), "operation");
        say(&format!("note: {operations} share this call; {how}"));
    }
    Verdict::Clean
}

fn say_what_is_not_called(catalogue: &Catalogue, text: &str, calls: &[WrittenCall]) {
    let Some(call) = calls.first() else {
        return;
    };
    // If an operation has the path, only the body of the call is unknown.
    let keys: Vec<String> = catalogue
        .find(call.method, &call.target)
        .filter_map(|found| Some(format!("`{}`", found.endpoint().body_action?)))
        .collect();
    if call.keys.is_some() && !keys.is_empty() {
        let shown = quoted(&call.to_string());
        say(&format!(
            "error: no operation with the call {shown} has such a body"
        ));
        say(&format!("help: its key is one of {}", keys.join(", ")));
        return;
    }
    say(&format!(
        "error: no operation has the call {}",
        quoted(text)
    ));
    for suggestion in suggest::for_call(catalogue, call) {
        say(&format!("help: did you mean {suggestion}?"));
    }
}

/// The operations, grouped by the call that they share, in their order.
fn by_call<'a, 't>(answers: &'a [FoundOperation<'t>]) -> Vec<Vec<&'a FoundOperation<'t>>> {
    let mut calls: Vec<Vec<&FoundOperation<'_>>> = Vec::new();
    for answer in answers {
        let same = |sharing: &&mut Vec<&FoundOperation<'_>>| sharing[0].call() == answer.call();
        match calls.iter_mut().find(same) {
            Some(sharing) => sharing.push(answer),
            None => calls.push(vec![answer]),
        }
    }
    calls
}

/// A call as text: one operation with all details, or a list of the operations that share the call.
fn as_text(sharing: &[&FoundOperation<'_>]) -> String {
    match sharing {
        [answer] => one(answer),
        _ => several(sharing),
    }
}

/// A line of a block: a label and its value.
fn line(name: &str, value: &str) -> String {
    fitted(&format!("  {name:<20} {value}"))
}

fn parameters(answer: &FoundOperation<'_>) -> impl Iterator<Item = String> {
    answer.parameters.iter().map(|captured| {
        let value = captured
            .text()
            .map_or(captured.raw.to_owned(), std::borrow::Cow::into_owned);
        line(captured.name, &value.escape_debug().to_string())
    })
}

fn one(answer: &FoundOperation<'_>) -> String {
    let spec = answer.spec;
    let call = answer
        .endpoint
        .map_or("no call".to_owned(), Endpoint::to_string);
    let mut lines = vec![
        fitted(&format!("{spec}  {call}")),
        fitted(&format!("  {}", spec.title)),
    ];
    lines.extend(parameters(answer));
    lines.push(line("needs", &list(spec.permissions, "no action is named")));
    if !spec.dependencies.is_empty() {
        lines.push(line("depends on", &list(spec.dependencies, "")));
    }
    lines.push(line("IAM project", mark(spec.scope.iam_project)));
    lines.push(line(
        "enterprise project",
        mark(spec.scope.enterprise_project),
    ));
    lines.push(line("documentation", spec.doc.unwrap_or("-")));
    lines.join("\n") + "\n"
}

fn several(sharing: &[&FoundOperation<'_>]) -> String {
    let (method, path) = sharing[0].call().unwrap_or((None, "no call"));
    let call = format!("{} {path}", method.map_or("ANY", Method::as_str));
    let mut lines = vec![fitted(&call)];
    lines.extend(parameters(sharing[0]));
    let mut grid = Grid::new(&["  OPERATION", "KEY OF BODY", "NEEDS", "IAM", "EPS"]);
    for FoundOperation { spec, endpoint, .. } in sharing {
        let key = endpoint.and_then(|endpoint| endpoint.body_action);
        let needs = match spec.permissions {
            [] => vec!["no action is named".to_owned()],
            needed => needed.iter().map(Requirement::to_string).collect(),
        };
        grid.add(vec![
            vec![format!("  {spec}")],
            vec![key.unwrap_or("-").to_owned()],
            needs,
            vec![mark(spec.scope.iam_project).to_owned()],
            vec![mark(spec.scope.enterprise_project).to_owned()],
        ]);
    }
    format!("{}\n\n{grid}", lines.join("\n"))
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
