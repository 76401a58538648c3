//! Where a crawl may go: the source's own hosts, over http or https, at public addresses.

use std::collections::BTreeSet;
use std::net::IpAddr;

use corpus::source::Source;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The hosts of one source, with a port where its file names one.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    allowed: BTreeSet<String>,
    private: bool,
}

impl Hosts {
    /// The hosts of the source's addresses and listings. `private` lets literal private
    /// addresses through.
    pub(crate) fn of(source: &Source, private: bool) -> Self {
        let addresses =
            source.addresses.iter().filter_map(|a| a.split('/').next().map(str::to_owned));
        let listings =
            source.discoveries.iter().filter_map(|d| authority(&Url::parse(d.first()).ok()?));
        Self { allowed: addresses.chain(listings).collect(), private }
    }

    /// One host and no other.
    pub(crate) fn only(host: &str) -> Self {
        Self { allowed: BTreeSet::from([host.to_owned()]), private: false }
    }

    /// Why `url` may not be asked, or nothing.
    pub(crate) fn refuse(&self, url: &Url) -> Option<String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Some(format!("foreign scheme {}", url.scheme()));
        }
        let private = match url.host() {
            Some(Host::Ipv4(ip)) => is_private(ip.into()),
            Some(Host::Ipv6(ip)) => is_private(ip.into()),
            _ => false,
        };
        if private && !self.private {
            return Some(format!("private address {}", url.host_str().unwrap_or("")));
        }
        let host = authority(url).unwrap_or_default();
        (!self.allowed.contains(&host)).then(|| format!("foreign host {host}"))
    }
}

/// Whether an address is at one of the source's own hosts.
pub fn is_own(source: &Source, url: &Url) -> bool {
    Hosts::of(source, true).refuse(url).is_none()
}

fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Whether an address is of this machine, a private net, or no net at all.
pub(crate) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_multicast()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.is_multicast()
                || v6.to_ipv4().is_some_and(|v4| is_private(v4.into()))
        }
    }
}

/// Resolves names and drops private addresses, so that a name cannot lead inside.
#[derive(Debug)]
pub(crate) struct PublicResolver;

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|address| !is_private(address.ip())).collect();
            if public.is_empty() {
                return Err(format!("{} resolves to a private address", name.as_str()).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:192.168.0.1",
            "0.0.0.0",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        assert!(!is_private("175.45.176.71".parse().unwrap()));
    }
}
