//! What tells the shapes of two tables apart: everything that their schemas say.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::super::library::{Library, TableId};
use super::super::nest::{Field, Type};
use super::super::operation::Operation;

/// A number for the shape of a table, everything inside included, also the words for it.
pub(super) fn shape(
    tables: &Library<'_>,
    operation: &Operation,
    id: TableId,
    words: &BTreeMap<TableId, String>,
) -> u64 {
    let mut hasher = DefaultHasher::new();
    let shapes = Shapes {
        tables,
        operation,
        names: None,
        words: Some(words),
    };
    shapes.table(id, &mut Vec::new(), &mut hasher);
    hasher.finish()
}

/// Deeper parts of a shape do not count.
const DEEPEST: usize = 64;

/// What tells shapes apart: everything that a schema says.
pub(super) struct Shapes<'a> {
    pub(super) tables: &'a Library<'a>,
    pub(super) operation: &'a Operation,
    /// Tables that count by their names, not by what is in them.
    pub(super) names: Option<&'a BTreeMap<TableId, String>>,
    /// What tables inside are called if nothing else is called so.
    pub(super) words: Option<&'a BTreeMap<TableId, String>>,
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
        if let Some(word) = self
            .words
            .and_then(|words| words.get(&id))
            .filter(|_| !around.is_empty())
        {
            word.hash(hasher);
        }
        around.push(id);
        self.fields(&built.fields, around, hasher);
        if let Some(value) = &built.additional {
            1_u8.hash(hasher);
            self.value(value, around, hasher);
        }
        around.pop();
    }

    pub(super) fn fields(
        &self,
        fields: &[Field],
        around: &mut Vec<TableId>,
        hasher: &mut DefaultHasher,
    ) {
        fields.len().hash(hasher);
        for field in fields {
            let row = &self.tables.table(field.row.0).rows[field.row.1];
            field.name.hash(hasher);
            (row.required == Some(true)).hash(hasher);
            row.facts.values.hash(hasher);
            row.facts.default.hash(hasher);
            row.facts.minimum.hash(hasher);
            row.facts.maximum.hash(hasher);
            self.value(&field.value, around, hasher);
        }
    }

    pub(super) fn value(
        &self,
        value: &Type,
        around: &mut Vec<TableId>,
        hasher: &mut DefaultHasher,
    ) {
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
