//! HTTP libraries as transports.
//! An adapter sends each request once, as it is. It must never decide about a call.

#[cfg(any(feature = "reqwest-rustls", feature = "ureq-rustls"))]
mod pem;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;

/// Refuses settings of TLS, because the HTTP library has no TLS without `feature`.
#[cfg(any(
    all(feature = "reqwest", not(feature = "reqwest-rustls")),
    all(feature = "ureq", not(feature = "ureq-rustls")),
))]
fn refuse_tls(tls: &crate::Tls, feature: &str) -> Result<(), crate::Error> {
    if *tls == crate::Tls::default() {
        return Ok(());
    }
    let reason = alloc::format!("settings of TLS need the feature `{feature}` of permspec-runtime");
    Err(crate::Error::network(reason))
}

/// The value of `User-Agent`.
const USER_AGENT: &str = concat!("permspec-runtime/", env!("CARGO_PKG_VERSION"));
