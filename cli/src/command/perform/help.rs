//! What an operation takes, from its page: `permspec call OPERATION --help`.

use clap::CommandFactory;
use permspec::model::reference::{In, Parameter};
use permspec_runtime::Requirement;

use super::Wanted;
use super::parameters::{kind, scalar, sent};
use crate::arguments::Arguments;
use crate::output::Grid;

/// The help of the command itself.
pub(super) fn of_command() -> String {
    let mut command = Arguments::command();
    command.build();
    let call = command.find_subcommand_mut("call");
    call.map_or_else(String::new, |call| call.render_long_help().to_string())
}

/// The help of an operation.
pub(super) fn text(wanted: &Wanted<'_>) -> String {
    let Some(spec) = wanted.spec else {
        return format!("a call of `{}` that the catalogue lacks", wanted.service);
    };
    let mut lines = vec![format!("{spec}: {}", spec.title)];
    lines.extend(
        spec.endpoints
            .iter()
            .map(|endpoint| format!("  {endpoint}")),
    );
    let actions: Vec<String> = spec.permissions.iter().map(action).collect();
    if !actions.is_empty() {
        lines.push(format!("needs {}", actions.join(", ")));
    }
    let mut grid = Grid::new(&["PARAMETER", "IN", "REQUIRED", "VALUES"]);
    if let Some(endpoint) = spec.endpoints.first() {
        for (name, is_own) in endpoint
            .parameters()
            .zip(wanted.access.is_own(endpoint.path))
        {
            let (required, values) = if is_own {
                ("no", "the caller's own, if it is left out")
            } else {
                ("yes", "")
            };
            row(&mut grid, [&format!("--{name}"), "path", required, values]);
        }
    }
    let path = spec.endpoints.first().map_or("", |endpoint| endpoint.path);
    for parameter in sent(wanted.interface, path) {
        let place = if parameter.location == In::Header {
            "header"
        } else {
            "query"
        };
        let required = if parameter.required { "yes" } else { "no" };
        let (name, values) = (format!("--{}", parameter.name), values(parameter));
        row(&mut grid, [&name, place, required, &values]);
    }
    lines.push(String::new());
    lines.push(grid.within(None).trim_end().to_owned());
    if let Some(body) = wanted.interface.and_then(|it| it.request.as_ref()) {
        lines.push(format!(
            "\nIt takes a body ({}): --body.",
            body.content_type
        ));
    }
    if let Some(doc) = spec.doc {
        lines.push(format!("\n{doc}"));
    }
    lines.join("\n")
}

fn row(grid: &mut Grid, cells: [&str; 4]) {
    grid.add(cells.iter().map(|cell| vec![(*cell).to_owned()]).collect());
}

fn action(needed: &Requirement) -> String {
    match needed.when {
        Some(when) => format!("{} ({when})", needed.permission.as_str()),
        None => needed.permission.as_str().to_owned(),
    }
}

fn values(parameter: &Parameter) -> String {
    let schema = &parameter.schema;
    let said = if schema.values.is_empty() {
        kind(&schema.kind).to_owned()
    } else {
        let listed: Vec<String> = schema.values.iter().map(scalar).collect();
        listed.join(", ")
    };
    let range = match (&schema.minimum, &schema.maximum) {
        (Some(least), Some(most)) => format!(", {} to {}", scalar(least), scalar(most)),
        (Some(least), None) => format!(", at least {}", scalar(least)),
        (None, Some(most)) => format!(", at most {}", scalar(most)),
        (None, None) => String::new(),
    };
    let default = schema.default.as_ref();
    let default = default.map_or_else(String::new, |it| format!(" (default {})", scalar(it)));
    format!("{said}{range}{default}")
}
