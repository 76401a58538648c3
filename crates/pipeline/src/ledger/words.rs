//! The words in which two texts of one statement differ: by characters where the script has no
//! spaces to rely on (Chinese, Korean), by words elsewhere. White space alone is no difference.

use corpus::{Lang, Role, Statement};
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Characters of unchanged text that are shown on each side of a change.
const CONTEXT: usize = 60;

/// One place where a text was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hunk {
    /// The turn it stands in, from 1; 0 for the title.
    pub turn: u32,
    /// What that turn does; none for the title.
    pub role: Option<Role>,
    /// The unchanged words just before.
    pub before: String,
    /// The words that are gone; empty where words were only put in.
    pub deleted: String,
    /// The words that are new; empty where words were only taken out.
    pub inserted: String,
    /// The unchanged words just after.
    pub after: String,
}

/// How two texts differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `characters` or `words`: what the two numbers count.
    pub unit: &'static str,
    /// How many are gone.
    pub deleted: usize,
    /// How many are new.
    pub inserted: usize,
    /// Whether nothing but punctuation differs.
    pub only_punctuation: bool,
    /// The places, in order.
    pub hunks: Vec<Hunk>,
}

/// How `new` differs from `old` in title and turns; `None` where they say the same.
pub fn difference(old: &Statement, new: &Statement) -> Option<Difference> {
    let (before, after) = (Words::of(old), Words::of(new));
    let (a, b) = (before.texts(), after.texts());
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        if op.tag() != DiffTag::Equal {
            changes.push((op.old_range(), op.new_range()));
        }
    }
    if changes.is_empty() {
        return None;
    }
    let unit = if matches!(new.lang, Lang::Zh | Lang::Ko) { "characters" } else { "words" };
    let mut found =
        Difference { unit, only_punctuation: true, hunks: Vec::new(), deleted: 0, inserted: 0 };
    for (gone, put) in joined(changes, &b) {
        let count = |words: &[&str]| words.iter().filter(|w| is_word(w)).count();
        let (lost, won) = (count(&a[gone.clone()]), count(&b[put.clone()]));
        found.deleted += lost;
        found.inserted += won;
        found.only_punctuation &= lost + won == 0;
        let at = after.tokens.get(put.start).filter(|_| !put.is_empty());
        let was = before.tokens.get(gone.start).filter(|_| !gone.is_empty());
        let turn = at.or(was).map_or(0, |t| t.turn);
        let whose = if at.is_some() { new } else { old };
        found.hunks.push(Hunk {
            turn,
            role: whose.turns.iter().find(|t| t.n == turn).map(|t| t.role),
            before: after.context_before(put.start, turn),
            deleted: before.between(gone),
            after: after.context_after(put.end, turn),
            inserted: after.between(put),
        });
    }
    Some(found)
}

/// How many words or characters a text has, as a [`Difference`] counts them.
pub(super) fn size(statement: &Statement) -> usize {
    let words = Words::of(statement);
    words.texts().iter().filter(|word| is_word(word)).count()
}

type Change = (std::ops::Range<usize>, std::ops::Range<usize>);

/// Joins changes between which only one sign of punctuation or one character of a longer change
/// was kept by chance, so that a rewritten phrase is shown as one.
fn joined(changes: Vec<Change>, new: &[&str]) -> Vec<Change> {
    let mut joined: Vec<Change> = Vec::new();
    for (gone, put) in changes {
        if let Some((last_gone, last_put)) = joined.last_mut() {
            let kept = new.get(last_put.end..put.start).unwrap_or_default();
            let chance = |word: &str| !is_word(word) || word.chars().all(is_unspaced);
            let size = last_gone.len() + last_put.len() + gone.len() + put.len();
            if size >= 4 && kept.len() == 1 && kept.iter().all(|word| chance(word)) {
                last_gone.end = gone.end;
                last_put.end = put.end;
                continue;
            }
        }
        joined.push((gone, put));
    }
    joined
}

/// A text as the words that are compared.
struct Words {
    turns: Vec<(u32, String)>,
    tokens: Vec<Token>,
}

struct Token {
    /// Index in `turns`.
    at: usize,
    turn: u32,
    start: usize,
    end: usize,
}

impl Words {
    fn of(statement: &Statement) -> Self {
        let mut turns = vec![(0, statement.title.clone().unwrap_or_default())];
        turns.extend(statement.turns.iter().map(|turn| match &turn.speaker {
            Some(speaker) => (turn.n, format!("{speaker}: {}", turn.text)),
            None => (turn.n, turn.text.clone()),
        }));
        let mut tokens = Vec::new();
        for (at, (turn, text)) in turns.iter().enumerate() {
            let spans = spans(text).into_iter();
            tokens.extend(spans.map(|(start, end)| Token { at, turn: *turn, start, end }));
        }
        Self { turns, tokens }
    }

    fn text(&self, token: &Token) -> &str {
        self.turns.get(token.at).and_then(|(_, t)| t.get(token.start..token.end)).unwrap_or("")
    }

    fn texts(&self) -> Vec<&str> {
        self.tokens.iter().map(|token| self.text(token)).collect()
    }

    /// The text of some tokens as it is printed, turns apart by a line end.
    fn between(&self, range: std::ops::Range<usize>) -> String {
        let tokens = self.tokens.get(range).unwrap_or_default();
        let mut parts = Vec::new();
        for same in tokens.chunk_by(|a, b| a.at == b.at) {
            let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
            let text = self.turns.get(first.at).and_then(|(_, t)| t.get(first.start..last.end));
            parts.push(text.unwrap_or(""));
        }
        parts.join("\n")
    }

    /// The words of the same turn before token `n`.
    fn context_before(&self, n: usize, turn: u32) -> String {
        let tokens = self.tokens.get(..n).unwrap_or_default();
        let (mut from, mut size) = (n, 0);
        for token in tokens.iter().rev().take_while(|t| t.turn == turn) {
            size += self.text(token).chars().count() + 1;
            if size > CONTEXT {
                break;
            }
            from -= 1;
        }
        self.between(from..n)
    }

    /// The words of the same turn from token `n` on.
    fn context_after(&self, n: usize, turn: u32) -> String {
        let tokens = self.tokens.get(n..).unwrap_or_default();
        let (mut to, mut size) = (n, 0);
        for token in tokens.iter().take_while(|t| t.turn == turn) {
            size += self.text(token).chars().count() + 1;
            if size > CONTEXT {
                break;
            }
            to += 1;
        }
        self.between(n..to)
    }
}

/// Where the words of a text stand: runs of letters and digits, single characters of scripts
/// without reliable spaces, single signs of punctuation; white space belongs to none.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let part = c.is_alphanumeric() && !is_unspaced(c);
        match spans.last_mut().filter(|_| open && part) {
            Some(last) => last.1 = end,
            None if !c.is_whitespace() => spans.push((at, end)),
            None => {}
        }
        open = part;
    }
    spans
}

fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

/// Han, Hangul and kana.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use corpus::partition::Row;

    fn said(lang: Lang, text: &str) -> Statement {
        let mut statement = Statement::sample();
        statement.lang = lang;
        statement.title = Some("Remarks".to_owned());
        let mut turn = statement.turns.remove(0);
        turn.speaker = None;
        turn.text = text.to_owned();
        statement.turns = vec![turn];
        statement
    }

    fn changes(lang: Lang, old: &str, new: &str) -> Vec<(String, String)> {
        let found = difference(&said(lang, old), &said(lang, new)).unwrap_or_default();
        found.hunks.into_iter().map(|h| (h.deleted, h.inserted)).collect()
    }

    #[test]
    fn english_differs_by_words_and_chinese_and_korean_by_characters() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        let old = "The U.S. started the war, we regret it.";
        assert_eq!(
            changes(Lang::En, old, "The U.S. started the crisis, we regret it."),
            pair("war", "crisis")
        );
        assert_eq!(
            changes(Lang::Zh, "美国是始作俑者。", "有关方面是始作俑者。"),
            pair("美国", "有关方面")
        );
        assert_eq!(
            changes(Lang::Ko, "미국이 전쟁을 도발하였다.", "미국이 도발하였다."),
            pair("전쟁을", "")
        );
    }

    #[test]
    fn white_space_and_line_breaks_are_no_difference() {
        assert!(changes(Lang::Ko, "할수 있다", "할 수있다").is_empty());
        assert!(changes(Lang::En, "one two\nthree", "one  two three").is_empty());
    }

    #[test]
    fn punctuation_alone_is_told_apart() {
        let found = difference(&said(Lang::En, "It's so."), &said(Lang::En, "It’s so.")).unwrap();
        assert!(found.only_punctuation && (found.deleted, found.inserted) == (0, 0));
        let found = difference(&said(Lang::En, "so."), &said(Lang::En, "so it is.")).unwrap();
        assert!(!found.only_punctuation && (found.deleted, found.inserted) == (0, 2));
    }

    #[test]
    fn a_title_and_a_dropped_question_are_shown_whole() {
        let old = said(Lang::En, "A.");
        let mut new = old.clone();
        new.title = Some("Other remarks".to_owned());
        let found = difference(&old, &new).unwrap();
        assert_eq!((found.hunks[0].turn, found.hunks[0].role), (0, None));
        let mut longer = old.clone();
        let mut second = longer.turns[0].clone();
        (second.n, second.role) = (2, Role::Answer);
        second.text = "We answered once.".to_owned();
        longer.turns.push(second);
        let found = difference(&longer, &old).unwrap();
        let hunk = &found.hunks[0];
        assert_eq!((hunk.turn, hunk.role, found.deleted), (2, Some(Role::Answer), 3));
        assert_eq!((hunk.deleted.as_str(), hunk.inserted.as_str()), ("We answered once.", ""));
    }

    proptest::proptest! {
        #[test]
        fn a_difference_is_found_exactly_where_the_letters_differ(
            a in "[a-c甲乙 .]{0,30}", b in "[a-c甲乙 .]{0,30}"
        ) {
            let found = difference(&said(Lang::En, &a), &said(Lang::En, &b));
            let tokens = |t: &str| -> Vec<String> {
                spans(t).into_iter().map(|(s, e)| t[s..e].to_owned()).collect()
            };
            proptest::prop_assert_eq!(found.is_some(), tokens(&a) != tokens(&b));
        }
    }
}
