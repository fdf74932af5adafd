//! Flat tables: rows of an object follow the row of the object as siblings, and only the example shows
//! that they are inside.

use super::super::super::draft::Fields;
use super::super::super::kind::StatedType;
use super::super::super::row::FieldRow;
use super::{may_hold, member};
use crate::model::example::{Json, Value};

/// Finds the homes of rows, if rows are missing in the example's object and are in an open object in it.
pub(super) fn place(
    table: &Fields,
    example: &Json,
    has_table: impl Fn(&FieldRow) -> bool,
    homes: &mut [Option<usize>],
) {
    let root = keys(example);
    let keys_of_open = |row: &FieldRow| {
        (may_hold(&row.kind) && !matches!(row.kind, StatedType::Unstated) && !has_table(row))
            .then(|| member(example, &row.name).map(keys))
            .flatten()
    };
    let opened: Vec<String> = table
        .rows
        .iter()
        .filter_map(keys_of_open)
        .flatten()
        .collect();
    let is_inside = |row: &FieldRow| !root.contains(&row.name) && opened.contains(&row.name);
    if !table.rows.iter().any(is_inside) {
        return;
    }
    let mut placing = Placing {
        table,
        has_table,
        homes,
        shown: vec![false; table.rows.len()],
        met: vec![Opened::new(None, example)],
        open: vec![0],
    };
    placing.shown_rows();
    placing.other_rows();
}

/// The keys of an object, or of the objects in an array: sorted, each once.
fn keys(json: &Json) -> Vec<String> {
    let members = match &json.value {
        Value::Array(elements) => elements.iter().flat_map(Json::members).collect::<Vec<_>>(),
        _ => json.members().iter().collect(),
    };
    let mut keys: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// An object of the example, and the row that has it.
struct Opened<'j> {
    row: Option<usize>,
    json: &'j Json,
    keys: Vec<String>,
    placed: Vec<String>,
}

impl<'j> Opened<'j> {
    fn new(row: Option<usize>, json: &'j Json) -> Self {
        Opened {
            row,
            json,
            keys: keys(json),
            placed: Vec::new(),
        }
    }
}

struct Placing<'a, 'j, F> {
    table: &'a Fields,
    has_table: F,
    homes: &'a mut [Option<usize>],
    /// The rows that the example shows.
    shown: Vec<bool>,
    /// Every object that was met.
    met: Vec<Opened<'j>>,
    /// The objects around the row at hand, the outermost first.
    open: Vec<usize>,
}

impl<F: Fn(&FieldRow) -> bool> Placing<'_, '_, F> {
    /// Places the rows that the example shows. A row may come before the row whose object it is in, so a row
    /// that does not fit is tried again.
    fn shown_rows(&mut self) {
        let mut waiting: Vec<usize> = (0..self.table.rows.len()).collect();
        loop {
            let before = waiting.len();
            waiting.retain(|index| !self.row(*index));
            if waiting.is_empty() || waiting.len() == before {
                return;
            }
        }
    }

    /// Places a row. False if its name is not left in an object that was met.
    fn row(&mut self, index: usize) -> bool {
        let row = &self.table.rows[index];
        let Some(at) = self.home(&row.name) else {
            return false;
        };
        if let Some(depth) = self.open.iter().position(|opened| *opened == at) {
            self.open.truncate(depth + 1);
        }
        let home = &mut self.met[at];
        home.placed.push(row.name.clone());
        self.homes[index] = home.row;
        self.shown[index] = true;
        if may_hold(&row.kind)
            && !(self.has_table)(row)
            && let Some(json) = member(home.json, &row.name)
        {
            let opened = Opened::new(Some(index), json);
            if !opened.keys.is_empty() {
                self.open.push(self.met.len());
                self.met.push(opened);
            }
        }
        true
    }

    /// The object that has a name: the innermost open one, otherwise the first that was met.
    fn home(&self, name: &String) -> Option<usize> {
        let fits =
            |at: &usize| self.met[*at].keys.contains(name) && !self.met[*at].placed.contains(name);
        let open = self.open.iter().rev().copied().find(fits);
        open.or_else(|| (0..self.met.len()).find(fits))
    }

    /// Places the rows that the example does not show: with the rows around them, or in the one object that
    /// wraps everything. Rows that repeat names of an object are in the open row before them.
    fn other_rows(&mut self) {
        let wrapper = self.wrapper();
        let mut holder = None;
        for index in 0..self.table.rows.len() {
            if holder.is_some() && !self.shown[index] && self.is_again(index) {
                self.homes[index] = holder;
                continue;
            }
            holder = self.holds_again(index).then_some(index);
            if self.shown[index] {
                continue;
            }
            let above = (0..index).rev().find(|other| self.shown[*other]);
            let below = (index + 1..self.shown.len()).find(|other| self.shown[*other]);
            self.homes[index] = match (above, below) {
                (Some(above), Some(below)) if self.homes[above] == self.homes[below] => {
                    self.homes[above]
                }
                // Fields of a failure are outside of the wrapper.
                (_, None) if is_error(&self.table.rows[index].name) => None,
                _ if wrapper != Some(index) => wrapper,
                _ => None,
            };
        }
    }

    /// Whether a row may have an object that the example does not show.
    fn holds_again(&self, index: usize) -> bool {
        let row = &self.table.rows[index];
        may_hold(&row.kind)
            && row.kind != StatedType::Unstated
            && !(self.has_table)(row)
            && !self.met.iter().any(|opened| opened.row == Some(index))
    }

    /// Whether a row repeats the name of a row inside of an object: it is a field of an object of the same
    /// kind.
    fn is_again(&self, index: usize) -> bool {
        let name = &self.table.rows[index].name;
        let mut inner = self.met.iter().filter(|opened| opened.row.is_some());
        inner.any(|opened| opened.placed.contains(name))
    }

    /// The row of the object that is the only member of the body.
    fn wrapper(&self) -> Option<usize> {
        if self.met[0].keys.len() != 1 {
            return None;
        }
        let mut rows = self.met.iter().filter_map(|opened| opened.row);
        rows.find(|row| self.homes[*row].is_none())
    }
}

fn is_error(name: &str) -> bool {
    matches!(
        name,
        "code" | "message" | "error" | "error_code" | "error_msg" | "errCode"
    )
}
