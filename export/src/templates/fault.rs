//! Reports an error of a template at its position in its file.
//! If the error is in an included file, the position is in that file. This module must never report it in the file that
//! includes it.

use std::error::Error as _;

use minijinja::{Error, ErrorKind};
use permspec::{Code, Diagnostic, Location, Report, nearest};

use super::Templates;
use crate::schema;

/// Reports an error of rendering.
pub(crate) fn fault(error: &Error, templates: &Templates, report: &mut Report) {
    let error = innermost(error);
    let name = error.name().unwrap_or_default();
    let file = templates.file(name);
    let mut place = Location::file(file);
    if let Some(text) = error.template_source() {
        place = match error.range() {
            Some(range) => {
                let mut place = Location::offset(file, text, range.start);
                place.end = range.end.max(place.start);
                place
            }
            None => Location::line_column(file, text, error.line().unwrap_or(1), 1),
        };
        report.add_source(file, text);
    }
    let marked = error
        .template_source()
        .zip(error.range())
        .and_then(|(text, range)| text.get(range));
    let message = message(error, marked);
    let diagnostic = Diagnostic::new(Code::Template, place, message);
    report.push(match help(error, marked, templates) {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    });
}

/// The error that caused the others.
fn innermost(error: &Error) -> &Error {
    let mut found = error;
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause
            .downcast_ref::<Error>()
            .filter(|cause| cause.name().is_some())
        {
            found = cause;
        }
        source = cause.source();
    }
    found
}

fn message(error: &Error, marked: Option<&str>) -> String {
    match (error.kind(), marked, error.detail()) {
        (ErrorKind::UndefinedError, Some(marked), None) => format!("`{marked}` is undefined"),
        (_, _, Some(detail)) => detail.to_owned(),
        (kind, ..) => kind.to_string(),
    }
}

/// A suggestion for a misspelt name.
fn help(error: &Error, marked: Option<&str>, templates: &Templates) -> Option<String> {
    let meant = |word: &str, known: &mut dyn Iterator<Item = String>| {
        let known: Vec<String> = known.collect();
        nearest(word, known.iter().map(String::as_str))
            .map(|meant| format!("did you mean `{meant}`?"))
    };
    match error.kind() {
        ErrorKind::UndefinedError => {
            let word = marked?.rsplit(['.', ' ']).next()?;
            meant(word, &mut schema::fields().into_iter())
        }
        ErrorKind::TemplateNotFound => {
            let name = error.detail()?.split(['"', '\'']).nth(1)?;
            meant(name, &mut templates.texts.keys().cloned())
        }
        ErrorKind::SyntaxError => Some("the language of templates is minijinja's".to_owned()),
        _ => None,
    }
}
