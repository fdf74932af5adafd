//! The outline of a document: its sections in reading order, with their nesting.

use crate::{Block, Section};

/// A section in the outline of a document. [`Document::outline`](crate::Document::outline) returns them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry<'d, 't> {
    /// The title without markup.
    pub title: String,
    /// The depth of the section, from one.
    pub level: usize,
    /// The line of the title's text, from one.
    pub line: u32,
    /// The index, in the outline, of the section around this one.
    pub parent: Option<usize>,
    /// The section itself.
    pub section: &'d Section<'t>,
}

/// The sections of `blocks` in reading order.
pub(crate) fn of<'d, 't>(blocks: &'d [Block<'t>]) -> Vec<OutlineEntry<'d, 't>> {
    let mut outline = Vec::new();
    for block in blocks {
        collect(block, None, &mut outline);
    }
    outline
}

/// Recursion is safe, because blocks are nested only as deep as the parser reads them.
fn collect<'d, 't>(
    block: &'d Block<'t>,
    parent: Option<usize>,
    outline: &mut Vec<OutlineEntry<'d, 't>>,
) {
    let parent = match block {
        Block::Section(section) => {
            outline.push(OutlineEntry {
                title: section.title_text(),
                level: section.level,
                line: section.title_span.line,
                parent,
                section,
            });
            Some(outline.len() - 1)
        }
        // A directive such as `only` may contain sections.
        Block::Directive(_) => parent,
        _ => return,
    };
    for child in block.children() {
        collect(child, parent, outline);
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn an_outline_has_titles_levels_lines_and_parents() {
        let page = "\
====
Page
====

Text.

URI
===

Request
-------

Response
--------

Example
=======
";
        let parsed = parse(page);
        let outline = parsed.document.outline();
        let lines: Vec<_> = outline
            .iter()
            .map(|entry| (entry.title.as_str(), entry.level, entry.line, entry.parent))
            .collect();
        assert_eq!(
            lines,
            [
                ("Page", 1, 2, None),
                ("URI", 2, 7, Some(0)),
                ("Request", 3, 10, Some(1)),
                ("Response", 3, 13, Some(1)),
                ("Example", 2, 16, Some(0)),
            ]
        );
    }

    #[test]
    fn sections_of_a_directive_are_in_the_outline() {
        let page = "Page\n====\n\n.. only:: html\n\n   Part\n   ====\n\n   Text.\n";
        let parsed = parse(page);
        let titles: Vec<_> = parsed
            .document
            .outline()
            .into_iter()
            .map(|entry| entry.title)
            .collect();
        assert_eq!(titles, ["Page", "Part"]);
    }

    #[test]
    fn a_section_lists_its_subsections() {
        let page = "A\n=\n\nB\n-\n\nC\n~\n\nD\n-\n";
        let parsed = parse(page);
        let title = parsed.document.title().unwrap();
        let titles: Vec<_> = title
            .subsections()
            .map(crate::Section::title_text)
            .collect();
        assert_eq!(titles, ["B", "D"]);
    }
}
