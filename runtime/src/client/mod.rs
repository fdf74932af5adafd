//! The clients. The way from a request to its response exists once, and there are two ways to wait for
//! it.
//! This module must never show a secret, even if a server sends one back.

#[macro_use]
mod settings;

#[cfg(any(feature = "reqwest", feature = "ureq"))]
mod adapter;
mod asynchronous;
mod blocking;

mod download;
mod engine;
mod error;
mod json;
#[cfg(feature = "typed")]
mod pages;
mod refusal;
mod response;
mod retry;
mod sent_call;
#[cfg(feature = "typed")]
mod typed;
#[cfg(feature = "typed")]
mod wait;

#[cfg(feature = "reqwest")]
pub use adapter::Reqwest;
#[cfg(feature = "ureq")]
pub use adapter::Ureq;
pub use asynchronous::Client;
pub use blocking::{Client as BlockingClient, Download as BlockingDownload};
pub use download::Download;
pub use error::{Error, ErrorKind};
#[cfg(feature = "typed")]
pub use pages::{BlockingPages, Pages};
pub use response::Response;
pub use retry::Retry;
#[cfg(feature = "typed")]
pub use typed::Reply;
#[cfg(feature = "typed")]
pub use wait::JobDone;

use engine::Engine;
#[cfg(feature = "cloud")]
pub(crate) use engine::Locate;
use sent_call::SentCall;
