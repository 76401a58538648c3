//! Observing: from partitions of coded text, one after another, to what a study counts.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Coded, Date, Link, Role, Statement, Utterance, Voice};

use crate::cited::CitedFinder;
use crate::evidence::{FEW, MOST};
use crate::observed::{Hit, Names, Observed, Passages, Spoken, Text};
use crate::words::Counter;
use crate::{Error, Result, Study};

/// Collects observations, a partition at a time.
pub(crate) struct Observer<'a> {
    study: &'a Study,
    as_of: Option<jiff::Timestamp>,
    cited: CitedFinder,
    words: Counter<'a>,
    observed: Observed,
}

impl<'a> Observer<'a> {
    pub fn new(study: &'a Study, as_of: Option<jiff::Timestamp>) -> Self {
        let observed = Observed {
            texts: Vec::new(),
            set_aside: Vec::new(),
            undated: BTreeMap::new(),
            cited: Vec::new(),
            named: usize::MAX,
            by_id: Vec::new(),
            names: Names::new(),
        };
        let (cited, words) = (CitedFinder::new(&study.cited), Counter::new(study));
        Self { study, as_of, cited, words, observed }
    }

    /// Adds one partition; all revisions of a statement lie in one.
    pub fn add(&mut self, statements: &[Statement], coded: Vec<Coded>) -> Result<()> {
        let coded: BTreeMap<(String, u32), Coded> =
            coded.into_iter().map(|c| ((c.statement.clone(), c.revision), c)).collect();
        let span = self.study.span();
        for statement in current(statements, self.as_of) {
            self.cited.look([statement]);
            let holds = |s: &crate::Side| s.holds(&statement.source, &statement.country);
            let Some(side) = self.study.sides.iter().position(holds) else { continue };
            let Some(date) = statement.date else {
                *self.observed.undated.entry(side).or_default() += 1;
                continue;
            };
            if !span.contains(date) {
                continue;
            }
            let key = (statement.id.clone(), statement.revision);
            let Some(coded) = coded.get(&key) else {
                return Err(Error::NotCoded { statement: key.0, revision: key.1 });
            };
            self.words.sketch(side, statement, coded);
            let mut text = text_of(statement, coded, (side, date), &mut self.observed.names);
            text.names_subject =
                self.study.subject.as_ref().is_some_and(|s| names_subject(statement, &s.words));
            self.observed.texts.push(text);
        }
        Ok(())
    }

    /// Sets linked statements aside and sorts what counts.
    pub fn finish(mut self, links: &[Link]) -> (Observed, Counter<'a>) {
        let ranks: BTreeMap<&str, usize> =
            self.study.preference.iter().enumerate().map(|(i, s)| (s.as_str(), i)).collect();
        let groups = linked(links);
        // Per side and group of linked statements, the place of each.
        let mut families: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (place, text) in self.observed.texts.iter().enumerate() {
            if let Some(&group) = groups.get(text.id.as_ref()) {
                families.entry((text.side, group)).or_default().push(place);
            }
        }
        let mut aside = BTreeSet::new();
        for members in families.into_values() {
            let texts = &mut self.observed.texts;
            let names = &self.observed.names;
            let rank = |text: &Text| ranks.get(names.of(text.source)).copied();
            let best = members.iter().copied().min_by_key(|&place| {
                let text = &texts[place];
                (text.truncated, rank(text).unwrap_or(usize::MAX), text.date, text.id.clone())
            });
            let mut versions: Vec<Box<str>> =
                members.iter().map(|&place| texts[place].id.clone()).collect();
            versions.sort();
            for place in members {
                texts[place].linked.clone_from(&versions);
                if Some(place) != best {
                    aside.insert(place);
                }
            }
        }
        let texts = std::mem::take(&mut self.observed.texts);
        for (place, text) in texts.into_iter().enumerate() {
            let list = if aside.contains(&place) {
                &mut self.observed.set_aside
            } else {
                &mut self.observed.texts
            };
            list.push(text);
        }
        for list in [&mut self.observed.texts, &mut self.observed.set_aside] {
            list.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        }
        let utterances = self.observed.texts.iter().flat_map(|t| &t.utterances);
        let found: usize = utterances.map(|u| u.hits.len()).sum();
        let texts = self.observed.texts.len() + self.observed.set_aside.len();
        if found > MOST || texts > MOST {
            self.observed.named = FEW;
        }
        let texts = &self.observed.texts;
        let mut by_id: Vec<u32> = (0..).take(texts.len()).collect();
        by_id.sort_by(|a, b| texts[*a as usize].id.cmp(&texts[*b as usize].id));
        self.observed.by_id = by_id;
        self.observed.cited = self.cited.finish();
        (self.observed, self.words)
    }
}

/// Of each statement the last revision that was known at `as_of`; rows of a table have no time of
/// their own and are always known.
pub(crate) fn current(
    statements: &[Statement],
    as_of: Option<jiff::Timestamp>,
) -> impl Iterator<Item = &Statement> {
    let known = move |statement: &&Statement| {
        let Some(as_of) = as_of else { return true };
        statement.captures.iter().any(|capture| {
            let time = capture.captured.as_deref();
            time.is_none_or(|t| t.parse::<jiff::Timestamp>().is_ok_and(|t| t <= as_of))
        })
    };
    let mut last: BTreeMap<&str, &Statement> = BTreeMap::new();
    for statement in statements.iter().filter(known) {
        let entry = last.entry(&statement.id).or_insert(statement);
        if statement.revision > entry.revision {
            *entry = statement;
        }
    }
    last.into_values()
}

fn text_of(
    statement: &Statement,
    coded: &Coded,
    (side, date): (usize, Date),
    names: &mut Names,
) -> Text {
    Text {
        id: statement.id.as_str().into(),
        revision: statement.revision,
        source: names.number(&statement.source),
        side,
        date,
        truncated: statement.truncated,
        utterances: utterances(statement, coded, names),
        names_subject: false,
        linked: Vec::new(),
    }
}

fn names_subject(statement: &Statement, words: &[String]) -> bool {
    let mut texts = statement.turns.iter().map(|t| &t.text).chain(&statement.title);
    texts.any(|text| words.iter().any(|word| text.contains(word.as_str())))
}

fn utterances(statement: &Statement, coded: &Coded, names: &mut Names) -> Vec<Spoken> {
    let roles: BTreeMap<u32, Role> = statement.turns.iter().map(|t| (t.n, t.role)).collect();
    let mut place_of_turn = BTreeMap::new();
    let mut spoken: Vec<Spoken> = Vec::with_capacity(coded.utterances.len());
    for utterance in &coded.utterances {
        let has = |wanted: fn(Role) -> bool| {
            utterance.turns.iter().any(|turn| roles.get(turn).is_some_and(|&r| wanted(r)))
        };
        for &turn in &utterance.turns {
            place_of_turn.insert(turn, spoken.len());
        }
        spoken.push(Spoken {
            topics: utterance.topics.iter().map(|t| names.number(t)).collect(),
            passages: passages(utterance, names),
            answered: has(|r| !matches!(r, Role::Question | Role::Note)),
            asked: has(|r| r == Role::Question),
            own_segments: 0,
            hits: Vec::new(),
        });
    }
    let mut own = BTreeSet::new();
    for segment in &coded.segments {
        let asked = roles.get(&segment.turn) == Some(&Role::Question);
        if segment.voice == Voice::Own && !asked {
            own.insert((segment.turn, segment.n));
            if let Some(&place) = place_of_turn.get(&segment.turn) {
                let (utterance, one) = (&coded.utterances[place], &mut spoken[place]);
                one.own_segments += 1;
                for (topic, count) in one.passages.iter_mut().flat_map(|p| &mut p.own_segments) {
                    let about = utterance.is_about(names.of(*topic), segment.turn, segment.start);
                    *count += u32::from(about);
                }
            }
        }
    }
    for mut hit in hits(statement, coded, names) {
        let Some(&place) = place_of_turn.get(&hit.turn) else { continue };
        let Some(&role) = roles.get(&hit.turn) else { continue };
        hit.role = role;
        // A journalist's words are never the state's, whatever the coder made of them.
        if role == Role::Question {
            hit.voice = Voice::Question;
        }
        hit.own_segment = own.contains(&(hit.turn, hit.segment));
        let (utterance, one) = (&coded.utterances[place], &mut spoken[place]);
        if let Some(passages) = &mut one.passages {
            let topics = passages.own_segments.iter().map(|(topic, _)| *topic);
            let about = |t: &u32| utterance.is_about(names.of(*t), hit.turn, hit.cue.0);
            passages.aside.extend(topics.filter(|t| !about(t)).map(|t| (t, one.hits.len() as u32)));
        }
        one.hits.push(hit);
    }
    spoken.iter_mut().for_each(|one| one.hits.shrink_to_fit());
    spoken
}

/// The topics that are those of a passage of the utterance only, with nothing counted yet.
fn passages(utterance: &Utterance, names: &mut Names) -> Option<Box<Passages>> {
    let partly = |t: &&String| utterance.passages.iter().any(|p| p.topic == **t);
    let topics = utterance.topics.iter().filter(partly);
    let own_segments: Vec<(u32, u32)> = topics.map(|t| (names.number(t), 0)).collect();
    let some = !own_segments.is_empty();
    some.then(|| Box::new(Passages { own_segments, ..Passages::default() }))
}

fn hits(statement: &Statement, coded: &Coded, names: &mut Names) -> Vec<Hit> {
    let turns: BTreeMap<u32, &str> =
        statement.turns.iter().map(|t| (t.n, t.text.as_str())).collect();
    let written = |turn: u32, start: u32, end: u32| {
        let text = turns.get(&turn).and_then(|t| t.get(start as usize..end as usize));
        text.unwrap_or("").to_lowercase()
    };
    let mut found = Vec::with_capacity(coded.mentions.len() + coded.attributions.len());
    for m in &coded.mentions {
        let naming = m.code.starts_with("naming:");
        let form = if naming { written(m.turn, m.start, m.end) } else { String::new() };
        found.push(Hit {
            code: names.number(&m.code),
            form: names.number(&form),
            referent: names.number(m.referent.as_deref().unwrap_or("")),
            holder: 0,
            rule: names.number(&m.code),
            kind: None,
            voice: m.voice,
            role: Role::Note,
            turn: m.turn,
            segment: m.segment,
            cue: (m.start, m.end),
            target: None,
            own_segment: false,
        });
    }
    for a in &coded.attributions {
        found.push(Hit {
            code: names.number(&format!("blame:{}", a.target)),
            form: 0,
            referent: 0,
            holder: names.number(a.holder.as_deref().unwrap_or("")),
            rule: names.number(&a.rule),
            kind: Some(a.kind),
            voice: a.voice,
            role: Role::Note,
            turn: a.turn,
            segment: a.segment,
            cue: (a.cue_start, a.cue_end),
            target: Some((a.target_start, a.target_end)),
            own_segment: false,
        });
    }
    found
}

/// Statement id to the number of its group of linked statements.
fn linked(links: &[Link]) -> BTreeMap<&str, usize> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parents: Vec<usize> = Vec::new();
    for id in links.iter().flat_map(|l| [l.a.as_str(), l.b.as_str()]) {
        numbers.entry(id).or_insert_with(|| {
            parents.push(parents.len());
            parents.len() - 1
        });
    }
    for link in links {
        let (a, b) = (numbers[link.a.as_str()], numbers[link.b.as_str()]);
        let (a, b) = (root(&mut parents, a), root(&mut parents, b));
        parents[a.max(b)] = a.min(b);
    }
    numbers.into_iter().map(|(id, n)| (id, root(&mut parents, n))).collect()
}

fn root(parents: &mut [usize], mut place: usize) -> usize {
    while parents[place] != place {
        parents[place] = parents[parents[place]];
        place = parents[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use corpus::LinkKind;

    use super::*;

    #[test]
    fn texts_that_are_set_aside_count_when_there_are_too_many_to_name() {
        let study = crate::tests::invented::study("");
        let named = |count: usize| {
            let mut observer = Observer::new(&study, None);
            let text = |n: usize| Text {
                id: n.to_string().into(),
                revision: 1,
                source: 0,
                side: 0,
                date: study.period.from,
                truncated: false,
                utterances: Vec::new(),
                names_subject: false,
                linked: Vec::new(),
            };
            observer.observed.texts = (0..count).map(text).collect();
            let (a, b) = ("0".to_owned(), "1".to_owned());
            let link = Link { a, b, kind: LinkKind::Copy, score: 1.0, evidence: String::new() };
            let (observed, _) = observer.finish(&[link]);
            assert_eq!((observed.texts.len(), observed.set_aside.len()), (count - 1, 1));
            observed.named
        };
        assert_eq!((named(MOST), named(MOST + 1)), (usize::MAX, FEW));
    }
}
