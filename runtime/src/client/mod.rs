//! The clients: one way from a request to its answer, and two ways to wait for it.
//! This module must never show a secret, neither its own nor one that a server sends back.

#[macro_use]
mod settings;

mod asynchronous;
mod blocking;
mod body;
mod call;
mod download;
mod engine;
mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod transport;
#[cfg(feature = "ureq")]
mod ureq;

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;
pub use asynchronous::Client;
pub use blocking::{Client as BlockingClient, Download as BlockingDownload};
pub use body::Body;
pub use download::Download;
pub use error::{Error, ErrorKind};
pub use response::Response;
pub use retry::Retry;
pub use transport::Transport;

pub(crate) use engine::read_up_to;
pub(crate) use error::excerpt;

use crate::boxed::BoxError;
use call::Call;
use engine::Engine;
