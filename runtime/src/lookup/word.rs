//! Reads eight bytes of a path at a time.
//! This module must never read after the end of the text. Missing bytes are zero.

const SLASHES: u64 = u64::from_ne_bytes([b'/'; 8]);
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// The bytes from `at` on. The first byte is the lowest.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => word_at_end(bytes, at),
    }
}

/// A word that is partly after the end of the text.
#[inline(never)]
fn word_at_end(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match bytes.last_chunk() {
        // Takes the last eight bytes of the text and shifts out those before `at`.
        Some(word) if !rest.is_empty() => u64::from_le_bytes(*word) >> (8 * (8 - rest.len())),
        _ => rest
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// The number of bytes before the first slash of the word: 0 to 8.
pub(super) fn before_slash(word: u64) -> u32 {
    let zero_where_slash = word ^ SLASHES;
    // The lowest bit that is left marks the first zero byte. A borrow can mark only bytes above it
    // (Warren, "Hacker's Delight", section 6-1).
    let found = zero_where_slash.wrapping_sub(ONES) & !zero_where_slash & HIGH;
    found.trailing_zeros() / 8
}

/// The first `count` bytes of a word. The other bytes are zero.
pub(super) fn first(word: u64, count: u32) -> u64 {
    match 1_u64.checked_shl(8 * count) {
        Some(above) => word & (above - 1),
        None => word,
    }
}

/// The end of the segment that starts at `at`: a slash or the end of the text.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a tail is shorter than eight bytes"
)]
pub(super) fn end_of_segment(bytes: &[u8], at: usize) -> usize {
    let mut end = at.min(bytes.len());
    let (words, tail) = bytes[end..].as_chunks::<8>();
    for word in words {
        let length = before_slash(u64::from_le_bytes(*word));
        end += length as usize;
        if length < 8 {
            return end;
        }
    }
    end + before_slash(word(bytes, end)).min(tail.len() as u32) as usize
}

/// Whether the bytes may contain `?`, `#` or `%`. It is true for each of them, and also for `!` and `'`.
pub(super) fn may_be_special(bytes: &[u8]) -> bool {
    let (words, tail) = bytes.as_chunks::<8>();
    let tail = word(bytes, bytes.len() - tail.len());
    let marks = |word: u64| {
        let question = word ^ u64::from_ne_bytes([b'?'; 8]);
        // `#` and `%` differ in two bits. Without these bits, both are `!`.
        let others = (word & !u64::from_ne_bytes([0x06; 8])) ^ u64::from_ne_bytes([b'!'; 8]);
        question.wrapping_sub(ONES) & !question | others.wrapping_sub(ONES) & !others
    };
    let all = words.iter().fold(marks(tail), |all, word| {
        all | marks(u64::from_le_bytes(*word))
    });
    all & HIGH != 0
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    #[test]
    fn a_segment_ends_where_a_search_by_byte_ends_it() {
        for length in 0..40 {
            for slash in 0..=length {
                // 0x2e and 0x30 are next to the slash. 0xaf differs from it only in the highest bit.
                for filler in ['.', '0', 'a', '\0', '\u{af}'] {
                    let text: String = (0..length)
                        .map(|at| if at == slash { '/' } else { filler })
                        .collect();
                    let bytes = text.as_bytes();
                    for from in 0..bytes.len() + 9 {
                        let rest = bytes.get(from..).unwrap_or_default();
                        let expected = rest.iter().position(|b| *b == b'/');
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
    fn no_special_byte_is_overlooked() {
        for length in 0..20 {
            let plain: std::vec::Vec<u8> = (0..length).map(|at| b"/aZ0-._~{"[at % 9]).collect();
            assert!(!may_be_special(&plain));
            for at in 0..length {
                for special in *b"?#%" {
                    let mut bytes = plain.clone();
                    bytes[at] = special;
                    assert!(may_be_special(&bytes));
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
