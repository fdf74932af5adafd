//! Hyperlink references with their targets, named, anonymous or embedded ("Hyperlink References"
//! in the reStructuredText specification). References are never resolved here.

use super::escape::{collapse, is_escaped, normal_name, unescape, unescape_uri};
use super::uri;
use crate::source::is_space;

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceTarget {
    /// A target of the same document, by its name in lower case with white space collapsed.
    Name(String),
    /// A URI.
    Uri(String),
    /// The next anonymous target, in order.
    Anonymous,
}

/// What a phrase in back-quotes with underscores behind it refers to.
pub(super) struct Phrase {
    pub text: String,
    pub target: ReferenceTarget,
    pub defines: bool,
}

/// Reads a phrase: `text`, or `text <target>`.
pub(super) fn phrase(text: &str, anonymous: bool) -> Phrase {
    let Some((shown, target)) = embedded(text) else {
        let target = if anonymous {
            ReferenceTarget::Anonymous
        } else {
            ReferenceTarget::Name(normal_name(&unescape(text)))
        };
        return Phrase {
            text: unescape(text),
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
            ReferenceTarget::Name(normal_name(&name)),
            collapse(&name).to_lowercase(),
        )
    } else {
        let uri = adjust_uri(unescape_uri(target));
        (ReferenceTarget::Uri(uri.clone()), uri)
    };
    let text = if shown.is_empty() {
        fallback
    } else {
        unescape(shown)
    };
    Phrase {
        text,
        target,
        defines: !anonymous,
    }
}

/// Parts `text <target>`, when an unescaped `<` after white space opens what `>` at the end closes.
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

/// An e-mail address becomes a URI.
pub(crate) fn adjust_uri(uri: String) -> String {
    if uri::is_email(&uri) {
        format!("mailto:{uri}")
    } else {
        uri
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_may_bring_its_uri() {
        let phrase = phrase(
            "Endpoints <https://docs.otc.t-systems.com/en-us/\nendpoint/>",
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
        let phrase = phrase("Image Sharing <en-us_topic_0125866393_>", true);
        assert_eq!(
            phrase.target,
            ReferenceTarget::Name("en-us_topic_0125866393".into())
        );
    }

    #[test]
    fn angle_brackets_without_white_space_before_are_text() {
        assert_eq!(phrase("a<b>", false).text, "a<b>");
    }
}
