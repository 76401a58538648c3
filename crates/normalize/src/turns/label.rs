//! A label: the words before the colon that opens a paragraph, and what they can be.

use corpus::Lang;

use super::Context;
use crate::title::is_chinese_name;

/// Characters within which a label's colon must stand.
const LONGEST: usize = 45;

/// The words before a paragraph's first colon, and the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// As printed, without numbering and stage directions: `路透社记者`.
    pub name: &'a str,
    /// The paragraph after the colon.
    pub rest: &'a str,
}

/// What a label says of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// `问`, `Q`, `追问`: a question by nobody named.
    BareQuestion,
    /// `答`, `A`: an answer by the spokesperson of the page.
    BareAnswer,
    /// A spokesperson's name.
    Spokesperson,
    /// A journalist's or outlet's name, by its form.
    Asker,
    /// A person's name that nobody has declared.
    Person,
    /// Anything else: mostly no label at all.
    Unknown,
}

/// The label of a paragraph, where it begins with one.
pub fn label(text: &str) -> Option<Label<'_>> {
    let (at, colon) = text.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '：' | ':'))?;
    let (name, rest) = (text.get(..at)?, text.get(at + colon.len_utf8()..)?);
    // `10:30` and `https://` open no turn.
    let digits = name.ends_with(|c: char| c.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit());
    let name = without_direction(without_number(name.trim()));
    let sentence = name.chars().any(|c| "。？！；“”?!;\"".contains(c));
    let (name, rest) = (name.trim(), rest.trim());
    (!name.is_empty() && !sentence && !digits && !rest.starts_with("//"))
        .then_some(Label { name, rest })
}

impl Label<'_> {
    /// What this label can be on a page of `context`.
    pub fn sense(&self, context: &Context<'_>) -> Sense {
        let name = self.name;
        // `Q1`, `Question 2`.
        match name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ') {
            "问" | "追问" | "再问" | "提问" | "Q" | "Question" | "Questions" | "Follow-up"
            | "Follow up" | "Follow-up question" => return Sense::BareQuestion,
            "答" | "A" | "Answer" => return Sense::BareAnswer,
            _ => {}
        }
        let speaks = |name: &str| {
            let mut known = context
                .spokesperson
                .into_iter()
                .chain(context.spokespersons.iter().map(String::as_str));
            known.any(|known| known.eq_ignore_ascii_case(name))
        };
        if speaks(name) {
            return Sense::Spokesperson;
        }
        if context.lang == Lang::Zh {
            let office = name.strip_prefix("外交部发言人").or_else(|| name.strip_prefix("发言人"));
            if office.is_some_and(|rest| rest.is_empty() || is_chinese_name(rest))
                || name == "主持人"
            {
                return Sense::Spokesperson;
            }
            let asked =
                ["记者", "记者追问", "记者提问", "记者问及", "记者问", "记者再问", "记者又问"];
            if asked.iter().any(|ending| name.ends_with(ending)) {
                return Sense::Asker;
            }
            if context.outlets.all_known(name) {
                return Sense::Asker;
            }
            return if is_chinese_name(name) { Sense::Person } else { Sense::Unknown };
        }
        let office = ["Spokesperson", "Spokesman", "Spokeswoman", "Mr.", "Ms.", "Mme."]
            .iter()
            .find_map(|office| name.split_once(office));
        // The Pentagon's spokesperson is another's.
        let own = ["", "Foreign Ministry", "MFA", "FM", "The", "Chinese", "China's"];
        if office.is_some_and(|(before, rest)| {
            own.contains(&before.trim()) && (rest.trim().is_empty() || speaks(rest.trim()))
        }) {
            return Sense::Spokesperson;
        }
        let lower = name.to_lowercase();
        let press = ["reporter", "journalist", "correspondent", "follow-up", "follow up"];
        if context.outlets.all_known(name) || press.iter().any(|word| lower.ends_with(word)) {
            return Sense::Asker;
        }
        if is_english_name(name) { Sense::Person } else { Sense::Unknown }
    }

    /// The speaker as a turn keeps it: of `会后，某社记者问及` what names the one who asked.
    pub fn speaker(&self) -> &str {
        let name = self.name.strip_suffix("问及").unwrap_or(self.name);
        name.strip_prefix("会后，").unwrap_or(name).trim()
    }
}

/// Takes off `一、`, `（二）`, `3.` and the like.
fn without_number(name: &str) -> &str {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c);
    let rest = name.trim_start_matches(numeral);
    if rest.len() == name.len() {
        return name;
    }
    match rest.strip_prefix(['、', '.', '．', ' ']) {
        Some(rest) => rest.trim_start(),
        None if name.starts_with(['（', '(']) => rest,
        None => name,
    }
}

/// Takes off a stage direction: `记者（点头）`.
fn without_direction(name: &str) -> &str {
    let Some(open) = name.strip_suffix(['）', ')']) else { return name };
    open.rfind(['（', '(']).and_then(|at| open.get(..at)).filter(|n| !n.is_empty()).unwrap_or(name)
}

/// Two or three capitalized words.
fn is_english_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=3).contains(&words.len())
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || c == '-' || c == '.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_numbers_and_stage_directions() {
        for (text, name) in [
            ("路透社记者：请问？", "路透社记者"),
            ("法新社记者: 请问？", "法新社记者"),
            ("二、问：请介绍。", "问"),
            ("记者（点头）：是。", "记者"),
            ("A:Ruritania replied.", "A"),
            ("3. Q: What?", "Q"),
        ] {
            assert_eq!(label(text).map(|l| l.name), Some(name), "{text}");
        }
        for text in
            ["会议于10:30开始。", "https://example.org 上的文章", "没有标签。", "“我问：好吗？”"]
        {
            assert_eq!(label(text), None, "{text}");
        }
    }
}
