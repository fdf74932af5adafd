//! What changed between two versions of the documentation, and whether it breaks anybody.
//! Pages and operations are paired by what does not drift, and each change is an entry of [`RULES`];
//! this module must never report where a row stands, how it is wrapped or how a table is drawn.
//!
//! [`diff()`] is a pure function over two versions, wherever they come from; [`check()`] applies it to a
//! project: its pages, its spec model and its generated code. [`diff_versions`] reads the two
//! versions that a caller names. The pipeline makes what is compared and never calls this module.

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
