//! Mentions and attribution: megabytes a second a core, beside a bare Aho-Corasick scan (a DFA) of
//! the codebook's literals over the same text in the same run. The aims are a quarter of the bare
//! scan for mentions and a twentieth for the whole way from text to attributions, segmentation,
//! voices and topics included.
//!
//! The text is the shared data's: KCNA items, answers of the Chinese foreign ministry, New Year
//! addresses; without it an invented paragraph, repeated.

#![allow(clippy::expect_used)]

use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use corpus::pattern::Term;
use corpus::segment::{Span, segments};
use corpus::source::Config;
use corpus::{Lang, Role, Statement, Turn};
use divan::Bencher;
use divan::counter::BytesCount;
use tag::{Codebook, Finder, Tagger};

const LANGS: [Lang; 3] = [Lang::En, Lang::Zh, Lang::Ko];

/// The least shares of the bare scan's speed that we aim at: of mentions, of attribution.
const AIMS: [f64; 2] = [0.25, 0.05];

fn main() {
    for lang in LANGS {
        let bench = Bench::new(lang);
        let megabytes = bench.bytes() as f64 / 1e6;
        let bare = best(|| bench.scan());
        let speed = |time: Duration| megabytes / time.as_secs_f64();
        println!("{lang}: {megabytes:.1} MB, bare scan {:.1} MB/s a core", speed(bare));
        let runs = [("mentions", best(|| bench.find())), ("attribution", best(|| bench.tag()))];
        for ((name, time), aim) in runs.into_iter().zip(AIMS) {
            let ratio = bare.as_secs_f64() / time.as_secs_f64();
            println!("  {name} {:.2} MB/s, ratio {ratio:.3} (aim {aim})", speed(time));
        }
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

#[divan::bench(args = LANGS)]
fn attribution(bencher: Bencher<'_, '_>, lang: Lang) {
    let bench = Bench::new(lang);
    bencher.counter(BytesCount::new(bench.bytes())).bench(|| bench.tag());
}

/// Texts of one language, cut into segments, with what both sides need.
struct Bench {
    lang: Lang,
    texts: Vec<(String, Vec<Span>)>,
    statements: Vec<Statement>,
    finder: Finder,
    tagger: Tagger,
    bare: AhoCorasick,
}

impl Bench {
    fn new(lang: Lang) -> Self {
        let codebook = Codebook::load(&Config::BuiltIn, "default").expect("a codebook");
        let mut literals: Vec<String> = Vec::new();
        for entry in &codebook.entries {
            let whens = entry.whens.iter();
            let lists = whens.flat_map(|w| [&w.terms, &w.near, &w.before, &w.after, &w.not_near]);
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
        let statements = texts.iter().map(|text| statement(text, lang)).collect();
        let texts = texts.into_iter().map(|text| {
            let cut = segments(&text, lang);
            (text, cut)
        });
        let finder = Finder::new(&codebook).expect("a finder");
        let tagger = Tagger::new(&codebook).expect("a tagger");
        Self { lang, texts: texts.collect(), statements, finder, tagger, bare }
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

    fn tag(&self) -> usize {
        self.statements.iter().map(|s| self.tagger.tag(s).attributions.len()).sum()
    }
}

/// A text as a statement of one turn.
fn statement(text: &str, lang: Lang) -> Statement {
    let turn = Turn {
        n: 1,
        role: Role::Narration,
        speaker: None,
        asker: None,
        lang,
        text: text.to_owned(),
    };
    Statement {
        id: "bench".to_owned(),
        source: "bench".to_owned(),
        country: if lang == Lang::Zh { "CN" } else { "KP" }.to_owned(),
        date: "2022-03-10".parse().ok(),
        ..Statement::of_turns(vec![turn])
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
        Lang::Ko => "dprk/new-year-addresses-ko-1946-2019.jsonl.gz",
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
            Lang::Ko => "루리타니아는 씰바니아의 패권주의를 반대하며 대화를 주장한다. ",
            _ => "Ruritania opposes the hegemony of Sylvania and calls for dialogue. ",
        };
        found = vec![invented.repeat(20); 2000];
    }
    found
}
