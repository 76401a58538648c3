//! Which script a character belongs to, as far as the boundary rules care.

/// How words of a script are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Alphabets and digits: words stand between characters that are neither.
    Alphabet,
    /// Korean syllables: words stand between spaces, with particles at their ends.
    Hangul,
    /// Han and Kana: nothing stands between words.
    Han,
    /// Punctuation, symbols, white space.
    Other,
}

impl Script {
    /// The script of a character.
    pub fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii() => {
                if c.is_ascii_alphanumeric() {
                    Self::Alphabet
                } else {
                    Self::Other
                }
            }
            '\u{1100}'..='\u{11ff}'
            | '\u{3130}'..='\u{318f}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}' => Self::Hangul,
            '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Han,
            _ if c.is_alphanumeric() => Self::Alphabet,
            _ => Self::Other,
        }
    }
}
