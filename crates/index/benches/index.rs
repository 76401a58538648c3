//! What the index costs beside bare tantivy, on one machine in one run; only ratios carry over.
//!
//! - indexing: bytes of text a second, as a share of what tantivy reaches with the same tokens and
//!   stored text, but nothing read from Parquet and no codes (aim 0.8);
//! - queries: p50 and p99 of exact totals, verified on the stored text, as a multiple of tantivy's
//!   own count of candidate documents (aim 1.5);
//! - size of the index as a share of the text.
//!
//! Text is invented, or the real tables where they are at hand.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use corpus::pattern::{Folded, Script};
use corpus::{Lang, Role, Statement};
use index::{Filters, Index, Options, Query};
use tantivy::collector::Count;
use tantivy::query::{PhraseQuery, Query as _, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{IndexWriter, TantivyDocument, Term};

#[path = "../tests/index/shelf.rs"]
#[allow(dead_code)]
mod shelf;
#[path = "../tests/index/tables.rs"]
mod tables;

const QUERIES: [&str; 20] = [
    "the",
    "sanctions",
    "hegemony",
    "Ukraine",
    "nuclear war",
    "United States",
    "zzyzx",
    "crisis",
    "military exercises",
    "美国",
    "北约",
    "乌克兰",
    "单边制裁",
    "的",
    "始作俑者",
    "미국",
    "조선반도",
    "로씨야",
    "전쟁",
    "핵전쟁",
];
const ROUNDS: usize = 5;

fn main() {
    let statements = tables::statements().unwrap_or_else(invented);
    let texts: Vec<&str> =
        statements.iter().flat_map(|s| s.turns.iter().map(|turn| turn.text.as_str())).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} turns, {megabytes:.1} MB of text", texts.len());

    let shelf = shelf::Shelf::new();
    shelf.put(&statements, &[]);
    let (_, ours) = timed(|| shelf.update());
    let bare_folder = tempfile::tempdir().unwrap();
    let (bare, theirs) = timed(|| bare_index(bare_folder.path(), &texts));
    println!(
        "indexing: {:.1} MB/s, bare tantivy {:.1} MB/s: ratio {:.2} (aim 0.80)",
        megabytes / ours.as_secs_f64(),
        megabytes / theirs.as_secs_f64(),
        theirs.as_secs_f64() / ours.as_secs_f64()
    );
    let size = |folder: &std::path::Path| -> u64 {
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
    };
    println!(
        "size: {:.2} of the text, bare tantivy {:.2}",
        size(&shelf.corpus.index()) as f64 / bytes as f64,
        size(bare_folder.path()) as f64 / bytes as f64
    );

    let index = Index::open(&shelf.corpus).unwrap();
    let searcher = bare.reader().unwrap().searcher();
    let text = bare.schema().get_field("text").unwrap();
    let (mut own, mut peer) = (Vec::new(), Vec::new());
    for written in QUERIES.into_iter().cycle().take(QUERIES.len() * ROUNDS) {
        let query = Query::parse(written).unwrap();
        let search = || index.search(&query, &Filters::default(), &Options::default()).unwrap();
        let (totals, took) = timed(search);
        own.push(took);
        let (documents, took) = timed(|| {
            let mut terms: Vec<(usize, Term)> = tokens(written)
                .into_iter()
                .map(|token| (token.position, Term::from_field_text(text, &token.text)))
                .collect();
            if terms.len() > 1 && written.chars().all(|c| Script::of(c) != Script::Alphabet) {
                terms.pop();
            }
            match terms.as_slice() {
                [(_, only)] => {
                    TermQuery::new(only.clone(), IndexRecordOption::Basic).count(&searcher)
                }
                _ => searcher.search(&PhraseQuery::new_with_offset(terms), &Count),
            }
            .unwrap()
        });
        peer.push(took);
        let single = written.chars().count() == 1;
        assert!(single || totals.turns <= documents as u64, "{written}: {totals:?} {documents}");
    }
    for (name, share) in [("p50", 50), ("p99", 99)] {
        let (own, peer) = (percentile(&mut own, share), percentile(&mut peer, share));
        let ratio = own.as_secs_f64() / peer.as_secs_f64();
        println!("query {name}: {own:.2?}, bare tantivy {peer:.2?}: ratio {ratio:.1} (aim 1.5)");
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

fn percentile(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * share / 100]
}

/// The same tokens at the same positions as the index has.
fn tokens(text: &str) -> Vec<Token> {
    let folded = Folded::new(text).into_text();
    let chars: Vec<char> = folded.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let script = Script::of(chars[at]);
        let run = chars[at..].iter().take_while(|c| Script::of(**c) == script).count();
        match script {
            Script::Other => {}
            Script::Alphabet => found.push((at, chars[at..at + run].iter().collect::<String>())),
            Script::Han | Script::Hangul => {
                found.extend(
                    (at..at + run).map(|n| (n, chars[n..(n + 2).min(at + run)].iter().collect())),
                );
            }
        }
        at += run;
    }
    let token = |(position, text)| Token { position, text, ..Token::default() };
    found.into_iter().map(token).collect()
}

/// Hands tantivy the [`tokens`] of a text, on its own threads.
#[derive(Clone)]
struct Bare;

struct BareTokens {
    tokens: Vec<Token>,
    /// Tokens that were handed out.
    done: usize,
}

impl Tokenizer for Bare {
    type TokenStream<'a> = BareTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BareTokens {
        BareTokens { tokens: tokens(text), done: 0 }
    }
}

impl TokenStream for BareTokens {
    fn advance(&mut self) -> bool {
        self.done += 1;
        self.done <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.done - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.done - 1]
    }
}

fn bare_index(folder: &std::path::Path, texts: &[&str]) -> tantivy::Index {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_fieldnorms(false)
        .set_tokenizer("bare")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text =
        builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let stored = builder.add_text_field("stored", STORED);
    let source = builder.add_text_field("source", STRING);
    let index = tantivy::Index::create_in_dir(folder, builder.build()).unwrap();
    index.tokenizers().register("bare", Bare);
    let mut writer: IndexWriter = index.writer(200_000_000).unwrap();
    for turn in texts {
        let mut document = TantivyDocument::default();
        document.add_text(text, turn);
        document.add_text(stored, turn);
        document.add_text(source, "source");
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    index
}

/// Two thousand statements in three languages of an invented state.
fn invented() -> Vec<Statement> {
    let sentences = [
        (
            Lang::En,
            "The sanctions of the United States of Sylvania deepen the crisis in the north. ",
        ),
        (Lang::Zh, "美国的单边制裁加剧了北方的危机，北约难辞其咎。"),
        (Lang::Ko, "미국의 핵전쟁책동은 조선반도에 위기를 몰아오고있다. "),
    ];
    (0..2000)
        .map(|n| {
            let (lang, sentence) = sentences[n % 3];
            let text = format!("{n} {}", sentence.repeat(20));
            let date = format!("{}-{:02}-01", 2000 + n % 20, 1 + n % 12);
            shelf::statement("rt-mfa", &date, lang, &[(Role::Narration, &text)])
        })
        .collect()
}
