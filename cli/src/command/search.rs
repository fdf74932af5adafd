//! `permspec search`, and the option `--grep` of other commands: finds operations by words.

use std::collections::BTreeSet;
use std::path::Path;

use permspec::Error;
use permspec::model::{Operation, Page, Requirement};

use super::listed::{Listed, name};
use crate::Verdict;
use crate::arguments::{Format, Search};
use crate::catalogue::{self, OpenedCatalogue};
use crate::output::{counted, fitted, print, print_line, quoted, say};
use crate::search::{Found, Index};

pub fn run(options: &Search, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let service = options.service.as_deref();
    known.check_service(service)?;
    let words = options.words.join(" ");
    let found = Index::of(&known, service).find(&words);
    let shown = &found.operations[..found.operations.len().min(options.limit)];
    match options.format {
        Format::Json => {
            let listed = shown.iter().map(|(page, one)| Listed::of(page, one));
            let text = serde_json::to_string_pretty(&listed.collect::<Vec<_>>());
            print_line(text.expect("operations are plain JSON values"));
        }
        Format::Text => {
            let blocks = shown.iter().map(|(page, operation)| block(page, operation));
            print(&blocks.collect::<Vec<_>>().join("\n"));
        }
    }
    say_unknown(&found);
    if found.operations.is_empty() {
        say(&format!("error: no operation has {}", quoted(&words)));
        return Ok(Verdict::Findings);
    }
    if !found.has_all {
        say("note: no operation has all of these words; these operations have the most of them");
    }
    let all = found.operations.len();
    if shown.len() < all {
        say(&format!(
            "note: the best {} of {}; --limit {all} shows all",
            shown.len(),
            counted(all, "operation")
        ));
    }
    Ok(Verdict::Clean)
}

/// The facts about an operation that a search shows.
fn block(page: &Page, operation: &Operation) -> String {
    let mut lines = vec![name(page, operation), format!("  {}", operation.title)];
    lines.extend(operation.endpoints.iter().map(|route| format!("  {route}")));
    let list = |needed: &[Requirement]| -> String {
        let needed: Vec<String> = needed.iter().map(Requirement::to_string).collect();
        needed.join(", ")
    };
    lines.push(match &*operation.actions {
        [] => "  no action is named".to_owned(),
        actions => format!("  needs {}", list(actions)),
    });
    if !operation.dependencies.is_empty() {
        lines.push(format!("  depends on {}", list(&operation.dependencies)));
    }
    let lines: Vec<String> = lines.iter().map(|line| fitted(line)).collect();
    lines.join("\n") + "\n"
}

fn say_unknown(found: &Found<'_>) {
    for (word, meant) in &found.unknown {
        let meant = meant
            .as_ref()
            .map(|meant| format!("; did you mean {}?", quoted(meant)));
        say(&format!(
            "note: no operation has {}{}",
            quoted(word),
            meant.unwrap_or_default()
        ));
    }
}

/// The operations that `--grep` selects.
pub struct Selection {
    /// Their names. `None` selects all operations.
    names: Option<BTreeSet<String>>,
}

/// The operations that have every word of `grep`, or all operations without it. Reports that no operation has all
/// of the words.
pub fn every(known: &OpenedCatalogue, service: Option<&str>, grep: Option<&str>) -> Selection {
    let Some(words) = grep else {
        return Selection { names: None };
    };
    let found = Index::of(known, service).find(words);
    let operations = found.operations.iter().filter(|_| found.has_all);
    let names: BTreeSet<String> = operations.map(|(page, one)| name(page, one)).collect();
    say_unknown(&found);
    if names.is_empty() {
        say(&format!(
            "error: no operation has all words of {}",
            quoted(words)
        ));
    }
    Selection { names: Some(names) }
}

impl Selection {
    pub fn has(&self, page: &Page, operation: &Operation) -> bool {
        self.names.is_none() || self.has_name(&name(page, operation))
    }

    pub fn has_name(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|names| names.contains(name))
    }

    /// A search that finds nothing is a finding. A catalogue without operations is not.
    pub fn verdict(&self) -> Verdict {
        match &self.names {
            Some(names) if names.is_empty() => Verdict::Findings,
            _ => Verdict::Clean,
        }
    }
}
