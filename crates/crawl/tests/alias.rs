//! The real listing of 2020 with the eighty pages that are there, at their old addresses.

use std::collections::BTreeMap;

use corpus::source::{Config, Sources};
use crawl::{Options, exit_code};
use replay::{Content, Page};

use crate::listings::shared;
use crate::world::World;

#[test]
fn a_crawl_of_the_real_listing_lists_1000_fetches_80_and_accounts_for_920() {
    let Some(data) = shared() else { return };
    let mut new = Content::default();
    new.add_warc(&data.join("prc/mfa-zh-2020-2022.warc.gz")).unwrap();
    let mut content = Content::default();
    content.add_warc(&data.join("prc/mfa-zh-listing-2020-12.warc.gz")).unwrap();
    let table = std::fs::read_to_string(data.join("prc/alias-old-new-id-2020.tsv")).unwrap();
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let page: Page = new.get(columns[2]).unwrap().clone();
        content.put(columns[1], page);
    }
    let world = World::of(content, "");
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let source = toml::to_string(sources.get("cn-mfa-zh").unwrap()).unwrap();
    let world = World { source, ..world };
    let options = Options { era: Some("2017-2021".into()), ..world.options.clone() };
    let outcome = world.crawl_with(&options);
    let mut reasons = BTreeMap::new();
    outcome.failed.iter().for_each(|f| *reasons.entry(f.reason.clone()).or_insert(0) += 1);
    println!("{} listed, {} fetched, {reasons:?}", outcome.listed, outcome.fetched);
    assert_eq!((outcome.listed, outcome.fetched), (1000, 80));
    assert_eq!(reasons, BTreeMap::from([(corpus::Reason::status(404), 920)]));
    assert_eq!((world.pages().len(), exit_code(&[outcome])), (80, 3));
    // Without an era the same listing is found, since none of the newer ones was ever there.
    let again = world.crawl_with(&Options { limit: Some(0), ..world.options.clone() });
    assert_eq!((again.listed > 0, again.failed.len()), (true, 0), "{again:?}");
    assert!(again.notes[0].starts_with("read era 2017-2021"), "{:?}", again.notes);
}
