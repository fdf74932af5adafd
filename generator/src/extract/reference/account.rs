//! How every table and row of the reference pages ended.

use std::collections::BTreeMap;

use super::draft::{Counts, Draft};
use super::operation::{Fate, Operation};

/// How many pages, tables and rows were read, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceAccount {
    /// Pages that were read.
    pub pages: usize,
    /// Pages that describe an operation.
    pub operations: usize,
    /// Pages that only have tables that operations refer to.
    pub shared: usize,
    /// Pages that are neither.
    pub others: usize,
    /// Tables on pages of operations.
    pub tables: usize,
    /// Rows of these tables below their headers.
    pub rows: usize,
    /// Tables and rows by what became of them.
    pub fates: BTreeMap<&'static str, (usize, usize)>,
    /// Parameters of operations.
    pub parameters: usize,
    /// Fields of bodies.
    pub fields: usize,
    /// Named schemas, each once per service.
    pub schemas: usize,
    /// Examples.
    pub examples: usize,
    /// Examples in strict JSON.
    pub strict: usize,
}

impl ReferenceAccount {
    /// Adds an operation and the page that describes it.
    pub(crate) fn operation(&mut self, draft: &Draft, operation: &Operation) {
        self.count(&draft.counts);
        for (table, fate) in draft.tables.iter().zip(&operation.fates) {
            self.fate(*fate, table.counted);
        }
        self.parameters += operation.parameters.len();
        let built = operation.built.values();
        self.fields += built.map(|built| built.fields.len()).sum::<usize>();
        let read = operation.examples.iter().map(|shown| &shown.found.read);
        self.examples += operation.examples.len();
        self.strict += read.filter(|read| read.slips.is_empty()).count();
    }

    fn count(&mut self, counts: &Counts) {
        self.tables += counts.tables;
        self.rows += counts.rows;
        self.add("status codes", counts.status_tables, counts.status_rows);
        self.add("error codes", counts.error_tables, counts.error_rows);
        self.add(
            "notes",
            counts.other_tables,
            counts.other_rows + counts.notes,
        );
    }

    fn fate(&mut self, fate: Fate, rows: usize) {
        let what = match fate {
            Fate::Parameters => "parameters",
            Fate::ResponseHeaders => "response headers",
            Fate::Body => "bodies",
            Fate::Copy => "copies",
            Fate::Error => "error bodies",
            Fate::Orphan => "orphans",
            Fate::Note => "notes",
        };
        self.add(what, 1, rows);
    }

    fn add(&mut self, what: &'static str, tables: usize, rows: usize) {
        let entry = self.fates.entry(what).or_default();
        entry.0 += tables;
        entry.1 += rows;
    }

    /// Tables and rows without a fate, or with two. A number other than 0 is a fault of this crate.
    pub fn unaccounted(&self) -> (usize, usize) {
        let tables: usize = self.fates.values().map(|count| count.0).sum();
        let rows: usize = self.fates.values().map(|count| count.1).sum();
        (self.tables.abs_diff(tables), self.rows.abs_diff(rows))
    }
}
