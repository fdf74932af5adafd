//! `permspec policy diff`: finds what one policy allows and another does not.
//! A pattern also matches actions that no table lists. This module must never report two policies as the same only
//! because they allow the same actions of the catalogue.

use std::collections::BTreeSet;
use std::path::Path;

use permspec::Error;
use permspec_runtime::policy::{Attached, Decision, Effect, Place, Policies, Policy, Statement};
use permspec_runtime::{Catalogue, Permission, PermissionSet, Scope};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::{Attachment, Format, PolicyDiff};
use crate::output::{counted, print, print_line, say};
use crate::{Verdict, catalogue};

/// An action, an operation or a pattern, and what each policy says about it.
struct Difference {
    of: String,
    before: String,
    after: String,
}

/// The differences between two policies.
struct Differences {
    actions: Vec<Difference>,
    operations: Vec<Difference>,
    /// Patterns by which the policies may differ in actions outside of the catalogue.
    beyond: Vec<Difference>,
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
    let found = Differences {
        actions: actions(&before, &after, &known),
        operations: operations(&before, &after, &catalogue, place),
        beyond: beyond(&before, &after, &known),
    };
    match options.format {
        Format::Text => print(&found.lines()),
        Format::Json => {
            let json = found.as_json(catalogue.version(), options.attached);
            print_line(format_args!("{json:#}"));
        }
    }
    say(&format!(
        "as attached in an {place}, {}",
        found.summary(catalogue.version())
    ));
    Ok(if !found.are_same() || !are_valid {
        Verdict::Findings
    } else if found.beyond.is_empty() {
        Verdict::Clean
    } else {
        Verdict::Undecided
    })
}

/// The actions on which the policies differ: actions of the catalogue, and actions that a policy names. An action is
/// compared without a scope, because the scope depends on the operation.
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

/// The operations on which the policies differ.
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

/// The patterns by which the policies may differ in actions that no table lists. A pattern that a table has instead of
/// an action counts as an action of the catalogue.
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
            // Both policies allow a part of the pattern. The parts are the same if the same patterns match.
            difference(action, was, is, || {
                (near(&of_before) != near(&of_after)).then_some("depends on other patterns")
            })
        });
    differing.collect()
}

/// How two policies differ on an action, if they do. If both policies depend on something, `otherwise` says what else
/// the later policy depends on.
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

/// A pattern of a policy, with the effect and the restrictions of its statement.
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

/// Whether two patterns may belong to one service.
fn are_of_one_service(a: &Permission, b: &Permission) -> bool {
    let is_open = |action: &Permission| action.service().contains('*');
    a.service() == b.service() || is_open(a) || is_open(b)
}

/// The actions that a policy names, without patterns. They need not be in a table.
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

impl Differences {
    /// Whether the policies are the same over the catalogue.
    fn are_same(&self) -> bool {
        self.actions.is_empty() && self.operations.is_empty()
    }

    /// One line per difference.
    fn lines(&self) -> String {
        let line = |difference: &Difference| {
            let Difference { of, before, after } = difference;
            format!("{of}: {before} -> {after}\n")
        };
        let listed = self.actions.iter().chain(&self.operations).map(line);
        let patterns = self.beyond.iter();
        let beyond = patterns.map(|pattern| format!("beyond the catalogue: {}", line(pattern)));
        listed.chain(beyond).collect()
    }

    /// How many actions, operations and patterns differ.
    fn summary(&self, version: &str) -> String {
        let patterns = self.beyond.len();
        let differ = match (self.are_same(), patterns) {
            (true, 0) => "both policies allow the same".to_owned(),
            (true, _) => "both policies allow the same over the catalogue".to_owned(),
            (false, _) => format!(
                "{} and {} differ",
                counted(self.actions.len(), "action"),
                counted(self.operations.len(), "operation")
            ),
        };
        let more = match patterns {
            0 => String::new(),
            _ => format!(
                "; {} may differ in actions that the documentation does not list",
                counted(patterns, "pattern")
            ),
        };
        format!("{differ}, over {version}{more}")
    }

    fn as_json(&self, version: impl Serialize, attached: Attachment) -> Value {
        let all = |of: &str, differences: &[Difference]| -> Value {
            differences.iter().map(|one| as_json(of, one)).collect()
        };
        json!({
            "catalogue": version,
            "attached": attached.name(),
            "actions": all("action", &self.actions),
            "operations": all("operation", &self.operations),
            "beyond": all("pattern", &self.beyond),
        })
    }
}

/// A difference. Its first key says what `of` is: `action`, `operation` or `pattern`, as in every command.
fn as_json(of: &str, difference: &Difference) -> Value {
    json!({of: difference.of, "before": difference.before, "after": difference.after})
}
