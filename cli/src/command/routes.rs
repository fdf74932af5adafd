//! `permspec routes`: lists operations with their calls, actions and scopes.

use std::path::Path;

use permspec::Error;
use permspec::model::{Operation, Page};

use super::listed::{Listed, grid};
use super::search::every;
use crate::arguments::{Format, Routes};
use crate::output::{print, print_line};
use crate::{Verdict, catalogue};

pub fn run(options: &Routes, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let service = options.service.as_deref();
    known.check_service(service)?;
    let wanted = every(&known, service, options.grep.as_deref());
    let operations = known.operations().filter(|(page, operation)| {
        service.is_none_or(|name| name == page.service) && wanted.has(page, operation)
    });
    let operations: Vec<(&Page, &Operation)> = operations.collect();
    match options.format {
        Format::Json => {
            let listed = operations.iter().map(|(page, one)| Listed::of(page, one));
            let text = serde_json::to_string_pretty(&listed.collect::<Vec<_>>());
            print_line(text.expect("operations are plain JSON values"));
        }
        Format::Text if operations.is_empty() => {}
        Format::Text => print(&grid(operations.iter().copied()).to_string()),
    }
    Ok(wanted.verdict())
}
