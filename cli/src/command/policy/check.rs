//! `permspec policy check`: reports problems of a policy, what it allows, and what nobody needed.

use std::path::Path;

use permspec::{Error, Location};
use permspec_runtime::PermissionSet;
use permspec_runtime::policy::{Attached, Finding, Policies, Policy};
use serde_json::{Value, json};

use super::super::traffic;
use super::can::PolicyQuestion;
use super::unused::Unused;
use super::{CheckedPolicy, can, unused};
use crate::arguments::{Format, PolicyCheck};
use crate::output::{counted, print_line, say};
use crate::{Verdict, catalogue};

pub fn run(options: &PolicyCheck, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let catalogue = known.catalogue(options.service.as_deref())?;
    // `--service` chooses operations. Whether an action exists does not depend on it.
    let whole = match options.service {
        Some(_) => known.catalogue(None)?,
        None => catalogue,
    };
    let actions = PermissionSet::of(&whole);
    let read = super::read(&options.file, &whole)?;
    let sound = read.checked.policy.as_ref();
    let Some(policy) = sound.filter(|_| read.checked.is_valid()) else {
        if options.format == Format::Json {
            print_line(as_json(options, &read, None, &[], None));
        }
        return Ok(Verdict::Findings);
    };
    say_restrictions(policy);

    let place = options.attached.place();
    let attached = [Attached { policy, place }];
    let policies = Policies::new(&attached);
    let ask = |text: &String| PolicyQuestion::of(policies, &catalogue, &known.present_name(text));
    let asked: Vec<PolicyQuestion<'_>> = options.can.iter().map(ask).collect();
    let unused: Option<Vec<Unused<'_>>> = if options.unused.is_empty() {
        None
    } else {
        let traffic = traffic::read(&options.unused)?;
        Some(unused::of(policy, &catalogue, &actions, &traffic))
    };
    match options.format {
        Format::Text => {
            asked.iter().for_each(can::print);
            unused.iter().flatten().for_each(unused::print);
        }
        Format::Json => {
            let version = Some(catalogue.version());
            print_line(as_json(options, &read, version, &asked, unused.as_deref()));
        }
    }
    Ok(verdict(&read, &asked, unused.as_deref()))
}

/// The worst result of all questions. If there is no question, whether the policy has a finding.
fn verdict(
    read: &CheckedPolicy,
    asked: &[PolicyQuestion<'_>],
    unused: Option<&[Unused<'_>]>,
) -> Verdict {
    let answers = asked.iter().map(PolicyQuestion::verdict);
    let needed = unused.map(|unused| match unused {
        [] => Verdict::Clean,
        _ => Verdict::Findings,
    });
    answers.chain(needed).max().unwrap_or_else(|| {
        if read.checked.findings.is_empty() {
            say("the policy is valid, and every action in it is documented");
            Verdict::Clean
        } else {
            Verdict::Findings
        }
    })
}

/// Says that conditions and resources are not evaluated, so that nobody thinks that they are.
fn say_restrictions(policy: &Policy) {
    let statements = policy.statements().iter();
    let restricted = statements
        .filter(|statement| statement.is_restricted())
        .count();
    if restricted > 0 {
        say(&format!(
            "note: the conditions and resources of {} are not evaluated",
            counted(restricted, "statement")
        ));
    }
}

fn as_json(
    options: &PolicyCheck,
    read: &CheckedPolicy,
    catalogue: Option<&str>,
    asked: &[PolicyQuestion<'_>],
    unused: Option<&[Unused<'_>]>,
) -> String {
    let file = options.file.display().to_string();
    let finding = |finding: &Finding| {
        let place = Location::offset(&file, &read.text, finding.span.start);
        json!({
            "severity": finding.severity.to_string(),
            "message": finding.message,
            "help": finding.help,
            "line": place.line,
            "column": place.column,
            "start": finding.span.start,
            "end": finding.span.end,
        })
    };
    let value = json!({
        "file": file,
        "catalogue": catalogue,
        "valid": read.checked.is_valid(),
        "findings": read.checked.findings.iter().map(finding).collect::<Value>(),
        "attached": options.attached.name(),
        "can": asked.iter().map(can::as_json).collect::<Value>(),
        "unused": unused.map(|unused| unused.iter().map(unused::as_json).collect::<Value>()),
    });
    format!("{value:#}")
}
