//! Writes changes as annotations of a hosted CI, at the rows that changed.

use permspec::drift::{Change, ChangeSeverity};

use crate::output::Repository;
use crate::output::github::{Level, annotation};

pub fn render(changes: &[Change], all: bool) -> String {
    let shown = changes.iter().filter(|change| change.semantic || all);
    let repository = Repository::here();
    let mut lines: Vec<String> = shown.map(|change| annotate(change, &repository)).collect();
    lines.push(String::new());
    lines.join("\n")
}

fn annotate(change: &Change, repository: &Repository) -> String {
    let level = match change.severity() {
        ChangeSeverity::Breaking => Level::Error,
        ChangeSeverity::Semantic => Level::Warning,
        ChangeSeverity::Cosmetic => Level::Notice,
    };
    let file = repository.path(&change.file);
    let place = (file.as_str(), change.line, 1);
    let message = format!("{change} [{}]", change.fingerprint);
    annotation(level, place, change.rule.id(), &message)
}
