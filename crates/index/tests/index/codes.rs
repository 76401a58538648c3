//! Codebook entries by name: what is counted is what is stored in the coded text.

use corpus::{
    Attribution, BlameKind, Coded, Genre, Lang, Mention, Role, SegmentSpan, TopicSpan, Utterance,
    Voice,
};

use index::{Options, Totals};

use crate::shelf::{Shelf, statement};

const TEXT: &str = "Sylvania bullies all. We regret the crisis. Sylvania, they say, lies.";

/// A statement of one turn and three segments, and a second of one segment.
fn coded_shelf() -> Shelf {
    let first = statement("rt-mfa", "2022-03-01", Lang::En, &[(Role::Narration, TEXT)]);
    let second = statement("rt-mfa", "2022-03-02", Lang::En, &[(Role::Narration, "Peace.")]);
    let segment = |n, start, end, voice| SegmentSpan { turn: 1, n, start, end, voice };
    let mention = |segment, start, end, code: &str, referent: Option<&str>| Mention {
        turn: 1,
        segment,
        start,
        end,
        code: code.to_owned(),
        referent: referent.map(str::to_owned),
        voice: Voice::Own,
    };
    let blame = |segment, cue: (u32, u32), target: (u32, u32), kind| Attribution {
        turn: 1,
        segment,
        target: "SY".to_owned(),
        kind,
        voice: Voice::Own,
        holder: None,
        topics: Vec::new(),
        rule: "subject".to_owned(),
        cue_start: cue.0,
        cue_end: cue.1,
        target_start: target.0,
        target_end: target.1,
    };
    let utterance = |topics: &[&str], passages: &[(&str, u32, u32)]| {
        let passage = |(topic, start, end): &(&str, u32, u32)| TopicSpan {
            topic: (*topic).to_owned(),
            turn: 1,
            start: *start,
            end: *end,
        };
        Utterance {
            n: 1,
            turns: vec![1],
            topics: topics.iter().map(|t| (*t).to_owned()).collect(),
            topic_spans: Vec::new(),
            passages: passages.iter().map(passage).collect(),
        }
    };
    let coded = vec![
        Coded {
            statement: first.id.clone(),
            revision: 1,
            segments: vec![
                segment(1, 0, 21, Voice::Own),
                segment(2, 22, 43, Voice::Own),
                segment(3, 44, 69, Voice::Relayed),
            ],
            utterances: vec![utterance(&["border-war", "trade"], &[("trade", 22, 69)])],
            mentions: vec![
                mention(1, 0, 8, "target:SY", None),
                mention(1, 9, 16, "frame:hegemony", None),
                mention(2, 36, 42, "naming:crisis", Some("border-war")),
                mention(3, 44, 52, "target:SY", None),
            ],
            attributions: vec![
                blame(1, (9, 16), (0, 8), BlameKind::Causal),
                blame(1, (9, 16), (0, 8), BlameKind::Condemn),
            ],
        },
        Coded {
            statement: second.id.clone(),
            revision: 1,
            segments: vec![segment(1, 0, 6, Voice::Own)],
            utterances: vec![utterance(&[], &[])],
            mentions: Vec::new(),
            attributions: Vec::new(),
        },
    ];
    let shelf = Shelf::new();
    shelf.put(&[first, second], &coded);
    shelf.update();
    shelf
}

/// Totals that positions give, which are those that the stored codes give.
fn totals(shelf: &Shelf, query: &str) -> Totals {
    let by_positions = shelf.totals(query);
    let on_text = Options { boundaries: true, ..Options::default() };
    assert_eq!(shelf.find(query, &on_text).totals(), by_positions, "{query}");
    by_positions
}

fn occurrences(shelf: &Shelf, query: &str) -> u64 {
    totals(shelf, query).occurrences
}

#[test]
fn codes_count_what_is_stored() {
    let shelf = coded_shelf();
    assert_eq!(occurrences(&shelf, "frame:hegemony"), 1);
    assert_eq!(occurrences(&shelf, "target:SY"), 2);
    assert_eq!(occurrences(&shelf, "target:*"), 2);
    assert_eq!(occurrences(&shelf, "blame:SY"), 2);
    assert_eq!(totals(&shelf, "blame:SY").segments, 1);
    assert_eq!(occurrences(&shelf, "blame:SY@causal"), 1);
    assert_eq!(occurrences(&shelf, "blame:*@condemn"), 1);
    assert_eq!(occurrences(&shelf, "naming:crisis@border-war"), 1);
    assert_eq!(occurrences(&shelf, "naming:crisis@other"), 0);
    assert_eq!(occurrences(&shelf, "frame:hegemon"), 0);
}

#[test]
fn codes_join_in_the_segment() {
    let shelf = coded_shelf();
    assert_eq!(occurrences(&shelf, "target:SY frame:hegemony"), 2);
    assert_eq!(occurrences(&shelf, "target:SY voice:relayed"), 1);
    assert_eq!(occurrences(&shelf, "target:SY AND crisis"), 0);
    assert_eq!(occurrences(&shelf, "turn(target:SY AND crisis)"), 3);
    assert_eq!(occurrences(&shelf, "target:SY NOT blame:SY"), 1);
    assert_eq!(occurrences(&shelf, "Sylvania AND blame:SY"), 3);
}

#[test]
fn topics_and_voices_count_segments() {
    let shelf = coded_shelf();
    let topic = totals(&shelf, "topic:border-war");
    assert_eq!((topic.utterances, topic.segments, topic.occurrences), (1, 3, 3));
    let passage = totals(&shelf, "topic:trade");
    assert_eq!((passage.turns, passage.segments, passage.occurrences), (1, 2, 2));
    assert_eq!(occurrences(&shelf, "target:SY topic:trade"), 1);
    assert_eq!(occurrences(&shelf, "blame:SY topic:trade"), 0);
    assert_eq!(occurrences(&shelf, "topic:*"), 3);
    let own = totals(&shelf, "voice:own");
    assert_eq!((own.statements, own.segments, own.occurrences), (2, 3, 3));
    assert_eq!(totals(&shelf, "voice:own topic:border-war").segments, 2);
    assert_eq!(totals(&shelf, "voice:own NOT topic:border-war").segments, 1);
}

#[test]
fn a_digest_that_nobody_coded_yet_counts_each_item() {
    let shelf = Shelf::new();
    let items = [(Role::Narration, "The crisis grows."), (Role::Narration, "The crisis ends.")];
    let text = statement("rt-mfa", "2022-03-01", Lang::En, &items);
    let mut digest = statement("rt-paper", "2022-03-01", Lang::En, &items);
    digest.genre = Genre::Digest;
    shelf.put(&[text, digest], &[]);
    shelf.update();
    let totals = |source: &str| shelf.totals(&format!("crisis source:{source}")).utterances;
    assert_eq!((totals("rt-mfa"), totals("rt-paper")), (1, 2));
}
