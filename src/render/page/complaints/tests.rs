//! What the part says in each language, that nothing is lost or obeyed on the way, and what it says without figures.

use super::sample;
use crate::render::page::{Block, Cell, Page, Part};
use crate::render::{Format, Look, Subject, render, sample as reports};
use crate::report::{Audience, ComplaintsSection, DocumentSection, Language, PageSection, Report, Section};

fn reported(section: ComplaintsSection, document: DocumentSection) -> Report {
    let mut report = reports::empty();
    report.title = "complaints".into();
    report.estimates = if section.counted.complaints > 1 { sample::estimates() } else { Vec::new() };
    report.sections = vec![Section::Complaints(Box::new(section)), Section::Document(document)];
    report
}

fn alone(language: Language) -> DocumentSection {
    DocumentSection { language, sections: vec![PageSection::Complaints], ..DocumentSection::default() }
}

fn part(page: &Page) -> Option<&Part> {
    page.parts.iter().find(|part| part.id == "complaints")
}

/// Everything that the part says, a line a row.
fn said(section: ComplaintsSection, language: Language) -> String {
    let page = Page::of(&reported(section, alone(language))).for_reading();
    let mut said = String::new();
    for block in &part(&page).unwrap().blocks {
        let table = match block {
            Block::Heading(heading) => {
                said.push_str(heading);
                None
            }
            Block::Text(texts) => {
                said.push_str(&texts.join("\n"));
                None
            }
            Block::Figure(figure) => {
                said.push_str(&[figure.title.as_str(), &figure.description, &figure.note, ""].join("\n"));
                Some(&figure.table)
            }
            Block::Table(table) => Some(table),
            other => panic!("{other:?}"),
        };
        if let Some(table) = table {
            let heads = table.columns.iter().map(|column| column.header.as_str());
            said.push_str(&heads.collect::<Vec<&str>>().join(" | "));
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.caption);
                let cells = row.iter().map(|cell| match cell {
                    Cell::Text(text)
                    | Cell::Shortened { full: text, .. }
                    | Cell::Number { text, .. }
                    | Cell::Verdict(text, _) => text.as_str(),
                    Cell::Nothing(reason) => reason.as_deref().unwrap_or_default(),
                });
                said.push('\n');
                said.push_str(&cells.collect::<Vec<&str>>().join(" | "));
            }
        }
        said.push('\n');
    }
    said
}

fn text(section: ComplaintsSection, format: Format, look: &Look) -> String {
    String::from_utf8(render(&reported(section, alone(Language::English)), format, look).unwrap()).unwrap()
}

#[test]
fn figures_stand_with_interval_base_target_and_verdict() {
    let said = said(sample::section(), Language::English);
    for line in [
        "1,200 of 1,240 records count as complaints, received from 2026-01-02 to 2026-06-30. What was open was looked at \
         as of 2026-06-30, the day that the definition names. Closed: 1,100; open: 90.",
        "Guessed from names and values, so look at these before using a figure: received from “received_at”; closed from “closed_at”.",
        "Not counted: 7 of the kind “Inquiry”; 7 with the status “Duplicate”; 7 without a date of receipt; 7 received after 2026-06-30.",
        "Closed in time | 85.0 % | 82.8 to 87.0 | 1,200 | 90.0 | missed",
        "2026-Q2 | 700 |",
        "Closed | due date of each; 30 days | 85.0 % | 82.8 to 87.0 | 935 | 150 | 15 | 80 | 5 | 15 | 1,200",
        "Answered: no share in time, no deadline is declared.",
        "Closed | 5.5 | 4.4 to 6.5 | 12.5 | 10.0 to 14.0 | 31.0 | 24.8 to – | 120.0 | 1,185 | 90 | 15",
        "count as “not yet” and are not left out (Kaplan-Meier)",
        "Closed by region: times differ between the groups by more than chance (log-rank test, p = 0.003, adjusted for 2 tests).",
        "Decided by region: no clear difference",
        "Acknowledged by region: not tested, fewer than two groups can be compared.",
        "Closed, region: South | hidden, too few complaints",
        "the most frequent first: “Late delivery” 40.0 %, “Damage” 30.0 % and “Price” 20.0 %.",
        "3 of 4 categories make up 80 % of complaints.",
        "16.5 % of complaints are in a category for what fits nowhere (14.5 to 18.7), more than 15 %",
        "Late delivery | 460 | 40.0 % | 37.0 to 43.0 | 40.0 % | 4.00 | 25.0 % | 1",
        "Late delivery | 460 | 4.00 | frequent and grave",
        "Satisfied with | Outcome | Satisfied | 95 % interval | Mean, points | Base",
        "the way it was handled | Not upheld | 55.0 % | 50.0 to 60.0 | 3.90 | 300",
        "Way less result: +17.2 points (+11.5 to +22.9); p < 0.001 (asymptotic), McNemar’s test.",
        "Standing out by the c chart: 2026-Q2 (beyond the limits). Fewer than eight periods",
        "No control limits: too few periods.",
        "category | Late delivery | “late delivery” (12); “LATE  DELIVERY” (1)",
        "closed before it was received | closed | 1 | counted, without its time | complaints.csv, line 18, column 4; complaints.csv, line 23",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

/// The codes of figures, steps, faults and reasons are for programs; and no language borrows from another.
#[test]
fn every_language_has_a_word_for_every_code() {
    let mut english: Vec<String> = Vec::new();
    for (language, code, _) in Language::ALL {
        let all = said(sample::section(), language)
            + &said(sample::bare(), language)
            + &said(sample::one_period(), language);
        let of_the_file = all.replace("_at", "");
        let own: Vec<&str> =
            of_the_file.split_whitespace().filter(|word| word.contains(['_', '{', '}'])).collect();
        // The columns of the file are called as the file calls them.
        let own: Vec<&&str> = own
            .iter()
            .filter(|word| {
                !["remedy_cost", "first_contact", "process_satisfaction", "outcome_satisfaction"]
                    .contains(word)
            })
            .collect();
        assert!(own.is_empty(), "{code}: {own:?}");
        let cells: Vec<String> = all.lines().flat_map(|line| line.split(" | ")).map(str::to_owned).collect();
        if language == Language::English {
            english = cells;
            continue;
        }
        let borrowed: Vec<&String> = cells
            .iter()
            .filter(|cell| cell.split_whitespace().count() > 3 && english.contains(cell))
            .filter(|cell| !cell.contains("late delivery"))
            .collect();
        assert!(borrowed.is_empty(), "{code}: {borrowed:?}");
    }
}

#[test]
fn no_complaints_are_not_read_as_satisfaction() {
    let said = said(sample::bare(), Language::English);
    assert_eq!(
        said,
        "None of 4 records counts as a complaint. What was open was looked at as of 2026-06-30, the day of the latest \
         entry in the file.\n\
         Few or no complaints do not show satisfaction: most who are dissatisfied say nothing, and those who complain do \
         not stand for the others.\n\
         No number of transactions is known: there are counts and no rate.\n\
         Done in time\n\
         Acknowledged: no share in time, no deadline is declared. Closed: no share in time, no deadline is declared.\n\
         No column says what complaints are about.\n"
    );
}

#[test]
fn a_single_running_period_has_no_line_and_no_invented_time() {
    let said = said(sample::one_period(), Language::English);
    for line in [
        "1 of 1 records counts as a complaint, received on 2026-06-02.",
        "the day that was asked for",
        "first of the file, days may be missing; not over yet",
        "Closed | none has this step yet",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("control limit"), "{said}");
    assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
}

#[test]
fn clauses_are_named_with_their_edition_and_customers_see_nothing() {
    let page = Page::of(&reported(sample::section(), DocumentSection::default()));
    let clause = part(&page).unwrap().clause.clone().unwrap();
    assert_eq!(clause, "addresses ISO 10002:2018, 8.2, 8.3, 8.4; ISO 10004:2018, 7.3.2");
    let mut without = sample::section();
    without.satisfaction = None;
    let page = Page::of(&reported(without, DocumentSection::default()));
    assert!(!part(&page).unwrap().clause.as_ref().unwrap().contains("8.3"));
    let board = DocumentSection { audience: Audience::Board, ..DocumentSection::default() };
    let page = Page::of(&reported(sample::section(), board));
    let heads = part(&page).unwrap().blocks.iter().filter(|block| matches!(block, Block::Heading(_)));
    assert!(heads.clone().count() > 5);
    let odd = Block::Heading("What is odd in the records".into());
    assert!(!part(&page).unwrap().blocks.contains(&odd));
    let customers = DocumentSection { audience: Audience::Customers, ..DocumentSection::default() };
    assert_eq!(part(&Page::of(&reported(sample::section(), customers))), None);
    let customers = DocumentSection { audience: Audience::Customers, ..alone(Language::English) };
    let none = "There are no figures on complaints in this report.".to_owned();
    let page = Page::of(&reported(sample::section(), customers));
    assert_eq!(part(&page).unwrap().blocks, [Block::Text(vec![none])]);
}

#[test]
fn hostile_texts_are_shown_and_not_obeyed() {
    let html = text(sample::hostile(), Format::Html, &Look::default());
    for bad in ["<script>alert", "<img src=x", "</td><b>", "\u{1b}", "\u{202e}", "\u{7}"] {
        assert!(!html.contains(bad), "{bad:?}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)"));
    let markdown = text(sample::hostile(), Format::Markdown, &Look::default());
    for bad in ["<script>", "<img", "\u{1b}", "\u{202e}", "a | b", "**b**", "[l](javascript"] {
        assert!(!markdown.contains(bad), "{bad:?}");
    }
    let look = Look { subject: Subject::Complaints, ..Look::default() };
    let terminal = text(sample::hostile(), Format::Table, &look);
    assert!(!terminal.contains(['\u{1b}', '\u{202e}', '\u{7}']));
    let report = reported(sample::hostile(), alone(Language::English));
    assert!(!render(&report, Format::Xlsx, &Look::default()).unwrap().is_empty());
}

#[test]
fn a_terminal_shows_the_same_at_every_width() {
    for width in [60, 80, 160] {
        let look = Look { width, subject: Subject::Complaints, ..Look::default() };
        let shown = text(sample::section(), Format::Table, &look);
        let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{width}: {widest}\n{shown}");
        let words = shown.split_whitespace().collect::<Vec<&str>>().join(" ");
        for piece in [
            "1,200 of 1,240 records",
            "Few or no complaints",
            "Closed in time",
            "82.8",
            "no deadline is declared",
        ] {
            assert!(words.contains(piece), "{width}: {piece}\n{shown}");
        }
        assert!(words.contains("addresses ISO 10002:2018"), "{shown}");
    }
}

#[test]
fn long_tables_are_cut_with_a_pointer_in_a_terminal_only() {
    let mut section = sample::section();
    let categories = section.categories.as_mut().unwrap();
    let first = categories.rows[0].clone();
    categories.rows = (0..45)
        .map(|place| crate::report::ComplaintCategory { category: format!("About {place}"), ..first.clone() })
        .collect();
    let look = Look { subject: Subject::Complaints, width: 120, ..Look::default() };
    let shown = text(section.clone(), Format::Table, &look);
    assert!(shown.contains("and 15 more"), "{shown}");
    assert!(text(section, Format::Html, &Look::default()).contains("About 44"));
}

#[test]
fn a_terminal_of_everything() {
    let look = Look { width: 100, subject: Subject::Complaints, ..Look::default() };
    insta::assert_snapshot!("complaints_100", text(sample::section(), Format::Table, &look));
}

#[test]
fn markdown_of_everything() {
    insta::assert_snapshot!("complaints", text(sample::section(), Format::Markdown, &Look::default()));
}
