//! Interpreted text and its roles ("Interpreted Text" in the reStructuredText specification).
//! The text of an unknown role is kept as it is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::escape::{part, unescape};
use crate::Span;

/// Interpreted text: ``:ref:`text <target>` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role<'t> {
    /// The markup, including the role.
    pub span: Span,
    /// The name of the role. Without a role, the name of the default role.
    pub name: Cow<'t, str>,
    /// The text that is shown.
    pub text: Cow<'t, str>,
    /// The place that a cross reference leads to.
    pub target: Option<Cow<'t, str>>,
}

/// How the text of a role is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleKind {
    /// The text is kept, and escapes are read.
    Text,
    /// The text is kept, including its backslashes.
    Raw,
    /// `text <target>`: the text is shown, and it leads to the target.
    CrossReference,
    /// A number that becomes `PEP 8`.
    Pep,
    /// A number that becomes `RFC 7231`, with or without a section: `7231#section-4`.
    Rfc,
    /// A role whose definition is not complete, so no text fits it.
    Unusable,
}

/// The roles that docutils knows, and how each reads its text.
const ROLES: &[(&str, RoleKind)] = &[
    ("ab", RoleKind::Text),
    ("abbreviation", RoleKind::Text),
    ("ac", RoleKind::Text),
    ("acronym", RoleKind::Text),
    ("code", RoleKind::Raw),
    ("emphasis", RoleKind::Text),
    ("literal", RoleKind::Text),
    ("math", RoleKind::Raw),
    ("pep", RoleKind::Pep),
    ("pep-reference", RoleKind::Pep),
    ("rfc", RoleKind::Rfc),
    ("rfc-reference", RoleKind::Rfc),
    ("strong", RoleKind::Text),
    ("sub", RoleKind::Text),
    ("subscript", RoleKind::Text),
    ("sup", RoleKind::Text),
    ("superscript", RoleKind::Text),
    ("t", RoleKind::Text),
    ("title", RoleKind::Text),
    ("title-reference", RoleKind::Text),
];

/// Roles of Sphinx that lead to another place.
const CROSS_REFERENCES: &[&str] = &[
    "any", "attr", "class", "const", "cve", "cwe", "data", "doc", "download", "envvar", "eq",
    "exc", "func", "keyword", "macro", "member", "meth", "mod", "numref", "obj", "option", "ref",
    "term", "token", "type", "var",
];

/// Roles of Sphinx that mark text up.
const MARK_UP: &[&str] = &[
    "abbr",
    "command",
    "dfn",
    "file",
    "guilabel",
    "index",
    "kbd",
    "mailheader",
    "makevar",
    "manpage",
    "menuselection",
    "mimetype",
    "newsgroup",
    "program",
    "regexp",
    "samp",
];

/// The known roles. The text may define more, and choose the default role.
#[derive(Default)]
pub(crate) struct Roles {
    defined: BTreeMap<String, RoleKind>,
    default: Option<String>,
}

impl Roles {
    /// How `name` reads its text. An empty name is the default role.
    pub fn kind(&self, name: &str) -> Option<RoleKind> {
        let name = name.to_lowercase();
        if name.is_empty() {
            return match &self.default {
                Some(default) => self.kind(default),
                None => Some(RoleKind::Text),
            };
        }
        if let Some(&kind) = self.defined.get(&name) {
            return Some(kind);
        }
        if let Ok(index) = ROLES.binary_search_by(|&(known, _)| known.cmp(&name)) {
            return Some(ROLES[index].1);
        }
        // `py:class` and `std:ref` also name the domain.
        let plain = name.rsplit(':').next().unwrap_or(&name);
        if CROSS_REFERENCES.binary_search(&plain).is_ok() {
            return Some(RoleKind::CrossReference);
        }
        MARK_UP
            .binary_search(&plain)
            .is_ok()
            .then_some(RoleKind::Text)
    }

    /// The name of the role of interpreted text without a role.
    pub fn default_name(&self) -> &str {
        self.default.as_deref().unwrap_or("title-reference")
    }

    /// Defines a role.
    pub fn define(&mut self, name: &str, kind: RoleKind) {
        self.defined.insert(name.to_lowercase(), kind);
    }

    /// Chooses the default role. `None` resets it to `title-reference`.
    pub fn set_default(&mut self, name: Option<&str>) {
        self.default = name.map(str::to_owned);
    }
}

/// The text that interpreted text shows, and the place that it leads to.
pub(super) fn interpret<'t>(
    kind: RoleKind,
    text: &Cow<'t, str>,
) -> Option<(Cow<'t, str>, Option<Cow<'t, str>>)> {
    let unescaped = |range: Range<usize>| unescape(part(text, range));
    let whole = 0..text.len();
    match kind {
        RoleKind::Text => Some((unescaped(whole), None)),
        RoleKind::Unusable => None,
        RoleKind::Raw => Some((text.clone(), None)),
        RoleKind::CrossReference => {
            let (shown, target) = split_target(text);
            Some((unescaped(shown), Some(unescaped(target))))
        }
        RoleKind::Pep => {
            let text = unescaped(whole);
            let valid = text
                .trim()
                .parse::<u32>()
                .is_ok_and(|number| number <= 9999);
            valid.then(|| (Cow::Owned(format!("PEP {text}")), None))
        }
        RoleKind::Rfc => {
            let text = unescaped(whole);
            let number: u32 = text.split('#').next()?.trim().parse().ok()?;
            (number > 0).then(|| (Cow::Owned(format!("RFC {number}")), Some(text.clone())))
        }
    }
}

/// Splits `text <target>`. Without a target, the text is both.
fn split_target(text: &str) -> (Range<usize>, Range<usize>) {
    let parts = text.strip_suffix('>').and_then(|rest| {
        let open = rest.rfind('<').filter(|&open| open > 0)?;
        let shown = rest[..open].trim_end();
        (!shown.is_empty() && !super::escape::is_escaped(rest.as_bytes(), open))
            .then(|| (0..shown.len(), open + 1..rest.len()))
    });
    parts.unwrap_or((0..text.len(), 0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inline::Inline;
    use crate::{Block, parse};

    fn only(text: &str) -> Inline<'_> {
        match &parse(text).document.blocks[..] {
            [Block::Paragraph(paragraph)] => paragraph.inlines[0].clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cross_reference_shows_its_text_and_keeps_its_target() {
        let Inline::Role(role) = only(":ref:`Deleting ECSs <en-us_topic_0020212679>`\n") else {
            panic!()
        };
        assert_eq!(
            (&*role.name, &*role.text, role.target.as_deref()),
            ("ref", "Deleting ECSs", Some("en-us_topic_0020212679"))
        );
    }

    #[test]
    fn parentheses_and_escapes_may_come_before_the_target() {
        let inline = only(":ref:`Adding extra\\_specs (API) <en-us_topic_0020212679>`\n");
        assert_eq!(inline.text(), "Adding extra_specs (API)");
    }

    #[test]
    fn an_unknown_role_keeps_its_text_as_written() {
        assert_eq!(
            only(":nope:`Deleting ECSs`\n").text(),
            ":nope:`Deleting ECSs`"
        );
    }

    #[test]
    fn names_are_in_order() {
        assert!(
            ROLES.is_sorted_by_key(|&(name, _)| name)
                && CROSS_REFERENCES.is_sorted()
                && MARK_UP.is_sorted()
        );
    }
}
