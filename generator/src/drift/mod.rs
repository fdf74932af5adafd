//! What changed between two versions of the documentation, and whether it breaks anybody.
//! Pages and operations are paired by what does not drift, and each change is an entry of [`RULES`];
//! this module must never report where a row stands, how it is wrapped or how a table is drawn.
//!
//! [`diff`] is a pure function over two versions, wherever they come from; [`check()`] applies it to a
//! project: its pages, its spec model and its generated code. [`diff_versions`] reads two versions from
//! where they are named. The pipeline makes what is compared; it never calls this module.

mod call;
mod calls;
mod change;
mod check;
mod column;
mod constant;
mod difference;
mod effect;
pub mod fingerprint;
mod generated;
mod needs;
mod page;
mod release;
mod rows;
mod rules;
mod scope;
mod sentence;
mod side;
mod versions;
mod write;

pub use change::Change;
pub use check::{Drift, Findings, Kind, check};
pub use effect::{PolicyEffect, Semver, Severity};
pub use rules::{Area, Entry, RULES, Rule};
pub use side::{Column, Layout, PageModel};
pub use versions::{diff_versions, read_version};

/// What `new` says otherwise than `old`: page by page in the order of `new`, then pages that are gone.
///
/// ```
/// use permspec::drift::{self, PageModel};
/// use permspec::{load::Source, pipeline};
///
/// let version = |action: &str| {
///     let text = format!("\
/// Image Sharing
/// =============
///
/// ===================  ============================  ================
/// Permission           API                           Action
/// ===================  ============================  ================
/// Adds image members.  POST /v1/cloudimages/members  {action}
/// ===================  ============================  ================
/// ");
///     let (service, path) = ("ims".to_owned(), "ims/image_sharing.rst".to_owned());
///     let made = pipeline::in_memory(vec![Source { service, file: path.clone(), path, text }]);
///     made.map(|made| made.value.models.iter().map(PageModel::of_model).collect::<Vec<_>>())
/// };
/// let (old, new) = (version("ims:images:share")?, version("ims:images:add")?);
/// let changes = drift::diff(&old, &new);
/// assert_eq!(changes[0].rule.id(), "action-renamed");
/// assert_eq!(changes[0].to_string(), "`AddImageMembers` needs `ims:images:add` instead of `ims:images:share`");
/// assert!(drift::diff(&old, &old).is_empty());
/// # Ok::<(), permspec::Error>(())
/// ```
pub fn diff(old: &[PageModel], new: &[PageModel]) -> Vec<Change> {
    let pages = page::Pages::pair(old, new);
    let rows = rows::Rows::of(&pages);
    let columns = column::Columns::of(&rows);
    let mut found = write::Writer::new(&rows);
    for (old, new) in pages.pairs() {
        found.page(old, new);
    }
    for (old, new) in rows.pairs() {
        found.operation(old, new, &columns);
    }
    for moved in rows.regrouped() {
        found.regrouped(moved, &columns);
    }
    for new in rows.added() {
        found.added(new);
    }
    for old in rows.gone() {
        found.gone(old);
    }
    found.constants();
    found.in_order(&columns)
}
