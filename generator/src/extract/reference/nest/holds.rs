//! What a row of a table is by its name: a field, the elements of an array, any key, or the value itself.

use super::super::row::FieldRow;

/// What a row states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Field,
    /// A row without a name, next to others.
    Nameless,
    /// The value of keys that the user chooses.
    AnyKey,
    /// The elements of the array that the table describes.
    Elements,
    /// The value that the table describes.
    Whole,
}

impl Holds {
    /// What a row of a table with `rows` rows states.
    pub(super) fn of(row: &FieldRow, rows: usize) -> Holds {
        if rows == 1 && is_element(&row.name) {
            Holds::Elements
        } else if is_dash(&row.name) {
            if rows == 1 {
                Holds::Whole
            } else {
                Holds::Nameless
            }
        } else if is_user_key(&row.name) {
            Holds::AnyKey
        } else {
            Holds::Field
        }
    }

    /// The names of the fields that lead to the value of a row, after those that lead to its table.
    pub(super) fn path(self, row: &FieldRow, table: &[String]) -> Vec<String> {
        let mut path = table.to_vec();
        match self {
            Holds::Field => path.push(row.name.clone()),
            Holds::AnyKey => path.push("*".to_owned()),
            Holds::Elements | Holds::Whole | Holds::Nameless => {}
        }
        path
    }
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
        let lower = name.to_lowercase();
        (lower.contains("user-defined")
            || lower.contains("user defined")
            || lower.contains("customized"))
            && lower.contains("key")
            || lower == "map key"
    }
}
