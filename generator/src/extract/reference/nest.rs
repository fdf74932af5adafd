//! From tables to objects: which table describes the object of a row, which rows are nested by their
//! names, and which rows stand for elements, keys or the value itself.

mod find;
mod inside;

use std::collections::{BTreeMap, BTreeSet};

use self::inside::{depth, homes, last_part, member};
use super::kind::StatedType;
use super::library::{Library, TableId};
use super::row::FieldRow;
use crate::model::example::{Json, Value};

/// Objects nest no deeper than this; what is below is an open value.
const DEEPEST: usize = 64;

/// What a value is, tables in it by identity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// A scalar or an unknown value.
    Plain(StatedType),
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
}

impl<'l, 'd> Nest<'l, 'd> {
    pub(crate) fn new(library: &'l Library<'d>) -> Self {
        Nest {
            library,
            scope: Vec::new(),
            built: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// Marks a table as that of a field.
    pub(crate) fn take(&mut self, table: TableId) {
        for (scoped, taken) in &mut self.scope {
            *taken |= *scoped == table;
        }
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
                let example = example.and_then(|example| member(example, &row.name));
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

    /// The value of a row that a table describes.
    fn described(
        &mut self,
        id: TableId,
        row: &FieldRow,
        found: TableId,
        path: &[String],
        element: Option<&Json>,
    ) -> Type {
        self.take(found);
        self.build(found, path, Some(id), type_name(row), element);
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
                (StatedType::Array(_), whole @ Type::Array(_)) => whole,
                (kind, whole) => wrap(kind, whole),
            },
            None => wrap(&row.kind, Type::Table(found)),
        }
    }
}

/// The value of a map of scalars, also in an array.
fn map_value(kind: &StatedType) -> Option<Type> {
    match kind {
        StatedType::Array(element) => map_value(element),
        StatedType::Map(value) if !value.may_nest() => Some(plain(value)),
        _ => None,
    }
}

/// Whether a map is in it: its keys may have a table.
fn has_map(kind: &StatedType) -> bool {
    match kind {
        StatedType::Map(_) => true,
        StatedType::Array(element) => has_map(element),
        _ => false,
    }
}

/// The kind around the object that a table describes.
fn wrap(kind: &StatedType, inner: Type) -> Type {
    match kind {
        StatedType::Array(element) => Type::Array(Box::new(wrap(element, inner))),
        StatedType::Map(value) if value.may_nest() && !matches!(**value, StatedType::Unstated) => {
            Type::Map(Box::new(wrap(value, inner)))
        }
        _ => inner,
    }
}

/// A value that no table describes.
fn plain(kind: &StatedType) -> Type {
    match kind {
        StatedType::Object(_) => Type::Open,
        StatedType::Array(element) => Type::Array(Box::new(plain(element))),
        StatedType::Map(value) => Type::Map(Box::new(match **value {
            // `Map<String,Object>` means any value.
            StatedType::Object(None) => Type::Plain(StatedType::Any),
            ref value => plain(value),
        })),
        StatedType::Unstated | StatedType::Unknown | StatedType::Word(_) => {
            Type::Plain(StatedType::Any)
        }
        kind => Type::Plain(kind.clone()),
    }
}

fn has_unknown(kind: &StatedType) -> bool {
    match kind {
        StatedType::Unknown | StatedType::Word(_) => true,
        StatedType::Array(element) | StatedType::Map(element) => has_unknown(element),
        _ => false,
    }
}

/// The name of the data structure of a row: from its type cell, never `Table 3`.
fn type_name(row: &FieldRow) -> Option<String> {
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
