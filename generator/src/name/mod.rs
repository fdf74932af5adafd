//! Identifiers: made from a title once, then pinned in the model, whatever the title says later.
//! Titles drift and routes do not, so this module must never rename an operation that a route
//! still identifies.

mod assign;
mod choose;
mod constant;
mod ident;
mod path;
mod pin;
mod title;
mod verb;

pub use assign::{Unnamed, assign};
pub use choose::LONGEST;
pub use constant::{constants, queries};
pub use ident::{LONGEST_ID, is_identifier, pascal_case, screaming_case, snake_case, value_ident};
pub use pin::{Pins, Wanted};
pub use title::identifier;
pub(crate) use verb::imperative;
