//! Reading pages against the limit: parsing them with the same parser and nothing else. Prints the
//! ratio of the two in this run; 1.0 would be reading for nothing.
//!
//! Uses the archived pages beside the project, or the invented ones where there are none.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use corpus::archive::{RecordKind, WarcReader};
use corpus::source::{Config, Sources};
use corpus::{Capture, Digest};
use divan::Bencher;
use divan::counter::ItemsCount;
use normalize::{Outlets, read};

static PAGES: LazyLock<Vec<Capture>> = LazyLock::new(|| archived().unwrap_or_else(invented));
static SOURCES: LazyLock<Sources> =
    LazyLock::new(|| Sources::load(&Config::BuiltIn).unwrap_or_default());
static OUTLETS: LazyLock<Outlets> =
    LazyLock::new(|| Outlets::load(&Config::BuiltIn).unwrap_or_default());

/// Times that each loop of the ratio runs; the fastest counts.
const ROUNDS: usize = 10;

fn main() {
    let (mut parse, mut whole) = (Duration::MAX, Duration::MAX);
    // In turn, so that what else the machine does meets both.
    for _ in 0..ROUNDS {
        parse = parse.min(timed(parse_all));
        whole = whole.min(timed(read_all));
    }
    let ratio = parse.as_secs_f64() / whole.as_secs_f64();
    println!(
        "{} pages: parsing alone {parse:.0?}, reading {whole:.0?}, ratio {ratio:.2}",
        PAGES.len()
    );
    divan::main();
}

#[divan::bench(sample_count = 10)]
fn parsing_alone(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(PAGES.len())).bench_local(parse_all);
}

#[divan::bench(sample_count = 10)]
fn reading(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(PAGES.len())).bench_local(read_all);
}

fn parse_all() {
    for page in PAGES.iter() {
        let text = String::from_utf8_lossy(&page.body);
        black_box(scraper::Html::parse_document(&text));
    }
}

fn read_all() {
    for page in PAGES.iter() {
        if let Some(source) = SOURCES.by_address(&page.url) {
            let _ = black_box(read(page, source, &OUTLETS));
        }
    }
}

fn timed(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn shared() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("DEMARCHE_SHARED").map_or_else(beside, PathBuf::from)
}

fn archived() -> Option<Vec<Capture>> {
    let file = std::fs::File::open(shared().join("data/prc/mfa-zh-2020-2022.warc.gz")).ok()?;
    let records = WarcReader::new(file, 1 << 28).ok()?.filter_map(Result::ok);
    let pages = records.filter(|r| r.kind() == RecordKind::Response).filter_map(|record| {
        let head = record.block.windows(4).position(|w| w == b"\r\n\r\n")?;
        let body = record.block.get(head + 4..)?.to_vec();
        capture(record.url()?, body)
    });
    Some(pages.collect())
}

fn invented() -> Vec<Capture> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/briefing-news-main.html");
    let body = std::fs::read(path).unwrap_or_default();
    (0..100)
        .filter_map(|n| capture(&format!("https://www.mfa.gov.cn/web/t{n}.shtml"), body.clone()))
        .collect()
}

fn capture(url: &str, body: Vec<u8>) -> Option<Capture> {
    Some(Capture {
        url: url.to_owned(),
        captured: "2024-04-04T00:00:00Z".parse().ok()?,
        status: 200,
        content_type: Some("text/html; charset=UTF-8".to_owned()),
        source: None,
        digest: Digest::of(&body),
        body,
        truncated: false,
    })
}
