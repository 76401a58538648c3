//! Whether a turn matches a plan, and at which places.

use std::ops::Range;

use corpus::Lang;
use corpus::pattern::Matcher;

use crate::Place;
use crate::orthography;
use crate::plan::{CodeId, Node, Plan};
use crate::query::{Family, FieldName, Unit};
use crate::record::{Codes, Head, voice_name};
use crate::schema::folded_name;
use crate::words;

/// A turn to be checked.
pub(crate) struct Subject<'t> {
    pub text: &'t str,
    pub lang: Lang,
    pub codes: &'t Codes,
    /// Read only for plans that ask for fields.
    pub head: Option<&'t Head>,
}

/// The places at which `subject` matches, sorted, each once; `None` where it does not.
pub(crate) fn evaluate(plan: &Plan, subject: &Subject<'_>) -> Option<Vec<Place>> {
    let leaves = places_of_leaves(plan, subject.text, subject.lang);
    let turn = Turn { plan, subject, leaves };
    let whole = 0..subject.codes.segments.len();
    let mut places = match plan.unit {
        Unit::Turn => turn.node(&plan.node, &whole)?,
        Unit::Segment => turn.in_segments(&plan.node, &whole)?,
    };
    if !plan.has_places {
        places = turn.matching_segments();
    }
    places.sort_unstable();
    places.dedup();
    Some(places)
}

/// For each leaf of the plan its places in `text`.
fn places_of_leaves(plan: &Plan, text: &str, lang: Lang) -> Vec<Vec<Place>> {
    let mut leaves = vec![Vec::new(); plan.matcher.entries().len()];
    if leaves.is_empty() {
        return leaves;
    }
    let simplified;
    let text = if plan.simplified {
        simplified = orthography::simplified(text);
        &simplified
    } else {
        text
    };
    for hit in Matcher::find_all(&plan.matcher, text, lang) {
        leaves[hit.entry].push(Place { start: hit.start as u32, end: hit.end as u32, code: 0 });
    }
    leaves
}

struct Turn<'t> {
    plan: &'t Plan,
    subject: &'t Subject<'t>,
    leaves: Vec<Vec<Place>>,
}

impl Turn<'_> {
    /// The places of `node` in the segments `scope`; `None` where it does not match there.
    fn node(&self, node: &Node, scope: &Range<usize>) -> Option<Vec<Place>> {
        match node {
            Node::Term(leaf) => some(self.inside(&self.leaves[*leaf], scope)),
            Node::Sequence { words, slop } => {
                some(self.inside(&self.sequence(words, *slop), scope))
            }
            Node::Near { one, other, distance } => {
                some(self.inside(&self.near(*one, *other, *distance), scope))
            }
            Node::Code { family, id, referent } => {
                self.code(*family, id, referent.as_deref(), scope)
            }
            Node::Is { field, value, open_end } => given(self.field(*field, value, *open_end)),
            Node::Title(leaf) => given(self.title(*leaf)),
            Node::Date { from, to } => {
                let date = self.subject.head.and_then(|head| head.date);
                let within = |day| from.is_none_or(|f| day >= f) && to.is_none_or(|t| day <= t);
                given(date.is_some_and(within))
            }
            Node::And(parts) => {
                let mut places = Vec::new();
                for part in parts {
                    places.extend(self.node(part, scope)?);
                }
                Some(places)
            }
            Node::Or(parts) => {
                let found: Vec<_> =
                    parts.iter().filter_map(|part| self.node(part, scope)).collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Node::Not(part) => given(self.node(part, scope).is_none()),
            Node::Within(Unit::Turn, part) => {
                self.node(part, &(0..self.subject.codes.segments.len()))
            }
            Node::Within(Unit::Segment, part) => self.in_segments(part, scope),
        }
    }

    /// The places of `node` in those segments of `scope` in which it matches.
    fn in_segments(&self, node: &Node, scope: &Range<usize>) -> Option<Vec<Place>> {
        let each = scope.clone().filter_map(|n| self.node(node, &(n..n + 1)));
        each.reduce(|mut all, more| {
            all.extend(more);
            all
        })
    }

    /// The segments that match a plan which names no place of its own.
    fn matching_segments(&self) -> Vec<Place> {
        let segments = self.subject.codes.segments.iter().enumerate();
        let matching = segments.filter(|(n, _)| self.node(&self.plan.node, &(*n..n + 1)).is_some());
        matching.map(|(_, (start, end, _))| Place { start: *start, end: *end, code: 0 }).collect()
    }

    /// Those of `places` that start in the segments `scope`.
    fn inside(&self, places: &[Place], scope: &Range<usize>) -> Vec<Place> {
        let codes = self.subject.codes;
        if *scope == (0..codes.segments.len()) {
            return places.to_vec();
        }
        let starts = |place: &&Place| scope.contains(&codes.segment_at(place.start));
        places.iter().filter(starts).copied().collect()
    }

    /// Places of the first word from which the others follow in order with at most `slop` other
    /// words between; of two that end together the shorter.
    fn sequence(&self, leaves: &[usize], slop: u32) -> Vec<Place> {
        let Some((first, rest)) = leaves.split_first() else { return Vec::new() };
        let mut found: Vec<Place> = Vec::new();
        for start in &self.leaves[*first] {
            let (mut end, mut between) = (start.end, 0);
            let mut complete = true;
            for leaf in rest {
                let places = &self.leaves[*leaf];
                let Some(next) = places.get(places.partition_point(|p| p.start < end)) else {
                    complete = false;
                    break;
                };
                between += self.words_between(end, next.start);
                end = next.end;
            }
            if complete && between <= slop as usize {
                found.retain(|earlier| earlier.end != end);
                found.push(Place { start: start.start, end, code: 0 });
            }
        }
        found
    }

    /// For each place of `one` the stretch from it to the nearest place of `other`, where at
    /// most `distance` words lie between.
    fn near(&self, one: usize, other: usize, distance: u32) -> Vec<Place> {
        let others = &self.leaves[other];
        let mut found = Vec::new();
        for place in &self.leaves[one] {
            let after = others.iter().find(|o| o.start >= place.end);
            let before = others.iter().rev().find(|o| o.end <= place.start);
            let stretches = [
                after.map(|o| (self.words_between(place.end, o.start), place.start, o.end)),
                before.map(|o| (self.words_between(o.end, place.start), o.start, place.end)),
            ];
            let nearest = stretches.into_iter().flatten().min();
            if let Some((between, start, end)) = nearest
                && between <= distance as usize
            {
                found.push(Place { start, end, code: place.start + 1 });
            }
        }
        found
    }

    fn words_between(&self, start: u32, end: u32) -> usize {
        self.subject.text.get(start as usize..end as usize).map_or(0, words::count)
    }

    fn code(
        &self,
        family: Family,
        id: &CodeId,
        referent: Option<&str>,
        scope: &Range<usize>,
    ) -> Option<Vec<Place>> {
        let codes = self.subject.codes;
        let coded = match family {
            Family::Topic => return given(codes.topics.iter().any(|topic| id.fits(topic))),
            Family::Voice => {
                let voices = &codes.segments[scope.clone()];
                return given(voices.iter().any(|(_, _, voice)| id.fits(voice_name(*voice))));
            }
            Family::Blame => &codes.blames,
            Family::Frame | Family::Target | Family::Naming | Family::Refusal | Family::Cue => {
                &codes.mentions
            }
        };
        let fits = |code: &str| match family {
            Family::Blame => id.fits(code),
            _ => {
                code.split_once(':').is_some_and(|(of, rest)| of == family.name() && id.fits(rest))
            }
        };
        let places = coded.iter().zip(1u32..).filter(|(place, _)| {
            scope.contains(&(place.segment as usize))
                && fits(&place.code)
                && referent.is_none_or(|wanted| place.referent.as_deref() == Some(wanted))
        });
        // A code counts even where another one covers the same bytes; blames and mentions are
        // numbered apart.
        let apart = if family == Family::Blame { u32::MAX / 2 } else { 0 };
        let place = |(place, n): (&crate::record::CodedPlace, u32)| Place {
            start: place.span.0,
            end: place.span.1,
            code: n + apart,
        };
        some(places.map(place).collect())
    }

    fn field(&self, field: FieldName, wanted: &str, open_end: bool) -> bool {
        let Some(head) = self.subject.head else { return false };
        let value = match field {
            FieldName::Statement => Some(head.statement.as_str()),
            FieldName::Source => Some(head.source.as_str()),
            FieldName::Country => Some(head.country.as_str()),
            FieldName::Issuer => Some(head.issuer.as_str()),
            FieldName::Carrier => head.carrier.as_deref(),
            FieldName::Lang => Some(head.lang.code()),
            FieldName::Genre => Some(head.genre.name()),
            FieldName::Role => Some(head.role.name()),
            FieldName::Speaker => head.speaker.as_deref(),
            FieldName::Asker => head.asker.as_deref(),
            FieldName::Title | FieldName::Date => None,
        };
        let Some(value) = value.map(folded_name) else { return false };
        if open_end { value.starts_with(wanted) } else { value == wanted }
    }

    fn title(&self, leaf: usize) -> bool {
        let title = self.subject.head.and_then(|head| head.title.as_deref());
        title.is_some_and(|title| {
            !places_of_leaves(self.plan, title, self.subject.lang)[leaf].is_empty()
        })
    }
}

fn some(places: Vec<Place>) -> Option<Vec<Place>> {
    (!places.is_empty()).then_some(places)
}

fn given(holds: bool) -> Option<Vec<Place>> {
    holds.then(Vec::new)
}
