//! Renders templates over a catalogue, to files in memory.
//! A run renders every template and reports all problems. This module must never write to the disk.

use std::collections::BTreeMap;
use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Value, context};
use permspec::write::Files;
use permspec::{Code, Diagnostic, Error, Location, Report};

use crate::context::{Context, Page, Service};
use crate::templates::{Each, Output, Templates, fault};

/// Renders every template over the catalogue. The paths of the files are below the folder `out`.
///
/// # Errors
/// What is wrong with each template that could not be rendered, names that cannot be part of a path, and two files with
/// the same path.
pub fn render(templates: &Templates, catalogue: &Context, out: &Path) -> Result<Files, Error> {
    let views = Views::of(catalogue);
    let mut rendered = Rendered::default();
    for output in &templates.outputs {
        for (service, page) in views.of_each(output.pattern.each()) {
            let names = (
                service.map_or("", |(service, _)| &service.name),
                page.map_or("", |(page, _)| &page.name),
            );
            let path = match output.pattern.path(names.0, names.1) {
                Ok(path) => path,
                Err(message) => {
                    rendered.wrong_name(templates, output, message);
                    continue;
                }
            };
            let seen = views.seen(
                service.map(|(_, value)| value),
                page.map(|(_, value)| value),
            );
            match text(templates, output, seen) {
                Ok(text) => rendered.insert(templates, output, path, text),
                Err(error) => {
                    fault(&error, templates, &mut rendered.report);
                    // The next service would only repeat the error.
                    break;
                }
            }
        }
    }
    rendered.files(out)
}

fn text(templates: &Templates, output: &Output, seen: Value) -> Result<String, minijinja::Error> {
    match templates.verbatim(&output.name) {
        Some(text) => Ok(text.to_owned()),
        None => templates
            .environment
            .get_template(&output.name)?
            .render(seen),
    }
}

/// The catalogue as templates see it, made once for all of them.
struct Views<'c> {
    whole: Value,
    services: Vec<(&'c Service, Value)>,
    pages: Vec<Vec<(&'c Page, Value)>>,
}

type View<'v, T> = Option<(&'v T, &'v Value)>;

impl<'c> Views<'c> {
    fn of(catalogue: &'c Context) -> Self {
        let whole = Value::from(Serde(catalogue));
        let items = |value: &Value, key: &str| -> Vec<Value> {
            let list = value
                .get_attr(key)
                .ok()
                .and_then(|list| list.try_iter().ok());
            list.into_iter().flatten().collect()
        };
        let services = items(&whole, "services");
        let pages = catalogue.services.iter().zip(&services);
        Views {
            pages: pages
                .map(|(service, value)| service.pages.iter().zip(items(value, "pages")).collect())
                .collect(),
            services: catalogue.services.iter().zip(services).collect(),
            whole,
        }
    }

    /// What a template is rendered for.
    fn of_each(&self, each: Each) -> Vec<(View<'_, Service>, View<'_, Page>)> {
        let services = self
            .services
            .iter()
            .map(|(service, value)| (*service, value));
        match each {
            Each::Catalogue => vec![(None, None)],
            Each::Service => services.map(|service| (Some(service), None)).collect(),
            Each::Page => services
                .zip(&self.pages)
                .flat_map(|(service, pages)| {
                    pages
                        .iter()
                        .map(move |(page, value)| (Some(service), Some((*page, value))))
                })
                .collect(),
        }
    }

    /// The catalogue, with the service and the page of one file.
    fn seen(&self, service: Option<&Value>, page: Option<&Value>) -> Value {
        match (service, page) {
            (Some(service), Some(page)) => context! { service, page, ..self.whole.clone() },
            (Some(service), None) => context! { service, ..self.whole.clone() },
            (None, _) => self.whole.clone(),
        }
    }
}

/// The files that were rendered so far.
#[derive(Default)]
struct Rendered {
    texts: BTreeMap<String, (String, String)>,
    report: Report,
}

impl Rendered {
    fn insert(&mut self, templates: &Templates, output: &Output, path: String, text: String) {
        if let Some((other, _)) = self.texts.get(&path) {
            let message = format!("`{path}` is already made of `{other}`");
            self.wrong_name(templates, output, message);
            return;
        }
        let file = templates.file(&output.name).to_owned();
        self.texts.insert(path, (file, text));
    }

    fn wrong_name(&mut self, templates: &Templates, output: &Output, message: String) {
        let place = Location::file(templates.file(&output.name));
        self.report
            .push(Diagnostic::new(Code::Output, place, message));
    }

    fn files(self, out: &Path) -> Result<Files, Error> {
        if self.report.has_errors() {
            return Err(Error::from(self.report));
        }
        let mut files = Files::below(out);
        for (path, (_, text)) in self.texts {
            files.insert(out.join(path), text);
        }
        Ok(files)
    }
}
