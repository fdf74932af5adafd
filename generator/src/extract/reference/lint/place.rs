//! Where on the page a byte of a listing is: a diagnostic about an example marks the value itself.

use super::super::draft::Verbatim;
use super::Lint;
use crate::diagnostic::Location;

impl Lint<'_> {
    /// The place of byte `at` of a listing, which has lost the indentation of its lines.
    pub(super) fn place(&mut self, listing: &Verbatim, at: usize, length: usize) -> Location {
        let text = self.text;
        let lines = self.lines.get_or_insert_with(|| starts_of_lines(text));
        let head = &listing.text[..at.min(listing.text.len())];
        let line_of_listing = head.matches('\n').count();
        let start_of_line = head.rfind('\n').map_or(0, |end| end + 1);
        let in_line = at.saturating_sub(start_of_line);
        let shown = listing.text[start_of_line..]
            .split('\n')
            .next()
            .unwrap_or_default();
        let line = listing.first_line as usize + line_of_listing;
        let begin = lines.get(line - 1).copied().unwrap_or(text.len());
        let written = text[begin..].split('\n').next().unwrap_or_default();
        let indent = written.find(shown.trim_end()).unwrap_or(0);
        let start = boundary(text, begin + indent + in_line);
        let end = boundary(text, (start + length).min(begin + written.len())).max(start);
        let column = text
            .get(begin..start)
            .map_or(1, |before| before.chars().count() + 1);
        Location {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            start,
            end,
        }
    }
}

fn starts_of_lines(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    starts
}

/// The last start of a character up to `at`: a line that is not found again gives any byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
