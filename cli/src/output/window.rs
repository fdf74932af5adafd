//! Measures the terminal window, and breaks texts to fit it.
//! Only a window has a width. This module must never break a line that goes to a file or a program.

use std::env;
use std::io;

use unicode_width::UnicodeWidthStr;

/// The number of columns of the window that shows standard output. `None` if standard output is not a window. The
/// variable `COLUMNS` takes precedence, as in other programs.
pub fn width() -> Option<usize> {
    stated().or_else(|| {
        let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(width.0))
    })
}

/// The number of columns of the window that shows standard error. `None` if standard error is not a window.
pub fn error_width() -> Option<usize> {
    stated().or_else(|| {
        let (width, _) = terminal_size::terminal_size_of(io::stderr())?;
        Some(usize::from(width.0))
    })
}

fn stated() -> Option<usize> {
    let columns = env::var("COLUMNS").ok()?.parse().ok()?;
    (columns > 0).then_some(columns)
}

/// A name may be broken after these characters.
const BREAKS: [char; 8] = [' ', '/', ':', '.', ',', '_', '-', '}'];

/// The length of the longest beginning of a text that fits in `room` columns. It has at least one character.
fn fitting(text: &str, room: usize) -> usize {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let fits = ends.take_while(|end| text[..*end].width() <= room);
    let first = text.chars().next().map_or(0, char::len_utf8);
    fits.last().unwrap_or(first)
}

/// The last position up to `end` at which a text may be broken: after one of [`BREAKS`], and before a capital
/// letter that begins a word of a name.
fn last_break(text: &str, end: usize) -> Option<usize> {
    let places = text[..end].char_indices().zip(text.chars().skip(1));
    let breaks = places.filter_map(|((at, before), after)| {
        let begins = before.is_lowercase() && after.is_uppercase();
        (BREAKS.contains(&before) || begins).then_some(at + before.len_utf8())
    });
    breaks.last()
}

/// The lines of a text. A text that is wider than `width` is broken at the last possible position. A line that
/// continues another line is indented.
pub fn broken(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let width = width.max(1);
    let mut rest = text.trim_start_matches(' ');
    // If the window has no room for the indentation of the text, the text is indented less.
    let own = (text.len() - rest.len()).min(width / 2);
    let (mut indent, deeper) = (" ".repeat(own), " ".repeat((own + 2).min(width - 1)));
    let mut lines = Vec::new();
    while rest.width() + indent.len() > width {
        let fits = fitting(rest, width - indent.len());
        // A space may be the first character that does not fit, because it is invisible.
        let space = rest[fits..].starts_with(' ').then_some(fits);
        let end = space.or_else(|| last_break(rest, fits)).unwrap_or(fits);
        lines.push(format!("{indent}{}", rest[..end].trim_end()));
        rest = rest[end..].trim_start();
        indent.clone_from(&deeper);
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(format!("{indent}{rest}"));
    }
    lines
}

/// The lines of a text, broken to fit the window of standard output.
pub fn fitted(text: &str) -> String {
    match width() {
        Some(width) => broken(text, width).join("\n"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_after_the_last_mark_that_fits() {
        assert_eq!(
            broken("POST /v2/images/{image_id}/members", 20),
            ["POST /v2/images/", "  {image_id}/members"]
        );
        assert_eq!(
            broken("ims.QuerySupportedImage", 20),
            ["ims.QuerySupported", "  Image"]
        );
        assert_eq!(
            broken("  ims.QuerySupportedImage", 22),
            ["  ims.QuerySupported", "    Image"]
        );
        assert_eq!(broken("    ab", 6), ["    ab"]);
        assert_eq!(broken("a short one", 20), ["a short one"]);
        assert_eq!(broken("", 20), [""]);
        assert_eq!(broken("one two", 3), ["one", "  t", "  w", "  o"]);
    }

    #[test]
    fn no_line_is_wider_and_no_character_is_lost() {
        for text in [
            "ims:images:share",
            "Größe/der/Scheibe ändern",
            "....",
            "a b c d",
            "    indented",
            "\u{955c}\u{50cf}/\u{955c}\u{50cf} a\u{308}",
        ] {
            // Next to an indentation of two, a character of two columns needs a window of four.
            for width in 4..30 {
                let lines = broken(text, width);
                assert!(
                    lines.iter().all(|line| line.width() <= width),
                    "{width}: {lines:?}"
                );
                assert!(
                    lines.iter().all(|line| !line.trim().is_empty()),
                    "{lines:?}"
                );
                let plain = |text: &str| text.replace(' ', "");
                assert_eq!(plain(&lines.concat()), plain(text));
            }
        }
    }
}
