//! Where a request comes from, for limits only: the address that the node itself sees, or the one a
//! proxy on the same machine tells. It believes no header of anybody else.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;

/// Whether a proxy on this machine brings every request, kept in the house. Off by default: without
/// one, whoever writes the header would choose who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BehindProxy(pub bool);

/// How much of an IPv6 address names a household: whoever has one has 2^64 of the rest.
const IPV6_PREFIX_BITS: u32 = 64;
/// The header in which proxies tell from whom they have a request, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The household a request comes from; none when nobody knows.
pub(super) fn origin(request: &Request, behind: BehindProxy) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let peer = peer.ip().to_canonical();
    let told = (behind.0 && peer.is_loopback()).then(|| last_hop(request.headers())).flatten();
    Some(household(told.unwrap_or(peer)))
}

/// The last address told: our own proxy wrote it; those before it may be anybody's.
fn last_hop(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
    let hop = line.rsplit(',').next()?.trim();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(with_port)
}

/// What stands for an address in limits: all of an IPv4 address, the network's half of an IPv6 one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let network = u128::from(address) >> IPV6_PREFIX_BITS << IPV6_PREFIX_BITS;
            IpAddr::V6(Ipv6Addr::from(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(peer: &str, told: &[&str]) -> Request {
        let mut request = Request::builder();
        for line in told {
            request = request.header(FORWARDED_FOR, *line);
        }
        let peer: SocketAddr = peer.parse().unwrap();
        request.extension(ConnectInfo(peer)).body(Body::empty()).unwrap()
    }

    #[test]
    fn a_proxy_is_believed_only_on_this_machine_and_only_when_it_was_named() {
        let check = |behind: bool, peer: &str, told: &[&str], expected: &str| {
            let found = origin(&asked(peer, told), BehindProxy(behind));
            assert_eq!(found, expected.parse().ok(), "{behind} {peer} {told:?}");
        };
        let near = "127.0.0.1:5000";
        check(false, near, &["203.0.113.9"], "127.0.0.1");
        check(true, near, &["203.0.113.9"], "203.0.113.9");
        // What a visitor writes stands before what our proxy adds.
        check(true, near, &["198.51.100.1, 203.0.113.9"], "203.0.113.9");
        check(true, near, &["198.51.100.1", "203.0.113.9"], "203.0.113.9");
        check(true, "[::1]:5000", &["203.0.113.9:1234"], "203.0.113.9");
        check(true, "[::ffff:127.0.0.1]:5000", &["[2001:db8::1]:99"], "2001:db8::");
        check(true, near, &["unknown"], "127.0.0.1");
        check(true, near, &[], "127.0.0.1");
        check(true, "203.0.113.7:5000", &["198.51.100.1"], "203.0.113.7");
    }

    #[test]
    fn an_address_is_one_household() {
        let check = |address: &str, expected: &str| {
            let (address, expected): (IpAddr, IpAddr) =
                (address.parse().unwrap(), expected.parse().unwrap());
            assert_eq!(household(address), expected, "{address}");
        };
        check("203.0.113.9", "203.0.113.9");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
        check("2001:db8:1:2:ffff::1", "2001:db8:1:2::");
        check("2001:db8:1:3::1", "2001:db8:1:3::");
        check("::ffff:203.0.113.9", "203.0.113.9");
    }
}
