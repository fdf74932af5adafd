//! Parses and extracts one page: its rows, and how many there were. This module connects the parser and the
//! extractor. It must never touch the disk.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::{self, Columns, Extracted, Headers, Row};
use crate::load::Source;
use crate::{markup, unseen};

/// Which pages are read. Each page that a project names must have a permission table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageChoice {
    /// The pages that a project names. Their services may have other pages.
    Named,
    /// All pages of a documentation.
    Any,
}

/// A page that was parsed and extracted.
#[derive(Clone, Debug)]
pub(crate) struct ReadPage {
    pub(crate) source: Source,
    pub(crate) title: String,
    pub(crate) original_name: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// The columns of its permission tables.
    pub(crate) tables: Vec<Columns>,
    /// How many rows they have.
    pub(crate) found: usize,
    /// How many calls its cells state. A call counts once per cell.
    pub(crate) endpoints: usize,
    /// The actions that its action cells name.
    pub(crate) actions: BTreeSet<String>,
    /// How many rows repeated another row and were merged into it.
    pub(crate) merged: usize,
    /// How many rows a diagnostic or a fix-up removed.
    pub(crate) dropped: usize,
}

impl ReadPage {
    /// Parses and extracts one page. A page that a project names must have a permission table. A page of a
    /// whole documentation need not have one.
    pub(crate) fn page(
        source: Source,
        headers: &Headers,
        pages: PageChoice,
        report: &mut Report,
    ) -> Self {
        let named = pages == PageChoice::Named;
        let parsed = rst_parser::parse(&source.text);
        let Extracted {
            rows,
            tables,
            found,
            headings,
        } = extract::tables(&parsed.document, headers, &source.file, report);
        let concerns = |found: &&rst_parser::Diagnostic| {
            let block = || block(&source.text, found.span.range().start);
            named || !tables.is_empty() || (markup::loses_rows(found) && headers.head(block()))
        };
        markup::report(
            parsed.diagnostics.iter().filter(concerns),
            &source.file,
            report,
        );
        if named || !tables.is_empty() {
            unseen::report(&source.file, &source.text, report);
        }
        // A table that cannot be read may be the permission table. The finding about the table is enough.
        let lost = parsed.diagnostics.iter().any(markup::loses_rows);
        if named && tables.is_empty() && !lost {
            let message = "the page has no table that maps API calls to actions";
            let place = Location::file(&source.file);
            report.push(Diagnostic::new(Code::NoPermissionTable, place, message));
        }
        ReadPage {
            title: extract::title(&parsed.document),
            original_name: extract::original_name(&parsed.document),
            endpoints: rows.iter().map(|row| row.endpoints.len()).sum(),
            actions: rows
                .iter()
                .flat_map(|row| &row.actions)
                .map(|n| n.action.clone())
                .collect(),
            rows,
            tables,
            found,
            merged: 0,
            dropped: headings,
            source,
        }
    }
}

/// The block of text around a place: from the blank line before it.
fn block(text: &str, at: usize) -> &str {
    let start = text
        .get(..at)
        .and_then(|head| head.rfind("\n\n"))
        .map_or(0, |blank| blank + 2);
    &text[start..]
}
