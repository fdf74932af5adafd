//! How similar two titles, actions or paths are for a reader. Words are compared in their plain form. This
//! module must never decide what is paired.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::words::imperative;

/// A title as it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// Its words in lower case, without punctuation.
    pub(crate) plain: String,
    /// The plain forms of the words that distinguish titles. They are computed on demand, because most titles
    /// are never compared by them.
    words: OnceCell<BTreeSet<String>>,
}

/// Words that do not distinguish titles.
const FILLERS: [&str; 14] = [
    "a", "an", "the", "of", "for", "to", "in", "on", "by", "from", "and", "or", "about", "with",
];

impl Title {
    pub(crate) fn new(title: &str) -> Self {
        let lower = title.to_lowercase().replace(['\'', '’'], "");
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        Title {
            plain: words.join(" "),
            words: OnceCell::new(),
        }
    }

    /// The words that distinguish titles.
    fn telling(&self) -> impl Iterator<Item = &str> {
        let words = self.plain.split(' ').filter(|word| !word.is_empty());
        words.filter(|word| !FILLERS.contains(word))
    }

    /// The plain forms of its telling words.
    pub(crate) fn words(&self) -> &BTreeSet<String> {
        self.words
            .get_or_init(|| self.telling().map(stem).collect())
    }

    /// Whether it has every word of the other title, or the other one has all of its words. A verb that only reads,
    /// the first word of both, does not count for `reads`.
    #[cfg(feature = "reference")]
    pub(crate) fn covers(&self, other: &Title, reads: bool) -> bool {
        let words = |title: &Title| {
            let words = title.telling().skip(usize::from(reads)).map(stem);
            words.collect::<BTreeSet<String>>()
        };
        let (own, others) = (words(self), words(other));
        own.is_subset(&others) || others.is_subset(&own)
    }

    /// A number from 0 (no common word) to 1 (the same words).
    pub(crate) fn similarity(&self, other: &Title) -> f64 {
        if self.plain == other.plain {
            return f64::from(u8::from(self.telling().next().is_some()));
        }
        share(self.words(), other.words())
    }
}

/// `Creating`, `Creates` and `Create` are one word, and so are `disk` and `disks`.
fn stem(word: &str) -> String {
    let plain = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    imperative(word).map_or_else(|| plain(word), str::to_owned)
}

/// Twice what two sets have in common, divided by the sum of their sizes (Dice). It is 0 if both are empty.
pub(crate) fn share<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    let common = a.intersection(b).count();
    ratio(2 * common, a.len() + b.len())
}

/// How much of two paths is the same: their segments in order, parameter names left out.
pub(crate) fn paths(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
    let mut before = vec![0; b.len() + 1];
    for left in &a {
        let mut row = vec![0];
        for (at, right) in b.iter().enumerate() {
            row.push(if left == right {
                before[at] + 1
            } else {
                before[at + 1].max(row[at])
            });
        }
        before = row;
    }
    ratio(2 * before[b.len()], a.len() + b.len())
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of words and segments are small"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(a: &str, b: &str) -> f64 {
        Title::new(a).similarity(&Title::new(b))
    }

    #[test]
    fn voice_number_and_punctuation_do_not_make_titles_unlike() {
        let alike = similarity("Adds image members.", "Adding an Image Member");
        assert!((alike - 1.0).abs() < f64::EPSILON, "{alike}");
        let (a, b) = (
            "Resetting the cluster's password",
            "resetting the clusters password",
        );
        assert_eq!(Title::new(a).plain, Title::new(b).plain);
    }

    #[test]
    fn titles_about_other_things_are_unlike() {
        let other = similarity(
            "Changing a Security Group",
            "Changing the Security Group Associated with a File System",
        );
        assert!((0.4..0.75).contains(&other), "{other}");
        assert!(similarity("Creating a View", "Deleting a Function") < 0.1);
    }

    #[test]
    fn paths_are_alike_where_most_segments_are() {
        assert!(paths("/v1/{}/training-jobs", "/v2/{}/training-jobs") > 0.7);
        assert!(paths("/v1/{}/jobs", "/v2/clusters") < 0.5);
    }
}
