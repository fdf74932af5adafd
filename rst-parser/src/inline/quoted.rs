//! Text between two marks: emphasis, strong emphasis, literals, inline targets and substitution
//! references. Each is a section with that name in the reStructuredText specification. Another module
//! reads roles and hyperlinks in back-quotes.

use super::Inline;
use super::close::End;
use super::escape::{normal_name, unescape};
use super::reference::{ReferenceTarget, SubstitutionReference};
use super::scanner::Scanner;

impl Scanner<'_, '_, '_, '_> {
    /// Reads simple markup, whose start mark has `length` bytes at `at`.
    pub fn quoted_or(&mut self, at: usize, length: usize, end: End) -> usize {
        let content = at + length;
        if !self.may_start(at) || self.space_at(content) {
            return at + 1;
        }
        if self.is_quoted(at, content) {
            self.base = content;
            return content;
        }
        let Some(close) = self.close(end, content) else {
            return self.unclosed(at, content, end);
        };
        let (span, inner) = (self.span(at, close.end), self.piece(content, close.start));
        let inline = match end {
            // Backslashes are text only in a literal.
            End::Literal => Inline::Literal { span, text: inner },
            End::Emphasis => Inline::Emphasis {
                span,
                text: unescape(inner),
            },
            End::Strong => Inline::Strong {
                span,
                text: unescape(inner),
            },
            End::Target => Inline::Target {
                span,
                text: unescape(inner),
            },
            End::Interpreted | End::Substitution => {
                let name = unescape(inner);
                let target = match close.underscores {
                    0 => None,
                    1 => Some(ReferenceTarget::Name(normal_name(&name).into())),
                    _ => Some(ReferenceTarget::Anonymous),
                };
                Inline::SubstitutionReference(Box::new(SubstitutionReference {
                    span,
                    name,
                    target,
                }))
            }
        };
        self.push(at, close.end, inline)
    }
}

#[cfg(test)]
mod tests {
    use crate::inline::testing::{kinds, texts};

    #[test]
    fn strong_text_may_be_inside_a_sentence() {
        let text = "If **Action** is **None**, no authorization\n";
        assert_eq!(kinds(text), "tstst");
        assert_eq!(texts(text)[3], "None");
    }

    #[test]
    fn emphasis_may_be_in_braces() {
        let text = "PUT https://{*Endpoint*}/v3/{project_id}/instances\n";
        // docutils reads the scheme alone as a link.
        assert_eq!(kinds(text), "tRtet");
        assert_eq!(
            texts(text).concat(),
            "PUT https://{Endpoint}/v3/{project_id}/instances"
        );
    }

    #[test]
    fn an_image_in_a_line_is_a_name_in_bars() {
        assert_eq!(kinds("Click |image1| next to the parameter.\n"), "tSt");
    }

    #[test]
    fn quoted_marks_are_text() {
        assert_eq!(kinds("(*) '*' \"**\" * a\n"), "t");
    }
}
