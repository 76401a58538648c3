//! The tables of a study, one small file a kind.

mod before_after;
mod change;
mod cited;
mod coded;
mod coverage;
mod differences;
mod editions;
mod forms;
mod keyness;
mod prompted;
mod relay;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use corpus::Voice;

use crate::observed::{Observed, Text};
use crate::quote::Quoted;
use crate::tally::{Facet, HitAt, Place, Scope, Tally, tally};
use crate::{Code, Figure, Findings, Measure, Setting, Study, Table, Unit};

pub(crate) use coverage::weeks_with_text;
pub(crate) use prompted::taken_up;

/// All tables of `study`, without verdicts and notes, and the segments that they name.
pub(crate) fn all<'a>(
    study: &'a Study,
    observed: &'a Observed,
    setting: &'a Setting,
) -> (Findings, Quoted<'a>) {
    let tally = tally(study, observed, study.period);
    let quoted = Quoted::new(observed);
    let mut making = Making { study, observed, setting, tally: &tally, quoted };
    let mut tables = vec![coverage::by_side(&mut making), coverage::by_month(&mut making)];
    tables.push(editions::sources(&mut making));
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        tables.push(coded::whole_period(&mut making, family));
    }
    tables.push(editions::measured(&mut making));
    tables.push(forms::written(&mut making));
    tables.push(differences::between_sides(&mut making));
    tables.extend(before_after::table(&mut making));
    tables.push(keyness::between_sides(&mut making));
    tables.push(relay::holders(&mut making));
    tables.extend(prompted::tables(&mut making));
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        tables.push(coded::by_month(&mut making, family));
    }
    tables.extend(change::tables(&mut making));
    tables.extend(cited::table(&mut making));
    tables.retain(|t| !t.figures.is_empty());
    let codes = making.codes();
    let findings = Findings {
        study: study.id.clone(),
        title: study.title.clone(),
        about: study.about.clone(),
        period: study.period.label(),
        topic: study.topic.clone(),
        sides: study.sides.iter().map(|s| (s.id.clone(), s.label.clone())).collect(),
        events: study.events.clone(),
        provenance: provenance(study, setting),
        tables,
        codes,
        ..Findings::default()
    };
    (findings, making.quoted)
}

/// Whether a figure or a claim of the study can count `code`.
pub(crate) fn counts(study: &Study, code: &str) -> bool {
    let families = [coded::NAMING, coded::FRAMES, coded::BLAME];
    let family =
        |f: &coded::Family| code.strip_prefix(f.name()).is_some_and(|c| c.starts_with(':'));
    let claims = study.claims.iter().flat_map(|claim| {
        let against = claim.against.iter().flat_map(|a| a.codes.iter().flatten());
        claim.estimand.codes.iter().chain(&claim.estimand.given).chain(against)
    });
    let window = study.window.iter().flat_map(|window| &window.codes);
    let mut named = study.refusals.iter().chain(&study.substitutes).chain(&study.prompts);
    families.iter().any(family)
        || named.any(|c| c == code)
        || claims.chain(window).any(|c| c == code)
}

/// What the report names about its own making, the study's word on its codes first.
fn provenance(study: &Study, setting: &Setting) -> crate::Provenance {
    let mut made = setting.provenance.clone();
    made.agreement.splice(0..0, study.agreement.iter().cloned());
    made
}

/// What the tables are made from.
///
/// The observations outlive the tally, because what is quoted of them is handed over after the
/// tally is gone.
pub(crate) struct Making<'a, 't> {
    pub study: &'a Study,
    pub observed: &'a Observed,
    pub setting: &'a Setting,
    pub tally: &'t Tally,
    pub quoted: Quoted<'a>,
}

impl<'a> Making<'a, '_> {
    /// The scopes that the study is shown for.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.study.topic.is_some() { &[Scope::Topic, Scope::All] } else { &[Scope::All] }
    }

    /// The topic column of a scope.
    pub fn topic(&self, scope: Scope) -> String {
        match scope {
            Scope::All => "all".to_owned(),
            Scope::Topic => self.study.topic.clone().unwrap_or_default(),
        }
    }

    /// The codes of a family, declared or found, that the study compares; sorted.
    pub fn family(&self, family: &str) -> Vec<String> {
        let prefix = format!("{family}:");
        // Blame is found of whatever target the codebook declares.
        let declared = if family == "blame" { "target:".to_owned() } else { prefix.clone() };
        let mut codes = BTreeSet::new();
        for code in &self.setting.codes {
            if let Some(id) = code.code.strip_prefix(&declared) {
                codes.insert(format!("{prefix}{id}"));
            }
        }
        for (_, key) in self.tally.cells.keys() {
            let name = self.observed.names.of(key.code);
            if name.starts_with(&prefix) {
                codes.insert(name.to_owned());
            }
        }
        let chosen = &self.study.codes;
        let wanted =
            |code: &String| chosen.is_empty() || chosen.iter().any(|c| c == code || *c == family);
        codes.into_iter().filter(wanted).collect()
    }

    /// Labels of all codes that can stand in a table, and names of the sources that are counted.
    fn codes(&self) -> Vec<Code> {
        let mut codes: BTreeMap<String, String> = BTreeMap::new();
        for source in self.setting.sources.iter() {
            if self.observed.names.find(&source.id).is_some() {
                codes.insert(source.id.clone(), source.label.clone());
            }
        }
        for code in &self.setting.codes {
            codes.insert(code.code.clone(), code.label.clone());
            if let Some(id) = code.code.strip_prefix("target:") {
                codes.insert(format!("blame:{id}"), code.label.clone());
            }
        }
        codes.into_iter().map(|(code, label)| Code { code, label }).collect()
    }

    /// Side ids by number.
    pub fn side(&self, side: usize) -> &str {
        self.study.sides.get(side).map_or("", |s| s.id.as_str())
    }

    /// An empty figure at a place.
    pub fn figure(&self, place: &Place, voice: Voice, code: &str, measure: Measure) -> Figure {
        let period = place.month.clone().unwrap_or_else(|| self.study.period.label());
        let unit = match measure {
            Measure::Rate => Unit::Segments,
            Measure::Occurrences => Unit::Occurrences,
            _ if voice == Voice::Question => Unit::Questions,
            _ => Unit::Utterances,
        };
        Figure {
            voice: voice.name().to_owned(),
            topic: self.topic(place.scope),
            period,
            measure,
            value: None,
            unit,
            ..Figure::count(self.side(place.side), self.study.period, code, unit, 0)
        }
    }

    /// Attaches the segments that a figure counts, `total` of them.
    pub fn quote<'h>(
        &mut self,
        figure: &mut Figure,
        hits: impl IntoIterator<Item = &'h HitAt>,
        total: u64,
    ) {
        self.quoted.places(figure, hits);
        figure.evidence_total = total;
    }

    /// Attaches the texts that a figure counts.
    pub fn name(&mut self, figure: &mut Figure, texts: impl IntoIterator<Item = &'a Text>) {
        self.quoted.documents(figure, texts);
    }

    /// The detail column of a facet.
    pub fn detail(&self, facet: Facet) -> String {
        match facet {
            Facet::Any => String::new(),
            Facet::Kind(kind) => kind.name().to_owned(),
            // The only referent that is asked for is the study's topic, found or not.
            Facet::Referent(_) => {
                format!("referent {}", self.study.topic.as_deref().unwrap_or("unknown"))
            }
        }
    }

    /// A table.
    pub fn table(id: &str, title: &str, about: &str, figures: Vec<Figure>) -> Table {
        Table { id: id.to_owned(), title: title.to_owned(), about: about.to_owned(), figures }
    }
}
