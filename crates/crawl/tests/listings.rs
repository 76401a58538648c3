//! The real listing pages of the shared data give exactly the items that are in them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use corpus::archive::{HttpResponse, WarcReader};
use corpus::source::{Config, Discovery, Listing, Sources};
use crawl::{Item, read_listing};
use url::Url;

/// The shared data, or nothing where a developer has none; CI must have it.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("DEMARCHE_SHARED").map_or(beside, PathBuf::from).join("data");
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no shared data at {}", folder.display());
        println!("skipped: no shared data");
        return None;
    }
    Some(folder)
}

fn listing(source: &str, era: &str) -> Listing {
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let source = sources.get(source).unwrap();
    let found = source.discoveries.iter().find_map(|d| match d {
        Discovery::Listing(listing) if listing.era == era => Some(listing.clone()),
        _ => None,
    });
    found.unwrap()
}

/// The items of every page in the WARC whose address begins as given.
fn items(warc: &Path, begins: &str, listing: &Listing) -> Vec<Vec<Item>> {
    let reader = WarcReader::new(File::open(warc).unwrap(), 1 << 24).unwrap();
    let records = reader.map(Result::unwrap);
    let pages = records.filter(|r| r.url().is_some_and(|u| u.starts_with(begins)));
    let read = |record: corpus::archive::Record| {
        let html = HttpResponse::parse(&record.block).unwrap().payload.to_vec();
        let base = Url::parse(record.url().unwrap()).unwrap();
        read_listing(&String::from_utf8(html).unwrap(), &base, listing).unwrap().items
    };
    pages.map(read).collect()
}

#[test]
fn the_67_pages_of_2020_hold_exactly_the_thousand_items() {
    let Some(data) = shared() else { return };
    let listing = listing("cn-mfa-zh", "2017-2021");
    let warc = data.join("prc/mfa-zh-listing-2020-12.warc.gz");
    let pages = items(&warc, "https://www.fmprc.gov.cn/", &listing);
    let found: Vec<_> = pages
        .iter()
        .flatten()
        .map(|i| (i.url.clone(), i.date.unwrap().to_string(), i.title.clone()))
        .collect();
    let mut text = String::new();
    let file = File::open(data.join("prc/mfa-zh-listing-2017-2020.jsonl.gz")).unwrap();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    let expected: Vec<_> = text
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let field = |key: &str| row[key].as_str().unwrap().to_owned();
            (field("url"), field("date"), field("title"))
        })
        .collect();
    println!("{} listing pages, {} items", pages.len(), found.len());
    assert_eq!((pages.len(), found.len()), (67, 1000));
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected.into_iter().collect());
}

#[test]
fn the_rodong_listings_give_the_expected_rows() {
    let Some(data) = shared() else { return };
    let listing = listing("rodong-en", "to-2022");
    let warc = data.join("dprk/kcna-and-rodong-pages.warc.gz");
    let pages = items(&warc, &listing.first, &listing);
    let text = std::fs::read_to_string(data.join("dprk/rodong-listing-expected.json")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let found: Vec<_> = pages
        .iter()
        .flatten()
        .map(|i| {
            (
                i.url.rsplit('=').next().unwrap().to_owned(),
                i.date.unwrap().to_string(),
                i.title.clone(),
            )
        })
        .collect();
    let expected: Vec<_> = rows
        .iter()
        .map(|row| {
            let field = |key: &str| row[key].as_str().unwrap().to_owned();
            (field("newsID"), field("date"), field("title"))
        })
        .collect();
    println!("{} listing pages, {} items", pages.len(), found.len());
    assert_eq!(found.len(), 80);
    // The expected titles glue the words around a name that stands in a tag of its own.
    let unspaced = |rows: Vec<(String, String, String)>| -> BTreeSet<_> {
        rows.into_iter().map(|(id, date, title)| (id, date, title.replace(' ', ""))).collect()
    };
    assert_eq!(unspaced(found), unspaced(expected));
}

#[test]
fn the_kcna_home_page_gives_its_39_articles() {
    let Some(data) = shared() else { return };
    let listing = listing("kcna-en", "2022");
    let warc = data.join("dprk/kcna-and-rodong-pages.warc.gz");
    let pages = items(&warc, &listing.first, &listing);
    let all: Vec<_> = pages.iter().flatten().collect();
    let urls: BTreeSet<_> = all.iter().map(|i| &i.url).collect();
    println!("{} links, {} articles", all.len(), urls.len());
    // Counted in the page: 84 links to 39 addresses below /en/article/q/.
    assert_eq!((all.len(), urls.len()), (84, 39));
    assert!(all.iter().all(|i| i.url.starts_with("http://www.kcna.kp/en/article/q/")));
    assert!(all.iter().all(|i| i.date.is_some()));
}
