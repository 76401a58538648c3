//! The hard cases of the Chinese ministry's pages, each on an invented page in its markup.

mod invented;

use corpus::Role::{Announcement, Answer, Note, Question};
use corpus::{DateKind, Genre, Lang};
use invented::{bytes, capture, day, one, try_read, turns};

const PAGE: &str = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310509_1.shtml";
const ENGLISH: &str =
    "https://www.fmprc.gov.cn/mfa_eng/xwfw_665399/s2510_665401/203103/t20310309_1.html";

#[test]
fn every_paragraph_of_a_briefing_has_its_role_and_speaker() {
    let page = one("briefing-news-main.html", PAGE, "2031-06-01");
    let expected = [
        (Announcement, None, "本页为虚构样例。鲁里坦尼亚国王将于5月10日访问西尔维尼亚。"),
        (Question, Some("路透社记者"), "西尔维尼亚称边界谈判已经破裂。外交部对此有何评论？"),
        (
            Answer,
            Some("毛宁"),
            "谈判没有破裂。西方应当诚实交代：谁先离开了会场？\n案例一：西尔维尼亚代表三次缺席。\n毛泽东主席曾说：看问题要看全面。",
        ),
        (Question, Some("法新社记者"), "会谈何时恢复？"),
        (Answer, Some("毛宁"), "会谈将于下周恢复。"),
        (Question, None, "据报道，斯特雷索市爆发游行。中方对此有何评论？"),
        (Answer, Some("毛宁"), "我们注意到有关报道。"),
        (Question, None, "你能否证实有人受伤？"),
        (Answer, Some("毛宁"), "我不掌握有关情况。你去过斯特雷索吗？"),
        (Question, Some("记者"), "是。"),
        (Answer, Some("毛宁"), "那你应当知道那里很平静。"),
        (Question, Some("彭博社记者、土耳其阿纳多卢通讯社记者"), "总统是否会通话？"),
        (Answer, Some("毛宁"), "没有可以提供的消息。"),
        (Note, None, "**************************"),
        (Announcement, None, "最后再发布一则通知：明天休会。"),
        (Note, None, "＊＊＊＊＊＊＊＊＊＊"),
        (Question, Some("会后有记者"), "鲁里坦尼亚是否参加论坛？"),
        (Answer, Some("毛宁"), "参加。"),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!(
        (page.genre, page.lang, page.layout.as_str()),
        (Genre::PressConference, Lang::Zh, "news-main")
    );
    let askers: Vec<Option<&str>> =
        page.turns.iter().filter(|t| t.role == Question).map(|t| t.asker.as_deref()).collect();
    let two = Some("Bloomberg; Anadolu");
    assert_eq!(askers, [Some("Reuters"), Some("AFP"), None, None, None, two, None]);
}

#[test]
fn the_title_gives_the_day_and_a_midnight_stamp_is_kept_beside_it() {
    let page = one("briefing-news-main.html", PAGE, "2031-06-01");
    assert_eq!(day(&page), "2031-05-08");
    assert_eq!(page.published.as_deref(), Some("2031-05-09 00:04"));
    let kinds: Vec<DateKind> = page.date_evidence.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [DateKind::Title, DateKind::Stamp, DateKind::Address]);
    assert_eq!(
        page.date_note.as_deref(),
        Some("differs from stamp 2031-05-09, address 2031-05-09")
    );
}

#[test]
fn a_page_without_metas_has_its_title_from_the_heading() {
    let page = one("briefing-news-main.html", PAGE, "2031-06-01");
    assert_eq!(page.title.as_deref(), Some("2031年5月8日外交部发言人毛宁主持例行记者会"));
    assert_eq!(page.spokesperson.as_deref(), Some("毛宁"));
}

#[test]
fn bold_that_breaks_off_inside_a_question_does_not_end_it() {
    let page = one(
        "briefing-vibox.html",
        "https://www.fmprc.gov.cn/web/wjdt_674879/t1.shtml",
        "2020-10-01",
    );
    let expected = [
        (Announcement, None, "鲁里坦尼亚外长将出席会议。（虚构样例）"),
        (
            Question,
            Some("深圳卫视记者"),
            "西尔维尼亚外长11日表示，鲁里坦尼亚应当撤军。你对此有何评论？",
        ),
        (Answer, Some("华春莹"), "我们从未派出军队。\n第一宗罪：颠倒黑白。"),
        (Question, Some("彭博社"), "鲁里坦尼亚是否会报复？"),
        (Answer, Some("华春莹"), "我们会作出必要反应。"),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!((page.layout.as_str(), day(&page).as_str()), ("vibox", "2030-09-02"));
}

#[test]
fn two_spokespersons_on_one_page_keep_their_names() {
    let page = one("two-spokespersons.html", PAGE, "2031-10-01");
    let speakers: Vec<_> =
        turns(&page).into_iter().map(|(role, speaker, _)| (role, speaker)).collect();
    let expected = [
        (Announcement, Some("毛宁")),
        (Announcement, Some("姚新月")),
        (Question, Some("总台央视记者")),
        (Answer, Some("姚新月")),
    ];
    assert_eq!(speakers, expected);
}

#[test]
fn numbered_put_questions_are_told_apart() {
    let page = one("put-questions.html", PAGE, "2031-10-01");
    let expected = [
        (Question, None, "会议达成了哪些共识？"),
        (Answer, Some("赵立坚"), "各方同意加强合作。（虚构样例）\n会议还讨论了边界问题。"),
        (Question, None, "下次会议何时举行？"),
        (Answer, Some("赵立坚"), "明年。"),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!((page.genre, day(&page).as_str()), (Genre::Answer, "2031-08-07"));
}

#[test]
fn english_briefings_know_their_askers_and_leave_the_footer_out() {
    let page = one("briefing-en.html", ENGLISH, "2023-06-01");
    let expected = [
        (
            Announcement,
            None,
            "At the invitation of Ruritania, the Foreign Minister of Sylvania will visit. (invented sample)",
        ),
        (
            Question,
            Some("AFP"),
            "Ruritania has moved troops. What is your comment? (Similar question from CNBC)",
        ),
        (
            Answer,
            Some("Wang Wenbin"),
            "Talks are the only way. Facts show: nobody gains from war.\nThe numbers: three meetings in a week.",
        ),
        (Question, Some("The Strelsau Courier"), "Will the envoy travel?"),
        (Answer, Some("Wang Wenbin"), "I have nothing to announce."),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!(
        (page.source.as_str(), page.lang, day(&page).as_str()),
        ("cn-mfa-en", Lang::En, "2031-03-08")
    );
}

#[test]
fn a_remark_without_any_date_has_none_and_says_so() {
    let page = one(
        "briefing-en-qa.html",
        "https://www.fmprc.gov.cn/mfa_eng/xwfw_665399/t1137754.shtml",
        "2015-01-01",
    );
    let expected = [
        (Question, None, "Late last night Beijing time, Ruritania voted. What is your comment?"),
        (
            Answer,
            Some("Qin Gang"),
            "China has always been for talks. (invented sample)\nSylvania should answer.",
        ),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!((page.date, page.genre), (None, Genre::Remarks));
    assert_eq!(page.date_note.as_deref(), Some("no date in title, text, stamp or address"));
}

#[test]
fn menus_cookies_and_scripts_have_no_part_in_the_digest() {
    let page = capture("briefing-news-main.html", PAGE, "2031-06-01");
    let text = String::from_utf8(page.body.clone()).unwrap();
    let again = text.replace("HBB_HC=123", "HBB_HC=987").replace("Русский", "日本語");
    let again = bytes(again.into_bytes(), PAGE, "2031-07-01");
    assert_ne!(page.digest, again.digest);
    let digest = |capture| try_read(&capture).unwrap()[0].text_digest.clone();
    assert_eq!(digest(page), digest(again));
}

#[test]
fn pages_that_are_no_statements_say_why() {
    let reason = |body: &str| try_read(&bytes(body.into(), PAGE, "2031-06-01")).unwrap_err().reason;
    assert_eq!(
        reason("<html><body><h1>404 Not Found</h1></body></html>"),
        "soft 404: an error page with status 200"
    );
    assert_eq!(
        reason("<title>Web Page Blocked</title>"),
        "blocked: a filter answered in place of the site"
    );
    assert!(reason("<h1>Error 403 - Access Denied.</h1>").as_str().starts_with("blocked"));
    let headline = "<div class='news-title'><h1>Reporters' Access Denied at the Border</h1></div><div id='News_Body_Txt_A'><p>They waited. (invented sample)</p></div>";
    assert!(try_read(&bytes(headline.into(), PAGE, "2031-06-01")).is_ok());
    assert_eq!(
        reason("<div class='rebox_news'><ul><li><a href='t1.shtml'>x</a></li></ul></div>"),
        "listing page"
    );
    assert_eq!(
        reason("<div class='news-title'><h1>x</h1></div><div id='News_Body_Txt_A'><p>　</p></div>"),
        "no text"
    );
    assert_eq!(reason("  \n"), "no text: the response is empty");
    let gone = corpus::Capture { status: 404, ..bytes(b"x".to_vec(), PAGE, "2031-06-01") };
    assert_eq!(try_read(&gone).unwrap_err().reason, "status 404");
}
