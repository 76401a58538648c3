//! An index that is open: counts, hits, contexts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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
const LONG_TURNS: u32 = 2_000;

/// Room for so many turns is made at once.
const SOME_TURNS: usize = 256;

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
        Ok(Self { parts: parts(&path, &searcher, &fields)?, path, fields, searcher })
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
        // All turns of a statement are in one part.
        let mut totals = Totals::default();
        let mut uncounted = Vec::new();
        for part in &self.parts {
            let known = frequent.map(|token| part.counted(token));
            match known.transpose()?.flatten() {
                Some(known) => totals += known,
                None => uncounted.push(part),
            }
        }
        let counted = self.each_part(plan, uncounted, |part, terms| {
            let mut found = Vec::with_capacity(SOME_TURNS);
            scan(self, part, plan, terms, filters, |one| {
                found.push((one.doc, one.segments, one.occurrences));
            })?;
            // In a loop of nothing else the processor fetches the numbers of many turns at once.
            let (turns, mut tally) = (part.turns(), Tally::default());
            for (doc, segments, occurrences) in found {
                turns.add(&mut tally, doc, segments, occurrences);
            }
            Ok(tally.totals)
        })?;
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
        let parts = self.each_part(&plan, &self.parts, |part, terms| {
            let ranks: Vec<u32> = part.sources.iter().map(|source| ranks[source]).collect();
            let mut matches = Vec::new();
            scan(self, part, &plan, terms, filters, |one| {
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

    /// What `run` gives for each of the parts and the plan's terms there, `None` where only the
    /// text decides them; where it takes long, on as many threads as can run at once.
    fn each_part<'p, T: Send>(
        &self,
        plan: &Plan,
        parts: impl IntoIterator<Item = &'p Part>,
        run: impl Fn(&Part, Option<&[LookedUp]>) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let look_up = |part: &'p Part| {
            let look_up = |term: &Spelled| term.look_up(part, self.fields.text);
            let terms = plan.spelled(part).map(|terms| terms.iter().map(look_up).collect());
            Ok((part, terms.transpose()?))
        };
        let parts: Vec<(&Part, Option<Vec<LookedUp>>)> =
            parts.into_iter().map(look_up).collect::<Result<_>>()?;
        if parts.len() < 2 || !self.is_long(plan, &parts) {
            return parts.iter().map(|(part, terms)| run(part, terms.as_deref())).collect();
        }
        // Threads that stand ready: starting some, and asking how many can run, takes longer than
        // most searches.
        let threads = rayon::current_num_threads().min(parts.len());
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(parts.len())));
        let work = || {
            while let Some((part, terms)) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                let result = run(part, terms.as_deref());
                done.lock().unwrap_or_else(PoisonError::into_inner).push((part.n, result));
            }
        };
        rayon::in_place_scope(|scope| {
            (1..threads).for_each(|_| scope.spawn(|_| work()));
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(n, _)| *n);
        done.into_iter().map(|(_, result)| result).collect()
    }

    /// Whether a search in parts, each with the plan's terms there, takes so long that starting
    /// threads for it pays: where text is read, and where much of a large index is walked.
    fn is_long(&self, plan: &Plan, parts: &[(&Part, Option<Vec<LookedUp>>)]) -> bool {
        let mut walked = 0;
        for (_, terms) in parts {
            let Some(terms) = terms else { return true };
            let sizes = terms.iter().map(LookedUp::size);
            // Where all terms must be there, the rarest leads.
            walked +=
                if plan.joined().is_some() { sizes.min().unwrap_or_default() } else { sizes.sum() };
        }
        self.turns() >= MANY_TURNS && walked > LONG_TURNS
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

/// The parts of the index in `folder`.
pub(crate) fn parts(folder: &Path, searcher: &Searcher, fields: &Fields) -> Result<Vec<Part>> {
    let numbered = searcher.segment_readers().iter().zip(0u32..);
    numbered.map(|(segment, n)| Part::open(folder, n, segment, fields)).collect()
}
