//! Where a Chinese verb of reporting has its speaker: in the nearest clause before it that names one,
//! or in 据…报道 at the head of the sentence.

mod unnamed;

use super::{Holder, SOMEBODY, Sentence, Speaker, kind_of, other};
use crate::voice::lexicon::{Meaning, Word};

/// The speaker of a Chinese sentence: a source that it opens with, else who stands before its first verb
/// that has somebody before it or names somebody in itself.
pub(super) fn speaker(sentence: Sentence<'_>) -> Speaker {
    if let Some(source) = by_source(sentence) {
        return source;
    }
    for verb in sentence.verbs().filter(|verb| !is_told_of(sentence.text, verb)) {
        match before(sentence, verb) {
            Speaker::Unknown => {
                if let Some((kind, at)) = unnamed(sentence.text, verb) {
                    return Speaker::Other(Holder::unofficial(kind), at);
                }
            }
            found => return found,
        }
    }
    Speaker::Unknown
}

/// Who speaks before a verb: the first name of the nearest clause that has one; 我们注意到 opens what
/// somebody else says.
fn before(sentence: Sentence<'_>, verb: &Word<'_>) -> Speaker {
    let text = sentence.text;
    let mut end = verb.start;
    // 我注意到，某某表示…，但…: after that it speaks itself.
    let opens = ["注意到，", "还注意到，", "也注意到，"];
    let turns = ["，但", "，却", "，希望", "，然而"];
    // 基于BBC的不实报道对中国进行指责: who is drawn upon is not the one who speaks.
    let drawn_upon = ["基于", "依据", "援引", "引用", "借用"];
    let is_drawn_upon = |w: &&Word<'_>| {
        let before = &text[..w.start];
        drawn_upon.iter().filter_map(|verb| before.rfind(verb).map(|at| at + verb.len())).any(
            |at| before[at..].chars().count() <= DRAWN_UPON_REACH && !before[at..].contains('，'),
        )
    };
    let mut names = sentence.names(verb.start.saturating_sub(REACH), verb.start);
    names.retain(|w| !is_drawn_upon(w));
    let noticed = names.iter().any(|w| {
        matches!(w.meaning, Meaning::Own(_))
            && opens.iter().any(|open| text[w.end..].starts_with(open))
    }) && !turns.iter().any(|turn| text[verb.end..].contains(turn));
    loop {
        let start = text[..end].rfind(['，', '。', '；', '：', '？', '！']).unwrap_or(0);
        let mut inside = names.iter().filter(|w| {
            w.start >= start && w.end <= end && !is_spoken_of(&text[start..w.start], w)
        });
        let first =
            inside.find(|w| !(matches!(w.meaning, Meaning::Own(_)) && notices(&text[w.end..])));
        match first.map(|w| w.meaning) {
            Some(Meaning::Own(_)) => return Speaker::Own,
            Some(Meaning::Holder(_)) => {
                let named = first.and_then(|word| other(&names, word, sentence));
                return named.unwrap_or(Speaker::Own);
            }
            // The publisher speaks of itself as 我们: 他们 are others, also where none was heard before.
            Some(Meaning::Pronoun) if first.is_some_and(|w| are_others(text, w, verb)) => {
                return Speaker::SameOr(SOMEBODY.to_owned());
            }
            Some(Meaning::Pronoun) => {
                return first
                    .and_then(|word| kind_of(names.iter().copied(), word))
                    .map_or(Speaker::SameAsBefore, Speaker::SameOr);
            }
            _ if is_said_in_a_paper(&text[start..end]) => {
                return Speaker::Other(Holder::unofficial("a newspaper"), (verb.start, verb.end));
            }
            _ if start == 0 && noticed => {
                return Speaker::Other(Holder::unofficial(SOMEBODY), (verb.start, verb.end));
            }
            _ if start == 0 => return Speaker::Unknown,
            _ => end = start,
        }
    }
}

/// Whether a preposition leads to a holder, of or to whom somebody else speaks: 对古巴人民的苦难表示同情.
fn is_spoken_of(before: &str, name: &Word<'_>) -> bool {
    let governing = ["对", "向", "同", "与", "跟", "就", "给", "针对", "关于", "围绕"];
    matches!(name.meaning, Meaning::Holder(_))
        && governing.contains(&before.trim_start_matches(['，', '。', '；', '：', '？', '！']))
}

/// Whether 他们 stand right before a verb that does no more than report; what they reproach somebody with
/// (他们对中国的种种指责) may be told of. A paper or body that is pointed at (该报告) is another's, and so is a
/// statement that does no more than claim: 该声明声称.
fn are_others(text: &str, pronoun: &Word<'_>, verb: &Word<'_>) -> bool {
    let reproaches = ["指责", "批评", "质疑", "揭露", "谴责"];
    let (who, said) = (&text[pronoun.start..pronoun.end], &text[verb.start..verb.end]);
    match who {
        "他们" => !reproaches.contains(&said),
        "该声明" | "声明" => CLAIMING.contains(&said),
        "作者" => true,
        _ => who.starts_with('该'),
    }
}

/// Verbs of saying what is not so.
const CLAIMING: [&str; 3] = ["声称", "宣称", "妄称"];

/// Whether the words before a verb of reporting end with the name of a paper: 美国《大西洋月刊》曾一针见血地.
/// What a treaty or a white paper says is nobody's opinion.
fn is_said_in_a_paper(before: &str) -> bool {
    let texts = [
        "公报",
        "声明",
        "条约",
        "公约",
        "宪章",
        "白皮书",
        "宣言",
        "协议",
        "协定",
        "备忘录",
        "纪要",
        "决议",
        "法",
        "条例",
        "规定",
    ];
    before.rsplit_once('》').is_some_and(|(name, rest)| {
        rest.chars().count() <= PAPER_REACH && !texts.iter().any(|text| name.ends_with(text))
    })
}

/// How far after the name of a paper its verb stands, in characters.
const PAPER_REACH: usize = 8;

/// How far after 基于 the one who is drawn upon is named, in characters.
const DRAWN_UPON_REACH: usize = 10;

/// How far before its verb a speaker may stand, in bytes.
const REACH: usize = 90;

/// Who is cited by 据…报道， or 根据…研究， at the head of a sentence: the first one named there, else
/// the press. 根据《公约》， cites nobody, 据统计， the speaker's own figures.
fn by_source(sentence: Sentence<'_>) -> Option<Speaker> {
    let text = sentence.text;
    let head = text.trim_start_matches(['“', '　', ' ']);
    let head = head.strip_prefix('另').unwrap_or(head);
    let cited = head.strip_prefix('根').unwrap_or(head).strip_prefix('据')?;
    let start = text.len() - cited.len();
    let end = start + cited.find('，')?;
    let sources = ["报道", "报告", "研究", "调查", "民调", "披露", "消息", "介绍", "分析"];
    let phrase = text.get(start..end)?;
    let is_source = |phrase: &str| sources.iter().any(|source| phrase.ends_with(source));
    // 根据“枪支暴力档案”网站的统计数据 is somebody's words, 据统计 the speaker's own.
    let figures = ["数据", "统计", "估计", "估算"].iter().any(|figures| phrase.ends_with(figures));
    let are_anothers = figures && SOURCES.iter().any(|source| phrase.contains(source));
    if phrase.chars().count() > SOURCE_REACH
        || !(is_source(phrase.trim_end_matches("内容")) || are_anothers)
    {
        return None;
    }
    let inside = sentence.words.iter().filter(|w| start <= w.start && w.end <= end);
    let names: Vec<&Word<'_>> = inside.collect();
    if !are_anothers && names.iter().any(|w| w.is_own(sentence.country)) {
        return Some(Speaker::Own);
    }
    let named = names.iter().find_map(|word| other(&names, word, sentence));
    Some(named.unwrap_or_else(|| Speaker::Other(Holder::unofficial("a newspaper"), (start, end))))
}

/// The longest source between 据 and its comma, in characters.
const SOURCE_REACH: usize = 24;

fn notices(after: &str) -> bool {
    // 中方注意到有关报道，已就此表达关切: nothing is said in it.
    let bare = ["有关报道，", "相关报道，", "有关情况，", "相关情况，", "这一报道，", "有关消息，"];
    if after.strip_prefix("注意到").is_some_and(|noun| bare.iter().any(|b| noun.starts_with(b)))
    {
        return false;
    }
    ["注意到", "看到", "还注意到", "也注意到", "高兴地看到", "提到的", "所说的", "援引的", "引用的"]
        .iter()
        .any(|w| after.starts_with(w))
}

/// Who speaks where no word of the codebook names him, and where it is said: a verb names him in itself, or he
/// is its subject.
fn unnamed(text: &str, verb: &Word<'_>) -> Option<(&'static str, (usize, usize))> {
    let of_the_verb = kind_in(text, verb).map(|kind| (kind, (verb.start, verb.end)));
    of_the_verb.or_else(|| Some((SOMEBODY, unnamed::speaker(text, verb)?)))
}

/// Who a Chinese verb of reporting names in itself: 报道称, 文章称, 报告发现.
fn kind_in(text: &str, verb: &Word<'_>) -> Option<&'static str> {
    let word = &text[verb.start..verb.end];
    let kinds = [
        ("报道", "a newspaper"),
        ("文章", "an expert"),
        ("报告", "an expert"),
        ("调查", "an expert"),
        ("评论", "an expert"),
    ];
    let (_, kind) = kinds.iter().find(|(noun, _)| word.starts_with(noun))?;
    (!word.ends_with('，')).then_some(*kind)
}

/// Whose figures are somebody's words: “警察暴力地图”网站数据显示.
const SOURCES: [&str; 8] = ["网站", "大学", "中心", "协会", "研究所", "基金会", "机构", "智库"];

/// Whether a Chinese verb of reporting describes a thing (报道提到的…, 不实报道，) or only gives
/// figures (统计数据显示), and nobody says anything.
fn is_told_of(text: &str, verb: &Word<'_>) -> bool {
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let word = &text[verb.start..verb.end];
    // 受到各界谴责: whoever condemns is only told of.
    let clause = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
    let suffered = ["受到", "遭到", "引起", "引发", "招致"];
    // 美方应当承认: what he should say he has not said.
    if ["应", "应当", "应该", "必须", "理应"].iter().any(|should| clause.ends_with(should))
    {
        return true;
    }
    // 敦促美方重申一个中国政策 demands that he say so.
    let demanded = ["敦促", "要求", "奉劝"].iter().any(|verb| before.contains(verb));
    if word == "重申" && demanded {
        return true;
    }
    if suffered.iter().any(|verb| clause.contains(verb)) {
        return true;
    }
    // 对中方进行无端指责: the reproach is what is done, and its words are not given.
    let done = ["无端", "无理", "横加", "妄加", "进行", "加以", "大肆", "肆意", "恶意", "不断"];
    if ["指责", "批评", "质疑", "揭露"].contains(&word)
        && done.iter().any(|how| before.ends_with(how))
        && !after.starts_with(['，', '：', '“'])
    {
        return true;
    }
    if ["的", "出的", "过的", "了的"].iter().any(|particle| after.starts_with(particle))
        || (word == "显示"
            && (before.ends_with("数据") || before.ends_with("统计"))
            && !SOURCES.iter().any(|source| clause.contains(source)))
    {
        return true;
    }
    let leads =
        ["不实", "虚假", "失实", "有关", "相关", "上述", "这些", "的", "涉华", "负面", "歪曲"];
    word.starts_with("报道，") && leads.iter().any(|lead| before.ends_with(lead))
}
