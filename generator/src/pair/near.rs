//! Which rows of two lists are compared with each other, so that a row of a long list takes no more work than
//! a row of a short list. It looks at marks and places only. This module must never decide what is paired.

use std::collections::BTreeMap;

/// Two lists with at most this many pairs are compared pair by pair.
const SHORT: usize = 1024;
/// In longer lists, rows are compared whose places differ by at most this many, from the beginning or
/// from the end.
const REACH: usize = 3;

/// Places in an old and in a new list.
type Lists = (Vec<usize>, Vec<usize>);

/// The pairs of `old` and `new` that should be compared, in their order.
///
/// In short lists, this is every pair. In long lists, two rows are compared if they share a mark that few
/// others have, such as a word of a title. A mark that most rows have does not distinguish them. Such rows
/// are only compared if they are at about the same place. The rule is the same in both directions.
pub(crate) fn pairs<M: Ord>(
    old: &[usize],
    new: &[usize],
    of_old: impl Fn(usize) -> Vec<M>,
    of_new: impl Fn(usize) -> Vec<M>,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if old.len().saturating_mul(new.len()) > SHORT {
        let mut marked: BTreeMap<M, Lists> = BTreeMap::new();
        for &row in old {
            for mark in of_old(row) {
                marked.entry(mark).or_default().0.push(row);
            }
        }
        for &row in new {
            for mark in of_new(row) {
                if let Some(lists) = marked.get_mut(&mark) {
                    lists.1.push(row);
                }
            }
        }
        for (old, new) in marked.values() {
            of_lists(old, new, &mut found);
        }
    }
    of_lists(old, new, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn of_lists(old: &[usize], new: &[usize], found: &mut Vec<(usize, usize)>) {
    if old.len().saturating_mul(new.len()) <= SHORT {
        found.extend(
            old.iter()
                .flat_map(|&old| new.iter().map(move |&new| (old, new))),
        );
        return;
    }
    // A new or removed row moves all rows after it, so places count from both ends.
    let (more, fewer) = (
        new.len().saturating_sub(old.len()),
        old.len().saturating_sub(new.len()),
    );
    for (place, &row) in old.iter().enumerate() {
        for place in [(place, 0), (place + more, fewer)] {
            let last = new.len().min((place.0 + REACH + 1).saturating_sub(place.1));
            let first = place.0.saturating_sub(place.1 + REACH).min(last);
            found.extend(new[first..last].iter().map(|&new| (row, new)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<usize> {
        (0..count).collect()
    }

    #[test]
    fn every_pair_of_short_lists_is_worth_a_look() {
        let found = pairs(&rows(30), &rows(30), |row| vec![row], |row| vec![row]);
        assert_eq!(found.len(), 900);
    }

    #[test]
    fn rows_of_long_lists_that_share_a_rare_mark_are_worth_a_look_wherever_they_are() {
        let backwards = |row| vec![3999 - row];
        let found = pairs(&rows(4000), &rows(4000), |row| vec![row], backwards);
        for row in 0..4000 {
            assert!(found.binary_search(&(row, 3999 - row)).is_ok(), "{row}");
        }
    }

    #[test]
    fn of_rows_of_long_lists_with_one_mark_those_at_the_same_place_from_either_end_are_worth_a_look()
     {
        for (before, after) in [(500, 600), (600, 500)] {
            let found = pairs(
                &rows(before),
                &rows(after),
                |_| vec!["one"],
                |_| vec!["one"],
            );
            for row in 0..500 {
                let from_end = (before - 1 - row, after - 1 - row);
                for pair in [(row, row), from_end] {
                    assert!(found.binary_search(&pair).is_ok(), "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn the_pairs_are_the_same_in_both_directions() {
        let marks = |row: usize| vec![row % 7, 10 + row / 5];
        let other = |row: usize| vec![row % 5, 10 + row / 7];
        let there = pairs(&rows(90), &rows(140), marks, other);
        let mut back: Vec<_> = pairs(&rows(140), &rows(90), other, marks)
            .into_iter()
            .map(|(old, new)| (new, old))
            .collect();
        back.sort_unstable();
        assert!(there == back);
    }

    #[test]
    fn a_row_of_a_long_list_has_no_more_pairs_than_one_of_a_list_half_as_long() {
        let count = |rows_of: usize| {
            let marks = |row: usize| vec![row % 3, 10 + row];
            pairs(&rows(rows_of), &rows(rows_of), marks, marks).len()
        };
        let (half, whole) = (count(2000), count(4000));
        assert!(whole <= 2 * half + half / 100, "{half} {whole}");
    }
}
