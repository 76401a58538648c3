//! An invented ministry on loopback whose pages a test changes between two crawls.

use std::fmt::Write;

use replay::{Content, Page, Server};

use crate::support::{Demarche, arg};

const HOST: &str = "http://mfa.ruritania.example/eng";

/// The source as a user would declare it: the invented ministry, what it says and how.
const HEAD: &str = include_str!("../crates/crawl/tests/ruritania.toml");
const REST: &str = r#"
turns = "briefing"
spokespersons = ["Luo Lian"]

[[rows]]
institution = "MFA Ruritania"
lang = "en"

[expected]
weekdays = ["mon", "tue", "wed", "thu", "fri"]
genre = "press-conference"
stale-after = 3
closed = [{ from = "2022-03-10", to = "2022-03-11", why = "spring recess" }]

[[layout]]
id = "news-header"
evidence = "seen"
marks = [".news_header_title"]
title = [".news_header_title"]
body = [".content_text"]
stamp = [".xltime"]

[[discovery]]
kind = "listing"
era = "2022"
evidence = "seen"
first = "http://mfa.ruritania.example/eng/index.html"
item = ".news_list li"
link = "a"
"#;

/// The ministry's whole file.
pub fn source() -> String {
    format!("{HEAD}{REST}")
}

/// A corpus of its own, and the ministry that it is crawled from.
pub struct Site {
    pub demarche: Demarche,
    pub server: Server,
    listed: Vec<u32>,
}

impl Site {
    /// A ministry that lists the statements of these days of March 2022.
    pub fn new(days: &[u32]) -> Self {
        let server = Server::start(Content::default(), 0).expect("a port");
        let site = Self { demarche: Demarche::new(), server, listed: Vec::new() };
        let config = site.demarche.corpus().join("config");
        std::fs::create_dir_all(config.join("sources")).unwrap();
        std::fs::write(config.join("sources/rt-mfa-en.toml"), source()).unwrap();
        copy_folder("config/codebook", &config.join("codebook"));
        std::fs::copy("config/outlets.toml", config.join("outlets.toml")).unwrap();
        site.list(days)
    }

    /// Lists the statements of these days from now on.
    pub fn list(mut self, days: &[u32]) -> Self {
        self.listed = days.to_vec();
        let mut items = String::new();
        for day in days {
            write!(items, "<li><a href='./{day}.html'>Remarks</a> (2022-03-{day:02})</li>")
                .unwrap();
        }
        let html = format!("<ul class='news_list'>{items}</ul>");
        self.server.content().put(&format!("{HOST}/index.html"), Page::html(html));
        self
    }

    /// The address of a day's statement.
    pub fn url(day: u32) -> String {
        format!("{HOST}/{day}.html")
    }

    /// Puts a press conference of that day with this answer.
    pub fn say(&self, day: u32, answer: &str) {
        self.dress(day, answer, "Home | News", "09:00");
    }

    /// The same, with a menu and a stamp around it.
    pub fn dress(&self, day: u32, answer: &str, menu: &str, time: &str) {
        let html = format!(
            "<html><head><script>document.cookie='HOY_TR={menu}'</script></head><body>\
             <div class='menu'>{menu}</div>\
             <h1 class='news_header_title'>Spokesperson Luo Lian's Regular Press Conference on \
             March {day}, 2022</h1><span class='xltime'>2022-03-{day:02} {time}</span>\
             <div class='content_text'><p><strong>AFP: What do you say of day {day}?</strong></p>\
             <p>Luo Lian: {answer}</p></div><div class='foot'>{menu}</div></body></html>"
        );
        self.put(day, &html);
    }

    /// Puts any page at a day's address.
    pub fn put(&self, day: u32, html: &str) {
        self.server.content().put(&Self::url(day), Page::html(html));
    }

    /// Takes a day's page away.
    pub fn remove(&self, day: u32) {
        self.server.content().remove(&Self::url(day));
    }

    /// Asks for everything again; returns the exit code. Captures are told apart by the second.
    pub fn crawl(&self) -> i32 {
        std::thread::sleep(std::time::Duration::from_millis(1100));
        let proxy = self.server.proxy();
        let crawl = ["crawl", "--full", "--delay", "0s", "--retries", "0", "-q", "--proxy", &proxy];
        self.demarche.output(&crawl).status.code().expect("an exit code")
    }
}

fn copy_folder(from: &str, to: &std::path::Path) {
    let ok = std::process::Command::new("cp").args(["-r", from, arg(to)]).status().unwrap();
    assert!(ok.success());
}
