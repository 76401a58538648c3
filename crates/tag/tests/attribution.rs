//! Properties of the whole way from a statement to its attributions, on clauses invented from
//! subjects, cues, targets, negations, quotes and relaying words in three languages.

#![allow(clippy::expect_used)]

use std::path::PathBuf;
use std::sync::OnceLock;

use corpus::source::Config;
use corpus::{Attribution, Coded, Genre, Lang, Mention, Role, SegmentSpan, Statement, Turn};
use proptest::prelude::*;
use proptest::sample::select;
use tag::{Codebook, Tagger};

fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"));
        let codebook = Codebook::load(&Config::Folder(root), "default").expect("a codebook");
        Tagger::new(&codebook).expect("a matcher")
    })
}

/// The words of one language that clauses are made of.
#[derive(Debug)]
struct Words {
    lang: Lang,
    relaying: &'static [&'static str],
    targets: &'static [&'static str],
    negations: &'static [&'static str],
    cues: &'static [&'static str],
    ends: &'static [&'static str],
    others: &'static [&'static str],
}

const ENGLISH: Words = Words {
    lang: Lang::En,
    relaying: &[
        "",
        "",
        "Sylvania's minister said that ",
        "He noted: ",
        "It is reported that ",
        "“",
    ],
    targets: &[
        "the U.S. ",
        "NATO ",
        "The West ",
        "Washington and its allies ",
        "US-led NATO ",
        "some countries ",
        "They ",
        "we ",
    ],
    negations: &["", "", "did not and ", "is by no means one that ", "would "],
    cues: &[
        "fanned the flames of the crisis",
        "is the arch criminal of the war in Ukraine",
        "should stop smearing us",
        "practises double standards",
        "imposed illegal sanctions on Sylvania",
        "met the delegation",
    ],
    ends: &[". ", "!\n", "? ", ".” ", "; ", ", ", " on Jan. 5. "],
    others: &[
        "It rained. ",
        "Bread is good.\n",
        "«Stop», he said. ",
        "İß e\u{301} \u{1f600} ",
        "\n\n",
    ],
};

const CHINESE: Words = Words {
    lang: Lang::Zh,
    relaying: &["", "", "苏沃尼亚外长表示，", "他还指出，", "据报道，", "“", "《环球》称"],
    targets: &[
        "美国",
        "北约",
        "美西方",
        "美国和北约",
        "个别国家",
        "华盛顿",
        "他们",
        "我们",
        "日方",
    ],
    negations: &["", "", "不是", "从未", "应当停止", "如果"],
    cues: &[
        "是危机的始作俑者",
        "拱火浇油",
        "奉行双重标准",
        "推行霸权主义",
        "对我国抹黑",
        "干涉乌克兰内政",
        "会见了代表团",
    ],
    ends: &["。", "！\n", "？", "”。", "；", "，", "……"],
    others: &["今天下雨。", "面包很好。\n", "我们希望和平。", "𠮷野家", "\n\n"],
};

const KOREAN: Words = Words {
    lang: Lang::Ko,
    relaying: &["", "", "씰바니아외무상은 ", "그는 ", "보도에 의하면 ", "《"],
    targets: &[
        "미국이 ",
        "나토의 ",
        "서방나라들은 ",
        "미국과 추종세력들이 ",
        "미제는 ",
        "일본은 ",
        "그들이 ",
        "우리는 ",
    ],
    negations: &["", "", "결코 ", "다시는 "],
    cues: &[
        "위기의 장본인이다",
        "전쟁을 부추기고있다",
        "이중기준을 적용하고있다고 말하였다",
        "반공화국모략책동에 매달리고있는것을 규탄한다",
        "대표단을 만났다",
    ],
    ends: &[". ", "!\n", "》라고 하였다. ", "고 주장하였다. ", ", ", "며 "],
    others: &["비가 왔다. ", "빵은 좋다.\n", "평화를 바란다. ", "\n\n"],
};

/// A text of up to eight clauses in one language.
fn texts(words: &'static Words) -> impl Strategy<Value = String> {
    let pick = |list: &'static [&'static str]| select(list);
    let clause = (
        pick(words.relaying),
        pick(words.targets),
        pick(words.negations),
        pick(words.cues),
        pick(words.ends),
    )
        .prop_map(|(relaying, target, negation, cue, end)| {
            [relaying, target, negation, cue, end].concat()
        });
    let piece = prop_oneof![4 => clause, 1 => pick(words.others).prop_map(str::to_owned)];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_words() -> impl Strategy<Value = &'static Words> {
    prop_oneof![Just(&ENGLISH), Just(&CHINESE), Just(&KOREAN)]
}

fn spoken() -> impl Strategy<Value = (Lang, String)> {
    any_words().prop_flat_map(|words| (Just(words.lang), texts(words)))
}

/// A press conference: questions and answers in turn.
fn conferences() -> impl Strategy<Value = Statement> {
    let exchange =
        any_words().prop_flat_map(|words| (Just(words.lang), texts(words), texts(words)));
    proptest::collection::vec(exchange, 1..4).prop_map(|exchanges| {
        let turns = exchanges.into_iter().flat_map(|(lang, question, answer)| {
            [(Role::Question, lang, question), (Role::Answer, lang, answer)]
        });
        statement(turns.collect())
    })
}

fn statement(turns: Vec<(Role, Lang, String)>) -> Statement {
    let numbered = turns.into_iter().zip(1..);
    let turns: Vec<Turn> = numbered
        .map(|((role, lang, text), n)| Turn { n, role, speaker: None, asker: None, lang, text })
        .collect();
    Statement {
        id: "invented".to_owned(),
        source: "invented".to_owned(),
        country: "CN".to_owned(),
        lang: turns.first().map_or(Lang::En, |turn| turn.lang),
        genre: Genre::PressConference,
        title: Some("Remarks".to_owned()),
        date: "2022-03-10".parse().ok(),
        issuer: "MFA".to_owned(),
        ..Statement::of_turns(turns)
    }
}

/// What a coding says of turns, all numbered `by` higher.
fn moved(coded: Coded, by: u32) -> (Vec<SegmentSpan>, Vec<Mention>, Vec<Attribution>) {
    let segments = coded.segments.into_iter().map(|s| SegmentSpan { turn: s.turn + by, ..s });
    let mentions = coded.mentions.into_iter().map(|m| Mention { turn: m.turn + by, ..m });
    let blames = coded.attributions.into_iter().map(|a| Attribution { turn: a.turn + by, ..a });
    (segments.collect(), mentions.collect(), blames.collect())
}

#[test]
fn the_invented_clauses_blame() {
    // The properties below would hold of nothing, too: these texts must be full of blame.
    for (words, wanted) in [(&ENGLISH, "US"), (&CHINESE, "US"), (&KOREAN, "US")] {
        let text = [words.targets[0], words.cues[0], words.ends[0]].concat();
        let coded = tagger().tag(&statement(vec![(Role::Narration, words.lang, text)]));
        let targets: Vec<&str> = coded.attributions.iter().map(|a| a.target.as_str()).collect();
        assert_eq!(targets, [wanted], "{}", words.lang.code());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn cue_and_target_fall_on_boundaries_inside_their_segment((lang, text) in spoken()) {
        let coded = tagger().tag(&statement(vec![(Role::Narration, lang, text.clone())]));
        for blame in &coded.attributions {
            let segment = &coded.segments[blame.segment as usize - 1];
            prop_assert_eq!((segment.turn, segment.n), (blame.turn, blame.segment));
            for (start, end) in [
                (blame.cue_start, blame.cue_end),
                (blame.target_start, blame.target_end),
            ] {
                prop_assert!(start < end && segment.start <= start && end <= segment.end);
                prop_assert!(text.get(start as usize..end as usize).is_some());
            }
            prop_assert_eq!(blame.voice, segment.voice);
        }
        for pair in coded.segments.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start && pair[0].n + 1 == pair[1].n);
        }
    }

    #[test]
    fn a_target_is_blamed_once_a_cue_and_kind(
        (lang, text) in spoken(), role in select(&[Role::Narration, Role::Answer, Role::Question][..]),
    ) {
        let coded = tagger().tag(&statement(vec![(role, lang, text)]));
        let mut seen = coded.attributions.clone();
        seen.dedup();
        prop_assert_eq!(&seen, &coded.attributions);
        let asked = coded.attributions.iter().filter(|a| role == Role::Question && a.voice == corpus::Voice::Own);
        prop_assert_eq!(asked.count(), 0);
    }

    #[test]
    fn statements_together_are_coded_as_each_alone(a in conferences(), b in conferences()) {
        let count = a.turns.len() as u32;
        let mut both = a.clone();
        both.turns.extend(b.turns.iter().map(|t| Turn { n: t.n + count, ..t.clone() }));
        let (mut segments, mut mentions, mut blames) = moved(tagger().tag(&a), 0);
        let alone = moved(tagger().tag(&Statement { lang: both.lang, ..b }), count);
        segments.extend(alone.0);
        mentions.extend(alone.1);
        blames.extend(alone.2);
        let together = moved(tagger().tag(&both), 0);
        prop_assert_eq!(together, (segments, mentions, blames));
    }

    #[test]
    fn coding_again_gives_the_same_on_any_number_of_threads(
        statements in proptest::collection::vec(conferences(), 1..6), threads in 1_usize..5,
    ) {
        let expected: Vec<Coded> = statements.iter().map(|s| tagger().tag(s)).collect();
        let size = statements.len().div_ceil(threads);
        let coded: Vec<Coded> = std::thread::scope(|scope| {
            let parts: Vec<_> = statements
                .chunks(size)
                .map(|part| scope.spawn(|| part.iter().map(|s| tagger().tag(s)).collect::<Vec<_>>()))
                .collect();
            parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
        });
        prop_assert_eq!(coded, expected);
    }
}
