//! Properties of tagging: spans fall on boundaries, turns are coded alone, threads do not matter.

#![allow(clippy::expect_used)]

use std::path::PathBuf;
use std::sync::OnceLock;

use corpus::source::Config;
use corpus::{Coded, Genre, Lang, Mention, Role, Statement, Turn, Voice};
use proptest::prelude::*;
use tag::{Codebook, Tagger};

fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"));
        let codebook = Codebook::load(&Config::Folder(root), "default").expect("a codebook");
        Tagger::new(&codebook).expect("a matcher")
    })
}

fn statement(turns: &[(Role, Lang, &str)]) -> Statement {
    let numbered = turns.iter().zip(1..);
    let turns = numbered.map(|((role, lang, text), n)| Turn {
        n,
        role: *role,
        speaker: None,
        asker: None,
        lang: *lang,
        text: (*text).to_owned(),
    });
    Statement {
        id: "test".to_owned(),
        source: "test".to_owned(),
        country: "XX".to_owned(),
        lang: Lang::En,
        genre: Genre::PressConference,
        date: "2022-03-10".parse().ok(),
        ..Statement::of_turns(turns.collect())
    }
}

fn codes(coded: &Coded) -> Vec<&str> {
    coded.mentions.iter().map(|mention| mention.code.as_str()).collect()
}

fn referents(coded: &Coded) -> Vec<(&str, &str)> {
    let named = coded.mentions.iter();
    named.filter_map(|m| Some((m.code.as_str(), m.referent.as_deref()?))).collect()
}

#[test]
fn an_answer_inherits_the_topic_of_its_question_and_other_answers_do_not() {
    let coded = tagger().tag(&statement(&[
        (Role::Question, Lang::En, "What do you say about Ukraine?"),
        (Role::Answer, Lang::En, "We hope for peace."),
        (Role::Note, Lang::En, "****"),
        (Role::Question, Lang::En, "And the trade fair?"),
        (Role::Answer, Lang::En, "It opens today."),
    ]));
    assert_eq!(on_the_war(&coded), [(&[1, 2][..], true), (&[4, 5][..], false)]);
}

/// Of each utterance its turns and whether it is about the war in Ukraine.
fn on_the_war(coded: &Coded) -> Vec<(&[u32], bool)> {
    let about = |u: &corpus::Utterance| u.topics.iter().any(|t| t == "ukraine-war");
    coded.utterances.iter().map(|u| (u.turns.as_slice(), about(u))).collect()
}

#[test]
fn a_word_in_passing_makes_no_topic_and_a_passage_makes_it_its_own_only() {
    let filler = "The harvest was good and the mills are busy. ".repeat(20);
    let passing = format!("{filler}Guests came from Ukraine and Peru. {filler}");
    let coded = tagger().tag(&statement(&[(Role::Narration, Lang::En, &passing)]));
    assert_eq!(on_the_war(&coded), [(&[1][..], false)]);
    assert!(coded.utterances[0].topic_spans.is_empty());

    let section = "The crisis in Ukraine goes on. The US is the culprit of the crisis. \
                   Ukraine gets arms. The fighting in Donbas is fierce. ";
    let blame = "The US is the culprit of the flood. ";
    let long = format!("{filler}{section}{filler}{blame}{filler}");
    let coded = tagger().tag(&statement(&[(Role::Narration, Lang::En, &long)]));
    assert_eq!(on_the_war(&coded), [(&[1][..], true)]);
    let passage = &coded.utterances[0].passages[0];
    let text = &long[passage.start as usize..passage.end as usize];
    assert!(text.starts_with("The crisis in") && text.ends_with("is fierce."), "{text}");
    let topics: Vec<&[String]> = coded.attributions.iter().map(|a| a.topics.as_slice()).collect();
    assert_eq!(topics, [&["ukraine-war".to_owned()][..], &[]]);
    for (blame, about) in coded.attributions.iter().zip([true, false]) {
        let whole = statement(&[(Role::Narration, Lang::En, &long)]);
        let (_, traces) = tagger().explain(&whole, 1, blame.segment).expect("a segment");
        let topic = traces.iter().find(|trace| trace.rule == "topic:ukraine-war");
        assert_eq!(topic.map(|trace| trace.targets.is_empty()), Some(!about));
    }

    let titled = Statement { title: Some("The war in Ukraine".to_owned()), ..statement(&[]) };
    let turns = statement(&[(Role::Narration, Lang::En, &passing)]).turns;
    let coded = tagger().tag(&Statement { turns, ..titled });
    assert_eq!(on_the_war(&coded), [(&[1][..], true)]);
    assert!(coded.utterances[0].passages.is_empty());
}

#[test]
fn each_item_of_a_digest_is_an_utterance() {
    let items = [
        (Role::Narration, Lang::En, "The papers of today:"),
        (Role::Narration, Lang::En, "An article denounces the arms for Ukraine."),
        (Role::Narration, Lang::En, "Another tells of the harvest."),
    ];
    let coded = tagger().tag(&Statement { genre: Genre::Digest, ..statement(&items) });
    let about = [(&[1][..], false), (&[2][..], true), (&[3][..], false)];
    assert_eq!(on_the_war(&coded), about);
}

#[test]
fn the_event_named_nearest_is_the_referent() {
    let text = "The invasion of Iraq is one thing, the crisis in Ukraine another.";
    let coded = tagger().tag(&statement(&[(Role::Narration, Lang::En, text)]));
    assert_eq!(referents(&coded), [("naming:invasion", "other"), ("naming:crisis", "ukraine-war")]);
    let coded = tagger().tag(&statement(&[
        (Role::Question, Lang::Zh, "你对乌克兰有何评论？"),
        (Role::Answer, Lang::Zh, "我们不希望冲突升级。冷战思维要不得。"),
    ]));
    assert_eq!(referents(&coded), [("naming:conflict", "ukraine-war"), ("naming:war", "none")]);
}

#[test]
fn a_general_expression_names_the_event_of_its_sentence_and_a_fixed_one_none() {
    let of = |lang, text| {
        let coded = tagger().tag(&statement(&[(Role::Narration, lang, text)]));
        referents(&coded).into_iter().map(|(_, r)| r.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of(Lang::En, "It plots a nuclear war against the DPRK."), ["other"]);
    assert_eq!(of(Lang::En, "A nuclear war spares nobody."), ["none"]);
    assert_eq!(of(Lang::En, "The nuclear war drill against the DPRK began."), ["none"]);
    assert_eq!(of(Lang::Zh, "双方在加沙的暴力冲突升级。"), ["other"]);
    assert_eq!(of(Lang::Ko, "이라크에서의 침략전쟁은 끝나지 않았다."), ["other", "other"]);
    assert_eq!(of(Lang::Ko, "침략전쟁을 반대한다."), ["none", "none"]);
    assert_eq!(of(Lang::En, "Guests saw the Fatherland Liberation War Museum."), ["none"]);
}

#[test]
fn an_article_points_back_and_its_absence_does_not() {
    let of = |text| {
        let coded = tagger().tag(&statement(&[(Role::Narration, Lang::En, text)]));
        referents(&coded).into_iter().map(|(_, r)| r.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("He came back from Gaza. The fierce war goes on."), ["other"]);
    assert_eq!(of("He came back from Gaza. A war is no game."), ["none"]);
    assert_eq!(of("He came back from Kiev. War spares nobody."), ["ukraine-war"]);
    // The codebook does not know which it is, but the reader does.
    assert_eq!(of("The mill stands still. Such a situation cannot last."), ["other"]);
    assert_eq!(of("The mill stands still. No situation lasts."), ["none"]);
}

#[test]
fn questions_and_notes_have_no_voice_of_their_own() {
    let coded = tagger().tag(&statement(&[
        (Role::Question, Lang::En, "Is NATO to blame?"),
        (Role::Answer, Lang::En, "NATO is an alliance."),
    ]));
    let voices: Vec<Voice> = coded.segments.iter().map(|segment| segment.voice).collect();
    assert_eq!(voices, [Voice::Question, Voice::Own]);
}

#[test]
fn compounds_and_longer_names_are_told_apart() {
    let codes_of = |lang, text| {
        let coded = tagger().tag(&statement(&[(Role::Narration, lang, text)]));
        codes(&coded).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes_of(Lang::Ko, "대로씨야제재책동"), ["target:RU", "frame:sanctions"]);
    assert!(!codes_of(Lang::Ko, "압박분위기").contains(&"naming:crisis".to_owned()));
    assert!(!codes_of(Lang::Zh, "拉美国家").contains(&"target:US".to_owned()));
    assert!(!codes_of(Lang::Zh, "印度尼西亚").contains(&"target:OTHER".to_owned()));
    assert!(!codes_of(Lang::En, "on the West Sea").contains(&"target:WEST".to_owned()));
    assert!(codes_of(Lang::En, "US-led NATO").contains(&"target:US".to_owned()));
    // Chinese has no spaces: two characters of two words beside each other are no third word.
    let apart = [
        ("frame:expansionism", "围堵面包店", "以面包制华"),
        ("frame:expansionism", "北约东推", "广东推出面包"),
        ("frame:dialogue", "停火止战", "防止战略误判"),
        ("frame:dialogue", "举行对话", "对话题感兴趣"),
        ("frame:interference", "图谋颠覆他国", "颠覆性的面包"),
        ("frame:human-rights", "殴打致死", "病毒的致死率"),
        ("target:US", "美德举行会谈", "传统美德"),
        ("target:OTHER", "法方烤面包", "司法方面的面包"),
    ];
    for (code, held, not_held) in apart {
        assert!(codes_of(Lang::Zh, held).contains(&code.to_owned()), "{held}");
        assert!(!codes_of(Lang::Zh, not_held).contains(&code.to_owned()), "{not_held}");
    }
}

#[test]
fn states_named_in_one_breath_are_one_target_where_they_are_named_and_blamed() {
    let whom = |lang, text: &str| {
        let statement =
            Statement { country: "CN".to_owned(), ..statement(&[(Role::Answer, lang, text)]) };
        let coded = tagger().tag(&statement);
        let named: Vec<String> = codes(&coded)
            .iter()
            .filter_map(|c| c.strip_prefix("target:"))
            .map(str::to_owned)
            .collect();
        let blamed: Vec<String> = coded.attributions.iter().map(|a| a.target.clone()).collect();
        (named, blamed)
    };
    let both = |named: &[&str], blamed: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        (owned(named), owned(blamed))
    };
    let west = whom(Lang::En, "Britain and France have a notorious record of colonial crimes.");
    assert_eq!(west, both(&["WEST", "WEST"], &["WEST"]));
    let one = whom(Lang::En, "Britain has a notorious record of colonial crimes.");
    assert_eq!(one, both(&["OTHER"], &["OTHER"]));
    let apart = whom(Lang::En, "Britain and Australia have a notorious record of colonial crimes.");
    assert_eq!(apart.0, ["OTHER", "OTHER"]);
    let chinese = whom(Lang::Zh, "英法在人权问题上一贯虚伪。");
    assert_eq!(chinese, both(&["WEST"], &["WEST"]));
}

fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("the U.S."),
        Just("NATO "),
        Just("invasion of Ukraine, "),
        Just("美国"),
        Just("乌克兰危机"),
        Just("霸权。"),
        Just("로씨야를 "),
        Just("전쟁책동"),
        Just("\n"),
        Just(". "),
        Just("sanctions "),
        Just("illegal "),
        Just("“"),
        Just("”"),
        Just("İß "),
    ];
    proptest::collection::vec(word, 0..20).prop_map(|words| words.concat())
}

fn langs() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::En), Just(Lang::Zh), Just(Lang::Ko), Just(Lang::Und)]
}

proptest! {
    #[test]
    fn every_span_falls_on_boundaries_inside_its_segment(text in texts(), lang in langs()) {
        let coded = tagger().tag(&statement(&[(Role::Narration, lang, &text)]));
        for mention in &coded.mentions {
            prop_assert!(text.get(mention.start as usize..mention.end as usize).is_some());
            let segment = &coded.segments[mention.segment as usize - 1];
            prop_assert!(segment.start <= mention.start && mention.end <= segment.end);
        }
    }

    #[test]
    fn turns_together_have_the_mentions_of_each(a in texts(), b in texts(), lang in langs()) {
        let alone = |text: &str, n: u32| -> Vec<Mention> {
            let coded = tagger().tag(&statement(&[(Role::Narration, lang, text)]));
            coded.mentions.into_iter().map(|m| Mention { turn: n, ..m }).collect()
        };
        let both = statement(&[(Role::Narration, lang, &a), (Role::Narration, lang, &b)]);
        prop_assert_eq!(tagger().tag(&both).mentions, [alone(&a, 1), alone(&b, 2)].concat());
    }
}

#[test]
fn threads_do_not_matter() {
    let text = "美国和北约应当反思，乌克兰危机的始作俑者是谁？";
    let statement = statement(&[(Role::Answer, Lang::Zh, text)]);
    let expected = tagger().tag(&statement);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(tagger().tag(&statement), expected));
        }
    });
}
