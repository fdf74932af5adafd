//! Permission tables of cloud API documentation, turned into Rust.
//!
//! A cloud such as Open Telekom Cloud does not publish a machine-readable description of its permissions. It
//! publishes pages with tables that say which call needs which IAM action. permspec reads these
//! reStructuredText tables into a **spec model** (JSON that is checked in and reviewed). From the model it
//! emits, for each service, a `Route` enum, a static route table, permission constants and client stubs.
//!
//! ```text
//! text -> wanted page -> tables -> rows -> spec model (JSON) -> Rust
//!  load  recognise    parse    extract  name, check          emit, write
//! ```
//!
//! - In a build script: [`Builder`].
//! - For tools, with feature `tools`: [`Project`], then [`pipeline::extract`], `pipeline::generate` and
//!   `drift::check`; the `permspec` command is a thin layer over these.
//! - The data: [`model`].
//!
//! Every row of every table that maps API calls to actions ends as an operation or as a [`Diagnostic`] with a
//! stable [`Code`]. No row vanishes, and one run reports all problems.
#![forbid(unsafe_code)]

#[cfg(feature = "tools")]
pub mod drift;
pub mod extract;
pub mod ident;
#[cfg(feature = "reference")]
pub mod interface;
pub mod load;
pub mod lookup;
pub mod naming;
pub mod pipeline;
pub mod recognise;
pub mod sharing;
pub mod write;

pub use permspec_model::{self as model, inert};

mod account;
mod assemble;
mod builder;
#[cfg(feature = "reference")]
mod catalogue;
mod check;
#[cfg(feature = "config")]
mod config;
mod diagnostic;
mod emit;
mod error;
mod fixup;
mod lint;
mod markup;
mod merge;
mod nearest;
mod pair;
mod project;
mod read;
mod renamed;
mod subject;
mod unseen;
mod words;

pub use account::Account;
pub use builder::Builder;
pub use diagnostic::{Code, Diagnostic, Location, Report, Severity};
pub use error::Error;
pub use markup::report as report_markup;
#[cfg(feature = "config")]
pub use nearest::nearest;
pub use project::{Cells, Fixup, Package, Project, ServiceSettings, TypesPackage};
pub use renamed::Rename;
pub use subject::Subject;

/// The code in the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
