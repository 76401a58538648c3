use proptest::prelude::*;

use super::{MOST_BYTES, Span, clauses, segments};
use crate::Lang;

fn cut(text: &str, lang: Lang) -> Vec<&str> {
    segments(text, lang).into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn abbreviations_dates_numbers_and_initials_do_not_end_a_sentence() {
    for text in [
        "The U.S. moves against Ruritania on Jan. 5 broke Art. 2 of Resolution No. 7.",
        "Mr. J. R. Smith of the U.S. State Department arrived.",
        "It cost 2.5 million, see www.example.org for more.",
    ] {
        assert_eq!(cut(text, Lang::En), [text]);
    }
}

#[test]
fn an_acronym_ends_a_sentence_before_a_word_that_opens_one() {
    assert_eq!(cut("He left the U.S. The talks failed.", Lang::En).len(), 2);
    assert_eq!(cut("It is so on Sept. 11 in the U.S. \"We know,\" he said.", Lang::En).len(), 2);
}

#[test]
fn english_sentences_end_at_their_stops_with_quotes_and_without_spaces() {
    let text = "\"No.\" He left. \"We came. We saw,\" she said.He slept! Why? -0-";
    let found = cut(text, Lang::En);
    assert_eq!(
        found,
        ["\"No.\"", "He left.", "\"We came. We saw,\" she said.", "He slept!", "Why? -0-"]
    );
}

#[test]
fn sentences_are_parted_that_are_glued_after_a_name_a_quotation_or_a_year() {
    let text = "He met Kim in Korea.The paper cited \"a law\".Readers wrote in 1950.It sold.";
    let found = cut(text, Lang::En);
    assert_eq!(
        found,
        [
            "He met Kim in Korea.",
            "The paper cited \"a law\".",
            "Readers wrote in 1950.",
            "It sold."
        ]
    );
}

#[test]
fn chinese_sentences_end_at_their_stops_and_not_at_semicolons() {
    assert_eq!(cut("甲说：一是乙；二是丙。丁？", Lang::Zh), ["甲说：一是乙；二是丙。", "丁？"]);
}

#[test]
fn a_quotation_stays_whole_and_may_end_the_sentence() {
    assert_eq!(cut("他说：“甲。乙！”丙。", Lang::Zh), ["他说：“甲。乙！”", "丙。"]);
    assert_eq!(cut("《甲？乙》一书出版。丙。", Lang::Zh), ["《甲？乙》一书出版。", "丙。"]);
    assert_eq!(cut("“甲。乙", Lang::Zh), ["“甲。", "乙"]);
}

#[test]
fn korean_sentences_end_at_stops_with_or_without_a_space() {
    let text = "그는 말하였다.우리는 간다. 2022. 3. 4.에 끝났다.(끝)";
    assert_eq!(
        cut(text, Lang::Ko),
        ["그는 말하였다.", "우리는 간다.", "2022. 3. 4.에 끝났다.(끝)"]
    );
}

#[test]
fn lines_stand_alone() {
    assert_eq!(
        cut("제목\n- 첫째\n1. Second point", Lang::Ko),
        ["제목", "- 첫째", "1. Second point"]
    );
}

#[test]
fn clauses_are_cut_at_commas_conjunctions_and_endings() {
    let cut = |text: &'static str, lang| -> Vec<&str> {
        let whole = Span { start: 0, end: text.len() };
        clauses(text, whole, lang).into_iter().map(|span| span.of(text)).collect()
    };
    assert_eq!(cut("甲，乙；丙。", Lang::Zh), ["甲，", "乙；", "丙。"]);
    assert_eq!(
        cut("he left but she, of 1,000, stayed", Lang::En),
        ["he left", "but she,", "of 1,000,", "stayed"]
    );
    assert_eq!(cut("가면서 오지만 간다", Lang::Ko), ["가면서", "오지만", "간다"]);
    assert_eq!(cut("the U.S. and all", Lang::En), ["the U.S. and all"]);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        "[ abcTU.?!。！“”\"《》()；,，가다美\n*-]{0,80}",
        "(U\\.S\\.|The|他说|“甲。|乙”|다\\.| |\n|No\\.|5|-0-|\\(끝\\)){0,30}",
    ]
}

#[test]
fn what_runs_on_without_a_stop_is_cut_at_white_space() {
    let words = "NATO fanned the flames ".repeat(1000);
    let cut = segments(&words, Lang::En);
    assert_eq!(cut.len(), 3);
    for span in &cut {
        assert!(span.end - span.start <= MOST_BYTES);
        assert!(!words[..span.end].ends_with(' '));
    }
    let inside = |span: &Span| words[..span.end].ends_with(char::is_alphabetic);
    assert!(cut.iter().all(inside) && words[cut[1].start..].starts_with(char::is_alphabetic));
    let han = "拱火".repeat(4000);
    assert_eq!(segments(&han, Lang::Zh).len(), 4);
}

#[test]
fn marks_that_nothing_closes_are_letters() {
    let open = "“".repeat(3000);
    let text = format!("{open}甲。“乙。”丙。");
    assert_eq!(segments(&text, Lang::Zh).len(), 4);
}

fn any_lang() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Zh), Just(Lang::En), Just(Lang::Ko), Just(Lang::Und)]
}

proptest! {
    #[test]
    fn segments_hold_all_text_in_order(text in texts(), lang in any_lang()) {
        let mut last = 0;
        for span in segments(&text, lang) {
            prop_assert!(text.get(last..span.start).is_some_and(|gap| gap.trim().is_empty()));
            prop_assert!(text.get(span.start..span.end).is_some_and(|s| !s.trim().is_empty()));
            let mut inner = span.start;
            for clause in clauses(&text, span, lang) {
                prop_assert!(text.get(inner..clause.start).is_some_and(|g| g.trim().is_empty()));
                prop_assert!(clause.start < clause.end && span.holds(clause));
                inner = clause.end;
            }
            prop_assert!(text[inner..span.end].trim().is_empty());
            last = span.end;
        }
        prop_assert!(text[last..].trim().is_empty());
    }

    #[test]
    fn joined_texts_have_the_segments_of_both(a in texts(), b in texts(), lang in any_lang()) {
        let joined = format!("{a}\n{b}");
        let mut both = segments(&a, lang);
        both.extend(segments(&b, lang).into_iter().map(|span| Span {
            start: span.start + a.len() + 1,
            end: span.end + a.len() + 1,
        }));
        prop_assert_eq!(segments(&joined, lang), both);
    }
}
