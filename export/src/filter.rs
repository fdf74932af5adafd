//! The filters that templates have besides minijinja's own.
//! Each filter is a function of its arguments. This module must never read anything else.

use minijinja::{Environment, Error, ErrorKind, Value, context};
use permspec::{inert, model, nearest};
use permspec_runtime::Permission;

use crate::language;

/// Adds every filter under its name.
pub(crate) fn add_to(environment: &mut Environment<'_>) {
    environment.add_filter("snake", |text: &str| permspec::ident::snake_case(text));
    environment.add_filter("kebab", |text: &str| {
        permspec::ident::snake_case(text).replace('_', "-")
    });
    environment.add_filter("screaming", |text: &str| {
        permspec::ident::snake_case(text).to_ascii_uppercase()
    });
    environment.add_filter("pascal", pascal);
    environment.add_filter("camel", camel);
    environment.add_filter("pad", |text: &str, width: usize| format!("{text:width$}"));
    environment.add_filter("parameters", parameters);
    environment.add_filter("parts", parts);
    environment.add_filter("ident", ident);
    environment.add_filter("quote", quote);
    environment.add_filter("comment", |text: &str| inert::line(text));
    environment.add_filter("markdown", |text: &str| inert::text(text));
    environment.add_filter("code", |text: &str| inert::code(text));
    environment.add_test("link", |address: Value| {
        address.as_str().is_some_and(inert::is_link)
    });
    environment.add_filter("csv", |value: Value| csv_field(&value.to_string()));
}

/// `images_share` -> `ImagesShare`. Underscores at the end stay, because names may differ only in them.
fn pascal(text: &str) -> String {
    let stem = text.trim_end_matches('_');
    let words = permspec::ident::snake_case(stem);
    permspec::ident::pascal_case(&words) + &text[stem.len()..]
}

/// `AddImageMember` -> `addImageMember`.
fn camel(text: &str) -> String {
    let pascal = pascal(text);
    let mut letters = pascal.chars();
    match letters.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + letters.as_str(),
        None => pascal,
    }
}

/// The names of a path's parameters, in their order.
fn parameters(path: &str) -> Vec<String> {
    model::parameters(path)
        .map(|parameter| parameter.name.to_owned())
        .collect()
}

/// `service`, `resource` and `operation` of an action.
fn parts(action: String) -> Value {
    let action = Permission::from(action);
    context! {
        service => action.service(),
        resource => action.resource(),
        operation => action.operation(),
    }
}

fn ident(text: &str, language: &str) -> Result<String, Error> {
    language::ident(text, language).ok_or_else(|| unknown(language))
}

fn quote(text: &str, language: Option<&str>) -> Result<String, Error> {
    let language = language.unwrap_or("json");
    language::quoted(text, language).ok_or_else(|| unknown(language))
}

fn unknown(language: &str) -> Error {
    let known: Vec<&str> = language::names().collect();
    let meant = match nearest(language, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    let message = format!("`{language}` is not a known language; {meant}");
    Error::new(ErrorKind::InvalidOperation, message)
}

/// A field of a csv file (RFC 4180). If the text begins with the sign of a formula, the field begins with a quote,
/// which spreadsheets drop. Otherwise a spreadsheet would compute text of a page.
///
/// ```
/// use permspec_export::csv_field;
///
/// assert_eq!(csv_field("ims:images:get"), "ims:images:get");
/// assert_eq!(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
/// assert_eq!(csv_field("=1+1"), "'=1+1");
/// ```
pub fn csv_field(text: &str) -> String {
    let text = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case_and_stay_apart() {
        assert_eq!(pascal("IMAGES_SHARE"), "ImagesShare");
        assert_eq!(pascal("IMAGES_SHARE_"), "ImagesShare_");
        assert_eq!(pascal("addImageMember"), "AddImageMember");
        assert_eq!(camel("AddImageMember"), "addImageMember");
        assert_eq!(camel(""), "");
    }
}
