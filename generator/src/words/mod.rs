//! English as titles of API documentation use it: forms of verbs, plurals of nouns, and how a word is written
//! inside an identifier. Every result is a word of the title or of a table. No rule invents letters.

mod number;
mod spelling;
mod verb;
#[cfg(feature = "reference")]
mod withdrawn;

pub(crate) use number::{is_plural, plural, singular};
pub(crate) use spelling::{capitalised, is_acronym};
pub(crate) use verb::{imperative, is_gerund, is_verb};
#[cfg(feature = "reference")]
pub(crate) use withdrawn::{may_say_withdrawn, says_withdrawn};
