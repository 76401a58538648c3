//! Where Korean has its subject: who carries the particle of a topic, or whom a clause with the cue
//! describes.

use corpus::{Lang, Voice};

use crate::attribute::cues::CueHit;
use crate::attribute::grammar::Grammar;
use crate::attribute::standing::Standing;
use crate::attribute::standing::korean::{has_to_bear, lies_with};
use crate::attribute::view::{Candidate, View};
use crate::attribute::words::{ends_with_any, starts_with_any};

/// In Korean with whom a sentence says that the responsibility lies: 위기의 책임은 미국에 있다.
pub(super) fn bearer<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let word = text[cue.start..].split(' ').next().unwrap_or_default();
    let is_subject = cue.entry.responsibility && word.ends_with(['은', '는', '이', '가']);
    let bears_it = |c: &&Candidate<'s>| {
        is_subject
            && c.start >= cue.end
            && c.standing == Standing::Free
            && is_where_it_lies(view, c)
            && !text[cue.end..c.start].contains(". ")
    };
    view.candidates.iter().find(bears_it)
}

/// Whether a Korean sentence says that something lies with him, or that he has to bear it.
pub(in crate::attribute) fn is_where_it_lies(view: &View<'_>, who: &Candidate<'_>) -> bool {
    let Grammar::Korean(words) = view.grammar() else { return false };
    let after = &view.scene.segment.text[who.end..];
    let after = after.strip_prefix("들").unwrap_or(after);
    lies_with(&words.standing, after) || has_to_bear(&words.standing, after)
}

/// Whether a Korean cue stands in what he says of somebody else: 미국은 이웃이 전쟁을 부추긴다고 주장하였다.
/// What is relayed is said by its holder.
pub(in crate::attribute) fn is_told_of_another(
    view: &View<'_>,
    who: &Candidate<'_>,
    cue: &CueHit<'_>,
) -> bool {
    let text = view.scene.segment.text;
    let said_of = text.get(who.end..cue.start).unwrap_or_default();
    let verb = text[cue.end..].split(' ').next();
    let mut words = said_of.split(' ');
    let marked = words.find(|word| word.ends_with(['은', '는', '이', '가']));
    let mut named = words.filter(|word| word.chars().count() > 2);
    let is_told = verb.is_some_and(|verb| ends_with_any(verb, &["다고", "라고"]));
    view.scene.lang == Lang::Ko
        && view.scene.voice == Voice::Own
        && is_topic(text, who)
        && marked.is_some_and(|word| word.ends_with(['은', '는']))
        && (is_told && named.clone().any(|word| word.ends_with(['이', '가']))
            || is_claimed(&text[cue.end..])
                && named.any(|word| word.ends_with(['이', '가', '을', '를'])))
}

/// Whether what goes before is the end of a claim: 안정을 파괴하는 《도발》이라고 주장하였다. What he says that
/// he will do, 치겠다고, is his; that somebody clamours, 떠들다, is said with blame.
fn is_claimed(after: &str) -> bool {
    let Some((claim, verb)) = after.split_once("다고 ").or(after.split_once("라고 ")) else {
        return false;
    };
    let names_another = claim.split(' ').any(|word| word.ends_with(['은', '는']));
    !names_another && !claim.ends_with('겠') && starts_with_any(verb, CLAIMS)
}

/// Verbs of one who only says of somebody what he says.
const CLAIMS: &[&str] =
    &["주장하", "비난하", "규탄하", "단죄하", "말하", "언급하", "밝히", "지적하"];

/// In Korean whom a relative clause with the cue describes: 통일을 가로막는 미국.
pub(super) fn relative_head<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
) -> Option<&'a Candidate<'s>> {
    let head = view.candidates.iter().find(|c| c.start >= cue.end)?;
    // 흉악한 원쑤인 미제를 타도하자: what is done to him is not what his description says. A particle
    // (장비들을 남조선에) ends as some verbs do.
    let between = view.scene.segment.text[cue.end..head.start].trim_end();
    let is_verb = between.chars().count() > 1 && !between.ends_with(['을', '를', '은']);
    let counts = head.standing == Standing::Free || head.standing == Standing::Object && is_verb;
    (counts && is_described(view, cue, head, DESCRIBED_REACH)).then_some(head)
}

/// How far after the cue he stands at most whom its clause describes, in characters.
const DESCRIBED_REACH: usize = 8;

/// In Korean the subject of the sentence, where the clause with the cue is one that describes it:
/// 제재포위망을 부르짖으며 맨 앞장에서 날뛰던 일본반동들은.
pub(super) fn described<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let head = view.candidates.iter().find(|c| c.start >= cue.end && is_topic(text, c))?;
    let counts = head.standing == Standing::Free;
    (counts && is_described(view, cue, head, DESCRIBED_SUBJECT_REACH)).then_some(head)
}

/// The same of one with the particle of a topic or subject.
const DESCRIBED_SUBJECT_REACH: usize = 60;

/// Whether the words from the cue on are a clause that describes `head`: its verb stands right
/// before him, and is no noun with the particle of a topic (도발은).
fn is_described(view: &View<'_>, cue: &CueHit<'_>, head: &Candidate<'_>, reach: usize) -> bool {
    let text = view.scene.segment.text;
    let (between, from_the_cue) = (&text[cue.end..head.start], &text[cue.start..head.start]);
    let is_clause = |verb: &str| {
        verb.chars().next_back().is_some_and(is_adnominal)
            && verb.chars().count() <= reach
            && !verb.contains([',', '.'])
            && !ends_with_any(from_the_cue.trim_end(), TOPICS)
    };
    let is_charged = || view.is_usual(head.target) || head.target == "VEILED";
    view.scene.lang == Lang::Ko
        && between.strip_suffix(' ').is_some_and(is_clause)
        && !head.own
        && (is_charged() || head.target == "OTHER" && has_its_object(view, cue, head))
}

/// Whether somebody to whom it is done stands before the verb of a clause that describes `head`, who does
/// it then: 어린이들을 학살한 카나다, but not 미국이 침략한 이라크.
fn has_its_object(view: &View<'_>, cue: &CueHit<'_>, head: &Candidate<'_>) -> bool {
    let text = view.scene.segment.text;
    let clause = text[..cue.start].rsplit([',', '.']).next().unwrap_or_default();
    let has_subject = clause.split(' ').any(|word| word.ends_with(['이', '가', '은', '는']));
    let is_object = |words: &str| words.split(' ').any(|word| word.ends_with(['을', '를']));
    !has_subject && (is_object(clause) || is_object(&text[cue.end..head.start]))
}

/// How nouns end with the particle of a topic, which a verb before its noun may end with, too.
const TOPICS: &[&str] = &[
    "것은",
    "바는",
    "에는",
    "로는",
    "에서는",
    "발은",
    "동은",
    "략은",
    "책은",
    "화는",
    "행위는",
    "통치는",
    "지배는",
];

/// Whether a syllable ends as a verb before its noun does: in ㄴ or ㄹ (하는, 떠벌이던, 일삼을).
fn is_adnominal(syllable: char) -> bool {
    let (first, last, finals) = (0xAC00, 0xD7A3, 28);
    let code = syllable as u32;
    (first..=last).contains(&code) && matches!((code - first) % finals, 4 | 8)
}

/// The last usual target with the particle of a topic or subject.
pub(super) fn topic_marked<'a, 's>(
    view: &View<'s>,
    free: &[&'a Candidate<'s>],
) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let usual = free.iter().rev().filter(|c| !c.own && view.is_usual(c.target));
    usual.into_iter().find(|c| is_topic(text, c)).copied()
}

/// Whether a Korean name, or the noun that it describes, has the particle of a topic or subject.
pub(in crate::attribute) fn is_topic(text: &str, who: &Candidate<'_>) -> bool {
    let marked = |word: &str| word.ends_with(['은', '는', '이', '가']) || word.ends_with("께서");
    let rest = text[who.end..].chars().take(16).take_while(|c| !matches!(c, ',' | '.'));
    let rest: String = rest.collect();
    let mut words = rest.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let is_bare = !first.ends_with(['의', '을', '를', '에', '과', '와']);
    marked(first) || (is_bare && marked(second))
}
