//! The hosts that the variable `no_proxy` names, which no proxy is used for.
//!
//! Source: `should_bypass_proxies` in requests/utils.py, and `CURLOPT_NOPROXY` of curl: a name also means the names
//! below it, and a network is written as `10.0.0.0/8`. Only whole labels count, as in curl.

use alloc::string::String;
use alloc::vec::Vec;
use core::net::IpAddr;

pub(super) struct Exceptions(Vec<Exception>);

struct Exception {
    hosts: Hosts,
    port: Option<u16>,
}

enum Hosts {
    All,
    /// An address, and how many of its first bits count.
    Network(IpAddr, u32),
    /// A name, and all names below it.
    Name(String),
}

impl Exceptions {
    /// Reads a list with commas or spaces between its entries.
    pub(super) fn read(list: &str) -> Exceptions {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace());
        Exceptions(entries.filter_map(Exception::read).collect())
    }

    pub(super) fn contain(&self, host: &str, port: u16) -> bool {
        let host = bare(host);
        let address = host.parse().ok();
        let is_meant = |exception: &Exception| {
            exception.port.is_none_or(|stated| stated == port)
                && match (&exception.hosts, address) {
                    (Hosts::All, _) => true,
                    (Hosts::Network(network, length), Some(address)) => {
                        is_within(address, *network, *length)
                    }
                    (Hosts::Name(name), None) => is_at_or_below(host, name),
                    _ => false,
                }
        };
        self.0.iter().any(is_meant)
    }
}

impl Exception {
    fn read(entry: &str) -> Option<Exception> {
        if let Some(hosts) = network(entry) {
            return Some(Exception { hosts, port: None });
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (entry, None),
        };
        let name = bare(host);
        let hosts = match name.trim_start_matches('*').trim_start_matches('.') {
            "" if name == "*" => Hosts::All,
            "" => return None,
            rest => network(rest).unwrap_or_else(|| Hosts::Name(rest.into())),
        };
        Some(Exception { hosts, port })
    }
}

/// An address, perhaps with the length of a network.
fn network(text: &str) -> Option<Hosts> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = bare(address).parse().ok()?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let length = length.unwrap_or(bits);
    (length <= bits).then_some(Hosts::Network(address, length))
}

/// A host without brackets and without the dot of the root.
fn bare(host: &str) -> &str {
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host)
}

fn is_within(address: IpAddr, network: IpAddr, length: u32) -> bool {
    let (address, network, unused) = match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => (
            u128::from(address.to_bits()),
            u128::from(network.to_bits()),
            32 - length,
        ),
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            (address.to_bits(), network.to_bits(), 128 - length)
        }
        _ => return false,
    };
    // Shifting by all bits is an overflow, and means that no bit counts.
    let differing = (address ^ network).checked_shr(unused);
    differing.unwrap_or_default() == 0
}

fn is_at_or_below(host: &str, name: &str) -> bool {
    let Some(start) = host.len().checked_sub(name.len()) else {
        return false;
    };
    let tail = host.get(start..);
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(name))
        && (start == 0 || host.as_bytes()[start - 1] == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contain(list: &str, host: &str) -> bool {
        Exceptions::read(list).contain(host, 443)
    }

    #[test]
    fn a_name_also_means_the_names_below_it() {
        for list in [
            "demo.test",
            ".demo.test",
            "*.demo.test",
            "x, DEMO.test.",
            "x demo.test",
        ] {
            for host in ["demo.test", "a.Demo.test", "a.b.demo.test."] {
                assert!(contain(list, host), "{list} {host}");
            }
            for host in ["otherdemo.test", "test", "demo.test.example", "10.0.0.1"] {
                assert!(!contain(list, host), "{list} {host}");
            }
        }
    }

    #[test]
    fn a_star_means_all_hosts_and_an_empty_list_none() {
        assert!(contain("*", "demo.test") && contain("a,*", "10.0.0.1"));
        for list in ["", " , ,", ".", "10.0.0.0/33", "demo.test:x"] {
            assert!(!contain(list, "demo.test"), "{list}");
            assert!(!contain(list, "10.0.0.0"), "{list}");
        }
    }

    #[test]
    fn a_network_means_its_addresses() {
        for (list, inside, outside) in [
            ("10.1.0.0/16", "10.1.2.3", "10.2.0.0"),
            ("10.1.2.3", "10.1.2.3", "10.1.2.4"),
            ("fd00::/8", "[fd12::1]", "[fe80::1]"),
            ("[fd00::1]", "fd00::1", "fd00::2"),
            ("0.0.0.0/0", "10.1.2.3", "[::1]"),
            ("::/0", "[::1]", "10.1.2.3"),
        ] {
            assert!(contain(list, inside), "{list} {inside}");
            assert!(!contain(list, outside), "{list} {outside}");
        }
        assert!(!contain("10.0.0.0/8", "10.test"));
    }

    #[test]
    fn a_port_limits_an_entry() {
        assert!(contain("demo.test:443, 10.0.0.1:443", "demo.test"));
        assert!(contain("10.0.0.1:443", "10.0.0.1"));
        assert!(contain("[fd00::1]:443", "fd00::1"));
        assert!(!contain("demo.test:80, 10.0.0.1:80", "demo.test"));
        assert!(!contain("10.0.0.1:80", "10.0.0.1"));
    }
}
