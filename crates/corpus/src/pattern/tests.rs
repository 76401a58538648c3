use proptest::prelude::*;

use super::{Entry, Folded, FoldedLength, Matcher, Term};
use crate::Lang;

fn found(terms: &[&str], excludes: &[&str], lang: Lang, text: &str) -> Vec<String> {
    let parse = |written: &&str| Term::parse(written, lang).unwrap();
    let entry = Entry {
        terms: terms.iter().map(parse).collect(),
        excludes: excludes.iter().map(parse).collect(),
    };
    spans(&Matcher::new(vec![entry]).unwrap(), lang, text)
}

fn bare(term: &str, text: &str) -> Vec<String> {
    let entry = Entry { terms: vec![Term::bare(term).unwrap()], excludes: vec![] };
    spans(&Matcher::new(vec![entry]).unwrap(), Lang::Und, text)
}

fn spans(matcher: &Matcher, lang: Lang, text: &str) -> Vec<String> {
    matcher.find_all(text, lang).iter().map(|hit| text[hit.start..hit.end].to_owned()).collect()
}

#[test]
fn english_terms_match_whole_words_with_possessives_and_hyphens() {
    let text = "US-led bloc; the US’s plan, the US's, non-US. USA, bus, us.";
    assert_eq!(found(&["US"], &[], Lang::En, text), ["US", "US", "US", "US"]);
}

#[test]
fn abbreviations_with_stops_do_not_stand_inside_longer_ones() {
    let text = "The U.S. and the U.S.S.R. met; U.S.-led.";
    assert_eq!(found(&["U.S."], &[], Lang::En, text), ["U.S.", "U.S."]);
}

#[test]
fn a_capital_must_be_a_capital_and_a_small_letter_may_be_either() {
    let text = "the West, THE WEST, west, West";
    assert_eq!(found(&["West"], &[], Lang::En, text), ["West", "WEST", "West"]);
    assert_eq!(found(&["hegemony"], &[], Lang::En, "Hegemony HEGEMONY"), ["Hegemony", "HEGEMONY"]);
}

#[test]
fn a_star_takes_any_ending_also_inside_a_phrase() {
    assert_eq!(
        found(&["hegemon*"], &[], Lang::En, "hegemony, hegemonic"),
        ["hegemony", "hegemonic"]
    );
    let fanned = found(&["fan* the flame*"], &[], Lang::En, "fanning\u{a0}the\nflames of war");
    assert_eq!(fanned, ["fanning\u{a0}the\nflames"]);
    assert_eq!(found(&["*phobia"], &[], Lang::En, "a sinophobia"), ["sinophobia"]);
}

#[test]
fn chinese_terms_match_anywhere_unless_excluded() {
    assert_eq!(found(&["美国"], &["拉美国家"], Lang::Zh, "美国人与拉美国家"), ["美国"]);
    assert_eq!(found(&["印度"], &["印度尼西亚"], Lang::Zh, "印度尼西亚和印度"), ["印度"]);
}

#[test]
fn korean_terms_match_at_the_start_of_a_word_or_after_a_prefix() {
    assert_eq!(found(&["미국"], &[], Lang::Ko, "미국의 대미국정책, 친미국, 신생미국"), ["미국"; 3]);
    assert_eq!(found(&["위기"], &["분위기"], Lang::Ko, "분위기속에 위기를"), ["위기"]);
    assert_eq!(found(&["로씨야"], &[], Lang::Ko, "대로씨야제재책동"), ["로씨야"]);
    assert_eq!(found(&["*전쟁"], &[], Lang::Ko, "대조선침략전쟁연습"), ["전쟁"]);
    assert_eq!(found(&["미국"], &[], Lang::Ko, "조미국가"), ["미국"]);
}

#[test]
fn the_longest_place_of_an_entry_wins_and_entries_overlap() {
    let us = Entry {
        terms: ["West", "the West", "Western countries"]
            .map(|t| Term::parse(t, Lang::En).unwrap())
            .to_vec(),
        excludes: vec![Term::parse("the West Sea", Lang::En).unwrap()],
    };
    let sea = Entry { terms: vec![Term::parse("West Sea", Lang::En).unwrap()], excludes: vec![] };
    let matcher = Matcher::new(vec![us, sea]).unwrap();
    let text = "the West and the Western countries on the West Sea";
    assert_eq!(spans(&matcher, Lang::En, text), ["the West", "Western countries", "West Sea"]);
}

#[test]
fn bare_terms_match_exact_forms_only() {
    assert_eq!(bare("us", "US, us, bus"), ["US", "us"]);
    assert_eq!(bare("위기", "분위기"), ["위기"]);
    assert_eq!(bare("简单", "安装简单"), ["简单"]);
    assert_eq!(bare("啊啊", "啊啊啊啊"), ["啊啊", "啊啊"]);
    assert_eq!(bare("nato", "ＮＡＴＯ’s “NATO”"), ["ＮＡＴＯ", "NATO"]);
}

#[test]
fn wrong_terms_say_what_is_wrong() {
    for term in ["", " ", "*", "a*b", "a *", "a * b", "a *b"] {
        assert!(Term::bare(term).is_err(), "{term:?}");
    }
    assert!(Term::bare(&"x".repeat(300)).is_err());
}

/// Many characters are counted at once; each of them, at the end of what is and before more of it.
#[test]
fn any_character_is_counted_as_it_is_folded() {
    for c in '\u{1}'..='\u{ffff}' {
        for before in [61, 63] {
            let text = format!("{}{c}b", "a".repeat(before));
            let length = FoldedLength::before(&text, [text.len()].into_iter()).next().unwrap();
            let folded = Folded::new(&text).into_text().chars().count() as u32;
            assert_eq!(length.letters + length.spaces, folded, "{c:?}");
        }
    }
}

fn matcher(parse: impl Fn(&str) -> Term) -> Matcher {
    let terms = ["a", "美", "국", "i", "a a", "美国", "美 국", "'", "a* 美", "a*", "*a"];
    let entry = |term| Entry { terms: vec![parse(term)], excludes: vec![] };
    Matcher::new(terms.map(entry).to_vec()).unwrap()
}

proptest! {
    #[test]
    fn spans_lie_on_boundaries_and_fold_to_what_was_matched(text in "\\PC{0,60}|[ aAİ　\u{200b}美국\n.*'’]{0,60}") {
        let terms = ["a", "美", "국", "i", "a a", "美 국", "'", "a*", "*a"];
        let entries = terms
            .map(|t| Entry { terms: vec![Term::bare(t).unwrap()], excludes: vec![] })
            .to_vec();
        for hit in Matcher::new(entries).unwrap().find_all(&text, Lang::Zh) {
            let slice = text.get(hit.start..hit.end);
            prop_assert!(slice.is_some());
            let first = terms[hit.entry].trim_matches('*');
            let folded = Folded::new(slice.unwrap_or_default());
            prop_assert!(folded.text().contains(first), "{:?}", slice);
        }
    }

    #[test]
    fn folded_spans_lead_back_to_the_original(text in "\\PC{0,60}|[ aＡİ　\u{200b}美\n“]{0,60}") {
        let folded = Folded::new(&text);
        let bounds: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).collect();
        let mut last = 0;
        for (n, start) in bounds.iter().enumerate() {
            let end = bounds.get(n + 1).copied().unwrap_or(folded.text().len());
            let (from, to) = folded.whole().span(*start, end);
            prop_assert!(from >= last && text.get(from..to).is_some_and(|s| !s.is_empty()));
            last = to;
        }
    }

    #[test]
    fn a_piece_is_matched_as_if_it_stood_alone(texts in prop::array::uniform3(
        "\\PC{0,30}|[ aAİȺ　\u{200b}美国\n.*'’，]{0,30}",
    )) {
        let whole = texts.concat();
        let (start, end) = (texts[0].len(), texts[0].len() + texts[1].len());
        let matcher = matcher(|term| Term::bounded(term).unwrap());
        let found = matcher.find_in(Folded::new(&whole).piece(start, end), Lang::Und);
        prop_assert_eq!(found, matcher.find_all(&texts[1], Lang::Und));
    }

    #[test]
    fn going_by_characters_finds_what_going_by_bytes_finds(
        text in "\\PC{0,60}|[ aAİ　\u{200b}美국\n.*'’，]{0,60}",
    ) {
        let by_chars = matcher(|term| Term::parse(term, Lang::Zh).unwrap());
        let by_bytes = matcher(|term| Term::bounded(term).unwrap());
        prop_assert_eq!(by_chars.find_all(&text, Lang::Zh), by_bytes.find_all(&text, Lang::Zh));
    }

    #[test]
    fn a_length_is_that_of_the_folded_text(pieces in prop::collection::vec(
        "\\PC{0,90}|[ aＡİȺ　\u{200b}\u{ad}\u{a0}\u{feff}美。국\n“]{0,90}|[a ]{60,70}[  美국]{0,9}|[美국]{60}",
        0..4,
    )) {
        let text = pieces.concat();
        let ends = pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        });
        let ends: Vec<usize> = ends.collect();
        for (length, end) in FoldedLength::before(&text, ends.iter().copied()).zip(&ends) {
            let folded = Folded::new(&text[..*end]).into_text();
            let spaces = folded.chars().filter(|c| *c == ' ').count();
            let letters = folded.chars().count() - spaces;
            prop_assert_eq!((length.letters, length.spaces), (letters as u32, spaces as u32));
        }
    }
}
