//! Where a table is, in words: of its field or data structure, of the objects around it, of the resource and of
//! what the operation does.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::library::{Library, TableId};
use super::super::nest::{Built, Type};
use super::super::operation::{Body, Operation};
use super::word::{
    Vocabulary, is_element, is_generic, joined, key, of_structure, one_of, thing, without_stutter,
};
use crate::model::is_version;
use crate::naming::deed;
use crate::words::{imperative, is_verb};

/// Which way a schema is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Response,
    Request,
    Failure,
}

/// What an operation does, as far as names tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    Get,
    List,
    Create,
    Update,
    /// By another verb.
    Other,
}

/// What the page of an operation gives to the names of its tables.
pub(super) struct Page {
    pub(super) deed: Deed,
    /// The verb of the title, otherwise of the method.
    pub(super) verb: String,
    /// What the operation acts upon, by its title, otherwise by its path.
    pub(super) resource: Vec<String>,
    /// The collection that the last noun of the path is below: `image` of `images/{image_id}/members`.
    pub(super) owner: Vec<String>,
    /// The last noun of the path.
    pub(super) noun: Vec<String>,
    pub(super) version: String,
    /// The operation is withdrawn or will be.
    pub(super) withdrawn: bool,
    /// The operation acts upon several things at once.
    pub(super) batch: bool,
}

/// The words of one table in one operation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Context {
    /// The name that it has if no other table has it.
    pub(super) base: Vec<String>,
    /// The objects around it, the innermost first.
    pub(super) around: Vec<Vec<String>>,
    pub(super) way: Way,
    pub(super) caption: Vec<String>,
}

impl Page {
    pub(super) fn of(draft: &Draft, withdrawn: bool, words: &Vocabulary) -> Page {
        let call = draft.calls.first();
        let (method, path) = call.map_or(("", ""), |call| (&call.method, &call.path));
        let said = deed(&draft.title);
        let by_method = match method {
            "GET" if path.ends_with('}') => "Get",
            "GET" => "List",
            "POST" => "Create",
            "PUT" | "PATCH" => "Update",
            "DELETE" => "Delete",
            _ => "Call",
        };
        let verb = said.verb.unwrap_or_else(|| by_method.to_owned());
        let version = path.split('/').find(|part| is_version(part));
        let version = version.map(|part| part.trim_end_matches(".0").replace('.', ""));
        let noun = noun(path, words);
        let object = thing(one_of(words.words(&said.object.join(" "))));
        let resource = if object.is_empty() {
            noun.clone()
        } else {
            object
        };
        Page {
            deed: what_is_done(&verb, by_method),
            verb: words.words(&verb).concat(),
            resource: without_stutter(resource),
            owner: owner(path, words),
            noun,
            withdrawn,
            batch: said.batch,
            version: version
                .map(|version| version.to_ascii_uppercase())
                .unwrap_or_default(),
        }
    }
}

fn what_is_done(verb: &str, by_method: &str) -> Deed {
    match verb {
        "Query" | "Get" | "Show" | "Obtain" | "Check" | "View" => {
            if by_method == "List" {
                Deed::List
            } else {
                Deed::Get
            }
        }
        "List" | "Count" | "Search" | "Filter" => Deed::List,
        "Create" | "Add" | "Install" | "Register" | "Import" | "Apply" | "Purchase" | "Upload" => {
            Deed::Create
        }
        "Update" | "Modify" | "Change" | "Set" | "Edit" | "Configure" | "Reset" => Deed::Update,
        _ => Deed::Other,
    }
}

/// The last fixed segment of a path that is a thing.
fn noun(path: &str, words: &Vocabulary) -> Vec<String> {
    let fixed = path.split('/').filter(|part| {
        !part.is_empty() && !part.contains(['{', '<', ':', '?']) && !is_version(part)
    });
    let things = fixed.map(|part| one_of(words.words(part)));
    let mut things: Vec<Vec<String>> = things
        .filter(|thing| {
            let is_deed = thing.first().is_some_and(|word| imperative(word).is_some());
            !thing.is_empty() && !is_generic(thing) && !is_deed && thing[0] != "Action"
        })
        .collect();
    things.pop().unwrap_or_default()
}

/// The thing right before the last parameter of a path, if exactly one fixed segment follows.
fn owner(path: &str, words: &Vocabulary) -> Vec<String> {
    let mut end = path.trim_end_matches('/').rsplit('/').peekable();
    end.next_if(|last| last.starts_with('{'));
    let (last, key, owner) = (end.next(), end.next(), end.next());
    let fixed =
        |part: &&str| !part.is_empty() && !part.contains(['{', ':', '?']) && !is_version(part);
    let is_key = key.is_some_and(|key| key.starts_with('{'));
    let owner = owner
        .filter(fixed)
        .filter(|_| is_key && last.as_ref().is_some_and(fixed));
    let owner = owner.map(|owner| one_of(words.words(owner)));
    owner
        .filter(|owner| !is_generic(owner) && owner.len() < 3)
        .unwrap_or_default()
}

impl Context {
    /// What tables that a person would call the same have in common.
    pub(super) fn key(&self) -> String {
        key(&self.base.concat())
    }

    pub(super) fn of(
        tables: &Library<'_>,
        operation: &Operation,
        page: &Page,
        words: &Vocabulary,
        id: TableId,
        several: bool,
    ) -> Context {
        let built = &operation.built[&id];
        let around = around(built, words);
        let own = own(built, words, several);
        let base = if is_generic(&own) {
            specific(&own, &around, page, several)
        } else if around.is_empty() && one_of(own.clone()) == page.noun && built.type_name.is_none()
        {
            joined(&page.owner, &own)
        } else {
            own
        };
        let caption: Vec<&str> = tables.table(id).names[0].special().take(4).collect();
        Context {
            base: without_stutter(base),
            around,
            way: way(operation, id),
            caption: words.words(&caption.join(" ")),
        }
    }
}

/// The name of a table by itself: of its data structure, or of its field.
fn own(built: &Built, words: &Vocabulary, several: bool) -> Vec<String> {
    let own = if let Some(name) = &built.type_name {
        of_structure(words.words(name), is_verb)
    } else {
        let named = built.path.iter().rev().find(|part| *part != "*");
        named.map(|part| words.words(part)).unwrap_or_default()
    };
    if several { one_of(own) } else { own }
}

/// The objects around a table, by their fields. Words that say nothing are left out.
fn around(built: &Built, words: &Vocabulary) -> Vec<Vec<String>> {
    let fields = built.path.iter().rev().filter(|part| *part != "*");
    let names = fields.skip(1).map(|part| one_of(words.words(part)));
    names
        .filter(|name| !name.is_empty() && !is_generic(name))
        .collect()
}

/// A name that says nothing alone gets the words of what it belongs to.
fn specific(own: &[String], around: &[Vec<String>], page: &Page, several: bool) -> Vec<String> {
    let outer = around.first().unwrap_or(&page.resource);
    if several && is_element(own) && !outer.is_empty() {
        return outer.clone();
    }
    joined(outer, own)
}

/// The body that a table is in.
fn way(operation: &Operation, id: TableId) -> Way {
    let parent = |at: &TableId| {
        let built = operation.built.get(at);
        built
            .and_then(|built| built.parent)
            .filter(|parent| parent != at)
    };
    let chain = std::iter::successors(Some(id), parent).take(64);
    let root = chain.last().unwrap_or(id);
    let failed = |body: &Body| body.failure && body.roots.contains(&root);
    match &operation.request {
        Some(request) if request.roots.contains(&root) => Way::Request,
        _ if operation.responses.iter().any(failed) => Way::Failure,
        _ => Way::Response,
    }
}

/// The tables that rows of built tables lead to, and whether they are elements of an array.
pub(super) fn referred(operation: &Operation) -> BTreeMap<TableId, bool> {
    let mut found = BTreeMap::new();
    for built in operation.built.values() {
        let fields = built.fields.iter().map(|field| &field.value);
        for value in fields.chain(&built.additional).chain(&built.whole) {
            elements(value, false, &mut found);
        }
    }
    found
}

fn elements(value: &Type, several: bool, found: &mut BTreeMap<TableId, bool>) {
    match value {
        Type::Table(id) => *found.entry(*id).or_insert(several) |= several,
        Type::Array(inner) | Type::Map(inner) => elements(inner, true, found),
        Type::AnyOf(shapes) => shapes
            .iter()
            .for_each(|shape| elements(shape, several, found)),
        Type::Inline(fields) => {
            for field in fields {
                elements(&field.value, false, found);
            }
        }
        Type::Plain(_) | Type::Open => {}
    }
}

/// The words that the pages of a service write apart.
pub(super) fn vocabulary(tables: &Library<'_>) -> Vocabulary {
    let mut words = Vocabulary::default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for draft in tables.drafts {
        words.learn(&draft.title);
        for row in draft.tables.iter().flat_map(|table| &table.rows) {
            if seen.insert(&row.name) {
                words.learn(&row.name);
            }
        }
    }
    words
}
