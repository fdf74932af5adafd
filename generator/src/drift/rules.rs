//! The list of every kind of change that can be found between two versions, one entry each.
//! Identifiers are stable: this module must never reuse or rename one.

use std::fmt;

use serde::{Serialize, Serializer};

/// How much a change concerns those who use the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No caller and no policy notices.
    Cosmetic,
    /// The documentation says something else about a call.
    Semantic,
    /// A call, or a policy for it, that worked by the documentation before does not any more.
    Breaking,
}

/// What a change asks of a policy that grants no more than the documentation says is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyEffect {
    /// Nothing.
    None,
    /// It may grant less than before.
    MayGrantLess,
    /// It must grant more, or in another place, for the same operations.
    MustGrantMore,
}

/// What release of the generated crate a change asks for at most, as in Semantic Versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Semver {
    /// The crate has the same public items.
    Patch,
    /// Public items are new.
    Minor,
    /// Public items are gone, take other parameters or stand for another call.
    Major,
}

/// One entry of [`RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The rule.
    pub rule: Rule,
    /// Its stable identifier, such as `route-removed`.
    pub id: &'static str,
    /// How bad it is at most.
    pub severity: Severity,
    /// What it asks of a least-privilege policy at most.
    pub policy: PolicyEffect,
    /// What it asks of the generated crate's version at most.
    pub semver: Semver,
    /// The rule of the same change in the other direction.
    pub opposite: Rule,
    /// One sentence on when it applies.
    pub description: &'static str,
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident, $policy:ident, $semver:ident, $opposite:ident;)+) => {
        /// A kind of change. Its string form (`route-removed`) is stable across versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        /// Every rule: what is looked for between two versions of the documentation, and what it means.
        ///
        /// ```
        /// use permspec::drift::{RULES, Severity};
        ///
        /// let breaking = RULES.iter().filter(|rule| rule.severity == Severity::Breaking);
        /// assert!(breaking.map(|rule| rule.id).any(|id| id == "route-removed"));
        /// ```
        pub static RULES: &[Entry] = &[$(Entry {
            rule: Rule::$name,
            id: $id,
            severity: Severity::$severity,
            policy: PolicyEffect::$policy,
            semver: Semver::$semver,
            opposite: Rule::$opposite,
            description: concat!($($doc),+).trim_ascii(),
        }),+];
    };
}

rules! {
    /// A page with permission tables is gone, and with it the operations that no other page took over.
    PageRemoved = "page-removed", Breaking, MayGrantLess, Major, PageAdded;
    /// A page with permission tables is new, and with it the operations that no other page had.
    PageAdded = "page-added", Semantic, None, Minor, PageRemoved;
    /// A page has another path.
    PageMoved = "page-moved", Cosmetic, None, Major, PageMoved;
    /// A page has another title.
    PageRetitled = "page-retitled", Cosmetic, None, Patch, PageRetitled;

    /// Tables of a page lost a column, and with it what the column said of their operations.
    ColumnRemoved = "column-removed", Semantic, MayGrantLess, Major, ColumnAdded;
    /// Tables of a page got a column, and with it what the column says of their operations.
    ColumnAdded = "column-added", Semantic, MustGrantMore, Minor, ColumnRemoved;
    /// A column has another header that means the same.
    ColumnRenamed = "column-renamed", Cosmetic, None, Patch, ColumnRenamed;

    /// A call is no longer documented.
    RouteRemoved = "route-removed", Breaking, MayGrantLess, Major, RouteAdded;
    /// A call is documented that was not.
    RouteAdded = "route-added", Semantic, None, Major, RouteRemoved;
    /// An operation is called by another path.
    PathChanged = "path-changed", Breaking, None, Major, PathChanged;
    /// A parameter of a path has another name; its place is the same.
    PathParameterRenamed = "path-parameter-renamed", Semantic, None, Patch, PathParameterRenamed;
    /// An operation is called by another method.
    MethodChanged = "method-changed", Breaking, None, Major, MethodChanged;
    /// A path names other query parameters.
    QueryChanged = "query-changed", Semantic, None, Major, QueryChanged;
    /// Another key of the body selects the operation.
    BodyActionChanged = "body-action-changed", Breaking, None, Major, BodyActionChanged;
    /// It is stated now which key of the body selects the operation.
    BodyActionDocumented = "body-action-documented", Semantic, None, Minor, BodyActionUndocumented;
    /// It is no longer stated which key of the body selects the operation.
    BodyActionUndocumented = "body-action-undocumented", Semantic, None, Major, BodyActionDocumented;
    /// A cell that names a call without method and path names it otherwise.
    CallRenamed = "call-renamed", Cosmetic, None, Patch, CallRenamed;

    /// An operation needs another action besides those it needed.
    ActionAdded = "action-added", Breaking, MustGrantMore, Minor, ActionRemoved;
    /// An operation no longer needs an action.
    ActionRemoved = "action-removed", Semantic, MayGrantLess, Major, ActionAdded;
    /// An operation needs one action in the place of another one of the same service.
    ActionRenamed = "action-renamed", Breaking, MustGrantMore, Major, ActionRenamed;
    /// An action or dependency is written in other upper and lower case, which IAM does not tell apart.
    ActionRespelled = "action-respelled", Cosmetic, None, Major, ActionRespelled;
    /// An action or dependency that was always needed is needed in a case only.
    ConditionAdded = "condition-added", Semantic, MayGrantLess, Patch, ConditionRemoved;
    /// An action or dependency that was needed in a case only is always needed.
    ConditionRemoved = "condition-removed", Semantic, MustGrantMore, Patch, ConditionAdded;
    /// The case in which an action or dependency is needed reads otherwise.
    ConditionReworded = "condition-reworded", Cosmetic, None, Patch, ConditionReworded;
    /// An operation depends on another action besides those it depended on.
    DependencyAdded = "dependency-added", Semantic, MustGrantMore, Minor, DependencyRemoved;
    /// An operation no longer depends on an action.
    DependencyRemoved = "dependency-removed", Semantic, MayGrantLess, Major, DependencyAdded;

    /// A policy in a kind of project no longer takes effect for an operation.
    ScopeNarrowed = "scope-narrowed", Breaking, MustGrantMore, Patch, ScopeWidened;
    /// A policy in a kind of project takes effect for an operation now.
    ScopeWidened = "scope-widened", Semantic, None, Patch, ScopeNarrowed;
    /// It is stated now whether a policy in a kind of project takes effect.
    ScopeDocumented = "scope-documented", Semantic, None, Patch, ScopeUndocumented;
    /// It is no longer stated whether a policy in a kind of project takes effect.
    ScopeUndocumented = "scope-undocumented", Semantic, None, Patch, ScopeDocumented;

    /// An operation has another title.
    TitleChanged = "title-changed", Cosmetic, None, Patch, TitleChanged;
    /// An operation stands on another page.
    OperationMoved = "operation-moved", Cosmetic, None, Major, OperationMoved;
    /// Calls that stood in one row stand in several, or the other way round.
    RowsRegrouped = "rows-regrouped", Cosmetic, None, Major, RowsRegrouped;
    /// The identifier that the model pins was changed: the generated name is another one.
    IdentifierChanged = "identifier-changed", Breaking, None, Major, IdentifierChanged;
    /// The constant of an action or of a query parameter has another name, or its name has another value.
    ConstantChanged = "constant-changed", Breaking, None, Major, ConstantChanged;
}

impl Rule {
    /// What the rule is about, and what it means.
    pub fn entry(self) -> &'static Entry {
        &RULES[self as usize]
    }

    /// The stable identifier.
    pub fn id(self) -> &'static str {
        self.entry().id
    }
}

impl Entry {
    /// The rule's place in the documentation of this repository.
    pub fn link(&self) -> String {
        format!("DRIFT.md#{}", self.id)
    }
}

impl Severity {
    /// The word that is printed: `breaking`, `semantic` or `cosmetic`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Cosmetic => "cosmetic",
            Severity::Semantic => "semantic",
            Severity::Breaking => "breaking",
        }
    }
}

impl PolicyEffect {
    /// The words that are printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            PolicyEffect::None => "none",
            PolicyEffect::MayGrantLess => "may grant less",
            PolicyEffect::MustGrantMore => "must grant more",
        }
    }
}

impl Semver {
    /// The word that is printed: `patch`, `minor` or `major`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Semver::Patch => "patch",
            Semver::Minor => "minor",
            Semver::Major => "major",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_at_its_own_place_under_a_name_of_its_own() {
        for (at, entry) in RULES.iter().enumerate() {
            assert_eq!(entry.rule as usize, at, "{}", entry.id);
            let twins = RULES.iter().filter(|other| other.id == entry.id);
            assert_eq!(twins.count(), 1, "{}", entry.id);
            assert!(entry.description.ends_with('.'), "{}", entry.id);
        }
    }

    #[test]
    fn the_opposite_of_a_rules_opposite_is_the_rule() {
        for entry in RULES {
            assert_eq!(entry.opposite.entry().opposite, entry.rule, "{}", entry.id);
        }
    }

    #[test]
    fn what_is_cosmetic_asks_nothing_of_a_policy() {
        let cosmetic = RULES
            .iter()
            .filter(|entry| entry.severity == Severity::Cosmetic);
        for entry in cosmetic {
            assert_eq!(entry.policy, PolicyEffect::None, "{}", entry.id);
        }
    }
}
