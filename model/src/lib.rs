//! The spec model of permspec: what a documentation says about each operation, as plain data.
//!
//! One [`Page`] is one JSON file, `spec/<service>/<page>.json`. The model contains only facts. It does
//! not know how pages are written or how code is emitted. Readers write it, and emitters read it.
//!
//! ```
//! use permspec_model::Page;
//!
//! let text = r#"{"permspec": 2, "service": "ims",
//!     "page": {"title": "Image Sharing", "path": "ims/image_sharing.rst", "original_name": null,
//!              "doc_url": null, "sha256": "00"},
//!     "operations": []}"#;
//! let page = Page::from_json(text)?;
//! assert_eq!(page.service, "ims");
//! assert_eq!(Page::from_json(&page.to_json())?, page);
//! # Ok::<(), permspec_model::ReadError>(())
//! ```
#![forbid(unsafe_code)]

#[cfg(feature = "reference")]
pub mod example;
pub mod inert;
#[cfg(feature = "reference")]
pub mod reference;
#[cfg(feature = "reference")]
pub mod schema;

mod action;
#[cfg(feature = "reference")]
mod documented;
mod endpoint;
#[cfg(feature = "reference")]
mod interface;
mod json;
#[cfg(all(feature = "reference", feature = "schema"))]
mod json_schema;
#[cfg(feature = "reference")]
mod layout;
mod method;
mod object;
mod operation;
mod page;
mod shape;
mod version;

pub use action::{Requirement, is_action};
#[cfg(feature = "reference")]
pub use documented::{Documented, documented};
pub use endpoint::Endpoint;
#[cfg(feature = "reference")]
pub use interface::Interface;
pub use json::ReadError;
pub use method::{ALL_METHODS, METHODS};
pub use operation::Operation;
pub use page::{Access, Origin, Page, Service, stem};
pub use shape::{Parameter, PathShape, parameters};
pub use version::is_version;

/// The major version of the model's JSON form that this crate writes. The crate reads this version and
/// all earlier ones.
pub const VERSION: u32 = 2;

/// The fields of a newer minor version. They are kept when read, and written back unchanged.
pub type Extra = std::collections::BTreeMap<String, serde_json::Value>;
