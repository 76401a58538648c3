use std::collections::BTreeMap;

use corpus::Lang;
use corpus::source::Config;

use super::{Change, Codebook, FindingKind, check, diff, document};

fn codebook(text: &str) -> crate::Result<Codebook> {
    let texts = BTreeMap::from([("frames.toml".to_owned(), text.to_owned())]);
    Codebook::from_texts("test", texts)
}

const FRAME: &str = r#"
[[frame]]
id = "quarrel"
label = "Quarrel"
definition = "Words of quarrel."
not = "A debate."
terms.en = ["quarrel*", "feud"]
"#;

#[test]
fn unknown_keys_and_ids_that_stand_twice_are_refused() {
    assert!(codebook(FRAME).is_ok());
    assert!(codebook(&FRAME.replace("label", "lable")).is_err());
    assert!(codebook(&format!("{FRAME}{FRAME}")).is_err());
    let wrong = codebook(&FRAME.replace("quarrel*", "qua*rel")).unwrap_err().to_string();
    assert!(wrong.contains("frames.toml") && wrong.contains("qua*rel"), "{wrong}");
}

#[test]
fn the_digest_follows_every_byte() {
    let (a, b) = (codebook(FRAME).unwrap(), codebook(&format!("{FRAME}\n")).unwrap());
    assert_ne!(a.digest(), b.digest());
}

#[test]
fn a_check_names_what_is_to_be_mended() {
    let text = FRAME
        .replace("Words of quarrel.", "")
        .replace("A debate.", "")
        .replace("\"feud\"]", "\"feud\", \"feud\", \"old quarrel\"]\nexcludes.en = [\"feud\"]");
    let found = check(&codebook(&text).unwrap()).unwrap();
    let kinds: Vec<FindingKind> = found.iter().map(|finding| finding.kind).collect();
    for kind in [
        FindingKind::NoDefinition,
        FindingKind::NoNot,
        FindingKind::NotFound,
        FindingKind::Twice,
        FindingKind::Covered,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} is not in {found:?}");
    }
}

/// The messages of a check of `FRAME` with other terms, those of problems first.
pub(super) fn told(terms: &str, rest: &str) -> Vec<(String, bool, Option<String>)> {
    let text = FRAME.replace("[\"quarrel*\", \"feud\"]", terms) + rest;
    let found = check(&codebook(&text).unwrap()).unwrap();
    found.into_iter().map(|f| (f.message, f.kind.is_problem(), f.decided)).collect()
}

#[test]
fn a_term_that_another_makes_needless_is_to_mend_and_a_longer_one_a_note() {
    let problem = |message: &str| vec![(message.to_owned(), true, None)];
    let needless = told("[\"feud\", \"feud*\"]", "");
    assert_eq!(needless, problem("`feud*` finds all that `feud` does"));
    let capital = told("[\"feud\", \"Feud\"]", "");
    assert_eq!(capital, problem("`feud` finds all that `Feud` does"));
    let note = |decided: Option<&str>| {
        let message = "`old feud` holds `feud`, which counts it already".to_owned();
        vec![(message, false, decided.map(str::to_owned))]
    };
    assert_eq!(told("[\"feud\", \"old feud\"]", ""), note(None));
    for of in ["frame", "frame:quarrel"] {
        let decided = format!("[[decided]]\nof = [\"{of}\"]\nreason = \"shown whole\"\n");
        assert_eq!(told("[\"feud\", \"old feud\"]", &decided), note(Some("shown whole")));
    }
    let other = "[[decided]]\nof = [\"target\"]\nreason = \"shown whole\"\n";
    assert_eq!(told("[\"feud\", \"old feud\"]", other), note(None));
}

#[test]
fn an_exclusion_in_which_no_term_stands_is_to_mend() {
    let terms = |excludes: &str| format!("[\"Feud\"]\nexcludes.en = [{excludes}]");
    let idle = told(&terms("\"pap test\""), "");
    let message = "`pap test` excludes nothing: no term of the entry stands in it".to_owned();
    assert_eq!(idle, [(message, true, None)]);
    // Capitals of the text, and any ending, may make one stand in it.
    assert_eq!(told(&terms("\"old feud\", \"pap tes*\""), ""), []);
}

#[test]
fn a_term_of_two_cues_is_to_mend_and_so_is_an_idle_exclusion_of_one() {
    let second = "[[cue]]\nid = \"lie\"\nkind = \"condemn\"\nslots = [\"subject\"]\ndefinition = \
                  \"Lies.\"\nnot = \"Errors.\"\nterms = [\"smear*\"]\nexcludes = [\"white dwarf\"]\n";
    let cues = CUES.replace("[demand]", &format!("{second}[demand]"));
    let found = check(&with_words(&cues)).unwrap();
    let told: Vec<(&str, &str)> =
        found.iter().map(|f| (f.code.as_str(), f.message.as_str())).collect();
    let idle = "`white dwarf` excludes nothing: no term of the cue stands in it";
    let expected = [("cue:lie", "`smear*` stands in `cue:smear`, too"), ("cue:lie:excludes", idle)];
    assert_eq!(told, expected);
}

#[test]
fn a_check_names_the_file_of_words_that_is_broken() {
    for broken in ["lang = \"en\"\ncue = [", "lang = \"en\"\ncues = []\ndemand = {}"] {
        let files = [("frames.toml", FRAME), ("cues-en.toml", broken)];
        let texts = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let told = check(&Codebook::from_texts("test", texts).unwrap()).unwrap_err().to_string();
        assert!(told.contains("codebook/test/cues-en.toml"), "{told}");
    }
}

#[test]
fn a_codebook_without_cues_needs_no_grammar_and_one_with_them_does() {
    assert!(check(&codebook(FRAME).unwrap()).is_ok());
    let files = [("frames.toml", FRAME), ("cues-en.toml", CUES)];
    let texts = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let told = check(&Codebook::from_texts("test", texts).unwrap()).unwrap_err().to_string();
    assert!(told.contains("codebook/test/grammar-en.toml"), "{told}");
    assert!(told.contains("copy what is missing"), "{told}");
    // States that are a target together are named in one breath by words of a grammar.
    let target = "[[target]]\nid = \"WEST\"\nlabel = \"West\"\nterms.en = [\"West\"]\n\
                  [target.together]\nalone = \"WEST\"\nstates.GB.en = [\"Brit\"]\n";
    let told = check(&codebook(target).unwrap()).unwrap_err().to_string();
    assert!(told.contains("grammar-en.toml"), "{told}");
}

#[test]
fn a_broken_grammar_is_told_with_its_file_its_list_and_the_cure() {
    for (from, to, told) in [
        ("his-doing = [", "his-doings = [", &["his-doings"][..]),
        ("may-report = [", "# [", &["may-report", "stand-in"]),
        ("\nreports = [", "\nreports = [\"\", ", &["empty", "reports"]),
        ("\nreports = [", "\nreports = [7, ", &["7", "reports"]),
        ("[beside]", "[[beside]", &["line"]),
        ("lang = \"en\"", "lang = \"sv\"", &["`lang`"]),
    ] {
        let broken = with_grammar(CUES, &grammar().replace(from, to));
        let error = check(&broken).unwrap_err().to_string();
        let all = told.iter().chain(&["codebook/test/grammar-en.toml"]);
        assert!(all.clone().all(|told| error.contains(told)), "{from}: {error}");
    }
}

#[test]
fn a_voice_without_all_lists_of_its_grammar_is_told_with_the_cure() {
    for (from, to, told) in [
        ("\n[grammar]", "\n[grammars]", &["unknown field `grammars`"][..]),
        ("\ntimes = [", "\ntime = [", &["unknown field `time`", "in `grammar`", CURE]),
        ("\nabroad = [", "\n# [", &["missing field `abroad`", "in `grammar`", CURE]),
        ("\ntimes = [", "\ntimes = [\"\", ", &["empty", "in `grammar.times`", CURE]),
        ("lang = \"en\"", "lang = \"es\"", &["`grammar`", "`es`", "leave it out"]),
    ] {
        let error = check(&with_voice(&voice().replace(from, to))).unwrap_err().to_string();
        let all = told.iter().chain(&["codebook/test/voice-en.toml"]);
        assert!(all.clone().all(|told| error.contains(told)), "{from}: {error}");
    }
    let error = check(&with_voice(VOICE)).unwrap_err().to_string();
    assert!(error.contains("missing field `grammar`") && error.contains(CURE), "{error}");
    // The rules know nothing of a language but its words of voice.
    assert!(check(&with_voice(&VOICE.replace("\"en\"", "\"es\""))).is_ok());
}

#[test]
fn publishers_name_targets_and_stand_once() {
    let target = "[[target]]\nid = \"US\"\nlabel = \"US\"\nterms.en = [\"U.S.\"]\n";
    let with = |publishers: &str| codebook(&format!("{target}{publishers}"));
    let one = "[[publisher]]\ncountry = \"RT\"\ncharges = [\"US\"]\nspares.own = [\"US\"]\n";
    let all = "[[publisher]]\ncharges = []\n";
    let book = with(&format!("{all}{one}")).unwrap();
    let of = |country: &str| super::Publisher::of(&book.publishers, country);
    let charges = |country: &str| of(country).is_some_and(|p| p.charges("US"));
    assert!(charges("RT") && !charges("SY"));
    assert!(of("RT").unwrap().spares("US", corpus::Voice::Own));
    assert!(!of("RT").unwrap().spares("US", corpus::Voice::Relayed));
    assert!(document(&book).contains("- RT: charges US; spares in own words US\n"));
    let twice = with(&format!("{one}{one}")).unwrap_err().to_string();
    assert!(twice.contains("`RT` stands twice"), "{twice}");
    let unknown = with(&one.replace("\"US\"", "\"UX\"")).unwrap_err().to_string();
    assert!(unknown.contains("no target `UX`"), "{unknown}");
}

#[test]
fn a_second_file_of_a_language_is_refused_and_not_passed_over() {
    let voice = include_str!("../../../../config/codebook/default/voice-en.toml");
    let grammar = grammar();
    let files = [("cues", CUES), ("grammar", grammar.as_str()), ("voice", voice)];
    for (kind, text) in files {
        let mut texts = BTreeMap::from([("frames.toml".to_owned(), FRAME.to_owned())]);
        texts.extend(files.map(|(kind, text)| (format!("{kind}-en.toml"), text.to_owned())));
        let codebook = Codebook::from_texts("test", texts.clone()).unwrap();
        assert!(crate::Tagger::new(&codebook).is_ok(), "{kind}");
        texts.insert(format!("{kind}-zz.toml"), text.to_owned());
        let codebook = Codebook::from_texts("test", texts).unwrap();
        let error = crate::Tagger::new(&codebook).unwrap_err().to_string();
        assert!(error.contains(&format!("{kind}-zz.toml: a second {kind}-*.toml")), "{error}");
    }
}

#[test]
fn a_word_that_stands_twice_in_a_list_of_a_grammar_is_to_mend() {
    let twice = grammar().replace("\"toeing\",", "\"toeing\", \"toeing\",");
    let found = check(&with_grammar(CUES, &twice)).unwrap();
    let told: Vec<(&str, FindingKind, &str)> =
        found.iter().map(|f| (f.code.as_str(), f.kind, f.message.as_str())).collect();
    let expected = ("grammar:standing:acts", FindingKind::Twice, "`toeing` stands twice");
    assert_eq!(told, [expected]);
    let twice = voice().replace("\"rallies\",", "\"rallies\", \"rallies\",");
    let found = check(&with_voice(&twice)).unwrap();
    let told: Vec<(&str, FindingKind)> = found.iter().map(|f| (f.code.as_str(), f.kind)).collect();
    assert_eq!(told, [("voice:grammar:gatherings", FindingKind::Twice)]);
}

#[test]
fn a_difference_names_added_and_removed_terms() {
    let new = codebook(&FRAME.replace("feud", "row")).unwrap();
    let changes = diff(&codebook(FRAME).unwrap(), &new).unwrap();
    let expected = Change::Terms {
        code: "frame:quarrel".to_owned(),
        lang: Lang::En,
        added: vec!["row".to_owned()],
        removed: vec!["feud".to_owned()],
    };
    assert_eq!(changes, [expected]);
}

/// A codebook with words of blame and voice, and the default grammar of English.
fn with_words(cues: &str) -> Codebook {
    with_grammar(cues, &grammar())
}

fn with_grammar(cues: &str, grammar: &str) -> Codebook {
    with_files([("cues-en.toml", cues), ("grammar-en.toml", grammar), ("voice-en.toml", &voice())])
}

fn with_voice(voice: &str) -> Codebook {
    with_files([("cues-en.toml", CUES), ("grammar-en.toml", &grammar()), ("voice-en.toml", voice)])
}

fn with_files(words: [(&str, &str); 3]) -> Codebook {
    let files = words.into_iter().chain([("frames.toml", FRAME)]);
    let texts = files.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    Codebook::from_texts("test", texts).unwrap()
}

fn grammar() -> String {
    Config::BuiltIn.file("codebook/default/grammar-en.toml").unwrap()
}

/// Few words of voice, and the default grammar of them.
fn voice() -> String {
    let default = Config::BuiltIn.file("codebook/default/voice-en.toml").unwrap();
    format!("{VOICE}{}", &default[default.find("\n[grammar]").unwrap()..])
}

/// How an error says what is to be done.
const CURE: &str = "copy what is missing";

const VOICE: &str = r#"
lang = "en"
reporting = ["said"]
pronouns = ["he"]
own = []
[[holder]]
name = "Sylvania"
terms = ["Sylvan*"]
[none]
datelines = []
protocol = []
"#;

const CUES: &str = r#"
lang = "en"
[[cue]]
id = "smear"
kind = "condemn"
slots = ["subject"]
definition = "Lies."
not = "Errors."
terms = ["smear*"]
excludes = ["pap smear"]
[[cue.pair]]
head = ["drag*"]
tail = ["through the mud"]
[demand]
verbs = ["should"]
presuppose = ["stop"]
"#;

#[test]
fn a_difference_names_every_word_list_of_a_cue_and_what_it_means() {
    for (old, new, code) in [
        ("pap smear", "smear test", "cue:smear:excludes"),
        ("through the mud", "into the mud", "cue:smear:pair:drag*:tail"),
        ("\"stop\"", "\"cease\"", "cue:demand:presuppose"),
    ] {
        let changes = diff(&with_words(CUES), &with_words(&CUES.replace(old, new))).unwrap();
        let codes: Vec<&str> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Terms { code, .. } => Some(code.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(codes, [code]);
    }
    let other = with_grammar(CUES, &grammar().replace("\"toeing\"", "\"treading\""));
    let changes = diff(&with_words(CUES), &other).unwrap();
    assert_eq!(
        changes,
        [Change::Terms {
            code: "grammar:standing:acts".to_owned(),
            lang: Lang::En,
            added: vec!["treading".to_owned()],
            removed: vec!["toeing".to_owned()],
        }]
    );
    let other = with_voice(&voice().replace("\"spokes\"", "\"mouthpiece\""));
    let changes = diff(&with_words(CUES), &other).unwrap();
    assert!(
        matches!(&changes[..], [Change::Terms { code, .. }] if code == "voice:grammar:offices"),
        "{changes:?}"
    );
    let changes = diff(&with_words(CUES), &with_words(&CUES.replace("condemn", "causal"))).unwrap();
    assert_eq!(changes, [Change::Meaning { code: "cue:smear".to_owned() }]);
}

#[test]
fn the_page_tells_definition_and_terms() {
    let page = document(&codebook(FRAME).unwrap());
    assert!(page.contains("### `frame:quarrel` Quarrel"));
    assert!(page.contains("Not: A debate.") && page.contains("`quarrel*` `feud`"));
}

#[test]
fn the_page_tells_every_word_of_blame_and_voice() {
    let page = document(&with_words(CUES));
    for line in [
        "- unless in: `pap smear`",
        "- pair: `drag*` ... `through the mud`",
        "- verbs: `should`",
        "- presuppose: `stop`",
        "- `said`",
        "- Sylvania: `Sylvan*`",
        "- reports: Verbs whose subject speaks: `it said` is a paper, and nobody who was named.",
        "  - `added` `adds` `held` `called` `charged` `pointed` `expressed` `observed`",
        "  - `took place` `were staged` `was staged` `were held` `was held` `was launched`",
    ] {
        assert!(page.lines().any(|told| told == line), "{line}\n{page}");
    }
}

#[test]
fn states_that_are_a_target_together_are_states_of_a_target_that_is_there() {
    let target = |id: &str, rest: &str| {
        format!("[[target]]\nid = \"{id}\"\nlabel = \"{id}\"\nterms.en = [\"{id}\"]\n{rest}")
    };
    let rule =
        "[target.together]\nalone = \"OTHER\"\napart = [[\"GB\"]]\nstates.GB.en = [\"Brit\"]\n";
    let whole = target("OTHER", "") + &target("WEST", rule);
    assert!(codebook(&whole).is_ok());
    for (from, to, told) in [
        ("alone = \"OTHER\"", "alone = \"THERS\"", "no target `THERS`"),
        ("[[\"GB\"]]", "[[\"FR\"]]", "`FR` is none of the states"),
    ] {
        let wrong = codebook(&whole.replace(from, to)).unwrap_err().to_string();
        assert!(wrong.contains(told), "{wrong}");
    }
    let frame = target("WEST", rule).replace("target", "frame");
    assert!(codebook(&frame).unwrap_err().to_string().contains("belongs to a target"));
}
