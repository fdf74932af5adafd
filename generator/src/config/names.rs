//! Checks the names in a configuration: services, pages, operations, the crate. Each becomes a folder, a file
//! or a name in code. A name that cannot become one is an error at its place. This module must never read a
//! page.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::place;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::ident::{OF_A_SERVICE, function, is_identifier, is_service, of_the_crate, twins};
use crate::project::{Package, Project, ServiceSettings};

/// Reports every unusable name of `project`, at its place in the text of the configuration.
pub(super) fn check(project: &Project, text: &str, file: &str, report: &mut Report) {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut checked = Names {
        text,
        file,
        table: table.get_ref(),
        report,
    };
    checked.services(project);
    for (service, settings) in &project.services {
        checked.pages(service, settings);
        checked.ids(service, settings);
    }
    if let Some(package) = &project.package {
        checked.package(project, package);
    }
}

struct Names<'a> {
    text: &'a str,
    file: &'a str,
    table: &'a DeTable<'a>,
    report: &'a mut Report,
}

impl Names<'_> {
    fn services(&mut self, project: &Project) {
        let names = || project.services.keys().map(String::as_str);
        for name in names().filter(|name| !is_service(name)) {
            let message = format!("`{name}` cannot be the name of a service");
            self.fault(&["service", name], &message, OF_A_SERVICE);
        }
        for (name, earlier) in twins(names()) {
            let message =
                format!("the services `{name}` and `{earlier}` would share one module or folder");
            self.fault(
                &["service", name],
                &message,
                "give one of them another name",
            );
        }
        if project.package.is_some() {
            for name in names() {
                if let Some(taken) = of_the_crate(name) {
                    let message = format!(
                        "`{name}` cannot be a service of the generated crate: it is {taken}"
                    );
                    let help = "give the service another name; its pages may stay where they are";
                    self.fault(&["service", name], &message, help);
                }
            }
        }
    }

    /// Pages must be below the folder of pages, so that a copy of a page is never written elsewhere.
    fn pages(&mut self, service: &str, settings: &ServiceSettings) {
        for (at, page) in settings.pages.iter().enumerate() {
            let mut parts = page.split(['/', '\\']);
            let is_drive = page.as_bytes().get(1) == Some(&b':');
            let is_below = parts.all(|part| !part.is_empty() && part != "..") && !is_drive;
            if !is_below {
                let message = format!("the page `{page}` is not below the folder of pages");
                let help = "let `docs` name a folder that contains all pages, and state the path of the page from there";
                let span = match self.value(&["service", service, "pages"]) {
                    Some(DeValue::Array(pages)) => pages.get(at).map(toml::Spanned::span),
                    _ => None,
                };
                self.fault_at(span, &message, help);
            }
        }
    }

    /// Names of operations that people chose.
    fn ids(&mut self, service: &str, settings: &ServiceSettings) {
        let mut taken: Vec<(String, &str)> = Vec::new();
        for (call, id) in &settings.ids {
            let keys = ["service", service, "ids", call];
            if !is_identifier(id) {
                let message = format!("`{id}` cannot be the name of an operation");
                self.fault(&keys, &message, Code::InvalidId.help());
                continue;
            }
            let function = function(id);
            if let Some((_, other)) = taken.iter().find(|(taken, _)| *taken == function) {
                let message =
                    format!("`{id}` and `{other}` would both become the function `{function}`");
                self.fault(&keys, &message, "give one of them another name");
            }
            taken.push((function, id));
        }
    }

    fn package(&mut self, project: &Project, package: &Package) {
        let word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let is_name = package.name.starts_with(|c: char| c.is_ascii_alphabetic())
            && package.name.chars().all(word)
            && !crate::ident::KEYWORDS.contains(&package.name.as_str());
        if !is_name {
            let message = format!("`{}` cannot be the name of a crate", package.name);
            let help = "a crate's name starts with a letter, has letters, digits, `-` and `_`, and is not a keyword";
            self.fault(&["crate", "name"], &message, help);
        }
        let number = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
        if package.version.is_empty() || !package.version.chars().all(number) {
            let message = format!("`{}` is not a version", package.version);
            self.fault(
                &["crate", "version"],
                &message,
                "write three numbers, such as `0.1.0`",
            );
        }
        for feature in &package.default_features {
            if feature != "all" && !project.services.contains_key(feature) {
                let message = format!("`{feature}` is not a feature of the crate");
                let help = "the features are the names of the services, and `all`";
                self.fault(&["crate", "default-features"], &message, help);
            }
        }
    }

    fn fault(&mut self, keys: &[&str], message: &str, help: &str) {
        let span = self.span(keys);
        self.fault_at(span, message, help);
    }

    fn fault_at(&mut self, span: Option<Range<usize>>, message: &str, help: &str) {
        let place = place(self.text, self.file, span.unwrap_or(0..0));
        let fault = Diagnostic::new(Code::Configuration, place, message).with_help(help);
        self.report.push(fault);
    }

    /// Where the last of `keys` is written. If its value is a text, the place of the text.
    fn span(&self, keys: &[&str]) -> Option<Range<usize>> {
        let (last, above) = keys.split_last()?;
        let table = if above.is_empty() {
            self.table
        } else {
            match self.value(above)? {
                DeValue::Table(table) => table,
                _ => return None,
            }
        };
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        Some(match value.get_ref() {
            DeValue::Table(_) => key.span(),
            _ => value.span(),
        })
    }

    fn value(&self, keys: &[&str]) -> Option<&DeValue<'_>> {
        let (first, rest) = keys.split_first()?;
        let mut value = self.table.get(*first)?.get_ref();
        for key in rest {
            let DeValue::Table(table) = value else {
                return None;
            };
            value = table.get(*key)?.get_ref();
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const CRATE: &str = "[crate]\npath = \"c\"\nname = \"my-api\"\nversion = \"0.1.0\"\ndescription = \"x\"\nlicense = \"MIT\"\n";

    /// Line, column and message of every fault.
    fn faults(text: &str) -> Vec<(u32, u32, String)> {
        let text = format!("permspec = 1\n{text}");
        match Project::from_toml(&text, "permspec.toml", Path::new("")) {
            Ok(_) => Vec::new(),
            Err(error) => {
                let found = error.report().diagnostics();
                let fault = |d: &&Diagnostic| {
                    assert_eq!(d.code, Code::Configuration);
                    (d.location.line, d.location.column, d.message.clone())
                };
                found.iter().map(fault).collect()
            }
        }
    }

    #[test]
    fn a_service_that_is_no_folder_or_module_is_an_error_at_its_name() {
        for (key, shown) in [
            ("\"\"", ""),
            ("\"a/b\"", "a/b"),
            ("\"../../x\"", "../../x"),
            ("\"/abs\"", "/abs"),
            ("\"..\"", ".."),
            ("\"a b\"", "a b"),
        ] {
            let found = faults(&format!("[service.{key}]\n"));
            let message = format!("`{shown}` cannot be the name of a service");
            assert_eq!(found, [(2, 10, message)], "{key}");
        }
        assert_eq!(faults("[service.ims]\n[service.gen]\n[service.type]\n"), []);
    }

    #[test]
    fn services_that_become_one_module_are_an_error_at_the_second() {
        for (one, other) in [("my-svc", "my_svc"), ("Demo", "demo"), ("MySvc", "my-svc")] {
            let found = faults(&format!("[service.{one}]\n[service.{other}]\n"));
            let message =
                format!("the services `{other}` and `{one}` would share one module or folder");
            assert_eq!(found, [(3, 10, message)]);
        }
    }

    #[test]
    fn a_service_of_a_crate_never_takes_what_the_crate_has_already() {
        for name in [
            "all",
            "default",
            "lib",
            "main",
            "catalogue",
            "permspec-runtime",
            "Lib",
        ] {
            let found = faults(&format!("[service.{name}]\n{CRATE}"));
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            assert_eq!((found[0].0, found[0].1), (2, 10), "{name}");
            // A module of a build script does not clash with anything.
            assert_eq!(faults(&format!("[service.{name}]\n")), [], "{name}");
        }
    }

    #[test]
    fn a_page_outside_of_the_folder_of_pages_is_an_error_at_its_path() {
        let outside = [
            "../x.rst",
            "a/../../x.rst",
            "/etc/x.rst",
            "",
            "a//b.rst",
            "C:/x.rst",
        ];
        for page in outside {
            let found = faults(&format!("[service.ims]\npages = [\"a.rst\", \"{page}\"]\n"));
            let message = format!("the page `{page}` is not below the folder of pages");
            assert_eq!(found, [(3, 19, message)], "{page}");
        }
        assert_eq!(
            faults("[service.ims]\npages = [\"a/b.rst\", \"./c.rst\", \"ab: c.rst\"]\n"),
            []
        );
    }

    #[test]
    fn a_chosen_name_that_is_no_name_or_the_function_of_another_is_an_error_at_it() {
        let ids = |ids: &str| faults(&format!("[service.ims.ids]\n{ids}"));
        for id in ["Self", "ALL", "get", "", "A-b", "\u{c4}"] {
            let found = ids(&format!("\"GET /a\" = \"{id}\"\n"));
            let message = format!("`{id}` cannot be the name of an operation");
            assert_eq!(found, [(3, 12, message)], "{id}");
        }
        let found = ids("\"GET /a\" = \"GetAB\"\n\"GET /b\" = \"GetAb\"\n");
        let message = "`GetAb` and `GetAB` would both become the function `get_ab`";
        assert_eq!(found, [(4, 12, message.to_owned())]);
    }

    #[test]
    fn a_crate_that_cargo_would_refuse_is_an_error_at_the_setting() {
        for (from, to, line) in [
            ("\"my-api\"", "\"fn\"", 4),
            ("\"my-api\"", "\"my api\"", 4),
            ("\"my-api\"", "'x\"'", 4),
            ("\"0.1.0\"", "'1\"'", 5),
            ("\"MIT\"", "\"MIT\"\ndefault-features = [\"ims\"]", 8),
        ] {
            let found = faults(&CRATE.replace(from, to));
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert_eq!(found[0].0, line, "{to}");
        }
        assert_eq!(faults(CRATE), []);
    }
}
