//! The HTTP client of one source: its own cookies, no redirects of its own, nothing taken from
//! the environment.

use std::sync::Arc;

use reqwest::{Certificate, Client, Proxy, redirect};

use crate::hosts::PublicResolver;
use crate::{CrawlError, Options};

/// What the client says it can decode; the archive keeps the bytes as they came.
pub(crate) const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// Builds the client for one source.
pub(crate) fn build(options: &Options) -> Result<Client, CrawlError> {
    let wrong = |what: &str, e: reqwest::Error| CrawlError::Client(format!("{what}: {e}"));
    let mut builder = Client::builder()
        .user_agent(&options.user_agent)
        .cookie_store(true)
        .redirect(redirect::Policy::none())
        .referer(false)
        .timeout(options.timeout)
        .connect_timeout(options.timeout.min(std::time::Duration::from_secs(20)))
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_proxy();
    if let Some(proxy) = &options.proxy {
        let proxy = Proxy::all(proxy)
            .map_err(|_| CrawlError::Client("--proxy: no address of a proxy".to_owned()))?;
        builder = builder.proxy(proxy);
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
    builder.build().map_err(|e| wrong("the HTTP client cannot be set up", e))
}
