//! One change between two versions: its rule, where it is, and what it was before and after.
//! Plain data with one sentence for people; this module must never compare anything.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::rules::{PolicyEffect, Rule, Semver, Severity};

/// One change between two versions of the documentation.
///
/// In JSON it has the fields of this struct in their order; `effects` only where there are some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub rule: Rule,
    /// Whether the documentation says something else about a call; a cosmetic change is not.
    pub semantic: bool,
    /// Whether a call, or a policy for it, that worked before does not any more.
    pub breaking: bool,
    /// What it asks of a least-privilege policy.
    pub policy: PolicyEffect,
    /// What it asks of the version of the generated crate: that of the worst of its effects, where it
    /// has some.
    pub release: Semver,
    /// The service.
    pub service: String,
    /// The identifier of the operation that it concerns, in the new version where that has it.
    pub operation: Option<String>,
    /// The title of the operation, or of the page.
    pub title: String,
    /// The call that it concerns, as the old version writes it where that has it: the first one of
    /// `routes`.
    pub route: Option<String>,
    /// Every call of the operation that it concerns.
    pub routes: Vec<String>,
    /// The actions of an operation that is new or gone, and of one that got or lost a call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// Whether a call came or went with its operation, not by itself.
    #[serde(skip)]
    pub whole: bool,
    /// What was said before.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
    /// The page, in the new version where that has it.
    pub page: String,
    /// The file that holds it, as messages name it.
    pub file: String,
    /// The line of the operation's row in that file, from 1; 1 where the page as a whole is meant.
    pub line: u32,
    /// Identifies the change in other runs; see [`fingerprint`](mod@super::fingerprint).
    pub fingerprint: String,
    /// The changes of single operations that are explained by this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Change>,
}

impl Change {
    /// How much it concerns those who use the calls.
    pub fn severity(&self) -> Severity {
        match (self.breaking, self.semantic) {
            (true, _) => Severity::Breaking,
            (false, true) => Severity::Semantic,
            (false, false) => Severity::Cosmetic,
        }
    }
}

impl fmt::Display for Change {
    /// One sentence that names the operation, in lower case, without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Change { rule, page, .. } = self;
        // Text of a page stands between back-ticks, and must not end them.
        let plain = |text: &Option<String>| text.as_deref().unwrap_or("nothing").replace('`', "'");
        let id = self.operation.as_deref().unwrap_or("the page");
        let (before, after) = (plain(&self.before), plain(&self.after));
        match rule {
            Rule::PageAdded => write!(f, "the page `{page}` is new{}", Effects(self, "with")),
            Rule::PageRemoved => write!(
                f,
                "the page `{page}` is gone{}",
                Effects(self, "and with it")
            ),
            Rule::PageMoved => write!(f, "the page is `{after}` now, was `{before}`"),
            Rule::PageRetitled => write!(f, "the page is called `{after}` now, was `{before}`"),
            Rule::ColumnAdded => write!(
                f,
                "the column `{after}` is new{}",
                Effects(self, "and says something of")
            ),
            Rule::ColumnRemoved => write!(
                f,
                "the column `{before}` is gone{}",
                Effects(self, "and with it what it said of")
            ),
            Rule::ColumnRenamed => write!(f, "the column `{after}` was `{before}`"),
            Rule::RouteAdded if self.whole => {
                write!(
                    f,
                    "`{id}` is new: {}",
                    Needs(self.after.as_ref().map(|_| &*after), "needs", &self.actions)
                )
            }
            Rule::RouteRemoved if self.whole => {
                write!(
                    f,
                    "`{id}` is gone: {}",
                    Needs(
                        self.before.as_ref().map(|_| &*before),
                        "needed",
                        &self.actions
                    )
                )
            }
            Rule::RouteAdded => write!(f, "`{id}` is now also `{after}`"),
            Rule::RouteRemoved => write!(f, "`{id}` is no longer `{before}`"),
            Rule::PathChanged
            | Rule::MethodChanged
            | Rule::BodyActionChanged
            | Rule::BodyActionDocumented
            | Rule::BodyActionUndocumented
            | Rule::CallRenamed => write!(f, "`{id}` is now `{after}`, was `{before}`"),
            Rule::PathParameterRenamed => {
                write!(f, "`{id}` names its parameters `{after}`, was `{before}`")
            }
            Rule::QueryChanged => match (&self.before, &self.after) {
                (None, _) => write!(f, "`{id}` takes the query `{after}` now"),
                (_, None) => write!(f, "`{id}` takes no query any more, was `{before}`"),
                _ => write!(f, "`{id}` takes the query `{after}`, was `{before}`"),
            },
            Rule::ActionAdded => write!(f, "`{id}` now also needs `{after}`"),
            Rule::ActionRemoved => write!(f, "`{id}` no longer needs `{before}`"),
            Rule::ActionRenamed => write!(f, "`{id}` needs `{after}` instead of `{before}`"),
            Rule::ActionRespelled => write!(f, "`{id}` spells `{after}`, was `{before}`"),
            Rule::ConditionAdded | Rule::ConditionRemoved | Rule::ConditionReworded => {
                write!(f, "`{id}` has `{after}`, was `{before}`")
            }
            Rule::DependencyAdded => write!(f, "`{id}` now also depends on `{after}`"),
            Rule::DependencyRemoved => write!(f, "`{id}` no longer depends on `{before}`"),
            Rule::ScopeNarrowed
            | Rule::ScopeWidened
            | Rule::ScopeDocumented
            | Rule::ScopeUndocumented => write!(f, "`{id}` in an {after}, was {}", value(&before)),
            Rule::TitleChanged => write!(f, "`{id}` is now called `{after}`, was `{before}`"),
            Rule::OperationMoved => write!(f, "`{id}` stands on page `{after}`, was `{before}`"),
            Rule::RowsRegrouped => write!(
                f,
                "`{}` is in the row of `{after}`, was in that of `{before}`",
                self.routes.join(", ").replace('`', "'")
            ),
            Rule::ConstantChanged => write!(f, "the constant `{after}` was `{before}`"),
            Rule::IdentifierChanged => write!(f, "`{after}` has another name, was `{before}`"),
        }
    }
}

/// `not supported` of `enterprise project: not supported`.
fn value(scope: &str) -> &str {
    scope.rsplit(": ").next().unwrap_or(scope)
}

/// `, with 5 calls` of a change that explains others; nothing of one that does not.
struct Effects<'a>(&'a Change, &'a str);

impl fmt::Display for Effects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let concerned: BTreeSet<&Option<String>> = self
            .0
            .effects
            .iter()
            .map(|effect| &effect.operation)
            .collect();
        match concerned.len() {
            0 => Ok(()),
            1 => write!(f, ", {} 1 operation", self.1),
            count => write!(f, ", {} {count} operations", self.1),
        }
    }
}

/// `` `POST /v1/cloudimages/members` needs `ims:images:share` ``.
struct Needs<'a>(Option<&'a str>, &'static str, &'a [String]);

impl fmt::Display for Needs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(call) => write!(f, "`{call}` {} ", self.1)?,
            None => write!(f, "no call, {} ", self.1)?,
        }
        let actions: Vec<String> = self.2.iter().map(|action| format!("`{action}`")).collect();
        match actions.as_slice() {
            [] => f.write_str("no action"),
            actions => f.write_str(&actions.join(", ")),
        }
    }
}
