//! Every chart in both layouts, on pages and in files: sound XML, nothing beyond the frame, texts of strangers harmless.

use super::frame::{Frame, Theme};
use super::paint::SMALL;
use super::text::Measure;
use super::{Chart, csv, png, sample, svg};

fn frame(width: f64, theme: Theme, standalone: bool) -> Frame<'static> {
    Frame {
        id: "where-overall",
        title: sample::HOSTILE,
        description: "South is lower than the rest.",
        note: Some(
            "Base 123 answers, 95 % interval (Wilson). The interval shows chance only, not who chose to answer.",
        ),
        width,
        theme,
        standalone,
    }
}

/// All charts in all layouts.
fn pictures() -> Vec<(String, Frame<'static>, String)> {
    let mut pictures = Vec::new();
    for (name, chart) in sample::usual().into_iter().chain(sample::extreme()) {
        for (width, theme, standalone) in [
            (240.0, Theme::Page, false),
            (340.0, Theme::Page, false),
            (340.0, Theme::Fixed, true),
            (760.0, Theme::Page, false),
            (760.0, Theme::Fixed, false),
            (760.0, Theme::Fixed, true),
        ] {
            if name == "many" && !standalone {
                continue;
            }
            let kind = std::mem::discriminant(&chart);
            let frame = frame(width, theme, standalone);
            let picture = svg(&chart, &frame);
            pictures.push((format!("{name} {kind:?} {width} {theme:?} {standalone}"), frame, picture));
        }
    }
    pictures
}

fn attribute(node: &roxmltree::Node<'_, '_>, name: &str) -> Option<f64> {
    node.attribute(name).map(|text| text.parse().unwrap())
}

#[test]
fn pictures_are_sound_and_described() {
    for (name, frame, picture) in pictures() {
        let document = roxmltree::Document::parse(&picture).unwrap_or_else(|error| panic!("{name}: {error}"));
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let words = |element: &str| {
            let found = root
                .children()
                .find(|child| child.has_tag_name(element) || child.tag_name().name() == element);
            found.unwrap_or_else(|| panic!("{name}: no {element}"))
        };
        let ids = [words("title").attribute("id").unwrap(), words("desc").attribute("id").unwrap()];
        assert_eq!(root.attribute("aria-labelledby"), Some(ids.join(" ").as_str()), "{name}");
        assert!(ids.iter().all(|id| id.starts_with(frame.id)));
        assert!(
            !words("title").text().unwrap_or_default().is_empty()
                && !words("desc").text().unwrap().is_empty()
        );
        for text in ["NaN", "inf", "<script", "<b ", "style=", "href"] {
            assert!(!picture.contains(text), "{name}: {text}");
        }
        assert_eq!(picture.contains("var(--"), frame.theme == Theme::Page, "{name}");
        assert_eq!(picture.contains("http"), frame.theme == Theme::Fixed, "{name}");
        assert!(!picture.chars().any(char::is_control), "{name}");
    }
}

#[test]
fn no_text_leaves_the_picture_and_none_is_tiny() {
    for (name, frame, picture) in pictures() {
        let document = roxmltree::Document::parse(&picture).unwrap();
        let root = document.root_element();
        let margin = if frame.standalone { 24.0 } else { 0.0 };
        let (width, height) = (attribute(&root, "width").unwrap(), attribute(&root, "height").unwrap());
        assert!((width - frame.width).abs() <= 1.0, "{name}: {width}");
        for text in root.descendants().filter(|node| node.tag_name().name() == "text") {
            // The page's style gives a note its size.
            let is_note = text.attribute("class").is_some_and(|class| class.contains("note"));
            let size = attribute(&text, "font-size").unwrap_or(if is_note { SMALL } else { 13.0 });
            assert!(size >= 11.0, "{name}: {size}");
            let words = text.text().unwrap_or_default();
            let words: String =
                words.chars().filter(|sign| !matches!(sign, '\u{2068}' | '\u{2069}')).collect();
            let bold = text.attribute("font-weight").is_some();
            let wide = Measure::new(frame.theme).width(&words, size, bold);
            let x = margin + attribute(&text, "x").unwrap();
            let (left, right) = match text.attribute("text-anchor") {
                Some("middle") => (x - wide / 2.0, x + wide / 2.0),
                Some("end") => (x - wide, x),
                _ => (x, x + wide),
            };
            assert!(
                left >= margin - 2.0 && right <= width - margin + 2.0,
                "{name}: {words:?} {left} {right}"
            );
            let y = margin + attribute(&text, "y").unwrap();
            assert!(
                y >= margin + size * 0.6 && y <= height - margin + 1.0,
                "{name}: {words:?} at {y} of {height}"
            );
        }
    }
}

#[test]
fn shapes_stay_within_the_picture() {
    for (name, _, picture) in pictures() {
        let document = roxmltree::Document::parse(&picture).unwrap();
        let root = document.root_element();
        let (width, height) = (attribute(&root, "width").unwrap(), attribute(&root, "height").unwrap());
        for shape in root.descendants().filter(|node| matches!(node.tag_name().name(), "rect" | "circle")) {
            let x = attribute(&shape, "x").or(attribute(&shape, "cx")).unwrap();
            let y = attribute(&shape, "y").or(attribute(&shape, "cy")).unwrap();
            let (right, bottom) = (
                x + attribute(&shape, "width").unwrap_or(0.0),
                y + attribute(&shape, "height").unwrap_or(0.0),
            );
            assert!(x >= -0.01 && right <= width + 0.5, "{name}: {x} to {right}");
            assert!(y >= -0.01 && bottom <= height + 0.5, "{name}: {y} to {bottom}");
        }
    }
}

#[test]
fn files_have_title_note_and_ground_and_become_png() {
    for (name, chart) in sample::usual() {
        let frame = Frame { title: "Overall satisfaction", ..frame(760.0, Theme::Fixed, true) };
        let picture = svg(&chart, &frame);
        assert!(picture.contains(">Overall satisfaction</text>"), "{name}");
        assert!(picture.contains("Base 123 answers"), "{name}");
        assert!(picture.contains("#ffffff"), "{name}");
        let pixels = png(&picture, 1.0).unwrap();
        assert_eq!(pixels, png(&picture, 1.0).unwrap(), "{name}");
        assert!(pixels.len() > 5000, "{name}: {} bytes", pixels.len());
    }
}

#[test]
fn every_row_of_a_chart_is_drawn() {
    for (name, chart) in sample::usual() {
        let picture = svg(&chart, &frame(760.0, Theme::Page, false));
        let labels: Vec<String> = match &chart {
            Chart::Intervals(chart) => chart.rows.iter().map(|row| row.text.clone()).collect(),
            Chart::Bars(chart) => chart.parts.iter().map(|part| part.label.clone()).collect(),
            Chart::Trend(chart) => chart.points.iter().map(|point| point.wave.clone()).collect(),
            Chart::Gaps(chart) => chart.rows.iter().map(|row| row.text.clone()).collect(),
            Chart::Quadrants(chart) => chart.marks.iter().map(|mark| mark.label.clone()).take(1).collect(),
            Chart::Lines(chart) => chart.lines.iter().map(|line| line.name.clone()).take(3).collect(),
        };
        for label in labels {
            assert!(picture.contains(&label), "{name}: {label}");
        }
    }
}

#[test]
fn rows_of_data_are_no_formulas() {
    for (name, chart) in sample::usual().into_iter().chain(sample::extreme()) {
        let text = csv(&chart);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
                assert!(!matches!(cell, "NaN" | "inf" | "-inf"), "{name}");
            }
        }
    }
    let (_, bars) = &sample::usual()[1];
    assert_eq!(
        csv(bars).lines().take(3).collect::<Vec<_>>(),
        [
            "label,note,part,place,share,text",
            "Overall satisfaction,n = 123,Very dissatisfied,scale,4.9,5 %",
            "Overall satisfaction,n = 123,Dissatisfied,scale,9.8,10 %",
        ]
    );
}

#[test]
fn snapshots() {
    for (name, chart) in sample::usual() {
        for (layout, width) in [("wide", 760.0), ("phone", 340.0)] {
            let frame = Frame { id: name, title: "Overall satisfaction", ..frame(width, Theme::Page, false) };
            let picture = svg(&chart, &frame).replace("><", ">\n<");
            insta::assert_snapshot!(format!("{name}_{layout}"), picture);
        }
    }
}

#[test]
fn a_file_has_no_letter_that_its_font_lacks() {
    let chart = sample::usual().into_iter().find_map(|(_, chart)| match chart {
        Chart::Intervals(chart) => Some(chart),
        _ => None,
    });
    let mut chart = chart.unwrap();
    chart.rows[0].text = "72 % ▲ above ▼".to_owned();
    let drawn = |theme| svg(&Chart::Intervals(chart.clone()), &frame(760.0, theme, true));
    let (file, page) = (drawn(Theme::Fixed), drawn(Theme::Page));
    assert!(page.contains('▲') && !file.contains(['▲', '▼']));
    assert!(file.contains("72 %</text>") && file.contains("above</text>"), "{file}");
}
