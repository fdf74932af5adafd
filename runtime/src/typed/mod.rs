//! Typed calls: requests whose body and response have a type, made from the pages of an API reference.
//!
//! Generated types have one field per documented field. Every field is an `Option`, because services leave out
//! fields that their documentation requires, and add fields that it does not know. What is not as documented
//! stays in the object's [`Extra`], so an object is written as it was read.
//!
//! Generated code lists names and types. All code that reads, writes, compares and shows values is compiled once,
//! in this module, because code in generated types would be compiled thousands of times.

mod body;
mod call;
mod deviation;
mod extra;
mod node;
mod object;
mod open;
#[cfg(feature = "client")]
mod pages;
mod paging;
#[cfg(feature = "serde")]
mod serial;
mod wire;
mod writer;

#[cfg(test)]
mod tests;

pub use body::{Content, FromBody};
pub use call::{Call, Operation};
pub use deviation::{Deviation, Difference};
pub use extra::Extra;
pub use node::Node;
pub use object::{Object, Shape, UseSlots, UseValues};
#[doc(hidden)]
pub use object::{debug, is_same};
pub use open::Open;
#[doc(hidden)]
pub use open::read_open;
#[cfg(feature = "client")]
pub(crate) use pages::{PageError, Pager};
pub use paging::{Paged, Paging, Place};
#[cfg(feature = "serde")]
#[doc(hidden)]
pub use serial::{Deserialize, Deserializer, Serialize, Serializer, deserialize, serialize};
pub use wire::{Fit, Wire, deviations, from_json, to_json};
pub use writer::Writer;

/// An object whose fields the documentation does not list.
pub type Map<T> = alloc::collections::BTreeMap<alloc::string::String, T>;

/// A JSON value whose form the documentation does not describe.
pub use serde_json::Value as Json;

/// Without the feature `serde`, generated types do not have serde's traits.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {};
}
