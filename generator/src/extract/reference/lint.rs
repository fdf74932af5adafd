//! What authors of reference pages should know, with the place on the page: also inside of examples.
//! It compares what was read and does not change anything.

mod example;
mod place;

use rst_parser::Span;

use super::draft::Draft;
use super::library::Library;
use super::nest::Dangling;
use super::operation::{Fate, Operation};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::reference::ReferencePage;

/// Says what is wrong with a page of an operation.
pub(crate) fn page(
    file: &str,
    text: &str,
    tables: &Library<'_>,
    operation: &Operation,
    page: &ReferencePage,
    report: &mut Report,
) {
    let draft = &tables.drafts[operation.page];
    let mut lint = Lint {
        file,
        text,
        draft,
        page,
        report,
        lines: None,
        said: Vec::new(),
    };
    lint.rows(tables, operation);
    lint.tables(operation);
    lint.parameters(tables, operation);
    let bodies = operation.request.iter().chain(&operation.responses);
    for wrapper in bodies.filter_map(|body| body.wrapper.as_ref()) {
        lint.wrapper(wrapper);
    }
    for shown in &operation.examples {
        lint.example(shown);
    }
    for (listing, at) in &operation.broken {
        let message = "the example cannot be read as JSON".to_owned();
        lint.broken(*listing, *at, message);
    }
}

struct Lint<'a> {
    file: &'a str,
    text: &'a str,
    draft: &'a Draft,
    page: &'a ReferencePage,
    report: &'a mut Report,
    /// The bytes at which the lines of the page start.
    lines: Option<Vec<usize>>,
    /// What was said of fields in examples: once per page is enough.
    said: Vec<(Code, String)>,
}

impl Lint<'_> {
    fn push(&mut self, code: Code, place: Location, message: String) {
        self.report.push(Diagnostic::new(code, place, message));
    }

    fn at(&mut self, code: Code, span: Span, message: String) {
        let place = Location::span(self.file, span);
        self.push(code, place, message);
    }

    fn rows(&mut self, tables: &Library<'_>, operation: &Operation) {
        for &(what, id, index) in &operation.findings {
            // A table of another page is looked at with that page.
            if id.0 != operation.page {
                continue;
            }
            let row = &tables.table(id).rows[index];
            let (code, message) = match what {
                Dangling::Reference => {
                    let label = row.type_refs.first().map_or("", String::as_str);
                    (
                        Code::DanglingReference,
                        format!(
                            "the reference `{label}` of `{}` leads to no table",
                            row.name
                        ),
                    )
                }
                Dangling::Type => (
                    Code::FieldType,
                    format!("`{}` is not a type", row.type_text),
                ),
                Dangling::Repeated => (
                    Code::RepeatedField,
                    format!("`{}` has a row already", row.name),
                ),
            };
            self.at(code, row.span, message);
        }
    }

    fn tables(&mut self, operation: &Operation) {
        for (table, fate) in self.draft.tables.iter().zip(&operation.fates) {
            if *fate == Fate::Orphan {
                let name = if table.caption.is_empty() {
                    &table.lead
                } else {
                    &table.caption
                };
                let message = format!("no field refers to the table `{name}`");
                self.at(Code::OrphanTable, table.span, message);
            }
        }
    }

    fn parameters(&mut self, tables: &Library<'_>, operation: &Operation) {
        let Some(call) = self.draft.calls.first() else {
            return;
        };
        for name in &operation.without_row {
            self.at(
                Code::UndescribedParameter,
                call.span,
                format!("`{name}` has no row in a table of parameters"),
            );
        }
        for &(id, index) in &operation.without_name {
            let row = &tables.table(id).rows[index];
            self.at(
                Code::UnknownPathParameter,
                row.span,
                format!("the path has no `{}`", row.name),
            );
        }
    }
}
