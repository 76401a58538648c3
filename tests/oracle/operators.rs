//! Wildcards, slop, `near`, `segment` and the joins, by the plain scan and by the index.

use index::{Filters, Options, Query};

use super::SHELF;
use super::scan::{Count, Scanned, is_alphabet, places};

/// A query, and the starts of what it counts in a turn.
type Ask = (&'static str, fn(&Scanned) -> Vec<usize>);

const ASKED: [Ask; 24] = [
    ("hegemon*", |t| beginning(t, "hegemon")),
    ("provoc*", |t| beginning(t, "provoc")),
    ("*ists", |t| ending(t, "ists")),
    ("*nuclear*", |t| holding(t, "nuclear")),
    ("hostile act*", |t| followed(t, "hostile ", "act")),
    ("south kor* puppet*", kor_puppet),
    ("\"cold mentality\"~1", |t| sloppy(t, "cold", "mentality", 1)),
    ("\"nuclear war\"~0", |t| sloppy(t, "nuclear", "war", 0)),
    ("\"nuclear war\"~6", |t| sloppy(t, "nuclear", "war", 6)),
    ("\"北约 扩\"~3", |t| sloppy(t, "北约", "扩", 3)),
    ("\"조선 미국\"~4", |t| sloppy(t, "조선", "미국", 4)),
    ("near(sanctions, U.S., 5)", |t| near(t, "sanctions", "u.s.", 5)),
    ("near(war, crisis, 20)", |t| near(t, "war", "crisis", 20)),
    ("near(peace, the, 0)", |t| near(t, "peace", "the", 0)),
    ("near(北约, 乌克兰, 12)", |t| near(t, "北约", "乌克兰", 12)),
    ("near(미제, 전쟁, 2)", |t| near(t, "미제", "전쟁", 2)),
    ("segment(sanctions AND U.S.)", |t| same_segment(t, "sanctions", "u.s.")),
    ("segment(北约 AND 乌克兰)", |t| same_segment(t, "北约", "乌克兰")),
    ("segment(미국 AND 제재)", |t| same_segment(t, "미국", "제재")),
    ("sanctions AND crisis", |t| both(t, "sanctions", "crisis")),
    ("북침 OR 전쟁연습", |t| {
        starts(t, "북침").into_iter().chain(starts(t, "전쟁연습")).collect()
    }),
    ("war NOT peace", |t| if starts(t, "peace").is_empty() { starts(t, "war") } else { vec![] }),
    ("美国 NOT 北约", |t| {
        if starts(t, "北约").is_empty() { starts(t, "美国") } else { vec![] }
    }),
    ("的 AND 国", |t| both(t, "的", "国")),
];

#[test]
fn operators_count_what_a_plain_scan_counts() {
    let Some(shelf) = SHELF.as_ref() else { return };
    for (query, found) in ASKED {
        let mut count = Count::default();
        shelf.turns.iter().for_each(|turn| count.add(turn, found(turn).into_iter()));
        let asked = Query::parse(query).unwrap();
        let options = Options::default();
        let totals = shelf.index.search(&asked, &Filters::default(), &options).unwrap();
        println!("{query}: {} occurrences", totals.occurrences);
        assert_eq!(totals, count.totals(), "{query}");
        assert!(totals.occurrences > 0, "{query}");
    }
}

fn starts(turn: &Scanned, literal: &str) -> Vec<usize> {
    places(turn, literal).into_iter().map(|(start, _)| start).collect()
}

/// The words of letters and digits, with where they start.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_alphabet(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn words_that(turn: &Scanned, fits: impl Fn(&str) -> bool) -> Vec<usize> {
    let all = words(&turn.text).into_iter();
    all.filter(|(_, word)| fits(word)).map(|(start, _)| start).collect()
}

fn beginning(turn: &Scanned, start: &str) -> Vec<usize> {
    words_that(turn, |word| word.starts_with(start))
}

/// Words that end so; the place is the ending alone or the word, which changes no count.
fn ending(turn: &Scanned, end: &str) -> Vec<usize> {
    words_that(turn, |word| word.ends_with(end))
}

fn holding(turn: &Scanned, part: &str) -> Vec<usize> {
    words_that(turn, |word| word.contains(part))
}

/// Places of `first` with a word that begins so right after them.
fn followed(turn: &Scanned, first: &str, start: &str) -> Vec<usize> {
    let text = &turn.text;
    let before = |at: usize| text[..at].ends_with(first) && at >= first.len();
    let whole = |at: usize| !text[..at].chars().next_back().is_some_and(is_alphabet);
    let found = words(text).into_iter().filter(|(at, word)| word.starts_with(start) && before(*at));
    found.map(|(at, _)| at - first.len()).filter(|at| whole(*at)).collect()
}

/// `south kor* puppet*`: three words in a row with one space between.
fn kor_puppet(turn: &Scanned) -> Vec<usize> {
    let all = words(&turn.text);
    let is_next = |a: &(usize, &str), b: &(usize, &str)| turn.text[a.0 + a.1.len()..b.0] == *" ";
    let fits = |w: &&[(usize, &str)]| {
        w[0].1 == "south"
            && w[1].1.starts_with("kor")
            && w[2].1.starts_with("puppet")
            && is_next(&w[0], &w[1])
            && is_next(&w[1], &w[2])
    };
    all.windows(3).filter(fits).map(|w| w[0].0).collect()
}

/// How many words stand in a piece of text: letters, digits and Hangul with what joins them
/// inside; each Han character and Kana is one.
fn words_in(piece: &str) -> usize {
    let is_single = |c: char| matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    let is_letter = |c: char| c.is_alphanumeric() && !is_single(c);
    let chars: Vec<char> = piece.chars().collect();
    let (mut count, mut inside) = (0, false);
    for (n, c) in chars.iter().enumerate() {
        let next = chars.get(n + 1).is_some_and(|c| is_letter(*c));
        if is_letter(*c) {
            count += usize::from(!inside);
            inside = true;
        } else if !(inside && next && matches!(c, '\'' | '-' | '.' | '_')) {
            inside = false;
            count += usize::from(is_single(*c) && c.is_alphanumeric());
        }
    }
    count
}

/// Places of `one` after which `other` follows with at most so many words between; of two that
/// end together the later.
fn sloppy(turn: &Scanned, one: &str, other: &str, slop: usize) -> Vec<usize> {
    let others = places(turn, other);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places(turn, one) {
        let Some((next, last)) = others.iter().find(|(start, _)| *start >= end) else { continue };
        if words_in(&turn.text[end..*next]) <= slop {
            found.retain(|(_, earlier)| earlier != last);
            found.push((start, *last));
        }
    }
    found.into_iter().map(|(start, _)| start).collect()
}

/// Places of `one` with the nearest `other` at most so many words away; where both sides are as
/// near, the one before counts. A stretch counts where it begins.
fn near(turn: &Scanned, one: &str, other: &str, distance: usize) -> Vec<usize> {
    let others = places(turn, other);
    let mut found = Vec::new();
    for (start, end) in places(turn, one) {
        let after = others.iter().find(|(other, _)| *other >= end);
        let before = others.iter().rev().find(|(_, other)| *other <= start);
        let after = after.map(|(other, _)| (words_in(&turn.text[end..*other]), start));
        let before = before.map(|(from, other)| (words_in(&turn.text[*other..start]), *from));
        let nearest = before.into_iter().chain(after).min();
        found.extend(nearest.filter(|(words, _)| *words <= distance).map(|(_, from)| from));
    }
    found
}

fn both(turn: &Scanned, one: &str, other: &str) -> Vec<usize> {
    let (one, other) = (starts(turn, one), starts(turn, other));
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    one.into_iter().chain(other).collect()
}

fn same_segment(turn: &Scanned, one: &str, other: &str) -> Vec<usize> {
    let segment = |start: &usize| {
        let at = turn.origins[*start];
        turn.segments.partition_point(|first| *first <= at).max(1)
    };
    let (one, other) = (starts(turn, one), starts(turn, other));
    let shared = |start: &usize| {
        let n = segment(start);
        one.iter().any(|s| segment(s) == n) && other.iter().any(|s| segment(s) == n)
    };
    one.iter().chain(&other).copied().filter(shared).collect()
}
