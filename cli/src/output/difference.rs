//! Shows two texts as a unified difference, for files that somebody edited.

use similar::TextDiff;

/// The maximum number of lines. The reader needs the position, not the whole file.
const LINES: usize = 40;

/// The unified difference from `present` to `expected`, cut after [`LINES`] lines.
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
