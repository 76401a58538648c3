//! The methods paragraph: what was counted and how, in words that can stand in a paper.

use statistics::FEWEST_RESAMPLED;

use crate::estimate::LEAST_N;
use crate::{Findings, Measure, Study};

/// The paragraphs, generated from the study and the findings.
pub(crate) fn paragraphs(study: &Study, findings: &Findings) -> Vec<String> {
    let mut paragraphs =
        vec![corpus(study, findings), coding(findings), agreement(findings), counting(study)];
    if !findings.claims.is_empty() {
        paragraphs.push(verdicts(findings));
    }
    paragraphs.push(citation(findings));
    paragraphs
}

fn corpus(study: &Study, findings: &Findings) -> String {
    let coverage = findings.tables.iter().find(|t| t.id == "coverage");
    let count = |side: &str, code: &str| {
        let figures = coverage.map_or(&[][..], |t| t.figures.as_slice());
        let found = figures.iter().find(|f| f.side == side && f.code == code);
        found.map_or(0, |f| f.k)
    };
    let sides = study.sides.iter().map(|side| {
        let figure = |code| count(&side.id, code);
        format!(
            "{}: {} whole texts and {} cut short, {} utterances, {} own-voice segments",
            side.label,
            figure("counted, whole"),
            figure("counted, cut short"),
            figure("utterances of whole texts"),
            figure("own-voice segments of whole texts"),
        )
    });
    let sides: Vec<String> = sides.collect();
    let topic = study.topic.as_ref().map_or(String::new(), |t| {
        format!(" Tables are given for utterances on the topic {t} and for all.")
    });
    let made = &findings.provenance;
    let revision = match &made.as_of {
        Some(as_of) => format!("each statement at its last revision known on {as_of}"),
        None => "each statement at its latest revision".to_owned(),
    };
    format!(
        "The corpus holds, for {} to {}, {}; {revision}. Statements linked as copies, near copies \
         or translations count once a side.{topic}",
        study.period.from,
        study.period.to,
        sides.join("; ")
    )
}

fn coding(findings: &Findings) -> String {
    let made = &findings.provenance;
    let book = if made.codebook.is_empty() { "the codebook" } else { made.codebook.as_str() };
    let spared = match made.spared.as_slice() {
        [] => String::new(),
        clauses => format!(
            "Of whom a publisher hardly ever charges ({}) only the cue's own subject or object \
             counts. ",
            clauses.join("; ")
        ),
    };
    let digest = made.codebook_digest.as_ref().map_or(String::new(), |d| format!(" ({d})"));
    format!(
        "Texts were coded by rules and lexicons of the codebook {book}{digest}: terms are matched \
         on characters, the longest match inside an entry counts, and overlaps between entries \
         are all kept. Each attribution of blame names its target, kind, voice, holder and rule. Where a \
         sentence names several possible culprits and its grammar does not decide between them, \
         the rules prefer the one that the publisher is known to charge at large: a built-in \
         prior, which leans on what is found anyway. {spared}An utterance is on a topic where its question \
         or title has a term of it, or one in six of its segments; where only a passage of three \
         or more segments close together has, that passage is on the topic and the rest is not."
    )
}

/// How far the codes agree with coded samples.
fn agreement(findings: &Findings) -> String {
    match findings.provenance.agreement.as_slice() {
        [] => "Agreement with coded samples is not part of these findings.".to_owned(),
        sentences => sentences.join(" "),
    }
}

fn counting(study: &Study) -> String {
    format!(
        "Shares are over utterances (an answer with its question, a whole text elsewhere) and \
         rates are segments with the code per 100 own-voice segments; questions are never \
         attributed to the state and relayed words are never its own. Intervals are 95 % \
         percentile intervals of {} resamples of statements (seed {}); of more than a thousand \
         texts, neighbours by date are drawn together. Where fewer than {FEWEST_RESAMPLED} units \
         count, or fewer do not, or all statements have the same share, they are Wilson's over the \
         effective number of units: units over the design effect. Wilson's interval of all units and \
         the design effect are given with them. Texts cut short are in no share, rate or absence. \
         Below n = {LEAST_N} no monthly number is given.",
        study.draws, study.seed
    )
}

fn verdicts(findings: &Findings) -> String {
    let plain = findings.claims.iter().filter(|c| c.figure.measure == Measure::Occurrences);
    format!(
        "Each of the {} claims names its estimand, threshold, least n and least coverage. It is \
         supported when the whole interval lies where the claim puts it, contradicted when the \
         whole interval lies on the other side, else not decidable. {} of them rest on plain \
         counts without an interval. The verdicts are not adjusted for their number.",
        findings.claims.len(),
        plain.count()
    )
}

fn citation(findings: &Findings) -> String {
    let made = &findings.provenance;
    let program = if made.program.is_empty() { "demarche" } else { made.program.as_str() };
    let corpus = made.corpus_digest.as_ref().map_or(String::new(), |d| format!(", corpus {d}"));
    let root = made.root.as_ref().map_or(String::new(), |r| format!(", root digest {r}"));
    let about = if findings.about.is_empty() { &findings.title } else { &findings.about };
    format!(
        "Cite as: {program} (the demarche developers), study {} ({}){corpus}{root}. {about}",
        findings.study, findings.period
    )
}
