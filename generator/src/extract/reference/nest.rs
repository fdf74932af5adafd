//! From tables to objects: which table describes the object of a row, which rows are nested by their
//! names, and which rows stand for elements, keys or the value itself.

mod find;
mod holds;
mod inside;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use self::holds::Holds;
use self::inside::{depth, homes, last_part, member};
use self::value::{has_map, has_unknown, map_value, plain, wrap};
use super::kind::StatedType;
use super::library::{Library, TableId};
use super::row::FieldRow;
use crate::model::example::{Json, Value};

/// Objects do not nest deeper than this. Deeper values are open.
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
    /// The name of the data structure, if a type cell or a reference gives one.
    pub(crate) type_name: Option<String>,
    /// The names of the fields that lead here from the body, the outermost first.
    pub(crate) path: Vec<String>,
    /// The table whose row leads here.
    pub(crate) parent: Option<TableId>,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dangling {
    /// A reference in a type cell does not lead to a table.
    Reference,
    /// A type cell is not understood.
    Type,
    /// A row repeats a name of its table.
    Repeated,
}

/// Builds the bodies of one page.
pub(crate) struct Nest<'l, 'd> {
    pub(crate) tables: &'l Library<'d>,
    /// Tables that may be found by their captions, of the body at hand and not its root, and whether
    /// a field has them.
    pub(crate) scope: Vec<(TableId, bool)>,
    pub(crate) built: BTreeMap<TableId, Built>,
    /// Rows with findings.
    pub(crate) findings: Vec<(Dangling, TableId, usize)>,
}

impl<'l, 'd> Nest<'l, 'd> {
    pub(crate) fn new(tables: &'l Library<'d>) -> Self {
        Nest {
            tables,
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
        // A table that leads back to itself finds it here.
        self.built.insert(id, Built::default());
        let mut built = Built {
            type_name,
            path: path.to_vec(),
            parent,
            ..Built::default()
        };
        self.rows(id, &mut built, example);
        built.fields.sort_by_key(|field| field.row.1);
        let repeated = without_repeated(&mut built.fields);
        self.findings.extend(
            repeated
                .into_iter()
                .map(|row| (Dangling::Repeated, id, row)),
        );
        self.built.insert(id, built);
    }

    /// Builds the rows of a table, the innermost first, so that what is inside of a row is known when the
    /// row is built.
    fn rows(&mut self, id: TableId, built: &mut Built, example: Option<&Json>) {
        let table = self.tables.table(id);
        let homes = homes(table, example, |row| {
            self.by_reference(id, row).is_some() || self.by_caption(id, row, &built.path).is_some()
        });
        let mut inside: Vec<Vec<Field>> = vec![Vec::new(); table.rows.len()];
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(depth(&homes, *index)));
        for index in order {
            let row = &table.rows[index];
            let holds = Holds::of(row, table.rows.len());
            let mut own = std::mem::take(&mut inside[index]);
            own.sort_by_key(|field| field.row.1);
            let value = if own.is_empty() {
                let path = holds.path(row, &built.path);
                let example = example.and_then(|example| member(example, &row.name));
                self.value(id, index, &path, example)
            } else {
                wrap(&row.kind, Type::Inline(own))
            };
            match holds {
                Holds::Elements => built.whole = Some(array_of(value)),
                Holds::Whole => built.whole = Some(value),
                Holds::AnyKey => built.additional = Some(value_of_map(value)),
                Holds::Field | Holds::Nameless => {
                    let field = Field {
                        name: last_part(table, index, homes[index]).to_owned(),
                        value,
                        row: (id, index),
                    };
                    match homes[index] {
                        Some(home) => inside[home].push(field),
                        None => built.fields.push(field),
                    }
                }
            }
        }
    }

    /// The value of a row.
    fn value(
        &mut self,
        id: TableId,
        index: usize,
        path: &[String],
        example: Option<&Json>,
    ) -> Type {
        let row = &self.tables.table(id).rows[index];
        if path.len() > DEEPEST {
            return plain(&row.kind);
        }
        let Some(found) = self.table_of(id, index, path, example) else {
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
        let value = if shapes.len() == 1 {
            shapes.swap_remove(0)
        } else {
            Type::AnyOf(shapes)
        };
        match example.map(|example| &example.value) {
            Some(Value::Array(_)) if row.kind == StatedType::Described => array_of(value),
            _ => value,
        }
    }

    /// The table that describes the object of a row.
    fn table_of(
        &mut self,
        id: TableId,
        index: usize,
        path: &[String],
        example: Option<&Json>,
    ) -> Option<TableId> {
        let row = &self.tables.table(id).rows[index];
        let around = &path[..path.len().saturating_sub(1)];
        let referred = self.by_reference(id, row);
        if referred.is_none() && !row.type_refs.is_empty() {
            self.findings.push((Dangling::Reference, id, index));
        }
        let captioned = || {
            let may_be = row.kind.may_nest() || has_map(&row.kind);
            may_be.then(|| self.by_caption(id, row, around)).flatten()
        };
        // A copied page refers to the table of another page while it has that table itself, and a label
        // one table too early leads to the table of the row.
        referred
            .filter(|found| {
                found.0 == id.0 && *found != id || self.by_caption(id, row, around).is_none()
            })
            .or_else(captioned)
            .or_else(|| self.by_pointer(id, row))
            .or_else(|| self.by_keys(id, example.filter(|_| row.kind.may_nest())?))
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

/// Removes fields that repeat an earlier name, and returns their rows.
fn without_repeated(fields: &mut Vec<Field>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let mut repeated = Vec::new();
    fields.retain(|field| {
        let new = seen.insert(field.name.clone());
        if !new {
            repeated.push(field.row.1);
        }
        new
    });
    repeated
}

fn array_of(value: Type) -> Type {
    match value {
        array @ Type::Array(_) => array,
        element => Type::Array(Box::new(element)),
    }
}

/// The value under a key that the user chooses. If the row is the map itself, it is the value of the map.
fn value_of_map(value: Type) -> Type {
    match value {
        Type::Map(value) => *value,
        value => value,
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
