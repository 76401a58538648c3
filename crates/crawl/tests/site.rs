//! What a crawl of a whole site does: windows, edits, deletions, resumption, robots, pace.

use std::time::Duration;

use corpus::archive::{Purpose, RecordKind};
use crawl::exit_code;
use replay::{Fault, Page};

use crate::world::{SITE, World};

#[test]
fn a_whole_site_is_listed_over_its_pages_and_fetched_through_a_signing_proxy() {
    let world = World::new();
    let outcome = world.crawl();
    assert_eq!(World::reasons(&outcome), [""; 0]);
    assert_eq!((outcome.listed, outcome.fetched, outcome.unchanged), (5, 5, 0));
    assert_eq!(exit_code(&[outcome]), 0);
    assert_eq!(world.pages(), (1..=5).map(World::page).collect::<Vec<_>>());
}

#[test]
fn a_window_is_held_and_asked_again_conditionally() {
    let mut world = World::new();
    world.options.since = Some("2022-03-02".parse().unwrap());
    world.options.until = Some("2022-03-04".parse().unwrap());
    let first = world.crawl();
    assert_eq!((first.listed, first.fetched), (3, 3));
    let again = world.crawl();
    assert_eq!((again.listed, again.fetched, again.unchanged), (3, 0, 3));
    let log = world.server.log();
    let answers: Vec<u16> =
        log.iter().filter(|r| r.address.ends_with("t3.html")).map(|r| r.status).collect();
    assert_eq!(answers, [200, 304]);
    let archive = world.archive();
    let revisits = archive.of_url(&World::page(3)).filter(|e| e.kind == RecordKind::Revisit);
    assert_eq!(revisits.count(), 1, "that the page was still there is archived");
}

#[test]
fn an_edit_and_then_a_deletion_are_archived() {
    let mut world = World::new();
    world.options.full = true;
    world.crawl();
    world.server.content().put(&World::page(4), Page::html("<h1>Remarks 4</h1><p>Edited.</p>"));
    let edited = world.crawl();
    assert_eq!((edited.fetched, edited.unchanged), (1, 4));
    world.server.content().remove(&World::page(4));
    let shorter = "<ul class='news'><li><a href='./t5.html'>Remarks 5</a> (2022-03-05)</li></ul>";
    world.server.content().put(&format!("{SITE}/index.html"), Page::html(shorter));
    let gone = world.crawl();
    assert_eq!((gone.gone, gone.unchanged), (1, 4), "gone is what is asked for and missing");
    let statuses: Vec<_> =
        world.archive().of_url(&World::page(4)).filter_map(|e| e.status).collect();
    assert_eq!(statuses, [200, 200, 404]);
}

#[test]
fn a_run_that_was_cut_short_fetches_only_what_is_left() {
    let mut world = World::new();
    world.options.limit = Some(2);
    world.crawl();
    // As a kill leaves it: the note about the run's end is missing.
    let path = world.archive().files()[0].path().to_owned();
    let archive = world.archive();
    let last = archive.entries().filter(|e| e.purpose == Purpose::Note).last().unwrap();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(last.offset + 7).unwrap();
    world.options.limit = None;
    let resumed = world.crawl();
    assert_eq!((resumed.listed, resumed.fetched, resumed.unchanged), (5, 3, 2));
    assert_eq!(world.pages().len(), 5, "no capture twice");
}

#[test]
fn the_delay_is_kept_as_the_server_sees_it() {
    let mut world = World::new();
    world.options.delay = Duration::from_millis(60);
    world.crawl();
    let times: Vec<_> = world.server.log().iter().map(|r| r.at).collect();
    // The server's clock starts when a request has come in; the client's when it goes out.
    let least = Duration::from_millis(40);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= least));
}

#[test]
fn a_window_older_than_the_listing_is_said() {
    let mut world = World::new();
    world.options.since = Some("2021-01-01".parse().unwrap());
    let outcome = world.crawl();
    let warning = &outcome.warnings[0];
    assert!(warning.starts_with("the listing ends at 2022-03-01"), "{warning}");
    assert!(warning.contains("--via wayback --since 2021-01-01 --until 2022-03-01"), "{warning}");
    assert_eq!(exit_code(&[outcome]), 3);
}

#[test]
fn one_request_at_a_time_however_slow_the_host() {
    let world = World::new();
    for n in 1..=5 {
        world.server.fail(&World::page(n), Fault::Latency(Duration::from_millis(20)), 1);
    }
    world.crawl();
    assert_eq!(world.server.peak(), 1);
}

#[test]
fn an_incremental_crawl_stops_at_what_is_known_and_looks_again_at_what_is_young() {
    let world = World::new();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let young = format!(
        "<ul class='news'><li><a href='./t6.html'>Remarks 6</a> ({today})</li>\
         <li><a href='./t5.html'>Remarks 5</a> (2022-03-05)</li></ul>countPage = 2//"
    );
    world.server.content().put(&format!("{SITE}/index.html"), Page::html(young));
    world.server.content().put(&World::page(6), Page::html("<h1>Remarks 6</h1><p>First.</p>"));
    assert_eq!(world.crawl().fetched, 4);
    world.server.content().put(&World::page(6), Page::html("<h1>Remarks 6</h1><p>Late.</p>"));
    let again = world.crawl();
    assert_eq!((again.fetched, again.unchanged), (1, 3), "the young one was edited");
    assert_eq!((world.asked("t6.html"), world.asked("t5.html")), (2, 1));
}

#[test]
fn what_failed_is_owed_and_a_missing_page_is_left_alone_for_a_day() {
    let world = World::new();
    world.server.fail(&World::page(2), Fault::Status(500, None), 4);
    world.server.content().remove(&World::page(1));
    let first = world.crawl();
    assert_eq!((first.fetched, World::reasons(&first)), (3, vec!["status 500", "status 404"]));
    assert!(first.failed[0].next.is_none() && first.failed[1].next.is_some());
    // Both have left the listing by now; what is owed is known from the archive alone.
    let shorter = "<ul class='news'><li><a href='./t5.html'>Remarks 5</a> (2022-03-05)</li></ul>";
    world.server.content().put(&format!("{SITE}/index.html"), Page::html(shorter));
    world.server.content().remove(&format!("{SITE}/index_1.html"));
    let second = world.crawl();
    assert_eq!((second.fetched, World::reasons(&second)), (1, vec!["status 404"]));
    assert_eq!(world.asked("t1.html"), 1, "not asked again before its time");
    assert_eq!(second.failed[0].next, first.failed[1].next);
    assert_eq!(exit_code(&[second]), 3);
    let full = world.crawl_with(&crawl::Options { full: true, ..world.options.clone() });
    assert_eq!((full.failed[0].tried, world.asked("t1.html")), (2, 2));
}

#[test]
fn a_deleted_page_is_gone_at_every_later_crawl_and_never_a_failure() {
    let world = World::new();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let list = |items: &str| {
        let html = format!("<ul class='news'>{items}</ul>countPage = 1//");
        world.server.content().put(&format!("{SITE}/index.html"), Page::html(html));
    };
    let old = "<li><a href='./t5.html'>Remarks 5</a> (2022-03-05)</li>";
    list(&format!("<li><a href='./t6.html'>Remarks 6</a> ({today})</li>{old}"));
    world.server.content().put(&World::page(6), Page::html("<h1>Remarks 6</h1><p>Young.</p>"));
    assert_eq!(world.crawl().fetched, 2);
    world.server.content().remove(&World::page(6));
    list(old);
    for crawl in 1..=3 {
        let outcome = world.crawl();
        assert_eq!((outcome.gone, &outcome.failed), (1, &vec![]), "crawl {crawl}");
        assert_eq!(exit_code(&[outcome]), 0, "crawl {crawl}");
    }
    assert_eq!(world.asked("t6.html"), 2, "not asked again before its time");
    // Listed again, it is owed.
    list(&format!("<li><a href='./t6.html'>Remarks 6</a> ({today})</li>{old}"));
    assert_eq!(World::reasons(&world.crawl()), ["status 404"]);
}

#[test]
fn a_limit_counts_pages_that_are_asked_for_and_a_dry_run_asks_for_none() {
    let mut world = World::new();
    world.options.dry_run = true;
    assert_eq!((world.crawl().listed, world.pages().len()), (5, 0));
    world.options.dry_run = false;
    world.options.limit = Some(2);
    for expected in [2, 4, 5] {
        world.crawl();
        assert_eq!(world.pages().len(), expected);
    }
}

#[test]
fn a_page_that_moved_is_known_under_its_listed_address() {
    let world = World::new();
    let moved = format!("{SITE}/new/t3.html");
    world.server.content().remove(&World::page(3));
    world.server.content().put(&moved, Page::html("<h1>Remarks 3</h1><p>Moved.</p>"));
    world.server.fail(&World::page(3), Fault::Redirect(moved.clone()), 99);
    assert_eq!(world.crawl().fetched, 5);
    assert!(world.pages().contains(&moved) && !world.pages().contains(&World::page(3)));
    let again = world.crawl();
    assert_eq!((again.fetched, again.unchanged), (0, 5));
    let archive = world.archive();
    assert!(archive.of_url(&World::page(3)).any(|e| e.purpose == Purpose::Redirect));
}

#[test]
fn a_stale_listing_is_an_alarm() {
    let mut world = World::new();
    world.source.push_str("[expected]\nstale-after = 30\n");
    let outcome = world.crawl();
    assert!(outcome.warnings[0].starts_with("stale: the listing's newest item is of 2022-03-05"));
    assert_eq!(exit_code(&[outcome]), 3);
}

#[test]
fn a_proxy_of_an_unknown_scheme_is_refused_and_nobody_is_asked() {
    let world = World::new();
    let address = world.server.address();
    for (scheme, proxy) in [
        ("htp", format!("htp://{address}")),
        ("ftp", format!("ftp://{address}")),
        ("socks5", format!("socks5://{address}")),
    ] {
        let options = crawl::Options { proxy: Some(proxy), ..world.options.clone() };
        let refused = world.try_crawl(&options).unwrap_err().to_string();
        assert_eq!(
            refused,
            format!("--proxy: `{scheme}` is no scheme of a proxy; use http or https")
        );
    }
    assert!(world.server.log().is_empty());
    // Without a scheme it is one of http, as before.
    let options = crawl::Options { proxy: Some(address.to_string()), ..world.options.clone() };
    assert_eq!(world.crawl_with(&options).fetched, 5);
}
