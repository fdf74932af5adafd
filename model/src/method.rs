//! The methods of HTTP (RFC 9110, section 9.3, and RFC 5789), in upper case.

/// The methods that a documentation may state for an API.
pub const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// All methods, in the order of `permspec_runtime::Method`.
pub const ALL_METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
];
