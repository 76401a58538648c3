//! A profile: the names and numbers of a text, by which it is known again in other words or
//! another language.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use corpus::{Role, Turn};

use super::names::NAMES;

/// Names and numbers of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Ids of known names.
    pub names: BTreeSet<&'static str>,
    /// Numbers of two and more digits, in full (`8억` and `800 million` are one).
    pub numbers: BTreeSet<u64>,
}

impl Profile {
    /// The profile of a text.
    pub fn of(turns: &[Turn]) -> Self {
        let mut profile = Self::default();
        for turn in turns.iter().filter(|t| t.role != Role::Note) {
            profile.numbers.extend(numbers(&turn.text));
            if let Some((automaton, ids)) = FORMS.as_ref() {
                let found = automaton.find_overlapping_iter(turn.text.as_str());
                profile.names.extend(found.filter_map(|m| ids.get(m.pattern().as_usize())));
            }
        }
        profile
    }

    /// How many names both have, and how many either has.
    pub fn shared_names(&self, other: &Self) -> (usize, usize) {
        (self.names.intersection(&other.names).count(), self.names.union(&other.names).count())
    }

    /// How many numbers both have, and how many either has.
    pub fn shared_numbers(&self, other: &Self) -> (usize, usize) {
        (
            self.numbers.intersection(&other.numbers).count(),
            self.numbers.union(&other.numbers).count(),
        )
    }
}

static FORMS: LazyLock<Option<(AhoCorasick, Vec<&'static str>)>> = LazyLock::new(|| {
    let forms: Vec<(&str, &str)> =
        NAMES.iter().flat_map(|(id, forms)| forms.iter().map(|form| (*id, *form))).collect();
    let automaton = AhoCorasick::new(forms.iter().map(|(_, form)| form)).ok()?;
    Some((automaton, forms.into_iter().map(|(id, _)| id).collect()))
});

/// The numbers of a text: `20,000`, `9 000`, `2 000만`, `8억`, `800 million`, `1.08亿`.
fn numbers(text: &str) -> BTreeSet<u64> {
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (digits, decimals, end) = figure(bytes, at);
        let scale = scale(text.get(end..).unwrap_or(""));
        let value = digits.checked_mul(scale).map(|v| v / 10u64.pow(decimals));
        found.extend(value.filter(|v| *v >= 10));
        at = end;
    }
    found
}

/// The digits from `at` on as one number, how many of them stand after the point, and where it ends.
fn figure(bytes: &[u8], at: usize) -> (u64, u32, usize) {
    let (mut value, mut decimals, mut end, mut pointed) = (0u64, 0u32, at, false);
    while let Some(byte) = bytes.get(end) {
        let group = bytes.get(end + 1..end + 4).is_some_and(|g| g.iter().all(u8::is_ascii_digit))
            && !bytes.get(end + 4).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => {
                value = value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                decimals += u32::from(pointed);
            }
            b',' | b' ' if group && !pointed => {}
            b'.' if !pointed && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
                pointed = true
            }
            _ => break,
        }
        end += 1;
        if decimals >= 6 {
            break;
        }
    }
    (value, decimals, end)
}

fn scale(after: &str) -> u64 {
    let after = after.trim_start();
    let scales: [(&str, u64); 10] = [
        ("万亿", 1_000_000_000_000),
        ("만", 10_000),
        ("万", 10_000),
        ("억", 100_000_000),
        ("亿", 100_000_000),
        ("천", 1_000),
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("trillion", 1_000_000_000_000),
    ];
    scales.iter().find(|(word, _)| after.starts_with(word)).map_or(1, |(_, scale)| *scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_in_every_language() {
        let of = |text| numbers(text).into_iter().collect::<Vec<_>>();
        assert_eq!(
            of("2만명, 8억US$, 9 000기, 2 000만발"),
            [9_000, 20_000, 20_000_000, 800_000_000]
        );
        assert_eq!(
            of("20,000 men, $800 million, 9,000 and 20 million"),
            [9_000, 20_000, 20_000_000, 800_000_000]
        );
        assert_eq!(of("1.08亿美元"), [108_000_000]);
        assert!(of("7 states, 3.5").is_empty());
        assert!(of("99999999999999999999999999 million").is_empty());
    }
}
