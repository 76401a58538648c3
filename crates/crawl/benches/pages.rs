//! A crawl over loopback beside `wget --warc-file`: the same pages from the same server, no delay,
//! both into a compressed WARC. Prints pages a second and the ratio of this run; above 1.0 the
//! crawl is faster. What a polite crawl costs is its delay: this is what it costs beside that.
//!
//! Uses the archived pages beside the project, or invented ones where there are none.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use corpus::Corpus;
use corpus::archive::{ArchiveKind, ArchiveWriter};
use crawl::{Options, crawl};
use replay::{Content, Page, Server};

const HOST: &str = "http://www.mfa.gov.cn";
/// Times that each crawler runs; the fastest counts.
const ROUNDS: usize = 3;
/// Invented pages, and how often a sentence is repeated in each.
const INVENTED: usize = 500;
const SENTENCES: usize = 400;

const SOURCE: &str = r#"
id = "bench"
label = "Pages on loopback"
country = "XX"
lang = "zh"
issuer = "bench"
timezone = "UTC"
addresses = ["www.mfa.gov.cn/"]

[[discovery]]
kind = "listing"
era = "bench"
evidence = "seen"
first = "http://www.mfa.gov.cn/listing.html"
item = "li"
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (server, urls) = site()?;
    let ours = fastest(|folder| ours(&server, folder, urls.len()))?;
    report("demarche crawl", urls.len(), ours);
    if Command::new("wget").arg("--version").output().is_err() {
        println!("skipped: wget is not installed, so that there is no peer");
        return Ok(());
    }
    let theirs = fastest(|folder| theirs(&server, folder, &urls))?;
    report("wget --warc-file", urls.len(), theirs);
    println!("ratio {:.2}", theirs.as_secs_f64() / ours.as_secs_f64());
    Ok(())
}

fn report(name: &str, pages: usize, time: Duration) {
    println!(
        "{name}: {pages} pages in {time:.2?}, {:.0} a second",
        pages as f64 / time.as_secs_f64()
    );
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn fastest(run: impl Fn(&Path) -> Outcome<()>) -> Outcome<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir()?;
        let start = Instant::now();
        run(folder.path())?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// A crawl into an archive of its own, index and all.
fn ours(server: &Server, folder: &Path, pages: usize) -> Outcome<()> {
    let options = Options {
        delay: Duration::ZERO,
        proxy: Some(server.proxy()),
        ..Options::new(jiff::Timestamp::now)
    };
    let corpus = Corpus::create(folder)?;
    let lock = corpus.lock()?;
    let now = "2026-11-24T00:00:00Z".parse()?;
    let mut archive = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, now)?;
    let outcome = crawl(&toml::from_str(SOURCE)?, &options, &mut archive, &|_| ())?;
    archive.finish()?;
    if outcome.fetched != pages {
        return Err(format!("{} of {pages} pages: {:?}", outcome.fetched, outcome.failed).into());
    }
    Ok(())
}

fn theirs(server: &Server, folder: &Path, urls: &[String]) -> Outcome<()> {
    let list = folder.join("urls");
    std::fs::write(&list, urls.join("\n"))?;
    let mut wget = Command::new("wget");
    wget.args(["-q", "-e", "use_proxy=yes", "-e"]).arg(format!("http_proxy={}", server.proxy()));
    wget.args(["-O", "/dev/null", "--warc-file"]).arg(folder.join("wget"));
    let status = wget.arg("-i").arg(&list).status()?;
    if !status.success() || !folder.join("wget.warc.gz").exists() {
        return Err(format!("wget: {status}").into());
    }
    Ok(())
}

/// A server of pages and of one listing that names them all.
fn site() -> Outcome<(Server, Vec<String>)> {
    let mut content = Content::default();
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(beside, PathBuf::from);
    let warc = shared.join("data/prc/mfa-zh-2020-2022.warc.gz");
    let urls = if warc.is_file() {
        content.add_warc(&warc)?;
        addresses(&warc)?
    } else {
        (0..INVENTED).map(|n| format!("{HOST}/t{n}.html")).collect()
    };
    let invented = if content.is_empty() { urls.as_slice() } else { &[] };
    for (n, url) in invented.iter().enumerate() {
        let text: String = (0..SENTENCES)
            .map(|i| format!("<p>Ruritania regrets, for the {}th time, what {n} did.</p>", i * n))
            .collect();
        content.put(url, Page::html(text));
    }
    let items: String = urls.iter().map(|url| format!("<li><a href='{url}'>x</a></li>")).collect();
    content.put(&format!("{HOST}/listing.html"), Page::html(items));
    Ok((Server::start(content, 0)?, urls))
}

/// The addresses of a WARC's pages, over http, so that TLS is not measured.
fn addresses(warc: &Path) -> Outcome<Vec<String>> {
    let file = std::fs::File::open(warc)?;
    let records = corpus::archive::WarcReader::new(file, 1 << 28)?.filter_map(Result::ok);
    let urls = records.filter_map(|r| Some(r.url()?.replacen("https://", "http://", 1)));
    let pages: std::collections::BTreeSet<String> = urls.filter(|u| u.starts_with(HOST)).collect();
    Ok(pages.into_iter().collect())
}
