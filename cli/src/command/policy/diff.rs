//! `permspec policy diff`: what one policy allows and another does not, over the catalogue and, for
//! patterns, beyond it.
//! A pattern means actions that no table lists, so this module must never call two policies the same
//! for their actions in the catalogue alone.

use std::collections::BTreeSet;
use std::path::Path;

use permspec::Error;
use permspec_runtime::policy::{Attached, Decision, Effect, Place, Policies, Policy, Statement};
use permspec_runtime::{Catalogue, Permission, PermissionSet, Scope};
use serde_json::{Value, json};

use crate::arguments::{Format, PolicyDiff};
use crate::output::{counted, print, print_line, say};
use crate::{Verdict, catalogue};

/// An action or an operation, and what the policies say about it.
struct Difference {
    of: String,
    before: String,
    after: String,
}

pub fn run(options: &PolicyDiff, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(options.catalogue, config, None)?;
    let known = PermissionSet::documented(&catalogue);
    let (before, after) = (
        super::read(&options.before, &catalogue)?,
        super::read(&options.after, &catalogue)?,
    );
    let are_valid = before.checked.is_valid() && after.checked.is_valid();
    let (Some(before), Some(after)) = (before.checked.policy, after.checked.policy) else {
        return Ok(Verdict::Findings);
    };
    let place = options.attached.place();
    let actions = actions(&before, &after, &known);
    let operations = operations(&before, &after, &catalogue, place);
    let beyond = beyond(&before, &after, &known);
    match options.format {
        Format::Text => print(&lines(&actions, &operations, &beyond)),
        Format::Json => print_line(format_args!(
            "{:#}",
            json!({
                "catalogue": catalogue.version(),
                "attached": options.attached.name(),
                "actions": actions.iter().map(|one| as_json("action", one)).collect::<Value>(),
                "operations": operations.iter().map(|one| as_json("operation", one)).collect::<Value>(),
                "beyond": beyond.iter().map(|one| as_json("pattern", one)).collect::<Value>(),
            })
        )),
    }
    let is_same = actions.is_empty() && operations.is_empty();
    let differ = if is_same {
        let over = if beyond.is_empty() {
            ""
        } else {
            " over the catalogue"
        };
        format!("both policies allow the same{over}")
    } else {
        let differ = counted(actions.len(), "action");
        format!(
            "{differ} and {} differ",
            counted(operations.len(), "operation")
        )
    };
    let more = match beyond.len() {
        0 => String::new(),
        1 => "; 1 pattern may differ in actions that the documentation does not list".to_owned(),
        count => {
            format!("; {count} patterns may differ in actions that the documentation does not list")
        }
    };
    let version = catalogue.version();
    say(&format!(
        "as attached in an {place}, {differ}, over {version}{more}"
    ));
    Ok(if !is_same || !are_valid {
        Verdict::Findings
    } else if beyond.is_empty() {
        Verdict::Clean
    } else {
        Verdict::Undecided
    })
}

/// The actions of the catalogue, and those that a policy names, on which the policies differ. Where
/// an action takes effect is its operation's matter, so an action alone is compared without a scope.
fn actions(before: &Policy, after: &Policy, known: &PermissionSet) -> Vec<Difference> {
    let all = known.clone().union(named(before)).union(named(after));
    let differing = all.iter().filter_map(|action| {
        let (was, is) = (state(before, action), state(after, action));
        difference(action, was, is, || {
            (restrictions(before, action) != restrictions(after, action))
                .then_some("depends on another condition")
        })
    });
    differing.collect()
}

/// The operations about which the policies answer differently.
fn operations(
    before: &Policy,
    after: &Policy,
    catalogue: &Catalogue,
    place: Place,
) -> Vec<Difference> {
    let differing = catalogue.specs().filter_map(|spec| {
        let [was, is] = [before, after].map(|policy| {
            let attached = [Attached { policy, place }];
            Policies::new(&attached).explain(spec).answer()
        });
        (was != is).then(|| Difference {
            of: spec.to_string(),
            before: was.to_string(),
            after: is.to_string(),
        })
    });
    differing.collect()
}

/// The patterns by which the policies may differ in actions that no table lists. One that a table has
/// in the place of an action is an action of the catalogue.
fn beyond(before: &Policy, after: &Policy, known: &PermissionSet) -> Vec<Difference> {
    let (of_before, of_after) = (patterns(before), patterns(after));
    let named = of_before
        .iter()
        .chain(&of_after)
        .map(|pattern| pattern.action);
    let all: PermissionSet = named.cloned().collect();
    let differing = all
        .iter()
        .filter(|action| !known.contains(action))
        .filter_map(|action| {
            let (was, is) = (state(before, action), state(after, action));
            let near = |patterns: &BTreeSet<Pattern<'_>>| -> BTreeSet<String> {
                let near = patterns
                    .iter()
                    .filter(|pattern| are_of_one_service(pattern.action, action));
                near.map(ToString::to_string).collect()
            };
            // Both allow a part of it; it is the same one where the same patterns say so.
            difference(action, was, is, || {
                (near(&of_before) != near(&of_after)).then_some("depends on other patterns")
            })
        });
    differing.collect()
}

/// How two policies differ on an action, if they do. Where both allow it under a condition only,
/// `otherwise` says what else it depends on.
fn difference(
    action: &Permission,
    was: &str,
    is: &str,
    otherwise: impl FnOnce() -> Option<&'static str>,
) -> Option<Difference> {
    let after = match is {
        _ if was != is => is,
        "depends" => otherwise()?,
        _ => return None,
    };
    Some(Difference {
        of: action.to_string(),
        before: was.to_owned(),
        after: after.to_owned(),
    })
}

/// A pattern of a policy, with what its statement says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern<'p> {
    action: &'p Permission,
    effect: Effect,
    condition: Option<&'p str>,
    resource: Option<&'p str>,
}

impl std::fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let action = self.action.as_str().to_ascii_lowercase();
        let restrictions = (self.condition, self.resource);
        write!(f, "{:?} {action} {restrictions:?}", self.effect)
    }
}

fn patterns(policy: &Policy) -> BTreeSet<Pattern<'_>> {
    policy.statements().iter().flat_map(of_statement).collect()
}

fn of_statement(statement: &Statement) -> impl Iterator<Item = Pattern<'_>> {
    let actions = statement.actions().iter();
    actions
        .filter(|action| action.is_pattern())
        .map(|action| Pattern {
            action,
            effect: statement.effect(),
            condition: statement.condition(),
            resource: statement.resource(),
        })
}

/// Whether two patterns are of one service, as far as that is stated.
fn are_of_one_service(a: &Permission, b: &Permission) -> bool {
    let is_open = |action: &Permission| action.service().contains('*');
    a.service() == b.service() || is_open(a) || is_open(b)
}

/// What a policy names besides patterns, be it in a table or not; patterns of tables are known anyway.
fn named(policy: &Policy) -> PermissionSet {
    let actions = policy.statements().iter().flat_map(Statement::actions);
    actions
        .filter(|action| !action.is_pattern())
        .cloned()
        .collect()
}

fn state(policy: &Policy, action: &Permission) -> &'static str {
    let attached = [Attached {
        policy,
        place: Place::IamProject,
    }];
    match Policies::new(&attached).decide(action, Scope::default()) {
        Decision::Allowed(_) => "allowed",
        Decision::Denied(_) => "denied",
        Decision::Depends(_) => "depends",
        Decision::NotAllowed(_) => "not allowed",
    }
}

/// The conditions and lists of resources under which a policy names an action.
fn restrictions<'p>(
    policy: &'p Policy,
    action: &Permission,
) -> BTreeSet<(Effect, Option<&'p str>, Option<&'p str>)> {
    let restricted = policy.statements().iter().filter(|statement| {
        let mut named = statement.actions().iter();
        statement.is_restricted() && named.any(|named| named.covers(action))
    });
    restricted
        .map(|statement| {
            (
                statement.effect(),
                statement.condition(),
                statement.resource(),
            )
        })
        .collect()
}

fn lines(actions: &[Difference], operations: &[Difference], beyond: &[Difference]) -> String {
    let line = |difference: &Difference| {
        let Difference { of, before, after } = difference;
        format!("{of}: {before} -> {after}\n")
    };
    let listed = actions.iter().chain(operations).map(line);
    let beyond = beyond
        .iter()
        .map(|pattern| format!("beyond the catalogue: {}", line(pattern)));
    listed.chain(beyond).collect()
}

/// A difference under the name that every command has for what it is of: `action` or `operation`.
fn as_json(of: &str, difference: &Difference) -> Value {
    json!({of: difference.of, "before": difference.before, "after": difference.after})
}
