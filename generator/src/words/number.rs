//! One and many: whether a noun is a plural, and its other form.
//! Acronyms are nouns too: `APIs` are several, an `ECS` is one.

use super::is_acronym;

/// Nouns that end with `s` and are not the plural of a thing that can be counted in an API.
#[rustfmt::skip]
const SINGULAR: &[&str] = &[
    "alias", "analytics", "as", "basis", "bus", "canvas", "chaos", "class", "diagnostics", "dns", "https",
    "kubernetes", "means", "news", "progress", "redis", "series", "sms", "statistics", "status", "virus",
    "windows",
];

/// Nouns that mean several without an `s`.
const PLURAL: &[(&str, &str)] = &[
    ("children", "child"),
    ("criteria", "criterion"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("people", "person"),
    ("schemata", "schema"),
    ("vertices", "vertex"),
];

/// Nouns with only one form.
const UNCOUNTABLE: &[&str] = &[
    "access",
    "data",
    "feedback",
    "hardware",
    "history",
    "information",
    "metadata",
    "metering",
    "software",
    "storage",
    "traffic",
    "usage",
];

/// Whether a word means several: `images`, `policies`, `APIs`, and neither `status` nor `ECS`.
pub(crate) fn is_plural(word: &str) -> bool {
    if let Some(stem) = word.strip_suffix('s').filter(|stem| is_acronym(stem)) {
        // `ECSs` and `APIs`. The `S` of `ECS` is one of its letters.
        return stem.len() > 1;
    }
    if is_acronym(word) {
        return false;
    }
    let word = word.to_ascii_lowercase();
    PLURAL.iter().any(|(plural, _)| *plural == word)
        || (word.len() > 2
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && (!word.ends_with("is") || word == "apis")
            // `lbaas`, `dcaas`: as a service
            && !word.ends_with("aas")
            && !SINGULAR.contains(&word.as_str()))
}

/// The singular of a plural. Other words stay as they are.
pub(crate) fn singular(word: &str) -> String {
    if !is_plural(word) {
        return word.to_owned();
    }
    let lower = word.to_ascii_lowercase();
    if let Some((_, one)) = PLURAL.iter().find(|(plural, _)| *plural == lower) {
        return (*one).to_owned();
    }
    let ending = |suffix: &str, end: &str| {
        let stem = lower.strip_suffix(suffix)?;
        // Letters that are kept keep their case.
        Some(format!("{}{end}", &word[..stem.len()]))
    };
    ending("statuses", "status")
        .or_else(|| ending("aliases", "alias"))
        .or_else(|| ending("ies", "y").filter(|one| one.len() > 2))
        .or_else(|| ending("sses", "ss"))
        .or_else(|| ending("xes", "x"))
        .or_else(|| ending("ches", "ch"))
        .or_else(|| ending("shes", "sh"))
        .or_else(|| ending("s", ""))
        .unwrap_or_else(|| word.to_owned())
}

/// The plural of a singular. Plurals and nouns without a plural stay as they are.
pub(crate) fn plural(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let has_none = UNCOUNTABLE.contains(&lower.as_str()) || SINGULAR.contains(&lower.as_str());
    if is_plural(word) || (has_none && !["alias", "class", "status"].contains(&lower.as_str())) {
        return word.to_owned();
    }
    if is_acronym(word) {
        return format!("{word}s");
    }
    let stem = lower.strip_suffix('y').filter(|stem| {
        let vowel = stem.ends_with(['a', 'e', 'i', 'o', 'u']);
        !vowel && !stem.is_empty()
    });
    match stem {
        Some(stem) => format!("{}ies", &word[..stem.len()]),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|end| lower.ends_with(end)) =>
        {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_becomes_many_and_many_one() {
        for (one, many) in [
            ("image", "images"),
            ("policy", "policies"),
            ("gateway", "gateways"),
            ("address", "addresses"),
            ("batch", "batches"),
            ("index", "indexes"),
            ("alias", "aliases"),
            ("status", "statuses"),
            ("API", "APIs"),
            ("Database", "Databases"),
            ("ECS", "ECSs"),
        ] {
            assert_eq!((plural(one), singular(many)), (many.into(), one.into()));
            assert!(is_plural(many) && !is_plural(one), "{one}");
        }
    }

    #[test]
    fn a_noun_of_one_form_stays() {
        for word in ["metadata", "history", "statistics", "series", "DNS"] {
            assert!(!is_plural(word), "{word}");
            assert_eq!(singular(word), word);
        }
        assert_eq!(plural("metadata"), "metadata");
        assert_eq!(singular("indices"), "index");
    }
}
