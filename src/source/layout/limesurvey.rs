//! LimeSurvey: one header record of codes, of texts, or of both (`Q1[SQ001]. How satisfied …: [Staff]`).
//!
//! With codes the columns about the interview have the names of the program in every language. With texts alone
//! they are recognised by what they hold. A response without a date of submission is not complete.

use std::sync::LazyLock;

use super::first_records::{is_digits, is_moment};
use super::limesurvey_codes::codes;
use super::naming::{Names, plain};
use super::{Cells, FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::phrasebook::phrasebook;
use crate::survey::{FileFacts, Metadata, Role, RowRule};

/// LimeSurvey, results as CSV or XLSX.
pub(super) struct LimeSurvey;

const METADATA: [(&str, Metadata); 15] = [
    ("id", Metadata::Response),
    ("submitdate", Metadata::Ended),
    ("lastpage", Metadata::Progress),
    ("startlanguage", Metadata::Language),
    ("seed", Metadata::Technical),
    ("startdate", Metadata::Started),
    ("datestamp", Metadata::Recorded),
    ("ipaddr", Metadata::Personal),
    ("refurl", Metadata::Technical),
    ("token", Metadata::Respondent),
    ("firstname", Metadata::Personal),
    ("lastname", Metadata::Personal),
    ("email", Metadata::Personal),
    ("interviewtime", Metadata::Duration),
    ("completed", Metadata::Technical),
];

/// How an option that was not ticked stands beside an empty cell, in any language.
static UNTICKED: LazyLock<Vec<&'static str>> = LazyLock::new(|| phrasebook().noes().collect());

impl Layout for LimeSurvey {
    fn name(&self) -> &'static str {
        "limesurvey"
    }

    fn signs(&self) -> &'static str {
        "the columns id, submitdate, lastpage and startlanguage at the start, as codes, texts or both"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        let header = first.header();
        let heads: Vec<Head> = header.iter().map(|cell| Head::of(cell)).collect();
        let has = |code: &str| heads.iter().take(8).any(|head| head.code == code);
        let by_code = has("submitdate") && (has("lastpage") || has("startlanguage"));
        let by_cells = !by_code && interview_by_cells(first);
        if !by_code && !by_cells {
            return None;
        }
        let mut names = Names::default();
        let mut columns: Vec<SeenColumn> = Vec::with_capacity(header.len());
        let mut at = 0;
        while at < header.len() {
            let last = (at..header.len()).take_while(|&next| heads[next].is_part_of(&heads[at])).last();
            let block = Block { at, end: last.map_or(at + 1, |last| last + 1), heads: &heads, first };
            if block.is_multiple() {
                columns.push(block.ticked(&mut names));
                let others = (at..block.end).filter(|&at| block.is_other(at));
                columns.extend(others.map(|at| column(&mut names, &heads[at], at, by_cells, first)));
                at = block.end;
                continue;
            }
            let mut single = column(&mut names, &heads[at], at, by_cells, first);
            if single.facts.role == Role::Unknown {
                let is_of_it = |other: &usize| *other == at || heads[*other].is_part_of(&heads[at]);
                single.facts.codes = codes((0..heads.len()).filter(is_of_it), first);
            }
            columns.push(single);
            at += 1;
        }
        let submitted = columns.iter().find(|column| column.facts.role == Role::Metadata(Metadata::Ended));
        let partial_rows = submitted.map(|column| RowRule {
            column: column.name.clone(),
            values: NOT_SUBMITTED.iter().map(|text| (*text).to_owned()).collect(),
        });
        let anonymous: Vec<String> = columns
            .iter()
            .filter(|column| is_placeholder(column, first))
            .map(|column| column.name.clone())
            .collect();
        for column in columns.iter_mut().filter(|column| anonymous.contains(&column.name)) {
            // Whether there is a date still tells who reached the end.
            let is_end = column.facts.role == Role::Metadata(Metadata::Ended);
            column.facts.role = Role::Metadata(if is_end { Metadata::Finished } else { Metadata::Technical });
        }
        let mut reasons = vec![
            if by_code {
                "a LimeSurvey export: the columns submitdate and lastpage or startlanguage stand at its start"
            } else {
                "probably a LimeSurvey export with texts as headings: an id, a date of submission, the last page and a \
                 language stand at its start; --layout plain reads it as it stands"
            }
            .to_owned(),
        ];
        if partial_rows.is_some() {
            reasons.push("a response without a date of submission is not complete".to_owned());
        }
        if !anonymous.is_empty() {
            reasons.push(format!(
                "caution: {} {} {PLACEHOLDER} in every row, which LimeSurvey writes where responses are anonymous: no dates",
                anonymous.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
                if anonymous.len() == 1 { "holds" } else { "hold" }
            ));
        }
        reasons.extend(names.reasons());
        let file =
            FileFacts { layout: self.name(), header_rows: 1, partial_rows, reasons, ..FileFacts::default() };
        Some(Seen { file, columns })
    }
}

/// What stands for the date of submission of a response that was not sent off.
const NOT_SUBMITTED: [&str; 2] = ["", "N/A"];

/// What anonymous surveys have for every date.
const PLACEHOLDER: &str = "1980-01-01";

/// Whether a column of dates has the placeholder in every row that has one.
fn is_placeholder(column: &SeenColumn, first: &FirstRecords) -> bool {
    let dates = [Metadata::Ended, Metadata::Started, Metadata::Recorded];
    let is_date = dates.iter().any(|date| column.facts.role == Role::Metadata(*date));
    let cells = column.cells.positions().first().map(|at| first.cells(*at, 1)).unwrap_or_default();
    let mut dates = cells.into_iter().filter(|cell| !NOT_SUBMITTED.contains(cell)).peekable();
    is_date && dates.peek().is_some() && dates.all(|cell| cell.starts_with(PLACEHOLDER))
}

/// Whether the first four columns hold what LimeSurvey writes there: an id, a date of submission or nothing, a small
/// number, a code of a language.
fn interview_by_cells(first: &FirstRecords) -> bool {
    let is_language = |cell: &str| {
        (2..=12).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    };
    let is_short = |cell: &str| cell.len() <= 3 && is_digits(cell);
    let questions = first.header();
    questions.len() > 4
        && questions[..4].iter().all(|name| !name.is_empty())
        && first.all(0, 1, is_digits)
        && first.all(1, 1, |cell| is_moment(cell) || NOT_SUBMITTED.contains(&cell))
        && first.cells(1, 1).into_iter().any(is_moment)
        && first.all(2, 1, is_short)
        && first.all(3, 1, is_language)
        && first.cells(3, 1).iter().any(|cell| cell.len() == 2 || cell.contains('-'))
}

/// A heading taken apart: `Q1[SQ001]. How satisfied are you with: [Staff]`.
#[derive(Debug)]
struct Head {
    /// `Q1[SQ001]`, or the whole text where there is no code.
    code: String,
    /// The wording behind the code.
    text: String,
}

impl Head {
    fn of(cell: &str) -> Self {
        let cell = cell.trim();
        let is_code = |code: &str| {
            code.starts_with(|first: char| first.is_ascii_alphabetic())
                && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | '-'))
        };
        match cell.split_once(". ").or_else(|| cell.split_once(".\u{a0}")) {
            Some((code, text)) if is_code(code) => Self { code: code.to_owned(), text: plain(text) },
            _ => Self { code: cell.to_owned(), text: String::new() },
        }
    }

    /// `Q1` of `Q1[SQ001]`, and the part in brackets.
    fn parts(&self) -> Option<(&str, &str)> {
        let (base, part) = self.code.strip_suffix(']')?.split_once('[')?;
        (!base.is_empty()).then_some((base.trim_end(), part))
    }

    fn is_part_of(&self, other: &Self) -> bool {
        match (self.parts(), other.parts()) {
            (Some((own, _)), Some((base, _))) => own == base,
            _ => false,
        }
    }

    /// The words of the part: those in brackets at the end of the wording, else those of the code.
    fn row(&self) -> (String, String) {
        if let Some((stem, row)) = self.text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
            return (stem.trim_end_matches([' ', ':']).to_owned(), row.to_owned());
        }
        let part = self.parts().map_or(self.code.as_str(), |(_, part)| part);
        (self.text.clone(), part.to_owned())
    }
}

/// Neighbours of one question.
struct Block<'a> {
    at: usize,
    end: usize,
    heads: &'a [Head],
    first: &'a FirstRecords,
}

impl Block<'_> {
    fn is_other(&self, at: usize) -> bool {
        self.heads[at].parts().is_some_and(|(_, part)| part == "other")
    }

    /// Whether the columns are options to tick: one word says yes, and nothing or one other word says no.
    fn is_multiple(&self) -> bool {
        let options: Vec<usize> = (self.at..self.end).filter(|&at| !self.is_other(at)).collect();
        if options.len() < 2 {
            return false;
        }
        let mut words: Vec<String> =
            options.iter().flat_map(|&at| self.first.cells(at, 1)).map(str::to_lowercase).collect();
        words.sort();
        words.dedup();
        let book = phrasebook();
        let yes = |word: &String| book.is_yes(word);
        let no = |word: &String| book.is_no(word);
        // One word for each: two languages would be answers of two people.
        let is_short = words.len() <= 2;
        is_short && words.iter().any(yes) && words.iter().all(|word| yes(word) || no(word))
    }

    fn ticked(&self, names: &mut Names) -> SeenColumn {
        let options: Vec<(usize, String)> = (self.at..self.end)
            .filter(|&at| !self.is_other(at))
            .map(|at| (at, self.heads[at].row().1))
            .collect();
        let head = &self.heads[self.at];
        let (stem, _) = head.row();
        let name = head.parts().map_or(head.code.as_str(), |(base, _)| base);
        SeenColumn::ticked(names.give(name, self.at), options, &UNTICKED).asking(&stem)
    }
}

fn column(names: &mut Names, head: &Head, at: usize, by_cells: bool, first: &FirstRecords) -> SeenColumn {
    let name = names.give(&head.code, at);
    let is_masked = first.cells(at, 1).iter().any(|cell| cell.starts_with("'="));
    let cells = if is_masked { Cells::Unmasked(at) } else { Cells::Copied(at) };
    let column = SeenColumn { cells, ..SeenColumn::copied(name, at) };
    let by_place = [Metadata::Response, Metadata::Ended, Metadata::Progress, Metadata::Language];
    if let Some(metadata) = by_place.get(at).filter(|_| by_cells) {
        return column.about(*metadata);
    }
    if let Some((_, metadata)) = METADATA.iter().find(|(code, _)| *code == head.code) {
        return column.about(*metadata);
    }
    // Times of groups and questions in seconds: `groupTime716`, `Q1Time`.
    let is_time = head.code.strip_prefix("groupTime").is_some_and(is_digits) || head.code.ends_with("Time");
    if is_time && !head.code.contains(' ') {
        return column.about(Metadata::Technical);
    }
    match head.parts() {
        Some((_, "other")) => column.asking(&head.row().1).under(&head.row().0).with_role(Role::OpenText),
        Some((_, "comment" | "Comment")) => column.asking(&head.text).with_role(Role::OpenText),
        Some(_) => {
            let (stem, row) = head.row();
            column.asking(&row).under(&stem)
        }
        None => column.asking(&head.text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;

    const CODES: &str = concat!(
        "id,submitdate,lastpage,startlanguage,seed,Q1,Q2[SQ001],Q2[SQ002],Q3[A],Q3[B],Q3[other],groupTime7,Q4\n",
        "1,2026-07-01 10:00:00,3,de,99,A4,A5,A3,Y,,,12.5,'=danke\n",
        "2,,1,de,98,A2,A1,A2,,Y,der Kaffee,9.1,\n",
    );
    const BOTH: &str = concat!(
        "id. Antwort ID,submitdate. Datum Abgeschickt,lastpage. Letzte Seite,startlanguage. Start-Sprache,",
        "\"Q2[SQ001]. Wie zufrieden sind Sie mit: [Personal]\",\"Q2[SQ002]. Wie zufrieden sind Sie mit: [Räume]\"\n",
        "1,2026-07-01 10:00:00,3,de,5,4\n",
    );
    const TEXTS: &str = concat!(
        "Antwort ID,Datum Abgeschickt,Letzte Seite,Start-Sprache,Wie zufrieden sind Sie?\n",
        "1,2026-07-01 10:00:00,3,de,sehr\n2,,1,de,\n3,2026-07-02 10:00:00,3,en,wenig\n",
    );

    #[test]
    fn codes_texts_and_both_are_recognised() {
        let codes = seen(&LimeSurvey, CODES).unwrap();
        assert_eq!(
            names(&codes)[5..],
            ["Q1", "Q2[SQ001]", "Q2[SQ002]", "Q3", "Q3[other]", "groupTime7", "Q4"]
        );
        assert_eq!(column(&codes, "Q3").cells.positions(), [8, 9]);
        assert_eq!(*role(&codes, "Q3[other]"), Role::OpenText);
        assert_eq!(*role(&codes, "groupTime7"), Role::Metadata(Metadata::Technical));
        assert_eq!(column(&codes, "Q4").cells, Cells::Unmasked(12));
        assert_eq!(
            codes.file.partial_rows.unwrap(),
            RowRule { column: "submitdate".into(), values: vec![String::new(), "N/A".into()] }
        );
        let both = seen(&LimeSurvey, BOTH).unwrap();
        let staff = &column(&both, "Q2[SQ001]").facts;
        assert_eq!(
            (staff.stem.as_deref(), staff.text.as_deref()),
            (Some("Wie zufrieden sind Sie mit"), Some("Personal"))
        );
        let texts = seen(&LimeSurvey, TEXTS).unwrap();
        assert_eq!(*role(&texts, "Datum Abgeschickt"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&texts, "Start-Sprache"), Role::Metadata(Metadata::Language));
    }

    #[test]
    fn a_placeholder_is_no_date() {
        let text = CODES.replace("2026-07-01 10:00:00", "1980-01-01 00:00:00").replace("2,,1", "2,N/A,1");
        let seen = seen(&LimeSurvey, &text).unwrap();
        assert_eq!(*role(&seen, "submitdate"), Role::Metadata(Metadata::Finished));
        assert!(
            seen.file.reasons.iter().any(|reason| reason.starts_with("caution: `submitdate` holds 1980"))
        );
        assert!(seen.file.partial_rows.unwrap().values.contains(&"N/A".to_owned()));
    }

    #[test]
    fn codes_of_a_grid_are_those_of_all_its_rows() {
        let seen = seen(&LimeSurvey, CODES).unwrap();
        let codes = |name: &str| column(&seen, name).facts.codes.len();
        assert_eq!((codes("Q1"), codes("Q2[SQ001]"), codes("Q2[SQ002]"), codes("Q4")), (4, 5, 5, 0));
    }

    #[test]
    fn options_are_ticked_in_any_language() {
        for (yes, no) in [("Ja", "Nein"), ("Oui", "Non"), ("はい", ""), ("Y", ""), ("Tak", "Nie")] {
            let text = format!(
                "id,submitdate,lastpage,startlanguage,Q3[A],Q3[B]\n1,2026-07-01 10:00:00,3,de,{yes},{no}\n"
            );
            let seen = seen(&LimeSurvey, &text).unwrap();
            assert_eq!(column(&seen, "Q3").cells.positions(), [4, 5], "{yes}");
        }
    }

    #[test]
    fn a_table_with_an_id_and_a_date_is_none() {
        for text in
            ["id,date,overall,region,nps\n1,2026-07-01 10:00:00,5,north,9\n", "id,submitdate\n1,2\n", ""]
        {
            assert_eq!(seen(&LimeSurvey, text), None, "{text}");
        }
    }
}
