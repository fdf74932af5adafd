//! All changes between two versions: pages and operations are paired, then compared. A pure function. This
//! module must never read a file.

use super::change::Change;
use super::column::ColumnChanges;
use super::page::PagePairs;
use super::rows::Rows;
use super::side::PageModel;
use super::write::Writer;

/// What changed from `old` to `new`: page by page in the order of `new`, then pages that are gone.
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
    let pages = PagePairs::pair(old, new);
    let rows = Rows::of(&pages);
    let columns = ColumnChanges::of(&rows);
    let mut found = Writer::new(&rows);
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
