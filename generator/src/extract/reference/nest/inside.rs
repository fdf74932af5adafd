//! Which rows of a table are inside the object of another row of it: by dotted names, or because the
//! example shows it so.

use super::super::draft::Fields;
use super::super::kind::StatedType;
use super::super::row::FieldRow;
use crate::model::example::{Json, Value};

/// Rows of one table nest no deeper than this.
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

/// Flat tables: rows of an object follow the row of the object as siblings, and only the example
/// shows that they are inside.
fn by_example(
    table: &Fields,
    example: &Json,
    has_table: impl Fn(&FieldRow) -> bool,
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
    let missing = |row: &FieldRow| !root.contains(&row.name);
    let names_of_open = |row: &FieldRow| {
        (may_hold(&row.kind) && !matches!(row.kind, StatedType::Unstated) && !has_table(row))
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
    has_table: &impl Fn(&FieldRow) -> bool,
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
pub(super) fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    match &json.value {
        Value::Array(elements) => elements.iter().find_map(|element| element.get(name)),
        _ => json.get(name),
    }
}
