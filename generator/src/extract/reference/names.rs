//! Names of schemas: what a person would call the object that a table describes. A name is shared
//! where the shapes are equal, and gets words of its place where they are not; there are no counters.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use super::library::{Library, TableId};
use super::nest::{Built, Field, Type};
use super::operation::{Operation, tables_in};

/// For each operation, the names of its tables.
pub(crate) fn assign(
    library: &Library<'_>,
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
                    shape: shape(library, operation, *id),
                    candidates: candidates(library, operation, *id, built),
                    level: 0,
                    united: None,
                });
            }
        }
    }
    settle(&mut claims);
    for _ in 0..ROUNDS {
        unite(&mut claims);
        if !part(library, operations, &mut claims) {
            break;
        }
        settle(&mut claims);
    }
    let mut names = vec![BTreeMap::new(); operations.len()];
    for claim in &claims {
        names[claim.operation].insert(claim.table, claim.name().to_owned());
    }
    // A shape that got no name of its own has none: its schema is written where it is used.
    let mut texts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut nameless = Vec::new();
    for claim in &claims {
        let text = text(library, operations, claim, &names);
        if *texts.entry(claim.name()).or_insert(text) != text {
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

/// Where one name would stand for schemas that name their parts differently, they move on. True where
/// some did.
fn part(library: &Library<'_>, operations: &[Operation], claims: &mut [Claim]) -> bool {
    let mut names: Vec<BTreeMap<TableId, String>> = vec![BTreeMap::new(); operations.len()];
    for claim in claims.iter() {
        names[claim.operation].insert(claim.table, claim.name().to_owned());
    }
    let mut texts: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for claim in claims.iter() {
        let text = text(library, operations, claim, &names);
        texts
            .entry(claim.name().to_owned())
            .or_default()
            .insert(text);
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
    library: &Library<'_>,
    operations: &[Operation],
    claim: &Claim,
    names: &[BTreeMap<TableId, String>],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    let operation = &operations[claim.operation];
    let shapes = Shapes {
        library,
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

/// Where different shapes claim one name, all of them move on to their next name.
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

/// A number for the shape of a table, everything inside included.
fn shape(library: &Library<'_>, operation: &Operation, id: TableId) -> u64 {
    let mut hasher = DefaultHasher::new();
    let shapes = Shapes {
        library,
        operation,
        names: None,
    };
    shapes.table(id, &mut Vec::new(), &mut hasher);
    hasher.finish()
}

/// Deeper parts of a shape tell nothing apart.
const DEEPEST: usize = 64;

/// What tells shapes apart: everything that a schema says.
struct Shapes<'a> {
    library: &'a Library<'a>,
    operation: &'a Operation,
    /// Tables that count by their names, not by what is in them.
    names: Option<&'a BTreeMap<TableId, String>>,
}

impl Shapes<'_> {
    fn table(&self, id: TableId, around: &mut Vec<TableId>, hasher: &mut DefaultHasher) {
        if let Some(name) = self.names.and_then(|names| names.get(&id)) {
            name.hash(hasher);
            return;
        }
        if around.len() > DEEPEST {
            return;
        }
        if let Some(back) = around.iter().rev().position(|outer| *outer == id) {
            (0_u8, back).hash(hasher);
            return;
        }
        let Some(built) = self.operation.built.get(&id) else {
            return;
        };
        around.push(id);
        self.fields(&built.fields, around, hasher);
        if let Some(value) = &built.additional {
            1_u8.hash(hasher);
            self.value(value, around, hasher);
        }
        around.pop();
    }

    fn fields(&self, fields: &[Field], around: &mut Vec<TableId>, hasher: &mut DefaultHasher) {
        fields.len().hash(hasher);
        for field in fields {
            let row = &self.library.table(field.row.0).rows[field.row.1];
            field.name.hash(hasher);
            (row.required == Some(true)).hash(hasher);
            row.facts.values.hash(hasher);
            row.facts.default.hash(hasher);
            row.facts.minimum.hash(hasher);
            row.facts.maximum.hash(hasher);
            self.value(&field.value, around, hasher);
        }
    }

    fn value(&self, value: &Type, around: &mut Vec<TableId>, hasher: &mut DefaultHasher) {
        match value {
            Type::Plain(kind) => (2_u8, kind).hash(hasher),
            Type::Open => 3_u8.hash(hasher),
            Type::Array(inner) => {
                4_u8.hash(hasher);
                self.value(inner, around, hasher);
            }
            Type::Map(inner) => {
                5_u8.hash(hasher);
                self.value(inner, around, hasher);
            }
            Type::Table(id) => {
                6_u8.hash(hasher);
                self.table(*id, around, hasher);
            }
            Type::AnyOf(shapes) => {
                (8_u8, shapes.len()).hash(hasher);
                for shape in shapes {
                    self.value(shape, around, hasher);
                }
            }
            Type::Inline(fields) => {
                7_u8.hash(hasher);
                self.fields(fields, around, hasher);
            }
        }
    }
}

/// Names for a table, the shortest first.
fn candidates(
    library: &Library<'_>,
    operation: &Operation,
    id: TableId,
    built: &Built,
) -> Vec<String> {
    let draft = &library.drafts[operation.page];
    let call = draft.calls.first();
    let nouns = nouns(call.map_or("", |call| &call.path));
    let field = built
        .path
        .iter()
        .rev()
        .find(|part| *part != "*")
        .map_or_else(|| "Item".to_owned(), |part| pascal(&singular(part)));
    let resource: String = nouns
        .iter()
        .rev()
        .take(1)
        .map(|noun| pascal(&singular(noun)))
        .collect();
    let own = match (&built.type_name, nouns.len()) {
        (Some(name), _) => pascal(name),
        (None, count)
            if count > 1
                && built.path.len() == 1
                && singular(&nouns[count - 1]).eq_ignore_ascii_case(&singular(&built.path[0])) =>
        {
            format!("{}{field}", pascal(&singular(&nouns[count - 2])))
        }
        _ => field.clone(),
    };
    let around = built
        .path
        .len()
        .checked_sub(2)
        .and_then(|at| built.path.get(at))
        .map_or_else(|| resource.clone(), |outer| pascal(&singular(outer)));
    let direction = direction(operation, id);
    let path: String = built
        .path
        .iter()
        .filter(|part| *part != "*")
        .map(|part| pascal(&singular(part)))
        .collect();
    let several = nouns.last().map(|noun| pascal(noun)).unwrap_or_default();
    let verb = match call.map_or("", |call| &call.method) {
        "GET" if call.is_some_and(|call| call.path.ends_with('}')) => "Get",
        "GET" => "List",
        "POST" => "Create",
        "PUT" | "PATCH" => "Update",
        "DELETE" => "Delete",
        _ => "Call",
    };
    let all_nouns: String = nouns.iter().map(|noun| pascal(&singular(noun))).collect();
    let version: String = call
        .map_or("", |call| &call.path)
        .split('/')
        .find(|part| super::super::path::is_version(part))
        .map(|part| pascal(&part.replace('.', "_")))
        .unwrap_or_default();
    let stem = pascal(&draft.title);
    // `Parameters of the Hive SQL node` tells shapes of one field apart.
    let table = library.table(id);
    let caption: String = table.names[0].special().take(4).map(pascal).collect();
    let told = if caption.is_empty() || caption.len() > 40 {
        own.clone()
    } else {
        joined(&caption, &own)
    };
    let mut names = vec![
        own.clone(),
        joined(&around, &own),
        format!("{own}{direction}"),
        told.clone(),
        joined(verb, &own),
        joined(verb, &format!("{own}{direction}")),
        joined(verb, &format!("{}{direction}", joined(&around, &own))),
        joined(&resource, &joined(&around, &own)),
        format!("{}{direction}", joined(&resource, &path)),
        format!("{verb}{}{direction}", joined(&resource, &path)),
        format!("{verb}{several}{path}"),
        format!("{verb}{several}{path}{direction}"),
        format!("{verb}{}{direction}", joined(&all_nouns, &path)),
        format!("{version}{verb}{}{direction}", joined(&all_nouns, &path)),
        format!("{stem}{path}{direction}"),
        format!("{version}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{direction}"),
        format!("{version}{verb}{all_nouns}{stem}{path}{told}{direction}"),
    ];
    names.retain(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    names.dedup();
    names
}

/// Two words, without the end of the first where the second repeats it.
fn joined(front: &str, back: &str) -> String {
    if back.starts_with(front) {
        back.to_owned()
    } else {
        format!("{front}{back}")
    }
}

/// The word for the body that a table is in.
fn direction(operation: &Operation, id: TableId) -> &'static str {
    let parent = |at: &TableId| {
        operation
            .built
            .get(at)
            .and_then(|built| built.parent)
            .filter(|parent| parent != at)
    };
    let chain = std::iter::successors(Some(id), parent).take(64);
    let root = chain.last().unwrap_or(id);
    let failed = |body: &&super::operation::Body| body.failure && body.roots.contains(&root);
    match &operation.request {
        Some(request) if request.roots.contains(&root) => "Request",
        _ if operation.responses.iter().any(|body| failed(&body)) => "Error",
        _ => "Response",
    }
}

/// The fixed segments of a path, without versions.
fn nouns(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|part| {
            !part.is_empty()
                && !part.contains(['{', '<', ':'])
                && !super::super::path::is_version(part)
        })
        .map(str::to_owned)
        .collect()
}

/// `image_member-list` to `ImageMemberList`, `OS-EXT` to `OsExt`.
fn pascal(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let shouted = word.len() > 1 && !word.bytes().any(|byte| byte.is_ascii_lowercase());
        for (at, c) in word.char_indices() {
            name.push(match at {
                0 => c.to_ascii_uppercase(),
                _ if shouted => c.to_ascii_lowercase(),
                _ => c,
            });
        }
    }
    name
}

/// The singular of a name whose last word is a plural.
fn singular(name: &str) -> String {
    let start = name
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + 1);
    match name.get(start..) {
        Some(last) if last.len() > 3 => {
            format!("{}{}", &name[..start], crate::words::singular(last))
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_becomes_the_word_for_one() {
        for (many, one) in [
            ("members", "member"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("status", "status"),
            ("image_members", "image_member"),
            ("dns", "dns"),
            ("boxes", "box"),
            ("settings", "setting"),
            ("os-volumes", "os-volume"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn a_name_of_the_wire_becomes_a_name_of_a_type() {
        for (wire, name) in [
            ("image_member", "ImageMember"),
            ("OS-EXT:x", "OsExtX"),
            ("VPC", "Vpc"),
            ("os.modelarts/name", "OsModelartsName"),
        ] {
            assert_eq!(pascal(wire), name);
        }
    }
}
