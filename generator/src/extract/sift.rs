//! Whether a text may have a table with some header, told without parsing: most pages of a
//! documentation have none, and looking at their bytes is ten times faster than reading them.
//! This module may say yes to a text that has none, and must never say no to one that has.

/// How many bytes are looked at together.
const STRETCH: usize = 64;

/// No more lines than this stand between the start of a table and a header of its first row.
const HEADER_LINES: usize = 16;

/// Whether a cell of a table in `text` may begin with `word`, in any case of ASCII letters.
pub(super) fn may_head(text: &str, word: &str) -> bool {
    if !word.is_ascii() || word.is_empty() {
        return text.to_lowercase().contains(word);
    }
    let bytes = text.as_bytes();
    let (mut line, mut from) = (Line::default(), 0);
    while let Some(at) = find(bytes, word.as_bytes(), from) {
        let ends = !bytes
            .get(at + word.len())
            .is_some_and(u8::is_ascii_alphanumeric);
        if ends {
            line = line.of(text, at);
            if line.is_head || is_led_by_markup(&bytes[line.start..at]) {
                return true;
            }
        }
        from = at + 1;
    }
    false
}

/// The line of a place, and whether any word of it may begin a cell.
#[derive(Clone, Copy, Default)]
struct Line {
    start: usize,
    /// The place up to which the line is known to have no end.
    seen: usize,
    is_head: bool,
}

impl Line {
    /// The line of a later place. What was looked at is not looked at again.
    fn of(self, text: &str, at: usize) -> Line {
        let end = text[self.seen..at].rfind('\n');
        let start = end.map_or(self.start, |end| self.seen + end + 1);
        let is_known = end.is_none() && self.seen > 0;
        let is_head = if is_known {
            self.is_head
        } else {
            heads_a_table(&text[..start])
        };
        Line {
            start,
            seen: at,
            is_head,
        }
    }
}

/// The first place from `from` on where `word` stands in any case of letters. The loop over a stretch
/// does not branch, so that the compiler can do many bytes at once.
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

/// What may stand between the edge of a cell and its text: blanks, bullets, markup.
const MARKUP: &[u8] = b" \t\r\x0b\x0c*-+`:_\\\"'([";

/// Whether only markup, blanks and bullets are between a place and the line's start or a border.
fn is_led_by_markup(mut before: &[u8]) -> bool {
    loop {
        before = match before {
            [] | [.., b'|' | 0x80..] => return true,
            // A role: `` :ref:`API ``.
            [rest @ .., b':', b'`'] => {
                let name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.+:".contains(byte);
                let length = rest.iter().rev().take_while(name).count();
                &rest[..rest.len() - length]
            }
            [rest @ .., last] if MARKUP.contains(last) => rest,
            _ => return false,
        };
    }
}

/// Whether close above, words of one line may belong to several cells: below the top of a simple table
/// (`=== ===`), where one blank parts columns, or below `csv-table`, where any character may.
fn heads_a_table(above: &str) -> bool {
    let lines = above.lines().rev().take(HEADER_LINES);
    lines.map(str::trim).any(|line| {
        let is_top = line.starts_with('=') && line.contains("= ") && line.ends_with('=');
        is_top || line.contains("csv-table")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_may_be_written_in_every_kind_of_table() {
        for text in [
            "| Permission        | API                | Action             |\n",
            "   | **Module**  | **APIs**    | **Function**  |\n",
            "| Permission | :ref:`API <en-us_topic_0020212679>` |\n",
            "   * - Permission\n     - Api\n",
            "   * - API:\n",
            ".. csv-table::\n   :delim: $\n\n   Permission$API\n",
            "========== === ======\nPermission API Action\n========== === ======\n",
            "API\n===\n",
            "|\u{a0}API |\n",
        ] {
            assert!(may_head(text, "api") || may_head(text, "apis"), "{text}");
        }
    }

    #[test]
    fn a_word_in_a_sentence_or_an_address_is_no_header() {
        for text in [
            "This API is used to share an image.\n",
            "POST https://docs.example.com/api/v1\n",
            "   | IDs of APIs to be published. |\n",
            "calling an API: see :ref:`Making an API Request <topic>`.\n",
            "",
            "ap",
        ] {
            assert!(!may_head(text, "api") && !may_head(text, "apis"), "{text}");
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        for length in 0..200 {
            let text = format!("{}|API|{}", "x".repeat(length), "y".repeat(200 - length));
            assert_eq!(find(text.as_bytes(), b"api", 0), Some(length + 1));
            assert!(may_head(&text, "api"));
            assert_eq!(find(text.as_bytes(), b"apt", 0), None);
        }
        assert_eq!(find(b"aAa", b"a", 1), Some(1));
    }
}
