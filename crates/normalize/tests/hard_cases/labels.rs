//! Labels that nothing but their type tells from the words, and labels that nobody has declared.

use corpus::Role::{Announcement, Answer, Note, Question};

use crate::china::{TITLE, chinese, english, lines, roles};
use crate::invented::turns;

/// An interview whose labels alone are bold: who answers stands in no list and in no title.
#[test]
fn a_bold_label_is_a_label_and_no_question() {
    let bold = |label: &str, words: &str| format!("<p><strong>{label}：</strong>{words}</p>");
    for (asks, answers) in
        [("新华社记者", "张三丰"), ("问", "欧阳玉靖"), ("记者", "谢锋大使"), ("北极星社", "张三丰")]
    {
        let text = [
            bold(asks, "请介绍成果？（虚构）"),
            bold(answers, "好的。"),
            "<p>我们做了很多工作。</p>".to_owned(),
            bold(asks, "还有？"),
            format!("<p><strong>{answers}</strong>：很多。</p>"),
        ];
        let page = chinese("边海司司长接受采访", "2031-05-08", &text.concat());
        let asker = Some(asks).filter(|label| *label != "问");
        let expected = [
            (Question, asker, "请介绍成果？（虚构）"),
            (Answer, Some(answers), "好的。\n我们做了很多工作。"),
            (Question, asker, "还有？"),
            (Answer, Some(answers), "很多。"),
        ];
        assert_eq!(turns(&page), expected);
    }
    let page = english(
        "Rudolf Elphberg Gives an Interview",
        "<p><strong>Zenda Post:</strong> What are the results?</p><p><strong>Rudolf Elphberg:</strong> Many.</p>\
         <p>We worked hard.</p><p><strong>AFP:</strong> And next?</p><p><strong>Rudolf Elphberg:</strong> More.</p>",
    );
    let king = Some("Rudolf Elphberg");
    let expected = [
        (Question, Some("Zenda Post"), "What are the results?"),
        (Answer, king, "Many.\nWe worked hard."),
        (Question, Some("AFP"), "And next?"),
        (Answer, king, "More."),
    ];
    assert_eq!(turns(&page), expected);
}

/// Whole questions in bold, and before the answers the label alone.
#[test]
fn bold_questions_and_bold_labels_of_answers_go_together() {
    let page = chinese(
        "张三丰接受采访",
        "2031-05-08",
        "<p><strong>记者：请介绍成果？（虚构）</strong></p><p><strong>张三丰：</strong>好的。<strong>一是合作。</strong></p>\
         <p><strong>记者：还有？</strong></p><p><strong>张三丰：</strong>很多。</p>",
    );
    let who = Some("张三丰");
    assert_eq!(
        turns(&page),
        [
            (Question, Some("记者"), "请介绍成果？（虚构）"),
            (Answer, who, "好的。一是合作。"),
            (Question, Some("记者"), "还有？"),
            (Answer, who, "很多。"),
        ]
    );
}

/// What leads to an unlabelled question in bold is the journalist's too, whatever it claims.
#[test]
fn a_bold_question_of_several_paragraphs_is_one_question() {
    let bold = |words: &str| format!("<p><strong>{words}</strong></p>");
    let claim = "鲁里坦尼亚是危机的始作俑者。（虚构）";
    let asks = "发言人是否同意这种看法？";
    let led = [
        bold(claim) + &bold("西尔维尼亚难辞其咎。") + &bold(asks),
        format!("<p><strong>{claim}<br/>西尔维尼亚难辞其咎。<br/>{asks}</strong></p>"),
    ];
    for question in led {
        let first = "<p><strong>路透社记者：何时？</strong></p><p>毛宁：明天。</p><p>中方一贯主张对话。</p>";
        let page = chinese(TITLE, "", &format!("{first}{question}<p>毛宁：不同意。</p>"));
        let expected = [
            (Question, Some("路透社记者"), "何时？".to_owned()),
            (Answer, Some("毛宁"), "明天。\n中方一贯主张对话。".to_owned()),
            (Question, None, format!("{claim}\n西尔维尼亚难辞其咎。\n{asks}")),
            (Answer, Some("毛宁"), "不同意。".to_owned()),
        ];
        let found = turns(&page);
        let found: Vec<_> = found.iter().map(|(r, s, t)| (*r, *s, (*t).to_owned())).collect();
        assert_eq!(found, expected, "{question}");
    }
}

/// The office without a name, with a verb before the colon.
#[test]
fn the_spokesperson_says_is_a_label() {
    let page = chinese(
        "外交部发言人就边界问题答记者问",
        "2031-05-08",
        &lines(&["有记者问：是否属实？（虚构）", "发言人表示：属实。", "我们反对。"]),
    );
    let office = Some("发言人");
    assert_eq!(roles(&page), [(Question, Some("有记者问")), (Answer, office)]);
    assert_eq!(page.turns[1].text, "属实。\n我们反对。");
}

/// What is said after a film was shown is said by who showed it.
#[test]
fn the_speaker_goes_on_after_a_stage_direction() {
    let page = chinese(
        TITLE,
        "",
        &lines(&["*路透社记者：何时？（虚构）", "毛宁：请看短片。", "（现场播放视频）", "明天。"]),
    );
    let ning = Some("毛宁");
    let expected =
        [(Question, Some("路透社记者")), (Answer, ning), (Note, None), (Announcement, ning)];
    assert_eq!(roles(&page), expected);
}
