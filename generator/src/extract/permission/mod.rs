//! From a parsed page to the rows of its permission tables. Every row of such a table ends as a [`Row`], with
//! a diagnostic for what could not be read. This module must never drop a row silently, and never name an
//! operation.

mod action;
mod api;
mod columns;
mod content;
mod findings;
mod headers;
mod mention;
mod nothing;
mod row;
mod scope;
#[cfg(test)]
mod testing;

use std::collections::BTreeMap;

use rst_parser::{Document, Span, Table};

use self::row::TableReader;
use super::table::collapse;
use crate::diagnostic::Report;

pub(crate) use api::call;
pub use columns::Columns;
pub use headers::{Headers, Role};
pub use row::Row;

/// What the permission tables of a page hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The rows in their order.
    pub rows: Vec<Row>,
    /// The columns of each permission table of the page.
    pub tables: Vec<Columns>,
    /// How many rows these tables have below their headers, counted by the parser.
    pub found: usize,
    /// How many of these are only headings of the rows below them. Each has a finding.
    pub headings: usize,
}

/// Reads every permission table of `document`, whose text is in `file`.
pub fn tables(
    document: &Document,
    headers: &Headers,
    file: &str,
    report: &mut Report,
) -> Extracted {
    let page_title = document.title().map(|section| section.span);
    let mut found = Vec::new();
    for (section, table) in document.tables_by_section() {
        if let Some(columns) = Columns::of(table, headers, file, report) {
            found.push((section, table, columns));
        }
    }
    let mut in_section: BTreeMap<Option<Span>, usize> = BTreeMap::new();
    for (section, ..) in &found {
        *in_section
            .entry(section.map(|section| section.span))
            .or_default() += 1;
    }
    let mut extracted = Extracted::default();
    for (section, table, columns) in found {
        extracted.found += table.rows.len().saturating_sub(columns.first_row());
        // If tables share a section, only their titles tell what each is about.
        let shared = in_section[&section.map(|section| section.span)] > 1;
        let section = section.filter(|section| Some(section.span) != page_title);
        let mut reader = TableReader {
            table,
            columns,
            number: extracted.tables.len(),
            section: group(table)
                .filter(|_| shared)
                .or_else(|| section.map(|section| collapse(&section.title_text()))),
            file,
            report,
            headings: 0,
            continued: 0,
        };
        extracted.rows.extend(reader.rows());
        extracted.headings += reader.headings;
        extracted.found -= reader.continued;
        extracted.tables.push(reader.columns);
    }
    extracted
}

/// What a table is about, by its title: `Namespace management` of `Table 1 Namespace management
/// actions`.
fn group(table: &Table) -> Option<String> {
    let title = collapse(&table.title_text()?);
    let unnumbered = title.strip_prefix("Table ").and_then(|rest| {
        let (number, rest) = rest.split_once(' ')?;
        number
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(rest)
    });
    let group = unnumbered.unwrap_or(&title);
    let group = group.strip_suffix(" actions").unwrap_or(group);
    (!matches!(group, "" | "Supported" | "API" | "Actions")).then(|| group.to_owned())
}
