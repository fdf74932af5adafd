//! The end of a piece of inline markup: its marks, and the role and underscores after them ("Inline
//! markup recognition rules" in the reStructuredText specification). Even if a text has many marks, it is
//! never searched twice for the same end.

use super::escape::is_escaped;
use super::scanner::Scanner;
use super::simple_name;
use crate::source::is_space;

/// The mark that ends a piece of markup.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Emphasis,
    Strong,
    Literal,
    Target,
    Interpreted,
    Substitution,
}

impl End {
    pub fn mark(self) -> &'static str {
        match self {
            End::Emphasis => "*",
            End::Strong => "**",
            End::Literal => "``",
            End::Target | End::Interpreted => "`",
            End::Substitution => "|",
        }
    }

    /// The mark that starts the markup, and the name of the markup.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            End::Emphasis => ("*", "emphasis"),
            End::Strong => ("**", "strong emphasis"),
            End::Literal => ("``", "literal text"),
            End::Target => ("_`", "an inline target"),
            End::Interpreted => ("`", "interpreted text"),
            End::Substitution => ("|", "a substitution reference"),
        }
    }
}

/// The end of a piece of markup: its marks, role and underscores.
#[derive(Clone, Copy)]
pub(super) struct Close<'a> {
    pub start: usize,
    pub end: usize,
    pub role: Option<&'a str>,
    pub underscores: usize,
}

impl<'a> Scanner<'a, '_, '_, '_> {
    /// The first end of markup whose content starts at `content`. `None` if that leaves no content.
    pub fn close(&mut self, end: End, content: usize) -> Option<Close<'a>> {
        if self.close_at(end, content, true).is_some() {
            return None;
        }
        let (from, found) = self.searched[end as usize];
        let first_byte = end.mark().as_bytes()[0];
        let first = self.character_at(content).map_or(1, char::len_utf8);
        let mut at = if from <= content && content < found {
            found
        } else {
            content + first
        };
        let close = loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let next = rest.iter().position(|&byte| byte == first_byte);
            let Some(next) = next else {
                at = self.text.len();
                break None;
            };
            at += next;
            if let Some(close) = self.close_at(end, at, false) {
                break Some(close);
            }
            at += 1;
        };
        let from = if from <= content && content < found {
            from
        } else {
            content
        };
        self.searched[end as usize] = (from, at);
        close
    }

    /// The end of markup at `at`, if there is one. An end at `first` has no content.
    fn close_at(&self, end: End, at: usize, first: bool) -> Option<Close<'a>> {
        let mark = end.mark();
        if !self.text.get(at..)?.starts_with(mark) {
            return None;
        }
        if !first {
            let space_before = self.text[..at].chars().next_back().is_some_and(is_space);
            let escaped = end != End::Literal && is_escaped(self.bytes, at);
            // An escaped space may come before the end of interpreted text.
            let blank_ok =
                end == End::Interpreted && space_before && is_escaped(self.bytes, at - 1);
            if escaped || space_before && !blank_ok {
                return None;
            }
        }
        let after = at + mark.len();
        let plain = Close {
            start: at,
            end: after,
            role: None,
            underscores: 0,
        };
        match end {
            End::Interpreted => {
                let role = self.text[after..].strip_prefix(':').and_then(|rest| {
                    let length = simple_name(rest)?;
                    rest[length..].starts_with(':').then(|| &rest[..length])
                });
                let with_role = role.and_then(|name| {
                    let close = Close {
                        end: after + name.len() + 2,
                        role,
                        ..plain
                    };
                    self.with_underscores(close)
                });
                with_role.or_else(|| self.with_underscores(plain))
            }
            End::Substitution => self.with_underscores(plain),
            _ => self.may_end(after).then_some(plain),
        }
    }

    fn with_underscores(&self, close: Close<'a>) -> Option<Close<'a>> {
        let found = self.bytes[close.end..]
            .iter()
            .take(2)
            .take_while(|&&byte| byte == b'_')
            .count();
        let ends = (0..=found).rev().map(|underscores| Close {
            end: close.end + underscores,
            underscores,
            ..close
        });
        ends.into_iter().find(|close| self.may_end(close.end))
    }
}

#[cfg(test)]
mod tests {
    use crate::inline::testing::{kinds, texts};

    #[test]
    fn markup_needs_room_before_and_after() {
        assert_eq!(kinds("2*3*4 a_b __init__ x``y``\n"), "t");
    }

    #[test]
    fn a_mark_after_a_blank_ends_nothing() {
        assert_eq!(
            texts("Press **Enter ** or **Esc**.\n")[1],
            "Enter ** or **Esc"
        );
    }

    #[test]
    fn markup_without_an_end_is_kept_as_text() {
        assert_eq!(kinds("*a **b ``c\n"), "PtPtPt");
        assert_eq!(texts("*a\n")[0], "*");
    }
}
