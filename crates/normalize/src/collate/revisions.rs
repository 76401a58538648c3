//! Which texts are revisions of one statement: those of one page whose words were changed, however
//! its address was spelt, and those that mirrors show under another day.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Digest, Turn};

use super::Texts;
use super::links::folded_turns;
use super::shingles::Shingles;
use crate::Reading;
use crate::address::{address, without_host};

/// Shared wording from which two texts at one address are one that was edited.
const ALIKE: f64 = 0.5;
/// How much of the shorter text must stand in the longer, where one was cut or added to.
const CONTAINED: f64 = 0.8;
/// Texts at one address that each is compared with. A place where something else stands every day
/// holds many, and none is a revision.
const MOST_COMPARED: usize = 60;
/// Days after which a mirror still shows the same page.
const MIRROR_LAG: i64 = 3;

/// Groups of texts (by index) that are revisions of one statement. `words` gives the turns of a
/// reading, and is asked for texts that share an address.
///
/// # Errors
/// Those of `words`.
pub(super) fn groups<E>(
    texts: &Texts,
    words: impl Fn(&Reading) -> Result<Vec<Turn>, E>,
) -> Result<Vec<Vec<usize>>, E> {
    let mut group = Groups((0..texts.len()).collect());
    let pages: Vec<BTreeSet<String>> = texts.iter().map(|(_, readings)| pages(readings)).collect();
    for same in at_one_path(texts, &pages).into_values().filter(|same| same.len() > 1) {
        let mut shingles = Vec::with_capacity(same.len());
        for n in &same {
            let first = texts.get(*n).and_then(|(_, readings)| readings.first());
            shingles.push(match first {
                Some(reading) => Shingles::of(&folded_turns(&words(reading)?)),
                None => Shingles::default(),
            });
        }
        for (at, (a, x)) in same.iter().zip(&shingles).enumerate() {
            let others = same.iter().zip(&shingles).skip(at + 1).take(MOST_COMPARED);
            for (b, y) in others {
                let one_address = !pages[*a].is_disjoint(&pages[*b]);
                if has_same_heading(texts, *a, *b) && one_address || is_edited(x, y) {
                    group.join(*a, *b);
                }
            }
        }
    }
    for (a, b) in mirrored(texts) {
        group.join(a, b);
    }
    Ok(group.sorted())
}

/// The addresses at which pages show a text; rows of tables are never joined by theirs.
fn pages(readings: &[Reading]) -> BTreeSet<String> {
    readings.iter().filter(|r| r.capture.row.is_none()).map(|r| address(&r.url)).collect()
}

/// Texts by source and path: a site may have two names, under which its pages lie alike.
fn at_one_path<'a>(
    texts: &'a Texts,
    pages: &'a [BTreeSet<String>],
) -> BTreeMap<(&'a str, &'a str), Vec<usize>> {
    let mut found: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (n, ((key, _), pages)) in texts.iter().zip(pages).enumerate() {
        let paths: BTreeSet<&str> = pages.iter().map(|page| without_host(page)).collect();
        for path in paths {
            found.entry((key.0.as_str(), path)).or_default().push(n);
        }
    }
    found
}

/// Whether two texts bear the same title and day, so that one replaces the other whatever it says.
fn has_same_heading(texts: &Texts, a: usize, b: usize) -> bool {
    let heading = |n: usize| texts.get(n).map(|(key, _)| (&key.1, key.2));
    heading(a) == heading(b) && heading(a).is_some_and(|(title, _)| !title.is_empty())
}

/// Whether the wording of two texts shows that one was made from the other. An address that was
/// given to another text is no revision.
fn is_edited(a: &Shingles, b: &Shingles) -> bool {
    let (jaccard, contained) = a.overlap(b);
    jaccard >= ALIKE || contained >= CONTAINED
}

/// Pairs of texts that are one page at two addresses, of which one shows a day a little later or
/// none: same title and words. Rows of tables say when they are from and are left alone.
fn mirrored(texts: &Texts) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut pages: BTreeMap<(&str, &str, &Digest), Vec<usize>> = BTreeMap::new();
    for (n, (key, readings)) in texts.iter().enumerate() {
        if !key.1.is_empty() && readings.iter().any(|r| r.capture.row.is_none()) {
            pages.entry((&key.0, &key.1, &key.3)).or_default().push(n);
        }
    }
    for same in pages.values().filter(|same| same.len() > 1) {
        for (a, b) in same.iter().zip(same.iter().skip(1)) {
            let days = [a, b].map(|n| texts.get(*n).and_then(|(key, _)| key.2));
            let near = match days {
                [Some(a), Some(b)] => a.0.duration_since(b.0).as_hours().abs() <= 24 * MIRROR_LAG,
                _ => true,
            };
            if near {
                pairs.push((*a, *b));
            }
        }
    }
    pairs
}

/// By text the one that its group is joined through, up to the group's first.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&self, mut n: usize) -> usize {
        while let Some(up) = self.0.get(n).filter(|up| **up != n) {
            n = *up;
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    fn sorted(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for n in 0..self.0.len() {
            groups.entry(self.root(n)).or_default().push(n);
        }
        groups.into_values().collect()
    }
}
