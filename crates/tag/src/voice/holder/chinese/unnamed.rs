//! Who speaks before a Chinese verb of saying where no word of the codebook names him: 诺瓦克表示，, 渔民们纷纷
//! 表示，, 有的国家指出，. Whoever is the subject of such a verb and not the publisher's own is relayed.

use crate::voice::grammar::Chinese;
use crate::voice::lexicon::Word;

/// Where he is named, in bytes; `None` where the verb has no subject of its own in its clause, or one that may
/// be the publisher's own.
pub(super) fn speaker(text: &str, grammar: &Chinese, verb: &Word<'_>) -> Option<(usize, usize)> {
    let after = &text[verb.end..];
    let said = &text[verb.start..verb.end];
    let says =
        grammar.saying.include(said) && after.starts_with('，') || grammar.saying_so.include(said);
    let before = &text[..verb.start];
    let clause = before.rsplit(['，', '。', '；', '：', '！', '？', '“', '”', '\n']).next()?;
    let subject = without_adverbs(clause, grammar);
    let named = says
        && !grammar.otherwise.occur_in(clause)
        && !grammar.nobody.end(subject)
        && !is_chinese_name(without_address(subject), grammar)
        && subject.chars().count() >= SUBJECT;
    let start = verb.start - clause.len();
    named.then_some((start, start + subject.len()))
}

/// The shortest subject, in characters.
const SUBJECT: usize = 2;

/// A clause without what stands between its subject and its verb: 使节们在致辞中纷纷, 国际刑事法院也曾.
fn without_adverbs<'t>(clause: &'t str, grammar: &Chinese) -> &'t str {
    let mut subject = clause.trim();
    loop {
        let manner = || {
            // 在捐赠仪式上, 在介绍中.
            let cut =
                subject.ends_with(['中', '上', '时', '后']).then(|| subject.rfind('在'))??;
            Some(&subject[..cut])
        };
        match grammar.adverbs.before(subject).or_else(manner) {
            Some(rest) => subject = rest.trim_end(),
            None => return subject,
        }
    }
}

/// Whether a subject may be the name of one of the publisher's people: a Chinese surname and one or two more
/// characters, not all of which write foreign names.
fn is_chinese_name(subject: &str, grammar: &Chinese) -> bool {
    let is_name = (2..=3).contains(&subject.chars().count());
    let mut characters = subject.split("").filter(|character| !character.is_empty());
    is_name
        && grammar.surnames.begin(subject)
        && !characters.all(|character| grammar.foreign.include(character))
}

/// A name without how its bearer is spoken of.
fn without_address(name: &str) -> &str {
    ["女士", "先生"].iter().find_map(|address| name.strip_suffix(address)).unwrap_or(name)
}
