//! Findings: tables of figures, each with the segments that it counts, and verdicts on claims.
//!
//! One value for every format: `report` renders it and adds nothing to its numbers.

use corpus::Digest;
use serde::{Deserialize, Serialize};

use crate::{Document, Event, Evidence, Period, Segment};

/// What a study found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// The study's id.
    pub study: String,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub about: String,
    /// Its period, `2022-02-01/2022-07-31`.
    pub period: String,
    /// Its topic.
    pub topic: Option<String>,
    /// Side ids with their labels, in the study's order.
    pub sides: Vec<(String, String)>,
    /// The study's events.
    pub events: Vec<Event>,
    /// What the report names about its own making.
    pub provenance: Provenance,
    /// What the corpus can and cannot show, in sentences computed from it.
    pub notes: Vec<Note>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The verdicts on the study's claims.
    pub claims: Vec<Verdict>,
    /// How what was counted was counted.
    pub methods: Vec<String>,
    /// The codebook's entries that the tables show, and the sources by their ids.
    pub codes: Vec<Code>,
    /// The counted places that figures name; see [`crate::evidence`].
    pub evidence: Vec<Evidence>,
    /// The sentences that the counted places stand in, each once.
    pub segments: Vec<Segment>,
    /// The statements that they stand in, and those that figures count.
    pub documents: Vec<Document>,
}

/// What a report names about its own making; the mouth fills it in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Program and version.
    pub program: String,
    /// The codebook's name.
    pub codebook: String,
    /// Its digest.
    pub codebook_digest: Option<Digest>,
    /// Digest over all partitions that were measured.
    pub corpus_digest: Option<Digest>,
    /// Digest over everything that the numbers follow from, which `verify --expect` takes.
    pub root: Option<Digest>,
    /// Only what was known at this time; the latest revisions where it is missing.
    pub as_of: Option<String>,
    /// How well the codes agree with coded samples, a sentence each.
    pub agreement: Vec<String>,
    /// Whom the rules take the publishers to charge hardly ever, a clause each.
    #[serde(default)]
    pub spared: Vec<String>,
}

/// A codebook entry, or a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Code {
    /// Family and id, `frame:hegemony`; of a source its id.
    pub code: String,
    /// A name that people read.
    pub label: String,
}

/// A sentence about the corpus, with the side that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Side id; `None` where it is about all.
    pub side: Option<String>,
    /// The sentence.
    pub text: String,
}

/// Figures of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// `frames`.
    pub id: String,
    /// A title that people read.
    pub title: String,
    /// What is counted, over what, and what that does not show.
    pub about: String,
    /// The figures, sorted as they are to be read.
    pub figures: Vec<Figure>,
}

/// How something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// A plain count.
    Count,
    /// Places at which a code was found.
    Occurrences,
    /// Utterances with the code over all utterances, from 0 to 1.
    Share,
    /// Own-voice segments with the code per 100 own-voice segments.
    Rate,
    /// Answers with the code over answers whose question has it, from 0 to 1.
    Prompted,
    /// Occurrences of one code over those of all that stand in for one another, from 0 to 1.
    Composition,
    /// One share less another, from -1 to 1.
    Difference,
    /// Level change at an event, in the series' unit.
    Level,
    /// Change of slope at an event, in the series' unit a week.
    Slope,
    /// Log-odds ratio with an informative Dirichlet prior, as z.
    LogOdds,
    /// Signed likelihood ratio of a two by two table.
    Keyness,
    /// The share of the period's weeks that have a whole text.
    Coverage,
}

impl Measure {
    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Occurrences => "occurrences",
            Self::Share => "share",
            Self::Rate => "rate",
            Self::Prompted => "prompted",
            Self::Composition => "composition",
            Self::Difference => "difference",
            Self::Level => "level",
            Self::Slope => "slope",
            Self::LogOdds => "log-odds",
            Self::Keyness => "keyness",
            Self::Coverage => "coverage",
        }
    }
}

/// What `n` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Statements.
    Statements,
    /// Utterances: answers with their questions, whole texts elsewhere.
    Utterances,
    /// Utterances that have a question.
    Questions,
    /// Own-voice segments.
    Segments,
    /// Occurrences of codes.
    Occurrences,
    /// Attributions of blame.
    Blames,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
}

impl Unit {
    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Utterances => "utterances",
            Self::Questions => "questions",
            Self::Segments => "segments",
            Self::Occurrences => "occurrences",
            Self::Blames => "blames",
            Self::Weeks => "weeks",
            Self::Days => "days",
        }
    }

    /// So many of it: `1 utterance`, `2 utterances`.
    pub fn counted(self, n: u64) -> String {
        let name = self.name();
        format!("{n} {}", if n == 1 { name.trim_end_matches('s') } else { name })
    }
}

/// One number with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Side id; two ids apart by ` - ` for a difference.
    pub side: String,
    /// `own`, `relayed`, `question`, or `any`.
    pub voice: String,
    /// `all` or a topic id.
    pub topic: String,
    /// `2022-02-01/2022-07-31`, or a month.
    pub period: String,
    /// Family and id, or what a row of a plain count is about.
    pub code: String,
    /// What narrows the code: a kind of blame, `referent ukraine-war`, a holder, a written form.
    pub detail: String,
    /// How it is counted.
    pub measure: Measure,
    /// The number; `None` with the reason in `empty`.
    pub value: Option<f64>,
    /// Lower end of the interval by resampling statements; by formula where `interval` says so.
    pub lo: Option<f64>,
    /// Upper end.
    pub hi: Option<f64>,
    /// What made `lo` and `hi`: `cluster-bootstrap`, `wilson`, `newcombe`, `newey-west`.
    pub interval: Option<String>,
    /// Wilson's interval, as if units were independent.
    pub wilson_lo: Option<f64>,
    /// Its upper end.
    pub wilson_hi: Option<f64>,
    /// Variance under clustering over variance if units were independent.
    pub design_effect: Option<f64>,
    /// Units that count.
    pub k: u64,
    /// Units, all of whole texts.
    pub n: u64,
    /// What `k` and `n` count.
    pub unit: Unit,
    /// Statements that the units stand in.
    pub statements: u64,
    /// Occurrences or statements found in cut texts, on top; they are in no share and no rate.
    pub cut: u64,
    /// p value adjusted for the tests of its table, where something is tested.
    pub p_adjusted: Option<f64>,
    /// Why there is no number.
    pub empty: Option<String>,
    /// Places in [`Findings::evidence`]: what it counts, in whole and in cut texts.
    pub evidence: Vec<u32>,
    /// How many places it counts; more than `evidence` has only where the study finds more than
    /// [`crate::evidence::MOST`].
    pub evidence_total: u64,
    /// Places in [`Findings::documents`]: the texts of a figure that counts texts, or days or
    /// weeks with a text.
    pub documents: Vec<u32>,
    /// How many texts that are; more than `documents` has as with `evidence_total`.
    pub documents_total: u64,
}

impl Findings {
    /// Whether no side has any text in the period, so that every number is one of nothing.
    pub fn counts_nothing(&self) -> bool {
        let coverage = self.tables.iter().filter(|table| table.id == "coverage");
        coverage.flat_map(|table| &table.figures).all(|figure| figure.k == 0)
    }

    /// Rounds every number to ten decimals: more than any of them means, and few enough that
    /// every machine prints and reads back the same.
    pub(crate) fn round(&mut self) {
        let of_tables = self.tables.iter_mut().flat_map(|t| &mut t.figures);
        let of_claims =
            self.claims.iter_mut().flat_map(|c| c.against.iter_mut().chain([&mut c.figure]));
        of_tables.chain(of_claims).for_each(Figure::round);
    }
}

impl Figure {
    /// Whether both count the same thing at the same place, so that they have the same segments.
    pub(crate) fn counts_like(&self, other: &Self) -> bool {
        fn of(f: &Figure) -> [&str; 6] {
            [&f.side, &f.voice, &f.topic, &f.period, &f.code, &f.detail]
        }
        self.measure == other.measure && of(self) == of(other)
    }

    fn round(&mut self) {
        let numbers = [
            &mut self.value,
            &mut self.lo,
            &mut self.hi,
            &mut self.wilson_lo,
            &mut self.wilson_hi,
            &mut self.design_effect,
            &mut self.p_adjusted,
        ];
        for number in numbers.into_iter().flatten() {
            *number = (*number * 1e10).round() / 1e10;
        }
    }

    /// A plain count.
    pub(crate) fn count(side: &str, period: Period, code: &str, unit: Unit, count: u64) -> Self {
        Self {
            side: side.to_owned(),
            voice: "any".to_owned(),
            topic: "all".to_owned(),
            period: period.label(),
            code: code.to_owned(),
            detail: String::new(),
            measure: Measure::Count,
            value: Some(count as f64),
            lo: None,
            hi: None,
            interval: None,
            wilson_lo: None,
            wilson_hi: None,
            design_effect: None,
            k: count,
            n: count,
            unit,
            statements: 0,
            cut: 0,
            p_adjusted: None,
            empty: None,
            evidence: Vec::new(),
            evidence_total: 0,
            documents: Vec::new(),
            documents_total: 0,
        }
    }
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// The estimate lies where the claim puts it, with its whole interval.
    Supported,
    /// It lies on the other side, with its whole interval.
    Contradicted,
    /// A condition failed, or the interval holds the threshold.
    NotDecidable,
}

impl VerdictKind {
    /// The words that are printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::NotDecidable => "not decidable",
        }
    }
}

/// A claim and what the corpus says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The claim's id.
    pub id: String,
    /// The claim in our words.
    pub claim: String,
    /// Where it stands.
    pub section: String,
    /// The verdict.
    pub verdict: VerdictKind,
    /// Which condition failed, or where the estimate lies.
    pub reason: String,
    /// What would have shown it: `China, own voice: share of utterances with ... below 5 %`.
    pub expected: String,
    /// What the estimand leaves open.
    pub caution: Option<String>,
    /// The estimate.
    pub figure: Figure,
    /// What it is compared with.
    pub against: Option<Figure>,
}
