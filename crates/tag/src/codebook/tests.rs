use std::collections::BTreeMap;

use corpus::Lang;

use super::{
    Change, Codebook, Family, FindingKind, check, diff, document, import_liwc, import_quanteda,
};

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
fn a_difference_names_added_and_removed_terms() {
    let new = codebook(&FRAME.replace("feud", "row")).unwrap();
    let changes = diff(&codebook(FRAME).unwrap(), &new);
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

#[test]
fn a_quanteda_dictionary_becomes_a_codebook() {
    let yaml = "# a comment\nblame:\n  hard:\n    - \"Culprit*\"\n    - war mong?r\n  soft: [at fault, 'guilty']\n";
    let imported = import_quanteda("d.yml", yaml.as_bytes(), Family::Frame, Lang::En).unwrap();
    assert_eq!(imported.charset, "UTF-8");
    assert_eq!(imported.skipped.len(), 1);
    let codebook = codebook(&imported.toml).unwrap();
    let hard = codebook.entry("frame:blame-hard").unwrap();
    assert_eq!(hard.terms[&Lang::En], ["culprit*"]);
    assert_eq!(
        codebook.entry("frame:blame-soft").unwrap().terms[&Lang::En],
        ["at fault", "guilty"]
    );
}

#[test]
fn a_liwc_dictionary_becomes_a_codebook_whatever_its_charset() {
    let dic = "%\n1\tanger\n2\tsad\n%\nhate*\t1\nna\u{ef}ve\t2\ncaf\u{e9} cr\u{e8}me\t2\nof course 1 2\nlike (02)1\n";
    let latin: Vec<u8> = dic.chars().map(|c| c as u8).collect();
    let imported = import_liwc("d.dic", &latin, Family::Frame, Lang::En).unwrap();
    assert_ne!(imported.charset, "UTF-8");
    assert_eq!(imported.skipped.len(), 1);
    let codebook = codebook(&imported.toml).unwrap();
    assert_eq!(codebook.entry("frame:anger").unwrap().terms[&Lang::En], ["hate*", "of course"]);
    assert_eq!(
        codebook.entry("frame:sad").unwrap().terms[&Lang::En],
        ["na\u{ef}ve", "caf\u{e9} cr\u{e8}me", "of course"]
    );
}
