//! Outlets: the news organizations whose journalists ask at briefings, each under one name.

use std::collections::BTreeMap;

use corpus::source::Config;
use corpus::{Error, Result};
use serde::Deserialize;

const FILE: &str = "outlets.toml";

/// All declared outlets.
#[derive(Debug, Clone, Default)]
pub struct Outlets {
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    #[serde(default)]
    outlet: Vec<Outlet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Outlet {
    name: String,
    forms: Vec<String>,
}

impl Outlets {
    /// Reads `outlets.toml`.
    ///
    /// # Errors
    /// [`Error::Config`] where it does not parse or one form stands under two names.
    pub fn load(config: &Config) -> Result<Self> {
        Self::parse(&config.file(FILE)?)
    }

    fn parse(text: &str) -> Result<Self> {
        let declared: Declared = toml::from_str(text).map_err(|e| Error::config(FILE, e))?;
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for outlet in declared.outlet {
            for form in outlet.forms {
                let earlier = names.insert(key(&form), outlet.name.clone());
                if let Some(earlier) = earlier.filter(|earlier| *earlier != outlet.name) {
                    let both = format!("`{form}` stands under {earlier} and {}", outlet.name);
                    return Err(Error::config(FILE, both));
                }
            }
        }
        Ok(Self { names })
    }

    /// The name of the outlet that `label` spells, with or without its article.
    pub fn name(&self, label: &str) -> Option<&str> {
        let spelt = |label: &str| self.names.get(&key(label)).map(String::as_str);
        spelt(label).or_else(|| label.strip_prefix("The ").and_then(spelt))
    }

    /// Whether a label spells known outlets and nobody else: `Reuters and AFP`.
    pub fn all_known(&self, label: &str) -> bool {
        let known = |part: &str| self.name(stripped(part)).is_some();
        known(label) || parts(label).flat_map(|part| self.joined(part)).all(known)
    }

    /// The two known outlets that `和` or `与` joins in one part of a label, or the part.
    fn joined<'l>(&self, part: &'l str) -> Vec<&'l str> {
        let known = |half: &str| self.name(stripped(half)).is_some();
        let mut places = part.match_indices(['和', '与', '及']);
        let halves = places.find_map(|(at, word)| {
            let (one, other) = (part.get(..at)?, part.get(at + word.len()..)?);
            (known(one) && known(other)).then(|| vec![one, other])
        });
        halves.filter(|_| !known(part)).unwrap_or_else(|| vec![part])
    }

    /// The known outlet that stands in brackets behind another name of it, or before them:
    /// `美国全国广播公司(NBC)`, `Rudolf Rassendyll (Reuters)`.
    fn in_two_ways(&self, outlet: &str) -> Option<&str> {
        let (before, inside) = outlet.split_once(['(', '（'])?;
        let inside = inside.split([')', '）']).next().unwrap_or(inside);
        self.name(inside.trim()).or_else(|| self.name(before.trim()))
    }

    /// The outlets behind the label of a question, joined by `; `: known ones by name, others as
    /// printed without 记者 and brackets. `None` where the label names nobody (`记者`, `追问`, `Q`).
    pub fn asker(&self, label: &str) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        if let Some(name) = self.name(stripped(label)) {
            return Some(name.to_owned());
        }
        for part in parts(label).flat_map(|part| self.joined(part)) {
            let outlet = stripped(part);
            if is_nobody(outlet) {
                continue;
            }
            let known = self.name(outlet).or_else(|| self.in_two_ways(outlet));
            let name = known.map_or_else(|| unquoted(outlet), str::to_owned);
            if !found.contains(&name) {
                found.push(name);
            }
        }
        (!found.is_empty()).then(|| found.join("; "))
    }
}

/// The outlets that one label lists.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    let marks = label.split(['、', '/', '／', ';', '；', '，', ',']);
    let marks = marks.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    marks.flat_map(|part| part.split("记者和"))
}

/// Characters after 记者 that can be a journalist's name or verbs of asking.
const LONGEST_TAIL: usize = 6;

/// `路透社` of `会后路透社记者追问` and of `路透社记者张三`.
fn stripped(label: &str) -> &str {
    let mut rest = label.trim();
    for opening in ["会后有", "会后"] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let short = |tail: &str| tail.chars().count() <= LONGEST_TAIL;
    if let Some((outlet, _)) = rest.rsplit_once("记者").filter(|(_, tail)| short(tail)) {
        rest = outlet;
    }
    for ending in
        ["问及", "追问", "提问", "再问", "又问", "问", "的", " asked", " follow-up", " reporter"]
    {
        rest = rest.strip_suffix(ending).unwrap_or(rest);
    }
    rest.trim()
}

fn is_nobody(outlet: &str) -> bool {
    const NOBODY: [&str; 17] = [
        "",
        "问",
        "追问",
        "外国",
        "Q",
        "Question",
        "Journalist",
        "journalist",
        "Reporter",
        "reporter",
        "A journalist",
        "A reporter",
        "Another journalist",
        "Another reporter",
        "A",
        "Correspondent",
        "Follow-up",
    ];
    // `另有`, `同一位`, `多名外媒`: who is only pointed at has no name.
    const POINTING: [&str; 14] = [
        "另外",
        "另",
        "有",
        "同",
        "该",
        "某",
        "这",
        "一",
        "多",
        "位",
        "名",
        "家",
        "外媒",
        "外国媒体",
    ];
    let mut bare = outlet.trim_end_matches('.');
    while let Some(rest) = POINTING.iter().find_map(|word| bare.strip_prefix(word)) {
        bare = rest;
    }
    bare == "Follow up" || NOBODY.contains(&bare)
}

fn unquoted(outlet: &str) -> String {
    outlet.chars().filter(|c| !matches!(c, '《' | '》' | '“' | '”' | '"')).collect()
}

/// Spellings that differ in case, blanks, quotes or brackets are one.
fn key(form: &str) -> String {
    unquoted(form)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlets() -> Outlets {
        Outlets::load(&Config::BuiltIn).unwrap()
    }

    #[test]
    fn one_outlet_has_one_name_however_it_is_printed() {
        let outlets = outlets();
        for label in ["总台央视记者", "央视记者", "中央广播电视总台央视记者"]
        {
            assert_eq!(outlets.asker(label).as_deref(), Some("CCTV"), "{label}");
        }
        for label in ["NHK记者", "日本NHK记者", "日本广播协会记者"] {
            assert_eq!(outlets.asker(label).as_deref(), Some("NHK"), "{label}");
        }
        assert_eq!(outlets.asker("《环球时报》记者"), outlets.asker("环球时报记者"));
        assert_eq!(outlets.asker("加拿大《环球邮报》记者"), outlets.asker("Globe and Mail"));
    }

    #[test]
    fn two_outlets_in_one_label_are_both_named() {
        let outlets = outlets();
        let two = outlets.asker("彭博社记者、土耳其阿纳多卢通讯社记者");
        assert_eq!(two.as_deref(), Some("Bloomberg; Anadolu"));
        assert_eq!(outlets.asker("路透社记者和彭博社记者").as_deref(), Some("Reuters; Bloomberg"));
        assert_eq!(outlets.asker("路透社、彭博社记者").as_deref(), Some("Reuters; Bloomberg"));
        assert_eq!(outlets.asker("路透社和法新社记者").as_deref(), Some("Reuters; AFP"));
        assert_eq!(outlets.asker("鲁里坦和平报记者").as_deref(), Some("鲁里坦和平报"));
    }

    #[test]
    fn a_label_that_names_nobody_has_no_asker() {
        let nobody =
            ["记者", "追问", "记者追问", "会后有记者问及", "Q", "问", "另一记者", "同一位记者"];
        for label in nobody.into_iter().chain(["该记者追问", "外媒记者", "多家外媒记者"])
        {
            assert_eq!(outlets().asker(label), None, "{label}");
        }
        // A name that begins like one who is only pointed at is a name.
        assert_eq!(outlets().asker("多伦多之星记者").as_deref(), Some("多伦多之星"));
        for label in ["美国全国广播公司(NBC)记者", "美国全国广播公司（NBC）记者"]
        {
            assert_eq!(outlets().asker(label).as_deref(), Some("NBC"), "{label}");
        }
        assert_eq!(outlets().asker("Rudolf Rassendyll (Reuters)").as_deref(), Some("Reuters"));
        assert_eq!(outlets().asker("会后，中新社记者问及").as_deref(), Some("China News Service"));
        assert_eq!(outlets().asker("路透社记者追问").as_deref(), Some("Reuters"));
        assert_eq!(outlets().asker("The Global Times").as_deref(), Some("Global Times"));
        assert_eq!(outlets().asker("法新社记者继续追问").as_deref(), Some("AFP"));
        assert_eq!(outlets().asker("北极星记者李四").as_deref(), Some("北极星"));
        assert_eq!(outlets().asker("鲁里坦尼亚《早报》记者").as_deref(), Some("鲁里坦尼亚早报"));
    }
}
