//! Reads two versions of a documentation or model as the pipeline reads pages, and compares them with `diff`.
//! This module must never write a file.

use super::change::Change;
use super::diff::diff;
use super::side::PageModel;
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::error::Error;
use crate::load::{self, ModelFile, Version};
use crate::pipeline::Outcome;
use crate::project::{Fixup, Project};
use crate::read::{PageChoice, ReadPage};
use crate::{assemble, fixup, merge, recognise};

/// What changed between two versions of a documentation or model, each named as a folder, a file, or
/// `git:REVISION:PATH`. A page that could not be read in full is an error in the report.
///
/// # Errors
/// If a version cannot be read at all.
pub fn diff_versions(
    project: &Project,
    old: &str,
    new: &str,
) -> Result<Outcome<Vec<Change>>, Error> {
    let mut report = Report::default();
    let versions = [old, new].map(|named| {
        let is_wanted = |text: &str| recognise::may_be_permission_page(text, &project.headers);
        load::version(project, named, is_wanted, &mut report)
    });
    if report.has_errors() {
        return Err(Error::from(report));
    }
    let is_model = versions.iter().any(|version| !version.models.is_empty());
    // A model was made with fix-ups and pins names. A page that is compared with it gets the same.
    let pinned = if is_model {
        versions
            .iter()
            .flat_map(|version| version.models.clone())
            .collect()
    } else {
        load::models(project, &mut Report::default())
    };
    let mended: &[Fixup] = if is_model { &project.mended } else { &[] };
    let [old, new] =
        versions.map(|version| read_version(project, version, &pinned, mended, &mut report));
    Ok(Outcome {
        value: diff(&old, &new),
        report,
    })
}

/// A version as it is compared: its pages with the names that `pinned` contains, and with the fix-ups of
/// `mended`. Only the findings that lose rows are reported.
pub fn read_version(
    project: &Project,
    version: Version,
    pinned: &[ModelFile],
    mended: &[Fixup],
    report: &mut Report,
) -> Vec<PageModel> {
    let placed = !version.single;
    let single = version.pages.first().filter(|_| version.single);
    let named = single.map(|source| source.file.clone());
    let project = &project.with_services(version.pages.iter().map(|source| &source.service));
    let mut findings = Report::default();
    let pages = version.pages.into_iter();
    let mut read: Vec<ReadPage> = pages
        .map(|source| ReadPage::page(source, &project.headers, PageChoice::Any, &mut findings))
        .collect();
    report.merge(findings.filtered(|finding| finding.code == Code::MalformedTable));
    fixup::apply(mended, &project.fixup_file(), &mut read, &mut findings);
    merge::superseded(&mut read, &mut findings);
    let alone = |_: &mut Report| Vec::new();
    let models = assemble::models(
        project,
        &read,
        pinned,
        PageChoice::Any,
        alone,
        &mut findings,
    );
    let pages = PageModel::of_pages(&read, &models);
    if let Some(page) = named.filter(|_| pages.is_empty()) {
        let message = format!("`{page}` has no permission table");
        report.push(Diagnostic::new(
            Code::NothingToCompare,
            Location::file(page),
            message,
        ));
    }
    let models = version.models.iter().map(PageModel::of_model);
    let all = pages.into_iter().chain(models);
    all.map(|page| PageModel { placed, ..page }).collect()
}
