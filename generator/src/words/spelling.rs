//! How a word of a title is written inside an identifier. A word has one capital letter, its first, unless
//! capitals inside it begin another word.

/// Whether a word is an acronym: two capitals at least, and no more than one small letter, as in `VPC`,
/// `IPv6`, `vCPU` and `DeH`.
pub(crate) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let small = word.chars().filter(char::is_ascii_lowercase).count();
    capitals > 1 && small < 2
}

/// `image` -> `Image`, `VPC` -> `Vpc`, `APIs` -> `Apis`, `ECSs` -> `Ecs`, `OpenStack` -> `OpenStack`,
/// `GaussDB` -> `GaussDb`.
///
/// The plural of an acronym that ends with an S does not get another letter, because `Ecss` is unreadable.
pub(crate) fn capitalised(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| is_acronym(stem));
    match stem {
        Some(stem) if stem.ends_with('S') => first_upper(stem),
        Some(_) => first_upper(word),
        None if is_acronym(word) => first_upper(word),
        None => humps(word).map(first_upper).collect(),
    }
}

/// The parts of a word that begin with a capital: `Gauss`, `DB`.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let begins = move |at: &usize| {
        *at > 0 && bytes[*at].is_ascii_uppercase() && !bytes[*at - 1].is_ascii_uppercase()
    };
    let starts: Vec<usize> = (0..bytes.len()).filter(begins).collect();
    let ends: Vec<usize> = starts.iter().copied().chain([word.len()]).collect();
    let starts = [0].into_iter().chain(starts);
    starts.zip(ends).map(|(start, end)| &word[start..end])
}

fn first_upper(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let rest = letters.map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_one_word_and_a_mixed_name_keeps_its_parts() {
        for (word, written) in [
            ("image", "Image"),
            ("VPC", "Vpc"),
            ("APIs", "Apis"),
            ("ECS", "Ecs"),
            ("ECSs", "Ecs"),
            ("OSs", "Os"),
            ("DeH", "Deh"),
            ("DeHs", "Dehs"),
            ("IPv6", "Ipv6"),
            ("vCPUs", "Vcpus"),
            ("OpenStack", "OpenStack"),
            ("GaussDB", "GaussDb"),
            ("MySQL", "Mysql"),
            ("ConfigMap", "ConfigMap"),
            ("V2", "V2"),
            ("s", "S"),
        ] {
            assert_eq!(capitalised(word), written);
        }
    }
}
