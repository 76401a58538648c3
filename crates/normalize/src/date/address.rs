//! Dates in addresses: `t20220224_`, `newsID=2022-02-24-0001`, the folders of kcna.co.jp, the coded
//! addresses of rodong.rep.kp.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use corpus::Date;

use super::date;

/// The date in an address, with the characters that it was read off.
pub fn in_address(url: &str) -> Option<(Date, String)> {
    plain(url).or_else(|| coded(url))
}

fn plain(url: &str) -> Option<(Date, String)> {
    let bytes = url.as_bytes();
    let digits_from = |at: usize| bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
    let mut at = 0;
    while at < bytes.len() {
        let run = digits_from(at);
        let found = match run {
            8 => in_digits(url, at, [(0, 4), (4, 6), (6, 8)]),
            // kcna.co.jp: the day, then two digits that count its stories.
            10 if url.get(at + 10..at + 12).is_some_and(|l| l == "ee" || l == "ss") => {
                in_digits(url, at, [(0, 4), (4, 6), (6, 8)])
            }
            4 | 6 if url.get(at + run..).is_some_and(|rest| rest.starts_with("/news")) => {
                in_folders(url, at, run)
            }
            4 if bytes.get(at + 4).is_some_and(|b| b"-/".contains(b))
                && bytes.get(at + 4) == bytes.get(at + 7)
                && digits_from(at + 8) == 2 =>
            {
                in_digits(url, at, [(0, 4), (5, 7), (8, 10)])
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at += run.max(1);
    }
    None
}

fn in_digits(url: &str, at: usize, parts: [(usize, usize); 3]) -> Option<(Date, String)> {
    let number = |(a, b): (usize, usize)| url.get(at + a..at + b)?.parse::<u32>().ok();
    let [year, month, day] = parts.map(number);
    let words = url.get(at..at + parts[2].1)?.to_owned();
    Some((date(year?, month?, day?)?, words))
}

/// kcna.co.jp to 2008: `200610/news10/04.htm` or `9701/news1/01.htm`, where `news` repeats the month
/// and the file is the day. Where it does not repeat the month, it is the day.
fn in_folders(url: &str, at: usize, run: usize) -> Option<(Date, String)> {
    let folder = url.get(at..at + run)?;
    let (year, month) = folder.split_at(run - 2);
    let year = year.parse::<u32>().ok().map(|y| if run == 4 { 1900 + y } else { y })?;
    let month = month.parse::<u32>().ok()?;
    let rest = url.get(at + run + "/news".len()..)?;
    let (news, file) = rest.split_once('/')?;
    let day = |text: &str| text.get(..2)?.parse::<u32>().ok();
    let named = news.parse::<u32>().ok()?;
    let day = if named == month && file.get(2..3) == Some(".") { day(file)? } else { named };
    let length = run + "/news".len() + news.len() + 3;
    let words = url.get(at..(at + length).min(url.len())).unwrap_or(folder);
    Some((date(year, month, day)?, words.to_owned()))
}

/// rodong.rep.kp from November 2022: the query is base64 of `12@2024-05-11-N032@15@...`.
fn coded(url: &str) -> Option<(Date, String)> {
    let (_, query) = url.split_once("index.php?")?;
    let query = query.split(['#', '&']).next()?.replace("%3D", "=").replace("%3d", "=");
    let query = query.trim_end_matches('=').replace('-', "+").replace('_', "/");
    let text = String::from_utf8(STANDARD_NO_PAD.decode(query).ok()?).ok()?;
    let (found, words) = plain(text.split('@').find(|part| part.contains('-'))?)?;
    Some((found, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_dates() {
        let of = |url| in_address(url).map(|(date, _)| date.to_string());
        for (url, expected) in [
            ("https://x/web/202202/t20220224_10645295.shtml", Some("2022-02-24")),
            ("http://x/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0004", Some("2022-03-10")),
            ("http://x/item/2005/200501/news01/01.htm#1", Some("2005-01-01")),
            ("http://x/item/2006/200610/news10/04.htm#7", Some("2006-10-04")),
            ("http://x/item/1997/9701/news1/31.htm#2", Some("1997-01-31")),
            ("http://x/item/2009/200905/news25/20090525-12ee.html", Some("2009-05-25")),
            ("http://x/item/2011/201112/2011120112ee.html", Some("2011-12-01")),
            ("http://x/item/2011/201112/2011-12-01ee.html", Some("2011-12-01")),
            (
                "http://x/ko/index.php?MTJAMjAyNC0wNS0xMS1OMDMyQDE1QDNAQDBAMzI=%3D",
                Some("2024-05-11"),
            ),
            ("http://x/index.php?strPageID=SF01_01_02&iMenuID=2", None),
            ("http://x/t1137754.htm", None),
            ("http://x/13/news1/é", None),
        ] {
            assert_eq!(of(url).as_deref(), expected, "{url}");
        }
    }
}
