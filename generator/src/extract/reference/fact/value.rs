//! The wordings of values: a default, an item of a list, values in a sentence.

use super::{Said, nothing};

/// The value that a paragraph consists of: what is bold at its start, otherwise all of it.
pub(super) fn whole(text: &str, bold: &[String]) -> String {
    let text = text.trim();
    if let Some(first) = bold.first()
        && text.starts_with(first.as_str())
    {
        return first.clone();
    }
    let text = text.trim_end_matches(['.', ';']);
    let text = text.trim_matches(['"', '“', '”', '\'', '`']);
    text.to_owned()
}

/// A value list's item: `**A**: text`, `A`, `"A"`.
pub(super) fn item(said: &Said) -> Option<String> {
    if said.bold_first {
        return said.bold.first().cloned();
    }
    let head = said
        .text
        .split([':', '：', ' ', '('])
        .next()
        .unwrap_or_default();
    let head = head.trim_matches(['"', '“', '”', '\'', '`', ',', '.', ';']);
    let plain = !head.is_empty()
        && head
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let rest = &said.text[said.text.find(head).map_or(0, |at| at + head.len())..];
    let ends = rest.trim_start_matches(['"', '”', '\'', '`']);
    (plain
        && (ends.is_empty()
            || ends.starts_with([':', '：', '(', '.', ';', ','])
            || ends.starts_with(" (")
            || ends.starts_with(" -")))
    .then(|| head.to_owned())
}

/// `The value can be **A**, **B** or **C**`: only if all words of the list are bold.
pub(super) fn can_be(lower: &str, said: &Said) -> Option<Vec<String>> {
    // A list has two values at least. Most texts end here, before they are searched.
    if said.bold.len() < 2 {
        return None;
    }
    let at = [
        "value can be ",
        "values can be ",
        "value is ",
        "options: ",
        "value options: ",
        "valid values: ",
        "possible values: ",
        "possible values are ",
        "values are ",
        "options are ",
    ]
    .iter()
    .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    let end = lower[at..].find(". ").map_or(lower.len(), |end| at + end);
    if lower.len() != said.text.len() {
        return None;
    }
    let list = said.text.get(at..end)?;
    let mut values = Vec::new();
    let mut rest = list;
    for bold in &said.bold {
        let Some(found) = rest.find(bold.as_str()) else {
            continue;
        };
        let between = rest[..found].trim_matches([' ', ',', '"', '“', '”', '\'', ';']);
        if !matches!(
            between,
            "" | "or" | "and" | ", or" | ", and" | "either" | "," | "set to"
        ) {
            return None;
        }
        values.push(bold.clone());
        rest = &rest[found + bold.len()..];
    }
    let tail = rest.trim_matches([' ', '.', '"', '”']);
    (values.len() > 1 && (tail.is_empty() || tail.starts_with([',', '(', ':']))).then_some(values)
}

/// `Default value: 10`, anywhere in a text.
pub(super) fn default(text: &str, lower: &str, bold: &[String]) -> Option<String> {
    // Most texts have no lead, and one search says so.
    if !lower.contains("default") {
        return None;
    }
    let leads = [
        "default value: ",
        "default value is ",
        "default: ",
        "defaults to ",
        "default value of this parameter is ",
        "default values: ",
        "default value is set to ",
    ];
    let at = leads
        .iter()
        .find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    if lower.len() != text.len() {
        return None;
    }
    let rest = text.get(at..)?.trim_start();
    if let Some(first) = bold.iter().find(|bold| {
        rest.trim_start_matches(['"', '“', '\''])
            .starts_with(bold.as_str())
    }) {
        return (!nothing(first)).then(|| first.clone());
    }
    let end = rest.find([',', ';', ' ', '(']).unwrap_or(rest.len());
    let value = rest[..end]
        .trim_end_matches('.')
        .trim_matches(['"', '“', '”', '\'', '`']);
    let last = rest[end..].trim_matches(['.', ' ']);
    let plain = !value.is_empty()
        && !nothing(value)
        && (last.is_empty() || value.parse::<f64>().is_ok() || rest[end..].starts_with([',', ';']));
    let word = matches!(
        value.to_lowercase().as_str(),
        "the" | "a" | "an" | "empty" | "that" | "not" | "all"
    );
    (plain && !word).then(|| value.to_owned())
}
