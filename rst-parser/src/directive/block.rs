//! Directives that are body elements, such as admonitions, figures and code ("Admonitions", "Images" and
//! "Body Elements" in the docutils directives reference). The module `table` reads tables.

use super::{Directive, Kind, Parts};
use crate::block::{BlockLine, LineBlock, LiteralBlock};
use crate::inline::{Inline, RoleKind, read_line};
use crate::parser::{Parent, Parser};
use crate::source::is_space;
use crate::table::{csv, list};
use crate::{Block, Few};

type Result<T> = std::result::Result<T, String>;

/// Inline markup, such as a title, and blocks.
type Content<'t> = (Few<Inline<'t>>, Vec<Block<'t>>);

impl<'t> Parser<'_, 't> {
    pub(super) fn run_directive(
        &mut self,
        kind: Kind,
        parts: Parts,
        out: &mut Vec<Block<'t>>,
    ) -> Result<()> {
        match kind {
            Kind::Table => return list::read_table_directive(self, &parts, out),
            Kind::ListTable => return list::read(self, &parts, out),
            Kind::CsvTable => return csv::read(self, &parts, out),
            _ => {}
        }
        let (inlines, blocks) = self.directive_content(kind, &parts)?;
        let content = parts.content.clone();
        let Parts {
            span,
            name,
            arguments,
            options,
            ..
        } = parts;
        let (body, places) = self.joined_with_places(content);
        out.push(Block::Directive(Box::new(Directive {
            span,
            name,
            known: true,
            arguments,
            options,
            inlines,
            blocks,
            body,
            places,
            kind,
        })));
        Ok(())
    }

    /// The inline markup and the blocks that the lines of a directive make.
    fn directive_content(&mut self, kind: Kind, parts: &Parts) -> Result<Content<'t>> {
        self.check_place(kind)?;
        check_parts(kind, parts)?;
        let lines = parts.content.clone();
        let (mut inlines, mut blocks) = (Few::new(), Vec::new());
        match kind {
            Kind::Admonition => {
                inlines = self.title(parts);
                blocks = self.nested_lines(lines).into();
            }
            Kind::Topic => {
                inlines = self.title(parts);
                blocks = self.nested_in(Parent::Other, lines).into();
            }
            Kind::Sidebar => {
                inlines = self.title(parts);
                blocks = self.nested_in(Parent::Sidebar, lines).into();
            }
            Kind::Container | Kind::Class | Kind::Arranged => {
                blocks = self.nested_lines(lines).into();
            }
            Kind::Only => blocks = self.nested_with_titles(Parent::Other, lines),
            Kind::Version => {
                inlines = self.version_text(parts);
                blocks = self.nested_lines(lines).into();
            }
            Kind::Quote => self.quotes(lines, &mut blocks),
            Kind::Rubric => inlines = self.title(parts),
            Kind::Figure => blocks = self.figure(parts),
            Kind::Code => blocks.push(self.code(parts)),
            Kind::ParsedLiteral => inlines = self.inlines(lines),
            Kind::LineBlock => blocks.push(self.line_block_directive(parts)),
            Kind::Image => self.check_alignment(parts)?,
            Kind::Replace => inlines = self.replacement(parts)?,
            Kind::Unicode => inlines = super::inline::characters(self, parts)?,
            Kind::Role => self.role_directive(parts)?,
            Kind::DefaultRole => self.default_role(parts)?,
            // The text is the body, or nothing is shown. Another module reads tables.
            Kind::Math
            | Kind::Raw
            | Kind::Date
            | Kind::Silent
            | Kind::Unknown
            | Kind::Table
            | Kind::ListTable
            | Kind::CsvTable => {}
        }
        Ok((inlines, blocks))
    }

    /// Returns an error if the directive is not allowed inside of the block that is read.
    fn check_place(&self, kind: Kind) -> Result<()> {
        match (kind, self.parent) {
            (Kind::Topic, Parent::Section | Parent::Sidebar) | (Kind::Sidebar, Parent::Section) => {
                Ok(())
            }
            (Kind::Topic | Kind::Sidebar, _) => Err("it is allowed only in a section".to_owned()),
            (Kind::Replace | Kind::Unicode | Kind::Date, parent)
                if parent != Parent::SubstitutionDefinition =>
            {
                Err("it is allowed only in a substitution definition".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn code(&self, parts: &Parts) -> Block<'t> {
        let lines = parts.content.clone();
        let span = self.span_of(lines.clone());
        let (text, places) = self.joined_with_places(lines);
        Block::LiteralBlock(LiteralBlock { span, text, places })
    }

    fn default_role(&mut self, parts: &Parts) -> Result<()> {
        let name = parts.arguments.first().map(String::as_str);
        if let Some(name) = name
            && self.roles.kind(name).is_none()
        {
            return Err(format!("the role `{name}` is not known"));
        }
        self.roles.set_default(name);
        Ok(())
    }

    /// The argument, read as inline markup.
    pub fn title(&mut self, parts: &Parts) -> Few<Inline<'t>> {
        let lines = parts.argument_lines.clone();
        if lines.is_empty() {
            Few::new()
        } else {
            self.inlines(lines)
        }
    }

    /// The text after a version number, read as inline markup.
    fn version_text(&mut self, parts: &Parts) -> Few<Inline<'t>> {
        let mut lines = parts.argument_lines.clone();
        let first = self.line(lines.start);
        let rest = first.trim_start_matches(|character| !is_space(character));
        let bytes = first.len() - rest.trim_start_matches(is_space).len();
        if bytes == first.len() {
            lines.start += 1;
        } else {
            self.lines[lines.start] = self.lines[lines.start].skip(bytes);
        }
        if lines.is_empty() {
            Few::new()
        } else {
            self.inlines(lines)
        }
    }

    /// Caption and legend. The caption is a paragraph, or an empty comment if there is no caption.
    fn figure(&mut self, parts: &Parts) -> Vec<Block<'t>> {
        let blocks = Vec::from(self.nested_lines(parts.content.clone()));
        let goes_before = |block: &&Block| match block {
            Block::Target(_) => true,
            Block::Directive(directive) => {
                directive.kind == Kind::Class && directive.blocks.is_empty()
            }
            _ => false,
        };
        let first = blocks.iter().find(|block| !goes_before(block));
        match first {
            None | Some(Block::Paragraph(_)) => blocks,
            Some(Block::Comment(comment)) if comment.text.is_empty() => blocks,
            Some(other) => {
                let span = other.span();
                let message =
                    "a figure's caption must be a paragraph or an empty comment".to_owned();
                self.report(crate::Code::MalformedDirective, span, message);
                Vec::new()
            }
        }
    }

    fn line_block_directive(&mut self, parts: &Parts) -> Block<'t> {
        let mut lines: Vec<BlockLine<'t>> = Vec::new();
        for at in parts.content.clone() {
            let line = self.lines[at];
            let (bytes, indent) = crate::block::indentation(self.slice(line));
            let indent = if line.is_blank() {
                lines.last().map_or(0, |last| last.indent)
            } else {
                indent
            };
            let inlines = read_line(self, line.skip(bytes));
            lines.push(BlockLine {
                span: self.source.line_span(line),
                indent,
                inlines,
            });
        }
        Block::LineBlock(LineBlock {
            span: self.span_of(parts.content.clone()),
            lines,
        })
    }

    fn replacement(&mut self, parts: &Parts) -> Result<Few<Inline<'t>>> {
        needs_content(parts)?;
        let blocks = Vec::from(self.nested_lines(parts.content.clone()));
        // Text that could not be read is already reported, and does not count.
        let mut read = blocks
            .into_iter()
            .filter(|block| !matches!(block, Block::Malformed(_)));
        match (read.next(), read.next()) {
            (Some(Block::Paragraph(paragraph)), None) => Ok(paragraph.inlines),
            _ => Err("it must contain only one paragraph".to_owned()),
        }
    }

    /// An image in a line is aligned vertically, and other images horizontally.
    fn check_alignment(&self, parts: &Parts) -> Result<()> {
        let align = parts.options.iter().find(|option| option.name == "align");
        let inside = self.parent == Parent::SubstitutionDefinition;
        let vertical = |value: &str| matches!(value, "top" | "middle" | "bottom");
        match align {
            Some(align) if vertical(&align.value.to_lowercase()) != inside => {
                Err(format!("an image here cannot be aligned `{}`", align.value))
            }
            _ => Ok(()),
        }
    }

    /// Reads `.. role:: name(base)`, which defines a role.
    fn role_directive(&mut self, parts: &Parts) -> Result<()> {
        let first = parts
            .content
            .clone()
            .next()
            .ok_or("it needs the name of a role")?;
        let line = self.line(first);
        let length = crate::inline::simple_name(line).ok_or("it needs the name of a role")?;
        let (name, rest) = line.split_at(length);
        let rest = rest.trim();
        let base = match rest
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
        {
            Some(base) => Some(base.trim()),
            None if rest.is_empty() => None,
            None => return Err(format!("`{line}` does not name a role")),
        };
        let options = self.skip_blank(first + 1, parts.content.end)..parts.content.end;
        let has_format = self
            .role_options(options)?
            .iter()
            .any(|option| option.name == "format");
        let kind = match base {
            Some("raw") if !has_format => RoleKind::Unusable,
            Some("raw") => RoleKind::Raw,
            Some(base) => self
                .roles
                .kind(base)
                .ok_or_else(|| format!("the role `{base}` is not known"))?,
            None => RoleKind::Text,
        };
        self.roles.define(name, kind);
        Ok(())
    }
}

/// Returns an error for arguments, options or content that the kind of the directive does not allow.
fn check_parts(kind: Kind, parts: &Parts) -> Result<()> {
    if matches!(kind, Kind::Container | Kind::Class) {
        needs_class_names(parts)?;
    }
    let is_elsewhere = |name: &str| matches!(name, "file" | "url");
    let mut options = parts.options.iter();
    if kind == Kind::Raw && options.any(|option| is_elsewhere(&option.name)) {
        return Err("its content is in a file or at an address".to_owned());
    }
    match kind {
        Kind::Admonition
        | Kind::Topic
        | Kind::Sidebar
        | Kind::Container
        | Kind::Quote
        | Kind::Code
        | Kind::ParsedLiteral
        | Kind::LineBlock
        | Kind::Math
        | Kind::Raw => needs_content(parts),
        _ => Ok(()),
    }
}

/// Returns an error for a directive without content.
fn needs_content(parts: &Parts) -> Result<()> {
    if parts.content.is_empty() {
        Err("it needs content".to_owned())
    } else {
        Ok(())
    }
}

/// Returns an error if the arguments should be class names and are not.
fn needs_class_names(parts: &Parts) -> Result<()> {
    let mut names = parts
        .arguments
        .iter()
        .flat_map(|argument| argument.split_whitespace());
    match names.find(|name| !name.contains(char::is_alphabetic)) {
        Some(name) => Err(format!("`{name}` is not a class name")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn an_admonition_contains_blocks() {
        let parsed =
            parse(".. important::\n\n   Images can be shared.\n\n   -  ims:images:share\n");
        let [Block::Directive(important)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(important.blocks.len(), 2);
    }

    #[test]
    fn a_figure_shows_its_alternative_text_its_caption_and_its_legend() {
        let parsed = parse(
            ".. figure:: /_static/images/en-us_image_0000001.png\n   :alt: Sharing\n\n   **Figure 1** Sharing\n\n   Legend.\n",
        );
        assert_eq!(
            parsed.document.blocks[0].text(),
            "Sharing\n\nFigure 1 Sharing\n\nLegend."
        );
    }

    #[test]
    fn code_is_not_read_as_markup() {
        let parsed = parse(".. code-block:: text\n\n   GET *v2* |images|\n");
        assert_eq!(parsed.document.blocks[0].text(), "GET *v2* |images|");
    }

    #[test]
    fn a_role_may_be_defined() {
        let parsed = parse(".. role:: action\n\nUse :action:`ims:images:get`.\n");
        assert_eq!(parsed.document.blocks[1].text(), "Use ims:images:get.");
    }
}
