//! The actions of a statement.
//! This module must never treat an action as known because it looks like a known one.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::super::finding::{Finding, Severity, limits};
use super::super::json::{JsonNode, JsonValue};
use super::super::nearest::nearest;
use super::Reading;
use crate::Permission;

impl Reading<'_> {
    pub(super) fn actions(&mut self, node: &JsonNode) -> Option<Vec<Permission>> {
        let JsonValue::Array(items) = &node.value else {
            self.expected("an array of actions", node);
            return None;
        };
        self.number(
            &node.span,
            "a statement",
            "actions",
            limits::ACTIONS,
            items.len(),
        );
        let mut actions: Vec<Permission> = Vec::new();
        let mut seen: BTreeSet<Permission> = BTreeSet::new();
        for item in items {
            let Some(action) = item.text() else {
                self.expected("an action", item);
                return None;
            };
            let action = Permission::from(String::from(action));
            if seen.insert(action.clone()) {
                self.action(&action, &item.span);
            } else {
                let message = format!("`{action}` appears twice in the statement");
                self.warning(
                    &item.span,
                    message,
                    "remove one of them; case does not matter",
                );
            }
            actions.push(action);
        }
        Some(actions)
    }

    fn action(&mut self, action: &Permission, span: &Range<usize>) {
        if !self.length(
            span,
            "an action",
            limits::ACTION_CHARACTERS,
            action.as_str(),
        ) {
            return;
        }
        let parts = [action.service(), action.resource(), action.operation()];
        if !parts.into_iter().all(is_part) {
            let message = format!("`{action}` does not have the form `service:resource:operation`");
            let finding = Finding::new(Severity::Error, span, message);
            self.findings.push(match three_parts(action) {
                Some(meant) => finding.with_help(format!("did you mean `{meant}`?")),
                None => finding,
            });
            return;
        }
        if action.service().contains('*') {
            let message = format!("`{action}` has a `*` in its service, which IAM does not accept");
            self.error(span, message);
            return;
        }
        let Some(known) = self.known else { return };
        // A table may contain a pattern. Then each action that the pattern means is known, too.
        let is_known = |known: &Permission| action.covers(known) || known.covers(action);
        if known.contains(action) || known.iter().any(is_known) {
            return;
        }
        let message = if action.is_pattern() {
            format!("`{action}` does not match any action of the documentation")
        } else {
            format!("`{action}` is not in any table of the documentation")
        };
        let help = match nearest(action, known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "IAM rejects actions that are not registered".into(),
        };
        self.warning(span, message, help);
    }
}

fn is_part(part: &str) -> bool {
    let mut letters = part.chars();
    !part.is_empty() && letters.all(|c| c.is_ascii_alphanumeric() || "-_*".contains(c))
}

/// The full form of a shortened pattern: `ims:*:*` for `ims:*`, and `ims:images:*` for `ims:images`.
fn three_parts(action: &Permission) -> Option<String> {
    let text = action.as_str();
    let parts: Vec<&str> = text.split(':').collect();
    let shortened = parts.len() < 3 && parts.iter().all(|part| is_part(part)) && parts[0] != "*";
    shortened.then(|| format!("{text}{}", ":*".repeat(3 - parts.len())))
}
