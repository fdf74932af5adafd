//! A page as facts that no longer borrow from its text: calls, tables with their place on the page,
//! listings, status codes. What a table means for the operation is decided later, when the tables of
//! the whole service are known.

use rst_parser::{Document, Span};

use super::super::table::{Grid, collapse};
use super::call::{StatedEndpoint, UriSection};
use super::caption::{self, Caption};
use super::columns::TableKind;
use super::outline::{Item, Outline, bold_of};
use super::part::{self, Part};
use super::row::{self, FieldRow};
use crate::model::reference::In;

/// Where on the page something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) part: Part,
    /// After a lead that announces an example.
    pub(crate) example: bool,
    /// After a lead that announces a failure.
    pub(crate) abnormal: bool,
    /// The status that was named before it.
    pub(crate) status: Option<u16>,
}

/// A table of parameters or fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) place: Place,
    pub(crate) labels: Vec<String>,
    /// What its caption says; empty where it has none.
    pub(crate) caption: String,
    /// The text right before it.
    pub(crate) lead: String,
    /// Where its rows are sent, by caption or lead.
    pub(crate) hint: Option<In>,
    pub(crate) names: [Caption; 2],
    pub(crate) rows: Vec<FieldRow>,
    /// How many rows of the table count as its fields.
    pub(crate) counted: usize,
    pub(crate) span: Span,
}

/// Text shown as it is written, in a part that may have examples.
#[derive(Clone, Debug)]
pub(crate) struct Verbatim {
    pub(crate) place: Place,
    pub(crate) text: String,
    /// The line of the text's first line.
    pub(crate) first_line: u32,
}

/// A sentence that says which table describes a field.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    pub(crate) part: Part,
    pub(crate) field: String,
    pub(crate) label: String,
}

/// How the tables and rows of a page are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) tables: usize,
    pub(crate) rows: usize,
    pub(crate) field_tables: usize,
    pub(crate) field_rows: usize,
    pub(crate) status_tables: usize,
    pub(crate) status_rows: usize,
    pub(crate) error_tables: usize,
    pub(crate) error_rows: usize,
    pub(crate) other_tables: usize,
    pub(crate) other_rows: usize,
    /// Rows that head others or go on with the row above.
    pub(crate) notes: usize,
}

/// A page, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) title: String,
    pub(crate) line: u32,
    pub(crate) original_name: Option<String>,
    pub(crate) calls: Vec<StatedEndpoint>,
    pub(crate) tables: Vec<Fields>,
    pub(crate) listings: Vec<Verbatim>,
    pub(crate) pointers: Vec<Pointer>,
    /// Success and other codes of the status section, in order.
    pub(crate) statuses: Vec<u16>,
    pub(crate) counts: Counts,
    /// What the parser says about tables that it could not read.
    pub(crate) malformed: Vec<rst_parser::Diagnostic>,
}

/// Reads a page.
pub(crate) fn read(document: &Document<'_>, source: &str) -> Draft {
    let outline = Outline::of(document, source);
    let title = document.title();
    let mut draft = Draft {
        title: title
            .map(|section| collapse(&section.title_text()))
            .unwrap_or_default(),
        line: title.map_or(1, |section| section.title_span.line),
        original_name: super::super::original_name(document),
        ..Draft::default()
    };
    let mut reader = Reader {
        draft: &mut draft,
        place: Place::default(),
        section: Place::default(),
        level: 0,
        lead: String::new(),
        lead_bold: Vec::new(),
        leads: Vec::new(),
        calls: UriSection::default(),
        adjacent: false,
    };
    for item in &outline.items {
        reader.item(item);
    }
    let span = title.map_or(document.span, |section| section.title_span);
    reader.calls.finish(span);
    let calls = std::mem::take(&mut reader.calls.found);
    draft.calls = calls;
    draft
}

struct Reader<'a> {
    draft: &'a mut Draft,
    place: Place,
    /// The place as the section's title set it.
    section: Place,
    level: usize,
    /// The text right before what comes.
    lead: String,
    /// The words in bold type of that.
    lead_bold: Vec<String>,
    /// Texts since the last table, title or listing.
    leads: Vec<String>,
    calls: UriSection,
    /// The item before is a listing.
    adjacent: bool,
}

impl Reader<'_> {
    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Title { text, level, .. } => self.title(text, *level),
            Item::Text {
                text,
                span,
                bullet,
                bold,
                refs,
            } => {
                self.point(text, bold, refs);
                self.text(text, *span, *bullet);
                self.lead_bold.clone_from(bold);
            }
            Item::Listing {
                text,
                span,
                first_line,
            } => self.listing(text, *span, *first_line),
            Item::Table { table, labels } => self.table(table, labels),
        }
        self.adjacent = matches!(item, Item::Listing { .. });
    }

    fn title(&mut self, text: &str, level: usize) {
        let announced = part::title(text);
        self.leads.clear();
        text.clone_into(&mut self.lead);
        let status = part::status(text);
        match announced.part {
            Some(part) => {
                self.place = Place {
                    part,
                    example: announced.example,
                    abnormal: announced.abnormal,
                    status,
                };
            }
            None if level > self.level && self.level > 0 => {
                self.place.status = status.or(self.place.status);
            }
            None => self.place = Place::default(),
        }
        if announced.part.is_some() || level <= self.level {
            self.level = level;
        }
        self.section = self.place;
    }

    fn text(&mut self, text: &str, span: Span, bullet: bool) {
        if self.place.part == Part::Uri && !self.place.example && text.len() < 2000 {
            let had = !self.calls.found.is_empty();
            let sample = had
                && self
                    .leads
                    .iter()
                    .any(|lead| part::words(lead).contains("example"));
            if !sample && self.calls.read(text, span) {
                self.leads.clear();
                return;
            }
        }
        if self.place.part == Part::Status {
            self.statuses(text);
        }
        if let Some(status) = part::status(text) {
            self.place.status = Some(status);
            self.draft.statuses.push(status);
            if !self.section.example {
                self.place.abnormal = status >= 400;
            }
        } else if let Some(announced) = part::lead(text) {
            self.announce(announced, bullet);
        }
        text.clone_into(&mut self.lead);
        self.leads.push(text.to_owned());
        if self.leads.len() > 6 {
            self.leads.remove(0);
        }
    }

    /// Keeps `For details about the **x** field, see Table 1`.
    fn point(&mut self, text: &str, bold: &[String], refs: &[String]) {
        if let ([field], [label]) = (bold, refs)
            && text.len() < 200
            && matches!(self.place.part, Part::Request | Part::Response)
        {
            self.draft.pointers.push(Pointer {
                part: self.place.part,
                field: field.clone(),
                label: label.clone(),
            });
        }
    }

    fn announce(&mut self, announced: part::Announced, bullet: bool) {
        let body = matches!(
            self.section.part,
            Part::Request | Part::Response | Part::Example
        );
        if self.section.part == Part::Uri {
            self.place.example = announced.example;
            return;
        }
        if !body {
            return;
        }
        self.place.example = announced.example || self.section.example;
        if announced.abnormal {
            self.place.abnormal = true;
        } else if announced.part == Some(Part::Response) || !announced.example {
            self.place.abnormal = self.section.abnormal;
        }
        match announced.part {
            // `Bad Request` in a section of responses is not a request.
            Some(Part::Request | Part::Response)
                if self.section.example && self.section.part != Part::Example => {}
            Some(part @ (Part::Request | Part::Response)) => {
                let forward = self.section.part == Part::Request && part == Part::Response;
                if announced.example || self.section.part == Part::Example || (forward && bullet) {
                    self.place.part = part;
                } else {
                    self.place.part = self.section.part;
                }
            }
            _ if !self.place.example && self.section.part != Part::Example => {
                self.place.part = self.section.part;
            }
            _ => {}
        }
    }

    fn statuses(&mut self, text: &str) {
        if text.len() > 200 {
            return;
        }
        let words = part::words(text);
        let mut found = words.split(' ').filter_map(part::number);
        let starts = words.split(' ').next().and_then(part::number).is_some();
        let short = words.split(' ').count() <= 4;
        if starts || short {
            self.draft.statuses.extend(found.by_ref());
        }
    }

    fn listing(&mut self, text: &str, span: Span, first_line: u32) {
        if self.place.part == Part::Uri && !self.place.example {
            let mut any = false;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                any |= self.calls.read(&collapse(line), span);
            }
            if any {
                return;
            }
        }
        if matches!(
            self.place.part,
            Part::Request | Part::Response | Part::Example | Part::Uri
        ) {
            // One JSON text may be cut into listings that follow each other.
            if self.adjacent
                && let Some(last) = self.draft.listings.last_mut()
                && is_open(&last.text)
            {
                last.text.push('\n');
                last.text.push_str(text);
                return;
            }
            self.draft.listings.push(Verbatim {
                place: self.place,
                text: text.to_owned(),
                first_line,
            });
        }
        self.leads.clear();
    }

    fn table(&mut self, table: &rst_parser::Table<'_>, labels: &[String]) {
        let grid = Grid::of(table);
        let kind = TableKind::of(table, &grid);
        let body = table.rows.len().saturating_sub(table.header_rows.max(1));
        let counts = &mut self.draft.counts;
        counts.tables += 1;
        counts.rows += body;
        match kind {
            TableKind::Fields(columns) => {
                let (rows, notes) = row::rows(table, &grid, &columns);
                let is_part = matches!(
                    self.place.part,
                    Part::Uri | Part::Request | Part::Response | Part::Example | Part::About
                );
                if !is_part {
                    counts.other_tables += 1;
                    counts.other_rows += body;
                    return;
                }
                counts.field_tables += 1;
                counts.field_rows += body - notes.min(body);
                counts.notes += notes;
                let caption = table
                    .title_text()
                    .map(|title| collapse(&title))
                    .unwrap_or_default();
                let hint = caption::place(&caption).or_else(|| {
                    self.leads
                        .iter()
                        .rev()
                        .filter(|lead| is_lead(lead))
                        .find_map(|lead| caption::place(lead))
                });
                self.draft.tables.push(Fields {
                    place: self.place,
                    labels: labels.to_vec(),
                    names: [
                        Caption::of(
                            &caption,
                            &table.title.as_deref().map(bold_of).unwrap_or_default(),
                        ),
                        Caption::of(
                            if self.lead.len() < 160 {
                                &self.lead
                            } else {
                                ""
                            },
                            &self.lead_bold,
                        ),
                    ],
                    caption,
                    lead: self.lead.clone(),
                    hint,
                    counted: body - notes.min(body),
                    rows,
                    span: table.span,
                });
                if self.place.example && !self.section.example {
                    self.place.example = false;
                }
            }
            TableKind::Statuses => {
                counts.status_tables += 1;
                counts.status_rows += body;
                for row in 0..table.rows.len() {
                    if let Some(cell) = grid.cell(row, 0) {
                        let text = row::text(cell);
                        if let Some(code) = text
                            .split(|c: char| !c.is_ascii_digit())
                            .next()
                            .and_then(part::number)
                        {
                            self.draft.statuses.push(code);
                        }
                    }
                }
            }
            TableKind::Errors => {
                counts.error_tables += 1;
                counts.error_rows += body;
            }
            TableKind::Other => {
                counts.other_tables += 1;
                counts.other_rows += body;
            }
        }
        self.leads.clear();
        self.lead.clear();
    }
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

/// Whether a listing has more opening braces than closing ones.
fn is_open(text: &str) -> bool {
    let count = |open: char, close: char| text.matches(open).count() > text.matches(close).count();
    text.trim_start().starts_with(['{', '[']) && (count('{', '}') || count('[', ']'))
}
