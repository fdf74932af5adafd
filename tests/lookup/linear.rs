//! The reference: compares every template of every service with every path, one after the other.
//! It does not share code with the runtime or use a tree. This module must stay too simple to be wrong.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use permspec_runtime::{Catalogue, Endpoint, Method};

/// Service, operation, and the template that matched.
pub type Answer = (&'static str, &'static str, &'static str);

/// How well a segment of a template fits a segment of a path. A smaller value is more specific.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Text,
    Mixed(Reverse<usize>, String),
    Parameter,
    Rest,
}

/// Every endpoint of a catalogue.
pub struct Linear {
    endpoints: Vec<(&'static str, &'static str, &'static Endpoint)>,
}

impl Linear {
    pub fn new(catalogue: &Catalogue) -> Self {
        let endpoints = catalogue.specs().flat_map(|spec| {
            spec.endpoints
                .iter()
                .map(|endpoint| (spec.service, spec.id, endpoint))
        });
        Linear {
            endpoints: endpoints.collect(),
        }
    }

    /// For each service, the endpoints whose template fits best.
    pub fn find(&self, method: Method, target: &str) -> Vec<Answer> {
        let Some(path) = path(target) else {
            return Vec::new();
        };
        let mut best: BTreeMap<&str, (Vec<Fit>, Vec<Answer>)> = BTreeMap::new();
        for (service, id, endpoint) in &self.endpoints {
            if endpoint.method.is_some_and(|named| named != method) {
                continue;
            }
            let Some(fits) = fits(endpoint.path, path) else {
                continue;
            };
            let answer = (*service, *id, endpoint.path);
            match best.get_mut(service) {
                Some((better, _)) if *better < fits => {}
                Some((equal, answers)) if *equal == fits => answers.push(answer),
                _ => {
                    best.insert(service, (fits, vec![answer]));
                }
            }
        }
        let mut answers: Vec<Answer> = best
            .into_values()
            .flat_map(|(_, answers)| answers)
            .collect();
        answers.sort_unstable();
        answers
    }
}

fn path(target: &str) -> Option<&str> {
    let path = match target.split_once("://") {
        _ if target.starts_with('/') => target,
        Some((scheme, rest))
            // RFC 3986, section 3.1.
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            (end > 0).then(|| &rest[end..])?
        }
        _ => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(path.strip_suffix('/').unwrap_or(path))
}

fn fits(template: &str, path: &str) -> Option<Vec<Fit>> {
    let template = template.strip_suffix('/').unwrap_or(template);
    let templates: Vec<&str> = template.split('/').skip(1).collect();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    // Most templates have another length. The next checks are more expensive.
    if templates.len() != segments.len() && !template.ends_with('*') {
        return None;
    }
    // A template that begins with a version fits only paths that begin with one.
    if let Some(name) = templates.first().and_then(|first| first.strip_prefix('{'))
        && (name.ends_with("version}") || name.ends_with("version_id}"))
        && !segments.first().is_some_and(|first| is_version(first))
    {
        return None;
    }
    let value = |segment: &&str| {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        !decoded.is_empty() && decoded != b"." && decoded != b".."
    };
    if let Some((&"*", before)) = templates.split_last() {
        let (first, rest) = segments.split_at_checked(before.len())?;
        let mut fits = each(before, first)?;
        fits.push(Fit::Rest);
        return (!rest.is_empty() && rest.iter().all(value)).then_some(fits);
    }
    (templates.len() == segments.len()).then(|| each(&templates, &segments))?
}

/// Whether a text is a version such as `v2.1` or `2`. Letters may follow only after a `v` and a number: `v1beta1`.
fn is_version(segment: &str) -> bool {
    let Ok(text) = String::from_utf8(percent_decode_str(segment).collect()) else {
        return false;
    };
    if text.starts_with('{') && segment == text && text.ends_with('}') {
        return true;
    }
    let plain = text.strip_prefix(['v', 'V']);
    let numbers = plain.unwrap_or(&text);
    let allowed = |c: char| {
        c.is_ascii_digit() || (plain.is_some() && (c.is_ascii_alphabetic() || "-_".contains(c)))
    };
    numbers
        .split('.')
        .all(|part| part.starts_with(|c: char| c.is_ascii_digit()) && part.chars().all(allowed))
}

fn each(templates: &[&str], segments: &[&str]) -> Option<Vec<Fit>> {
    templates
        .iter()
        .zip(segments)
        .map(|(template, segment)| one(template, segment))
        .collect()
}

fn one(template: &str, segment: &str) -> Option<Fit> {
    let decoded: Vec<u8> = percent_decode_str(segment).collect();
    let step = decoded.is_empty() || decoded == b"." || decoded == b"..";
    if !template.contains('{') {
        let version = template.strip_prefix(['v', 'V']).is_some_and(|number| {
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || c == '.')
        });
        let same = if version {
            template.as_bytes().eq_ignore_ascii_case(&decoded)
        } else {
            template.as_bytes() == decoded
        };
        return same.then_some(Fit::Text);
    }
    // The text is cut at the braces, so every second piece is a name.
    let pieces: Vec<&str> = template.split(['{', '}']).collect();
    let texts: Vec<&str> = pieces.iter().copied().step_by(2).collect();
    let letters = texts.iter().map(|text| text.len()).sum();
    if step
        || !([false, true]
            .into_iter()
            .any(|decode| between(&texts, &characters(segment, decode))))
    {
        return None;
    }
    Some(if letters == 0 && texts.len() == 2 {
        Fit::Parameter
    } else {
        Fit::Mixed(Reverse(letters), texts.join("{}"))
    })
}

/// The characters of a segment. With `decode`, an encoded byte becomes one character.
fn characters(segment: &str, decode: bool) -> Vec<Vec<u8>> {
    let mut characters = Vec::new();
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        let encoded = rest
            .get(..3)
            .map(|three| percent_decode_str(three).collect::<Vec<u8>>());
        match encoded {
            Some(byte) if decode && first == '%' && byte.len() == 1 => {
                characters.push(byte);
                rest = &rest[3..];
            }
            _ => {
                characters.push(first.to_string().into_bytes());
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    characters
}

/// Whether a segment is these texts with at least one character between each two.
fn between(texts: &[&str], characters: &[Vec<u8>]) -> bool {
    let [first, others @ ..] = texts else {
        return characters.is_empty();
    };
    let whole = |count: &usize| characters[..*count].concat() == first.as_bytes();
    let Some(length) = (0..=characters.len()).find(whole) else {
        return false;
    };
    let rest = &characters[length..];
    if others.is_empty() {
        return rest.is_empty();
    }
    (1..=rest.len()).any(|value| between(others, &rest[value..]))
}
