//! What the part says in each language, and whom it is shown to.

use super::sample;
use crate::render::page::{Block, Cell, Page, Part, sample as pages};
use crate::report::{Audience, DocumentSection, Language, PageSection, QualitySection, Report, Section};

fn presented(section: QualitySection, document: DocumentSection) -> Page {
    let mut report: Report = pages::full_as(document);
    report.sections.retain(|other| !matches!(other, Section::Quality(_)));
    report.sections.push(Section::Quality(Box::new(section)));
    Page::of(&report)
}

fn part(page: &Page) -> Option<&Part> {
    page.parts.iter().find(|part| part.id == "quality")
}

/// Everything that the part says.
fn said(section: QualitySection, language: Language) -> String {
    let page = presented(section, DocumentSection { language, ..DocumentSection::default() });
    let mut said = String::new();
    for block in &part(&page).unwrap().blocks {
        match block {
            Block::Heading(heading) => said.push_str(heading),
            Block::Text(texts) => said.push_str(&texts.join("\n")),
            Block::Table(table) => {
                let heads = table.columns.iter().map(|column| column.header.as_str());
                said.push_str(&heads.collect::<Vec<&str>>().join(" | "));
                for row in &table.rows {
                    let cells = row.iter().map(|cell| match cell {
                        Cell::Text(text) | Cell::Number { text, .. } => text.as_str(),
                        _ => "",
                    });
                    said.push('\n');
                    said.push_str(&cells.collect::<Vec<&str>>().join(" | "));
                }
            }
            other => panic!("{other:?}"),
        }
        said.push('\n');
    }
    said
}

#[test]
fn numbers_checks_and_limits_are_in_the_language() {
    let english = said(sample::section(), Language::English);
    for text in [
        "Rows looked at one by one: 1,240. Without a flag: 1,100; with one: 100; with two: 30; with three or more: 10.",
        "no row was left out because of it",
        "Too fast | 1,240 | 31 | 2.5 % | less than 151.5 seconds, 50 % of the median time of 303 seconds",
        "hardly repeats them; pairs of rows alike in all answers: 41, expected by chance alone: 0.3",
        "Answers that contradict | 1,240 | 31 | under 0.1 % |",
        "Answered before it began |  |  |  | not done: no column of when it began is named",
        "Anything else? | 1,240 | 915 | 74.0 % | 2.0 %",
        "Tangibles (expected) | 1,240 | 20 |",
        "evening (with it) |",
        "Overall satisfaction | 3 of 11 | 31 | 2.5 %",
        "Tangibles (perceived) to Overall satisfaction | 3 | 1,236",
        "−14.5 | −20.6 | −8.2 | < 0.001",
        "RR1 | 41.7 % | I / (I + P + R + NC + O + U)",
    ] {
        assert!(english.contains(text), "{text}\n{english}");
    }
    assert!(!english.contains("met by nobody") && !english.contains("unseen"), "{english}");
    assert!(!english.contains("Easy to deal with"), "nothing is missing there: {english}");
    let german = said(sample::section(), Language::German);
    let row = "Zu schnell | 1.240 | 31 | 2,5\u{a0}% | weniger als 151,5 Sekunden, 50\u{a0}% der mittleren Dauer (Median) von 303 Sekunden";
    assert!(german.contains(row), "{german}");
}

/// The codes of checks, reasons and dispositions are for programs; and no language borrows from another.
#[test]
fn every_language_has_a_word_for_every_code() {
    let words = |text: &str| -> Vec<String> {
        text.lines().flat_map(|line| line.split(" | ")).map(str::to_owned).collect()
    };
    let mut reports: Vec<(Language, Vec<String>)> = Vec::new();
    for (language, code, _) in Language::ALL {
        let all = said(sample::section(), language) + &said(sample::bare(), language);
        assert!(!all.contains(['_', '{', '}']), "{code}: {all}");
        // In English some reasons are words of their sentences.
        for reason in sample::REASONS.iter().filter(|_| language != Language::English) {
            assert!(!all.contains(&reason.replace('_', " ")), "{code}: {reason}\n{all}");
        }
        assert!(!all.contains("a limit in plain English"), "{code}: {all}");
        reports.push((language, words(&all)));
    }
    let english = reports[0].1.clone();
    for (language, own) in &reports[1..] {
        let borrowed: Vec<&String> = own
            .iter()
            .filter(|cell| cell.split_whitespace().count() > 3 && english.contains(cell))
            .filter(|cell| !cell.contains(" / ") && !cell.contains("overall = 5"))
            .collect();
        assert!(borrowed.is_empty(), "{language:?}: {borrowed:?}");
    }
}

#[test]
fn what_was_not_looked_at_says_so() {
    let section = QualitySection {
        reason: Some("too_many_rows".into()),
        checks: sample::bare().checks,
        ..QualitySection::default()
    };
    let text = said(section, Language::English);
    assert_eq!(text, "The rows were not looked at one by one: the rows take more memory than is allowed.\n");
    let sections = vec![PageSection::Quality];
    let mut report = pages::full_as(DocumentSection { sections, ..DocumentSection::default() });
    report.sections.retain(|other| !matches!(other, Section::Quality(_)));
    let page = Page::of(&report);
    let none = "How the answers came in was not looked at for this report.";
    assert_eq!(page.parts[0].blocks, [Block::Text(vec![none.to_owned()])]);
    assert_eq!(page.parts[0].clause, None);
}

#[test]
fn boards_and_customers_are_not_shown_it() {
    for audience in [Audience::Board, Audience::Customers] {
        let document = DocumentSection { audience, ..DocumentSection::default() };
        assert_eq!(part(&presented(sample::section(), document)), None);
        let sections = vec![PageSection::Quality];
        let document = DocumentSection { audience, sections, ..DocumentSection::default() };
        let asked = presented(sample::section(), document);
        assert_eq!(part(&asked).unwrap().blocks.len(), 1, "only that there is nothing");
    }
    let team = presented(sample::section(), DocumentSection::default());
    assert_eq!(part(&team).unwrap().clause.as_deref(), Some("addresses ISO 10004:2018, 7.4.2"));
}

#[test]
fn nobody_stopped_nothing_met_nothing_known() {
    let mut section = sample::section();
    section.progress.stopped = 0;
    section.contradictions.clear();
    section.grids.clear();
    section.items.clear();
    section.late = crate::report::QualityLate { reason: Some("too_few_rows".into()), ..Default::default() };
    section.response =
        crate::report::QualityResponse { reason: Some("no_dispositions".into()), ..Default::default() };
    let page = presented(section, DocumentSection::default());
    let blocks = &part(&page).unwrap().blocks;
    assert!(matches!(blocks.as_slice(), [Block::Text(_), Block::Table(_)]), "{blocks:?}");
}
