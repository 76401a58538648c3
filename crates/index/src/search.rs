//! An index that is open: counts, hits, contexts.

use std::collections::BTreeSet;
use std::path::PathBuf;

use corpus::{Corpus, Date};
use serde::Deserialize;
use tantivy::schema::{Field, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument};

use crate::candidates::Candidates;
use crate::concordance::Concordance;
use crate::evaluate::{Subject, evaluate};
use crate::plan::{Counted, Plan};
use crate::positions::{Count, Run};
use crate::record::{Codes, Head};
use crate::schema::Fields;
use crate::stems::Stems;
use crate::tally::{Grouping, Tally, Totals};
use crate::update;
use crate::{Error, Filters, Hit, Options, Place, Query, Result};

/// Blocks of stored text that a thread keeps unpacked.
const CACHED_BLOCKS: usize = 4;

/// The index of a corpus at its last commit; a writer does not disturb it.
pub struct Index {
    path: PathBuf,
    fields: Fields,
    searcher: Searcher,
}

/// All that matches a query, in order: by day (undated last), statement, turn.
#[derive(Debug)]
pub struct Found {
    pub(crate) matches: Vec<Match>,
    counted: Counted,
}

/// One turn that matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Whether it is undated, then the day.
    pub day: (bool, Option<Date>),
    pub statement: Box<str>,
    pub turn: u32,
    pub utterance: u32,
    /// How many segments a place starts in.
    pub segments: u32,
    pub places: Vec<Place>,
    pub address: DocAddress,
}

/// A turn as it is stored.
pub(crate) struct Stored<'i> {
    document: TantivyDocument,
    index: &'i Index,
}

/// The part of a head that puts matches in order.
#[derive(Deserialize)]
struct OrderKey {
    statement: Box<str>,
    turn: u32,
    date: Option<Date>,
    lang: corpus::Lang,
}

impl Index {
    /// Opens the index of a corpus at its last commit.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Version`].
    pub fn open(corpus: &Corpus) -> Result<Self> {
        let path = corpus.index();
        let (index, _) = update::open_current(&path)?;
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into()?;
        Ok(Self { path, fields: Fields::new(), searcher: reader.searcher() })
    }

    /// How many turns are indexed.
    pub fn turns(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Exact totals.
    ///
    /// # Errors
    /// Where a term stands for too many forms or the index cannot be read.
    pub fn search(&self, query: &Query, filters: &Filters, options: &Options) -> Result<Totals> {
        let plan = &self.plan(query, options)?;
        let Some(run) = &Run::of(plan, options) else {
            return Ok(self.find(query, filters, options)?.totals());
        };
        let counts = self.each_segment(|reader, _| {
            let candidates =
                Candidates { searcher: &self.searcher, reader, fields: &self.fields, plan };
            run.count(reader, self.fields.text, &candidates.passing(filters)?)
        })?;
        let mut all = Count::default();
        counts.into_iter().for_each(|count| all.merge(count));
        Ok(all.totals())
    }

    /// By which rule a query is counted, and which forms are counted with its terms.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn counted(&self, query: &Query, options: &Options) -> Result<Counted> {
        Ok(self.plan(query, options)?.counted)
    }

    /// All that matches, in order.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn find(&self, query: &Query, filters: &Filters, options: &Options) -> Result<Found> {
        let plan = &self.plan(query, options)?;
        let parts = self.each_segment(|reader, n| self.scan(reader, n, plan, filters))?;
        let mut matches: Vec<Match> = parts.into_iter().flatten().collect();
        matches.sort_unstable();
        Ok(Found { matches, counted: plan.counted.clone() })
    }

    /// Totals of what was found, by group; groups in order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn tally(&self, found: &Found, by: &[Grouping]) -> Result<Vec<(Vec<String>, Totals)>> {
        let mut tally = Tally::default();
        for one in &found.matches {
            let head = self.stored(one.address)?.head()?;
            tally.add(by.iter().map(|grouping| grouping.of(&head)).collect(), one);
        }
        Ok(tally.groups())
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
            Ok(Hit::new(stored.head()?, stored.text(), &one.places))
        })
    }

    /// The keywords of what was found, to be set in their contexts.
    pub fn concordance<'f>(&'f self, found: &'f Found, query: &'f Query) -> Concordance<'f> {
        Concordance::new(self, found, query)
    }

    /// The turns of one statement in order, with their texts; empty where it is not indexed.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn statement(&self, id: &str) -> Result<Vec<(Head, String)>> {
        let name = crate::schema::folded_name(id);
        let term = tantivy::Term::from_field_text(self.fields.statement, &name);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let addresses = self.searcher.search(&query, &tantivy::collector::DocSetCollector)?;
        let mut turns = Vec::new();
        for address in addresses {
            let stored = self.stored(address)?;
            turns.push((stored.head()?, stored.text().to_owned()));
        }
        turns.retain(|(head, _)| head.statement == id);
        turns.sort_by_key(|(head, _)| head.turn);
        Ok(turns)
    }

    pub(crate) fn stored(&self, address: DocAddress) -> Result<Stored<'_>> {
        Ok(Stored { document: self.searcher.doc(address)?, index: self })
    }

    fn plan(&self, query: &Query, options: &Options) -> Result<Plan> {
        Plan::new(query, options, |word| self.same_stem(word))
    }

    /// What `run` gives for each index segment, on a thread each.
    fn each_segment<T: Send>(
        &self,
        run: impl Fn(&SegmentReader, u32) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let (readers, run) = (self.searcher.segment_readers(), &run);
        if let [reader] = readers {
            return Ok(vec![run(reader, 0)?]);
        }
        std::thread::scope(|scope| {
            let segments = readers.iter().zip(0u32..);
            let runs: Vec<_> =
                segments.map(|(reader, n)| scope.spawn(move || run(reader, n))).collect();
            let joined = runs.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined.map(|part| part.unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
        })
    }

    /// What matches in one index segment, in no order.
    fn scan(
        &self,
        reader: &SegmentReader,
        segment: u32,
        plan: &Plan,
        filters: &Filters,
    ) -> Result<Vec<Match>> {
        let candidates =
            Candidates { searcher: &self.searcher, reader, fields: &self.fields, plan };
        let docs = candidates.find(filters)?;
        let mut matches = Vec::new();
        if docs.is_empty() {
            return Ok(matches);
        }
        let store: StoreReader = reader.get_store_reader(CACHED_BLOCKS)?;
        for doc in docs.iter() {
            let stored = Stored { document: store.get(doc)?, index: self };
            matches.extend(check(&stored, plan, DocAddress::new(segment, doc))?);
        }
        Ok(matches)
    }

    /// The words of the index that share the stem of the folded `word`, sorted.
    fn same_stem(&self, word: &str) -> Result<Vec<String>> {
        let stemmer = Stems::new();
        let stems = stemmer.of(word);
        let mut found = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(self.fields.text)?;
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

/// The turn as a match, where it is one.
fn check(stored: &Stored<'_>, plan: &Plan, address: DocAddress) -> Result<Option<Match>> {
    let key: OrderKey = stored.parse(stored.index.fields.head)?;
    let head = if plan.needs_head { Some(stored.head()?) } else { None };
    let codes = stored.codes()?;
    let subject =
        Subject { text: stored.text(), lang: key.lang, codes: &codes, head: head.as_ref() };
    let Some(places) = evaluate(plan, &subject) else { return Ok(None) };
    let segments: BTreeSet<usize> =
        places.iter().map(|place| codes.segment_at(place.start)).collect();
    Ok(Some(Match {
        day: (key.date.is_none(), key.date),
        statement: key.statement,
        turn: key.turn,
        utterance: codes.utterance,
        segments: segments.len() as u32,
        places,
        address,
    }))
}

impl Found {
    /// Totals of all that was found.
    pub fn totals(&self) -> Totals {
        let mut tally = Tally::default();
        self.matches.iter().for_each(|one| tally.add(Vec::new(), one));
        tally.groups().into_iter().next().map(|(_, totals)| totals).unwrap_or_default()
    }

    /// By which rule it was counted.
    pub fn counted(&self) -> &Counted {
        &self.counted
    }

    /// How many turns match.
    pub fn len(&self) -> usize {
        self.matches.len()
    }

    /// Whether nothing matches.
    pub fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }
}

impl Stored<'_> {
    pub fn text(&self) -> &str {
        self.field(self.index.fields.text)
    }

    pub fn head(&self) -> Result<Head> {
        self.parse(self.index.fields.head)
    }

    pub fn codes(&self) -> Result<Codes> {
        self.parse(self.index.fields.codes)
    }

    fn field(&self, field: Field) -> &str {
        self.document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn parse<'s, T: Deserialize<'s>>(&'s self, field: Field) -> Result<T> {
        serde_json::from_str(self.field(field)).map_err(|e| Error::Damaged {
            path: self.index.path.clone(),
            reason: format!("a record does not parse: {e}"),
        })
    }
}
