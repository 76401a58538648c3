//! A quotation: somebody's words between marks, or behind a colon.

/// Whether somebody's own words follow a segment: `He said:`, `He went on.`
pub(super) fn opens_behind(text: &str) -> bool {
    let text = text.trim_end();
    let goes_on = ["went on.", "goes on.", "continued."].iter().any(|end| text.ends_with(end));
    text.ends_with(':') || goes_on && text.split_whitespace().count() <= GOING_ON
}

/// How many words say no more than that somebody goes on, at most: `The ambassador went on.`
const GOING_ON: usize = 5;

/// Whether a sentence is nothing but words in quotation marks.
pub(super) fn is_all_of(text: &str) -> bool {
    let marks = ['"', '“', '”'];
    let inner = text.trim().strip_prefix(&marks[..2]).and_then(|t| t.strip_suffix(marks));
    inner.is_some_and(|words| !words.contains(marks) && words.chars().count() > QUOTATION)
}

/// The shortest quotation that is a claim, and not a title or a slogan, in characters.
const QUOTATION: usize = 30;

/// Whether a quotation is still open after a segment, given whether it was before: `"I saw the lighthouse.`
/// goes on with the next sentence. A mark that opens a paragraph of an open quotation opens no second one.
pub(super) fn is_open_after(text: &str, was_open: bool) -> bool {
    let again = text.trim_start().strip_prefix(['"', '“']).filter(|_| was_open);
    again.unwrap_or(text).chars().fold(was_open, |open, c| match c {
        '"' => !open,
        '“' => true,
        '”' => false,
        _ => open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_goes_on_until_its_mark_closes() {
        assert!(is_open_after("\"I saw the lighthouse.", false));
        assert!(is_open_after("It was old.", true));
        assert!(!is_open_after("The herring is dear.\"", true));
        assert!(is_open_after("\"It was old.", true));
        assert!(!is_open_after("\"It was old.\"", true));
        assert!(!is_open_after("He calls it \"old\".", false));
        assert!(is_open_after("“He calls it ‘old’.", false));
    }
}
