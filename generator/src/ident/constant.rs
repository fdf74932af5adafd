//! The constants of a service: one for each action that its tables name, and one for each query parameter.
//! Two constants never share a name, in any letter case. This module must never give another name to a
//! constant of the model, or another value to its name.
//!
//! A constant's plain name is made from its text alone. If another constant already has that name, it gets
//! the next one of [`candidates`], which are made from its text alone too. The model keeps each name that is
//! not the plain one, so a new row never changes an existing constant.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::screaming_case;
use crate::model::{Operation, Page, Service};

/// What a constant stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConstantKind {
    /// An action.
    Action,
    /// The name of a query parameter.
    Query,
}

impl ConstantKind {
    pub(crate) const ALL: [ConstantKind; 2] = [ConstantKind::Action, ConstantKind::Query];

    /// The key of a text in a page's `constants`. No action begins with `?`.
    pub(crate) fn key(self, text: &str) -> String {
        match self {
            ConstantKind::Action => text.to_owned(),
            ConstantKind::Query => format!("?{text}"),
        }
    }

    /// The text of a key, if the key is of this kind.
    fn text(self, key: &str) -> Option<&str> {
        match (self, key.strip_prefix('?')) {
            (ConstantKind::Action, None) => Some(key),
            (ConstantKind::Query, text) => text,
            (ConstantKind::Action, Some(_)) => None,
        }
    }

    /// Every text of this kind that an operation names.
    pub(crate) fn texts(self, operation: &Operation) -> Vec<&str> {
        match self {
            ConstantKind::Action => {
                let needed = operation.actions.iter().chain(&operation.dependencies);
                needed.map(|needed| needed.action.as_str()).collect()
            }
            ConstantKind::Query => {
                let routes = operation.endpoints.iter();
                routes
                    .flat_map(|route| route.query.iter().map(String::as_str))
                    .collect()
            }
        }
    }

    fn texts_of(self, page: &Page) -> BTreeSet<&str> {
        let operations = page.operations.iter();
        operations
            .flat_map(|operation| self.texts(operation))
            .collect()
    }
}

/// The name of each action's constant, in upper case with underscores.
///
/// The prefix of the service itself is left out (`ims:images:share` -> `IMAGES_SHARE`). The prefix of another
/// service is kept (`VPC_PORTS_GET`).
pub fn constants(service: &Service) -> BTreeMap<String, String> {
    named(ConstantKind::Action, &service.name, service.pages.iter())
}

/// The name of each query parameter's constant.
pub(crate) fn query_constants(service: &Service) -> BTreeMap<String, String> {
    named(ConstantKind::Query, &service.name, service.pages.iter())
}

/// The names of all constants of a kind, by text. Names that the pages pin come first.
pub(crate) fn named<'p>(
    kind: ConstantKind,
    service: &str,
    pages: impl Iterator<Item = &'p Page> + Clone,
) -> BTreeMap<String, String> {
    let texts = pages.clone().flat_map(|page| kind.texts_of(page)).collect();
    let stored = pages.flat_map(|page| &page.constants);
    let pins = stored.filter_map(|(key, name)| Some((kind.text(key)?, name.as_str())));
    given(kind, service, texts, &pins.collect())
}

/// A name for each text: the known one, otherwise the first free candidate.
fn given(
    kind: ConstantKind,
    service: &str,
    texts: BTreeSet<&str>,
    known: &BTreeMap<&str, &str>,
) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for text in &texts {
        if let Some(name) = known.get(text)
            && taken.insert(key(name))
        {
            names.insert((*text).to_owned(), (*name).to_owned());
        }
    }
    for text in texts {
        if !names.contains_key(text) {
            let mut candidates = candidates(kind, service, text);
            if let Some(name) = candidates.find(|name| taken.insert(key(name))) {
                names.insert(text.to_owned(), name);
            }
        }
    }
    names
}

/// What distinguishes constants. Other languages write them without underscores.
fn key(name: &str) -> String {
    name.replace('_', "")
}

/// The plain name of a constant.
pub(crate) fn plain(kind: ConstantKind, service: &str, text: &str) -> String {
    screaming_case(without_service(kind, service, text))
}

fn without_service<'t>(kind: ConstantKind, service: &str, text: &'t str) -> &'t str {
    let own = || text.strip_prefix(service)?.strip_prefix(':');
    match kind {
        ConstantKind::Action => own().unwrap_or(text),
        ConstantKind::Query => text,
    }
}

/// The names that a constant may have, the plain one first. Each is made from its own text alone: the
/// plain name, the marks between words spelt out (`NODE_HYPHEN_POOL_DELETE`), the case said too
/// (`LIMIT_IN_UPPER_CASE`), and the plain name with digits of the text's SHA-256, of which one is free.
fn candidates(kind: ConstantKind, service: &str, text: &str) -> impl Iterator<Item = String> {
    let own = without_service(kind, service, text);
    let spelt = screaming_case(&spelt(own));
    let plain = screaming_case(own);
    let has = |is: fn(char) -> bool| own.contains(is);
    let case = match (has(char::is_uppercase), has(char::is_lowercase)) {
        (true, true) => "MIXED",
        (true, false) => "UPPER",
        _ => "LOWER",
    };
    let cased = format!("{spelt}_IN_{case}_CASE");
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    let digits = digest.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02X}").expect("a String takes every write");
        digits
    });
    let numbered = (8..=digits.len()).map({
        let plain = plain.clone();
        move |length| format!("{plain}_{}", &digits[..length])
    });
    [plain, spelt, cased].into_iter().chain(numbered)
}

/// A text with words for the marks that a constant's name leaves out.
fn spelt(text: &str) -> String {
    let mut spelt = String::new();
    for c in text.chars() {
        match c {
            '-' => spelt += "-hyphen-",
            '_' => spelt += "-underscore-",
            '.' => spelt += "-dot-",
            '/' => spelt += "-slash-",
            '[' | ']' => spelt += "-bracket-",
            c => spelt.push(c),
        }
    }
    spelt
}

/// Stores the names of constants in `pages`, the new versions of one service's pages, if they are not the
/// plain names. The constants of `present`, the pages of the model, keep their names. `unread` are the pages
/// of the model that stay unchanged.
pub(crate) fn pin(service: &str, present: &[&Page], unread: &[&Page], pages: &mut [Page]) {
    for page in pages.iter_mut() {
        page.constants.clear();
    }
    for kind in ConstantKind::ALL {
        let present_names = named(kind, service, present.iter().copied());
        let known = present_names.iter().map(|(text, name)| (&**text, &**name));
        let all = unread.iter().copied().chain(&*pages);
        let texts = all.flat_map(|page| kind.texts_of(page)).collect();
        let names = given(kind, service, texts, &known.collect());
        for page in pages.iter_mut() {
            let texts = kind.texts_of(page).into_iter();
            let pins: BTreeMap<String, String> = texts
                .filter_map(|text| Some((text, names.get(text)?)))
                .filter(|(text, name)| **name != plain(kind, service, text))
                .map(|(text, name)| (kind.key(text), name.clone()))
                .collect();
            page.constants.extend(pins);
        }
    }
}

/// What is wrong with the names that pages of one service pin: the number of the page, the key, a message.
pub(crate) fn faults<'p>(service: &str, pages: &[&'p Page]) -> Vec<(usize, &'p str, String)> {
    let mut faults = Vec::new();
    let pinned = || {
        let numbered = pages.iter().enumerate();
        numbered.flat_map(|(at, page)| {
            page.constants
                .iter()
                .map(move |(key, name)| (at, &**key, name))
        })
    };
    for kind in ConstantKind::ALL {
        let mut pins: BTreeMap<&str, &String> = BTreeMap::new();
        for (text, name) in pinned().filter_map(|(_, pin, name)| Some((kind.text(pin)?, name))) {
            pins.entry(text).or_insert(name);
        }
        // The names that other constants keep because they are made from their texts.
        let texts = pages.iter().flat_map(|page| kind.texts_of(page));
        let mut taken: BTreeMap<String, &str> = texts
            .filter(|text| !pins.contains_key(text))
            .map(|text| (key(&plain(kind, service, text)), text))
            .collect();
        for (at, pin, name) in pinned() {
            let Some(text) = kind.text(pin) else {
                continue;
            };
            if !is_constant(name) {
                faults.push((
                    at,
                    pin,
                    format!("`{name}` cannot be the name of a constant"),
                ));
            } else if pins[text] != name {
                let message = format!(
                    "`{text}` has the constant `{}` too, not only `{name}`",
                    pins[text]
                );
                faults.push((at, pin, message));
            } else if let Some(other) = taken.get(&key(name)).filter(|other| **other != text) {
                let message =
                    format!("`{name}` is the constant of `{other}` too, not only of `{text}`");
                faults.push((at, pin, message));
            } else {
                taken.insert(key(name), text);
            }
        }
    }
    faults
}

/// Whether a text is upper case with underscores: ASCII letters and digits, no digit first.
fn is_constant(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(is_part)
        && name.contains(|c: char| c.is_ascii_alphanumeric())
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests;
