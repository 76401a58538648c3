//! The fields of the index: one document a turn.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::code_tokens::CodeTokenizer;
use crate::tokens::TurnTokenizer;

/// The names under which the tokenizers of turns and of their codes are registered.
const TOKENIZER: &str = "turn";
const CODE_TOKENIZER: &str = "codes";

/// The fields, by what they hold.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub schema: Schema,
    /// Words and bigrams of the turn's text at their steps (see `tokens`); the text itself is
    /// stored: what positions do not decide is verified on it.
    pub text: Field,
    /// Words and bigrams of the title.
    pub title: Field,
    /// Everything else about the turn that a hit shows, as JSON. Stored only.
    pub head: Field,
    /// Segments and codes with their spans, as JSON. Stored only.
    pub codes: Field,
    /// What the turn carries: `frame:hegemony`, `blame:US`, each at its number among the turn's
    /// coded places; `naming:invasion@ukraine-war` beside `naming:invasion`; `voice:own` and
    /// `topic:taiwan` at the number of each segment.
    pub code: Field,
    /// The partition that the turn came from, as it was then: what an update drops.
    pub partition: Field,
    pub statement: Field,
    pub source: Field,
    pub country: Field,
    pub issuer: Field,
    pub carrier: Field,
    pub lang: Field,
    pub genre: Field,
    pub role: Field,
    pub speaker: Field,
    pub asker: Field,
    /// A number for the statement, the numbers of turn and utterance, the steps before each
    /// segment, and the segment of each coded place: what hits are counted and put in order by
    /// without reading what is stored.
    pub statement_key: Field,
    pub turn: Field,
    pub utterance: Field,
    pub segments: Field,
    pub coded_segments: Field,
    /// The day as the number `YYYYMMDD`; undated turns have none.
    pub date: Field,
}

impl Fields {
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let tokenized = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(tokenized);
        let text = builder.add_text_field("text", words.clone().set_stored());
        let title = builder.add_text_field("title", words);
        let head = builder.add_text_field("head", STORED);
        let codes = builder.add_text_field("codes", STORED);
        let named = TextFieldIndexing::default()
            .set_tokenizer(CODE_TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let code =
            builder.add_text_field("code", TextOptions::default().set_indexing_options(named));
        let [source, lang] =
            ["source", "lang"].map(|name| builder.add_text_field(name, STRING.set_fast("raw")));
        let mut exact = |name: &str| builder.add_text_field(name, STRING);
        let [partition, statement, country, issuer, carrier] =
            ["partition", "statement", "country", "issuer", "carrier"].map(&mut exact);
        let [genre, role, speaker, asker] = ["genre", "role", "speaker", "asker"].map(&mut exact);
        let date = builder.add_u64_field("date", FAST | INDEXED);
        let [statement_key, turn, utterance, segments, coded_segments] =
            ["statement_key", "turn", "utterance", "segments", "coded_segments"]
                .map(|name| builder.add_u64_field(name, FAST));
        let schema = builder.build();
        Self {
            schema,
            text,
            title,
            head,
            codes,
            code,
            partition,
            statement,
            source,
            country,
            issuer,
            carrier,
            lang,
            genre,
            role,
            speaker,
            asker,
            date,
            statement_key,
            turn,
            utterance,
            segments,
            coded_segments,
        }
    }
}

/// The tokenizers of an index made here, for who opens it with tantivy itself.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TOKENIZER, TurnTokenizer::default());
    manager.register(CODE_TOKENIZER, CodeTokenizer::default());
    manager
}

/// The number that a day is indexed as.
pub(crate) fn day_number(date: corpus::Date) -> u64 {
    let day = date.0;
    let (year, month) =
        (u64::from(day.year().unsigned_abs()), u64::from(day.month().unsigned_abs()));
    year * 10_000 + month * 100 + u64::from(day.day().unsigned_abs())
}

/// The form under which names (speakers, issuers) are compared: folded, without outer space.
pub(crate) fn folded_name(name: &str) -> String {
    corpus::pattern::Folded::new(name.trim()).text().to_owned()
}
