//! Days as definitions write them.

use chrono::NaiveDate;

/// The day of a text such as `2026-12-25`; `None` for another form, and for a day that no calendar has.
pub fn written_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    // The shape first: the reader takes years of any length.
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_shaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_and_days_that_exist() {
        assert_eq!(written_date(" 2024-02-29 "), NaiveDate::from_ymd_opt(2024, 2, 29));
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "26-12-25",
            "2026-1-5",
            "25.12.2026",
            "2026-12-25T00:00",
            "+026-12-25",
        ] {
            assert_eq!(written_date(text), None, "{text}");
        }
    }
}
