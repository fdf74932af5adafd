//! The actions that one paragraph mentions, with the label before each and the remark after it. An action is
//! `service:resource:operation` and nothing else. This module must never guess one.

use std::ops::Range;

use crate::model::is_action;

/// An action in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention<'a> {
    pub(super) action: &'a str,
    /// `EVS disk` in `EVS disk: evs:volumeTags:list`.
    pub(super) label: Option<&'a str>,
    /// What follows it in parentheses.
    pub(super) remark: Option<&'a str>,
}

/// What a paragraph says about actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mentions<'a> {
    pub(super) list: Vec<Mention<'a>>,
    /// Whether there is prose next to them.
    pub(super) prose: bool,
    /// Whether they are listed in one paragraph, or have punctuation around them.
    pub(super) odd: bool,
    /// Words with colons that are meant as actions but are not.
    pub(super) misshapen: Vec<&'a str>,
}

/// Reads a paragraph whose white space is collapsed.
pub(super) fn read(text: &str) -> Mentions<'_> {
    let mut found = Mentions::default();
    let mut end = 0;
    for token in tokens(text, &mut found.misshapen) {
        let mut gap = &text[end..token.start];
        if let Some(previous) = found.list.last_mut() {
            (previous.remark, gap) = parenthesised(gap);
        }
        let label = found.label(gap);
        found.list.push(Mention {
            action: &text[token.clone()],
            label,
            remark: None,
        });
        end = token.end;
    }
    if let Some(last) = found.list.last_mut() {
        let (remark, rest) = parenthesised(&text[end..]);
        last.remark = remark;
        found.after(rest);
    }
    found
}

impl<'a> Mentions<'a> {
    /// Reads the text before an action: nothing, a label, a separator, or prose.
    fn label(&mut self, gap: &'a str) -> Option<&'a str> {
        let mut before = gap.trim_matches(QUOTES);
        let last = self.list.last();
        if let Some(last) = last {
            before = before.trim_start_matches(SEPARATORS);
            before = ["and ", "or "]
                .iter()
                .find_map(|word| before.strip_prefix(word))
                .unwrap_or(before)
                .trim_start_matches(QUOTES);
            self.odd = true;
            if before.is_empty() || matches!(before, "and" | "or") {
                return last.label;
            }
        }
        if before.is_empty() {
            return None;
        }
        let label = before.strip_suffix([':', '：']).map(str::trim_end);
        self.prose |= label.is_none();
        // `Backup:evs:backups:get`: one could take the label for the service.
        self.odd |= gap.ends_with(':');
        label.filter(|label| !label.is_empty())
    }

    fn after(&mut self, rest: &str) {
        let rest = rest.trim_matches(QUOTES);
        let punctuation = rest.trim_end_matches(['.', ',', ';', '。', '，', '；', ' ']);
        if punctuation.is_empty() {
            self.odd |= !rest.is_empty();
        } else {
            self.prose = true;
        }
    }
}

const QUOTES: [char; 6] = [' ', '"', '\'', '“', '”', '`'];
const SEPARATORS: [char; 8] = [',', ';', '/', '、', '，', '；', '|', ' '];

/// The places of actions in a text. A token is as long as possible, so that a part of a longer word is not
/// taken for an action.
fn tokens<'a>(text: &'a str, misshapen: &mut Vec<&'a str>) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(in_token).map(|first| at + first) {
        let length = text[start..].find(|c| !in_token(c));
        at = length.map_or(text.len(), |length| start + length);
        let run = text[start..at].trim_end_matches([':', '-']);
        let word = run.trim_start_matches([':', '-', '_']);
        let start = start + run.len() - word.len();
        if is_action(word) {
            tokens.push(start..start + word.len());
        } else if let Some(label) = glued_label(word, &text[..start]) {
            tokens.push(start + label..start + word.len());
        } else if word.contains(':') && word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            misshapen.push(word);
        }
    }
    tokens
}

fn in_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | ':')
}

/// The length of the label in `EVS disk:evs:volumeTags:list`, including its colon. A label has a capital
/// letter or a word before it, unlike the service of a longer action.
fn glued_label(word: &str, before: &str) -> Option<usize> {
    let (label, action) = word.split_once(':')?;
    let is_label = before.ends_with(' ') || label.starts_with(|c: char| c.is_ascii_uppercase());
    (is_label && is_action(action)).then_some(label.len() + 1)
}

/// The text in the parentheses that a text starts with, and what follows them.
fn parenthesised(text: &str) -> (Option<&str>, &str) {
    let inner = text.trim_start();
    let Some(inner) = inner.strip_prefix(['(', '（']) else {
        return (None, text);
    };
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let remark = inner[..at].trim();
            return (
                (!remark.is_empty()).then_some(remark),
                &inner[at + c.len_utf8()..],
            );
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Action, label and remark of each mention.
    fn list(text: &str) -> Vec<(&str, &str, &str)> {
        let mentions = read(text).list.into_iter();
        mentions
            .map(|m| (m.action, m.label.unwrap_or(""), m.remark.unwrap_or("")))
            .collect()
    }

    fn flags(text: &str) -> (bool, bool) {
        let found = read(text);
        (found.prose, found.odd)
    }

    #[test]
    fn an_action_by_itself_has_nothing_odd() {
        for text in [
            "ims:images:share",
            "\"vpc:*:*\"",
            "nat:dnat_rules:list",
            "a-b:c:d",
        ] {
            assert_eq!(read(text).list.len(), 1, "{text}");
            assert_eq!(flags(text), (false, false), "{text}");
        }
    }

    #[test]
    fn a_label_or_a_remark_belongs_to_its_action() {
        for (text, expected) in [
            ("EVS disk: evs:tags:list", ("evs:tags:list", "EVS disk", "")),
            ("Backup:evs:tags:list", ("evs:tags:list", "Backup", "")),
            ("EVS disk:evs:tags:list", ("evs:tags:list", "EVS disk", "")),
            (
                "evs:tags:list (only once)",
                ("evs:tags:list", "", "only once"),
            ),
            (
                "Backup: evs:tags:list (old (v1))",
                ("evs:tags:list", "Backup", "old (v1)"),
            ),
        ] {
            assert_eq!(list(text), [expected], "{text}");
            assert!(!flags(text).0, "{text}");
        }
        assert!(flags("Backup:evs:tags:list").1);
    }

    #[test]
    fn a_list_in_one_paragraph_is_read_and_odd() {
        for text in [
            "a:b:c, a:b:d",
            "a:b:c,a:b:d",
            "a:b:c; a:b:d",
            "a:b:c a:b:d",
            "a:b:c and a:b:d",
            "a:b:c/a:b:d",
            "\"a:b:c\", \"a:b:d\"",
            "a:b:c, or a:b:d.",
        ] {
            assert_eq!(list(text), [("a:b:c", "", ""), ("a:b:d", "", "")], "{text}");
            assert_eq!(flags(text), (false, true), "{text}");
        }
    }

    #[test]
    fn a_label_holds_for_the_list_behind_it() {
        assert_eq!(
            list("Create: a:b:c, a:b:d; Delete: a:b:e"),
            [
                ("a:b:c", "Create", ""),
                ("a:b:d", "Create", ""),
                ("a:b:e", "Delete", "")
            ]
        );
    }

    #[test]
    fn punctuation_behind_an_action_is_odd_and_no_part_of_it() {
        for text in ["ims:images:get.", "ims:images:get,", "ims:images:get;"] {
            assert_eq!(list(text), [("ims:images:get", "", "")], "{text}");
            assert_eq!(flags(text), (false, true), "{text}");
        }
    }

    #[test]
    fn prose_around_actions_is_prose() {
        let text = "This needs vpc:ports:get and, if there are several, vpc:ports:list too";
        assert_eq!(
            list(text),
            [("vpc:ports:get", "", ""), ("vpc:ports:list", "", "")]
        );
        assert!(flags(text).0);
    }

    #[test]
    fn what_is_meant_as_an_action_and_is_none_is_named() {
        for (text, word) in [
            ("ims:images", "ims:images"),
            ("ims:images: get", "ims:images"),
            ("ims:images:get:all", "ims:images:get:all"),
            ("needs ims::get too", "ims::get"),
        ] {
            let found = read(text);
            assert_eq!(
                (found.list.len(), found.misshapen),
                (0, vec![word]),
                "{text}"
            );
        }
        for text in [
            "KMS Administrator",
            "at 12:30",
            "https://example.com",
            "Note: see below",
        ] {
            assert_eq!(read(text), Mentions::default(), "{text}");
        }
    }
}
