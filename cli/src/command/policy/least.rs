//! `permspec policy for`: makes the smallest policy for operations and calls.

use std::path::{Path, PathBuf};

use permspec::Error;
use permspec::write::Files;
use permspec_runtime::policy::{LeastPrivilege, Policy, Wanted};
use permspec_runtime::{Catalogue, Permission, RouteSpec};
use serde_json::{Value, json};

use super::super::call::WrittenCall;
use super::super::listed::required;
use super::super::store::store;
use super::super::suggest::suggestions;
use super::super::traffic::{self, Traffic};
use super::operations::AskedOperations;
use crate::arguments::{For, PolicyFormat};
use crate::catalogue::OpenedCatalogue;
use crate::output::{counted, print, print_line, quoted, say};
use crate::{Verdict, catalogue};

pub fn run(options: &For, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let traffic = traffic::read(&options.routes)?;
    of(options, &known, &traffic)
}

/// Makes the policy for operations, and for the calls of `traffic`, wherever they come from.
pub fn of(options: &For, known: &OpenedCatalogue, traffic: &Traffic) -> Result<Verdict, Error> {
    let catalogue = known.catalogue(options.service.as_deref())?;
    let operations: Vec<String> = WrittenCall::joined(&options.operations)
        .iter()
        .map(|text| known.present_name(text))
        .collect();
    let asked = AskedOperations::of(&catalogue, &operations, traffic);
    let (cases, excluded) = (texts(&options.made.when), texts(&options.made.not_when));
    let wanted = Wanted {
        dependencies: options.made.dependencies,
        cases: &cases,
        excluded: &excluded,
        patterns: options.made.patterns,
        ..Wanted::new(asked.operations.clone())
    };
    let least = wanted.least(&catalogue);
    let unknown_cases: Vec<&str> = wanted.unknown_cases().collect();
    if let Some(folder) = &options.made.out {
        store(&files(&least, folder), false)?;
        say_what_is_old(folder, least.policies.len());
    }
    let is_printed = match options.made.format {
        PolicyFormat::Policy => options.made.out.is_some() || print_policy(&least.policies),
        PolicyFormat::Json => {
            let made = as_json(&least, &asked, traffic, &unknown_cases);
            print(&format!("{made:#}\n"));
            true
        }
    };
    say_what_is_not_clear(&catalogue, &asked);
    say_what_is_left_open(&least, &unknown_cases);
    if traffic.count() > 0 {
        say_the_calls(&asked, operations.len() + traffic.count());
    }
    say_the_counts(&least, &asked);
    let is_clear = asked.ambiguous.is_empty() && asked.unknown.is_empty() && traffic.unread == 0;
    let is_closed =
        least.open.is_empty() && least.impossible.is_empty() && unknown_cases.is_empty();
    Ok(if is_clear && is_closed && is_printed {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

/// Prints the policy on standard output. Returns whether that is possible, because several policies are not one
/// document: a program would use only the first of them, or refuse the text.
fn print_policy(policies: &[Policy]) -> bool {
    match policies {
        [] => true,
        [policy] => {
            print_line(policy.to_json_pretty());
            true
        }
        several => {
            say_how_to_get(several.len());
            false
        }
    }
}

/// The files with the policies, one policy per file.
fn files(least: &LeastPrivilege, folder: &Path) -> Files {
    let mut files = Files::below(folder);
    for (number, policy) in (1..).zip(&least.policies) {
        let text = policy.to_json_pretty() + "\n";
        files.insert(file(folder, number), text);
    }
    files
}

fn file(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("policy-{number}.json"))
}

/// Warns about policies of an earlier run, so that nobody attaches them together with the new ones.
fn say_what_is_old(folder: &Path, count: usize) {
    let beyond = (count + 1..).map(|number| file(folder, number));
    for old in beyond.take_while(|path| path.exists()) {
        say(&format!(
            "warning: {} is from an earlier run, and is not needed",
            old.display()
        ));
    }
}

fn say_how_to_get(count: usize) {
    say(&format!(
        "error: the limits of IAM require {count} policies, and a document contains one policy\n  \
         = help: name a folder for them with --out, or print all of them with --format json"
    ));
}

fn texts(cases: &[String]) -> Vec<&str> {
    cases.iter().map(String::as_str).collect()
}

/// The maximum number of unknown calls that are printed, the most frequent first. A log may contain any number.
const SHOWN: usize = 20;

fn say_what_is_not_clear(catalogue: &Catalogue, asked: &AskedOperations) {
    for group in &asked.ambiguous {
        let (call, count) = (quoted(&group.example), group.count);
        let names: Vec<String> = group
            .candidates
            .iter()
            .map(|spec| format!("`{spec}`"))
            .collect();
        let services: Vec<&str> = group.candidates.iter().map(|spec| spec.service).collect();
        let how = if services.windows(2).all(|pair| pair[0] == pair[1]) {
            "name the right operation"
        } else {
            "name the right operation, or its service with --service"
        };
        say(&format!(
            "warning: {call} ({count}x) may be {}; {how}",
            names.join(" or ")
        ));
    }
    let mut unknown: Vec<(&String, &usize)> = asked.unknown.iter().collect();
    unknown.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (text, count) in unknown.iter().take(SHOWN) {
        let meant = suggestions(catalogue, text);
        let meant = match (meant.first(), WrittenCall::parse(text)) {
            (Some(meant), _) => format!("; did you mean {meant}?"),
            (None, Some(_)) => String::new(),
            (None, None) => "; `permspec search WORDS` finds operations by words".to_owned(),
        };
        let text = quoted(text);
        say(&format!(
            "warning: {text} ({count}x) is not an operation{meant}"
        ));
    }
    if unknown.len() > SHOWN {
        let more = unknown.len() - SHOWN;
        say(&format!(
            "warning: {more} more are not operations; --format json lists all of them"
        ));
    }
}

fn say_what_is_left_open(least: &LeastPrivilege, unknown_cases: &[&str]) {
    for case in unknown_cases {
        say(&format!(
            "warning: none of the operations names the case {}",
            quoted(case)
        ));
    }
    for open in &least.open {
        let (spec, action) = (open.spec, &open.requirement.permission);
        let case = open.requirement.when.unwrap_or_default();
        say(&format!(
            "warning: `{spec}` needs `{action}` in one case; say whether it applies: \
             --when \"{case}\" or --not-when \"{case}\""
        ));
    }
    for action in &least.impossible {
        say(&format!(
            "warning: `{action}` is too long for a policy, and was left out"
        ));
    }
    for spec in &least.without_action {
        say(&format!(
            "note: the documentation does not name an action for `{spec}`"
        ));
    }
    for (specs, effect) in [
        (
            &least.iam_project_only,
            "no effect in an enterprise project",
        ),
        (
            &least.enterprise_project_only,
            "an effect in an enterprise project only",
        ),
        (&least.without_effect, "no effect wherever it is attached"),
    ] {
        if !specs.is_empty() {
            let operations = counted(specs.len(), "operation");
            say(&format!(
                "note: for {operations}, a custom policy has {effect}"
            ));
        }
    }
}

fn say_the_calls(asked: &AskedOperations, all: usize) {
    let (clear, none) = (asked.clear, asked.unknown.values().sum::<usize>());
    let several: usize = asked.ambiguous.iter().map(|group| group.count).sum();
    say(&format!(
        "{}: {clear} mapped, {several} of several operations, {none} of no operation",
        counted(all, "call")
    ));
}

fn say_the_counts(least: &LeastPrivilege, asked: &AskedOperations) {
    say(&format!(
        "{} with {} for {}, from {}",
        counted(least.policies.len(), "policy"),
        counted(least.allowed.len(), "action"),
        counted(asked.operations.len(), "operation"),
        least.catalogue,
    ));
}

fn as_json(
    least: &LeastPrivilege,
    asked: &AskedOperations,
    traffic: &Traffic,
    unknown_cases: &[&str],
) -> Value {
    let policies = least.policies.iter().map(|policy| {
        serde_json::from_str::<Value>(&policy.to_json()).expect("a policy is written as JSON")
    });
    let open = least.open.iter().map(|open| {
        json!({
            "operation": open.spec.to_string(),
            "action": open.requirement.permission.as_str(),
            "when": open.requirement.when,
        })
    });
    let ambiguous = asked.ambiguous.iter().map(|group| {
        json!({"call": group.example, "count": group.count, "candidates": names(&group.candidates)})
    });
    let unknown = asked
        .unknown
        .iter()
        .map(|(text, count)| json!({"text": text, "count": count}));
    let allowed = least.allowed.iter();
    let actions = allowed.map(|action| required(action.as_str(), None));
    let impossible = least.impossible.iter().map(Permission::as_str);
    json!({
        "catalogue": least.catalogue,
        "policies": policies.collect::<Value>(),
        "actions": actions.collect::<Value>(),
        "operations": names(&asked.operations),
        "open": open.collect::<Value>(),
        "unknown_cases": unknown_cases,
        "ambiguous": ambiguous.collect::<Value>(),
        "unknown": unknown.collect::<Value>(),
        "calls": traffic.count(),
        "not_understood": traffic.unread,
        "impossible": impossible.collect::<Value>(),
        "without_action": names(&least.without_action),
        "iam_project_only": names(&least.iam_project_only),
        "enterprise_project_only": names(&least.enterprise_project_only),
        "without_effect": names(&least.without_effect),
    })
}

fn names(specs: &[&RouteSpec]) -> Value {
    specs.iter().map(ToString::to_string).collect()
}
