//! Briefings and put questions: labels before questions and answers, bold questions,
//! announcements before, between and after them.
//!
//! A short text and a colon is not enough to begin a turn: answers are full of `案例一：`. A label
//! counts where its form or the page says so: spokespersons by name, 问/答 and Q/A, labels that
//! end in 记者 or spell a known outlet, and what stands in bold or just before an answer.

use corpus::{Lang, Role};

use super::label::{Label, Sense, label};
use super::{Context, Draft};
use crate::paragraph::Paragraph;

/// A line of this many equal marks is a separator.
const SEPARATOR: usize = 3;

/// Characters within which brackets around a line make it a stage direction.
const LONGEST_DIRECTION: usize = 40;
/// Paragraphs of a question that an unknown outlet opens.
const LONGEST_QUESTION: usize = 4;

/// The drafts of a briefing.
pub fn drafts(paragraphs: &[Paragraph], context: &Context<'_>) -> Vec<Draft> {
    let mut lines: Vec<Line<'_>> = paragraphs.iter().map(|p| Line::new(p, context)).collect();
    let mut before = true;
    for line in &mut lines {
        line.turns_bold = line.paragraph.bold && !before;
        before = line.paragraph.bold;
    }
    introduced(&mut lines);
    quoted(&mut lines);
    asked_in_bold(&mut lines);
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

/// A name that answers right after a question is a spokesperson's, wherever else it stands: one who
/// is introduced opens with words of his own.
fn introduced(lines: &mut [Line<'_>]) {
    let (mut names, mut once) = (Vec::<String>::new(), Vec::<String>::new());
    for (asked, line) in lines.iter().zip(lines.iter().skip(1)) {
        let answers = asked.asks()
            && line.sense == Sense::Person
            && !line.paragraph.bold
            && !line.ends_with_question();
        let name = line.label.as_ref().map(|label| label.name.to_string());
        names.extend(name.clone().filter(|_| answers));
        // A word that no list of names knows is one where it answers again and again.
        let again = asked.asks() && line.sense == Sense::Unknown && !line.paragraph.bold;
        if let Some(name) = name.filter(|name| again && is_short_name(name)) {
            if once.contains(&name) {
                names.push(name);
            } else {
                once.push(name);
            }
        }
    }
    let open = |line: &&mut Line<'_>| matches!(line.sense, Sense::Person | Sense::Unknown);
    for line in lines.iter_mut().filter(open) {
        if line.label.as_ref().is_some_and(|label| names.iter().any(|name| *name == label.name)) {
            line.sense = Sense::Spokesperson;
        }
    }
}

/// Marks an interview that an answer recites as no turns: questions and answers without a name, on
/// a page where they have names, after a line that announces them, or in quotation marks.
fn quoted(lines: &mut [Line<'_>]) {
    if !lines.iter().any(|line| line.sense == Sense::Spokesperson) {
        return;
    }
    let mut inside = false;
    for n in 0..lines.len() {
        let announced = n.checked_sub(1).and_then(|n| lines.get(n)).is_some_and(|before| {
            let spoken = before.label.as_ref().is_none_or(|label| !label.rest.is_empty());
            spoken && before.paragraph.text.ends_with(['：', ':'])
        });
        let Some(line) = lines.get_mut(n) else { continue };
        let rest = line.label.as_ref().map_or("", |label| label.rest);
        let in_marks = rest.starts_with(['“', '"', '「']) && rest.ends_with(['”', '"', '」']);
        inside = match line.sense {
            Sense::BareQuestion => inside || in_marks || announced,
            Sense::BareAnswer => inside,
            Sense::Unknown => inside && !line.paragraph.bold,
            _ => false,
        };
        if inside {
            line.sense = Sense::Unknown;
            line.recited = true;
        }
    }
}

/// Two to four Han characters, or up to four with the dot of a foreign name.
fn is_short_name(name: &str) -> bool {
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let counts = name.starts_with(['第', '其', '一', '二', '三', '首']);
    (2..=4).contains(&name.chars().filter(|c| han(*c)).count())
        && name.chars().all(|c| han(c) || c == '·')
        && !counts
}

/// Marks the questions that nothing but their bold type tells apart, on a page where bold type
/// carries questions and nothing else, more than one, and where somebody is known to ask or answer:
/// a statement may well have headings that ask.
fn asked_in_bold(lines: &mut [Line<'_>]) {
    let begins = |(n, line): &(usize, &Line<'_>)| {
        let title = *n == 0 && !line.is_question_shaped();
        let first = *n == 0 && line.paragraph.bold && !title;
        (line.turns_bold || first) && !line.is_separator() && !line.is_direction()
    };
    let found: Vec<usize> = lines.iter().enumerate().filter(begins).map(|(n, _)| n).collect();
    let labelled = |line: &Line<'_>| matches!(line.sense, Sense::BareQuestion | Sense::Asker);
    let all =
        |test: &dyn Fn(&Line<'_>) -> bool| found.iter().filter_map(|n| lines.get(*n)).all(test);
    let consistent = found.len() > 1
        && all(&|line| !line.is_answer() && (labelled(line) || line.is_question_shaped()))
        && !lines.iter().any(|line| line.is_answer() && line.paragraph.bold);
    let dialogue = lines.iter().any(|line| line.is_answer() || labelled(line));
    let last = lines.iter().rposition(|line| !line.paragraph.bold).unwrap_or(0);
    for n in found.into_iter().filter(|n| consistent && dialogue && *n < last) {
        if let Some(line) = lines.get_mut(n).filter(|line| !labelled(line)) {
            line.asked_in_bold = true;
        }
    }
}

/// A paragraph with its label and what this can be.
struct Line<'a> {
    paragraph: &'a Paragraph,
    label: Option<Label<'a>>,
    sense: Sense,
    /// Whether bold type begins here after plain lines.
    turns_bold: bool,
    /// Whether its bold type alone says that it asks.
    asked_in_bold: bool,
    /// Whether it is somebody else's interview, recited in an answer.
    recited: bool,
}

impl<'a> Line<'a> {
    fn new(paragraph: &'a Paragraph, context: &Context<'_>) -> Self {
        let mut label = label(&paragraph.text);
        let mut sense = label.as_ref().map_or(Sense::Unknown, |l| l.sense(context));
        // `追问：某社记者：...`: the second label says who.
        let inner = label.as_ref().filter(|_| sense == Sense::BareQuestion);
        let inner = inner.and_then(|outer| self::label(outer.rest));
        if let Some(inner) = inner.filter(|l| l.sense(context) == Sense::Asker) {
            (label, sense) = (Some(inner), Sense::Asker);
        }
        Self { paragraph, label, sense, turns_bold: false, asked_in_bold: false, recited: false }
    }

    fn is_answer(&self) -> bool {
        matches!(self.sense, Sense::Spokesperson | Sense::BareAnswer)
    }

    fn is_question(&self) -> bool {
        match self.sense {
            Sense::BareQuestion => true,
            Sense::Asker => self.paragraph.bold,
            Sense::Unknown | Sense::Person => self.turns_bold && self.is_question_shaped(),
            Sense::Spokesperson | Sense::BareAnswer => false,
        }
    }

    /// Whether it asks by its label and words, in whatever type.
    fn asks(&self) -> bool {
        self.is_question() || (self.sense == Sense::Asker && self.ends_with_question())
    }

    fn ends_with_question(&self) -> bool {
        self.paragraph.text.trim_end_matches(['”', '"', '）', ')']).ends_with(['？', '?'])
    }

    fn is_question_shaped(&self) -> bool {
        let text = &self.paragraph.text;
        text.contains(['？', '?'])
            || ["评论。", "回应。", "介绍。", "证实。"].iter().any(|end| text.ends_with(end))
            || ["请问", "请谈谈", "请介绍"].iter().any(|opening| text.starts_with(opening))
    }

    /// A line that tells what happens in the room: `（现场播放视频）`.
    fn is_direction(&self) -> bool {
        let text = &self.paragraph.text;
        let inside = text
            .strip_prefix(['（', '(', '[', '【'])
            .and_then(|rest| rest.strip_suffix(['）', ')', ']', '】']))
            .filter(|inside| !inside.contains(['（', '(', '）', ')', '[', ']', '【', '】']));
        inside.is_some_and(|inside| inside.chars().count() <= LONGEST_DIRECTION)
    }

    fn is_separator(&self) -> bool {
        let text = &self.paragraph.text;
        let mut marks = text.chars().filter(|c| !c.is_whitespace());
        let first = marks.next();
        first.is_some_and(|c| "*＊-—_=＝·…".contains(c))
            && marks.clone().count() + 1 >= SEPARATOR
            && marks.all(|c| Some(c) == first)
    }
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
    /// Whose question a stage direction breaks off. After an answer the words go on without a label,
    /// as an announcement: one question has one answer.
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
            self.interrupted = before.filter(|(role, _)| *role == Role::Question);
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
            Sense::Asker => line.paragraph.bold || answered || line.ends_with_question(),
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
                    && ((line.paragraph.bold && answered)
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
        line.sense == Sense::Person && place && !line.paragraph.bold && !asks
    }

    /// A question without a label: in bold before an answer, or where bold type is the page's way to
    /// mark one; or a plain line that asks just before an answer.
    fn asks_unlabelled(&self, line: &Line<'_>, ahead: Ahead) -> bool {
        let place = self.last() != Some(Role::Question) && !line.recited;
        place
            && match ahead {
                Ahead::Answer { next, .. } => {
                    (line.paragraph.bold && (next || line.is_question_shaped()))
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
            Some(Role::Question) if !line.paragraph.bold && ahead == Ahead::Other => {
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
