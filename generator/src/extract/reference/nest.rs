//! From tables to objects: which table describes the object of a row, which rows are nested by their
//! names, and which rows stand for elements, keys or the value itself.

use std::collections::{BTreeMap, BTreeSet};

use super::super::example::{Json, Value};
use super::draft::Fields;
use super::kind::Kind;
use super::library::{Library, TableId};
use super::row::Row;

/// Objects nest no deeper than this; what is below is an open value.
const DEEPEST: usize = 64;
/// Rows of one table nest no deeper than this.
const DEEPEST_ROWS: usize = 16;

/// What a value is, tables in it by identity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// A scalar or an unknown value.
    Plain(Kind),
    /// An object without a table.
    Open,
    Array(Box<Type>),
    Map(Box<Type>),
    Table(TableId),
    /// An object whose fields are rows of the table around it.
    Inline(Vec<Field>),
    /// One of several shapes.
    AnyOf(Vec<Type>),
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) value: Type,
    /// The row that states it: the table and the index of the row.
    pub(crate) row: (TableId, usize),
}

/// What a table describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Built {
    pub(crate) fields: Vec<Field>,
    /// Values under keys that the user chooses.
    pub(crate) additional: Option<Type>,
    /// The table describes an array or a bare value, not an object.
    pub(crate) whole: Option<Type>,
    /// The name of the data structure, where a type cell or a reference gives one.
    pub(crate) type_name: Option<String>,
    /// The names of the fields that lead here from the body, the outermost first.
    pub(crate) path: Vec<String>,
    /// The table whose row leads here.
    pub(crate) parent: Option<TableId>,
}

/// How a table was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dangling {
    /// A reference in a type cell leads to no table.
    Reference,
    /// A type cell is not understood.
    Type,
    /// A row repeats a name of its table.
    Repeated,
}

/// Builds the bodies of one page.
pub(crate) struct Nest<'l, 'd> {
    pub(crate) library: &'l Library<'d>,
    /// Tables that may be found by their captions, of the body at hand and not its root, and whether
    /// a field has them.
    pub(crate) scope: Vec<(TableId, bool)>,
    pub(crate) built: BTreeMap<TableId, Built>,
    /// Rows with findings.
    pub(crate) findings: Vec<(Dangling, TableId, usize)>,
    /// How many tables were found by caption.
    pub(crate) open: BTreeSet<TableId>,
}

impl<'l, 'd> Nest<'l, 'd> {
    pub(crate) fn new(library: &'l Library<'d>) -> Self {
        Nest {
            library,
            scope: Vec::new(),
            built: BTreeMap::new(),
            findings: Vec::new(),
            open: BTreeSet::new(),
        }
    }

    /// Marks a table as that of a field.
    pub(crate) fn take(&mut self, table: TableId) {
        for (scoped, taken) in &mut self.scope {
            *taken |= *scoped == table;
        }
    }

    /// The table that the references of a row lead to.
    pub(crate) fn by_reference(&self, id: TableId, row: &Row) -> Option<TableId> {
        let find = |labels: &[String], own: bool| {
            let mut found = labels
                .iter()
                .filter_map(|label| self.library.find(id.0, label));
            found.find(|found| own || *found != id)
        };
        find(&row.type_refs, true)
            .or_else(|| find(&row.name_refs, true).filter(|_| row.kind.may_nest()))
            .or_else(|| {
                find(&row.other_refs, false).filter(|_| row.kind.may_nest() && !is_bare(&row.kind))
            })
            .or_else(|| find(&row.other_refs, false).filter(|_| has_map(&row.kind)))
    }

    /// The table of the scope whose caption names the row.
    fn by_caption(&self, id: TableId, row: &Row, path: &[String]) -> Option<TableId> {
        let mut best: Option<(u32, TableId)> = None;
        let type_name = row.kind.name();
        for &(candidate, taken) in &self.scope {
            if candidate == id {
                continue;
            }
            let table = self.library.table(candidate);
            let mut points = 0;
            for caption in &table.names {
                // A data structure may be that of several fields, the object of a field is its own.
                if !taken {
                    points = points.max(caption.names(&row.name, path) * 2);
                }
                if let Some(name) = type_name {
                    points = points.max(caption.names(name, &[]) * 2 + 1);
                }
            }
            if points <= 1 {
                continue;
            }
            // Of equals the next table after this one.
            let better = best.is_none_or(|(most, found)| {
                points > most || points == most && found < id && candidate > id
            });
            if better {
                best = Some((points, candidate));
            }
        }
        best.map(|(_, found)| found)
    }

    /// The table that a sentence of the page names for the field.
    fn by_pointer(&self, id: TableId, row: &Row) -> Option<TableId> {
        if !row.kind.may_nest() || matches!(row.kind, Kind::Unstated) {
            return None;
        }
        let draft = &self.library.drafts[id.0];
        let part = self.library.table(id).place.part;
        let mut pointers = draft
            .pointers
            .iter()
            .filter(|pointer| pointer.part == part && pointer.field == row.name);
        pointers
            .find_map(|pointer| self.library.find(id.0, &pointer.label))
            .filter(|found| *found != id)
    }

    /// The only table left that has every key of the example's object.
    fn by_keys(&self, id: TableId, example: &Json) -> Option<TableId> {
        let object = example.elements().first().unwrap_or(example);
        let keys = object.members();
        let fits = |table: &Fields| {
            !keys.is_empty()
                && keys
                    .iter()
                    .all(|member| table.rows.iter().any(|row| row.name == member.key))
        };
        let mut found = self
            .scope
            .iter()
            .filter(|(candidate, taken)| {
                !taken && *candidate != id && fits(self.library.table(*candidate))
            })
            .map(|(candidate, _)| *candidate);
        let first = found.next()?;
        (keys.len() > 1 || found.next().is_none()).then_some(first)
    }

    /// Builds a table and everything below it.
    pub(crate) fn build(
        &mut self,
        id: TableId,
        path: &[String],
        parent: Option<TableId>,
        type_name: Option<String>,
        example: Option<&Json>,
    ) {
        if let Some(built) = self.built.get_mut(&id) {
            if built.type_name.is_none() {
                built.type_name = type_name;
            }
            return;
        }
        self.built.insert(id, Built::default());
        let library = self.library;
        let table = library.table(id);
        let mut built = Built {
            type_name,
            path: path.to_vec(),
            parent,
            ..Built::default()
        };
        let homes = homes(table, example, |row| {
            self.by_reference(id, row).is_some() || self.by_caption(id, row, path).is_some()
        });
        // The innermost rows first, so that what is inside of a row is known when the row is built.
        let mut inside: Vec<Vec<Field>> = vec![Vec::new(); table.rows.len()];
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(depth(&homes, *index)));
        for index in order {
            let row = &table.rows[index];
            let mut own = std::mem::take(&mut inside[index]);
            own.sort_by_key(|field| field.row.1);
            let mut at = path.to_vec();
            let whole = table.rows.len() == 1 && is_element(&row.name);
            let bare = is_dash(&row.name);
            let user_key = is_user_key(&row.name);
            if !whole && !bare {
                at.push(if user_key {
                    "*".to_owned()
                } else {
                    row.name.clone()
                });
            }
            let value = if own.is_empty() {
                let example = example.and_then(|example| value_of(example, &row.name));
                self.value(id, index, &at, example)
            } else {
                wrap(&row.kind, Type::Inline(own))
            };
            if whole {
                let value = match value {
                    array @ Type::Array(_) => array,
                    value => Type::Array(Box::new(value)),
                };
                built.whole = Some(value);
            } else if bare && table.rows.len() == 1 {
                built.whole = Some(value);
            } else if user_key {
                built.additional = Some(match value {
                    // The row is the map itself.
                    Type::Map(value) => *value,
                    value => value,
                });
            } else {
                let name = last_part(table, index, homes[index]).to_owned();
                let field = Field {
                    name,
                    value,
                    row: (id, index),
                };
                match homes[index] {
                    Some(home) => inside[home].push(field),
                    None => built.fields.push(field),
                }
            }
        }
        built.fields.sort_by_key(|field| field.row.1);
        let mut seen = BTreeSet::new();
        let mut repeated = Vec::new();
        built.fields.retain(|field| {
            let new = seen.insert(field.name.clone());
            if !new {
                repeated.push(field.row.1);
            }
            new
        });
        self.findings.extend(
            repeated
                .into_iter()
                .map(|row| (Dangling::Repeated, id, row)),
        );
        self.built.insert(id, built);
    }

    /// The value of a row.
    fn value(
        &mut self,
        id: TableId,
        index: usize,
        path: &[String],
        example: Option<&Json>,
    ) -> Type {
        let row = &self.library.table(id).rows[index];
        let around = &path[..path.len().saturating_sub(1)];
        if path.len() > DEEPEST {
            return plain(&row.kind);
        }
        let found = self.by_reference(id, row);
        if found.is_none() && !row.type_refs.is_empty() {
            self.findings.push((Dangling::Reference, id, index));
        }
        // A copied page refers to the table of another page while it has that table itself, and a label
        // one table too early leads to the table of the row.
        let found = found
            .filter(|found| {
                found.0 == id.0 && *found != id || self.by_caption(id, row, around).is_none()
            })
            .or_else(|| {
                if row.kind.may_nest() || has_map(&row.kind) {
                    self.by_caption(id, row, around)
                } else {
                    None
                }
            })
            .or_else(|| self.by_pointer(id, row))
            .or_else(|| {
                if row.kind.may_nest() {
                    self.by_keys(id, example?)
                } else {
                    None
                }
            });
        let Some(found) = found else {
            if has_unknown(&row.kind) {
                self.findings.push((Dangling::Type, id, index));
            }
            return plain(&row.kind);
        };
        let element = example.map(|example| match &example.value {
            Value::Array(elements) => elements.first().unwrap_or(example),
            _ => example,
        });
        let mut shapes = vec![self.described(id, row, found, path, element)];
        for other in self.further(id, row, found) {
            let shape = self.described(id, row, other, path, element);
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        if shapes.len() == 1 {
            shapes.swap_remove(0)
        } else {
            Type::AnyOf(shapes)
        }
    }

    /// Further tables of the page that the same cell refers to: other shapes of the object.
    fn further(&self, id: TableId, row: &Row, found: TableId) -> Vec<TableId> {
        let cells = [&row.type_refs, &row.name_refs, &row.other_refs];
        let targets = |labels: &Vec<String>| -> Vec<TableId> {
            let mut targets = Vec::new();
            for target in labels
                .iter()
                .filter_map(|label| self.library.find(id.0, label))
            {
                if target != id && !targets.contains(&target) {
                    targets.push(target);
                }
            }
            targets
        };
        let Some(mut targets) = cells
            .into_iter()
            .map(targets)
            .find(|targets| targets.contains(&found))
        else {
            return Vec::new();
        };
        // Where one caption names the field, tables that do not are about something else.
        let names_it = |target: TableId| {
            let mut captions = self.library.table(target).names.iter();
            captions.any(|caption| {
                let of_type = row.kind.name().map_or(0, |name| caption.names(name, &[]));
                of_type > 0 || caption.names(&row.name, &[]) > 0
            })
        };
        let named = names_it(found);
        targets.retain(|target| {
            *target != found
                && (!named || names_it(*target))
                && self.scope.iter().any(|(scoped, _)| scoped == target)
        });
        targets
    }

    /// The value of a row that a table describes.
    fn described(
        &mut self,
        id: TableId,
        row: &Row,
        found: TableId,
        path: &[String],
        element: Option<&Json>,
    ) -> Type {
        self.take(found);
        self.build(found, path, Some(id), type_name(row), element);
        self.open.remove(&found);
        // A map whose keys have a table may have others.
        if let Some(value) = map_value(&row.kind)
            && let Some(built) = self.built.get_mut(&found)
            && built.additional.is_none()
            && built.whole.is_none()
        {
            built.additional = Some(value);
        }
        // A table that describes an array or a value gives it here.
        match self.built.get(&found).and_then(|built| built.whole.clone()) {
            Some(whole) => match (&row.kind, whole) {
                (Kind::Array(_), whole @ Type::Array(_)) => whole,
                (kind, whole) => wrap(kind, whole),
            },
            None => wrap(&row.kind, Type::Table(found)),
        }
    }
}

/// The value of a map of scalars, also in an array.
fn map_value(kind: &Kind) -> Option<Type> {
    match kind {
        Kind::Array(element) => map_value(element),
        Kind::Map(value) if !value.may_nest() => Some(plain(value)),
        _ => None,
    }
}

/// Whether a map is in it: its keys may have a table.
fn has_map(kind: &Kind) -> bool {
    match kind {
        Kind::Map(_) => true,
        Kind::Array(element) => has_map(element),
        _ => false,
    }
}

/// An object or array whose elements are known to be objects is worth a reference in prose; a value
/// without a type is not, unless nothing else is there.
fn is_bare(kind: &Kind) -> bool {
    matches!(kind, Kind::Any)
}

/// The kind around the object that a table describes.
fn wrap(kind: &Kind, inner: Type) -> Type {
    match kind {
        Kind::Array(element) => Type::Array(Box::new(wrap(element, inner))),
        Kind::Map(value) if value.may_nest() && !matches!(**value, Kind::Unstated) => {
            Type::Map(Box::new(wrap(value, inner)))
        }
        _ => inner,
    }
}

/// A value that no table describes.
fn plain(kind: &Kind) -> Type {
    match kind {
        Kind::Object(_) => Type::Open,
        Kind::Array(element) => Type::Array(Box::new(plain(element))),
        Kind::Map(value) => Type::Map(Box::new(match **value {
            // `Map<String,Object>` means any value.
            Kind::Object(None) => Type::Plain(Kind::Any),
            ref value => plain(value),
        })),
        Kind::Unstated | Kind::Unknown | Kind::Word(_) => Type::Plain(Kind::Any),
        kind => Type::Plain(kind.clone()),
    }
}

fn has_unknown(kind: &Kind) -> bool {
    match kind {
        Kind::Unknown | Kind::Word(_) => true,
        Kind::Array(element) | Kind::Map(element) => has_unknown(element),
        _ => false,
    }
}

/// The name of the data structure of a row: from its type cell, never `Table 3`.
fn type_name(row: &Row) -> Option<String> {
    let name = row.kind.name()?;
    let plain = name.len() > 2
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let lower = name.to_lowercase();
    (plain
        && !lower.starts_with("table")
        && !matches!(
            lower.as_str(),
            "object" | "objects" | "data" | "dict" | "structure"
        ))
    .then(|| name.to_owned())
}

/// `[items]`, `Array elements`: the elements of an array. `items` without brackets is a field.
fn is_element(name: &str) -> bool {
    let bare = name
        .trim_matches(['[', ']', ' ', '-', '<', '>', '(', ')'])
        .to_lowercase();
    let bracketed = name.starts_with(['[', '<', '(']) && name.ends_with([']', '>', ')']);
    let words = ["items", "item", "element", "elements", "array", "list"];
    matches!(
        bare.as_str(),
        "array element" | "array elements" | "array of elements"
    ) || bracketed && words.contains(&bare.as_str())
}

fn is_dash(name: &str) -> bool {
    matches!(name, "-" | "--" | "—" | "–" | "/" | "N/A" | "None")
}

/// `{User defined key}`, `<key>`: any key.
fn is_user_key(name: &str) -> bool {
    let bracketed =
        |open: char, close: char| name.starts_with(open) && name.ends_with(close) && name.len() > 2;
    bracketed('{', '}') || bracketed('<', '>') || {
        let name = name.to_lowercase();
        (name.contains("user-defined")
            || name.contains("user defined")
            || name.contains("customized"))
            && name.contains("key")
            || name == "map key"
    }
}

/// Whether a row can have rows of its own table inside.
fn may_hold(kind: &Kind) -> bool {
    kind.may_nest() && !matches!(kind, Kind::Unknown)
}

/// How many rows a row is inside of.
fn depth(homes: &[Option<usize>], row: usize) -> usize {
    let around = std::iter::successors(homes[row], |home| homes[*home]);
    around.take(homes.len()).count()
}

/// The rows that each row is inside of, in the same table: by a column, by a dotted name whose front
/// is a row, or because the example shows it so.
fn homes(
    table: &Fields,
    example: Option<&Json>,
    has_table: impl Fn(&Row) -> bool,
) -> Vec<Option<usize>> {
    let mut homes: Vec<Option<usize>> = table.rows.iter().map(|row| row.inside).collect();
    for (index, row) in table.rows.iter().enumerate() {
        if homes[index].is_some()
            || !row.name.contains(['.', '/'])
                && !row.name.contains("->")
                && !row.name.contains(" > ")
        {
            continue;
        }
        let Some((front, _)) = split_last(&row.name) else {
            continue;
        };
        homes[index] = table
            .rows
            .iter()
            .position(|other| bare_name(&other.name) == bare_name(front) && may_hold(&other.kind));
    }
    if homes.iter().all(Option::is_none)
        && let Some(example) = example
    {
        by_example(table, example, has_table, &mut homes);
    }
    let deep: Vec<usize> = (0..homes.len())
        .filter(|row| depth(&homes, *row) > DEEPEST_ROWS)
        .collect();
    for row in deep {
        homes[row] = None;
    }
    homes
}

/// `a.b`, `a[].b`, `a/b`: the front and the last part.
fn split_last(name: &str) -> Option<(&str, &str)> {
    let at = name.rfind(['.', '/', '>'])?;
    let front = name[..at].trim_end_matches(['-', ' ']);
    let last = name[at + 1..].trim_start();
    (!front.is_empty() && !last.is_empty()).then_some((front, last))
}

fn bare_name(name: &str) -> &str {
    name.trim_end_matches("[]")
        .trim_end_matches("[*]")
        .trim_end_matches("[i]")
        .trim_end_matches("[N]")
}

fn last_part(table: &Fields, index: usize, home: Option<usize>) -> &str {
    let name = &table.rows[index].name;
    if home.is_none() || table.rows[index].inside.is_some() {
        return name;
    }
    let Some((front, last)) = split_last(name) else {
        return name;
    };
    match home {
        Some(home) if bare_name(&table.rows[home].name) == bare_name(front) => last,
        _ => name,
    }
}

/// Flat tables: rows of an object follow the row of the object as siblings, and only the example
/// shows that they are inside.
fn by_example(
    table: &Fields,
    example: &Json,
    has_table: impl Fn(&Row) -> bool,
    homes: &mut [Option<usize>],
) {
    let inner = |json: &Json| -> Vec<String> {
        let members = match &json.value {
            Value::Array(elements) => elements.iter().flat_map(Json::members).collect::<Vec<_>>(),
            _ => json.members().iter().collect(),
        };
        let mut keys: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
        keys.sort();
        keys.dedup();
        keys
    };
    let root = inner(example);
    let missing = |row: &Row| !root.contains(&row.name);
    let names_of_open = |row: &Row| {
        (may_hold(&row.kind) && !matches!(row.kind, Kind::Unstated) && !has_table(row))
            .then(|| member(example, &row.name).map(&inner))
            .flatten()
            .filter(|keys| !keys.is_empty())
    };
    // Only where rows are missing at this level and are in an open object above them.
    let opened: Vec<String> = table
        .rows
        .iter()
        .filter_map(&names_of_open)
        .flatten()
        .collect();
    let hits = table
        .rows
        .iter()
        .any(|row| missing(row) && opened.contains(&row.name));
    if !hits {
        return;
    }
    place_by_example(table, example, &inner, &has_table, homes);
}

fn is_error(name: &str) -> bool {
    matches!(
        name,
        "code" | "message" | "error" | "error_code" | "error_msg" | "errCode"
    )
}

/// An object of the example, and the row that has it.
struct Opened<'j> {
    row: Option<usize>,
    json: &'j Json,
    keys: Vec<String>,
    placed: Vec<String>,
}

fn place_by_example(
    table: &Fields,
    example: &Json,
    inner: &impl Fn(&Json) -> Vec<String>,
    has_table: &impl Fn(&Row) -> bool,
    homes: &mut [Option<usize>],
) {
    // Every object that was met, and those that are open where a row comes.
    let mut met = vec![Opened {
        row: None,
        json: example,
        keys: inner(example),
        placed: Vec::new(),
    }];
    let mut open = vec![0];
    let mut waiting: Vec<usize> = (0..table.rows.len()).collect();
    let mut shown = vec![false; table.rows.len()];
    // Rows may come before the row whose object they are in: what fits nowhere is tried again.
    loop {
        let mut left = Vec::new();
        let before = waiting.len();
        for index in waiting {
            let row = &table.rows[index];
            let fits = |at: &usize| {
                met[*at].keys.contains(&row.name) && !met[*at].placed.contains(&row.name)
            };
            let at = open
                .iter()
                .rev()
                .copied()
                .find(|at| fits(at))
                .or_else(|| (0..met.len()).find(|at| fits(at)));
            let Some(at) = at else {
                left.push(index);
                continue;
            };
            if let Some(depth) = open.iter().position(|opened| *opened == at) {
                open.truncate(depth + 1);
            }
            met[at].placed.push(row.name.clone());
            homes[index] = met[at].row;
            shown[index] = true;
            let json = member(met[at].json, &row.name);
            if may_hold(&row.kind)
                && !has_table(row)
                && let Some(json) = json
            {
                let keys = inner(json);
                if !keys.is_empty() {
                    open.push(met.len());
                    met.push(Opened {
                        row: Some(index),
                        json,
                        keys,
                        placed: Vec::new(),
                    });
                }
            }
        }
        if left.is_empty() || left.len() == before {
            break;
        }
        waiting = left;
    }
    // What the example does not show is in the one object that wraps everything, or where the rows around
    // it are.
    let wrapper = met.iter().position(|opened| {
        met[0].keys.len() == 1 && opened.row.is_some_and(|row| homes[row].is_none())
    });
    let wrapper = wrapper.and_then(|at| met[at].row);
    for index in 0..table.rows.len() {
        if shown[index] {
            continue;
        }
        let above = (0..index).rev().find(|other| shown[*other]);
        let below = (index + 1..table.rows.len()).find(|other| shown[*other]);
        homes[index] = match (above, below) {
            (Some(above), Some(below)) if homes[above] == homes[below] => homes[above],
            // What tells of a failure is beside everything.
            (_, None) if is_error(&table.rows[index].name) => None,
            _ if wrapper != Some(index) => wrapper,
            _ => None,
        };
    }
}

/// The member of an object, or of the first element of an array that has it.
fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    match &json.value {
        Value::Array(elements) => elements.iter().find_map(|element| element.get(name)),
        _ => json.get(name),
    }
}

fn value_of<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    member(json, name)
}
