//! Writes changes for people: page by page, the most severe first. Cosmetic changes are only counted.

use std::fmt::Write;

use permspec::drift::{Change, PolicyEffect};

use super::{by_page, cosmetics, effects, summary};

/// The longest rule identifier that is aligned. A longer one moves the rest of its line to the right.
const RULE: usize = 22;

pub fn render(changes: &[Change], all: bool) -> String {
    let mut text = String::new();
    for (page, mut own) in by_page(changes) {
        own.sort_by_key(|change| std::cmp::Reverse(change.severity()));
        writeln!(text, "{page}").expect(FITS);
        for change in own.iter().filter(|change| change.semantic || all) {
            line(&mut text, "  ", change);
            for effect in effects(change, all) {
                line(&mut text, "    - ", effect);
            }
        }
        if let Some(counts) = cosmetics(&own).filter(|_| !all) {
            writeln!(text, "  {counts}").expect(FITS);
        }
        text.push('\n');
    }
    writeln!(text, "{}", summary(changes)).expect(FITS);
    text
}

const FITS: &str = "a String takes every write";

fn line(text: &mut String, indent: &str, change: &Change) {
    let severity = change.severity().as_str();
    let policy = match change.policy {
        PolicyEffect::None => String::new(),
        effect => format!(" ({})", effect.as_str()),
    };
    writeln!(
        text,
        "{indent}{severity}  {:RULE$}  {change}{policy}",
        change.rule
    )
    .expect(FITS);
}
