//! `permspec generate`: writes the generated crate from the spec model.

use std::path::Path;

use permspec::{Code, Diagnostic, Error, Location, pipeline};

use super::project;
use super::store::store;
use crate::Verdict;
use crate::arguments::Generate;
use crate::output::report_findings;

pub fn run(options: &Generate, config: Option<&Path>) -> Result<Verdict, Error> {
    let project = project::find(config)?;
    if project.package.is_none() {
        return Err(Error::from(
            Diagnostic::new(
                Code::Configuration,
                Location::file("permspec.toml"),
                "the project has no crate to generate",
            )
            .with_help(
                "add a `[crate]` table, or generate in a build script with `permspec::Builder`",
            ),
        ));
    }
    let read = pipeline::whole(&project)?;
    report_findings(&read.report);
    let pipeline::Whole { models, interfaces } = read.value;
    store(
        &pipeline::generate(&project, &models, &interfaces),
        options.check,
    )
}
