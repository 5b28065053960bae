//! The lines of a banner table: bases, figures, and with everything what stands behind each figure.

use super::stub::{Stub, cell, style};
use super::{BannerCell, BannerNumber, BannerRole, BannerRow};
use crate::report::words::{NO_FIGURE, Names, NumberStyle, SMALL_BASE_MARK, Speech, statistic_name};
use crate::report::{
    ChangeVerdict, CrosstabCell, CrosstabColumn, CrosstabRow, CrosstabRowKind, CrosstabSection, Flag,
    Language,
};

/// A cell is shaded where its adjusted residual is beyond the first of these, and darker beyond the second.
const SHADED_BEYOND: [f64; 2] = [2.0, 4.0];

/// Behind a figure that is clearly above or below what its column is set against.
const ABOVE: &str = "▲";
const BELOW: &str = "▼";

/// One line with what it takes from a section.
pub(super) struct Line {
    pub(super) row: BannerRow,
    source: Source,
}

enum Source {
    Base,
    WeightedBase,
    EffectiveBase,
    Figure { row: usize, style: NumberStyle },
    Limits { row: usize, style: NumberStyle },
    Detail { row: usize, style: NumberStyle, pick: fn(&CrosstabCell) -> Option<f64> },
    P { row: usize },
}

/// The lines of a stub.
pub(super) fn lines(stub: &Stub, speech: &Speech, names: &Names, explain: bool) -> Vec<Line> {
    let (texts, columns) = (&speech.phrases().banner, &speech.phrases().columns);
    let line = |label: &str, role, source| Line { row: BannerRow { label: label.to_owned(), role }, source };
    let mut lines = vec![line(columns.base, BannerRole::Base, Source::Base)];
    let weighted = stub.is_weighted();
    if weighted {
        lines.push(line(columns.weighted_base, BannerRole::Base, Source::WeightedBase));
        lines.push(line(columns.effective_base, BannerRole::Base, Source::EffectiveBase));
    }
    for (row, named) in stub.rows().iter().enumerate() {
        let style = style(stub, row);
        let role = match named.kind {
            CrosstabRowKind::Category => BannerRole::Figure,
            CrosstabRowKind::Net | CrosstabRowKind::Mean | CrosstabRowKind::Balance => BannerRole::Summary,
        };
        let label = row_label(speech, names, named);
        lines.push(line(&label, role, Source::Figure { row, style }));
        if !explain {
            continue;
        }
        let percent = NumberStyle { decimals: style.decimals.max(1), ..NumberStyle::percent() };
        let finer = NumberStyle { decimals: style.decimals + usize::from(style.percent), ..style.bare() };
        lines.push(line(texts.limits, BannerRole::Detail, Source::Limits { row, style: finer }));
        let mut detail = |label, style, pick| {
            lines.push(line(label, BannerRole::Detail, Source::Detail { row, style, pick }));
        };
        if matches!(named.kind, CrosstabRowKind::Category | CrosstabRowKind::Net) {
            detail(texts.count, NumberStyle::plain(0), |cell| cell.count.map(|count| count as f64));
            if weighted {
                detail(texts.weighted_count, NumberStyle::plain(1), |cell| cell.count_weighted);
            }
            detail(texts.row_share, percent, |cell| cell.row_percent);
            detail(texts.total_share, percent, |cell| cell.total_percent);
            detail(texts.index, NumberStyle::plain(0), |cell| cell.relative_index);
            let residual = NumberStyle { signed: true, ..NumberStyle::plain(1) };
            detail(texts.residual, residual, |cell| cell.adjusted_residual);
        }
        lines.push(line(texts.p_rest, BannerRole::Detail, Source::P { row }));
    }
    lines
}

/// What a row is called: statistics in the language of the report, which the analysis names in English.
fn row_label(speech: &Speech, names: &Names, row: &CrosstabRow) -> String {
    let is_translated = speech.language() != Language::English && row.kind != CrosstabRowKind::Category;
    if is_translated {
        let name = statistic_name(speech, names, "", &row.key);
        if name != row.key {
            return name;
        }
    }
    let said = [row.label.as_str(), row.key.as_str(), NO_FIGURE];
    said.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(NO_FIGURE).to_owned()
}

impl Line {
    /// What the line says of a column.
    pub(super) fn cell(&self, speech: &Speech, section: &CrosstabSection, at: usize) -> BannerCell {
        let column = section.columns.get(at);
        match &self.source {
            Source::Base => base(speech, column),
            Source::WeightedBase => {
                styled(speech, column.and_then(|column| column.base_weighted), NumberStyle::plain(1))
            }
            Source::EffectiveBase => {
                styled(speech, column.and_then(|column| column.base_effective), NumberStyle::plain(1))
            }
            Source::Figure { row, style } => figure(speech, cell(section, *row, at), *style),
            Source::Limits { row, style } => limits(speech, cell(section, *row, at), *style),
            Source::Detail { row, style, pick } => {
                styled(speech, cell(section, *row, at).and_then(pick), *style)
            }
            Source::P { row } => p(speech, cell(section, *row, at)),
        }
    }
}

fn base(speech: &Speech, column: Option<&CrosstabColumn>) -> BannerCell {
    let base = column.and_then(|column| column.base);
    let mut cell = base.map_or_else(nothing, |base| BannerCell {
        text: speech.count(base),
        number: Some(number(base as f64, NumberStyle::plain(0))),
        ..BannerCell::default()
    });
    if column.is_some_and(|column| column.flag == Some(Flag::SmallBase)) {
        SMALL_BASE_MARK.clone_into(&mut cell.letters);
    }
    cell
}

fn figure(speech: &Speech, cell: Option<&CrosstabCell>, style: NumberStyle) -> BannerCell {
    let mut shown = styled(speech, cell.and_then(|cell| cell.percent), style);
    if let Some(cell) = cell.filter(|_| shown.number.is_some()) {
        shown.letters = match cell.verdict {
            Some(ChangeVerdict::Up) if cell.letters.is_empty() => ABOVE.to_owned(),
            Some(ChangeVerdict::Down) if cell.letters.is_empty() => BELOW.to_owned(),
            _ => cell.letters.clone(),
        };
        shown.shade = shade(cell.adjusted_residual.unwrap_or(0.0));
    }
    shown
}

fn shade(residual: f64) -> i8 {
    let [first, second] = SHADED_BEYOND;
    let size = i8::from(residual.abs() > first) + i8::from(residual.abs() > second);
    if residual < 0.0 { -size } else { size }
}

fn limits(speech: &Speech, cell: Option<&CrosstabCell>, style: NumberStyle) -> BannerCell {
    let limits = cell.and_then(|cell| cell.low.zip(cell.high));
    limits.map_or_else(nothing, |(low, high)| {
        let dash = if low < 0.0 || style.signed { " … " } else { "–" };
        let text = format!("{}{dash}{}", speech.styled(low, style), speech.styled(high, style));
        BannerCell { text, ..BannerCell::default() }
    })
}

fn p(speech: &Speech, cell: Option<&CrosstabCell>) -> BannerCell {
    let p = cell.and_then(|cell| cell.p);
    p.map_or_else(nothing, |p| {
        let (text, decimals) = speech.p_number(p);
        BannerCell { text, number: Some(number(p, NumberStyle::plain(decimals))), ..BannerCell::default() }
    })
}

fn styled(speech: &Speech, value: Option<f64>, style: NumberStyle) -> BannerCell {
    value.filter(|value| value.is_finite()).map_or_else(nothing, |value| BannerCell {
        text: speech.styled(value, style),
        number: Some(number(value, style)),
        ..BannerCell::default()
    })
}

fn number(value: f64, style: NumberStyle) -> BannerNumber {
    let NumberStyle { decimals, percent, signed } = style;
    BannerNumber { value, decimals, percent, signed }
}

fn nothing() -> BannerCell {
    BannerCell { text: NO_FIGURE.to_owned(), ..BannerCell::default() }
}
