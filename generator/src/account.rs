//! What became of every row of the documentation: the account of a run. The parser counts rows, and the model
//! counts operations. This module must never derive one from the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Report};
use crate::load::ModelFile;
use crate::read::ReadPage;

/// What went in and what came out of an extraction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
pub struct Account {
    /// Pages with a permission table.
    pub pages: usize,
    /// Permission tables.
    pub tables: usize,
    /// Rows of these tables below their headers.
    pub rows: usize,
    /// Operations of the model.
    pub operations: usize,
    /// Rows that another page states as well.
    pub merged: usize,
    /// Rows that a diagnostic or a fix-up removed.
    pub dropped: usize,
    /// `METHOD /path` statements of all rows. A statement counts once per cell.
    pub endpoints: usize,
    /// Distinct actions in the action columns.
    pub actions: usize,
    /// Findings by code.
    pub diagnostics: BTreeMap<Code, usize>,
}

impl Account {
    pub(crate) fn of(read: &[ReadPage], models: &[ModelFile], report: &Report) -> Self {
        let sum = |count: fn(&ReadPage) -> usize| read.iter().map(count).sum();
        let actions: BTreeSet<&String> = read.iter().flat_map(|page| &page.actions).collect();
        let mut diagnostics = BTreeMap::new();
        for finding in report.diagnostics() {
            *diagnostics.entry(finding.code).or_default() += 1;
        }
        Account {
            pages: read.iter().filter(|page| !page.tables.is_empty()).count(),
            tables: sum(|page| page.tables.len()),
            rows: sum(|page| page.found),
            operations: models.iter().map(|model| model.page.operations.len()).sum(),
            merged: sum(|page| page.merged),
            dropped: sum(|page| page.dropped),
            endpoints: sum(|page| page.endpoints),
            actions: actions.len(),
            diagnostics,
        }
    }

    /// Rows that became neither an operation, nor a part of another one, nor a diagnostic. Anything but 0 is
    /// a bug in this crate.
    pub fn unaccounted(&self) -> usize {
        self.rows
            .abs_diff(self.operations + self.merged + self.dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Location};
    use crate::extract::Headers;
    use crate::load::Source;

    const PAGE: &str = "\
Ovens
=====

============  =====================  ===============
Permission    API                    Action
============  =====================  ===============
List ovens    GET /v1/ovens          bake:ovens:list
Show ovens    GET /v1/ovens/{id}     bake:ovens:list
============  =====================  ===============
";

    fn read(text: &str) -> ReadPage {
        let source = Source {
            service: "bake".to_owned(),
            path: "bake/ovens.rst".to_owned(),
            file: "ovens.rst".to_owned(),
            text: text.to_owned(),
        };
        ReadPage::page(
            source,
            &Headers::default(),
            crate::read::PageChoice::Any,
            &mut Report::default(),
        )
    }

    #[test]
    fn pages_tables_rows_calls_and_distinct_actions_are_counted() {
        let mut report = Report::default();
        let place = Location::file("ovens.rst");
        report.push(Diagnostic::new(Code::Remark, place.clone(), "one"));
        report.push(Diagnostic::new(Code::Remark, place, "two"));
        let read = [read(PAGE), read("No table\n========\n")];
        let account = Account::of(&read, &[], &report);
        assert_eq!((account.pages, account.tables, account.rows), (1, 1, 2));
        assert_eq!((account.endpoints, account.actions), (2, 1));
        assert_eq!(account.diagnostics, BTreeMap::from([(Code::Remark, 2)]));
    }

    #[test]
    fn a_row_that_ended_nowhere_or_twice_is_unaccounted_for() {
        let account = |operations, merged, dropped| Account {
            rows: 5,
            operations,
            merged,
            dropped,
            ..Account::default()
        };
        assert_eq!(account(3, 1, 1).unaccounted(), 0);
        assert_eq!(account(3, 1, 0).unaccounted(), 1);
        assert_eq!(account(5, 1, 0).unaccounted(), 1);
    }
}
