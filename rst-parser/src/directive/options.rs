//! Options of directives: a field list at the start of the lines ("Directives" in the reStructuredText
//! specification). A directive with an invalid value is malformed, so no value is lost.

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
    /// The value. Line feeds join its lines. Empty if the option does not have a value.
    pub value: String,
    /// The place of the value. Without a value, the end of the option.
    pub span: Span,
}

/// The values that an option accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Any value, or no value.
    Any,
    /// Any value, but not no value.
    Some,
    /// No value.
    Flag,
    /// A whole number from zero.
    Count,
    /// A number, with or without a unit of length.
    Height,
    /// Like a height, or with a percent sign.
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

impl ValueKind {
    fn fits(self, value: &str) -> bool {
        let trimmed = value.trim();
        match self {
            ValueKind::Any => true,
            ValueKind::Some => !value.is_empty(),
            ValueKind::Flag => trimmed.is_empty(),
            ValueKind::Count => trimmed.parse::<u32>().is_ok(),
            ValueKind::Percentage => trimmed.trim_end_matches([' ', '%']).parse::<u32>().is_ok(),
            ValueKind::Height => is_length(trimmed, false),
            ValueKind::Length => is_length(trimmed, true),
            ValueKind::Names => {
                !trimmed.is_empty()
                    && trimmed
                        .split_whitespace()
                        .all(|name| name.contains(|c: char| c.is_alphabetic()))
            }
            ValueKind::Character => character(value).is_some(),
            ValueKind::Widths => matches!(trimmed, "auto" | "grid") || widths(trimmed).is_some(),
            ValueKind::OneOf(values) => values.contains(&trimmed.to_lowercase().as_str()),
        }
    }
}

/// The units of length that docutils knows, from CSS.
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

/// Column widths, separated by commas or spaces.
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

/// A character: itself, its number, `tab` or `space`.
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
            ("class", ValueKind::Names),
            ("format", ValueKind::Any),
            ("language", ValueKind::Any),
        ];
        self.directive_options(range, Some(&options))
    }

    /// The lines of the value of the option `name`. `options` are the lines of options that were read.
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

    /// Reads the option lines `range`. `specs` names the options that are possible.
    pub(super) fn directive_options(
        &mut self,
        range: Range<usize>,
        specs: Option<&[(&str, ValueKind)]>,
    ) -> Result<Vec<DirectiveOption>, String> {
        let mut options: Vec<DirectiveOption> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let line = self.line(at);
            let marker = field_marker(line).ok_or("the options are not a field list")?;
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
                    return Err(format!("`{value}` is not a value of the option `{name}`"));
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
    fn spaces_or_commas_separate_widths() {
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
