//! `permspec policy diff`: what one policy allows and another does not, over the catalogue.

use std::path::Path;

use permspec::Error;
use permspec_runtime::policy::{Attached, Decision, Place, Policies, Policy, Statement};
use permspec_runtime::{Permission, PermissionSet, Scope};

use crate::output::{print, say};
use crate::{Verdict, catalogue};

pub fn run(before: &Path, after: &Path, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(config, None)?;
    let known = PermissionSet::of(&catalogue);
    let (before, after) = (super::read(before, &known)?, super::read(after, &known)?);
    let (Some(before), Some(after)) = (before.policy, after.policy) else {
        return Ok(Verdict::Findings);
    };
    let attached = |policy| {
        [Attached {
            policy,
            place: Place::IamProject,
        }]
    };
    let (before_attached, after_attached) = (attached(&before), attached(&after));
    let (old, new) = (
        Policies::new(&before_attached),
        Policies::new(&after_attached),
    );
    let mut differences = 0;
    for action in known.union(named(&before)).union(named(&after)).iter() {
        // The scope is the operation's matter; an action alone is compared as if it had none.
        let [was, is] = [old, new].map(|policies| state(policies, action));
        if was != is {
            differences += 1;
            print(&format!("{action}: {was} -> {is}\n"));
        }
    }
    for spec in catalogue.specs() {
        let [was, is] = [old, new].map(|policies| policies.explain(spec).answer());
        if was != is {
            differences += 1;
            print(&format!("{spec}: {was} -> {is}\n"));
        }
    }
    if differences == 0 {
        say("both policies allow the same, over the catalogue and what they name");
        return Ok(Verdict::Clean);
    }
    Ok(Verdict::Findings)
}

/// What a policy names besides patterns, be it in a table or not.
fn named(policy: &Policy) -> PermissionSet {
    let actions = policy.statements().iter().flat_map(Statement::actions);
    actions
        .filter(|action| !action.is_pattern())
        .cloned()
        .collect()
}

fn state(policies: Policies<'_>, action: &Permission) -> &'static str {
    match policies.decide(action, Scope::default()) {
        Decision::Allowed(_) => "allowed",
        Decision::Denied(_) => "denied",
        Decision::Restricted(_) => "restricted",
        Decision::NotAllowed(_) => "not allowed",
    }
}
