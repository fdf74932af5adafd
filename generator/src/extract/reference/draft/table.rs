//! A table of a page: what it is by its header, and what it adds to the facts.

use rst_parser::Table;

use super::super::super::table::{Grid, collapsed};
use super::super::caption::{self, Caption};
use super::super::columns::{FieldColumns, TableKind};
use super::super::outline::bold_of;
use super::super::part::{self, Part};
use super::super::row;
use super::Fields;
use super::reader::Reader;
use crate::model::reference::In;

impl Reader<'_> {
    pub(super) fn table(&mut self, table: &Table<'_>, labels: &[String]) {
        let grid = Grid::of(table);
        let rows = table.rows.len().saturating_sub(table.header_rows.max(1));
        let expects_fields = self.expects_fields();
        let counts = &mut self.draft.counts;
        counts.tables += 1;
        counts.rows += rows;
        match TableKind::of(table, &grid) {
            TableKind::Fields(_) if !expects_fields => {
                counts.other_tables += 1;
                counts.other_rows += rows;
                // The lead may be that of a later table.
                return;
            }
            TableKind::Fields(columns) => self.fields(table, &grid, &columns, rows, labels),
            TableKind::Statuses => {
                counts.status_tables += 1;
                counts.status_rows += rows;
                self.codes(table, &grid);
            }
            TableKind::Errors => {
                counts.error_tables += 1;
                counts.error_rows += rows;
            }
            TableKind::Other => {
                counts.other_tables += 1;
                counts.other_rows += rows;
            }
        }
        self.leads.clear();
        self.lead.clear();
    }

    /// Whether a table of this part of the page may list parameters or fields.
    fn expects_fields(&self) -> bool {
        matches!(
            self.place.part,
            Part::Uri | Part::Request | Part::Response | Part::Example | Part::About
        )
    }

    /// Keeps a table of parameters or fields that has `below` rows after its header.
    fn fields(
        &mut self,
        table: &Table<'_>,
        grid: &Grid<'_>,
        columns: &FieldColumns,
        below: usize,
        labels: &[String],
    ) {
        let (rows, notes) = row::rows(table, grid, columns, self.keeps_prose);
        let counted = below - notes.min(below);
        let counts = &mut self.draft.counts;
        counts.field_tables += 1;
        counts.field_rows += counted;
        counts.notes += notes;
        let caption = table.title_text().map(collapsed).unwrap_or_default();
        self.draft.tables.push(Fields {
            place: self.place,
            labels: labels.to_vec(),
            names: [caption_of(table, &caption), self.lead_as_caption()],
            hint: self.hint(&caption),
            caption,
            lead: self.lead.clone(),
            counted,
            rows,
            span: table.span,
        });
        if self.place.example && !self.section.example {
            self.place.example = false;
        }
    }

    /// Where the caption, or the last lead that knows, says that the rows are sent.
    fn hint(&self, caption: &str) -> Option<In> {
        caption::place(caption).or_else(|| {
            self.leads
                .iter()
                .rev()
                .filter(|lead| is_lead(lead))
                .find_map(|lead| caption::place(lead))
        })
    }

    fn lead_as_caption(&self) -> Caption {
        let lead = if self.lead.len() < 160 {
            &self.lead
        } else {
            ""
        };
        Caption::of(lead, &self.lead_bold)
    }

    /// The status codes in the first column.
    fn codes(&mut self, table: &Table<'_>, grid: &Grid<'_>) {
        let cells = (0..table.rows.len()).filter_map(|row| grid.cell(row, 0));
        self.draft.statuses.extend(cells.filter_map(|cell| {
            let text = row::text(cell);
            part::number(text.split(|c: char| !c.is_ascii_digit()).next()?)
        }));
    }
}

fn caption_of(table: &Table<'_>, caption: &str) -> Caption {
    let bold = table.title.as_deref().map(bold_of).unwrap_or_default();
    Caption::of(caption, &bold)
}

/// Whether a text before a table says what the table is, and is not prose.
fn is_lead(text: &str) -> bool {
    let words = part::words(text);
    let short = words.split(' ').count() <= 7;
    let about = words
        .split(' ')
        .any(|word| matches!(word, "parameter" | "parameters" | "describes" | "lists"));
    text.len() < 160 && (short || about)
}
