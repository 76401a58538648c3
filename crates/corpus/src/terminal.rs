//! Terminals: what they would obey in a text from outside instead of showing it.

/// The text in one line as a terminal may be given it: control characters, line ends, and what
/// turns the direction of writing around are spelled out, `\u{1b}`.
pub fn visible(text: &str) -> String {
    spelled_out(text, is_obeyed)
}

/// The same for a text of several lines: line feeds and tabs stay.
pub fn visible_lines(text: &str) -> String {
    spelled_out(text, |c| is_obeyed(c) && !matches!(c, '\n' | '\t'))
}

fn spelled_out(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether Unicode gives the character a part in ordering the directions of writing.
    fn turns_around(c: char) -> bool {
        "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
            .contains(c)
    }

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\n"), r"a\u{1b}[31mb\u{202e}c\u{a}");
        assert_eq!(visible_lines("a\r\n\tb\u{9b}"), "a\\u{d}\n\tb\\u{9b}");
        assert_eq!(visible("乌克兰 우크라이나"), "乌克兰 우크라이나");
    }

    proptest! {
        #[test]
        fn nothing_that_is_obeyed_gets_through(
            text in prop::collection::vec(
                prop_oneof![any::<char>(), prop::char::range('\0', '\u{a0}'), prop::char::range('\u{2000}', '\u{2070}')],
                0..60,
            ).prop_map(String::from_iter)
        ) {
            let (line, lines) = (visible(&text), visible_lines(&text));
            prop_assert!(!line.chars().any(|c| c.is_control() || turns_around(c)));
            let kept = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            prop_assert!(!lines.chars().any(|c| kept(c) || turns_around(c)));
            prop_assert_eq!(visible(&line), line.clone());
            let plain = |c: &char| !c.is_control() && !turns_around(*c);
            let harmless: String = text.chars().filter(plain).filter(|c| !matches!(c, '\u{2028}' | '\u{2029}')).collect();
            prop_assert_eq!(visible(&harmless), harmless);
        }
    }
}
