//! Cells that say that there is nothing to say.

use rst_parser::Cell;

use crate::extract::table::statements;

/// What a cell says besides that there is nothing to say.
pub(super) fn values(cell: &Cell) -> Vec<String> {
    let statements = statements(cell).into_iter();
    statements
        .filter(|statement| !statement.remark && !is_nothing(&statement.text))
        .map(|statement| statement.text.into_owned())
        .collect()
}

/// Whether the text says that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    is_dash(text)
        || matches!(
            text.trim_end_matches('.').to_ascii_lowercase().as_str(),
            "n/a" | "na" | "nil" | "none" | "not applicable" | "x" | "×"
        )
}

/// Whether the text is only a dash in the place of a value.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "--" | "---" | "–" | "—" | "―" | "−" | "/")
}

#[cfg(test)]
mod tests {
    use super::super::testing::in_cell;
    use super::*;

    #[test]
    fn nothing_is_said_in_many_ways() {
        for text in [
            "-", "--", "—", "/", "N/A", "n/a", "NA", "None", "None.", "x", "X", "×",
        ] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["", "No authorization required", "Y", "GET /"] {
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn what_says_that_there_is_nothing_is_not_a_value() {
        let found = |text: &str| in_cell(text, |cell, _| values(cell)).0;
        assert_eq!(found("ims:images:get\n\nNone"), ["ims:images:get"]);
        assert!(found("-").is_empty());
    }
}
