//! The state of one parse: the lines that remain, the diagnostics, and the open sections.
//! It does not contain the rules of any construct. Those are in the file of the construct.

use std::fmt::Write as _;
use std::ops::Range;

use crate::block::{Indented, LiteralBlock, Outline};
use crate::columns::ColumnLine;
use crate::inline::{Inline, Roles};
use crate::source::{Line, Source};
use crate::{Block, Code, Diagnostic, Document, Few, Parsed, Span};

/// Blocks that are nested deeper than this are kept as text, so that no text can exhaust the stack.
pub(crate) const MAX_DEPTH: usize = 100;

/// Reads one text.
///
/// Nested blocks (a list item, a table cell) are lines without their indentation or box. They are pushed
/// onto `lines`, read from there, and dropped again. So a level of nesting does not need an allocation.
/// Ranges of indexes into `lines` identify blocks.
pub(crate) struct Parser<'s, 't> {
    pub source: &'s Source<'s>,
    pub text: &'s str,
    /// The same text if it is the original, so that a document may borrow from it.
    lasting: Option<&'t str>,
    pub lines: Vec<Line>,
    pub diagnostics: Vec<Diagnostic>,
    pub outline: Outline<'t>,
    pub roles: Roles,
    pub parent: Parent,
    /// Memory for the lines of a grid table and their columns. Empty while no grid table is read.
    pub grid_lines: (Vec<Line>, Vec<ColumnLine<'s>>),
    /// Memory for the blocks of a level of nesting, which the next level reuses.
    rooms: Vec<Vec<Block<'t>>>,
    /// Memory for the inline markup of a text, which the next text reuses.
    pub inline_room: Vec<Inline<'t>>,
    depth: usize,
}

/// The block around the lines that are read. It decides which directives are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parent {
    /// A document or a section.
    Section,
    Sidebar,
    SubstitutionDefinition,
    Other,
}

/// Parses `text`. See [`crate::parse`].
pub(crate) fn parse(text: &str) -> Parsed<'_> {
    let (source, lines) = Source::new(text);
    let mut parser = Parser::new(&source, source.lasting(), lines);
    let mut blocks = Vec::new();
    parser.read(0..parser.lines.len(), true, &mut blocks);
    let outline = std::mem::take(&mut parser.outline);
    let blocks = outline.finish(blocks);
    if source.truncated() {
        let last = parser.lines.last().map(|line| line.skip(line.len()));
        parser.report(
            Code::TextTooLong,
            last.map_or_else(|| source.whole(), |end| source.line_span(end)),
            "the text is too long to be read to its end".to_owned(),
        );
    }
    let mut diagnostics = parser.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Parsed {
        document: Document {
            blocks,
            span: source.whole(),
        },
        diagnostics,
    }
}

impl<'s, 't> Parser<'s, 't> {
    pub fn new(
        source: &'s Source<'_>,
        lasting: Option<&'t str>,
        lines: Vec<Line>,
    ) -> Parser<'s, 't> {
        Parser {
            source,
            text: source.text(),
            lasting,
            lines,
            diagnostics: Vec::new(),
            outline: Outline::default(),
            roles: Roles::default(),
            parent: Parent::Section,
            grid_lines: (Vec::new(), Vec::new()),
            rooms: Vec::new(),
            inline_room: Vec::new(),
            depth: 0,
        }
    }

    /// Makes a parser for a text inside this one, at the same depth.
    pub fn inner<'i>(&mut self, source: &'i Source<'i>, lines: Vec<Line>) -> Parser<'i, 't> {
        let roles = std::mem::take(&mut self.roles);
        Parser {
            roles,
            depth: self.depth,
            parent: Parent::Other,
            ..Parser::new(source, None, lines)
        }
    }

    /// The text of line `at`.
    pub fn line(&self, at: usize) -> &'s str {
        self.slice(self.lines[at])
    }

    /// The text of a line, or of a part of one.
    pub fn slice(&self, line: Line) -> &'s str {
        &self.text[line.start as usize..line.end as usize]
    }

    /// `start..end` of the text, if it lasts as long as the document.
    pub fn lasting(&self, start: u32, end: u32) -> Option<&'t str> {
        let text = self.lasting?;
        Some(&text[start as usize..end as usize])
    }

    /// Whether line `at` is blank, or is at `end` or after it.
    pub fn blank_at(&self, at: usize, end: usize) -> bool {
        at >= end || self.lines[at].is_blank()
    }

    /// The span of the lines `range`, without blank lines at its end.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let Some(&first) = self.lines.get(range.start) else {
            return self.source.whole();
        };
        if range.len() == 1 {
            return self.source.line_span(first);
        }
        let last = self.lines[range.clone()]
            .iter()
            .rev()
            .find(|line| !line.is_blank());
        let end = last.map_or(first.end, |line| line.end);
        self.source
            .span(first.start, end.max(first.start), first.row)
    }

    /// The lines `range`, joined by line feeds, without blank lines at its end.
    pub fn joined(&self, range: Range<usize>) -> String {
        let lines = &self.lines[range];
        let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
        for &line in lines {
            text.push_str(self.slice(line));
            text.push('\n');
        }
        text.truncate(text.trim_end_matches('\n').len());
        text
    }

    /// Reads the lines that were pushed for a nested block, and drops them afterwards.
    pub fn nested(&mut self, block: &Indented) -> Few<Block<'t>> {
        let blocks = self.nested_lines(block.lines.clone());
        self.lines.truncate(block.pushed);
        blocks
    }

    /// Reads `lines` as the content of a block, one level deeper.
    pub fn nested_lines(&mut self, lines: Range<usize>) -> Few<Block<'t>> {
        self.nested_in(Parent::Other, lines)
    }

    /// Reads `lines` as the content of `parent`, one level deeper.
    pub fn nested_in(&mut self, parent: Parent, lines: Range<usize>) -> Few<Block<'t>> {
        self.nested_reading(parent, lines, |parser, lines, room| {
            parser.read(lines, false, room);
            Few::take_from(room, 0)
        })
    }

    /// The same as [`Parser::nested_in`], but the content may contain sections. They end with it.
    pub fn nested_with_titles(&mut self, parent: Parent, lines: Range<usize>) -> Vec<Block<'t>> {
        let blocks = self.nested_reading(parent, lines, |parser, lines, room| {
            let inner = parser.outline.inside();
            let outer = std::mem::replace(&mut parser.outline, inner);
            parser.read(lines, true, room);
            let read = std::mem::take(room);
            std::mem::replace(&mut parser.outline, outer)
                .finish(read)
                .into()
        });
        blocks.into()
    }

    fn nested_reading(
        &mut self,
        parent: Parent,
        lines: Range<usize>,
        read: impl FnOnce(&mut Self, Range<usize>, &mut Vec<Block<'t>>) -> Few<Block<'t>>,
    ) -> Few<Block<'t>> {
        if lines.is_empty() {
            return Few::new();
        }
        if self.depth == MAX_DEPTH {
            let span = self.span_of(lines.clone());
            let mut message = String::new();
            let _ = write!(
                message,
                "blocks are nested deeper than {MAX_DEPTH} levels; the rest is kept as text"
            );
            self.report(Code::NestingTooDeep, span, message);
            let (text, places) = self.joined_with_places(lines);
            return Few::one(Block::LiteralBlock(LiteralBlock { span, text, places }));
        }
        self.depth += 1;
        let outer = std::mem::replace(&mut self.parent, parent);
        let mut room = self.rooms.pop().unwrap_or_default();
        let blocks = read(self, lines, &mut room);
        self.rooms.push(room);
        self.parent = outer;
        self.depth -= 1;
        blocks
    }

    /// Reads inline markup in the lines `range`.
    pub fn inlines(&mut self, range: Range<usize>) -> Few<Inline<'t>> {
        crate::inline::read_lines(self, range)
    }

    pub fn report(&mut self, code: Code, span: Span, message: String) {
        let severity = code.severity();
        self.diagnostics.push(Diagnostic {
            span,
            severity,
            code,
            message,
            help: None,
        });
    }

    pub fn report_with_help(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.report(code, span, message);
        if let Some(diagnostic) = self.diagnostics.last_mut() {
            diagnostic.help = Some(help.to_owned());
        }
    }
}
