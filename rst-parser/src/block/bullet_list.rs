//! Bullet lists ("Bullet Lists" in the reStructuredText specification).
//! All items of a list have the same bullet. Another bullet starts another list.

use super::Indent;
use super::body::Start;
use crate::parser::Parser;
use crate::{Block, Few, Span};

/// A list whose items start with the same bullet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulletList<'t> {
    /// The lines of the list.
    pub span: Span,
    /// The bullet: `-`, `+`, `*`, `•`, `‣` or `⁃`.
    pub bullet: char,
    /// The items, in order.
    pub items: Vec<ListItem<'t>>,
}

/// An item of a bullet list or an enumerated list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem<'t> {
    /// The item, from its bullet or enumerator on.
    pub span: Span,
    /// The content of the item.
    pub blocks: Few<Block<'t>>,
}

impl ListItem<'_> {
    /// The text of the item's blocks.
    pub fn text(&self) -> String {
        super::text_of(&self.blocks)
    }
}

/// The bullet of a line, if the bullet is not an ASCII character.
pub(super) fn wide_bullet(line: &str) -> Option<char> {
    let mut characters = line.chars();
    let bullet = characters
        .next()
        .filter(|first| matches!(first, '•' | '‣' | '⁃'))?;
    matches!(characters.next(), None | Some(' ')).then_some(bullet)
}

impl<'t> Parser<'_, 't> {
    pub(super) fn bullet_list(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let bullet = self.line(at).chars().next().unwrap_or('-');
        let mut items = Vec::new();
        let mut next = at;
        let blank_finish = loop {
            let blanks = self.line(next)[bullet.len_utf8()..]
                .bytes()
                .take_while(|&byte| byte == b' ')
                .count();
            let (item, after, blank_finish) =
                self.list_item(next, end, bullet.len_utf8() + blanks, 1 + blanks);
            items.push(item);
            next = self.skip_blank(after, end);
            let goes_on = next < end
                && Start::of(self.line(next)) == Start::Bullet
                && self.line(next).starts_with(bullet);
            if !goes_on {
                break blank_finish;
            }
        };
        let span = self.span_of(at..next);
        out.push(Block::BulletList(BulletList {
            span,
            bullet,
            items,
        }));
        self.warn_unindent(blank_finish, next, end, "a bullet list");
        next
    }

    /// Reads the item on line `at`, whose marker has `bytes` bytes and `characters` characters. Returns
    /// the item, the line after it, and whether a blank line ended it.
    pub(super) fn list_item(
        &mut self,
        at: usize,
        end: usize,
        bytes: usize,
        characters: usize,
    ) -> (ListItem<'t>, usize, bool) {
        let indent = if self.lines[at].len() > bytes {
            Indent::Known { bytes, characters }
        } else {
            Indent::AfterMarker { bytes }
        };
        let block = self.indented(at, end, indent);
        let blocks = self.nested(&block);
        let span = self.span_of(at..block.next);
        (ListItem { span, blocks }, block.next, block.blank_finish)
    }

    /// The first line from `at` on that is not blank.
    pub fn skip_blank(&self, mut at: usize, end: usize) -> usize {
        while at < end && self.lines[at].is_blank() {
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn items_of_one_bullet_are_one_list() {
        let parsed = parse("-  ims:images:get\n-  ims:images:share\n");
        let [Block::BulletList(list)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(list.bullet, '-');
        let texts: Vec<_> = list.items.iter().map(super::ListItem::text).collect();
        assert_eq!(texts, ["ims:images:get", "ims:images:share"]);
        assert_eq!(
            (
                list.items[1].span.line,
                list.items[1].blocks[0].span().column
            ),
            (2, 4)
        );
    }

    #[test]
    fn another_bullet_starts_another_list() {
        let parsed = parse("-  ims:images:get\n\n*  ims:images:share\n");
        assert_eq!(parsed.document.blocks.len(), 2);
    }

    #[test]
    fn an_item_continues_as_far_as_it_is_indented() {
        let parsed = parse("-  ims:images:get\n\n   Needed first.\n\nText.\n");
        let [Block::BulletList(list), Block::Paragraph(_)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(list.items[0].blocks.len(), 2);
    }
}
