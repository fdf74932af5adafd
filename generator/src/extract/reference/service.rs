//! All pages of one service, read together: tables are shared between its pages.

use std::collections::BTreeSet;

use super::account::ReferenceAccount;
use super::draft::{self, Draft};
use super::finish;
use super::guide::is_guide;
use super::library::Library;
use super::lint;
use super::names;
use super::operation::{self, Operation};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::markup::{self, loses_rows};
use crate::model::reference::ReferencePage;

/// A page as it was loaded.
#[derive(Clone, Copy, Debug)]
pub struct PageText<'t> {
    /// Its path below the documentation folder.
    pub path: &'t str,
    /// The file as messages name it.
    pub file: &'t str,
    /// Its text.
    pub text: &'t str,
    /// Whether it may describe an operation. Any other page is read only if an operation refers to a
    /// table of it.
    pub may_be_operation: bool,
}

/// Reads the reference pages of a service, in the order in which they are given.
pub fn read(
    service: &str,
    pages: &[PageText<'_>],
    account: &mut ReferenceAccount,
    report: &mut Report,
) -> Vec<ReferencePage> {
    account.pages += pages.len();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut places: Vec<&PageText<'_>> = Vec::new();
    let mut others: Vec<usize> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        if !page.may_be_operation {
            others.push(index);
            continue;
        }
        let draft = draft_of(page.text);
        if draft.calls.is_empty() || is_guide(page.path, &draft.title) {
            if !is_guide(page.path, &draft.title) {
                let message = "the URI section has no method and path";
                let place = Location::line_column(page.file, page.text, draft.line as usize, 1);
                report.push(Diagnostic::new(Code::NoCallInUri, place, message));
            }
            account.others += 1;
            continue;
        }
        drafts.push(draft);
        places.push(page);
    }
    let operations = drafts.len();
    account.operations += operations;
    let wanted = missing(&drafts);
    for index in others {
        let text = pages[index].text;
        if !wanted.is_empty() && labels(text).any(|label| wanted.contains(label.as_str())) {
            drafts.push(draft_of(text));
            account.shared += 1;
        } else {
            account.others += 1;
        }
    }
    let library = Library::of(&drafts);
    let made: Vec<Operation> = (0..operations)
        .map(|page| operation::assemble(&library, page))
        .collect();
    let names = names::assign(&library, &made);
    let mut schemas: BTreeSet<&str> = BTreeSet::new();
    let mut read = Vec::with_capacity(operations);
    for (operation, names) in made.iter().zip(&names) {
        let draft = &drafts[operation.page];
        account.count(&draft.counts);
        for (table, fate) in draft.tables.iter().zip(&operation.fates) {
            account.fate(*fate, table.counted);
        }
        account.parameters += operation.parameters.len();
        account.fields += operation
            .built
            .values()
            .map(|built| built.fields.len())
            .sum::<usize>();
        account.examples += operation.examples.len();
        account.strict += operation
            .examples
            .iter()
            .filter(|shown| shown.found.read.slips.is_empty())
            .count();
        schemas.extend(names.values().map(String::as_str));
        let place = places[operation.page];
        let page = finish::page(&library, operation, names, service, place.path);
        markup::report(&draft.malformed, place.file, report);
        lint::page(place.file, place.text, &library, operation, &page, report);
        read.push(page);
    }
    account.schemas += schemas.len();
    read
}

fn draft_of(text: &str) -> Draft {
    let parsed = rst_parser::parse(text);
    Draft {
        malformed: parsed
            .diagnostics
            .iter()
            .filter(|found| loses_rows(found))
            .cloned()
            .collect(),
        ..draft::read(&parsed.document, text)
    }
}

/// Labels that rows refer to and that no page of an operation has.
fn missing(drafts: &[Draft]) -> BTreeSet<String> {
    let own: BTreeSet<&str> = drafts
        .iter()
        .flat_map(|draft| &draft.tables)
        .flat_map(|table| &table.labels)
        .map(String::as_str)
        .collect();
    let rows = drafts
        .iter()
        .flat_map(|draft| &draft.tables)
        .flat_map(|table| &table.rows);
    let mut wanted = BTreeSet::new();
    for row in rows {
        let prose = row.other_refs.iter().filter(|_| row.kind.may_nest());
        for label in row.type_refs.iter().chain(&row.name_refs).chain(prose) {
            if !own.contains(label.as_str()) {
                wanted.insert(label.clone());
            }
        }
    }
    for pointer in drafts.iter().flat_map(|draft| &draft.pointers) {
        if !own.contains(pointer.label.as_str()) {
            wanted.insert(pointer.label.clone());
        }
    }
    wanted
}

/// The labels of a text, in lower case, found without parsing.
fn labels(text: &str) -> impl Iterator<Item = String> {
    text.match_indices(".. _").filter_map(|(at, start)| {
        let rest = &text[at + start.len()..];
        let end = rest.find([':', '\n'])?;
        Some(rest[..end].to_lowercase())
    })
}
