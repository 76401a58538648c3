//! Checking what can be checked without a network: the files of the configuration, and every
//! byte of the archive and of what the stages wrote.

use std::collections::BTreeSet;

use corpus::Corpus;
use corpus::archive::{self, AuditedFile};
use corpus::source::{Config, Discovery, Source, Sources};
use measure::Study;
use serde::Serialize;

use crate::files::{self, Files};
use crate::made::Made;
use crate::run::CODEBOOK;
use crate::{Progress, Reporter, Result, findings};

/// One thing that is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The file, below the configuration folder.
    pub file: String,
    /// What is wrong in it.
    pub reason: String,
}

/// Every mistake in sources, codebooks and studies; how many files were read.
///
/// # Errors
/// Where the folder cannot be read.
pub fn configuration(config: &Config) -> Result<(usize, Vec<Mistake>)> {
    let files = config.every_file()?;
    let mut mistakes = Vec::new();
    let mut wrong = |file: &str, reason: String| {
        mistakes.push(Mistake { file: file.to_owned(), reason });
    };
    match Sources::load(config) {
        Ok(sources) => {
            for source in sources.iter() {
                let file = format!("sources/{}.toml", source.id);
                of_source(source).into_iter().for_each(|reason| wrong(&file, reason));
            }
        }
        Err(error) => wrong("sources/", error.to_string()),
    }
    if let Err(error) = normalize::Outlets::load(config) {
        wrong("outlets.toml", error.to_string());
    }
    let part = |path: &str, n: usize| path.split('/').nth(n).map(str::to_owned);
    let books = files.iter().filter(|(path, _)| path.starts_with("codebook/"));
    let books: BTreeSet<String> = books.filter_map(|(path, _)| part(path, 1)).collect();
    for book in books {
        let folder = format!("codebook/{book}/");
        match tag::Codebook::load(config, &book).and_then(|book| tag::codebook::check(&book)) {
            Ok(found) => {
                for finding in found.into_iter().filter(|f| f.kind.is_problem()) {
                    wrong(&folder, format!("{}: {}", finding.code, finding.message));
                }
            }
            Err(error) => wrong(&folder, error.to_string()),
        }
    }
    for (path, text) in config.files("studies", "toml")? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = format!("studies/{stem}.toml");
        match Study::parse(&file, &text) {
            Ok(study) => of_study(&study, &stem, config).into_iter().for_each(|r| wrong(&file, r)),
            Err(measure::Error::Study { reason, .. }) => wrong(&file, reason),
            Err(error) => wrong(&file, error.to_string()),
        }
    }
    Ok((files.len(), mistakes))
}

/// What a study names that codebook and sources do not have. Where these cannot be read themselves,
/// that is told of them; one that is built in need not fit what somebody put in place of the others.
fn of_study(study: &Study, stem: &str, config: &Config) -> Vec<String> {
    if config.is_built_in(&format!("studies/{stem}.toml")) {
        return Vec::new();
    }
    let codebook = tag::Codebook::load(config, CODEBOOK).ok();
    let codes = codebook.and_then(|book| findings::codes(&book).ok()).unwrap_or_default();
    let mut reasons = study.unknown_codes(&codes);
    if let Ok(sources) = Sources::load(config) {
        let undeclared = study.undeclared(&sources).into_iter();
        reasons.extend(undeclared.map(|id| format!("no source file declares `{id}`")));
    }
    if study.id != stem {
        reasons.push(format!("id = \"{}\": it is not the file's name", study.id));
    }
    reasons
}

fn of_source(source: &Source) -> Vec<String> {
    let mut reasons = normalize::faults(source);
    if jiff::tz::TimeZone::get(&source.timezone).is_err() {
        reasons.push(format!("timezone = \"{}\" is no IANA zone", source.timezone));
    }
    if source.addresses.is_empty() && source.rows.is_empty() {
        reasons.push("neither `addresses` nor `rows`: nothing can belong to it".to_owned());
    }
    for discovery in &source.discoveries {
        reasons.extend(of_discovery(discovery));
    }
    for closed in source.expected.iter().flat_map(|e| &e.closed) {
        if closed.from > closed.to {
            reasons.push(format!("expected.closed: {} is after {}", closed.from, closed.to));
        }
    }
    reasons
}

fn of_discovery(discovery: &Discovery) -> Option<String> {
    let items = match discovery {
        Discovery::Listing(listing) => listing.items.clone(),
        Discovery::Days(days) => days.items.clone(),
        Discovery::Counter(_)
        | Discovery::Feed(_)
        | Discovery::Sitemap(_)
        | Discovery::Wayback(_) => return None,
    };
    let nowhere = "http://localhost/".parse().ok()?;
    let mistake = crawl::read_items("", &nowhere, &items).err();
    mistake.map(|reason| format!("discovery {}: {reason}", discovery.era()))
}

/// The audit of the whole archive, with progress by bytes.
///
/// # Errors
/// Where the archive cannot be read at all.
pub fn archive(corpus: &Corpus, reporter: &Reporter) -> Result<Vec<AuditedFile>> {
    let folder = corpus.archive();
    let mut total = 0;
    for entry in std::fs::read_dir(&folder).map_err(|e| corpus::Error::io(&folder, e))? {
        let entry = entry.map_err(|e| corpus::Error::io(&folder, e))?;
        if entry.file_name().to_string_lossy().ends_with(".warc.gz") {
            total += entry.metadata().map_or(0, |m| m.len());
        }
    }
    reporter.tell(Progress::Started { stage: "archive", total });
    Ok(archive::audit(corpus, &|bytes| reporter.tell(Progress::Stepped(bytes)))?)
}

/// The files that the stages wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Derived {
    /// How many were written.
    pub files: usize,
    /// The names of those that are gone or of other bytes than were written.
    pub differing: Vec<String>,
}

/// Every file that a stage wrote, held against its digest. Where it is not known what a stage
/// wrote last, its files are not counted.
pub fn derived(corpus: &Corpus) -> Derived {
    let Made { readings, statements, codes, .. } = Made::read(corpus);
    let statements = statements.map(|made| made.files).unwrap_or_default();
    let codes = codes.map(|made| made.files).unwrap_or_default();
    let written: Files = [readings, statements, codes].into_iter().flatten().collect();
    Derived { files: written.len(), differing: files::differing(corpus, &written) }
}
