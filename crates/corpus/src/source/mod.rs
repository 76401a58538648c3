//! A source: one outlet in one language, as declared in one file of `config/sources/`.

mod config;
mod discovery;
mod expected;
mod layout;

use serde::{Deserialize, Serialize};

pub use config::Config;
pub use discovery::{Counter, Days, Discovery, Feed, Form, Items, Listing, Sitemap, Wayback};
pub use expected::{Closed, Expectation, Expected, Weekday};
pub use layout::{Evidence, Layout, PageKind, TurnStyle};

use crate::{Error, Lang, Result};

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

/// Which rows of imported tables belong to a source: `institution` and `lang` columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowMatch {
    /// The institution as the table writes it.
    pub institution: String,
    /// The language as the table writes it.
    pub lang: Lang,
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

    /// The source that an address belongs to: the one with the longest matching prefix.
    pub fn by_address(&self, url: &str) -> Option<&Source> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let prefixes = self.0.iter().flat_map(|s| s.addresses.iter().map(move |p| (p.as_str(), s)));
        prefixes.filter(|(p, _)| rest.starts_with(p)).max_by_key(|(p, _)| p.len()).map(|(_, s)| s)
    }

    /// The source that a table's row belongs to, with the rule that says so.
    pub fn by_row(&self, institution: &str, lang: Lang) -> Option<(&Source, &RowMatch)> {
        let rules = self.0.iter().flat_map(|s| s.rows.iter().map(move |r| (s, r)));
        rules.into_iter().find(|(_, r)| r.institution == institution && r.lang == lang)
    }
}
