//! Errors of the documentation that are mended before the model is made, each with its reason.
//! A fix-up says what is written and what is meant; this module must never let one linger that no
//! longer applies.

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::model::{Requirement, Route};
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
    /// What the row says: a call (`POST /v1{project_id}/x`), or an action.
    pub wrong: String,
    /// What it means, in the same form; empty where it should not be there, and `"row"` for `wrong`
    /// takes out the whole row, the last one of its title.
    pub meant: String,
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
            let message = format!(
                "no row `{}` of page `{}` says `{}`",
                fixup.row, fixup.page, fixup.wrong
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
        if self.wrong == "row" {
            let Some(at) = page.rows.iter().rposition(|row| row.title == self.row) else {
                return false;
            };
            page.rows.remove(at);
            page.dropped += 1;
            return true;
        }
        let mut applied = false;
        for row in page.rows.iter_mut().filter(|row| row.title == self.row) {
            applied |= self.mend_routes(&mut row.routes);
            applied |= self.mend_actions(&mut row.actions);
            applied |= self.mend_actions(&mut row.dependencies);
        }
        applied
    }

    /// Mends the first call that is written so: a cell that states one twice means two.
    fn mend_routes(&self, routes: &mut Vec<Route>) -> bool {
        let Some(at) = routes
            .iter()
            .position(|route| route.to_string() == self.wrong)
        else {
            return false;
        };
        match self.meant.split_once(' ') {
            Some((method, path)) => {
                routes[at].method = Some(method.to_owned());
                path.clone_into(&mut routes[at].path);
            }
            None => drop(routes.remove(at)),
        }
        true
    }

    fn mend_actions(&self, actions: &mut Vec<Requirement>) -> bool {
        let Some(at) = actions
            .iter()
            .position(|needed| needed.action == self.wrong)
        else {
            return false;
        };
        if self.meant.is_empty() {
            actions.remove(at);
        } else {
            self.meant.clone_into(&mut actions[at].action);
        }
        true
    }
}
