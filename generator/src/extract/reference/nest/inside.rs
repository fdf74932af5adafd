//! Which rows of a table are inside the object of another row of it: by dotted names, or because the
//! example shows it so.

mod example;

use super::super::draft::Fields;
use super::super::kind::StatedType;
use super::super::row::FieldRow;
use crate::model::example::{Json, Value};

/// Rows of one table do not nest deeper than this.
const DEEPEST_ROWS: usize = 16;

/// Whether a row can have rows of its own table inside.
fn may_hold(kind: &StatedType) -> bool {
    kind.may_nest() && !matches!(kind, StatedType::Unknown)
}

/// How many rows a row is inside of.
pub(super) fn depth(homes: &[Option<usize>], row: usize) -> usize {
    let around = std::iter::successors(homes[row], |home| homes[*home]);
    around.take(homes.len()).count()
}

/// The rows that each row is inside of, in the same table: by a column, by a dotted name whose front
/// is a row, or because the example shows it so.
pub(super) fn homes(
    table: &Fields,
    example: Option<&Json>,
    has_table: impl Fn(&FieldRow) -> bool,
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
        example::place(table, example, has_table, &mut homes);
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

pub(super) fn last_part(table: &Fields, index: usize, home: Option<usize>) -> &str {
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

/// The member of an object, or of the first element of an array that has it.
pub(super) fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    match &json.value {
        Value::Array(elements) => elements.iter().find_map(|element| element.get(name)),
        _ => json.get(name),
    }
}
