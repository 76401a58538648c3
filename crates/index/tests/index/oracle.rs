//! The oracle: totals of the index beside those of a plain scan, on all real text at hand.
//!
//! The scan uses no code of `index` and none of `corpus::pattern`. Its normalization is
//! [`even`]; its rule for words is [`stands`].

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use corpus::{Coded, Date, Lang, Role, SegmentSpan, Statement, Utterance, Voice};
use index::{Filters, Index, Options, Query, Totals};
use unicode_normalization::UnicodeNormalization;

use crate::shelf::Shelf;
use crate::tables;

/// How many terms are drawn from the text of each language.
const TERMS_EACH: usize = 160;

/// A turn as the scan sees it.
struct Scanned {
    statement: usize,
    utterance: u32,
    source: String,
    role: Role,
    lang: Lang,
    date: Option<Date>,
    text: String,
    /// For each byte of `text` the byte of the original.
    origins: Vec<u32>,
    /// Where the segments start in the original.
    segments: Vec<u32>,
}

#[test]
fn totals_equal_a_plain_scan_of_all_text() {
    let Some(statements) = tables::statements() else { return };
    let coded: Vec<Coded> = statements.iter().map(code).collect();
    let shelf = Shelf::new();
    shelf.put(&statements, &coded);
    let turns: usize = statements.iter().map(|s| s.turns.len()).sum();
    assert_eq!(shelf.update().added, turns as u64);

    let scanned = scan_all(&statements, &coded);
    let terms = draw(&scanned);
    let filters: Vec<Filters> = (0..terms.len()).map(filters).collect();
    let expected = count(&scanned, &terms, &filters);
    let index = Index::open(&shelf.corpus).unwrap();
    let mut found_some = 0;
    for ((term, filters), expected) in terms.iter().zip(&filters).zip(&expected) {
        let query = Query::parse(&format!("\"{term}\"")).unwrap();
        let totals = index.search(&query, filters, &Options::default()).unwrap();
        assert_eq!(totals, *expected, "{term:?} {filters:?}");
        // What is counted by positions and what is verified on the text is the same.
        let found = index.find(&query, filters, &Options::default()).unwrap();
        assert_eq!(found.totals(), totals, "{term:?}");
        found_some += usize::from(totals.occurrences > 0);
    }
    println!("{} terms, {found_some} of them found, {turns} turns", terms.len());
}

/// Segments by the corpus's rule; an utterance is a question with what follows, or one turn.
fn code(statement: &Statement) -> Coded {
    let mut coded = Coded {
        statement: statement.id.clone(),
        revision: 1,
        segments: Vec::new(),
        utterances: Vec::new(),
        mentions: Vec::new(),
        attributions: Vec::new(),
    };
    for turn in &statement.turns {
        for (span, n) in corpus::segment::segments(&turn.text, turn.lang).iter().zip(1..) {
            let (start, end) = (span.start as u32, span.end as u32);
            coded.segments.push(SegmentSpan { turn: turn.n, n, start, end, voice: Voice::Own });
        }
        match (turn.role, coded.utterances.last_mut()) {
            (Role::Answer, Some(utterance)) => utterance.turns.push(turn.n),
            _ => coded.utterances.push(Utterance {
                n: coded.utterances.len() as u32 + 1,
                turns: vec![turn.n],
                topics: Vec::new(),
                topic_spans: Vec::new(),
                passages: Vec::new(),
            }),
        }
    }
    coded
}

fn scan_all(statements: &[Statement], coded: &[Coded]) -> Vec<Scanned> {
    let mut all = Vec::new();
    for (statement, (of, coded)) in statements.iter().zip(coded).enumerate() {
        for turn in &of.turns {
            let (text, origins) = normalize(&turn.text);
            let utterance = coded.utterances.iter().find(|u| u.turns.contains(&turn.n));
            let segments = coded.segments.iter().filter(|s| s.turn == turn.n).map(|s| s.start);
            all.push(Scanned {
                statement,
                utterance: utterance.unwrap().n,
                source: of.source.clone(),
                role: turn.role,
                lang: turn.lang,
                date: of.date,
                text,
                origins,
                segments: segments.collect(),
            });
        }
    }
    all
}

/// The text as it is compared: characters evened out, one space for any white space.
fn normalize(text: &str) -> (String, Vec<u32>) {
    let (mut normal, mut origins) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let Some(even) = even(c) else { continue };
        if even == ' ' && normal.ends_with(' ') {
            continue;
        }
        normal.push(even);
        origins.resize(normal.len(), at as u32);
    }
    (normal, origins)
}

/// Small letters; half-width for full-width; straight quotation marks; one hyphen; white space
/// as a space; nothing for what has no width.
fn even(c: char) -> Option<char> {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0)?,
        '‘' | '’' | '‛' | 'ʼ' | '′' => '\'',
        '“' | '”' | '‟' => '"',
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => return None,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' => return None,
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    half.to_lowercase().next()
}

/// Whether a term stands at `start..end`: it does not begin or end inside an alphabetic word.
fn stands(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let mut inside = text[start..end].chars();
    let (first, last) = (inside.next(), inside.next_back().or(text[start..end].chars().next()));
    let cuts = |inner: Option<char>, outer: Option<char>, stop: bool| {
        inner.is_some_and(|c| is_alphabet(c) || (stop && c == '.'))
            && outer.is_some_and(is_alphabet)
    };
    !cuts(first, before, false) && !cuts(last, after, true)
}

fn is_alphabet(c: char) -> bool {
    let is_cjk = matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    c.is_alphanumeric() && !is_cjk
}

/// Terms out of the text, and some that are none; the same ones every time.
fn draw(scanned: &[Scanned]) -> Vec<String> {
    let mut terms: Vec<String> = [
        "U.S.",
        "美国",
        "的",
        "is",
        "the",
        "조선",
        "로씨야",
        "ＮＡＴＯ",
        "zzyzx",
        "美국",
        "人 民",
        "1950",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut seed: u64 = 20220224;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below.max(1)
    };
    for lang in [Lang::En, Lang::Zh, Lang::Ko] {
        let turns: Vec<&Scanned> = scanned.iter().filter(|s| s.lang == lang).collect();
        let wanted = terms.len() + TERMS_EACH;
        while terms.len() < wanted {
            let text = &turns[next(turns.len())].text;
            let pieces: Vec<&str> = if lang == Lang::En {
                text.split_inclusive(' ').collect()
            } else {
                text.split_inclusive(|_| true).collect()
            };
            let at = next(pieces.len());
            let length = 1 + next(if lang == Lang::En { 4 } else { 9 });
            let piece = pieces[at..(at + length).min(pieces.len())].concat();
            let written = match next(8) {
                0 => piece.chars().rev().collect(),
                1 => piece.nfd().collect(),
                2 => piece.to_uppercase(),
                3 => piece.replace(' ', "\u{3000} ").replace('a', "ａ").replace('1', "１"),
                4 => piece.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned(),
                _ => piece,
            };
            let is_term = !written.contains(['"', '“', '”', '*']) && !written.trim().is_empty();
            if is_term {
                terms.push(written.trim().to_owned());
            }
        }
    }
    terms
}

/// Filters by turns: none, role, source, days, language and days.
fn filters(n: usize) -> Filters {
    let day = |text: &str| text.parse::<Date>().ok();
    match n % 6 {
        1 => Filters { roles: vec![Role::Answer, Role::Narration], ..Filters::default() },
        2 => Filters { sources: vec!["kcna-en--".to_owned()], ..Filters::default() },
        3 => Filters { from: day("2012-03-05"), to: day("2021-06-30"), ..Filters::default() },
        4 => Filters {
            langs: vec![Lang::Ko, Lang::Zh],
            from: day("1990-01-01"),
            ..Filters::default()
        },
        _ => Filters::default(),
    }
}

fn passes(filters: &Filters, turn: &Scanned) -> bool {
    let dated = filters.from.is_none() && filters.to.is_none();
    (filters.roles.is_empty() || filters.roles.contains(&turn.role))
        && (filters.sources.is_empty() || filters.sources.contains(&turn.source))
        && (filters.langs.is_empty() || filters.langs.contains(&turn.lang))
        && (dated
            || turn.date.is_some_and(|day| {
                filters.from.is_none_or(|f| day >= f) && filters.to.is_none_or(|t| day <= t)
            }))
}

fn count(scanned: &[Scanned], terms: &[String], filters: &[Filters]) -> Vec<Totals> {
    let literals: Vec<String> =
        terms.iter().map(|t| normalize(&t.nfc().collect::<String>()).0).collect();
    let search = AhoCorasick::new(&literals).unwrap();
    let mut totals = vec![Totals::default(); terms.len()];
    let mut statements = vec![BTreeSet::new(); terms.len()];
    let mut utterances = vec![BTreeSet::new(); terms.len()];
    for turn in scanned {
        let mut ends = vec![0; terms.len()];
        let mut segments: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); terms.len()];
        for place in search.find_overlapping_iter(&turn.text) {
            let n = place.pattern().as_usize();
            let overlaps = place.start() < ends[n];
            if overlaps
                || !stands(&turn.text, place.start(), place.end())
                || !passes(&filters[n], turn)
            {
                continue;
            }
            ends[n] = place.end();
            let at = turn.origins[place.start()];
            segments[n].insert(turn.segments.partition_point(|start| *start <= at));
            totals[n].occurrences += 1;
        }
        for (n, segments) in segments.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
            totals[n].turns += 1;
            totals[n].segments += segments.len() as u64;
            statements[n].insert(turn.statement);
            utterances[n].insert((turn.statement, turn.utterance));
        }
    }
    for n in 0..terms.len() {
        totals[n].statements = statements[n].len() as u64;
        totals[n].utterances = utterances[n].len() as u64;
    }
    totals
}
