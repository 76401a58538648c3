//! A quotation: from an opening mark to its closing one, inside one paragraph.

/// The longest quotation that stays in one segment, in characters. A longer one is a speech, and
/// its sentences are coded one by one.
const MAX_QUOTED_CHARS: usize = 160;

/// The quotations of one paragraph.
pub(super) struct Quotes {
    /// Outermost ones, as (byte of the opening mark, byte of the closing mark).
    ranges: Vec<(usize, usize)>,
}

impl Quotes {
    /// Finds the quotations that open and close in `line`. Marks without a partner are letters
    /// like any other.
    pub(super) fn of(line: &str) -> Self {
        let mut open: Vec<(char, usize, usize)> = Vec::new();
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        let mut before = None;
        for (n, (at, c)) in line.char_indices().enumerate() {
            let closing = closing_of(c, before);
            if let Some(place) = open.iter().rposition(|(close, ..)| *close == c)
                && (c != '"' || closing.is_none())
            {
                let (_, start, since) = open[place];
                open.truncate(place);
                if n - since <= MAX_QUOTED_CHARS {
                    ranges.retain(|(inner, _)| *inner < start);
                    ranges.push((start, at));
                }
            } else if let Some(close) = closing {
                open.push((close, at, n));
            }
            before = Some(c);
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

/// The mark that closes what `c` opens. A straight quotation mark opens after a space or an
/// opening bracket and closes elsewhere.
fn closing_of(c: char, before: Option<char>) -> Option<char> {
    match c {
        '“' => Some('”'),
        '《' => Some('》'),
        '「' => Some('」'),
        '『' => Some('』'),
        '〈' => Some('〉'),
        '（' => Some('）'),
        '"' if before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '-')) => {
            Some('"')
        }
        _ => None,
    }
}
