//! Words that mean the same in this field, from `synonyms.txt`.
//! This module must never combine two groups: a word of two groups does not make the other words synonyms.

use super::word::stems;

const GROUPS: &str = include_str!("synonyms.txt");

/// Words that are one expression, as stems: `virtual machine`.
pub type Phrase = Vec<String>;

/// The groups. Each group is a list of phrases.
pub struct Synonyms(Vec<Vec<Phrase>>);

impl Synonyms {
    pub fn read() -> Self {
        let lines = GROUPS.lines().map(str::trim);
        let groups = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Synonyms(
            groups
                .map(|group| group.split(',').map(stems).collect())
                .collect(),
        )
    }

    /// The number of the first words that form an expression with synonyms, at least 1, and the synonyms.
    pub fn of(&self, words: &[String]) -> (usize, Vec<Phrase>) {
        let phrases = self.0.iter().flatten();
        let begins = phrases.filter(|phrase| words.starts_with(phrase));
        let length = begins.map(Vec::len).max().unwrap_or(1);
        let (asked, _) = words.split_at(length.min(words.len()));
        let groups = self
            .0
            .iter()
            .filter(|group| group.iter().any(|phrase| phrase == asked));
        let others = groups.flatten().filter(|phrase| *phrase != asked);
        (length, others.cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (usize, Vec<String>) {
        let (length, phrases) = Synonyms::read().of(&stems(text));
        (
            length,
            phrases.iter().map(|phrase| phrase.join(" ")).collect(),
        )
    }

    #[test]
    fn a_word_has_the_others_of_its_groups_and_the_longest_expression_counts() {
        let (length, others) = of("servers to resize");
        assert_eq!(length, 1);
        for other in ["ecs", "virtual machine"] {
            assert!(others.contains(&stems(other).join(" ")), "{others:?}");
        }
        let (length, others) = of("virtual machines");
        assert_eq!(length, 2);
        assert!(others.contains(&"server".to_owned()), "{others:?}");
        assert_eq!(of("nothing like it"), (1, vec![]));
    }

    #[test]
    fn no_group_is_of_one_word_or_has_one_twice() {
        for group in Synonyms::read().0 {
            let mut phrases = group.clone();
            phrases.sort();
            phrases.dedup();
            assert!(group.len() > 1 && phrases.len() == group.len(), "{group:?}");
            assert!(group.iter().all(|phrase| !phrase.is_empty()), "{group:?}");
        }
    }
}
