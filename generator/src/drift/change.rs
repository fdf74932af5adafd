//! One change between two versions: its rule, where it is, and what it was before and after. Plain data. This
//! module must never compare anything.

use serde::Serialize;

use super::effect::{ChangeSeverity, PolicyEffect, Semver};
use super::rules::Rule;

/// One change between two versions of the documentation.
///
/// In JSON it has the fields of this struct in their order. `effects` is left out if it is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub rule: Rule,
    /// Whether the documentation says something different about a call. A cosmetic change is not semantic.
    pub semantic: bool,
    /// Whether a call that worked before, or a policy for it, no longer works.
    pub breaking: bool,
    /// What it asks of a least-privilege policy.
    pub policy: PolicyEffect,
    /// What it asks of the version of the generated crate. A change with effects asks for as much as the
    /// greatest of them.
    pub release: Semver,
    /// The service.
    pub service: String,
    /// The identifier of the operation that it concerns, in the new version if the operation is there.
    pub operation: Option<String>,
    /// The title of the operation, or of the page.
    pub title: String,
    /// The endpoint that it concerns: the first one of `endpoints`.
    pub endpoint: Option<String>,
    /// Every endpoint of the operation that it concerns, as the old version writes it if it is there. If the page
    /// names a call without method and path, this is the name.
    pub endpoints: Vec<String>,
    /// The actions of an operation that is new or gone, and of one that got or lost a call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// Whether a call was added or removed together with its operation.
    #[serde(skip)]
    pub whole: bool,
    /// What was said before.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
    /// The page, in the new version if the page is there.
    pub page: String,
    /// The file that contains it, as messages name it.
    pub file: String,
    /// The line of the operation's row in that file, from 1. It is 1 for a change of the whole page.
    pub line: u32,
    /// Identifies the change in other runs; see [`fingerprint`](mod@super::fingerprint).
    pub fingerprint: String,
    /// The changes of single operations that are explained by this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Change>,
}

impl Change {
    /// How much it concerns those who use the calls.
    pub fn severity(&self) -> ChangeSeverity {
        match (self.breaking, self.semantic) {
            (true, _) => ChangeSeverity::Breaking,
            (false, true) => ChangeSeverity::Semantic,
            (false, false) => ChangeSeverity::Cosmetic,
        }
    }
}
