//! From where a request comes, where proxies stand in between: a trusted proxy's word is believed, nobody else's.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// The header in which the proxies say for whom they ask. One alone is read, since a proxy that writes one may pass on what
/// a reader wrote into the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Told {
    /// `X-Forwarded-For` and `X-Forwarded-Proto`.
    #[default]
    XForwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// The reverse proxies whose word is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    told: Told,
}

/// A text that is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address nor a network")]
pub struct NoNetwork(pub String);

/// From where a request comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The address.
    pub address: IpAddr,
    /// Whether a trusted proxy says that the reader came to it by TLS.
    pub by_tls: bool,
}

impl Proxies {
    /// Reads addresses (`10.0.0.7`) and networks (`10.0.0.0/8`, `fd00::/8`).
    pub fn parse(networks: &[String], told: Told) -> Result<Self, NoNetwork> {
        let read = |text: &String| {
            let text = text.trim();
            text.parse::<IpNet>()
                .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
                .map_err(|_| NoNetwork(text.to_owned()))
        };
        Ok(Self {
            trusted: networks.iter().map(read).collect::<Result<_, _>>()?,
            told,
        })
    }

    /// Whether none is trusted.
    pub fn is_empty(&self) -> bool {
        self.trusted.is_empty()
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// From where a request comes that arrived from `peer`.
    ///
    /// Every proxy appends for whom it asks; read from the end, the first address that is no trusted proxy's is the
    /// reader's. What stands before it anybody may have written.
    ///
    /// ```
    /// use web::proxies::{Proxies, Told};
    /// let proxies = Proxies::parse(&["10.0.0.0/8".to_owned()], Told::XForwarded)?;
    /// let mut headers = axum::http::HeaderMap::new();
    /// headers.append("x-forwarded-for", "192.0.2.9, 198.51.100.7, 10.0.0.2".parse().unwrap());
    /// let near = proxies.caller("10.0.0.1".parse().unwrap(), &headers);
    /// assert_eq!(near.address.to_string(), "198.51.100.7");
    /// let far = proxies.caller("203.0.113.5".parse().unwrap(), &headers);
    /// assert_eq!(far.address.to_string(), "203.0.113.5");
    /// # Ok::<(), web::proxies::NoNetwork>(())
    /// ```
    pub fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> Caller {
        let mut caller = Caller {
            address: peer.to_canonical(),
            by_tls: false,
        };
        if !self.trusts(peer) {
            return caller;
        }
        let hops = match self.told {
            Told::XForwarded => x_forwarded(headers),
            Told::Forwarded => forwarded(headers),
        };
        for hop in hops.into_iter().rev() {
            caller.by_tls = hop.by_tls;
            let Some(address) = hop.address else { return caller };
            caller.address = address;
            if !self.trusts(address) {
                return caller;
            }
        }
        caller
    }
}

/// What one proxy says of whoever asked it.
struct Hop {
    /// Absent where it is hidden, or cannot be read.
    address: Option<IpAddr>,
    by_tls: bool,
}

/// The comma-separated parts of all lines of a header, in their order.
fn parts<'a>(headers: &'a HeaderMap, name: &'static str) -> Vec<&'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .collect()
}

fn x_forwarded(headers: &HeaderMap) -> Vec<Hop> {
    // The scheme is what the last proxy says: it alone is known to be ours.
    let by_tls = parts(headers, "x-forwarded-proto").last() == Some(&"https");
    parts(headers, "x-forwarded-for")
        .into_iter()
        .map(|text| Hop {
            address: address(text),
            by_tls,
        })
        .collect()
}

fn forwarded(headers: &HeaderMap) -> Vec<Hop> {
    let hop = |element: &str| {
        let mut hop = Hop {
            address: None,
            by_tls: false,
        };
        for (name, value) in element.split(';').filter_map(|pair| pair.trim().split_once('=')) {
            let value = value.trim_matches('"');
            if name.eq_ignore_ascii_case("for") {
                hop.address = address(value);
            } else if name.eq_ignore_ascii_case("proto") {
                hop.by_tls = value.eq_ignore_ascii_case("https");
            }
        }
        hop
    };
    parts(headers, "forwarded").into_iter().map(hop).collect()
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()))
        .ok()
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn seen(told: Told, peer: &str, headers: &[(&'static str, &str)]) -> (String, bool) {
        let proxies = Proxies::parse(&["127.0.0.1".to_owned(), "10.0.0.0/8".to_owned()], told).unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let caller = proxies.caller(peer.parse().unwrap(), &map);
        (caller.address.to_string(), caller.by_tls)
    }

    #[test]
    fn nobody_but_a_trusted_proxy_is_believed() {
        let told = [("x-forwarded-for", "192.0.2.9"), ("x-forwarded-proto", "https")];
        assert_eq!(
            seen(Told::XForwarded, "203.0.113.5", &told),
            ("203.0.113.5".to_owned(), false)
        );
        assert_eq!(
            seen(Told::XForwarded, "127.0.0.1", &told),
            ("192.0.2.9".to_owned(), true)
        );
        assert_eq!(
            seen(Told::XForwarded, "::ffff:127.0.0.1", &told),
            ("192.0.2.9".to_owned(), true)
        );
    }

    #[test]
    fn what_the_reader_wrote_before_the_proxies_is_not_believed() {
        let told = [
            ("x-forwarded-for", "1.1.1.1, 192.0.2.9"),
            ("x-forwarded-for", "10.1.2.3"),
        ];
        assert_eq!(seen(Told::XForwarded, "127.0.0.1", &told).0, "192.0.2.9");
        let garbage = [("x-forwarded-for", "1.1.1.1, nonsense")];
        assert_eq!(seen(Told::XForwarded, "127.0.0.1", &garbage).0, "127.0.0.1");
    }

    #[test]
    fn of_the_two_headers_one_alone_is_read() {
        let both = [
            ("forwarded", "for=1.1.1.1;proto=https"),
            ("x-forwarded-for", "192.0.2.9"),
        ];
        assert_eq!(
            seen(Told::XForwarded, "127.0.0.1", &both),
            ("192.0.2.9".to_owned(), false)
        );
        assert_eq!(seen(Told::Forwarded, "127.0.0.1", &both), ("1.1.1.1".to_owned(), true));
        let six = [("forwarded", "for=\"[2001:db8::7]:4711\";proto=https, for=10.0.0.9")];
        assert_eq!(seen(Told::Forwarded, "127.0.0.1", &six).0, "2001:db8::7");
        let hidden = [("forwarded", "for=_hidden")];
        assert_eq!(seen(Told::Forwarded, "127.0.0.1", &hidden).0, "127.0.0.1");
    }

    #[test]
    fn a_network_that_is_none_is_told() {
        let wrong = Proxies::parse(&["10.0.0.0/99".to_owned()], Told::XForwarded).unwrap_err();
        assert_eq!(wrong.0, "10.0.0.0/99");
    }
}
