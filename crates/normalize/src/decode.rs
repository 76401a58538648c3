//! From bytes to text: which charset a page is in, whatever it says of itself, and the repair of
//! texts that were decoded wrongly before they reached us.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// How far into a page its own declaration of the charset is looked for, as in browsers but
/// longer, since these sites put scripts first.
const META_WINDOW: usize = 8192;

/// Decodes what no address tells anything of.
pub fn decode<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Cow<'b, str> {
    page(bytes, content_type, "")
}

/// Decodes a page. UTF-8 wins where the bytes are valid UTF-8; then the server's declaration, then
/// the page's own, each only as long as it decodes without a fault; then the look of the bytes and
/// the country of the address.
pub fn page<'b>(bytes: &'b [u8], content_type: Option<&str>, url: &str) -> Cow<'b, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Its escapes make it look like ASCII.
    if bytes.windows(3).any(|escape| matches!(escape, b"\x1b$B" | b"\x1b$@")) {
        let (text, faulty) = ISO_2022_JP.decode_without_bom_handling(bytes);
        if !faulty {
            return text;
        }
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return repair(text);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or(&[]));
        return text;
    }
    if mostly_utf8(bytes) {
        return repaired(String::from_utf8_lossy(bytes));
    }
    let server = content_type.and_then(charset_parameter);
    // Every byte string is valid windows-1252, so that this declaration proves nothing.
    let said = [server, declared(bytes)].into_iter().flatten().filter(|e| *e != WINDOWS_1252);
    let guessed = [tld(url), None].into_iter().map(|tld| guess(bytes, tld));
    let mut texts = said.chain(guessed).filter_map(|encoding| {
        let (text, faulty) = encoding.decode_without_bom_handling(bytes);
        (!faulty && !has_half_width_kana(&text)).then_some(text)
    });
    // On a page that is nearly all ASCII the look of the bytes tells little: what they would be does.
    let foreign = bytes.iter().filter(|b| !b.is_ascii()).count();
    let plain = foreign * FEW <= bytes.len();
    let best = if plain { texts.min_by_key(|text| oddities(text)) } else { texts.next() };
    let faulty = || guess(bytes, tld(url)).decode_without_bom_handling(bytes).0;
    repaired(best.unwrap_or_else(faulty))
}

/// Of how many bytes of a page that is nearly all ASCII one may be none.
const FEW: usize = 20;

/// Characters beyond ASCII that no typesetter puts into a Latin text.
fn oddities(text: &str) -> usize {
    let set = |c: char| {
        matches!(c, '\u{A0}'..='\u{24F}' | '\u{2010}'..='\u{2026}' | '\u{3000}' | '\u{2122}')
            && !matches!(c, '¨' | '´' | '¸' | '¯' | '¡' | '¢' | '¤')
    };
    text.chars().filter(|c| !c.is_ascii() && !set(*c)).count()
}

/// Whether a text holds katakana of half width, as which Shift_JIS reads the bytes of other charsets.
/// No source writes them.
fn has_half_width_kana(text: &str) -> bool {
    text.chars().any(|c| ('\u{FF61}'..='\u{FF9F}').contains(&c))
}

/// The last part of an address's host, as far as it tells a country.
fn tld(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let (_, tld) = host.rsplit_once('.')?;
    Some(tld).filter(|tld| !tld.is_empty() && tld.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The same text where there is nothing to repair.
fn repaired(text: Cow<'_, str>) -> Cow<'_, str> {
    match repair(&text) {
        Cow::Owned(repaired) => Cow::Owned(repaired),
        Cow::Borrowed(_) => text,
    }
}

/// Whether bytes are UTF-8 but for a few that were cut or damaged: hardly any other charset has runs
/// that decode as characters of several bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 20 && broken * 20 <= whole
}

/// Undoes two faults that stand in the pages themselves: UTF-8 that was read as windows-1252
/// (`Ã³` for `ó`), and Shift_JIS punctuation that was read as Latin-1 (U+0081 before `@`, `f`,
/// `g` ...).
pub fn repair(text: &str) -> Cow<'_, str> {
    if !is_suspect(text) {
        return Cow::Borrowed(text);
    }
    let mut repaired = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if one_byte(c).is_some_and(|byte| byte >= 0x80) {
            run.push(c);
        } else {
            push_run(&mut repaired, &mut run);
            repaired.push(c);
        }
    }
    push_run(&mut repaired, &mut run);
    Cow::Owned(shift_jis_punctuation(&repaired))
}

/// Undoes a third fault in a line of text: nbsp that became a question mark (`the?Chinese?leader`).
/// One such place may be a slip of the keyboard; several words in a row are not.
pub fn blanks(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let between = |at: usize| letter(at.checked_sub(1)) && letter(Some(at + 1));
    let places: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at] == b'?' && between(*at)).collect();
    // The query of an address stands between letters, too, but not two in a row.
    let in_a_row = |pair: &[usize]| {
        let inside = text.get(pair[0] + 1..pair[1]).unwrap_or("");
        inside.len() <= 20
            && inside.bytes().all(|b| b.is_ascii_alphanumeric() || b"'-,.".contains(&b))
    };
    if !places.windows(2).any(in_a_row) {
        return Cow::Borrowed(text);
    }
    let mut repaired = text.to_owned();
    for at in places {
        repaired.replace_range(at..=at, " ");
    }
    Cow::Owned(repaired)
}

/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// Whether a text shows one of the two faults at all: U+0081, or a Latin letter that could be the
/// first byte of a character and is followed by what could be its second.
fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    // In UTF-8, U+00C0 to U+00FF begin with the byte C3, and U+0081 is C2 81. Looking at many bytes
    // together costs a tenth of looking at each, and most pages have few of these two.
    let first = |b: &u8| b & 0xFE == 0xC2;
    let chunks = bytes.chunks(CHUNK).enumerate();
    let mut places = chunks
        .filter(|(_, chunk)| chunk.iter().fold(false, |any, b| any | first(b)))
        .flat_map(|(n, chunk)| (n * CHUNK..).zip(chunk).filter(|(_, b)| first(b)));
    places.any(|(at, first)| match first {
        0xC2 => bytes.get(at + 1) == Some(&0x81),
        _ => {
            let after = text.get(at + 2..).and_then(|rest| rest.chars().next());
            after.and_then(one_byte).is_some_and(|byte| byte >= 0x80)
        }
    })
}

/// Appends a run of characters above ASCII, as UTF-8 where its windows-1252 bytes are UTF-8.
fn push_run(out: &mut String, run: &mut String) {
    let bytes: Vec<u8> = run.chars().filter_map(one_byte).collect();
    match std::str::from_utf8(&bytes) {
        Ok(text) => out.push_str(text),
        Err(_) => out.push_str(run),
    }
    run.clear();
}

/// The byte that windows-1252 writes for `c`; C1 controls stand for themselves.
fn one_byte(c: char) -> Option<u8> {
    if ('\u{80}'..='\u{FF}').contains(&c) || c.is_ascii() {
        return u8::try_from(u32::from(c)).ok();
    }
    // The trade mark sign is the last character that windows-1252 knows.
    if c > '\u{2122}' {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!unmappable && bytes.len() == 1).then(|| bytes[0])
}

fn shift_jis_punctuation(text: &str) -> String {
    if !text.contains('\u{81}') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let trail = chars.peek().copied().filter(|_| c == '\u{81}').and_then(one_byte);
        let decoded = trail.map(|trail| {
            SHIFT_JIS
                .decode_without_bom_handling_and_without_replacement(&[0x81, trail])
                .map(Cow::into_owned)
        });
        match decoded.flatten() {
            Some(text) => {
                out.push_str(&text);
                chars.next();
            }
            None => out.push(c),
        }
    }
    out
}

fn charset_parameter(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let (_, value) = lower.split_once("charset=")?;
    let label = value.trim_start_matches(['"', '\'', ' ']);
    let label: String =
        label.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
    Encoding::for_label(label.as_bytes())
}

/// The charset that a `<meta` tag declares. Scripts that mention `charset=` do not count.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_WINDOW).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let tags = head.split("<meta").skip(1);
    tags.filter_map(|rest| charset_parameter(rest.split('>').next()?)).next()
}

fn guess(bytes: &[u8], tld: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(tld.map(str::as_bytes), Utf8Detection::Allow);
    if guessed == UTF_8 { WINDOWS_1252 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found_whatever_is_declared() {
        let text = "外交部发言人答记者问：鲁里坦尼亚与西尔维尼亚的关系如何？";
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(decode(text.as_bytes(), Some("text/html; charset=gb2312")), text);
        assert_eq!(decode(&gbk, Some("text/html; charset=GBK")), text);
        assert_eq!(decode(&gbk, Some("text/html; charset=utf-8")), text);
        let korean = "외무성 대변인은 루리타니아의 책동을 규탄하였다. 우리는 이를 배격한다.";
        let (euc, _, _) = encoding_rs::EUC_KR.encode(korean);
        let page = [b"<meta charset='euc-kr'>".as_slice(), &euc].concat();
        assert!(decode(&page, None).ends_with(korean));
    }

    #[test]
    fn japanese_charsets_are_found_on_japanese_hosts() {
        let text = "\u{3000}\u{3000}Strelsau, May 8 (KCNA) -- Rodong Sinmun today “denounces” Sylvania. \
            It says more about the moves in the world and the people of the country.";
        let url = "http://www.kcna.co.jp/item/2031/203105/news08/08.htm";
        let with = |encoding: &'static Encoding, declared: &str| {
            let (bytes, _, _) = encoding.encode(text);
            let head = format!("<meta charset='{declared}'>");
            let bytes = [head.as_bytes(), &bytes].concat();
            page(&bytes, None, url).strip_prefix(&head).map(str::to_owned)
        };
        for declared in ["EUC-JP", "", "utf-8", "iso-8859-1", "Shift_JIS"] {
            assert_eq!(with(encoding_rs::EUC_JP, declared).as_deref(), Some(text), "{declared}");
        }
        for declared in ["EUC-KR", "", "utf-8", "Shift_JIS"] {
            assert_eq!(with(encoding_rs::EUC_KR, declared).as_deref(), Some(text), "{declared}");
        }
        for declared in ["ISO-2022-JP", "", "utf-8"] {
            assert_eq!(with(ISO_2022_JP, declared).as_deref(), Some(text), "{declared}");
        }
        for declared in ["Shift_JIS", ""] {
            assert_eq!(with(SHIFT_JIS, declared).as_deref(), Some(text), "{declared}");
        }
    }

    #[test]
    fn a_charset_inside_a_script_is_no_declaration() {
        let page = b"<script>document.charset='gb2312';</script><p>caf\xe9 ol\xe9</p>";
        assert!(decode(page, None).contains("café olé"));
    }

    #[test]
    fn wrong_decodings_in_the_page_are_undone() {
        assert_eq!(repair("RuritaniaÃ³ and â€™s ã€€x"), "Ruritaniaó and ’s \u{3000}x");
        assert_eq!(
            repair("Ruritania\u{81}@Sylvania \u{81}fquoted\u{81}g"),
            "Ruritania\u{3000}Sylvania ‘quoted’".replace('‘', "’").replace("d’", "d“")
        );
        assert_eq!(repair("señal, café, Ølen"), "señal, café, Ølen");
        assert_eq!(
            blanks("the?Sylvanian?leader met Ruritania?s?king"),
            "the Sylvanian leader met Ruritania s king"
        );
        assert_eq!(blanks("Who?What is it?Really"), "Who?What is it?Really");
    }

    #[test]
    fn one_damaged_byte_does_not_turn_a_page_into_another_charset() {
        let text = "外交部发言人答记者问：鲁里坦尼亚与西尔维尼亚的关系如何？".repeat(3);
        let cut = &text.as_bytes()[..text.len() - 1];
        assert!(decode(cut, Some("text/html; charset=utf-8")).starts_with("外交部发言人答记者问"));
        assert!(decode(cut, None).starts_with("外交部发言人答记者问"));
    }
}
