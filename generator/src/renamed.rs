//! The earlier names of operations: a table of the project, by service, old name and new name. People find an
//! operation by its old name, so no other operation gets that name.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::load::ModelFile;
use crate::project::Project;

/// An operation that has another name now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rename {
    /// The short name of the service.
    pub service: String,
    /// The name that the operation had.
    pub old: String,
    /// The `id` that it has now.
    pub new: String,
    /// The line in its file, from 1; 0 if it was made in code.
    pub line: usize,
}

impl Project {
    /// The present name of an operation whose earlier name is `old`.
    ///
    /// ```
    /// use permspec::{Project, Rename};
    ///
    /// let mut project = Project::new("");
    /// project.renames.push(Rename {
    ///     service: "ims".into(),
    ///     old: "QueryImages".into(),
    ///     new: "ListImages".into(),
    ///     line: 0,
    /// });
    /// assert_eq!(project.renamed("ims", "QueryImages"), Some("ListImages"));
    /// assert_eq!(project.renamed("ims", "ListImages"), None);
    /// ```
    pub fn renamed(&self, service: &str, old: &str) -> Option<&str> {
        let is_it = |rename: &&Rename| rename.service == service && rename.old == old;
        self.renames
            .iter()
            .find(is_it)
            .map(|rename| rename.new.as_str())
    }

    /// The earlier names of a service's operations. No other operation may get them.
    pub(crate) fn old_names(&self, service: &str) -> impl Iterator<Item = &str> {
        let own = move |rename: &&Rename| rename.service == service;
        self.renames
            .iter()
            .filter(own)
            .map(|rename| rename.old.as_str())
    }
}

#[cfg(feature = "config")]
impl Project {
    /// Reads the text of the table of renamed operations. `file` is its name in messages.
    ///
    /// # Errors
    /// If the text is not TOML, or not a table of `old = "new"` per service.
    pub fn read_renames(&mut self, text: &str, file: &str) -> Result<(), crate::error::Error> {
        self.renames = read(text, file)?;
        Ok(())
    }
}

/// Reports wrong entries of the table: the new name does not belong to an operation, or the old name still
/// does. Services without a model that was read are skipped.
pub(crate) fn check(project: &Project, files: &[ModelFile], report: &mut Report) {
    let pages = || files.iter().map(|file| &file.page);
    let services: BTreeSet<&str> = pages().map(|page| page.service.as_str()).collect();
    let ids: BTreeSet<(&str, &str)> = pages()
        .flat_map(|page| {
            let ids = page
                .operations
                .iter()
                .map(|operation| operation.id.as_str());
            ids.map(|id| (page.service.as_str(), id))
        })
        .collect();
    for rename in &project.renames {
        let Rename {
            service, old, new, ..
        } = rename;
        if !services.contains(service.as_str()) {
            continue;
        }
        let message = if ids.contains(&(service, old)) {
            format!("`{service}.{old}` is the name of an operation again")
        } else if ids.contains(&(service, new)) {
            continue;
        } else {
            format!("`{service}.{old}` is renamed to `{service}.{new}`, which does not exist")
        };
        let place = Location {
            line: u32::try_from(rename.line.max(1)).unwrap_or(u32::MAX),
            ..Location::file(project.renames_file())
        };
        report.push(Diagnostic::new(Code::StaleRename, place, message));
    }
}

/// The entries of a file: `old = "new"` below `[service]`.
#[cfg(feature = "config")]
fn read(text: &str, file: &str) -> Result<Vec<Rename>, crate::error::Error> {
    use std::collections::BTreeMap;
    use toml::Spanned;

    let services: BTreeMap<String, BTreeMap<String, Spanned<String>>> =
        crate::config::parse(text, file)?;
    let rename = |service: &String, (old, new): (String, Spanned<String>)| Rename {
        service: service.clone(),
        old,
        line: text[..new.span().start].matches('\n').count() + 1,
        new: new.into_inner(),
    };
    let of_service = |(service, names): (String, BTreeMap<String, Spanned<String>>)| {
        let renames = names.into_iter().map(|name| rename(&service, name));
        renames.collect::<Vec<_>>()
    };
    Ok(services.into_iter().flat_map(of_service).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Page;

    fn project(renames: &[(&str, &str)]) -> Project {
        let mut project = Project::new("");
        for (at, (old, new)) in renames.iter().enumerate() {
            project.renames.push(Rename {
                service: "bake".into(),
                old: (*old).into(),
                new: (*new).into(),
                line: at + 2,
            });
        }
        project
    }

    fn model(id: &str) -> ModelFile {
        let page = format!(
            r#"{{"permspec": 2, "service": "bake",
            "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}},
            "operations": [{{"id": "{id}", "title": "", "section": null, "line": 1, "endpoints": [],
                "actions": [], "dependencies": [], "iam_project": null, "enterprise_project": null}}]}}"#
        );
        ModelFile {
            path: "bake/ovens.json".into(),
            page: Page::from_json(&page).unwrap(),
            text: page,
        }
    }

    #[test]
    fn an_entry_leads_to_an_operation_that_exists_from_a_name_that_nobody_has() {
        let project = project(&[
            ("QueryOvens", "ListOvens"),
            ("QueryDoors", "ListDoors"),
            ("ListOvens", "GetOvens"),
        ]);
        let mut report = Report::default();
        check(&project, &[model("ListOvens")], &mut report);
        let found: Vec<_> = report
            .diagnostics()
            .iter()
            .map(|d| (d.code, d.location.line))
            .collect();
        assert_eq!(found, [(Code::StaleRename, 3), (Code::StaleRename, 4)]);
    }

    #[cfg(feature = "config")]
    #[test]
    fn a_file_of_renames_is_read_with_its_lines() {
        let text = "# why\n\n[bake]\nQueryOvens = \"ListOvens\"\n";
        let renames = read(text, "renamed.toml").unwrap();
        assert_eq!(renames[0].line, 4);
        assert_eq!(
            (&*renames[0].service, &*renames[0].old, &*renames[0].new),
            ("bake", "QueryOvens", "ListOvens")
        );
        assert!(read("[bake]\nQueryOvens = 1\n", "renamed.toml").is_err());
    }
}
