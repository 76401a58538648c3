//! The tokens that dates are read off: numbers, runs of letters, single marks.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    /// A run of letters; a unit of Chinese and Korean dates stands alone.
    Word(&'a str),
    /// Any other character that is seen.
    Mark(char),
}

/// A token and its place in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// Numbers, runs of letters, and single marks; blanks part them and are dropped.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| {
        if digit(c).is_some() {
            1
        } else if c.is_alphabetic() || c == '○' || c == '◯' {
            2
        } else if c.is_whitespace() {
            0
        } else {
            3
        }
    };
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let kind = class(first);
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            if kind == 3 || class(c) != kind || is_unit(first) || is_unit(c) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let Some(words) = text.get(start..end) else { continue };
        let kind = match kind {
            1 => Kind::Number(number(words), words.chars().count()),
            2 => Kind::Word(words),
            3 => Kind::Mark(narrow(first)),
            _ => continue,
        };
        found.push(Token { kind, start, end });
    }
    found
}

/// The first `n` kinds.
pub fn kinds<'a>(tokens: &[Token<'a>], n: usize) -> Vec<Kind<'a>> {
    tokens.iter().take(n).map(|t| t.kind).collect()
}

/// The words of `text` that the first `length` tokens were read off.
pub fn words(text: &str, tokens: &[Token<'_>], length: usize) -> String {
    let end = tokens.get(..length).and_then(<[_]>::last).map_or(0, |t| t.end);
    let start = tokens.first().map_or(0, |t| t.start);
    text.get(start..end).unwrap_or("").to_owned()
}

/// A number in Chinese numerals: digit by digit (`二〇二二`, its zero also a circle or a Latin O) or with
/// tens (`二十四`).
pub fn han_number(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c);
    let value = |c: char| {
        let c = if "零○◯OoＯｏ".contains(c) { '〇' } else { c };
        digit(c).and_then(|n| u32::try_from(n).ok())
    };
    if let Some((tens, ones)) = text.split_once('十') {
        let single = |part: &str, empty: u32| match part.chars().count() {
            0 => Some(empty),
            1 => part.chars().next().and_then(value),
            _ => None,
        };
        return Some(single(tens, 1)? * 10 + single(ones, 0)?);
    }
    let few = (1..=4).contains(&text.chars().count());
    text.chars().try_fold(0, |all, c| Some(all * 10 + value(c)?)).filter(|_| few)
}

/// The value of a digit of either width.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// A mark of full width as the one that it is: `（`, `－`, `：`.
fn narrow(c: char) -> char {
    const WIDE: u32 = 0xFEE0;
    let is_wide = ('\u{FF01}'..='\u{FF5E}').contains(&c);
    is_wide.then(|| char::from_u32(u32::from(c) - WIDE)).flatten().unwrap_or(c)
}

fn number(words: &str) -> u32 {
    let add = |all: u32, n: u32| all.checked_mul(10)?.checked_add(n);
    words.chars().filter_map(digit).try_fold(0, add).unwrap_or(u32::MAX)
}

/// Characters that stand between the numbers of a Chinese or Korean date.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '년' | '월')
}
