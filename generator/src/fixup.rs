//! Errors of the documentation that are mended before the model is made, each with its reason.
//! A fix-up says what is written and what is meant; this module must never let one linger that no
//! longer applies.

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::{Extra, Requirement, Route};
use crate::read::Read;

/// One error of a page and what is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "config", derive(serde::Deserialize))]
#[cfg_attr(feature = "config", serde(deny_unknown_fields))]
pub struct Fixup {
    /// The page: its `:original_name:` without ending, or the end of its path.
    pub page: String,
    /// The title of the row.
    pub row: String,
    /// What the row says: a call (`POST /v1{project_id}/x`) or an action. Without it, the row as a
    /// whole is wrong: the last one of its title is taken out.
    pub wrong: Option<String>,
    /// What it means, in the same form; none where it should not be there.
    #[cfg_attr(feature = "config", serde(default))]
    pub meant: Vec<String>,
    /// Why this is evident.
    pub why: String,
    /// The line in the file that holds it, from 1; 0 where it was made in code.
    #[cfg_attr(feature = "config", serde(skip))]
    pub line: usize,
}

/// Applies every fix-up whose page was read; `file` is where they stand. One that changes nothing is
/// an error.
pub(crate) fn apply(fixups: &[Fixup], file: &str, pages: &mut [Read], report: &mut Report) {
    for fixup in fixups {
        let mut read = pages
            .iter_mut()
            .filter(|page| fixup.is_for(page))
            .peekable();
        if read.peek().is_none() {
            continue;
        }
        let applied = read
            .map(|page| fixup.mend(page))
            .fold(false, |any, one| any | one);
        if !applied {
            let wrong = fixup.wrong.as_deref().unwrap_or("a second time");
            let message = format!(
                "no row `{}` of page `{}` says `{wrong}`",
                fixup.row, fixup.page
            );
            let mut place = Location::file(file);
            place.line = u32::try_from(fixup.line.max(1)).unwrap_or(u32::MAX);
            report.push(Diagnostic::new(Code::UnusedFixup, place, message));
        }
    }
}

impl Fixup {
    fn is_for(&self, page: &Read) -> bool {
        page.original_name.as_deref() == Some(self.page.as_str())
            || page.source.path.ends_with(&self.page)
    }

    fn mend(&self, page: &mut Read) -> bool {
        let Some(wrong) = self.wrong.as_deref() else {
            return self.take_out(page);
        };
        let calls: Vec<Route> = self.meant.iter().filter_map(|meant| call(meant)).collect();
        let actions: Vec<Requirement> = self.meant.iter().map(Requirement::always).collect();
        let mut applied = false;
        for row in page.rows.iter_mut().filter(|row| row.title == self.row) {
            applied |= replace(&mut row.routes, |route| route.to_string() == wrong, &calls);
            applied |= replace(&mut row.actions, |needed| needed.action == wrong, &actions);
            applied |= replace(
                &mut row.dependencies,
                |needed| needed.action == wrong,
                &actions,
            );
        }
        applied
    }

    fn take_out(&self, page: &mut Read) -> bool {
        let mut rows = page
            .rows
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, row)| row.title == self.row);
        let (Some((last, _)), Some(_)) = (rows.next(), rows.next()) else {
            return false;
        };
        page.rows.remove(last);
        page.dropped += 1;
        true
    }
}

/// Puts `meant` in the place of the first value that is `wrong`.
fn replace<T: Clone>(values: &mut Vec<T>, wrong: impl Fn(&T) -> bool, meant: &[T]) -> bool {
    let at = values.iter().position(wrong);
    if let Some(at) = at {
        values.splice(at..=at, meant.iter().cloned());
    }
    at.is_some()
}

/// `METHOD /path` as a route.
fn call(text: &str) -> Option<Route> {
    let (method, path) = text.split_once(' ')?;
    Some(Route {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        query: Vec::new(),
        body_action: None,
        extra: Extra::new(),
    })
}
