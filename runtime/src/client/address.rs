//! Where a service listens: scheme, host, and perhaps a path in front of every path.
//! This module must never let a request reach another host than the one the caller named.

use alloc::format;
use alloc::string::String;
use core::net::IpAddr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// The address of a service, such as `https://ims.eu-de.otc.t-systems.com`.
#[derive(Clone, Debug)]
pub(super) struct Address {
    scheme: Scheme,
    authority: Authority,
    /// Empty, or `/` and more, without a slash at the end.
    prefix: String,
}

impl Address {
    /// Reads an absolute `http` or `https` URL; the error says what it lacks.
    pub(super) fn parse(text: &str) -> Result<Address, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "it is no URL")?;
        let parts = uri.into_parts();
        let scheme = parts
            .scheme
            .ok_or("it has no scheme; write `https://` in front")?;
        let authority = parts.authority.ok_or("it has no host")?;
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err("its scheme is neither `http` nor `https`");
        }
        if authority.host().is_empty() {
            return Err("it has no host");
        }
        if authority.as_str().contains('@') {
            return Err("it holds a user name or password");
        }
        // `Uri` drops a fragment without a word, so the text is asked.
        if text.contains(['?', '#']) {
            return Err("it has a query or a fragment");
        }
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path);
        Ok(Address {
            scheme,
            authority,
            prefix: path.trim_end_matches('/').into(),
        })
    }

    pub(super) fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Whether it is this machine, by name or number.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.authority.host();
        let number = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || number.is_ok_and(|number| number.is_loopback())
    }

    /// The absolute URL of `target`, which is in origin form; `None` where it gets too long.
    pub(super) fn resolve(&self, target: &Uri) -> Option<Uri> {
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("{}{target}", self.prefix))
            .build()
            .ok()
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
            "http://127.0.0.1:80/v2/images?x=1"
        );
        assert_eq!(
            resolve("http://127.0.0.1:80/", "/v2/images"),
            "http://127.0.0.1:80/v2/images"
        );
    }

    #[test]
    fn a_path_of_the_address_stands_in_front() {
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
    fn an_address_without_scheme_or_host_or_with_more_is_refused() {
        for (address, reason) in [
            ("", "it is no URL"),
            ("http://a b", "it is no URL"),
            (
                "ims.eu-de.otc.t-systems.com",
                "it has no scheme; write `https://` in front",
            ),
            ("/v2", "it has no scheme; write `https://` in front"),
            (
                "ftp://a.example",
                "its scheme is neither `http` nor `https`",
            ),
            (
                "http://user:secret@a.example",
                "it holds a user name or password",
            ),
            ("http://a.example/?x=1", "it has a query or a fragment"),
            ("http://a.example/#x", "it has a query or a fragment"),
            ("http://:80", "it has no host"),
        ] {
            assert_eq!(Address::parse(address).err(), Some(reason), "{address}");
        }
    }
}
