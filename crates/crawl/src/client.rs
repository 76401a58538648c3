//! The HTTP client of one source: its own cookies, no redirects of its own, nothing taken from
//! the environment.

use std::collections::BTreeSet;
use std::sync::Arc;

use reqwest::cookie::Jar;
use reqwest::{Certificate, Client, ClientBuilder, Proxy, redirect};
use url::Url;

use crate::hosts::PublicResolver;
use crate::{CrawlError, Options};

/// What the client says it can decode; the archive keeps the bytes as they came.
pub(crate) const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// Two clients with one cookie jar: one keeps connections open, the other opens one for each
/// request. Some servers and proxies close a connection after each answer and do not say so.
pub(crate) struct Clients {
    keeping: Client,
    single: Client,
    closing: BTreeSet<String>,
}

impl Clients {
    /// The clients for one source.
    pub(crate) fn new(options: &Options) -> Result<Self, CrawlError> {
        let jar = Arc::new(Jar::default());
        let build = |builder: ClientBuilder| {
            let built = builder.cookie_provider(Arc::clone(&jar)).build();
            built.map_err(|e| wrong("the HTTP client cannot be set up", e))
        };
        let keeping = build(builder(options)?)?;
        let single = build(builder(options)?.pool_max_idle_per_host(0))?;
        Ok(Self { keeping, single, closing: BTreeSet::new() })
    }

    /// The client for an address.
    pub(crate) fn of(&self, url: &Url) -> &Client {
        let closes = url.host_str().is_some_and(|host| self.closing.contains(host));
        if closes { &self.single } else { &self.keeping }
    }

    /// Takes in a failure: where a kept connection was closed, none is kept any more.
    pub(crate) fn learn(&mut self, url: &Url, error: &reqwest::Error) {
        if error.is_request() && !error.is_timeout() && !error.is_connect() {
            self.closing.extend(url.host_str().map(str::to_owned));
        }
    }
}

fn wrong(what: &str, e: reqwest::Error) -> CrawlError {
    CrawlError::Client(format!("{what}: {e}"))
}

fn builder(options: &Options) -> Result<ClientBuilder, CrawlError> {
    let mut builder = Client::builder()
        .user_agent(&options.user_agent)
        .redirect(redirect::Policy::none())
        .referer(false)
        .timeout(options.timeout)
        .connect_timeout(options.timeout.min(std::time::Duration::from_secs(20)))
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_proxy();
    if let Some(proxy) = &options.proxy {
        let proxy = Proxy::all(proxy_address(proxy)?.as_str());
        builder = builder.proxy(proxy.map_err(|_| no_proxy("no address of a proxy"))?);
    } else if !options.allow_private {
        builder = builder.dns_resolver(Arc::new(PublicResolver));
    }
    if let Some(pem) = &options.ca_cert {
        let certificates = Certificate::from_pem_bundle(pem)
            .map_err(|e| wrong("--ca-cert: no PEM certificate", e))?;
        if certificates.is_empty() {
            return Err(CrawlError::Client("--ca-cert: no PEM certificate in the file".into()));
        }
        builder = builder.tls_certs_merge(certificates);
    }
    Ok(builder)
}

/// The address of the proxy. A scheme that the client does not speak would be passed over in
/// silence: the crawl would go out directly, and without the guard against private addresses.
fn proxy_address(proxy: &str) -> Result<Url, CrawlError> {
    let whole = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
    let url = Url::parse(&whole).map_err(|_| no_proxy("no address of a proxy"))?;
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return Err(no_proxy(&format!("`{scheme}` is no scheme of a proxy; use http or https")));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(no_proxy("no address of a proxy"));
    }
    Ok(url)
}

fn no_proxy(reason: &str) -> CrawlError {
    CrawlError::Client(format!("--proxy: {reason}"))
}
