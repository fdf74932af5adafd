//! The one key around a body that the page shows only in its example: `{"image": {..}}` where the table
//! lists the fields of the image.

use super::super::library::{Library, TableId};
use super::Shown;
use crate::model::example::{Json, Value};

/// A key around everything that the tables of a body describe.
#[derive(Clone, Debug)]
pub(crate) struct Wrapper {
    pub(crate) key: String,
    /// The key has an array of what the tables describe.
    pub(crate) array: bool,
    /// The listing that shows it, and the byte of the key.
    pub(crate) listing: usize,
    pub(crate) at: usize,
}

/// The key around the root table, and its value in the example.
///
/// There is one if the example has a single key without a row, and most keys in its value have rows. A
/// table without these rows describes something else, and a row with the key describes its object.
pub(super) fn find<'e>(
    tables: &Library<'_>,
    root: TableId,
    body: &[TableId],
    examples: &[&'e Shown],
) -> Option<(Wrapper, &'e Json)> {
    let rows = &tables.table(root).rows;
    let is_row = |key: &str| rows.iter().any(|row| row.name == key);
    let shows_rows = |shown: &&Shown| {
        let json = &shown.found.read.json;
        let objects = std::iter::once(json).chain(json.elements());
        let mut members = objects.flat_map(Json::members);
        members.any(|member| is_row(&member.key))
    };
    if examples.iter().any(shows_rows) {
        return None;
    }
    let shown = examples
        .iter()
        .find(|shown| matches!(shown.found.read.json.value, Value::Object(_)))?;
    let [only] = shown.found.read.json.members() else {
        return None;
    };
    let inner = only.value.elements().first().unwrap_or(&only.value);
    let members = inner.members();
    let known = members.iter().filter(|member| is_row(&member.key)).count();
    let mut all_rows = body.iter().flat_map(|id| &tables.table(*id).rows);
    if known == 0 || known * 2 < members.len() || all_rows.any(|row| row.name == only.key) {
        return None;
    }
    let wrapper = Wrapper {
        key: only.key.clone(),
        array: matches!(only.value.value, Value::Array(_)),
        listing: shown.listing,
        at: only.at,
    };
    Some((wrapper, &only.value))
}
