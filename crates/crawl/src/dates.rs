//! Dates in listings and addresses, and addresses made from dates.

use corpus::Date;

/// The first date in a text: `2022-02-24`, `2022.2.24.`, `2022/02/24`, `2022年2月24日`,
/// `Juche111.2.24.`, `주체111.2.24`, `February 24, 2022`, `Feb. 24, 2022`.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    let numbers = numbers(text);
    numeric_date(text, &numbers).or_else(|| english_date(text, &numbers))
}

fn english_date(text: &str, numbers: &[Number]) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    numbers.windows(2).find_map(|window| {
        let [day, year] = window else { return None };
        let between = text.get(day.end..year.start)?.trim();
        let word = text.get(..day.start)?.split_whitespace().next_back()?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|m| word.starts_with(m))?;
        if between != "," || year.digits != 4 || day.digits > 2 {
            return None;
        }
        date(year.value, u32::try_from(month + 1).ok()?, day.value)
    })
}

fn numeric_date(text: &str, numbers: &[Number]) -> Option<Date> {
    numbers.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let between = |a: &Number, b: &Number| {
            text.get(a.end..b.start).unwrap_or("").trim_start_matches(')').trim()
        };
        let joined = |a, b| matches!(between(a, b), "-" | "." | "/" | "年" | "月" | "년" | "월");
        if !joined(year, month) || !joined(month, day) || month.digits > 2 || day.digits > 2 {
            return None;
        }
        let before = text.get(..year.start).unwrap_or("").trim_end();
        let juche = before.ends_with("Juche") || before.ends_with("주체");
        let full = match year.digits {
            4 => year.value,
            1..=3 if juche => year.value + 1911,
            _ => return None,
        };
        date(full, month.value, day.value)
    })
}

struct Number {
    value: u32,
    digits: usize,
    start: usize,
    end: usize,
}

fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let rest = &text[start..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + digits;
        if let Ok(value) = text[start..at].parse() {
            found.push(Number { value, digits, start, end: at });
        }
    }
    found
}

/// The date in an address: `t20220309_10649938`, `newsID=2022-03-10-0004`, `/2012-01-01ee.html`.
pub(crate) fn date_in_url(url: &str) -> Option<Date> {
    let numbers = numbers(url);
    let day = |number: &Number| {
        let (value, digits) = (number.value, number.digits);
        let (y, m, d) = (value / 10_000, value / 100 % 100, value % 100);
        (digits == 8 && (1945..2100).contains(&y)).then(|| date(y, m, d))?
    };
    numeric_date(url, &numbers).or_else(|| numbers.iter().find_map(day))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day))
    else {
        return None;
    };
    Date::new(y, m, d)
}

/// An address template with the parts of a day in it: `{yyyy}`, `{yy}`, `{mm}`, `{dd}`.
pub(crate) fn of_day(template: &str, day: Date) -> String {
    let (y, m, d) = (day.0.year(), day.0.month(), day.0.day());
    template
        .replace("{yyyy}", &format!("{y:04}"))
        .replace("{yy}", &format!("{:02}", y % 100))
        .replace("{mm}", &format!("{m:02}"))
        .replace("{dd}", &format!("{d:02}"))
}

/// The days from `first` to `last`, both included.
pub(crate) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let next = |day: &Date| day.0.tomorrow().ok().map(Date);
    std::iter::successors(Some(first), next).take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_listing_date_is_read() {
        for text in [
            "(2022-02-24)",
            "2022.02.24",
            "[2022.2.24.]",
            "[Juche111.2.24.]",
            "2022年2月24日",
            "주체111.2.24.",
            "주체111(2022)년 2월 24일",
            "12 items, 2022/2/24",
            "Regular Press Conference on February 24, 2022",
        ] {
            assert_eq!(
                date_in(text).map(|d| d.to_string()).as_deref(),
                Some("2022-02-24"),
                "{text}"
            );
        }
        assert_eq!(date_in("1.2.3 and 2022-13-40"), None);
    }

    #[test]
    fn an_address_may_name_its_day() {
        for (url, day) in [
            ("https://mfa.example/202203/t20220309_10649938.shtml", Some("2022-03-09")),
            ("http://r.example/index.php?newsID=2022-03-10-0004", Some("2022-03-10")),
            ("http://k.example/item/2012/201201/news01/20120101-01ee.html", Some("2012-01-01")),
            ("https://mfa.example/t1839549.shtml", None),
            ("https://mfa.example/x/99999999.html", None),
        ] {
            assert_eq!(date_in_url(url).map(|d| d.to_string()).as_deref(), day, "{url}");
        }
    }

    #[test]
    fn an_address_is_made_from_a_day() {
        let day: Date = "2012-01-02".parse().unwrap();
        let template = "item/{yyyy}/{yyyy}{mm}/{yy}{mm}{dd}.htm";
        assert_eq!(of_day(template, day), "item/2012/201201/120102.htm");
        assert_eq!(days(day, "2012-01-04".parse().unwrap()).count(), 3);
    }
}
