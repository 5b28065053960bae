//! What a page holds whatever is on it: it parses, it asks for nothing, and no text of the survey becomes markup.

use std::collections::BTreeSet;
use std::fmt::Write;

use roxmltree::{Document, Node, ParsingOptions};

use super::sample::{HOSTILE, LONG, page};
use super::{marked_up as render, style};
use crate::render::page::{Block, Page, Table};

/// The page as a tree: HTML that is XML too, so what does not nest is found here.
fn parsed(html: &str) -> Document<'_> {
    Document::parse_with_options(html, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })
        .unwrap()
}

fn elements<'a, 'input>(document: &'a Document<'input>, name: &str) -> Vec<Node<'a, 'input>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

/// All words below a node.
fn said(node: Node) -> String {
    node.descendants().filter_map(|below| below.text().filter(|_| below.is_text())).collect()
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

/// Landmarks, headings, blocks and their classes; not what is in charts and cells.
fn skeleton(node: Node, depth: usize, out: &mut String) {
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        if matches!(name, "meta" | "style" | "symbol" | "use" | "line" | "circle" | "tr") {
            continue;
        }
        let _ = write!(out, "{:1$}{name}", "", depth * 2);
        for attribute in child.attributes() {
            if matches!(attribute.name(), "id" | "class" | "href" | "role" | "tabindex" | "dir") {
                let _ = write!(out, " {}={}", attribute.name(), attribute.value());
            }
        }
        if matches!(name, "h1" | "h2" | "h3" | "h4") {
            let _ = write!(out, ": {}", said(child).chars().take(40).collect::<String>());
        }
        out.push('\n');
        if name != "svg" {
            skeleton(child, depth + 1, out);
        }
    }
}

#[test]
fn cells_are_closed_or_followed_by_what_closes_them() {
    let (short, full) = (super::render(&page()), render(&page()));
    assert!(short.len() < full.len() && !short.contains("</td><td"));
    let cells = |html: &str| html.matches("<td").count();
    assert_eq!(cells(&short), cells(&full));
    assert_eq!(short.replace("</td>", ""), full.replace("</td>", ""));
}

#[test]
fn the_skeleton_of_a_page() {
    let html = render(&page());
    let document = parsed(&html);
    let mut outline = String::new();
    skeleton(document.root(), 0, &mut outline);
    insta::assert_snapshot!(outline);
}

#[test]
fn hostile_texts_are_only_texts() {
    let mut page = page();
    page.title = HOSTILE.to_owned();
    page.footer.push(HOSTILE.to_owned());
    page.accent = Some("red}</style><script>".to_owned());
    page.logo = Some(("data:image/png;base64,\"/><script>".to_owned(), HOSTILE.to_owned()));
    let html = render(&page);
    let document = parsed(&html);
    assert!(!html.contains("<script") && !html.contains("<b "));
    assert_eq!(elements(&document, "style").len(), 1);
    // An element of its own for each tag that the survey wrote would be here.
    assert!(elements(&document, "b").is_empty());
    let heading = said(elements(&document, "h1")[0]);
    assert_eq!(heading, "</script></style><b onload=\"x\">'&amp; \\u{1b}[31m \\u{202e}");
    assert!(!html.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn the_page_asks_for_nothing() {
    let html = render(&page());
    let document = parsed(&html);
    for node in document.descendants() {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if matches!(name, "href" | "src" | "srcset" | "data" | "action" | "poster") {
                assert!(value.starts_with('#') || value.starts_with("data:"), "{name}={value}");
            }
            assert!(!name.starts_with("on"), "{name}");
            assert_ne!(name, "style", "the page's policy forbids it");
            let external = value.contains("url(") && !value.contains("url(#");
            assert!(!external, "{name}={value}");
        }
    }
    let sheet = said(elements(&document, "style")[0]);
    assert!(!sheet.contains("url(") && !sheet.contains("@import"));
    assert!(!html.contains("http:") && !html.contains("https:"));
}

#[test]
fn the_policy_allows_the_sheet_of_the_page_and_nothing_else() {
    let html = render(&page());
    let document = parsed(&html);
    let policy = elements(&document, "meta")
        .into_iter()
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|meta| meta.attribute("content"))
        .unwrap();
    let hash = style::hash(&said(elements(&document, "style")[0]));
    let expected =
        format!("default-src 'none'; img-src data:; style-src '{hash}'; base-uri 'none'; form-action 'none'");
    assert_eq!(policy, expected);
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let html = render(&page());
    let document = parsed(&html);
    let mut before = 0;
    for node in document.descendants() {
        let level = match node.tag_name().name() {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            _ => continue,
        };
        assert!(level <= before + 1, "{} after level {before}", said(node));
        before = level;
    }
    assert_eq!(elements(&document, "h1").len(), 1);
}

#[test]
fn links_lead_somewhere_and_ids_are_unique() {
    let html = render(&page());
    let document = parsed(&html);
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "{id} is there twice");
    }
    let links: Vec<&str> =
        document.descendants().filter_map(|node| node.attribute("href")?.strip_prefix('#')).collect();
    assert!(links.len() > 5);
    for link in links {
        assert!(ids.contains(link), "{link} is not there");
    }
}

#[test]
fn tables_can_be_listened_to_and_scrolled_by_keyboard() {
    let html = render(&page());
    let document = parsed(&html);
    let tables = elements(&document, "table");
    assert_eq!(tables.len(), 4);
    for table in tables {
        let caption = table.first_element_child().unwrap();
        assert!(caption.has_tag_name("caption") && !said(caption).is_empty());
        assert!(
            table
                .descendants()
                .filter(|cell| cell.has_tag_name("th"))
                .all(|cell| cell.has_attribute("scope"))
        );
        let region = table.parent().unwrap();
        assert_eq!(
            (region.attribute("tabindex"), region.attribute("role"), region.attribute("aria-label")),
            (Some("0"), Some("region"), Some(said(caption).as_str())),
        );
    }
}

#[test]
fn a_chart_stands_in_two_layouts_with_its_words() {
    let html = render(&page());
    let document = parsed(&html);
    for figure in elements(&document, "figure") {
        let charts: Vec<Node> =
            figure.descendants().filter(|node| node.attribute("role") == Some("img")).collect();
        assert_eq!(charts.len(), 2);
        for (chart, layout) in charts.into_iter().zip(["wide", "phone"]) {
            assert_eq!(chart.parent().unwrap().attribute("class"), Some(layout));
            assert!(chart.descendants().any(|node| node.has_tag_name("desc") && !said(node).is_empty()));
        }
    }
}

#[test]
fn a_verdict_is_never_said_by_colour_alone() {
    let html = render(&page());
    let document = parsed(&html);
    let mut told = 0;
    for node in document.descendants() {
        let Some(class) = node.attribute("class") else { continue };
        if class.split(' ').any(|class| matches!(class, "good" | "bad" | "warn")) {
            assert!(node.descendants().any(|below| below.has_tag_name("use")), "{}", said(node));
            assert!(!said(node).trim().is_empty());
            told += 1;
        }
    }
    assert!(told > 10, "{told}");
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let html = render(&bare());
    let document = parsed(&html);
    assert!(elements(&document, "nav").is_empty() && elements(&document, "img").is_empty());
    assert_eq!(elements(&document, "main").len(), 1);
}

#[test]
fn a_table_without_columns_is_left_out() {
    let mut page = page();
    let empty = Table { caption: LONG.to_owned(), columns: Vec::new(), rows: Vec::new() };
    page.parts[3].blocks = vec![Block::Table(empty)];
    assert_eq!(elements(&parsed(&render(&page)), "table").len(), 2);
}

#[test]
fn only_a_picture_within_the_page_is_a_logo() {
    for (source, shown) in
        [("data:image/png;base64,AA==", 1), ("logo.png", 0), ("data:text/html,x", 0), ("javascript:x", 0)]
    {
        let page = Page { logo: Some((source.to_owned(), "Example".to_owned())), ..bare() };
        assert_eq!(elements(&parsed(&render(&page)), "img").len(), shown, "{source}");
    }
}

#[test]
fn the_accent_of_the_author_reaches_charts_and_links() {
    let page = Page { accent: Some("#7a1fa2".to_owned()), ..bare() };
    assert!(render(&page).contains("--accent:#7a1fa2;"));
}

#[test]
fn a_title_that_repeats_its_heading_is_there_for_listeners_only() {
    let mut page = page();
    page.parts[3].title = "Every score by group and wave".to_owned();
    let html = render(&page);
    let document = parsed(&html);
    let unseen: Vec<String> =
        document.descendants().filter(|node| node.attribute("class") == Some("unseen")).map(said).collect();
    assert_eq!(unseen, ["Every score by group and wave"]);
}

#[test]
fn banner_tables_name_their_rows_and_columns() {
    let html = render(&Page::of(&crate::render::sample::tables()));
    let document = parsed(&html);
    let tables: Vec<Node> = elements(&document, "table")
        .into_iter()
        .filter(|table| table.attribute("class").is_some_and(|class| class.starts_with("banner")))
        .collect();
    assert_eq!(tables.len(), 2);
    for table in tables {
        assert!(table.children().any(|child| child.has_tag_name("caption")));
        let heads = table.descendants().filter(|node| node.has_tag_name("th"));
        assert!(heads.clone().all(|head| head.attribute("scope").is_some()));
        let columns = |row: Node| -> usize {
            let cells = row.children().filter(|cell| cell.has_tag_name("th") || cell.has_tag_name("td"));
            cells.map(|cell| cell.attribute("colspan").map_or(1, |span| span.parse().unwrap())).sum()
        };
        let widths: BTreeSet<usize> =
            table.descendants().filter(|node| node.has_tag_name("tr")).map(columns).collect();
        assert_eq!(widths.len(), 1, "{widths:?}");
    }
    let shaded = elements(&document, "td").iter().any(|cell| cell.attribute("class") == Some("u2"));
    assert!(shaded && html.contains(".u2::before"));
    insta::assert_snapshot!("html_tables", html.split("<main").nth(1).unwrap_or_default());
}

#[test]
fn hostile_banner_tables_are_only_texts() {
    let html = render(&Page::of(&crate::render::sample::hostile_tables()));
    parsed(&html);
    assert!(!html.contains("<script") && !html.contains(['\u{1b}', '\u{202e}']));
}
