//! The invented site of the demo is crawled whole, over every listing page.

use std::path::Path;
use std::time::Duration;

use corpus::Corpus;
use corpus::archive::{ArchiveKind, ArchiveWriter};
use corpus::source::{Config, Sources};
use crawl::{Options, crawl};
use replay::{Content, Server};

#[test]
fn the_invented_site_gives_its_forty_pages() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let mut content = Content::default();
    content.add_folder(&demo.join("site")).unwrap();
    let server = Server::start(content, 0).unwrap();
    let options = Options {
        delay: Duration::ZERO,
        proxy: Some(server.proxy()),
        ..Options::new(jiff::Timestamp::now)
    };
    let folder = tempfile::tempdir().unwrap();
    let corpus = Corpus::create(folder.path()).unwrap();
    let lock = corpus.lock().unwrap();
    let now = "2026-11-24T00:00:00Z".parse().unwrap();
    let mut archive = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, now).unwrap();
    let sources = Sources::load(&Config::Folder(demo.join("config"))).unwrap();
    let fetched: Vec<_> = sources
        .iter()
        .map(|source| {
            let outcome = crawl(source, &options, &mut archive, &|_| ()).unwrap();
            assert_eq!(outcome.failed, [], "{}", source.id);
            (source.id.as_str(), outcome.listed, outcome.fetched)
        })
        .collect();
    let expected =
        [("rt-mfa-en", 8, 8), ("rt-mfa-zh", 16, 16), ("sy-mfa-en", 8, 8), ("sy-mfa-ko", 8, 8)];
    assert_eq!(fetched, expected);
}
