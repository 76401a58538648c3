//! A plan: a query made ready for one index and one set of options.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use corpus::pattern::{Entry, Matcher, Term};
use serde::Serialize;

use crate::part::Part;
use crate::places::Spelled;
use crate::query::{Expr, Family, FieldName, FieldTest, Unit};
use crate::{Error, Options, Query, Result, orthography};

/// The most forms that one term may stand for.
const MAX_FORMS: usize = 500;

/// By which rule a query was counted, for the reader of the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// `exact forms` or `codebook boundaries and exclusions`.
    pub rule: &'static str,
    /// For each term that other forms were added to (stems, spellings): what was counted.
    pub forms: BTreeMap<String, Vec<String>>,
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.rule)?;
        for (term, forms) in &self.forms {
            write!(f, "; {term}: {}", forms.join(", "))?;
        }
        Ok(())
    }
}

/// What a turn is checked against.
#[derive(Debug)]
pub(crate) struct Plan {
    pub node: Node,
    /// What the whole query joins in.
    pub unit: Unit,
    pub has_places: bool,
    /// What the terms count, by their numbers.
    pub leaves: Vec<Entry>,
    /// The leaves as tokens, where positions decide them all.
    spelled: Option<Vec<Spelled>>,
    pub codes: Vec<CodeTest>,
    pub tests: Vec<Test>,
    /// Whether leaves are matched on simplified characters.
    pub simplified: bool,
    pub counted: Counted,
    matcher: OnceLock<Matcher>,
}

/// A part of a plan; terms, codes and tests are numbers of the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Term(usize),
    Sequence { words: Vec<usize>, slop: u32 },
    Near { one: usize, other: usize, distance: u32 },
    Code(usize),
    Test(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Within(Unit, Box<Node>),
}

/// A codebook entry that is looked for in segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeTest {
    pub family: Family,
    pub id: CodeId,
    pub referent: Option<String>,
}

/// What holds of a whole turn or does not.
#[derive(Debug)]
pub(crate) enum Test {
    Is {
        field: FieldName,
        value: String,
        open_end: bool,
    },
    Date {
        from: Option<corpus::Date>,
        to: Option<corpus::Date>,
    },
    /// The title holds the only entry of the matcher.
    Title(Box<Matcher>),
}

/// The id of a code, or what it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeId {
    pub id: String,
    pub open_end: bool,
}

impl CodeId {
    pub fn fits(&self, id: &str) -> bool {
        if self.open_end { id.starts_with(&self.id) } else { id == self.id }
    }
}

impl Plan {
    /// Makes `query` ready; `stemmed` gives the words of the index that share a stem.
    pub fn new(
        query: &Query,
        options: &Options,
        stemmed: impl Fn(&str) -> Result<Vec<String>>,
    ) -> Result<Self> {
        let mut builder = Builder {
            options,
            stemmed: &stemmed,
            leaves: Vec::new(),
            known: BTreeMap::new(),
            codes: Vec::new(),
            tests: Vec::new(),
            forms: BTreeMap::new(),
        };
        let expr = query.expr();
        let node = builder.node(expr)?;
        let rule =
            if options.boundaries { "codebook boundaries and exclusions" } else { "exact forms" };
        let reads_text = options.boundaries || options.fold_orthography || node.counts_words();
        let spelled = || builder.leaves.iter().map(Spelled::of).collect();
        Ok(Self {
            node,
            unit: if expr.names_code() { Unit::Segment } else { Unit::Turn },
            has_places: expr.has_places(),
            spelled: if reads_text { None } else { spelled() },
            leaves: builder.leaves,
            codes: builder.codes,
            tests: builder.tests,
            simplified: options.fold_orthography,
            counted: Counted { rule, forms: builder.forms },
            matcher: OnceLock::new(),
        })
    }

    /// The leaves as tokens, where positions decide them all in this part of the index.
    pub fn spelled(&self, part: &Part) -> Option<&[Spelled]> {
        let spelled = self.spelled.as_deref()?;
        let hidden = part.has_long_words && spelled.iter().any(|leaf| leaf.has_open_ends);
        (!hidden).then_some(spelled)
    }

    /// The only token of a plan that is one.
    pub fn token(&self) -> Option<&str> {
        match (&self.node, self.spelled.as_deref()) {
            (Node::Term(leaf), Some(spelled)) => spelled[*leaf].token(),
            _ => None,
        }
    }

    /// The terms of a plan that is nothing but terms and tests joined in the turn.
    pub fn joined(&self) -> Option<Vec<usize>> {
        let parts = match &self.node {
            Node::And(parts) => parts.as_slice(),
            node => std::slice::from_ref(node),
        };
        let mut terms = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Node::Term(leaf) => terms.push(*leaf),
                Node::Test(_) => {}
                _ => return None,
            }
        }
        (!terms.is_empty() && self.unit == Unit::Turn).then_some(terms)
    }

    /// Looks for all leaves in a text; made when it is first needed.
    ///
    /// # Errors
    /// [`Error::TooManyForms`] where they do not fit into one automaton.
    pub fn matcher(&self) -> Result<&Matcher> {
        if let Some(made) = self.matcher.get() {
            return Ok(made);
        }
        let made = matcher(self.leaves.clone())?;
        Ok(self.matcher.get_or_init(|| made))
    }
}

fn matcher(leaves: Vec<Entry>) -> Result<Matcher> {
    let terms = leaves.iter().flat_map(|leaf| &leaf.terms);
    let term = terms.clone().next().map_or("", Term::written).to_owned();
    let forms = terms.count();
    Matcher::new(leaves).map_err(|_| Error::TooManyForms { term, forms, most: MAX_FORMS })
}

impl Node {
    /// Whether a turn without `part`, a term, code or test, never matches.
    pub fn needs(&self, part: &Node) -> bool {
        let is = |leaf: &usize| *part == Self::Term(*leaf);
        match self {
            Self::Term(_) | Self::Code(_) | Self::Test(_) => self == part,
            Self::Sequence { words, .. } => words.iter().any(is),
            Self::Near { one, other, .. } => is(one) || is(other),
            Self::And(parts) => parts.iter().any(|joined| joined.needs(part)),
            Self::Within(_, inner) => inner.needs(part),
            Self::Or(_) | Self::Not(_) => false,
        }
    }

    /// Whether the words between places are counted.
    fn counts_words(&self) -> bool {
        match self {
            Self::Sequence { .. } | Self::Near { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::counts_words),
            Self::Not(part) | Self::Within(_, part) => part.counts_words(),
            Self::Term(_) | Self::Code(_) | Self::Test(_) => false,
        }
    }
}

impl CodeTest {
    /// Whether it names a code: `family:id`, or a blamed target's id alone.
    pub fn fits(&self, code: &str) -> bool {
        match self.family {
            Family::Blame | Family::Voice => self.id.fits(code),
            _ => code
                .split_once(':')
                .is_some_and(|(of, rest)| of == self.family.name() && self.id.fits(rest)),
        }
    }
}

struct Builder<'o> {
    options: &'o Options,
    stemmed: &'o dyn Fn(&str) -> Result<Vec<String>>,
    leaves: Vec<Entry>,
    /// The leaves by what was written.
    known: BTreeMap<String, usize>,
    codes: Vec<CodeTest>,
    tests: Vec<Test>,
    forms: BTreeMap<String, Vec<String>>,
}

impl Builder<'_> {
    fn node(&mut self, expr: &Expr) -> Result<Node> {
        Ok(match expr {
            Expr::Term(written) => Node::Term(self.leaf(written)?),
            Expr::Sequence { words, slop } => {
                let words = words.iter().map(|w| self.leaf(w)).collect::<Result<_>>()?;
                Node::Sequence { words, slop: *slop }
            }
            Expr::Near { one, other, distance } => {
                Node::Near { one: self.leaf(one)?, other: self.leaf(other)?, distance: *distance }
            }
            Expr::Code { family, id, referent } => {
                let (id, open_end) = match id.strip_suffix('*') {
                    Some(start) => (start, true),
                    None => (id.as_str(), false),
                };
                let id = CodeId { id: id.to_owned(), open_end };
                self.codes.push(CodeTest { family: *family, id, referent: referent.clone() });
                Node::Code(self.codes.len() - 1)
            }
            Expr::Field(FieldTest::Is { field, value, open_end }) => {
                self.test(Test::Is { field: *field, value: value.clone(), open_end: *open_end })
            }
            Expr::Field(FieldTest::Title(term)) => {
                let entry = self.entry(term)?;
                self.test(Test::Title(Box::new(matcher(vec![entry])?)))
            }
            Expr::Field(FieldTest::Date { from, to }) => {
                self.test(Test::Date { from: *from, to: *to })
            }
            Expr::And(parts) => Node::And(self.nodes(parts)?),
            Expr::Or(parts) => Node::Or(self.nodes(parts)?),
            Expr::Not(part) => Node::Not(Box::new(self.node(part)?)),
            Expr::Within(unit, part) => Node::Within(*unit, Box::new(self.node(part)?)),
        })
    }

    fn nodes(&mut self, parts: &[Expr]) -> Result<Vec<Node>> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn test(&mut self, test: Test) -> Node {
        self.tests.push(test);
        Node::Test(self.tests.len() - 1)
    }

    /// The number of the leaf that looks for `written`.
    fn leaf(&mut self, written: &str) -> Result<usize> {
        if let Some(known) = self.known.get(written) {
            return Ok(*known);
        }
        let entry = self.entry(written)?;
        self.leaves.push(entry);
        self.known.insert(written.to_owned(), self.leaves.len() - 1);
        Ok(self.leaves.len() - 1)
    }

    /// What `written` counts.
    fn entry(&mut self, written: &str) -> Result<Entry> {
        let forms = self.forms_of(written)?;
        let mut terms = Vec::with_capacity(forms.len());
        for form in &forms {
            let term = if self.options.boundaries { Term::bounded(form) } else { Term::bare(form) };
            // The parser has read the written form; a form made from it is never wrong.
            terms.extend(term.ok());
        }
        let excludes = if self.options.boundaries { self.excludes(&terms) } else { Vec::new() };
        if forms.len() > 1 {
            self.forms.insert(written.to_owned(), forms);
        }
        Ok(Entry { terms, excludes })
    }

    /// The term as it is matched, first, and all other forms asked for.
    fn forms_of(&self, written: &str) -> Result<Vec<String>> {
        let mut forms = vec![written.to_owned()];
        if self.options.fold_orthography {
            forms = orthography::spellings(written);
        }
        if self.options.stem {
            let mut stemmed = Vec::new();
            for form in &forms {
                stemmed.extend(self.stem_forms(form)?);
            }
            forms = stemmed;
        }
        let mut kept: Vec<String> = Vec::with_capacity(forms.len());
        for form in forms {
            if !kept.contains(&form) {
                kept.push(form);
            }
        }
        self.bounded(written, kept.len())?;
        Ok(kept)
    }

    /// The phrase with each of its words in all forms of the stem.
    fn stem_forms(&self, phrase: &str) -> Result<Vec<String>> {
        let mut phrases = vec![String::new()];
        for word in phrase.split_whitespace() {
            let mut forms = vec![word.to_owned()];
            if word.bytes().all(|b| b.is_ascii_alphabetic()) {
                let folded = word.to_ascii_lowercase();
                forms.extend((self.stemmed)(&folded)?.into_iter().filter(|f| *f != folded));
            }
            self.bounded(phrase, phrases.len() * forms.len())?;
            let joined = |start: &String, form: &String| {
                if start.is_empty() { form.clone() } else { format!("{start} {form}") }
            };
            phrases = phrases
                .iter()
                .flat_map(|start| forms.iter().map(move |form| joined(start, form)))
                .collect();
        }
        Ok(phrases)
    }

    fn bounded(&self, term: &str, forms: usize) -> Result<()> {
        if forms <= MAX_FORMS {
            return Ok(());
        }
        Err(Error::TooManyForms { term: term.to_owned(), forms, most: MAX_FORMS })
    }

    /// The exclusions of every codebook entry that lists one of the terms.
    fn excludes(&self, terms: &[Term]) -> Vec<Term> {
        let same = |a: &Term, b: &Term| a.literals().eq(b.literals());
        let listing = self.options.entries.iter().filter(|entry| {
            entry.terms.iter().any(|listed| terms.iter().any(|term| same(listed, term)))
        });
        listing.flat_map(|entry| entry.excludes.iter().cloned()).collect()
    }
}
