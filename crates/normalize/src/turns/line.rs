//! A line of a briefing: a paragraph with its label, and what this can be where it stands.

use super::Context;
use super::label::{COLONS, Label, Sense, label};
use crate::paragraph::Paragraph;

/// A line of this many equal marks is a separator.
const SEPARATOR: usize = 3;

/// Characters within which brackets around a line make it a stage direction.
const LONGEST_DIRECTION: usize = 40;

/// The lines of a page, each read in the light of the others.
pub fn lines<'a>(paragraphs: &'a [Paragraph], context: &Context<'_>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'_>> = paragraphs.iter().map(|p| Line::new(p, context)).collect();
    let mut before = true;
    for line in &mut lines {
        line.turns_bold = line.bold && !before;
        before = line.bold;
    }
    introduced(&mut lines);
    quoted(&mut lines);
    opened_in_bold(&mut lines);
    asked_in_bold(&mut lines);
    lines
}

/// A paragraph with its label and what this can be.
pub struct Line<'a> {
    /// The paragraph.
    pub paragraph: &'a Paragraph,
    /// Its label.
    pub label: Option<Label<'a>>,
    /// What the label can be.
    pub sense: Sense,
    /// Whether it begins in bold type, and not its label alone.
    pub bold: bool,
    /// Whether bold type ends with the label: it marks this as one, and no question.
    pub labelled_bold: bool,
    /// Whether bold type begins here after plain lines.
    pub turns_bold: bool,
    /// Whether its bold type alone says that it asks.
    pub asked_in_bold: bool,
    /// Whether it opens a run of bold lines that asks, and an answer follows the run.
    pub opens_question: bool,
    /// Whether it is somebody else's interview, recited in an answer.
    pub recited: bool,
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
        let labelled_bold = label.as_ref().is_some_and(|label| ends_bold(paragraph, label));
        Self {
            paragraph,
            label,
            sense,
            bold: paragraph.bold > 0 && !labelled_bold,
            labelled_bold,
            turns_bold: false,
            asked_in_bold: false,
            opens_question: false,
            recited: false,
        }
    }

    pub fn is_answer(&self) -> bool {
        matches!(self.sense, Sense::Spokesperson | Sense::BareAnswer)
    }

    pub fn is_question(&self) -> bool {
        match self.sense {
            Sense::BareQuestion => true,
            Sense::Asker => self.bold || self.labelled_bold,
            Sense::Unknown | Sense::Person => self.turns_bold && self.is_question_shaped(),
            Sense::Spokesperson | Sense::BareAnswer => false,
        }
    }

    fn is_follow_up(&self) -> bool {
        let name = self.label.as_ref().map_or("", |label| &label.name);
        name.contains('追') || name.starts_with("Follow")
    }

    /// Whether it asks by its label and words, in whatever type.
    pub fn asks(&self) -> bool {
        self.is_question() || (self.sense == Sense::Asker && self.ends_with_question())
    }

    pub fn ends_with_question(&self) -> bool {
        self.paragraph.text.trim_end_matches(['”', '"', '）', ')']).ends_with(['？', '?'])
    }

    pub fn is_question_shaped(&self) -> bool {
        let text = &self.paragraph.text;
        text.contains(['？', '?'])
            || ["评论。", "回应。", "介绍。", "证实。"].iter().any(|end| text.ends_with(end))
            || ["请问", "请谈谈", "请介绍"].iter().any(|opening| text.starts_with(opening))
    }

    /// A line that tells what happens in the room: `（现场播放视频）`.
    pub fn is_direction(&self) -> bool {
        let text = &self.paragraph.text;
        let inside = text
            .strip_prefix(['（', '(', '[', '【'])
            .and_then(|rest| rest.strip_suffix(['）', ')', ']', '】']))
            .filter(|inside| !inside.contains(['（', '(', '）', ')', '[', ']', '【', '】']));
        inside.is_some_and(|inside| inside.chars().count() <= LONGEST_DIRECTION)
    }

    pub fn is_separator(&self) -> bool {
        let text = &self.paragraph.text;
        let mut marks = text.chars().filter(|c| !c.is_whitespace());
        let first = marks.next();
        first.is_some_and(|c| "*＊-—_=＝·…".contains(c))
            && marks.clone().count() + 1 >= SEPARATOR
            && marks.all(|c| Some(c) == first)
    }
}

/// Whether the bold type at the beginning of a paragraph ends with its label, before or after the
/// colon.
fn ends_bold(paragraph: &Paragraph, label: &Label<'_>) -> bool {
    let plain = paragraph.text.get(paragraph.bold..).unwrap_or("");
    let plain = plain.trim_start_matches(|c: char| c.is_whitespace() || COLONS.contains(&c));
    paragraph.bold > 0 && plain == label.rest
}

/// A name that answers right after a question is a spokesperson's, wherever else it stands: one who
/// is introduced opens with words of his own.
fn introduced(lines: &mut [Line<'_>]) {
    let (mut names, mut once) = (Vec::<String>::new(), Vec::<String>::new());
    for (asked, line) in lines.iter().zip(lines.iter().skip(1)) {
        // Where bold type marks the labels, one that nobody knows may ask, too.
        let is_asked = asked.asks() || (asked.labelled_bold && asked.ends_with_question());
        let answers =
            is_asked && line.sense == Sense::Person && !line.bold && !line.ends_with_question();
        let name = line.label.as_ref().map(|label| label.name.to_string());
        names.extend(name.clone().filter(|_| answers));
        // A word that no list of names knows is one where it answers again and again.
        let again = is_asked && line.sense == Sense::Unknown && !line.bold;
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
    let any = |sense| lines.iter().any(|line| line.sense == sense);
    if !any(Sense::Spokesperson) || !any(Sense::Asker) {
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
            Sense::BareQuestion if line.is_follow_up() => false,
            Sense::BareQuestion => inside || in_marks || announced,
            Sense::BareAnswer => inside,
            Sense::Unknown => inside && !line.bold,
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

/// The lines of one run of bold type from line `n` on that have no certain label of their own.
fn bold_run<'l, 'a>(lines: &'l [Line<'a>], n: usize) -> &'l [Line<'a>] {
    let rest = lines.get(n..).unwrap_or(&[]);
    let goes_on = |line: &Line<'_>| {
        line.bold && matches!(line.sense, Sense::Unknown | Sense::Person) && !line.is_separator()
    };
    let length = rest.iter().skip(1).take_while(|line| goes_on(line)).count();
    rest.get(..=length).unwrap_or(&[])
}

/// Marks where bold questions of several paragraphs begin that a labelled answer follows: what leads to
/// the question is the journalist's, too, though it asks nothing.
fn opened_in_bold(lines: &mut [Line<'_>]) {
    for n in 0..lines.len() {
        let run = bold_run(lines, n);
        let asks = run.iter().any(Line::is_question_shaped);
        let answered = lines.get(n + run.len()).is_some_and(Line::is_answer);
        if let Some(line) = lines.get_mut(n) {
            line.opens_question = line.turns_bold && asks && answered;
        }
    }
}

/// Marks the questions that nothing but their bold type tells apart, on a page where bold type
/// carries questions and nothing else, more than one, and where somebody is known to ask or answer:
/// a statement may well have headings that ask.
fn asked_in_bold(lines: &mut [Line<'_>]) {
    let begins = |(n, line): &(usize, &Line<'_>)| {
        let title = *n == 0 && !line.is_question_shaped();
        let first = *n == 0 && line.bold && !title;
        (line.turns_bold || first) && !line.is_separator() && !line.is_direction()
    };
    let found: Vec<usize> = lines.iter().enumerate().filter(begins).map(|(n, _)| n).collect();
    let labelled = |line: &Line<'_>| matches!(line.sense, Sense::BareQuestion | Sense::Asker);
    let all =
        |test: &dyn Fn(&Line<'_>) -> bool| found.iter().filter_map(|n| lines.get(*n)).all(test);
    // What leads to a question is in bold type with it.
    let asks = |n: usize| {
        lines.get(n).is_some_and(labelled)
            || bold_run(lines, n).iter().any(Line::is_question_shaped)
    };
    let consistent = found.len() > 1
        && all(&|line| !line.is_answer())
        && found.iter().all(|n| asks(*n))
        && !lines.iter().any(|line| line.is_answer() && line.bold);
    let dialogue = lines.iter().any(|line| line.is_answer() || labelled(line));
    let last = lines.iter().rposition(|line| !line.bold).unwrap_or(0);
    for n in found.into_iter().filter(|n| consistent && dialogue && *n < last) {
        if let Some(line) = lines.get_mut(n).filter(|line| !labelled(line)) {
            line.asked_in_bold = true;
        }
    }
}
