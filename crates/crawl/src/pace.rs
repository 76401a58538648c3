//! How fast a host is asked, and when it is left alone.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// Failures in a row after which a host is left alone.
pub(crate) const BREAKER: u32 = 8;

/// The time of the last request to each host, its failures in a row, and whether the crawl was
/// asked to stop.
pub(crate) struct Pace {
    asked: BTreeMap<String, Instant>,
    failures: BTreeMap<String, u32>,
    stop: watch::Receiver<bool>,
}

impl Pace {
    pub(crate) fn new(stop: watch::Receiver<bool>) -> Self {
        Self { asked: BTreeMap::new(), failures: BTreeMap::new(), stop }
    }

    /// Whether the crawl was asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits until `host` may be asked again, and notes that it is asked now. Up to a fifth is
    /// added to the delay, different from `address` to address, so that no rhythm shows.
    pub(crate) async fn keep_distance(&mut self, host: &str, delay: Duration, address: &str) {
        let jitter = address.bytes().fold(7_u32, |n, b| n.wrapping_mul(31) ^ u32::from(b)) % 20;
        let delay = delay + delay * jitter / 100;
        if let Some(last) = self.asked.get(host) {
            self.sleep(delay.saturating_sub(last.elapsed())).await;
        }
        self.asked.insert(host.to_owned(), Instant::now());
    }

    /// Sleeps, unless the crawl is asked to stop.
    pub(crate) async fn sleep(&mut self, wait: Duration) {
        if self.stopped() || wait.is_zero() {
            return;
        }
        let mut stop = self.stop.clone();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }

    /// Notes how asking `host` ended.
    pub(crate) fn ended(&mut self, host: &str, well: bool) {
        if well {
            self.failures.remove(host);
        } else {
            *self.failures.entry(host.to_owned()).or_default() += 1;
        }
    }

    /// Why `host` is left alone, or nothing.
    pub(crate) fn broken(&self, host: &str) -> Option<String> {
        let broken = self.failures.get(host).is_some_and(|n| *n >= BREAKER);
        broken.then(|| format!("not tried: {host} failed {BREAKER} times in a row"))
    }
}
