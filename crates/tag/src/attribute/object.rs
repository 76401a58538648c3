//! The object: whom or what a cue of condemning is about, `denounced the U.S.`, 谴责美方, 미국을 규탄.

use corpus::{Lang, Voice};

use super::cues::{CueHit, Slot};
use super::standing::Standing;
use super::subject::is_topic;
use super::view::{Candidate, View};
use super::words::{ends_with_any, has_any, left, starts_with_any};

/// What a cue of condemning is about: after it in English and Chinese, before it in Korean.
pub(super) fn object<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    if view.scene.lang == Lang::Ko {
        let before = || {
            let named = view.candidates.iter().rev().filter(|c| {
                c.end <= cue.start && !c.own && !c.standing.is_aside() && view.is_usual(c.target)
            });
            named.filter(|c| !is_accuser(text, c, cue))
        };
        // 미제를 반대하여 싸우자 calls to arms, 미제의 침략책동을 반대하여 charges him with it.
        let fights = starts_with_any(&text[cue.start..], &["반대하", "몰아내", "침략자들을 몰아"]);
        let faced = |c: &&Candidate<'s>| fights && !text[c.end..cue.start].contains("의 ");
        // 서방이 그를 비호하고있다고 폭로하였다: what is charged is said of the subject of the clause.
        let is_clause = ends_with_any(text[..cue.start].trim_end(), &["다고", "라고"]);
        let said_of = before().filter(|_| is_clause).find(|c| is_topic(text, c));
        let found = said_of.or_else(|| before().next().filter(|c| !faced(c)));
        return found.map(|c| view.group(c)).unwrap_or_default();
    }
    if view.scene.lang == Lang::Zh && is_denounced_by_another(view, cue) {
        return Vec::new();
    }
    let acts = |c: &Candidate<'s>| c.end <= cue.start && !c.own && c.standing == Standing::Free;
    let somebody_acts = view.candidates.iter().any(acts);
    if view.scene.lang == Lang::En
        && (somebody_acts && is_revealing_his_own(text, cue) || is_demanding_himself(view, cue))
    {
        return Vec::new();
    }
    let names_it = cue.entry.leads_to_the_cause();
    let from = if names_it { cue.start } else { cue.end };
    let is_conduct = cue.entry.slots.first() == Some(&Slot::Subject) && !cue.entry.responsibility;
    let found = view.candidates.iter().find(|c| {
        let near = left(text, c.start, 8);
        let near = near.rsplit(['，', '、', '。']).next().unwrap_or_default();
        let ok = !c.standing.is_aside()
            || has_any(near, &["对", "针对"])
            || near.ends_with('向') && text[c.end..].starts_with("提出")
            || (c.standing == Standing::Governed && is_aimed_at(text, cue, c));
        // 强迫劳动 before somebody is his where such texts charge him; 遭到英国的胁迫 may be whose he suffers.
        let is_his = !is_conduct || (c.standing == Standing::Free && view.is_usual(c.target));
        let reached = is_his && c.start >= from && c.start < cue.end + OBJECT_REACH;
        let reached = reached && (!names_it || is_in_the_cause(text, cue, c.start));
        // In a question several sides act; there the object stands in the clause of its verb.
        let asks = view.scene.voice == Voice::Question;
        let is_beside_the_point = is_where_one_protests(text, cue, c)
            || is_by_him(text, cue, c)
            || view.scene.lang == Lang::Zh
                && (is_whom_it_hits(text, cue, c) || is_beyond_the_clause(text, cue, c));
        reached
            && !c.own
            && ok
            && !is_beside_the_point
            && !(asks
                && text.get(cue.end..c.start).is_some_and(|words| words.contains(['，', ','])))
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// Whether he is who denounces something in Korean: 미국무성은 우리의 등대를 비난하였다. Who stands before
/// `비난을 받고있다` or where others denounce is whom it is said of.
pub(super) fn is_accuser(text: &str, who: &Candidate<'_>, cue: &CueHit<'_>) -> bool {
    let said = text.get(who.end..cue.start).unwrap_or_default().trim_end();
    let mut words = said.split(' ');
    let own = words.find(|word| word.ends_with(['은', '는', '이', '가'])).unwrap_or_default();
    // 서방이 그를 비호한다고 폭로하였다: who has this particle is the subject of the clause.
    let says_it = own.ends_with(['은', '는']) || !ends_with_any(said, &["다고", "라고"]);
    cue.entry.is_denunciation()
        && is_topic(text, who)
        && text[cue.end..].starts_with('하')
        && says_it
        && !words.clone().any(|word| word.ends_with(['은', '는', '이', '가']))
        && words.any(|word| word.ends_with(['을', '를']))
}

/// Whether somebody of whom it is told denounces: 希望西方国家不要一方面谴责俄罗斯. The denounced is not
/// blamed by the speaker.
fn is_denounced_by_another(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    let text = view.scene.segment.text;
    let sentence = text[..cue.start].rfind(['。', '；']).unwrap_or_default();
    let nearest = view
        .candidates
        .iter()
        .rev()
        .find(|c| c.end <= cue.start && c.start >= sentence && c.standing == Standing::Free);
    cue.entry.is_denunciation()
        && view.scene.voice != Voice::Question
        && nearest.is_some_and(|c| {
            !c.own && view.is_usual(c.target) && !text[c.end..cue.start].contains('应')
        })
        && !has_any(&text[sentence..cue.start], &["中方", "我们", "国际社会", "各国"])
}

/// Whether what is denounced in Chinese is done to him: 反对干涉中国内政, 谴责对他国的攻击. Of two verbs in a row,
/// 反对和遏制, both are done to him who is denounced.
fn is_whom_it_hits(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let between = text.get(cue.end..who.start).unwrap_or_default();
    let is_act = who.standing == Standing::Object && !between.is_empty();
    cue.entry.is_denunciation()
        && !between.contains(['，', '。', '；'])
        && !starts_with_any(between, &["和", "并", "、", "与"])
        && !ends_with_any(between, &["反对", "谴责"])
        && (is_act || ends_with_any(between, &["对", "针对"]))
}

/// Whether a comma parts him from the Chinese word that denounces, so that he is the object of another
/// verb: but for whom one protests to, whom a verb of rejecting right before him means, and whom the whole
/// clause behind 令人不可接受的是 is about.
fn is_beyond_the_clause(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let between = text.get(cue.end..who.start).unwrap_or_default();
    let protests = between.ends_with('向') && text[who.end..].starts_with("提出");
    cue.entry.is_denunciation()
        && between.contains('，')
        && between != "，"
        && !between.starts_with("的是")
        && !protests
        && !ends_with_any(between, &["反对", "不接受", "谴责", "追究"])
}

/// Whether an English cue is aimed at something behind the target: `protests were staged in major cities
/// of Germany against exploitation`.
fn is_where_one_protests(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let to = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    to(cue.start, cue.end).starts_with("protest")
        && !to(cue.start, who.start).contains("against")
        && to(cue.end, who.start).contains(" in ")
        && text[who.end..].contains(" against ")
}

/// Whether the English cue is what he does himself: `it was revealed by a U.S. agency`, `such accusations of
/// the U.S.`, which stand against others.
fn is_by_him(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let words = text[cue.start..cue.end].to_ascii_lowercase();
    let leads = text.get(cue.end..who.start).unwrap_or_default();
    let revealed = starts_with_any(&words, &["reveal", "disclos"]) && leads.starts_with(" by ");
    let accuses = words.starts_with("accusation") && matches!(leads, " of " | " of the ");
    revealed || accuses
}

/// Whether one whom such texts charge is told to demand something: `the U.S. has demanded that south
/// Korea increase the expenses` charges nobody behind the verb.
fn is_demanding_himself(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    let text = view.scene.segment.text;
    let before = view.candidates.iter().rev().find(|c| c.end <= cue.start);
    before.is_some_and(|who| {
        let between = text[who.end..cue.start].trim();
        let helps = ["", "has", "have", "had", "also", "has also", "even", "repeatedly"];
        matches!(who.target, "US" | "NATO" | "WEST" | "JP")
            && text[cue.start..].starts_with("demand")
            && helps.contains(&between)
    })
}

/// Whether somebody shows what he himself is: `revealed its intention to convene the UNSC` exposes
/// who reveals it, and not who is named behind.
fn is_revealing_his_own(text: &str, cue: &CueHit<'_>) -> bool {
    let words = text[cue.start..cue.end].to_ascii_lowercase();
    let shows = starts_with_any(&words, &["reveal", "disclos", "expos", "laid bare", "lay"]);
    shows && starts_with_any(&text[cue.end..], &[" its ", " their ", " his ", " her "])
}

/// Whether byte `at` is in the words that name the cause: `due to the hostile policy of the U.S.`
fn is_in_the_cause(text: &str, cue: &CueHit<'_>, at: usize) -> bool {
    let between = text.get(cue.end..at).unwrap_or_default();
    between.split_whitespace().count() <= CAUSE_REACH
        && !between.contains([',', ';', '，', '。', '；'])
}

/// How many words the name of a cause has before the culprit in it, at most.
const CAUSE_REACH: usize = 8;

/// Whether the cue leads to byte `at` by its own preposition: `lashed out at`, `protest against`,
/// `anger at`. Whom somebody fights, mostly in the past (`the struggle against the Japanese
/// invaders`), is not charged by that alone.
fn is_aimed_at(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let at = who.start;
    let between = text.get(cue.end..at).unwrap_or_default();
    let words = text[cue.start..cue.end].to_ascii_lowercase();
    let fights = starts_with_any(&words, &["struggle", "fight", "action "]);
    let from = if fights { cue.end } else { cue.start };
    let head = text.get(from..at).unwrap_or_default().trim_end();
    let head = head.strip_suffix(" the").unwrap_or(head).trim_end();
    // `pledged to fight against the U.S. preventing the peace process`
    let next = text[who.end..].split_whitespace().next().unwrap_or_default();
    if fights && between.trim_matches(' ').trim_end_matches("the").trim().is_empty() {
        return next.ends_with("ing");
    }
    let avenges = has_any(&words, &["revenge", "vengeance"]) && head.ends_with(" on");
    between.split_whitespace().count() <= 6
        && (avenges || ends_with_any(head, &[" at", " against"]))
}

/// How far from a cue of condemning its object may begin, in bytes.
const OBJECT_REACH: usize = 160;
