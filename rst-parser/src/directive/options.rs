//! Options of directives: a field list at their top ("Directives" in the reStructuredText
//! specification). A value that does not fit is never dropped silently: the directive is malformed.

use std::ops::Range;

use crate::Span;
use crate::block::{Indent, field_marker};
use crate::inline::escape::unescape;
use crate::parser::Parser;
use crate::source::Line;

/// An option of a directive: `:name: value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveOption {
    /// The name, in lower case.
    pub name: String,
    /// The value, lines joined by line feeds; empty without one.
    pub value: String,
    /// Where the value stands; without one, where the option ends.
    pub span: Span,
}

/// What an option's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Anything, also nothing.
    Any,
    /// Anything but nothing.
    Some,
    /// Nothing.
    Flag,
    /// A whole number from zero.
    Count,
    /// A number, with a unit of length or without.
    Height,
    /// As a height, or with a percent sign.
    Length,
    Percentage,
    /// One or more names.
    Names,
    /// One character, or its number.
    Character,
    /// `auto`, `grid`, or whole numbers.
    Widths,
    OneOf(&'static [&'static str]),
}

impl Value {
    fn fits(self, value: &str) -> bool {
        let trimmed = value.trim();
        match self {
            Value::Any => true,
            Value::Some => !value.is_empty(),
            Value::Flag => trimmed.is_empty(),
            Value::Count => trimmed.parse::<u32>().is_ok(),
            Value::Percentage => trimmed.trim_end_matches([' ', '%']).parse::<u32>().is_ok(),
            Value::Height => is_length(trimmed, false),
            Value::Length => is_length(trimmed, true),
            Value::Names => {
                !trimmed.is_empty()
                    && trimmed
                        .split_whitespace()
                        .all(|name| name.contains(|c: char| c.is_alphabetic()))
            }
            Value::Character => character(value).is_some(),
            Value::Widths => matches!(trimmed, "auto" | "grid") || widths(trimmed).is_some(),
            Value::OneOf(values) => values.contains(&trimmed.to_lowercase().as_str()),
        }
    }
}

/// Units of length that docutils knows, from CSS.
const UNITS: &[&str] = &[
    "", "Q", "ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "rem", "vh", "vmax", "vmin",
    "vw",
];

fn is_length(value: &str, percent: bool) -> bool {
    let digits = value
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim();
    number.parse::<f64>().is_ok() && (UNITS.contains(&unit) || percent && unit == "%")
        || value == "image"
}

/// Column widths, parted by commas or blanks.
pub(crate) fn widths(value: &str) -> Option<Vec<usize>> {
    let parts: Vec<&str> = if value.contains(',') {
        value.split(',').collect()
    } else {
        value.split_whitespace().collect()
    };
    let widths: Option<Vec<usize>> = parts
        .iter()
        .map(|part| part.trim().parse().ok().filter(|&width| width > 0))
        .collect();
    widths.filter(|widths| !widths.is_empty())
}

/// A character, named by itself, by its number, or as `tab` or `space`.
pub(crate) fn character(value: &str) -> Option<char> {
    match value {
        "tab" => return Some('\t'),
        "space" => return Some(' '),
        _ => {}
    }
    let mut characters = value.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Some(only),
        _ => super::inline::character_code(value),
    }
}

impl Parser<'_, '_> {
    /// Reads the options of a role that is defined.
    pub(super) fn role_options(
        &mut self,
        range: Range<usize>,
    ) -> Result<Vec<DirectiveOption>, String> {
        let options = [
            ("class", Value::Names),
            ("format", Value::Any),
            ("language", Value::Any),
        ];
        self.directive_options(range, Some(&options))
    }

    /// The lines of the value of the option `name`, where `options` are the lines of options that were read.
    pub(crate) fn option_value(&mut self, options: Range<usize>, name: &str) -> Vec<Line> {
        let mut at = options.start;
        while at < options.end
            && let Some(marker) = field_marker(self.line(at))
        {
            let line = self.line(at);
            let bytes = marker.bytes;
            let block = self.indented(at, options.end, Indent::AfterMarker { bytes });
            let value = self.lines[block.lines.clone()].to_vec();
            self.lines.truncate(block.pushed);
            if unescape(&line[1..marker.name_end]).to_lowercase() == name {
                return value;
            }
            at = block.next;
        }
        Vec::new()
    }

    /// Reads the option lines `range`; `specs` names the options that are possible.
    pub(super) fn directive_options(
        &mut self,
        range: Range<usize>,
        specs: Option<&[(&str, Value)]>,
    ) -> Result<Vec<DirectiveOption>, String> {
        let mut options: Vec<DirectiveOption> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let line = self.line(at);
            let marker = field_marker(line).ok_or("the options are no field list")?;
            let name = unescape(&line[1..marker.name_end]).to_lowercase();
            if name.contains(char::is_whitespace) {
                return Err(format!("the option name `{name}` is more than one word"));
            }
            let block = self.indented(
                at,
                range.end,
                Indent::AfterMarker {
                    bytes: marker.bytes,
                },
            );
            let value = self.joined(block.lines.clone());
            let span = if block.lines.is_empty() {
                let line = self.lines[at];
                self.source.line_span(line.skip(line.len()))
            } else {
                self.span_of(block.lines.clone())
            };
            self.lines.truncate(block.pushed);
            at = block.next;
            if let Some(specs) = specs {
                let spec = specs.iter().find(|&&(known, _)| known == name);
                let &(_, expected) = spec.ok_or_else(|| format!("there is no option `{name}`"))?;
                if !expected.fits(&value) {
                    return Err(format!("`{value}` is no value for the option `{name}`"));
                }
            }
            if options.iter().any(|option| option.name == name) {
                return Err(format!("the option `{name}` is given twice"));
            }
            options.push(DirectiveOption { name, value, span });
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Code, parse};

    #[test]
    fn widths_are_parted_by_blanks_or_commas() {
        assert_eq!(widths("20 30"), Some(vec![20, 30]));
        assert_eq!(widths("20, 30"), Some(vec![20, 30]));
        assert_eq!((widths("20 0"), widths("")), (None, None));
    }

    #[test]
    fn an_unknown_option_makes_the_directive_malformed() {
        let parsed = parse(".. note::\n   :color: red\n\n   Images can be shared.\n");
        assert_eq!(parsed.diagnostics[0].code, Code::MalformedDirective);
        assert!(matches!(parsed.document.blocks[..], [Block::Malformed(_)]));
    }

    #[test]
    fn options_of_a_figure_are_kept() {
        let parsed = parse(
            ".. figure:: /_static/images/en-us_image_0000001.png\n   :alt: **Figure 1** Sharing\n\n   **Figure 1** Sharing\n",
        );
        let [Block::Directive(figure)] = &parsed.document.blocks[..] else {
            panic!("{parsed:?}")
        };
        assert_eq!(figure.option("alt"), Some("**Figure 1** Sharing"));
    }
}
