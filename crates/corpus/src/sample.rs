//! One full row of each kind that lies in partitions: their columns are read off these.

use crate::partition::Row;
use crate::{
    Attribution, BlameKind, CaptureRef, Coded, Date, DateEvidence, DateKind, Digest, Genre, Lang,
    Link, LinkKind, Mention, Reject, Role, SegmentSpan, Statement, Time, TopicSpan, Turn,
    Utterance, Voice,
};

fn word() -> String {
    "word".to_owned()
}

impl Row for Statement {
    fn sample() -> Self {
        let day = Date(jiff::civil::date(2022, 2, 24));
        Self {
            id: word(),
            source: word(),
            country: word(),
            lang: Lang::Zh,
            genre: Genre::PressConference,
            title: Some(word()),
            date: Some(day),
            date_evidence: vec![DateEvidence { kind: DateKind::Title, date: day, words: word() }],
            date_note: Some(word()),
            published: Some(word()),
            issuer: word(),
            carrier: Some(word()),
            spokesperson: Some(word()),
            url: word(),
            urls: vec![word()],
            revision: 1,
            revisions: 1,
            captures: vec![CaptureRef {
                captured: Some(Time(jiff::Timestamp::UNIX_EPOCH)),
                digest: Digest::of(b""),
                row: Some(1),
                url: word(),
            }],
            truncated: false,
            layout: word(),
            text_digest: Digest::of(b""),
            turns: vec![Turn {
                n: 1,
                role: Role::Question,
                speaker: Some(word()),
                asker: Some(word()),
                lang: Lang::Zh,
                text: word(),
            }],
        }
    }
}

impl Row for Coded {
    fn sample() -> Self {
        Self {
            statement: word(),
            revision: 1,
            segments: vec![SegmentSpan { turn: 1, n: 1, start: 0, end: 1, voice: Voice::Own }],
            utterances: vec![Utterance {
                n: 1,
                turns: vec![1],
                topics: vec![word()],
                topic_spans: vec![TopicSpan { topic: word(), turn: 1, start: 0, end: 1 }],
                passages: vec![TopicSpan { topic: word(), turn: 1, start: 0, end: 1 }],
            }],
            mentions: vec![Mention {
                turn: 1,
                segment: 1,
                start: 0,
                end: 1,
                code: word(),
                referent: Some(word()),
                voice: Voice::Own,
            }],
            attributions: vec![Attribution {
                turn: 1,
                segment: 1,
                target: word(),
                kind: BlameKind::Causal,
                voice: Voice::Own,
                holder: Some(word()),
                topics: vec![word()],
                rule: word(),
                cue_start: 0,
                cue_end: 1,
                target_start: 0,
                target_end: 1,
            }],
        }
    }
}

impl Row for Link {
    fn sample() -> Self {
        Self { a: word(), b: word(), kind: LinkKind::Copy, score: 0.5, evidence: word() }
    }
}

impl Row for Reject {
    fn sample() -> Self {
        Self { source: Some(word()), url: word(), reason: word().into(), capture: Some(word()) }
    }
}
