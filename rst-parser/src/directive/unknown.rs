//! Unknown directives, because every extension of Sphinx brings its own. Their content is read if it is
//! markup, because it may contain tables. Content that is something else is never read as markup.

use std::ops::Range;

use super::{Directive, Kind, known};
use crate::parser::{Parent, Parser};
use crate::{Block, Code, Few, Severity, Span};

impl<'t> Parser<'_, 't> {
    /// Reads the directive `name`, which has `lines`.
    pub(super) fn unknown_directive(
        &mut self,
        span: Span,
        name: &str,
        lines: Range<usize>,
        out: &mut Vec<Block<'t>>,
    ) {
        let (arguments, options, content) = self.guess_parts(lines);
        let silent = known::is_silent(name);
        let blocks = if silent || known::is_verbatim(name) {
            Vec::new()
        } else {
            self.unknown_content(content.clone())
        };
        if !blocks.is_empty() {
            let message = format!("the directive `{name}` is not known; its content is read");
            self.report(Code::UnknownContent, span, message);
        } else if !silent {
            let message = format!("the directive `{name}` is not known");
            self.report(Code::UnknownDirective, span, message);
        }
        let (body, places) = self.joined_with_places(content);
        out.push(Block::Directive(Box::new(Directive {
            span,
            name: name.to_owned(),
            known: false,
            arguments,
            options,
            inlines: Few::new(),
            blocks,
            body,
            places,
            kind: Kind::Unknown,
        })));
    }

    /// The blocks of content that is markup. Other content does not have blocks, and is not reported.
    fn unknown_content(&mut self, content: Range<usize>) -> Vec<Block<'t>> {
        let before = self.diagnostics.len();
        let blocks = self.nested_with_titles(Parent::Other, content);
        let found = &self.diagnostics[before..];
        let has_table = blocks.iter().any(holds_table)
            || found.iter().any(|found| found.code == Code::MalformedTable);
        if has_table || !found.iter().any(|found| speaks_against_markup(found.code)) {
            return blocks;
        }
        self.diagnostics.truncate(before);
        Vec::new()
    }
}

/// Whether the text contains something that is common in other languages and rare in markup.
fn speaks_against_markup(code: Code) -> bool {
    match code {
        // Only markup contains these.
        Code::UnknownDirective
        | Code::UnknownRole
        | Code::MalformedDirective
        | Code::ShortTitleLine
        | Code::MissingContent
        | Code::MalformedRole => false,
        code => code.severity() > Severity::Info,
    }
}

/// Recursion is safe, because blocks are nested only as deep as the parser reads them.
fn holds_table(block: &Block<'_>) -> bool {
    matches!(block, Block::Table(_)) || block.children().any(holds_table)
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, parse};

    const TABLE: &str = "\
+------+---------+
| APIs | Actions |
+======+=========+
| a    | b       |
+------+---------+
";

    fn indented(text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| format!("   {line}")).collect();
        lines.join("\n") + "\n"
    }

    #[test]
    fn tables_are_found_in_every_directive_whose_content_is_markup() {
        for head in [
            ".. only:: html\n\n",
            ".. only:: html\n",
            ".. ONLY::\n\n",
            ".. ifconfig:: a in b\n\n",
            ".. tab-item:: Label of it\n   :sync: a\n\n",
            ".. tab:: Label\n",
            ".. tabs::\n",
            ".. versionadded:: 2.1\n\n",
            ".. versionchanged:: 2.1 With *more*\n   text.\n\n",
            ".. rst-class:: wide\n\n",
            ".. seealso::\n\n",
            ".. hlist::\n   :columns: 2\n\n",
            ".. py:function:: f(a, b)\n\n",
            ".. unheard-of::\n   :option: x\n",
        ] {
            let page = format!("{head}{}", indented(TABLE));
            let parsed = parse(&page);
            let table = parsed.document.tables().next();
            let texts = table.map(|table| table.cells().map(crate::Cell::text).collect::<Vec<_>>());
            let expected = ["APIs", "Actions", "a", "b"].map(str::to_owned).to_vec();
            assert_eq!(texts, Some(expected), "{page}{parsed:#?}");
        }
    }

    #[test]
    fn a_note_says_that_the_content_of_an_unknown_directive_is_read() {
        let parsed = parse(".. dropdown:: More\n   :open:\n\n   Content.\n");
        let [Block::Directive(directive)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        let (known, text) = (directive.known, directive.text());
        assert_eq!(
            (known, text.as_str(), directive.body.as_str()),
            (false, "Content.", "Content.")
        );
        assert_eq!(directive.arguments, ["More"]);
        assert_eq!(parsed.diagnostics.len(), 1);
        assert_eq!(parsed.diagnostics[0].code, Code::UnknownContent);
    }

    #[test]
    fn a_broken_table_in_an_unknown_directive_is_reported() {
        let page = format!(".. tab::\n\n{}", indented(TABLE).replace("| a  ", "| aa  "));
        let codes: Vec<Code> = parse(&page).diagnostics.iter().map(|d| d.code).collect();
        assert!(codes.contains(&Code::MalformedTable), "{codes:?}");
    }

    #[test]
    fn text_of_another_language_stays_as_it_is_written() {
        for text in [
            "{\n    \"a\": *b\n}",
            "a = `\n  b\nc = 2",
            "x:\n    - y: *z",
        ] {
            let page = format!(".. config::\n\n{}", indented(text));
            let parsed = parse(&page);
            let [Block::Directive(directive)] = &parsed.document.blocks[..] else {
                panic!("{parsed:?}")
            };
            assert_eq!(
                (directive.body.as_str(), directive.text()),
                (text, String::new())
            );
            assert_eq!(parsed.diagnostics.len(), 1, "{:?}", parsed.diagnostics);
            assert_eq!(parsed.diagnostics[0].code, Code::UnknownDirective);
        }
    }

    #[test]
    fn a_drawing_is_not_a_table() {
        let page = format!(".. ditaa::\n\n{}", indented(TABLE));
        let parsed = parse(&page);
        assert_eq!(parsed.document.tables().count(), 0);
        assert_eq!(parsed.diagnostics[0].code, Code::UnknownDirective);
    }

    #[test]
    fn sections_may_start_in_only_and_end_with_it() {
        let page = "Page\n====\n\n.. only:: html\n\n   Inner\n   -----\n\n   x\n\n   Deep\n   ~~~~\n\nOther\n-----\n";
        let parsed = parse(page);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let page = parsed.document.title().unwrap();
        let [Block::Directive(only), Block::Section(other)] = &page.blocks[..] else {
            panic!("{page:?}")
        };
        let [Block::Section(inner)] = &only.blocks[..] else {
            panic!("{only:?}")
        };
        let [_, Block::Section(deep)] = &inner.blocks[..] else {
            panic!("{inner:?}")
        };
        assert_eq!((inner.level, deep.level, other.level), (2, 3, 2));
    }

    #[test]
    fn sections_in_directives_nest_no_deeper_than_the_parser_follows() {
        let mut page = String::new();
        for depth in 0..90 {
            let indent = "   ".repeat(depth);
            for mark in "=-~^*+#<>".chars() {
                let line = String::from(mark).repeat(4);
                page += &[indent.as_str(), "T\n", &indent, &line, "\n\n"].concat();
            }
            page += &[indent.as_str(), ".. only:: html\n\n"].concat();
        }
        let parsed = parse(&page);
        let mut deepest = 0;
        let mut level: Vec<&Block<'_>> = parsed.document.blocks.iter().collect();
        while !level.is_empty() {
            deepest += 1;
            level = level.into_iter().flat_map(Block::children).collect();
        }
        assert!((100..=210).contains(&deepest), "{deepest}");
        assert!(
            parsed
                .diagnostics
                .iter()
                .any(|found| found.code == Code::NestingTooDeep)
        );
    }

    #[test]
    fn the_text_of_a_change_of_version_is_read() {
        let parsed = parse(".. versionadded:: 2.1\n   The *new* call.\n\n   More.\n");
        let [Block::Directive(added)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(added.arguments, ["2.1", "The *new* call."]);
        assert_eq!(added.text(), "The new call.\n\nMore.");
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    }
}
