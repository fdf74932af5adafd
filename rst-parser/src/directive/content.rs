//! Splits the lines of a directive into arguments, options and content ("Directives" in the
//! reStructuredText specification). This module does not read the content.

use std::ops::Range;

use super::Parts;
use super::options::DirectiveOption;
use super::spec::{Kind, Spec};
use crate::Span;
use crate::block::{Start, field_marker, trim_start};
use crate::parser::Parser;
use crate::source::is_space;

impl Parser<'_, '_> {
    pub(super) fn directive_parts(
        &mut self,
        name: &str,
        spec: Spec,
        span: Span,
        lines: Range<usize>,
    ) -> Result<Parts, String> {
        let lines = self.without_blank_ends(lines);
        let takes_arguments = spec.required + spec.optional > 0;
        let takes_options = spec.options.is_none_or(|options| !options.is_empty());
        let mut head = lines.start..lines.start;
        let mut content = lines.clone();
        if takes_arguments || takes_options {
            let blank = lines
                .clone()
                .find(|&at| self.lines[at].is_blank())
                .unwrap_or(lines.end);
            head = lines.start..blank;
            content = (blank + 1).min(lines.end)..lines.end;
        }
        if spec.kind == Kind::Only && head.len() > 1 {
            // An expression has one line. A line directly after it would be lost as a part of it.
            head.end = head.start + 1;
            content = head.end..lines.end;
        }
        let mut options = Vec::new();
        let mut option_lines = head.end..head.end;
        let blank = head.end;
        if takes_options
            && let Some(first) = head
                .clone()
                .find(|&at| field_marker(self.line(at)).is_some())
        {
            option_lines = first..head.end;
            options = self.directive_options(option_lines.clone(), spec.options)?;
            head.end = first;
        }
        if !head.is_empty() && !takes_arguments {
            content = self.rejoined(head.clone(), blank..lines.end);
            head.end = head.start;
        }
        if let Some(&first) = self.lines.get(head.start).filter(|_| !head.is_empty()) {
            self.lines[head.start] = trim_start(first, self.slice(first));
        }
        let arguments = self.arguments(head.clone(), spec)?;
        let content = self.skip_blank_from(content);
        if !content.is_empty() && !spec.content {
            return Err("it has content, but it must not have any".to_owned());
        }
        Ok(Parts {
            span,
            name: name.to_owned(),
            arguments,
            argument_lines: head,
            options,
            option_lines,
            content,
        })
    }

    /// The arguments, options and content of an unknown directive.
    pub(super) fn guess_parts(
        &self,
        lines: Range<usize>,
    ) -> (Vec<String>, Vec<DirectiveOption>, Range<usize>) {
        let begins_at_once = lines
            .clone()
            .next()
            .is_some_and(|at| !self.lines[at].is_blank());
        let lines = self.without_blank_ends(lines);
        // A table is never an argument, so it ends the arguments like a blank line.
        let ends = |&at: &usize| {
            matches!(
                Start::of(self.line(at)),
                Start::Blank | Start::GridTable | Start::SimpleTable
            )
        };
        let end = lines.clone().find(ends).unwrap_or(lines.end);
        let mut head = lines.start..end;
        let is_option = |at: usize| field_marker(self.line(at)).is_some();
        if !begins_at_once && !head.clone().any(is_option) {
            // Arguments usually start on the line of the directive.
            head.end = head.start;
        }
        let blank = head.end;
        let mut options = Vec::new();
        if let Some(first) = head
            .clone()
            .find(|&at| field_marker(self.line(at)).is_some())
        {
            options = (first..head.end)
                .filter_map(|at| {
                    let line = self.line(at);
                    let marker = field_marker(line)?;
                    let value = self.lines[at].skip(marker.bytes);
                    Some(DirectiveOption {
                        name: line[1..marker.name_end].to_lowercase(),
                        value: self.slice(value).to_owned(),
                        span: self.source.line_span(value),
                    })
                })
                .collect();
            head.end = first;
        }
        let arguments = head
            .flat_map(|at| self.line(at).split_whitespace())
            .map(str::to_owned)
            .collect();
        (arguments, options, self.skip_blank_from(blank..lines.end))
    }

    fn arguments(&self, head: Range<usize>, spec: Spec) -> Result<Vec<String>, String> {
        let text = self.joined(head);
        let most = spec.required + spec.optional;
        if most == 0 {
            return Ok(Vec::new());
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() < spec.required {
            return Err(format!(
                "it needs {} argument(s), but it has {}",
                spec.required,
                words.len()
            ));
        }
        if words.len() <= most {
            return Ok(words.into_iter().map(str::to_owned).collect());
        }
        if !spec.spaces {
            return Err(format!(
                "it may have at most {most} argument(s), but it has {}",
                words.len()
            ));
        }
        // All arguments except the last are words.
        let mut arguments = Vec::with_capacity(most);
        let mut rest = text.as_str();
        while arguments.len() + 1 < most
            && let Some(end) = rest.find(is_space)
        {
            arguments.push(rest[..end].to_owned());
            rest = rest[end..].trim_start_matches(is_space);
        }
        arguments.push(rest.to_owned());
        Ok(arguments)
    }

    /// Removes one blank line at the start, and all blank lines at the end.
    fn without_blank_ends(&self, lines: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = lines;
        if start < end && self.lines[start].is_blank() {
            start += 1;
        }
        while start < end && self.lines[end - 1].is_blank() {
            end -= 1;
        }
        start..end
    }

    fn skip_blank_from(&self, lines: Range<usize>) -> Range<usize> {
        let blank = lines
            .clone()
            .take_while(|&at| self.lines[at].is_blank())
            .count();
        lines.start + blank..lines.end
    }

    /// Makes one range of two ranges of lines. Pushes the lines again if other lines are between them.
    fn rejoined(&mut self, first: Range<usize>, second: Range<usize>) -> Range<usize> {
        if first.end == second.start {
            return first.start..second.end;
        }
        let pushed = self.lines.len();
        self.lines.extend_from_within(first);
        self.lines.extend_from_within(second);
        pushed..self.lines.len()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, parse};

    #[test]
    fn content_may_start_on_the_first_line() {
        let parsed = parse(".. note:: Images can\n   be shared.\n\n   -  ims:images:share\n");
        assert_eq!(
            parsed.document.blocks[0].text(),
            "Images can\nbe shared.\n\nims:images:share"
        );
    }

    #[test]
    fn an_argument_may_start_on_the_second_line() {
        let parsed = parse(".. image::\n   /_static/images/en-us_image_0000001.png\n");
        let [Block::Directive(image)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(image.arguments, ["/_static/images/en-us_image_0000001.png"]);
    }
}
