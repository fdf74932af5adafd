//! Identifiers: made from a title once, then pinned in the model, whatever the title says later.
//! Titles drift and routes do not, so this module must never rename an operation that a route
//! still identifies.

mod assign;
mod candidate;
mod choose;
mod constant;
mod ident;
mod path;
mod pin;
mod repeated;
mod title;

pub use assign::{Unnamed, assign};
pub use choose::LONGEST;
pub use constant::{constants, distinct};
pub use ident::{LONGEST_ID, is_identifier, pascal_case, screaming_case, snake_case, value_ident};
pub use pin::{Pins, Wanted};
