//! The spec model: what the documentation says about each operation, as plain data.
//! It holds facts only; this module must never know how pages are written or code is emitted.

mod json;
mod object;
mod operation;
mod page;
#[cfg(feature = "reference")]
pub mod reference;
#[cfg(feature = "reference")]
pub mod schema;
mod shape;

pub use operation::{Operation, Requirement, Route};
pub(crate) use page::stem;
pub use page::{Origin, Page, Service};
pub use shape::{Parameter, PathShape, parameters};

/// The major version of the model's JSON form that this crate reads and writes.
pub const VERSION: u32 = 1;

/// Fields of a newer minor version: kept when read, written back unchanged.
pub type Extra = std::collections::BTreeMap<String, serde_json::Value>;
