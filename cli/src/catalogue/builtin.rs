//! The built-in catalogue: Open Telekom Cloud, as `spec/` was when the command was built.
//! `build.rs` packs it, and this module must never read files.

use std::path::Path;

use permspec::load::{self, InterfaceFile, ModelFile};
use permspec::{Code, Diagnostic, Error, Location, Project, Report, pipeline};

/// The files of `spec/`, one after the other: name, length and text.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.deflate"));

/// The name of the catalogue in messages.
pub const NAME: &str = "the built-in catalogue";

/// The configuration and the models of the catalogue. Interfaces have their parameters, and no schemas of bodies.
/// `narrow` leaves out services before their models are read.
pub fn open(
    narrow: impl FnOnce(&mut Project),
) -> Result<(Project, Vec<ModelFile>, Vec<InterfaceFile>), Error> {
    let Some(text) = unpacked() else {
        let place = Location::file(NAME);
        let broken = Diagnostic::new(Code::Model, place, "the built-in catalogue is damaged");
        return Err(broken.with_help("build the command again").into());
    };
    let named =
        |wanted: &str| files(&text).find_map(|(name, text)| (name == wanted).then_some(text));
    let configuration = named("permspec.toml").unwrap_or_default();
    let mut project = Project::from_toml(configuration, NAME, Path::new("spec"))?;
    if let Some(renamed) = named("renamed.toml") {
        project.read_renames(renamed, NAME)?;
    }
    narrow(&mut project);
    let (mut models, mut interfaces) = (Vec::new(), Vec::new());
    let mut report = Report::default();
    for (name, text) in files(&text) {
        let service = name.split_once('/').map_or("", |(service, _)| service);
        if !project.services.contains_key(service) {
            continue;
        }
        let (path, text) = (Path::new(name), text.to_owned());
        if name.contains("/reference/") {
            interfaces.extend(load::interface_text(path, text, &mut report));
        } else {
            models.extend(load::model_text(path, text, &mut report));
        }
    }
    let models = pipeline::joined(models, &interfaces, &mut report);
    if report.has_errors() {
        return Err(report.into());
    }
    Ok((project, models, interfaces))
}

fn unpacked() -> Option<String> {
    let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).ok()?;
    String::from_utf8(bytes).ok()
}

fn files(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('\n')?;
        let (length, after) = after.split_once('\n')?;
        let (text, after) = after.split_at_checked(length.parse().ok()?)?;
        rest = after;
        Some((name, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_comes_out_as_it_was_packed() {
        let text = unpacked().unwrap();
        let names: Vec<&str> = files(&text).map(|(name, _)| name).collect();
        let length: usize = files(&text)
            .map(|(name, text)| name.len() + text.len() + text.len().to_string().len() + 2)
            .sum();
        assert_eq!(length, text.len());
        assert!(
            names.is_sorted() && names.contains(&"permspec.toml"),
            "{names:?}"
        );
        assert!(names.contains(&"ims/image_sharing.json"), "{names:?}");
    }

    /// 1,543 rows with their actions took 72 KB. The 3,843 interfaces add 170 KB, mostly titles, paths and names, and
    /// their parameters 65 KB. Schemas of bodies would add 600 KB, so `build.rs` leaves them out. This test fails if
    /// they are packed.
    #[test]
    fn it_costs_the_command_less_than_350_kilobytes() {
        assert!(PACKED.len() < 350_000, "{}", PACKED.len());
    }
}
