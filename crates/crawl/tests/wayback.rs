//! The Wayback Machine as a source, on answers of its index made for the purpose.

use std::sync::atomic::{AtomicUsize, Ordering};

use corpus::archive::{Entry, RecordKind};
use crawl::{Options, Via, exit_code};
use replay::{Asked, Content, Fault, Reply};

use crate::world::{World, source};

const HELD: &str = r#"
[[discovery]]
kind = "wayback"
evidence = "guessed"
prefixes = ["mfa.ruritania.example/web/"]
contains = ["/t2"]
"#;

const NAMES: &str = r#"["timestamp","original","mimetype","statuscode","digest"]"#;

fn row(time: &str, page: &str) -> String {
    format!(r#"["{time}","http://mfa.ruritania.example:80/web/{page}","text/html","200","X"]"#)
}

/// Two answers of the index for one prefix; the captures that are behind them.
fn index(asked: &Asked) -> Option<Reply> {
    if let Some(rest) = asked.address.strip_prefix("web.archive.org/web/") {
        let (time, url) = rest.split_once("id_/")?;
        let body = match (time, url.rsplit('/').next()?) {
            ("20220501000000", "t20220401_2.html") => "Web Page Blocked".to_owned(),
            ("20220309000000", "t20220301_1.html") => "<p>Ruritania regrets.</p>".to_owned(),
            ("20220601000000", "t20220301_1.html") => "<p>Ruritania regrets deeply.</p>".to_owned(),
            ("20220402000000", "t20220401_2.html") => "<p>Ruritania is pleased.</p>".to_owned(),
            _ => return None,
        };
        let reply = Reply::page("text/html; charset=utf-8", body)
            .with("x-archive-orig-last-modified", "Tue, 01 Mar 2022 10:00:00 GMT")
            .with("x-archive-orig-content-length", "99999")
            .with("Memento-Datetime", "Wed, 09 Mar 2022 00:00:00 GMT");
        return Some(reply);
    }
    if !asked.address.starts_with("web.archive.org/cdx/search/cdx?") {
        return None;
    }
    let parameters = asked.parameters();
    assert_eq!(parameters["matchType"], "prefix");
    assert_eq!(parameters["url"], "mfa.ruritania.example/web/");
    let rows = match parameters.get("resumeKey").map(String::as_str) {
        None => format!(
            "[{NAMES},{},{},{},[],[\"key 2\"]]",
            row("20220309000000", "t20220301_1.html"),
            row("20220601000000", "t20220301_1.html"),
            row("20220601000000", "index.html"),
        ),
        Some("key 2") => format!(
            "[{NAMES},{},{},{}]",
            row("20220402000000", "t20220401_2.html"),
            row("20220501000000", "t20220401_2.html"),
            row("20200101000000", "t20200101_3.html"),
        ),
        other => panic!("no such key: {other:?}"),
    };
    Some(Reply::page("application/json", rows))
}

fn world() -> World {
    let mut world = World::of(Content::default(), &source(HELD));
    world.server.script(index);
    world.options.via = Via::Wayback;
    world.options.since = Some("2022-02-01".parse().unwrap());
    world.options.until = Some("2022-04-30".parse().unwrap());
    world
}

fn captures(world: &World) -> Vec<(String, String)> {
    let archive = world.archive();
    let pages = |e: &&Entry| e.url.contains("mfa.ruritania") && e.kind == RecordKind::Response;
    let mut found: Vec<_> = archive
        .entries()
        .filter(|e| !e.url.contains("web.archive.org"))
        .filter(pages)
        .map(|e| (e.url.rsplit('/').next().unwrap().to_owned(), e.captured.to_string()))
        .collect();
    found.sort();
    found
}

#[test]
fn the_newest_good_capture_of_each_page_of_the_window_is_archived_under_its_own_address_and_time() {
    let world = world();
    let outcome = world.crawl();
    assert_eq!(World::reasons(&outcome), [""; 0]);
    assert_eq!((outcome.listed, outcome.fetched), (2, 2));
    // February has no page: a gap is said, and is no silence.
    assert_eq!(outcome.warnings, ["gap: the Wayback Machine holds no page of 2022-02"]);
    assert_eq!(exit_code(&[outcome]), 3);
    let pair = |page: &str, time: &str| (page.to_owned(), time.to_owned());
    let expected = [
        pair("t20220301_1.html", "2022-06-01T00:00:00Z"),
        pair("t20220401_2.html", "2022-04-02T00:00:00Z"),
    ];
    assert_eq!(captures(&world), expected, "the one before, where the newest was no page");
    let archive = world.archive();
    let url = "http://mfa.ruritania.example/web/t20220301_1.html";
    let (file, entry) = archive.places_of(url).last().unwrap();
    let record = archive.record(file, entry).unwrap();
    let via = "https://web.archive.org/web/20220601000000id_/http://mfa.ruritania.example/web/t20220301_1.html";
    assert_eq!(record.header("Demarche-Via"), Some(via));
    let text = String::from_utf8(record.block).unwrap();
    assert!(text.contains("last-modified: Tue, 01 Mar 2022") && !text.contains("99999"), "{text}");
    let again = world.crawl();
    assert_eq!((again.fetched, again.unchanged), (0, 2), "nothing is fetched twice");
}

#[test]
fn every_capture_that_differs_is_asked_for_with_full() {
    let mut world = world();
    world.options.full = true;
    let outcome = world.crawl();
    assert_eq!((outcome.listed, outcome.fetched), (4, 3));
    assert_eq!(World::reasons(&outcome), ["blocked"]);
    assert_eq!(captures(&world).len(), 3);
}

#[test]
fn a_throttled_index_and_a_throttled_capture_are_waited_for() {
    let world = world();
    let count = AtomicUsize::new(0);
    world.server.script(move |asked| match count.fetch_add(1, Ordering::Relaxed) % 2 {
        0 => Some(Reply { status: 429, ..Reply::default() }.with("Retry-After", "0")),
        _ => index(asked),
    });
    let outcome = world.crawl();
    assert_eq!((outcome.fetched, World::reasons(&outcome)), (2, vec![]));
}

#[test]
fn a_broken_index_is_a_failure_with_its_reason() {
    let world = world();
    world.server.script(|asked| {
        let index = asked.address.contains("/cdx/");
        index.then(|| Reply::page("text/html", "<html>Blocked Site Error</html>"))
    });
    let outcome = world.crawl();
    assert!(World::reasons(&outcome)[0].starts_with("no answer of the index"), "{outcome:?}");
    assert_eq!(exit_code(&[outcome]), 2);
}

#[test]
fn only_the_web_archive_is_asked_and_not_its_robots_txt() {
    let world = world();
    world.server.fail("https://web.archive.org/robots.txt", Fault::Status(500, None), 99);
    world.crawl();
    assert!(world.server.log().iter().all(|r| r.address.starts_with("web.archive.org/")));
    assert_eq!(world.asked("robots.txt"), 0);
    let options = Options { via: Via::Site, ..world.options.clone() };
    let declared = toml::from_str(&world.source).unwrap();
    let corpus = corpus::Corpus::create(world.folder.path()).unwrap();
    let lock = corpus.lock().unwrap();
    let kind = corpus::archive::ArchiveKind::Crawl;
    let now = "2026-11-24T00:00:00Z".parse().unwrap();
    let mut archive = corpus::archive::ArchiveWriter::open(&corpus, &lock, kind, now).unwrap();
    let refused = crawl::crawl(&declared, &options, &mut archive, &|_| ()).unwrap_err().to_string();
    assert!(refused.contains("--era for one of: wayback"), "{refused}");
}
