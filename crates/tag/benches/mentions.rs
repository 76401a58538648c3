//! Mentions: megabytes a second a core, beside a bare Aho-Corasick scan of the same literals over
//! the same text in the same run. The aim is a quarter of the bare scan.
//!
//! The text is the shared data's KCNA items (English) and answers of the Chinese foreign ministry;
//! without the shared data an invented paragraph, repeated.

#![allow(clippy::expect_used)]

use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use corpus::Lang;
use corpus::pattern::Term;
use corpus::segment::{Span, segments};
use corpus::source::Config;
use divan::Bencher;
use divan::counter::BytesCount;
use tag::{Codebook, Finder};

const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];

/// The least share of the bare scan's speed that we aim at.
const AIM: f64 = 0.25;

fn main() {
    for lang in LANGS {
        let bench = Bench::new(lang);
        let (bare, finder) = (best(|| bench.scan()), best(|| bench.find()));
        println!(
            "{lang}: {} bytes, finder {:.1} MB/s, bare {:.1} MB/s, ratio {:.3} (aim {AIM})",
            bench.bytes(),
            bench.bytes() as f64 / 1e6 / finder.as_secs_f64(),
            bench.bytes() as f64 / 1e6 / bare.as_secs_f64(),
            bare.as_secs_f64() / finder.as_secs_f64(),
        );
    }
    divan::main();
}

#[divan::bench(args = LANGS)]
fn bare_scan(bencher: Bencher<'_, '_>, lang: Lang) {
    let bench = Bench::new(lang);
    bencher.counter(BytesCount::new(bench.bytes())).bench(|| bench.scan());
}

#[divan::bench(args = LANGS)]
fn mentions(bencher: Bencher<'_, '_>, lang: Lang) {
    let bench = Bench::new(lang);
    bencher.counter(BytesCount::new(bench.bytes())).bench(|| bench.find());
}

/// Texts of one language, cut into segments, with what both sides need.
struct Bench {
    lang: Lang,
    texts: Vec<(String, Vec<Span>)>,
    finder: Finder,
    bare: AhoCorasick,
}

impl Bench {
    fn new(lang: Lang) -> Self {
        let codebook = Codebook::load(&Config::BuiltIn, "default").expect("a codebook");
        let mut literals: Vec<String> = Vec::new();
        for entry in &codebook.entries {
            let lists = entry.whens.iter().flat_map(|w| [&w.terms, &w.near, &w.not_near]);
            let lists = lists.chain([&entry.terms, &entry.excludes]);
            for term in lists.filter_map(|terms| terms.get(&lang)).flatten() {
                let parsed = Term::parse(term, lang).expect("a term");
                literals.extend(parsed.literals().next().map(str::to_owned));
            }
        }
        literals.sort();
        literals.dedup();
        let bare = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(&literals)
            .expect("an automaton");
        let texts = texts(lang);
        let texts = texts.into_iter().map(|text| {
            let cut = segments(&text, lang);
            (text, cut)
        });
        let finder = Finder::new(&codebook).expect("a finder");
        Self { lang, texts: texts.collect(), finder, bare }
    }

    fn bytes(&self) -> usize {
        self.texts.iter().map(|(text, _)| text.len()).sum()
    }

    fn scan(&self) -> usize {
        self.texts.iter().map(|(text, _)| self.bare.find_overlapping_iter(text).count()).sum()
    }

    fn find(&self) -> usize {
        let found =
            |(text, cut): &(String, Vec<Span>)| self.finder.find(text, self.lang, None, cut).len();
        self.texts.iter().map(found).sum()
    }
}

/// The shortest of five runs.
fn best(run: impl Fn() -> usize) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    (0..5).map(timed).min().unwrap_or_default()
}

/// Two million bytes of text, in pieces of the size of a turn.
fn texts(lang: Lang) -> Vec<String> {
    let file = match lang {
        Lang::Zh => "prc/mfa-zh-2020-2022.reference.jsonl.gz",
        _ => "dprk/kcna-en-2011-2012.jsonl.gz",
    };
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let mut all = String::new();
    if let Ok(file) = std::fs::File::open(shared.join("data").join(file)) {
        let mut reader = flate2::read::MultiGzDecoder::new(file);
        reader.read_to_string(&mut all).expect("gzip");
    }
    let mut found = Vec::new();
    let mut bytes = 0;
    for line in all.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(text) = row["body"].as_str() {
            bytes += text.len();
            found.push(text.to_owned());
        }
        if bytes > 2_000_000 {
            return found;
        }
    }
    if found.is_empty() {
        let invented = match lang {
            Lang::Zh => "苏沃尼亚方面一贯主张通过对话解决争端，反对霸权主义。",
            _ => "Ruritania opposes the hegemony of Sylvania and calls for dialogue. ",
        };
        found = vec![invented.repeat(20); 2000];
    }
    found
}
