//! Invented texts of invented states for the tests: statements and codes made by hand.

use corpus::{
    Attribution, BlameKind, CaptureRef, Coded, Date, Digest, Lang, Link, LinkKind, Mention, Role,
    SegmentSpan, Statement, Turn, Utterance, Voice,
};

use crate::{Code, Findings, Setting, Study, measure};

/// A statement in the making: one turn a segment, so that spans are easy to read.
#[derive(Clone)]
pub(crate) struct Text {
    statement: Statement,
    coded: Coded,
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Text {
    /// An empty statement of `source` (`rt-...` is Ruritania's, `sy-...` Sylvania's).
    pub fn new(source: &str, date: &str, name: &str) -> Self {
        let id = format!("{source}/{date}/{name}");
        let country = source[..2].to_uppercase();
        let digest = Digest::of(id.as_bytes());
        let url = format!("https://mfa.example/{name}.html");
        let statement = Statement {
            id: id.clone(),
            source: source.to_owned(),
            country,
            lang: Lang::En,
            title: Some(format!("Title of {name}")),
            date: Some(day(date)),
            issuer: "MFA".to_owned(),
            url: url.clone(),
            urls: vec![url.clone()],
            captures: vec![CaptureRef { captured: None, digest: digest.clone(), row: None, url }],
            layout: "invented".to_owned(),
            text_digest: digest,
            ..Statement::of_turns(Vec::new())
        };
        let coded = Coded {
            statement: id,
            revision: 1,
            segments: Vec::new(),
            utterances: Vec::new(),
            mentions: Vec::new(),
            attributions: Vec::new(),
        };
        Self { statement, coded }
    }

    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    pub fn cut(mut self) -> Self {
        self.statement.truncated = true;
        self
    }

    pub fn titled(mut self, title: &str) -> Self {
        self.statement.title = Some(title.to_owned());
        self
    }

    /// As revision `revision` of `revisions`, captured at `time`.
    pub fn revised(mut self, revision: u32, revisions: u32, time: &str) -> Self {
        (self.statement.revision, self.statement.revisions) = (revision, revisions);
        self.statement.captures[0].captured = Some(time.parse().unwrap());
        self.coded.revision = revision;
        self
    }

    /// One utterance: turns as role and words, on `topics`. Codes stand in brackets:
    /// `[naming:invasion>ukraine-war invasion]`, `[frame:hegemony bullying]`,
    /// `[blame:US/causal the US did it]`; the voice is the turn's.
    pub fn says(mut self, topics: &[&str], turns: &[(Role, Voice, &str)]) -> Self {
        let mut numbers = Vec::new();
        for &(role, voice, marked) in turns {
            let n = self.statement.turns.len() as u32 + 1;
            numbers.push(n);
            let text = self.mark(n, voice, topics, marked);
            let end = text.len() as u32;
            self.coded.segments.push(SegmentSpan { turn: n, n: 1, start: 0, end, voice });
            let turn = Turn { n, role, speaker: None, asker: None, lang: Lang::En, text };
            self.statement.turns.push(turn);
        }
        let n = self.coded.utterances.len() as u32 + 1;
        let topics = topics.iter().map(|t| (*t).to_owned()).collect();
        let (topic_spans, passages) = (Vec::new(), Vec::new());
        let utterance = Utterance { n, turns: numbers, topics, topic_spans, passages };
        self.coded.utterances.push(utterance);
        self
    }

    /// Its last utterance has `topic` in its first turn only.
    pub fn in_first_turn(mut self, topic: &str) -> Self {
        if let Some(utterance) = self.coded.utterances.last_mut() {
            let turn = utterance.turns[0];
            let end = self.statement.turns[turn as usize - 1].text.len() as u32;
            let topic = topic.to_owned();
            utterance.passages.push(corpus::TopicSpan { topic, turn, start: 0, end });
        }
        self
    }

    /// An own-voice text that is one utterance.
    pub fn own(self, topics: &[&str], marked: &str) -> Self {
        self.says(topics, &[(Role::Narration, Voice::Own, marked)])
    }

    /// A question and its answer.
    pub fn asked(self, topics: &[&str], question: &str, answer: &str) -> Self {
        let question = (Role::Question, Voice::Question, question);
        self.says(topics, &[question, (Role::Answer, Voice::Own, answer)])
    }

    fn mark(&mut self, turn: u32, voice: Voice, topics: &[&str], marked: &str) -> String {
        let mut text = String::new();
        let mut rest = marked;
        while let Some((before, inside)) = rest.split_once('[') {
            text.push_str(before);
            let (inside, after) = inside.split_once(']').unwrap();
            let (code, words) = inside.split_once(' ').unwrap();
            let start = text.len() as u32;
            text.push_str(words);
            self.code(turn, voice, topics, code, (start, text.len() as u32));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn code(&mut self, turn: u32, voice: Voice, topics: &[&str], code: &str, span: (u32, u32)) {
        let (start, end) = span;
        if let Some(blame) = code.strip_prefix("blame:") {
            let (target, rest) = blame.split_once('/').unwrap();
            let (kind, holder) = rest.split_once('@').map_or((rest, None), |(k, h)| (k, Some(h)));
            let kind = if kind == "causal" { BlameKind::Causal } else { BlameKind::Condemn };
            self.coded.attributions.push(Attribution {
                turn,
                segment: 1,
                target: target.to_owned(),
                kind,
                voice,
                holder: holder.map(str::to_owned),
                topics: topics.iter().map(|t| (*t).to_owned()).collect(),
                rule: "invented".to_owned(),
                cue_start: start,
                cue_end: end,
                target_start: start,
                target_end: end,
            });
            return;
        }
        let (code, referent) = code.split_once('>').map_or((code, None), |(c, r)| (c, Some(r)));
        self.coded.mentions.push(Mention {
            turn,
            segment: 1,
            start,
            end,
            code: code.to_owned(),
            referent: referent.map(str::to_owned),
            voice,
        });
    }
}

/// A study of Ruritania (`rt`) and Sylvania (`sy`) on the topic `border-war`, with more keys.
pub(crate) fn study(more: &str) -> Study {
    let text = format!(
        "id = \"invented\"\ntitle = \"Invented\"\ntopic = \"border-war\"\ndraws = 200\n\
         preference = [\"sy-mfa-en\", \"sy-agency-en\"]\n\
         period = {{ from = \"2022-02-01\", to = \"2022-07-31\" }}\n\
         {more}\n\
         [[side]]\nid = \"rt\"\nlabel = \"Ruritania\"\ncountries = [\"RT\"]\n\
         [[side]]\nid = \"sy\"\nlabel = \"Sylvania\"\ncountries = [\"SY\"]\n"
    );
    Study::parse("invented.toml", &text).unwrap()
}

pub(crate) fn setting() -> Setting {
    let code = |code: &str| Code { code: code.to_owned(), label: code.to_owned() };
    let codes = ["naming:invasion", "naming:crisis", "frame:hegemony", "target:US"];
    Setting { codes: codes.into_iter().map(code).collect(), ..Setting::default() }
}

/// Measures `texts`, one partition a text.
pub(crate) fn measured(study: &Study, texts: &[Text], links: &[Link]) -> Findings {
    measured_with(study, texts, links, &setting())
}

pub(crate) fn measured_with(
    study: &Study,
    texts: &[Text],
    links: &[Link],
    setting: &Setting,
) -> Findings {
    let parts = partitions(texts);
    let partitions = || parts.iter().cloned().map(Ok::<_, crate::Error>);
    measure(study, partitions, links, setting).unwrap()
}

/// One partition a statement: all its revisions lie in it.
pub(crate) fn partitions(texts: &[Text]) -> Vec<(Vec<Statement>, Vec<Coded>)> {
    let mut parts: std::collections::BTreeMap<&str, (Vec<Statement>, Vec<Coded>)> =
        std::collections::BTreeMap::new();
    for text in texts {
        let part = parts.entry(&text.statement.id).or_default();
        part.0.push(text.statement.clone());
        part.1.push(text.coded.clone());
    }
    parts.into_values().collect()
}

pub(crate) fn link(a: &Text, b: &Text) -> Link {
    Link {
        a: a.statement.id.clone(),
        b: b.statement.id.clone(),
        kind: LinkKind::Twin,
        score: 1.0,
        evidence: "invented".to_owned(),
    }
}
