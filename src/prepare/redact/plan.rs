//! What is done to each column, and why.

use super::day::DayForm;
use crate::survey::inference::{is_date_text, names_a_comment, names_an_id};
use crate::survey::{
    ColumnProfile, ColumnUse, DateColumn, Measure, Metadata, PersonalBasis, PersonalColumn, PersonalKind,
    Profile, Role, Survey, column_uses, is_written_date, likely_personal,
};

/// What is done to the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// They stay; an address of e-mail in one is masked all the same.
    Keep,
    /// The column goes.
    Drop,
    /// They become keyed hashes.
    Pseudonym,
    /// They become years.
    Year,
    /// They become the first characters of the code.
    Prefix,
    /// Moments become their day.
    Day(DayForm),
    /// Addresses and numbers inside are masked.
    Mask,
}

/// A column and what is done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedColumn {
    /// The column.
    pub column: String,
    /// What is done.
    pub treatment: Treatment,
    /// Why, in a few words.
    pub why: String,
    /// Whether rows can be told apart by what is kept of it: no pseudonym, no score, no comment.
    pub tells: bool,
    /// Whether that is a group by which scores are broken.
    pub is_segment: bool,
}

/// Longer texts are sentences.
const LONGEST_LABEL: usize = 60;

/// What is done to the columns of a file, in its order; with `drop_comments` columns of free text go.
pub fn redacted_columns(
    profile: &Profile,
    survey: &Survey,
    personal: &[PersonalColumn],
    drop_comments: bool,
) -> Vec<RedactedColumn> {
    let uses = column_uses(survey);
    let treated = |column: &ColumnProfile| {
        let found = personal.iter().find(|found| found.column == column.name).cloned();
        let used = uses.get(column.name.as_str()).copied();
        let is_declared_free = survey.data.personal_not.contains(&column.name);
        let of_quality = [&survey.quality.duration, &survey.quality.started, &survey.quality.disposition];
        let is_of_quality = of_quality.into_iter().flatten().any(|name| *name == column.name);
        let are_dates = are_dates(column);
        // A date in words looks like an address: words, and two numbers.
        let may_be_likely = !is_declared_free && !is_of_quality && !are_dates && may_be_likely(used);
        let found = found.or_else(|| likely(column).filter(|_| may_be_likely));
        let (treatment, why) = if is_of_quality && found.is_none() {
            (Treatment::Keep, "for the checks of quality".to_owned())
        } else {
            treatment(column, used, found.as_ref(), drop_comments)
        };
        let is_date = used == Some(ColumnUse::Date) || are_dates;
        let (treatment, why) = match treatment {
            Treatment::Keep | Treatment::Mask if is_date => {
                (Treatment::Day(form(&column.name, survey)), "moments, by the day".to_owned())
            }
            treatment => (treatment, why),
        };
        let tells = tells(column, used, treatment);
        let is_segment = tells && used == Some(ColumnUse::Segment);
        RedactedColumn { column: column.name.clone(), treatment, why, tells, is_segment }
    };
    profile.columns.iter().map(treated).collect()
}

fn likely(column: &ColumnProfile) -> Option<PersonalColumn> {
    likely_personal(column).map(|(kind, basis)| PersonalColumn { column: column.name.clone(), kind, basis })
}

/// Whether a column may be personal by a hint alone: scores and moments are what they are used for.
fn may_be_likely(used: Option<ColumnUse>) -> bool {
    match used {
        None
        | Some(ColumnUse::Segment | ColumnUse::Question(Measure::Text | Measure::Choice | Measure::Multi)) => {
            true
        }
        Some(_) => false,
    }
}

/// Whether somebody who knows of a person what is kept of a column can find its row by it.
fn tells(column: &ColumnProfile, used: Option<ColumnUse>, treatment: Treatment) -> bool {
    let is_constant = column.filled > 0 && column.values.len() == 1 && !column.overflow;
    match treatment {
        Treatment::Drop | Treatment::Pseudonym => return false,
        Treatment::Year | Treatment::Prefix => return true,
        Treatment::Keep | Treatment::Mask | Treatment::Day(_) => {}
    }
    match used {
        Some(ColumnUse::Question(measure)) => matches!(measure, Measure::Number | Measure::Choice),
        Some(ColumnUse::Segment) => true,
        Some(_) => !is_constant,
        None => {
            // Nobody knows how long another took to answer.
            let is_course = matches!(
                column.facts.role,
                Role::Metadata(
                    Metadata::Duration
                        | Metadata::Progress
                        | Metadata::Finished
                        | Metadata::Kind
                        | Metadata::Technical
                )
            );
            !is_course && !is_constant && !is_comment(column)
        }
    }
}

/// Whether a column that nothing uses holds what people wrote.
fn is_comment(column: &ColumnProfile) -> bool {
    column.facts.role == Role::OpenText
        || names_a_comment(&column.name)
        || (holds_text(column) && column.longest > LONGEST_LABEL)
}

/// How the moments of a column are written.
fn form(column: &str, survey: &Survey) -> DayForm {
    let date = survey.data.date.as_ref();
    let is_read_so =
        |date: &&DateColumn| date.column == column || survey.quality.started.as_deref() == Some(column);
    DayForm::of(date.filter(is_read_so).and_then(|date| date.format.as_deref()))
}

fn are_dates(column: &ColumnProfile) -> bool {
    // A number of eight digits may be anything else.
    let is_date = |text: &str| text.bytes().any(|byte| !byte.is_ascii_digit()) && is_date_text(text);
    let day =
        |text: &str| is_written_date(text.split(['T', ' ']).next().unwrap_or_default()) || is_date(text);
    let dates = column.values.iter().filter(|(text, _)| day(text)).count();
    dates > 0 && dates * 10 >= column.values.len() * 8
}

fn treatment(
    column: &ColumnProfile,
    used: Option<ColumnUse>,
    personal: Option<&PersonalColumn>,
    drop_comments: bool,
) -> (Treatment, String) {
    let is_id = matches!(used, Some(ColumnUse::Id | ColumnUse::Customer))
        || matches!(column.facts.role, Role::Metadata(Metadata::Response | Metadata::Respondent));
    if is_id {
        return (Treatment::Pseudonym, "an id".to_owned());
    }
    let is_comment = used == Some(ColumnUse::Question(Measure::Text)) || names_a_comment(&column.name);
    // What stands in comments is masked there, unless the definition says that the column goes.
    let stays = |found: &&PersonalColumn| !is_comment || found.basis != PersonalBasis::Values;
    if let Some(found) = personal.filter(stays) {
        let treatment = match found.kind {
            PersonalKind::FreeId => Treatment::Pseudonym,
            PersonalKind::BirthDate => Treatment::Year,
            PersonalKind::Postcode => Treatment::Prefix,
            _ => Treatment::Drop,
        };
        return (treatment, format!("{}, by {}", found.kind.name(), found.basis.name()));
    }
    let is_answer = match used {
        Some(ColumnUse::Question(Measure::Text)) => {
            return comment(drop_comments, "a comment");
        }
        // Among options stands what people wrote as another one.
        Some(ColumnUse::Question(Measure::Choice | Measure::Multi)) => {
            return (Treatment::Mask, "answers with options".to_owned());
        }
        Some(_) => true,
        None => false,
    };
    if is_answer {
        return (Treatment::Keep, "answers".to_owned());
    }
    match column.facts.role {
        Role::OpenText => return comment(drop_comments, "free text, as the file says"),
        Role::Metadata(Metadata::Technical) if is_own(column) => {
            return (Treatment::Pseudonym, "a value that nearly every row has to itself".to_owned());
        }
        Role::Metadata(_) if is_flag(column) || !holds_text(column) => {
            return (Treatment::Keep, "about the interview".to_owned());
        }
        _ => {}
    }
    if is_flag(column) {
        (Treatment::Keep, "flags".to_owned())
    } else if names_an_id(&column.name) {
        (Treatment::Pseudonym, "an id, by its header".to_owned())
    } else if is_code(column) || is_short_code(column) {
        (Treatment::Pseudonym, "a code that nearly every row has to itself".to_owned())
    } else if is_number_of_a_row(column) {
        (Treatment::Pseudonym, "a number that nearly every row has to itself".to_owned())
    } else if are_pages(column) {
        (Treatment::Drop, "addresses of pages, which may hold ids".to_owned())
    } else if matches!(column.facts.role, Role::Metadata(_)) {
        (Treatment::Mask, "about the interview".to_owned())
    } else if holds_text(column) {
        comment(drop_comments, "free text")
    } else if column.filled == 0 {
        (Treatment::Mask, "empty at the beginning".to_owned())
    } else {
        (Treatment::Keep, "numbers or dates".to_owned())
    }
}

fn comment(drops: bool, why: &str) -> (Treatment, String) {
    (if drops { Treatment::Drop } else { Treatment::Mask }, why.to_owned())
}

/// Whether most cells are addresses of pages: those inside a comment are masked.
fn are_pages(column: &ColumnProfile) -> bool {
    let is_page = |text: &str| {
        !text.trim().contains(char::is_whitespace) && (text.contains("://") || text.starts_with("www."))
    };
    let pages = column.values.iter().filter(|(text, _)| is_page(text)).count();
    pages > 0 && pages * 2 >= column.values.len()
}

/// Whether the cells are whole numbers of four digits or more, each in one row.
fn is_number_of_a_row(column: &ColumnProfile) -> bool {
    let number =
        |text: &str| (4..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = column.values.iter().all(|(text, _)| number(text));
    is_own(column) && !column.values.is_empty() && !names_an_amount(&column.name) && is_number
}

/// Whether nearly every row has a value of its own.
fn is_own(column: &ColumnProfile) -> bool {
    let distinct = column.values.len() as u64;
    column.overflow || (distinct >= 5 && distinct.saturating_mul(10) > column.filled.saturating_mul(9))
}

/// Whether the cells are codes of digits and letters or hyphens, each in one row: ids that no header names.
fn is_code(column: &ColumnProfile) -> bool {
    let code = |text: &str| {
        text.len() >= 2
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().any(|byte| !byte.is_ascii_digit())
            && !is_written_date(text)
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    is_own(column) && column.values.iter().all(|(text, _)| code(text))
}

/// Whether the cells are short codes without blanks, nearly each in one row, of enough rows to tell: numbers of people,
/// cards or machines. Numbers with decimals, dates and times of day are none.
fn is_short_code(column: &ColumnProfile) -> bool {
    const FEWEST: usize = 20;
    const LONGEST: usize = 24;
    let is_code = |text: &str| {
        let is_number = text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().any(|byte| matches!(byte, b'.' | b',' | b':' | b'%'))
            && text.bytes().all(|byte| byte.is_ascii_digit() || b".,:+-%".contains(&byte));
        text.chars().count() <= LONGEST
            && !text.chars().any(char::is_whitespace)
            && !is_number
            && !is_written_date(text)
    };
    let distinct = column.values.len();
    let is_own = column.overflow || (distinct as u64).saturating_mul(10) >= column.filled.saturating_mul(9);
    let is_shown = !matches!(column.facts.role, Role::Metadata(_));
    distinct >= FEWEST
        && is_shown
        && is_own
        && !names_an_amount(&column.name)
        && column.values.iter().all(|(text, _)| is_code(text))
}

/// Whether a header names what is measured in numbers that differ from row to row and tell nobody.
fn names_an_amount(header: &str) -> bool {
    const WORDS: [&str; 16] = [
        "duration", "second", "sekunde", "minute", "dauer", "durée", "duracion", "time", "zeit", "amount",
        "betrag", "price", "preis", "revenue", "umsatz", "weight",
    ];
    let header = header.to_lowercase();
    WORDS.iter().any(|word| header.contains(word))
}

/// Whether the cells are yes and no and nothing else, in which there is nothing to mask.
fn is_flag(column: &ColumnProfile) -> bool {
    const FLAGS: [&str; 8] = ["true", "false", "yes", "no", "y", "n", "t", "f"];
    let is_one = |text: &str| FLAGS.contains(&text.to_lowercase().as_str()) || matches!(text, "0" | "1");
    column.filled > 0 && !column.overflow && column.values.iter().all(|(text, _)| is_one(text))
}

/// Whether some cell is no number and no date.
fn holds_text(column: &ColumnProfile) -> bool {
    let is_plain =
        |text: &str| text.chars().all(|letter| letter.is_ascii_digit() || " .,:/+-TZ%".contains(letter));
    column.overflow && column.longest > 40 || column.values.iter().any(|(text, _)| !is_plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Data, inference, personal_columns};

    fn column(name: &str, values: &[&str]) -> ColumnProfile {
        let mut column = ColumnProfile { name: name.to_owned(), ..ColumnProfile::default() };
        for text in values {
            column.filled += 1;
            match column.values.iter_mut().find(|(known, _)| known == text) {
                Some((_, count)) => *count += 1,
                None => column.values.push(((*text).to_owned(), 1)),
            }
        }
        column
    }

    #[test]
    fn every_column_has_a_treatment() {
        let columns = vec![
            column("response_id", &["R1", "R2", "R3", "R4", "R5", "R6"]),
            column("email", &["a@b.org", "c@d.org", "e@f.org"]),
            column("vorname", &["Ada", "Bo", "Cy"]),
            column("plz", &["10115", "10117", "20095"]),
            column("birth_date", &["1985-03-14", "1990-01-01"]),
            column("region", &["North", "South", "North", "South", "North", "South"]),
            column("overall", &["5", "4", "3", "5", "4", "1"]),
            column("comment", &["so good", "call 030 1234567", "fine by me"]),
            column("session", &["ab12cd", "ef34gh", "ij56kl", "mn78op", "qr90st"]),
            column("page", &["https://x.org/?u=1", "https://x.org/?u=2"]),
            column("other", &[]),
            column("customer_id", &["K1", "K2", "K1"]),
            column("ticket", &["1", "2", "3"]),
        ];
        let profile = Profile { columns, ..Profile::default() };
        let survey = inference::infer(&profile, &[]).survey;
        let personal = personal_columns(&profile, &Data::default());
        let treated = redacted_columns(&profile, &survey, &personal, false);
        let of = |name: &str| {
            let found = treated.iter().find(|column| column.column == name).unwrap();
            (found.treatment, found.tells)
        };
        assert_eq!(of("response_id"), (Treatment::Pseudonym, false));
        assert_eq!(of("email"), (Treatment::Drop, false));
        assert_eq!(of("vorname"), (Treatment::Drop, false));
        assert_eq!(of("plz"), (Treatment::Prefix, true));
        assert_eq!(of("birth_date"), (Treatment::Year, true));
        assert_eq!(of("region"), (Treatment::Keep, true));
        assert_eq!(of("overall"), (Treatment::Keep, false));
        assert_eq!(of("comment"), (Treatment::Mask, false));
        assert_eq!(of("session"), (Treatment::Pseudonym, false));
        assert_eq!(of("page"), (Treatment::Drop, false));
        assert_eq!(of("customer_id"), (Treatment::Pseudonym, false));
        assert_eq!(of("ticket"), (Treatment::Pseudonym, false));
        assert_eq!(of("other"), (Treatment::Mask, false));
        let dropped = redacted_columns(&profile, &survey, &personal, true);
        assert_eq!(dropped[7].treatment, Treatment::Drop);
    }

    #[test]
    fn codes_of_people_are_pseudonyms_without_a_header_that_says_so() {
        let own = |cell: fn(usize) -> String| (0..30).map(cell).collect::<Vec<_>>();
        let flags = own(|row| if row % 2 == 0 { "TRUE" } else { "FALSE" }.to_owned());
        let cells = [
            ("who", own(|row| format!("ab{row}x")), Treatment::Pseudonym),
            ("badge", own(|row| (4000 + row * 7).to_string()), Treatment::Pseudonym),
            (
                "kuerzel",
                own(|row| ["mkl", "pet", "sch"][row % 3].to_owned() + &"x".repeat(row / 3)),
                Treatment::Pseudonym,
            ),
            ("seconds", own(|row| (100 + row * 7).to_string()), Treatment::Keep),
            ("took", own(|row| (100 + row * 7).to_string()), Treatment::Keep),
            ("share", own(|row| format!("0.{row:03}")), Treatment::Keep),
            ("day", own(|row| format!("2026-03-{:02}", 1 + row)), Treatment::Day(DayForm::Cut)),
            (
                "moment",
                own(|row| format!("Mar {}, 2026 10:{row:02} AM", 1 + row)),
                Treatment::Day(DayForm::Cut),
            ),
            ("agreed", flags, Treatment::Keep),
        ];
        let columns = cells
            .iter()
            .map(|(name, cells, _)| column(name, &cells.iter().map(String::as_str).collect::<Vec<_>>()));
        let profile = Profile { columns: columns.collect(), ..Profile::default() };
        let mut survey = Survey::default();
        survey.quality.duration = Some("took".to_owned());
        let treated = redacted_columns(&profile, &survey, &[], false);
        for (column, (name, _, wanted)) in treated.iter().zip(&cells) {
            assert_eq!(column.treatment, *wanted, "{name}: {}", column.why);
        }
        let few = column("who", &["ab1x", "ab2x", "cdx"]);
        assert!(!is_short_code(&few), "of three rows nothing can be told");
    }

    #[test]
    fn comments_go_where_they_are_to_go() {
        let profile =
            Profile { columns: vec![column("comment", &["so good", "call me"])], ..Profile::default() };
        let survey = inference::infer(&profile, &[]).survey;
        let dropped = redacted_columns(&profile, &survey, &[], true);
        assert_eq!(dropped[0].treatment, Treatment::Drop);
    }
}
