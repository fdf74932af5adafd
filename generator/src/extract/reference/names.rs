//! Names of schemas: what a person would call the object that a table describes. Equal shapes with equal words
//! share a name. If shapes differ, their names get words of their places, and never numbers.

mod candidate;
mod choose;
mod context;
pub(crate) mod pin;
mod place;
mod shape;
mod word;

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use self::candidate::Traits;
use self::choose::{Group, Taken};
use self::context::{Context, Page, referred, vocabulary};
use self::pin::Known;
use self::shape::Shapes;
use super::library::{Library, TableId};
use super::operation::Operation;

/// A table of an operation that gets a name.
struct Claim {
    operation: usize,
    table: TableId,
    /// Everything that its schema says.
    shape: u64,
    /// The name that the model pins for its place.
    pinned: Option<String>,
    name: Option<String>,
}

/// For each operation, the names of its tables. Operations that are withdrawn choose last.
pub(crate) fn assign(
    service: &str,
    tables: &Library<'_>,
    operations: &[Operation],
    withdrawn: &[bool],
    known: &Known<'_>,
) -> Vec<BTreeMap<TableId, String>> {
    let words = vocabulary(tables);
    let drafts = operations
        .iter()
        .map(|operation| &tables.drafts[operation.page]);
    let pages = drafts.zip(withdrawn);
    let pages: Vec<Page> = pages
        .map(|(draft, withdrawn)| Page::of(draft, *withdrawn, &words))
        .collect();
    let mut claims = Vec::new();
    let mut contexts = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        let pins = known.pages.get(at).copied().flatten();
        let mut pinned = pins
            .map(|pins| place::pinned(operation, &pins.places))
            .unwrap_or_default();
        let own: Vec<(TableId, Context)> = referred(operation)
            .into_iter()
            .filter(|(id, _)| {
                operation
                    .built
                    .get(id)
                    .is_some_and(|built| built.whole.is_none())
            })
            .map(|(id, several)| {
                (
                    id,
                    Context::of(tables, operation, &pages[at], &words, id, several),
                )
            })
            .collect();
        let bases = own.iter().map(|(id, context)| (*id, context.key()));
        let bases: BTreeMap<TableId, String> = bases.collect();
        for (table, context) in own {
            claims.push(Claim {
                operation: at,
                table,
                shape: shape::shape(tables, operation, table, &bases),
                pinned: pinned.remove(&table),
                name: None,
            });
            contexts.push(context);
        }
    }
    let mut naming = Naming {
        tables,
        operations,
        pages: &pages,
        contexts: &contexts,
        taken: Taken::new(words.words(service)),
        claims,
    };
    naming.keep(known);
    naming.name();
    naming.finish()
}

/// A new name changes what the schemas around it say, so that they may need other names. A few rounds settle
/// everything.
const ROUNDS: usize = 8;

struct Naming<'a> {
    tables: &'a Library<'a>,
    operations: &'a [Operation],
    pages: &'a [Page],
    contexts: &'a [Context],
    taken: Taken<'a>,
    claims: Vec<Claim>,
}

impl<'a> Naming<'a> {
    /// Gives pinned names to the tables that have them: of one name, the first shape in the order of the pages.
    /// Tables that say the same as one of them share its name.
    fn keep(&mut self, known: &Known<'_>) {
        for name in &known.absent {
            self.taken.insert(name, None);
        }
        let mut shapes: BTreeMap<String, u64> = BTreeMap::new();
        let mut names: BTreeMap<(u64, String), String> = BTreeMap::new();
        for (at, claim) in self.claims.iter_mut().enumerate() {
            let Some(name) = claim.pinned.take() else {
                continue;
            };
            if *shapes.entry(name.clone()).or_insert(claim.shape) == claim.shape {
                let table = (&self.contexts[at], &self.pages[claim.operation]);
                self.taken.insert(&name, Some(Traits::of(&[table])));
                let like = (claim.shape, self.contexts[at].key());
                names.entry(like).or_insert_with(|| name.clone());
                claim.name = Some(name);
            }
        }
        for (at, claim) in self.claims.iter_mut().enumerate() {
            if claim.name.is_none() {
                let like = (claim.shape, self.contexts[at].key());
                claim.name = names.get(&like).cloned();
            }
        }
    }

    /// Names the tables that have no name yet, those that say the same alike.
    fn name(&mut self) {
        let keys = self
            .claims
            .iter()
            .map(|claim| claim.shape)
            .collect::<Vec<_>>();
        self.name_by(&keys);
        for _ in 0..ROUNDS {
            let names = self.by_operation();
            let texts = self.claims.iter().map(|claim| self.text(claim, &names));
            let texts: Vec<u64> = texts.collect();
            let mut first: BTreeMap<&str, u64> = BTreeMap::new();
            let mut contested = Vec::new();
            for (at, claim) in self.claims.iter().enumerate() {
                let Some(name) = &claim.name else { continue };
                if *first.entry(name).or_insert(texts[at]) != texts[at] {
                    contested.push(at);
                }
            }
            if contested.is_empty() {
                return;
            }
            for at in contested {
                self.claims[at].name = None;
            }
            self.name_by(&texts);
        }
    }

    fn name_by(&mut self, keys: &[u64]) {
        let mut groups: BTreeMap<(u64, String), usize> = BTreeMap::new();
        let mut found: Vec<Group<'a>> = Vec::new();
        for (at, claim) in self.claims.iter().enumerate() {
            if claim.name.is_some() {
                continue;
            }
            let like = (keys[at], self.contexts[at].key());
            let group = *groups.entry(like).or_insert(found.len());
            if group == found.len() {
                found.push(Group {
                    tables: Vec::new(),
                    claims: Vec::new(),
                });
            }
            found[group]
                .tables
                .push((&self.contexts[at], &self.pages[claim.operation]));
            found[group].claims.push(at);
        }
        let names = self.taken.choose(&found);
        for (group, name) in found.iter().zip(names) {
            for at in &group.claims {
                self.claims[*at].name.clone_from(&name);
            }
        }
    }

    /// The names by operation. A table without a name of its own is written where it is used.
    fn finish(self) -> Vec<BTreeMap<TableId, String>> {
        let names = self.by_operation();
        let mut without = names.clone();
        let mut texts: BTreeMap<&str, u64> = BTreeMap::new();
        for claim in &self.claims {
            let Some(name) = &claim.name else { continue };
            let said = self.text(claim, &names);
            if *texts.entry(name).or_insert(said) != said {
                without[claim.operation].remove(&claim.table);
            }
        }
        without
    }

    fn by_operation(&self) -> Vec<BTreeMap<TableId, String>> {
        let mut names = vec![BTreeMap::new(); self.operations.len()];
        for claim in &self.claims {
            if let Some(name) = &claim.name {
                names[claim.operation].insert(claim.table, name.clone());
            }
        }
        names
    }

    /// A number for what a schema says, its parts by their names.
    fn text(&self, claim: &Claim, names: &[BTreeMap<TableId, String>]) -> u64 {
        let mut hasher = DefaultHasher::new();
        let operation = &self.operations[claim.operation];
        let shapes = Shapes {
            tables: self.tables,
            operation,
            names: Some(&names[claim.operation]),
            words: None,
        };
        if let Some(built) = operation.built.get(&claim.table) {
            shapes.fields(&built.fields, &mut Vec::new(), &mut hasher);
            if let Some(value) = &built.additional {
                shapes.value(value, &mut Vec::new(), &mut hasher);
            }
        }
        hasher.finish()
    }
}
