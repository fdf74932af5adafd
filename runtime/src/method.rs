//! The HTTP methods that documentation names.
//! A method in another case is another method, so this module must never ignore case.

use core::fmt;
use core::str::FromStr;

/// An HTTP method of [RFC 9110, section 9.3] or [RFC 5789] (`PATCH`).
///
/// ```
/// use permspec_runtime::Method;
///
/// assert_eq!("PUT".parse(), Ok(Method::Put));
/// assert_eq!(Method::Put.as_str(), "PUT");
/// assert!("put".parse::<Method>().is_err(), "method names are case-sensitive");
/// ```
///
/// [RFC 9110, section 9.3]: https://www.rfc-editor.org/rfc/rfc9110#section-9.3
/// [RFC 5789]: https://www.rfc-editor.org/rfc/rfc5789
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
    /// `CONNECT`
    Connect,
    /// `OPTIONS`
    Options,
    /// `TRACE`
    Trace,
    /// `PATCH`
    Patch,
}

impl Method {
    /// Every method, in the order of the RFCs.
    pub const ALL: &'static [Method] = &[
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Delete,
        Method::Connect,
        Method::Options,
        Method::Trace,
        Method::Patch,
    ];

    /// The name as it appears in a request line, in upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
            Method::Connect => "CONNECT",
            Method::Options => "OPTIONS",
            Method::Trace => "TRACE",
            Method::Patch => "PATCH",
        }
    }

    /// Whether repeating the call has the same effect as making it once (RFC 9110, section 9.2.2).
    #[cfg(feature = "client")]
    pub(crate) const fn is_idempotent(self) -> bool {
        !matches!(self, Method::Post | Method::Patch | Method::Connect)
    }

    /// Whether a request without a body announces the length 0 (RFC 9110, section 8.6).
    #[cfg(feature = "ureq")]
    pub(crate) const fn expects_body(self) -> bool {
        matches!(self, Method::Post | Method::Put | Method::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        let known = Method::ALL.iter().find(|method| method.as_str() == name);
        known.copied().ok_or(UnknownMethod(()))
    }
}

/// A text that is not a [`Method`]. Names are in upper case, without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMethod(());

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the name of an HTTP method; names are upper case, such as `GET`")
    }
}

impl core::error::Error for UnknownMethod {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_read_back_from_its_name() {
        for &method in Method::ALL {
            assert_eq!(method.as_str().parse(), Ok(method));
        }
    }

    #[cfg(feature = "client")]
    #[test]
    fn methods_that_may_do_a_thing_twice_are_not_idempotent() {
        let once = Method::ALL.iter().filter(|method| !method.is_idempotent());
        assert!(once.eq(&[Method::Post, Method::Connect, Method::Patch]));
    }

    #[cfg(feature = "ureq")]
    #[test]
    fn methods_with_a_body_expect_one() {
        let bodies = Method::ALL.iter().filter(|method| method.expects_body());
        assert!(bodies.eq(&[Method::Post, Method::Put, Method::Patch]));
    }

    #[test]
    fn a_method_in_lower_case_or_with_blanks_is_none() {
        for name in ["get", "Get", " GET", "GET ", "", "METHOD"] {
            assert_eq!(name.parse::<Method>(), Err(UnknownMethod(())), "{name}");
        }
    }
}
