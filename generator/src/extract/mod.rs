//! From a parsed page to what it documents: the rows of permission tables (`permission/`), or the
//! operation of an API reference page (`reference/`). Both read tables (`table/`) and calls (`call/`).

mod call;
#[cfg(feature = "reference")]
pub mod example;
mod page;
mod permission;
#[cfg(feature = "reference")]
pub mod reference;
pub(crate) mod table;

pub use page::{original_name, title};
pub(crate) use permission::call as one_call;
pub use permission::{Columns, Extracted, Headers, Role, Row, tables};
