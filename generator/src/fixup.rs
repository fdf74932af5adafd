//! Fixes errors of the documentation before the model is made. A fix-up says what a page states, what it
//! means, and why. This module must never change a row unless every cell of it is as the fix-up expects.

mod text;

use std::collections::BTreeMap;

use self::text::{Cell, FixupColumn};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::extract::Row;
use crate::project::Fixup;
use crate::read::ReadPage;

/// Applies every fix-up whose page was read. `file` contains them. A fix-up that expects something else than
/// its page has is stale, which is an error.
///
/// All of them are compared with the unchanged pages. No fix-up sees what another one did.
pub(crate) fn apply(fixups: &[Fixup], file: &str, pages: &mut [ReadPage], report: &mut Report) {
    let mut changes: BTreeMap<(usize, usize), Edit> = BTreeMap::new();
    for fixup in fixups {
        let mut say = |code, message: String| {
            let mut place = Location::file(file);
            place.line = u32::try_from(fixup.line.max(1)).unwrap_or(u32::MAX);
            report.push(Diagnostic::new(code, place, message));
        };
        let expected = match Expected::of(fixup) {
            Ok(expected) => expected,
            Err(message) => {
                say(Code::Configuration, message);
                continue;
            }
        };
        let found = match fixup.page_of(pages) {
            Ok(None) => continue,
            Ok(Some(page)) => expected
                .changes(&pages[page].rows)
                .map_err(|stale| format!("page `{}` {stale}", fixup.page))
                .map(|found| (page, found)),
            Err(stale) => Err(stale),
        };
        match found {
            Ok((page, found)) if found.keys().all(|row| !changes.contains_key(&(page, *row))) => {
                let placed = found.into_iter();
                changes.extend(placed.map(|(row, change)| ((page, row), change)));
            }
            Ok(_) => say(
                Code::UnusedFixup,
                format!("another fix-up changes the row `{}` too", fixup.row),
            ),
            Err(stale) => say(Code::UnusedFixup, stale),
        }
    }
    // From the end, so that the removal of a row does not move a row that is changed later.
    for ((page, row), change) in changes.into_iter().rev() {
        let page = &mut pages[page];
        match change {
            Edit::Cells(cells) => {
                for cell in cells {
                    cell.put(&mut page.rows[row]);
                }
            }
            Edit::TakenOut => {
                page.rows.remove(row);
                page.dropped += 1;
            }
        }
    }
}

/// What a fix-up does to a row.
#[derive(Clone, Debug)]
enum Edit {
    /// These cells say something else.
    Cells(Vec<Cell>),
    /// It is stated too often and removed.
    TakenOut,
}

/// A fix-up whose texts were read.
struct Expected<'a> {
    fixup: &'a Fixup,
    /// What the row states in each column.
    found: Vec<Cell>,
    /// What some of them should state.
    meant: Vec<Cell>,
}

impl<'a> Expected<'a> {
    fn of(fixup: &'a Fixup) -> Result<Self, String> {
        let mut expected = Expected {
            fixup,
            found: Vec::new(),
            meant: Vec::new(),
        };
        for column in FixupColumn::ALL {
            let found = Cell::read(column, column.of(&fixup.found).unwrap_or_default())?;
            if let Some(meant) = column.of(&fixup.meant) {
                let meant = Cell::read(column, meant)?;
                if meant.says() == found.says() {
                    return Err(format!(
                        "the {column} under `meant` are the same as under `found`"
                    ));
                }
                expected.meant.push(meant);
            }
            expected.found.push(found);
        }
        for text in &fixup.evidence {
            if !text::can_be_stated(text) {
                return Err(format!("`{text}` is neither a call nor an action"));
            }
        }
        match (fixup.times, expected.meant.is_empty()) {
            (None, true) => Err("the fix-up states neither `meant` nor `times`".to_owned()),
            (Some(_), false) => Err("the fix-up states both `meant` and `times`".to_owned()),
            (Some(0 | 1), true) => Err("`times` must be at least 2".to_owned()),
            _ => Ok(expected),
        }
    }

    /// The edits of the page's rows, or what the page has instead.
    fn changes(&self, rows: &[Row]) -> Result<BTreeMap<usize, Edit>, String> {
        let Fixup {
            row: title, times, ..
        } = self.fixup;
        let titled = || (0..rows.len()).filter(|&at| rows[at].title == *title);
        let found: Vec<usize> = titled()
            .filter(|&at| self.differing(&rows[at]) == 0)
            .collect();
        let Some(&first) = found.first() else {
            let nearest = titled().min_by_key(|&at| self.differing(&rows[at]));
            return Err(match nearest {
                Some(nearest) => self.difference(&rows[nearest]),
                None => format!("has no row `{title}`"),
            });
        };
        let expected = times.unwrap_or(1);
        if found.len() != expected {
            return Err(format!(
                "has the row `{title}` of the fix-up {} and not {expected}",
                counted(found.len())
            ));
        }
        let scopes = |row: &Row| (row.iam_project, row.enterprise_project);
        if found
            .iter()
            .any(|&at| scopes(&rows[at]) != scopes(&rows[first]))
        {
            return Err(format!("has rows `{title}` that differ in their scopes"));
        }
        for text in &self.fixup.evidence {
            let mut others = (0..rows.len()).filter(|at| !found.contains(at));
            if !others.any(|at| text::states(&rows[at], text)) {
                return Err(format!(
                    "does not state `{text}`, the evidence of the fix-up, in any other row than `{title}`"
                ));
            }
        }
        Ok(if times.is_some() {
            let again = found.into_iter().skip(1);
            again.map(|at| (at, Edit::TakenOut)).collect()
        } else {
            BTreeMap::from([(first, Edit::Cells(self.meant.clone()))])
        })
    }

    /// In how many cells a row differs from what is expected.
    fn differing(&self, row: &Row) -> usize {
        let differs = |cell: &&Cell| cell.says() != cell.column().stated(row);
        self.found.iter().filter(differs).count()
    }

    fn difference(&self, row: &Row) -> String {
        let differs = |cell: &&Cell| cell.says() != cell.column().stated(row);
        let Some(cell) = self.found.iter().find(differs) else {
            return String::new();
        };
        format!(
            "has the {} {} in the row `{}`, and not {}",
            cell.column(),
            listed(&cell.column().stated(row)),
            row.title,
            listed(&cell.says())
        )
    }
}

impl Fixup {
    /// The page of the fix-up, if it was read.
    fn page_of(&self, pages: &[ReadPage]) -> Result<Option<usize>, String> {
        let fitting: Vec<usize> = (0..pages.len())
            .filter(|&at| self.is_for(&pages[at]))
            .collect();
        match fitting.as_slice() {
            [] => Ok(None),
            [page] => Ok(Some(*page)),
            several => {
                let paths: Vec<String> = several
                    .iter()
                    .map(|&at| pages[at].source.path.clone())
                    .collect();
                Err(format!(
                    "`{}` fits several pages: {}",
                    self.page,
                    listed(&paths)
                ))
            }
        }
    }

    fn is_for(&self, page: &ReadPage) -> bool {
        page.original_name.as_deref() == Some(self.page.as_str())
            || page
                .source
                .path
                .strip_suffix(&self.page)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }
}

fn listed(texts: &[String]) -> String {
    if texts.is_empty() {
        return "nothing".to_owned();
    }
    let shown: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    shown.join(", ")
}

fn counted(times: usize) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{times} times"),
    }
}

#[cfg(test)]
mod tests;
