//! Why an address gave no page, or a page or row no statement.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A reason in the words that `rejects`, `crawl`, `changes` and `coverage` tell it in: a few stable
/// words first, then what one case adds. It is kept in the archive as these words, so that what
/// earlier versions wrote is read like what this one writes; what they mean is told here alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reason(String);

/// What a reason comes to, where more than its words depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The server answered with this status.
    Status(u16),
    /// The web archive that was asked in its place did; what it lacks may still be there.
    ArchiveStatus(u16),
    /// A page that stands in for a missing one.
    SoftMissing,
    /// Something on the way answered in place of the site.
    Blocked,
    /// It is no page of statements, and none of a source that is declared.
    NoStatementPage,
    /// What the crawl itself will not do or take, however often it asks.
    Refused,
    Other,
}

/// The stable words of each kind.
const WORDS: [(&str, Kind); 9] = [
    ("soft 404", Kind::SoftMissing),
    ("blocked", Kind::Blocked),
    ("listing page", Kind::NoStatementPage),
    ("unknown source", Kind::NoStatementPage),
    ("not a page", Kind::NoStatementPage),
    ("redirect", Kind::Refused),
    ("body larger", Kind::Refused),
    ("robots.txt forbids", Kind::Refused),
    ("no address", Kind::Refused),
];
const STATUS: &str = "status ";
const AT_ARCHIVE: &str = " at the Wayback Machine";
const REDIRECT: &str = "soft 404: redirect to ";

impl Reason {
    /// A status of the server that is no success.
    pub fn status(status: u16) -> Self {
        Self(format!("{STATUS}{status}"))
    }

    /// The same of the web archive that was asked in place of the site.
    pub fn archive_status(status: u16) -> Self {
        Self(format!("{STATUS}{status}{AT_ARCHIVE}"))
    }

    /// A page with status 200 that stands in for a missing one.
    pub fn soft_missing(how: &str) -> Self {
        Self(format!("soft 404: {how}"))
    }

    /// A redirect to `to`, the page that a site shows in place of a missing one.
    pub fn led_nowhere(to: &str) -> Self {
        Self(format!("{REDIRECT}{to}"))
    }

    /// Something on the way, a filter or a captcha, answered in place of the site.
    pub fn blocked(how: Option<&str>) -> Self {
        Self(how.map_or_else(|| "blocked".to_owned(), |how| format!("blocked: {how}")))
    }

    /// A page that names others and says nothing itself.
    pub fn listing() -> Self {
        Self("listing page".to_owned())
    }

    /// Nothing that is declared is a source of it.
    pub fn unknown_source(why: &str) -> Self {
        Self(format!("unknown source: {why}"))
    }

    /// A response of another kind than those that hold text.
    pub fn not_a_page(media_type: &str) -> Self {
        Self(format!("not a page: {media_type}"))
    }

    /// A page or row of a source without a text.
    pub fn no_text() -> Self {
        Self("no text".to_owned())
    }

    /// An address that is none, or is none that leads anywhere.
    pub fn no_address(why: impl fmt::Display) -> Self {
        Self(format!("no address: {why}"))
    }

    /// A redirect that is not followed, and why: `loop`, `to a foreign host x`.
    pub fn redirect_refused(why: impl fmt::Display) -> Self {
        Self(format!("redirect {why}"))
    }

    /// A body beyond so many bytes.
    pub fn too_large(limit: u64) -> Self {
        Self(format!("body larger than {limit} bytes"))
    }

    /// The host's `robots.txt` does not allow it.
    pub fn forbidden() -> Self {
        Self("robots.txt forbids it".to_owned())
    }

    /// Another's rendering of a source's words.
    pub fn unofficial() -> Self {
        Self("unofficial: another's rendering of these words".to_owned())
    }

    /// A record of an archive that cannot be read.
    pub fn damaged_record(why: impl fmt::Display) -> Self {
        Self(format!("damaged record: {why}"))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The stable words: what stands before the first colon or semicolon.
    pub fn words(&self) -> &str {
        self.0.split([':', ';']).next().unwrap_or(&self.0)
    }

    /// Whether it is the site's own word that there is no such page.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind(), Kind::SoftMissing | Kind::Status(404 | 410))
    }

    /// Where the site led in place of a missing page, if it led elsewhere.
    pub fn led_to(&self) -> Option<&str> {
        self.0.strip_prefix(REDIRECT)
    }

    /// Whether something on the way answered in place of the site.
    pub fn is_blocked(&self) -> bool {
        self.kind() == Kind::Blocked
    }

    /// Whether what was asked for is no page of statements at all, so that none is missing.
    pub fn is_no_statement_page(&self) -> bool {
        self.kind() == Kind::NoStatementPage
    }

    /// Whether asking again soon is of no use.
    pub fn is_lasting(&self) -> bool {
        match self.kind() {
            // The server was too busy, or the request too early or too slow.
            Kind::Status(408 | 425 | 429) | Kind::ArchiveStatus(408 | 425 | 429) => false,
            Kind::Status(status) | Kind::ArchiveStatus(status) => (400..500).contains(&status),
            Kind::SoftMissing | Kind::Refused => true,
            Kind::Blocked | Kind::NoStatementPage | Kind::Other => false,
        }
    }

    fn kind(&self) -> Kind {
        if let Some(rest) = self.0.strip_prefix(STATUS) {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let whose = if &rest[end..] == AT_ARCHIVE { Kind::ArchiveStatus } else { Kind::Status };
            return rest[..end].parse().map_or(Kind::Other, whose);
        }
        let known = WORDS.iter().find(|(words, _)| self.0.starts_with(words));
        known.map_or(Kind::Other, |(_, kind)| *kind)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

impl PartialEq<str> for Reason {
    fn eq(&self, words: &str) -> bool {
        self.0 == words
    }
}

impl PartialEq<&str> for Reason {
    fn eq(&self, words: &&str) -> bool {
        self.0 == *words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_what_it_is() {
        assert!(Reason::status(404).is_missing() && Reason::status(410).is_missing());
        assert!(!Reason::status(403).is_missing() && !Reason::status(4040).is_missing());
        assert!(!Reason::archive_status(404).is_missing());
        assert!(Reason::soft_missing("a notice").is_missing());
        let led = Reason::led_nowhere("/error.htm");
        assert!(led.is_missing() && led.led_to() == Some("/error.htm"));
        assert!(
            Reason::blocked(None).is_blocked() && Reason::blocked(Some("a filter")).is_blocked()
        );
        let none =
            [Reason::listing(), Reason::unknown_source("x"), Reason::not_a_page("image/png")];
        assert!(none.iter().all(Reason::is_no_statement_page));
        assert!(!Reason::no_text().is_no_statement_page());
    }

    #[test]
    fn a_client_error_lasts_unless_it_is_about_time() {
        let lasting = [400, 403, 404, 410, 451];
        assert!(lasting.iter().all(|status| Reason::status(*status).is_lasting()));
        let passing = [200, 302, 304, 408, 425, 429, 500, 503];
        assert!(!passing.iter().any(|status| Reason::status(*status).is_lasting()));
        assert!(!Reason::from("status 429; asks for 100000 s").is_lasting());
        assert!(Reason::archive_status(404).is_lasting());
        let refused = [Reason::forbidden(), Reason::too_large(9), Reason::redirect_refused("loop")];
        assert!(refused.iter().all(Reason::is_lasting) && Reason::no_address("x").is_lasting());
        assert!(!Reason::from("timeout").is_lasting());
    }

    #[test]
    fn the_stable_words_stand_first() {
        assert_eq!(Reason::damaged_record("no head: none").words(), "damaged record");
        assert_eq!(Reason::from("status 429; asks for 9 s").words(), "status 429");
        assert_eq!(Reason::no_text().words(), "no text");
    }
}
