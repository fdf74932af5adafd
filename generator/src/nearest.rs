//! Finds the known word that an unknown one was meant to be: a key, a template, a field. This module must
//! never suggest a word that is not close. A wrong guess costs more than no guess.

/// The one of `known` that `word` is a misspelling of, if any is close.
///
/// ```
/// assert_eq!(permspec::nearest("page", ["pages", "title"]), Some("pages"));
/// assert_eq!(permspec::nearest("colour", ["pages", "title"]), None);
/// ```
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = word.to_lowercase().replace('_', "-");
    let distance =
        |known: &str| strsim::osa_distance(&lower, &known.to_lowercase().replace('_', "-"));
    let limit = (word.chars().count() / 3).clamp(1, 4);
    let close = known
        .into_iter()
        .map(|known| (distance(known), known))
        .filter(|(distance, _)| *distance <= limit);
    close.min().map(|(_, known)| known)
}
