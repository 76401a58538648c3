//! Words, as contexts and distances are counted.
//!
//! A word is a run of letters and digits with what joins them inside (`Japan's`, `US-led`, `U.S`,
//! `NATO는`); every Han character and Kana is a word of its own. Marks and spaces are none.

use corpus::pattern::Script;

/// The byte ranges of the words of `text`, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let first = text[at..].chars().next()?;
            let start = at;
            at += first.len_utf8();
            match Script::of(first) {
                Script::Other => {}
                Script::Han => return Some((start, at)),
                Script::Alphabet | Script::Hangul => {
                    at = word_end(text, at);
                    return Some((start, at));
                }
            }
        }
    })
}

/// How many words stand in `text`.
pub(crate) fn count(text: &str) -> usize {
    words(text).count()
}

/// The byte where the spaced word that goes on at `at` ends.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        let mut rest = text[at..].chars();
        let Some(next) = rest.next() else { return at };
        let goes_on = is_letter(next) || (joins(next) && rest.next().is_some_and(is_letter));
        if !goes_on {
            return at;
        }
        at += next.len_utf8();
    }
}

fn is_letter(c: char) -> bool {
    matches!(Script::of(c), Script::Alphabet | Script::Hangul)
}

fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '‐' | '‑' | '.' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let text = "Japan's US-led (U.S.) 대조선 NATO는 美国。3.5";
        let found: Vec<_> = words(text).map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["Japan's", "US-led", "U.S", "대조선", "NATO는", "美", "国", "3.5"]);
    }
}
