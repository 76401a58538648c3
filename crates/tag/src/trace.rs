//! A trace: what became of one rule on a segment, for who contests a code.

/// What became of one rule on a segment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Trace {
    /// Family and cue: `voice`, `target:US`, `slot:smear/subject`, `demand`, `antecedent`,
    /// `naming:war`, `frame:hegemony`, `refusal:later`, `topic:ukraine-war`.
    pub rule: String,
    /// The bytes in the segment that the rule looked at, where it looked at words.
    pub span: Option<(usize, usize)>,
    /// What it gives: the voice, targets blamed, the referent, the frame, the topic; empty where it
    /// did not fire.
    pub targets: Vec<String>,
    /// What it found, or the condition that failed.
    pub reason: String,
}

impl Trace {
    /// A rule that looked at no words of the segment and gives nothing.
    pub(crate) fn silent(rule: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { rule: rule.into(), span: None, targets: Vec::new(), reason: reason.into() }
    }

    /// A rule that looked at words and gives nothing.
    pub(crate) fn at(
        rule: impl Into<String>,
        span: (usize, usize),
        reason: impl Into<String>,
    ) -> Self {
        Self { span: Some(span), ..Self::silent(rule, reason) }
    }
}
