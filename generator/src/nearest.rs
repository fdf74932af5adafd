//! How close two words are: whether one is a misprint of the other, and which known word an unknown one was
//! meant to be. This module must never suggest a word that is not close. A wrong guess costs more than no
//! guess.

/// The one of `known` that `word` is a misspelling of, if any is close.
///
/// ```
/// assert_eq!(permspec::nearest("page", ["pages", "title"]), Some("pages"));
/// assert_eq!(permspec::nearest("colour", ["pages", "title"]), None);
/// ```
#[cfg(feature = "config")]
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

/// Whether one letter is missing, added, changed, or swapped with its neighbour. A build script checks this
/// without another crate.
pub(crate) fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    // The texts may share letters from both ends, so the ends must not overlap.
    let back = back.min(a.len().min(b.len()) - front);
    let (a, b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    (a.len() <= 1 && b.len() <= 1) || (a.len() == 2 && a.iter().eq(b.iter().rev()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_left_out_added_changed_or_swapped() {
        for (written, meant) in [
            ("vpc:ports:ge", "vpc:ports:get"),
            (
                "apig:apis:listBindedTrottles",
                "apig:apis:listBindedThrottles",
            ),
            ("vpc:ports:gte", "vpc:ports:get"),
            ("vpc:parts:get", "vpc:ports:get"),
        ] {
            assert!(one_slip(written, meant), "{written}");
        }
        for (written, meant) in [
            ("vpc:ports:get", "vpc:ports:get"),
            ("vpc:ports:get", "vpc:routes:get"),
        ] {
            assert!(!one_slip(written, meant), "{written}");
        }
    }
}
