//! Finds and reads the project's configuration.

use std::path::{Path, PathBuf};

use permspec::{Code, Diagnostic, Error, Location, Project};

/// The paths at which a folder may have a configuration.
const PLACES: [&str; 2] = ["permspec.toml", "spec/permspec.toml"];

/// The project of the file `config`, or else of the nearest configuration in this folder or a parent folder.
pub fn find(config: Option<&Path>) -> Result<Project, Error> {
    match config.map(Path::to_owned).or_else(search) {
        Some(file) => Project::read(&file),
        None => Err(Error::from(
            Diagnostic::new(
                Code::Configuration,
                Location::file("permspec.toml"),
                "there is no permspec.toml in this folder or in a parent folder",
            )
            .with_help(
                "`permspec init` writes one, and --config names another file; `permspec extract PAGE` does not need one",
            ),
        )),
    }
}

/// The project that [`find`] finds, or else an empty project without models.
pub fn find_or_none(config: Option<&Path>) -> Result<Project, Error> {
    match config.map(Path::to_owned).or_else(search) {
        Some(file) => Project::read(&file),
        None => Ok(Project::new("")),
    }
}

/// The nearest configuration in this folder or a parent folder. Its path is relative if it is below the working
/// directory, so that messages are short.
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
