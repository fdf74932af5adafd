//! From API reference pages to the model: which page describes an operation, what the caller and the server
//! send, and which table describes which object.
//!
//! The stages: parse, `draft` (a page as facts), then for each service `library` (tables
//! by label), `operation` (a page put together), `names`, `finish`.

mod account;
mod call;
mod caption;
mod columns;
mod draft;
mod fact;
mod finish;
mod guide;
mod kind;
mod library;
mod lint;
mod names;
mod nest;
mod operation;
mod outline;
mod part;
mod prose;
mod row;
mod service;

pub use account::ReferenceAccount;
pub use names::pin::SchemaPins;
pub use service::{PageText, read};
