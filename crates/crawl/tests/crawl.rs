//! Crawls of an invented ministry that the replay server plays, each fault with its consequence.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use corpus::Corpus;
use corpus::archive::{Archive, ArchiveKind, ArchiveWriter, Purpose, RecordKind, Stored};
use corpus::source::Source;
use crawl::{Options, Outcome, crawl, exit_code};
use replay::{Content, Fault, Page, Server};

const SITE: &str = "https://mfa.ruritania.example/web";
const SOURCE: &str = r#"
id = "rt-mfa-en"
label = "Ministry of Foreign Affairs, Ruritania (invented)"
country = "RT"
lang = "en"
issuer = "MFA Ruritania"
timezone = "UTC"
addresses = ["mfa.ruritania.example/web/"]

[[discovery]]
kind = "listing"
era = "2022"
evidence = "seen"
first = "https://mfa.ruritania.example/web/index.html"
next = "https://mfa.ruritania.example/web/index_{n}.html"
count-after = "countPage = "
item = "ul.news li"
link = "a"
"#;

/// A site of five statements on two listing pages.
fn site() -> Content {
    let mut content = Content::default();
    for (page, days) in [("index.html", 3..=5), ("index_1.html", 1..=2)] {
        let items: String = days
            .rev()
            .map(|n| format!("<li><a href='./t{n}.html'>Remarks {n}</a> (2022-03-0{n})</li>"))
            .collect();
        let html = format!("<ul class='news'>{items}</ul><script>var countPage = 2//</script>");
        content.put(&format!("{SITE}/{page}"), Page::html(html));
    }
    for n in 1..=5 {
        let html = format!("<h1>Remarks {n}</h1><p>Ruritania regrets, for the {n}th time.</p>");
        content.put(&format!("{SITE}/t{n}.html"), Page::html(html));
    }
    content
}

struct World {
    folder: tempfile::TempDir,
    server: Server,
    options: Options,
}

impl World {
    fn new() -> Self {
        let server = Server::start(site(), 0).unwrap();
        let options = Options {
            delay: Duration::ZERO,
            proxy: Some(server.proxy()),
            ca_cert: Some(server.ca_pem().as_bytes().to_vec()),
            timeout: Duration::from_secs(5),
            ..Options::new(jiff::Timestamp::now)
        };
        Self { folder: tempfile::tempdir().unwrap(), server, options }
    }

    fn page(n: u32) -> String {
        format!("{SITE}/t{n}.html")
    }

    fn crawl(&self) -> Outcome {
        self.crawl_with(&self.options)
    }

    fn crawl_with(&self, options: &Options) -> Outcome {
        let source: Source = toml::from_str(SOURCE).unwrap();
        let corpus = Corpus::create(self.folder.path()).unwrap();
        let lock = corpus.lock().unwrap();
        let now = "2026-11-24T00:00:00Z";
        let mut archive = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, now).unwrap();
        let outcome = crawl(&source, options, &mut archive, &|_| ()).unwrap();
        archive.finish().unwrap();
        outcome
    }

    fn archive(&self) -> Archive {
        Archive::open(&Corpus::open(self.folder.path()).unwrap()).unwrap()
    }

    /// Addresses of the archived pages, and of nothing else.
    fn pages(&self) -> Vec<String> {
        let archive = self.archive();
        let items = archive.files().iter().flat_map(|f| archive.stored(f).unwrap());
        let mut urls: Vec<String> = items
            .filter_map(|item| match item.unwrap() {
                Stored::Page(page) => Some(page.url),
                Stored::Table { .. } | Stored::Reject(_) => None,
            })
            .collect();
        urls.sort();
        urls
    }

    fn reasons(outcome: &Outcome) -> Vec<&str> {
        outcome.failed.iter().map(|f| f.reason.as_str()).collect()
    }
}

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
fn faults_that_pass_are_survived() {
    for fault in [
        Fault::Status(429, Some(0)),
        Fault::Status(500, None),
        Fault::Status(503, None),
        Fault::Reset,
        Fault::WrongLength,
        Fault::TruncatedGzip,
        Fault::Silence,
        Fault::Latency(Duration::from_millis(50)),
    ] {
        let world = World::new();
        world.server.fail(&World::page(3), fault.clone(), 1);
        let outcome = world.crawl();
        assert_eq!((outcome.fetched, World::reasons(&outcome)), (5, vec![]), "{fault:?}");
        assert_eq!(world.pages().len(), 5, "{fault:?}: one good capture a page");
    }
}

#[test]
fn faults_that_stay_are_failures_with_reasons_and_leave_no_page() {
    let blocked = "<html><title>Web Page Blocked</title></html>".to_owned();
    let cases = [
        (Fault::Status(500, None), "status 500"),
        (Fault::Status(429, Some(100_000)), "status 429; asks for 100000 s"),
        (Fault::Status(403, None), "status 403"),
        (Fault::Reset, "body breaks off"),
        (Fault::WrongLength, "body breaks off"),
        (Fault::TruncatedGzip, "content encoding gzip"),
        (Fault::Endless, "body larger than"),
        (Fault::Redirect(World::page(3)), "redirect loop"),
        (Fault::Redirect("https://other.example/".into()), "redirect to a foreign host"),
        (Fault::Redirect("http://127.0.0.1:9/".into()), "redirect to a foreign host"),
        (Fault::Redirect("file:///etc/passwd".into()), "redirect to a foreign scheme"),
        (Fault::Redirect("/error.htm".into()), "soft 404"),
        (Fault::Instead(blocked), "blocked"),
    ];
    for (fault, reason) in cases {
        let mut world = World::new();
        world.options.retries = 1;
        world.options.max_bytes = 1 << 20;
        world.server.fail(&World::page(3), fault.clone(), 99);
        let outcome = world.crawl();
        let reasons = World::reasons(&outcome);
        assert!(reasons.len() == 1 && reasons[0].starts_with(reason), "{fault:?}: {reasons:?}");
        assert_eq!((outcome.fetched, exit_code(&[outcome])), (4, 3), "{fault:?}");
        assert!(!world.pages().contains(&World::page(3)), "{fault:?}");
    }
}

#[test]
fn robots_txt_is_obeyed_and_html_in_its_place_is_no_rule() {
    let world = World::new();
    let rules = Page {
        media_type: "text/plain".into(),
        body: b"User-agent: *\nDisallow: /web/t2".to_vec(),
    };
    world.server.content().put("https://mfa.ruritania.example/robots.txt", rules);
    assert_eq!(World::reasons(&world.crawl()), ["robots.txt forbids it"]);
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
    assert!(outcome.warnings[0].starts_with("the listing ends at 2022-03-01"), "{outcome:?}");
    assert_eq!(exit_code(&[outcome]), 3);
}
