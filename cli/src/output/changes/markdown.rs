//! Writes changes as a changelog to paste into a release or an issue.
//! Text of a page is in code spans, so that it cannot become markup.

use std::fmt::Write;

use permspec::drift::{Change, ChangeSeverity};

use super::{cosmetics, effects, summary};

const FITS: &str = "a String takes every write";

pub fn render(changes: &[Change], all: bool) -> String {
    let mut text = format!(
        "## Documentation changes\n\n{}.\n",
        capitalised(&summary(changes))
    );
    section(
        &mut text,
        "Breaking",
        changes,
        ChangeSeverity::Breaking,
        all,
    );
    section(
        &mut text,
        "Other changes",
        changes,
        ChangeSeverity::Semantic,
        all,
    );
    if all {
        section(
            &mut text,
            "Cosmetic",
            changes,
            ChangeSeverity::Cosmetic,
            all,
        );
    } else if let Some(counts) = cosmetics(&changes.iter().collect::<Vec<_>>()) {
        writeln!(text, "\n{}.", capitalised(&counts)).expect(FITS);
    }
    text
}

/// The changelog entry of an updated project.
pub fn changelog(changes: &[Change]) -> String {
    render(changes, false)
}

fn section(
    text: &mut String,
    title: &str,
    changes: &[Change],
    severity: ChangeSeverity,
    all: bool,
) {
    let own = changes
        .iter()
        .filter(|change| change.severity() == severity);
    let mut service = None;
    for change in own {
        if service.is_none() {
            writeln!(text, "\n### {title}").expect(FITS);
        }
        if service != Some(&change.service) {
            writeln!(text, "\n**{}**\n", change.service).expect(FITS);
            service = Some(&change.service);
        }
        item(text, "", change);
        for effect in effects(change, all) {
            item(text, "  ", effect);
        }
    }
}

fn item(text: &mut String, indent: &str, change: &Change) {
    let calls = match &change.endpoint {
        Some(route) if !says(change, route) => format!(" (`{}`)", route.replace('`', "'")),
        _ => String::new(),
    };
    writeln!(text, "{indent}- {change}{calls}").expect(FITS);
}

/// Whether the sentence itself names the call.
fn says(change: &Change, route: &str) -> bool {
    let texts = [&change.before, &change.after];
    texts.iter().any(|text| text.as_deref() == Some(route))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
