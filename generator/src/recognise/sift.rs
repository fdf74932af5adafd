//! Whether a text may have a table with some header, without parsing it. Most pages do not have one, and a
//! search of their bytes is ten times faster than the parser. This module may say yes to a text without such
//! a table. It must never say no to a text with one.

use crate::extract::table::is_unseen;

/// How many bytes are looked at together.
const STRETCH: usize = 64;

/// Whether a cell of a table in `text` may begin with one of `words`, which are in lower case.
pub(super) fn may_head(text: &str, words: &[&str]) -> bool {
    // In a CSV table, any character may separate cells, or be dropped from them.
    find(text.as_bytes(), b"csv-table", 0).is_some()
        || words.iter().any(|word| may_begin(text, word))
        || is_broken_somewhere(text, words)
}

/// The length of a text without the role that it ends with: `:ref:`, `:py:func:`.
fn without_role(text: &str) -> usize {
    let Some(mut rest) = text.strip_suffix(':') else {
        return text.len();
    };
    let in_name = |c: char| c.is_ascii_alphanumeric() || "-_.+".contains(c);
    while let Some(before) = rest.trim_end_matches(in_name).strip_suffix(':') {
        rest = before;
    }
    rest.len()
}

fn may_begin(text: &str, word: &str) -> bool {
    // A letter outside of ASCII whose lower case is an ASCII letter.
    if word.contains('k') && text.contains('\u{212a}') {
        return true;
    }
    if !word.is_ascii() || word.is_empty() {
        return text.to_lowercase().contains(word);
    }
    let bytes = text.as_bytes();
    let mut simple_top = None;
    let mut from = 0;
    while let Some(at) = find(bytes, word.as_bytes(), from) {
        let ends = !bytes
            .get(at + word.len())
            .is_some_and(u8::is_ascii_alphanumeric);
        if ends {
            let top = *simple_top.get_or_insert_with(|| top_of_simple_table(bytes));
            if at > top || is_led_by_markup(&bytes[..at]) {
                return true;
            }
        }
        from = at + 1;
    }
    false
}

/// Whether one of `words` is split by a backslash or by a character without a width.
fn is_broken_somewhere(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let joins = |byte: Option<&u8>| {
        byte.is_some_and(|byte| {
            let byte = byte.to_ascii_lowercase();
            let of_word = |word: &&str| word.as_bytes().contains(&byte);
            !byte.is_ascii() || b"*`_:\\".contains(&byte) || words.iter().any(of_word)
        })
    };
    let is_break = |at: usize| match bytes[at] {
        b'\\' => {
            let space = bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace);
            joins(bytes.get(at + 1 + usize::from(space))) && at > 0 && joins(bytes.get(at - 1))
        }
        // The first bytes of characters without a width.
        0xc2 | 0xe2 | 0xef => text[at..].chars().next().is_some_and(is_unseen),
        _ => false,
    };
    let may_break = |byte: u8| matches!(byte, b'\\' | 0xc2 | 0xe2 | 0xef);
    let stretches = bytes.chunks(STRETCH).enumerate();
    stretches
        .filter(|(_, stretch)| {
            stretch
                .iter()
                .fold(false, |any, &byte| any | may_break(byte))
        })
        .flat_map(|(number, stretch)| (number * STRETCH..).take(stretch.len()))
        .any(|at| is_break(at) && is_one_around(text, at, words))
}

/// Whether the visible text around a place contains one of `words`.
fn is_one_around(text: &str, at: usize, words: &[&str]) -> bool {
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    let near = STRETCH + 2 * longest;
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(at.saturating_sub(near));
    let end = boundary((at + near).min(text.len()));
    let shown = shown(&text[start..end]).to_lowercase();
    words.iter().any(|word| shown.contains(&self::shown(word)))
}

/// A text without the marks that may be inside a word: backslashes with the space that each removes, inline
/// markup, characters without a width.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                characters.next_if(|next| next.is_whitespace());
            }
            '*' | '_' => {}
            '`' => shown.truncate(without_role(&shown)),
            character if is_unseen(character) => {}
            character => shown.push(character),
        }
    }
    shown
}

/// The first place of `word` at or after `from`, in any letter case. The loop over a stretch does not branch,
/// so that the compiler can process many bytes at once.
fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let lower = |byte: u8| byte | 0x20;
    let (first, second) = (lower(word[0]), lower(*word.get(1).unwrap_or(&word[0])));
    let next = usize::from(word.len() > 1);
    let is_here = |at: usize| {
        let there = bytes.get(at..at + word.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(word))
    };
    let mut at = from;
    while let Some(stretch) = bytes.get(at..at + STRETCH + next) {
        let pairs = stretch.iter().zip(&stretch[next..]);
        let found = pairs.fold(false, |found, (&a, &b)| {
            found | ((lower(a) == first) & (lower(b) == second))
        });
        if found && let Some(here) = (at..at + STRETCH).find(|&at| is_here(at)) {
            return Some(here);
        }
        at += STRETCH;
    }
    (at..bytes.len()).find(|&at| is_here(at))
}

/// What may be between the edge of a cell and its text: spaces, bullets, markup, lines of a grid.
const MARKUP: &[u8] = b" \t\x0b\x0c\x1f*-+=`:_\\\"'([";

/// How many bytes are searched for the mark of a footnote.
const LONGEST_LABEL: usize = 100;

/// Whether only markup, spaces, bullets and numbers of items are between the start of the line, or a border,
/// and a place.
fn is_led_by_markup(mut before: &[u8]) -> bool {
    loop {
        before = match before {
            // Line ends outside of ASCII end in such a byte. The content of a directive may start on the line
            // of its colons.
            [] | [.., b'|' | b'\n' | b'\r' | 0x1c..=0x1e | 0x80..] | [.., b':', b':'] => {
                return true;
            }
            // A role: `` :ref:`API ``.
            [rest @ .., b':', b'`'] => {
                let name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.+:".contains(byte);
                let length = rest.iter().rev().take_while(name).count();
                &rest[..rest.len() - length]
            }
            // The mark of a footnote is not part of a header.
            [rest @ .., b']', b'_'] => {
                let near = &rest[rest.len().saturating_sub(LONGEST_LABEL)..];
                match near.iter().rposition(|&byte| byte == b'[') {
                    Some(start) => &rest[..rest.len() - near.len() + start],
                    None => return true,
                }
            }
            // The number of an item: `1.`, `#.`, `(a)`, `iv)`.
            [rest @ .., b'.' | b')'] => {
                let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
                let length = rest.iter().rev().take_while(part).count();
                let (rest, number) = rest.split_at(rest.len() - length);
                if !is_number(number) {
                    return false;
                }
                rest
            }
            [rest @ .., last] if MARKUP.contains(last) => rest,
            _ => return false,
        };
    }
}

/// Whether this may be the number of an item.
fn is_number(text: &[u8]) -> bool {
    let roman = |byte: &u8| b"ivxlcdm".contains(&byte.to_ascii_lowercase());
    match text {
        [] => false,
        [_] => true,
        text => text.iter().all(u8::is_ascii_digit) || text.iter().all(roman),
    }
}

/// The first line that may be the top of a simple table (`=== ===`), below which a space separates columns.
/// Without such a line, the end of the text.
fn top_of_simple_table(text: &[u8]) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | 0x0b | 0x0c);
    let mut at = 0;
    while at < text.len() {
        let is_part = |byte: &&u8| **byte == b'=' || is_blank(byte);
        let length = text[at..].iter().take_while(is_part).count();
        let part = &text[at..at + length];
        if part
            .windows(2)
            .any(|pair| pair[0] == b'=' && is_blank(&pair[1]))
        {
            // What follows may be a line end, or white space outside of ASCII.
            let next = text.get(at + length);
            if next.is_none_or(|&byte| byte.is_ascii_control() || !byte.is_ascii()) {
                return at;
            }
        }
        at += length + 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[&str] = &["api", "apis"];

    #[test]
    fn a_header_may_be_written_in_every_kind_of_table() {
        for text in [
            "| Permission        | API                | Action             |\n",
            "   | **Module**  | **APIs**    | **Function**  |\n",
            "| Permission | :ref:`API <en-us_topic_0020212679>` |\n",
            "   * - API:\n",
            "\
.. list-table::

   * - Permission
     - Api
",
            ".. csv-table::\n   :delim: $\n\n   Permission$API\n",
            "\
========== === ======
Permission API Action
========== === ======
",
            "\
API
===
",
            "|\u{a0}API |\n",
            "Permissions:\r\rAPI | x\r",
            "x\u{1c}API\u{1d}",
            "| Permission | A\\PI |\n",
            "| Permission | *A*\\ *PI* |\n",
            "| Permission | A\u{200b}P\u{ad}I |\n",
            "| Permission | :sup:`A`\\ :sub:`P`\\ I |\n",
            ".. CSV-Table::\n   :delim: x\n\n   PermissionxAPIxAction\n",
            ".. csv-table::\n   :escape: q\n\n   Permission, AqPI\n",
            "| 1. API | (b) x |\n",
            "| [1]_ API |\n",
            "| .. rubric:: API |\n",
        ] {
            assert!(may_head(text, WORDS), "{text}");
        }
    }

    #[test]
    fn a_word_in_a_sentence_or_an_address_is_no_header() {
        for text in [
            "This API is used to share an image.\n",
            "POST https://docs.example.com/api/v1\n",
            "   | IDs of APIs to be published. |\n",
            "calling an API: see :ref:`Making an API Request <topic>`.\n",
            "x = y\nthe API = 1\n",
            "",
            "ap",
        ] {
            assert!(!may_head(text, WORDS), "{text}");
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        for length in 0..200 {
            let text = format!("{}|API|{}", "x".repeat(length), "y".repeat(200 - length));
            assert_eq!(find(text.as_bytes(), b"api", 0), Some(length + 1));
            assert!(may_head(&text, WORDS));
            assert_eq!(find(text.as_bytes(), b"apt", 0), None);
        }
        assert_eq!(find(b"aAa", b"a", 1), Some(1));
    }
}
