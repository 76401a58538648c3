//! Links: which statements are copies of one another, the same text in other words, or the same
//! text in another language.
//!
//! A false link takes a statement out of a count, so that a pair is linked only where several
//! signs agree: wording, day, issuer, kind, names, numbers. Formulaic items (greetings, gifts)
//! share their wording and differ in their names: wording alone links nothing but identical texts.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Date, Digest, Genre, Link, LinkKind, Role, Statement};

use super::profile::Profile;
use super::shingles::{Sketch, folded, overlap};

/// Folded characters below which two equal texts prove nothing.
const SHORTEST_COPY: usize = 120;
/// Days by which the dates of one text may differ between outlets.
const DAYS_APART: i64 = 1;
/// Shared wording from which texts of two sources are one.
const NEAR_ACROSS: f64 = 0.5;
/// Shared wording from which texts of one source are one.
const NEAR_WITHIN: f64 = 0.9;
/// How much of a cut text must stand in a whole one.
const CONTAINED: f64 = 0.8;
/// Share of names from which two texts of one issuer and day are one.
const SAME_NAMES: f64 = 0.6;
/// Names that must be shared at least.
const FEWEST_NAMES: usize = 4;
/// Statements of one state and day that are compared in pairs; of more only the first.
const MOST_A_DAY: usize = 400;

/// All links between statements, sorted, each once. `statements` may hold several revisions; the
/// last of each counts.
pub fn links(statements: &[Statement]) -> Vec<Link> {
    let texts: Vec<Text<'_>> = statements.iter().filter(|s| s.is_latest()).map(Text::new).collect();
    let mut found: BTreeMap<(String, String), Link> = BTreeMap::new();
    let mut add = |link: Link| {
        let key = (link.a.clone(), link.b.clone());
        let better = found.get(&key).is_none_or(|known| known.score < link.score);
        if better {
            found.insert(key, link);
        }
    };
    copies(&texts).into_iter().for_each(&mut add);
    near_copies(&texts).into_iter().for_each(&mut add);
    retold(&texts).into_iter().for_each(&mut add);
    found.into_values().collect()
}

struct Text<'a> {
    statement: &'a Statement,
    folded: String,
}

impl<'a> Text<'a> {
    fn new(statement: &'a Statement) -> Self {
        let turns = statement.turns.iter().filter(|t| t.role != Role::Note);
        Self { statement, folded: turns.map(|t| folded(&t.text)).collect() }
    }

    fn date(&self) -> Option<Date> {
        self.statement.date
    }
}

fn link(a: &Text<'_>, b: &Text<'_>, kind: LinkKind, score: f64, evidence: String) -> Link {
    let (a, b) = (a.statement.id.clone(), b.statement.id.clone());
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    Link { a, b, kind, score: (score * 1000.0).round() / 1000.0, evidence }
}

/// Statements with the same words: in two sources, or twice in one under another title or day.
/// Each is linked to the first of its group.
fn copies(texts: &[Text<'_>]) -> Vec<Link> {
    let mut same: BTreeMap<Digest, Vec<&Text<'_>>> = BTreeMap::new();
    for text in texts.iter().filter(|t| t.folded.chars().count() >= SHORTEST_COPY) {
        same.entry(Digest::of(text.folded.as_bytes())).or_default().push(text);
    }
    let groups = same.into_values().filter(|group| group.len() > 1);
    let pairs = groups.flat_map(|group| {
        let mut rest = group.into_iter();
        let first = rest.next();
        rest.filter_map(move |other| first.map(|first| (first, other))).collect::<Vec<_>>()
    });
    pairs.map(|(a, b)| link(a, b, LinkKind::Copy, 1.0, "same words".to_owned())).collect()
}

/// Statements of nearly the same words, found by the bands of their sketches.
fn near_copies(texts: &[Text<'_>]) -> Vec<Link> {
    let mut bands: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    for (n, text) in texts.iter().enumerate() {
        let Some(sketch) = Sketch::of(&text.folded) else { continue };
        for band in sketch.bands() {
            bands.entry(band).or_default().push(n);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for mut together in bands.into_values().filter(|t| t.len() > 1) {
        together.sort_by_key(|n| (texts.get(*n).and_then(Text::date), *n));
        for (at, a) in together.iter().enumerate() {
            // Formulas fill a band with thousands; the day tells which can be one text.
            let later = together.iter().skip(at + 1).take(MOST_A_DAY);
            let same_days = later.take_while(|b| near(texts.get(*a), texts.get(**b)));
            pairs.extend(same_days.map(|b| (*a.min(b), *a.max(b))));
        }
    }
    pairs.into_iter().filter_map(|(a, b)| near_copy(texts.get(a)?, texts.get(b)?)).collect()
}

fn near(a: Option<&Text<'_>>, b: Option<&Text<'_>>) -> bool {
    let (Some(a), Some(b)) = (a.and_then(Text::date), b.and_then(Text::date)) else { return false };
    days_between(a, b) <= DAYS_APART
}

fn days_between(a: Date, b: Date) -> i64 {
    a.0.duration_since(b.0).as_hours().abs() / 24
}

fn near_copy(a: &Text<'_>, b: &Text<'_>) -> Option<Link> {
    if a.statement.lang != b.statement.lang || a.folded == b.folded {
        return None;
    }
    let (jaccard, contained) = overlap(&a.folded, &b.folded);
    let (p, q) = (Profile::of(a.statement), Profile::of(b.statement));
    let numbers = p.shared_numbers(&q);
    let across = a.statement.source != b.statement.source;
    let alike = if across {
        jaccard >= NEAR_ACROSS && numbers.0 * 2 >= numbers.1
    } else {
        jaccard >= NEAR_WITHIN && p.numbers == q.numbers && same_capitals(a.statement, b.statement)
    };
    let evidence = format!(
        "{:.0} % of the wording shared, {:.0} % of the shorter text; {} of {} numbers",
        jaccard * 100.0,
        contained * 100.0,
        numbers.0,
        numbers.1
    );
    alike.then(|| link(a, b, LinkKind::NearCopy, jaccard, evidence))
}

/// Whether no name (a word with a capital) stands in one text only. A greeting to another king
/// is another text.
fn same_capitals(a: &Statement, b: &Statement) -> bool {
    let capitals = |s: &Statement| -> BTreeSet<String> {
        let words = s.turns.iter().flat_map(|t| t.text.split(|c: char| !c.is_alphanumeric()));
        words.filter(|w| w.starts_with(char::is_uppercase)).map(str::to_owned).collect()
    };
    let (a, b) = (capitals(a), capitals(b));
    a.is_subset(&b) || b.is_subset(&a)
}

/// Texts of one state and day that say the same in other words or another language.
fn retold(texts: &[Text<'_>]) -> Vec<Link> {
    let mut days: BTreeMap<(&str, Date), Vec<usize>> = BTreeMap::new();
    for (n, text) in texts.iter().enumerate() {
        let told = matches!(text.statement.genre, Genre::Report | Genre::Digest);
        if let Some(date) = text.date().filter(|_| !told || text.statement.truncated) {
            days.entry((text.statement.country.as_str(), date)).or_default().push(n);
        }
    }
    let mut candidates: Vec<(usize, usize, Link)> = Vec::new();
    for ((country, date), today) in &days {
        let tomorrow = date.0.tomorrow().ok().and_then(|next| days.get(&(*country, Date(next))));
        let others: Vec<usize> =
            today.iter().chain(tomorrow.into_iter().flatten()).copied().collect();
        if others.len() > MOST_A_DAY {
            continue;
        }
        for (at, a) in today.iter().enumerate() {
            for b in others.iter().skip(at + 1) {
                let pair = texts.get(*a).zip(texts.get(*b));
                let told = pair.and_then(|(a, b)| retelling(a, b));
                candidates.extend(told.map(|link| (*a, *b, link)));
            }
        }
    }
    mutual_best(candidates, texts)
}

/// Of the candidates of one text in one source the best, where it is the best of the other too.
fn mutual_best(candidates: Vec<(usize, usize, Link)>, texts: &[Text<'_>]) -> Vec<Link> {
    let source = |n: usize| texts.get(n).map_or("", |t| t.statement.source.as_str());
    let mut best: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for (a, b, link) in &candidates {
        for key in [(*a, source(*b)), (*b, source(*a))] {
            let score = best.entry(key).or_insert(0.0);
            *score = score.max(link.score);
        }
    }
    let is_best = |n: usize, other: usize, score: f64| {
        best.get(&(n, source(other))).is_some_and(|s| *s <= score)
    };
    candidates
        .into_iter()
        .filter(|(a, b, link)| is_best(*a, *b, link.score) && is_best(*b, *a, link.score))
        .map(|(_, _, link)| link)
        .collect()
}

/// Kinds that one language calls remarks and the other an answer or a statement.
fn kind_of(genre: Genre) -> Genre {
    match genre {
        Genre::Remarks | Genre::Answer | Genre::Statement => Genre::Statement,
        other => other,
    }
}

fn retelling(a: &Text<'_>, b: &Text<'_>) -> Option<Link> {
    let (x, y) = (a.statement, b.statement);
    if x.source == y.source {
        return None;
    }
    let same_day = x.date == y.date;
    let kind = if x.lang == y.lang { LinkKind::NearCopy } else { LinkKind::Twin };
    let conferences = x.genre == Genre::PressConference && y.genre == Genre::PressConference;
    if conferences && kind == LinkKind::Twin && x.issuer == y.issuer {
        return same_day
            .then(|| link(a, b, kind, 0.95, "press conferences of one day and issuer".to_owned()));
    }
    let cut = x.truncated || y.truncated;
    if kind == LinkKind::NearCopy && cut {
        let (_, contained) = overlap(&a.folded, &b.folded);
        if contained >= CONTAINED
            && a.folded.chars().count().min(b.folded.chars().count()) >= SHORTEST_COPY
        {
            let evidence =
                format!("{:.0} % of the shorter text stands in the other", contained * 100.0);
            return Some(link(a, b, kind, contained, evidence));
        }
    }
    if !same_day || x.issuer != y.issuer || (kind_of(x.genre) != kind_of(y.genre) && !cut) {
        return None;
    }
    let (p, q) = (Profile::of(x), Profile::of(y));
    let (names, numbers) = (p.shared_names(&q), p.shared_numbers(&q));
    let share =
        |(common, all): (usize, usize)| if all == 0 { 1.0 } else { common as f64 / all as f64 };
    let score = 0.6 * share(names) + 0.4 * share(numbers);
    let enough =
        names.0 >= FEWEST_NAMES && share(names) >= SAME_NAMES && numbers.0 * 3 >= numbers.1;
    let evidence = format!(
        "one day, issuer and kind; {} of {} names, {} of {} numbers",
        names.0, names.1, numbers.0, numbers.1
    );
    enough.then(|| link(a, b, kind, score, evidence))
}
