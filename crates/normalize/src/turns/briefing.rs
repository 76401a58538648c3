//! Briefings and put questions: labels before questions and answers, bold questions,
//! announcements before, between and after them.
//!
//! A short text and a colon is not enough to begin a turn: answers are full of `案例一：`. A label
//! counts where its form or the page says so: spokespersons by name, 问/答 and Q/A, labels that
//! end in 记者 or spell a known outlet, and what stands in bold or just before an answer.

use corpus::{Lang, Role};

use super::label::{Label, Sense};
use super::line::{Line, lines};
use super::{Context, Draft};
use crate::paragraph::Paragraph;

/// Paragraphs of a question that an unknown outlet opens.
const LONGEST_QUESTION: usize = 4;

/// The drafts of a briefing.
pub fn drafts(paragraphs: &[Paragraph], context: &Context<'_>) -> Vec<Draft> {
    let lines = lines(paragraphs, context);
    let ahead = ahead(&lines);
    let spoken = lines.iter().any(Line::is_answer);
    let mut briefing = Briefing {
        context,
        spoken,
        drafts: Vec::new(),
        asked: false,
        speaker: None,
        interrupted: None,
    };
    for (line, ahead) in lines.iter().zip(ahead) {
        briefing.line(line, ahead);
    }
    briefing.drafts
}

/// The next certain label after a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ahead {
    /// An answer, on the very next line or further on; and whether the lines between would be one
    /// question, as short as they are and asking at last.
    Answer { next: bool, asks: bool },
    /// A question, a separator or the end.
    Other,
}

fn ahead(lines: &[Line<'_>]) -> Vec<Ahead> {
    let mut found = vec![Ahead::Other; lines.len()];
    let mut coming = Ahead::Other;
    let mut between = 0;
    for (n, line) in lines.iter().enumerate().rev() {
        if let Some(slot) = found.get_mut(n) {
            *slot = coming;
        }
        between += 1;
        coming = match coming {
            _ if line.is_answer() => {
                between = 0;
                Ahead::Answer { next: true, asks: false }
            }
            _ if line.is_question() || line.is_separator() => Ahead::Other,
            Ahead::Answer { next: true, .. } => Ahead::Answer {
                next: false,
                asks: line.label.is_none() && line.is_question_shaped(),
            },
            Ahead::Answer { asks, .. } => {
                Ahead::Answer { next: false, asks: asks && between < LONGEST_QUESTION }
            }
            Ahead::Other => Ahead::Other,
        };
    }
    found
}

struct Briefing<'a> {
    context: &'a Context<'a>,
    /// Whether anybody answers on the page; only then does a line in brackets tell of the room.
    spoken: bool,
    drafts: Vec<Draft>,
    /// Whether a question was read since the beginning or the last separator.
    asked: bool,
    /// Who answered last.
    speaker: Option<String>,
    /// Whose words a stage direction breaks off, and as what they go on. After an answer that is an
    /// announcement: one question has one answer.
    interrupted: Option<(Role, Option<String>)>,
}

impl Briefing<'_> {
    fn line(&mut self, line: &Line<'_>, ahead: Ahead) {
        if line.is_separator() {
            self.asked = false;
            self.begin(Role::Note, None, &line.paragraph.text);
        } else if self.spoken && line.is_direction() {
            let before = self.drafts.last().map(|d| (d.role, d.speaker.clone()));
            self.begin(Role::Note, None, &line.paragraph.text);
            self.interrupted = before.and_then(|(role, speaker)| match role {
                Role::Question => Some((role, speaker)),
                Role::Answer | Role::Announcement => Some((Role::Announcement, speaker)),
                _ => None,
            });
        } else if let Some(spoken) = line.label.as_ref().filter(|_| line.is_answer()) {
            self.answer(line.sense, spoken);
        } else if let Some(asked) = line.label.as_ref().filter(|_| self.asks(line, ahead)) {
            self.asked = true;
            let speaker = (line.sense != Sense::BareQuestion).then(|| asked.speaker());
            self.begin(Role::Question, speaker, asked.rest);
        } else if let Some(spoken) =
            line.label.as_ref().filter(|_| self.is_person_at_turn(line, ahead))
        {
            self.answer(Sense::Spokesperson, spoken);
        } else if self.asks_unlabelled(line, ahead) {
            self.asked = true;
            self.begin(Role::Question, None, &line.paragraph.text);
        } else {
            self.unlabelled(line, ahead);
        }
    }

    fn begin(&mut self, role: Role, speaker: Option<&str>, text: &str) {
        self.interrupted = None;
        self.drafts.push(Draft::new(role, speaker, text));
    }

    /// Words of a spokesperson: an answer once somebody asked, else an announcement.
    fn answer(&mut self, sense: Sense, spoken: &Label<'_>) {
        let speaker = match sense {
            Sense::BareAnswer => {
                self.context.spokesperson.map(str::to_owned).or(self.speaker.clone())
            }
            _ => Some(spoken.speaker().to_owned()),
        };
        let role = if self.asked || sense == Sense::BareAnswer {
            Role::Answer
        } else {
            Role::Announcement
        };
        self.begin(role, speaker.as_deref(), spoken.rest);
        self.speaker = speaker;
    }

    fn last(&self) -> Option<Role> {
        self.drafts.last().map(|d| d.role)
    }

    /// Whether a labelled line is a question.
    fn asks(&self, line: &Line<'_>, ahead: Ahead) -> bool {
        let answered = matches!(ahead, Ahead::Answer { .. });
        let answered_next = matches!(ahead, Ahead::Answer { next: true, .. });
        let in_paragraphs = matches!(ahead, Ahead::Answer { asks: true, .. });
        match line.sense {
            Sense::BareQuestion => true,
            Sense::Asker => line.is_question() || answered || line.ends_with_question(),
            // An outlet or name that nobody has declared: believed where it stands in bold before
            // an answer, or just before one, and not as a second paragraph of a question.
            Sense::Unknown | Sense::Person => {
                let namelike = |l: &Label<'_>| match self.context.lang {
                    Lang::Zh => is_namelike(&l.name),
                    _ => is_list_of_names(&l.name),
                };
                let plausible = line.label.as_ref().is_some_and(namelike) && !line.recited;
                let place = self.last() != Some(Role::Question);
                let alone = line.label.as_ref().is_some_and(|l| l.rest.is_empty());
                plausible
                    && place
                    && (((line.bold || line.labelled_bold) && answered)
                        || (answered_next && line.is_question_shaped())
                        || (in_paragraphs && (alone || self.last() == Some(Role::Answer))))
            }
            Sense::Spokesperson | Sense::BareAnswer => false,
        }
    }

    /// A name at the place where a spokesperson's would stand: after a question, or first of all.
    fn is_person_at_turn(&self, line: &Line<'_>, ahead: Ahead) -> bool {
        let place = match self.last() {
            Some(Role::Question) => !matches!(ahead, Ahead::Answer { next: true, .. }),
            None => true,
            _ => false,
        };
        let asks = self.context.lang != Lang::Zh && line.ends_with_question();
        line.sense == Sense::Person && place && !line.bold && !asks
    }

    /// A question without a label: in bold before an answer, or where bold type is the page's way to
    /// mark one; or a plain line that asks just before an answer.
    fn asks_unlabelled(&self, line: &Line<'_>, ahead: Ahead) -> bool {
        let place = self.last() != Some(Role::Question) && !line.recited;
        place
            && match ahead {
                Ahead::Answer { next, .. } => {
                    (line.bold && (next || line.opens_question || line.is_question_shaped()))
                        || (next && self.asked && line.is_question_shaped())
                }
                Ahead::Other => line.asked_in_bold,
            }
    }

    /// A line that begins no labelled turn.
    fn unlabelled(&mut self, line: &Line<'_>, ahead: Ahead) {
        let text = &line.paragraph.text;
        match self.last() {
            // After a question, plain lines are the answer of somebody whose label is missing,
            // unless a labelled answer is still to come.
            Some(Role::Question) if !line.bold && ahead == Ahead::Other => {
                let speaker = self.speaker.clone().or(self.context.spokesperson.map(str::to_owned));
                self.begin(Role::Answer, speaker.as_deref(), text);
            }
            Some(Role::Question | Role::Answer | Role::Announcement) => {
                if let Some(draft) = self.drafts.last_mut() {
                    draft.push(text);
                }
            }
            _ => match self.interrupted.take() {
                Some((role, speaker)) => self.begin(role, speaker.as_deref(), text),
                None => self.begin(Role::Announcement, None, text),
            },
        }
    }
}

/// Whether a label could be a journalist and an outlet, or several: `Rudolf Rassendyll, Zenda Post`.
fn is_list_of_names(name: &str) -> bool {
    name.split(", ").count() <= 3 && name.split(", ").all(is_namelike)
}

/// Whether a label could be the name of an outlet or person: short, no clause.
fn is_namelike(name: &str) -> bool {
    let clause = name.chars().any(|c| "，,。、（）()".contains(c));
    let han = name.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    let words = name.split_whitespace();
    let capitalized = words.clone().all(|w| {
        w.starts_with(|c: char| !c.is_lowercase())
            || matches!(w, "of" | "and" | "the" | "de" | "for")
    });
    !clause && han <= 12 && words.count() <= 6 && capitalized
}
