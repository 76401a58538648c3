//! A crawl that is killed at any moment, again and again: what was archived stays, and the crawl
//! after it goes on from there.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::time::Duration;

use replay::Fault;
use serde_json::Value;

use crate::site::Site;

/// The days of March 2022 on which the invented ministry speaks.
const DAYS: std::ops::RangeInclusive<u32> = 1..=28;
/// How often the crawl is killed.
const KILLS: u64 = 30;

fn ministry() -> Site {
    let days: Vec<u32> = DAYS.collect();
    let site = Site::new(&days);
    for day in days {
        site.say(day, &format!("We regret it for the {day}th time. NATO fanned the flames."));
    }
    site
}

fn arguments(proxy: &str) -> [&str; 11] {
    let (since, until) = ("2022-03-01", "2022-03-28");
    [
        "crawl", "--since", since, "--until", until, "--delay", "5ms", "-q", "--json", "--proxy",
        proxy,
    ]
}

/// Statements without the moments at which they were fetched.
fn statements(site: &Site) -> Vec<Value> {
    site.demarche.stdout(&["run", "--offline", "-q"]);
    let mut found = site.demarche.lines(&["export", "statements"]);
    for statement in &mut found {
        statement.as_object_mut().expect("an object").remove("captured");
    }
    found
}

/// How many captures of pages with status 200 each address has, by the archive's index.
fn captures(site: &Site) -> BTreeMap<String, u32> {
    let mut counted = BTreeMap::new();
    let folder = site.demarche.corpus().join("archive");
    for entry in std::fs::read_dir(folder).expect("an archive").flatten() {
        if entry.path().extension() != Some("cdxj".as_ref()) {
            continue;
        }
        for line in lines_of(&entry.path()) {
            let url = line["url"].as_str().unwrap_or("");
            let is_page = line["status"].to_string().contains("200") && url.starts_with("http");
            if is_page && !url.ends_with("index.html") && !url.ends_with("robots.txt") {
                *counted.entry(url.to_owned()).or_insert(0) += 1;
            }
        }
    }
    counted
}

fn lines_of(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("an index");
    let json = |line: &str| serde_json::from_str(&line[line.find('{')?..]).ok();
    text.lines().filter_map(json).collect()
}

#[test]
fn a_crawl_killed_anywhere_ends_as_one_that_never_was() {
    let whole = ministry();
    let proxy = whole.server.proxy();
    whole.demarche.stdout(&arguments(&proxy));

    let killed = ministry();
    let proxy = killed.server.proxy();
    // A fixed sequence of moments, spread over the length of a whole crawl.
    let mut seed: u64 = 20_220_224;
    let mut died = 0;
    for _ in 0..KILLS {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut command = killed.demarche.command(&arguments(&proxy));
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let mut crawl = command.spawn().expect("the binary starts");
        std::thread::sleep(Duration::from_millis((seed >> 40) % 180));
        crawl.kill().expect("killed");
        died += u32::from(crawl.wait().expect("it ends").signal().is_some());
    }
    println!("{died} of {KILLS} crawls were killed at work");
    assert!(died > 5, "{died} crawls only were killed before their end");
    let last = killed.demarche.output(&arguments(&proxy));
    assert_eq!(last.status.code(), Some(0), "{}", String::from_utf8_lossy(&last.stderr));

    let of = captures(&killed);
    assert_eq!(of.len(), DAYS.count(), "a page is missing: {of:?}");
    assert!(of.values().all(|times| *times == 1), "a capture stands twice: {of:?}");
    let checked = killed.demarche.json(&["check", "--archive", "--json", "-q"]);
    assert_eq!(checked["whole"], true, "{checked:#}");
    assert_eq!(statements(&killed), statements(&whole));
}

#[test]
fn a_listing_that_is_interrupted_shows_no_end() {
    let site = ministry();
    let listing = Site::url(1).replace("1.html", "index.html");
    site.server.fail(&listing, Fault::Latency(Duration::from_secs(2)), 1);
    let proxy = site.server.proxy();
    // So long before the listing's last item that a whole listing would be said to end too late.
    let arguments = arguments(&proxy).map(|a| if a == "2022-03-01" { "2021-01-01" } else { a });
    let mut command = site.demarche.command(&arguments);
    let crawl = command.stdout(std::process::Stdio::piped()).spawn().expect("the binary starts");
    while !site.server.log().iter().any(|asked| listing.ends_with(&asked.address)) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let told = std::process::Command::new("kill").arg(crawl.id().to_string()).status();
    assert!(told.expect("kill").success());
    let output = crawl.wait_with_output().expect("it ends");
    let outcome: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let source = &outcome["sources"][0];
    assert_eq!((&source["interrupted"], &source["listed"]), (&true.into(), &28.into()));
    assert_eq!(source["warnings"], Value::Array(vec![]), "{outcome:#}");
}
