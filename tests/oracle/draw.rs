//! Terms out of the text, and some that are none; the same ones every time.

use corpus::Lang;
use unicode_normalization::UnicodeNormalization;

use super::scan::{Scanned, is_alphabet};

/// How many terms are drawn at random from the text of each language.
const TERMS_EACH: usize = 170;
/// How many are drawn around each kind of place.
const AROUND_EACH: usize = 40;

/// The first is asked without filters: its places overlap.
const WRITTEN: [&str; 21] = [
    "의의",
    "U.S.",
    "美国",
    "的",
    "is",
    "the",
    "조선",
    "로씨야",
    "ＮＡＴＯ",
    "zzyzx",
    "美국",
    "人 民",
    "1950",
    "美國",
    "臺灣",
    "烏克蘭",
    "10,000",
    "US-led",
    "Japan's",
    "ニュース",
    "사회주의경제",
];

/// A kind of place: what stands on either side of it.
type Around = fn(char, char) -> bool;

/// Paragraph breaks, ends of sentences, numbers with commas, hyphens, apostrophes, scripts that
/// meet, Kana, single Han characters.
const AROUND: [Around; 8] = [
    |a, b| a == '\n' || b == '\n',
    |a, _| matches!(a, '.' | '。' | '?' | '？' | '!' | '！'),
    |a, b| a.is_ascii_digit() && matches!(b, ',' | '.' | '，'),
    |a, b| is_alphabet(a) && matches!(b, '-' | '–' | '‑'),
    |a, b| is_alphabet(a) && matches!(b, '\'' | '’'),
    |a, b| {
        is_alphabet(a) != is_alphabet(b)
            && !a.is_ascii_punctuation()
            && !b.is_whitespace()
            && !a.is_whitespace()
    },
    |a, _| matches!(a, '\u{3040}'..='\u{30ff}'),
    |a, _| matches!(a, '\u{4e00}'..='\u{9fff}'),
];

/// The terms.
pub fn terms(turns: &[Scanned]) -> Vec<String> {
    let mut draw = Draw { seed: 20220224 };
    let mut terms: Vec<String> = WRITTEN.map(str::to_owned).to_vec();
    for lang in [Lang::En, Lang::Zh, Lang::Ko] {
        let spoken: Vec<&Scanned> = turns.iter().filter(|turn| turn.lang == lang).collect();
        let wanted = terms.len() + TERMS_EACH;
        while terms.len() < wanted {
            let text = &spoken[draw.below(spoken.len())].text;
            terms.extend(draw.piece(text, lang));
        }
    }
    for (kind, around) in AROUND.iter().enumerate() {
        let before = terms.len();
        let wanted = before + AROUND_EACH;
        let mut tries = 0;
        while terms.len() < wanted && tries < 200_000 {
            tries += 1;
            let turn = &turns[draw.below(turns.len())];
            terms.extend(draw.around(&turn.original, *around, kind == AROUND.len() - 1));
        }
        assert!(terms.len() > before, "no place of kind {kind}");
    }
    terms
}

struct Draw {
    seed: u64,
}

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.seed >> 33) as usize % limit.max(1)
    }

    /// Words in English, characters elsewhere, some of them written in another way.
    fn piece(&mut self, text: &str, lang: Lang) -> Option<String> {
        let pieces: Vec<&str> = if lang == Lang::En {
            text.split_inclusive(' ').collect()
        } else {
            text.split_inclusive(|_| true).collect()
        };
        let at = self.below(pieces.len());
        let length = 1 + self.below(if lang == Lang::En { 4 } else { 9 });
        let piece = pieces[at..(at + length).min(pieces.len())].concat();
        term(&match self.below(8) {
            0 => piece.chars().rev().collect(),
            1 => piece.nfd().collect(),
            2 => piece.to_uppercase(),
            3 => piece.replace(' ', "\u{3000} ").replace('a', "ａ").replace('1', "１"),
            4 => piece.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned(),
            _ => piece,
        })
    }

    /// Some characters, or whole words of an alphabet, on both sides of such a place.
    fn around(&mut self, text: &str, around: Around, alone: bool) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let start = self.below(chars.len());
        let found = (start + 1..chars.len()).find(|at| around(chars[at - 1], chars[*at]))?;
        if alone {
            return term(&chars[found - 1].to_string());
        }
        let mut from = found.saturating_sub(1 + self.below(6));
        let mut to = (found + 1 + self.below(6)).min(chars.len());
        while from > 0 && is_alphabet(chars[from]) && is_alphabet(chars[from - 1]) {
            from -= 1;
        }
        while to < chars.len() && is_alphabet(chars[to]) && is_alphabet(chars[to - 1]) {
            to += 1;
        }
        term(&chars[from..to].iter().collect::<String>())
    }
}

/// What can stand between quotation marks of a query.
fn term(written: &str) -> Option<String> {
    let written = written.trim();
    let fits = (1..=150).contains(&written.chars().count());
    let is_term = fits && !written.contains(['"', '“', '”', '‟', '＂', '*', '＊']);
    is_term.then(|| written.to_owned())
}
