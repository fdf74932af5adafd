//! Counts the pages, tables and rows that a command read.
//! A command that read nothing did not check anything. This module must never let it succeed.

use permspec::{Account, Code, Diagnostic, Location};

use crate::output::counted;

/// The number of pages, tables and rows that were read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadCounts {
    pages: usize,
    tables: usize,
    rows: usize,
}

impl ReadCounts {
    pub fn add(&mut self, account: &Account) {
        self.pages += account.pages;
        self.tables += account.tables;
        self.rows += account.rows;
    }

    pub fn of(account: &Account) -> Self {
        let mut reading = ReadCounts::default();
        reading.add(account);
        reading
    }

    pub fn is_empty(self) -> bool {
        self.rows == 0
    }

    /// `1 page, 1 table, 8 rows`. Only pages with permission tables count.
    pub fn counts(self) -> String {
        let (pages, tables) = (counted(self.pages, "page"), counted(self.tables, "table"));
        format!("{pages}, {tables}, {}", counted(self.rows, "row"))
    }
}

/// The finding that `place` contains nothing to read.
pub fn nothing(place: &str) -> Diagnostic {
    let message = format!("no permission table with a row was read in `{place}`");
    Diagnostic::new(Code::NothingRead, Location::file(place), message)
}
