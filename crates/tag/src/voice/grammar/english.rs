//! The lists by which English tells who speaks; `voice-en.toml` has examples.

use serde::Deserialize;

use crate::words::Words;

/// The words by which English tells who speaks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct English {
    /// Verbs that may come before their speaker, behind what he says.
    pub tag_verbs: Words,
    /// How the words behind such a verb begin where they are what is said, and no speaker.
    pub said_next: Words,
    /// What ends the name of a speaker behind his verb.
    pub where_said: Words,
    /// How the words begin between a comma and a verb that tell when it was.
    pub times: Words,
    /// How a sentence opens that first tells what it is about.
    pub about: Words,
    /// Words right before one that may report, where it is a noun.
    pub noun_leads: Words,
    /// Prepositions before a pronoun, which is no subject then.
    pub governing: Words,
    /// Words that open a sentence and are no name of one who speaks.
    pub pointing: Words,
    /// What follows `went on` where words come.
    pub went_on: Words,
    /// Verbs of reporting that do no more than that.
    pub saying: Words,
    /// What `according to` leads to where nobody in particular is cited.
    pub reports: Words,
    /// What finds something out, where nobody is named who says it.
    pub studies: Words,
    /// Verbs of `studies`.
    pub finds: Words,
    /// Protests, whose people say what they are against.
    pub gatherings: Words,
    /// Verbs of such a protest.
    pub took_place: Words,
    /// How words begin that tell what a gathering is against.
    pub against: Words,
    /// What one of the publisher's people is who does not speak for himself.
    pub offices: Words,
    /// Holders whom such texts charge rather than cite.
    pub charged: Words,
    /// Where somebody speaks by a title that names nobody.
    pub abroad: Words,
    /// How the verbs of such a title begin.
    pub abroad_says: Words,
}

impl English {
    /// Whether a verb of reporting does no more than that, in small letters: `said`, `noted that`.
    pub fn is_saying(&self, verb: &str) -> bool {
        let bare = verb.strip_suffix(" that").unwrap_or(verb);
        self.saying.include(verb) || self.saying.include(bare)
    }
}
