//! Footnote and citation references: `[1]_` and `[CIT2002]_` ("Footnote References" and "Citation
//! References" in the reStructuredText specification). Labels are never numbered.

use super::scanner::Scanner;
use super::{Inline, simple_name};

impl Scanner<'_, '_, '_, '_> {
    /// Reads `[label]_`, whose bracket is at `at`.
    pub fn footnote_reference(&mut self, at: usize) -> usize {
        let inner = &self.text[at + 1..];
        let length = match inner.bytes().next() {
            Some(b'*') => Some(1),
            Some(b'#') => Some(1 + simple_name(&inner[1..]).unwrap_or_default()),
            _ => simple_name(inner),
        };
        let found = length
            .filter(|&length| inner[length..].starts_with("]_"))
            .map(|length| &inner[..length]);
        let Some(label) = found else { return at + 1 };
        let end = at + 1 + label.len() + 2;
        if !self.may_start(at) || !self.may_end(end) {
            return at + 1;
        }
        let span = self.span(at, end);
        let is_footnote =
            label.starts_with(['#', '*']) || label.bytes().all(|byte| byte.is_ascii_digit());
        let label = self.piece(at + 1, at + 1 + label.len());
        let inline = if is_footnote {
            Inline::FootnoteReference { span, label }
        } else {
            Inline::CitationReference { span, label }
        };
        self.push(at, end, inline)
    }
}

#[cfg(test)]
mod tests {
    use crate::inline::testing::kinds;

    #[test]
    fn a_number_refers_to_a_footnote_and_a_name_to_a_citation() {
        assert_eq!(
            kinds("Shared images [1]_ and members [#limits]_ [*]_.\n"),
            "tFtFtFt"
        );
        assert_eq!(kinds("See [IMS2020]_.\n"), "tCt");
    }

    #[test]
    fn brackets_without_an_underscore_are_text() {
        assert_eq!(kinds("[items] Array of objects\n"), "t");
        assert_eq!(kinds("images[0]_x\n"), "t");
    }
}
