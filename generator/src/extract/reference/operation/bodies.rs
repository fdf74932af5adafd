//! The bodies of an operation: which table is the root, which is another shape of the body, and what became
//! of the others.

use std::collections::BTreeSet;

use super::super::draft::Fields;
use super::super::library::TableId;
use super::wrapper::{self, Wrapper};
use super::{Assembly, Fate, MOST_TABLES, Shown, TableRole, nests};
use crate::model::example::Json;
use crate::model::reference::In;

impl Assembly<'_, '_> {
    /// The roots among the tables of a body, the first one first, and the key around them; everything below
    /// the roots is built.
    pub(super) fn bodies(
        &mut self,
        tables: &[TableId],
        examples: &[&Shown],
        response: Option<bool>,
    ) -> (Vec<TableId>, Option<Wrapper>) {
        let candidates = self.candidates(tables);
        let Some(&root) = candidates.first() else {
            return (Vec::new(), None);
        };
        self.nest.scope = tables
            .iter()
            .copied()
            .filter(|id| *id != root)
            .take(MOST_TABLES)
            .map(|id| (id, self.referred.contains(&id)))
            .collect();
        let table = self.tables.table(root);
        let wrapped = (response != Some(true))
            .then(|| wrapper::find(self.tables, root, tables, examples))
            .flatten();
        let first = || Some(root_object(&examples.first()?.found.read.json));
        let example = match &wrapped {
            Some((_, inner)) => Some(root_object(inner)),
            None => best_example(table, examples).or_else(first),
        };
        self.nest.build(root, &[], None, None, example);
        let mut roots = vec![root];
        for &other in &candidates[1..] {
            if self.nest.built.contains_key(&other) {
                continue;
            }
            if self.is_variant(root, other, examples) {
                self.nest.take(other);
                let example = best_example(self.tables.table(other), examples);
                self.nest.build(other, &[], None, None, example);
                roots.push(other);
            }
        }
        for &id in tables {
            if self.nest.built.contains_key(&id) {
                self.fates[id.1] = Fate::Body;
            } else if self.is_copy(id) {
                self.fates[id.1] = Fate::Copy;
            } else {
                self.fates[id.1] = if response == Some(true) {
                    Fate::Error
                } else {
                    Fate::Orphan
                };
            }
        }
        (roots, wrapped.map(|(wrapper, _)| wrapper))
    }

    /// The tables that may be the root. Tables to which a row refers are not. Tables that say that they are a
    /// body come first. Tables whose captions name an open row of another table come last.
    fn candidates(&self, tables: &[TableId]) -> Vec<TableId> {
        let free: Vec<TableId> = tables
            .iter()
            .copied()
            .filter(|id| !self.referred.contains(id))
            .collect();
        if free.is_empty() {
            return tables.first().copied().into_iter().collect();
        }
        let named = |id: TableId| {
            let table = self.tables.table(id);
            tables.iter().take(MOST_TABLES).any(|&other| {
                other != id
                    && self.tables.table(other).rows.iter().any(|row| {
                        nests(&row.kind)
                            && self.nest.by_reference(other, row).is_none()
                            && table.names.iter().any(|caption| {
                                caption.names(&row.name, &[]) > 0
                                    || row
                                        .kind
                                        .name()
                                        .is_some_and(|name| caption.names(name, &[]) > 0)
                            })
                    })
            })
        };
        let mut ranked: Vec<(u8, TableId)> = free
            .into_iter()
            .map(|id| {
                let table = self.tables.table(id);
                let rank = match table.hint {
                    Some(In::Body) => 0,
                    _ if named(id) => 2,
                    _ => 1,
                };
                (rank, id)
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether an example shows that a table is another shape of the body.
    fn is_variant(&self, root: TableId, other: TableId, examples: &[&Shown]) -> bool {
        let names = |id: TableId| -> Vec<&str> {
            self.tables
                .table(id)
                .rows
                .iter()
                .map(|row| row.name.as_str())
                .collect()
        };
        let (own, known) = (names(other), names(root));
        if own == known {
            return false;
        }
        examples.iter().any(|shown| {
            let members = root_object(&shown.found.read.json).members();
            !members.is_empty()
                && members
                    .iter()
                    .all(|member| own.contains(&member.key.as_str()))
                && !members
                    .iter()
                    .all(|member| known.contains(&member.key.as_str()))
        })
    }

    /// A table whose rows are those of a table that is in the model.
    fn is_copy(&self, id: TableId) -> bool {
        let table = self.tables.table(id);
        self.nest.built.keys().any(|known| {
            let known = self.tables.table(*known);
            known.rows.len() == table.rows.len()
                && known
                    .rows
                    .iter()
                    .zip(&table.rows)
                    .all(|(a, b)| a.name == b.name)
        })
    }

    /// Tables to which rows refer. They may not describe a field: some list its values.
    fn mentioned(&self) -> BTreeSet<TableId> {
        let rows = self.draft.tables.iter().flat_map(|table| &table.rows);
        let labels = rows.flat_map(|row| {
            row.type_refs
                .iter()
                .chain(&row.name_refs)
                .chain(&row.other_refs)
        });
        labels
            .filter_map(|label| self.tables.find(self.page, label))
            .collect()
    }

    /// Decides what becomes of tables that are not part of a body.
    pub(super) fn leftovers(&mut self, roles: &[TableRole]) {
        let mentioned = self.mentioned();
        for (index, role) in roles.iter().enumerate() {
            let id = (self.page, index);
            if matches!(role, TableRole::Request | TableRole::Response)
                && self.fates[index] == Fate::Note
            {
                self.fates[index] = if self.nest.built.contains_key(&id) {
                    Fate::Body
                } else {
                    Fate::Orphan
                };
            }
            if self.fates[index] == Fate::Orphan && self.nest.built.contains_key(&id) {
                self.fates[index] = Fate::Body;
            }
            if self.fates[index] == Fate::Orphan && mentioned.contains(&id) {
                self.fates[index] = Fate::Note;
            }
        }
    }
}

/// The object that a table of a body describes: the body, or the first element of an array.
fn root_object(json: &Json) -> &Json {
    json.elements().first().unwrap_or(json)
}

/// The example that has most names of a table.
fn best_example<'e>(table: &Fields, examples: &[&'e Shown]) -> Option<&'e Json> {
    let known = |json: &Json| {
        json.members()
            .iter()
            .filter(|member| table.rows.iter().any(|row| row.name == member.key))
            .count()
    };
    let mut best: Option<(usize, &Json)> = None;
    for shown in examples {
        let json = root_object(&shown.found.read.json);
        let count = known(json);
        if count > 0 && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, json));
        }
    }
    best.map(|(_, json)| json)
}
