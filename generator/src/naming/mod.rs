//! Decides the name of an operation: the name that a person chose, otherwise the name that the model pins,
//! otherwise a name that is made from its title or its call. Titles drift and routes do not, so an operation
//! that a route still identifies is never renamed.

mod assign;
mod candidate;
mod choose;
mod path;
mod pin;
mod repeated;
mod title;

#[cfg(feature = "reference")]
pub(crate) use assign::without_name;
pub use assign::{Unnamed, assign};
pub use choose::LONGEST;
#[cfg(feature = "reference")]
pub(crate) use choose::choose;
pub use pin::{Pins, Wanted};
#[cfg(feature = "reference")]
pub(crate) use title::deed;
