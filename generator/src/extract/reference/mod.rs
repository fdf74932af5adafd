//! From API reference pages to the model: which page describes an operation, what is sent, what comes
//! back, and which table describes which object.
//!
//! The way: parse, `draft` (a page as facts), then per service `library` (tables by label), `operation` (a page put
//! together), `names`, `finish`.

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
mod row;
mod service;

pub use account::ReferenceAccount;
pub use service::{PageText, read};
