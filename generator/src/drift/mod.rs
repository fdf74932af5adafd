//! What changed between two versions of the documentation, and whether it breaks anybody. Pages and
//! operations are paired by what does not drift, and the kind of each change is an entry of [`RULES`]. This
//! module must never report the position of a row, its line breaks, or how a table is drawn.
//!
//! [`diff()`] is a pure function over two versions from any source. [`check()`] applies it to a project: its
//! pages, its spec model and its generated code. [`diff_versions`] reads the two versions that a caller
//! names. This module calls the pipeline, and the pipeline never calls this module.

mod call;
mod calls;
mod change;
mod check;
mod column;
mod constant;
mod diff;
mod difference;
mod effect;
pub mod fingerprint;
mod generated;
mod needs;
mod page;
mod release;
mod rows;
mod rules;
mod scope;
mod sentence;
mod side;
mod versions;
mod write;

pub use change::Change;
pub use check::{Drift, Findings, Kind, check};
pub use diff::diff;
pub use effect::{ChangeSeverity, PolicyEffect, Semver};
pub use rules::{Area, Entry, RULES, Rule};
pub use side::{Column, Layout, PageModel};
pub use versions::{diff_versions, read_version};
