//! What the user asks of a crawl, and what can be wrong with it.

use std::time::Duration;

use corpus::{Date, Time};
use serde::{Deserialize, Serialize};

/// Where pages are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// At the source's own site.
    #[default]
    Site,
    /// At the Wayback Machine.
    Wayback,
}

/// How a crawl is to go.
#[derive(Debug, Clone)]
pub struct Options {
    /// First day of the window, by the listing's date.
    pub since: Option<Date>,
    /// Last day of the window.
    pub until: Option<Date>,
    /// The era to read; `None` for the first listing that is there.
    pub era: Option<String>,
    /// Where pages are asked for.
    pub via: Via,
    /// Pages asked for at most.
    pub limit: Option<usize>,
    /// Ask again for every known page, not only for those of the window or the newest.
    pub full: bool,
    /// List, fetch nothing.
    pub dry_run: bool,
    /// Seconds between two requests to one host, at least.
    pub delay: Duration,
    /// Seconds that one request may take.
    pub timeout: Duration,
    /// Attempts beside the first.
    pub retries: u32,
    /// The wait before the second attempt where it is longer than `delay`; it doubles each time.
    pub back_off: Duration,
    /// Bytes of one response at most.
    pub max_bytes: u64,
    /// `http://host:port`, credentials allowed.
    pub proxy: Option<String>,
    /// PEM certificates to trust beside the system's.
    pub ca_cert: Option<Vec<u8>>,
    /// Whether loopback, private and link-local addresses may be asked.
    pub allow_private: bool,
    /// How the crawler calls itself, with a contact.
    pub user_agent: String,
    /// The clock.
    pub clock: fn() -> jiff::Timestamp,
}

impl Options {
    /// Polite defaults: three seconds apart, three retries, a minute and 32 MiB a response.
    pub fn new(clock: fn() -> jiff::Timestamp) -> Self {
        Self {
            since: None,
            until: None,
            era: None,
            via: Via::Site,
            limit: None,
            full: false,
            dry_run: false,
            delay: Duration::from_secs(3),
            timeout: Duration::from_secs(60),
            retries: 3,
            back_off: Duration::from_millis(200),
            max_bytes: 32 << 20,
            proxy: None,
            ca_cert: None,
            allow_private: false,
            user_agent: concat!("demarche/", env!("CARGO_PKG_VERSION"), " (research crawler)")
                .to_owned(),
            clock,
        }
    }

    pub(crate) fn holds(&self, date: Option<Date>) -> bool {
        let Some(date) = date else { return true };
        self.since.is_none_or(|since| date >= since) && self.until.is_none_or(|until| date <= until)
    }

    /// The day now, in UTC.
    pub(crate) fn today(&self) -> Date {
        self.now().day()
    }

    /// The time now, to the millisecond: two captures of one address stand in their order, however
    /// soon the second follows.
    pub(crate) fn moment(&self) -> Time {
        let now = (self.clock)();
        Time(now.round(jiff::Unit::Millisecond).unwrap_or(now))
    }

    /// The time now, to the second, as the archive dates what it is given.
    pub(crate) fn now(&self) -> Time {
        Time((self.clock)()).whole_second()
    }
}

/// Why a crawl could not even begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CrawlError {
    /// The source declares no listing, or none of that era.
    #[error("source {source_id}: no discovery{era}; {cure}")]
    NoDiscovery {
        /// The source.
        source_id: String,
        /// ` of era ...`, or nothing.
        era: String,
        /// The eras there are, or where one is to be declared.
        cure: String,
    },
    /// A selector or address in the source's file is wrong.
    #[error("source {source_id}: {reason}")]
    Source {
        /// The source.
        source_id: String,
        /// The key and what is wrong with it.
        reason: String,
    },
    /// The proxy, the certificate or the runtime cannot be set up.
    #[error("{0}")]
    Client(String),
    /// The archive cannot be written.
    #[error(transparent)]
    Archive(#[from] corpus::Error),
}
