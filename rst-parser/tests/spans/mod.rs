//! Properties of the spans of any text. The fuzz target checks the same properties.

use rst_parser::{Block, Inline, LiteralBlock, Parsed, Span, Table};

/// Checks that spans are inside the text, on character boundaries, inside the span around them, and have
/// the line and column of their first byte.
struct Spans<'t> {
    text: &'t str,
    /// The byte where each line starts.
    lines: Vec<usize>,
}

impl Spans<'_> {
    fn of(text: &str) -> Spans<'_> {
        let mut lines = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|&(_, next)| next);
            match character {
                '\r' if next == Some('\n') => {}
                '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    lines.push(at + character.len_utf8());
                }
                _ => {}
            }
        }
        Spans { text, lines }
    }

    /// The line and column of a byte.
    fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines[line - 1].min(byte);
        (line, self.text[start..byte].chars().count() + 1)
    }

    fn document(&self, parsed: &Parsed) {
        let whole = parsed.document.span;
        self.span(whole, whole);
        self.blocks(&parsed.document.blocks, whole);
        for diagnostic in &parsed.diagnostics {
            self.span(diagnostic.span, whole);
        }
    }

    fn span(&self, span: Span, around: Span) {
        assert!(
            self.text.get(span.range()).is_some(),
            "{span:?} does not lie in the text"
        );
        assert!(around.contains(span), "{span:?} does not lie in {around:?}");
        let place = (span.line as usize, span.column as usize);
        assert_eq!(
            place,
            self.place(span.start as usize),
            "{span:?} has another place"
        );
    }

    fn blocks(&self, blocks: &[Block], around: Span) {
        for block in blocks {
            let span = block.span();
            self.span(span, around);
            match block {
                Block::Section(section) => self.inlines(&section.title, span),
                Block::Paragraph(paragraph) => self.inlines(&paragraph.inlines, span),
                Block::Table(table) => self.table(table),
                Block::Directive(directive) => {
                    self.inlines(&directive.inlines, span);
                    self.literal(&directive.literal(), span);
                }
                Block::LiteralBlock(literal) => self.literal(literal, span),
                _ => {}
            }
            for child in block.children() {
                self.blocks(std::slice::from_ref(child), span);
            }
        }
    }

    /// Each character has a place inside the block, and the places are in order.
    fn literal(&self, literal: &LiteralBlock, around: Span) {
        let mut before = around.start;
        for (at, character) in literal.text.char_indices() {
            let place = literal.locate(at..at + character.len_utf8());
            let place = place.expect("each character of the text has a place");
            self.span(place, around);
            assert!(before <= place.start, "{place:?} is before {before}");
            before = place.start;
        }
    }

    fn table(&self, table: &Table) {
        for row in &table.rows {
            self.span(row.span, table.span);
            for cell in &row.cells {
                self.span(cell.span, table.span);
                for block in &cell.blocks {
                    self.span(block.span(), cell.span);
                }
            }
        }
    }

    fn inlines(&self, inlines: &[Inline], around: Span) {
        for inline in inlines {
            self.span(inline.span(), around);
        }
    }
}

/// Parses a text twice, and checks the properties of any text.
pub fn check(text: &str) {
    let parsed = rst_parser::parse(text);
    Spans::of(text).document(&parsed);
    for block in &parsed.document.blocks {
        let _ = block.text();
    }
    let outline = parsed.document.outline();
    for (index, entry) in outline.iter().enumerate() {
        assert!(entry.parent.is_none_or(|parent| parent < index));
    }
    for block in parsed.document.labels().values() {
        assert!(parsed.document.span.contains(block.span()));
    }
    assert_eq!(
        parsed,
        rst_parser::parse(text),
        "the same text is read the same way"
    );
}
