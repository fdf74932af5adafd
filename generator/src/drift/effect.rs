//! What a change requires of callers, policies and the generated crate. Each type is a scale from least to
//! most. This module must never name a rule.

use serde::Serialize;

/// How much a change concerns those who use the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeSeverity {
    /// No caller and no policy notices.
    Cosmetic,
    /// The documentation says something different about a call.
    Semantic,
    /// A call that worked according to the old documentation no longer works, or a policy for it no
    /// longer suffices.
    Breaking,
}

/// What a change asks of a policy that grants only what the documentation says is needed.
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
    /// Public items are gone, take other parameters or make another call.
    Major,
}

impl ChangeSeverity {
    /// The word that is printed: `breaking`, `semantic` or `cosmetic`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ChangeSeverity::Cosmetic => "cosmetic",
            ChangeSeverity::Semantic => "semantic",
            ChangeSeverity::Breaking => "breaking",
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
