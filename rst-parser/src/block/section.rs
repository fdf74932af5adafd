//! Section titles, and the nesting of sections by the lines of their titles ("Sections" in the
//! reStructuredText specification). Sections never start inside other blocks.

use super::body::is_rule;
use super::{Malformed, indentation};
use crate::columns::width;
use crate::inline::{self, Inline};
use crate::parser::{MAX_DEPTH, Parser};
use crate::source::Line;
use crate::{Block, Code, Few, Span};

/// A section: its title and everything before the next title of its level or a higher one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'t> {
    /// The section, from its title or the line over its title to the end of its last block.
    pub span: Span,
    /// The title.
    pub title: Few<Inline<'t>>,
    /// The place of the title's text, without the lines around it.
    pub title_span: Span,
    /// The depth of the section, from one.
    pub level: usize,
    /// The content of the section. Subsections come last.
    pub blocks: Vec<Block<'t>>,
}

impl<'t> Section<'t> {
    /// The title without markup.
    pub fn title_text(&self) -> String {
        inline::text(&self.title)
    }

    /// The sections directly inside this one, in order.
    pub fn subsections(&self) -> impl Iterator<Item = &Section<'t>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Section(section) => Some(&**section),
            _ => None,
        })
    }
}

/// The characters of the lines of a title: over it (if there is such a line), and under it.
type Style = (Option<u8>, u8);

/// The open sections while a text is read, and the order of title styles that the text has set.
#[derive(Default)]
pub(crate) struct Outline<'t> {
    root: Vec<Block<'t>>,
    open: Vec<Section<'t>>,
    styles: Vec<Style>,
    /// The number of open sections around the text that is read.
    around: usize,
}

impl<'t> Outline<'t> {
    /// The outline of a text inside the innermost open section. The text has its own title styles.
    pub fn inside(&self) -> Outline<'t> {
        Outline {
            around: self.around + self.open.len(),
            ..Outline::default()
        }
    }

    /// Adds `blocks` to the innermost open section.
    fn fill(&mut self, blocks: &mut Vec<Block<'t>>) {
        match self.open.last_mut() {
            Some(section) => {
                if let Some(last) = blocks.last() {
                    section.span = section.span.to(last.span());
                }
                section.blocks.append(blocks);
            }
            None => self.root.append(blocks),
        }
    }

    /// Closes the sections at `level` and deeper.
    fn close(&mut self, level: usize) {
        while self.open.len() >= level.max(1) {
            let Some(section) = self.open.pop() else {
                return;
            };
            self.fill(&mut vec![Block::Section(Box::new(section))]);
        }
    }

    /// Closes all sections. `blocks` were read since the last title.
    pub fn finish(mut self, mut blocks: Vec<Block<'t>>) -> Vec<Block<'t>> {
        self.fill(&mut blocks);
        self.close(1);
        self.root
    }
}

impl<'t> Parser<'_, 't> {
    /// Reads a title with a line under it. `None` if the two lines are ordinary text.
    pub fn underlined_title(
        &mut self,
        at: usize,
        end: usize,
        titles: bool,
        out: &mut Vec<Block<'t>>,
    ) -> Option<usize> {
        let (title, underline) = (self.line(at), self.line(at + 1));
        let short = width(title) > underline.len();
        let span = self.span_of(at..at + 2);
        if short && underline.len() < 4 {
            if titles {
                self.possible_title(at);
            }
            return None;
        }
        if short {
            self.short_line(at, "underline");
        }
        if !titles {
            self.report(
                Code::UnexpectedTitle,
                span,
                format!("a section title is not possible here: `{title}`"),
            );
            out.push(Malformed::block(span, self.joined(at..at + 2)));
            return Some(at + 2);
        }
        let _ = end;
        self.section(span, self.lines[at], (None, underline.as_bytes()[0]), out);
        Some(at + 2)
    }

    /// Reads the construct that starts with a line of punctuation, if sections are possible.
    pub fn title_or_transition(
        &mut self,
        at: usize,
        end: usize,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let overline = self.line(at);
        let short = overline.len() < 4;
        if self.blank_at(at + 1, end) {
            if short {
                return self.text_block(at, end, true, out);
            }
            out.push(self.transition(at));
            return at + 1;
        }
        if let Some((lines, reason)) = self.title_error(at, end) {
            return self.not_a_title(at..at + lines, end, reason, out);
        }
        let title = self.line(at + 1);
        if width(title) > overline.len() {
            if short {
                self.possible_title(at);
                return self.text_block(at, end, true, out);
            }
            self.short_line(at + 1, "overline");
        }
        let span = self.span_of(at..at + 3);
        let line = self.lines[at + 1].skip(indentation(title).0);
        let adornment = overline.as_bytes()[0];
        self.section(span, line, (Some(adornment), adornment), out);
        at + 3
    }

    /// Why the lines from a line of punctuation on are not a title between two lines, and how many lines
    /// are meant.
    fn title_error(&self, at: usize, end: usize) -> Option<(usize, &'static str)> {
        let (overline, title) = (self.line(at), self.line(at + 1));
        if !title.starts_with(' ') && is_rule(title) {
            return Some((2, "two title lines without a title between them"));
        }
        if at + 2 >= end {
            return Some((2, "a section title without a line under it"));
        }
        let underline = self.line(at + 2);
        if !is_rule(underline) {
            return Some((3, "a line over a section title without one under it"));
        }
        (overline != underline).then_some((3, "the lines over and under a section title differ"))
    }

    /// Reads a line of punctuation, if sections are not possible.
    pub fn unexpected_rule(&mut self, at: usize, end: usize, out: &mut Vec<Block<'t>>) -> usize {
        let line = self.line(at);
        if line.len() < 4 {
            if line != "::" {
                self.possible_title(at);
            }
            return self.text_block(at, end, false, out);
        }
        let span = self.source.line_span(self.lines[at]);
        self.report(
            Code::UnexpectedTitle,
            span,
            "a section title or transition is not possible here".to_owned(),
        );
        out.push(Malformed::block(span, line.to_owned()));
        at + 1
    }

    fn not_a_title(
        &mut self,
        lines: std::ops::Range<usize>,
        end: usize,
        reason: &str,
        out: &mut Vec<Block<'t>>,
    ) -> usize {
        let (at, next) = (lines.start, lines.end);
        if self.lines[at].len() < 4 {
            self.possible_title(at);
            return self.text_block(at, end, true, out);
        }
        let span = self.span_of(lines.clone());
        self.report(Code::MalformedTitle, span, reason.to_owned());
        out.push(Malformed::block(span, self.joined(lines)));
        next
    }

    fn section(&mut self, span: Span, title: Line, style: Style, out: &mut Vec<Block<'t>>) {
        let styles = self.outline.styles.len();
        let known = self.outline.styles.iter().position(|&known| known == style);
        let level = known.map_or(styles + 1, |index| index + 1);
        let current = self.outline.open.len();
        if level > current + 1 {
            let message = format!("the title skips from level {current} to level {level}");
            self.report(Code::InconsistentTitle, span, message);
            out.push(Malformed::block(span, self.text_of(span)));
            return;
        }
        let around = self.outline.around;
        if around + level > MAX_DEPTH {
            let message = format!("sections are nested deeper than {MAX_DEPTH} levels");
            self.report(Code::NestingTooDeep, span, message);
            out.push(Malformed::block(span, self.text_of(span)));
            return;
        }
        if known.is_none() {
            self.outline.styles.push(style);
        }
        self.outline.fill(out);
        self.outline.close(level);
        let title_span = self.source.line_span(title);
        let title = inline::read_line(self, title);
        self.outline.open.push(Section {
            span,
            title,
            title_span,
            level: around + level,
            blocks: Vec::new(),
        });
    }

    fn text_of(&self, span: Span) -> String {
        self.source.original(span).to_owned()
    }

    fn possible_title(&mut self, at: usize) {
        let span = self.source.line_span(self.lines[at]);
        self.report(
            Code::PossibleTitle,
            span,
            "this may be a title whose line is too short; it is read as text".to_owned(),
        );
    }

    fn short_line(&mut self, title: usize, which: &str) {
        let span = self.source.line_span(self.lines[title]);
        self.report(
            Code::ShortTitleLine,
            span,
            format!("the title is longer than its {which}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, parse};

    #[test]
    fn a_title_is_underlined() {
        let parsed = parse("Image Sharing\n=============\n\nText.\n");
        let section = parsed.document.title().unwrap();
        assert_eq!(
            (section.title_text().as_str(), section.level),
            ("Image Sharing", 1)
        );
        assert_eq!(section.blocks.len(), 1);
    }

    #[test]
    fn the_order_of_adornments_decides_the_level() {
        let parsed = parse(
            "Image Sharing\n=============\n\nURI\n---\n\n========\n Example\n========\n\nOther\n-----\n",
        );
        let section = parsed.document.title().unwrap();
        let [Block::Section(uri), Block::Section(other)] = &section.blocks[..] else {
            panic!("{section:?}")
        };
        assert_eq!((uri.level, other.level), (2, 2));
        let [Block::Section(example)] = &uri.blocks[..] else {
            panic!("{uri:?}")
        };
        assert_eq!(
            (example.level, example.title_text().as_str()),
            (3, "Example")
        );
    }

    #[test]
    fn a_title_in_a_list_item_is_kept_as_text() {
        let parsed = parse("-  Image Sharing\n   =============\n");
        assert_eq!(parsed.diagnostics[0].code, Code::UnexpectedTitle);
    }
}
