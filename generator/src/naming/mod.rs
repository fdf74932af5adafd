//! Which name an operation has: the one that a person chose, otherwise the one that the model pins, otherwise
//! one that is made from its title or its call. Titles drift and routes do not, so an operation that a route
//! still identifies is never renamed.

mod assign;
mod candidate;
mod choose;
mod path;
mod pin;
mod repeated;
mod title;

pub use assign::{Unnamed, assign};
pub use choose::LONGEST;
#[cfg(feature = "reference")]
pub(crate) use choose::choose;
pub use pin::{Pins, Wanted};
