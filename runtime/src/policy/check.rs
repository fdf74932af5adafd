//! Reads a policy from its text and reports everything that is wrong with it.
//! This module must never accept a policy that IAM is documented to reject.

mod action;
mod restriction;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::finding::{Finding, Severity, limits};
use super::json::{self, JsonNode, JsonValue, Key};
use super::{Effect, Policy, Statement};
use crate::PermissionSet;

/// The result of reading a text as a policy.
///
/// ```
/// use permspec_runtime::policy::check;
///
/// // Nine statements are one too many, but their meaning is clear.
/// let statement = r#"{"Effect": "Allow", "Action": ["ims:images:share"]}"#;
/// let text = format!(r#"{{"Version": "1.1", "Statement": [{}]}}"#, [statement; 9].join(","));
/// let checked = check(&text, None);
/// assert!(!checked.is_valid());
/// assert_eq!(checked.policy.unwrap().statements().len(), 9);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The policy, if the text is one, even if it exceeds a limit. `None` if a statement could not be
    /// understood, because a part of a policy would allow or deny something else.
    pub policy: Option<Policy>,
    /// The findings, in the order of the text.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether none of the findings is an error.
    pub fn is_valid(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.severity != Severity::Error)
    }
}

/// Reads a custom policy of version 1.1. Checks its form, its keys and its limits. With `known` (the
/// actions of a catalogue), also checks whether each action exists.
///
/// ```
/// use permspec_runtime::policy::check;
/// use permspec_runtime::{Permission, PermissionSet};
///
/// let known: PermissionSet = [Permission::new("ims:images:share")].into_iter().collect();
/// let text = r#"{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["ims:images:shar"]}]}"#;
/// let checked = check(text, Some(&known));
/// assert_eq!(
///     checked.findings[0].to_string(),
///     "warning: `ims:images:shar` is not in any table of the documentation; did you mean `ims:images:share`?"
/// );
/// assert_eq!(&text[checked.findings[0].span.clone()], "\"ims:images:shar\"");
/// ```
///
/// IAM rejects a policy with an action that is not registered (error 1036). The tables of the
/// documentation do not contain every registered action. Therefore, an action that is not in any table is
/// a warning.
pub fn check(text: &str, known: Option<&PermissionSet>) -> Checked {
    let mut reading = Reading {
        known,
        findings: Vec::new(),
    };
    let mark = text.len() - text.trim_start_matches(BYTE_ORDER_MARK).len();
    if mark > 0 {
        let message = "the text starts with a byte order mark";
        let help =
            "save the text as UTF-8 without one; JSON does not allow it (RFC 8259, section 8.1)";
        reading.warning(&(0..mark), message, help);
    }
    let policy = match json::read_from(text, mark) {
        Ok(node) => reading.policy(&node, text),
        Err(fault) => {
            reading.error(
                &(fault.at..fault.at),
                format!("the text is not JSON: {}", fault.message),
            );
            None
        }
    };
    reading.findings.sort_by_key(|finding| finding.span.start);
    Checked {
        policy,
        findings: reading.findings,
    }
}

/// The byte order mark that some editors write at the start of UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

struct Reading<'k> {
    known: Option<&'k PermissionSet>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn error(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.findings
            .push(Finding::new(Severity::Error, span, message));
    }

    fn warning(
        &mut self,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Finding::new(Severity::Warning, span, message);
        self.findings.push(finding.with_help(help));
    }

    /// Checks that a list has 1 to `limit` entries.
    fn number(
        &mut self,
        span: &Range<usize>,
        whole: &str,
        parts: &str,
        limit: usize,
        count: usize,
    ) {
        if !(1..=limit).contains(&count) {
            let message = format!("{whole} has 1 to {limit} {parts}, but this one has {count}");
            self.error(span, message);
        }
    }

    /// Checks that a text has at most `limit` characters, and returns whether it does.
    fn length(&mut self, span: &Range<usize>, what: &str, limit: usize, text: &str) -> bool {
        let length = text.chars().count();
        if length > limit {
            let message =
                format!("{what} has at most {limit} characters, but this one has {length}");
            self.error(span, message);
        }
        length <= limit
    }

    fn expected(&mut self, what: &str, node: &JsonNode) {
        self.error(
            &node.span,
            format!("expected {what}, found {}", node.kind()),
        );
    }

    fn policy(&mut self, node: &JsonNode, text: &str) -> Option<Policy> {
        let entries = self.object(node, "a policy", &["Version", "Statement"])?;
        match get(entries, "Version") {
            Some(version) if version.text() == Some("1.1") => {}
            Some(other) => self.error(&other.span, "the version of a custom policy is `1.1`"),
            None => self.error(&node.span, "the policy has no `Version`"),
        }
        let Some(statements) = get(entries, "Statement") else {
            self.error(&node.span, "the policy has no `Statement`");
            return None;
        };
        let JsonValue::Array(items) = &statements.value else {
            self.expected("an array of statements", statements);
            return None;
        };
        let (limit, count) = (limits::STATEMENTS, items.len());
        self.number(&statements.span, "a policy", "statements", limit, count);
        let read: Vec<Option<Statement>> = items.iter().map(|item| self.statement(item)).collect();
        let policy = Policy::from(read.into_iter().collect::<Option<Vec<Statement>>>()?);
        self.policy_length(&policy, node, text);
        Some(policy)
    }

    /// The documentation does not say whether white space counts. Therefore, the limit applies to the
    /// policy without it.
    fn policy_length(&mut self, policy: &Policy, node: &JsonNode, text: &str) {
        let without_blanks = policy.to_json();
        let limit = limits::CHARACTERS;
        let written = text.trim().chars().count();
        if self.length(&node.span, "a policy", limit, &without_blanks) && written > limit {
            let message =
                format!("the text has {written} characters, but IAM accepts at most {limit}");
            let least = without_blanks.chars().count();
            self.warning(
                &node.span,
                message,
                format!("without white space it has {least}"),
            );
        }
    }

    fn statement(&mut self, node: &JsonNode) -> Option<Statement> {
        let entries = self.object(
            node,
            "a statement",
            &["Effect", "Action", "Resource", "Condition"],
        )?;
        let effect = self.effect(node, get(entries, "Effect"));
        let actions = if let Some(actions) = get(entries, "Action") {
            self.actions(actions)
        } else {
            self.error(&node.span, "the statement has no `Action`");
            None
        };
        // Reads every part, so that one unreadable part does not hide findings in the others.
        let resource = get(entries, "Resource").map(|node| self.resources(node));
        let condition = get(entries, "Condition").map(|node| self.conditions(node));
        let mut statement = Statement::new(effect?, actions?);
        if let Some(resource) = resource {
            statement = statement.with_resource(resource?);
        }
        if let Some(condition) = condition {
            statement = statement.with_condition(condition?);
        }
        Some(statement)
    }

    fn effect(&mut self, statement: &JsonNode, effect: Option<&JsonNode>) -> Option<Effect> {
        let Some(effect) = effect else {
            self.error(&statement.span, "the statement has no `Effect`");
            return None;
        };
        match effect.text() {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => {
                self.error(&effect.span, "an effect is `Allow` or `Deny`");
                None
            }
        }
    }

    /// The entries of an object that may have only these keys.
    fn object<'n>(
        &mut self,
        node: &'n JsonNode,
        what: &str,
        keys: &[&str],
    ) -> Option<&'n [(Key, JsonNode)]> {
        let JsonValue::Object(entries) = &node.value else {
            self.expected(what, node);
            return None;
        };
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !keys.contains(&&*key.name))
        {
            let finding = Finding::new(
                Severity::Error,
                &key.span,
                format!("{what} has no key `{}`", key.name),
            );
            let meant = keys
                .iter()
                .find(|known| known.eq_ignore_ascii_case(&key.name));
            self.findings.push(match meant {
                Some(meant) => finding.with_help(format!("did you mean `{meant}`?")),
                None => finding.with_help(format!("IAM knows {}", keys.join(", "))),
            });
        }
        Some(entries)
    }
}

fn get<'n>(entries: &'n [(Key, JsonNode)], name: &str) -> Option<&'n JsonNode> {
    entries
        .iter()
        .find(|(key, _)| key.name == name)
        .map(|(_, node)| node)
}

#[cfg(test)]
mod tests;
