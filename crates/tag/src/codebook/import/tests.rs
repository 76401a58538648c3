//! Dictionaries of other tools, as their users write them.

use std::collections::BTreeMap;

use super::*;
use crate::Codebook;

fn foreign<'f>(path: &'f str, bytes: &'f [u8]) -> Foreign<'f> {
    Foreign { path, bytes, charset: None, family: Family::Frame, lang: Lang::En }
}

fn quanteda(yaml: &str) -> Result<Imported> {
    import_quanteda(foreign("d.yml", yaml.as_bytes()))
}

fn liwc(dic: &str) -> Result<Imported> {
    import_liwc(foreign("d.dic", dic.as_bytes()))
}

/// Entry ids and English terms of the codebook that an import gives.
fn terms(imported: &Imported) -> BTreeMap<String, Vec<String>> {
    let texts = BTreeMap::from([("frames.toml".to_owned(), imported.toml.clone())]);
    let codebook = Codebook::from_texts("test", texts).unwrap();
    let entries = codebook.entries.iter();
    entries.map(|e| (e.id.clone(), e.terms[&Lang::En].clone())).collect()
}

#[test]
fn quoted_commas_nested_keys_and_words_that_look_like_values_come_through() {
    let yaml = "---\n# a comment\nBlame:\n  Hard:\n    - \"Culprit*\"\n    - war mong?r\n  \
                Soft: [at fault, 'guilty, surely', \"it's\", no, 1984]\n  One: traitor\n\
                REGION: {SUB: {'XY': [ruritania*, \"strelsau\"]}}\n\
                lists:\n  - deep: [a b]\n  -\n    - flat # comment\nempty:\n";
    let imported = quanteda(yaml).unwrap();
    let found = terms(&imported);
    assert_eq!(found["blame-hard"], ["culprit*"]);
    assert_eq!(found["blame-soft"], ["at fault", "guilty, surely", "it's", "no", "1984"]);
    assert_eq!(found["blame-one"], ["traitor"]);
    assert_eq!(found["region-sub-xy"], ["ruritania*", "strelsau"]);
    assert_eq!((&found["lists-deep"][0], &found["lists"][0]), (&"a b".into(), &"flat".into()));
    let told = &imported.skipped;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("line 6: `war mong?r`"), "{told:?}");
    assert!(told[1].contains("`empty`: has no terms"), "{told:?}");
}

#[test]
fn what_is_no_yaml_names_the_line_and_the_cure() {
    let told = |yaml: &str| quanteda(yaml).unwrap_err().to_string();
    assert!(told("a:\n  - x\n  - *war\n").contains("in quotes"));
    assert!(told("a:\n  - x\n  - *war\n").contains("line 3"));
    assert!(told("a:\n\t- x\n").contains("spaces, not tabs"));
    assert!(told("a: [x, y\nb: [z]\n").contains("no YAML"));
    assert!(told("").contains("no key with terms"));
    assert!(told("- a\n- b\n").contains("no key with terms"));
    assert!(told("? [a, b]\n: c\n").contains("line 1: a key is a word"));
}

const CATEGORIES: &str = "%\n01\tAnger\n\t02\tHot Anger\n3\tsad (Sadness)\n%\n";

#[test]
fn zeros_indents_and_several_tabs_are_read() {
    let dic = format!(
        "{CATEGORIES}hate*\t\t1\t 003\nof course 1 2\nred  hot\t02\nhate*\t01\n911\t3\nrage\nlost\t9\n"
    );
    let imported = liwc(&dic).unwrap();
    let found = terms(&imported);
    assert_eq!(found["anger"], ["hate*", "of course"]);
    assert_eq!(found["anger-hot-anger"], ["of course", "red hot"]);
    assert_eq!(found["sad"], ["hate*", "911"]);
    assert_eq!(imported.skipped.len(), 2);
    assert!(imported.skipped[0].starts_with("line 11: `rage`: has no category"));
    assert!(imported.skipped[1].starts_with("line 12: `lost`: category 9 is not declared"));
}

#[test]
fn categories_under_a_condition_are_told_and_the_others_taken() {
    let dic = format!("{CATEGORIES}like (02 3)1/2 3\nkind\t<of>1/2\t3\nlie\t(02)1\n");
    let imported = liwc(&dic).unwrap();
    assert_eq!(terms(&imported)["sad"], ["like", "kind"]);
    assert!(!terms(&imported).contains_key("anger"));
    let told = imported.skipped.join("\n");
    for wanted in
        ["line 6: `like`: `(02 3)1/2`", "line 7: `kind`: `<of>1/2`", "line 8: `lie`: `(02)1`"]
    {
        assert!(told.contains(wanted), "{told}");
    }
    assert_eq!(imported.skipped.len(), 3);
}

#[test]
fn what_is_no_liwc_names_the_line_and_the_cure() {
    let told = |dic: &str| liwc(dic).unwrap_err().to_string();
    assert!(told("hate\t1\n").contains("line 1: a LIWC dictionary begins with a line `%`"));
    assert!(told("%\nanger 1\n%\nhate 1\n").contains("line 2: `anger 1`: a category is a number"));
    assert!(told("%\n1 a\n01 b\n%\nhate 1\n").contains("line 3: number 1 is already that of `a`"));
    assert!(told("%\n1\n%\nhate 1\n").contains("line 2: category 1 has no name"));
}

#[test]
fn charsets_are_sniffed_told_and_overruled() {
    let dic = "%\n1\tsad\n%\nna\u{ef}ve\t1\ncaf\u{e9} cr\u{e8}me\t1\nd\u{e9}\u{e7}u\t1\n";
    let latin: Vec<u8> = dic.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = dic.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xef, 0xbb, 0xbf], dic.as_bytes()].concat();
    let expected = ["na\u{ef}ve", "caf\u{e9} cr\u{e8}me", "d\u{e9}\u{e7}u"];
    for (bytes, charset) in [(&latin, "windows-1252"), (&wide, "UTF-16LE"), (&marked, "UTF-8")] {
        let imported = import_liwc(foreign("d.dic", bytes)).unwrap();
        assert_eq!(
            (imported.charset, &terms(&imported)["sad"][..]),
            (charset, &expected.map(String::from)[..])
        );
    }
    let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("%\n1\tsad\n%\n悲しい\t1\nさびしい\t1\n");
    let imported = import_liwc(Foreign { lang: Lang::Ja, ..foreign("d.dic", &japanese) }).unwrap();
    assert_eq!(imported.charset, "Shift_JIS");
    let said =
        |charset| import_liwc(Foreign { charset: Some(charset), ..foreign("d.dic", &latin) });
    assert_eq!(said("latin1").unwrap().charset, "windows-1252");
    assert!(
        said("utf-8").unwrap_err().to_string().contains("line 4: bytes that are no text in UTF-8")
    );
    assert!(said("utf-99").unwrap_err().to_string().contains("no charset"));
}

#[test]
fn spaces_of_any_width_end_a_word() {
    let found = terms(&liwc(&format!("{CATEGORIES}of\u{a0}course 1\nfull\u{3000}1\n")).unwrap());
    assert_eq!(found["anger"], ["of course", "full"]);
}
