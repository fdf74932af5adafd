//! `permspec permissions`: lists actions and the operations that need them.

use std::collections::BTreeMap;
use std::path::Path;

use permspec::Error;
use permspec_export::csv_field;
use permspec_runtime::{Permission, Requirement, RouteSpec};
use serde_json::{Value, json};

use super::search::every;
use super::suggest::nearest_patterns;
use crate::arguments::{Permissions, TableFormat};
use crate::output::{Grid, print, quoted, say};
use crate::{Verdict, catalogue};

/// The operations that name an action, and whether they only depend on it.
type Uses = BTreeMap<Permission, Vec<(&'static RouteSpec, &'static Requirement, bool)>>;

pub fn run(options: &Permissions, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let catalogue = known.catalogue(None)?;
    let wanted = every(&known, None, options.grep.as_deref());
    let pattern = pattern(&options.pattern);
    let mut uses = Uses::new();
    for spec in catalogue
        .specs()
        .filter(|spec| wanted.has_name(&spec.to_string()))
    {
        let named = spec.permissions.iter().map(|needed| (needed, false));
        let named = named.chain(spec.dependencies.iter().map(|needed| (needed, true)));
        for (needed, depends) in named.filter(|(needed, _)| pattern.covers(&needed.permission)) {
            uses.entry(needed.permission.clone())
                .or_default()
                .push((spec, needed, depends));
        }
    }
    match options.format {
        TableFormat::Text if uses.is_empty() => {}
        TableFormat::Text => print(&grid(&uses).to_string()),
        TableFormat::Json => print(&format!("{:#}\n", json(&uses))),
        TableFormat::Csv => print(&csv(&uses)),
    }
    if wanted.verdict() != Verdict::Clean {
        return Ok(wanted.verdict());
    }
    if uses.is_empty() {
        let asked = quoted(pattern.as_str());
        say(&format!("error: the catalogue has no action {asked}"));
        for meant in nearest_patterns(&catalogue, pattern.as_str()) {
            say(&format!("help: did you mean {meant}?"));
        }
        if !options.pattern.contains(':') {
            let words = options.pattern.escape_debug();
            say(&format!(
                "help: `--grep \"{words}\"` finds actions by words"
            ));
        }
        return Ok(Verdict::Findings);
    }
    Ok(Verdict::Clean)
}

/// The pattern in the form of a policy: `ims:*:*` for `ims` and for `ims:*`.
fn pattern(text: &str) -> Permission {
    let missing = 3_usize.saturating_sub(text.split(':').count());
    if missing == 0 || text.is_empty() {
        return Permission::from(text.to_owned());
    }
    let whole = format!("{text}{}", ":*".repeat(missing));
    say(&format!(
        "note: {} is read as `{}`; a pattern of a policy has three parts",
        quoted(text),
        whole.escape_debug()
    ));
    Permission::from(whole)
}

fn grid(uses: &Uses) -> Grid {
    let mut grid = Grid::new(&["ACTION", "NEEDED BY"]);
    for (action, operations) in uses {
        let operation = |(spec, needed, depends): &(&RouteSpec, &Requirement, bool)| {
            let when = needed
                .when
                .map(|when| format!(" ({when})"))
                .unwrap_or_default();
            let depends = if *depends { " (depends on it)" } else { "" };
            format!("{spec}{when}{depends}")
        };
        grid.add(vec![
            vec![action.to_string()],
            operations.iter().map(operation).collect(),
        ]);
    }
    grid
}

fn json(uses: &Uses) -> Value {
    let operation = |(spec, needed, depends): &(&RouteSpec, &Requirement, bool)| json!({"operation": spec.to_string(), "when": needed.when, "dependency": depends});
    let action = |(action, operations): (&Permission, &Vec<_>)| json!({"action": action.as_str(), "operations": operations.iter().map(operation).collect::<Value>()});
    uses.iter().map(action).collect()
}

fn csv(uses: &Uses) -> String {
    let mut text = String::from("action,operation,when,dependency\r\n");
    for (action, operations) in uses {
        for (spec, needed, depends) in operations {
            let cells = [
                action.to_string(),
                spec.to_string(),
                needed.when.unwrap_or("").to_owned(),
                depends.to_string(),
            ];
            text += &(cells.map(|cell| csv_field(&cell)).join(",") + "\r\n");
        }
    }
    text
}
