//! The foot of a text: bylines, days, end marks and marks of a cut below its last words.

use corpus::Date;
use corpus::source::Source;

use super::Trimmed;
use super::head::heading;
use crate::date;
use crate::dating::OwnDays;
use crate::paragraph::{Paragraph, ends_sentence};

/// Takes end marks off the last paragraphs. A day that is far from those of the page is what the text
/// is about, and stays.
pub fn trim(
    paragraphs: &mut Vec<Paragraph>,
    source: &Source,
    own: &OwnDays,
    trimmed: &mut Trimmed,
) {
    let dprk = source.country == "KP";
    while let Some(last) = paragraphs.last_mut() {
        let text = last.text.as_str();
        let far = |(day, words): (Date, String)| !own.admits(day, &words);
        if date::is_date_line(text) && date::find(text).is_some_and(far) {
            break;
        }
        if is_byline(text) {
            // The paper's name closes the text and is none of it.
        } else if is_foot_day(text) || (dprk && is_bare_day(text)) {
            trimmed.dated = trimmed.dated.take().or(Some(text.to_owned()));
        } else if text.chars().all(|c| matches!(c, '.' | '…' | ' ')) {
            trimmed.truncated = true;
        } else if text.starts_with("www.kcna.kp")
            || text.starts_with("출처 :")
            || text.starts_with("출처:")
        {
            if date::find(text).is_some() {
                trimmed.stamp = trimmed.stamp.take().or(Some(text.to_owned()));
            }
        } else if dprk && heading(text, trimmed) {
            // `2024.5.11. 《로동신문》 6면`
        } else if let Some(rest) = without_cut_mark(text) {
            last.text = rest.to_owned();
            trimmed.truncated = true;
            if !last.text.is_empty() {
                break;
            }
        } else if let Some(rest) = END_MARKS.iter().find_map(|mark| text.strip_suffix(mark)) {
            last.text = rest.trim_end().to_owned();
            if !last.text.is_empty() {
                continue;
            }
        } else if let Some(rest) = without_signature(text, source) {
            last.text = rest.to_owned();
            continue;
        } else {
            break;
        }
        paragraphs.pop();
    }
}

/// Names of papers and places that close their texts.
const BYLINES: [&str; 13] = [
    "Rodong Sinmun",
    "KCNA",
    "Pyongyang",
    "로동신문",
    "《로동신문》",
    "조선중앙통신",
    "【조선중앙통신】",
    "[조선중앙통신]",
    "조선외무성",
    "조선민주주의인민공화국 외무성",
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

/// The last words without the name of the house, where it is set in one line with them.
fn without_signature<'t>(text: &'t str, source: &Source) -> Option<&'t str> {
    let rest = text.strip_suffix(source.issuer.as_str())?.strip_suffix(' ')?.trim_end();
    ends_sentence(rest).then_some(rest)
}

/// A day below a text of the DPRK: `주체111(2022)년 2월 28일`, `[2026.7.19.]`.
fn is_foot_day(text: &str) -> bool {
    let form = text.starts_with("주체")
        || (text.contains('년') && text.ends_with('일'))
        || (text.starts_with('[') && text.ends_with(']'));
    form && text.chars().count() <= 30 && date::is_date_line(text)
}

/// A date and nothing else, `2021.12.7`, or with the capital before it: `Pyongyang, March 24, Juche 111
/// (2022)`.
fn is_bare_day(text: &str) -> bool {
    let plain = |text: &str| text.trim_matches(['[', ']', '(', ')', '.', ',', ' ']).to_owned();
    let capital = ["Pyongyang", "PYONGYANG", "평양", "평 양"];
    let day = capital.iter().find_map(|city| text.strip_prefix(city)).unwrap_or(text);
    let found = date::find(day).filter(|(_, words)| !date::is_sentence(day, words));
    found.is_some_and(|(_, words)| plain(&words) == plain(day))
}

/// What blog engines and lists put where they cut a text.
const CUT_MARKS: [&str; 6] = ["[…]", "[...]", "더보기", "더 보기", "(more)", "Read more"];

/// A text without the mark that it was cut, and without the dots before that.
fn without_cut_mark(text: &str) -> Option<&str> {
    let plain = text.trim_end_matches(['»', '›', '>', ' ']);
    let rest = CUT_MARKS.iter().find_map(|mark| plain.strip_suffix(mark))?;
    let mut words = rest.trim_end();
    while let Some(shorter) = words.strip_suffix("...").or(words.strip_suffix('…')) {
        words = shorter.trim_end();
    }
    // `... should read more` is a sentence; a mark stands alone, after dots or after a sentence.
    let alone = words.is_empty() || words.len() < rest.trim_end().len() || ends_sentence(words);
    (alone || plain.ends_with(']')).then_some(words)
}

/// Marks that close a text, as printed.
pub const END_MARKS: [&str; 7] =
    ["평 양(끝)", "평양(끝)", "(끝)", "(End)", "(END)", "-0-", "－0－"];
