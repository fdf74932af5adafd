//! What people make of a spec model besides Rust: OpenAPI documents, an HTML catalogue, Markdown, and
//! whatever a template says.
//!
//! - [`openapi`]: a service as an OpenAPI document, with the permissions that no other one has.
//! - [`Templates`] and [`render`]: minijinja templates, built in or a user's own, over one documented
//!   [`Context`].
//! - [`schema`]: JSON Schemas of the model, of `permspec.toml` and of the context.
//!
//! Everything here is a function from the model to files in memory. It is a package of its own, so that
//! build scripts do not pay for it.
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
