//! Where a text begins and ends: what stands around it is none of it, and nothing of it is lost.

use corpus::Role::{Answer, Narration, Question};
use proptest::prelude::*;

use crate::china::{TITLE, TITLE_EN, chinese, english, lines};
use crate::dprk::{KCNA, MFA_KO, kcna, page};
use crate::invented::{day, turns};

/// The title may stand again in a text: as the caption of a picture, a heading, a last line.
#[test]
fn a_title_that_stands_again_inside_a_text_takes_nothing_with_it() {
    let title = "Dam Opened in Ruritania";
    let text = ["Strelsau, March 9 (KCNA) -- A dam was opened. (invented sample)", "It is large."];
    for at in 1..=text.len() {
        let mut printed = text.to_vec();
        printed.insert(at, title);
        let read = kcna(KCNA, title, "(2024.3.9.)", &printed);
        assert_eq!(turns(&read), [(Narration, None, text.join("\n").as_str())], "{at}");
    }
    let title = "外交部发言人毛宁就鲁里坦尼亚局势答记者问";
    let read = chinese(
        title,
        "2031-05-08 20:10",
        &lines(&["问：中方有何评论？（虚构）", "毛宁：中方反对。", "请有关方停止。", title]),
    );
    assert_eq!(
        turns(&read),
        [
            (Question, None, "中方有何评论？（虚构）"),
            (Answer, Some("毛宁"), "中方反对。\n请有关方停止。")
        ]
    );
    // A sentence that a table gives as title is the text's.
    let sentence = "The king taught as follows.";
    let text = ["Dams are useful. (invented sample)", sentence, "Build them."];
    let read = kcna(KCNA, sentence, "(2024.3.9.)", &text);
    assert_eq!(turns(&read), [(Narration, None, text.join("\n").as_str())]);
}

/// One text under stamps of both calendars is one text.
#[test]
fn a_stamp_that_closes_a_title_is_none_of_it() {
    for stamp in ["[Juche113.2.11.]", "[2024.02.11.]"] {
        let read = kcna(KCNA, &format!("Tribute Paid {stamp}"), "", &["It was. (invented sample)"]);
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str(), read.published.as_deref()),
            (Some("Tribute Paid"), "2024-02-11", Some("2024-02-11"))
        );
    }
    let read = kcna(KCNA, "Tribute Paid [Part 2]", "", &["It was. (invented sample)"]);
    assert_eq!(read.title.as_deref(), Some("Tribute Paid [Part 2]"));
}

/// A stamp that means either of two days is none, and is told with the cure.
#[test]
fn a_stamp_that_can_be_read_in_two_ways_is_told() {
    let read = kcna(KCNA, "Tribute Paid", "(03/04/2024)", &["It was. (invented sample)"]);
    assert_eq!(read.date, None);
    let note = read.date_note.unwrap();
    let told = "`03/04/2024` on the page is 2024-04-03 or 2024-03-04; `day-first` of the layout";
    assert!(note.starts_with(told), "{note}");
}

/// A line break in a title is no blank between Han characters, though its tag be printed.
#[test]
fn a_title_in_several_lines_is_one() {
    for title in [
        "外交部发言人就中国召回<br/>驻鲁里坦尼亚大使答记者问",
        "外交部发言人就中国召回&lt;br&gt;驻鲁里坦尼亚大使答记者问",
    ] {
        let whole = "外交部发言人就中国召回驻鲁里坦尼亚大使答记者问";
        let read = chinese(title, "2031-05-08", &lines(&["问：是否属实？（虚构）", "答：属实。"]));
        assert_eq!(read.title.as_deref(), Some(whole));
        // The same without a layout: what is left of the title is no announcement.
        let more = "双方应当通过对话协商解决分歧，共同维护地区的和平与稳定。".repeat(5);
        let html = format!(
            "<html><head><title>{whole}</title></head><body><div class='art'><h2>{title}</h2><p>来源： 2031-05-08 21:00</p>\
             <p>问：是否属实？（虚构）</p><p>答：{more}</p><div class='copyright'>中华人民共和国外交部 版权所有<br>\
             联系我们 地址：某处 邮编：1<br>网站标识码：bm1</div></div></body></html>"
        );
        let read = crate::china::read(&html, "http://rr.chineseembassy.org/chn/fyrth/t5.htm");
        assert_eq!(
            (read.layout.as_str(), read.title.as_deref()),
            ("fallback:readability", Some(whole))
        );
        assert_eq!(
            (turns(&read), read.published.as_deref()),
            (
                vec![(Question, None, "是否属实？（虚构）"), (Answer, None, more.as_str())],
                Some("2031-05-08 21:00")
            )
        );
    }
}

/// A footer ends a text in any case; words like it in an answer do not.
#[test]
fn only_a_footer_ends_a_text() {
    for footer in
        ["Suggest to a Friend", "SUGGEST TO A FRIEND", "copyright © 2031", "Links： State Council"]
    {
        let page = english(
            TITLE_EN,
            &format!(
                "<p>AFP: Will it rain? (invented)</p><p>Mao Ning: It will.</p><p>{footer}</p><p>Ministry of Commerce</p>"
            ),
        );
        assert_eq!(turns(&page)[1], (Answer, Some("Mao Ning"), "It will."), "{footer}");
    }
    let page = chinese(
        TITLE,
        "",
        &lines(&[
            "*路透社记者：何时？（虚构）",
            "毛宁：明天。",
            "版权所有者的权益应当得到保护。",
            "*法新社记者：还有吗？",
            "毛宁：没有。",
        ]),
    );
    assert_eq!(page.turns.len(), 4);
    assert_eq!(page.turns[1].text, "明天。\n版权所有者的权益应当得到保护。");
}

/// Stamps that say what they are, above a text.
#[test]
fn a_named_stamp_above_a_text_is_its_stamp() {
    for stamp in
        ["来源： 2031-05-09 00:05", "发布时间：2031-05-09 00:05", "来源：外交部 2031-05-09 00:05"]
    {
        let page =
            chinese(TITLE, "", &lines(&[stamp, "*路透社记者：何时？（虚构）", "毛宁：明天。"]));
        assert_eq!(
            (page.turns.len(), page.published.as_deref(), day(&page).as_str()),
            (2, Some("2031-05-09 00:05"), "2031-05-08"),
            "{stamp}"
        );
    }
    let page =
        chinese(TITLE, "", &lines(&["时间：2031年5月8日，地点：某处。（虚构）", "毛宁：明天。"]));
    assert!(page.turns[0].text.contains("地点"), "a sentence is no stamp");
}

/// The ministry's and the papers' names, days and marks below a text of the DPRK.
#[test]
fn the_foot_of_a_text_is_none_of_it() {
    let text = "실바니아는 책동을 그만두어야 한다. (지어낸 견본)";
    for (foot, expected) in [
        (&["조선외무성", "2031.12.7"][..], "2031-12-07"),
        (&["주체120(2031)년 12월 7일 조선외무성"], "2031-12-07"),
        (&["본사기자 김철수", "2031.12.7. 《로동신문》 6면"], "2031-12-07"),
        (&["[2031.12.7.]", "평 양(끝)"], "2031-12-07"),
    ] {
        let foot: String = foot.iter().map(|line| format!("<p>{line}</p>")).collect();
        let html = format!("<h1>주범</h1><div class='content'><p>{text}</p>{foot}</div>");
        let read = page(&html, MFA_KO, "2032-01-01");
        assert_eq!((turns(&read), day(&read).as_str()), (vec![(Narration, None, text)], expected));
    }
}

/// Where a list or feed cut a text it says so in many ways.
#[test]
fn a_mark_that_more_would_follow_is_none_of_the_text() {
    let text = "실바니아는 책동을 그만두어야 한다.";
    for mark in
        ["... ... ... 더보기", " ... ... ... 더보기", "더보기 »", "(more)", "Read more", "…더 보기"]
    {
        let apart = if mark.starts_with(' ') { mark.to_owned() } else { format!("</p><p>{mark}") };
        let html = format!("<h1>주범</h1><div class='content'><p>{text}{apart}</p></div>");
        let read = page(&html, MFA_KO, "2032-01-01");
        assert_eq!((turns(&read), read.truncated), (vec![(Narration, None, text)], true), "{mark}");
    }
    let whole = "<h1>주범</h1><div class='content'><p>People should read more (invented)</p></div>";
    assert!(!page(whole, MFA_KO, "2032-01-01").truncated);
}

/// The house's name at the end of the last line is its signature.
#[test]
fn a_signature_is_none_of_the_text() {
    let url = "http://www.rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0002";
    let page = |last: &str| {
        page(
            &format!(
                "<div class='ArticleMenuDate'>Mar. 10,&nbsp;Juche 111 (2022)</div><p class='ArticleContent'>Trees</p><p class='ArticleContent'>{last}</p>"
            ),
            url,
            "2022-03-13",
        )
    };
    let signed = page("Trees were planted. (invented sample) Rodong Sinmun");
    assert_eq!(turns(&signed), [(Narration, None, "Trees were planted. (invented sample)")]);
    let named = page("The king thanked Rodong Sinmun");
    assert_eq!(turns(&named), [(Narration, None, "The king thanked Rodong Sinmun")]);
}

/// A text printed twice with its byline is read once.
#[test]
fn a_text_printed_twice_with_its_byline_is_read_once() {
    let url = "http://rodong.rep.kp/ko/index.php?MTJAMjAyNC0wNS0xMS1OMDMyQDE1QDNAQDBAMzI=%3D";
    let text = "<div class='ArticleContent'><p>실바니아를 규탄하였다. (지어낸 견본)</p><p>우리는 이를 배격한다.</p><p>본사기자 김철수</p></div>";
    let html = format!("<div class='news_Title'>실바니아를 규탄</div>{text}{text}");
    let expected = "실바니아를 규탄하였다. (지어낸 견본)\n우리는 이를 배격한다.";
    assert_eq!(turns(&page(&html, url, "2024-11-24")), [(Narration, None, expected)]);
}

/// The ministry's pages in a markup that nobody has seen: sections and the site's name are no title.
#[test]
fn neither_section_nor_site_is_a_title() {
    let text = "<p>조선민주주의인민공화국 외무성 대변인은 28일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다.</p>\
        <p>루리타니아사태의 근원은 전적으로 실바니아의 패권주의정책에 있다. 그들은 침략을 《방위》라고 부르고있으며 우리는 이를 견결히 규탄배격한다. (지어낸 견본)</p>";
    let title = "조선민주주의인민공화국 외무성 대변인대답";
    for body in [
        format!(
            "<div class='m'><div class='tit'>{title}</div><div class='con'>{text}<p>주체111(2022)년 2월 28일</p></div></div>"
        ),
        format!(
            "<div class='c'><h4>공식립장</h4><h2>{title}</h2><div class='txt'>{text}<p>주체111(2022)년 2월 28일</p></div></div>"
        ),
        format!(
            "<table><tr><td><b>{title}</b></td></tr><tr><td>[2022-02-28]</td></tr><tr><td>{text}</td></tr></table>"
        ),
    ] {
        let html = format!(
            "<html><head><title>조선민주주의인민공화국 외무성</title></head><body><ul><li><a href='/1'>첫페지</a></li></ul>{body}</body></html>"
        );
        let read = page(&html, MFA_KO, "2022-06-01");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str()),
            (Some(title), "2022-02-28"),
            "{body}"
        );
        assert_eq!(read.turns.len(), 2, "{:?}", turns(&read));
    }
}

/// What a browser shows in place of a film, and lines of a preformatted text.
#[test]
fn what_a_page_shows_is_read_as_it_is_shown() {
    let page = chinese(
        TITLE,
        "",
        "<p><strong>路透社记者：何时？（虚构）</strong></p><p>毛宁：明天。</p><video src='x.mp4'>浏览器不支持</video>",
    );
    assert_eq!(turns(&page)[1].2, "明天。");
    let page = english(
        TITLE_EN,
        "<pre>AFP: Will it rain? (invented)\nMao Ning: No.\nAP: And snow?\nMao Ning: No.</pre>",
    );
    assert_eq!(page.turns.len(), 4, "{:?}", turns(&page));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Wherever the title stands between menu and sentences: no sentence lost, no menu in.
    #[test]
    fn no_sentence_is_lost_and_no_menu_read(
        menu in prop::collection::vec("[A-Z][a-z]{2,12}( [A-Z][a-z]{2,12}){0,6}", 0..4),
        sentences in prop::collection::vec("[A-Z][a-z]{2,9}( [a-z]{2,9}){2,20}\\.", 1..6),
        at in 0usize..6,
    ) {
        let title = "Dam Opened in Ruritania";
        let mut inside: Vec<&str> = sentences.iter().map(String::as_str).collect();
        inside.insert(at.min(inside.len()), title);
        let above = menu.iter().map(String::as_str).chain([title]);
        let printed: Vec<&str> = above.chain(inside).collect();
        let read = kcna(KCNA, title, "(2024.3.9.)", &printed);
        let words: Vec<&str> = read.turns.iter().flat_map(|t| t.text.lines()).collect();
        prop_assert!(sentences.iter().all(|s| words.contains(&s.as_str())), "{:?}", words);
        prop_assert!(!menu.iter().any(|line| words.contains(&line.as_str())), "{:?}", words);
    }
}
