//! What stands before and after a text and is none of it: menus, stamps, end marks.

use corpus::source::Source;

use crate::date::{self, Order};
use crate::paragraph::{Paragraph, fold};

/// Paragraphs within which a repeated title ends the menus before a text.
const TITLE_WINDOW: usize = 60;

/// What was taken off.
#[derive(Debug, Default)]
pub struct Trimmed {
    /// A date line of the heading.
    pub dated: Option<String>,
    /// A publication stamp of heading or foot.
    pub stamp: Option<String>,
    /// Whether the text ends in a mark that more would follow.
    pub truncated: bool,
}

/// Takes menus, title, date lines and end marks off `paragraphs`: those of `source` and the layout's
/// own `ends`, openings of paragraphs after which nothing belongs to the text.
pub fn trim(
    paragraphs: &mut Vec<Paragraph>,
    title: Option<&str>,
    source: &Source,
    ends: &[String],
) -> Trimmed {
    let opens = |text: &str, words: &[String]| words.iter().any(|w| text.starts_with(w.as_str()));
    let mut trimmed = Trimmed::default();
    if let Some(title) = title {
        let same = |p: &Paragraph| {
            p.text == title
                || p.text
                    .strip_suffix(title)
                    .is_some_and(|before| SECTIONS.contains(&before.trim()))
        };
        if let Some(at) = paragraphs.iter().take(TITLE_WINDOW).position(same) {
            for paragraph in paragraphs.drain(..=at) {
                heading(&paragraph.text, &mut trimmed);
            }
        }
    }
    while let Some(first) = paragraphs.first() {
        let text = first.text.clone();
        let again = Some(text.as_str()) == title || SECTIONS.contains(&text.as_str());
        let tool = opens(&text, &source.ends) || opens(&text, &source.above);
        if !heading(&text, &mut trimmed) && !again && !tool && !is_menu(&text) {
            break;
        }
        paragraphs.remove(0);
    }
    let ended = |text: &str| opens(text, ends) || opens(text, &source.ends);
    if let Some(at) = paragraphs.iter().position(|p| ended(&p.text)) {
        paragraphs.truncate(at);
    }
    without_footer(paragraphs, &source.glued);
    tail(paragraphs, &mut trimmed);
    unrepeat(paragraphs);
    trimmed
}

/// Takes off a footer that stands in one line with the text's last words.
fn without_footer(paragraphs: &mut Vec<Paragraph>, glued: &[String]) {
    let Some(last) = paragraphs.last_mut() else { return };
    let Some(at) = glued.iter().filter_map(|foot| last.text.find(foot.as_str())).min() else {
        return;
    };
    last.text.truncate(at);
    last.text.truncate(last.text.trim_end().len());
    if last.text.is_empty() {
        paragraphs.pop();
    }
}

/// Lines above a text that are none of it: the bar of languages, the way to the page, tools.
fn is_menu(text: &str) -> bool {
    let languages = ["Español", "Français", "Русский", "عربي", "简体中文", "English"];
    let bar = languages.iter().filter(|language| text.contains(*language)).count() >= 3;
    let path = text.contains(['>', '＞', '»'])
        && ["Home", "HOME", "首页", "您的位置", "当前位置"].iter().any(|w| text.starts_with(w));
    let tool = matches!(text.trim_start_matches(['|', ' ']), "中文" | "English" | "EN")
        || ["【中大小】", "【中 大 小】", "【大 中 小】", "字体：", "打印本稿"]
            .iter()
            .any(|tool| text.starts_with(tool) && text.chars().count() <= 20);
    bar || path || tool
}

/// Bytes from which a line that stands twice in a row was not meant to.
const LONG: usize = 30;

/// Some pages print every paragraph twice, one after the other or all after all.
fn unrepeat(paragraphs: &mut Vec<Paragraph>) {
    let twice = paragraphs.iter().zip(paragraphs.iter().skip(1)).filter(|(a, b)| a.text == b.text);
    let throughout = twice.count() * 3 >= paragraphs.len().max(3);
    paragraphs.dedup_by(|next, before| {
        let words = next.text.contains(char::is_alphanumeric);
        words && next.text == before.text && (throughout || next.text.len() >= LONG)
    });
    let half = paragraphs.len() / 2;
    if half < 2 || paragraphs.len() % 2 == 1 {
        return;
    }
    let (first, second) = paragraphs.split_at(half);
    if first == second {
        paragraphs.truncate(half);
    } else if paragraphs.chunks(2).all(|pair| pair.first() == pair.last()) {
        let mut n = 0;
        paragraphs.retain(|_| {
            n += 1;
            n % 2 == 1
        });
    }
}

/// Names of sections that head a text on the DPRK ministry's site.
const SECTIONS: [&str; 4] = ["공식립장", "최근소식", "대외사업소식", "보도"];

/// Takes a heading line for what it is; `false` where it is text.
fn heading(text: &str, trimmed: &mut Trimmed) -> bool {
    if let Some(stamp) = mirror_day(text) {
        trimmed.stamp = trimmed.stamp.take().or(Some(stamp));
        return true;
    }
    if text.chars().count() > 40 {
        return false;
    }
    let Some(words) = date::words_of_date(text) else { return false };
    let rest = fold(&text.replacen(words.as_str(), "", 1));
    if is_clock_or_weekday(&rest) {
        trimmed.stamp = trimmed.stamp.take().or(Some(text.to_owned()));
        return true;
    }
    let publisher = rest.trim_start_matches(['.', ' ', '《', '〈']);
    if ["조선외무성", "조선중앙통신", "로동신문"].iter().any(|name| publisher.starts_with(name))
    {
        trimmed.dated = trimmed.dated.take().or(Some(text.to_owned()));
        return true;
    }
    false
}

/// Whether what a line holds beside its date is a time, a day of the week or a bracket.
fn is_clock_or_weekday(rest: &str) -> bool {
    let rest = rest.trim_matches(['[', ']', '(', ')', '（', '）', '.', ',', ' ']);
    let weekday = rest.ends_with("요일") || rest.starts_with("星期") || rest.ends_with("day");
    rest.chars().all(|c| c.is_ascii_digit() || c == ':')
        || (weekday && !rest.contains(' ') && rest.chars().count() <= 9)
}

/// The day in a mirror's heading, `Date: 28/02/2022 | Source: KCNA.kp (En) | Read original ...`.
fn mirror_day(text: &str) -> Option<String> {
    let (day, source) = text.strip_prefix("Date:")?.split_once('|')?;
    let told = source.trim_start().starts_with("Source:");
    let (date, _) = Order::DayFirst.find(day).filter(|_| told)?;
    Some(date.to_string())
}

/// Takes end marks off the last paragraphs.
fn tail(paragraphs: &mut Vec<Paragraph>, trimmed: &mut Trimmed) {
    while let Some(last) = paragraphs.last_mut() {
        let text = last.text.as_str();
        if is_byline(text) {
            // The paper's name closes the text and is none of it.
        } else if is_foot_day(text) {
            trimmed.dated = trimmed.dated.take().or(Some(text.to_owned()));
        } else if text == "더보기" || text.chars().all(|c| matches!(c, '.' | '…' | ' ')) {
            trimmed.truncated = true;
        } else if text.starts_with("www.kcna.kp")
            || text.starts_with("출처 :")
            || text.starts_with("출처:")
        {
            if date::find(text).is_some() {
                trimmed.stamp = trimmed.stamp.take().or(Some(text.to_owned()));
            }
        } else if let Some(rest) = CUT_MARKS.iter().find_map(|mark| text.strip_suffix(mark)) {
            last.text = rest.trim_end().to_owned();
            trimmed.truncated = true;
            if !last.text.is_empty() {
                break;
            }
        } else if let Some(rest) = END_MARKS.iter().find_map(|mark| text.strip_suffix(mark)) {
            last.text = rest.trim_end().to_owned();
            if !last.text.is_empty() {
                continue;
            }
        } else {
            break;
        }
        paragraphs.pop();
    }
}

/// Names of papers and places that close their texts.
const BYLINES: [&str; 10] = [
    "Rodong Sinmun",
    "KCNA",
    "로동신문",
    "《로동신문》",
    "조선중앙통신",
    "【조선중앙통신】",
    "[조선중앙통신]",
    "평 양",
    "평양",
    "본사기자",
];

/// Characters of `본사기자` and a name.
const LONGEST_BYLINE: usize = 12;

fn is_byline(text: &str) -> bool {
    let staff = text.starts_with("본사기자 ") && text.chars().count() <= LONGEST_BYLINE;
    staff || BYLINES.contains(&text)
}

/// A day below a text of the DPRK: `주체111(2022)년 2월 28일`, `[2026.7.19.]`.
fn is_foot_day(text: &str) -> bool {
    let form = text.starts_with("주체")
        || (text.contains('년') && text.ends_with('일'))
        || (text.starts_with('[') && text.ends_with(']'));
    form && text.chars().count() <= 30 && date::is_date_line(text)
}

/// What blog engines put where they cut a text.
const CUT_MARKS: [&str; 2] = ["[…]", "[...]"];

/// Marks that close a text, as printed.
pub const END_MARKS: [&str; 5] = ["평 양(끝)", "평양(끝)", "(끝)", "-0-", "－0－"];
