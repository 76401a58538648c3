//! An index that is open: counts, hits, contexts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use corpus::Corpus;
use tantivy::{DocAddress, Searcher};

use crate::concordance::Concordance;
use crate::found::{Found, Match};
use crate::part::Part;
use crate::places::{LookedUp, Spelled};
use crate::plan::{Counted, Plan};
use crate::record::Head;
use crate::scan::scan;
use crate::schema::Fields;
use crate::stems::Stems;
use crate::stored::Stored;
use crate::tally::{Grouping, Tally, Totals};
use crate::update;
use crate::{Filters, Hit, Options, Query, Result};

/// Blocks of stored text that are kept unpacked.
const CACHED_BLOCKS: usize = 16;

/// In an index of fewer turns no count by positions is worth a thread.
const MANY_TURNS: u64 = 200_000;
/// Turns that are counted on one thread faster than on several.
const LONG_TURNS: u32 = 10_000;

/// The index of a corpus at its last commit; a writer does not disturb it.
pub struct Index {
    pub(crate) path: PathBuf,
    pub(crate) fields: Fields,
    pub(crate) parts: Vec<Part>,
    searcher: Searcher,
}

impl Index {
    /// Opens the index of a corpus at its last commit.
    ///
    /// # Errors
    /// [`crate::Error::Missing`], [`crate::Error::Version`], [`crate::Error::Damaged`].
    pub fn open(corpus: &Corpus) -> Result<Self> {
        let path = corpus.index();
        let (index, _) = update::open_current(&path)?;
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into()?;
        let (fields, searcher) = (Fields::new(), reader.searcher());
        Ok(Self { path, parts: parts(&searcher, &fields)?, fields, searcher })
    }

    /// How many turns are indexed.
    pub fn turns(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Whether a source's turns are indexed.
    pub fn has_source(&self, id: &str) -> bool {
        let name = crate::schema::folded_name(id);
        self.parts.iter().any(|part| part.sources.contains(&name))
    }

    /// Exact totals.
    ///
    /// # Errors
    /// Where a term stands for too many forms or the index cannot be read.
    pub fn search(&self, query: &Query, filters: &Filters, options: &Options) -> Result<Totals> {
        let plan = &self.plan(query, options)?;
        let frequent = plan.token().filter(|_| *filters == Filters::default());
        let terms = self.looked_up(plan)?;
        let is_long = frequent.is_none() && self.is_long(&terms);
        let counted = self.each_part(is_long, |part| {
            if let Some(token) = frequent
                && let Some(totals) = part.counted(&self.path, self.fields.text, token)?
            {
                return Ok(totals);
            }
            let (mut docs, mut counts) = (Vec::new(), Vec::new());
            scan(self, part, plan, terms[part.n as usize].as_deref(), filters, |one| {
                docs.push(one.doc);
                counts.push((one.segments, one.occurrences));
            })?;
            let mut tally = Tally::default();
            let keys = part.statement_keys(&docs).into_iter().zip(part.utterances(&docs));
            for ((key, utterance), (segments, occurrences)) in keys.zip(counts) {
                tally.add(key, utterance as u32, segments, occurrences);
            }
            Ok(tally.totals)
        })?;
        // All turns of a statement are in one part.
        let mut totals = Totals::default();
        counted.into_iter().for_each(|part| totals += part);
        Ok(totals)
    }

    /// By which rule a query is counted, and which forms are counted with its terms.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn counted(&self, query: &Query, options: &Options) -> Result<Counted> {
        Ok(self.plan(query, options)?.counted)
    }

    /// All that matches, in order: by day (undated last), source, statement, turn.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn find(&self, query: &Query, filters: &Filters, options: &Options) -> Result<Found> {
        let plan = self.plan(query, options)?;
        let sources: BTreeSet<&String> = self.parts.iter().flat_map(|part| &part.sources).collect();
        let ranks: BTreeMap<&String, u32> = sources.into_iter().zip(0..).collect();
        let terms = self.looked_up(&plan)?;
        let parts = self.each_part(self.is_long(&terms), |part| {
            let ranks: Vec<u32> = part.sources.iter().map(|source| ranks[source]).collect();
            let mut matches = Vec::new();
            scan(self, part, &plan, terms[part.n as usize].as_deref(), filters, |one| {
                matches.push(Match::new(part, ranks[part.source(one.doc)], one));
            })?;
            Ok(matches)
        })?;
        let mut matches: Vec<Match> = parts.into_iter().flatten().collect();
        matches.sort_unstable();
        Found::new(self, plan, matches)
    }

    /// Totals of what was found, by group; groups in order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn tally(&self, found: &Found, by: &[Grouping]) -> Result<Vec<(Vec<String>, Totals)>> {
        let mut groups: BTreeMap<Vec<String>, Tally> = BTreeMap::new();
        for one in &found.matches {
            let part = &self.parts[one.address.segment_ord as usize];
            let from_columns = by.iter().map(|grouping| grouping.of_columns(part, one));
            let key = match from_columns.collect::<Option<Vec<_>>>() {
                Some(key) => key,
                None => {
                    let head = self.stored(one.address)?.head()?;
                    by.iter().map(|grouping| grouping.of(&head)).collect()
                }
            };
            one.add_to(groups.entry(key).or_default());
        }
        Ok(groups.into_iter().map(|(key, tally)| (key, tally.totals)).collect())
    }

    /// A page of what was found: `limit` hits from `offset` on.
    pub fn hits<'f>(
        &'f self,
        found: &'f Found,
        offset: usize,
        limit: usize,
    ) -> impl Iterator<Item = Result<Hit>> + 'f {
        found.matches.iter().skip(offset).take(limit).map(|one| {
            let stored = self.stored(one.address)?;
            let places = found.places(self, one, &stored)?;
            Ok(Hit::new(stored.head()?, stored.text(), &places))
        })
    }

    /// The keywords of what was found, to be set in their contexts.
    pub fn concordance<'f>(&'f self, found: &'f Found, query: &'f Query) -> Concordance<'f> {
        Concordance { index: self, found, query }
    }

    /// The turns of one statement in order, with their texts; empty where it is not indexed.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn statement(&self, id: &str) -> Result<Vec<(Head, String)>> {
        let name = crate::schema::folded_name(id);
        let mut turns = Vec::new();
        for part in &self.parts {
            let docs = part.living().and(&part.term(self.fields.statement, &name)?);
            for doc in docs.iter() {
                let stored = self.stored(DocAddress::new(part.n, doc))?;
                turns.push((stored.head()?, stored.text().to_owned()));
            }
        }
        turns.retain(|(head, _)| head.statement == id);
        turns.sort_by_key(|(head, _)| head.turn);
        Ok(turns)
    }

    pub(crate) fn stored(&self, address: DocAddress) -> Result<Stored<'_>> {
        Ok(Stored::new(self.searcher.doc(address)?, self))
    }

    fn plan(&self, query: &Query, options: &Options) -> Result<Plan> {
        Plan::new(query, options, |word| self.same_stem(word))
    }

    /// By part the terms of a plan; `None` where only the text decides them.
    fn looked_up(&self, plan: &Plan) -> Result<Vec<Option<Vec<LookedUp>>>> {
        let of_part = |part: &Part| {
            let look_up = |term: &Spelled| term.look_up(part, self.fields.text);
            plan.spelled(part).map(|terms| terms.iter().map(look_up).collect()).transpose()
        };
        self.parts.iter().map(of_part).collect()
    }

    /// Whether a search for these terms takes so long that starting threads for it pays: where
    /// text is read, and where terms of a large index stand in many turns.
    fn is_long(&self, terms: &[Option<Vec<LookedUp>>]) -> bool {
        let turns: u32 = terms.iter().flatten().flatten().map(LookedUp::size).sum();
        terms.iter().any(Option::is_none) || (self.turns() >= MANY_TURNS && turns > LONG_TURNS)
    }

    /// What `run` gives for each part; on a thread each where it takes long.
    fn each_part<T: Send>(
        &self,
        is_long: bool,
        run: impl Fn(&Part) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let (parts, run) = (&self.parts, &run);
        if parts.len() < 2 || !is_long {
            return parts.iter().map(run).collect();
        }
        std::thread::scope(|scope| {
            let runs: Vec<_> = parts.iter().map(|part| scope.spawn(move || run(part))).collect();
            let joined = runs.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined.map(|part| part.unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
        })
    }

    /// The words of the index that share the stem of the folded `word`, sorted.
    fn same_stem(&self, word: &str) -> Result<Vec<String>> {
        let stemmer = Stems::new();
        let stems = stemmer.of(word);
        let mut found = BTreeSet::new();
        for part in &self.parts {
            let index = part.reader.inverted_index(self.fields.text)?;
            for start in stems.iter().map(|stem| stem.chars().take(2).collect::<String>()) {
                let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
                while stream.advance() && stream.key().starts_with(start.as_bytes()) {
                    let Ok(form) = std::str::from_utf8(stream.key()) else { continue };
                    if stemmer.holds(&stems, form) {
                        found.insert(form.to_owned());
                    }
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}

/// The parts of an index.
pub(crate) fn parts(searcher: &Searcher, fields: &Fields) -> Result<Vec<Part>> {
    let numbered = searcher.segment_readers().iter().zip(0u32..);
    numbered.map(|(segment, n)| Part::open(n, segment, fields)).collect()
}
