//! A quotation: from an opening mark to its closing one, inside one paragraph.

use super::marks::marks;

/// The longest quotation that stays in one segment, in characters. A longer one is a speech, and
/// its sentences are coded one by one.
const MAX_QUOTED_CHARS: usize = 160;

/// How many marks may be open at once. More are no quotations inside one another but a page of marks
/// that nothing closes.
const MOST_OPEN: usize = 32;

/// The quotations of one paragraph.
pub(super) struct Quotes {
    /// Outermost ones, as (byte of the opening mark, byte of the closing mark).
    ranges: Vec<(usize, usize)>,
}

impl Quotes {
    /// Finds the quotations that open and close in `line`. Marks without a partner are letters
    /// like any other.
    pub(super) fn of(line: &str) -> Self {
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for (at, c) in marks(line) {
            let closing = closing_of(c, &line[..at]);
            if let Some(place) = open.iter().rposition(|(close, _)| *close == c)
                && (c != '"' || closing.is_none())
            {
                let (_, start) = open[place];
                open.truncate(place);
                if is_short(&line[start..at]) {
                    while ranges.pop_if(|(inner, _)| *inner >= start).is_some() {}
                    ranges.push((start, at));
                }
            } else if let Some(close) = closing {
                if open.len() == MOST_OPEN {
                    open.remove(0);
                }
                open.push((close, at));
            }
        }
        Self { ranges }
    }

    /// Whether no quotation is open at `at`, or the one that is closes before `end`.
    pub(super) fn closes_by(&self, at: usize, end: usize) -> bool {
        let after = self.ranges.partition_point(|(start, _)| *start < at);
        match after.checked_sub(1).map(|n| self.ranges[n]) {
            Some((_, close)) => close < end,
            None => true,
        }
    }
}

/// Whether a quotation stays in one segment. A look at its bytes spares counting a long one.
fn is_short(quoted: &str) -> bool {
    quoted.len() <= 4 * MAX_QUOTED_CHARS && quoted.chars().count() <= MAX_QUOTED_CHARS
}

/// The mark that closes what `c` opens. A straight quotation mark opens after a space or an
/// opening bracket and closes elsewhere.
fn closing_of(c: char, before: &str) -> Option<char> {
    let follows = |before: char| before.is_whitespace() || matches!(before, '(' | '[' | '-');
    match c {
        '“' => Some('”'),
        '《' => Some('》'),
        '「' => Some('」'),
        '『' => Some('』'),
        '〈' => Some('〉'),
        '（' => Some('）'),
        '"' if before.chars().next_back().is_none_or(follows) => Some('"'),
        _ => None,
    }
}
