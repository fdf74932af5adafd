//! Where a service listens: scheme, host, and optionally a path that comes before every path.
//! This module must never send a request to another host than the one that the caller named.

use alloc::format;
use alloc::string::String;
use core::convert::Infallible;
use core::fmt;
use core::net::IpAddr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// The address of a service, such as `https://ims.eu-de.otc.t-systems.com`: scheme, host, and optionally
/// a port and a path that comes before every path.
///
/// The documentation lists only paths. The hosts of Open Telekom Cloud follow one pattern, which
/// [`Address::otc`] knows. Nothing applies the pattern automatically, because the first part of a host is
/// not always the service name of the actions.
///
/// ```
/// use permspec_runtime::Address;
///
/// let address = Address::otc("ims", "eu-de")?;
/// assert_eq!(address.to_string(), "https://ims.eu-de.otc.t-systems.com");
///
/// // Direct Connect is documented as `dc`, and its actions start with `dcaas:`. Pass the name that
/// // its host has.
/// assert!(Address::otc("dcaas", "eu-nl").is_ok());
/// assert!(Address::try_from("https://gate.example/ims").is_ok());
/// assert!(Address::try_from("ims.eu-de.otc.t-systems.com").is_err(), "a scheme is never guessed");
/// # Ok::<(), permspec_runtime::InvalidAddress>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    scheme: Scheme,
    authority: Authority,
    /// Empty, or `/` and more, without a slash at the end.
    prefix: String,
}

/// A text that is not an [`Address`]. The error does not contain the text, because it may contain a
/// password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAddress {
    reason: &'static str,
}

impl InvalidAddress {
    /// Why the text cannot be used as an address.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service's address cannot be used: {}", self.reason)
    }
}

impl core::error::Error for InvalidAddress {}

impl From<Infallible> for InvalidAddress {
    fn from(never: Infallible) -> InvalidAddress {
        match never {}
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

impl TryFrom<&str> for Address {
    type Error = InvalidAddress;

    fn try_from(text: &str) -> Result<Address, InvalidAddress> {
        Address::parse(text).map_err(|reason| InvalidAddress { reason })
    }
}

impl TryFrom<&String> for Address {
    type Error = InvalidAddress;

    fn try_from(text: &String) -> Result<Address, InvalidAddress> {
        text.as_str().try_into()
    }
}

impl TryFrom<String> for Address {
    type Error = InvalidAddress;

    fn try_from(text: String) -> Result<Address, InvalidAddress> {
        text.as_str().try_into()
    }
}

impl Address {
    /// The address `https://<service>.<region>.otc.t-systems.com`, by the pattern of Open Telekom Cloud's
    /// hosts.
    ///
    /// Regions are `eu-de` and `eu-nl`. `iam` has one host in each of them. The page "Regions and
    /// Endpoints" of the documentation lists the host of each service.
    ///
    /// # Errors
    /// Returns an error if `service` or `region` contains anything but letters, digits and hyphens.
    pub fn otc(service: &str, region: &str) -> Result<Address, InvalidAddress> {
        let is_label = |part: &str| {
            let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            (1..=63).contains(&part.len())
                && part.bytes().all(inner)
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        if !is_label(service) || !is_label(region) {
            return Err(InvalidAddress {
                reason: "service and region must be parts of a host name",
            });
        }
        format!("https://{service}.{region}.otc.t-systems.com").try_into()
    }

    /// Reads an absolute `http` or `https` URL. The error says what the text lacks.
    fn parse(text: &str) -> Result<Address, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "it is not a URL")?;
        let parts = uri.into_parts();
        let scheme = parts
            .scheme
            .ok_or("it has no scheme; write `https://` at the start")?;
        let authority = parts.authority.ok_or("it has no host")?;
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err("its scheme is neither `http` nor `https`");
        }
        if authority.host().is_empty() {
            return Err("it has no host");
        }
        if authority.as_str().contains('@') {
            return Err("it contains a user name or a password");
        }
        // `Uri` drops a fragment silently, so this checks the text itself.
        if text.contains(['?', '#']) {
            return Err("it has a query or a fragment");
        }
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path);
        Ok(Address {
            authority: without_default_port(&scheme, authority),
            scheme,
            prefix: path.trim_end_matches('/').into(),
        })
    }

    /// Whether this address needs TLS.
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Whether this address is the local machine, by name or number.
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.authority.host())
    }

    /// The host, without the port.
    #[cfg(feature = "cloud")]
    pub(crate) fn host(&self) -> &str {
        self.authority.host()
    }

    /// The absolute URL of `target`, which is in origin form. `None` if the URL is too long.
    pub(crate) fn resolve(&self, target: &Uri) -> Option<Uri> {
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("{}{target}", self.prefix))
            .build()
            .ok()
    }
}

/// Whether a host is the local machine, by name or number.
pub(crate) fn is_loopback(host: &str) -> bool {
    let number = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || number.is_ok_and(|number| number.is_loopback())
}

/// Removes the default port of the scheme, because HTTP clients remove it from `Host` (RFC 9110, section
/// 7.2), and `Host` is signed.
fn without_default_port(scheme: &Scheme, authority: Authority) -> Authority {
    let default = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    if authority.port_u16() == Some(default) {
        authority.host().parse().unwrap_or(authority)
    } else {
        authority
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn resolve(address: &str, target: &'static str) -> String {
        let address = Address::parse(address).unwrap();
        address
            .resolve(&Uri::from_static(target))
            .unwrap()
            .to_string()
    }

    #[test]
    fn a_slash_at_the_end_changes_nothing() {
        assert_eq!(
            resolve("http://127.0.0.1:80", "/v2/images?x=1"),
            "http://127.0.0.1/v2/images?x=1"
        );
        assert_eq!(
            resolve("http://127.0.0.1:80/", "/v2/images"),
            "http://127.0.0.1/v2/images"
        );
    }

    #[test]
    fn a_path_of_the_address_comes_first() {
        assert_eq!(
            resolve("https://gate.example/ims/", "/v2/images"),
            "https://gate.example/ims/v2/images"
        );
    }

    #[test]
    fn a_path_that_looks_like_a_host_stays_a_path() {
        let uri = Address::parse("http://a.example")
            .unwrap()
            .resolve(&"/x@evil.example".parse().unwrap());
        assert_eq!(uri.unwrap().host(), Some("a.example"));
    }

    #[test]
    fn this_machine_is_known_by_name_and_number() {
        let is_loopback = |address| Address::parse(address).unwrap().is_loopback();
        assert!(is_loopback("http://localhost:80"));
        assert!(is_loopback("http://127.0.0.1"));
        assert!(is_loopback("http://[::1]:80"));
        assert!(!is_loopback("http://127.0.0.1.example"));
        assert!(!is_loopback("http://10.0.0.1"));
    }

    #[test]
    fn only_the_port_of_the_scheme_is_left_out() {
        for (address, shown) in [
            ("https://a.example:443", "https://a.example"),
            ("https://a.example:80/x", "https://a.example:80/x"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(Address::parse(address).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn the_pattern_takes_no_part_that_would_make_another_host() {
        for (service, region) in [
            ("", "eu-de"),
            ("ims", ""),
            ("a.b", "eu-de"),
            ("evil.example/", "eu-de"),
            ("user@evil", "eu-de"),
            ("-ims", "eu-de"),
            ("ims", "eu-de:1"),
        ] {
            assert!(Address::otc(service, region).is_err(), "{service} {region}");
        }
    }

    #[test]
    fn an_address_without_scheme_or_host_or_with_more_is_refused() {
        for (address, reason) in [
            ("", "it is not a URL"),
            ("http://a b", "it is not a URL"),
            (
                "ims.eu-de.otc.t-systems.com",
                "it has no scheme; write `https://` at the start",
            ),
            ("/v2", "it has no scheme; write `https://` at the start"),
            (
                "ftp://a.example",
                "its scheme is neither `http` nor `https`",
            ),
            (
                "http://user:secret@a.example",
                "it contains a user name or a password",
            ),
            ("http://a.example/?x=1", "it has a query or a fragment"),
            ("http://a.example/#x", "it has a query or a fragment"),
            ("http://:80", "it has no host"),
        ] {
            assert_eq!(Address::parse(address).err(), Some(reason), "{address}");
        }
    }
}
