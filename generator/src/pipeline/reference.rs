//! Makes the model of the reference pages of a whole documentation: load, recognise, parse, extract, lint. It
//! reads one service at a time, so that memory holds the pages of only one service.

use std::path::Path;

use crate::diagnostic::Report;
use crate::extract::reference::{PageText, ReferenceAccount, read};
use crate::load;
use crate::model::reference::ReferencePage;
use crate::project::{Project, shown};
use crate::recognise;

/// Reads the reference pages below the folder `docs`. `docs` may also be a single page.
///
/// Calls `each` with every page of an operation, in the order of the paths of services and pages. A page
/// belongs to the service whose repository is one of the page's folders. Otherwise it belongs to the service
/// with the name of its first folder. If a `service` is given, only its pages are read. The report contains
/// what cannot be read and what is wrong with the pages. If `texts` is set, it keeps the texts of pages with
/// findings.
///
/// ```no_run
/// use permspec::{Project, pipeline};
///
/// let (account, report) = pipeline::reference::pages(&Project::new(""), "docs".as_ref(), None, false, |page| {
///     println!("{} {}", page.endpoints[0].method, page.endpoints[0].path);
/// });
/// assert_eq!(account.unaccounted(), (0, 0));
/// ```
pub fn pages(
    project: &Project,
    docs: &Path,
    service: Option<&str>,
    texts: bool,
    mut each: impl FnMut(ReferencePage),
) -> (ReferenceAccount, Report) {
    let mut account = ReferenceAccount::default();
    let mut report = Report::default();
    let mut loaded: Vec<Loaded> = Vec::new();
    let mut owner = String::new();
    let files = if docs.is_file() {
        vec![docs.to_owned()]
    } else {
        load::files(docs, &mut report)
    };
    for file in files {
        if file.extension().is_none_or(|extension| extension != "rst") {
            continue;
        }
        let folder = if docs.is_file() {
            docs.parent().unwrap_or(docs)
        } else {
            docs
        };
        let path = shown(file.strip_prefix(folder).unwrap_or(&file));
        let own = project.service_of(&path);
        if service.is_some_and(|wanted| wanted != own) {
            continue;
        }
        if own != owner {
            finish(&owner, &loaded, texts, &mut account, &mut report, &mut each);
            loaded.clear();
            owner = own;
        }
        if let Some(text) = load::text(&file, &mut report) {
            let file = shown(&file);
            loaded.push(Loaded { path, file, text });
        }
    }
    finish(&owner, &loaded, texts, &mut account, &mut report, &mut each);
    (account, report)
}

struct Loaded {
    path: String,
    file: String,
    text: String,
}

fn finish(
    service: &str,
    loaded: &[Loaded],
    texts: bool,
    account: &mut ReferenceAccount,
    report: &mut Report,
    each: &mut impl FnMut(ReferencePage),
) {
    let pages: Vec<PageText<'_>> = loaded
        .iter()
        .map(|page| PageText {
            path: &page.path,
            file: &page.file,
            text: &page.text,
            may_be_operation: recognise::may_be_operation_page(&page.text),
        })
        .collect();
    let mut own = Report::default();
    read(service, &pages, account, &mut own)
        .into_iter()
        .for_each(each);
    if texts {
        let named: std::collections::BTreeSet<&str> = own
            .diagnostics()
            .iter()
            .map(|finding| finding.location.file.as_str())
            .collect();
        let named: Vec<&Loaded> = loaded
            .iter()
            .filter(|page| named.contains(page.file.as_str()))
            .collect();
        for page in named {
            report.add_source(&page.file, &page.text);
        }
    }
    report.merge(own);
}
