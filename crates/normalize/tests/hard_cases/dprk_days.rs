//! The days of the DPRK's texts: which of those that a text holds is its own, and which is one that it
//! tells of.

use corpus::Digest;
use corpus::Role::Narration;
use corpus::source::{Config, Sources};
use normalize::{Outlets, Reading, read_table};

use crate::dprk::{KCNA, KCNA_KO, MFA_KO, kcna, page};
use crate::invented::{bytes, day, try_read, turns};

const DETAIL: &str = "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef";

/// The texts of a table's rows.
pub fn rows(rows: &[serde_json::Value]) -> Vec<Reading> {
    let lines: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let table = lines.join("\n");
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let outlets = Outlets::load(&Config::BuiltIn).unwrap();
    let digest = Digest::of(table.as_bytes());
    let read = read_table("x.jsonl", table.as_bytes(), &digest, &sources, None, &outlets);
    assert!(read.rejects.is_empty(), "{:?}", read.rejects);
    read.readings
}

pub fn ministry_row(lang: &str, date: &str, body: &str) -> serde_json::Value {
    let url = format!("http://x.example/{lang}/{date}");
    let title = "력사의 교훈";
    serde_json::json!({"institution": "DPRK MFA", "lang": lang, "date": date, "title": title, "url": url, "body": body})
}

/// A page of the ministry that shows no date outside its text.
pub fn undated(url: &str, text: &[&str], captured: &str) -> Reading {
    let text: String = text.iter().map(|p| format!("<p>{p}</p>")).collect();
    let html = format!("<html><body><h1>Press Release</h1><article>{text}</article></body></html>");
    page(&html, url, captured)
}

/// An opening sentence that is a day and no more says when it was; a day alone is a heading.
#[test]
fn a_first_line_that_is_a_sentence_stays() {
    for (lang, first) in [
        ("ko", "2014년 3월 16일이였다."),
        ("ko", "주체103(2014)년 3월 16일이였다."),
        ("ko", "2014년 3월 16일이였다"),
        ("en", "March 20, 2003."),
    ] {
        let more = "스트렐자우에서 주민투표가 진행되였다. (지어낸 견본)";
        let read = &rows(&[ministry_row(lang, "2022-03-14", &format!("{first}\n{more}"))])[0];
        assert_eq!(turns(read)[0].2, format!("{first}\n{more}"));
        assert_eq!(
            (day(read).as_str(), read.published.as_deref()),
            ("2022-03-14", None),
            "{first}"
        );
    }
    for first in ["2022년 3월 14일", "2022년 3월 14일 월요일", "2022.3.14.", "March 14, 2022"]
    {
        let body = format!("{first}\n루리타니아는 그만두어야 한다. (지어낸 견본)");
        let read = &rows(&[ministry_row("ko", "2022-03-14", &body)])[0];
        assert_eq!(turns(read)[0].2, "루리타니아는 그만두어야 한다. (지어낸 견본)", "{first}");
    }
}

/// A day below the text that is far from those of table, stamp and capture is the text's last word.
#[test]
fn a_day_in_the_foot_that_is_far_from_the_pages_own_is_no_date() {
    let says = "루리타니아는 실바니아를 침략하였다. (지어낸 견본)";
    for last in ["2003년 3월 20일", "주체92(2003)년 3월 20일", "July 4, 1972", "2003.3.20"]
    {
        let whole = format!("{says}\n{last}");
        let read = &rows(&[ministry_row("ko", "2022-03-14", &whole)])[0];
        assert_eq!(
            (day(read).as_str(), turns(read)[0].2),
            ("2022-03-14", whole.as_str()),
            "{last}"
        );
        let read = kcna(KCNA_KO, "력사의 교훈", "[2024.10.17.]", &[says, last]);
        assert_eq!(
            (day(&read).as_str(), turns(&read)[0].2),
            ("2024-10-17", whole.as_str()),
            "{last}"
        );
    }
    let near = &rows(&[ministry_row("ko", "2022-03-14", &format!("{says}\n2022년 3월 12일"))])[0];
    assert_eq!((day(near).as_str(), turns(near)[0].2), ("2022-03-12", says));
    let words = undated(MFA_KO, &[says, "2003년 3월 20일"], "2022-06-01");
    assert_eq!(words.date, None);
    // Whoever archives a page may come late.
    let late = undated(MFA_KO, &[says, "주체111(2022)년 2월 28일"], "2024-06-01");
    assert_eq!((day(&late).as_str(), turns(&late)[0].2), ("2022-02-28", says));
}

/// Without a stamp a title's day is held against the dateline, and without that against the capture.
#[test]
fn the_day_of_an_old_event_in_a_title_is_no_date() {
    let of = |title: &str, first: &str| {
        let html = format!("<h1 class='text-center'>{title}</h1><article><p>{first}</p></article>");
        day(&page(&html, DETAIL, "2026-10-20"))
    };
    let title = "Anniversary of October 17, Juche 15 (1926) Marked";
    assert_eq!(of(title, "Strelsau, October 17 (KCNA) -- A meeting took place."), "2026-10-17");
    assert_eq!(of(title, "A meeting took place. (invented sample)"), "none");
    assert_eq!(of("Dam Opened on October 15, 2026", "It was. (invented sample)"), "2026-10-15");
}

/// In Pyongyang the year begins nine hours before it does where captures are timed.
#[test]
fn the_first_of_january_may_come_on_the_last_of_december() {
    let text = "Strelsau, January 1 (KCNA) -- The message was published. (invented sample)";
    let html = format!("<h1 class='text-center'>Message</h1><article><p>{text}</p></article>");
    let mut capture = bytes(html.into_bytes(), DETAIL, "2026-12-31");
    capture.captured = "2026-12-31T16:00:00Z".parse().unwrap();
    assert_eq!(day(&try_read(&capture).unwrap()[0]), "2027-01-01");
    assert_eq!(day(&kcna(KCNA, "Message", "[2026.12.31.]", &[text])), "2027-01-01");
}

/// The foot of each of several texts on a page is none of it.
#[test]
fn every_text_of_a_page_loses_its_foot() {
    let dispatch =
        |day: u8| format!("Strelsau, March {day} (KCNA) -- A dam was opened. (invented sample)");
    let marked = [format!("{} -0-", dispatch(13)), format!("{} -0-", dispatch(14))];
    let two = kcna(KCNA, "Two in One", "[2024.3.14.]", &[&marked[0], &marked[1]]);
    let (first, second) = (dispatch(13), dispatch(14));
    assert_eq!(
        turns(&two),
        [(Narration, None, first.as_str()), (Narration, None, second.as_str())]
    );
}

/// The English foot of the ministry's texts, with its capital and its mark of the end.
#[test]
fn an_english_foot_is_read_like_a_korean_one() {
    let says = "Sylvania is the culprit of the crisis. (invented sample)";
    for foot in [
        &["Pyongyang, March 24, Juche 111 (2022)", "(End)"][..],
        &["March 24, Juche 111 (2022)", "Pyongyang"],
        &["Pyongyang, 24 March 2022"],
        &["주체111(2022)년 3월 24일", "평 양"],
    ] {
        let text: Vec<&str> = [says].iter().chain(foot).copied().collect();
        let read = undated("http://www.mfa.gov.kp/en/view/article/14461", &text, "2022-03-30");
        assert_eq!((day(&read).as_str(), turns(&read)[0].2), ("2022-03-24", says), "{foot:?}");
    }
}

/// The dateline of another agency that a sentence cites is not the text's.
#[test]
fn a_cited_dateline_dates_nothing() {
    for (url, first) in [
        (KCNA_KO, "실바니아통신 10월 15일발 보도에 의하면 루리타니아가 실바니아를 비난하였다."),
        (KCNA, "According to the dispatch from Strelsau, October 15 (TASS), Ruritania blamed it."),
    ] {
        let read = kcna(url, "Ruritania", "[2024.10.17.]", &[first]);
        assert_eq!(day(&read), "2024-10-17", "{first}");
    }
    let own = kcna(KCNA_KO, "루리타니아", "[2024.10.17.]", &["평양 10월 15일발 조선중앙통신"]);
    assert_eq!(day(&own), "2024-10-15");
}
