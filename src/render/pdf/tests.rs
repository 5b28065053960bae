//! What a document holds whatever is on the page: it is set, its texts are texts, and the same page gives the same
//! bytes.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfStandard, PdfStandards};

use super::logo::Logo;
use super::{options, render, set, text};
use crate::render::html::sample::{HOSTILE, LONG, RIGHT_TO_LEFT, page};
use crate::render::page::{Block, Card, Page, Part, Table, sample};
use crate::render::sample as reports;
use crate::report::{DocumentSection, Language};

fn document(page: &Page) -> PagedDocument {
    set(page, page.logo.as_ref().and_then(|(source, _)| Logo::of(source))).unwrap()
}

/// All words on paper, without spaces and hyphens, since lines break anywhere.
fn said(document: &PagedDocument) -> String {
    fn walk(frame: &Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, out),
                FrameItem::Text(text) => out.push_str(&text.text),
                _ => {}
            }
        }
    }
    let mut out = String::new();
    for page in document.pages() {
        walk(&page.frame, &mut out);
    }
    squeezed(&out)
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_whitespace()
                && !matches!(character, '-' | '\u{2010}' | '\u{ad}' | '\u{200b}' | '\u{2068}' | '\u{2069}')
        })
        .collect()
}

fn is_accessible(document: &PagedDocument) -> bool {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
    typst_pdf::pdf(document, &options(standards)).is_ok()
}

fn bare() -> Page {
    Page {
        logo: None,
        accent: None,
        subtitle: Vec::new(),
        facts: Vec::new(),
        parts: Vec::new(),
        footer: Vec::new(),
        ..page()
    }
}

fn with(blocks: Vec<Block>) -> Page {
    Page { parts: vec![Part { id: "glance", title: "Part".to_owned(), clause: None, blocks }], ..bare() }
}

#[test]
fn a_page_is_a_document_and_always_the_same() {
    let page = page();
    let bytes = render(&page).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!(bytes, render(&page).unwrap());
}

#[test]
fn a_page_of_nothing_is_a_document() {
    for page in [bare(), Page { title: String::new(), as_of: "soon".to_owned(), ..bare() }] {
        assert!(render(&page).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn every_sample_is_a_document() {
    for report in reports::all().into_iter().chain([reports::many_segments(), sample::full()]) {
        assert!(render(&Page::of(&report)).unwrap().starts_with(b"%PDF-"), "{}", report.title);
    }
}

#[test]
fn every_headline_stands_in_every_language() {
    for (language, _, _) in Language::ALL {
        let report = sample::full_as(DocumentSection { language, ..DocumentSection::default() });
        let page = Page::of(&report);
        let document = document(&page);
        let said = said(&document);
        let cards: Vec<&Card> = page
            .parts
            .iter()
            .flat_map(|part| &part.blocks)
            .filter_map(|block| if let Block::Cards(cards) = block { Some(cards) } else { None })
            .flatten()
            .collect();
        assert!(!cards.is_empty());
        for card in cards {
            for text in [&card.name, &card.value, &card.interval, &card.base] {
                assert!(said.contains(&squeezed(&text::shown(text))), "{language:?}: {text}");
            }
        }
        for part in &page.parts {
            // In the contents, and over the part.
            assert!(said.matches(&squeezed(&part.title)).count() >= 2, "{language:?}: {}", part.title);
        }
        assert!(is_accessible(&document), "{language:?}");
    }
}

#[test]
fn hostile_texts_are_only_texts() {
    const MARKUP: &str =
        "#eval(\"1+1\") #panic() $x^2$ *bold* _it_ @ref <label> = Heading // no comment `raw` \\ \" ]#[";
    let mut page = page();
    page.title = format!("{MARKUP} {HOSTILE}");
    page.accent = Some("red\")#panic()".to_owned());
    page.logo = Some(("data:image/png;base64,\"/><script>".to_owned(), MARKUP.to_owned()));
    page.footer.push(MARKUP.to_owned());
    page.facts.push((MARKUP.to_owned(), MARKUP.to_owned()));
    let document = document(&page);
    let said = said(&document);
    assert!(said.matches(&squeezed(MARKUP)).count() >= 5, "{said}");
    assert!(said.contains("</script></style>") && said.contains("\\u{1b}") && !said.contains('\u{1b}'));
    assert!(RIGHT_TO_LEFT.split(' ').all(|word| said.contains(word)));
    render(&page).unwrap();
}

#[test]
fn letters_that_no_font_has_are_set_and_the_claim_of_access_is_left_out() {
    let page = with(vec![Block::Text(vec!["東京 👩‍🚀 \u{e000} \u{10ffff} ไทย हिन्दी".to_owned()])]);
    let document = document(&page);
    assert!(said(&document).contains("東京"));
    assert!(!is_accessible(&document));
    assert!(render(&page).unwrap().starts_with(b"%PDF-"));
    let page = with(vec![Block::Text(vec!["Ελλάδα Обслуживание العربية תל אביב".to_owned()])]);
    assert!(is_accessible(&self::document(&page)));
}

#[test]
fn long_texts_are_set_whole() {
    let endless = "x".repeat(100_000);
    let wordy = "so it goes ".repeat(9_000);
    let card = Card {
        name: LONG.to_owned(),
        definition: wordy[..2000].to_owned(),
        value: endless[..200].to_owned(),
        interval: String::new(),
        base: String::new(),
        strip: None,
        change: None,
        target: None,
        flag: None,
    };
    let page = with(vec![
        Block::Heading(endless[..1000].to_owned()),
        Block::Text(vec![endless.clone(), wordy.clone()]),
        Block::Cards(vec![card]),
        Block::Facts(vec![(endless[..500].to_owned(), wordy.clone())]),
        Block::Notes(vec![(true, wordy)]),
    ]);
    let said = said(&document(&page));
    assert!(said.matches('x').count() >= 101_700);
    assert_eq!(said.matches("goes").count(), 9_000 * 3 + 181);
}

#[test]
fn logos_of_every_kind_are_drawn_and_broken_ones_said() {
    const PIXEL: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let drawn = |source: &str| {
        let page = Page { logo: Some((source.to_owned(), "Example Bank".to_owned())), ..bare() };
        assert!(render(&page).unwrap().starts_with(b"%PDF-"), "{source}");
        Logo::of(source).is_some_and(|logo| set(&page, Some(logo)).is_ok())
    };
    assert!(drawn(&format!("data:image/png;base64,{PIXEL}")));
    assert!(drawn(&page().logo.unwrap().0));
    assert!(!drawn("data:image/png;base64,aGVsbG8="));
    assert!(!drawn("data:image/svg+xml;base64,aGVsbG8="));
    assert!(!drawn("https://example.org/logo.png"));
    let page = Page {
        logo: Some(("data:image/png;base64,aGVsbG8=".to_owned(), "Example Bank".to_owned())),
        ..bare()
    };
    assert!(said(&set(&page, None).unwrap()).contains("ExampleBank"));
}

#[test]
fn long_tables_go_over_pages_of_one_size() {
    let page = Page::of(&reports::many_scores());
    let table = page.parts.iter().flat_map(|part| &part.blocks).find_map(|block| match block {
        Block::Table(table) => Some(table.clone()),
        _ => None,
    });
    let table = table.unwrap();
    let rows = table.rows.iter().cycle().take(1000).cloned().collect();
    let header = table.columns.last().unwrap().header.clone();
    let document = document(&with(vec![Block::Table(Table { rows, ..table })]));
    let pages = document.pages().len();
    assert!(pages > 10, "{pages}");
    assert!(said(&document).matches(&squeezed(&header)).count() >= pages, "headings are repeated");
    for page in document.pages() {
        assert!((page.frame.width().to_mm() - 210.0).abs() < 0.1);
    }
}
