//! Field lists, such as the `:original_name:` at the start of a page ("Field Lists" in the
//! reStructuredText specification). This module does not interpret fields.

use super::Indent;
use super::body::Start;
use crate::inline::{self, Inline};
use crate::parser::Parser;
use crate::{Block, Few, Span};

/// Names with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldList<'t> {
    /// The lines of the list.
    pub span: Span,
    /// The fields, in order.
    pub fields: Vec<Field<'t>>,
}

/// One name with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'t> {
    /// The field, from the first colon to the end of the value.
    pub span: Span,
    /// The name, which may contain inline markup.
    pub name: Few<Inline<'t>>,
    /// The value.
    pub blocks: Few<Block<'t>>,
}

impl Field<'_> {
    /// The name without markup.
    pub fn name_text(&self) -> String {
        inline::text(&self.name)
    }

    /// The text of the value.
    pub fn text(&self) -> String {
        super::text_of(&self.blocks)
    }
}

/// A field marker: the byte after its name, and the byte where the value starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldMarker {
    pub name_end: usize,
    pub bytes: usize,
}

/// The field marker that `line` starts with: `:name:` and a space or the end of the line.
pub(crate) fn marker(line: &str) -> Option<FieldMarker> {
    let bytes = line.as_bytes();
    if bytes.first() != Some(&b':') || matches!(bytes.get(1), None | Some(b':' | b' ')) {
        return None;
    }
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if at + 1 < bytes.len() => at += 2,
            b'\\' => return None,
            b':' => match bytes.get(at + 1) {
                None | Some(b' ') if bytes[at - 1] != b' ' => {
                    let blanks = bytes[at + 1..]
                        .iter()
                        .take_while(|&&byte| byte == b' ')
                        .count();
                    return Some(FieldMarker {
                        name_end: at,
                        bytes: at + 1 + blanks,
                    });
                }
                // A colon before a space or a back-quote cannot be part of a name.
                None | Some(b' ' | b'`') => return None,
                Some(_) => at += 1,
            },
            _ => at += 1,
        }
    }
    None
}

impl<'t> Parser<'_, 't> {
    pub(super) fn field_list(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let mut fields = Vec::new();
        let mut next = at;
        let blank_finish = loop {
            let Some(marker) = marker(self.line(next)) else {
                break true;
            };
            let (field, after, blank_finish) = self.field(next, end, marker);
            fields.push(field);
            next = self.skip_blank(after, end);
            if next >= end || Start::of(self.line(next)) != Start::FieldMarker {
                break blank_finish;
            }
        };
        let span = self.span_of(at..next);
        out.push(Block::FieldList(FieldList { span, fields }));
        self.warn_unindent(blank_finish, next, end, "a field list");
        next
    }

    fn field(&mut self, at: usize, end: usize, marker: FieldMarker) -> (Field<'t>, usize, bool) {
        let name = self.lines[at].take(marker.name_end).skip(1);
        let name = inline::read_line(self, name);
        let block = self.indented(
            at,
            end,
            Indent::AfterMarker {
                bytes: marker.bytes,
            },
        );
        let blocks = self.nested(&block);
        let span = self.span_of(at..block.next);
        (Field { span, name, blocks }, block.next, block.blank_finish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn a_page_names_itself_in_a_field() {
        let parsed = parse(":original_name: en-us_topic_0125866393.html\n\nText.\n");
        assert_eq!(
            parsed.document.field("original_name").as_deref(),
            Some("en-us_topic_0125866393.html")
        );
    }

    #[test]
    fn a_value_may_go_on_in_an_indented_block() {
        let parsed = parse(":Note: Images\n  can be shared.\n\n  -  ims:images:share\n:Other:\n");
        let [Block::FieldList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!((list.fields.len(), list.fields[0].blocks.len()), (2, 2));
    }

    #[test]
    fn a_role_at_the_start_of_a_line_is_not_a_field() {
        assert_eq!(
            marker(":ref:`Deleting ECSs <en-us_topic_0020212679>`"),
            None
        );
        assert_eq!(marker("::"), None);
        assert_eq!(
            marker(":a b: c"),
            Some(FieldMarker {
                name_end: 4,
                bytes: 6
            })
        );
    }
}
