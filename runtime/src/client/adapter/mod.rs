//! HTTP libraries as transports.
//! An adapter sends each request once, as it is. It must never decide about a call.

#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

use core::time::Duration;

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;

/// The value of `User-Agent`.
const USER_AGENT: &str = concat!("permspec-runtime/", env!("CARGO_PKG_VERSION"));
/// The longest part of an attempt's time that connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
