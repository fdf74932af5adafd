//! The interface files of a project: what `spec/<service>/reference/` holds.

use std::path::{Path, PathBuf};

use super::{json_files, parsed, text};
use crate::diagnostic::Report;
use crate::model::Interface;
use crate::project::Project;

/// The folder of interfaces in the folder of a service.
pub(crate) const INTERFACES: &str = "reference";

/// An interface and the file that holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct InterfaceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text as it is on the disk.
    pub text: String,
    /// What it says.
    pub interface: Interface,
}

/// The interface files of every service of the project, in the order of their names. A service whose folder does
/// not exist yet has none.
pub fn interfaces(project: &Project, report: &mut Report) -> Vec<InterfaceFile> {
    let folders = project
        .services
        .keys()
        .filter_map(|service| project.model_folder(service));
    let mut found = Vec::new();
    for folder in folders {
        let paths = json_files(&folder.join(INTERFACES), report);
        found.extend(paths.iter().filter_map(|path| {
            let text = text(path, report)?;
            interface_text(path, text, report)
        }));
    }
    found
}

/// What the text of an interface file says that is at `path`, or would be.
pub fn interface_text(path: &Path, text: String, report: &mut Report) -> Option<InterfaceFile> {
    let (text, interface) = parsed(
        path,
        text,
        Interface::from_json,
        |interface| &interface.service,
        report,
    )?;
    Some(InterfaceFile {
        path: path.to_owned(),
        text,
        interface,
    })
}
