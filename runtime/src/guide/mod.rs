//! How to use this crate: one page per task. Every example is compiled and run as a test.
//!
//! - [`call`]: call the cloud with the generated stubs.
//! - [`sign`]: prove who calls, with a token or an access key.
//! - [`guard`]: let a server decide by the documentation's permissions.
//! - [`test`](mod@test): test code that calls the cloud, without a cloud.

#[cfg(feature = "client")]
pub mod call;
#[cfg(feature = "tower")]
pub mod guard;
#[cfg(all(feature = "client", feature = "sign"))]
pub mod sign;
#[cfg(feature = "client")]
pub mod test;
