//! Hyperlink targets ("Hyperlink Targets" in the reStructuredText specification).
//! Reading a target never resolves it. [`Document::block_of`](crate::Document::block_of) finds the block
//! that a name leads to.

use crate::inline::ReferenceTarget;
use crate::inline::escape::{collapse, is_escaped, normal_name, unescape, unescape_uri};
use crate::inline::{adjust_uri, simple_name};
use crate::parser::Parser;
use crate::source::is_space;
use crate::{Block, Span};

/// A name for a place in the text or for a URI: `.. _name:` or `.. _name: uri`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The target, from the two dots or underscores on.
    pub span: Span,
    /// The name as it is written, without escapes. Empty for an anonymous target.
    pub name: String,
    /// The place that the target leads to. Without one, the target names the block after it.
    pub target: Option<ReferenceTarget>,
}

impl Target {
    /// The name as references spell it: in lower case, with each run of white space as one space.
    pub fn normal_name(&self) -> String {
        normal_name(&self.name)
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads the target on line `at`, whose name starts after `bytes` bytes.
    pub(super) fn target(
        &mut self,
        at: usize,
        end: usize,
        bytes: usize,
        out: &mut Vec<Block<'t>>,
    ) -> Option<(usize, bool)> {
        let mut next = at + 1;
        while next < end && self.line(next).starts_with(' ') {
            next += 1;
        }
        // A name may continue on the next line.
        let mut text = self.line(at)[bytes..].to_owned();
        let mut last = at;
        let (name, rest) = loop {
            let from = text.len()
                - if last == at {
                    text.len()
                } else {
                    self.lines[last].len()
                };
            if let Some(found) = target_name(&text, from) {
                break found;
            }
            last += 1;
            if last >= next {
                return None;
            }
            text.push_str(self.line(last));
        };
        let name = unescape(name).into_owned();
        let mut link: Vec<&str> = vec![rest.trim_matches(is_space)];
        link.extend((last + 1..next).map(|line| self.line(line)));
        let target = read_target(&link, name.is_empty());
        let span = self.span_of(at..next);
        out.push(Block::Target(Target { span, name, target }));
        Some((next, self.blank_at(next, end)))
    }

    /// Reads `__ uri`.
    pub(super) fn anonymous_target(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> (usize, bool) {
        let line = self.line(at);
        let blanks = line[2..].bytes().take_while(|&byte| byte == b' ').count();
        let block = self.indented_until_blank(at, end, 2 + blanks);
        let uri: Vec<&str> = block.lines.clone().map(|line| self.line(line)).collect();
        let target = read_target(&uri, true);
        self.lines.truncate(block.pushed);
        let span = self.span_of(at..block.next);
        out.push(Block::Target(Target {
            span,
            name: String::new(),
            target,
        }));
        (block.next, block.blank_finish)
    }
}

/// The name in `text` and the text after its colon, if the colon is at `from` or later.
fn target_name(text: &str, from: usize) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if let Some(rest) = text.strip_prefix('_') {
        let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(':')?;
        return (rest.is_empty() || rest.starts_with(' ')).then_some(("", rest));
    }
    let quote = usize::from(text.starts_with('`'));
    if text[quote..].starts_with(['`', ' ']) {
        return None;
    }
    let colons = (from.max(quote + 1)..bytes.len()).filter(|&at| bytes[at] == b':');
    let mut ends = colons.filter(|&at| matches!(bytes.get(at + 1), None | Some(b' ')));
    ends.find_map(|colon| {
        let before = text[..colon].strip_suffix(' ').unwrap_or(&text[..colon]);
        let at = before.len();
        let last = before.chars().next_back()?;
        let escaped_colon = last == ':' && is_escaped(bytes, at - 1);
        let unescaped = |at: usize| !is_escaped(bytes, at);
        if is_space(last) || last == ':' && !escaped_colon || !unescaped(at) {
            return None;
        }
        let name = if quote == 1 {
            before[1..].strip_suffix('`')?
        } else {
            before
        };
        let edge_ok = !name.ends_with(is_space) && unescaped(quote + name.len());
        (!name.is_empty() && edge_ok).then_some((name, &text[colon + 1..]))
    })
}

/// The place that the lines after the name of a target lead to.
pub(crate) fn read_target(lines: &[&str], anonymous: bool) -> Option<ReferenceTarget> {
    let joined = collapse(&lines.join("\n"));
    if let Some(name) = reference_name(&joined) {
        return Some(ReferenceTarget::Name(normal_name(&unescape(name)).into()));
    }
    let uri = unescape_uri(&lines.join(" "));
    match uri.is_empty() {
        true => None,
        false if anonymous => Some(ReferenceTarget::Uri(uri.into())),
        false => Some(ReferenceTarget::Uri(adjust_uri(uri).into())),
    }
}

/// The name in `name_` or `` `a name`_ ``.
fn reference_name(text: &str) -> Option<&str> {
    let text = text.strip_suffix('_')?;
    let quoted = text
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    if let Some(phrase) = quoted {
        let edge_ok = !phrase.starts_with(' ')
            && !phrase.ends_with(' ')
            && !is_escaped(phrase.as_bytes(), phrase.len());
        return (!phrase.is_empty() && edge_ok).then_some(phrase);
    }
    (simple_name(text) == Some(text.len())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn only(text: &str) -> Target {
        match parse(text).document.blocks.into_iter().next() {
            Some(Block::Target(target)) => target,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_target_names_what_follows_it() {
        let target = only(".. _en-us_topic_0125866393:\n\nImage Sharing\n=============\n");
        assert_eq!(
            (target.name.as_str(), target.target),
            ("en-us_topic_0125866393", None)
        );
    }

    #[test]
    fn a_target_may_lead_to_a_uri_over_several_lines() {
        let target = only(".. _Endpoints: https://docs.otc.t-systems.com/\n   en-us/endpoint/\n");
        assert_eq!(
            target.target,
            Some(ReferenceTarget::Uri(
                "https://docs.otc.t-systems.com/en-us/endpoint/".into()
            ))
        );
        assert_eq!(target.normal_name(), "endpoints");
    }

    #[test]
    fn a_target_may_lead_to_another_name() {
        assert_eq!(
            only(".. _one: two_\n").target,
            Some(ReferenceTarget::Name("two".into()))
        );
        assert_eq!(
            only("__ `Two Words`_\n").target,
            Some(ReferenceTarget::Name("two words".into()))
        );
    }

    #[test]
    fn a_colon_in_a_name_is_escaped_or_quoted() {
        assert_eq!(only(".. _ims\\:images: uri\n").name, "ims:images");
        assert_eq!(only(".. _`FAQ: Images`: uri\n").name, "FAQ: Images");
    }
}
