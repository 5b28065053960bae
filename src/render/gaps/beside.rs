//! What stands beside the gaps: the zone of tolerance, direct questions, the four qualities, the staff.

use super::{
    GapCell, GapColumn, GapTable, GapWords, difference_with_limits, numbers, point, share, share_with_limits,
    signed, words,
};
use crate::report::words::fill;
use crate::report::{DisconfirmationRow, Flag, GapsSection, QualityGap, QualityRow, StaffRow, ToleranceRow};

/// The tables that the section has something for.
pub(in crate::render) fn beside(words_of: &GapWords, gaps: &GapsSection) -> Vec<GapTable> {
    let tables = [
        tolerance(words_of, &gaps.tolerance),
        disconfirmation(words_of, &gaps.disconfirmation),
        qualities(words_of, &gaps.qualities),
        staff(words_of, gaps),
    ];
    tables.into_iter().flatten().collect()
}

fn base(base: Option<u64>, flag: Option<Flag>) -> GapCell {
    GapCell::Base(base, flag == Some(Flag::SmallBase))
}

fn tolerance(words_of: &GapWords, rows: &[ToleranceRow]) -> Option<GapTable> {
    if rows.is_empty() {
        return None;
    }
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let mut heads = vec![words(columns.question)];
    heads.extend([texts.adequate, texts.desired, columns.perceived, texts.adequacy].map(numbers));
    heads.push(GapColumn::Limits);
    heads.push(numbers(texts.superiority));
    heads.push(GapColumn::Limits);
    heads.extend([texts.zone, texts.below, texts.inside].map(numbers));
    heads.push(GapColumn::Limits);
    heads.extend([texts.above, columns.base].map(numbers));
    let row = |row: &ToleranceRow| {
        let mut cells = vec![GapCell::Question(row.question.clone())];
        cells.extend([row.adequate, row.desired, row.perceived].map(point));
        cells.extend(difference_with_limits(row.adequacy));
        cells.extend(difference_with_limits(row.superiority));
        cells.push(GapCell::Number(row.width.value, signed()));
        cells.push(share(row.below.value));
        cells.extend(share_with_limits(row.inside));
        cells.extend([share(row.above.value), base(row.base, row.flag)]);
        cells
    };
    let left_out: u64 = rows.iter().filter_map(|row| row.contradictory).sum();
    let note = fill(texts.tolerance_note, &[("count", &words_of.speech.count(left_out))]);
    Some(GapTable {
        title: texts.tolerance.to_owned(),
        keys: 1,
        columns: heads,
        rows: rows.iter().map(row).collect(),
        notes: vec![note],
    })
}

fn disconfirmation(words_of: &GapWords, rows: &[DisconfirmationRow]) -> Option<GapTable> {
    if rows.is_empty() {
        return None;
    }
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let mut heads = vec![words(columns.question)];
    for header in [texts.worse, texts.confirmed, texts.better, texts.balance, texts.asymmetry] {
        heads.extend([numbers(header), GapColumn::Limits]);
    }
    heads.extend([numbers("p"), numbers(columns.base)]);
    let row = |row: &DisconfirmationRow| {
        let mut cells = vec![GapCell::Question(row.question.clone())];
        for figure in [row.negative, row.confirmed, row.positive, row.balance, row.asymmetry] {
            cells.extend(share_with_limits(figure));
        }
        cells.extend([GapCell::P(row.p), base(row.base, row.flag)]);
        cells
    };
    let note = fill(texts.disconfirmation_note, &[("confidence", &words_of.confidence())]);
    Some(GapTable {
        title: texts.disconfirmation.to_owned(),
        keys: 1,
        columns: heads,
        rows: rows.iter().map(row).collect(),
        notes: vec![note],
    })
}

fn qualities(words_of: &GapWords, rows: &[QualityRow]) -> Option<GapTable> {
    if rows.is_empty() {
        return None;
    }
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let mut heads = vec![words(columns.question)];
    heads.extend(
        [
            columns.expected,
            texts.planned,
            texts.delivered,
            columns.perceived,
            texts.planning,
            texts.delivery,
            texts.communication,
            columns.gap,
        ]
        .map(numbers),
    );
    heads.extend([words(texts.act_on), numbers(columns.base)]);
    let act_on = |gap: Option<QualityGap>| match gap {
        Some(QualityGap::Planning) => texts.act_planning,
        Some(QualityGap::Delivery) => texts.act_delivery,
        Some(QualityGap::Communication) => texts.act_communication,
        None => "",
    };
    let row = |row: &QualityRow| {
        let mut cells = vec![GapCell::Question(row.question.clone())];
        cells.extend([row.expected, row.planned, row.delivered, row.perceived].map(point));
        let differences = [row.planning, row.delivery, row.communication, row.gap];
        cells.extend(differences.map(|difference| GapCell::Number(difference, signed())));
        let small = row.base < words_of.report.survey.flag_below;
        cells.extend([GapCell::Text(act_on(row.act_on).to_owned()), GapCell::Base(Some(row.base), small)]);
        cells
    };
    Some(GapTable {
        title: texts.qualities.to_owned(),
        keys: 1,
        columns: heads,
        rows: rows.iter().map(row).collect(),
        notes: vec![texts.qualities_note.to_owned()],
    })
}

fn staff(words_of: &GapWords, gaps: &GapsSection) -> Option<GapTable> {
    let view = gaps.staff.as_ref()?;
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let mut heads = vec![words(columns.question), words(texts.form)];
    heads.extend([texts.customers, texts.of_staff, texts.staff_difference].map(numbers));
    heads.push(GapColumn::Limits);
    heads.extend([columns.p_adjusted, columns.base, texts.staff_base].map(numbers));
    let row = |row: &StaffRow| {
        let form = if row.form == "expectation" { texts.expectation } else { texts.perception };
        let small = |base: u64| base < words_of.report.survey.flag_below;
        let mut cells = vec![GapCell::Question(row.question.clone()), GapCell::Text(form.to_owned())];
        cells.extend([row.customers, row.staff].map(point));
        cells.extend(difference_with_limits(row.difference));
        cells.extend([
            GapCell::P(row.p_adjusted),
            GapCell::Base(Some(row.base), small(row.base)),
            GapCell::Base(Some(row.staff_base), small(row.staff_base)),
        ]);
        cells
    };
    let count = words_of.speech.count(view.rows_used);
    let note = fill(texts.staff_note, &[("file", &view.file), ("count", &count)]);
    Some(GapTable {
        title: texts.staff.to_owned(),
        keys: 2,
        columns: heads,
        rows: view.rows.iter().map(row).collect(),
        notes: vec![note],
    })
}
