//! Explicit markup: finds out which construct follows two dots ("Explicit Markup Blocks" in the
//! reStructuredText specification). Text that is not a construct is a comment, and never an error.

use super::body::Start;
use super::{Indent, Indented};
use crate::inline::simple_name;
use crate::parser::Parser;
use crate::{Block, Code};

impl<'t> Parser<'_, 't> {
    pub(super) fn explicit_markup(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let (next, blank_finish) = self.explicit_construct(at, end, out);
        let follows = next < end
            && matches!(
                Start::of(self.line(next)),
                Start::Explicit | Start::Anonymous
            );
        if !follows {
            self.warn_unindent(blank_finish, next, end, "explicit markup");
        }
        next
    }

    /// Reads the construct on line `at`. Returns the next line, and whether a blank line comes before it.
    fn explicit_construct(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> (usize, bool) {
        let line = self.line(at);
        if line.starts_with('_') {
            return self.anonymous_target(at, end, out);
        }
        let start = explicit_start(line);
        let rest = &line[start..];
        let read = match rest.bytes().next() {
            Some(b'[') => {
                if let Some((label, bytes)) = super::footnote::label(rest) {
                    return self.footnote(at, end, label, start + bytes, out);
                }
                None
            }
            Some(b'_') if rest.len() > 1 && !rest.starts_with("_ ") => {
                let read = self.target(at, end, start + 1, out);
                self.malformed_explicit(
                    at,
                    read.is_none(),
                    "a hyperlink target without a closing colon",
                );
                read
            }
            Some(b'|') if rest.len() > 1 && !rest.starts_with("| ") => {
                let read = self.substitution_definition(at, end, start + 1, out);
                self.malformed_explicit(
                    at,
                    read.is_none(),
                    "a substitution definition without a directive",
                );
                read
            }
            Some(_) => directive_name(rest)
                .map(|(name, bytes)| self.directive(at, end, name, start + bytes, out)),
            None => None,
        };
        read.unwrap_or_else(|| self.comment(at, end, out))
    }

    fn malformed_explicit(&mut self, at: usize, malformed: bool, reason: &str) {
        if malformed {
            let span = self.source.line_span(self.lines[at]);
            self.report(
                Code::MalformedExplicit,
                span,
                format!("{reason} is read as a comment"),
            );
        }
    }

    /// The lines that belong to the explicit markup on line `at`, after its dots.
    pub(super) fn explicit_block(&mut self, at: usize, end: usize) -> Indented {
        let bytes = explicit_start(self.line(at));
        self.indented(at, end, Indent::AfterMarker { bytes })
    }
}

/// The bytes of the two dots and the spaces after them.
fn explicit_start(line: &str) -> usize {
    let blanks = line[2..].bytes().take_while(|&byte| byte == b' ').count();
    2 + blanks
}

/// The name of the directive that `text` starts with, and the bytes before the text after it.
pub(super) fn directive_name(text: &str) -> Option<(&str, usize)> {
    let length = simple_name(text)?;
    let after = &text[length..];
    let rest = after
        .strip_prefix(' ')
        .unwrap_or(after)
        .strip_prefix("::")?;
    let blanks = rest.bytes().take_while(|&byte| byte == b' ').count();
    (blanks > 0 || rest.is_empty()).then(|| (&text[..length], text.len() - rest.len() + blanks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn constructs_may_follow_each_other_without_blank_lines() {
        let parsed = parse(".. _en-us_topic_0125866393:\n.. note::\n\n   Text.\n");
        assert!(matches!(
            parsed.document.blocks[..],
            [Block::Target(_), Block::Directive(_)]
        ));
        assert!(parsed.diagnostics.is_empty());
    }

    #[test]
    fn one_blank_may_part_a_directive_from_its_colons() {
        assert_eq!(
            directive_name("table :: **Table 1** Actions"),
            Some(("table", 9))
        );
        assert_eq!(directive_name("note:: "), Some(("note", 7)));
        assert_eq!(directive_name("note: text"), None);
    }

    #[test]
    fn a_target_without_a_colon_is_a_comment_with_a_warning() {
        let parsed = parse(".. _en-us_topic_0125866393\n");
        assert!(matches!(parsed.document.blocks[..], [Block::Comment(_)]));
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedExplicit);
    }
}
