//! Rows of a page that say the same as an earlier row: which they are, and their names. Nothing distinguishes
//! them, so this module must never change the name of the first one.

use std::collections::{BTreeMap, BTreeSet};

use crate::ident::is_identifier;

/// For each row, given by the number of its page and what it says: an earlier row of the page that says the
/// same, if there is one.
pub(super) fn firsts<K: Ord>(rows: impl Iterator<Item = (usize, K)>) -> Vec<Option<usize>> {
    let mut known = BTreeMap::new();
    let first = |(at, row)| {
        let first = *known.entry(row).or_insert(at);
        (first != at).then_some(first)
    };
    rows.enumerate().map(first).collect()
}

/// Names the unnamed rows that repeat another row: by the name of that row, with a word that says that it is
/// repeated.
pub(super) fn name(
    firsts: &[Option<usize>],
    names: &mut [Option<String>],
    others: &BTreeSet<String>,
) {
    let mut taken: BTreeSet<String> = names.iter().flatten().chain(others).cloned().collect();
    for (at, first) in firsts.iter().enumerate() {
        let Some(first) = first.filter(|_| names[at].is_none()) else {
            continue;
        };
        let mut name = names[first].clone().map(|name| name + REPEATED);
        while let Some(longer) = name.take_if(|name| taken.contains(name)) {
            name = Some(longer + REPEATED).filter(|name| is_identifier(name));
        }
        names[at] = name.filter(|name| is_identifier(name));
        taken.extend(names[at].clone());
    }
}

/// What is added to the name of a repeated row.
const REPEATED: &str = "Repeated";

#[cfg(test)]
mod tests {
    use super::super::{Pins, Wanted};
    use crate::load::{ModelFile, Source};
    use crate::pipeline::in_memory;

    /// The model of a page with rows of title and action, all of one call.
    fn model(rows: &[(&str, &str)]) -> ModelFile {
        let line = |(title, action): &(&str, &str)| {
            format!("   * - {title}\n     - GET /v1/ovens\n     - {action}\n")
        };
        let lines: String = rows.iter().map(line).collect();
        let source = Source {
            service: "bake".to_owned(),
            path: "bake/ovens.rst".to_owned(),
            file: "ovens.rst".to_owned(),
            text: format!(
                "\
Ovens
=====

.. list-table::
   :header-rows: 1

   * - Permission
     - API
     - Action
{lines}"
            ),
        };
        let made = in_memory(vec![source]).unwrap().value;
        assert_eq!(made.account.unaccounted(), 0);
        made.models.into_iter().next().unwrap()
    }

    fn names(rows: &[(&str, &str)]) -> Vec<String> {
        let operations = model(rows).page.operations.into_iter();
        operations.map(|operation| operation.id).collect()
    }

    const LIST: (&str, &str) = ("Listing ovens", "bake:ovens:list");
    const OPEN: (&str, &str) = ("Opening ovens", "bake:ovens:open");

    #[test]
    fn a_row_that_is_stated_again_is_called_so_and_leaves_all_other_names_alone() {
        let (alone, repeated) = (names(&[LIST, OPEN]), names(&[LIST, OPEN, LIST, LIST]));
        assert_eq!(repeated[..2], alone);
        assert_eq!(repeated[2], format!("{}Repeated", alone[0]));
        assert_eq!(repeated[3], format!("{}RepeatedRepeated", alone[0]));
        // A row that says something else is not one of them.
        let other = names(&[LIST, OPEN, (LIST.0, "bake:ovens:see")]);
        assert!(
            other.iter().all(|name| !name.ends_with("Repeated")),
            "{other:?}"
        );
    }

    #[test]
    fn names_of_rows_that_say_the_same_keep_their_order() {
        let before = model(&[OPEN, OPEN, LIST, LIST]);
        let after = model(&[LIST, LIST]);
        // Rows of the new page, read from its own model.
        let wanted = wanted(&after);
        let found = Pins::new([&before.page]).take(&wanted);
        let kept: Vec<Option<String>> = before.page.operations[2..]
            .iter()
            .map(|operation| Some(operation.id.clone()))
            .collect();
        assert_eq!(found, kept);
        // One that is left is the first one, and one more takes the name of nothing else.
        assert_eq!(Pins::new([&before.page]).take(&wanted[..1]), kept[..1]);
        let before = model(&[LIST, (OPEN.0, LIST.1)]);
        let found = Pins::new([&before.page]).take(&wanted);
        assert_eq!(found, [Some(before.page.operations[0].id.clone()), None]);
    }

    #[test]
    fn a_row_that_is_told_apart_keeps_the_name_that_it_had_when_it_was_not() {
        let before = model(&[LIST, LIST]);
        let after = model(&[(LIST.0, "bake:ovens:see"), LIST]);
        let wanted = wanted(&after);
        let found = Pins::new([&before.page]).take(&wanted);
        assert!(found.iter().all(Option::is_some), "{found:?}");
    }

    /// What is looked up for the operations of a page that was read again.
    fn wanted(after: &ModelFile) -> Vec<Wanted<'_>> {
        let operations = after.page.operations.iter();
        operations
            .map(|operation| Wanted {
                page: 0,
                subject: operation.into(),
            })
            .collect()
    }
}
