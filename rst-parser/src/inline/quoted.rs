//! Text between two marks: emphasis, strong emphasis, literals, inline targets and substitution
//! references, each a section of that name in the reStructuredText specification. Roles and
//! hyperlinks in back-quotes are never read here.

use super::Inline;
use super::close::End;
use super::escape::{normal_name, unescape};
use super::reference::{ReferenceTarget, SubstitutionReference};
use super::scanner::Scanner;

impl Scanner<'_, '_, '_, '_> {
    /// Reads simple markup whose start mark is `length` bytes at `at`.
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
            // Backslashes are text in a literal, and nowhere else.
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
