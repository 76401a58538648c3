//! What can go wrong on the way, each with its consequence for the archive and the exit code, over
//! http and over https by CONNECT.

use std::time::Duration;

use corpus::archive::{Entry, HttpResponse, Purpose};
use crawl::exit_code;
use replay::{Fault, Page};

use crate::world::{SITE, World};

/// The same world twice: with TLS and without.
fn worlds() -> [World; 2] {
    [World::new(), World::plain()]
}

/// Runs a check on each case over http and over https, all at once: most of them wait.
fn each<T: Sync>(cases: &[T], check: impl Fn(&T, World) + Sync) {
    std::thread::scope(|threads| {
        for case in cases {
            for world in worlds() {
                threads.spawn(|| check(case, world));
            }
        }
    });
}

/// The bytes of every archived page as the server has them: an archive holds nothing else.
fn assert_whole(world: &World, pages: usize, what: &str) {
    let archive = world.archive();
    let good = |e: &&Entry| e.purpose == Purpose::Page && e.status == Some(200);
    let mut found = 0;
    for file in archive.files() {
        for entry in file.entries().iter().filter(good) {
            let record = archive.record(file, entry).unwrap();
            let body =
                HttpResponse::parse(&record.block).unwrap().body(Default::default()).unwrap();
            let text = String::from_utf8(body).unwrap();
            let number =
                entry.url.rsplit('/').next().unwrap().trim_matches(|c: char| !c.is_ascii_digit());
            assert!(text.contains(&format!("for the {number}th time.</p>")), "{what}: {text}");
            found += 1;
        }
    }
    assert_eq!(found, pages, "{what}: one good capture a page");
}

#[test]
fn faults_that_pass_are_survived() {
    let faults = [
        Fault::Status(429, Some(0)),
        Fault::Status(500, None),
        Fault::Status(503, None),
        Fault::Reset,
        Fault::WrongLength,
        Fault::TruncatedGzip,
        Fault::Silence,
        Fault::Latency(Duration::from_millis(50)),
    ];
    each(&faults, |fault, world| {
        world.server.fail(&World::page(3), fault.clone(), 1);
        let outcome = world.crawl();
        assert_eq!((outcome.fetched, World::reasons(&outcome)), (5, vec![]), "{fault:?}");
        assert_eq!(exit_code(&[outcome]), 0, "{fault:?}");
        assert_whole(&world, 5, &format!("{fault:?}"));
    });
}

#[test]
fn faults_that_stay_are_failures_with_reasons_and_leave_no_page() {
    let blocked = "<html><title>Web Page Blocked</title></html>".to_owned();
    let cases = [
        (Fault::Status(500, None), "status 500"),
        (Fault::Status(429, Some(100_000)), "status 429; asks for 100000 s"),
        (Fault::Status(403, None), "status 403"),
        (Fault::Status(304, None), "status 304 to a first request"),
        (Fault::Reset, "body breaks off"),
        (Fault::WrongLength, "body breaks off"),
        (Fault::TruncatedGzip, "content encoding gzip"),
        (Fault::Endless, "body larger than"),
        (Fault::Redirect(World::page(3)), "redirect loop"),
        (Fault::Redirect("https://other.example/".into()), "redirect to a foreign host"),
        (Fault::Redirect("http://127.0.0.1:9/".into()), "redirect to a foreign host"),
        (Fault::Redirect("file:///etc/passwd".into()), "redirect to a foreign scheme"),
        (Fault::Redirect("/error.htm".into()), "soft 404"),
        // None of these is the site's own word that the page is missing.
        (Fault::Status(302, None), "status 302 without an address"),
        (Fault::Status(300, None), "status 300"),
        (Fault::Redirect("http://warning.isp.example/error.html".into()), "redirect to a foreign"),
        (Fault::Redirect("https://login.portal.example/404".into()), "redirect to a foreign"),
        (Fault::Instead(blocked), "blocked"),
        (Fault::Instead("  ".into()), "empty body"),
        (Fault::Latency(Duration::from_secs(3)), "timeout"),
    ];
    each(&cases, |(fault, reason), mut world| {
        world.options.retries = 1;
        world.options.timeout = Duration::from_secs(1);
        world.options.max_bytes = 1 << 20;
        world.server.fail(&World::page(3), fault.clone(), 99);
        let outcome = world.crawl();
        let reasons = World::reasons(&outcome);
        let right = reasons.len() == 1 && reasons[0].starts_with(reason);
        assert!(right, "{fault:?}: {reasons:?}");
        assert_eq!((outcome.fetched, exit_code(&[outcome])), (4, 3), "{fault:?}");
        assert_whole(&world, 4, &format!("{fault:?}"));
    });
}

#[test]
fn robots_txt_is_obeyed_and_html_in_its_place_is_no_rule() {
    // Rules for all, and rules for us by name, which go before those for all.
    for body in [
        "User-agent: *\nDisallow: /web/t2",
        "User-agent: *\nAllow: /\n\nUser-agent: demarche\nDisallow: /web/t2",
        "User-agent: other\nUser-agent: Demarche\nDisallow: /web/t2\n\nUser-agent: *\nAllow: /",
    ] {
        let world = World::new();
        let rules = Page { media_type: "text/plain".into(), body: body.into() };
        world.server.content().put("https://mfa.ruritania.example/robots.txt", rules);
        assert_eq!(World::reasons(&world.crawl()), ["robots.txt forbids it"], "{body}");
    }
    let world = World::new();
    let html = Page::html("<html>User-agent: *\nDisallow: /</html>");
    world.server.content().put("https://mfa.ruritania.example/robots.txt", html);
    assert_eq!(world.crawl().fetched, 5);
}

#[test]
fn zero_items_are_a_failure() {
    let world = World::new();
    world.server.content().put(&format!("{SITE}/index.html"), Page::html("<p>redesigned</p>"));
    let outcome = world.crawl();
    assert!(World::reasons(&outcome)[0].starts_with("zero items"), "{outcome:?}");
    assert_eq!(exit_code(&[outcome]), 2);
}

#[test]
fn a_later_page_that_holds_nothing_new_is_a_failure_where_the_count_says_that_more_follow() {
    let put = |world: &World, page: &str, items: &str| {
        let html = format!("<ul class='news'>{items}</ul><script>var countPage = 3//</script>");
        world.server.content().put(&format!("{SITE}/{page}"), Page::html(html));
    };
    let item = |n: u32| format!("<li><a href='./t{n}.html'>Remarks {n}</a> (2022-03-0{n})</li>");
    let three = |world: &World| {
        put(world, "index.html", &format!("{}{}", item(5), item(4)));
        put(world, "index_1.html", &format!("{}{}", item(3), item(2)));
        put(world, "index_2.html", &item(1));
    };
    let again = format!("<ul class='news'>{}{}</ul>", item(5), item(4));
    for (instead, reason) in [
        ("<p>redesigned</p>", "zero items"),
        (" ", "zero items"),
        ("<title>Notice</title>The site is being maintained.", "zero items"),
        (again.as_str(), "zero new items"),
    ] {
        let mut world = World::new();
        three(&world);
        world.options.since = Some("2021-01-01".parse().unwrap());
        world.server.fail(&format!("{SITE}/index_1.html"), Fault::Instead(instead.to_owned()), 1);
        let outcome = world.crawl();
        let reasons = World::reasons(&outcome);
        assert!(reasons.len() == 1 && reasons[0].starts_with(reason), "{instead}: {reasons:?}");
        assert!(outcome.failed[0].url.ends_with("/index_1.html"));
        assert_eq!((outcome.fetched, world.asked("index_2.html")), (3, 1), "{instead}");
        assert_eq!(outcome.warnings, [""; 0], "the listing was not read to its end");
    }
    // The last page by count may hold nothing new, and so may any page where nobody counts.
    let world = World::new();
    three(&world);
    put(&world, "index_2.html", &item(2));
    assert_eq!(world.crawl().failed, []);
}

/// The site with one statement on each of so many listing pages.
fn one_a_page(world: &World, pages: u32) {
    for (page, n) in (1..=pages).rev().enumerate() {
        let name = if page == 0 { "index.html".to_owned() } else { format!("index_{page}.html") };
        let html = format!(
            "<ul class='news'><li><a href='./t{n}.html'>Remarks {n}</a> (2022-03-0{n})</li></ul>\
             <script>var countPage = {pages}//</script>"
        );
        world.server.content().put(&format!("{SITE}/{name}"), Page::html(html));
    }
}

#[test]
fn a_listing_page_that_failed_is_owed_until_it_was_read() {
    let failing = format!("{SITE}/index_3.html");
    let mut world = World::new();
    world.options.retries = 0;
    one_a_page(&world, 5);
    world.server.fail(&failing, Fault::Status(500, None), 2);
    assert_eq!((world.crawl().fetched, world.asked("index_3.html")), (4, 1));
    let again = world.crawl();
    assert_eq!((again.fetched, World::reasons(&again)), (0, vec!["status 500"]));
    assert_eq!((again.failed[0].tried, exit_code(&[again])), (2, 3));
    let mended = world.crawl();
    assert_eq!((mended.fetched, &mended.failed), (1, &vec![]));
    // It is owed no more: two pages of what is known are enough.
    assert_eq!((world.crawl().failed, world.asked("index_3.html")), (vec![], 3));

    // What is missing by the site's own word is left alone for a day, and told meanwhile.
    let world = World::new();
    one_a_page(&world, 5);
    world.server.content().remove(&failing);
    assert_eq!(World::reasons(&world.crawl()), ["status 404"]);
    let later = world.crawl();
    assert_eq!((World::reasons(&later), world.asked("index_3.html")), (vec!["status 404"], 1));
}

#[test]
fn what_was_put_off_under_a_wrong_clock_is_asked_for_again() {
    let mut world = World::new();
    one_a_page(&world, 5);
    world.server.content().remove(&format!("{SITE}/index_3.html"));
    world.options.clock = || jiff::Timestamp::now() + jiff::SignedDuration::from_hours(20_000);
    assert_eq!(
        (World::reasons(&world.crawl()), world.asked("index_3.html")),
        (vec!["status 404"], 1)
    );
    world.options.clock = jiff::Timestamp::now;
    assert_eq!(
        (World::reasons(&world.crawl()), world.asked("index_3.html")),
        (vec!["status 404"], 2)
    );
}

#[test]
fn what_stood_on_a_listing_page_that_failed_is_found_where_it_moved_to() {
    let mut world = World::new();
    world.options.retries = 0;
    one_a_page(&world, 6);
    world.server.content().put(&World::page(6), Page::html("<h1>Remarks 6</h1><p>New.</p>"));
    world.server.fail(&format!("{SITE}/index_2.html"), Fault::Status(500, None), 1);
    assert_eq!(world.crawl().fetched, 5, "all but the fourth");
    one_a_page(&world, 8);
    for n in [7, 8] {
        let html = format!("<h1>Remarks {n}</h1><p>Newer.</p>");
        world.server.content().put(&World::page(n), Page::html(html));
    }
    assert_eq!((world.crawl().fetched, world.asked("t4.html")), (3, 1));
    // Where it was is known again, so a look at what is new is enough, and no page below it is read.
    assert_eq!((world.crawl().failed, world.asked("index_7.html")), (vec![], 0));
}

#[test]
fn a_listing_page_that_failed_is_owed_after_a_kill() {
    let mut world = World::new();
    world.options.retries = 0;
    one_a_page(&world, 5);
    world.server.fail(&format!("{SITE}/index_3.html"), Fault::Status(500, None), 1);
    world.crawl();
    let archive = world.archive();
    let last = archive.entries().filter(|e| e.purpose == Purpose::Note).last().unwrap();
    let path = archive.files()[0].path().to_owned();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(last.offset + 7).unwrap();
    assert_eq!(world.crawl().fetched, 1);
}

#[test]
fn a_listing_that_redirects_to_no_address_is_broken_and_not_missing() {
    let world = World::new();
    world.server.fail(&format!("{SITE}/index.html"), Fault::Status(302, None), 1);
    assert_eq!(World::reasons(&world.crawl()), ["status 302 without an address"]);
}

#[test]
fn a_listing_that_shows_the_same_page_for_ever_ends() {
    let world = World::new();
    let same = "<ul class='news'><li><a href='./t5.html'>Remarks 5</a> (2022-03-05)</li></ul>";
    for page in ["index.html", "index_1.html", "index_2.html", "index_3.html"] {
        world.server.content().put(&format!("{SITE}/{page}"), Page::html(same));
    }
    let outcome = world.crawl();
    assert_eq!((outcome.listed, outcome.fetched), (1, 1));
    assert!(!world.server.log().iter().any(|r| r.address.ends_with("index_2.html")));
}

#[test]
fn a_soft_404_is_kept_as_evidence_and_is_no_page() {
    for world in worlds() {
        let soft = "<html><title>404</title><p>for the 3th time.</p></html>".to_owned();
        world.server.fail(&World::page(3), Fault::Instead(soft), 99);
        let outcome = world.crawl();
        assert!(World::reasons(&outcome)[0].starts_with("soft 404"));
        assert_eq!((outcome.fetched, exit_code(&[outcome])), (4, 3));
        assert_whole(&world, 5, "soft 404");
        // The next crawl does not take it for a page that it knows.
        let again = world.crawl();
        assert_eq!((again.unchanged, again.failed.len()), (4, 1));
    }
}

#[test]
fn robots_txt_that_cannot_be_read_forbids_everything() {
    let statuses = [500, 501, 503, 520, 599].map(|status| Fault::Status(status, None));
    each(&[statuses.as_slice(), &[Fault::Reset]].concat(), |fault, mut world| {
        world.options.retries = 1;
        world.server.fail("https://mfa.ruritania.example/robots.txt", fault.clone(), 99);
        let outcome = world.crawl();
        assert!(World::reasons(&outcome)[0].starts_with("robots.txt cannot be read"), "{fault:?}");
        assert_eq!((world.asked("index.html"), exit_code(&[outcome])), (0, 2), "{fault:?}");
    });
    for status in [401, 403, 404, 410] {
        let world = World::new();
        let robots = "https://mfa.ruritania.example/robots.txt";
        world.server.fail(robots, Fault::Status(status, None), 99);
        assert_eq!(world.crawl().fetched, 5, "{status}: there is no such file, so no rule");
    }
    let world = World::new();
    let robots = "https://mfa.ruritania.example/robots.txt";
    world.server.fail(robots, Fault::Status(503, None), 1);
    assert_eq!(world.crawl().fetched, 5, "a passing fault of robots.txt is survived");
    let world = World::new();
    let elsewhere = "https://mfa.ruritania.example/html.htm";
    world.server.content().put(elsewhere, Page::html("<html>Disallow: /</html>"));
    world.server.fail(robots, Fault::Redirect(elsewhere.into()), 99);
    assert_eq!(world.crawl().fetched, 5, "a redirect to HTML is no rule");
}

#[test]
fn a_host_that_fails_again_and_again_is_left_alone() {
    let mut world = World::new();
    world.options.retries = 0;
    let items: String = (1..=30)
        .map(|n| format!("<li><a href='./b{n}.html'>B {n}</a> (2022-03-01)</li>"))
        .collect();
    world.server.content().put(
        &format!("{SITE}/index.html"),
        Page::html(format!("<ul class='news'>{items}</ul>countPage = 1//")),
    );
    for n in 1..=30 {
        world.server.fail(&format!("{SITE}/b{n}.html"), Fault::Status(500, None), 99);
    }
    let outcome = world.crawl();
    let reasons = World::reasons(&outcome);
    assert_eq!(reasons.iter().filter(|r| **r == "status 500").count(), 8);
    assert_eq!(reasons.iter().filter(|r| r.starts_with("not tried: mfa.rur")).count(), 22);
    assert_eq!(exit_code(&[outcome]), 2);
}

#[test]
fn a_wrong_charset_in_the_head_does_not_hurt_a_listing() {
    for world in worlds() {
        let list = "<ul class='news'><li><a href='./t3.html'>第三</a> 2022年3月3日</li></ul>";
        let page = Page {
            media_type: "text/html; charset=gb2312".into(),
            body: format!("{list}countPage = 1//").into_bytes(),
        };
        world.server.content().put(&format!("{SITE}/index.html"), page);
        let mut world = world;
        world.options.since = Some("2022-03-03".parse().unwrap());
        world.options.until = Some("2022-03-03".parse().unwrap());
        let outcome = world.crawl();
        assert_eq!((outcome.listed, outcome.fetched), (1, 1));
        assert_whole(&world, 1, "charset");
    }
}

#[test]
fn a_listing_of_old_items_that_never_ends_is_cut_and_said() {
    let world = World::new();
    world.server.script(|asked| {
        let page = asked.address.strip_prefix("mfa.ruritania.example/web/index")?;
        let n: u32 = page.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
        let html =
            format!("<ul class='news'><li><a href='./old{n}.html'>x</a> (1999-01-01)</li></ul>");
        Some(replay::Reply::page("text/html", html))
    });
    let outcome = world.crawl_with(&crawl::Options { dry_run: true, ..world.options.clone() });
    assert_eq!(outcome.listed, 200);
    assert!(outcome.warnings[0].contains("did not end within 200 pages"), "{outcome:?}");
    let since = Some("2022-01-01".parse().unwrap());
    let options = crawl::Options { since, dry_run: true, ..world.options.clone() };
    let before = world.server.log().len();
    world.crawl_with(&options);
    assert!(
        world.server.log().len() - before < 4,
        "older than the window: the first page is enough"
    );
}
