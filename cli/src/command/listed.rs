//! Lists operations: in columns for people, and in one form for programs.
//! Every command that prints operations of the model uses this module, so that all commands have the same form.

use permspec::model::{Endpoint, Operation, Page, Requirement};
use serde::Serialize;
use serde_json::{Value, json};

use crate::output::{Grid, mark};

/// An operation with its service and page.
#[derive(Serialize)]
pub struct Listed<'a> {
    /// Its name, such as `ims.AddImageMember`. Every command prints and accepts this name.
    pub operation: String,
    /// The name without the service, only in the JSON object of a model's operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    service: &'a str,
    page: &'a str,
    title: &'a str,
    section: Option<&'a str>,
    line: u32,
    endpoints: &'a [Endpoint],
    actions: Vec<Value>,
    dependencies: Vec<Value>,
    iam_project: Option<bool>,
    enterprise_project: Option<bool>,
}

impl<'a> Listed<'a> {
    pub fn of(page: &'a Page, operation: &'a Operation) -> Self {
        let needed = |list: &[Requirement]| {
            let one = |needed: &Requirement| required(&needed.action, needed.when.as_deref());
            list.iter().map(one).collect()
        };
        Listed {
            operation: name(page, operation),
            id: None,
            service: &page.service,
            page: &page.page.path,
            title: &operation.title,
            section: operation.section.as_deref(),
            line: operation.line,
            endpoints: &operation.endpoints,
            actions: needed(&operation.actions),
            dependencies: needed(&operation.dependencies),
            iam_project: operation.iam_project,
            enterprise_project: operation.enterprise_project,
        }
    }

    /// The JSON object of the model, which also has the name without the service, as `id`.
    pub fn of_the_model(page: &'a Page, operation: &'a Operation) -> Self {
        Listed {
            id: Some(&operation.id),
            ..Listed::of(page, operation)
        }
    }
}

/// A needed action with the case in which it is needed, as every command prints it for programs.
pub fn required(action: &str, when: Option<&str>) -> Value {
    json!({"action": action, "when": when})
}

/// The name of an operation: `ims.AddImageMember`.
pub fn name(page: &Page, operation: &Operation) -> String {
    format!("{}.{}", page.service, operation.id)
}

/// Operations as columns of text.
pub fn grid<'a>(operations: impl IntoIterator<Item = (&'a Page, &'a Operation)>) -> Grid {
    let mut grid = Grid::new(&["OPERATION", "ROUTE", "ACTIONS", "IAM", "EPS"]);
    for (page, operation) in operations {
        let actions = operation.actions.iter();
        grid.add(vec![
            vec![name(page, operation)],
            operation
                .endpoints
                .iter()
                .map(ToString::to_string)
                .collect(),
            actions.map(Requirement::to_string).collect(),
            vec![mark(operation.iam_project).to_owned()],
            vec![mark(operation.enterprise_project).to_owned()],
        ]);
    }
    grid
}
