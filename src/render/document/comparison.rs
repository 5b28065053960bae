//! Two sides against each other: one row a figure.

use super::lookup::Lookup;
use super::{Block, Cell, Column, Extent, Interval, Name, Table};
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
            Block::Legend(words::comparison_sentences(
                &self.speech,
                section,
                &name,
                &segment,
                self.explain,
            )),
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
            Cell::Name(self.name(row)),
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

    fn name(&self, row: &ComparisonRow) -> Name {
        let measure = self.lookup.question(&row.question).map_or("", |question| question.measure.as_str());
        let mut name = self.lookup.name(&row.question, measure, &row.statistic);
        if let Some(code) = row.statistic.strip_prefix("share:") {
            let labels = self.lookup.question(&row.question).map(|question| &question.labels);
            let label = labels.and_then(|labels| labels.get(code)).filter(|label| !label.is_empty());
            name.statistic = Some(label.map_or(code, String::as_str).to_owned());
        }
        name
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
