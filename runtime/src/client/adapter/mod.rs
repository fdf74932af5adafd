//! HTTP libraries as transports.
//! This module must never decide about a call: an adapter sends what it gets, once.

#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

use core::time::Duration;

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;

/// What the adapters call themselves.
const USER_AGENT: &str = concat!("permspec-runtime/", env!("CARGO_PKG_VERSION"));
/// How much of an attempt's time connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
