//! The hard cases of the Chinese ministry's pages, one test each, on invented pages: variations of
//! what the archived pages show. The numbers are those of the list of cases that the layouts were
//! built from.

use crate::invented::{bytes, day, try_read, turns};
use corpus::Role::{Announcement, Answer, Note, Question};
use corpus::{Genre, Lang, Role};
use normalize::Reading;

pub const ZH: &str = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_1.shtml";
pub const EN: &str = "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/203105/t20310508_2.html";
pub const TITLE: &str = "2031年5月8日外交部发言人毛宁主持例行记者会";
pub const TITLE_EN: &str =
    "Foreign Ministry Spokesperson Mao Ning’s Regular Press Conference on May 8, 2031";

/// A page of the template of 2021 on.
pub fn chinese(title: &str, stamp: &str, text: &str) -> Reading {
    read(
        &format!(
            "<html><head><meta charset='utf-8'></head><body><div class='news-title'><h1>{title}</h1>\
             <p class='time'><span>{stamp}</span></p></div>\
             <div class='news-main' id='News_Body_Txt_A'><div class='TRS_UEDITOR'>{text}</div></div></body></html>"
        ),
        ZH,
    )
}

/// A page of the English template of 2024 on.
pub fn english(title: &str, text: &str) -> Reading {
    read(
        &format!(
            "<html><head><meta charset='utf-8'></head><body><h1 class='news_header_title'>{title}</h1>\
             <div class='xltime'>2031-05-08 19:00</div><div class='content_text'>{text}</div></body></html>"
        ),
        EN,
    )
}

pub fn read(page: &str, url: &str) -> Reading {
    let mut readings = try_read(&bytes(page.as_bytes().to_vec(), url, "2031-06-01")).unwrap();
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

/// Paragraphs; those that begin with `*` in bold.
pub fn lines(lines: &[&str]) -> String {
    let line = |line: &&str| match line.strip_prefix('*') {
        Some(bold) => format!("<p>　　<strong>{bold}</strong></p>"),
        None => format!("<p>　　{line}</p>"),
    };
    lines.iter().map(line).collect()
}

pub fn roles(reading: &Reading) -> Vec<(Role, Option<&str>)> {
    reading.turns.iter().map(|t| (t.role, t.speaker.as_deref())).collect()
}

/// China 1.
#[test]
fn of_three_dates_the_titles_counts_and_the_others_are_evidence() {
    let text = lines(&["*路透社记者：是否属实？", "毛宁：不属实。"]);
    for (title, stamp, date) in [
        (TITLE, "2031-05-09 00:05", "2031-05-08"),
        ("外交部发言人毛宁2031年5月7日主持例行记者会", "2031-05-09 00:05", "2031-05-07"),
        // Put up again years later: a conference's title still counts.
        ("2029年5月7日外交部发言人毛宁主持例行记者会", "2031-05-09 00:05", "2029-05-07"),
        // A day that the text is about is not the text's.
        ("外交部发言人就1945年8月15日纪念活动答记者问", "2031-05-09 00:05", "2031-05-09"),
        ("外交部发言人就边界问题答记者问", "2031年05月09日", "2031-05-09"),
        ("外交部发言人就边界问题答记者问", "", "2031-05-08"),
    ] {
        let page = chinese(title, stamp, &text);
        assert_eq!(day(&page), date, "{title}");
    }
    let page = chinese(TITLE, "2031-05-09 00:05", &text);
    assert_eq!(page.date_note.as_deref(), Some("differs from stamp 2031-05-09"));
}

/// China 2.
#[test]
fn a_page_without_metas_or_heading_is_read_all_the_same() {
    let body = lines(&["*法新社记者：是否属实？", "毛宁：不属实。"]);
    let page = read(
        &format!(
            "<title>发言人表态_中华人民共和国外交部</title><div class='news-title'><h1>{TITLE}</h1></div><div id='News_Body_Txt_A'>{body}</div>"
        ),
        ZH,
    );
    assert_eq!((page.title.as_deref(), day(&page).as_str()), (Some(TITLE), "2031-05-08"));
    let bare = read(
        &format!(
            "<title>发言人表态_中华人民共和国外交部</title><div id='News_Body_Txt_A'>{body}</div>"
        ),
        ZH,
    );
    assert_eq!((bare.title, bare.turns.len()), (None, 2));
    let meta = read(
        &format!(
            "<meta name='ArticleTitle' content='{TITLE}'><div id='News_Body_Txt_A'>{body}</div>"
        ),
        ZH,
    );
    assert_eq!(meta.title.as_deref(), Some(TITLE));
}

/// China 3.
#[test]
fn a_day_that_is_only_told_in_words_is_no_date() {
    let page = read(
        "<div class='content_mod'><h2 class='title'>Foreign Ministry Spokesperson Qin Gang's Remarks on Ruritania</h2>\
         <div class='content'><p>Q: Late last night Beijing time, Ruritania voted. What is your comment?</p><p>A:China is for talks.</p></div></div>",
        "http://www.china-un.org/eng/fyrth/t1137754.htm",
    );
    assert_eq!((page.date, page.genre), (None, Genre::Remarks));
    assert!(page.date_note.is_some());
    assert_eq!(roles(&page), [(Question, None), (Answer, Some("Qin Gang"))]);
}

/// China 4.
#[test]
fn questions_are_known_in_every_markup() {
    let expected = [(Question, Some("路透社记者")), (Answer, Some("毛宁"))];
    for text in [
        "<p><strong>路透社记者：西尔维尼亚外长是否来访？</strong></p><p>毛宁：没有消息。</p>",
        "<p><b><span><b>路透社记者：西尔维尼亚外长</b></span></b><b><span>11日是否来访？</span></b></p><p>毛宁：没有消息。</p>",
        "<p><b>路透社记者：</b>西尔维尼亚外长是否来访？</p><p><b>毛宁：</b>没有消息。</p>",
        "<p><span style='font-weight: bold'>路透社记者:西尔维尼亚外长是否来访？</span></p><p>毛宁:没有消息。</p>",
        "<p>路透社记者：西尔维尼亚外长是否来访？</p><p>毛宁：没有消息。</p>",
        "<div>路透社记者：西尔维尼亚外长是否来访？<br/>毛宁：没有消息。</div>",
        "<p><strong>路透社记者：西尔维尼亚外长来访。</strong></p><p><strong>中方对此有何评论？</strong></p><p>毛宁：没有消息。</p>",
    ] {
        assert_eq!(roles(&chinese(TITLE, "", text)), expected, "{text}");
    }
    let put = chinese(
        "外交部发言人毛宁就边界问题答记者问",
        "2031-05-08",
        "<p>问：西尔维尼亚称边界关闭。中方对此有何评论？</p><p>答：我们注意到有关报道。</p><p>边界没有关闭。</p>",
    );
    assert_eq!(put.genre, Genre::Answer);
    assert_eq!(roles(&put), [(Question, None), (Answer, Some("毛宁"))]);
}

/// China 4, English.
#[test]
fn english_questions_are_known_by_label_in_every_year() {
    let both = [(Question, Some("AFP")), (Answer, Some("Mao Ning"))];
    for text in [
        "<p>AFP: Will the envoy travel?</p><p>Mao Ning: No.</p>",
        "<p><strong>AFP: Will the envoy travel?</strong></p><p><strong>Mao Ning:</strong> No.</p>",
        "<p>AFP:Will the envoy travel?</p><p>Mao Ning:No.</p>",
        "<p>AFP: The envoy is ready.</p><p>Will he travel?</p><p>Mao Ning: No.</p>",
    ] {
        assert_eq!(roles(&english(TITLE_EN, text)), both, "{text}");
    }
    let old = "Foreign Ministry Spokesperson Liu Jianchao's Press Conference on 15 November 2005";
    let page = english(
        old,
        "<p>Liu Jianchao: Good afternoon. The king will visit.</p><p>Q: Will he stay?</p><p>A: Yes.</p><p>Q: How long?</p><p>A:Two days.</p>",
    );
    let speaker = Some("Liu Jianchao");
    let expected = [
        (Announcement, speaker),
        (Question, None),
        (Answer, speaker),
        (Question, None),
        (Answer, speaker),
    ];
    assert_eq!((roles(&page), day(&page).as_str()), (expected.to_vec(), "2005-11-15"));
    let unknown = english(
        TITLE_EN,
        "<p>AFP: Will the envoy travel?</p><p>Mao Ning: No.</p><p>Hentzau Media Group: Sylvania closed its border on May 7.</p>\
         <p>Its minister blamed Ruritania. What is China’s comment?</p><p>Mao Ning: We noted the reports.</p>\
         <p>The Facts: nobody closed a border.</p><p>Reuters and AP: Is it open?</p><p>Mao Ning: It is.</p>",
    );
    let ning = Some("Mao Ning");
    let expected = [
        (Question, Some("AFP")),
        (Answer, ning),
        (Question, Some("Hentzau Media Group")),
        (Answer, ning),
        (Question, Some("Reuters and AP")),
        (Answer, ning),
    ];
    assert_eq!(roles(&unknown), expected);
    assert_eq!(unknown.turns[4].asker.as_deref(), Some("Reuters; AP"));
    assert_eq!(unknown.turns[2].asker.as_deref(), Some("Hentzau Media Group"));
    for label in ["Spokesperson", "Foreign Ministry Spokesperson Mao Ning", "MAO NING"] {
        let page = english(TITLE_EN, &format!("<p>Kyodo News: Is it so?</p><p>{label}: Yes.</p>"));
        assert_eq!(roles(&page), [(Question, Some("Kyodo News")), (Answer, Some(label))]);
    }
}

/// China 5.
#[test]
fn false_labels_inside_answers_begin_no_turn() {
    let page = chinese(
        TITLE,
        "2031-05-08",
        &lines(&[
            "*新华社记者：你对此有何评论？",
            "毛宁：我有三点看法。",
            "美方应当诚实交代：谁先离开了会场？",
            "案例一：西尔维尼亚代表三次缺席。",
            "第一宗罪：颠倒黑白。",
            "毛泽东主席曾说：看问题要看全面。",
            "事实是：边界一直开放。",
            "一问西尔维尼亚：会场在哪里？",
            "据《斯特雷索报》报道：会议取消了。",
            "《联合国宪章》第二条规定：各国主权平等。",
            "*澳广记者：还有补充吗？",
            "毛宁：没有。",
        ]),
    );
    assert_eq!(roles(&page).len(), 4, "{:?}", roles(&page));
    assert_eq!(page.turns[1].text.lines().count(), 9);
}

/// China 6.
#[test]
fn missing_labels_are_made_up_for_by_place_and_type() {
    let ning = Some("毛宁");
    let page = chinese(
        TITLE,
        "2031-05-08",
        &lines(&[
            "*路透社记者：西尔维尼亚是否撤军？",
            "我们注意到有关报道。双方应当对话。",
            "*据报道，斯特雷索市爆发游行。中方对此有何评论？",
            "毛宁：游行已经结束。",
            "*你能否证实有人受伤？",
            "毛宁：我不掌握有关情况。",
            "*共同社记者：会谈何时恢复？",
            "毛宁：下周。",
        ]),
    );
    let expected = [
        (Question, Some("路透社记者")),
        (Answer, ning),
        (Question, None),
        (Answer, ning),
        (Question, None),
        (Answer, ning),
        (Question, Some("共同社记者")),
        (Answer, ning),
    ];
    assert_eq!(roles(&page), expected);
}

/// China 7.
#[test]
fn odd_askers_are_askers_and_keep_their_words() {
    let outlet = |label: &str| {
        let page = chinese(
            TITLE,
            "",
            &lines(&[
                "*法新社记者：甲？",
                "毛宁：乙。",
                &format!("*{label}是否属实？"),
                "毛宁：属实。",
            ]),
        );
        assert_eq!(page.turns.len(), 4, "{label}: {:?}", turns(&page));
        assert_eq!(page.turns[2].role, Question);
        (page.turns[2].speaker.clone(), page.turns[2].asker.clone())
    };
    for (label, speaker, asker) in [
        (
            "彭博社记者、土耳其阿纳多卢通讯社记者：",
            Some("彭博社记者、土耳其阿纳多卢通讯社记者"),
            Some("Bloomberg; Anadolu"),
        ),
        ("路透社、彭博社记者：", Some("路透社、彭博社记者"), Some("Reuters; Bloomberg")),
        ("路透社、彭博社：", Some("路透社、彭博社"), Some("Reuters; Bloomberg")),
        ("记者追问：", Some("记者追问"), None),
        ("追问：", None, None),
        ("会后有记者问及：", Some("会后有记者"), None),
        ("会后，中新社记者问及：", Some("中新社记者"), Some("China News Service")),
        ("二、问：", None, None),
        ("法新社记者:", Some("法新社记者"), Some("AFP")),
        ("总台央视记者：", Some("总台央视记者"), Some("CCTV")),
        ("日本NHK记者：", Some("日本NHK记者"), Some("NHK")),
        ("《环球时报》记者：", Some("《环球时报》记者"), Some("Global Times")),
        ("鲁里坦尼亚《早报》记者：", Some("鲁里坦尼亚《早报》记者"), Some("鲁里坦尼亚早报")),
        ("路透社记者追问：", Some("路透社记者追问"), Some("Reuters")),
    ] {
        assert_eq!(
            outlet(label),
            (speaker.map(str::to_owned), asker.map(str::to_owned)),
            "{label}"
        );
    }
    let nods = chinese(
        TITLE,
        "",
        &lines(&["*法新社记者：甲？", "毛宁：你去过吗？", "记者（点头）：是。", "毛宁：好。"]),
    );
    assert_eq!(turns(&nods)[2], (Question, Some("记者"), "是。"));
}

/// China 8.
#[test]
fn a_new_spokesperson_whom_nobody_declared_keeps_the_name() {
    let page = chinese(
        "2031年5月8日外交部发言人林剑主持例行记者会",
        "",
        &lines(&[
            "毛宁：今天向大家介绍新同事。",
            "唐若水：大家好！",
            "*新华社记者：祝贺。有何计划？",
            "唐若水：谢谢。",
            "*路透社记者：还有吗？",
            "林剑：没有。",
        ]),
    );
    let expected = [
        (Announcement, Some("毛宁")),
        (Announcement, Some("唐若水")),
        (Question, Some("新华社记者")),
        (Answer, Some("唐若水")),
        (Question, Some("路透社记者")),
        (Answer, Some("林剑")),
    ];
    assert_eq!(roles(&page), expected);
}

/// China 6.
#[test]
fn a_bold_question_without_outlet_is_one_where_bold_type_carries_questions() {
    let asked = ["*路透社记者：使节是否来访？", "毛宁：没有消息。"];
    let unnamed =
        ["*发言人提到边界。请问何时开放？", "*中方对此有何评论？", "不会开放。", "我已经说过了。"];
    let ning = Some("毛宁");
    let page = chinese(
        TITLE,
        "",
        &lines(&[asked, [unnamed[0], unnamed[1]], [unnamed[2], unnamed[3]]].concat()),
    );
    let expected =
        [(Question, Some("路透社记者")), (Answer, ning), (Question, None), (Answer, ning)];
    assert_eq!(roles(&page), expected);
    assert_eq!(page.turns[2].text, "发言人提到边界。请问何时开放？\n中方对此有何评论？");
    assert_eq!(page.turns[3].text, "不会开放。\n我已经说过了。");
    // First of all, and between others.
    let first = chinese(TITLE, "", &lines(&["*请问何时开放？", "不会开放。", asked[0], asked[1]]));
    assert_eq!(roles(&first)[..2], [(Question, None), (Answer, ning)]);
    // Bold type that stresses an answer's words is no evidence, nor are the headings of a statement.
    let stressed = [
        "*路透社记者：使节是否来访？",
        "毛宁：没有消息。",
        "*绝不接受。",
        "谁在拱火？",
        "*到底是谁？",
        "世人皆知。",
    ];
    assert_eq!(roles(&chinese(TITLE, "", &lines(&stressed))).len(), 2);
    let headings = ["*谁在散布谣言？", "是西尔维尼亚。", "*谁在从中渔利？", "还是它。"];
    let statement = chinese("外交部发言人毛宁就边界问题发表谈话", "", &lines(&headings));
    assert!(roles(&statement).iter().all(|(role, _)| *role != Question), "{:?}", roles(&statement));
    // The same in English.
    let page = english(
        TITLE_EN,
        &lines(&[
            "*AFP: Will the envoy travel?",
            "Mao Ning: No.",
            "*Will the border open?",
            "It will not.",
        ]),
    );
    let expected = [
        (Question, Some("AFP")),
        (Answer, Some("Mao Ning")),
        (Question, None),
        (Answer, Some("Mao Ning")),
    ];
    assert_eq!(roles(&page), expected);
}

/// China 9.
#[test]
fn announcements_asterisks_and_stage_directions_are_told_apart() {
    let page = chinese(
        TITLE,
        "",
        "<p>一、国王将来访。</p><p>　</p><p>&nbsp;</p><p><img src='x.jpg'/>　</p><p>二、外长将出访。</p>\
         <p><strong>新华社记者：有何安排？</strong></p><p>毛宁：请看短片。</p><p>（现场播放视频）</p><p>谢谢大家观看。</p>\
         <p>****************</p><p>会后，我们再发布一则通知：明天休会。</p><p>＊＊＊＊＊＊＊＊</p><p><strong>会后有记者问及：谁将参加？</strong></p><p>毛宁：各国代表。</p>",
    );
    let ning = Some("毛宁");
    let expected = [
        (Announcement, None),
        (Question, Some("新华社记者")),
        (Answer, ning),
        (Note, None),
        (Announcement, ning),
        (Note, None),
        (Announcement, None),
        (Note, None),
        (Question, Some("会后有记者")),
        (Answer, ning),
    ];
    assert_eq!(roles(&page), expected);
    assert_eq!(page.turns[0].text, "一、国王将来访。\n二、外长将出访。");
    assert_eq!(page.turns[3].text, "（现场播放视频）");
}

/// China 10.
#[test]
fn menus_and_footers_are_no_words_of_anybody() {
    let page = read(
        &format!(
            "<html><body><div id='menu'>Startseite Über die Botschaft Wirtschaft und Handel Kontakt</div>\
             <div id='News_Body_Txt_A'><p>عربي Español Русский Français 简体中文</p><p>Home &gt; Spokesperson's Remarks</p><p>{TITLE_EN}</p><p>2031/05/09 00:17</p>\
             <p>AFP: Will it rain? (Similar question from CNBC)</p><p>Mao Ning: It will. Links: State Council Ministry of Commerce Copyright© www.fmprc.gov.cn</p>\
             <p>Suggest to a friend</p><p>Links: State Council Ministry of Commerce</p><p>Copyright© www.fmprc.gov.cn All Rights Reserved</p></div></body>\
             <title>{TITLE_EN}</title></html>"
        ),
        "http://rr.china-embassy.gov.cn/eng/fyrth/203105/t20310509_3.htm",
    );
    let expected = [
        (Question, Some("AFP"), "Will it rain? (Similar question from CNBC)"),
        (Answer, Some("Mao Ning"), "It will."),
    ];
    assert_eq!(turns(&page), expected);
    assert_eq!((page.lang, day(&page).as_str()), (Lang::En, "2031-05-08"));
    assert_eq!(page.published.as_deref(), Some("2031-05-09 00:17"));
    let zh = chinese(
        "外交部发言人就边界问题答记者问",
        "2031-05-08",
        "<p>分享到：</p><p>【打印】【关闭】</p><p>【中大小】【打印】</p><p>问：是否属实？</p><p>答：属实。</p><p>【推荐给朋友】</p><p>【关闭窗口】</p><p>版权所有：某部</p>",
    );
    assert_eq!(roles(&zh).len(), 2);
    assert_eq!(zh.turns[1].text, "属实。");
}
