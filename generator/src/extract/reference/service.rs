//! All pages of one service, read together: tables are shared between its pages.

use std::collections::{BTreeMap, BTreeSet};

use super::account::ReferenceAccount;
use super::draft::{self, Draft};
use super::finish;
use super::guide::is_guide;
use super::library::Library;
use super::lint;
use super::names;
use super::names::pin::SchemaPins;
use super::operation::{self, Operation};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::markup::{self, loses_rows};
use crate::model::reference::ReferencePage;
use crate::words::says_withdrawn;

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
    /// Whether to keep the descriptions of the page, its parameters and its fields.
    pub keeps_prose: bool,
}

/// Reads the reference pages of a service, in the order in which they are given. Schemas keep the names that
/// `pinned` has at their places.
pub fn read(
    service: &str,
    pages: &[PageText<'_>],
    pinned: &SchemaPins,
    account: &mut ReferenceAccount,
    report: &mut Report,
) -> Vec<ReferencePage> {
    let Sorted {
        mut drafts,
        places,
        others,
    } = sort(pages, account, report);
    share(&mut drafts, &others, account);
    let tables = Library::of(&drafts);
    let operations: Vec<Operation> = (0..places.len())
        .map(|page| operation::assemble(&tables, page))
        .collect();
    let origins: Vec<(&str, Option<&str>)> = operations
        .iter()
        .map(|operation| {
            let name = drafts[operation.page].original_name.as_deref();
            (places[operation.page].path, name)
        })
        .collect();
    let withdrawn = places.iter().zip(&drafts);
    let withdrawn: Vec<bool> = withdrawn
        .map(|(place, draft)| says_withdrawn(&draft.title) || says_withdrawn(place.path))
        .collect();
    let names = names::assign(
        service,
        &tables,
        &operations,
        &withdrawn,
        &pinned.known(&origins),
    );
    let schemas: BTreeSet<&String> = names.iter().flat_map(BTreeMap::values).collect();
    account.schemas += schemas.len();
    let mut read = Vec::with_capacity(operations.len());
    for ((operation, own_names), withdrawn) in operations.iter().zip(&names).zip(withdrawn) {
        let draft = &drafts[operation.page];
        let place = places[operation.page];
        account.operation(draft, operation);
        let page = finish::page(
            &tables,
            operation,
            own_names,
            (service, place.path),
            withdrawn,
        );
        markup::report(&draft.malformed, place.file, report);
        lint::page(place.file, place.text, &tables, operation, &page, report);
        read.push(page);
    }
    read
}

/// The pages of a service by what they are.
struct Sorted<'p> {
    /// Pages that describe an operation.
    drafts: Vec<Draft>,
    /// These pages as they were loaded.
    places: Vec<&'p PageText<'p>>,
    /// Pages without a URI section.
    others: Vec<&'p PageText<'p>>,
}

/// Tells the pages that describe an operation from the others.
fn sort<'p>(
    pages: &'p [PageText<'p>],
    account: &mut ReferenceAccount,
    report: &mut Report,
) -> Sorted<'p> {
    let mut sorted = Sorted {
        drafts: Vec::new(),
        places: Vec::new(),
        others: Vec::new(),
    };
    for page in pages {
        if !page.may_be_operation {
            sorted.others.push(page);
            continue;
        }
        let draft = draft_of(page);
        if is_guide(page.path, &draft.title) {
            account.others += 1;
        } else if draft.calls.is_empty() {
            account.others += 1;
            let message = "the URI section has no method and path";
            let place = Location::line_column(page.file, page.text, draft.line as usize, 1);
            report.push(Diagnostic::new(Code::NoCallInUri, place, message));
        } else {
            sorted.drafts.push(draft);
            sorted.places.push(page);
        }
    }
    account.pages += pages.len();
    account.operations += sorted.drafts.len();
    sorted
}

/// Adds the other pages that have tables to which operations refer.
fn share(drafts: &mut Vec<Draft>, others: &[&PageText<'_>], account: &mut ReferenceAccount) {
    let wanted = missing(drafts);
    for page in others {
        if !wanted.is_empty() && labels(page.text).any(|label| wanted.contains(label.as_str())) {
            drafts.push(draft_of(page));
            account.shared += 1;
        } else {
            account.others += 1;
        }
    }
}

fn draft_of(page: &PageText<'_>) -> Draft {
    let parsed = rst_parser::parse(page.text);
    Draft {
        malformed: parsed
            .diagnostics
            .iter()
            .filter(|found| loses_rows(found))
            .cloned()
            .collect(),
        ..draft::read(&parsed.document, page.text, page.keeps_prose)
    }
}

/// Labels to which rows refer and that are not on a page of an operation.
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
