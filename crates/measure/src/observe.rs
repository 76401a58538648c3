//! Observations: of each statement that a study counts, its utterances and what was found in them,
//! without the text.
//!
//! Some fifty bytes a hit and sixteen an utterance, so that a million utterances fit in memory
//! where their text does not.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{BlameKind, Coded, Date, Link, Role, Statement, Voice};

use crate::cited::{CitedFinder, CitedStatement};
use crate::evidence::{FEW, MOST};
use crate::words::Counter;
use crate::{Error, Result, Study};

/// All that a study counts, sorted by date and id.
pub(crate) struct Observed {
    /// The counted statements.
    pub texts: Vec<Text>,
    /// Statements set aside because a linked one counts.
    pub set_aside: Vec<Text>,
    /// Statements of a side that have no date and so lie in no period, by side.
    pub undated: BTreeMap<usize, u64>,
    /// What became of the cited statements.
    pub cited: Vec<CitedStatement>,
    /// How many places and texts each figure names: all, unless there are very many.
    pub named: usize,
    /// Place of each counted statement in `texts`.
    pub places: BTreeMap<String, usize>,
    /// The strings that hits and utterances name by number.
    pub names: Names,
}

impl Observed {
    /// The counted text of that statement at that revision.
    pub fn counted(&self, id: &str, revision: u32) -> Option<&Text> {
        self.texts.get(*self.places.get(id)?).filter(|text| text.revision == revision)
    }
}

/// One statement at the revision that counts.
pub(crate) struct Text {
    pub id: String,
    pub revision: u32,
    pub source: u32,
    pub side: usize,
    pub date: Date,
    pub truncated: bool,
    pub utterances: Vec<Spoken>,
    /// Whether title or text holds the study's subject.
    pub names_subject: bool,
    /// Ids of all statements that are linked with this one inside its side, itself included.
    pub versions: Vec<String>,
}

/// One utterance.
pub(crate) struct Spoken {
    pub topics: Vec<u32>,
    /// Whether somebody of the institution speaks in it.
    pub answered: bool,
    /// Whether it has a question.
    pub asked: bool,
    pub own_segments: u32,
    pub hits: Vec<Hit>,
}

/// A mention or an attribution.
#[derive(Clone)]
pub(crate) struct Hit {
    /// `frame:hegemony`; `blame:US` for an attribution.
    pub code: u32,
    /// The words as written, case folded; of naming terms only.
    pub form: u32,
    pub referent: u32,
    pub holder: u32,
    pub rule: u32,
    pub kind: Option<BlameKind>,
    pub voice: Voice,
    pub role: Role,
    pub turn: u32,
    pub segment: u32,
    /// A mention's words; the cue of an attribution.
    pub cue: (u32, u32),
    /// The target of an attribution.
    pub target: Option<(u32, u32)>,
    /// Whether the segment is own-voice, as the denominator of rates counts it.
    pub own_segment: bool,
}

impl Hit {
    /// The words that it rests on: sorted and apart.
    pub fn spans(&self) -> Vec<(u32, u32)> {
        let Some(target) = self.target else { return vec![self.cue] };
        let (first, second) = (self.cue.min(target), self.cue.max(target));
        if second.0 <= first.1 {
            vec![(first.0, first.1.max(second.1))]
        } else {
            vec![first, second]
        }
    }
}

/// Strings by number; 0 is the empty string.
pub(crate) struct Names {
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl Names {
    fn new() -> Self {
        let mut names = Self { names: Vec::new(), numbers: BTreeMap::new() };
        names.number("");
        names
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The string of that number.
    pub fn of(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The number of a string, if anything has it.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }
}

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
            places: BTreeMap::new(),
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
            if let Some(&group) = groups.get(text.id.as_str()) {
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
            let mut versions: Vec<String> =
                members.iter().map(|&place| texts[place].id.clone()).collect();
            versions.sort();
            for place in members {
                texts[place].versions.clone_from(&versions);
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
        if found > MOST || self.observed.texts.len() > MOST {
            self.observed.named = FEW;
        }
        let places = self.observed.texts.iter().enumerate();
        self.observed.places = places.map(|(place, text)| (text.id.clone(), place)).collect();
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
        id: statement.id.clone(),
        revision: statement.revision,
        source: names.number(&statement.source),
        side,
        date,
        truncated: statement.truncated,
        utterances: utterances(statement, coded, names),
        names_subject: false,
        versions: vec![statement.id.clone()],
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
                spoken[place].own_segments += 1;
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
        spoken[place].hits.push(hit);
    }
    spoken
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
