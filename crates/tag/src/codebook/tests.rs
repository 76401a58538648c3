use std::collections::BTreeMap;

use corpus::Lang;

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

#[test]
fn the_page_tells_definition_and_terms() {
    let page = document(&codebook(FRAME).unwrap());
    assert!(page.contains("### `frame:quarrel` Quarrel"));
    assert!(page.contains("Not: A debate.") && page.contains("`quarrel*` `feud`"));
}
