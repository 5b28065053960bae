//! What a survey says beside the complaints: who had a problem, who complained, what putting it right goes with, and how
//! many problems there were behind the complaints.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns};
use crate::report::words::{
    NumberStyle, change_verdict, complaint_code, complaint_figure, complaint_reason, fill, statistic_name,
};
use crate::report::{
    ComplaintIceberg, ComplaintRecovery, ComplaintSurvey, ComplaintsSection, RecoveryDifference,
    RecoveryFigure, RecoveryGroup, Unit,
};

/// Where a smaller share complains, in percent, most problems are told by nobody.
const HALF: f64 = 50.0;

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let Some(survey) = &section.survey else { return Vec::new() };
    let mut blocks = shares(context, survey);
    blocks.extend(survey.recovery.iter().flat_map(|recovery| satisfaction(context, recovery)));
    blocks.extend(survey.iceberg.iter().flat_map(|iceberg| problems(context, iceberg)));
    blocks
}

fn shares(context: &Context, survey: &ComplaintSurvey) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let rows = context.speech.count(survey.rows);
    let inputs = survey.inputs.join(", ");
    let said = match &survey.wave {
        None => fill(texts.survey_text, &[("rows", &rows), ("inputs", &inputs)]),
        Some(wave) => fill(texts.survey_wave, &[("rows", &rows), ("wave", wave), ("inputs", &inputs)]),
    };
    let mut columns = vec![cell::words(texts.figure), cell::words(texts.survey_base)];
    columns.extend(figure_columns(context, context.phrases().columns.share));
    columns.push(cell::numbers(context.phrases().columns.base));
    let asks_complained = survey.shares.iter().any(|share| share.statistic == "complained");
    let rows = survey.shares.iter().map(|row| {
        let base = match row.statistic.as_str() {
            "had_problem" => texts.of_all,
            "recovered" if asks_complained => texts.of_tried,
            _ => texts.of_problem,
        };
        let mut cells = vec![cell::text(complaint_figure(&context.speech, &row.statistic)), cell::text(base)];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], row.reason.as_deref()));
        cells.push(cell::count(context, row.base));
        cells
    });
    let table = Table { caption: texts.survey_title.to_owned(), columns, rows: rows.collect() };
    if table.rows.is_empty() {
        return vec![Block::Heading(table.caption), Block::Text(vec![said])];
    }
    Block::titled(table, vec![said])
}

fn satisfaction(context: &Context, recovery: &ComplaintRecovery) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let columns_of = &context.phrases().columns;
    let mut columns =
        vec![cell::words(columns_of.question), cell::words(columns_of.statistic), cell::words(texts.group)];
    columns.extend(figure_columns(context, columns_of.value));
    columns.extend([cell::numbers(columns_of.base), cell::words(columns_of.note)]);
    // The groups of a figure stand together, as they are to be compared.
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    for group in &recovery.groups {
        rows.extend(
            group.figures.iter().enumerate().map(|(place, one)| (place, of_group(context, group, one))),
        );
    }
    rows.sort_by_key(|(place, _)| *place);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let mut said = Vec::new();
    if let Some(count) = recovery.in_no_group {
        said.push(fill(texts.recovery_text, &[("count", &context.speech.count(count))]));
    }
    match recovery.paradox {
        Some(true) => said.push(texts.paradox_yes.to_owned()),
        Some(false) => said.push(texts.paradox_no.to_owned()),
        None => {}
    }
    let table = Table { caption: texts.recovery_title.to_owned(), columns, rows };
    let mut blocks = vec![Block::Heading(table.caption.clone())];
    blocks.extend((!said.is_empty()).then(|| Block::Text(vec![said.join(" ")])));
    blocks.push(Block::Table(table));
    if !recovery.differences.is_empty() {
        blocks.extend(Block::titled(
            differences(context, &recovery.differences),
            vec![texts.recovery_differences_text.to_owned()],
        ));
    }
    blocks
}

fn of_group(context: &Context, group: &RecoveryGroup, figure: &RecoveryFigure) -> Vec<Cell> {
    let style = NumberStyle::figure(figure.unit, &figure.statistic, figure.low.zip(figure.high));
    let note = figure.value.and(figure.flag).map_or_else(String::new, |flag| context.flag(flag));
    vec![
        cell::name(figure.name.clone()),
        cell::text(statistic_name(&context.speech, &context.names, &figure.question, &figure.statistic)),
        cell::text(complaint_code(&context.speech, "group", &group.group)),
        cell::value(context, figure.value, figure.flag, style),
        cell::number(context, figure.low, style.bare()),
        cell::number(context, figure.high, style.bare()),
        cell::count(context, figure.base),
        cell::text(note),
    ]
}

fn differences(context: &Context, differences: &[RecoveryDifference]) -> Table {
    let texts = &context.phrases().complaints;
    let columns_of = &context.phrases().columns;
    let mut columns = vec![
        cell::words(columns_of.question),
        cell::words(columns_of.statistic),
        cell::words(texts.group),
        cell::words(texts.less),
    ];
    columns.extend(figure_columns(context, texts.recovery_difference));
    columns.extend([cell::numbers(columns_of.p_adjusted), cell::words(columns_of.verdict)]);
    let rows = differences.iter().map(|one| {
        let limits = one.low.zip(one.high);
        let style = NumberStyle::difference(one.unit, limits);
        let name = |group: &str| cell::text(complaint_code(&context.speech, "group", group));
        let verdict =
            one.verdict.map(|verdict| change_verdict(&context.speech, verdict, one.unit, limits, None, None));
        vec![
            cell::name(one.name.clone()),
            cell::text(statistic_name(&context.speech, &context.names, &one.question, &one.statistic)),
            name(&one.group),
            name(&one.less),
            cell::number(context, one.difference, style),
            cell::number(context, one.low, style),
            cell::number(context, one.high, style),
            cell::p(context, one.p_adjusted),
            cell::text(verdict.unwrap_or_default()),
        ]
    });
    Table { caption: texts.recovery_differences.to_owned(), columns, rows: rows.collect() }
}

fn problems(context: &Context, iceberg: &ComplaintIceberg) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let speech = &context.speech;
    let mut said = Vec::new();
    let known =
        iceberg.problems.zip(iceberg.low.zip(iceberg.high)).zip(iceberg.share.zip(iceberg.complaints));
    if let Some(((problems, limits), (share, complaints))) = known {
        let shares = iceberg.share_low.zip(iceberg.share_high);
        let style = NumberStyle::figure(Unit::Percent, "", shares);
        let whole = NumberStyle::figure(Unit::Count, "", None);
        let period = iceberg
            .period
            .as_ref()
            .map_or_else(String::new, |period| fill(texts.iceberg_period, &[("period", period)]));
        let range = shares.map_or_else(
            || context.phrases().flags.no_interval.to_owned(),
            |limits| speech.range(limits, style.bare()),
        );
        said.push(fill(
            if share < HALF { texts.iceberg_text } else { texts.iceberg_text_few },
            &[
                ("complaints", &speech.count(complaints)),
                ("period", &period),
                ("share", &speech.styled(share, style)),
                ("range", &range),
                ("problems", &speech.styled(problems, whole)),
                ("limits", &speech.range(limits, whole)),
            ],
        ));
        if let Some(base) = iceberg.base {
            said.push(fill(texts.iceberg_caution, &[("base", &speech.count(base))]));
        }
    } else {
        let reason = complaint_reason(speech, iceberg.reason.as_deref().unwrap_or_default());
        said.push(fill(texts.iceberg_none, &[("reason", &reason)]));
    }
    vec![Block::Heading(texts.iceberg_title.to_owned()), Block::Text(vec![said.join(" ")])]
}
