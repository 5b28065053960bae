//! What the part says in each language, whom it is shown to, and that nothing of the section is lost on the way.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use super::sample;
use crate::render::page::{Block, Cell, Page, Part, sample as pages};
use crate::render::{html, page_markdown, xlsx};
use crate::report::{Audience, DocumentSection, Language, PageSection, Report, Section, WeightingSection};

fn reported(section: WeightingSection, document: DocumentSection) -> Report {
    let mut report = pages::full_as(document);
    report.sections.push(Section::Weighting(section));
    report
}

fn presented(section: WeightingSection, document: DocumentSection) -> Page {
    Page::of(&reported(section, document))
}

fn part(page: &Page) -> Option<&Part> {
    page.parts.iter().find(|part| part.id == "weighting")
}

/// Everything that the part says, a line a row.
fn said(section: WeightingSection, language: Language) -> String {
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
                        Cell::Text(text) | Cell::Shortened { text, .. } | Cell::Number { text, .. } => text,
                        other => panic!("{other:?}"),
                    });
                    said.push('\n');
                    said.push_str(&cells.map(String::as_str).collect::<Vec<&str>>().join(" | "));
                }
            }
            other => panic!("{other:?}"),
        }
        said.push('\n');
    }
    said
}

#[test]
fn margins_costs_and_scores_are_said() {
    assert_eq!(
        said(sample::section(), Language::English),
        "Raking: the bounds hold, the targets do not. It took 17 rounds. Weights are kept between 0.3 and 3.3. \
         93 rows are held at one of these bounds. The bounds moved 2.4 % of all weight.\n\
         The weights reach from 0.315 to 3.25, the largest 10.3 times the smallest. They add up to 1,240.5. The \
         heaviest row has 0.26 % of all weight.\n\
         Kish's design effect is 1.25: 1,234 rows are worth 987.3, 80.0 % of them. Under the weights that the data \
         came with they were worth 1,111.4.\n\
         31 rows are left out: they have no answer to a weighting variable.\n\
         1 row is left out: its category has the target 0.\n\
         Standard errors take the weights as given and do not know of the targets.\n\
         The sample, the targets and the weighted sample\n\
         Variable | Category | Rows | Sample | Before | Target | After\n\
         Region | North | 700 | 56.7 % | 55.1 % | 40.3 % | 41.3 %\n\
         Region | South | 534 | 43.3 % | 44.9 % | 59.8 % | 58.7 %\n\
         age × gender | 18–34 × f | 222 | 18.0 % | 18.8 % | 21.5 % | 22.2 %\n\
         The scores with and without the weights\n\
         Question | Statistic | Without | With | Difference | Design effect\n\
         Overall satisfaction | top box | 65.9 % | 63.5 % | −2.4 | 1.38\n\
         Would recommend (NPS) | NPS | +31.0 | +31.4 | +0.4 | 1.29\n"
    );
}

#[test]
fn where_all_started_from_one_nothing_was_before() {
    let english = said(WeightingSection { variable: None, ..sample::section() }, Language::English);
    assert!(english.contains("Rows | Sample | Target | After\n"), "{english}");
    assert!(!english.contains("55.1 %") && !english.contains("1,111.4"), "{english}");
}

/// Every method and every way of standard errors has words, and no language borrows from another.
#[test]
fn every_language_has_its_own_words() {
    let mut reports: Vec<(&str, Vec<String>)> = Vec::new();
    for (language, code, _) in Language::ALL {
        let mut all = String::new();
        for (method, variance, converged) in [
            ("raking", "raking", true),
            ("post_stratification", "regression", false),
            ("linear", "bootstrap", true),
            ("logit", "fixed", true),
        ] {
            for few in [1, 2] {
                all += &said(
                    WeightingSection {
                        method: Some(method.into()),
                        variance: Some(variance.into()),
                        converged: Some(converged),
                        iterations: Some(few),
                        trimmed: Some(few),
                        left_out: few,
                        unwanted: few,
                        ..sample::section()
                    },
                    language,
                );
            }
        }
        assert!(!all.contains(['_', '{', '}']), "{code}: {all}");
        let sentences = all.split(['\n', '.', ':', '|']).map(|text| text.trim().to_owned());
        reports.push((code, sentences.filter(|text| text.split_whitespace().count() > 2).collect()));
    }
    let names = ["Would recommend (NPS)", "age × gender", "18–34 × f"];
    for (place, (code, own)) in reports.iter().enumerate() {
        assert!(own.len() > 60, "{code}: {}", own.len());
        for (other_code, other) in &reports[place + 1..] {
            let borrowed: Vec<&String> =
                own.iter().filter(|text| other.contains(text) && !names.contains(&text.as_str())).collect();
            assert!(borrowed.is_empty(), "{code}, {other_code}: {borrowed:?}");
        }
    }
}

#[test]
fn weights_cut_once_do_not_keep_the_bounds_and_are_not_said_to() {
    let cut = WeightingSection { bounds: Some([0.3, 3.1]), ..sample::section() };
    let text = said(cut, Language::English);
    assert!(text.starts_with("Raking: weights were cut once, at 0.3 and 3.1."), "{text}");
    assert!(!text.contains("are kept between") && !text.contains("the bounds hold"), "{text}");
}

#[test]
fn every_number_of_the_section_is_on_the_page_and_in_the_workbook() {
    let section = sample::section();
    let (figures, texts) = sample::figures(&section);
    let report = reported(section, DocumentSection::default());
    let page = Page::of(&report);
    let (html, markdown) = (html::render(&page), page_markdown::render(&page));
    let mut book: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(xlsx::render(&page, &report).unwrap())).unwrap();
    let sheet = book.worksheet_range("Weighting").unwrap();
    let cells: Vec<&Data> = sheet.rows().flatten().collect();
    for text in texts {
        assert!(html.contains(text), "{text}");
        assert!(markdown.contains(text), "{text}");
        let is_there = cells.iter().any(|cell| matches!(cell, Data::String(read) if read.contains(text)));
        assert!(is_there, "{text}");
    }
    for figure in figures {
        let is_there =
            cells.iter().any(|cell| matches!(cell, Data::Float(read) if read.total_cmp(&figure).is_eq()));
        assert!(is_there, "{figure}");
    }
    let table = part(&page).unwrap().blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let mut numbers = 0;
    for cell in table.flat_map(|table| table.rows.iter().flatten()) {
        let Cell::Number { text, .. } = cell else { continue };
        assert!(html.contains(text) && markdown.contains(text), "{text}");
        numbers += 1;
    }
    assert_eq!(numbers, 3 * 5 + 2 * 4);
}

#[test]
fn labels_that_try_to_break_out_stay_texts() {
    const SCRIPT: &str = "</td><script>alert(1)</script>";
    const FORMULA: &str = "=HYPERLINK(\"http://evil\")";
    let mut section = sample::section();
    section.margins[0].category = SCRIPT.into();
    section.margins[1].variable = FORMULA.into();
    section.scores[0].question = SCRIPT.into();
    section.method = Some(SCRIPT.into());
    section.wave = Some(SCRIPT.into());
    let report = reported(section, DocumentSection::default());
    let page = Page::of(&report);
    let html = html::render(&page);
    assert!(!html.contains("<script") && html.contains("&lt;script"));
    assert!(!page_markdown::render(&page).contains("<script"));
    let mut book: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(xlsx::render(&page, &report).unwrap())).unwrap();
    assert_eq!(book.worksheet_formula("Weighting").unwrap().used_cells().count(), 0);
    let sheet = book.worksheet_range("Weighting").unwrap();
    assert!(sheet.rows().flatten().any(|cell| *cell == Data::String(FORMULA.to_owned())));
}

#[test]
fn team_and_board_are_shown_it_and_customers_are_not() {
    for (audience, is_shown) in
        [(Audience::Team, true), (Audience::Board, true), (Audience::Customers, false)]
    {
        let document = DocumentSection { audience, ..DocumentSection::default() };
        assert_eq!(part(&presented(sample::section(), document)).is_some(), is_shown, "{audience:?}");
        let sections = vec![PageSection::Weighting];
        let document = DocumentSection { audience, sections, ..DocumentSection::default() };
        let page = presented(sample::section(), document);
        let is_all = part(&page).unwrap().blocks.len() > 1;
        assert_eq!(is_all, is_shown, "asked for by name: {audience:?}");
    }
}

#[test]
fn ready_made_weights_are_shown_where_the_part_is_asked_for() {
    let ready_made = WeightingSection {
        method: None,
        margins: Vec::new(),
        iterations: None,
        converged: None,
        trimmed: None,
        bounds: None,
        moved: None,
        left_out: 0,
        unwanted: 0,
        variance: None,
        kish_base_before: None,
        ..sample::section()
    };
    assert_eq!(part(&presented(ready_made.clone(), DocumentSection::default())), None);
    let sections = vec![PageSection::Weighting];
    let page = presented(ready_made, DocumentSection { sections, ..DocumentSection::default() });
    let blocks = &part(&page).unwrap().blocks;
    assert!(
        matches!(blocks.as_slice(), [Block::Text(texts), Block::Heading(_), Block::Table(_)] if texts.len() == 2)
    );
}

#[test]
fn answers_without_weights_say_so_where_the_part_is_asked_for() {
    let sections = vec![PageSection::Weighting];
    let page = Page::of(&pages::full_as(DocumentSection { sections, ..DocumentSection::default() }));
    let part = part(&page).unwrap();
    assert_eq!(part.blocks, [Block::Text(vec!["These answers are not weighted to targets.".to_owned()])]);
    assert_eq!(part.clause, None);
}
