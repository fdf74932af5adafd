//! A page as facts that no longer borrow from its text: calls, tables with their place on the page,
//! listings, status codes. What a table means for the operation is decided later, when the tables of
//! the whole service are known.

mod reader;
mod table;

use rst_parser::{Document, Span};

use self::reader::Reader;
use super::super::table::collapsed;
use super::call::StatedEndpoint;
use super::caption::Caption;
use super::outline::Outline;
use super::part::Part;
use super::prose;
use super::row::FieldRow;
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
    /// What its caption says; empty if it does not have one.
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
    /// What its section about the function says, if that is kept.
    pub(crate) description: Option<Box<str>>,
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

/// Reads a page. Its descriptions are no facts, so they are only kept on request.
pub(crate) fn read(document: &Document<'_>, source: &str, keeps_prose: bool) -> Draft {
    let outline = Outline::of(document, source);
    let title = document.title();
    let mut draft = Draft {
        title: title
            .map(|section| collapsed(section.title_text()))
            .unwrap_or_default(),
        line: title.map_or(1, |section| section.title_span.line),
        original_name: super::super::original_name(document),
        description: keeps_prose
            .then(|| prose::of_function(&document.blocks))
            .flatten(),
        ..Draft::default()
    };
    let mut reader = Reader::new(&mut draft, keeps_prose);
    for item in &outline.items {
        reader.item(item);
    }
    let span = title.map_or(document.span, |section| section.title_span);
    let calls = reader.calls(span);
    draft.calls = calls;
    draft
}
