use super::*;

/// The dates of every such first field, month and last field.
fn column(firsts: &[u32], months: &[u32], lasts: &[u32]) -> Vec<String> {
    let all = |first: u32| {
        months
            .iter()
            .flat_map(move |month| lasts.iter().map(move |last| format!("{first:02}/{month:02}/{last:02}")))
    };
    firsts.iter().flat_map(|first| all(*first)).collect()
}

fn place(texts: &[String], year: Option<i32>) -> YearPlace {
    let as_of = year.and_then(|year| NaiveDate::from_ymd_opt(year, 11, 22));
    YearFirst::place(texts.iter().map(|text| (text.as_str(), 1)), as_of)
}

fn numbers(range: std::ops::RangeInclusive<u32>) -> Vec<u32> {
    range.collect()
}

const MONTHS: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

fn first(format: &str) -> YearPlace {
    YearPlace::First(format.to_owned())
}

fn open() -> YearPlace {
    YearPlace::Open("%y/%m/%d".to_owned())
}

#[test]
fn few_years_and_many_days_have_the_year_first() {
    let one_year = column(&[26], MONTHS, &numbers(1..=28));
    let two_years = column(&[25, 26], MONTHS, &numbers(1..=28));
    for texts in [&one_year, &two_years] {
        for year in [None, Some(2026)] {
            assert_eq!(place(texts, year), first("%y/%m/%d"));
        }
    }
    for (separator, format) in [("-", "%y-%m-%d"), (".", "%y.%m.%d"), (". ", "%y. %m. %d")] {
        let texts: Vec<String> =
            two_years.iter().map(|text| text.replace('/', separator) + " 10:15").collect();
        assert_eq!(place(&texts, None), first(format));
    }
}

#[test]
fn a_year_that_would_be_to_come_is_a_day() {
    // Waves at the ends of quarters.
    let texts: Vec<String> =
        (23..=26).flat_map(|year| ["03/31", "06/30", "09/30"].map(|day| format!("{year}/{day}"))).collect();
    assert_eq!(place(&texts, Some(2026)), first("%y/%m/%d"));
    assert_eq!(place(&texts, None), YearPlace::Open("%y/%m/%d".to_owned()));
    // The other way round, and the 28th of each month.
    assert_eq!(place(&column(&[30], &[6, 9, 11], &[24, 25]), Some(2026)), YearPlace::Last);
    assert_eq!(place(&column(&[28], MONTHS, &numbers(19..=26)), Some(2026)), YearPlace::Last);
    // One slip among the years proves nothing.
    let mut texts = column(&[25], MONTHS, &[25, 26]);
    texts.push("25/12/29".to_owned());
    assert_eq!(place(&texts, Some(2026)), open());
}

#[test]
fn fixed_field_days_keep_the_year_last() {
    for (texts, wanted) in [
        (column(&[25], MONTHS, &[25, 26]), open()),
        (column(&[15], MONTHS, &[24, 25, 26]), open()),
        (column(&[14, 15], &[11], &[24, 25, 26]), YearPlace::Last),
        (column(&[15, 16, 17], &[1, 7], &numbers(19..=26)), open()),
        (column(&[15], &[6], &numbers(12..=26)), open()),
        (column(&[14, 15, 16], &[6], &numbers(12..=26)), YearPlace::Last),
        (column(&[15], &[3, 6, 9, 12], &numbers(15..=26)), open()),
        (column(&[25], MONTHS, &numbers(10..=26)), open()),
    ] {
        assert_eq!(place(&texts, Some(2026)), wanted, "{}", texts[0]);
        assert!(!matches!(place(&texts, None), YearPlace::First(_)), "{}", texts[0]);
        // A report of a day before the last rows.
        for year in [2019, 2025] {
            assert_eq!(place(&texts, Some(year)), wanted, "{}", texts[0]);
        }
    }
}

#[test]
fn what_cannot_have_the_year_first() {
    for texts in [
        column(&numbers(1..=28), &[9], &[26]),
        column(&numbers(1..=28), &[9], &numbers(20..=26)),
        column(&[9], &numbers(1..=28), &[26]),
        column(&[1], &[6], &numbers(1..=28)),
        vec!["2026-09-14".to_owned(), "14/09/2026".to_owned(), "NA".to_owned()],
        Vec::new(),
    ] {
        assert_eq!(place(&texts, Some(2026)), YearPlace::Last);
        assert_eq!(place(&texts, None), YearPlace::Last);
    }
}

#[test]
fn the_other_format_is_the_year_last() {
    assert_eq!(YearFirst::turned("%y. %m. %d"), "%d. %m. %y");
}
