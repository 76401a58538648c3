//! A source: one outlet in one language, as declared in one file of `config/sources/`.

mod config;
mod discovery;
mod expected;
mod layout;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use config::Config;
pub use discovery::{Counter, Days, Discovery, Feed, Form, Items, Listing, Sitemap, Wayback};
pub use expected::{Closed, Expectation, Expected, Weekday};
pub use layout::{Evidence, Layout, PageKind, TurnStyle};

use crate::{Error, Genre, Lang, Result};

/// One outlet in one language.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// `cn-mfa-zh`; equal to the file's name.
    pub id: String,
    /// A name that people read.
    pub label: String,
    /// ISO 3166-1 alpha-2 of the state that publishes.
    pub country: String,
    /// The language that its texts are expected in.
    pub lang: Lang,
    /// Who speaks in it, unless the text says otherwise: `MFA PRC`.
    pub issuer: String,
    /// Who carries its texts, where they are somebody else's.
    pub carrier: Option<String>,
    /// IANA zone of its dates.
    pub timezone: String,
    /// How the turns of its texts are told apart.
    #[serde(default)]
    pub turns: TurnStyle,
    /// Names under which its spokespersons answer, beside the one in a title.
    #[serde(default)]
    pub spokespersons: Vec<String>,
    /// Addresses that belong to it, `host/path-prefix`; the longest prefix over all sources
    /// decides.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Addresses of other sites that carry its pages, written like `addresses`, with `*` for any
    /// characters. Imported pages are read from there; no crawl goes there.
    #[serde(default)]
    pub mirrors: Vec<String>,
    /// Addresses whose texts are not this source's, though a table or importer says so: machine
    /// translations and the like.
    #[serde(default)]
    pub unofficial: Vec<String>,
    /// Whether a page that no layout fits may be read by its main text alone. Such a statement
    /// says so in its `layout`.
    #[serde(default)]
    pub fallback: bool,
    /// Openings of lines above a text that are none of it.
    #[serde(default)]
    pub above: Vec<String>,
    /// Openings of the lines after which nothing belongs to a text, whatever the layout; above a
    /// text they are tools.
    #[serde(default)]
    pub ends: Vec<String>,
    /// What of them pages also set in one line with a text's last words.
    #[serde(default)]
    pub glued: Vec<String>,
    /// Rows of imported tables that belong to it.
    #[serde(default)]
    pub rows: Vec<RowMatch>,
    /// When it is expected to publish.
    pub expected: Option<Expected>,
    /// Dated page layouts, newest first.
    #[serde(default, rename = "layout")]
    pub layouts: Vec<Layout>,
    /// Where its pages are listed.
    #[serde(default, rename = "discovery")]
    pub discoveries: Vec<Discovery>,
}

/// Which rows of imported tables belong to a source: those with this `institution` and `lang`, or
/// those of a table that is known by its columns and names no institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowMatch {
    /// The institution as the table writes it.
    pub institution: Option<String>,
    /// Columns, in lower case, that together only this table has.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The language as the table writes it; of a table known by its columns, its language.
    pub lang: Lang,
    /// The kind of text, where the rows do not say.
    pub genre: Option<Genre>,
    /// Who issues these rows, where that is not the source's issuer.
    pub issuer: Option<String>,
    /// Who carries them.
    pub carrier: Option<String>,
}

/// All declared sources, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Reads every `sources/*.toml` of `config`.
    ///
    /// # Errors
    /// [`Error::Config`] naming the file and the key.
    pub fn load(config: &Config) -> Result<Self> {
        let mut sources = Vec::new();
        for (path, text) in config.files("sources", "toml")? {
            let source: Source = toml::from_str(&text).map_err(|e| Error::config(&path, e))?;
            if path.file_stem().is_none_or(|stem| stem != source.id.as_str()) {
                return Err(Error::config(
                    &path,
                    format!("id = \"{}\" is not the file's name", source.id),
                ));
            }
            if source.rows.iter().any(|r| r.institution.is_some() != r.columns.is_empty()) {
                let reason = "[[rows]]: give either `institution` or `columns`";
                return Err(Error::config(&path, reason));
            }
            sources.push(source);
        }
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let sources = Self(sources);
        for source in &sources.0 {
            let like = source.expected.as_ref().and_then(|e| e.like.as_ref());
            if let Some(like) = like.filter(|_| sources.expected(source).is_none()) {
                return Err(Error::config(
                    format!("sources/{}.toml", source.id),
                    format!("expected.like = \"{like}\": that source declares no [expected]"),
                ));
            }
        }
        Ok(sources)
    }

    /// All sources, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// The source of that id.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.0.iter().find(|s| s.id == id)
    }

    /// The source of that id, which must be there.
    ///
    /// # Errors
    /// [`Error::UnknownSource`], which names all that are declared.
    pub fn named(&self, id: &str) -> Result<&Source> {
        self.get(id).ok_or_else(|| {
            let known: Vec<&str> = self.iter().map(|source| source.id.as_str()).collect();
            Error::UnknownSource { id: id.to_owned(), known: known.join(", ") }
        })
    }

    /// The source that an address belongs to: the one with the longest matching prefix.
    pub fn by_address(&self, url: &str) -> Option<&Source> {
        self.at_address(url).into_iter().next()
    }

    /// All sources with the longest matching prefix, sorted by id. Where there are several, the
    /// language of a text tells whose it is.
    pub fn at_address(&self, url: &str) -> Vec<&Source> {
        let place = place(url);
        let patterns = self.0.iter().flat_map(|source| {
            source.addresses.iter().chain(&source.mirrors).map(move |p| (p.as_str(), source))
        });
        let fitting: Vec<_> = patterns.filter(|(pattern, _)| begins(&place, pattern)).collect();
        let longest = fitting.iter().map(|(pattern, _)| pattern.len()).max();
        let longest = fitting.into_iter().filter(|(pattern, _)| Some(pattern.len()) == longest);
        longest.map(|(_, source)| source).collect()
    }

    /// The source of the rows that name this institution and language, with the rule that says so;
    /// whether letters are capital makes no difference.
    pub fn by_row(&self, institution: &str, lang: Lang) -> Option<(&Source, &RowMatch)> {
        let lower = |text: &str| text.trim().to_lowercase();
        let wanted = lower(institution);
        let names_it = |r: &RowMatch| r.institution.as_deref().is_some_and(|i| lower(i) == wanted);
        self.rules().find(|(_, r)| r.lang == lang && names_it(r))
    }

    /// The source of a table that has all columns of a rule, unless its row is in another language;
    /// `columns` are in lower case.
    pub fn by_columns(
        &self,
        columns: &BTreeSet<String>,
        lang: Option<Lang>,
    ) -> Option<(&Source, &RowMatch)> {
        let known = |r: &RowMatch| {
            !r.columns.is_empty() && r.columns.iter().all(|name| columns.contains(name))
        };
        self.rules().find(|(_, r)| known(r) && lang.is_none_or(|lang| lang == r.lang))
    }

    /// The institutions whose rows belong to a source, each with its languages:
    /// `KCNA (en, es, ko)`.
    pub fn institutions(&self) -> Vec<String> {
        let mut langs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (_, rule) in self.rules() {
            if let Some(institution) = &rule.institution {
                langs.entry(institution).or_default().push(rule.lang.code());
            }
        }
        let told = |(name, langs): (&str, Vec<&str>)| format!("{name} ({})", langs.join(", "));
        langs.into_iter().map(told).collect()
    }

    fn rules(&self) -> impl Iterator<Item = (&Source, &RowMatch)> {
        self.0.iter().flat_map(|s| s.rows.iter().map(move |r| (s, r)))
    }
}

impl Source {
    /// Whether an address is one of the source's own, no mirror's.
    pub fn has_address(&self, url: &str) -> bool {
        let place = place(url);
        self.addresses.iter().any(|pattern| begins(&place, pattern))
    }

    /// Whether the text at an address is somebody else's rendering of this source's words.
    pub fn is_unofficial(&self, url: &str) -> bool {
        let place = place(url);
        self.unofficial.iter().any(|pattern| begins(&place, pattern))
    }
}

/// Host and path of an address: without scheme, user and the scheme's own port, the host in lower
/// case.
fn place(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_ascii_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{host}{slash}{path}")
}

/// Whether `place` begins with `pattern`, in which `*` stands for any characters: before the first
/// slash for some of the host's name, which must match to its end, after it for any of the path.
fn begins(place: &str, pattern: &str) -> bool {
    let cut = |text: &str| text.find('/').unwrap_or(text.len());
    let (host, path) = place.split_at(cut(place));
    let (of_host, of_path) = pattern.split_at(cut(pattern));
    after(host, of_host).is_some_and(|rest| rest.is_empty() || of_host.ends_with('*'))
        && after(path, of_path).is_some()
}

/// What follows in `text` on the parts of `pattern`, the first at the start, each next one after it.
fn after<'t>(text: &'t str, pattern: &str) -> Option<&'t str> {
    let mut parts = pattern.split('*');
    let start = text.strip_prefix(parts.next().unwrap_or_default())?;
    parts.try_fold(start, |rest, part| rest.find(part).and_then(|at| rest.get(at + part.len()..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_the_longest_prefix_whatever_its_dress() {
        let sources = Sources::load(&Config::BuiltIn).unwrap();
        for (url, id) in [
            ("https://www.mfa.gov.cn/web/x.shtml", Some("cn-mfa-zh")),
            ("HTTP://WWW.FMPRC.GOV.CN:80/web/x.shtml", Some("cn-mfa-zh")),
            ("http://user@www.fmprc.gov.cn/mfa_eng/x.html", Some("cn-mfa-en")),
            ("http://rr.china-embassy.gov.cn/eng/fyrth/203102/t20310224_1.htm", Some("cn-mfa-en")),
            ("http://rr.china-embassy.gov.cn/chn/fyrth/203102/t20310224_1.htm", Some("cn-mfa-zh")),
            ("https://www.mfa.gov.cn/ce/cerr//eng/fyrth/t1.htm", Some("cn-mfa-en")),
            ("https://www.fmprc.gov.cn/nanhai/eng/fyrbt_1/t1.htm", Some("cn-mfa-en")),
            ("http://www.kcna.co.jp/item/2031/203101/news01/20310101-01ss.html", Some("kcna-es")),
            ("http://www.kcna.co.jp/item/2031/203101/news01/20310101-01ee.html", Some("kcna-en")),
            ("http://www.chinaembassy.ie/eng/fyrth/t1.htm", Some("cn-mfa-en")),
            ("http://www.chinaembassy.ie.evil.example/eng/fyrth/t1.htm", None),
            ("http://rr.china-embassy.gov.cn.evil.example/eng/t1.htm", None),
            ("https://www.tellerreport.com/news/1.html", None),
            ("https://example.org/http://www.mfa.gov.cn/web/", None),
            ("https://example.org/http://rr.china-embassy.gov.cn/eng/", None),
        ] {
            assert_eq!(sources.by_address(url).map(|s| s.id.as_str()), id, "{url}");
        }
        let english = sources.get("cn-mfa-en").unwrap();
        assert!(english.is_unofficial("https://www.tellerreport.com/news/1.html"));
    }

    #[test]
    fn rows_are_told_by_an_institution_or_by_columns_never_by_neither() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sources")).unwrap();
        let loaded = |rows: &str| {
            let file = folder.path().join("sources/rt.toml");
            let text = "id = \"rt\"\nlabel = \"R\"\ncountry = \"RT\"\nlang = \"en\"\n\
                        issuer = \"R\"\ntimezone = \"UTC\"\n[[rows]]\nlang = \"en\"\n";
            std::fs::write(file, format!("{text}{rows}\n")).unwrap();
            Sources::load(&Config::Folder(folder.path().to_owned())).map_err(|e| e.to_string())
        };
        assert!(loaded("institution = \"R\"").is_ok() && loaded("columns = [\"a\"]").is_ok());
        for rows in ["", "institution = \"R\"\ncolumns = [\"a\"]"] {
            let said = loaded(rows).unwrap_err();
            assert!(said.contains("rt.toml: [[rows]]: give either"), "{said}");
        }
    }
}
