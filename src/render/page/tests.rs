//! The page of hand-made reports as text.

use std::fmt::Write;

use super::super::chart::Chart;
use super::super::sample as reports;
use super::{Block, Cell, Page, Strip, Tone, anchor, sample};
use crate::report::words::Speech;
use crate::report::{Audience, ChosenValue, ClauseEdition, DocumentSection, Language, PageSection, Section};

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "+",
        Tone::Bad => "−",
        Tone::Plain => "·",
    }
}

/// Everything of a page in lines.
fn text(page: &Page) -> String {
    let mut lines = vec![format!("# {} [{}]", page.title, page.language), page.subtitle.join(" · ")];
    lines.extend(page.facts.iter().map(|(label, text)| format!("{label}: {text}")));
    for part in &page.parts {
        lines.push(format!("\n## {} #{} ({})", part.title, part.id, part.clause.as_deref().unwrap_or("")));
        for block in &part.blocks {
            block_lines(block, &mut lines);
        }
    }
    lines.push(format!("\n{}", page.footer.join(" · ")));
    lines.join("\n")
}

fn block_lines(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::Heading(text) => lines.push(format!("\n### {text}")),
        Block::Text(texts) => lines.extend(texts.iter().cloned()),
        Block::Banner(table) => lines.push(format!("banner #{}: {}", table.anchor, table.title)),
        Block::Contents(links) => lines.push(format!("contents: {links:?}")),
        Block::Cards(cards) => {
            for card in cards {
                lines.push(format!("[{}] {} ({})", card.value, card.name, card.definition));
                lines.push(format!("  {} | {}", card.interval, card.base));
                if let Some(Strip { low, value, high, target }) = card.strip {
                    lines.push(format!("  strip {low:.3} {value:.3} {high:.3} {target:.3?}"));
                }
                for (text, mark) in card.change.iter().chain(&card.target) {
                    lines.push(format!("  {} {text}", tone(*mark)));
                }
                lines.extend(card.flag.iter().map(|flag| format!("  ! {flag}")));
            }
        }
        Block::Findings(claims) => {
            lines.extend(
                claims
                    .iter()
                    .map(|claim| format!("{} {}. {}", tone(claim.tone), claim.verdict, claim.detail)),
            );
        }
        Block::Figure(figure) => {
            lines.push(format!("figure #{}: {}", figure.id, figure.title));
            lines.push(format!("  {}\n  {}", figure.description, figure.note));
            lines.push(chart(&figure.chart));
            table_lines(&figure.table, lines);
        }
        Block::Table(table) => table_lines(table, lines),
        Block::Facts(facts) => lines.extend(facts.iter().map(|(label, text)| format!("{label}: {text}"))),
        Block::Notes(notes) => {
            lines.extend(
                notes.iter().map(|(caution, text)| format!("{} {text}", if *caution { "!" } else { "i" })),
            );
        }
    }
}

fn chart(chart: &Chart) -> String {
    let mut text = String::new();
    let axis = |axis: &super::super::chart::Axis| {
        let ticks: Vec<&str> = axis.ticks.iter().map(|(_, text)| text.as_str()).collect();
        format!("{} to {} [{}] {}", axis.least, axis.most, ticks.join(" "), axis.title)
    };
    match chart {
        Chart::Intervals(chart) => {
            write!(text, "  axis {}", axis(&chart.axis)).unwrap();
            write!(text, "\n  lines {:?} {:?}", chart.reference, chart.target).unwrap();
            for row in &chart.rows {
                write!(text, "\n  {:?} {} | {} | {}", row.emphasis, row.label, row.note, row.text).unwrap();
            }
        }
        Chart::Bars(chart) => {
            let parts: Vec<String> =
                chart.parts.iter().map(|part| format!("{} {:?}", part.label, part.side)).collect();
            write!(
                text,
                "  bars diverging {} {} | beside {:?}",
                chart.diverging,
                parts.join(", "),
                chart.beside
            )
            .unwrap();
            for row in &chart.rows {
                let shares: Vec<&str> = row.shares.iter().map(|(_, text)| text.as_str()).collect();
                write!(text, "\n  {} | {} | {} | {:?}", row.label, row.note, shares.join(" "), row.beside)
                    .unwrap();
            }
        }
        Chart::Trend(chart) => {
            write!(text, "  axis {}", axis(&chart.axis)).unwrap();
            write!(text, "\n  lines {:?} {:?}", chart.center, chart.target).unwrap();
            write!(text, "\n  limits {:?} {:?}", chart.upper, chart.lower).unwrap();
            for mark in &chart.points {
                write!(text, "\n  {} {} {:?}", mark.wave, mark.text, mark.control).unwrap();
                for (is_so, word) in [(mark.signal, "signal"), (mark.weak, "weak"), (mark.broken, "broken")] {
                    if is_so {
                        write!(text, " {word}").unwrap();
                    }
                }
            }
        }
        Chart::Gaps(chart) => {
            write!(text, "  axis {}", axis(&chart.axis)).unwrap();
            for row in &chart.rows {
                write!(text, "\n  {} | {} | {} clear {}", row.label, row.note, row.text, row.clear).unwrap();
            }
        }
        Chart::Lines(chart) => {
            write!(text, "  across {}", axis(&chart.across)).unwrap();
            write!(text, "\n  up {}", axis(&chart.up)).unwrap();
            for line in &chart.lines {
                write!(text, "\n  line {} {:?} {} points", line.name, line.kind, line.points.len()).unwrap();
            }
            for mark in &chart.marks {
                write!(text, "\n  {} {:?} {}", mark.label, mark.at, mark.text).unwrap();
                write!(text, " outside {} weak {}", mark.outside, mark.weak).unwrap();
            }
        }
        Chart::Quadrants(chart) => {
            write!(text, "  performance {}", axis(&chart.performance)).unwrap();
            write!(text, "\n  importance {}", axis(&chart.importance)).unwrap();
            write!(text, "\n  corners {}", chart.corners.join(" | ")).unwrap();
            for mark in &chart.marks {
                write!(text, "\n  {} settled {}", mark.label, mark.settled).unwrap();
            }
        }
    }
    text
}

fn table_lines(table: &super::Table, lines: &mut Vec<String>) {
    lines.push(format!("  table {}", table.caption));
    let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    lines.push(format!("  | {}", headers.join(" | ")));
    for row in &table.rows {
        assert_eq!(row.len(), table.columns.len(), "{}", table.caption);
        let cells: Vec<String> = row
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) | Cell::Shortened { text, .. } | Cell::Number { text, .. } => text.clone(),
                Cell::Verdict(text, mark) => format!("{} {text}", tone(*mark)),
                Cell::Nothing(reason) => {
                    reason.as_ref().map_or_else(String::new, |reason| format!("({reason})"))
                }
            })
            .collect();
        lines.push(format!("  | {}", cells.join(" | ")));
    }
}

fn presented(document: DocumentSection) -> Page {
    Page::of(&sample::full_as(document))
}

#[test]
fn the_whole_page_reads_as_meant() {
    insta::assert_snapshot!("page_team", text(&Page::of(&sample::full())));
}

#[test]
fn customers_get_scores_and_no_internal_names() {
    let document = DocumentSection { audience: Audience::Customers, ..DocumentSection::default() };
    let text = text(&presented(document));
    for internal in ["a.csv", "a.toml", "line 8", "region != ", "77c1\u{2026}"] {
        assert!(!text.contains(internal), "{internal}");
    }
    insta::assert_snapshot!("page_customers", text);
}

#[test]
fn other_reports_read_as_meant() {
    let empty = text(&Page::of(&reports::empty()));
    assert!(empty.contains("There is nothing to score") && empty.contains("declares no waves"), "{empty}");
    insta::assert_snapshot!("page_empty", empty);
    insta::assert_snapshot!("page_weighted", text(&Page::of(&reports::weighted())));
}

#[test]
fn every_sample_makes_a_page_with_unique_anchors() {
    for report in reports::all().into_iter().chain([sample::full(), sample::hostile().0]) {
        let page = Page::of(&report);
        let words = text(&page);
        let is_number = |word: &str| !matches!(word, "NaN" | "inf" | "−inf" | "-inf");
        assert!(words.split([' ', '\n', '(', ')', '|']).all(is_number), "{}", report.title);
        let mut anchors: Vec<&str> = page.parts.iter().map(|part| part.id).collect();
        for block in page.parts.iter().flat_map(|part| &part.blocks) {
            if let Block::Figure(figure) = block {
                anchors.push(&figure.id);
                assert!(
                    figure
                        .id
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                );
                assert!(
                    !figure.title.is_empty() && !figure.description.is_empty() && !figure.note.is_empty()
                );
            }
        }
        let count = anchors.len();
        anchors.sort_unstable();
        anchors.dedup();
        assert_eq!(anchors.len(), count, "{}", report.title);
    }
}

#[test]
fn labels_of_the_survey_pass_through_untouched() {
    let (report, labels) = sample::hostile();
    let text = text(&Page::of(&report));
    for label in labels {
        assert!(text.contains(label), "{label}");
    }
}

#[test]
fn no_hidden_figure_reaches_the_page() {
    let report = sample::full();
    let hidden: Vec<&str> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Groups(groups) => Some(&groups.rows),
            _ => None,
        })
        .flatten()
        .filter(|row| row.value.is_none() && row.base.is_none())
        .map(|row| row.group.as_str())
        .collect();
    assert_eq!(hidden, ["West", "first", "later"]);
    let text = text(&Page::of(&report));
    let panel = text.split("table Overall satisfaction by Region").nth(1).unwrap();
    let west = panel.lines().find(|line| line.contains("| West")).unwrap();
    assert!(
        !west.bytes().any(|byte| byte.is_ascii_digit() && byte != b'5'),
        "only the limit below 5: {west}"
    );
    assert!(text.contains("Not shown, so that nobody can be recognised: West."));
}

#[test]
fn rows_less_what_is_no_answer_are_the_base() {
    let text = text(&Page::of(&sample::full()));
    assert!(text.contains("812 rows read − 12 filtered out − 676 of other waves = 124 rows used"), "{text}");
    assert!(text.contains("Overall satisfaction: 124 rows − 1 blank = 123 answers"), "{text}");
    assert!(text.contains("124 rows − 1 not applicable − 3 blank − 1 invalid = 119 answers"), "{text}");
    let mut wrong = sample::full();
    wrong.ledger.rows_read = 813;
    wrong.ledger.questions[0].blank = Some(2);
    let text = self::text(&Page::of(&wrong));
    assert!(text.contains("813 rows were read, 124 used and 688 left out"), "{text}");
    assert!(text.contains("Overall satisfaction: This sum does not add up"), "{text}");
}

#[test]
fn sections_are_chosen_and_ordered() {
    let sections = vec![PageSection::Priorities, PageSection::Glance, PageSection::Glance];
    let page = presented(DocumentSection { sections: sections.clone(), ..DocumentSection::default() });
    assert_eq!(page.parts.iter().map(|part| part.id).collect::<Vec<_>>(), ["priorities", "glance"]);
    let mut report = reports::empty();
    report.sections.push(Section::Document(DocumentSection { sections, ..DocumentSection::default() }));
    let page = Page::of(&report);
    assert!(
        text(&page).contains("The survey asks for no importances"),
        "an empty part that was asked for says so"
    );
}

#[test]
fn the_document_is_what_the_definition_says() {
    let document = DocumentSection {
        language: Language::English,
        prepared_by: Some("M. Curie".into()),
        retention: Some("2030".into()),
        distribution: Some("Board".into()),
        logo: Some("data:image/png;base64,AA==".into()),
        clauses: ClauseEdition { iso_10004: "2012".into(), iso_9001: "2015".into() },
        each: Some(ChosenValue {
            segment: [("region".to_owned(), "North".to_owned())].into_iter().collect(),
        }),
        ..DocumentSection::default()
    };
    let page = presented(document);
    assert_eq!(page.facts.len(), 3);
    assert_eq!(page.logo.as_ref().unwrap().1, "Logo");
    assert!(page.subtitle.contains(&"Region: North".to_owned()), "{:?}", page.subtitle);
    let text = text(&page);
    assert!(
        text.contains("gives p = 0.26 after adjustment") && !text.contains("Over all breakdowns"),
        "the panel of the group is that of the whole report, with a family of its own: {text}"
    );
    assert!(text.contains("ISO 10004:2012") && text.contains("check them against the editions named"));
    assert!(!text.contains("ISO 10004:2018, 7"));
    assert!(text.contains("who receives the results | addressed in the title block"), "{text}");
}

#[test]
fn every_language_writes_its_numbers() {
    for (language, code, _) in Language::ALL {
        let page = presented(DocumentSection { language, ..DocumentSection::default() });
        assert_eq!(page.language, code);
        let text = text(&page);
        let score = if language == Language::English { "65.9 %" } else { "65,9\u{a0}%" };
        assert!(text.contains(score), "{code}");
    }
}

/// The reports that show as many texts as there are, in that language, as text.
fn every_text(language: Language) -> String {
    let document = DocumentSection { language, ..DocumentSection::default() };
    let others = [reports::weighted(), reports::empty()].into_iter().map(|mut report| {
        report.sections.push(Section::Document(document.clone()));
        report
    });
    let pages: Vec<String> = [sample::full_as(document.clone())]
        .into_iter()
        .chain(others)
        .map(|report| text(&Page::of(&report)))
        .collect();
    pages.join("\n")
}

/// What stands between the placeholders of a text, where it is long enough to be nothing but that text.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest).trim());
    pieces.filter(|piece| piece.chars().count() > 12)
}

#[test]
fn no_english_is_left_in_another_language() {
    let texts =
        |language| Speech::new(&DocumentSection { language, ..DocumentSection::default() }).phrases().all();
    let english = texts(Language::English);
    let shown = every_text(Language::English);
    let found =
        english.iter().flat_map(|(_, text)| pieces(text)).filter(|piece| shown.contains(piece)).count();
    assert!(found > 200, "the reports show most texts: {found}");
    for (language, code, _) in
        Language::ALL.into_iter().filter(|(language, ..)| *language != Language::English)
    {
        let shown = every_text(language);
        for ((name, english), (_, own)) in english.iter().zip(texts(language)) {
            for piece in pieces(english).filter(|piece| !own.contains(piece)) {
                assert!(!shown.contains(piece), "{code}: {name}: {piece}");
            }
        }
    }
}

#[test]
fn limits_stand_below_the_cards_where_these_do_not_say_it_all() {
    let glance = |page: &Page| {
        let mut lines = Vec::new();
        page.parts[0].blocks.iter().for_each(|block| block_lines(block, &mut lines));
        lines.join("\n")
    };
    let german = DocumentSection { language: Language::German, ..DocumentSection::default() };
    let page = presented(german);
    let said = glance(&page);
    assert!(
        said.contains("Beurteilte Ziele und Grenzen: 5. Verfehlt: Overall satisfaction (Ziel 80)."),
        "{said}"
    );
    assert!(said.contains("eine Basis von 26 liegt unter 30"), "the reason is in the language: {said}");
    let customers = DocumentSection { audience: Audience::Customers, ..DocumentSection::default() };
    assert!(!glance(&presented(customers)).contains("Targets and limits"), "limits are internal");
    let mut report = sample::full();
    for section in &mut report.sections {
        if let Section::Gates(gates) = section {
            gates.rows.truncate(1);
        }
    }
    let said = glance(&Page::of(&report));
    assert!(!said.contains("Targets and limits"), "the card has the target already: {said}");
}

#[test]
fn a_segment_of_hundreds_is_shown_in_part() {
    let mut report = sample::full();
    for section in &mut report.sections {
        if let Section::Groups(groups) = section {
            let row = groups.rows[1].clone();
            groups.rows = (0..300)
                .map(|number| crate::report::GroupRow {
                    group: format!("Branch {number}"),
                    base: Some(number),
                    verdict: Some(if number == 7 {
                        crate::report::ChangeVerdict::Down
                    } else {
                        crate::report::ChangeVerdict::NoClearChange
                    }),
                    ..row.clone()
                })
                .collect();
        }
    }
    let page = Page::of(&report);
    let figure = page
        .parts
        .iter()
        .flat_map(|part| &part.blocks)
        .find_map(|block| match block {
            Block::Figure(figure) if figure.id.starts_with("groups") => Some(figure),
            _ => None,
        })
        .unwrap();
    let Chart::Intervals(chart) = &figure.chart else { panic!("{:?}", figure.chart) };
    assert_eq!((chart.rows.len(), figure.table.rows.len()), (40, 300));
    assert!(chart.rows.iter().any(|row| row.label == "Branch 7"), "the one that clearly differs");
    assert!(chart.rows.iter().any(|row| row.label == "Branch 299"), "the largest");
    assert!(text(&page).contains("The picture shows 40 of 300 groups"));
}

#[test]
fn anchors_have_plain_letters() {
    assert_eq!(anchor(&["trend", "Q 1: überall?"]), "trend-q-1-berall");
    assert_eq!(anchor(&["groups", "日本", "x"]), "groups-x");
}
