//! Feeds and sitemaps read into items. XML entities other than the five built-in ones are never
//! expanded.

use corpus::archive::{BodyLimits, Purpose, inflated};
use corpus::source::{Feed, Sitemap};
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use crate::dates::{date_in, date_in_url};
use crate::discover::{Listed, Page};
use crate::run::Run;
use crate::{CrawlError, Failure, Item};

/// Sitemaps read of one index at most.
const SITEMAPS: usize = 500;

/// The items of an RSS, Atom or JSON feed.
pub(crate) fn read_feed(bytes: &[u8], base: &Url) -> Result<Vec<Item>, String> {
    let feed = feed_rs::parser::parse(bytes).map_err(|e| format!("no feed: {e}"))?;
    let items = feed.entries.into_iter().filter_map(|entry| {
        let url = base.join(entry.links.first()?.href.trim()).ok()?;
        let dated = entry.published.or(entry.updated).map(|time| time.to_rfc3339());
        Some(Item {
            title: entry.title.map(|title| title.content).unwrap_or_default(),
            date: dated.as_deref().and_then(date_in).or_else(|| date_in_url(url.as_str())),
            url: url.into(),
            capture: None,
        })
    });
    Ok(items.collect())
}

/// What a sitemap names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SitemapPage {
    /// Pages, dated by their address, else by their last change.
    pub items: Vec<Item>,
    /// Further sitemaps.
    pub sitemaps: Vec<String>,
}

/// Reads a sitemap or an index of sitemaps.
pub(crate) fn read_sitemap(xml: &[u8], base: &Url) -> Result<SitemapPage, String> {
    let mut reader = Reader::from_reader(xml);
    let mut found = SitemapPage::default();
    let (mut path, mut known) = (Vec::<String>::new(), false);
    let (mut location, mut modified) = (String::new(), String::new());
    loop {
        match reader.read_event().map_err(|e| format!("no sitemap: {e}"))? {
            Event::Start(tag) => {
                path.push(String::from_utf8_lossy(tag.local_name().as_ref()).into_owned());
                known |= matches!(path[0].as_str(), "urlset" | "sitemapindex");
                if path.len() > 64 {
                    return Err("no sitemap: nested too deeply".to_owned());
                }
            }
            Event::Text(text) => {
                let text = String::from_utf8_lossy(&text).into_owned();
                take(&path, &text, &mut location, &mut modified);
            }
            Event::CData(text) => {
                let text = String::from_utf8_lossy(&text).into_owned();
                take(&path, &text, &mut location, &mut modified);
            }
            Event::GeneralRef(name) if &*name == b"amp" => {
                take(&path, "&", &mut location, &mut modified);
            }
            Event::End(_) => {
                let ended = path.pop().unwrap_or_default();
                let url = base.join(location.trim()).ok().filter(|_| !location.trim().is_empty());
                match (ended.as_str(), url) {
                    ("sitemap", Some(url)) => found.sitemaps.push(url.into()),
                    ("url", Some(url)) => {
                        let date = date_in_url(url.as_str()).or_else(|| date_in(&modified));
                        let title = String::new();
                        found.items.push(Item { url: url.into(), title, date, capture: None });
                    }
                    _ => continue,
                }
                location.clear();
                modified.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if known { Ok(found) } else { Err("no sitemap: neither urlset nor sitemapindex".to_owned()) }
}

fn take(path: &[String], text: &str, location: &mut String, modified: &mut String) {
    match path.last().map(String::as_str) {
        Some("loc") => location.push_str(text),
        Some("lastmod") => modified.push_str(text),
        _ => {}
    }
}

/// Whether an address has one of the parts, or none is asked for.
pub(crate) fn has_part(url: &str, parts: &[String]) -> bool {
    parts.is_empty() || parts.iter().any(|part| url.contains(part.as_str()))
}

impl Run<'_, '_> {
    pub(crate) async fn list_feed(
        &mut self,
        feed: &Feed,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        listed.to_the_end = false;
        match self.page(&feed.address, Purpose::Listing).await? {
            Page::Read(answer) => match read_feed(&answer.body, &answer.url) {
                Ok(mut items) => {
                    items.retain(|item| has_part(&item.url, &feed.contains));
                    self.note_items(&feed.address, &items)?;
                    listed.add(items);
                }
                Err(reason) => listed.fail(&feed.address, reason),
            },
            Page::Broken(reason) => listed.fail(&feed.address, reason),
            Page::Missing(reason) => {
                let url = feed.address.clone();
                listed.missing.push(Failure { url, reason, ..Failure::default() });
            }
        }
        Ok(())
    }

    pub(crate) async fn list_sitemap(
        &mut self,
        sitemap: &Sitemap,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        let mut addresses = vec![sitemap.address.clone()];
        let mut at = 0;
        while let Some(address) = addresses.get(at).cloned() {
            if self.fetcher.stopped() || at == SITEMAPS {
                break;
            }
            at += 1;
            let answer = match self.page(&address, Purpose::Listing).await? {
                Page::Read(answer) => answer,
                Page::Missing(reason) if at == 1 => {
                    let failure = Failure { url: address, reason, ..Failure::default() };
                    listed.missing.push(failure);
                    break;
                }
                Page::Missing(reason) | Page::Broken(reason) => {
                    listed.fail(&address, reason);
                    continue;
                }
            };
            let plain = inflated(&answer.body, BodyLimits::default());
            match plain.and_then(|xml| read_sitemap(&xml, &answer.url)) {
                Ok(mut found) => {
                    found.items.retain(|item| has_part(&item.url, &sitemap.contains));
                    self.note_items(&address, &found.items)?;
                    listed.add(found.items);
                    found.sitemaps.retain(|url| !addresses.contains(url));
                    addresses.extend(found.sitemaps);
                }
                Err(reason) => listed.fail(&address, reason),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://mfa.example/").unwrap()
    }

    #[test]
    fn rss_and_atom_give_dated_items() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>t</title><item>\
            <title>A &amp; B</title><link>https://mfa.example/a</link>\
            <pubDate>Thu, 24 Feb 2022 10:00:00 +0900</pubDate></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><id>i</id>\
            <updated>2022-02-25T00:00:00Z</updated><entry><id>e</id><title>A &amp; B</title>\
            <link href='/a'/><updated>2022-02-24T00:00:00Z</updated></entry></feed>";
        for feed in [rss, atom] {
            let items = read_feed(feed.as_bytes(), &base()).unwrap();
            let item = &items[0];
            assert_eq!(
                (item.url.as_str(), item.title.as_str()),
                ("https://mfa.example/a", "A & B")
            );
            assert_eq!(item.date.unwrap().to_string(), "2022-02-24");
        }
        assert!(read_feed(b"<html>redesigned</html>", &base()).is_err());
    }

    #[test]
    fn a_sitemap_gives_pages_and_an_index_gives_sitemaps() {
        let map = "<urlset xmlns='x'><url><loc> /t20220224_1.htm?a=1&amp;b=2 </loc>\
            <lastmod>2024-01-01</lastmod></url><url><loc>/b</loc><lastmod>2022-02-25T08:00:00Z\
            </lastmod></url></urlset>";
        let found = read_sitemap(map.as_bytes(), &base()).unwrap();
        let rows: Vec<_> =
            found.items.iter().map(|i| (i.url.as_str(), i.date.unwrap().to_string())).collect();
        assert_eq!(rows[0], ("https://mfa.example/t20220224_1.htm?a=1&b=2", "2022-02-24".into()));
        assert_eq!(rows[1], ("https://mfa.example/b", "2022-02-25".into()));
        let index = "<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>";
        let found = read_sitemap(index.as_bytes(), &base()).unwrap();
        assert_eq!(found.sitemaps, ["https://mfa.example/s1.xml"]);
        assert!(read_sitemap(b"<html>redesigned</html>", &base()).is_err());
    }

    #[test]
    fn entities_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\
            <urlset><url><loc>/x&b;</loc></url></urlset>";
        let found = read_sitemap(bomb.as_bytes(), &base());
        assert!(found.is_err() || found.unwrap().items[0].url == "https://mfa.example/x");
    }
}
