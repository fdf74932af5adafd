//! Hyperlink references with their targets: named, anonymous or embedded ("Hyperlink References" in the
//! reStructuredText specification). References are never resolved.

use std::borrow::Cow;

use super::escape::{collapse, is_escaped, normal_name, part, unescape, unescape_uri};
use super::scanner::Scanner;
use super::{Inline, is_name_separator, uri};
use crate::Span;
use crate::source::is_space;

/// A link: `name_`, `` `text <uri>`_ `` or a URI without markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The markup, or the URI.
    pub span: Span,
    /// The text that is shown.
    pub text: Cow<'t, str>,
    /// The place that it leads to.
    pub target: ReferenceTarget,
    /// Whether the text becomes a name of the target: `` `text <uri>`_ ``.
    pub defines: bool,
}

/// A substitution reference: `|name|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubstitutionReference<'t> {
    /// The markup.
    pub span: Span,
    /// The name of the substitution.
    pub name: Cow<'t, str>,
    /// The place that it leads to, if it is also a link: `|name|_`.
    pub target: Option<ReferenceTarget>,
}

/// The place that a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceTarget {
    /// A target of the same document, by its name in lower case with white space collapsed.
    Name(Box<str>),
    /// A URI.
    Uri(Box<str>),
    /// The next anonymous target, in order.
    Anonymous,
}

/// The place that a phrase in back-quotes with underscores after it refers to.
pub(super) struct Phrase<'t> {
    pub text: Cow<'t, str>,
    pub target: ReferenceTarget,
    pub defines: bool,
}

/// Reads a phrase: `text`, or `text <target>`.
pub(super) fn phrase<'t>(text: &Cow<'t, str>, anonymous: bool) -> Phrase<'t> {
    let Some((shown, target)) = embedded(text) else {
        let text = unescape(text.clone());
        let target = if anonymous {
            ReferenceTarget::Anonymous
        } else {
            ReferenceTarget::Name(normal_name(&text).into())
        };
        return Phrase {
            text,
            target,
            defines: false,
        };
    };
    let is_name = target.ends_with('_')
        && !is_escaped(target.as_bytes(), target.len() - 1)
        && !uri::starts_with_link(target);
    let (target, fallback) = if is_name {
        let name = unescape(&target[..target.len() - 1]);
        (
            ReferenceTarget::Name(normal_name(&name).into()),
            collapse(&name).to_lowercase(),
        )
    } else {
        let uri = adjust_uri(unescape_uri(target));
        (ReferenceTarget::Uri(uri.as_str().into()), uri)
    };
    let text = if shown.is_empty() {
        Cow::Owned(fallback)
    } else {
        unescape(part(text, 0..shown.len()))
    };
    Phrase {
        text,
        target,
        defines: !anonymous,
    }
}

/// Splits `text <target>`, if an unescaped `<` after white space opens it and a `>` at the end closes it.
fn embedded(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let inner = text.strip_suffix('>')?;
    let open = (0..inner.len())
        .rev()
        .find(|&at| matches!(bytes[at], b'<' | b'>') && !is_escaped(bytes, at))?;
    let target = &inner[open + 1..];
    let before = &text[..open];
    let shown = before.trim_end_matches([' ', '\n']);
    let open_ok = bytes[open] == b'<' && (before.is_empty() || shown.len() < before.len());
    let edges_ok = !target.starts_with(is_space)
        && !target.ends_with(is_space)
        && !is_escaped(bytes, inner.len());
    (open_ok && edges_ok && !target.is_empty()).then_some((shown, target))
}

/// Makes a URI of an e-mail address.
pub(crate) fn adjust_uri(uri: String) -> String {
    if uri::is_email(&uri) {
        format!("mailto:{uri}")
    } else {
        uri
    }
}

impl Scanner<'_, '_, '_, '_> {
    /// The start of the longest simple name that ends before `end`.
    pub fn name_before(&self, end: usize) -> Option<usize> {
        let mut start = end;
        let mut characters = self.text[self.base..end].char_indices().rev().peekable();
        while let Some((at, character)) = characters.next() {
            if character.is_alphanumeric() {
                start = self.base + at;
            } else {
                let inside = start < end && start == self.base + at + character.len_utf8();
                let next = characters
                    .peek()
                    .is_some_and(|&(_, next)| next.is_alphanumeric());
                if !(inside && next && is_name_separator(character)) {
                    break;
                }
            }
        }
        (start < end).then_some(start)
    }

    /// Reads `name_` or `name__`, whose first underscore is at `at`.
    pub fn simple_reference(&mut self, at: usize) -> usize {
        let anonymous = self.bytes.get(at + 1) == Some(&b'_');
        let end = at + 1 + usize::from(anonymous);
        if self.bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) || !self.may_end(end) {
            return at + 1;
        }
        let Some(longest) = self.name_before(at) else {
            return at + 1;
        };
        // A name may also start after a separator that may come before markup.
        let starts = self.text[longest..at]
            .char_indices()
            .map(|(offset, _)| longest + offset);
        let mut starts =
            starts.filter(|&start| self.character_at(start).is_some_and(char::is_alphanumeric));
        let Some(start) = starts.find(|&start| self.may_start(start)) else {
            return at + 1;
        };
        let name = &self.text[start..at];
        let target = if anonymous {
            ReferenceTarget::Anonymous
        } else {
            ReferenceTarget::Name(normal_name(name).into())
        };
        let inline = Inline::Reference(Box::new(Reference {
            span: self.span(start, end),
            text: self.piece(start, at),
            target,
            defines: false,
        }));
        self.push(start, end, inline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_may_bring_its_uri() {
        let phrase = phrase(
            &Cow::Borrowed("Endpoints <https://docs.otc.t-systems.com/en-us/\nendpoint/>"),
            false,
        );
        assert_eq!(phrase.text, "Endpoints");
        assert_eq!(
            phrase.target,
            ReferenceTarget::Uri("https://docs.otc.t-systems.com/en-us/endpoint/".into())
        );
        assert!(phrase.defines);
    }

    #[test]
    fn a_phrase_may_lead_to_another_name() {
        let phrase = phrase(
            &Cow::Borrowed("Image Sharing <en-us_topic_0125866393_>"),
            true,
        );
        assert_eq!(
            phrase.target,
            ReferenceTarget::Name("en-us_topic_0125866393".into())
        );
    }

    #[test]
    fn angle_brackets_without_white_space_before_are_text() {
        assert_eq!(phrase(&Cow::Borrowed("a<b>"), false).text, "a<b>");
    }
}
