//! The width of characters in columns: zero, one or two ("Grid Tables" and "Sections" in the
//! reStructuredText specification count columns, not characters). A character of ambiguous width has one
//! column.

use std::ops::Range;

use crate::block::indentation;
use crate::source::{Line, is_space};

/// Wide and fullwidth characters: `W` and `F` in EastAsianWidth.txt of Unicode 14, and the blocks that it
/// reserves for ideographs. Both ends of each range are included.
#[rustfmt::skip]
const WIDE: &[(u32, u32)] = &[
    (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0), (0x23f3, 0x23f3),
    (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2648, 0x2653), (0x267f, 0x267f), (0x2693, 0x2693), (0x26a1, 0x26a1),
    (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26ce, 0x26ce), (0x26d4, 0x26d4), (0x26ea, 0x26ea),
    (0x26f2, 0x26f3), (0x26f5, 0x26f5), (0x26fa, 0x26fa), (0x26fd, 0x26fd), (0x2705, 0x2705), (0x270a, 0x270b),
    (0x2728, 0x2728), (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
    (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55), (0x2e80, 0x2e99),
    (0x2e9b, 0x2ef3), (0x2f00, 0x2fd5), (0x2ff0, 0x2ffb), (0x3000, 0x303e), (0x3041, 0x3096), (0x3099, 0x30ff),
    (0x3105, 0x312f), (0x3131, 0x318e), (0x3190, 0x31e3), (0x31f0, 0x321e), (0x3220, 0x3247), (0x3250, 0x4dbf),
    (0x4e00, 0xa48c), (0xa490, 0xa4c6), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xfe10, 0xfe19),
    (0xfe30, 0xfe52), (0xfe54, 0xfe66), (0xfe68, 0xfe6b), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x16fe0, 0x16fe4),
    (0x16ff0, 0x16ff1), (0x17000, 0x187f7), (0x18800, 0x18cd5), (0x18d00, 0x18d08), (0x1aff0, 0x1aff3),
    (0x1aff5, 0x1affb), (0x1affd, 0x1affe), (0x1b000, 0x1b122), (0x1b150, 0x1b152), (0x1b164, 0x1b167),
    (0x1b170, 0x1b2fb), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f18e, 0x1f18e), (0x1f191, 0x1f19a),
    (0x1f200, 0x1f202), (0x1f210, 0x1f23b), (0x1f240, 0x1f248), (0x1f250, 0x1f251), (0x1f260, 0x1f265),
    (0x1f300, 0x1f320), (0x1f32d, 0x1f335), (0x1f337, 0x1f37c), (0x1f37e, 0x1f393), (0x1f3a0, 0x1f3ca),
    (0x1f3cf, 0x1f3d3), (0x1f3e0, 0x1f3f0), (0x1f3f4, 0x1f3f4), (0x1f3f8, 0x1f43e), (0x1f440, 0x1f440),
    (0x1f442, 0x1f4fc), (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f54e), (0x1f550, 0x1f567), (0x1f57a, 0x1f57a),
    (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6c5), (0x1f6cc, 0x1f6cc),
    (0x1f6d0, 0x1f6d2), (0x1f6d5, 0x1f6d7), (0x1f6dd, 0x1f6df), (0x1f6eb, 0x1f6ec), (0x1f6f4, 0x1f6fc),
    (0x1f7e0, 0x1f7eb), (0x1f7f0, 0x1f7f0), (0x1f90c, 0x1f93a), (0x1f93c, 0x1f945), (0x1f947, 0x1f9ff),
    (0x1fa70, 0x1fa74), (0x1fa78, 0x1fa7c), (0x1fa80, 0x1fa86), (0x1fa90, 0x1faac), (0x1fab0, 0x1faba),
    (0x1fac0, 0x1fac5), (0x1fad0, 0x1fad9), (0x1fae0, 0x1fae7), (0x1faf0, 0x1faf6), (0x20000, 0x2fffd),
    (0x30000, 0x3fffd),
];

/// Characters that combine with the one before: a combining class other than 0 in UnicodeData.txt of
/// Unicode 14. Both ends of each range are included.
#[rustfmt::skip]
const COMBINING: &[(u32, u32)] = &[
    (0x300, 0x34e), (0x350, 0x36f), (0x483, 0x487), (0x591, 0x5bd), (0x5bf, 0x5bf), (0x5c1, 0x5c2), (0x5c4, 0x5c5),
    (0x5c7, 0x5c7), (0x610, 0x61a), (0x64b, 0x65f), (0x670, 0x670), (0x6d6, 0x6dc), (0x6df, 0x6e4), (0x6e7, 0x6e8),
    (0x6ea, 0x6ed), (0x711, 0x711), (0x730, 0x74a), (0x7eb, 0x7f3), (0x7fd, 0x7fd), (0x816, 0x819), (0x81b, 0x823),
    (0x825, 0x827), (0x829, 0x82d), (0x859, 0x85b), (0x898, 0x89f), (0x8ca, 0x8e1), (0x8e3, 0x8ff), (0x93c, 0x93c),
    (0x94d, 0x94d), (0x951, 0x954), (0x9bc, 0x9bc), (0x9cd, 0x9cd), (0x9fe, 0x9fe), (0xa3c, 0xa3c), (0xa4d, 0xa4d),
    (0xabc, 0xabc), (0xacd, 0xacd), (0xb3c, 0xb3c), (0xb4d, 0xb4d), (0xbcd, 0xbcd), (0xc3c, 0xc3c), (0xc4d, 0xc4d),
    (0xc55, 0xc56), (0xcbc, 0xcbc), (0xccd, 0xccd), (0xd3b, 0xd3c), (0xd4d, 0xd4d), (0xdca, 0xdca), (0xe38, 0xe3a),
    (0xe48, 0xe4b), (0xeb8, 0xeba), (0xec8, 0xecb), (0xf18, 0xf19), (0xf35, 0xf35), (0xf37, 0xf37), (0xf39, 0xf39),
    (0xf71, 0xf72), (0xf74, 0xf74), (0xf7a, 0xf7d), (0xf80, 0xf80), (0xf82, 0xf84), (0xf86, 0xf87), (0xfc6, 0xfc6),
    (0x1037, 0x1037), (0x1039, 0x103a), (0x108d, 0x108d), (0x135d, 0x135f), (0x1714, 0x1715), (0x1734, 0x1734),
    (0x17d2, 0x17d2), (0x17dd, 0x17dd), (0x18a9, 0x18a9), (0x1939, 0x193b), (0x1a17, 0x1a18), (0x1a60, 0x1a60),
    (0x1a75, 0x1a7c), (0x1a7f, 0x1a7f), (0x1ab0, 0x1abd), (0x1abf, 0x1ace), (0x1b34, 0x1b34), (0x1b44, 0x1b44),
    (0x1b6b, 0x1b73), (0x1baa, 0x1bab), (0x1be6, 0x1be6), (0x1bf2, 0x1bf3), (0x1c37, 0x1c37), (0x1cd0, 0x1cd2),
    (0x1cd4, 0x1ce0), (0x1ce2, 0x1ce8), (0x1ced, 0x1ced), (0x1cf4, 0x1cf4), (0x1cf8, 0x1cf9), (0x1dc0, 0x1dff),
    (0x20d0, 0x20dc), (0x20e1, 0x20e1), (0x20e5, 0x20f0), (0x2cef, 0x2cf1), (0x2d7f, 0x2d7f), (0x2de0, 0x2dff),
    (0x302a, 0x302f), (0x3099, 0x309a), (0xa66f, 0xa66f), (0xa674, 0xa67d), (0xa69e, 0xa69f), (0xa6f0, 0xa6f1),
    (0xa806, 0xa806), (0xa82c, 0xa82c), (0xa8c4, 0xa8c4), (0xa8e0, 0xa8f1), (0xa92b, 0xa92d), (0xa953, 0xa953),
    (0xa9b3, 0xa9b3), (0xa9c0, 0xa9c0), (0xaab0, 0xaab0), (0xaab2, 0xaab4), (0xaab7, 0xaab8), (0xaabe, 0xaabf),
    (0xaac1, 0xaac1), (0xaaf6, 0xaaf6), (0xabed, 0xabed), (0xfb1e, 0xfb1e), (0xfe20, 0xfe2f), (0x101fd, 0x101fd),
    (0x102e0, 0x102e0), (0x10376, 0x1037a), (0x10a0d, 0x10a0d), (0x10a0f, 0x10a0f), (0x10a38, 0x10a3a),
    (0x10a3f, 0x10a3f), (0x10ae5, 0x10ae6), (0x10d24, 0x10d27), (0x10eab, 0x10eac), (0x10f46, 0x10f50),
    (0x10f82, 0x10f85), (0x11046, 0x11046), (0x11070, 0x11070), (0x1107f, 0x1107f), (0x110b9, 0x110ba),
    (0x11100, 0x11102), (0x11133, 0x11134), (0x11173, 0x11173), (0x111c0, 0x111c0), (0x111ca, 0x111ca),
    (0x11235, 0x11236), (0x112e9, 0x112ea), (0x1133b, 0x1133c), (0x1134d, 0x1134d), (0x11366, 0x1136c),
    (0x11370, 0x11374), (0x11442, 0x11442), (0x11446, 0x11446), (0x1145e, 0x1145e), (0x114c2, 0x114c3),
    (0x115bf, 0x115c0), (0x1163f, 0x1163f), (0x116b6, 0x116b7), (0x1172b, 0x1172b), (0x11839, 0x1183a),
    (0x1193d, 0x1193e), (0x11943, 0x11943), (0x119e0, 0x119e0), (0x11a34, 0x11a34), (0x11a47, 0x11a47),
    (0x11a99, 0x11a99), (0x11c3f, 0x11c3f), (0x11d42, 0x11d42), (0x11d44, 0x11d45), (0x11d97, 0x11d97),
    (0x16af0, 0x16af4), (0x16b30, 0x16b36), (0x16ff0, 0x16ff1), (0x1bc9e, 0x1bc9e), (0x1d165, 0x1d169),
    (0x1d16d, 0x1d172), (0x1d17b, 0x1d182), (0x1d185, 0x1d18b), (0x1d1aa, 0x1d1ad), (0x1d242, 0x1d244),
    (0x1e000, 0x1e006), (0x1e008, 0x1e018), (0x1e01b, 0x1e021), (0x1e023, 0x1e024), (0x1e026, 0x1e02a),
    (0x1e130, 0x1e136), (0x1e2ae, 0x1e2ae), (0x1e2ec, 0x1e2ef), (0x1e8d0, 0x1e8d6), (0x1e944, 0x1e94a),
];

fn is_in(ranges: &[(u32, u32)], character: char) -> bool {
    let code = u32::from(character);
    let next = ranges.partition_point(|&(first, _)| first <= code);
    next.checked_sub(1)
        .is_some_and(|index| code <= ranges[index].1)
}

/// The number of columns of `character`.
pub(crate) fn character_width(character: char) -> usize {
    match character {
        _ if character < '\u{300}' => 1,
        _ if is_in(COMBINING, character) => 0,
        _ if is_in(WIDE, character) => 2,
        _ => 1,
    }
}

/// The number of columns of `text`.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(character_width).sum()
    }
}

/// The white space at the start of a line of a cell, in characters. A wide space ends it, because
/// docutils fills the second column of a wide character with a character that is not white space. `cut`
/// says that the cell starts with the second column of a wide character.
pub(crate) fn cell_indentation(line: &str, cut: bool) -> usize {
    if cut {
        return 0;
    }
    let (bytes, characters) = indentation(line);
    if bytes == characters {
        return characters;
    }
    let wide = line[..bytes]
        .chars()
        .position(|character| character_width(character) == 2);
    wide.map_or(characters, |at| at + 1)
}

/// A line of a table, by column.
///
/// In a line of ASCII characters, a column is a byte. For other lines, the bytes of each column are
/// stored.
#[derive(Clone, Debug)]
pub(crate) enum ColumnLine<'s> {
    Ascii(&'s [u8]),
    Wide {
        /// For each column, its character if that is ASCII, and otherwise [`SPACE`] or [`OTHER`].
        columns: Vec<u8>,
        /// For each column, the byte where it starts, and then the length of the line.
        starts: Vec<u32>,
        /// The bytes where the last characters start, one for each combining character.
        tail: Vec<u32>,
    },
}

/// In [`ColumnLine::columns`], a character outside of ASCII or the second column of a wide one.
const OTHER: u8 = 0xff;

/// In [`ColumnLine::columns`], white space outside of ASCII.
const SPACE: u8 = 0xfe;

/// The byte that represents `character` in [`ColumnLine::columns`].
fn shown_as(character: char) -> u8 {
    match u8::try_from(character) {
        Ok(byte) if byte.is_ascii() => byte,
        _ if is_space(character) => SPACE,
        _ => OTHER,
    }
}

/// Whether a byte of [`ColumnLine::columns`] represents white space.
fn is_blank(shown: u8) -> bool {
    shown == SPACE || shown.is_ascii() && is_space(char::from(shown))
}

impl<'s> ColumnLine<'s> {
    pub fn new(text: &'s str) -> ColumnLine<'s> {
        ColumnLine::of(text, text.is_ascii())
    }

    /// The same as [`ColumnLine::new`], for a line that may be known to be ASCII.
    pub fn of(text: &'s str, ascii: bool) -> ColumnLine<'s> {
        if ascii || text.is_ascii() {
            return ColumnLine::Ascii(text.as_bytes());
        }
        let (mut columns, mut starts) = (Vec::new(), Vec::new());
        let mut combining = Vec::new();
        for (at, character) in text.char_indices() {
            let width = character_width(character);
            for column in 0..width {
                // The second column of a wide character starts after the character.
                let (shown, start) = if column == 0 {
                    (shown_as(character), at)
                } else {
                    (OTHER, at + character.len_utf8())
                };
                columns.push(shown);
                starts.push(position(start));
            }
            if width == 0 {
                combining.push((starts.len(), position(at)));
            }
        }
        let tail = last_starts(&starts, &combining);
        starts.push(position(text.len()));
        ColumnLine::Wide {
            columns,
            starts,
            tail,
        }
    }

    /// The characters by column. A character outside of ASCII is a byte that is not a mark of a table.
    pub fn columns(&self) -> &[u8] {
        match self {
            ColumnLine::Ascii(bytes) => bytes,
            ColumnLine::Wide { columns, .. } => columns,
        }
    }

    /// Whether all of `columns` are blank. The second column of a wide character is never blank, because
    /// docutils fills it with a character that is not white space.
    pub fn is_blank(&self, columns: &Range<usize>) -> bool {
        let shown = self.columns();
        let end = columns.end.min(shown.len());
        shown[columns.start.min(end)..end]
            .iter()
            .all(|&byte| is_blank(byte))
    }

    /// The same as [`ColumnLine::is_blank`] for the line `text`, but combining characters count as
    /// columns. docutils looks for the start of a row in this way.
    pub fn is_blank_by_character(&self, text: &str, columns: &Range<usize>) -> bool {
        if let ColumnLine::Ascii(_) = self {
            return self.is_blank(columns);
        }
        let mut column = 0;
        for character in text.chars() {
            let width = character_width(character).max(1);
            let inside = column < columns.end && columns.start < column + width;
            let first_half = column >= columns.start && column + width > columns.end;
            let is_space = is_space(character) && (width == 1 || first_half);
            if inside && !is_space {
                return false;
            }
            column += width;
            if column >= columns.end {
                break;
            }
        }
        true
    }

    /// The column after the last one that is not blank.
    pub fn end(&self) -> usize {
        let shown = self.columns();
        shown
            .iter()
            .rposition(|&byte| !is_blank(byte))
            .map_or(0, |last| last + 1)
    }

    /// The byte where `column` starts. After the end of the line, the length of the line.
    pub fn byte(&self, column: usize) -> usize {
        match self {
            ColumnLine::Ascii(bytes) => column.min(bytes.len()),
            ColumnLine::Wide { starts, .. } => starts[column.min(starts.len() - 1)] as usize,
        }
    }

    /// Whether `column` is the second column of a wide character.
    pub fn is_padding(&self, column: usize) -> bool {
        match self {
            ColumnLine::Ascii(_) => false,
            ColumnLine::Wide { starts, .. } => {
                matches!(starts.get(column..), Some([this, next, ..]) if this == next)
            }
        }
    }

    /// The byte where a part starts whose first column is `column`. After the last column, docutils also
    /// counts combining characters, so that those after white space are not lost.
    fn first_byte(&self, column: usize) -> usize {
        let ColumnLine::Wide { columns, tail, .. } = self else {
            return self.byte(column);
        };
        let behind = column.checked_sub(columns.len());
        let start = behind.and_then(|behind| tail.get(behind));
        start.map_or_else(|| self.byte(column), |&start| start as usize)
    }

    /// The part of `line`, whose columns these are, from column `from` to before column `to`.
    pub fn part(&self, line: Line, from: usize, to: usize) -> Line {
        let (from, to) = (self.first_byte(from), self.byte(to));
        line.take(to.max(from)).skip(from)
    }
}

/// The starts of the last places of a line, one for each combining character. Each column is a place, and
/// so is each combining character. It is known how many columns come before each of these characters.
fn last_starts(columns: &[u32], combining: &[(usize, u32)]) -> Vec<u32> {
    let count = combining.len();
    let (mut columns, mut combining) = (columns, combining);
    let mut starts = Vec::with_capacity(count);
    while starts.len() < count {
        match (columns, combining) {
            (_, [rest @ .., (before, start)]) if *before >= columns.len() => {
                starts.push(*start);
                combining = rest;
            }
            ([rest @ .., start], _) => {
                starts.push(*start);
                columns = rest;
            }
            _ => break,
        }
    }
    starts.reverse();
    starts
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_take_two_columns_and_accents_none() {
        assert_eq!(
            (
                width("Image"),
                width("镜像"),
                width("a\u{301}"),
                width("Größe")
            ),
            (5, 4, 1, 5)
        );
    }

    #[test]
    fn the_second_half_of_a_wide_space_is_not_blank() {
        let text = "\u{3000}\u{a0} ";
        let line = ColumnLine::new(text);
        let blank = [0..1, 1..2, 2..4, 0..4, 4..9].map(|columns| {
            assert_eq!(
                line.is_blank(&columns),
                line.is_blank_by_character(text, &columns)
            );
            line.is_blank(&columns)
        });
        assert_eq!((blank, line.end()), ([true, false, true, false, true], 2));
    }

    #[test]
    fn a_combining_character_starts_a_row_and_is_not_in_a_column() {
        let text = "\u{301}  x";
        let line = ColumnLine::new(text);
        assert!(line.is_blank(&(0..2)) && !line.is_blank_by_character(text, &(0..2)));
    }

    #[test]
    fn ranges_are_in_order() {
        assert!(
            [WIDE, COMBINING]
                .iter()
                .all(|ranges| ranges.windows(2).all(|pair| pair[0].1 < pair[1].0))
        );
    }

    #[test]
    fn a_column_leads_to_its_byte() {
        let line = ColumnLine::new("| 镜像 | x |");
        assert_eq!(
            (line.columns()[7], line.byte(7), line.byte(99)),
            (b'|', 9, 14)
        );
    }
}
