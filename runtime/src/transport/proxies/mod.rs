//! Which proxy each request goes through. Both adapters ask here, because the HTTP libraries read the environment by
//! different rules.
//! This module must never show the password of a proxy, or choose a proxy of the environment for the local machine.

mod exceptions;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use core::fmt;

use http::Uri;

use super::Proxy;
use crate::address::is_loopback;
use exceptions::Exceptions;

/// The address of a proxy is not repeated, because it may contain a password.
const NOT_A_URL: &str = "it is not a URL such as `http://user:password@proxy.example:3128`; in a password, write \
    characters other than letters and digits as `%40`";
const NOT_HTTP: &str = "its scheme is neither `http` nor `https`; other kinds of proxies, such as SOCKS, are not supported";
const NEEDS_TLS: &str = "it is reached over `https://`, which needs the TLS feature of permspec-runtime for this HTTP \
    library";

/// The proxies for the two schemes, as values of an HTTP library.
#[derive(Clone)]
pub(crate) struct Proxies<P> {
    http: Way<P>,
    https: Way<P>,
    /// Hosts without a proxy. `None` if the settings state the proxy, which then carries every request.
    exceptions: Option<Arc<Exceptions>>,
}

/// How requests of one scheme are sent.
#[derive(Clone)]
enum Way<P> {
    Direct,
    Through(P),
    /// A proxy of the environment that cannot be used, and why. It must not be an error before a request needs it.
    Unusable(Arc<str>),
}

impl<P: Clone> Proxies<P> {
    /// No request goes through a proxy.
    pub(crate) const fn none() -> Proxies<P> {
        Proxies {
            http: Way::Direct,
            https: Way::Direct,
            exceptions: None,
        }
    }

    /// The proxies of the settings. `convert` makes values of the HTTP library. `has_tls` says whether it can reach a
    /// proxy over `https://`.
    ///
    /// # Errors
    /// Says why the stated proxy cannot be used.
    pub(crate) fn new(
        proxy: &Proxy,
        has_tls: bool,
        convert: impl Fn(&str) -> Option<P>,
    ) -> Result<Proxies<P>, String> {
        let read = |url: &str| {
            let url = address(url, has_tls)?;
            convert(&url).ok_or(NOT_A_URL)
        };
        match proxy {
            Proxy::None => Ok(Proxies::none()),
            Proxy::Url(url) => {
                let proxy =
                    read(url).map_err(|reason| format!("the proxy is unusable: {reason}"))?;
                Ok(Proxies {
                    http: Way::Through(proxy.clone()),
                    https: Way::Through(proxy),
                    exceptions: None,
                })
            }
            Proxy::Environment => Ok(of_environment(&|name| std::env::var(name).ok(), read)),
        }
    }

    /// The proxy for a request to `host`. `None` if it is sent without one.
    ///
    /// # Errors
    /// Says why the proxy of the environment cannot be used.
    pub(crate) fn choose(
        &self,
        is_https: bool,
        host: &str,
        port: Option<u16>,
    ) -> Result<Option<&P>, String> {
        let way = if is_https { &self.https } else { &self.http };
        let is_exception = |exceptions: &Arc<Exceptions>| {
            let port = port.unwrap_or(if is_https { 443 } else { 80 });
            is_loopback(host) || exceptions.contain(host, port)
        };
        match way {
            Way::Direct => Ok(None),
            _ if self.exceptions.as_ref().is_some_and(is_exception) => Ok(None),
            Way::Through(proxy) => Ok(Some(proxy)),
            Way::Unusable(reason) => Err(reason.to_string()),
        }
    }
}

/// Reads the variables as Python's `requests` does, on which the command `openstack` stands: a name in lower case
/// counts first, and an empty one means no proxy. `HTTP_PROXY` does not count in a CGI script, where a client could
/// set it with the header `Proxy`.
///
/// Source: `getproxies_environment` in Python's urllib/request.py.
fn of_environment<P>(
    variable: &dyn Fn(&str) -> Option<String>,
    read: impl Fn(&str) -> Result<P, &'static str>,
) -> Proxies<P> {
    let of = |lower: &'static str| {
        let upper = lower.to_ascii_uppercase();
        let (name, url) = match variable(lower) {
            Some(url) => (lower.to_string(), url),
            None if lower == "http_proxy" && variable("REQUEST_METHOD").is_some() => return None,
            None => (upper.clone(), variable(&upper)?),
        };
        let read = |url: &str| match read(url) {
            Ok(proxy) => Way::Through(proxy),
            Err(reason) => Way::Unusable(
                format!("the proxy of the variable `{name}` is unusable: {reason}").into(),
            ),
        };
        Some(url.trim()).filter(|url| !url.is_empty()).map(read)
    };
    let way = |name| of(name).or_else(|| of("all_proxy")).unwrap_or(Way::Direct);
    let exceptions = variable("no_proxy").or_else(|| variable("NO_PROXY"));
    Proxies {
        http: way("http_proxy"),
        https: way("https_proxy"),
        exceptions: Some(Arc::new(Exceptions::read(&exceptions.unwrap_or_default()))),
    }
}

/// The address of a proxy without a path. Without a scheme, `http` is meant.
fn address(text: &str, has_tls: bool) -> Result<String, &'static str> {
    let url: Uri = if text.contains("://") {
        text.parse()
    } else {
        format!("http://{text}").parse()
    }
    .map_err(|_| NOT_A_URL)?;
    let authority = url.authority().filter(|all| !all.host().is_empty());
    let authority = authority.ok_or(NOT_A_URL)?;
    match url.scheme_str() {
        Some("http") => Ok(format!("http://{authority}")),
        Some("https") if has_tls => Ok(format!("https://{authority}")),
        Some("https") => Err(NEEDS_TLS),
        _ => Err(NOT_HTTP),
    }
}

/// Shows nothing of the proxies.
impl<P> fmt::Debug for Proxies<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies<String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_string())
        };
        of_environment(&variable, |url| address(url, true))
    }

    fn chosen(variables: &[(&str, &str)], url: &str) -> String {
        let url: Uri = url.parse().unwrap();
        let is_https = url.scheme_str() == Some("https");
        let proxies = proxies(variables);
        let chosen = proxies.choose(is_https, url.host().unwrap(), url.port_u16());
        chosen.unwrap().map_or("none", String::as_str).to_string()
    }

    #[test]
    fn each_scheme_has_a_proxy_of_its_own() {
        let both = [("http_proxy", "http://a"), ("https_proxy", "http://b")];
        assert_eq!(chosen(&both, "http://demo.test"), "http://a");
        assert_eq!(chosen(&both, "https://demo.test"), "http://b");
        assert_eq!(chosen(&both[..1], "https://demo.test"), "none");
        let all = [("ALL_PROXY", "c:3128"), ("http_proxy", "https://a/x")];
        assert_eq!(chosen(&all, "http://demo.test"), "https://a");
        assert_eq!(chosen(&all, "https://demo.test"), "http://c:3128");
        assert_eq!(chosen(&[], "https://demo.test"), "none");
    }

    #[test]
    fn a_name_in_lower_case_counts_first_even_if_it_is_empty() {
        let both = [("HTTPS_PROXY", "http://a"), ("https_proxy", "http://b")];
        assert_eq!(chosen(&both, "https://demo.test"), "http://b");
        let empty = [("HTTPS_PROXY", "http://a"), ("https_proxy", "")];
        assert_eq!(chosen(&empty, "https://demo.test"), "none");
    }

    #[test]
    fn a_client_of_a_cgi_script_chooses_no_proxy() {
        let upper = [("HTTP_PROXY", "http://a"), ("REQUEST_METHOD", "GET")];
        assert_eq!(chosen(&upper[..1], "http://demo.test"), "http://a");
        assert_eq!(chosen(&upper, "http://demo.test"), "none");
        let lower = [("http_proxy", "http://a"), ("REQUEST_METHOD", "GET")];
        assert_eq!(chosen(&lower, "http://demo.test"), "http://a");
    }

    #[test]
    fn the_local_machine_and_exceptions_have_no_proxy() {
        let variables = [("all_proxy", "http://a"), ("NO_PROXY", "demo.test")];
        for url in [
            "http://127.0.0.1:1",
            "https://localhost",
            "http://[::1]:80",
            "https://x.demo.test",
        ] {
            assert_eq!(chosen(&variables, url), "none", "{url}");
        }
        assert_eq!(chosen(&variables, "https://other.test"), "http://a");
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_an_error_of_the_requests_that_need_it() {
        for url in [
            "socks5://me:s3cret@a",
            "http://me:s3cret@",
            "http://me:s3cret@a b",
        ] {
            let variables = [("all_proxy", url), ("http_proxy", "http://b")];
            let proxies = proxies(&variables);
            let error = proxies.choose(true, "demo.test", None).unwrap_err();
            assert!(error.contains("the variable `all_proxy`"), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
            assert_eq!(chosen(&variables, "http://demo.test"), "http://b");
            assert_eq!(chosen(&variables, "https://127.0.0.1"), "none");
        }
    }

    #[test]
    fn a_stated_proxy_carries_every_request_and_must_be_usable() {
        let new = |url: &str, has_tls| {
            Proxies::new(&Proxy::Url(url.into()), has_tls, |url| {
                Some(String::from(url))
            })
        };
        let proxies = new("http://me:s3cret@a:1", false).unwrap();
        let chosen = proxies.choose(true, "127.0.0.1", None).unwrap();
        assert_eq!(chosen.unwrap(), "http://me:s3cret@a:1");
        assert!(!format!("{proxies:?}").contains("s3cret"));
        for (url, has_tls, reason) in [
            ("socks5://me:s3cret@a", true, NOT_HTTP),
            ("https://me:s3cret@a", false, NEEDS_TLS),
            ("://me:s3cret@", true, NOT_A_URL),
            ("", true, NOT_A_URL),
        ] {
            let error = new(url, has_tls).unwrap_err();
            assert!(error.ends_with(reason), "{error}");
            assert!(!error.contains("s3cret"));
        }
    }
}
