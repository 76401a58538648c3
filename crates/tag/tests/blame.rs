//! Blame and voice on real coded segments and real texts: floors, and what must never happen.

#![allow(clippy::expect_used)]

use std::path::PathBuf;

use corpus::source::Config;
use corpus::{Lang, Role, Statement, Turn};
use serde_json::{Value, json};
use tag::{Codebook, Tagger, evaluate, filter_line};

#[test]
fn figures_stay_above_their_floors() {
    let (Some(gold), Some(forms)) = (shared("gold/dev.jsonl"), shared("gold/naming-dev.jsonl"))
    else {
        return;
    };
    let figures = |gold: &str| evaluate::evaluate(&tagger(), gold).expect("the gold").to_json();
    let (figures, forms) = (figures(&gold), figures(&forms));
    let floors: toml::Table =
        toml::from_str(include_str!("floors.toml")).expect("the floors are TOML");
    for (section, floors) in &floors {
        let (from, key) = match section.strip_prefix("forms-") {
            Some(key) => (&forms, key.to_owned()),
            None => (&figures, section.replace('-', "_")),
        };
        for (name, floor) in floors.as_table().expect("a table of floors") {
            let of = &from[&key];
            let least = least_frame(&of["by_frame"]);
            let value = match key.as_str() {
                "voice" if name == "relayed" => &of["by_voice"]["relayed"]["f1"],
                "frames" if name == "each" => &least,
                "voice" | "kind" | "named_target" | "frames" | "naming" | "topic" => {
                    &of[name.replace('-', "_")]
                }
                _ => &of[name]["f1"],
            };
            let value = value.as_f64().expect("a figure");
            let floor = floor.as_float().expect("a floor");
            println!("{section} {name}: {value:.3} (floor {floor})");
            assert!(value >= floor, "{section} {name} fell to {value:.3}, its floor is {floor}");
        }
    }
}

/// The least F1 of the frames with 15 cases or more.
fn least_frame(by_frame: &Value) -> Value {
    let frames = by_frame.as_object().into_iter().flat_map(|frames| frames.values());
    let frequent = frames.filter(|frame| frame["n"].as_u64() >= Some(15));
    let least = frequent.filter_map(|frame| frame["f1"].as_f64()).reduce(f64::min);
    json!(least)
}

#[test]
fn blame_beats_named_is_blamed_in_each_language() {
    let Some(gold) = shared("gold/dev.jsonl") else { return };
    let figures = evaluate::evaluate(&tagger(), &gold).expect("the gold").to_json();
    for lang in ["all", "zh", "en", "ko"] {
        let f1 = |figures: &Value| figures[lang]["f1"].as_f64().expect("a figure");
        let ours = f1(&figures["blame_us_nato_west"]);
        let baseline = f1(&figures["baselines"]["named_is_blamed"]);
        println!("{lang}: {ours:.3}, named = blamed {baseline:.3}");
        assert!(ours > baseline);
    }
}

#[test]
fn a_held_out_document_never_shows_its_errors() {
    let gold = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta"].map(|title| {
        let blames = json!([{"target": "US", "kind": "condemn"}]);
        json!({"text": "It rains.", "lang": "en", "title": title, "voice": "own", "blames": blames})
            .to_string()
    });
    let titles_held = gold.iter().filter(|line| {
        let line: Value = serde_json::from_str(line).expect("JSON");
        evaluate::is_held_out(line["title"].as_str().expect("a title"))
    });
    let held = titles_held.count();
    let figures = evaluate::evaluate(&tagger(), &gold.join("\n")).expect("the gold").to_json();
    let told = |figures: &Value| {
        let errors = figures["errors"].as_array().expect("a list");
        errors.iter().filter(|e| e["what"] == "blame:US").count()
    };
    assert!(held > 0);
    assert_eq!(told(&figures), gold.len() - held);
    assert!(evaluate::page(&figures).contains("errors outside the held-out documents"));
    let all = evaluate::evaluate(&tagger(), &gold.join("\n")).expect("the gold");
    let all = all.with_held_out_errors().to_json();
    assert_eq!(told(&all), gold.len());
    assert!(evaluate::page(&all).contains("errors in all documents"));
}

#[test]
fn a_name_of_the_war_is_counted_once_by_its_form_or_by_its_code() {
    let unit = json!({
        "unit": 1, "lang": "en", "date": "2022-03-10", "text": "The invasion of Ukraine goes on.",
        "naming": ["invasion"], "names": [{"form": "invasion", "referent": "ukraine-war"}],
    });
    let count = |drop: &str| {
        let mut unit = unit.clone();
        unit.as_object_mut().expect("an object").remove(drop);
        let figures = evaluate::evaluate(&tagger(), &unit.to_string()).expect("the gold");
        figures.to_json()["naming"]["n"].clone()
    };
    let counts = ["", "naming", "names"].map(count);
    assert_eq!(counts, [json!(1), json!(1), json!(1)]);
}

#[test]
fn a_code_that_is_written_otherwise_is_an_error_and_no_missing_code() {
    let said = |key: &str, code: Value| {
        let unit = json!({"text": "It rains.", key: code}).to_string();
        evaluate::evaluate(&tagger(), &format!("\n{unit}")).err().map(|e| e.to_string())
    };
    let wrong = [
        ("blames", json!(["US"])),
        ("blames", json!([{"target": "US"}])),
        ("blames", json!([{"target": "US", "kind": "Causal"}])),
        ("voice", json!("Own")),
        ("frames", json!("hegemony")),
        ("names", json!(["war"])),
        ("topic", json!("yes")),
    ];
    for (key, code) in wrong {
        let said = said(key, code).expect("an error");
        assert!(said.starts_with(&format!("line 2: `{key}`: ")), "{said}");
    }
    let right = [("voice", Value::Null), ("blames", json!([])), ("frames", json!(["none"]))];
    assert!(right.into_iter().all(|(key, code)| said(key, code).is_none()));
}

#[test]
fn a_line_without_a_language_is_read_in_its_own() {
    let blames = |text: &str| {
        let out = filter_line(&tagger(), json!({"text": text, "country": "CN"})).expect("a line");
        out["attributions"].as_array().map(Vec::len)
    };
    assert_eq!(blames("美国是乌克兰危机的始作俑者。"), Some(1));
    assert_eq!(blames("The U.S. is the arch criminal of the crisis."), Some(1));
    // Han beside kana is Japanese, of which no rule is known.
    assert_eq!(blames("これは美国が危機の始作俑者であると述べた。"), Some(0));
}

#[test]
fn a_unit_outside_a_passage_is_not_about_its_topic_and_its_language_is_the_one_read() {
    let filler = "The harvest was good and the mills are busy. ".repeat(20);
    let war =
        "The crisis in Ukraine goes on. Ukraine gets arms. The fighting in Donbas is fierce. ";
    let unit = json!({
        "unit": 1, "lang": "en_GB", "role": "narration", "topic": false, "before": filler.clone() + war + &filler,
        "text": "The US is the culprit of the flood.", "blames": [{"target": "US", "kind": "causal"}],
    });
    let figures = evaluate::evaluate(&tagger(), &unit.to_string()).expect("the gold").to_json();
    assert_eq!(figures["topic"]["accuracy"], json!(1.0), "{figures}");
    assert_eq!(figures["blame_us_nato_west"]["en"]["n"], json!(1), "{figures}");
}

#[test]
fn the_whole_stand_in_is_marked() {
    let line = json!({
        "unit": 1, "lang": "zh", "country": "CN", "role": "answer", "before": "美国宣布制裁多家企业。",
        "text": "尤其要看到，这种行径是赤裸裸的霸凌，严重违反国际法和国际关系基本准则，国际社会对此看得清清楚楚。",
    });
    let out = filter_line(&tagger(), line.clone()).expect("a line");
    let blame = &out["attributions"][0];
    let place = |key: &str| blame[key].as_u64().expect("a place") as usize;
    let text = line["text"].as_str().expect("a text");
    assert_eq!(&text[place("target_start")..place("target_end")], "这种");
}

#[test]
fn the_filter_keeps_other_keys_and_replaces_its_own() {
    let line = json!({
        "id": "x1", "lang": "en", "country": "KP", "role": "narration", "extra": 7,
        "voice": "relayed", "text": "Sylvania is far. The U.S. is the arch criminal of the crisis.",
    });
    let out = filter_line(&tagger(), line).expect("a line");
    assert_eq!((&out["id"], &out["extra"]), (&json!("x1"), &json!(7)));
    assert_eq!(out["segments"].as_array().map(Vec::len), Some(2));
    assert!(out.get("voice").is_none());
    let blame = &out["attributions"][0];
    assert_eq!((&blame["target"], &blame["kind"]), (&json!("US"), &json!("causal")));
    let text = out["text"].as_str().expect("text");
    let span = |from: &str, to: &str| {
        let at = |key: &str| blame[key].as_u64().expect("an offset") as usize;
        &text[at(from)..at(to)]
    };
    assert_eq!(span("target_start", "target_end"), "U.S.");
    assert_eq!(span("cue_start", "cue_end"), "arch criminal");
}

#[test]
fn who_accuses_in_a_question_is_not_accused() {
    let asked = |text: &str| {
        blamed(json!({"lang": "zh", "country": "CN", "role": "question", "text": text}))
    };
    assert_eq!(asked("美国官员称，美国认为任意更改菜单的餐馆必须关门。中方有何评论？"), [""; 0]);
    assert_eq!(asked("俄罗斯官员称，美国任意更改菜单。中方有何评论？"), ["US"]);
}

#[test]
fn the_group_is_who_stands_in_the_title() {
    let text = "The regime is kicking up a smear campaign.";
    let titled =
        |title: &str| blamed(json!({"lang": "en", "country": "KP", "text": text, "title": title}));
    assert_eq!(titled("South Korean Regime's Bread Racket Assailed"), ["KR"]);
    assert_eq!(titled(""), [""; 0]);
    // No great power is called so.
    assert_eq!(titled("U.S. Assailed"), [""; 0]);
}

#[test]
fn a_question_is_never_the_states_own_voice() {
    let line = json!({
        "unit": "q", "lang": "en", "country": "CN", "role": "question",
        "text": "The U.S. condemned China for fanning the flames. Any comment?",
    });
    let out = filter_line(&tagger(), line).expect("a line");
    assert_eq!(out["voice"], "question");
    let own = out["attributions"].as_array().expect("a list");
    assert!(own.iter().all(|a| a["voice"] == "question"));
}

#[test]
fn relaying_texts_give_no_own_voice_blame() {
    let third = items("dprk/third-party-blame-2011-2012.jsonl.gz", |_| true);
    let korean = items("dprk/mfa-and-kcna-2017-2026.jsonl.gz", |line| {
        line["lang"] == "ko" && line["title"].as_str().is_some_and(|t| t.starts_with("로씨야"))
    });
    let (Some(third), Some(korean)) = (third, korean) else { return };
    let tagger = tagger();
    let (mut own, mut relayed, mut held) = (0, 0, 0);
    for line in third.into_iter().chain(korean) {
        let title = line["title"].clone();
        let out = filter_line(&tagger, line).expect("a line");
        for blame in out["attributions"].as_array().expect("a list") {
            match blame["voice"].as_str() {
                Some("own") => {
                    println!("own: {title} {blame}");
                    own += 1;
                }
                _ => {
                    relayed += 1;
                    held += usize::from(blame["holder"].is_string());
                }
            }
        }
    }
    println!("{relayed} relayed, {held} with a holder, {own} own");
    // One of the items tells in its own words what a third state opposes.
    assert!(own <= 5 && relayed >= 170);
    assert_eq!(held, relayed, "a relayed blame names its holder");
}

#[test]
fn what_is_negated_overcome_or_asked_blames_nobody() {
    let cases = [
        ("en", "KP", "answer", "The U.S. did not provoke the crisis."),
        ("en", "KP", "answer", "We foiled the U.S. nuclear threat."),
        ("zh", "CN", "answer", "我们希望美方同中方相向而行。"),
        ("zh", "CN", "answer", "美方官员昨天抵达北京。"),
        ("ko", "KP", "narration", "미국과의 회담이 진행되였다."),
    ];
    for (lang, country, role, text) in cases {
        let line = json!({
            "unit": 1, "lang": lang, "country": country, "role": role, "text": text,
        });
        let out = filter_line(&tagger(), line).expect("a line");
        assert_eq!(out["attributions"], json!([]), "{text}");
    }
}

#[test]
fn an_accusation_that_is_rejected_blames_nobody_and_an_eastward_one_somebody() {
    for (lang, text, targets) in [
        ("ko", "루리타니아는 서방의 비난을 배격하였다.", vec![]),
        ("en", "Ruritania rejected the accusation of the West.", vec![]),
        ("en", "NATO fanned the flames.", vec!["NATO"]),
        (
            "en",
            "NATO's expansion to the east endangers peace and provoked the crisis.",
            vec!["NATO"],
        ),
        ("en", "The U.S. imposed sanctions on Ruritania.", vec![]),
    ] {
        let line = json!({"unit": "a", "lang": lang, "country": "SY", "text": text});
        let told = filter_line(&tagger(), line).expect("a line");
        let blamed: Vec<&str> = told["attributions"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|a| a["target"].as_str())
            .collect();
        assert_eq!(blamed, targets, "{text}");
    }
}

#[test]
fn an_explanation_names_the_failing_condition() {
    let tagger = tagger();
    let text = "The U.S. did not provoke the crisis. Sylvania signed a treaty with the U.S.";
    let statement = statement(text);
    let (verdict, traces) = tagger.explain(&statement, 1, 1).expect("a segment");
    assert_eq!(verdict.voice.name(), "own");
    assert!(traces.iter().any(|t| t.rule == "slot:fan-flames" && t.reason.contains("negated")));
    let (_, traces) = tagger.explain(&statement, 1, 2).expect("a segment");
    let target = traces.iter().find(|t| t.rule == "target:US").expect("the target");
    assert!(target.reason.contains("partner"));
    assert!(tagger.explain(&statement, 1, 3).is_none());
}

#[test]
fn an_explanation_ends_on_the_voice_that_is_coded() {
    let tagger = tagger();
    let told = |statement: &Statement| -> Vec<(String, String)> {
        let coded = tagger.tag(statement);
        let of = |segment: &corpus::SegmentSpan| {
            let (verdict, traces) =
                tagger.explain(statement, segment.turn, segment.n).expect("a segment");
            assert_eq!(verdict.voice, segment.voice);
            let last =
                traces.iter().rfind(|t| t.rule.starts_with("voice") && !t.targets.is_empty());
            let last = last.expect("a reason for the voice");
            assert_eq!(last.targets, [segment.voice.name()], "{}", last.reason);
            (segment.voice.name().to_owned(), last.reason.clone())
        };
        coded.segments.iter().map(of).collect()
    };
    let whole = |text: &str, title: &str| Statement {
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        ..statement(text)
    };
    // A line that claims nothing does not end what is relayed.
    let between = told(&whole(
        "Lavrov said that it rains.\nPyongyang, March 23 (KCNA)\nHe added that it snows.",
        "",
    ));
    let reasons: Vec<&str> = between.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(reasons[0], "Russia stands where a verb of reporting has its speaker");
    assert_eq!(reasons[2], "goes on reporting what Russia says, as before");
    // Under a title that announces another, not even an organ of the publisher speaks for it.
    let title = "Russian Foreign Ministry Denounces Sylvania";
    let under = told(&whole("It rains. Rodong Sinmun said that it snows. Cuba said so.", title));
    assert_eq!(under[1].1, "the title announces what Russia says, to the end");
    assert_eq!(under[2].1, "under a title that announces another's words, Cuba is quoted");
}

#[test]
fn an_explanation_tells_the_slots_of_a_question_and_of_a_passive() {
    let tagger = tagger();
    let why = |role: Role, text: &str, rule: &str| {
        let mut statement = statement(text);
        statement.turns[0].role = role;
        let (_, traces) = tagger.explain(&statement, 1, 1).expect("a segment");
        let told = traces.iter().find(|t| t.rule == rule);
        told.map(|t| (t.reason.clone(), t.targets.clone())).expect("the rule")
    };
    let silent = |reason: &str| (reason.to_owned(), Vec::new());
    let asked = "Did the U.S. fan the flames of the crisis?";
    let subject = "no target stands before the cue, behind a word of reporting";
    assert_eq!(why(Role::Question, asked, "slot:fan-flames/subject"), silent(subject));
    let topic = "a question blames whom it calls condemned, or reports to be charged";
    assert_eq!(why(Role::Question, asked, "slot:fan-flames/topic"), silent(topic));
    let suffered = "The U.S. was devastated.";
    let victim = "a passive of harm, whose subject is the victim";
    assert_eq!(why(Role::Narration, suffered, "slot:bring-about/subject").0, victim);
    let frame = why(Role::Narration, "Hegemony is over.", "frame:hegemony");
    assert_eq!(frame, ("a term of the entry".to_owned(), vec!["hegemony".to_owned()]));
}

#[test]
fn a_compound_gives_each_target_once() {
    let line = json!({
        "unit": 1, "lang": "en", "country": "KP", "role": "narration",
        "text": "The U.S.-led NATO is the arch criminal fanning the flames of war.",
    });
    let out = filter_line(&tagger(), line).expect("a line");
    let blamed = out["attributions"].as_array().expect("a list").iter();
    let targets: Vec<&str> = blamed.filter_map(|a| a["target"].as_str()).collect();
    assert_eq!(targets, ["NATO", "US"]);
}

fn statement(text: &str) -> Statement {
    let lang = Lang::En;
    let turn = Turn {
        n: 1,
        role: Role::Narration,
        speaker: None,
        asker: None,
        lang,
        text: text.to_owned(),
    };
    Statement { country: "KP".to_owned(), ..Statement::of_turns(vec![turn]) }
}

/// The rows of a table of the shared data as lines of the filter.
fn items(file: &str, wanted: fn(&Value) -> bool) -> Option<Vec<Value>> {
    let path = shared_folder().join(file);
    let Ok(bytes) = std::fs::read(path) else {
        assert!(std::env::var_os("CI").is_none(), "no shared data in CI");
        println!("skipped: no shared data");
        return None;
    };
    let mut text = String::new();
    let mut unpacked = flate2::read::MultiGzDecoder::new(bytes.as_slice());
    std::io::Read::read_to_string(&mut unpacked, &mut text).expect("UTF-8");
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let line = |row: Value| {
        let text = [&row["text"], &row["body"]].into_iter().find_map(|t| t.as_str());
        json!({
            "id": row["id"], "lang": row["lang"], "country": "KP", "role": "narration",
            "title": row["title"], "text": text.unwrap_or_default(),
        })
    };
    Some(rows.filter(wanted).map(line).collect())
}

fn shared_folder() -> PathBuf {
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    shared.join("data")
}

fn tagger() -> Tagger {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"));
    let codebook = Codebook::load(&Config::Folder(root), "default").expect("the default codebook");
    Tagger::new(&codebook).expect("a tagger")
}

fn shared(file: &str) -> Option<String> {
    let Ok(text) = std::fs::read_to_string(shared_folder().join(file)) else {
        assert!(std::env::var_os("CI").is_none(), "no shared data in CI");
        println!("skipped: no shared data");
        return None;
    };
    Some(text)
}

/// Whom a line blames.
fn blamed(line: Value) -> Vec<String> {
    let out = filter_line(&tagger(), line).expect("a line");
    let found = out["attributions"].as_array().expect("a list");
    found.iter().map(|a| a["target"].as_str().expect("a target").to_owned()).collect()
}
