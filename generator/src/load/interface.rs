//! The interface files of a project: what `spec/<service>/reference/` holds.

use std::path::{Path, PathBuf};

use super::{json_files, line_feeds, text, without_mark};
use crate::diagnostic::{Code, Diagnostic, Location, Report};
use crate::ident::{OF_A_SERVICE, is_service};
use crate::model::Interface;
use crate::project::{Project, shown};

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
            interface_text(path, &text, report)
        }));
    }
    found
}

/// What the text of an interface file says that is at `path`, or would be.
pub fn interface_text(path: &Path, text: &str, report: &mut Report) -> Option<InterfaceFile> {
    let text = line_feeds(without_mark(text)).into_owned();
    let file = shown(path);
    let fault = match Interface::from_json(&text) {
        Ok(interface) if is_service(&interface.service) => {
            return Some(InterfaceFile {
                path: path.to_owned(),
                text,
                interface,
            });
        }
        Ok(interface) => {
            let at = text.find("\"service\"").unwrap_or_default();
            let message = format!("`{}` cannot be the name of a service", interface.service);
            Diagnostic::new(Code::Model, Location::offset(&file, &text, at), message)
                .with_help(OF_A_SERVICE)
        }
        Err(error) => {
            let place = Location::line_column(&file, &text, error.line, error.column);
            Diagnostic::new(Code::Model, place, error.message)
        }
    };
    report.push(fault);
    report.add_source(file, text);
    None
}
