//! The list of every kind of change that can be found between two versions, one entry each. Identifiers are
//! stable. This module must never reuse or rename one.

use std::fmt;

use serde::{Serialize, Serializer};

use super::effect::{ChangeSeverity, PolicyEffect, Semver};

/// What part of the documentation a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Area {
    /// The tables that say which call needs which action.
    Permissions,
    /// The fields of requests and responses. A change of one asks nothing of a policy.
    Interface,
}

/// One entry of [`RULES`]: everything that a reader of a report must know about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The rule.
    pub rule: Rule,
    /// Its stable identifier, such as `route-removed`.
    pub id: &'static str,
    /// What part of the documentation it looks at.
    pub area: Area,
    /// How bad it is at most.
    pub severity: ChangeSeverity,
    /// What it asks of a least-privilege policy at most.
    pub policy: PolicyEffect,
    /// What it asks of the generated crate's version at most.
    pub semver: Semver,
    /// The rule of the same change in the other direction.
    pub opposite: Rule,
    /// The sentence about one change, as templates. The first one that fits is used. A name in braces is a
    /// value of the change, such as `{after}`. A template fits a change that has all of its values.
    pub messages: &'static [&'static str],
    /// One sentence on when it applies.
    pub description: &'static str,
}

/// The first of the given values.
macro_rules! first {
    ($first:expr $(, $other:expr)?) => {
        $first
    };
}

/// `Area { /// description  Name = "id": severity, release, policy effect, opposite, messages; .. }`. A rule
/// without a policy effect asks nothing of a policy. A rule without an opposite is its own opposite.
macro_rules! rules {
    ($($area:ident {$(
        $(#[doc = $doc:literal])+
        $name:ident = $id:literal: $severity:ident, $semver:ident
            $(, policy $policy:ident)? $(, opposite $opposite:ident)?, $($message:literal)|+;
    )+})+) => {
        /// A kind of change. Its string form (`route-removed`) is stable across versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($($(#[doc = $doc])+ $name,)+)+
        }

        /// Every rule: what is compared between two versions of the documentation, and what a difference
        /// means.
        ///
        /// ```
        /// use permspec::drift::{ChangeSeverity, RULES};
        ///
        /// let breaking = RULES.iter().filter(|rule| rule.severity == ChangeSeverity::Breaking);
        /// assert!(breaking.map(|rule| rule.id).any(|id| id == "route-removed"));
        /// ```
        pub static RULES: &[Entry] = &[$($(Entry {
            rule: Rule::$name,
            id: $id,
            area: Area::$area,
            severity: ChangeSeverity::$severity,
            policy: first!($(PolicyEffect::$policy,)? PolicyEffect::None),
            semver: Semver::$semver,
            opposite: first!($(Rule::$opposite,)? Rule::$name),
            messages: &[$($message),+],
            description: concat!($($doc),+).trim_ascii(),
        }),+),+];

        $($(const _: () = assert!(
            matches!(Area::$area, Area::Permissions)
                || matches!(first!($(PolicyEffect::$policy,)? PolicyEffect::None), PolicyEffect::None),
            "only a change of permissions has a policy effect"
        );)+)+
    };
}

rules! {
    Permissions {
        /// A page with permission tables is gone, and with it the operations that no other page took over.
        PageRemoved = "page-removed": Breaking, Major, policy MayGrantLess, opposite PageAdded,
            "the page `{page}` is gone, and with it {effects}"
            | "the page `{page}` is gone";
        /// A page with permission tables is new, and with it the operations that no other page had.
        PageAdded = "page-added": Semantic, Minor, opposite PageRemoved,
            "the page `{page}` is new, with {effects}"
            | "the page `{page}` is new";
        /// A page has another path.
        PageMoved = "page-moved": Cosmetic, Major,
            "the page is now `{after}`, was `{before}`";
        /// A page has another title.
        PageRetitled = "page-retitled": Cosmetic, Patch,
            "the page is now called `{after}`, was `{before}`";

        /// Tables of a page lost a column, and with it what the column said about their operations.
        ColumnRemoved = "column-removed": Semantic, Major, policy MayGrantLess, opposite ColumnAdded,
            "the column `{before}` is gone, which affects {effects}"
            | "the column `{before}` is gone";
        /// Tables of a page have a new column, and with it what the column says about their operations.
        ColumnAdded = "column-added": Semantic, Minor, policy MustGrantMore, opposite ColumnRemoved,
            "the column `{after}` is new, which affects {effects}"
            | "the column `{after}` is new";
        /// A column has another header that means the same.
        ColumnRenamed = "column-renamed": Cosmetic, Patch,
            "the column is now called `{after}`, was `{before}`";

        /// A call is no longer documented.
        RouteRemoved = "route-removed": Breaking, Major, policy MayGrantLess, opposite RouteAdded,
            "`{whole}` is gone: `{before}` needed {actions}"
            | "`{whole}` is gone: it had no call and needed {actions}"
            | "`{operation}` no longer has the call `{before}`";
        /// A call is documented that was not documented before.
        RouteAdded = "route-added": Semantic, Major, opposite RouteRemoved,
            "`{whole}` is new: `{after}` needs {actions}"
            | "`{whole}` is new: it has no call and needs {actions}"
            | "`{operation}` now also has the call `{after}`";
        /// An operation is called by another path.
        PathChanged = "path-changed": Breaking, Major,
            "`{operation}` is now `{after}`, was `{before}`";
        /// A parameter of a path has another name; its place is the same.
        PathParameterRenamed = "path-parameter-renamed": Semantic, Patch,
            "`{operation}` has renamed path parameters: now `{after}`, was `{before}`";
        /// An operation is called by another method.
        MethodChanged = "method-changed": Breaking, Major,
            "`{operation}` is now `{after}`, was `{before}`";
        /// An operation takes other query parameters.
        QueryChanged = "query-changed": Semantic, Major,
            "`{operation}` now takes the query `{after}`, was `{before}`"
            | "`{operation}` now takes the query `{after}`"
            | "`{operation}` no longer takes the query `{before}`";
        /// Another key of the body selects the operation.
        BodyActionChanged = "body-action-changed": Breaking, Major,
            "`{operation}` is now `{after}`, was `{before}`";
        /// The documentation now states which key of the body selects the operation.
        BodyActionDocumented = "body-action-documented": Semantic, Minor, opposite BodyActionUndocumented,
            "`{operation}` is now `{after}`, was `{before}`";
        /// The documentation no longer states which key of the body selects the operation.
        BodyActionUndocumented = "body-action-undocumented": Semantic, Major, opposite BodyActionDocumented,
            "`{operation}` is now `{after}`, was `{before}`";
        /// A cell that names a call without method and path uses another name.
        CallRenamed = "call-renamed": Cosmetic, Patch,
            "`{operation}` is now `{after}`, was `{before}`"
            | "`{operation}` now says `{after}` in place of a call"
            | "`{operation}` no longer says `{before}` in place of a call";

        /// An operation needs one more action than before.
        ActionAdded = "action-added": Breaking, Minor, policy MustGrantMore, opposite ActionRemoved,
            "`{operation}` now also needs `{after}`";
        /// An operation no longer needs an action.
        ActionRemoved = "action-removed": Semantic, Major, policy MayGrantLess, opposite ActionAdded,
            "`{operation}` no longer needs `{before}`";
        /// An operation needs one action instead of another action of the same service.
        ActionRenamed = "action-renamed": Breaking, Major, policy MustGrantMore,
            "`{operation}` needs `{after}` instead of `{before}`";
        /// An action or dependency is written with other upper and lower case, which IAM does not distinguish.
        ActionRespelled = "action-respelled": Cosmetic, Major,
            "`{operation}` now spells `{after}`, was `{before}`";
        /// An action or dependency that was always needed is now needed only in one case.
        ConditionAdded = "condition-added": Semantic, Patch, policy MayGrantLess, opposite ConditionRemoved,
            "`{operation}` now requires `{after}`, was `{before}`";
        /// An action or dependency that was needed only in one case is now always needed.
        ConditionRemoved = "condition-removed": Semantic, Patch, policy MustGrantMore, opposite ConditionAdded,
            "`{operation}` now requires `{after}`, was `{before}`";
        /// The case in which an action or dependency is needed is worded differently.
        ConditionReworded = "condition-reworded": Cosmetic, Patch,
            "`{operation}` now requires `{after}`, was `{before}`";
        /// An operation depends on one more action than before.
        DependencyAdded = "dependency-added": Semantic, Minor, policy MustGrantMore, opposite DependencyRemoved,
            "`{operation}` now also depends on `{after}`";
        /// An operation no longer depends on an action.
        DependencyRemoved = "dependency-removed": Semantic, Major, policy MayGrantLess, opposite DependencyAdded,
            "`{operation}` no longer depends on `{before}`";

        /// A policy in a kind of project no longer takes effect for an operation.
        ScopeNarrowed = "scope-narrowed": Breaking, Patch, policy MustGrantMore, opposite ScopeWidened,
            "`{operation}` in an {after}, was {value before}";
        /// A policy in a kind of project now takes effect for an operation.
        ScopeWidened = "scope-widened": Semantic, Patch, opposite ScopeNarrowed,
            "`{operation}` in an {after}, was {value before}";
        /// The documentation now states whether a policy in a kind of project takes effect.
        ScopeDocumented = "scope-documented": Semantic, Patch, opposite ScopeUndocumented,
            "`{operation}` in an {after}, was {value before}";
        /// The documentation no longer states whether a policy in a kind of project takes effect.
        ScopeUndocumented = "scope-undocumented": Semantic, Patch, opposite ScopeDocumented,
            "`{operation}` in an {after}, was {value before}";

        /// An operation has another title.
        TitleChanged = "title-changed": Cosmetic, Patch,
            "`{operation}` is now called `{after}`, was `{before}`";
        /// An operation appears on another page.
        OperationMoved = "operation-moved": Cosmetic, Major,
            "`{operation}` is now on page `{after}`, was on `{before}`";
        /// Calls that were in one row are now in several rows, or calls of several rows are now in one row.
        RowsRegrouped = "rows-regrouped": Cosmetic, Major,
            "`{endpoints}` is now in the row of `{after}`, was in the row of `{before}`";
        /// The identifier that the model pins has changed, so the generated name has changed.
        IdentifierChanged = "identifier-changed": Breaking, Major,
            "the operation is now named `{after}`, was `{before}`";
        /// The constant of an action or of a query parameter has another name, or its name has another value.
        ConstantChanged = "constant-changed": Breaking, Major,
            "the constant is now `{after}`, was `{before}`";
    }
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

impl Area {
    /// The word that is printed: `permissions` or `interface`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Permissions => "permissions",
            Area::Interface => "interface",
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
            .filter(|entry| entry.severity == ChangeSeverity::Cosmetic);
        for entry in cosmetic {
            assert_eq!(entry.policy, PolicyEffect::None, "{}", entry.id);
        }
    }
}
