//! Naming by written form: each form as it stands in questions and in what the state says, and how
//! many of them mean the study's event.

use std::collections::BTreeMap;

use corpus::Role;

use super::Making;
use crate::tally::HitAt;
use crate::{Figure, Measure, Table, Unit};

/// The table of written forms.
pub(crate) fn written(making: &mut Making<'_, '_>) -> Table {
    let mut found: BTreeMap<(usize, u32, u32, &'static str), Counted> = BTreeMap::new();
    let observed = making.observed;
    let topic = making.study.topic.as_deref().and_then(|t| observed.names.find(t));
    for (number, text) in observed.texts.iter().enumerate() {
        if !making.study.period.contains(text.date) {
            continue;
        }
        for (place, utterance) in text.utterances.iter().enumerate() {
            for (at, hit) in utterance.hits.iter().enumerate().filter(|(_, h)| h.form != 0) {
                let speaker = if hit.role == Role::Question { "question" } else { "statement" };
                let at = (number as u32, place as u32, at as u32);
                let meant = topic.is_some_and(|t| hit.referent == t);
                let entry = found.entry((text.side, hit.code, hit.form, speaker)).or_default();
                entry.add(at, (meant, text.truncated), observed.named.kept());
            }
        }
    }
    let figures = found.into_iter().flat_map(|((side, code, form, speaker), counted)| {
        let head = |detail: String| {
            let names = &observed.names;
            let mut figure = Figure::count(
                making.side(side),
                making.study.period,
                &format!("{} {}", names.of(code), names.of(form)),
                Unit::Occurrences,
                0,
            );
            figure.voice = speaker.to_owned();
            figure.measure = Measure::Occurrences;
            figure.detail = detail;
            figure
        };
        let all = counted.all.figure(head(String::new()));
        let meant = making
            .study
            .topic
            .as_deref()
            .map(|topic| counted.meant.figure(head(format!("referent {topic}"))));
        [Some((all, counted.all.hits)), meant.map(|m| (m, counted.meant.hits))]
    });
    let figures: Vec<(Figure, Vec<HitAt>)> = figures.flatten().collect();
    let figures = figures.into_iter().map(|(mut figure, hits)| {
        making.quoted.places(&mut figure, &hits);
        figure
    });
    let about = "Every written form of a naming term, in journalists' questions and in what the \
                 state says (own and relayed words together), all and those that mean the study's \
                 event.";
    let figures = figures.collect();
    Making::table("naming-forms", "What it is called, word by word", about, figures)
}

#[derive(Default)]
struct Counted {
    all: Count,
    meant: Count,
}

#[derive(Default)]
struct Count {
    whole: u64,
    cut: u64,
    hits: Vec<HitAt>,
}

impl Counted {
    fn add(&mut self, at: HitAt, (meant, cut): (bool, bool), named: usize) {
        self.all.add(at, cut, named);
        if meant {
            self.meant.add(at, cut, named);
        }
    }
}

impl Count {
    fn add(&mut self, at: HitAt, cut: bool, named: usize) {
        *(if cut { &mut self.cut } else { &mut self.whole }) += 1;
        if self.hits.len() < named {
            self.hits.push(at);
        }
    }

    fn figure(&self, mut figure: Figure) -> Figure {
        (figure.k, figure.n, figure.cut) = (self.whole, self.whole, self.cut);
        figure.value = Some(self.whole as f64);
        figure.evidence_total = self.whole + self.cut;
        figure
    }
}
