//! Finds and reads the project's configuration.

use std::path::{Path, PathBuf};

use permspec::{Code, Diagnostic, Error, Location, Project};

/// Where a configuration may stand, from the folder that is searched.
const PLACES: [&str; 2] = ["permspec.toml", "spec/permspec.toml"];

/// The project of `config`, else of the nearest configuration here or in a folder above.
pub fn find(config: Option<&Path>) -> Result<Project, Error> {
    match config.map(Path::to_owned).or_else(search) {
        Some(file) => Project::read(&file),
        None => Err(Error::from(
            Diagnostic::new(
                Code::Configuration,
                Location::file("permspec.toml"),
                "there is no permspec.toml here or in a folder above",
            )
            .with_help(
                "`permspec init` writes one, and --config names it; a page alone: `permspec extract PAGE`",
            ),
        )),
    }
}

/// The project as [`find`] finds it, or one that knows nothing and keeps no model.
pub fn find_or_none(config: Option<&Path>) -> Result<Project, Error> {
    match config.map(Path::to_owned).or_else(search) {
        Some(file) => Project::read(&file),
        None => Ok(Project::new("")),
    }
}

/// The nearest configuration here or in a folder above. Paths stay relative where the file is below the
/// current folder, so that messages are short.
pub fn search() -> Option<PathBuf> {
    let here = PLACES
        .iter()
        .map(PathBuf::from)
        .find(|place| place.is_file());
    here.or_else(|| {
        let folder = std::env::current_dir().ok()?;
        folder.ancestors().skip(1).find_map(|above| {
            PLACES
                .iter()
                .map(|place| above.join(place))
                .find(|place| place.is_file())
        })
    })
}
