//! A label: the words before the colon that opens a paragraph, and what they can be.

use std::borrow::Cow;

use corpus::Lang;

use super::Context;
use crate::paragraph::is_han;
use crate::title::is_chinese_name;

/// Characters within which a label's colon must stand, in Han and in Latin script.
const LONGEST: (usize, usize) = (45, 80);

/// Colons, and what is printed for them.
pub const COLONS: [char; 5] = ['：', ':', '∶', '﹕', '︰'];

/// The words before a paragraph's first colon, and the words after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label<'a> {
    /// As printed, without numbering, stage directions and blanks that space it out: `路透社记者`.
    pub name: Cow<'a, str>,
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

/// The label of a paragraph, where it begins with one: `路透社记者：`, `AFP:`, `【问】`.
pub fn label(text: &str) -> Option<Label<'_>> {
    let bracketed = text.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    if let Some((name, rest)) = bracketed.filter(|(name, _)| matches!(*name, "问" | "答" | "追问"))
    {
        return Some(Label {
            name: name.into(),
            rest: rest.trim_start_matches(['：', ':']).trim(),
        });
    }
    let longest = if text.starts_with(|c: char| c.is_ascii()) { LONGEST.1 } else { LONGEST.0 };
    let (at, colon) = text.char_indices().take(longest).find(|(_, c)| COLONS.contains(c))?;
    let (name, rest) = (text.get(..at)?, text.get(at + colon.len_utf8()..)?);
    // `10:30` and `https://` open no turn.
    let digits = name.ends_with(|c: char| c.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit());
    // Quotation marks around an outlet's name: `“路透社”记者`.
    let named = name.contains("”记者") || name.contains("\"记者");
    let quotes = |c: char| "“”\"".contains(c) && !named;
    let sentence = name.chars().any(|c| "。？！；?!;".contains(c) || quotes(c));
    let name = match gathered(name.trim()) {
        Cow::Borrowed(name) => Cow::Borrowed(bare(name)),
        Cow::Owned(name) => Cow::Owned(bare(&name).to_owned()),
    };
    let rest = rest.trim();
    (!name.is_empty() && !sentence && !digits && !rest.starts_with("//"))
        .then_some(Label { name, rest })
}

impl Label<'_> {
    /// What this label can be on a page of `context`.
    pub fn sense(&self, context: &Context<'_>) -> Sense {
        let name = &*self.name;
        // `Q1`, `Question 2`, `问题三`.
        let counts = |c: char| c.is_ascii_digit() || c == ' ' || "一二三四五六七八九十".contains(c);
        match name.trim_end_matches(counts) {
            "问" | "追问" | "再问" | "提问" | "问题" | "Q" | "Question" | "Questions"
            | "Follow-up" | "Follow up" | "Follow-up question" => return Sense::BareQuestion,
            // `第一个问题`.
            counted if counted.starts_with('第') && counted.ends_with("个问题") => {
                return Sense::BareQuestion;
            }
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
        if speaks(name) || speaks(without_verb(name)) {
            return Sense::Spokesperson;
        }
        if context.lang == Lang::Zh {
            let office = ["外交部发言人", "发言人"].iter().find_map(|o| name.strip_prefix(o));
            let office = office.map(without_verb);
            if office.is_some_and(|rest| rest.is_empty() || is_chinese_name(rest))
                || name == "主持人"
            {
                return Sense::Spokesperson;
            }
            if name.rsplit_once("记者").is_some_and(|(_, tail)| is_journalists(tail))
                || context.outlets.all_known(name)
            {
                return Sense::Asker;
            }
            return if is_chinese_name(name) { Sense::Person } else { Sense::Unknown };
        }
        self.english_sense(context, speaks)
    }

    fn english_sense(&self, context: &Context<'_>, speaks: impl Fn(&str) -> bool) -> Sense {
        let name = &*self.name;
        let office = ["Spokesperson", "Spokesman", "Spokeswoman", "Mr.", "Ms.", "Mme."]
            .iter()
            .find_map(|office| name.split_once(office));
        // The family name alone is whom the title names.
        let family = context.spokesperson.and_then(|whole| whole.split(' ').next());
        let speaks = |name: &str| speaks(name) || family.is_some_and(|family| family == name);
        // The Pentagon's spokesperson is another's.
        let own = ["", "Foreign Ministry", "MFA", "FM", "The", "Chinese", "China's"];
        let officer = office.is_some_and(|(before, rest)| {
            own.contains(&before.trim()) && (rest.trim().is_empty() || speaks(rest.trim()))
        });
        if officer || speaks(name) {
            return Sense::Spokesperson;
        }
        let lower = without_verb(name).to_lowercase();
        if tells_of_question(&lower) {
            return Sense::BareQuestion;
        }
        let press = ["reporter", "journalist", "correspondent", "follow-up", "follow up"];
        if context.outlets.all_known(name) || press.iter().any(|word| lower.ends_with(word)) {
            return Sense::Asker;
        }
        if is_english_name(name) { Sense::Person } else { Sense::Unknown }
    }

    /// The speaker as a turn keeps it: of `会后，某社记者问及` what names the one who asked, of
    /// `毛宁表示` the name.
    pub fn speaker(&self) -> &str {
        let name = self.name.strip_suffix("问及").unwrap_or(&self.name);
        let name = name.strip_prefix("会后，").unwrap_or(name).trim();
        let person = without_verb(name);
        let named =
            is_chinese_name(person) || is_english_name(person) || person.ends_with("发言人");
        if named { person } else { name }
    }
}

/// A name without the verb that some pages put between it and the colon.
fn without_verb(name: &str) -> &str {
    const VERBS: [&str; 13] = [
        "表示",
        "指出",
        "强调",
        "回应",
        "回答",
        "答道",
        "答",
        "说",
        " said",
        " replied",
        " answered",
        " responded",
        " asked",
    ];
    VERBS.iter().find_map(|verb| name.strip_suffix(verb)).map_or(name, str::trim_end)
}

/// Whether what follows 记者 leaves it a journalist's label: nothing, verbs of asking, a name.
fn is_journalists(tail: &str) -> bool {
    const ASKING: [&str; 11] =
        ["继续", "接着", "再次", "随后", "追问", "提问", "问及", "再", "又", "还", "问"];
    let mut rest = tail;
    while let Some(after) = ASKING.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.is_empty() || (rest.len() == tail.len() && is_chinese_name(rest))
}

/// `The following question was raised after the press conference`.
fn tells_of_question(lower: &str) -> bool {
    let opens = ["the following question", "question", "a question", "a follow-up question"];
    let put = ["raised", "asked", "put", "press conference"];
    opens.iter().any(|words| lower.starts_with(words)) && put.iter().any(|w| lower.contains(w))
}

/// A name without the blanks that space Han characters out: `毛　宁`.
fn gathered(name: &str) -> Cow<'_, str> {
    let spaced = |at: usize| {
        let before = name.get(..at).and_then(|s| s.chars().next_back()).is_some_and(is_han);
        before && name.get(at + 1..).and_then(|s| s.chars().next()).is_some_and(is_han)
    };
    if !name.match_indices(' ').any(|(at, _)| spaced(at)) {
        return Cow::Borrowed(name);
    }
    name.char_indices().filter(|(at, c)| *c != ' ' || !spaced(*at)).map(|(_, c)| c).collect()
}

/// A label without its number, its stage direction and the marks around it: `【路透社记者】`.
fn bare(name: &str) -> &str {
    let name = name.trim_matches(|c: char| "*＊[]【】".contains(c) || c.is_whitespace());
    without_direction(without_number(name)).trim()
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
            ("毛 宁：没有。", "毛宁"),
            ("【问】何时？", "问"),
            ("【路透社记者】：何时？", "路透社记者"),
            ("“鲁里坦尼亚通讯社”记者：何时？", "“鲁里坦尼亚通讯社”记者"),
            ("****会后有记者问及：何时？", "会后有记者问及"),
            ("路透社记者∶何时？", "路透社记者"),
        ] {
            assert_eq!(label(text).map(|l| l.name).as_deref(), Some(name), "{text}");
        }
        for text in
            ["会议于10:30开始。", "https://example.org 上的文章", "没有标签。", "“我问：好吗？”"]
        {
            assert_eq!(label(text), None, "{text}");
        }
    }
}
