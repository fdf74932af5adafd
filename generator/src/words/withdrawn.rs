//! How documentation says that something is withdrawn or will be.

/// Words about what is withdrawn or will be, divided by one space.
const WITHDRAWN: [&str; 13] = [
    "deprecated",
    "discarded",
    "historical",
    "history api",
    "unavailable soon",
    "abandoned",
    "taken offline",
    "obsolete",
    "unrecommended",
    "not recommended",
    "out of date",
    "outdated",
    "withdrawn",
];

/// Further ones. They also say which page it is: that of the old version, beside that of the new one.
const OLD: [&str; 1] = ["old version"];

/// Whether a title or a path says that its page is withdrawn or will be.
pub(crate) fn says_withdrawn(text: &str) -> bool {
    let plain = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    };
    let words: String = text.chars().map(plain).collect();
    let mut withdrawn = WITHDRAWN.iter().chain(&OLD);
    withdrawn.any(|withdrawn| words.contains(withdrawn))
}

/// Whether a word in lower case is part of how a text says so, and says nothing else about its page.
pub(crate) fn may_say_withdrawn(word: &str) -> bool {
    let mut words = WITHDRAWN.iter().flat_map(|words| words.split(' '));
    words.any(|own| own == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_a_path_says_that_a_page_is_withdrawn() {
        for text in [
            "Querying Images (Deprecated)",
            "ims/api-ref/source/out-of-date_apis/page.rst",
            "rds/api_v1_to_be_discarded/page.rst",
            "dws/apis_unavailable_soon/page.rst",
            "lts/groups_old_version/page.rst",
        ] {
            assert!(says_withdrawn(text), "{text}");
        }
        assert!(!says_withdrawn(
            "ims/api-ref/source/apis/updating_an_image.rst"
        ));
    }

    #[test]
    fn each_word_of_a_list_entry_may_say_it_and_no_part_of_a_word() {
        for word in ["deprecated", "out", "date", "soon"] {
            assert!(may_say_withdrawn(word), "{word}");
        }
        for word in ["out of", "dat", "", "images", "version"] {
            assert!(!may_say_withdrawn(word), "{word}");
        }
    }
}
