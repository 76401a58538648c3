//! What no list of ours knows: names, outlets, labels and markup that other days bring.

use corpus::Genre;
use corpus::Role::{Announcement, Answer, Note, Question};

use crate::china::{TITLE, TITLE_EN, ZH, chinese, english, lines, read, roles};
use crate::invented::{day, turns};

/// A spokesperson whose surname is in no list, outlets that nobody declared, labels in any element.
#[test]
fn a_spokesperson_of_any_name_answers() {
    for name in ["欧阳若雪", "热依扎", "麦合木"] {
        let page = chinese(
            &format!("2031年5月8日外交部发言人{name}主持例行记者会"),
            "",
            &format!(
                "<p><font color='red'><b>北极星通讯社</b></font><b>：</b>请问何时复会？</p><p><span>{name}</span>：很快。</p>\
                 <p><b>霍恩堡日报：</b>还有补充吗？</p><p><b>{name}：</b>没有。</p><p>我再说一句：和平可贵。</p>"
            ),
        );
        assert_eq!(page.spokesperson.as_deref(), Some(name));
        let expected = [
            (Question, Some("北极星通讯社")),
            (Answer, Some(name)),
            (Question, Some("霍恩堡日报")),
            (Answer, Some(name)),
        ];
        assert_eq!(roles(&page), expected);
    }
    // Without a title, a word that answers again and again is a name.
    let untitled = read(
        &format!(
            "<div id='News_Body_Txt_A'>{}</div>",
            lines(&[
                "*路透社记者：何时复会？",
                "热依扎：很快。",
                "*法新社记者：还有吗？",
                "热依扎：没有。"
            ])
        ),
        ZH,
    );
    let answers: Vec<_> =
        roles(&untitled).into_iter().filter(|(role, _)| *role == Answer).collect();
    assert_eq!(answers, [(Answer, Some("热依扎")), (Answer, Some("热依扎"))]);
    // An English title may leave the office out, and a label the given name.
    let english = english(
        "Ouyang Ruoxue’s Regular Press Conference on May 7, 2025",
        "<p>Polaris News: When?</p><p>Ouyang Ruoxue: Soon.</p><p>Rudolf Rassendyll, Zenda Post: Sure?</p><p>Ouyang: Sure.</p>",
    );
    let asker = Some("Rudolf Rassendyll, Zenda Post");
    let expected = [
        (Question, Some("Polaris News")),
        (Answer, Some("Ouyang Ruoxue")),
        (Question, asker),
        (Answer, Some("Ouyang")),
    ];
    assert_eq!(roles(&english), expected);
}

/// Names that are spaced out, verbs before the colon, numbers and brackets.
#[test]
fn labels_are_known_in_any_dress() {
    let ning = Some("毛宁");
    for (asked, answered) in [
        ("<b>路透社记者　：</b>&nbsp;何时？", "毛　宁 ：明天。"),
        ("<b>路 透 社 记 者：</b>何时？", "毛&nbsp;&nbsp;宁：明天。"),
        ("<b>路透社记者继续追问：</b>何时？", "毛宁答：明天。"),
        ("<b>路透社记者 张三：</b>何时？", "毛宁表示：明天。"),
        ("路透社记者李四：何时？", "<b>毛宁</b>：明天。"),
        ("<b>路透社记者∶</b>何时？", "毛宁﹕明天。"),
    ] {
        let page = chinese(TITLE, "", &format!("<p>{asked}</p><p>{answered}</p>"));
        assert_eq!(roles(&page).last(), Some(&(Answer, ning)), "{asked}");
        assert_eq!(page.turns[0].asker.as_deref(), Some("Reuters"), "{asked}");
        assert_eq!((page.turns.len(), page.turns[1].text.as_str()), (2, "明天。"), "{asked}");
    }
    let put = chinese(
        "外交部发言人毛宁就边界问题答记者问",
        "",
        "<p>【问】何时？</p><p>【答】明天。</p><p>问题二：几点？</p><p>答：八点。</p><p>五 、问：何地？</p><p>答：此地。</p>",
    );
    assert_eq!(roles(&put), [(Question, None), (Answer, ning)].repeat(3));
    let told = english(
        "Foreign Ministry Spokesperson Mao Ning Answers a Question on Ruritania",
        "<p>A journalist asked: When?</p><p>Mao Ning said: Tomorrow.</p>",
    );
    assert_eq!(told.genre, Genre::Answer);
    assert_eq!(roles(&told), [(Question, Some("A journalist asked")), (Answer, Some("Mao Ning"))]);
    assert_eq!(told.turns[0].asker, None);
}

/// An interview that an answer recites is the answer's.
#[test]
fn a_recited_interview_is_no_turn() {
    let zh = chinese(
        TITLE,
        "",
        &lines(&[
            "*路透社记者：他说了什么？",
            "毛宁：有记者问他：你为何不来？",
            "问：“你为何不来？”",
            "答：“我很忙。”",
            "这就是他的态度。",
            "*法新社记者：还有吗？",
            "毛宁：没有。",
        ]),
    );
    assert_eq!(roles(&zh).len(), 4, "{:?}", turns(&zh));
    assert_eq!(zh.turns[1].text.lines().count(), 4);
    let en = english(
        TITLE_EN,
        "<p>AFP: What did he say?</p><p>Mao Ning: He said in the interview:</p><p>Q: Will you travel?</p><p>A: Perhaps.</p><p>That was all.</p>\
         <p>Follow-up: And then?</p><p>Mao Ning: Nothing.</p><p>Q: Will it rain?</p><p>A: It will.</p>",
    );
    let ning = Some("Mao Ning");
    let expected = [
        (Question, Some("AFP")),
        (Answer, ning),
        (Question, None),
        (Answer, ning),
        (Question, None),
        (Answer, ning),
    ];
    assert_eq!(roles(&en), expected, "{:?}", turns(&en));
}

/// Questions that were put after the conference, and what happens in the room.
#[test]
fn questions_after_the_conference_are_questions() {
    for asked in [
        "The following question was raised after the press conference: Did it rain?",
        "Question after the press conference: It rained. What is China’s comment?",
    ] {
        let page = english(
            TITLE_EN,
            &format!(
                "<p>AFP: Will it rain?</p><p>Mao Ning: No.</p><p>**********</p><p>{asked}</p><p>Mao Ning: It did.</p>"
            ),
        );
        let ning = Some("Mao Ning");
        let expected = [
            (Question, Some("AFP")),
            (Answer, ning),
            (Note, None),
            (Question, None),
            (Answer, ning),
        ];
        assert_eq!(roles(&page), expected, "{asked}");
    }
    let page = chinese(
        TITLE,
        "",
        &lines(&["*路透社记者：何时？", "毛宁：请看图。", "[现场展示图片]", "明天。"]),
    );
    assert_eq!(roles(&page)[2..], [(Note, None), (Announcement, Some("毛宁"))]);
}

/// A minister meets the press: nobody declared him, and the outlets ask in plain type.
#[test]
fn whoever_answers_known_outlets_is_an_answerer() {
    let page = english(
        "Rudolf Elphberg Meets the Press",
        "<p>On May 8, Rudolf Elphberg met the press.</p><p>Rudolf Elphberg: Friends, good morning.</p><p>People's Daily: How is it?</p>\
         <p>Rudolf Elphberg: Good. There are two reasons: one, two.</p><p>EFE: And Sylvania?</p><p>Rudolf Elphberg: Good.</p>",
    );
    let king = Some("Rudolf Elphberg");
    let expected = [
        (Announcement, None),
        (Announcement, king),
        (Question, Some("People's Daily")),
        (Answer, king),
        (Question, Some("EFE")),
        (Answer, king),
    ];
    assert_eq!((roles(&page), page.genre), (expected.to_vec(), Genre::PressConference));
}

/// Heading where it always was, the text under another name: by class, else by main text.
#[test]
fn a_text_that_moved_is_found() {
    let text = lines(&["*路透社记者：西尔维尼亚外长是否来访？", "毛宁：没有消息。"]);
    let more =
        "我们注意到有关报道。双方应当通过对话协商解决分歧，共同维护地区的和平与稳定。".repeat(4);
    for body in [
        format!("<div class='news-main'><div class='TRS_Editor'>{text}</div></div>"),
        format!("<div class='other'><div>{text}<p>{more}</p></div></div>"),
    ] {
        let page = read(
            &format!(
                "<html><body><div class='news-title'><h1>{TITLE}</h1><p class='time'><span>2031-05-09 00:05</span></p></div>{body}</body></html>"
            ),
            ZH,
        );
        assert_eq!((page.title.as_deref(), day(&page).as_str()), (Some(TITLE), "2031-05-08"));
        assert_eq!(roles(&page), [(Question, Some("路透社记者")), (Answer, Some("毛宁"))]);
    }
}
