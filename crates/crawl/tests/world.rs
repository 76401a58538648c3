//! An invented ministry of five statements on two listing pages, over http or https.

use std::time::Duration;

use corpus::Corpus;
use corpus::archive::{Archive, ArchiveKind, ArchiveWriter, Stored};
use corpus::source::Source;
use crawl::{CrawlError, Options, Outcome, crawl};
use replay::{Content, Page, Server};

pub const SITE: &str = "https://mfa.ruritania.example/web";
const HEAD: &str = include_str!("ruritania.toml");
const LISTING: &str = r#"
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

/// The ministry's file with these discoveries.
pub fn source(discoveries: &str) -> String {
    format!("{HEAD}{discoveries}")
}

/// A site of five statements on two listing pages.
pub fn site() -> Content {
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

/// A corpus, a server, and how the one crawls the other.
pub struct World {
    pub folder: tempfile::TempDir,
    pub server: Server,
    pub options: Options,
    pub source: String,
}

impl World {
    pub fn new() -> Self {
        let server = Server::start(site(), 0).unwrap();
        let options = Options {
            delay: Duration::ZERO,
            proxy: Some(server.proxy()),
            ca_cert: Some(server.ca_pem().as_bytes().to_vec()),
            // Far above what loopback takes, however busy the machine.
            timeout: Duration::from_secs(5),
            back_off: Duration::from_millis(10),
            ..Options::new(jiff::Timestamp::now)
        };
        let (folder, source) = (tempfile::tempdir().unwrap(), source(LISTING));
        Self { folder, server, options, source }
    }

    /// The same site without TLS.
    pub fn plain() -> Self {
        let world = Self::new();
        let source = world.source.replace("https://", "http://");
        Self { source, ..world }
    }

    /// A world of other pages and another source.
    pub fn of(content: Content, source: &str) -> Self {
        let world = Self::new();
        *world.server.content() = content;
        Self { source: source.to_owned(), ..world }
    }

    pub fn page(n: u32) -> String {
        format!("{SITE}/t{n}.html")
    }

    pub fn crawl(&self) -> Outcome {
        self.crawl_with(&self.options)
    }

    pub fn crawl_with(&self, options: &Options) -> Outcome {
        self.try_crawl(options).unwrap()
    }

    pub fn try_crawl(&self, options: &Options) -> Result<Outcome, CrawlError> {
        let source: Source = toml::from_str(&self.source).unwrap();
        let corpus = Corpus::create(self.folder.path()).unwrap();
        let lock = corpus.lock().unwrap();
        let now = "2026-11-24T00:00:00Z".parse().unwrap();
        let mut archive = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, now).unwrap();
        let outcome = crawl(&source, options, &mut archive, &|_| ());
        archive.finish().unwrap();
        outcome
    }

    pub fn archive(&self) -> Archive {
        Archive::open(&Corpus::open(self.folder.path()).unwrap()).unwrap()
    }

    /// Addresses of the archived pages with status 200, and of nothing else.
    pub fn pages(&self) -> Vec<String> {
        let archive = self.archive();
        let items = archive.files().iter().flat_map(|f| archive.stored(f).unwrap());
        let mut urls: Vec<String> = items
            .filter_map(|item| match item.unwrap() {
                Stored::Page(page) => (page.status == 200).then_some(page.url),
                Stored::Table { .. } | Stored::Reject(_) => None,
            })
            .collect();
        urls.sort();
        urls
    }

    /// How often the server was asked for an address that ends so.
    pub fn asked(&self, ending: &str) -> usize {
        self.server.log().iter().filter(|r| r.address.ends_with(ending)).count()
    }

    pub fn reasons(outcome: &Outcome) -> Vec<&str> {
        outcome.failed.iter().map(|f| f.reason.as_str()).collect()
    }
}
