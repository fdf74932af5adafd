//! Makes files other than Rust from a spec model: OpenAPI documents, an HTML catalogue, Markdown, and the output of
//! templates.
//!
//! - [`openapi`]: a service as an OpenAPI document, with the permissions of its operations.
//! - [`Templates`] and [`render`]: minijinja templates, built in or the user's own. They all see the same documented
//!   [`Context`].
//! - [`schema`]: JSON Schemas of the model, of `permspec.toml` and of the context.
//!
//! Everything here is a function from the model to files in memory. It is a separate package, so that build scripts do
//! not compile it.
#![forbid(unsafe_code)]

pub mod context;
pub mod openapi;
pub mod schema;
mod shown;

mod filter;
mod language;
mod render;
mod templates;

pub use context::Context;
pub use filter::csv_field;
pub use render::render;
pub use templates::Templates;
