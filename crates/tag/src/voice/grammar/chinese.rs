//! The lists by which Chinese tells who speaks; `voice-zh.toml` has examples.

use serde::Deserialize;

use crate::words::Words;

/// The words by which Chinese tells who speaks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Chinese {
    /// The commonest surnames.
    pub surnames: Words,
    /// The characters that write foreign names.
    pub foreign: Words,
    /// Verbs that do no more than say; what is said follows a comma.
    pub saying: Words,
    /// The same where the verb itself leads to what is said.
    pub saying_so: Words,
    /// What stands between a subject and its verb, in the order in which it is taken off.
    pub adverbs: Words,
    /// What in a clause tells that its verb says nothing of the kind.
    pub otherwise: Words,
    /// What ends a clause that has no speaker.
    pub nobody: Words,
    /// What follows the publisher where it opens or takes up what somebody else says.
    pub noticing: Words,
    /// The same before a comma.
    pub noticed: Words,
    /// What is noticed where nothing is said in it.
    pub only_noticed: Words,
    /// Words behind which the publisher speaks itself again.
    pub turns: Words,
    /// Verbs whose object is drawn upon and does not speak.
    pub drawn_upon: Words,
    /// Prepositions that lead to one of or to whom somebody else speaks.
    pub governing: Words,
    /// Verbs of reproach, which 他们 may only be told of.
    pub reproaches: Words,
    /// Those of them that may be what is done, and their words not given.
    pub deeds: Words,
    /// How such a deed is done.
    pub done: Words,
    /// Verbs of saying what is not so, with which a statement is another's.
    pub claiming: Words,
    /// How the names of texts end that are no paper.
    pub texts: Words,
    /// What ends the source of a sentence that opens with 据.
    pub sources: Words,
    /// Sources that are the speaker's own figures.
    pub figures: Words,
    /// Whose figures are somebody's words.
    pub bodies: Words,
    /// How a verb of reporting begins that names a paper in itself.
    pub papers: Words,
    /// How one begins that names an expert's writing.
    pub writings: Words,
    /// What ends a clause that tells what somebody should say.
    pub should: Words,
    /// Verbs that demand of somebody to say it again.
    pub demanding: Words,
    /// Verbs with which a reproach is only told of.
    pub suffered: Words,
    /// Words before 报道 where it is a thing and says nothing.
    pub noun_leads: Words,
}
