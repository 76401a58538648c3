//! Which language a text is in: scripts decide, then the commonest words.

use crate::Lang;

/// Words that are common in one language and no word of the other.
const ENGLISH: [&str; 14] =
    ["the", "and", "of", "to", "in", "that", "is", "for", "with", "was", "by", "it", "on", "said"];
const SPANISH: [&str; 14] =
    ["el", "la", "de", "los", "las", "del", "que", "y", "en", "por", "con", "una", "se", "para"];
const FRENCH: [&str; 12] =
    ["le", "les", "des", "et", "du", "une", "est", "dans", "pour", "qui", "au", "sur"];
const GERMAN: [&str; 12] =
    ["der", "die", "und", "das", "den", "von", "zu", "mit", "ist", "des", "für", "auf"];

/// Characters that are looked at.
const WINDOW: usize = 4000;

/// The language of `text`; `declared` where the text is too short to tell.
pub fn language(text: &str, declared: Lang) -> Lang {
    let mut after = text.chars();
    after.nth(WINDOW - 1);
    let window = text.strip_suffix(after.as_str()).unwrap_or(text);
    if is_chinese(window) {
        return Lang::Zh;
    }
    let [hangul, kana, han, cyrillic, arabic, latin, _] = scripts(window);
    let letters = hangul + kana + han + cyrillic + arabic + latin;
    if letters == 0 {
        return declared;
    }
    // One Han or Hangul character carries what some four Latin letters do.
    let scripts = [
        (4 * hangul, Lang::Ko),
        (if 5 * kana > han + kana { 4 * (kana + han) } else { 0 }, Lang::Ja),
        (4 * han, Lang::Zh),
        (2 * cyrillic, Lang::Ru),
        (2 * arabic, Lang::Ar),
    ];
    let strongest = scripts.into_iter().fold((0, declared), |a, b| if b.0 > a.0 { b } else { a });
    if strongest.0 > latin {
        return strongest.1;
    }
    latin_language(text, declared)
}

/// Whether a text is plainly Chinese: by the first bytes of its characters, of which many are
/// counted together, there is no script but Han and Latin, and Latin letters are few.
fn is_chinese(text: &str) -> bool {
    let bytes = text.as_bytes();
    let han = count(bytes, |b| matches!(b, 0xE4..=0xE9));
    let latin = count(bytes, |b| b.is_ascii_alphabetic());
    // E2 and EF begin punctuation, E3 that and kana.
    let others = count(bytes, |b| matches!(b, 0xC2..=0xE1 | 0xEA..=0xEE | 0xF0..));
    others == 0 && han > latin && han > 5 * count(bytes, |b| b == 0xE3)
}

/// How many bytes pass a test, summed in bytes as far as these reach.
fn count(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    let sum = |part: &[u8]| part.iter().map(|b| u8::from(test(*b))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|part| usize::from(sum(part))).sum()
}

/// Letters of each script: Hangul, kana, Han, Cyrillic, Arabic, Latin, and what is none of these.
fn scripts(text: &str) -> [usize; 7] {
    let mut counts = [0usize; 7];
    text.chars().for_each(|c| counts[script(c)] += 1);
    counts
}

/// The place of a character's script among the counts.
fn script(c: char) -> usize {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => 2,
        '가'..='힣' | 'ㄱ'..='ㆎ' => 0,
        '\u{3040}'..='\u{30FF}' => 1,
        '\u{0400}'..='\u{04FF}' => 3,
        '\u{0600}'..='\u{06FF}' => 4,
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => 5,
        _ => 6,
    }
}

fn latin_language(text: &str, declared: Lang) -> Lang {
    let mut hits = [0usize; 4];
    let mut words = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(600) {
        words += 1;
        let word = word.to_lowercase();
        for (n, list) in [&ENGLISH[..], &SPANISH, &FRENCH, &GERMAN].iter().enumerate() {
            hits[n] += usize::from(list.contains(&word.as_str()));
        }
    }
    let of = [Lang::En, Lang::Es, Lang::Fr, Lang::De];
    let best = (0..of.len()).fold(0, |a, b| if hits[b] > hits[a] { b } else { a });
    let told = of.iter().position(|lang| *lang == declared).map_or(0, |n| hits[n]);
    // A headline has hardly any of these words: the declaration stands unless it is outdone.
    let known = of.contains(&declared);
    if hits[best] == 0 || (known && (words < 6 || hits[best] < told + 2)) {
        return if known { declared } else { Lang::Und };
    }
    of[best]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_items_tagged_english_are_found() {
        let spanish = "El presidente de Ruritania llegó el dia 8 a la capital para las conversaciones con el gobierno.";
        assert_eq!(language(spanish, Lang::En), Lang::Es);
        assert_eq!(language("Ruritania Calls for Peace", Lang::En), Lang::En);
        assert_eq!(language("The king of Ruritania arrived in the city.", Lang::Zh), Lang::En);
    }

    #[test]
    fn scripts_decide_and_foreign_names_do_not() {
        assert_eq!(language("中方注意到CNN的报道，对此表示关切。", Lang::En), Lang::Zh);
        assert_eq!(language("외무성 대변인은 G7의 성명을 배격하였다.", Lang::En), Lang::Ko);
        assert_eq!(language("", Lang::Ko), Lang::Ko);
        assert_eq!(
            language("外相は、ルリタニアについて述べた。これは見本です。", Lang::Zh),
            Lang::Ja
        );
        let late =
            format!("{}{}", "Ruritania and the king ".repeat(200), "中方注意到".repeat(2000));
        assert_eq!(language(&late, Lang::En), Lang::En);
    }
}
