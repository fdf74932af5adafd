//! Versions of pages in memory, and changes as the tests show them.

use permspec::drift::{self, Change, PageModel};
use permspec::load::{Source, Version};
use permspec::{Project, Report};

/// A page as it is compared.
///
/// # Panics
/// If the parser loses a row.
pub fn page(text: &str) -> Vec<PageModel> {
    pages(&[("docs/page.rst", text)])
}

/// Pages of a documentation as they are compared. The first folder of a path is the service.
pub fn pages(pages: &[(&str, &str)]) -> Vec<PageModel> {
    let source = |(path, text): &(&str, &str)| Source {
        service: path.split('/').next().unwrap().to_owned(),
        path: (*path).to_owned(),
        file: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    let version = Version {
        pages: pages.iter().map(source).collect(),
        ..Version::default()
    };
    let mut report = Report::default();
    let compared = drift::read_version(&Project::new(""), version, &[], &[], &mut report);
    assert!(!report.has_errors(), "{report}");
    compared
}

/// The changes, each as `rule: sentence`.
pub fn said(old: &[PageModel], new: &[PageModel]) -> Vec<String> {
    drift::diff(old, new).iter().map(shown).collect()
}

/// `rule: sentence`.
pub fn shown(change: &Change) -> String {
    format!("{}: {change}", change.rule)
}
