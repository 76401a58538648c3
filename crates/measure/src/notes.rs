//! Notes: what the corpus can and cannot show, in sentences computed from it.

use std::collections::{BTreeMap, BTreeSet};

use corpus::source::Sources;

use crate::estimate::LEAST_N;
use crate::evidence::{FEW, MOST};
use crate::number::Named;
use crate::observed::{Observed, Text};
use crate::tables::weeks_with_text;
use crate::{Findings, Note, Side, Study};

/// The sentences of a study.
pub(crate) fn sentences(
    study: &Study,
    observed: &Observed,
    findings: &Findings,
    sources: &Sources,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for (number, side) in study.sides.iter().enumerate() {
        let mut say = |text: String| notes.push(Note { side: Some(side.id.clone()), text });
        let all: Vec<&Text> = of_side(&observed.texts, study, number);
        let aside = of_side(&observed.set_aside, study, number);
        if all.is_empty() && aside.is_empty() {
            say(format!(
                "{}: the corpus holds no text of {}; nothing can be said about this side, its \
                 silence included.",
                side.label,
                study.period.label()
            ));
            continue;
        }
        for (label, members) in groups(side, (observed, sources), &all, &aside) {
            say(group_sentence(study, observed, &label, &members, &all, &aside));
        }
        for (source, texts) in only_cut(observed, &all, &aside) {
            let source = called(sources, &source);
            say(format!(
                "{}: {source} is held only in excerpts, {} cut short; what they hold counts, what \
                 they lack says nothing.",
                side.label,
                counted(texts, "text", "texts")
            ));
        }
        say(thinness(study, observed, number, side, &all));
        if let Some(undated) = observed.undated.get(&number) {
            say(format!("{}: {undated} texts have no date and lie in no period.", side.label));
        }
    }
    notes.extend(undeclared(study, sources));
    notes.extend(withheld(findings));
    if matches!(observed.named, Named::First(_)) {
        notes.push(general(&format!(
            "More than {MOST} places or texts are counted: each number opens its first {FEW} \
             segments, says how many there are and names the command that writes all of them \
             (`demarche report --number`)."
        )));
    }
    notes.push(general(
        "The texts are all that was published and found: an interval speaks of the process that \
         made them, not of sampling from a larger whole.",
    ));
    notes.push(general(
        "Between languages only codes are compared, as shares of utterances and rates per 100 \
         own-voice segments; words and characters of different languages are not.",
    ));
    notes
}

/// Sources and states that the study names and no source file declares: a misspelt one would be
/// silence otherwise.
fn undeclared(study: &Study, sources: &Sources) -> Option<Note> {
    let unknown = study.undeclared(sources);
    (!unknown.is_empty()).then(|| {
        general(&format!(
            "The study names what no source file declares, so that nothing can belong to it: {}.",
            unknown.join(", ")
        ))
    })
}

/// What people call a source; its id where no file declares it.
fn called(sources: &Sources, id: &str) -> String {
    sources.iter().find(|s| s.id == id).map_or_else(|| id.to_owned(), |s| s.label.clone())
}

fn general(text: &str) -> Note {
    Note { side: None, text: text.to_owned() }
}

fn of_side<'a>(list: &'a [Text], study: &Study, side: usize) -> Vec<&'a Text> {
    list.iter().filter(|t| t.side == side && study.period.contains(t.date)).collect()
}

/// Sources of which no text is whole, with how many there are.
fn only_cut(observed: &Observed, all: &[&Text], aside: &[&Text]) -> BTreeMap<String, usize> {
    let mut cut: BTreeMap<String, usize> = BTreeMap::new();
    let texts = || all.iter().chain(aside);
    for text in texts() {
        *cut.entry(observed.names.of(text.source).to_owned()).or_default() += 1;
    }
    for text in texts().filter(|text| !text.truncated) {
        cut.remove(observed.names.of(text.source));
    }
    cut
}

/// The side's declared groups, and each further source on its own.
fn groups(
    side: &Side,
    (observed, sources): (&Observed, &Sources),
    all: &[&Text],
    aside: &[&Text],
) -> Vec<(String, BTreeSet<String>)> {
    let found: BTreeSet<String> =
        all.iter().chain(aside).map(|t| observed.names.of(t.source).to_owned()).collect();
    let mut rest = found.clone();
    let mut groups = Vec::new();
    for group in &side.groups {
        let sources: BTreeSet<String> = group.sources.iter().cloned().collect();
        rest.retain(|s| !sources.contains(s));
        groups.push((format!("{}, {}", side.label, group.label), sources));
    }
    for source in rest {
        let called = called(sources, &source);
        groups.push((format!("{}, {called}", side.label), BTreeSet::from([source])));
    }
    groups
}

/// `DPRK, Rodong Sinmun: 65 texts, all whole; none is on the topic.`
fn group_sentence(
    study: &Study,
    observed: &Observed,
    label: &str,
    sources: &BTreeSet<String>,
    all: &[&Text],
    aside: &[&Text],
) -> String {
    let inside = |t: &&&Text| sources.contains(observed.names.of(t.source));
    let mut texts: Vec<&Text> = all.iter().filter(inside).copied().collect();
    texts.extend(aside.iter().filter(inside).copied());
    if texts.is_empty() {
        return format!("{label}: no text of {}.", study.period.label());
    }
    let whole = texts.iter().filter(|t| !t.truncated).count();
    let mut sentence = format!(
        "{label}: {}, {}",
        counted(texts.len(), "text", "texts"),
        match whole {
            0 => "none of them whole".to_owned(),
            n if n == texts.len() => "all whole".to_owned(),
            n => format!("{n} of them whole"),
        }
    );
    if let Some((about, naming)) = on_subject(study, observed, &texts) {
        sentence.push_str("; ");
        sentence.push_str(&subject_clause(&about, &naming));
    }
    sentence.push('.');
    sentence
}

/// The texts that name the study's subject, and what naming it is called.
fn on_subject<'a>(
    study: &Study,
    observed: &Observed,
    texts: &[&'a Text],
) -> Option<(String, Vec<&'a Text>)> {
    if let Some(subject) = &study.subject {
        let naming = texts.iter().filter(|t| t.names_subject).copied();
        return Some((format!("name {}", subject.label), naming.collect()));
    }
    let topic = study.topic.as_deref()?;
    let code = observed.names.find(topic);
    let on = |t: &&&Text| t.utterances.iter().any(|u| u.topics.iter().any(|&x| Some(x) == code));
    Some((format!("touch the topic {topic}"), texts.iter().filter(on).copied().collect()))
}

fn subject_clause(about: &str, naming: &[&Text]) -> String {
    if naming.is_empty() {
        return format!("none of them {}", third_person(about));
    }
    let verb = if naming.len() == 1 { third_person(about) } else { about.to_owned() };
    let whole: Vec<&&Text> = naming.iter().filter(|t| !t.truncated).collect();
    let mut clause = format!("{} {verb}", naming.len());
    let which = match whole.len() {
        0 => ", none of them whole".to_owned(),
        n if n == naming.len() => ", all whole".to_owned(),
        n => format!(", {n} of them whole"),
    };
    clause.push_str(&which);
    // Versions that are linked among themselves are one statement.
    let families: BTreeSet<&[Box<str>]> = whole.iter().map(|t| t.versions()).collect();
    if families.len() < whole.len() {
        let them = if whole.len() == naming.len() { "they" } else { "these whole ones" };
        let statements = counted(families.len(), "statement", "statements");
        clause.push_str(&format!(", and {them} are {} versions of {statements}", whole.len()));
    }
    clause
}

fn third_person(about: &str) -> String {
    match about.split_once(' ') {
        Some(("touch", rest)) => format!("touches {rest}"),
        Some((verb, rest)) => format!("{verb}s {rest}"),
        None => about.to_owned(),
    }
}

/// How much of the period a side covers and how many statements its shares rest on.
fn thinness(
    study: &Study,
    observed: &Observed,
    number: usize,
    side: &Side,
    all: &[&Text],
) -> String {
    let whole = all.iter().filter(|t| !t.truncated).count();
    let (with, weeks) = weeks_with_text(observed, number, study.period);
    let aside = of_side(&observed.set_aside, study, number).len();
    let versions = match aside {
        0 => String::new(),
        n => format!(" ({n} versions of counted ones set aside)"),
    };
    let mut sentence = format!(
        "{}, in all: {} counted{versions}, {whole} of them whole; {with} of {weeks} weeks have a \
         whole text",
        side.label,
        counted(all.len(), "text", "texts"),
    );
    if let Some(topic) = study.topic.as_deref() {
        let code = observed.names.find(topic);
        let on: u64 = all
            .iter()
            .filter(|t| !t.truncated)
            .flat_map(|t| &t.utterances)
            .filter(|u| u.answered && u.topics.iter().any(|&x| Some(x) == code))
            .count() as u64;
        let utterances = counted(on as usize, "utterance", "utterances");
        sentence.push_str(&format!("; {utterances} of whole texts on {topic}"));
        if on < LEAST_N {
            sentence.push_str(&format!(
                ", fewer than {LEAST_N}: no share on the topic is compared and no line is drawn"
            ));
        }
    }
    sentence.push('.');
    sentence
}

/// How many monthly numbers were withheld.
fn withheld(findings: &Findings) -> Option<Note> {
    let monthly = findings.tables.iter().filter(|t| t.id.ends_with("-by-month"));
    let empty = monthly.flat_map(|t| &t.figures).filter(|f| f.value.is_none()).count();
    (empty > 0).then(|| {
        general(&format!(
            "{empty} monthly numbers are not given because they would rest on fewer than \
             {LEAST_N} utterances; each empty cell says how many there are."
        ))
    })
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
