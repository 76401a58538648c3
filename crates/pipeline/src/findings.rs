//! Findings of a corpus: the study, the codebook, the links and the partitions brought together.

use std::path::PathBuf;

use corpus::source::{Config, Sources};
use corpus::{Coded, Corpus, Digest, Link, Statement, partition};
use measure::{Code, Findings, Number, Provenance, Setting, Study};
use tag::Codebook;

use crate::export::with_codes;
use crate::{Error, Progress, Reporter, Result, Selection, corpus_digest};

/// What a report is asked for beside its study.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The codebook's name.
    pub codebook: String,
    /// Program and version, as the report names it.
    pub program: String,
    /// Only what was known at this time.
    pub as_of: Option<jiff::Timestamp>,
    /// How well the codes agree with coded samples.
    pub agreement: Vec<String>,
    /// Digest over everything that the numbers follow from ([`crate::bundle::Inputs::root`]).
    pub root: Option<Digest>,
}

/// The study `name` of the configuration.
///
/// # Errors
/// Where there is none, naming those there are, or where its file does not hold together.
pub fn study(config: &Config, name: &str) -> Result<Study> {
    let files = config.files("studies", "toml")?;
    let stem = |path: &std::path::Path| path.file_stem().map(|s| s.to_string_lossy().into_owned());
    match files.iter().find(|(path, _)| stem(path).as_deref() == Some(name)) {
        Some((path, text)) => Ok(Study::parse(&path.to_string_lossy(), text)?),
        None => {
            let known: Vec<String> = files.iter().filter_map(|(path, _)| stem(path)).collect();
            Err(Error::UnknownStudy { name: name.to_owned(), known: known.join(", ") })
        }
    }
}

/// Measures `study` over the coded text of `corpus`.
///
/// # Errors
/// Where text is not coded or the study does not hold together.
pub fn findings(
    corpus: &Corpus,
    config: &Config,
    study: &Study,
    asked: &Asked,
    reporter: &Reporter,
) -> Result<Findings> {
    let given = Given::load(corpus, config, asked)?;
    let partitions = || given.partitions(corpus, reporter);
    Ok(measure::measure(study, partitions, &given.links, &given.setting)?)
}

/// The same with one number alone, and all the places that it counts.
///
/// # Errors
/// As [`findings`], and where the findings have no such number.
pub fn places(
    corpus: &Corpus,
    config: &Config,
    study: &Study,
    asked: &Asked,
    number: &Number,
    reporter: &Reporter,
) -> Result<Findings> {
    let given = Given::load(corpus, config, asked)?;
    let partitions = || given.partitions(corpus, reporter);
    Ok(measure::places(study, partitions, &given.links, &given.setting, number)?)
}

/// What is measured, and with what.
struct Given {
    paths: Vec<PathBuf>,
    links: Vec<Link>,
    setting: Setting,
}

impl Given {
    fn load(corpus: &Corpus, config: &Config, asked: &Asked) -> Result<Self> {
        let links: Vec<Link> =
            if corpus.links().exists() { partition::read(&corpus.links())? } else { Vec::new() };
        let paths = Selection::default().partitions(corpus)?;
        let setting = setting(corpus, config, asked)?;
        Ok(Self { paths, links, setting })
    }

    /// All texts with their codes, in one of the rounds that measuring takes.
    fn partitions(
        &self,
        corpus: &Corpus,
        reporter: &Reporter,
    ) -> impl Iterator<Item = Result<(Vec<Statement>, Vec<Coded>)>> {
        reporter.tell(Progress::Started { stage: "measure", total: self.paths.len() as u64 });
        self.paths.iter().map(move |path| {
            let read = with_codes(corpus, path);
            reporter.tell(Progress::Stepped(1));
            read
        })
    }
}

fn setting(corpus: &Corpus, config: &Config, asked: &Asked) -> Result<Setting> {
    let codebook = Codebook::load(config, &asked.codebook)?;
    Ok(Setting {
        sources: Sources::load(config)?,
        codes: codes(&codebook)?,
        provenance: Provenance {
            program: asked.program.clone(),
            codebook: asked.codebook.clone(),
            codebook_digest: Some(codebook.digest().clone()),
            corpus_digest: Some(corpus_digest(corpus)?),
            as_of: asked.as_of.map(|time| time.to_string()),
            agreement: asked.agreement.clone(),
            spared: spared(&codebook),
            root: asked.root.clone(),
        },
        as_of: asked.as_of,
    })
}

/// What a codebook has of codes, topics and holders.
pub(crate) fn codes(codebook: &Codebook) -> Result<Vec<Code>> {
    let entries = codebook.entries.iter();
    let codes = entries.map(|entry| Code { code: entry.code(), label: entry.label.clone() });
    let holders = codebook.holders()?.into_iter();
    let holders = holders.map(|name| Code { code: format!("holder:{name}"), label: name });
    Ok(codes.chain(holders).collect())
}

/// Whom each publisher hardly ever charges, a clause a voice: `CN in its own words: Russia`.
fn spared(codebook: &Codebook) -> Vec<String> {
    let label = |id: &String| {
        let target = codebook.entry(&format!("target:{id}"));
        target.map_or_else(|| id.clone(), |target| target.label.clone())
    };
    let mut clauses = Vec::new();
    for publisher in &codebook.publishers {
        let spares = &publisher.spares;
        for (voice, targets) in [("its own", &spares.own), ("relayed", &spares.relayed)] {
            if !targets.is_empty() {
                let targets: Vec<String> = targets.iter().map(label).collect();
                let country = match publisher.country.as_str() {
                    "" => "any other state",
                    country => country,
                };
                clauses.push(format!("{country} in {voice} words: {}", targets.join(", ")));
            }
        }
    }
    clauses
}
