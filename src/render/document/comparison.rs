//! Two sides against each other: one row a figure.

use super::lookup::Lookup;
use super::{Block, Cell, Column, Extent, Interval, Table};
use crate::report::words::{self, NumberStyle, Speech, heading};
use crate::report::{
    ChangeVerdict, ComparisonRow, ComparisonSection, DocumentSection, Flag, Report, Section, Untested,
};

/// The comparison of the report; none where it has none.
pub(super) fn blocks(lookup: &Lookup, extent: Extent) -> Vec<Block> {
    let Some(section) = section(lookup.report) else { return Vec::new() };
    let writer = Writer { lookup, speech: Speech::new(&DocumentSection::default()), explain: extent.explain };
    writer.blocks(section)
}

/// What is set against what, for the first line.
pub(super) fn title(report: &Report) -> Option<String> {
    let speech = Speech::new(&DocumentSection::default());
    section(report).map(|section| words::comparison_title(&speech, section))
}

fn section(report: &Report) -> Option<&ComparisonSection> {
    report.sections.iter().find_map(|section| match section {
        Section::Comparison(found) => Some(found.as_ref()),
        _ => None,
    })
}

struct Writer<'a> {
    lookup: &'a Lookup<'a>,
    speech: Speech,
    explain: bool,
}

impl Writer<'_> {
    fn blocks(&self, section: &ComparisonSection) -> Vec<Block> {
        let mut columns = vec![
            Column::text(heading::SCORE),
            Column::number("a"),
            Column::number("b"),
            Column::number(heading::BASES),
            Column::number(heading::B_LESS_A),
            Column::interval(section.confidence),
            Column::text(heading::VERDICT),
        ];
        if self.explain {
            columns.extend([
                Column::text(heading::P),
                Column::text(heading::ADJUSTED_P),
                Column::number(heading::DETECTABLE),
                Column::text(heading::METHOD),
            ]);
        }
        let rows = section.rows.iter().map(|row| self.row(row)).collect();
        let name = |id: &str| self.lookup.called(id).to_owned();
        let segment = |id: &str| self.lookup.segment_label(id).to_owned();
        vec![
            Block::Sentences(words::comparison_sides(&self.speech, section)),
            Block::Table(Table::new(1, columns, rows)),
            Block::Legend(words::comparison_sentences(&self.speech, section, &name, &segment, self.explain)),
        ]
    }

    fn row(&self, row: &ComparisonRow) -> Vec<Cell> {
        let limits = row.low.zip(row.high);
        let style = NumberStyle::difference(row.unit, limits);
        let difference = row.difference.map_or_else(String::new, |value| self.speech.styled(value, style));
        let interval = limits.map_or_else(
            || Cell::from(""),
            |(low, high)| {
                let text = |limit| self.speech.styled(limit, style);
                Cell::Interval(Interval { low: text(low), high: text(high), bar: None })
            },
        );
        let mut cells = vec![
            Cell::from(self.name(row)),
            self.figure(row, row.a, row.a_low.zip(row.a_high), row.flag_a),
            self.figure(row, row.b, row.b_low.zip(row.b_high), row.flag_b),
            bases(row),
            Cell::from(difference),
            interval,
            Cell::from(self.verdict(row)),
        ];
        if self.explain {
            let p = |p: Option<f64>| Cell::from(p.map_or_else(String::new, |p| self.speech.p(p)));
            let detectable = NumberStyle { signed: false, ..NumberStyle::difference(row.unit, None) };
            let size = row.minimum_detectable.map(|size| self.speech.styled(size, detectable));
            cells.extend([
                p(row.p),
                p(row.p_adjusted),
                Cell::from(size.unwrap_or_default()),
                Cell::from(row.method.as_deref().map(words::method).unwrap_or_default()),
            ]);
        }
        cells
    }

    /// The verdict in a word or two, so that a row stays on its line.
    fn verdict(&self, row: &ComparisonRow) -> String {
        match row.verdict {
            Some(ChangeVerdict::Up) if row.within_margin.is_none() => heading::HIGHER.to_owned(),
            Some(ChangeVerdict::Down) if row.within_margin.is_none() => heading::LOWER.to_owned(),
            Some(ChangeVerdict::NoClearChange) => heading::NOT_CLEAR.to_owned(),
            _ if row.untested == Some(Untested::TooFewAnswers) => heading::FEW.to_owned(),
            _ => words::comparison_verdict(&self.speech, row).unwrap_or_default(),
        }
    }

    fn figure(
        &self,
        row: &ComparisonRow,
        value: Option<f64>,
        limits: Option<(f64, f64)>,
        flag: Option<Flag>,
    ) -> Cell {
        let style = NumberStyle::figure(row.unit, &row.statistic, limits);
        let none = || flag.map_or(words::NO_FIGURE, words::flag_short).to_owned();
        Cell::from(value.map_or_else(none, |value| self.speech.styled(value, style)))
    }

    /// The id, by which `--rows` chooses, and what it is called; words wrap where there is little room.
    fn name(&self, row: &ComparisonRow) -> String {
        let measure = self.lookup.question(&row.question).map_or("", |question| question.measure.as_str());
        let mut name = self.lookup.name(&row.question, measure, &row.statistic);
        if let Some(code) = row.statistic.strip_prefix("share:") {
            let labels = self.lookup.question(&row.question).map(|question| &question.labels);
            let label = labels.and_then(|labels| labels.get(code)).filter(|label| !label.is_empty());
            name.statistic = Some(label.map_or(code, String::as_str).to_owned());
        }
        if name.text == name.id { name.in_short() } else { format!("{}: {}", name.id, name.in_full()) }
    }
}

/// The bases of both sides, of pairs their number.
fn bases(row: &ComparisonRow) -> Cell {
    let base = |base: Option<u64>, flag: Option<Flag>| {
        let mark = if flag == Some(Flag::SmallBase) { words::SMALL_BASE_MARK } else { "" };
        base.map_or_else(|| words::NO_FIGURE.to_owned(), |base| format!("{}{mark}", words::count(base)))
    };
    let (a, b) = (base(row.base_a, row.flag_a), base(row.base_b, row.flag_b));
    Cell::from(if a == b { a } else { format!("{a}, {b}") })
}

#[cfg(test)]
mod tests {
    use crate::render::{Format, Look, Subject, render, sample};
    use crate::report::{Language, Report, Section};
    use unicode_width::UnicodeWidthStr;

    /// A bank's report with a comparison whose texts are hostile and long.
    fn compared() -> Report {
        let figure = |question: &str, statistic: &str, unit: &str| {
            serde_json::json!({
                "question": question, "statistic": statistic, "headline": true, "unit": unit, "better": "higher",
                "a": 41.0, "b": 57.25, "base_a": 1123, "base_b": 12, "flag_b": "small_base", "difference": 16.25,
                "low": 2.5, "high": 30.0, "p": 0.02, "p_adjusted": 0.04, "family_size": 2, "method": "newcombe",
                "minimum_detectable": 18.0, "verdict": "up",
                "within_margin": {"margin": 40.0, "low": 4.0, "high": 28.0, "confidence": 0.9},
            })
        };
        let side = |label: &str| serde_json::json!({"label": label, "rest": false, "files": [], "rows_used": 1200, "saved": false});
        let untested = serde_json::json!({
            "question": "ease", "statistic": "top_box", "headline": true, "unit": "percent", "flag_a": "suppressed",
            "b": 12.0, "base_b": 8, "difference": 3.0, "untested": "too_few_answers",
        });
        let section = serde_json::json!({
            "kind": "comparison", "side_a": side("region = \"\u{1b}[31m<b>North and everything beyond\"\u{202e}"),
            "side_b": side("=cmd()"), "confidence": 0.95, "margin": 40.0,
            "paired": {
                "column": "who", "pairs": 30, "only_a": 1, "only_b": 2, "repeated_a": 3, "repeated_b": 4,
                "no_id_a": 5, "no_id_b": 6, "unequal_weights": 7,
            },
            "families": [{"name": "headlines", "size": 2, "adjustment": "holm"}],
            "rows": [figure("overall", "top_box", "percent"), figure("recommend", "nps", "points"), untested],
            "not_compared": [
                {"question": "speed", "reason": "asked_differently", "changed": ["scale"]},
                {"question": "price", "reason": "only_a", "changed": []},
            ],
            "simpson": [{
                "question": "overall", "statistic": "top_box", "segment": "region", "difference": 16.25, "low": 2.5,
                "high": 30.0, "within": -4.0, "within_low": -7.0, "within_high": -1.0, "mix": 20.25,
            }],
        });
        let mut report = sample::bank();
        report.sections.push(serde_json::from_value::<Section>(section).unwrap());
        report
    }

    #[test]
    fn every_width_holds_the_table_and_obeys_no_text() {
        for width in [40, 60, 80, 160] {
            for explain in [false, true] {
                let look = Look { width, explain, subject: Subject::Comparison, ..Look::default() };
                let text = String::from_utf8(render(&compared(), Format::Table, &look).unwrap()).unwrap();
                assert!(text.lines().all(|line| line.width() <= width), "{width}: {text}");
                assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text}");
                for said in ["too few", "turned it round", "30 respondents", "57.3 %", "speed was asked"] {
                    let words: Vec<&str> = text.split_whitespace().collect();
                    assert!(words.join(" ").contains(said), "{width} {said}: {text}");
                }
            }
        }
    }

    #[test]
    fn other_formats_say_it_in_each_language_and_escape_names() {
        let look = Look::default();
        for (language, code, _) in Language::ALL {
            let mut report = compared();
            let document = crate::report::DocumentSection { language, ..Default::default() };
            report.sections.push(Section::Document(document));
            let html = String::from_utf8(render(&report, Format::Html, &look).unwrap()).unwrap();
            assert!(html.contains("id=\"comparison\"") && !html.contains("<b>North"), "{code}");
        }
        let csv = String::from_utf8(render(&compared(), Format::Csv, &look).unwrap()).unwrap();
        assert_eq!(csv.lines().count(), 4, "{csv}");
        assert!(csv.contains(",'=cmd(),overall,top_box,true,percent,higher,41,"), "{csv}");
        assert!(csv.lines().last().unwrap().ends_with(",too_few_answers"), "{csv}");
        let json = render(&compared(), Format::Json, &look).unwrap();
        let again = crate::render::json::load(&String::from_utf8(json.clone()).unwrap()).unwrap();
        assert_eq!(render(&again, Format::Json, &look).unwrap(), json);
        assert!(render(&compared(), Format::Xlsx, &look).unwrap().starts_with(b"PK"));
    }
}
