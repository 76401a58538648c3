//! Quotes: the segments that figures name, collected while the tables are made and given their
//! words in a second pass over the text.

use std::collections::BTreeMap;

use corpus::{Coded, Statement, Turn, Voice};

use crate::found;
use crate::observed::{Hit, Observed, Text};
use crate::tally::HitAt;
use crate::words::Spoken;
use crate::{Document, Evidence, Figure, Findings, Segment};

/// Where a hit stands in its text: utterance and hit, by number.
type InText = (u32, u32);

/// The segments and statements that figures name, each once.
pub(crate) struct Quoted<'a> {
    observed: &'a Observed,
    documents: Vec<Document>,
    segments: Vec<Segment>,
    evidence: Vec<Evidence>,
    /// Of each place its utterance and number.
    at: Vec<InText>,
    document_of: BTreeMap<&'a str, u32>,
    segment_of: BTreeMap<(u32, u32, u32), u32>,
    place_of: BTreeMap<HitAt, u32>,
}

impl<'a> Quoted<'a> {
    pub fn new(observed: &'a Observed) -> Self {
        Self {
            observed,
            documents: Vec::new(),
            segments: Vec::new(),
            evidence: Vec::new(),
            at: Vec::new(),
            document_of: BTreeMap::new(),
            segment_of: BTreeMap::new(),
            place_of: BTreeMap::new(),
        }
    }

    /// Names the places of `hits`, what `figure` counts, in [`Findings::evidence`].
    pub fn places<'h>(&mut self, figure: &mut Figure, hits: impl IntoIterator<Item = &'h HitAt>) {
        let named = hits.into_iter().take(self.observed.named.of(figure));
        figure.evidence = named.filter_map(|&at| self.place(at)).collect();
    }

    /// Names `texts`, what `figure` counts, in [`Findings::documents`].
    pub fn documents(&mut self, figure: &mut Figure, texts: impl IntoIterator<Item = &'a Text>) {
        let named = self.observed.named.of(figure);
        for (text, number) in texts.into_iter().zip(1..) {
            figure.documents_total = number;
            if figure.documents.len() < named {
                figure.documents.push(self.document(text));
            }
        }
    }

    /// Gives the findings what their figures name, without its words, and of each place of
    /// [`Findings::evidence`] where to find these.
    pub fn hand_over(self, findings: &mut Findings) -> Vec<InText> {
        findings.documents = self.documents;
        findings.segments = self.segments;
        findings.evidence = self.evidence;
        self.at
    }

    fn place(&mut self, at: HitAt) -> Option<u32> {
        if let Some(&place) = self.place_of.get(&at) {
            return Some(place);
        }
        let text = self.observed.text(at.0)?;
        let hit = text.utterances.get(at.1 as usize)?.hits.get(at.2 as usize)?;
        let segment = self.segment(text, hit);
        let place = number(self.evidence.len());
        self.evidence.push(evidence(self.observed, hit, segment));
        self.at.push((at.1, at.2));
        self.place_of.insert(at, place);
        Some(place)
    }

    fn segment(&mut self, text: &'a Text, hit: &Hit) -> u32 {
        let document = self.document(text);
        let segments = &mut self.segments;
        *self.segment_of.entry((document, hit.turn, hit.segment)).or_insert_with(|| {
            segments.push(Segment {
                document,
                turn: hit.turn,
                segment: hit.segment,
                role: hit.role.name().to_owned(),
                speaker: String::new(),
                start: 0,
                text: String::new(),
            });
            number(segments.len() - 1)
        })
    }

    fn document(&mut self, text: &'a Text) -> u32 {
        let (documents, names) = (&mut self.documents, &self.observed.names);
        *self.document_of.entry(&text.id).or_insert_with(|| {
            documents.push(Document {
                statement: text.id.to_string(),
                revision: text.revision,
                date: text.date,
                source: names.of(text.source).to_owned(),
                title: String::new(),
                url: String::new(),
                capture: String::new(),
                truncated: text.truncated,
            });
            number(documents.len() - 1)
        })
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// One hit as evidence, its words still to be found.
fn evidence(observed: &Observed, hit: &Hit, segment: u32) -> Evidence {
    let names = &observed.names;
    let detail = match hit.kind {
        Some(kind) => kind.name().to_owned(),
        None => names.of(hit.referent).to_owned(),
    };
    let holder = names.of(hit.holder);
    let relayed = hit.voice == Voice::Relayed && !holder.is_empty();
    Evidence {
        segment,
        spans: Vec::new(),
        code: names.of(hit.code).to_owned(),
        detail: if relayed { format!("{detail}, holder {holder}") } else { detail },
        voice: hit.voice,
        rule: names.of(hit.rule).to_owned(),
    }
}

/// Where the words of the findings' documents, segments and places go.
pub(crate) struct Wanted {
    /// Document by statement and revision.
    documents: BTreeMap<(String, u32), usize>,
    /// Segments of each document.
    segments: Vec<Vec<usize>>,
    /// Places of each document, with where they stand in it.
    places: Vec<Vec<(usize, InText)>>,
}

impl Wanted {
    pub fn of(findings: &Findings, at: &[InText]) -> Self {
        let mut segments = vec![Vec::new(); findings.documents.len()];
        for (place, segment) in findings.segments.iter().enumerate() {
            segments[segment.document as usize].push(place);
        }
        let mut places = vec![Vec::new(); findings.documents.len()];
        for (place, (one, &at)) in findings.evidence.iter().zip(at).enumerate() {
            let document = findings.segments[one.segment as usize].document;
            places[document as usize].push((place, at));
        }
        let key = |d: &Document| (d.statement.clone(), d.revision);
        let documents = findings.documents.iter().enumerate().map(|(i, d)| (key(d), i)).collect();
        Self { documents, segments, places }
    }

    /// Quotes what lies in `statements`.
    pub fn fill(&self, findings: &mut Findings, statements: &[Statement], coded: &[Coded]) {
        let codes: BTreeMap<(&str, u32), &Coded> =
            coded.iter().map(|c| ((c.statement.as_str(), c.revision), c)).collect();
        for statement in statements {
            let key = (statement.id.clone(), statement.revision);
            let Some(&document) = self.documents.get(&key) else { continue };
            describe(&mut findings.documents[document], statement);
            if let Some(coded) = codes.get(&(key.0.as_str(), key.1)) {
                self.quote(findings, document, statement, coded);
            }
        }
    }

    /// Gives a document's places their spans and its segments the words that hold them.
    fn quote(
        &self,
        findings: &mut Findings,
        document: usize,
        statement: &Statement,
        coded: &Coded,
    ) {
        let found = found::by_utterance(statement, coded);
        // The first and last byte that the places of each segment need.
        let mut reach: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for &(place, (utterance, hit)) in &self.places[document] {
            let hits = found.get(utterance as usize);
            let Some(hit) = hits.and_then(|hits| hits.get(hit as usize)) else { continue };
            let one = &mut findings.evidence[place];
            one.spans = hit.spans();
            let (from, to) = reach.entry(one.segment).or_insert((u32::MAX, 0));
            for span in &one.spans {
                (*from, *to) = ((*from).min(span.0), (*to).max(span.1));
            }
        }
        let turns: BTreeMap<u32, &Turn> = statement.turns.iter().map(|t| (t.n, t)).collect();
        for &place in &self.segments[document] {
            let segment = &mut findings.segments[place];
            let Some(turn) = turns.get(&segment.turn) else { continue };
            let (from, to) = reach.get(&number(place)).copied().unwrap_or((u32::MAX, 0));
            let mut spans = coded.segments.iter();
            let own = spans.find(|s| (s.turn, s.n) == (segment.turn, segment.segment));
            let (start, end) = own.map_or((from, to), |s| (s.start, s.end));
            segment.start = start.min(from);
            let range = segment.start as usize..end.max(to) as usize;
            segment.text = turn.text.get(range).unwrap_or_default().to_owned();
            segment.speaker = turn.speaker.clone().unwrap_or_default();
        }
    }
}

fn describe(document: &mut Document, statement: &Statement) {
    document.title = statement.title.clone().unwrap_or_default();
    document.url.clone_from(&statement.url);
    document.capture = statement.captures.first().map_or_else(String::new, |c| match c.row {
        Some(row) => format!("{}#row {row}", c.digest),
        None => c.digest.to_string(),
    });
}

/// Adds places that were found after the findings were quoted.
pub(crate) struct Adder {
    documents: BTreeMap<(String, u32), u32>,
    segments: BTreeMap<(u32, u32, u32), u32>,
    places: BTreeMap<(u32, (u32, u32)), u32>,
}

impl Adder {
    pub fn of(findings: &Findings) -> Self {
        let documents = findings.documents.iter().zip(0..);
        let segments = findings.segments.iter().zip(0..);
        Self {
            documents: documents.map(|(d, n)| ((d.statement.clone(), d.revision), n)).collect(),
            segments: segments.map(|(s, n)| ((s.document, s.turn, s.segment), n)).collect(),
            places: BTreeMap::new(),
        }
    }

    /// The place of a word in `findings.evidence`.
    pub fn place(
        &mut self,
        findings: &mut Findings,
        statement: &Statement,
        date: corpus::Date,
        spoken: &Spoken<'_>,
        (span, word): ((u32, u32), &str),
    ) -> u32 {
        let key = (statement.id.clone(), statement.revision);
        let documents = &mut findings.documents;
        let document = *self.documents.entry(key).or_insert_with(|| {
            let mut document = Document {
                statement: statement.id.clone(),
                revision: statement.revision,
                date,
                source: statement.source.clone(),
                title: String::new(),
                url: String::new(),
                capture: String::new(),
                truncated: statement.truncated,
            };
            describe(&mut document, statement);
            documents.push(document);
            number(documents.len() - 1)
        });
        let segments = &mut findings.segments;
        let key = (document, spoken.turn, spoken.segment);
        let segment = *self.segments.entry(key).or_insert_with(|| {
            let turn = statement.turns.iter().find(|t| t.n == spoken.turn);
            segments.push(Segment {
                document,
                turn: spoken.turn,
                segment: spoken.segment,
                role: turn.map_or("", |t| t.role.name()).to_owned(),
                speaker: turn.and_then(|t| t.speaker.clone()).unwrap_or_default(),
                start: spoken.start,
                text: spoken.text.to_owned(),
            });
            number(segments.len() - 1)
        });
        let evidence = &mut findings.evidence;
        *self.places.entry((segment, span)).or_insert_with(|| {
            evidence.push(Evidence {
                segment,
                spans: vec![span],
                code: format!("word:{word}"),
                detail: spoken.lang.code().to_owned(),
                voice: Voice::Own,
                rule: "word".to_owned(),
            });
            number(evidence.len() - 1)
        })
    }
}
