//! Which pages describe an operation that is withdrawn or will be.

/// Words of pages that are withdrawn or will be, words divided by one space.
const WITHDRAWN: [&str; 14] = [
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
    "old version",
    "withdrawn",
];

/// Whether a title or a path says that its page is withdrawn or will be.
pub(super) fn is_deprecated(text: &str) -> bool {
    let plain = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    };
    let words: String = text.chars().map(plain).collect();
    WITHDRAWN.iter().any(|withdrawn| words.contains(withdrawn))
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
        ] {
            assert!(is_deprecated(text), "{text}");
        }
        assert!(!is_deprecated(
            "ims/api-ref/source/apis/updating_an_image.rst"
        ));
    }
}
