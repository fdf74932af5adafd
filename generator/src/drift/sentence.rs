//! The sentence about a change: the words of its rule, filled with the values of the change. The words are in
//! `rules`. This module must never ask which rule it is.

use std::collections::BTreeSet;
use std::fmt;

use super::change::Change;

impl fmt::Display for Change {
    /// One sentence that names the operation, in lower case, without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages = self.rule.entry().messages;
        let fitting = messages
            .iter()
            .find_map(|message| filled(message, |name| value(self, name)));
        let Some(sentence) = fitting.or_else(|| {
            // A change that was made by hand may lack a value that its rule needs.
            let or_nothing = |name: &str| Some(value(self, name).unwrap_or("nothing".to_owned()));
            filled(messages.last()?, or_nothing)
        }) else {
            return f.write_str(self.rule.id());
        };
        f.write_str(&sentence)
    }
}

/// A template with a value for each name in braces. `None` if a value is missing.
fn filled(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut sentence = String::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        sentence.push_str(text);
        sentence.push_str(&value(name)?);
        rest = after;
    }
    sentence.push_str(rest);
    Some(sentence)
}

/// The value that a change has for a name in a template.
fn value(change: &Change, name: &str) -> Option<String> {
    let before = || change.before.as_deref().map(plain);
    match name {
        "page" => Some(plain(&change.page)),
        "operation" => Some(change.operation.clone().unwrap_or("the page".to_owned())),
        // The operation, if the whole operation is new or gone.
        "whole" => change.operation.clone().filter(|_| change.whole),
        "before" => before(),
        "after" => change.after.as_deref().map(plain),
        // `not supported` of `enterprise project: not supported`.
        "value before" => before().map(|text| match text.rsplit_once(": ") {
            Some((_, value)) => value.to_owned(),
            None => text,
        }),
        "endpoints" => Some(plain(&change.endpoints.join(", "))),
        "actions" => Some(actions(&change.actions)),
        "effects" => effects(change),
        _ => None,
    }
}

/// Text of a page appears between back-ticks, and must not end them.
fn plain(text: &str) -> String {
    text.replace('`', "'")
}

fn actions(actions: &[String]) -> String {
    if actions.is_empty() {
        return "no action".to_owned();
    }
    let quoted = actions.iter().map(|action| format!("`{}`", plain(action)));
    quoted.collect::<Vec<_>>().join(", ")
}

/// `5 operations`, for the operations that a change explains.
fn effects(change: &Change) -> Option<String> {
    let operations = change.effects.iter().map(|effect| &effect.operation);
    match operations.collect::<BTreeSet<_>>().len() {
        0 => None,
        1 => Some("1 operation".to_owned()),
        count => Some(format!("{count} operations")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::effect::Semver;
    use super::super::rules::{RULES, Rule};
    use super::*;

    /// A change of one operation with every value.
    fn change(rule: Rule) -> Change {
        let effect = Change {
            rule,
            semantic: true,
            breaking: true,
            policy: rule.entry().policy,
            release: Semver::Major,
            service: "bake".to_owned(),
            operation: Some("ListOvens".to_owned()),
            title: "Listing ovens".to_owned(),
            endpoint: Some("GET /v1/ovens".to_owned()),
            endpoints: vec!["GET /v1/ovens".to_owned()],
            actions: vec!["bake:ovens:list".to_owned()],
            whole: true,
            before: Some("this".to_owned()),
            after: Some("that".to_owned()),
            page: "bake/ovens.rst".to_owned(),
            file: "ovens.rst".to_owned(),
            line: 1,
            fingerprint: String::new(),
            effects: Vec::new(),
        };
        Change {
            effects: vec![effect.clone()],
            ..effect
        }
    }

    #[test]
    fn every_name_in_a_message_is_that_of_a_value() {
        for entry in RULES {
            let change = change(entry.rule);
            assert!(!entry.messages.is_empty(), "{}", entry.id);
            for message in entry.messages {
                let filled = filled(message, |name| value(&change, name));
                assert!(filled.is_some(), "{}: {message}", entry.id);
            }
        }
    }

    #[test]
    fn the_first_message_is_used_whose_values_are_known() {
        let mut change = change(Rule::QueryChanged);
        assert_eq!(
            change.to_string(),
            "`ListOvens` now takes the query `that`, was `this`"
        );
        change.before = None;
        assert_eq!(change.to_string(), "`ListOvens` now takes the query `that`");
        (change.before, change.after) = (change.after, None);
        assert_eq!(
            change.to_string(),
            "`ListOvens` no longer takes the query `that`"
        );
    }

    #[test]
    fn what_a_message_needs_and_a_change_lacks_is_called_nothing() {
        let mut change = change(Rule::ActionRenamed);
        change.before = None;
        assert_eq!(
            change.to_string(),
            "`ListOvens` needs `that` instead of `nothing`"
        );
    }

    #[test]
    fn braces_and_back_ticks_of_a_page_stay_text() {
        let mut change = change(Rule::TitleChanged);
        change.after = Some("`{before}`".to_owned());
        assert_eq!(
            change.to_string(),
            "`ListOvens` is now called `'{before}'`, was `this`"
        );
    }
}
