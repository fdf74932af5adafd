//! `permspec policy for`: the smallest policy for operations and calls.

use std::collections::BTreeMap;
use std::path::Path;

use permspec::Error;
use permspec_runtime::policy::{LeastPrivilege, Wanted};
use permspec_runtime::{Catalogue, RouteSpec};
use serde_json::{Value, json};

use super::super::call::{Meaning, meaning};
use super::super::traffic;
use crate::arguments::{For, PolicyFormat};
use crate::output::{counted, print, say};
use crate::{Verdict, catalogue};

/// What was asked for, and what of it is not clear.
#[derive(Default)]
struct Asked {
    operations: Vec<&'static RouteSpec>,
    /// Calls that several operations have, with how often they occur.
    ambiguous: BTreeMap<String, (Vec<&'static RouteSpec>, usize)>,
    /// Names and calls that no operation has, with what may have been meant.
    unknown: BTreeMap<String, (Vec<String>, usize)>,
}

pub fn run(options: &For, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(config, options.service.as_deref())?;
    let traffic = traffic::read(&options.routes)?;
    let mut asked = Asked::default();
    for text in &options.operations {
        asked.add(&catalogue, text, 1);
    }
    for (call, count) in &traffic {
        asked.add(&catalogue, &call.to_string(), *count);
    }
    asked.settle();
    let cases: Vec<&str> = options.when.iter().map(String::as_str).collect();
    let wanted = Wanted {
        dependencies: options.dependencies,
        cases: &cases,
        patterns: options.patterns,
        ..Wanted::new(asked.operations.clone())
    };
    let least = wanted.least(&catalogue);
    match options.format {
        PolicyFormat::Policy => least
            .policies
            .iter()
            .for_each(|policy| print(&format!("{}\n", policy.to_json_pretty()))),
        PolicyFormat::Json => print(&format!("{:#}\n", as_json(&least, &asked))),
    }
    Ok(account(&least, &asked))
}

impl Asked {
    fn add(&mut self, catalogue: &Catalogue, text: &str, count: usize) {
        match meaning(catalogue, text) {
            Meaning::Operations(found) if found.len() == 1 => self.operations.extend(found),
            Meaning::Operations(found) => {
                self.ambiguous
                    .entry(text.to_owned())
                    .or_insert((found, 0))
                    .1 += count;
            }
            Meaning::Unknown(meant) => {
                self.unknown.entry(text.to_owned()).or_insert((meant, 0)).1 += count;
            }
        }
    }

    /// A call is clear where one of its operations was asked for by another way, or where all of them
    /// need the same.
    fn settle(&mut self) {
        let Asked {
            operations,
            ambiguous,
            ..
        } = self;
        ambiguous.retain(|_, (candidates, _)| {
            if candidates
                .iter()
                .any(|candidate| operations.contains(candidate))
            {
                return false;
            }
            let (first, others) = candidates.split_first().expect("several operations");
            let same = |other: &&RouteSpec| {
                other.permissions == first.permissions && other.dependencies == first.dependencies
            };
            let clear = others.iter().all(same);
            if clear {
                operations.push(first);
            }
            !clear
        });
    }
}

/// Says what the policy was made from and what it leaves open.
fn account(least: &LeastPrivilege, asked: &Asked) -> Verdict {
    for (call, (candidates, count)) in &asked.ambiguous {
        let names: Vec<String> = candidates.iter().map(|spec| format!("`{spec}`")).collect();
        say(&format!(
            "warning: `{call}` ({count}x) may be {}; name the one that is meant",
            names.join(" or ")
        ));
    }
    for (text, (meant, count)) in &asked.unknown {
        let meant = meant
            .first()
            .map(|meant| format!("; did you mean {meant}?"))
            .unwrap_or_default();
        say(&format!(
            "warning: `{text}` ({count}x) is no operation{meant}"
        ));
    }
    for open in &least.open {
        let (spec, needed) = (open.spec, open.requirement);
        let case = needed.when.unwrap_or_default();
        say(&format!(
            "warning: `{spec}` needs `{}` in one case; if it applies: --when \"{case}\"",
            needed.permission
        ));
    }
    for action in &least.impossible {
        say(&format!(
            "warning: `{action}` is longer than a policy accepts, and was left out"
        ));
    }
    for spec in &least.without_action {
        say(&format!(
            "note: the documentation names no action for `{spec}`"
        ));
    }
    if !least.iam_project_only.is_empty() {
        let operations = counted(least.iam_project_only.len(), "operation");
        say(&format!(
            "note: {operations} take effect only where the policy is attached to an IAM project"
        ));
    }
    say(&format!(
        "{} with {} for {}, from {}",
        counted(least.policies.len(), "policy").replace("policys", "policies"),
        counted(least.allowed.len(), "action"),
        counted(asked.operations.len(), "operation"),
        least.catalogue,
    ));
    let open = !asked.ambiguous.is_empty() || !asked.unknown.is_empty();
    if open || !least.open.is_empty() || !least.impossible.is_empty() {
        Verdict::Findings
    } else {
        Verdict::Clean
    }
}

fn as_json(least: &LeastPrivilege, asked: &Asked) -> Value {
    let policies = least.policies.iter().map(|policy| {
        serde_json::from_str::<Value>(&policy.to_json()).expect("a policy is written as JSON")
    });
    let open = least.open.iter().map(|open| {
        json!({"operation": open.spec.to_string(), "action": open.requirement.permission.as_str(), "when": open.requirement.when})
    });
    let ambiguous = asked.ambiguous.iter().map(|(call, (candidates, count))| {
        let candidates = candidates.iter().map(ToString::to_string);
        json!({"call": call, "count": count, "candidates": candidates.collect::<Value>()})
    });
    let unknown = asked
        .unknown
        .iter()
        .map(|(text, (_, count))| json!({"text": text, "count": count}));
    let names = |specs: &[&RouteSpec]| specs.iter().map(ToString::to_string).collect::<Value>();
    json!({
        "catalogue": least.catalogue,
        "policies": policies.collect::<Value>(),
        "operations": names(&asked.operations),
        "open": open.collect::<Value>(),
        "ambiguous": ambiguous.collect::<Value>(),
        "unknown": unknown.collect::<Value>(),
        "without_action": names(&least.without_action),
        "iam_project_only": names(&least.iam_project_only),
    })
}
