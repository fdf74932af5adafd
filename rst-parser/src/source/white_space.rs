//! White space and line ends ("Whitespace" in the reStructuredText specification). This module does not
//! change a text.

/// Eight spaces.
const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);

/// White space as docutils defines it. It includes the separators U+001C to U+001F, which Rust does not.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// `text` without white space at its end.
pub(crate) fn trim_end(text: &str) -> &str {
    let bytes = text.as_bytes();
    // Lines of a table end in a mark.
    if let Some(b'!'..=0x7f) = bytes.last() {
        return text;
    }
    let mut end = bytes.len();
    // Cells of a table are mostly spaces, so this reads many bytes at a time.
    while let Some((_, last)) = bytes[..end].split_last_chunk::<32>()
        && last == &[b' '; 32]
    {
        end -= 32;
    }
    while let Some((_, last)) = bytes[..end].split_last_chunk::<8>() {
        let other = u64::from_le_bytes(*last) ^ BLANKS;
        end -= other.leading_zeros() as usize / 8;
        if other != 0 {
            break;
        }
    }
    while end > 0 && matches!(bytes[end - 1], b' ' | b'\n') {
        end -= 1;
    }
    match end.checked_sub(1).map(|last| bytes[last]) {
        Some(0x80.. | ..b' ') => text[..end].trim_end_matches(is_space),
        _ => &text[..end],
    }
}

/// The number of spaces that `bytes` starts with.
pub(crate) fn leading_blanks(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some((word, _)) = bytes[at..].split_first_chunk::<8>() {
        let other = u64::from_le_bytes(*word) ^ BLANKS;
        at += other.trailing_zeros() as usize / 8;
        if other != 0 {
            return at;
        }
    }
    at + bytes[at..].iter().take_while(|&&byte| byte == b' ').count()
}

/// Whether `holds` is true for every byte. It is called for many bytes at a time, so it should not
/// branch.
pub(crate) fn all(bytes: &[u8], holds: impl Fn(u8) -> bool) -> bool {
    let hold = |stretch: &[u8]| stretch.iter().fold(true, |hold, &byte| hold & holds(byte));
    let (stretches, rest) = bytes.as_chunks::<32>();
    stretches.iter().all(|stretch| hold(stretch)) && hold(rest)
}

/// This many bytes are read together.
pub(super) const STRETCH: usize = 32;

/// One bit for each byte of a stretch that is a control character. The first byte has the lowest bit.
pub(super) fn control_bytes(stretch: &[u8; STRETCH]) -> u32 {
    let smallest = stretch
        .iter()
        .fold(u8::MAX, |smallest, &byte| smallest.min(byte));
    if smallest >= b' ' {
        return 0;
    }
    let mut bits = 0;
    for (index, &byte) in stretch.iter().enumerate() {
        bits |= u32::from(byte < b' ') << index;
    }
    bits
}

/// Whether no character outside of ASCII needs rewriting.
pub(super) fn is_plain(text: &str) -> bool {
    // A byte order mark, and the line ends outside of ASCII, start with one of these bytes.
    let special = |b: u8| b == 0xc2 || b == 0xe2 || b == 0xef;
    let plain = |chunk: &[u8]| !chunk.iter().fold(false, |found, &b| found | special(b));
    let characters = ['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];
    text.as_bytes().chunks(1024).all(plain)
        || !characters.iter().any(|&character| text.contains(character))
}

/// The first line without its end, and the text after that end.
pub(super) fn split_line(text: &str) -> (&str, &str) {
    let ends = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let Some(at) = text.find(ends) else {
        return (text, "");
    };
    let (line, rest) = text.split_at(at);
    if let Some(rest) = rest.strip_prefix("\r\n") {
        return (line, rest);
    }
    let mut characters = rest.chars();
    characters.next();
    (line, characters.as_str())
}
