//! Words between periods and collocates of targets, as tables, and the places behind them.

use std::collections::{BTreeMap, HashMap};

use corpus::{Coded, Statement};
use statistics::{TwoByTwo, benjamini_hochberg, log_odds, pooled_prior, wilson};

use crate::estimate::LEVEL;
use crate::observed::Observed;
use crate::quote::Adder;
use crate::words::{Contrast, Counted, Counts, Cut, RAREST, counting, own_words, places};
use crate::{Figure, Findings, Measure, Number, Study, Table, Unit, Words};

/// Places that each figure of a word names; its total says how many there are.
const NAMED: usize = 50;

/// Words whose adjusted p is above this are not shown.
const ALPHA: f64 = 0.05;

/// Figures of the chosen words, by contrast and word: their places in the two tables.
pub(crate) type Chosen = BTreeMap<Contrast, HashMap<String, Vec<(&'static str, usize)>>>;

const PERIODS: &str = "words";
const COLLOCATES: &str = "collocates";

/// The two tables, those that are not empty, and where the figures of each word stand in them.
pub(crate) fn tables(study: &Study, counts: Counts<'_>) -> (Vec<Table>, Chosen) {
    let Some(asked) = &study.words else { return (Vec::new(), Chosen::new()) };
    let mut chosen = Chosen::new();
    let (mut periods, mut collocates) = (Vec::new(), Vec::new());
    counts.each(|contrast, counted| {
        let (id, figures) = match contrast.cut {
            Cut::Periods => (PERIODS, &mut periods),
            Cut::Target(_) => (COLLOCATES, &mut collocates),
        };
        for (word, p, tests) in distinctive(asked, counted) {
            let of_word = figures_of(study, asked, &contrast, counted, (word, p, tests));
            let from = figures.len();
            figures.extend(of_word);
            let places = (from..figures.len()).map(|place| (id, place)).collect();
            chosen.entry(contrast).or_default().insert(word.to_owned(), places);
        }
    });
    let how = format!(
        "Words in English, spaced words in Korean, in Chinese runs of 2 to 4 characters that are \
         maximal repeats (left out where nine in ten of its units have a longer run); each counts once a unit. Shown are up to {} in either direction with \
         the largest z of the log-odds (Dirichlet prior from both groups together, as heavy as \
         the smaller one) among those in at least {} units and in one of {RAREST} (versions that \
         are set aside counted in) whose likelihood ratio has p below {ALPHA} after Benjamini and Hochberg over all words \
         of the language. Units of one text are not independent: read it as a ranking. Only one \
         language is compared at a time.",
        asked.shown, asked.least
    );
    let topic = if asked.on_topic { " on the study's topic" } else { "" };
    let tables = [
        Table {
            id: PERIODS.to_owned(),
            title: "Words of the two periods".to_owned(),
            about: format!(
                "Own words of whole texts{topic}, {} against {}; the unit is the utterance. \
                 Positive: more in the later period. {how}",
                asked.after.label(),
                asked.before.label()
            ),
            figures: periods,
        },
        Table {
            id: COLLOCATES.to_owned(),
            title: "Words beside a target".to_owned(),
            about: format!(
                "Own-voice segments of whole texts that name the target against those that do \
                 not. Positive: more beside the target. {how}"
            ),
            figures: collocates,
        },
    ];
    (tables.into_iter().filter(|t| !t.figures.is_empty()).collect(), chosen)
}

/// The signed likelihood ratio and the z of the log-odds, second group against the first.
struct Tests {
    g2: f64,
    z: Option<f64>,
}

/// The words that are shown, the most distinctive of the second group first, with adjusted p.
fn distinctive<'v>(asked: &Words, counted: &Counted<'v>) -> Vec<(&'v str, f64, Tests)> {
    let [first, second] = counted.units;
    let of = |group: usize| -> Vec<u64> { counted.words.iter().map(|(_, c)| c[group]).collect() };
    let (later, earlier) = (of(1), of(0));
    let prior = pooled_prior(&later, &earlier);
    let odds = log_odds(&later, &earlier, &prior).unwrap_or_default();
    let mut tested = Vec::new();
    for (place, &(word, [a, b])) in counted.words.iter().enumerate() {
        let table = TwoByTwo::new((b, second), (a, first));
        let Some(keyness) = table.and_then(TwoByTwo::keyness) else { continue };
        let z = odds.get(place).copied().flatten().map(|o| o.z);
        tested.push((word, keyness.p, Tests { g2: keyness.g2, z }));
    }
    let p: Vec<f64> = tested.iter().map(|t| t.1).collect();
    let Some(adjusted) = benjamini_hochberg(&p) else { return Vec::new() };
    for (one, adjusted) in tested.iter_mut().zip(adjusted) {
        one.1 = adjusted;
    }
    tested.retain(|(_, p, tests)| *p < ALPHA && tests.z.is_some());
    let z = |t: &Tests| t.z.unwrap_or(0.0);
    tested.sort_by(|a, b| z(&b.2).total_cmp(&z(&a.2)).then_with(|| a.0.cmp(b.0)));
    let (more, less): (Vec<_>, Vec<_>) = tested.into_iter().partition(|t| t.2.g2 > 0.0);
    let skip = less.len().saturating_sub(asked.shown);
    more.into_iter().take(asked.shown).chain(less.into_iter().skip(skip)).collect()
}

fn figures_of(
    study: &Study,
    asked: &Words,
    contrast: &Contrast,
    counted: &Counted<'_>,
    (word, p, tests): (&str, f64, Tests),
) -> Vec<Figure> {
    let side = study.sides.get(contrast.side).map_or("", |s| s.id.as_str());
    let lang = contrast.lang.code();
    let (unit, detail) = match contrast.cut {
        Cut::Periods => (Unit::Utterances, lang.to_owned()),
        Cut::Target(number) => {
            let target = asked.collocates.get(number).map_or("", String::as_str);
            (Unit::Segments, format!("{lang}, beside {target}"))
        }
    };
    let both = counted.of(word);
    let head = |measure: Measure| {
        let mut figure = Figure::count(side, study.period, &format!("word:{word}"), unit, 0);
        figure.voice = "own".to_owned();
        figure.detail.clone_from(&detail);
        if contrast.cut == Cut::Periods && asked.on_topic {
            figure.topic = study.topic.clone().unwrap_or_else(|| "all".to_owned());
        }
        figure.measure = measure;
        (figure.k, figure.n) = (both[0] + both[1], counted.units[0] + counted.units[1]);
        figure
    };
    let share = |group: usize, period: String| {
        let mut figure = head(Measure::Share);
        (figure.k, figure.n) = (both[group], counted.units[group]);
        figure.value = Some(figure.k as f64 / figure.n as f64);
        if let Some(interval) = wilson(figure.k, figure.n, LEVEL) {
            (figure.lo, figure.hi) = (Some(interval.low), Some(interval.high));
            (figure.wilson_lo, figure.wilson_hi) = (figure.lo, figure.hi);
            figure.interval = Some("wilson".to_owned());
        }
        figure.period = period;
        figure
    };
    let mut figures = match contrast.cut {
        Cut::Periods => vec![share(0, asked.before.label()), share(1, asked.after.label())],
        Cut::Target(_) => vec![share(1, study.period.label())],
    };
    let mut ratio = head(Measure::Keyness);
    (ratio.value, ratio.p_adjusted) = (Some(tests.g2), Some(p));
    let mut odds = head(Measure::LogOdds);
    odds.value = tests.z;
    if contrast.cut == Cut::Periods {
        "later against earlier".clone_into(&mut ratio.period);
        odds.period.clone_from(&ratio.period);
    }
    figures.extend([ratio, odds]);
    figures
}

/// Third pass: the places of the chosen words among some statements; of `only`, all of them.
pub(crate) fn find(
    study: &Study,
    observed: &Observed,
    (statements, coded): (&[Statement], &[Coded]),
    (chosen, only): (&Chosen, Option<&Number>),
    findings: &mut Findings,
    adder: &mut Adder,
) {
    let named = |id: &str, place: usize| match only {
        None => NAMED,
        Some(only) if only.table == id && only.row == place + 1 => usize::MAX,
        Some(_) => 0,
    };
    let Some(asked) = &study.words else { return };
    for (text, statement, coded) in counting(observed, statements, coded) {
        for one in own_words(statement, coded) {
            let utterance = coded.utterances.iter().find(|u| u.turns.contains(&one.turn));
            let topic = |t: &String| utterance.is_some_and(|u| u.is_about(t, one.turn, one.start));
            let on_topic = !asked.on_topic || study.topic.as_ref().is_none_or(topic);
            let group = [asked.before, asked.after].iter().position(|p| p.contains(text.date));
            let mut cuts: Vec<(Cut, usize)> = Vec::new();
            cuts.extend(group.filter(|_| on_topic).map(|group| (Cut::Periods, group)));
            if study.period.contains(text.date) {
                for (number, target) in asked.collocates.iter().enumerate() {
                    let here =
                        |m: &&corpus::Mention| (m.turn, m.segment) == (one.turn, one.segment);
                    let named = coded.mentions.iter().filter(here).any(|m| m.code == *target);
                    cuts.push((Cut::Target(number), usize::from(named)));
                }
            }
            let contrast = |cut: Cut| Contrast { side: text.side, lang: one.lang, cut };
            let cuts = cuts.into_iter().filter_map(|(cut, group)| {
                chosen.get(&contrast(cut)).map(|words| (cut, group, words))
            });
            let cuts: Vec<_> = cuts.collect();
            if cuts.is_empty() {
                continue;
            }
            for (word, start, end) in places(one.text, one.lang) {
                let span = (one.start + start as u32, one.start + end as u32);
                for &(cut, group, words) in &cuts {
                    let Some(figures) = words.get(word.as_ref()) else { continue };
                    for (rank, (id, place)) in figures.iter().enumerate() {
                        // The share of one group names the places of that group only.
                        let of_group = match cut {
                            Cut::Periods => rank > 1 || rank == group,
                            Cut::Target(_) => rank > 0 || group == 1,
                        };
                        if !of_group {
                            continue;
                        }
                        // A place that no figure names is not kept.
                        if counted(findings, id, *place)
                            .is_none_or(|so_far| so_far >= named(id, *place))
                        {
                            continue;
                        }
                        let found = (span, word.as_ref());
                        let evidence = adder.place(findings, statement, text.date, &one, found);
                        if let Some(figure) = figure(findings, id, *place) {
                            figure.evidence.push(evidence);
                        }
                    }
                }
            }
        }
    }
}

/// Counts one more place of a figure; gives how many it names already.
fn counted(findings: &mut Findings, table: &str, place: usize) -> Option<usize> {
    let figure = figure(findings, table, place)?;
    figure.evidence_total += 1;
    Some(figure.evidence.len())
}

fn figure<'f>(findings: &'f mut Findings, table: &str, place: usize) -> Option<&'f mut Figure> {
    findings.tables.iter_mut().find(|t| t.id == table)?.figures.get_mut(place)
}
