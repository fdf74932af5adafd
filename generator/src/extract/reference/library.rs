//! The tables of all pages of a service, by label: references cross pages.

use std::collections::BTreeMap;

use super::draft::{Draft, Fields};

/// A table: the index of its page in the service, and its own on the page.
pub(crate) type TableId = (usize, usize);

/// The pages of a service, and where their labels lead.
pub(crate) struct Library<'d> {
    pub(crate) drafts: &'d [Draft],
    labels: BTreeMap<&'d str, Vec<TableId>>,
}

impl<'d> Library<'d> {
    pub(crate) fn of(drafts: &'d [Draft]) -> Self {
        let mut labels: BTreeMap<&str, Vec<TableId>> = BTreeMap::new();
        for (page, draft) in drafts.iter().enumerate() {
            for (table, fields) in draft.tables.iter().enumerate() {
                for label in &fields.labels {
                    labels.entry(label).or_default().push((page, table));
                }
            }
        }
        Library { drafts, labels }
    }

    pub(crate) fn table(&self, id: TableId) -> &'d Fields {
        &self.drafts[id.0].tables[id.1]
    }

    /// The table that a label leads to: on the page itself, or otherwise anywhere in the service.
    pub(crate) fn find(&self, page: usize, label: &str) -> Option<TableId> {
        let found = self.labels.get(label)?;
        found
            .iter()
            .find(|id| id.0 == page)
            .or_else(|| found.first())
            .copied()
    }
}
