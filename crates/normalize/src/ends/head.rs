//! The head of a text: menus, sections, stamps and date lines above its first words.

use super::Trimmed;
use crate::date::{self, Order};
use crate::paragraph::{ends_sentence, fold};

/// Whether a line can stand above a title: no sentence, and no longer than a menu is.
pub fn is_above(text: &str) -> bool {
    is_menu(text)
        || date::is_date_line(text)
        || (text.chars().count() <= LONGEST_MENU && !ends_sentence(text))
}

/// Characters of the longest menu that is set in one line.
const LONGEST_MENU: usize = 160;

/// Whether a line can be a title by its words and length.
pub fn may_be_title(text: &str) -> bool {
    let aside = &mut Trimmed::default();
    let title = TITLE.contains(&text.chars().count()) && !ends_sentence(text);
    title && !date::is_date_line(text) && !is_none_of_it(text, aside)
}

/// Characters of a title that is told by its place.
const TITLE: std::ops::RangeInclusive<usize> = 8..=80;

/// Whether the first line of a text is none of it; its day is kept.
pub fn is_none_of_it(text: &str, trimmed: &mut Trimmed) -> bool {
    heading(text, trimmed) || is_section(text) || is_menu(text) || is_stamped(text, trimmed)
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

/// Names of sections that head a text on the DPRK ministry's site.
const SECTIONS: [&str; 4] = ["공식립장", "최근소식", "대외사업소식", "보도"];

/// Whether a line is the name of a section.
pub fn is_section(text: &str) -> bool {
    SECTIONS.contains(&text)
}

/// Takes a heading line for what it is; `false` where it is text.
pub fn heading(text: &str, trimmed: &mut Trimmed) -> bool {
    if let Some(stamp) = mirror_day(text) {
        trimmed.stamp = trimmed.stamp.take().or(Some(stamp));
        return true;
    }
    if text.chars().count() > 40 {
        return false;
    }
    let words = date::words_of_date(text).filter(|words| !date::is_sentence(text, words));
    let Some(words) = words else { return false };
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

/// What a line says of its date where it says so, in lower case.
const STAMPED: [&str; 16] = [
    "发布时间",
    "发布日期",
    "更新时间",
    "发表时间",
    "发稿时间",
    "日期",
    "时间",
    "来源",
    "last updated",
    "updated",
    "published",
    "posted",
    "source",
    "date",
    "time",
    "from",
];
/// Characters of the longest stamp.
const LONGEST_STAMP: usize = 90;
/// Characters of the longest name of a source in it.
const LONGEST_SOURCE: usize = 40;

/// A stamp that says what it is: `来源： 2022-01-07 21:00`, `Updated: 2022-03-07 17:49`, `来源：外交部
/// 发布时间：2022-01-07`.
fn is_stamped(text: &str, trimmed: &mut Trimmed) -> bool {
    if text.chars().count() > LONGEST_STAMP || date::words_of_date(text).is_none() {
        return false;
    }
    let lower = text.to_lowercase();
    let colon = |after: &str| after.trim_start().starts_with([':', '：']);
    if !STAMPED.iter().any(|word| lower.strip_prefix(word).is_some_and(colon)) {
        return false;
    }
    let mut rest = lower;
    while let Some(words) = date::words_of_date(&rest) {
        rest = rest.replacen(words.as_str(), " ", 1);
    }
    for word in STAMPED.iter().chain(&["am", "pm", "a.m.", "p.m."]) {
        rest = rest.replace(word, " ");
    }
    let rest = rest.replace([':', '：', '|', '/'], " ");
    let named: String =
        rest.split_whitespace().filter(|w| !w.bytes().all(|b| b.is_ascii_digit())).collect();
    let stamped = named.chars().count() <= LONGEST_SOURCE && !ends_sentence(text);
    if stamped {
        trimmed.stamp = trimmed.stamp.take().or(Some(text.to_owned()));
    }
    stamped
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

/// A title and the stamp in brackets that closes it: `Dam Opened [2031.05.08.]`.
pub fn bracketed_day(title: &str) -> Option<(&str, &str)> {
    let at = title.strip_suffix(']')?.rfind('[')?;
    let (before, stamp) = title.split_at_checked(at)?;
    let before = before.trim_end();
    (!before.is_empty() && date::is_date_line(stamp)).then_some((before, stamp))
}
