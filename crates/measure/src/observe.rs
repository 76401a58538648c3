//! Observing: from partitions of coded text, one after another, to what a study counts.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use corpus::{Coded, Link, Role, Statement, Utterance, Voice};

use crate::cited::CitedFinder;
use crate::evidence::{FEW, MOST};
use crate::found::{self, Found, Turns};
use crate::number::Named;
use crate::observed::{Hit, Names, Observed, Passages, Spoken, Text, What};
use crate::words::Counter;
use crate::{Error, Result, Study, tables};

/// Collects observations, a partition at a time.
pub(crate) struct Observer<'a> {
    study: &'a Study,
    as_of: Option<jiff::Timestamp>,
    cited: CitedFinder,
    words: Counter<'a>,
    observed: Observed,
    alike: BTreeSet<Rc<What>>,
    topics: BTreeSet<Rc<[u32]>>,
}

impl<'a> Observer<'a> {
    pub fn new(study: &'a Study, as_of: Option<jiff::Timestamp>) -> Self {
        let observed = Observed {
            texts: Vec::new(),
            set_aside: Vec::new(),
            undated: BTreeMap::new(),
            cited: Vec::new(),
            named: Named::All,
            counting: BTreeSet::new(),
            by_id: Vec::new(),
            names: Names::new(),
        };
        let (cited, words) = (CitedFinder::new(&study.cited), Counter::new(study));
        Self {
            study,
            as_of,
            cited,
            words,
            observed,
            alike: BTreeSet::new(),
            topics: BTreeSet::new(),
        }
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
            let subject = self.study.subject.as_ref();
            let text = Text {
                id: statement.id.as_str().into(),
                revision: statement.revision,
                source: self.observed.names.number(&statement.source),
                side,
                date,
                truncated: statement.truncated,
                utterances: self.utterances(statement, coded),
                names_subject: subject.is_some_and(|s| names_subject(statement, &s.words)),
                linked: Box::default(),
            };
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
                // One that lies outside the period would take its versions out of it, too.
                let outside = !self.study.period.contains(text.date);
                let rank = rank(text).unwrap_or(usize::MAX);
                (outside, text.truncated, rank, text.date, text.id.clone())
            });
            let mut versions: Box<[Box<str>]> =
                members.iter().map(|&place| texts[place].id.clone()).collect();
            versions.sort();
            for place in members {
                texts[place].linked.clone_from(&versions);
                if Some(place) != best {
                    aside.insert(place);
                }
            }
        }
        let texts = &mut self.observed.texts;
        let mut place = 0..texts.len();
        let is_aside = |_: &mut Text| place.next().is_some_and(|place| aside.contains(&place));
        self.observed.set_aside = texts.extract_if(.., is_aside).collect();
        for list in [&mut self.observed.texts, &mut self.observed.set_aside] {
            list.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
            list.shrink_to_fit();
        }
        self.observed.counting = self.counting();
        if self.places() > MOST || self.texts() > MOST {
            self.observed.named = Named::First(FEW);
        }
        let texts = &self.observed.texts;
        let mut by_id: Vec<u32> = (0..).take(texts.len()).collect();
        by_id.sort_by(|a, b| texts[*a as usize].id.cmp(&texts[*b as usize].id));
        self.observed.by_id = by_id;
        self.observed.cited = self.cited.finish();
        (self.observed, self.words)
    }

    /// The codes that figures can count.
    fn counting(&self) -> BTreeSet<u32> {
        let names = self.observed.names.all();
        names.filter(|(name, _)| tables::counts(self.study, name)).map(|(_, n)| n).collect()
    }

    /// How many places figures of codes can name.
    fn places(&self) -> usize {
        let texts = self.observed.texts.iter().chain(&self.observed.set_aside);
        let hits = texts.flat_map(|t| &t.utterances).flat_map(|u| &u.hits);
        hits.filter(|hit| self.observed.counting.contains(&hit.code)).count()
    }

    /// How many texts figures can name.
    fn texts(&self) -> usize {
        let texts = self.observed.texts.iter().chain(&self.observed.set_aside);
        texts.filter(|text| self.study.period.contains(text.date)).count()
    }

    fn utterances(&mut self, statement: &Statement, coded: &Coded) -> Box<[Spoken]> {
        let turns = Turns::of(statement, coded);
        let mut spoken = self.spoken(statement, coded);
        let mut own = BTreeSet::new();
        for segment in &coded.segments {
            let Some((place, role)) = turns.find(segment.turn) else { continue };
            if segment.voice == Voice::Own && role != Role::Question {
                own.insert((segment.turn, segment.n));
                let (utterance, one) = (&coded.utterances[place], &mut spoken[place]);
                one.own_segments += 1;
                for (topic, count) in one.passages.iter_mut().flat_map(|p| &mut p.own_segments) {
                    let topic = self.observed.names.of(*topic);
                    let about = utterance.is_about(topic, segment.turn, segment.start);
                    *count += u32::from(about);
                }
            }
        }
        let mut hits: Vec<Vec<Hit>> = spoken.iter().map(|_| Vec::new()).collect();
        for found in found::all(coded) {
            let (turn, segment) = (found.turn(), found.segment());
            let mut what = what(found, statement, &mut self.observed.names);
            let Some((place, role)) = turns.find(turn) else { continue };
            what.role = role;
            // A journalist's words are never the state's, whatever the coder made of them.
            if role == Role::Question {
                what.voice = Voice::Question;
            }
            what.own_segment = own.contains(&(turn, segment));
            let (utterance, one) = (&coded.utterances[place], &mut spoken[place]);
            if let Some(passages) = &mut one.passages {
                let topics = passages.own_segments.iter().map(|(topic, _)| *topic);
                let names = &self.observed.names;
                let about = |t: &u32| utterance.is_about(names.of(*t), turn, found.start());
                let number = hits[place].len() as u32;
                passages.aside.extend(topics.filter(|t| !about(t)).map(|t| (t, number)));
            }
            hits[place].push(Hit { what: self.shared(what), turn, segment });
        }
        for (one, hits) in spoken.iter_mut().zip(hits) {
            one.hits = hits.into();
        }
        spoken
    }

    /// The utterances, with nothing counted yet.
    fn spoken(&mut self, statement: &Statement, coded: &Coded) -> Box<[Spoken]> {
        let roles: BTreeMap<u32, Role> = statement.turns.iter().map(|t| (t.n, t.role)).collect();
        let names = &mut self.observed.names;
        let shared = &mut self.topics;
        let spoken = coded.utterances.iter().map(|utterance| {
            let topics: Vec<u32> = utterance.topics.iter().map(|t| names.number(t)).collect();
            let has = |wanted: fn(Role) -> bool| {
                utterance.turns.iter().any(|turn| roles.get(turn).is_some_and(|&r| wanted(r)))
            };
            Spoken {
                topics: shared_list(shared, topics),
                passages: passages(utterance, names),
                answered: has(|r| !matches!(r, Role::Question | Role::Note)),
                asked: has(|r| r == Role::Question),
                own_segments: 0,
                hits: Box::default(),
            }
        });
        spoken.collect()
    }

    /// The one that all alike share.
    fn shared(&mut self, what: What) -> Rc<What> {
        if let Some(shared) = self.alike.get(&what) {
            return Rc::clone(shared);
        }
        let shared = Rc::new(what);
        self.alike.insert(Rc::clone(&shared));
        shared
    }
}

/// The list that all alike share.
fn shared_list(lists: &mut BTreeSet<Rc<[u32]>>, list: Vec<u32>) -> Rc<[u32]> {
    if let Some(shared) = lists.get(list.as_slice()) {
        return Rc::clone(shared);
    }
    let shared: Rc<[u32]> = list.into();
    lists.insert(Rc::clone(&shared));
    shared
}

/// Of each statement the last revision that was known at `as_of`; rows of a table have no time of
/// their own and are always known.
pub(crate) fn current(
    statements: &[Statement],
    as_of: Option<jiff::Timestamp>,
) -> impl Iterator<Item = &Statement> {
    let known = move |statement: &&Statement| {
        let Some(as_of) = as_of else { return true };
        statement.captures.iter().any(|c| c.captured.is_none_or(|time| time.0 <= as_of))
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

fn names_subject(statement: &Statement, words: &[String]) -> bool {
    let mut texts = statement.turns.iter().map(|t| &t.text).chain(&statement.title);
    texts.any(|text| words.iter().any(|word| text.contains(word.as_str())))
}

/// The topics that are those of a passage of the utterance only, with nothing counted yet.
fn passages(utterance: &Utterance, names: &mut Names) -> Option<Box<Passages>> {
    let partly = |t: &&String| utterance.passages.iter().any(|p| p.topic == **t);
    let topics = utterance.topics.iter().filter(partly);
    let own_segments: Vec<(u32, u32)> = topics.map(|t| (names.number(t), 0)).collect();
    let some = !own_segments.is_empty();
    some.then(|| Box::new(Passages { own_segments, ..Passages::default() }))
}

/// What is counted of it; its turn's role and whether its segment is own-voice are still open.
fn what(found: Found<'_>, statement: &Statement, names: &mut Names) -> What {
    match found {
        Found::Mention(m) => {
            let form = if m.code.starts_with("naming:") {
                let turn = statement.turns.iter().find(|t| t.n == m.turn);
                let written = turn.and_then(|t| t.text.get(m.start as usize..m.end as usize));
                written.unwrap_or("").to_lowercase()
            } else {
                String::new()
            };
            What {
                code: names.number(&m.code),
                form: names.number(&form),
                referent: names.number(m.referent.as_deref().unwrap_or("")),
                holder: 0,
                rule: names.number(&m.code),
                kind: None,
                voice: m.voice,
                role: Role::Note,
                own_segment: false,
            }
        }
        Found::Blame(a) => What {
            code: names.number(&format!("blame:{}", a.target)),
            form: 0,
            referent: 0,
            holder: names.number(a.holder.as_deref().unwrap_or("")),
            rule: names.number(&a.rule),
            kind: Some(a.kind),
            voice: a.voice,
            role: Role::Note,
            own_segment: false,
        },
    }
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
                utterances: Box::default(),
                names_subject: false,
                linked: Box::default(),
            };
            observer.observed.texts = (0..count).map(text).collect();
            let (a, b) = ("0".to_owned(), "1".to_owned());
            let link = Link { a, b, kind: LinkKind::Copy, score: 1.0, evidence: String::new() };
            let (observed, _) = observer.finish(&[link]);
            assert_eq!((observed.texts.len(), observed.set_aside.len()), (count - 1, 1));
            observed.named.kept()
        };
        assert_eq!((named(MOST), named(MOST + 1)), (usize::MAX, FEW));
    }
}
