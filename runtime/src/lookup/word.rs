//! Eight bytes of a path at a time.
//! This module must never read beyond the text; what is missing there reads as zeros.

const SLASHES: u64 = u64::from_ne_bytes([b'/'; 8]);
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// The bytes from `at` on; the first is the lowest.
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(word) = rest.first_chunk() {
        return u64::from_le_bytes(*word);
    }
    match bytes.last_chunk() {
        // The text's last eight bytes, of which those before `at` are shifted out.
        Some(word) if !rest.is_empty() => u64::from_le_bytes(*word) >> (8 * (8 - rest.len())),
        _ => rest
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// How many bytes of the word stand before its first slash: 0 to 8.
pub(super) fn before_slash(word: u64) -> u32 {
    let zero_where_slash = word ^ SLASHES;
    // The lowest bit that is left marks the first zero byte; a borrow can only mark bytes above it
    // (Warren, "Hacker's Delight", section 6-1).
    let found = zero_where_slash.wrapping_sub(ONES) & !zero_where_slash & HIGH;
    found.trailing_zeros() / 8
}

/// The first `count` bytes of a word, the others zero.
pub(super) fn first(word: u64, count: u32) -> u64 {
    match 1_u64.checked_shl(8 * count) {
        Some(above) => word & (above - 1),
        None => word,
    }
}

/// Where the segment that starts at `at` ends: at a slash or at the end of the text.
pub(super) fn end_of_segment(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let length = before_slash(word(bytes, at));
        if length < 8 {
            return at + length as usize;
        }
        at += 8;
        if at >= bytes.len() {
            return bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    #[test]
    fn a_segment_ends_where_a_search_byte_by_byte_ends_it() {
        for length in 0..40 {
            for slash in 0..=length {
                // 0x2e and 0x30 stand beside the slash, 0xaf differs from it in the high bit alone.
                for filler in ['.', '0', 'a', '\0', '\u{af}'] {
                    let text: String = (0..length)
                        .map(|at| if at == slash { '/' } else { filler })
                        .collect();
                    let bytes = text.as_bytes();
                    for from in 0..=bytes.len() {
                        let expected = bytes[from..].iter().position(|b| *b == b'/');
                        let expected = expected.map_or(bytes.len(), |at| from + at);
                        assert_eq!(
                            end_of_segment(bytes, from),
                            expected,
                            "{text:?} from {from}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_near_the_end_is_filled_with_zeros() {
        assert_eq!(word(b"abc", 1), u64::from_le_bytes(*b"bc\0\0\0\0\0\0"));
        assert_eq!(
            word(b"0123456789", 7),
            u64::from_le_bytes(*b"789\0\0\0\0\0")
        );
        assert_eq!(word(b"0123456789", 10), 0);
        assert_eq!(word(b"", 0), 0);
        assert_eq!(first(u64::MAX, 0), 0);
        assert_eq!(first(u64::MAX, 8), u64::MAX);
    }
}
