//! Which table describes the object of a row: by reference, by caption, by a sentence of the page, by
//! the keys of the example.

use super::super::draft::Fields;
use super::super::kind::StatedType;
use super::super::library::TableId;
use super::super::part::Part;
use super::super::row::FieldRow;
use super::{Nest, has_map};
use crate::model::example::Json;

impl Nest<'_, '_> {
    /// The table to which the references of a row lead.
    pub(crate) fn by_reference(&self, id: TableId, row: &FieldRow) -> Option<TableId> {
        let find = |labels: &[String], own: bool| {
            let mut found = labels
                .iter()
                .filter_map(|label| self.tables.find(id.0, label));
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
    pub(super) fn by_caption(
        &self,
        id: TableId,
        row: &FieldRow,
        path: &[String],
    ) -> Option<TableId> {
        let mut best: Option<(u32, TableId)> = None;
        let type_name = row.kind.name();
        for &(candidate, taken) in &self.scope {
            if candidate == id {
                continue;
            }
            let table = self.tables.table(candidate);
            let mut points = 0;
            for caption in &table.names {
                // Several fields may share a data structure, and the object of a field is its own.
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
            // If several fit, the next table after this one counts.
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
    pub(super) fn by_pointer(&self, id: TableId, row: &FieldRow) -> Option<TableId> {
        if !row.kind.may_nest() || matches!(row.kind, StatedType::Unstated) {
            return None;
        }
        let draft = &self.tables.drafts[id.0];
        // Fields of the body may be listed with the path.
        let part = match self.tables.table(id).place.part {
            Part::Uri => Part::Request,
            part => part,
        };
        let mut pointers = draft
            .pointers
            .iter()
            .filter(|pointer| pointer.part == part && pointer.field == row.name);
        pointers
            .find_map(|pointer| self.tables.find(id.0, &pointer.label))
            .filter(|found| *found != id)
    }

    /// The only table left that has every key of the example's object.
    pub(super) fn by_keys(&self, id: TableId, example: &Json) -> Option<TableId> {
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
                !taken && *candidate != id && fits(self.tables.table(*candidate))
            })
            .map(|(candidate, _)| *candidate);
        let first = found.next()?;
        (keys.len() > 1 || found.next().is_none()).then_some(first)
    }

    /// Further tables of the page that the same cell refers to: other shapes of the object.
    pub(super) fn further(&self, id: TableId, row: &FieldRow, found: TableId) -> Vec<TableId> {
        let cells = [&row.type_refs, &row.name_refs, &row.other_refs];
        let targets = |labels: &Vec<String>| -> Vec<TableId> {
            let mut targets = Vec::new();
            for target in labels
                .iter()
                .filter_map(|label| self.tables.find(id.0, label))
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
        // If one caption names the field, tables without its name are not about it.
        let names_it = |target: TableId| {
            let mut captions = self.tables.table(target).names.iter();
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
}

/// Whether a cell allows any value. A reference in prose does not describe such a value.
fn is_bare(kind: &StatedType) -> bool {
    matches!(kind, StatedType::Any)
}
