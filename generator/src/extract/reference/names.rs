//! Names of schemas: what a person would call the object that a table describes. Equal shapes share a name.
//! If shapes differ, their names get words of their places, and never numbers.

mod candidate;
mod shape;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use self::candidate::candidates;
use self::shape::{Shapes, shape};
use super::library::{Library, TableId};
use super::operation::{Operation, tables_in};

/// For each operation, the names of its tables.
pub(crate) fn assign(
    tables: &Library<'_>,
    operations: &[Operation],
) -> Vec<BTreeMap<TableId, String>> {
    let mut claims: Vec<Claim> = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        let inside = referred(operation);
        for (id, built) in &operation.built {
            if built.whole.is_none() && inside.contains(id) {
                claims.push(Claim {
                    operation: at,
                    table: *id,
                    shape: shape(tables, operation, *id),
                    candidates: candidates(tables, operation, *id, built),
                    level: 0,
                    united: None,
                });
            }
        }
    }
    settle(&mut claims);
    for _ in 0..ROUNDS {
        unite(&mut claims);
        if !part(tables, operations, &mut claims) {
            break;
        }
        settle(&mut claims);
    }
    let mut names = vec![BTreeMap::new(); operations.len()];
    for claim in &claims {
        names[claim.operation].insert(claim.table, claim.name().to_owned());
    }
    // A shape without a name of its own is written where it is used.
    let mut texts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut nameless = Vec::new();
    for claim in &claims {
        let said = text(tables, operations, claim, &names);
        if *texts.entry(claim.name()).or_insert(said) != said {
            nameless.push((claim.operation, claim.table));
        }
    }
    for (operation, table) in nameless {
        names[operation].remove(&table);
    }
    names
}

/// A few rounds settle everything: each takes longer names for what is left.
const ROUNDS: usize = 20;

/// Equal shapes that a person would call the same get one name, the shortest that one of them has.
fn unite(claims: &mut [Claim]) {
    let mut shortest: BTreeMap<(u64, String), String> = BTreeMap::new();
    for claim in claims.iter() {
        let name = claim.name();
        let entry = shortest
            .entry((claim.shape, claim.candidates[0].clone()))
            .or_insert_with(|| name.to_owned());
        if (name.len(), name) < (entry.len(), entry.as_str()) {
            name.clone_into(entry);
        }
    }
    for claim in claims.iter_mut() {
        if let Some(name) = shortest.get(&(claim.shape, claim.candidates[0].clone())) {
            claim.united = Some(name.clone());
        }
    }
}

/// If schemas with one name name their parts differently, they move on to their next names. True if some
/// did.
fn part(tables: &Library<'_>, operations: &[Operation], claims: &mut [Claim]) -> bool {
    let mut names: Vec<BTreeMap<TableId, String>> = vec![BTreeMap::new(); operations.len()];
    for claim in claims.iter() {
        names[claim.operation].insert(claim.table, claim.name().to_owned());
    }
    let mut texts: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for claim in claims.iter() {
        let said = text(tables, operations, claim, &names);
        texts
            .entry(claim.name().to_owned())
            .or_default()
            .insert(said);
    }
    let mut moved = false;
    for claim in claims.iter_mut() {
        let contested = texts.get(claim.name()).is_some_and(|texts| texts.len() > 1);
        claim.united = None;
        if contested && claim.level + 1 < claim.candidates.len() {
            claim.level += 1;
            moved = true;
        }
    }
    if !moved {
        unite(claims);
    }
    moved
}

/// A number for what a schema says, its parts by their names.
fn text(
    tables: &Library<'_>,
    operations: &[Operation],
    claim: &Claim,
    names: &[BTreeMap<TableId, String>],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    let operation = &operations[claim.operation];
    let shapes = Shapes {
        tables,
        operation,
        names: Some(&names[claim.operation]),
    };
    if let Some(built) = operation.built.get(&claim.table) {
        shapes.fields(&built.fields, &mut Vec::new(), &mut hasher);
        if let Some(value) = &built.additional {
            shapes.value(value, &mut Vec::new(), &mut hasher);
        }
    }
    hasher.finish()
}

struct Claim {
    operation: usize,
    table: TableId,
    shape: u64,
    candidates: Vec<String>,
    level: usize,
    /// The name of an equal shape.
    united: Option<String>,
}

impl Claim {
    fn name(&self) -> &str {
        if let Some(name) = &self.united {
            return name;
        }
        self.candidates
            .get(self.level)
            .or(self.candidates.last())
            .map_or("Object", String::as_str)
    }
}

/// If different shapes claim one name, all of them move on to their next name.
fn settle(claims: &mut [Claim]) {
    loop {
        let mut shapes: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for claim in claims.iter() {
            shapes
                .entry(claim.name().to_owned())
                .or_default()
                .insert(claim.shape);
        }
        let mut moved = false;
        for claim in claims.iter_mut() {
            let contested = shapes
                .get(claim.name())
                .is_some_and(|shapes| shapes.len() > 1);
            if contested && claim.level + 1 < claim.candidates.len() {
                claim.level += 1;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

/// The tables that rows of built tables lead to.
fn referred(operation: &Operation) -> BTreeSet<TableId> {
    let mut found = BTreeSet::new();
    for built in operation.built.values() {
        let mut add = |id| {
            found.insert(id);
        };
        built
            .fields
            .iter()
            .for_each(|field| tables_in(&field.value, &mut add));
        built
            .additional
            .iter()
            .for_each(|value| tables_in(value, &mut add));
        built
            .whole
            .iter()
            .for_each(|value| tables_in(value, &mut add));
    }
    found
}
