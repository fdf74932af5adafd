//! What can be wrong with a policy.
//! A check reports all findings at once, so that a policy can be fixed in one step.

use alloc::string::String;
use core::fmt;
use core::ops::Range;

/// The limits of a custom policy.
///
/// ```
/// use permspec_runtime::policy::{Policy, limits};
///
/// fn fits(policy: &Policy) -> bool {
///     policy.statements().len() <= limits::STATEMENTS
///         && policy.to_json().chars().count() <= limits::CHARACTERS
/// }
/// ```
///
/// Source: IAM API reference, "Creating a Custom Policy for Cloud Services" and appendix "Error Codes".
pub mod limits {
    /// Characters of a policy. The documentation does not say whether white space counts.
    pub const CHARACTERS: usize = 6_144;
    /// Statements of a policy.
    pub const STATEMENTS: usize = 8;
    /// Actions of a statement.
    pub const ACTIONS: usize = 100;
    /// Characters of an action.
    pub const ACTION_CHARACTERS: usize = 128;
    /// Resources of a statement, according to the appendix "Error Codes".
    pub const RESOURCES: usize = 20;
    /// Resources of a statement, according to the page "Creating a Custom Policy".
    pub const RESOURCES_AGREED: usize = 10;
    /// Characters of a resource.
    pub const RESOURCE_CHARACTERS: usize = 128;
    /// Conditions of a statement.
    pub const CONDITIONS: usize = 10;
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// IAM rejects the policy, according to its documentation.
    Error,
    /// IAM may reject the policy, or the policy may not do what it seems to do.
    Warning,
}

/// Something that is wrong with the text of a policy, with its place.
///
/// ```
/// use permspec_runtime::policy::{Severity, check};
///
/// let text = r#"{"Version": "1.0", "Statement": []}"#;
/// let findings = check(text, None).findings;
/// assert_eq!(findings.len(), 2, "all at once");
/// assert_eq!(findings[0].severity, Severity::Error);
/// assert_eq!(&text[findings[0].span.clone()], "\"1.0\"");
/// assert_eq!(findings[0].to_string(), "error: the version of a custom policy is `1.1`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How serious the finding is.
    pub severity: Severity,
    /// The bytes of the text that the finding is about.
    pub span: Range<usize>,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// How to fix it, if that is known.
    pub help: Option<String>,
}

impl Finding {
    pub(super) fn new(
        severity: Severity,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Finding {
        Finding {
            severity,
            span: span.clone(),
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn with_help(self, help: impl Into<String>) -> Finding {
        Finding {
            help: Some(help.into()),
            ..self
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
