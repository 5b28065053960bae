//! What the part says in each language, that nothing is lost or obeyed on the way, and what it says without figures.

use super::sample;
use crate::render::page::{Block, Cell, Page, Part};
use crate::render::{Format, Look, Subject, render, sample as reports};
use crate::report::{Audience, DocumentSection, IndicatorsSection, Language, PageSection, Report, Section};

fn reported(section: IndicatorsSection, document: DocumentSection) -> Report {
    let mut report = reports::empty();
    report.title = "indicators".into();
    report.estimates = sample::estimates();
    report.sections = vec![Section::Indicators(Box::new(section)), Section::Document(document)];
    report
}

fn alone(language: Language) -> DocumentSection {
    DocumentSection { language, sections: vec![PageSection::Indicators], ..DocumentSection::default() }
}

fn part(page: &Page) -> Option<&Part> {
    page.parts.iter().find(|part| part.id == "indicators")
}

/// Everything that the part says, a line a row.
fn said(section: IndicatorsSection, language: Language) -> String {
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

fn text(section: IndicatorsSection, format: Format, look: &Look) -> String {
    String::from_utf8(render(&reported(section, alone(Language::English)), format, look).unwrap()).unwrap()
}

#[test]
fn figures_changes_and_agreement_are_said() {
    let said = said(sample::section(), Language::English);
    for line in [
        "1,200 of 1,240 records count. The latest complete period is 2026-03, as of 2026-04-15.",
        "is no sign of satisfaction",
        "Periods of the file were joined to longer ones",
        "Returns | per 1,000 | 21.50 | 20.00 to 23.75 | 4,000.50 | 10.00 | missed | lower | ERP",
        "Returns, region: North | per 1,000 | no figure in this period",
        "Solved | share | 77.3 % | 75.8 to 79.5 | 4,000.50 | 10.0 | missed | higher | ERP",
        "Waiting | as recorded, minutes",
        "not said, no verdict",
        "contradictory, no verdict",
        "Returns | 2026-02 | +1.25 |  | 1.06 | 0.91 to 1.24 | 0.03 | worse: clearly higher",
        "better: clearly lower",
        "a recorded figure, not tested",
        "Standing out by the u chart: 2026-03 (beyond the limits). Fewer than eight periods",
        "a recorded figure has limits from twelve complete periods on",
        "Returns | Overall? | 14 | score later by 2 | −0.75 | −0.92 to −0.31 | 0.012 | −0.25 | 0.41 | they move together, and so do their changes; as one would expect",
        "score earlier by 1",
        "shared trend: the levels move together, their changes do not clearly; against what one would expect",
        "all together −0.75, within region +0.60 (+0.20 to +0.80). The segments say the opposite of the total (Simpson)",
        "Returns and “Overall?”: 6 common periods; fewer than 8 tell nothing, so there is no figure.",
        "Returns and “Overall?”: one of them does not vary",
        "does not show that one causes the other",
        "a denominator of zero | value | 3 | left out | i.csv, line 18, column 4 | “odd”",
        "indicator | Returns | “returns” (12)",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

/// The codes of figures, faults and reasons are for programs; and no language borrows from another.
#[test]
fn every_language_has_a_word_for_every_code() {
    let mut english: Vec<String> = Vec::new();
    for (language, code, _) in Language::ALL {
        let mut all = said(sample::section(), language) + &said(sample::bare(), language);
        for reason in [None, Some("no_scores"), Some("no_calendar"), Some("other_periods")] {
            all += &said(sample::without_scores(reason), language);
        }
        let own: Vec<&str> = all.split_whitespace().filter(|word| word.contains(['_', '{', '}'])).collect();
        assert!(own.is_empty(), "{code}: {own:?}");
        let cells: Vec<String> = all.lines().flat_map(|line| line.split(" | ")).map(str::to_owned).collect();
        if language == Language::English {
            english = cells;
            continue;
        }
        let borrowed: Vec<&String> = cells
            .iter()
            .filter(|cell| cell.split_whitespace().count() > 3 && english.contains(cell))
            .collect();
        assert!(borrowed.is_empty(), "{code}: {borrowed:?}");
    }
}

#[test]
fn nothing_recorded_is_not_read_as_satisfaction() {
    assert_eq!(
        said(sample::bare(), Language::English),
        "None of 4 records counts.\n\
         Indicators hint at satisfaction and do not replace asking customers. That nothing is recorded, such as no \
         complaint or no return, is no sign of satisfaction.\n"
    );
}

#[test]
fn clauses_are_named_with_their_edition_and_customers_see_nothing() {
    let page = Page::of(&reported(sample::section(), DocumentSection::default()));
    let clause = part(&page).unwrap().clause.clone().unwrap();
    assert_eq!(clause, "addresses ISO 10004:2018, 7.3.2, 7.4.5, 7.6");
    let page = Page::of(&reported(sample::without_scores(Some("no_scores")), DocumentSection::default()));
    assert!(!part(&page).unwrap().clause.as_ref().unwrap().contains("7.4.5"));
    let board = DocumentSection { audience: Audience::Board, ..DocumentSection::default() };
    let page = Page::of(&reported(sample::section(), board));
    let odd = Block::Heading("What is odd in the records".into());
    assert!(!part(&page).unwrap().blocks.contains(&odd));
    let customers = DocumentSection { audience: Audience::Customers, ..DocumentSection::default() };
    assert_eq!(part(&Page::of(&reported(sample::section(), customers))), None);
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
    let look = Look { subject: Subject::Indicators, ..Look::default() };
    let terminal = text(sample::hostile(), Format::Table, &look);
    assert!(!terminal.contains(['\u{1b}', '\u{202e}', '\u{7}']));
    let report = reported(sample::hostile(), alone(Language::English));
    assert!(!render(&report, Format::Xlsx, &Look::default()).unwrap().is_empty());
}

#[test]
fn a_terminal_shows_the_same_at_every_width() {
    for width in [60, 80, 160] {
        let look = Look { width, subject: Subject::Indicators, ..Look::default() };
        let shown = text(sample::section(), Format::Table, &look);
        let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{width}: {widest}\n{shown}");
        let words = shown.split_whitespace().collect::<Vec<&str>>().join(" ");
        for piece in
            ["1,200 of 1,240 records", "21.50", "no sign of satisfaction", "addresses ISO 10004:2018"]
        {
            assert!(words.contains(piece), "{width}: {piece}\n{shown}");
        }
    }
}
