//! Short ways to show the inline markup of a text, for tests.

use crate::{Block, Inline, parse};

/// The inline markup of a text that is one paragraph.
fn inlines(text: &str) -> Vec<Inline<'_>> {
    match parse(text).document.blocks.into_iter().next() {
        Some(Block::Paragraph(paragraph)) => paragraph.inlines.into(),
        other => panic!("{other:?}"),
    }
}

/// The text that each piece shows.
pub(super) fn texts(text: &str) -> Vec<String> {
    let shown = |inline: &Inline| inline.text().to_owned();
    inlines(text).iter().map(shown).collect()
}

/// One letter for the kind of each piece of a text.
pub(super) fn kinds(text: &str) -> String {
    let kind = |inline: &Inline| match inline {
        Inline::Text { .. } => 't',
        Inline::Emphasis { .. } => 'e',
        Inline::Strong { .. } => 's',
        Inline::Literal { .. } => 'l',
        Inline::Role(_) => 'r',
        Inline::Reference(_) => 'R',
        Inline::FootnoteReference { .. } => 'F',
        Inline::CitationReference { .. } => 'C',
        Inline::SubstitutionReference(_) => 'S',
        Inline::Target { .. } => 'T',
        Inline::Problematic { .. } => 'P',
    };
    inlines(text).iter().map(kind).collect()
}
