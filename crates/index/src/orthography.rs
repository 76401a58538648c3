//! Other spellings of the same words, for searches that ask for them.
//!
//! Chinese is compared in simplified characters. For Korean the other spelling is looked for
//! beside the written one: names that Pyongyang and Seoul write differently, and the ㄹ or ㄴ at
//! the beginning of a word that the north keeps (로동, 녀성) and the south drops (노동, 여성).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use corpus::pattern::Script;

/// The most spellings that one term is given.
const MAX_SPELLINGS: usize = 64;

/// Northern and southern spellings of names and loan words.
const KOREAN_PAIRS: [(&str, &str); 50] = [
    ("로씨야", "러시아"),
    ("쏘련", "소련"),
    ("벨라루씨", "벨라루스"),
    ("뽈스까", "폴란드"),
    ("웽그리아", "헝가리"),
    ("벌가리아", "불가리아"),
    ("로므니아", "루마니아"),
    ("체스꼬", "체코"),
    ("쓰르비아", "세르비아"),
    ("도이췰란드", "독일"),
    ("네데를란드", "네덜란드"),
    ("벨지끄", "벨기에"),
    ("스웨리예", "스웨덴"),
    ("단마르크", "덴마크"),
    ("이딸리아", "이탈리아"),
    ("에스빠냐", "스페인"),
    ("뽀르뚜갈", "포르투갈"),
    ("뛰르끼예", "튀르키예"),
    ("카나다", "캐나다"),
    ("메히꼬", "멕시코"),
    ("꾸바", "쿠바"),
    ("니까라과", "니카라과"),
    ("베네수엘라", "베네주엘라"),
    ("아르헨띠나", "아르헨티나"),
    ("오스트랄리아", "호주"),
    ("윁남", "베트남"),
    ("캄보쟈", "캄보디아"),
    ("타이", "태국"),
    ("인디아", "인도"),
    ("까자흐스딴", "카자흐스탄"),
    ("우즈베끼스딴", "우즈베키스탄"),
    ("수리아", "시리아"),
    ("팔레스티나", "팔레스타인"),
    ("에짚트", "이집트"),
    ("워싱톤", "워싱턴"),
    ("뻬이징", "베이징"),
    ("빠리", "파리"),
    ("뿌찐", "푸틴"),
    ("젤렌스끼", "젤렌스키"),
    ("딸라", "달러"),
    ("땅크", "탱크"),
    ("로케트", "로켓"),
    ("미싸일", "미사일"),
    ("파쑈", "파쇼"),
    ("나치스", "나치"),
    ("프로그람", "프로그램"),
    ("콤퓨터", "컴퓨터"),
    ("그루빠", "그룹"),
    ("원쑤", "원수"),
    ("라지오", "라디오"),
];

static TO_SIMPLIFIED: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let table = include_str!("../data/traditional.txt");
    let cells = table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    cells
        .filter_map(|cell| {
            let mut chars = cell.chars();
            Some((chars.next()?, chars.next()?))
        })
        .collect()
});

static TO_TRADITIONAL: LazyLock<BTreeMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut reversed: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for (traditional, simplified) in TO_SIMPLIFIED.iter() {
        reversed.entry(*simplified).or_default().push(*traditional);
    }
    reversed
});

/// The text in simplified characters; every byte offset stays what it was.
pub(crate) fn simplified(text: &str) -> String {
    text.chars().map(simplify).collect()
}

/// The term as it is compared, first, and the other spellings of it, each once.
pub(crate) fn spellings(term: &str) -> Vec<String> {
    let term = simplified(term);
    let mut found = BTreeSet::from([term.clone()]);
    for (north, south) in KOREAN_PAIRS {
        let swapped: Vec<String> = found
            .iter()
            .flat_map(|spelling| [spelling.replace(north, south), spelling.replace(south, north)])
            .collect();
        found.extend(swapped);
        if found.len() >= MAX_SPELLINGS {
            break;
        }
    }
    let initial: Vec<String> = found.iter().flat_map(|s| other_initials(s)).collect();
    found.extend(initial);
    found.remove(&term);
    std::iter::once(term).chain(found).take(MAX_SPELLINGS).collect()
}

/// All spellings of a token of the index, given in simplified characters.
pub(crate) fn token_spellings(token: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in token.chars() {
        let traditional = TO_TRADITIONAL.get(&c).map_or(&[][..], Vec::as_slice);
        let variants: Vec<char> = std::iter::once(c).chain(traditional.iter().copied()).collect();
        found = found
            .iter()
            .flat_map(|start| variants.iter().map(move |v| format!("{start}{v}")))
            .collect();
    }
    found
}

fn simplify(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    TO_SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// The term with the beginning of its Korean words as the other state writes it: first one word
/// at a time, then all at once.
fn other_initials(term: &str) -> Vec<String> {
    let words: Vec<&str> = term.split(' ').collect();
    // Of `*로동자` the beginning is that of what stands behind the mark.
    let behind_mark = |word: &&str| {
        let bare = word.trim_start_matches('*');
        let mark = &word[..word.len() - bare.len()];
        other_initial(bare).into_iter().map(|form| format!("{mark}{form}")).collect()
    };
    let others: Vec<Vec<String>> = words.iter().map(behind_mark).collect();
    let mut found = Vec::new();
    for (n, forms) in others.iter().enumerate() {
        for form in forms {
            let mut changed: Vec<&str> = words.clone();
            changed[n] = form;
            found.push(changed.join(" "));
        }
    }
    if others.iter().filter(|forms| !forms.is_empty()).count() > 1 {
        let all = words.iter().zip(&others).map(|(word, forms)| forms.first().map_or(*word, |f| f));
        found.push(all.collect::<Vec<_>>().join(" "));
    }
    found
}

/// A Korean word of two syllables or more with other consonants at its beginning. Foreign names
/// keep theirs on both sides.
fn other_initial(word: &str) -> Vec<String> {
    const HANGUL_START: u32 = 0xac00;
    const VOWELS_AND_FINALS: u32 = 588;
    const FINALS: u32 = 28;
    const NIEUN: u32 = 2;
    const RIEUL: u32 = 5;
    const IEUNG: u32 = 11;
    let mut chars = word.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return Vec::new() };
    let is_syllable = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let is_foreign =
        |(north, south): &(&str, &str)| word.starts_with(north) || word.starts_with(south);
    if !is_syllable(first)
        || Script::of(second) != Script::Hangul
        || KOREAN_PAIRS.iter().any(is_foreign)
    {
        return Vec::new();
    }
    let code = first as u32 - HANGUL_START;
    let (initial, rest) = (code / VOWELS_AND_FINALS, code % VOWELS_AND_FINALS);
    // ㅑ ㅕ ㅖ ㅛ ㅠ ㅣ
    let with_y = matches!(rest / FINALS, 2 | 6 | 7 | 12 | 17 | 20);
    let others: &[u32] = match (initial, with_y) {
        (RIEUL, true) => &[IEUNG],
        (RIEUL, false) => &[NIEUN],
        (NIEUN, true) => &[IEUNG],
        (NIEUN, false) => &[RIEUL],
        (IEUNG, true) => &[RIEUL, NIEUN],
        _ => &[],
    };
    let tail = &word[first.len_utf8()..];
    let syllable =
        |initial: &u32| char::from_u32(HANGUL_START + initial * VOWELS_AND_FINALS + rest);
    others.iter().filter_map(syllable).map(|c| format!("{c}{tail}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simplifying_moves_no_byte() {
        assert!(TO_SIMPLIFIED.iter().all(|(a, b)| a.len_utf8() == b.len_utf8()));
        assert_eq!(simplified("俄羅斯與烏克蘭 U.S."), "俄罗斯与乌克兰 U.S.");
    }

    #[test]
    fn tokens_have_all_traditional_spellings() {
        let found = token_spellings("罗斯");
        assert!(found.contains(&"羅斯".to_owned()) && found.contains(&"罗斯".to_owned()));
        assert_eq!(token_spellings("nato"), ["nato"]);
    }

    #[test]
    fn northern_and_southern_spellings_are_found_from_either_side() {
        assert!(spellings("러시아").contains(&"로씨야".to_owned()));
        assert!(spellings("로씨야련방").contains(&"러시아련방".to_owned()));
        assert!(spellings("노동신문").contains(&"로동신문".to_owned()));
        assert!(spellings("녀성").contains(&"여성".to_owned()));
        assert!(spellings("역사").contains(&"력사".to_owned()));
        assert!(spellings("*로동자").contains(&"*노동자".to_owned()));
        assert_eq!(spellings("미국"), ["미국"]);
    }
}
