//! A charge continued: a sentence without a word of blame that tells more of him whom the sentence right
//! before has charged (美国……劣迹斑斑。美国2019年有3.9万人死于枪支。).
//!
//! Such texts argue by facts: a charge is followed by its evidence, which names the deed and leaves the
//! reproach to the reader. It must be about him from its first words on, and tell neither of talks
//! and goodwill nor what he says or is asked to do.

use corpus::{BlameKind, Lang, Voice};

use super::cues::Slot;
use super::scene::Blame;
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::{has_any, starts_with_any};

/// The charge of the segment before where this one goes on with it.
pub(super) fn continued(view: &View<'_>) -> Option<Blame> {
    let who = theme(view).ok()?;
    Some(Blame {
        target: who.target.to_owned(),
        kind: BlameKind::Condemn,
        rule: "continued".to_owned(),
        slot: Slot::Antecedent,
        cue: (who.start, who.end),
        span: (who.start, who.end),
    })
}

/// Why [`continued`] gives nothing.
pub(super) fn obstacle(view: &View<'_>) -> &'static str {
    theme(view).err().unwrap_or("the charge goes on")
}

/// Whom the segment is about from its first words on, and the one before charges.
fn theme<'a, 's>(view: &'a View<'s>) -> Result<&'a Candidate<'s>, &'static str> {
    let text = view.scene.segment.text;
    if view.scene.voice == Voice::Question {
        return Err("a question goes on with no charge");
    }
    let Some(first) = view.candidates.first().filter(|c| !c.own) else {
        return Err("nobody is named first in the segment");
    };
    if !view.scene.charged.iter().any(|target| target == first.target) {
        return Err("whom it names first the segment before does not blame");
    }
    if view.cues().iter().any(|cue| !cue.is_neutral) {
        return Err("a word of blame that stands in the segment is not said of him");
    }
    if !opens(view.scene.lang, text, first) {
        return Err("the segment does not begin with him whom the one before blames");
    }
    let (rest, words) = (&text[first.end..], lexicon(view.scene.lang));
    if has_any(rest, words.goodwill) || starts_with_any(rest.trim_start(), words.saying) {
        return Err("it tells what he says, wants or shall do, or of talks with him");
    }
    Ok(first)
}

/// Whether a sentence opens with the target as its subject or as the place of what it tells.
fn opens(lang: Lang, text: &str, who: &Candidate<'_>) -> bool {
    let before = text[..who.start].trim_start_matches(['“', '"', '《']);
    let rest = &text[who.end..];
    match lang {
        Lang::Zh => {
            let is_place = before.ends_with('在') && who.standing.is_aside();
            let lead = before.trim_end_matches('在');
            (is_place || who.standing == Standing::Free)
                && lead.chars().count() <= CHINESE_LEAD
                && !lead.contains('，')
        }
        Lang::En => {
            let lead = before.trim_end().trim_end_matches("The").trim_end_matches("the").trim_end();
            let next = rest.trim_start().split([' ', ',']).next().unwrap_or_default();
            who.standing == Standing::Free
                && matches!(who.target, "US" | "NATO" | "WEST" | "JP")
                && ENGLISH_LEADS.contains(&lead)
                && (ENGLISH_VERBS.contains(&next) || is_past(next))
        }
        _ => false,
    }
}

fn is_past(word: &str) -> bool {
    word.ends_with("ed") && word.starts_with(char::is_lowercase)
}

/// How much stands before the name in Chinese at most: 而, 同时, 直到现在.
const CHINESE_LEAD: usize = 4;

/// What may stand before the name in English.
const ENGLISH_LEADS: [&str; 10] = [
    "",
    "And",
    "But",
    "Meanwhile,",
    "Moreover,",
    "Besides,",
    "In addition,",
    "Also,",
    "Now",
    "Today,",
];

/// What follows the name in English where it is the whole subject.
const ENGLISH_VERBS: [&str; 24] = [
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "does",
    "did",
    "also",
    "even",
    "still",
    "now",
    "again",
    "never",
    "already",
    "continues",
    "keeps",
    "makes",
    "uses",
    "takes",
    "spends",
    "sells",
    "gives",
];

/// The words that make a sentence no evidence of a charge.
struct Lexicon {
    /// Of talks, goodwill, wishes and demands, anywhere behind the name.
    goodwill: &'static [&'static str],
    /// Of saying, right behind it.
    saying: &'static [&'static str],
}

fn lexicon(lang: Lang) -> Lexicon {
    match lang {
        Lang::Zh => Lexicon {
            goodwill: &[
                "愿", "欢迎", "同意", "合作", "对话", "会谈", "会晤", "通话", "访", "感谢", "赞赏",
                "友好", "共同", "双方", "两国", "祝", "慰问", "哀悼", "希望", "应", "可以", "最好",
                "需要", "能够", "请", "互利", "沟通", "磋商", "谈判", "参加", "出席", "达成",
            ],
            saying: &["表示", "称", "说", "宣布", "认为", "方面表示", "方面称"],
        },
        Lang::En => Lexicon {
            goodwill: &[
                "agree",
                "welcom",
                "hope",
                "talks",
                "dialogue",
                "negotiat",
                "visit",
                "summit",
                "thank",
                "congratulat",
                "cooperat",
                "should",
                "must",
                "peace treaty",
                "contact",
            ],
            saying: &["said", "stated", "announced", "noted", "expressed", "has said", "is said"],
        },
        _ => Lexicon { goodwill: &[], saying: &[] },
    }
}
