//! A list that usually contains one element, such as the paragraph of a cell or the text of a paragraph.
//! Readers see a slice. A single element does not need an allocation.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A list that does not allocate for its first element.
///
/// Use it as a slice. Nearly every table cell contains one paragraph, and nearly every paragraph contains
/// one text. This list makes it cheap to parse and to drop a page.
///
/// ```
/// use rst_parser::Few;
///
/// let mut actions = Few::from(vec!["ims:images:get"]);
/// actions.push("ims:images:share");
/// assert_eq!(actions[..], ["ims:images:get", "ims:images:share"]);
/// assert_eq!(actions.iter().map(|action| action.len()).sum::<usize>(), 30);
/// assert!(Few::<&str>::new().is_empty());
/// ```
#[derive(Clone)]
pub struct Few<T>(Held<T>);

#[derive(Clone)]
enum Held<T> {
    One(T),
    /// No element, or more than one.
    Many(Vec<T>),
}

impl<T> Few<T> {
    /// Makes an empty list.
    pub const fn new() -> Few<T> {
        Few(Held::Many(Vec::new()))
    }

    /// Makes a list of one element.
    pub const fn one(element: T) -> Few<T> {
        Few(Held::One(element))
    }

    /// Adds an element at the end.
    pub fn push(&mut self, element: T) {
        *self = match std::mem::take(self).0 {
            Held::Many(held) if held.is_empty() => Few::one(element),
            held => {
                let mut held = Vec::from(Few(held));
                held.push(element);
                Few(Held::Many(held))
            }
        };
    }

    /// The only element. `None` if the list has none or several.
    pub(crate) fn only(self) -> Option<T> {
        match self.0 {
            Held::One(only) => Some(only),
            Held::Many(_) => None,
        }
    }

    /// Removes the elements from `start` on from `list` and returns them. `list` keeps its capacity.
    pub(crate) fn take_from(list: &mut Vec<T>, start: usize) -> Few<T> {
        if list.len() == start + 1
            && let Some(only) = list.pop()
        {
            return Few::one(only);
        }
        Few(Held::Many(list.drain(start..).collect()))
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::One(only) => std::slice::from_ref(only),
            Held::Many(held) => held,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Held::One(only) => std::slice::from_mut(only),
            Held::Many(held) => held,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut list: Vec<T>) -> Few<T> {
        if list.len() == 1 {
            return Few::take_from(&mut list, 0);
        }
        Few(Held::Many(list))
    }
}

impl<T> From<Few<T>> for Vec<T> {
    fn from(list: Few<T>) -> Vec<T> {
        match list.0 {
            Held::One(only) => vec![only],
            Held::Many(held) => held,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Few<T> {
        Few::from(Vec::from_iter(elements))
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        Vec::from(self).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Few<T>) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_same_however_it_was_made() {
        let mut pushed = Few::new();
        for length in 0..4 {
            let collected: Few<usize> = (0..length).collect();
            assert_eq!(pushed, collected);
            assert_eq!(Vec::from(collected), (0..length).collect::<Vec<_>>());
            pushed.push(length);
        }
    }

    #[test]
    fn what_is_taken_leaves_what_was_there_before() {
        for taken in 0..4 {
            let mut list: Vec<usize> = (0..2 + taken).collect();
            let few = Few::take_from(&mut list, 2);
            assert_eq!(few[..], (2..2 + taken).collect::<Vec<_>>());
            assert_eq!(list, [0, 1]);
        }
    }
}
