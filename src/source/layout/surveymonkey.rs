//! SurveyMonkey: two header records, of which the first has a question over the first of its columns only, and the
//! second the option, the row of a grid, or one word where there is a single column.
//!
//! The words are those of the account's language. What stays: the columns about the interview come first and have
//! nothing in the second record, the id of the respondent is a number of many digits, and every column has a cell in
//! at least one of the two records.

use super::first_records::{is_digits, is_moment};
use super::naming::{Names, plain};
use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// SurveyMonkey, all responses as CSV or XLSX.
pub(super) struct SurveyMonkey;

/// The fewest digits of a respondent's id.
const SHORTEST_ID: usize = 6;

/// What stands below a question with a single column, in the languages of accounts.
const RESPONSE: [&str; 13] = [
    "response",
    "open-ended response",
    "antwort",
    "réponse",
    "respuesta",
    "risposta",
    "resposta",
    "antwoord",
    "svar",
    "odpowiedź",
    "回答",
    "응답",
    "答复",
];

/// How many cells of a column make a guess about it safe.
const SURE: usize = 10;

/// Names in English of columns about the interview; with and without spaces, as newer and older exports write them.
const METADATA: [(&str, Metadata); 8] = [
    ("respondentid", Metadata::Response),
    ("collectorid", Metadata::Channel),
    ("startdate", Metadata::Started),
    ("enddate", Metadata::Ended),
    ("ipaddress", Metadata::Personal),
    ("emailaddress", Metadata::Personal),
    ("firstname", Metadata::Personal),
    ("lastname", Metadata::Personal),
];

impl Layout for SurveyMonkey {
    fn name(&self) -> &'static str {
        "surveymonkey"
    }

    fn signs(&self) -> &'static str {
        "two header records: the second empty below the respondent's id, or with `Response` below questions, each question over the first of its columns"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        self.see(first, false)
    }

    fn recognise_typed(&self, first: &FirstRecords) -> Option<Seen> {
        self.see(first, true)
    }
}

impl SurveyMonkey {
    /// What is seen of a file; one that is said to be of it needs two headers and no more.
    fn see(&self, first: &FirstRecords, is_typed: bool) -> Option<Seen> {
        let (top, below) = (first.header(), first.row(1));
        let cell = |row: &[&str], at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        let is_id = |text: &str| text.len() >= SHORTEST_ID && is_digits(text);
        let has_id = !cell(&below, 0) && (first.all(0, 2, is_id) || is_unanswered(first));
        let is_told = has_id || says_response(first, &top, &below);
        // A blank heading behind a filled one is what makes two headers, whoever says so.
        let is_typed = is_typed && (1..below.len()).any(|at| cell(&below, at) && !cell(&top, at));
        let by_cells = !is_told && heads_answers(first, &top, &below);
        if top.len() < 2 || !cell(&top, 0) || !(is_told || by_cells || is_typed) {
            return None;
        }
        // The empty columns of a spreadsheet at the end are none.
        let width = (0..top.len().max(below.len())).rev().find(|&at| cell(&top, at) || cell(&below, at))? + 1;
        let about = (0..width).take_while(|&at| cell(&top, at) && !cell(&below, at)).count();
        let is_covered = (about..width).all(|at| cell(&below, at));
        if about == width
            || !is_covered
            || !cell(&top, about)
            || !(is_typed || by_cells || is_header(first, &top, &below, about, width))
        {
            return None;
        }
        let mut names = Names::default();
        let mut columns: Vec<SeenColumn> = Vec::with_capacity(width);
        for (at, header) in top.iter().enumerate().take(about) {
            columns.push(interview(names.give(header, at), at, header, first, &columns, has_id));
        }
        let mut at = about;
        while at < width {
            let next = (at + 1..width).find(|&next| cell(&top, next)).unwrap_or(width);
            let block = Block { at, end: next, question: plain(top[at]), below: &below, first };
            block.columns(&mut names, &mut columns);
            at = next;
        }
        let told =
            if about > 0 { "empty over the columns about the interview" } else { "`Response` or an option" };
        let mut reasons = vec![if by_cells && !is_typed {
            "caution: record 2 is read as the second header of a SurveyMonkey export and counts as nobody's answers: \
             headings of the first record are blank, and no answer says what stands there; --layout plain reads it as \
             answers"
                .to_owned()
        } else {
            format!("a SurveyMonkey export: two header records, the second {told}")
        }];
        reasons.extend(names.reasons());
        let file = FileFacts { layout: self.name(), header_rows: 2, reasons, ..FileFacts::default() };
        Some(Seen { file, columns })
    }
}

/// Whether the second record is a header although the id of the respondent was taken out of the file: it says
/// `Response` below two questions at least, which nobody answered, and an option below every heading that is blank.
fn says_response(first: &FirstRecords, top: &[&str], below: &[&str]) -> bool {
    let is_word = |cell: &str| {
        let folded = cell.to_lowercase();
        RESPONSE.contains(&folded.as_str())
    };
    let alone: Vec<usize> = (0..below.len()).filter(|&at| is_word(below[at])).collect();
    let is_headed = |at: &usize| top.get(*at).is_some_and(|cell| !cell.is_empty());
    alone.len() > 1
        && alone.iter().all(|at| is_headed(at) && !first.cells(*at, 2).into_iter().any(is_word))
        && alone.iter().any(|at| !first.cells(*at, 2).is_empty())
}

/// Whether the second record is a header of answers in any language: the first leaves headings blank behind a filled
/// one, the second fills them all, and what it says over a column is never answered there, or is all that is.
fn heads_answers(first: &FirstRecords, top: &[&str], below: &[&str]) -> bool {
    let width = below.len();
    let is_blank = |at: usize| top.get(at).is_none_or(|cell| cell.is_empty());
    let is_text = |cell: &&str| cell.chars().any(char::is_alphabetic);
    if first.records.len() < SURE + 2
        || top.len() > width
        || !(1..width).any(is_blank)
        || !below.iter().all(is_text)
    {
        return false;
    }
    let (mut signs, mut width_of_blanks) = (0, 0);
    for (at, label) in below.iter().enumerate() {
        let cells = first.cells(at, 2);
        let said = cells.iter().filter(|cell| *cell == label).count();
        let is_ticked = said == cells.len() && said > 0;
        if said > 0 && !is_ticked {
            return false;
        }
        let mut kinds = cells.clone();
        kinds.sort_unstable();
        kinds.dedup();
        // Of few answers that are given again and again, one that is given once and first would be odd.
        let is_repeated = kinds.len() > 1 && kinds.len() * 4 <= cells.len() && cells.len() >= SURE;
        if is_ticked || is_repeated {
            signs += 1;
            width_of_blanks += usize::from(is_blank(at));
        }
    }
    signs > 1 && width_of_blanks > 0
}

/// Whether nobody has answered yet: then the names in English have to do for the ids.
fn is_unanswered(first: &FirstRecords) -> bool {
    let known = |cell: &&str| METADATA.iter().any(|(name, _)| *name == folded(cell));
    first.records.len() == 2 && first.header().iter().filter(|cell| known(cell)).count() >= 3
}

/// A name of a column about the interview, with and without spaces.
fn folded(header: &str) -> String {
    header.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Whether the second record heads columns and is no answer: a question spans several columns, or the same word
/// stands below several questions and is no answer to them.
fn is_header(first: &FirstRecords, top: &[&str], below: &[&str], about: usize, width: usize) -> bool {
    let spans = (about..width).any(|at| top.get(at).is_none_or(|cell| cell.is_empty()));
    let word = below.get(about).copied().unwrap_or_default();
    let alone: Vec<usize> = (about..width).filter(|&at| below.get(at) == Some(&word)).collect();
    spans || (alone.len() > 1 && alone.iter().all(|&at| !first.cells(at, 2).contains(&word)))
}

/// A column about the interview: by its English name, else by what it holds.
fn interview(
    given: String,
    at: usize,
    header: &str,
    first: &FirstRecords,
    before: &[SeenColumn],
    has_id: bool,
) -> SeenColumn {
    let column = SeenColumn::copied(given, at);
    let name = folded(header);
    if let Some((_, metadata)) = METADATA.iter().find(|(known, _)| *known == name) {
        return column.about(*metadata);
    }
    let has = |role: Metadata| before.iter().any(|other| other.facts.role == Role::Metadata(role));
    if at == 0 && has_id {
        column.about(Metadata::Response)
    } else if first.all(at, 2, is_moment) {
        column.about(if has(Metadata::Started) { Metadata::Ended } else { Metadata::Started })
    } else if first.all(at, 2, |cell| cell.contains('@') || cell.split('.').count() == 4) {
        column.about(Metadata::Personal)
    } else {
        // Custom data may be a segment.
        column
    }
}

/// A question with its columns.
struct Block<'a> {
    at: usize,
    end: usize,
    question: String,
    below: &'a [&'a str],
    first: &'a FirstRecords,
}

impl Block<'_> {
    fn columns(&self, names: &mut Names, columns: &mut Vec<SeenColumn>) {
        if self.end - self.at == 1 {
            let column = SeenColumn::copied(names.give(&self.question, self.at), self.at);
            columns.push(column.asking(&self.question));
            return;
        }
        let ticked: Vec<usize> = (self.at..self.end).filter(|&at| self.is_ticked(at)).collect();
        let words: Vec<usize> =
            (self.at..self.end).filter(|at| !ticked.contains(at) && !self.is_empty(*at)).collect();
        // The other of a list is words, stands last and may say the same many times. Everything else that nobody
        // ticked is an option all the same.
        let is_multiple = match words.as_slice() {
            [] => !ticked.is_empty(),
            [word] => ticked.len() > 1 || (ticked.len() == 1 && word + 1 == self.end),
            _ => false,
        };
        if is_multiple {
            let options: Vec<(usize, String)> =
                (self.at..self.end).filter(|at| !words.contains(at)).map(|at| (at, self.label(at))).collect();
            let name = names.give(&self.question, self.at);
            columns.push(SeenColumn::ticked(name, options, &[]).asking(&self.question));
            columns.extend(words.into_iter().map(|at| self.row(names, at).with_role(Role::OpenText)));
            return;
        }
        if self.end - self.at == 2 && self.is_choice_and_other() {
            let column = SeenColumn::copied(names.give(&self.question, self.at), self.at);
            columns.push(column.asking(&self.question));
            let other = self.row(names, self.at + 1);
            columns.push(if self.is_numbers(self.at + 1) { other } else { other.with_role(Role::OpenText) });
            return;
        }
        columns.extend((self.at..self.end).map(|at| self.row(names, at)));
    }

    fn label(&self, at: usize) -> String {
        plain(self.below.get(at).copied().unwrap_or_default())
    }

    /// A column of its own: a row of a grid, an item of a ranking.
    fn row(&self, names: &mut Names, at: usize) -> SeenColumn {
        let label = self.label(at);
        let name = names.give(&format!("{} [{label}]", self.question), at);
        SeenColumn::copied(name, at).asking(&label).under(&self.question)
    }

    fn is_empty(&self, at: usize) -> bool {
        self.first.cells(at, 2).is_empty()
    }

    /// Whether a column is an option to tick: its cells say one text, its own label. A text of another writing, such
    /// as the number of the option, takes more of them to tell an option from a row that all answer alike.
    fn is_ticked(&self, at: usize) -> bool {
        let label = self.label(at);
        let cells = self.first.cells(at, 2);
        let Some(text) = cells.first() else { return false };
        if cells.iter().any(|cell| cell != text) {
            return false;
        }
        let is_elsewhere =
            || (self.at..self.end).any(|other| other != at && self.first.cells(other, 2).contains(text));
        let rows = self.first.records.len().saturating_sub(2);
        plain(text) == label || (cells.len() >= SURE && cells.len() * 4 < rows * 3 && !is_elsewhere())
    }

    /// Whether two columns are a choice and what was written beside it, and no grid of two rows, which nobody can
    /// tell from a few answers. The word over the choice is the word over every question of one column; without
    /// such a question, nobody chooses and writes, and the texts are not those of the choice.
    fn is_choice_and_other(&self) -> bool {
        let (choice, other) = (self.at, self.at + 1);
        if self.is_word_for_answer(self.label(choice).as_str()) {
            return true;
        }
        let (chosen, written) = (self.first.cells(choice, 2), self.first.cells(other, 2));
        let is_filled = |row: &[&str], at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        let is_both = |row: Vec<&str>| is_filled(&row, choice) && is_filled(&row, other);
        chosen.len() >= SURE
            && written.len() > 1
            && !self.is_numbers(other)
            && !written.iter().any(|text| chosen.contains(text))
            && !(2..self.first.records.len()).any(|record| is_both(self.first.row(record)))
    }

    /// Whether a text is that below a question of one column, such as `Response`.
    fn is_word_for_answer(&self, label: &str) -> bool {
        let top = self.first.header();
        let is_headed = |at: usize| top.get(at).is_some_and(|cell| !cell.is_empty());
        let width = self.below.len();
        (0..width).any(|at| {
            is_headed(at)
                && (is_headed(at + 1) || at + 1 == width)
                && !label.is_empty()
                && self.label(at) == label
        })
    }

    fn is_numbers(&self, at: usize) -> bool {
        let cells = self.first.cells(at, 2);
        !cells.is_empty()
            && cells.iter().filter(|cell| cell.parse::<f64>().is_ok()).count() * 2 >= cells.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;

    const EXPORT: &str = concat!(
        "ID des Befragten,Startdatum,Wie zufrieden?,Was war gut?,,,,Bitte bewerten Sie,,Warum?,\n",
        ",,Antwort,Preis,Service,Lage,Sonstiges (bitte angeben),Personal,Räume,Antwort,Anderer\n",
        "11822334455,07/01/2026 10:00:01 AM,Zufrieden,Preis,,,,5,4,Preis,\n",
        "11822334456,07/01/2026 10:05:01 AM,Unzufrieden,,Service,,der Kaffee,5,4,Lage,\n",
        "11822334457,07/01/2026 11:05:01 AM,Zufrieden,Preis,Service,,die Musik,3,4,,nur so\n",
    );

    #[test]
    fn a_german_export_is_recognised() {
        let seen = seen(&SurveyMonkey, EXPORT).unwrap();
        assert_eq!(seen.file.header_rows, 2);
        assert_eq!(
            names(&seen),
            [
                "ID des Befragten",
                "Startdatum",
                "Wie zufrieden?",
                "Was war gut?",
                "Was war gut? [Sonstiges (bitte angeben)]",
                "Bitte bewerten Sie [Personal]",
                "Bitte bewerten Sie [Räume]",
                "Warum?",
                "Warum? [Anderer]",
            ]
        );
        assert_eq!(*role(&seen, "ID des Befragten"), Role::Metadata(Metadata::Response));
        assert_eq!(*role(&seen, "Startdatum"), Role::Metadata(Metadata::Started));
        let good = column(&seen, "Was war gut?");
        assert_eq!(good.cells.positions(), [3, 4, 5]);
        assert_eq!(*role(&seen, "Was war gut? [Sonstiges (bitte angeben)]"), Role::OpenText);
        let staff = &column(&seen, "Bitte bewerten Sie [Personal]").facts;
        assert_eq!(
            (staff.stem.as_deref(), staff.text.as_deref()),
            (Some("Bitte bewerten Sie"), Some("Personal"))
        );
        assert_eq!(*role(&seen, "Warum? [Anderer]"), Role::OpenText);
    }

    const FEW: &str = concat!(
        "Respondent ID,Start Date,End Date,Which?,,,Please rate,,Why?\n",
        ",,,Price,Staff,Other,Staff,Rooms,Open-Ended Response\n",
    );

    #[test]
    fn the_same_other_many_times_leaves_the_options() {
        let row = |row: usize| {
            let staff = if row.is_multiple_of(2) { "Staff" } else { "" };
            format!("{},,,Price,{staff},none,Poor,Good,\n", 11_000_000_000 + row)
        };
        for rows in [2, 60] {
            let text = FEW.to_owned() + &(0..rows).map(row).collect::<String>();
            let seen = seen(&SurveyMonkey, &text).unwrap();
            assert_eq!(column(&seen, "Which?").cells.positions(), [3, 4]);
            assert_eq!(*role(&seen, "Which? [Other]"), Role::OpenText);
            let rooms = &column(&seen, "Please rate [Rooms]").facts;
            assert_eq!((&rooms.role, rooms.text.as_deref()), (&Role::Unknown, Some("Rooms")));
            assert!(names(&seen).contains(&"Please rate [Staff]"));
        }
    }

    #[test]
    fn options_written_as_numbers_take_many_answers() {
        let row = |row: usize| {
            let (price, staff) = if row.is_multiple_of(2) { ("1", "") } else { ("", "2") };
            format!("{},,,{price},{staff},,4,5,\n", 11_000_000_000 + row)
        };
        for (rows, positions) in [(4, vec![3]), (40, vec![3, 4, 5])] {
            let text = FEW.to_owned() + &(0..rows).map(row).collect::<String>();
            let seen = seen(&SurveyMonkey, &text).unwrap();
            assert_eq!(seen.columns[3].cells.positions(), positions, "{rows}");
        }
    }

    #[test]
    fn no_answers_yet_are_no_answers() {
        let seen = seen(&SurveyMonkey, FEW).unwrap();
        assert_eq!((seen.file.header_rows, seen.columns.len()), (2, 9));
        assert_eq!(super::super::sample::seen(&SurveyMonkey, "a,,b\n,x,y\n"), None);
    }

    #[test]
    fn an_export_without_its_id_is_recognised() {
        let text = concat!(
            "Religion?,,Attend?,Gender?\n",
            "Response,None of these,Response,Response\n",
            "None of these,Wesleyan,Never,Female\n",
            "Catholic,,Weekly,Male\n",
        );
        let found = seen(&SurveyMonkey, text).unwrap();
        assert_eq!(found.file.header_rows, 2);
        assert_eq!(names(&found), ["Religion?", "Religion? [None of these]", "Attend?", "Gender?"]);
        for text in [
            "Kind,Other,Answer\nResponse,Response,x\nResponse,Request,y\n",
            "Religion?,,Attend?\nResponse,,Response\nCatholic,,Weekly\n",
            ",Kind,Answer\nResponse,Response,Response\na,b,c\n",
        ] {
            assert_eq!(seen(&SurveyMonkey, text), None, "{text}");
        }
    }

    #[test]
    fn an_extract_without_its_columns_about_the_interview_is_recognised_in_any_language() {
        let row = |row: usize| {
            let tick =
                |option: &'static str, every: usize| if row.is_multiple_of(every) { option } else { "" };
            let word = ["Gut", "Mittel", "Schlecht"];
            format!(
                "{},{},{},{},{}\n",
                word[row % 3],
                tick("Preis", 2),
                tick("Team", 3),
                word[(row + 1) % 3],
                word[row / 2 % 3]
            )
        };
        let header = "Wie zufrieden?,Was war gut?,,Bitte bewerten,\nVastaus,Preis,Team,Service,Zimmer\n";
        let rows: String = (0..40).map(row).collect();
        let found = seen(&SurveyMonkey, &(header.to_owned() + &rows)).unwrap();
        assert_eq!(found.file.header_rows, 2);
        assert!(found.file.reasons[0].starts_with("caution: record 2"), "{:?}", found.file.reasons);
        assert_eq!(
            names(&found),
            ["Wie zufrieden?", "Was war gut?", "Bitte bewerten [Service]", "Bitte bewerten [Zimmer]"]
        );
        // Answers stand in the second record, or too few below it.
        let answered = header.replace("Vastaus", "Gut") + &rows;
        assert_eq!(seen(&SurveyMonkey, &answered), None);
        let few = header.to_owned() + &(0..4).map(row).collect::<String>();
        assert_eq!(seen(&SurveyMonkey, &few), None);
        let typed = SurveyMonkey.recognise_typed(&FirstRecords::read(few.as_bytes(), b',', true)).unwrap();
        assert_eq!(typed.file.header_rows, 2);
    }

    #[test]
    fn a_table_whose_first_row_lacks_its_id_is_none() {
        for text in [
            "id,overall,nps\n,5,9\n1234567,4,8\n1234568,4,5\n",
            "id,overall\n1234567,5\n",
            "id,,\n,a,b\n",
            "",
            "RespondentID,Q1,Q2\n,5,5\n11822334455,5,4\n",
        ] {
            assert_eq!(seen(&SurveyMonkey, text), None, "{text}");
        }
    }
}
