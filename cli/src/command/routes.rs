//! `permspec routes`: operations with their routes, actions and scopes.

use std::path::Path;

use permspec::model::{Operation, Page, Requirement};
use permspec::{Error, pipeline};
use serde::Serialize;

use super::project;
use crate::Verdict;
use crate::arguments::{Format, Routes};
use crate::output::{Grid, mark, print, print_line, report_findings};

/// An operation with the service and page that it belongs to.
#[derive(Serialize)]
pub struct Listed<'a> {
    service: &'a str,
    page: &'a str,
    #[serde(flatten)]
    operation: &'a Operation,
}

pub fn run(options: &Routes, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find(config)?;
    let models = pipeline::models(&project)?;
    report_findings(&models.report);
    let services = models.value.iter().map(|model| &*model.page.service);
    project::check_service(options.service.as_deref(), services)?;
    let wanted = |page: &&Page| {
        options
            .service
            .as_ref()
            .is_none_or(|name| *name == page.service)
    };
    let pages: Vec<&Page> = models
        .value
        .iter()
        .map(|model| &model.page)
        .filter(wanted)
        .collect();
    match options.format {
        Format::Json => {
            let listed: Vec<Listed<'_>> = pages.iter().flat_map(|page| listed(page)).collect();
            let text = serde_json::to_string_pretty(&listed);
            print_line(text.expect("operations are plain JSON values"));
        }
        Format::Text => print(&grid(&pages).to_string()),
    }
    Ok(Verdict::Clean)
}

/// The operations of a page, each with its service and page.
pub fn listed(page: &Page) -> impl Iterator<Item = Listed<'_>> {
    page.operations.iter().map(|operation| Listed {
        service: &page.service,
        page: &page.page.path,
        operation,
    })
}

/// The operations of `pages` as columns of text.
pub fn grid(pages: &[&Page]) -> Grid {
    let mut grid = Grid::new(&["OPERATION", "ROUTE", "ACTIONS", "IAM", "EPS"]);
    for page in pages {
        for operation in &page.operations {
            grid.add(vec![
                vec![format!("{}.{}", page.service, operation.id)],
                operation.routes.iter().map(ToString::to_string).collect(),
                operation
                    .actions
                    .iter()
                    .map(Requirement::to_string)
                    .collect(),
                vec![mark(operation.iam_project).to_owned()],
                vec![mark(operation.enterprise_project).to_owned()],
            ]);
        }
    }
    grid
}
