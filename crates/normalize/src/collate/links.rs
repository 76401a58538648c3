//! Links: which statements are copies of one another, the same text in other words, or the same
//! text in another language.
//!
//! A false link takes a statement out of a count, so that a pair is linked only where several
//! signs agree: wording, day, issuer, kind, names, numbers. Formulaic items (greetings, gifts)
//! share their wording and differ in their names: wording alone links nothing but identical texts.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Date, Digest, Genre, Link, LinkKind, Role, Statement, Turn};

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
/// Share of names and of numbers, and how many names, from which texts of two days in a row are one.
const SAME_NEXT_DAY: f64 = 0.8;
const FEWEST_NAMES_NEXT_DAY: usize = FEWEST_NAMES + 2;
/// How sure it is of two conferences of one day that they are one, before their names are compared.
const SURE: f64 = 0.9;
/// Statements of one state and day that are compared in pairs; of more only the first.
const MOST_A_DAY: usize = 400;

/// All links between statements, sorted, each once. `statements` may hold several revisions; the
/// last of each counts. Their turns need not be in them: `words` gives those of one statement, and
/// is asked once for each and again for the pairs that could be one text, so that the words of two
/// are held at a time.
///
/// # Errors
/// Those of `words`.
pub fn links<E>(
    statements: &[Statement],
    words: impl Fn(&Statement) -> Result<Vec<Turn>, E>,
) -> Result<Vec<Link>, E> {
    let (mut texts, mut bands) = (Vec::new(), Vec::new());
    for (n, statement) in (0..).zip(statements.iter().filter(|s| s.is_latest())) {
        let turns = words(statement)?;
        let folded = folded_turns(&turns);
        let sketch = Sketch::of(&folded);
        bands.extend(sketch.iter().flat_map(Sketch::bands).map(|band| (band, n)));
        texts.push(Text {
            statement,
            digest: Digest::of(folded.as_bytes()),
            length: folded.chars().count(),
            profile: Profile::of(&turns),
        });
    }
    let mut found: BTreeMap<(String, String), Link> = BTreeMap::new();
    let mut add = |link: Link| {
        let key = (link.a.clone(), link.b.clone());
        let better = found.get(&key).is_none_or(|known| known.score < link.score);
        if better {
            found.insert(key, link);
        }
    };
    copies(&texts).into_iter().for_each(&mut add);
    near_copies(&texts, bands, &words)?.into_iter().for_each(&mut add);
    retold(&texts, &words)?.into_iter().for_each(&mut add);
    Ok(found.into_values().collect())
}

/// What is held of a text: enough to tell most pairs apart without their words.
struct Text<'a> {
    statement: &'a Statement,
    /// Of the folded words, and how many characters they are.
    digest: Digest,
    length: usize,
    profile: Profile,
}

impl Text<'_> {
    fn date(&self) -> Option<Date> {
        self.statement.date
    }
}

/// The words of turns by their letters and digits, notes left out.
pub(super) fn folded_turns(turns: &[Turn]) -> String {
    turns.iter().filter(|t| t.role != Role::Note).map(|t| folded(&t.text)).collect()
}

fn link(a: &Text<'_>, b: &Text<'_>, kind: LinkKind, score: f64, evidence: String) -> Link {
    let (a, b) = (a.statement.id.clone(), b.statement.id.clone());
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    Link { a, b, kind, score: (score * 1000.0).round() / 1000.0, evidence }
}

/// Statements with the same words: in two sources, or twice in one under another title or day.
/// Each is linked to the first of its group. A text of a few words, which formulas share, is a copy only
/// in another source and about the same day.
fn copies(texts: &[Text<'_>]) -> Vec<Link> {
    let mut same: BTreeMap<&Digest, Vec<&Text<'_>>> = BTreeMap::new();
    for text in texts.iter().filter(|t| t.length > 0) {
        same.entry(&text.digest).or_default().push(text);
    }
    let mut found = Vec::new();
    for group in same.values() {
        for (n, text) in group.iter().enumerate() {
            let mut before = group.iter().take(n);
            let first = before.find(|first| {
                let elsewhere = first.statement.source != text.statement.source;
                text.length >= SHORTEST_COPY || elsewhere && near(Some(first), Some(text))
            });
            let copy =
                |first: &&Text<'_>| link(first, text, LinkKind::Copy, 1.0, "same words".to_owned());
            found.extend(first.map(copy));
        }
    }
    found
}

/// Statements of nearly the same words, found by the bands of their sketches.
fn near_copies<E>(
    texts: &[Text<'_>],
    mut bands: Vec<((usize, u64), usize)>,
    words: &impl Fn(&Statement) -> Result<Vec<Turn>, E>,
) -> Result<Vec<Link>, E> {
    bands.sort_by_key(|(band, n)| (*band, texts.get(*n).and_then(Text::date), *n));
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for together in bands.chunk_by(|(a, _), (b, _)| a == b) {
        for (at, (_, a)) in together.iter().enumerate() {
            // Formulas fill a band with thousands; the day tells which can be one text.
            let later = together.iter().skip(at + 1).take(MOST_A_DAY).map(|(_, b)| b);
            let same_days = later.take_while(|b| near(texts.get(*a), texts.get(**b)));
            pairs.extend(same_days.map(|b| (*a.min(b), *a.max(b))));
        }
    }
    let mut found = Vec::new();
    let mut first: Option<(usize, Vec<Turn>)> = None;
    for (n, m) in pairs {
        let (Some(a), Some(b)) = (texts.get(n), texts.get(m)) else { continue };
        if a.statement.lang != b.statement.lang || a.digest == b.digest {
            continue;
        }
        // The pairs of one text follow one another.
        let turns = match first.take().filter(|(known, _)| *known == n) {
            Some((_, turns)) => turns,
            None => words(a.statement)?,
        };
        found.extend(near_copy((a, &turns), (b, &words(b.statement)?)));
        first = Some((n, turns));
    }
    Ok(found)
}

fn near(a: Option<&Text<'_>>, b: Option<&Text<'_>>) -> bool {
    let (Some(a), Some(b)) = (a.and_then(Text::date), b.and_then(Text::date)) else { return false };
    days_between(a, b) <= DAYS_APART
}

fn days_between(a: Date, b: Date) -> i64 {
    a.0.duration_since(b.0).as_hours().abs() / 24
}

fn near_copy((a, x): (&Text<'_>, &[Turn]), (b, y): (&Text<'_>, &[Turn])) -> Option<Link> {
    let (jaccard, contained) = overlap(&folded_turns(x), &folded_turns(y));
    let (p, q) = (&a.profile, &b.profile);
    let numbers = p.shared_numbers(q);
    let across = a.statement.source != b.statement.source;
    let alike = if across {
        jaccard >= NEAR_ACROSS && numbers.0 * 2 >= numbers.1
    } else {
        jaccard >= NEAR_WITHIN && p.numbers == q.numbers && same_capitals(x, y)
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
fn same_capitals(a: &[Turn], b: &[Turn]) -> bool {
    let capitals = |turns: &[Turn]| -> BTreeSet<String> {
        let words = turns.iter().flat_map(|t| t.text.split(|c: char| !c.is_alphanumeric()));
        words.filter(|w| w.starts_with(char::is_uppercase)).map(str::to_owned).collect()
    };
    let (a, b) = (capitals(a), capitals(b));
    a.is_subset(&b) || b.is_subset(&a)
}

/// Texts of one state and day that say the same in other words or another language.
fn retold<E>(
    texts: &[Text<'_>],
    words: &impl Fn(&Statement) -> Result<Vec<Turn>, E>,
) -> Result<Vec<Link>, E> {
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
                let (Some(x), Some(y)) = (texts.get(*a), texts.get(*b)) else { continue };
                candidates.extend(retelling(x, y, words)?.map(|link| (*a, *b, link)));
            }
        }
    }
    Ok(mutual_best(candidates, texts))
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

/// The link of two texts of one state that are told again; each pair is held against the first way that
/// can be its own.
fn retelling<E>(
    a: &Text<'_>,
    b: &Text<'_>,
    words: &impl Fn(&Statement) -> Result<Vec<Turn>, E>,
) -> Result<Option<Link>, E> {
    let (x, y) = (a.statement, b.statement);
    let cut = x.truncated || y.truncated;
    let long = a.length.min(b.length) >= SHORTEST_COPY;
    let wording = || {
        let folded = |s: &Statement| words(s).map(|turns| folded_turns(&turns));
        Ok(overlap(&folded(x)?, &folded(y)?))
    };
    if x.source == y.source {
        return match long && is_one_occasion(x, y) {
            true => Ok(same_occasion((a, b), wording()?, cut)),
            false => Ok(None),
        };
    }
    let conferences = x.genre == Genre::PressConference && y.genre == Genre::PressConference;
    if conferences && x.lang != y.lang && x.issuer == y.issuer {
        return Ok(same_conference(a, b));
    }
    if x.lang == y.lang && cut && long {
        let (_, contained) = wording()?;
        if contained >= CONTAINED {
            let evidence =
                format!("{:.0} % of the shorter text stands in the other", contained * 100.0);
            return Ok(Some(link(a, b, LinkKind::NearCopy, contained, evidence)));
        }
    }
    Ok(same_matters(a, b, cut))
}

/// Of two texts of one source and occasion: whether one was made from the other, or is its beginning.
fn same_occasion(
    (a, b): (&Text<'_>, &Text<'_>),
    (jaccard, contained): (f64, f64),
    cut: bool,
) -> Option<Link> {
    let alike = contained >= CONTAINED || (!cut && jaccard >= NEAR_ACROSS);
    let evidence = format!(
        "one title and day; {:.0} % of the wording shared, {:.0} % of the shorter text",
        jaccard * 100.0,
        contained * 100.0
    );
    alike.then(|| link(a, b, LinkKind::NearCopy, jaccard.max(contained), evidence))
}

/// Of two press conferences of one issuer in two languages: a ministry may hold two a day, a briefing
/// beside the regular one, and those that speak of the same belong together.
fn same_conference(a: &Text<'_>, b: &Text<'_>) -> Option<Link> {
    let shared = Shared::of(a, b);
    let fewest = a.profile.names.len().min(b.profile.names.len());
    let alike = fewest < FEWEST_NAMES || shared.names.0 * 2 >= fewest;
    let evidence = format!("press conferences of one day and issuer; {}", shared.told());
    let score = SURE + (1.0 - SURE) * shared.likeness();
    (a.date() == b.date() && alike).then(|| link(a, b, LinkKind::Twin, score, evidence))
}

/// Of two texts of one issuer and kind in other words or another language: whether they have the same
/// names and numbers. The agency often carries on the next day what the ministry said on its own.
fn same_matters(a: &Text<'_>, b: &Text<'_>, cut: bool) -> Option<Link> {
    let (x, y) = (a.statement, b.statement);
    if x.issuer != y.issuer || (kind_of(x.genre) != kind_of(y.genre) && !cut) {
        return None;
    }
    let shared = Shared::of(a, b);
    let (names, numbers) = (share(shared.names), share(shared.numbers));
    let (enough, days) = if x.date == y.date {
        let numbers = shared.numbers.0 * 3 >= shared.numbers.1;
        let enough = shared.names.0 >= FEWEST_NAMES && names >= SAME_NAMES && numbers;
        (enough, "one day, issuer and kind")
    } else {
        let many = shared.names.0 >= FEWEST_NAMES_NEXT_DAY;
        let enough = many && names >= SAME_NEXT_DAY && numbers >= SAME_NEXT_DAY;
        (enough, "a day apart, one issuer and kind")
    };
    let kind = if x.lang == y.lang { LinkKind::NearCopy } else { LinkKind::Twin };
    let evidence = format!("{days}; {}", shared.told());
    enough.then(|| link(a, b, kind, shared.likeness(), evidence))
}

/// How many names and numbers both of two texts have, and how many either has.
struct Shared {
    names: (usize, usize),
    numbers: (usize, usize),
}

impl Shared {
    fn of(a: &Text<'_>, b: &Text<'_>) -> Self {
        let (p, q) = (&a.profile, &b.profile);
        Self { names: p.shared_names(q), numbers: p.shared_numbers(q) }
    }

    /// From 0 to 1; names tell more than numbers.
    fn likeness(&self) -> f64 {
        0.6 * share(self.names) + 0.4 * share(self.numbers)
    }

    fn told(&self) -> String {
        let (names, numbers) = (self.names, self.numbers);
        format!("{} of {} names, {} of {} numbers", names.0, names.1, numbers.0, numbers.1)
    }
}

fn share((both, either): (usize, usize)) -> f64 {
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// Whether one source shows two texts as the same: one title and day of a conference, whose title names
/// it, or of a text that one of them only begins. Other titles are shared by formulaic items.
fn is_one_occasion(x: &Statement, y: &Statement) -> bool {
    let titled = x.title.as_deref().is_some_and(|title| !title.trim().is_empty());
    let same = (x.lang, x.genre, x.date, &x.title) == (y.lang, y.genre, y.date, &y.title);
    let one = x.genre == Genre::PressConference || x.truncated || y.truncated;
    titled && same && one
}
