//! The hard cases of the DPRK's pages, each on an invented page in its markup.

mod invented;

use corpus::Lang;
use corpus::Role::{Answer, Narration, Question};
use invented::{capture, day, one, try_read, turns};
use normalize::collate;

const ARTICLE: &str = "http://www.kcna.kp/en/article/q/a514ed40309b181ae5964d720a691ec6.kcmsf";

#[test]
fn names_in_spans_keep_their_blanks_and_end_marks_go() {
    let page = one("kcna-kp-2.html", ARTICLE, "2024-03-10");
    let text = "Strelsau, March 9 (KCNA) -- The respected Comrade Rudolf Elphberg Square was opened by Rudolf Elphberg's order.\nThis is an invented sample.";
    assert_eq!(turns(&page), [(Narration, None, text)]);
    assert_eq!((page.layout.as_str(), day(&page).as_str()), ("kcna-kp-2", "2024-03-09"));
}

#[test]
fn juche_and_gregorian_stamps_of_one_text_give_one_statement() {
    let first = one("kcna-kp-2.html", ARTICLE, "2024-03-10");
    let again = one("kcna-kp-2-rerendered.html", ARTICLE, "2024-11-10");
    assert_ne!(first.capture.digest, again.capture.digest);
    let statements = collate(vec![again, first]).statements;
    assert_eq!(
        (statements.len(), statements[0].revisions, statements[0].captures.len()),
        (1, 1, 2)
    );
}

#[test]
fn a_dateline_without_a_year_takes_the_captures_and_says_so() {
    let page = one(
        "kcna-kp-3.html",
        "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef",
        "2027-01-02",
    );
    assert_eq!(day(&page), "2026-12-30");
    assert_eq!(page.date_note.as_deref(), Some("the dateline's year is the capture's"));
    assert_eq!(page.title.as_deref(), Some("Sylvania Denounces Ruritanian Drill"));
}

#[test]
fn answers_of_the_first_interface_are_read_out_of_their_cdata() {
    let page = one(
        "kcna-kp-1.xml",
        "http://www.kcna.kp/kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf",
        "2016-05-01",
    );
    let text = "Strelsau, April 2 (KCNA) -- The festival opened. (invented sample)\nGuests came from Sylvania.";
    assert_eq!(turns(&page), [(Narration, None, text)]);
    assert_eq!(
        (page.title.as_deref(), day(&page).as_str()),
        (Some("Ruritania's Festival Opens"), "2016-04-02")
    );
}

#[test]
fn the_fragment_names_the_story_of_a_days_page() {
    let url = "http://www.kcna.co.jp/item/2005/200501/news01/01.htm";
    let all = try_read(&capture("kcna-co-jp-day.html", url, "2006-01-01")).unwrap();
    let titles: Vec<_> =
        all.iter().map(|r| (r.title.as_deref().unwrap(), r.url.as_str())).collect();
    let (one_url, two_url) = (format!("{url}#1"), format!("{url}#2"));
    assert_eq!(
        titles,
        [("Ruritania Opens Dam", one_url.as_str()), ("Sylvania Plants Trees", two_url.as_str())]
    );
    let second = one("kcna-co-jp-day.html", &two_url, "2006-01-01");
    assert_eq!((second.url.as_str(), day(&second).as_str()), (two_url.as_str(), "2005-01-01"));
    assert_eq!(collate(all).statements.len(), 2);
}

#[test]
fn a_story_page_opens_with_its_juche_date_and_ends_before_the_copyright() {
    let page = one(
        "kcna-co-jp-story.html",
        "http://www.kcna.co.jp/item/2011/201112/news01/20111201-01ee.html",
        "2012-01-01",
    );
    assert_eq!(page.title.as_deref(), Some("Ruritanian King Congratulated"));
    assert_eq!(day(&page), "2011-12-01");
    let text = "The king of Ruritania received a message on Thursday. (invented sample)\nIt wished him good health.";
    assert_eq!(turns(&page), [(Narration, None, text)]);
}

#[test]
fn repeated_paragraphs_are_read_once() {
    let page = one(
        "rodong-2011.html",
        "http://www.rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0002",
        "2022-03-13",
    );
    assert_eq!(page.title.as_deref(), Some("Ruritania's Day Marked"));
    let text = "The day was marked across Ruritania. (invented sample)\nKing Rudolf V attended.";
    assert_eq!(turns(&page), [(Narration, None, text)]);
    assert_eq!(day(&page), "2022-03-10");
}

#[test]
fn the_date_of_a_visit_is_not_the_articles() {
    let page = one(
        "rodong-2022.html",
        "http://www.rodong.rep.kp/en/index.php?MTJAMjAyNC0wNS0xMS1OMDMy",
        "2024-11-24",
    );
    assert_eq!(day(&page), "2024-05-11");
    assert_eq!(
        turns(&page),
        [(Narration, None, "A spokesman for Sylvania condemned the act. (invented sample)")]
    );
}

#[test]
fn the_sentence_that_puts_the_question_is_told_from_the_answer() {
    let page = one("ministry-ko.html", "http://www.mfa.gov.kp/view/article/14457", "2031-03-01");
    let question = "실바니아 외무성 대변인은 최근 루리타니아가 제재책동을 강화하고있는것과 관련하여 28일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다.";
    let answer = "루리타니아의 책동은 패권주의의 산물이다. (지어낸 견본)\n우리는 이를 배격한다.";
    assert_eq!(
        turns(&page),
        [(Question, None, question), (Answer, Some("실바니아 외무성 대변인"), answer)]
    );
    assert_eq!(page.turns[0].asker.as_deref(), Some("KCNA"));
    assert_eq!((page.lang, day(&page).as_str()), (Lang::Ko, "2031-02-28"));
}
