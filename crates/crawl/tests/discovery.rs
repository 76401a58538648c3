//! The ways to find a source's pages: eras, forms with sessions, days, counters, feeds, sitemaps.

use std::sync::Mutex;

use crawl::{Options, exit_code};
use replay::{Content, Fault, Page, Reply};

use crate::world::{SITE, World, source};

/// Two eras of one listing, the newer first.
fn eras() -> World {
    let world = World::new();
    let newer = "\n[[discovery]]\nkind = \"listing\"\nera = \"2024\"\nevidence = \"seen\"\n\
                 first = \"https://mfa.ruritania.example/new/index.html\"\nitem = \"li\"\n";
    let at = world.source.find("[[discovery]]").unwrap();
    let (head, older) = world.source.split_at(at);
    let source = format!("{head}{newer}\n{older}");
    World { source, ..world }
}

#[test]
fn an_era_that_was_never_there_is_passed_over_and_said() {
    let world = eras();
    let outcome = world.crawl();
    assert_eq!((outcome.fetched, exit_code(std::slice::from_ref(&outcome))), (5, 0));
    assert!(outcome.notes[0].starts_with("read era 2022"), "{:?}", outcome.notes);
    assert!(outcome.notes[1].contains("/new/index.html: status 404"), "{:?}", outcome.notes);
}

#[test]
fn an_era_that_is_broken_or_gone_is_a_failure_whatever_an_older_one_gives() {
    let newer = "https://mfa.ruritania.example/new/index.html";
    let world = eras();
    world.server.fail(newer, Fault::Status(500, None), 4);
    let broken = world.crawl();
    assert_eq!((broken.fetched, World::reasons(&broken)), (5, vec!["status 500"]));
    assert_eq!(exit_code(&[broken]), 3);
    world.server.content().put(newer, Page::html("<p>redesigned</p>"));
    let empty = world.crawl();
    assert!(World::reasons(&empty)[0].starts_with("zero items"), "{empty:?}");
    let item = "<li><a href='/web/t5.html'>Remarks 5</a> (2022-03-05)</li>";
    world.server.content().put(newer, Page::html(item));
    assert_eq!(world.crawl().failed, []);
    world.server.content().remove(newer);
    let gone = world.crawl();
    assert_eq!(World::reasons(&gone), ["status 404: it was there before"]);
    assert_eq!(exit_code(&[gone]), 3);
}

/// kcna.kp's way: a menu of sections, pages of a section by a form with a token, the page's number
/// kept by the server for the session of a cookie.
#[test]
fn sections_are_paged_by_forms_within_a_session() {
    let source = source(
        r#"
[[discovery]]
kind = "listing"
era = "2022"
evidence = "seen"
first = "http://mfa.ruritania.example/en"
item = ".article-link li"
link = "a"
date = ".publish-time"
sections = "nav a"
form = { selector = "form.pages", page = "page" }
newest-first = false
"#,
    );
    let world = World::of(Content::default(), &source);
    let session = Mutex::new((String::from("a"), 1_u32));
    world.server.script(move |asked| {
        let path = asked.address.strip_prefix("mfa.ruritania.example/")?;
        let html = |html: String| Some(Reply::page("text/html", html).with("Set-Cookie", "sid=s7; Path=/"));
        let list = |section: &str, page: u32| {
            let items: String = (1..=2)
                .map(|n| format!("<li><a href='/en/article/q/{section}{page}{n}.kcmsf'>{section} {n}</a> \
                     <span class='publish-time'>[2024.{}.{n}.]</span></li>", 9 - page))
                .collect();
            let token = format!("<input type=hidden name=_token value='t{section}{page}'>");
            let form = format!("<form class=pages method=post action='/en/category/articles.kcmsf'>{token}\
                <input type=hidden name=q value='{section}'><input type=hidden name=page value='{page}'>\
                <input type=hidden name=category value=NT62></form>");
            format!("<ul class='article-link'>{items}</ul>{}", if page < 3 { form } else { String::new() })
        };
        match (asked.method.as_str(), path) {
            ("GET", "en") => html("<nav><a href='/en/category/articles/q/a.kcmsf'>A</a>\
                <a href='/en/category/articles/q/b.kcmsf'>B</a></nav>\
                <ul class='article-link'><li><a href='/en/article/q/a11.kcmsf'>a 1</a>\
                <span class='publish-time'>[Juche113.8.1.]</span></li></ul>".into()),
            ("POST", "en/category/articles.kcmsf") => {
                assert_eq!(asked.cookie("sid"), Some("s7"), "no session");
                let sent = asked.parameters();
                let mut session = session.lock().unwrap();
                let before: u32 = session.1;
                assert_eq!(sent["_token"], format!("t{}{before}", session.0), "the token of the page before");
                assert_eq!((&sent["category"], &sent["q"]), (&"NT62".to_owned(), &session.0));
                session.1 = sent["page"].parse().unwrap();
                Some(Reply::moved(302, &format!("/en/category/articles/q/{}.kcmsf", session.0)))
            }
            ("GET", _) if path.starts_with("en/category/") => {
                let section = &path[path.len() - 7..path.len() - 6];
                let mut session = session.lock().unwrap();
                // A section that is opened anew begins at its first page.
                if session.0 != section {
                    *session = (section.to_owned(), 1);
                }
                html(list(section, session.1))
            }
            ("GET", _) if path.starts_with("en/article/") => html(format!("<p>{path}</p>")),
            _ => None,
        }
    });
    let outcome = world.crawl();
    assert_eq!(World::reasons(&outcome), [""; 0], "{outcome:?}");
    assert_eq!((outcome.listed, outcome.fetched), (12, 12), "two sections, three pages, two items");
    let posts = world.server.log().iter().filter(|r| r.head[0].starts_with("POST")).count();
    assert_eq!(posts, 4);
}

/// kcna.kp of 2026: the answer to the form is the page, its number stands in a field of another name,
/// and a script says how many pages there are.
#[test]
fn the_field_of_the_pages_number_is_the_one_that_the_form_has() {
    let source = source(
        r#"
[[discovery]]
kind = "listing"
era = "2026"
evidence = "reported"
first = "http://mfa.ruritania.example/en/article/list/a"
item = "div.article"
link = "a"
date = "nobr"
form = { selector = "form[action*='/article/list']", page = ["page_num", "page"] }
count-after = "page_cnt"
newest-first = false
"#,
    );
    let world = World::of(Content::default(), &source);
    world.server.script(|asked| {
        let path = asked.address.strip_prefix("mfa.ruritania.example/")?;
        let html = |html: String| Some(Reply::page("text/html", html));
        if path.starts_with("en/article/detail/") {
            return html(format!("<p>{path}</p>"));
        }
        let sent = asked.parameters();
        assert!(!sent.contains_key("page"), "a field that the form does not have");
        let page: u32 = sent.get("page_num").map_or(1, |n| n.parse().unwrap());
        html(format!(
            "<script>var page_cnt=3;</script><div class=article><a href='/en/article/detail/{page}'>Item</a>\
             <nobr>[2026.9.{}.]</nobr></div><form method=post action='/en/article/list/a'>\
             <input type=hidden name=page_num value={page}><input type=hidden name=_csrf value=t></form>",
            20 - page
        ))
    });
    let outcome = world.crawl();
    assert_eq!(World::reasons(&outcome), [""; 0], "{outcome:?}");
    assert_eq!((outcome.listed, outcome.fetched), (3, 3));
}

#[test]
fn days_are_listed_one_by_one_when_their_era_is_asked_for() {
    let source = source(
        r#"
[[discovery]]
kind = "days"
era = "days"
evidence = "seen"
address = "http://mfa.ruritania.example/list?strDate={yyyy}-{mm}-{dd}"
first-day = "2022-03-01"
last-day = "2022-03-04"
item = "li"
"#,
    );
    let mut world = World::of(Content::default(), &source);
    for day in [1, 3, 4, 5] {
        let list = format!("<li><a href='/a{day}.html'>A</a></li>");
        world.server.content().put(
            &format!("http://mfa.ruritania.example/list?strDate=2022-03-0{day}"),
            Page::html(list),
        );
        let page = format!("http://mfa.ruritania.example/a{day}.html");
        world.server.content().put(&page, Page::html("<p>x</p>"));
    }
    world.options.era = Some("days".into());
    world.options.since = Some("2022-01-01".parse().unwrap());
    let outcome = world.crawl();
    assert_eq!(
        (outcome.listed, outcome.fetched, exit_code(std::slice::from_ref(&outcome))),
        (3, 3, 0)
    );
    assert_eq!(outcome.notes, ["1 days without a listing, the first 2022-03-02"]);
    // Where no day gives anything, the first one says why, at its own address.
    let day = |day: u32| format!("http://mfa.ruritania.example/list?strDate=2022-03-0{day}");
    [1, 3, 4].iter().for_each(|n| world.server.content().remove(&day(*n)));
    let missing = world.crawl();
    assert_eq!((missing.failed.len(), &missing.failed[0].url), (1, &day(1)));
    assert_eq!(World::reasons(&missing), ["status 404"]);
    world.server.content().put(&day(1), Page::html("<p>redesigned</p>"));
    let empty = world.crawl();
    assert_eq!((empty.failed.len(), &empty.failed[0].url), (1, &day(1)));
    assert!(World::reasons(&empty)[0].starts_with("zero items"), "{empty:?}");
}

#[test]
fn a_counter_counts_within_each_day_until_numbers_are_missing() {
    let source = source(
        r#"
[[discovery]]
kind = "counter"
era = "counter"
evidence = "seen"
address = "http://mfa.ruritania.example/p?newsID={yyyy}-{mm}-{dd}-{n}"
digits = 4
to = 20
first-day = "2022-03-01"
"#,
    );
    let mut world = World::of(Content::default(), &source);
    for id in ["2022-03-01-0001", "2022-03-01-0003", "2022-03-02-0001"] {
        let url = format!("http://mfa.ruritania.example/p?newsID={id}");
        world.server.content().put(&url, Page::html("<p>x</p>"));
    }
    let soft = Page::html("<h1>알수 없는 주소</h1>");
    world.server.content().put("http://mfa.ruritania.example/p?newsID=2022-03-01-0002", soft);
    world.options.era = Some("counter".into());
    world.options.since = Some("2022-03-01".parse().unwrap());
    world.options.until = Some("2022-03-03".parse().unwrap());
    let outcome = world.crawl();
    assert_eq!(
        (outcome.listed, outcome.fetched, exit_code(std::slice::from_ref(&outcome))),
        (3, 3, 0)
    );
    assert_eq!((world.pages().len(), world.asked("-0006")), (3, 0));
    assert_eq!(outcome.notes, ["1 days without a page, the first 2022-03-03"]);
    let again = world.crawl();
    assert_eq!((again.fetched, again.unchanged), (0, 3));
}

#[test]
fn feeds_and_sitemaps_name_pages() {
    let source = source(
        r#"
[[discovery]]
kind = "feed"
era = "2022"
evidence = "seen"
address = "https://mfa.ruritania.example/feed/"

[[discovery]]
kind = "sitemap"
era = "2022"
evidence = "seen"
address = "https://mfa.ruritania.example/sitemap.xml"
contains = ["/web/"]
"#,
    );
    let world = World::of(crate::world::site(), &source);
    let put = |path: &str, xml: String| {
        let page = Page { media_type: "application/xml".into(), body: xml.into_bytes() };
        world.server.content().put(&format!("https://mfa.ruritania.example/{path}"), page);
    };
    put(
        "feed/",
        format!(
            "<rss version='2.0'><channel><title>t</title><item><title>R</title>\
        <link>{SITE}/t5.html</link><pubDate>Sat, 05 Mar 2022 10:00:00 GMT</pubDate></item></channel></rss>"
        ),
    );
    put(
        "sitemap.xml",
        "<sitemapindex><sitemap><loc>https://mfa.ruritania.example/s1.xml</loc>\
        </sitemap><sitemap><loc>https://mfa.ruritania.example/s2.xml</loc></sitemap></sitemapindex>"
            .into(),
    );
    put(
        "s1.xml",
        format!(
            "<urlset><url><loc>{SITE}/t1.html</loc></url><url><loc>{SITE}/t5.html</loc>\
        </url><url><loc>https://mfa.ruritania.example/about</loc></url></urlset>"
        ),
    );
    let outcome = world.crawl();
    assert_eq!((outcome.listed, outcome.fetched), (2, 2));
    assert_eq!(
        World::reasons(&outcome),
        ["status 404"],
        "the second sitemap is named and not there"
    );
    let since = Some("2022-03-05".parse().unwrap());
    let windowed = world.crawl_with(&Options { since, ..world.options.clone() });
    assert_eq!(windowed.listed, 2, "what has no date is never left out");
}
