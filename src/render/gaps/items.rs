//! The gaps of questions and of dimensions.

use super::{GapCell, GapColumn, GapTable, GapWords, numbers, point, share, signed, words};
use crate::report::words::NumberStyle;
use crate::report::{DimensionGap, Flag, GapRow, GapsSection, Unit};

/// How a gap with these limits is written.
pub(in crate::render) fn style(limits: Option<(f64, f64)>) -> NumberStyle {
    NumberStyle::figure(Unit::Scale, "gap", limits)
}

/// How much a table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Detail {
    /// What a narrow screen has room for.
    Narrow,
    /// The size of effects too.
    Usual,
    /// Every test.
    Full,
}

/// One row a question.
pub(in crate::render) fn items(
    words_of: &GapWords,
    rows: &[&GapRow],
    title: String,
    detail: Detail,
) -> GapTable {
    let in_full = detail == Detail::Full;
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let with_dimensions = rows.iter().any(|row| row.dimension.is_some());
    let with_importance = rows.iter().any(|row| row.importance.is_some());
    let mut heads = vec![words(columns.question)];
    if with_dimensions && detail != Detail::Narrow {
        heads.push(words(columns.dimension));
    }
    heads.extend([
        numbers(columns.expected),
        numbers(columns.perceived),
        numbers(columns.gap),
        GapColumn::Limits,
    ]);
    if in_full {
        heads.push(numbers(texts.t));
    }
    heads.push(numbers(columns.p_adjusted));
    if detail != Detail::Narrow {
        heads.push(numbers(columns.effect));
    }
    if in_full {
        heads.extend([texts.ranks, texts.ceiling_expected, texts.ceiling_perceived].map(numbers));
    }
    if with_importance {
        if detail != Detail::Narrow {
            heads.push(numbers(columns.importance));
        }
        heads.push(numbers(columns.weighted_gap));
    }
    heads.push(numbers(columns.base));
    let row = |row: &&GapRow| {
        let style = style(row.low.zip(row.high));
        let mut cells = vec![GapCell::Question(row.question.clone())];
        if with_dimensions && detail != Detail::Narrow {
            let dimension = row.dimension.as_deref().map(|id| words_of.dimension(id));
            cells.push(GapCell::Text(dimension.unwrap_or_default()));
        }
        cells.extend([
            point(row.expectation),
            point(row.perception),
            GapCell::Number(row.gap, style),
            GapCell::Limits(row.low.zip(row.high), style),
        ]);
        if in_full {
            cells.push(GapCell::Number(row.t, signed()));
        }
        cells.push(GapCell::P(row.p_adjusted));
        if detail != Detail::Narrow {
            cells.push(GapCell::Number(row.dz, signed()));
        }
        if in_full {
            cells.extend([
                GapCell::P(row.wilcoxon_p),
                share(row.expectation_ceiling),
                share(row.perception_ceiling),
            ]);
        }
        if with_importance {
            if detail != Detail::Narrow {
                cells.push(point(row.importance));
            }
            cells.push(GapCell::Number(row.weighted_gap, signed()));
        }
        cells.push(GapCell::Base(Some(row.base), row.base < words_of.report.survey.flag_below));
        cells
    };
    GapTable { title, keys: 1, columns: heads, rows: rows.iter().map(row).collect(), notes: Vec::new() }
}

/// One row a dimension, and all together; none where rows were not looked at.
pub(in crate::render) fn dimensions(
    words_of: &GapWords,
    gaps: &GapsSection,
    detail: Detail,
) -> Option<GapTable> {
    let in_full = detail == Detail::Full;
    // Dimensions of one question say what their questions say.
    if gaps.dimensions.is_empty() || !(in_full || gaps.dimensions.iter().any(|row| row.items > 1)) {
        return None;
    }
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let with_points = gaps.dimensions.iter().any(|row| row.importance.is_some());
    let with_agreement = in_full && gaps.dimensions.iter().any(|row| row.items > 1);
    let mut heads = vec![words(columns.dimension)];
    if detail != Detail::Narrow {
        heads.push(numbers(texts.items));
    }
    heads.extend([columns.expected, columns.perceived, columns.gap].map(numbers));
    heads.extend([GapColumn::Limits, numbers(columns.p_adjusted)]);
    if detail != Detail::Narrow {
        heads.push(numbers(columns.effect));
    }
    if with_points {
        heads.push(numbers(texts.points));
    }
    if with_agreement {
        heads.extend([texts.alpha_expected, texts.alpha_perceived, texts.reliability].map(numbers));
    }
    heads.push(numbers(columns.base));
    let row = |row: &DimensionGap| {
        let style = style(row.low.zip(row.high));
        let mut cells = vec![GapCell::Text(words_of.dimension(&row.dimension))];
        if detail != Detail::Narrow {
            cells.push(GapCell::Base(Some(row.items), false));
        }
        cells.extend([
            point(row.expectation),
            point(row.perception),
            GapCell::Number(row.gap, style),
            GapCell::Limits(row.low.zip(row.high), style),
            GapCell::P(row.p_adjusted),
        ]);
        if detail != Detail::Narrow {
            cells.push(GapCell::Number(row.dz, signed()));
        }
        if with_points {
            cells.push(share(row.importance));
        }
        if with_agreement {
            cells
                .extend([row.expectation_alpha, row.perception_alpha, row.difference_reliability].map(point));
        }
        cells.push(GapCell::Base(row.base, row.flag == Some(Flag::SmallBase)));
        cells
    };
    let rows = gaps.dimensions.iter().map(row).collect();
    let title = texts.by_dimension.to_owned();
    Some(GapTable { title, keys: 1, columns: heads, rows, notes: Vec::new() })
}
