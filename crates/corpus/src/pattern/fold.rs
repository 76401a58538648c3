//! A folded text: the characters that terms are matched on, with the way back to the original.

/// A text with case, width, quotation marks, hyphens and white space evened out.
///
/// - letters are lower case,
/// - full-width forms (`Ａ`, `．`) are half-width,
/// - curly quotes and apostrophes are straight, typographic hyphens and the en dash are `-`,
/// - every run of white space, line breaks and no-break spaces included, is one space,
/// - zero-width characters and soft hyphens are gone.
///
/// Nothing is decomposed: texts are NFC already when they are stored.
#[derive(Debug, Clone)]
pub struct Folded<'t> {
    original: &'t str,
    text: String,
    /// Where the distance between both texts changes: (byte in `text`, byte in `original`), the
    /// latter ascending, the former never falling. Between two entries offsets run in step.
    steps: Vec<(u32, u32)>,
}

impl<'t> Folded<'t> {
    /// Folds a text.
    pub fn new(original: &'t str) -> Self {
        let mut folding =
            Self { original, text: String::with_capacity(original.len()), steps: Vec::new() };
        folding.run();
        folding
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text, by itself.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The text that was folded.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// All of it.
    pub fn whole(&self) -> Piece<'_> {
        self.piece(0, self.original.len())
    }

    /// What the bytes `start..end` of the original were folded to; both must be character
    /// boundaries, `start <= end`.
    pub fn piece(&self, start: usize, end: usize) -> Piece<'_> {
        let (from, first) = self.folded_offset(start);
        let (to, last) = self.folded_offset(end);
        Piece {
            text: &self.text[from..to],
            original: &self.original[start..end],
            steps: &self.steps[first..last],
            before: first.checked_sub(1).map_or((0, 0), |n| self.steps[n]),
            start: (from, start),
        }
    }

    /// Where byte `at` of the original was folded to, and how many steps lie before.
    fn folded_offset(&self, at: usize) -> (usize, usize) {
        let after = self.steps.partition_point(|(_, original)| *original as usize <= at);
        let (folded, original) = after.checked_sub(1).map_or((0, 0), |n| self.steps[n]);
        // What stood before the next step and is gone takes no room.
        let next = self.steps.get(after).map_or(self.text.len(), |(folded, _)| *folded as usize);
        (next.min(folded as usize + at - original as usize), after)
    }

    fn run(&mut self) {
        let bytes = self.original.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = plain_run(&bytes[at..]);
            if plain > 0 {
                self.copy(at, at + plain);
                at += plain;
                continue;
            }
            let Some(c) = self.original[at..].chars().next() else { break };
            self.fold_char(c, at);
            at += c.len_utf8();
        }
    }

    /// Copies characters that keep their length, lowering ASCII letters.
    fn copy(&mut self, start: usize, end: usize) {
        let from = self.text.len();
        self.text.push_str(&self.original[start..end]);
        self.text[from..].make_ascii_lowercase();
    }

    fn fold_char(&mut self, c: char, at: usize) {
        if c.is_whitespace() {
            if !self.text.ends_with(' ') {
                self.push(' ', at, c.len_utf8());
            } else {
                self.step(at + c.len_utf8());
            }
            return;
        }
        if is_invisible(c) {
            self.step(at + c.len_utf8());
            return;
        }
        let even = even_out(c);
        // The first letter stands for all where a capital has several small ones (`İ`).
        let small = match even {
            _ if even.is_ascii() => even.to_ascii_lowercase(),
            _ if even.is_uppercase() => even.to_lowercase().next().unwrap_or(even),
            _ => even,
        };
        self.push(small, at, c.len_utf8());
    }

    fn push(&mut self, folded: char, at: usize, width: usize) {
        self.text.push(folded);
        if folded.len_utf8() != width {
            self.step(at + width);
        }
    }

    /// Notes that what is folded next starts at byte `original`. A step for what is gone never takes
    /// the place of one before it at the same byte of the text: a piece may begin or end between.
    fn step(&mut self, original: usize) {
        self.steps.push((self.text.len() as u32, original as u32));
    }
}

/// A stretch of a folded text, in which terms are looked for as if it stood alone. All offsets run
/// in the stretch.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'f> {
    text: &'f str,
    original: &'f str,
    /// The steps inside, and the last one before.
    steps: &'f [(u32, u32)],
    before: (u32, u32),
    /// Where it begins in both texts.
    start: (usize, usize),
}

impl<'f> Piece<'f> {
    /// The folded text.
    pub fn text(self) -> &'f str {
        self.text
    }

    /// The text that was folded.
    pub fn original(self) -> &'f str {
        self.original
    }

    /// The byte range of the original that the folded range `start..end` came from; both must
    /// be character boundaries of the folded text, `start < end`.
    pub fn span(self, start: usize, end: usize) -> (usize, usize) {
        let last = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let from = self.original_offset(last);
        let width = self.original[from..].chars().next().map_or(0, char::len_utf8);
        (self.original_offset(start), from + width)
    }

    /// The character of the original that stands at byte `at` of the folded text.
    pub(super) fn original_char(self, at: usize) -> Option<char> {
        self.original[self.original_offset(at)..].chars().next()
    }

    fn original_offset(self, at: usize) -> usize {
        let at = self.start.0 + at;
        let after = self.steps.partition_point(|(folded, _)| *folded as usize <= at);
        let (folded, original) = after.checked_sub(1).map_or(self.before, |n| self.steps[n]);
        original as usize + (at - folded as usize) - self.start.1
    }
}

/// The length of a folded text, counted off the original without writing it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FoldedLength {
    /// Characters but spaces.
    pub letters: u32,
    /// Spaces.
    pub spaces: u32,
    after_space: bool,
}

impl FoldedLength {
    /// The lengths of what stands before each of the ascending bytes of an original.
    pub fn before(original: &str, ends: impl Iterator<Item = usize>) -> impl Iterator<Item = Self> {
        // Most texts are plain as a whole, and a look at a whole takes less than looks at pieces.
        let is_plain = stand_for_themselves(original.as_bytes());
        let (mut at, mut length) = (0, Self::default());
        ends.map(move |end| {
            let piece = original.get(at..end).unwrap_or_default();
            at = end;
            if is_plain || stand_for_themselves(piece.as_bytes()) {
                length.add_plain(piece.as_bytes());
            } else {
                piece.chars().for_each(|c| length.add_char(c));
            }
            length
        })
    }

    fn add_plain(&mut self, bytes: &[u8]) {
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return };
        let Counts { chars, spaces, after_spaces } = Counts::of(bytes);
        self.spaces += spaces - after_spaces - u32::from(self.after_space && is_space(*first));
        self.letters += chars - spaces;
        self.after_space = is_space(*last);
    }

    fn add_char(&mut self, c: char) {
        if c.is_whitespace() {
            self.spaces += u32::from(!self.after_space);
            self.after_space = true;
        } else if !is_invisible(c) {
            self.letters += 1;
            self.after_space = false;
        }
    }
}

/// What a text consists of.
#[derive(Default)]
struct Counts {
    chars: u32,
    /// White space of ASCII.
    spaces: u32,
    /// Such that stands after such.
    after_spaces: u32,
}

impl Counts {
    fn of(bytes: &[u8]) -> Self {
        // So few that a byte holds their number: the compiler counts many at once then.
        const SOME: usize = 128;
        let mut counts = Self::default();
        let next = bytes.get(1..).unwrap_or_default();
        for (some, next) in bytes[..next.len()].chunks(SOME).zip(next.chunks(SOME)) {
            let (mut chars, mut spaces, mut after_spaces) = (0_u8, 0_u8, 0_u8);
            for (byte, next) in some.iter().zip(next) {
                chars += u8::from(begins_char(*byte));
                spaces += u8::from(is_space(*byte));
                after_spaces += u8::from(is_space(*byte) & is_space(*next));
            }
            counts.chars += u32::from(chars);
            counts.spaces += u32::from(spaces);
            counts.after_spaces += u32::from(after_spaces);
        }
        if let Some(last) = bytes.last() {
            counts.chars += u32::from(begins_char(*last));
            counts.spaces += u32::from(is_space(*last));
        }
        counts
    }
}

/// Whether a character begins with the byte, of the bytes of UTF-8.
fn begins_char(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Whether all characters of which these are the bytes stay one each but for spaces of ASCII: none
/// of them is dropped, and there is no other white space. Most pieces are such, and the loops here
/// are ones of which the compiler takes many steps at once.
fn stand_for_themselves(bytes: &[u8]) -> bool {
    let after = |count: usize| bytes.get(count..).unwrap_or_default();
    // U+0085, U+00A0, U+00AD, U+1680, U+2040 to U+207F, U+FEFF.
    let pair_goes = |one: u8, two: u8| {
        ((one == 0xc2) & ((two == 0x85) | (two == 0xa0) | (two == 0xad)))
            | ((one == 0xe1) & (two == 0x9a))
            | ((one == 0xe2) & (two == 0x81))
            | ((one == 0xef) & (two == 0xbb))
    };
    let pairs = bytes.iter().zip(after(1));
    let pairs = pairs.fold(false, |any, (one, two)| any | pair_goes(*one, *two));
    // U+2000 to U+203F but for dashes and quotation marks, and U+3000.
    let triple_goes = |one: u8, two: u8, three: u8| {
        let is_mark = (0x90..0xa8).contains(&three);
        (two == 0x80) & (((one == 0xe2) & !is_mark) | ((one == 0xe3) & (three == 0x80)))
    };
    let triples = bytes.iter().zip(after(1)).zip(after(2));
    let triples =
        triples.fold(false, |any, ((one, two), three)| any | triple_goes(*one, *two, *three));
    !(pairs | triples)
}

/// White space of ASCII.
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// How many leading bytes are whole characters that need no more than ASCII lowering: ASCII, a
/// space only after a character of the same run, and the three-byte characters from U+3001 to
/// U+DFFF (Han, Kana, Hangul).
fn plain_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0x21..=0x7e => at += 1,
            b' ' if at > 0 && bytes[at - 1] != b' ' => at += 1,
            0xe3 if bytes[at..].starts_with("\u{3000}".as_bytes()) => break,
            0xe3..=0xed => at += 3,
            _ => break,
        }
    }
    at
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn even_out(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        _ => c,
    }
}
