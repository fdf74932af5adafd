//! `permspec policy check`: whether a policy is sound, what it allows, what of it nobody needed.

use std::path::Path;

use permspec::Error;
use permspec_runtime::policy::{Answer, Attached, Effect, Place, Policies, Policy, Statement};
use permspec_runtime::{Catalogue, Permission, PermissionSet};

use super::super::call::{Meaning, meaning, operations};
use super::super::traffic;
use crate::arguments::{Attachment, PolicyCheck};
use crate::output::{counted, print, say};
use crate::{Verdict, catalogue};

pub fn run(options: &PolicyCheck, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(config, options.service.as_deref())?;
    // Whether an action exists does not depend on the service that is asked about.
    let known = PermissionSet::of(&catalogue::load(config, None)?);
    let checked = super::read(&options.file, &known)?;
    let Some(policy) = checked.policy.as_ref().filter(|_| checked.is_valid()) else {
        return Ok(Verdict::Findings);
    };
    let mut clean = checked.findings.is_empty();
    for text in &options.can {
        clean &= can(policy, options.attached, &catalogue, text);
    }
    if !options.unused.is_empty() {
        clean &= unused(policy, &catalogue, &known, &traffic::read(&options.unused)?);
    }
    if options.can.is_empty() && options.unused.is_empty() && clean {
        say("the policy is valid, and every action in it is documented");
    }
    Ok(if clean {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

/// Prints whether and why the policy allows what `text` names; true where it does without a doubt.
fn can(policy: &Policy, attached: Attachment, catalogue: &Catalogue, text: &str) -> bool {
    let place = match attached {
        Attachment::IamProject => Place::IamProject,
        Attachment::EnterpriseProject => Place::EnterpriseProject,
    };
    let attached = [Attached { policy, place }];
    match meaning(catalogue, text) {
        Meaning::Operations(found) => {
            let mut all = true;
            for spec in found {
                let explanation = Policies::new(&attached).explain(spec);
                print(&format!("{explanation}\n"));
                all &= explanation.answer() == Answer::Yes;
            }
            all
        }
        Meaning::Unknown(meant) => {
            say(&format!("error: `{text}` is no operation"));
            for meant in meant {
                say(&format!("help: did you mean {meant}?"));
            }
            false
        }
    }
}

/// Prints the allowed actions that no call needs; true where there is none.
fn unused(
    policy: &Policy,
    catalogue: &Catalogue,
    known: &PermissionSet,
    traffic: &traffic::Traffic,
) -> bool {
    let mut needed = PermissionSet::new();
    let mut unknown = 0;
    for (call, count) in traffic {
        let found = operations(catalogue, call);
        unknown += if found.is_empty() { *count } else { 0 };
        // Whichever operation was meant, its actions may have been needed.
        let requirements = found
            .iter()
            .flat_map(|spec| spec.permissions.iter().chain(spec.dependencies));
        needed.extend(requirements.map(|requirement| requirement.permission.clone()));
    }
    let needed_in = |named: &Permission| {
        needed
            .iter()
            .any(|action| named.covers(action) || action.covers(named))
    };
    let allowing = policy
        .statements()
        .iter()
        .filter(|statement| statement.effect() == Effect::Allow);
    let mut never = 0;
    for named in allowing.flat_map(Statement::actions) {
        if !needed_in(named) {
            never += 1;
            print(&format!("{named}: never needed\n"));
        } else if named.is_pattern() {
            let meant = known.expand([named]);
            let idle: Vec<&str> = meant
                .iter()
                .filter(|action| !needed_in(action))
                .map(Permission::as_str)
                .collect();
            if !idle.is_empty() {
                never += 1;
                print(&format!(
                    "{named}: of {} actions {} were never needed: {}\n",
                    meant.len(),
                    idle.len(),
                    idle.join(", ")
                ));
            }
        }
    }
    if unknown > 0 {
        say(&format!(
            "warning: {} no operation has",
            counted(unknown, "call")
        ));
    }
    never == 0
}
