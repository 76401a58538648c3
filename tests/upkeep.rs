//! What keeps a corpus alive for a year: the calendar, the doctor, the check of the archive.

use std::path::Path;

use corpus::Time;
use serde_json::{Value, json};

use crate::site::Site;
use crate::support::{Demarche, arg};

const ANSWER: &str = "We regret the war, and we have said so many times, in many places, and to \
    everybody who asked us about it, and we shall say so again tomorrow.";

/// Runs a command that prints one JSON document, whatever its exit code.
fn run(demarche: &Demarche, args: &[&str]) -> (i32, Value) {
    let output = demarche.output(args);
    let json = serde_json::from_slice(&output.stdout).expect("one JSON document");
    (output.status.code().expect("an exit code"), json)
}

#[test]
fn the_calendar_shows_gaps_failures_and_recesses_and_a_table_has_no_listing() {
    let site = Site::new(&[7, 8, 14]);
    site.say(7, ANSWER);
    site.say(14, ANSWER);
    assert_eq!(site.crawl(), 3, "the page of the 8th is missing");
    let rows = site.demarche.folder().join("rows.jsonl");
    let row = json!({
        "institution": "MFA Ruritania", "lang": "en", "date": "2022-03-16", "body": ANSWER,
        "title": "Spokesperson Luo Lian's Regular Press Conference on March 16, 2022",
    });
    std::fs::write(&rows, format!("{row}\n")).unwrap();
    site.demarche.stdout(&["import", arg(&rows), "-q"]);
    let window = ["coverage", "--from", "2022-03-07", "--to", "2022-03-16", "--json"];
    let (code, covered) = run(&site.demarche, &window);
    let source = &covered["sources"][0];
    assert_eq!((code, &source["source"]), (0, &json!("rt-mfa-en")));
    let days = source["days"].as_array().unwrap();
    let statuses: Vec<&str> = days.iter().map(|d| d["status"].as_str().unwrap()).collect();
    // Monday the 7th to Wednesday the 16th, with a recess on the 10th and 11th.
    let expected =
        ["met", "failed", "gap", "closed", "closed", "closed", "closed", "met", "gap", "met"];
    assert_eq!(statuses, expected);
    assert_eq!(days[3]["why"], "spring recess");
    let totals = &source["totals"];
    let of = |key: &str| totals[key].as_u64().unwrap();
    assert_eq!((of("expected"), of("met"), of("gaps")), (6, 3, 3));
    assert_eq!((of("listed"), of("fetched"), of("parsed"), of("failed")), (3, 2, 2, 1));
    assert_eq!((of("statements"), of("from_tables")), (3, 1));
    assert_eq!(source["months"][0]["gaps"], 3);
    let printed = site.demarche.stdout(&window[..5]);
    assert!(printed.contains("#x!....#!#"), "{printed}");

    // The same table alone: no listing, so nobody can know what was listed.
    let alone = Site::new(&[]).demarche;
    alone.stdout(&["import", arg(&rows), "-q"]);
    let (_, covered) = run(&alone, &["coverage", "--json"]);
    let totals = &covered["sources"][0]["totals"];
    assert_eq!(
        (&totals["listed"], &totals["fetched"], &totals["met"]),
        (&Value::Null, &Value::Null, &json!(1))
    );
}

#[test]
fn a_listed_address_that_leads_elsewhere_is_no_page_that_waits() {
    let site = Site::new(&[7, 8, 14]);
    [7, 8, 14].iter().for_each(|day| site.say(*day, ANSWER));
    let moved = Site::url(8).replace("8.html", "new/8.html");
    let home = Site::url(8).replace("8.html", "home.html");
    let page = site.server.content().get(&Site::url(8)).unwrap().clone();
    site.server.content().put(&moved, page);
    let links: String =
        (1..30).map(|n| format!("<li><a href='./{n}.html'>Day {n}</a></li>")).collect();
    let html = format!("<html><title>Ministry</title><body><ul>{links}</ul></body></html>");
    site.server.content().put(&home, replay::Page::html(html));
    site.server.fail(&Site::url(8), replay::Fault::Redirect(moved), 9);
    site.server.fail(&Site::url(14), replay::Fault::Redirect(home), 9);
    assert_eq!(site.crawl(), 0);
    let (_, covered) = run(&site.demarche, &["coverage", "--json"]);
    let days = covered["sources"][0]["days"].as_array().unwrap();
    for (date, parsed, failed) in [("2022-03-07", 1, 0), ("2022-03-08", 1, 0), ("2022-03-14", 0, 1)]
    {
        let day = days.iter().find(|day| day["date"] == date).unwrap();
        let of = |key: &str| day[key].as_u64().unwrap();
        let found = (of("listed"), of("parsed"), of("failed"), of("waiting"));
        assert_eq!(found, (1, parsed, failed, 0), "{day:#}");
    }
}

/// When the newest capture of the source was made.
fn newest_capture(examined: &Value) -> Time {
    examined["sources"][0]["captured"][1].as_str().unwrap().parse().unwrap()
}

/// The one complaint about a part of the source.
fn complaint<'v>(examined: &'v Value, key: &str) -> &'v Value {
    let complaints = examined["sources"][0]["complaints"].as_array().unwrap();
    complaints.iter().find(|c| c["key"] == key).unwrap_or_else(|| panic!("{examined:#}"))
}

#[test]
fn the_doctor_names_what_broke_and_since_when() {
    const DAYS: [u32; 5] = [1, 2, 3, 4, 7];
    // The listing names the last one twice.
    let site = Site::new(&[1, 2, 3, 4, 7, 7]);
    DAYS.iter().for_each(|day| site.say(*day, ANSWER));
    site.crawl();
    let fresh = ["doctor", "--as-of", "2022-03-08", "--json"];
    let (code, examined) = run(&site.demarche, &fresh);
    assert_eq!((code, &examined["sources"][0]["health"]), (0, &json!("well")), "{examined:#}");
    assert_eq!(examined["sources"][0]["layouts"][0]["matched"], 5);
    assert_eq!(examined["sources"][0]["listing"]["items"], 5);

    // Other menus and shorter answers are no damage.
    DAYS.iter().for_each(|day| site.dress(*day, "No.", "Home", "10:00"));
    site.crawl();
    let (code, examined) = run(&site.demarche, &fresh);
    assert_eq!(code, 0, "{examined:#}");

    // The text moves out of its container.
    let moved = |day: u32, title: &str, body: &str| {
        let html = format!(
            "<html><body><h1 class='{title}'>Spokesperson Luo Lian's Regular Press Conference on \
             March {day}, 2022</h1><span class='xltime'>2022-03-0{day} 09:00</span>\
             <div class='{body}'><p><strong>AFP: What?</strong></p></div>\
             <div class='more'><p>Luo Lian: {ANSWER} {ANSWER}</p></div></body></html>"
        );
        site.put(day, &html);
    };
    DAYS.iter().for_each(|day| site.say(*day, ANSWER));
    site.crawl();
    DAYS.iter().for_each(|day| moved(*day, "news_header_title", "content_text"));
    site.crawl();
    let (code, examined) = run(&site.demarche, &fresh);
    let found = complaint(&examined, "body");
    assert_eq!((code, &found["selector"]), (1, &json!(".content_text")), "{examined:#}");
    assert_eq!((&found["layout"], &found["health"]), (&json!("news-header"), &json!("broken")));
    let newest_before = newest_capture(&examined);

    // The site is rebuilt: the layout's mark is gone.
    DAYS.iter().for_each(|day| moved(*day, "headline", "article_body"));
    site.crawl();
    let (code, examined) = run(&site.demarche, &fresh);
    let found = complaint(&examined, "marks");
    assert_eq!((code, &found["selector"]), (1, &json!(".news_header_title")), "{examined:#}");
    assert!(found["cure"].as_str().unwrap().contains("sources/rt-mfa-en.toml"), "{found:#}");
    let since: Time = found["since"].as_str().unwrap().parse().unwrap();
    let is_of_the_last_crawl = newest_before < since && since <= newest_capture(&examined);
    assert!(is_of_the_last_crawl, "since the last crawl: {found:#}");

    // The listing says nothing new for too long, then nothing at all.
    let (code, examined) = run(&site.demarche, &["doctor", "--as-of", "2022-03-18", "--json"]);
    let complaints = examined["sources"][0]["complaints"].as_array().unwrap();
    let stale = complaints.iter().find(|c| c["part"] == "listing").expect("a complaint");
    assert_eq!((code, &stale["since"]), (1, &json!("2022-03-07")));
    assert!(stale["what"].as_str().unwrap().contains("7 expected days"), "recess aside: {stale:#}");
    let site = site.list(&[]);
    site.crawl();
    let (code, examined) = run(&site.demarche, &fresh);
    assert_eq!((code, &complaint(&examined, "item")["selector"]), (1, &json!(".news_list li")));
}

#[test]
fn the_doctor_tells_without_a_corpus_how_well_the_layouts_are_known() {
    let demarche = Demarche::new();
    let (code, examined) = run(&demarche, &["doctor", "--source", "cn-mfa-zh", "--json"]);
    let source = &examined["sources"][0];
    assert_eq!((code, &source["health"]), (0, &json!("unknown")));
    assert_eq!(source["layouts"][0]["evidence"], "seen");
}

/// The files of the archive with that ending.
fn archived(demarche: &Demarche, ending: &str) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(demarche.corpus().join("archive")).unwrap();
    let mut paths: Vec<_> = files.map(|f| f.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    paths
}

fn flip(path: &Path, bit: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[bit / 8] ^= 1 << (bit % 8);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_flipped_bit_anywhere_in_the_archive_is_found() {
    let site = Site::new(&[1, 2, 3]);
    [1, 2, 3].iter().for_each(|day| site.say(*day, ANSWER));
    site.crawl();
    let check = ["check", "--archive", "--json", "-q"];
    let (code, whole) = run(&site.demarche, &check);
    assert_eq!((code, &whole["whole"]), (0, &json!(true)), "{whole:#}");
    assert!(whole["archive"][0]["digests"].as_u64().unwrap() > 3);
    for (ending, flips) in [(".warc.gz", 40), (".cdxj", 6)] {
        let path = &archived(&site.demarche, ending)[0];
        let bits = std::fs::metadata(path).unwrap().len() as usize * 8;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Every bit of the first member's head, which no checksum covers, and some of the rest.
        let head = 0..if ending == ".warc.gz" { 80 } else { 0 };
        let spread = (0..flips).map(|n| n * (bits / flips) + n % 8);
        for bit in head.step_by(7).chain(spread) {
            flip(path, bit);
            let (code, found) = run(&site.demarche, &check);
            let faults: Vec<&Value> = found["archive"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|file| file["faults"].as_array().unwrap())
                .collect();
            assert_eq!(code, 1, "bit {bit} of {name}: {found:#}");
            assert!(faults.iter().any(|f| f["file"] == name.as_str()), "bit {bit}: {faults:#?}");
            assert!(faults.iter().all(|f| !f["cure"].as_str().unwrap().is_empty()));
            flip(path, bit);
        }
    }
    assert_eq!(run(&site.demarche, &check).0, 0);

    // A damaged record is named by what the index knows of it.
    let path = &archived(&site.demarche, ".warc.gz")[0];
    let index = std::fs::read_to_string(&archived(&site.demarche, ".cdxj")[0]).unwrap();
    let line =
        index.lines().find(|line| line.contains(&Site::url(2)) && line.contains("\"response\""));
    let fields: Value =
        serde_json::from_str(&line.unwrap()[line.unwrap().find('{').unwrap()..]).unwrap();
    let offset: usize = fields["offset"].as_str().unwrap().parse().unwrap();
    flip(path, (offset + 60) * 8);
    let (_, found) = run(&site.demarche, &check);
    let faults = found["archive"][0]["faults"].as_array().unwrap();
    assert_eq!((faults.len(), &faults[0]["url"]), (1, &json!(Site::url(2))), "{found:#}");
    assert_eq!(faults[0]["offset"], offset);
}

#[test]
fn an_empty_corpus_is_no_error() {
    let demarche = Demarche::new();
    std::fs::create_dir_all(demarche.corpus().join("archive")).unwrap();
    for command in ["changes", "coverage", "doctor", "check"] {
        assert_eq!(run(&demarche, &[command, "--json", "-q"]).0, 0, "{command}");
    }
}

#[test]
fn the_check_of_the_configuration_names_file_and_key() {
    let site = Site::new(&[1]);
    let source = site.demarche.corpus().join("config/sources/rt-mfa-en.toml");
    let (code, checked) = run(&site.demarche, &["check", "--configuration", "--json"]);
    assert_eq!(code, 0, "{checked:#}");
    let text = std::fs::read_to_string(&source).unwrap();
    std::fs::write(&source, text.replace("\".content_text\"", "\"div[\"")).unwrap();
    let (code, checked) = run(&site.demarche, &["check", "--configuration", "--json"]);
    let mistake = &checked["configuration"]["mistakes"][0];
    assert_eq!((code, &mistake["file"]), (1, &json!("sources/rt-mfa-en.toml")));
    assert!(mistake["reason"].as_str().unwrap().contains("body = \"div[\""), "{mistake:#}");
}

#[test]
fn what_is_wrong_with_the_codebook_is_told_once_among_all_else() {
    let site = Site::new(&[1]);
    site.say(1, ANSWER);
    site.crawl();
    site.demarche.stdout(&["run", "--offline", "-q"]);
    let book = site.demarche.corpus().join("config/codebook/default/more.toml");
    let frame = "[[frame]]\nid = \"bread\"\nlabel = \"Bread\"\ndefinition = \"Bread.\"\n\
                 not = \"Rye.\"\nterms.en = [\"bread\", \"bread\"]\n";
    std::fs::write(&book, frame).unwrap();
    let output = site.demarche.output(&["check", "-q"]);
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{page}");
    assert_eq!(page.matches("`bread` stands twice").count(), 1, "{page}");
    assert!(page.contains(", 1 mistake\n") && page.contains("matched nothing: "), "{page}");

    std::fs::write(&book, "[[frame]\n").unwrap();
    let (code, checked) = run(&site.demarche, &["check", "--json", "-q"]);
    let mistakes = checked["configuration"]["mistakes"].as_array().unwrap();
    assert_eq!((code, mistakes.len(), &checked["codebook"]), (1, 1, &Value::Null));
    assert_eq!(mistakes[0]["file"], "codebook/default/");
    assert_eq!(checked["archive"][0]["faults"], json!([]), "the archive is checked all the same");
}

/// Waits until the status file says what is looked for.
fn wait_for(demarche: &Demarche, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let path = demarche.corpus().join("schedule.json");
    for _ in 0..600 {
        let text = std::fs::read(&path).unwrap_or_default();
        if let Some(status) = serde_json::from_slice(&text).ok().filter(|status| holds(status)) {
            return status;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what}: {}", std::fs::read_to_string(&path).unwrap_or_default())
}

#[test]
#[cfg(unix)]
fn a_schedule_ticks_reads_what_is_new_and_ends_when_asked() {
    let site = Site::new(&[1, 2]);
    [1, 2].iter().for_each(|day| site.say(*day, ANSWER));
    let schedule = site.demarche.corpus().join("config/schedule.toml");
    std::fs::write(&schedule, "[sources]\nrt-mfa-en = \"*/2 * * * * *\"\n").unwrap();
    let proxy = site.server.proxy();
    let keep = ["schedule", "--proxy", &proxy, "--delay", "0s", "--full", "-q"];
    let mut child = site.demarche.command(&keep).spawn().expect("the binary starts");
    let ticked = |n: u64| move |status: &Value| status["ticks"].as_u64() >= Some(n);
    wait_for(&site.demarche, "a first tick", |s| ticked(1)(s) && s["doing"] == "waiting");
    let second = site.demarche.output(&keep);
    assert_eq!(second.status.code(), Some(2), "one instance a corpus");
    assert!(String::from_utf8_lossy(&second.stderr).contains("another `demarche schedule`"));
    site.say(1, "We regret nothing.");
    let before = wait_for(&site.demarche, "a status", ticked(1))["ticks"].as_u64().unwrap();
    let status = wait_for(&site.demarche, "two more ticks", |s| {
        ticked(before + 2)(s) && s["doing"] == "waiting"
    });
    assert_eq!(status["last"]["rt-mfa-en"]["exit"], 0, "{status:#}");
    assert_eq!(status["last"]["rt-mfa-en"]["listed"], 2);
    assert!(status["next"]["rt-mfa-en"].as_str() > status["last"]["rt-mfa-en"]["began"].as_str());
    assert!(status["stages"][0].as_str().unwrap().starts_with("normalize"), "{status:#}");

    // Asked to end in the middle of a crawl that has much to wait for.
    let fault = replay::Fault::Latency(std::time::Duration::from_secs(2));
    site.server.fail(&Site::url(2), fault, 99);
    wait_for(&site.demarche, "a crawl", |s| s["doing"] == "crawling");
    let ended = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(ended.success());
    assert_eq!(child.wait().unwrap().code(), Some(0), "SIGTERM is no failure");
    let stopped = wait_for(&site.demarche, "the end", |s| s["doing"] == "stopped");
    assert_eq!(stopped["pid"], child.id());
    assert_eq!(run(&site.demarche, &["check", "--archive", "--json", "-q"]).0, 0);
    let (_, ledger) = run(&site.demarche, &["changes", "--json"]);
    assert_eq!(ledger["totals"]["edited"], 1, "{ledger:#}");
    let listed = site.demarche.json(&["schedule", "--list", "2", "--json"]);
    assert_eq!(listed["next"]["rt-mfa-en"].as_array().unwrap().len(), 2);
}

#[test]
#[cfg(unix)]
fn a_schedule_that_meets_another_writer_tries_again_in_a_minute() {
    let site = Site::new(&[1]);
    let schedule = site.demarche.corpus().join("config/schedule.toml");
    std::fs::write(&schedule, "[sources]\nrt-mfa-en = \"0 0 1 1 *\"\n").unwrap();
    // A time that was missed years ago is made up for at once.
    let last = json!({
        "began": "2020-01-01T00:00:00Z", "ended": "2020-01-01T00:01:00Z", "exit": 0, "listed": 1,
        "fetched": 1, "unchanged": 0, "gone": 0, "failed": 0, "messages": [],
    });
    let status = json!({
        "pid": 1, "doing": "stopped", "updated": "2020-01-01T00:01:00Z", "ticks": 0, "next": {},
        "last": { "rt-mfa-en": last }, "stages": [],
    });
    std::fs::write(site.demarche.corpus().join("schedule.json"), status.to_string()).unwrap();
    let corpus = corpus::Corpus::create(site.demarche.corpus()).unwrap();
    let writing = corpus.lock().unwrap();
    let mut child = site.demarche.command(&["schedule", "-q"]).spawn().unwrap();
    let is_due = |s: &Value| s["ticks"] == 1 && s["doing"] == "waiting";
    let status = wait_for(&site.demarche, "an attempt", is_due);
    drop(writing);
    child.kill().unwrap();
    child.wait().unwrap();
    let next: jiff::Timestamp = status["next"]["rt-mfa-en"].as_str().unwrap().parse().unwrap();
    assert!(next <= jiff::Timestamp::now() + std::time::Duration::from_secs(60), "{status:#}");
    assert_eq!(status["last"]["rt-mfa-en"], last, "nothing was asked for: {status:#}");
}

#[test]
#[cfg(unix)]
fn a_damaged_status_is_told_and_written_anew() {
    let site = Site::new(&[1]);
    let schedule = site.demarche.corpus().join("config/schedule.toml");
    std::fs::write(&schedule, "[sources]\nrt-mfa-en = \"0 0 1 1 *\"\n").unwrap();
    corpus::Corpus::create(site.demarche.corpus()).unwrap();
    std::fs::write(site.demarche.corpus().join("schedule.json"), "{\"pid\":").unwrap();
    let output = site.demarche.output(&["schedule", "--status"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("schedule.json: damaged: "), "{said}");
    let mut keep = site.demarche.command(&["schedule", "-q"]);
    let mut child = keep.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait_for(&site.demarche, "a new status", |s| s["doing"] == "waiting");
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("schedule.json: damaged: "), "{said}");
    assert!(said.contains("nothing is known of the crawls before"), "{said}");
}
