//! What a title tells: the kind of text and who speaks in it.

use corpus::{Genre, Lang};

/// Verbs and particles that follow a spokesperson's name in a Chinese title.
const AFTER_NAME: [&str; 22] = [
    "例行", "主持", "就", "答", "举行", "发表", "谈", "在", "宣布", "关于", "对", "的", "回答",
    "介绍", "应询", "接受", "出席", "：", "向", "回应", "同", "会见",
];

/// Surnames that begin a Chinese name; two of these and a name of three or four characters make a
/// compound one. The commonest hundred and those of spokespersons.
pub const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文华耿洪章姬戚柳倪";

/// The spokesperson, minister or leader whom the title names.
pub fn spokesperson(title: &str, lang: Lang) -> Option<String> {
    match lang {
        Lang::Zh => chinese_spokesperson(title),
        Lang::En => english_spokesperson(title),
        _ => None,
    }
}

/// The kind of text, by its title.
pub fn genre(title: &str, lang: Lang) -> Option<Genre> {
    let rules: &[(&str, Genre)] = match lang {
        Lang::Zh => &CHINESE,
        Lang::Ko => &KOREAN,
        Lang::Es => &SPANISH,
        _ => &ENGLISH,
    };
    let lower = title.to_lowercase().replace('’', "'");
    let told = rules.iter().find(|(words, _)| lower.contains(words)).map(|(_, genre)| *genre)?;
    let speaking = told == Genre::Speech && SPEAKING.iter().any(|words| lower.contains(words));
    Some(if speaking { Genre::Report } else { received(told, title) })
}

/// The kind of text, where the title says that it reports how others received a statement, answer
/// or speech.
pub fn received(told: Genre, title: &str) -> Genre {
    let lower = title.to_lowercase();
    let own = matches!(told, Genre::Statement | Genre::Answer | Genre::Speech);
    if own && ABOUT.iter().any(|words| lower.contains(words)) { Genre::Report } else { told }
}

/// Words of titles that report how a statement was received.
const ABOUT: [&str; 20] = [
    "reported by",
    "reported in",
    "reported abroad",
    "report statement",
    "reports statement",
    "favored",
    "distributed as",
    "back statement",
    "backs statement",
    "hail statement",
    "hails statement",
    "supported",
    "supports statement",
    "supports answer",
    "support statement",
    "support answer",
    "hailed",
    "welcomed",
    "carried by",
    "evokes",
];
/// Words of titles that report that a speech was made.
const SPEAKING: [&str; 10] = [
    "makes speech",
    "makes a speech",
    "makes policy speech",
    "delivers",
    "delivered",
    "gives speech",
    "made speech",
    "发表讲话",
    "发表演讲",
    "发表主旨演讲",
];

/// The kind of text, by the `type` column of a shared table.
pub fn genre_of_type(kind: &str) -> Option<Genre> {
    Some(match kind {
        "press_conference" => Genre::PressConference,
        "spokesperson_qa" | "spokesperson" => Genre::Answer,
        "spokesperson_remarks" => Genre::Remarks,
        "statement" | "press_statement" | "foreign_ministry_statement" => Genre::Statement,
        "commentary" => Genre::Commentary,
        "new_year_address" | "speech" => Genre::Speech,
        "reported_speech" | "secondary_report" | "leader_activity" | "news" | "press_review" => {
            Genre::Report
        }
        "article" | "journal_article" => Genre::Article,
        _ => return None,
    })
}

const CHINESE: [(&str, Genre); 16] = [
    ("记者会", Genre::PressConference),
    ("吹风会", Genre::PressConference),
    ("答记者问", Genre::Answer),
    ("答问", Genre::Answer),
    ("应询", Genre::Answer),
    ("发表谈话", Genre::Remarks),
    ("的谈话", Genre::Remarks),
    ("中外媒体提问", Genre::PressConference),
    ("中外记者提问", Genre::PressConference),
    ("中外记者问", Genre::PressConference),
    ("发言人", Genre::Remarks),
    ("演讲", Genre::Speech),
    ("讲话", Genre::Speech),
    ("声明", Genre::Statement),
    ("公报", Genre::Statement),
    ("外交部宣布", Genre::Statement),
];

const ENGLISH: [(&str, Genre); 30] = [
    ("review of rodong", Genre::Digest),
    ("press conference", Genre::PressConference),
    ("news conference", Genre::PressConference),
    ("answer of spokes", Genre::Answer),
    ("answer given by", Genre::Answer),
    ("gives answer", Genre::Answer),
    ("answer to question", Genre::Answer),
    ("answers to question", Genre::Answer),
    ("answers question", Genre::Answer),
    ("answers a question", Genre::Answer),
    ("answers media question", Genre::Answer),
    ("meets the press", Genre::PressConference),
    ("'s remarks on", Genre::Remarks),
    ("'s remark on", Genre::Remarks),
    ("kcna commentary", Genre::Commentary),
    ("press statement", Genre::Statement),
    ("statement of", Genre::Statement),
    ("statement by", Genre::Statement),
    ("statement issued", Genre::Statement),
    ("crucial statement", Genre::Statement),
    ("press release by", Genre::Statement),
    ("issues white paper", Genre::Statement),
    ("white paper of", Genre::Statement),
    ("white paper released by", Genre::Statement),
    ("communique", Genre::Statement),
    ("commentary", Genre::Commentary),
    ("policy speech", Genre::Speech),
    ("new year address", Genre::Speech),
    ("speech at", Genre::Speech),
    ("press review", Genre::Digest),
];

const KOREAN: [(&str, Genre); 12] = [
    ("기자회견", Genre::PressConference),
    ("대변인대답", Genre::Answer),
    ("대변인 대답", Genre::Answer),
    ("질문에 대답", Genre::Answer),
    ("기자가 제기한 질문", Genre::Answer),
    ("담화", Genre::Statement),
    ("성명", Genre::Statement),
    ("공보문", Genre::Statement),
    ("론평", Genre::Commentary),
    ("연설", Genre::Speech),
    ("신년사", Genre::Speech),
    ("보도문", Genre::Statement),
];

const SPANISH: [(&str, Genre); 4] = [
    ("rueda de prensa", Genre::PressConference),
    ("declaración del", Genre::Statement),
    ("declaracion del", Genre::Statement),
    ("comentario", Genre::Commentary),
];

fn chinese_spokesperson(title: &str) -> Option<String> {
    const OFFICES: [&str; 6] = ["发言人", "部长助理", "副部长", "外交部长", "外交部部长", "外长"];
    let found = OFFICES.iter().find_map(|office| Some((office, title.split_once(office)?.1)))?;
    let (office, after) = (*found.0, found.1.trim_start());
    let end = AFTER_NAME.iter().filter_map(|verb| after.find(verb)).min().unwrap_or(after.len());
    let before = after.get(..end)?.split(|c: char| c.is_ascii_digit()).next()?;
    let name = before.split_whitespace().collect::<String>();
    // Between the office and the verb stands a name, whether its surname is known or not.
    let placed = office == "发言人"
        && HOLDING.iter().any(|verb| after.get(end..).is_some_and(|rest| rest.starts_with(verb)))
        && is_han_name(&name)
        && !["办公室", "负责人", "方", "国"].iter().any(|word| name.ends_with(word));
    (placed || is_chinese_name(&name)).then_some(name)
}

/// Verbs that only a person's name can stand before.
const HOLDING: [&str; 6] = ["例行", "主持", "举行", "就", "答", "应询"];

/// Two to four Han characters, or parts of them with the dot of a foreign name.
fn is_han_name(name: &str) -> bool {
    let han = |part: &str| part.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let length = name.chars().count();
    (2..=4).contains(&length) && han(name)
        || (3..=12).contains(&length) && name.contains('·') && name.split('·').all(han)
}

/// Whether `name` has the form of a Chinese person's name: two to four Han characters, the first a
/// surname, or the first two a compound one.
pub fn is_chinese_name(name: &str) -> bool {
    let mut chars = name.chars();
    let surname = chars.next().is_some_and(|c| SURNAMES.contains(c))
        || COMPOUND.iter().any(|surname| name.len() > surname.len() && name.starts_with(surname));
    let given = chars.clone().count();
    surname && (1..=3).contains(&given) && chars.all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Surnames of two characters.
const COMPOUND: [&str; 14] = [
    "欧阳", "上官", "司马", "司徒", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "夏侯", "令狐", "东方",
    "端木", "南宫",
];

/// `Hua Chunying` of `Foreign Ministry Spokesperson Hua Chunying’s Regular Press Conference`, and of
/// the same title without the office.
fn english_spokesperson(title: &str) -> Option<String> {
    let after = ["Spokesperson ", "Spokesman ", "Spokeswoman "]
        .iter()
        .find_map(|word| title.split_once(word).map(|(_, after)| after));
    let held = || ["Press Conference", "Remarks on"].iter().any(|words| title.contains(words));
    let named = match after {
        Some(after) => after,
        None if held() => {
            let before = title.split_once(['\'', '’']).map(|(before, _)| before)?;
            let office = ["The ", "Foreign ", "Prime ", "Vice ", "Assistant "];
            Some(before).filter(|name| !office.iter().any(|word| name.starts_with(word)))?
        }
        None => return None,
    };
    let words: Vec<&str> = named
        .split_whitespace()
        .map(|word| word.split(['\'', '’', ',']).next().unwrap_or(word))
        .take_while(|word| word.chars().next().is_some_and(char::is_uppercase))
        .take(2)
        .collect();
    let whole = after.is_some() || named.split_whitespace().count() == 2;
    let named = whole
        && words.len() == 2
        && words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'));
    named.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_spokespersons() {
        for (title, lang, expected) in [
            ("2022年2月24日外交部发言人华春莹主持例行记者会", Lang::Zh, Some("华春莹")),
            ("外交部发言人毛宁就鲁里坦尼亚局势答记者问", Lang::Zh, Some("毛宁")),
            ("外交部发言人就鲁里坦尼亚局势答记者问", Lang::Zh, None),
            ("2031年5月8日外交部发言人欧阳若雪主持例行记者会", Lang::Zh, Some("欧阳若雪")),
            ("外交部发言人热依扎就鲁里坦尼亚局势答记者问", Lang::Zh, Some("热依扎")),
            ("外交部发言人毛 宁答记者问", Lang::Zh, Some("毛宁")),
            ("外交部发言人毛宁 2031 年 5 月 8 日例行记者会", Lang::Zh, Some("毛宁")),
            ("2031年5月8日外交部发言人欧若水例行记者会", Lang::Zh, Some("欧若水")),
            ("外交部发言人办公室就鲁里坦尼亚局势答记者问", Lang::Zh, None),
            ("Mao Ning’s Regular Press Conference on May 7, 2025", Lang::En, Some("Mao Ning")),
            ("The Premier’s Press Conference", Lang::En, None),
            ("国务委员兼外交部长王毅就对外关系回答中外媒体提问", Lang::Zh, Some("王毅")),
            ("外交部发言人关于鲁里坦尼亚的声明", Lang::Zh, None),
            (
                "Foreign Ministry Spokesperson Hua Chunying’s Regular Press Conference on May 7, 2025",
                Lang::En,
                Some("Hua Chunying"),
            ),
            ("Foreign Ministry Spokesperson's Remarks on Ruritania", Lang::En, None),
            ("Answer of Spokesperson for Ministry of Foreign Affairs", Lang::En, None),
        ] {
            assert_eq!(spokesperson(title, lang).as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn news_of_a_statement_is_a_report() {
        for (title, lang, expected) in [
            ("Statement of Ruritanian FM Spokesman", Lang::En, Some(Genre::Statement)),
            ("Statement of Ruritanian FM Supported by Sylvanians", Lang::En, Some(Genre::Report)),
            ("Rudolf V Makes Policy Speech at Assembly", Lang::En, Some(Genre::Report)),
            ("Rudolf V's Speech at Parade", Lang::En, Some(Genre::Speech)),
            ("Ruritania Plants Trees", Lang::En, None),
            ("实施反制：外交部宣布有关决定", Lang::Zh, Some(Genre::Statement)),
        ] {
            assert_eq!(genre(title, lang), expected, "{title}");
        }
    }
}
