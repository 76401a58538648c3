//! The holder: who speaks in a sentence that reports.

use corpus::Lang;

use super::lexicon::{Meaning, Word};

/// One whose words are relayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    /// `Russia`, `a newspaper`.
    pub name: String,
    /// Whether he speaks for the state of that name: `the Russian Foreign Ministry`, but not `a
    /// Russian paper`.
    pub official: bool,
}

impl Holder {
    /// The holder whom a word names, with all names around it.
    pub(super) fn named(word: &Word<'_>, names: &[&Word<'_>], text: &str) -> Option<Self> {
        let Meaning::Holder(name) = word.meaning else { return None };
        let official = is_state(name) && !names.iter().any(|next| is_private(next, word, text));
        Some(Self { name: name.clone(), official })
    }

    pub(super) fn unofficial(name: &str) -> Self {
        Self { name: name.to_owned(), official: false }
    }
}

/// Who speaks, as far as the sentence itself tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    /// The publisher or one of its organs.
    Own,
    /// Somebody else, and where he is named.
    Other(Holder, (usize, usize)),
    /// Nothing beside a verb of reporting, or a thing that another has written.
    SameAsBefore,
    /// The speaker of the sentence before, or, where there is none, one of this kind: `the article`.
    SameOr(String),
    /// A pronoun of a person beside a verb of reporting.
    Pronoun,
    /// No verb of reporting.
    Unknown,
}

/// The holder of what an unnamed third person says.
pub(super) const SOMEBODY: &str = "a speaker";

/// How far before its verb a Chinese speaker may stand, in bytes.
const CHINESE_REACH: usize = 90;

/// The longest source between 据 and its comma, in characters.
const SOURCE_REACH: usize = 24;

/// The speaker of a sentence with these words of voice: who stands before its first verb of reporting, or, where the verb
/// comes last (`..., he said`), between the quotation and the verb.
pub(super) fn speaker(words: &[Word<'_>], country: &str, lang: Lang, text: &str) -> Speaker {
    let reports = |w: &&Word<'_>| {
        *w.meaning == Meaning::Reporting
            && !text[..w.start].ends_with('-')
            && !(lang == Lang::En && (is_noun(text, w) || is_passive(text, w)))
            && !(lang == Lang::Zh && is_told_of(text, w))
    };
    let verbs: Vec<&Word<'_>> = words.iter().filter(reports).collect();
    let order: Vec<&&Word<'_>> = match lang {
        Lang::Ko => verbs.iter().rev().collect(),
        _ => verbs.iter().collect(),
    };
    if lang == Lang::Zh
        && let Some(source) = by_source(words, text, country)
    {
        return source;
    }
    let mut open = false;
    for verb in order {
        match before(words, verb, country, lang, text) {
            Speaker::Unknown if is_according_to_reports(text, verb) => {
                return Speaker::Other(Holder::unofficial("a report"), (verb.start, verb.end));
            }
            Speaker::Unknown => match kind_in(text, verb).filter(|_| lang == Lang::Zh) {
                Some(kind) => {
                    return Speaker::Other(Holder::unofficial(kind), (verb.start, verb.end));
                }
                None => open |= !is_according(text, verb),
            },
            found => return found,
        }
    }
    if open && lang != Lang::Zh { Speaker::SameAsBefore } else { Speaker::Unknown }
}

/// Who stands before the verb. The first name counts in English and Korean (`The Cuban
/// ambassador to Colombia said`), the nearest clause in Chinese.
fn before(words: &[Word<'_>], verb: &Word<'_>, country: &str, lang: Lang, text: &str) -> Speaker {
    let from = match lang {
        Lang::En => english_start(text, verb),
        Lang::Zh => verb.start.saturating_sub(CHINESE_REACH),
        _ => 0,
    };
    let (from, to) = match lang {
        Lang::En if is_according(text, verb) => (verb.end, text.len()),
        Lang::En if is_inverted(text, verb) => (verb.end, phrase_end(text, verb.end)),
        _ => (from, verb.start),
    };
    let names = words.iter().filter(|w| w.start >= from && w.end <= to);
    let names: Vec<&Word<'_>> = names
        .filter(|w| match w.meaning {
            Meaning::Own(of) => of == country,
            Meaning::Holder(_) | Meaning::Pronoun => true,
            _ => false,
        })
        .collect();
    if lang == Lang::Zh {
        return chinese(&names, text, verb, country);
    }
    if lang == Lang::Ko {
        return korean(&names, text, country);
    }
    if names.iter().any(|w| matches!(w.meaning, Meaning::Own(_))) {
        // `We`, `Kim Jong Un`: the nearest own actor speaks, unless another stands first.
        let first = names.iter().find(|w| !matches!(w.meaning, Meaning::Pronoun));
        return first.and_then(|w| other(&names, w, text, country)).unwrap_or(Speaker::Own);
    }
    for name_word in &names {
        match name_word.meaning {
            Meaning::Holder(_) => {
                return other(&names, name_word, text, country).unwrap_or(Speaker::Own);
            }
            Meaning::Pronoun if !is_governed(text, name_word) => {
                let word = &text[name_word.start..name_word.end];
                let is_person =
                    ["he", "she"].iter().any(|person| word.eq_ignore_ascii_case(person));
                return match kind_of(words, name_word) {
                    _ if is_person => Speaker::Pronoun,
                    Some(kind) => Speaker::SameOr(kind),
                    None => Speaker::SameAsBefore,
                };
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// In Chinese the speaker is the first name of the nearest clause that has one; 我们注意到 opens
/// what somebody else says.
fn chinese(names: &[&Word<'_>], text: &str, verb: &Word<'_>, country: &str) -> Speaker {
    let mut end = verb.start;
    // 我注意到，某某表示…，但…: after that it speaks itself.
    let opens = ["注意到，", "还注意到，", "也注意到，"];
    let turns = ["，但", "，却", "，希望", "，然而"];
    let noticed = names.iter().any(|w| {
        matches!(w.meaning, Meaning::Own(_))
            && opens.iter().any(|open| text[w.end..].starts_with(open))
    }) && !turns.iter().any(|turn| text[verb.end..].contains(turn));
    loop {
        let start = text[..end].rfind(['，', '。', '；', '：', '？', '！']).unwrap_or(0);
        let mut inside = names.iter().filter(|w| w.start >= start && w.end <= end);
        let first =
            inside.find(|w| !(matches!(w.meaning, Meaning::Own(_)) && notices(&text[w.end..])));
        match first.map(|w| w.meaning) {
            Some(Meaning::Own(_)) => return Speaker::Own,
            Some(Meaning::Holder(_)) => {
                let named = first.and_then(|word| other(names, word, text, country));
                return named.unwrap_or(Speaker::Own);
            }
            Some(Meaning::Pronoun) => {
                return first
                    .and_then(|word| kind_of(names.iter().copied(), word))
                    .map_or(Speaker::SameAsBefore, Speaker::SameOr);
            }
            _ if start == 0 && noticed => {
                return Speaker::Other(Holder::unofficial(SOMEBODY), (verb.start, verb.end));
            }
            _ if start == 0 => return Speaker::Unknown,
            _ => end = start,
        }
    }
}

/// Whether one of the next words carries the particle of a subject or topic before any other word
/// closes the phrase: 로씨야외무성 대변인은, but not 로씨야의 지위를 허물고 궁극적으로는.
fn has_subject_particle(phrase: &str) -> bool {
    let words = phrase.split_whitespace().take(6);
    let mut open = words.take_while(|w| !w.ends_with(['을', '를', '고', '며', '에']));
    // 모략에 따른것이라는, 하고있다는 describe what comes after them.
    let verbs = ["라는", "다는", "하는", "되는", "있는", "없는", "려는", "시키는"];
    let describes = |w: &str| verbs.iter().any(|ending| w.ends_with(ending));
    open.any(|w| (w.ends_with(['은', '는', '이', '가']) && !describes(w)) || w.ends_with("에서"))
}

/// The holder whom a word names; `None` where it is the publisher's own state.
fn other(names: &[&Word<'_>], word: &Word<'_>, text: &str, country: &str) -> Option<Speaker> {
    let holder = Holder::named(word, names, text)?;
    let own = is_own_name(&holder.name, country);
    (!own).then_some(Speaker::Other(holder, (word.start, word.end)))
}

/// Whether a holder's name is a state's, and not a kind of speaker (`a newspaper`).
pub(super) fn is_state(name: &str) -> bool {
    !["a ", "an "].iter().any(|article| name.starts_with(article))
}

/// Whether the state that `word` names is only where the one named next is from: `the south
/// Korean online paper`.
fn is_private(next: &Word<'_>, word: &Word<'_>, text: &str) -> bool {
    let is_kind = matches!(next.meaning, Meaning::Holder(kind) if !is_state(kind));
    let between = text.get(word.end..next.start).unwrap_or(",");
    let links = [',', ';', '，', '"', '“'];
    is_kind
        && between.split_whitespace().count() <= 3
        && between.len() <= 30
        && !between.contains(links)
}

/// Whether an English pronoun follows a preposition and cannot be a subject: `commenting on it`.
fn is_governed(text: &str, pronoun: &Word<'_>) -> bool {
    let last = text[..pronoun.start].trim_end().rsplit(' ').next().unwrap_or_default();
    ["on", "of", "about", "to", "for", "with", "against", "upon", "by"].contains(&last)
}

/// Who is cited by 据…报道， or 根据…研究， at the head of a sentence: the first one named there, else
/// the press. 根据《公约》， cites nobody, 据统计， the speaker's own figures.
fn by_source(words: &[Word<'_>], text: &str, country: &str) -> Option<Speaker> {
    let head = text.trim_start_matches(['“', '　', ' ']);
    let head = head.strip_prefix('另').unwrap_or(head);
    let cited = head.strip_prefix('根').unwrap_or(head).strip_prefix('据')?;
    let start = text.len() - cited.len();
    let end = start + cited.find('，')?;
    let sources = ["报道", "报告", "研究", "调查", "民调", "披露", "消息", "介绍", "分析"];
    let phrase = text.get(start..end)?;
    if phrase.chars().count() > SOURCE_REACH || !sources.iter().any(|s| phrase.ends_with(s)) {
        return None;
    }
    let names: Vec<&Word<'_>> = words.iter().filter(|w| start <= w.start && w.end <= end).collect();
    if names.iter().any(|w| matches!(w.meaning, Meaning::Own(of) if of == country)) {
        return Some(Speaker::Own);
    }
    let named = names.iter().find_map(|word| other(&names, word, text, country));
    Some(named.unwrap_or_else(|| Speaker::Other(Holder::unofficial("a newspaper"), (start, end))))
}

fn notices(after: &str) -> bool {
    // 中方注意到有关报道，已就此表达关切: nothing is said in it.
    let bare = ["有关报道，", "相关报道，", "有关情况，", "相关情况，", "这一报道，", "有关消息，"];
    if after.strip_prefix("注意到").is_some_and(|noun| bare.iter().any(|b| noun.starts_with(b)))
    {
        return false;
    }
    ["注意到", "看到", "还注意到", "也注意到", "高兴地看到", "提到的", "所说的", "援引的", "引用的"]
        .iter()
        .any(|w| after.starts_with(w))
}

/// In Korean the speaker carries the particle of a subject or topic.
fn korean(names: &[&Word<'_>], text: &str, country: &str) -> Speaker {
    for word in names {
        match word.meaning {
            Meaning::Pronoun => return Speaker::SameAsBefore,
            Meaning::Own(_) => return Speaker::Own,
            Meaning::Holder(name) if is_own_name(name, country) => return Speaker::Own,
            Meaning::Holder(_) => {
                let rest: String = text[word.end..].chars().take(30).collect();
                let phrase = rest.split([',', '.', '，']).next().unwrap_or("");
                let is_subject = has_subject_particle(phrase);
                if is_subject {
                    return other(names, word, text, country).unwrap_or(Speaker::Own);
                }
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// Where the clause of an English verb of reporting begins: after the last quotation that closes
/// before it, else with the sentence.
fn english_start(text: &str, verb: &Word<'_>) -> usize {
    let before = &text[..verb.start];
    let mut marks = before.char_indices().rev().filter(|(_, c)| matches!(c, '"' | '”'));
    let quoted = marks.next().map(|(at, mark)| at + mark.len_utf8());
    let quoted = quoted.filter(|at| before[*at..].chars().count() < 80);
    quoted.or_else(|| trailing_start(text, verb)).unwrap_or(0)
}

/// Where `, the ambassador denounced.` begins, when the verb comes last.
fn trailing_start(text: &str, verb: &Word<'_>) -> Option<usize> {
    let comma = text[..verb.start].rfind(", ")? + 2;
    let said = text[comma..verb.start].split_whitespace().count();
    let rest = text[verb.end..].split_whitespace().count();
    ((1..=4).contains(&said) && rest <= 8 && comma > 20).then_some(comma)
}

/// Whether an English verb comes before its speaker: `..., reported local TV`, `"...," said the
/// declaration`.
fn is_inverted(text: &str, verb: &Word<'_>) -> bool {
    let verbs = ["said", "says", "reported", "noted", "stressed", "added", "stated", "warned"];
    let after = text[verb.end..].trim_start();
    let leads = after.chars().next().is_some_and(|c| c.is_alphabetic());
    // `X, chairman of Y, said the war was won`: what is said follows, and is longer than a name.
    let rest = after.split([',', ';']).next().unwrap_or_default();
    let open = ["that ", "on ", "in ", "to ", "at ", "and ", "he ", "she ", "it ", "they ", "his "];
    text[..verb.start].trim_end().ends_with([',', '"', '”'])
        && verbs.contains(&text[verb.start..verb.end].to_lowercase().as_str())
        && leads
        && rest.split_whitespace().count() <= INVERTED
        && !open.iter().any(|word| after.starts_with(word))
}

/// How many words follow a verb that comes before its speaker, at most.
const INVERTED: usize = 10;

/// Where the name that begins at byte `from` ends, before where and in what he said it.
fn phrase_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let ends = [",", ";", "\"", "”", " in ", " on ", " at ", " during "];
    ends.iter().filter_map(|end| rest.find(end)).min().map_or(text.len(), |at| from + at)
}

fn is_according(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].eq_ignore_ascii_case("according to")
}

/// The kind of holder that a pronoun's own words name: `the newspaper`, 文章.
fn kind_of<'w>(
    words: impl IntoIterator<Item = &'w Word<'w>>,
    pronoun: &Word<'_>,
) -> Option<String> {
    words.into_iter().find_map(|word| match word.meaning {
        Meaning::Holder(name) if pronoun.start <= word.start && word.end <= pronoun.end => {
            Some(name.clone())
        }
        _ => None,
    })
}

/// Whether a word that may report is a noun where it stands: `the UK's remarks`, `such views`.
fn is_noun(text: &str, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    let leads = [
        "the",
        "these",
        "those",
        "such",
        "its",
        "their",
        "his",
        "her",
        "our",
        "any",
        "some",
        "of",
        "wrong",
        "relevant",
        "irresponsible",
        "false",
        "groundless",
        "reckless",
        "recent",
    ];
    text[verb.start..verb.end].ends_with('s')
        && (last.ends_with("'s") || last.ends_with("’s") || leads.contains(&last))
}

/// Who a Chinese verb of reporting names in itself: 报道称, 文章称, 报告发现.
fn kind_in(text: &str, verb: &Word<'_>) -> Option<&'static str> {
    let word = &text[verb.start..verb.end];
    let kinds = [
        ("报道", "a newspaper"),
        ("文章", "an expert"),
        ("报告", "an expert"),
        ("调查", "an expert"),
    ];
    let (_, kind) = kinds.iter().find(|(noun, _)| word.starts_with(noun))?;
    (!word.ends_with('，')).then_some(*kind)
}

/// Whether an English verb is passive and its subject no speaker: `a seminar was held`.
fn is_passive(text: &str, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let mut words = before.rsplit(' ');
    let last = words.next().unwrap_or_default();
    let last = if last.ends_with("ly") { words.next().unwrap_or_default() } else { last };
    let be = ["was", "were", "been", "being", "be", "is", "are"];
    let said = &text[verb.start..verb.end];
    let is_participle = !said.ends_with("ing") && !said.ends_with('s');
    let after = text[verb.end..].trim_start();
    // A rally was held to denounce somebody: its participants speak.
    let speaks = ["denounc", "condemn", "protest", "demand", "oppos", "against"];
    let is_rally = said == "held" && speaks.iter().any(|word| after.contains(word));
    is_participle && be.contains(&last) && !after.starts_with("by ") && !is_rally
}

/// Whether a Chinese verb of reporting describes a thing (报道提到的…, 不实报道，) or only gives
/// figures (统计数据显示), and nobody says anything.
fn is_told_of(text: &str, verb: &Word<'_>) -> bool {
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let word = &text[verb.start..verb.end];
    // 受到各界谴责: whoever condemns is only told of.
    let clause = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
    let suffered = ["受到", "遭到", "引起", "引发", "招致"];
    // 敦促美方重申一个中国政策 demands that he say so.
    let demanded = ["敦促", "要求", "奉劝"].iter().any(|verb| before.contains(verb));
    if word == "重申" && demanded {
        return true;
    }
    if suffered.iter().any(|verb| clause.contains(verb)) {
        return true;
    }
    if ["的", "出的", "过的", "了的"].iter().any(|particle| after.starts_with(particle))
        || (word == "显示" && (before.ends_with("数据") || before.ends_with("统计")))
    {
        return true;
    }
    let leads =
        ["不实", "虚假", "失实", "有关", "相关", "上述", "这些", "的", "涉华", "负面", "歪曲"];
    word.starts_with("报道，") && leads.iter().any(|lead| before.ends_with(lead))
}

/// Whether `according to` leads to reports, data or sources of nobody in particular.
fn is_according_to_reports(text: &str, verb: &Word<'_>) -> bool {
    let sources = ["reports", "report", "media", "foreign media", "a report", "sources", "a study"];
    let after = text[verb.end..].trim_start();
    is_according(text, verb) && sources.iter().any(|source| after.starts_with(source))
}

fn is_own_name(name: &str, country: &str) -> bool {
    matches!((name, country), ("China", "CN") | ("DPRK", "KP"))
}
