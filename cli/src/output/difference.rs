//! Two texts as a unified difference, for files that were changed by hand.
//! It shows lines and judges nothing; this module must never print.

use similar::TextDiff;

/// At most this many lines are shown: the reader needs the place, not the whole file.
const LINES: usize = 40;

/// The unified difference from `present` to `expected`, cut after a screenful.
pub fn unified(present: &str, expected: &str) -> String {
    let difference = TextDiff::from_lines(present, expected);
    let text = difference.unified_diff().context_radius(1).to_string();
    let mut lines = text.lines();
    let mut shown: Vec<&str> = lines.by_ref().take(LINES).collect();
    let left = lines.count();
    let more = format!("... {left} more lines");
    if left > 0 {
        shown.push(&more);
    }
    shown.join("\n")
}
