//! The clients: one way from a request to its answer, and two ways to wait for it.
//! This module must never show a secret, neither its own nor one that a server sends back.

#[macro_use]
mod settings;

#[cfg(any(feature = "reqwest", feature = "ureq"))]
mod adapter;
mod asynchronous;
mod blocking;
mod call;
mod download;
mod engine;
mod error;
mod json;
mod response;
mod retry;

#[cfg(feature = "reqwest")]
pub use adapter::Reqwest;
#[cfg(feature = "ureq")]
pub use adapter::Ureq;
pub use asynchronous::Client;
pub use blocking::{Client as BlockingClient, Download as BlockingDownload};
pub use download::Download;
pub use error::{Error, ErrorKind};
pub use response::Response;
pub use retry::Retry;

use call::Call;
use engine::Engine;
