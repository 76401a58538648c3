//! The ledger, from the real binary and a site that edits, deletes, blocks and redesigns.

use replay::Fault;
use serde_json::Value;

use crate::site::Site;
use crate::support::{Demarche, WARC_RESPONSE, warc_record};

/// The ledger's entry of a day's statement.
fn entry(ledger: &Value, day: u32) -> &Value {
    let url = Site::url(day);
    let statements = ledger["statements"].as_array().unwrap();
    statements.iter().find(|s| s["url"] == url.as_str()).unwrap_or_else(|| panic!("{ledger:#}"))
}

fn kinds(entry: &Value) -> Vec<&str> {
    let events = entry["events"].as_array().unwrap();
    events.iter().map(|e| e["kind"].as_str().unwrap()).collect()
}

/// A day's page with another date in its title.
fn dated(day: u32, date: &str) -> String {
    format!(
        "<html><body><h1 class='news_header_title'>Spokesperson Luo Lian's Regular Press \
         Conference on {date}</h1><div class='content_text'><p><strong>AFP: What do you say of day \
         {day}?</strong></p><p>Luo Lian: {REGRET}</p></div></body></html>"
    )
}

const REGRET: &str = "We regret the war, and we say who began it: the Strelsau bloc.";

#[test]
fn an_edit_and_a_deletion_show_the_exact_words_and_nothing_else_shows() {
    let site = Site::new(&[1, 2, 3, 4, 7, 8, 9]);
    for day in [1, 2, 3, 4, 7, 8, 9] {
        site.say(day, REGRET);
    }
    assert_eq!(site.crawl(), 0);
    let first = site.demarche.json(&["changes", "--json"]);
    assert_eq!(
        (&first["totals"]["statements"], &first["totals"]["edited"]),
        (&7.into(), &0.into())
    );

    // The first is edited, the second gets another menu, cookie and stamp, the third is blocked,
    // the fourth leaves the list, the seventh is missing for a while, the eighth is under
    // maintenance, the ninth meets an error of the server.
    let site = site.list(&[1, 2, 3, 7, 8, 9]);
    site.say(1, "We regret the crisis, and we say who began it: others.");
    site.dress(2, REGRET, "Home | News | Contact us", "18:30");
    let blocked =
        "<html><title>Web Page Blocked</title><body><p>Web Page Blocked!</p></body></html>";
    site.put(3, blocked);
    site.remove(7);
    site.put(
        8,
        "<html><title>Notice</title><body><p>The site is being maintained.</p></body></html>",
    );
    site.server.fail(&Site::url(9), Fault::Status(503, None), 1);
    assert_eq!(site.crawl(), 3);
    let second = site.demarche.json(&["changes", "--json"]);
    assert_eq!(kinds(entry(&second, 1)), ["edited"]);
    let event = &entry(&second, 1)["events"][0];
    let hunks: Vec<(&str, &str)> = event["hunks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|h| (h["deleted"].as_str().unwrap(), h["inserted"].as_str().unwrap()))
        .collect();
    assert_eq!(hunks, [("war", "crisis"), ("the Strelsau bloc", "others")], "{event:#}");
    assert_eq!((&event["deleted"], &event["inserted"]), (&4.into(), &2.into()));
    assert_eq!((&event["unit"], &event["hunks"][0]["role"]), (&"words".into(), &"answer".into()));
    assert_eq!(event["after"], entry(&second, 1)["first_seen"]);
    for day in [2, 3, 4, 8, 9] {
        assert_eq!(kinds(entry(&second, day)), [""; 0], "day {day}: {:#}", entry(&second, day));
        assert_eq!(entry(&second, day)["state"], "present", "day {day}");
    }
    assert_eq!(entry(&second, 3)["last_try"]["reason"], "blocked");
    assert_eq!(entry(&second, 9)["last_try"]["reason"], "status 503");
    assert_eq!(entry(&second, 4)["times_seen"], 2, "left the list and was looked for");
    assert_eq!(kinds(entry(&second, 7)), ["gone"]);
    assert_eq!(entry(&second, 7)["events"][0]["sign"], "status 404");

    // The edited one is deleted behind an error page with status 200; the others come back.
    site.put(1, "<html><title>404 Not Found</title><body><h1>404 Not Found</h1></body></html>");
    for day in [2, 3, 7, 8] {
        site.say(day, REGRET);
    }
    site.crawl();
    let third = site.demarche.json(&["changes", "--json"]);
    let deleted = entry(&third, 1);
    assert_eq!(kinds(deleted), ["edited", "gone"]);
    assert_eq!(
        (&deleted["state"], &deleted["gone_since"]),
        (&"gone".into(), &deleted["events"][1]["noticed"])
    );
    assert_eq!(deleted["last_seen"], deleted["events"][0]["noticed"]);
    assert_eq!(kinds(entry(&third, 7)), ["gone", "back"]);
    assert_eq!(entry(&third, 7)["state"], "present");
    for day in [2, 3, 4, 8, 9] {
        assert_eq!(kinds(entry(&third, day)), [""; 0], "day {day}");
        assert!(entry(&third, day)["last_try"].is_null(), "day {day}");
    }
    let totals = &third["totals"];
    assert_eq!(
        (&totals["edited"], &totals["gone"], &totals["back"]),
        (&1.into(), &1.into(), &1.into())
    );

    // A corrected day in the title is an edit.
    site.put(2, &dated(2, "March 22, 2022"));
    site.crawl();
    let fourth = site.demarche.json(&["changes", &Site::url(2), "--json"]);
    let corrected = entry(&fourth, 2);
    assert_eq!((&corrected["date"], kinds(corrected)), (&"2022-03-22".into(), vec!["edited"]));
    assert_eq!(corrected["events"][0]["hunks"][0]["inserted"], "22", "{corrected:#}");

    let printed = site.demarche.stdout(&["changes"]);
    assert!(printed.contains("[-war-] {+crisis+}") && printed.contains("GONE since"), "{printed}");
    assert!(!printed.contains("Contact us") && !printed.contains("Blocked"), "{printed}");
    let one = site.demarche.json(&["changes", &Site::url(7), "--json"]);
    assert_eq!(one["statements"].as_array().unwrap().len(), 1);
    let none = site.demarche.json(&["changes", "--from", "2022-04-01", "--json"]);
    assert_eq!(none["totals"]["statements"], 0);
    assert_eq!(
        site.demarche.output(&["changes", "--noticed-since", "2099-01-01"]).status.code(),
        Some(0)
    );
}

#[test]
fn what_is_not_the_sites_own_word_tells_of_no_deletion() {
    let site = Site::new(&[1, 2, 3, 4, 7, 8]);
    [1, 2, 3, 4, 7, 8].iter().for_each(|day| site.say(*day, REGRET));
    assert_eq!(site.crawl(), 0);
    for (day, fault) in [
        (1, Fault::Status(302, None)),
        (2, Fault::Status(300, None)),
        (3, Fault::Redirect("http://warning.isp.example/error.html".to_owned())),
        (4, Fault::Redirect("https://login.portal.example/404".to_owned())),
        (7, Fault::Redirect("/error.html".to_owned())),
    ] {
        site.server.fail(&Site::url(day), fault, 1);
    }
    assert_eq!(site.crawl(), 3);
    let ledger = site.demarche.json(&["changes", "--json"]);
    for day in [1, 2, 3, 4] {
        let told = entry(&ledger, day);
        assert_eq!((kinds(told), &told["state"]), (vec![], &"present".into()), "{told:#}");
    }
    assert_eq!(entry(&ledger, 1)["last_try"]["reason"], "status 302 without an address");
    assert_eq!(kinds(entry(&ledger, 7)), ["gone"]);
}

/// A WARC file as another crawler writes it: address, time, status line with header fields, body.
fn warc(answers: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let each = answers.iter().map(|(url, at, head, body)| {
        let http = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        warc_record("response", url, at, WARC_RESPONSE, http.as_bytes())
    });
    each.collect::<Vec<_>>().concat()
}

/// One address answers every article, each by a code of its own.
#[test]
fn articles_at_one_address_leave_one_another_alone() {
    let url = "http://www.kcna.kp/kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf";
    let article = |code: &str, words: &str| {
        format!(
            "<?xml version='1.0' encoding='UTF-8'?><NData><articleCode>{code}</articleCode>\
             <articleCreateDate>2031.03.08</articleCreateDate><mainTitle>{words}</mainTitle>\
             <content><![CDATA[<p>Strelsau, March 8 (KCNA) -- {words}. (invented)</p>]]></content></NData>"
        )
    };
    let (trees, dam) = (article("AR1", "Trees were planted"), article("AR2", "A dam was opened"));
    let xml = "200 OK\r\nContent-Type: text/xml; charset=utf-8";
    let answers = [
        (url, "2031-03-09T00:00:00Z", xml, trees.as_str()),
        (url, "2031-03-09T00:00:10Z", xml, dam.as_str()),
    ];
    let demarche = Demarche::new();
    let path = demarche.folder().join("articles.warc");
    std::fs::write(&path, warc(&answers)).unwrap();
    demarche.stdout(&["import", path.to_str().unwrap(), "-q"]);
    let ledger = demarche.json(&["changes", "--json"]);
    let told = ledger["statements"].as_array().unwrap();
    assert_eq!(told.len(), 2, "{ledger:#}");
    assert!(told.iter().all(|s| s["state"] == "present" && kinds(s).is_empty()), "{ledger:#}");
}

#[test]
fn imported_archives_tell_the_same_story_whatever_their_order_and_way() {
    let page = dated(1, "March 1, 2022");
    let edited = page.replace("the war", "the crisis");
    let (here, old) = (Site::url(1), "http://mfa.ruritania.example/eng/old/1.html");
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let moved = format!("301 Moved Permanently\r\nLocation: {here}");
    let foreign = "302 Found\r\nLocation: http://warning.isp.example/error.html";
    let later = [
        (here.as_str(), "2022-06-01T00:00:00Z", html, edited.as_str()),
        (&here, "2022-07-01T00:00:00Z", html, "<html><title>Web Page Blocked</title></html>"),
        (&here, "2022-07-02T00:00:00Z", "503 Service Unavailable", "busy"),
        (&here, "2022-07-03T00:00:00Z", foreign, ""),
        (old, "2022-08-01T00:00:00Z", "404 Not Found\r\nContent-Type: text/html", "missing"),
    ];
    let earlier = [
        (old, "2022-03-02T00:00:00Z", moved.as_str(), ""),
        (here.as_str(), "2022-03-02T00:00:01Z", html, page.as_str()),
    ];
    let site = Site::new(&[]);
    for (name, answers) in [("later.warc", &later[..]), ("earlier.warc", &earlier[..])] {
        let path = site.demarche.folder().join(name);
        std::fs::write(&path, warc(answers)).unwrap();
        site.demarche.stdout(&["import", path.to_str().unwrap(), "-q"]);
    }
    let ledger = site.demarche.json(&["changes", "--json"]);
    let told = entry(&ledger, 1);
    assert_eq!(kinds(told), ["edited", "gone"], "{told:#}");
    assert_eq!(told["first_seen"], "2022-03-02T00:00:01Z");
    assert_eq!(told["last_seen"], "2022-06-01T00:00:00Z");
    assert_eq!(told["gone_since"], "2022-08-01T00:00:00Z", "the address that led to it is missing");
    let hunk = &told["events"][0]["hunks"][0];
    assert_eq!((&hunk["deleted"], &hunk["inserted"]), (&"war".into(), &"crisis".into()));
}
