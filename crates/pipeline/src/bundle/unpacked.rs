//! An unpacked bundle: whether its codes follow from its texts, these from its archive, and its
//! report from all of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use corpus::source::Config;
use corpus::{Coded, Corpus, Digest, Statement, partition};
use rayon::prelude::*;
use report::{CsvOptions, FINDINGS};
use tag::{Codebook, Tagger};

use super::verify::{Check, Stop, differs, member, read};
use super::{ASKED, Entry, Makers, REPORT, Request, difference, json, numbers};
use crate::export::coded_path;
use crate::{Asked, Error, Progress, Reporter, Until};

/// The members in a folder, as a corpus with its configuration.
pub(super) struct Unpacked {
    scratch: PathBuf,
    corpus: Corpus,
    config: Config,
    request: Request,
    reporter: Reporter,
}

impl Unpacked {
    pub fn open(scratch: &Path, reporter: &Reporter) -> Check<Self> {
        let bytes = read(scratch, ASKED)?;
        let request: Request = member(ASKED, serde_json::from_slice(&bytes))?;
        if json(&request)? != bytes {
            return differs("asked.json is not as this program writes it");
        }
        Ok(Self {
            scratch: scratch.to_path_buf(),
            corpus: member("FORMAT", Corpus::open(scratch))?,
            config: Config::Folder(scratch.join("config")),
            request,
            reporter: reporter.clone(),
        })
    }

    /// Whether texts, codes and report follow from what they were made from.
    pub fn all_follows(
        &self,
        found: &BTreeMap<String, Entry>,
        root: &Digest,
        unchecked: &mut Vec<String>,
    ) -> Check {
        self.texts_have_their_digests()?;
        self.codes_follow(unchecked)?;
        if self.scratch.join("archive").is_dir() {
            self.texts_follow(unchecked)?;
        }
        self.report_follows(found, root, unchecked)
    }

    /// Who made the report, where this program would make it otherwise.
    pub fn other_version(&self) -> Option<String> {
        let this = Makers::OF_THIS_PROGRAM;
        let wrote = match self.request.made_by {
            Some(makers) if makers == this => return None,
            Some(makers) => makers.to_string(),
            None => "a version that does not say which".to_owned(),
        };
        let program = Some(self.request.program.as_str()).filter(|p| !p.is_empty());
        let program = program.map_or_else(String::new, |program| format!("{program}, "));
        Some(format!("the report was made by another version: {program}{wrote}; this is {this}"))
    }

    /// A part of the configuration. What another version wrote and this one cannot read is no
    /// difference: it cannot be verified here.
    fn configured<T, E: std::fmt::Display>(
        &self,
        name: &str,
        read: std::result::Result<T, E>,
    ) -> Check<T> {
        match (read, self.written_by_another()) {
            (Err(e), Some(other)) => Err(Stop::Fails(Error::Bundle {
                path: name.into(),
                reason: format!(
                    "{e}. This version cannot read the bundle's configuration, so that it says \
                     neither that it holds nor that it was changed: verify it with the version that \
                     wrote it ({other})"
                ),
            })),
            (read, _) => member(name, read),
        }
    }

    /// Which other version the report or the codes are of.
    fn written_by_another(&self) -> Option<String> {
        let this = format!("tag/{}", tag::VERSION);
        let coded = || partition::list(&self.corpus.coded()).unwrap_or_default();
        let stages = || coded().into_iter().filter_map(|path| partition::stamp(&path));
        let other = || stages().map(|stamp| stamp.stage).find(|stage| *stage != this);
        let codes =
            || other().map(|stage| format!("its texts were coded by {stage}; this is {this}"));
        self.other_version().or_else(codes)
    }

    fn texts_have_their_digests(&self) -> Check {
        for path in self.partitions("texts")? {
            let name = self.name(&path);
            for statement in member::<Vec<Statement>, _>(&name, partition::read(&path))? {
                if corpus::text_digest(&statement.turns) != statement.text_digest {
                    return differs(format!(
                        "{name}: {} has another text than its digest says",
                        statement.id
                    ));
                }
            }
        }
        Ok(())
    }

    /// Codes the texts again with the bundle's codebook.
    fn codes_follow(&self, unchecked: &mut Vec<String>) -> Check {
        let codebook = Codebook::load(&self.config, &self.request.codebook);
        let codebook = self.configured("config/codebook", codebook)?;
        let tagger = self.configured("config/codebook", Tagger::new(&codebook))?;
        let stage = format!("tag/{}", tag::VERSION);
        let mut others = Others::default();
        for path in self.partitions("codes")? {
            let coded_path = coded_path(&self.corpus, &path);
            let name = self.name(&coded_path);
            let statements: Vec<Statement> = partition::read(&path)?;
            let coded: Vec<Coded> = member(&name, partition::read(&coded_path))?;
            let again: Vec<Coded> = statements.par_iter().map(|s| tagger.tag(s)).collect();
            let mut wrong = again.iter().zip(&coded).filter(|(again, coded)| again != coded);
            let made_by = partition::stamp(&coded_path).map(|s| s.stage).filter(|by| *by != stage);
            if let Some(made_by) = made_by {
                others.add(made_by, (coded.len(), wrong.count()));
            } else if let Some((again, _)) = wrong.next() {
                return differs(format!(
                    "{name}: the codes of {} do not follow from its text",
                    again.statement
                ));
            }
            if again.len() != coded.len() {
                return differs(format!("{name}: {} texts, {} coded", again.len(), coded.len()));
            }
        }
        for (made_by, (texts, otherwise)) in others.0 {
            unchecked.push(format!(
                "{texts} texts were coded by {made_by}; this is {stage}, which codes {otherwise} \
                 of them otherwise: the numbers were computed from the codes in the bundle"
            ));
        }
        Ok(())
    }

    /// Reads the archive again, in a corpus of its own beside the bundle's.
    fn texts_follow(&self, unchecked: &mut Vec<String>) -> Check {
        let root = self.scratch.join("again");
        let again = Corpus::create(&root)?;
        for file in super::files_in(&self.corpus.archive())? {
            let Some(name) = file.file_name() else { continue };
            let target = again.archive().join(name);
            std::fs::copy(&file, &target).map_err(|e| corpus::Error::io(&target, e))?;
        }
        let (config, codebook) = (&self.config, &self.request.codebook);
        let ran = crate::run(&again, config, codebook, Until::Statements, &self.reporter);
        member("archive", ran)?;
        let stage = format!("normalize/{}", normalize::VERSION);
        let mut others = Others::default();
        for theirs in partition::list(&self.corpus.statements())? {
            let name = self.name(&theirs);
            let path = again.root().join(&name);
            let texts: Vec<Statement> = member(&name, partition::read(&theirs))?;
            let ours: Option<Vec<Statement>> = partition::read(&path).ok();
            let made_by = partition::stamp(&theirs).map(|s| s.stage).filter(|by| *by != stage);
            if let Some(made_by) = made_by {
                let ours = ours.unwrap_or_default();
                let otherwise = texts.iter().filter(|text| !ours.contains(text)).count();
                others.add(made_by, (texts.len(), otherwise));
            } else if ours.as_ref() != Some(&texts) {
                return differs(format!("{name} does not follow from the archive"));
            }
        }
        let paths = |corpus: &Corpus| partition::list(&corpus.statements());
        if others.0.is_empty() && paths(&again)?.len() != paths(&self.corpus)?.len() {
            return differs("the archive holds texts that are not in statements/");
        }
        for (made_by, (texts, otherwise)) in others.0 {
            unchecked.push(format!(
                "{texts} texts were read off the archive by {made_by}; this is {stage}, which \
                 reads {otherwise} of them otherwise: the numbers were computed from the texts in \
                 the bundle"
            ));
        }
        Ok(())
    }

    /// Makes the report again and compares every file of it.
    fn report_follows(
        &self,
        found: &BTreeMap<String, Entry>,
        root: &Digest,
        unchecked: &mut Vec<String>,
    ) -> Check {
        let study = crate::study(&self.config, &self.request.study);
        let study = self.configured("config/studies", study)?;
        let asked = Asked {
            codebook: self.request.codebook.clone(),
            program: self.request.program.clone(),
            as_of: self.request.as_of,
            agreement: self.request.agreement.clone(),
            root: Some(root.clone()),
        };
        let findings = crate::findings(&self.corpus, &self.config, &study, &asked, &self.reporter);
        let findings = member("the members", findings)?;
        let un = self.scratch.join("un");
        let data = un.is_dir().then_some(un.as_path());
        let votes = member("un", crate::study_votes(&self.config, &study, data))?;
        let mut files = report::files(&findings, votes.as_ref(), CsvOptions::default())?;
        files.sort_by_key(|(name, _)| name != FINDINGS);
        if let Some(other) = self.other_version() {
            unchecked.push(other);
            return self.numbers_follow(found, root, &files, unchecked);
        }
        for (name, bytes) in &files {
            let member = format!("{REPORT}{name}");
            let Some(_) = found.get(&member) else {
                return differs(format!("{member} is missing"));
            };
            if let Some(what) = difference::first(name, &read(&self.scratch, &member)?, bytes) {
                return differs(format!("{member}: {what}"));
            }
        }
        let known = |path: &str| files.iter().any(|(name, _)| path == format!("{REPORT}{name}"));
        match found.keys().find(|path| path.starts_with(REPORT) && !known(path)) {
            Some(extra) => differs(format!("{extra} is no file of the report")),
            None => Ok(()),
        }
    }

    /// Compares the numbers of a report that another version made with `files`.
    fn numbers_follow(
        &self,
        found: &BTreeMap<String, Entry>,
        root: &Digest,
        files: &[(String, Vec<u8>)],
        unchecked: &mut Vec<String>,
    ) -> Check {
        let (mut words, mut unknown) = (Vec::new(), Vec::new());
        let names = found.keys().filter_map(|path| path.strip_prefix(REPORT));
        for name in names {
            let path = format!("{REPORT}{name}");
            let Some((_, expected)) = files.iter().find(|(file, _)| file == name) else {
                unknown.push(path);
                continue;
            };
            let bytes = read(&self.scratch, &path)?;
            let Some(compared) = numbers::compare(name, &bytes, expected) else {
                words.push(path);
                continue;
            };
            let numbers::Compared { first, only_found, only_expected } = member(&path, compared)?;
            if let Some((number, found, expected)) = first {
                return differs(format!(
                    "{path}: {number} is {found}, the members give {expected}"
                ));
            }
            if only_found + only_expected > 0 {
                unchecked.push(format!(
                    "{path} has {only_found} numbers that this version does not make, and lacks \
                     {only_expected} that it makes"
                ));
            }
        }
        if let Some((missing, _)) =
            files.iter().find(|(n, _)| !found.contains_key(&format!("{REPORT}{n}")))
        {
            unchecked
                .push(format!("{REPORT}{missing} is not in the bundle; this version writes it"));
        }
        let findings = read(&self.scratch, &format!("{REPORT}{FINDINGS}"))?;
        let findings: serde_json::Value = member(FINDINGS, serde_json::from_slice(&findings))?;
        if findings["provenance"]["root"].as_str() != Some(root.as_str()) {
            return differs(format!("{REPORT}{FINDINGS} names another root digest than {root}"));
        }
        unchecked.push(format!(
            "words and layout of the report, and all of {}, were not compared; every number of its \
             tables, claims and votes was",
            words.join(", ")
        ));
        if !unknown.is_empty() {
            unchecked.push(format!(
                "this version does not write {}, which were not compared",
                unknown.join(", ")
            ));
        }
        Ok(())
    }

    /// The partitions of statements, one after the other, each a step of `stage`.
    fn partitions(&self, stage: &str) -> Check<impl Iterator<Item = PathBuf>> {
        let paths = partition::list(&self.corpus.statements())?;
        self.reporter.tell(Progress::Started { stage, total: paths.len() as u64 });
        let step = || self.reporter.tell(Progress::Stepped(1));
        Ok(paths.into_iter().inspect(move |_| step()))
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.scratch).unwrap_or(path).display().to_string()
    }
}

/// Of each other version of a stage: the texts that it made, and those that this one makes
/// otherwise.
#[derive(Default)]
struct Others(BTreeMap<String, (usize, usize)>);

impl Others {
    fn add(&mut self, made_by: String, (texts, otherwise): (usize, usize)) {
        let all = self.0.entry(made_by).or_default();
        *all = (all.0 + texts, all.1 + otherwise);
    }
}
