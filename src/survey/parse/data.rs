//! `[survey]` and `[data]`: the frame of the survey and how the file is read.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::survey::definition::{Data, DateColumn, DateCount, Invited, Period, Sampling, Survey, WaveRule};
use crate::survey::label::{fold, normalize};
use crate::survey::numeral::DecimalMark;
use crate::survey::scale::Scale;
use crate::survey::suggestion::did_you_mean;

/// Fills the keys of `[survey]`.
pub(super) fn survey(root: &DeTable<'_>, survey: &mut Survey, complaints: &mut Complaints<'_>) {
    let Some(table) = root.get("survey").and_then(|value| value.get_ref().as_table()) else { return };
    survey.title = value::text(table, "title");
    survey.objective = value::text(table, "objective");
    if let Some(sampling) = value::text(table, "sampling").and_then(|name| Sampling::parse(&name)) {
        survey.sampling = sampling;
    }
    survey.population = value::count(table, "population");
    if let Some(confidence) = table.get("confidence").and_then(|value| value::number(value.get_ref())) {
        survey.confidence = confidence;
    }
    if let Some(count) = value::count(table, "flag_below") {
        survey.flag_below = count;
    }
    if let Some(count) = value::count(table, "suppress_below") {
        survey.suppress_below = count;
        survey.suppress_below_declared = true;
    }
    check_sampling(table, survey, complaints);
}

fn check_sampling(table: &DeTable<'_>, survey: &Survey, complaints: &mut Complaints<'_>) {
    let Some(sampling) = table.get("sampling") else { return };
    match survey.sampling {
        Sampling::EveryoneAnswered if !table.contains_key("population") => complaints.caution(
            sampling.span(),
            "census_without_population",
            "`everyone_answered` without `population`",
            "whether everyone answered cannot be checked, so intervals are shown as for `everyone_invited`",
            "write `population` under [survey]",
        ),
        Sampling::OpenLink if survey.population.is_some() => complaints.caution(
            table.get("population").map_or(sampling.span(), Spanned::span),
            "population_unused",
            "`population` narrows no interval of an open link",
            "the finite population correction is for samples drawn from a list",
            "remove it, or say how respondents really came in by `sampling`",
        ),
        _ => {}
    }
}

/// The `[data]` table, without `invited`.
pub(super) fn data(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Data {
    let mut data = Data::default();
    let Some(table) = root.get("data").and_then(|value| value.get_ref().as_table()) else { return data };
    data.id = column(table, "id", &mut data.other_names);
    data.customer = column(table, "customer", &mut data.other_names);
    data.weight = column(table, "weight", &mut data.other_names);
    let name = |key| value::text(table, key).map(|name| normalize(&name));
    (data.stratum, data.cluster) = (name("stratum"), name("cluster"));
    data.missing = value::codes(table, "missing");
    data.decimal = value::text(table, "decimal").and_then(|mark| DecimalMark::parse(&mark));
    data.date = date(table, &mut data.other_names, complaints);
    data.wave = wave(table, &mut data.other_names, complaints);
    data.personal = value::codes(table, "personal");
    data.personal_not = value::codes(table, "personal_not");
    check_personal(table, &data, complaints);
    if let Some(month) =
        value::integer(table, "fiscal_year_start").and_then(|month| u32::try_from(month).ok())
    {
        data.fiscal_year_start = month;
    }
    data.fiscal_year_named_end = value::text(table, "fiscal_year_named").is_none_or(|named| named != "start");
    data
}

/// The first name of a column; the others are kept by it.
fn column(table: &DeTable<'_>, key: &str, others: &mut IndexMap<String, Vec<String>>) -> Option<String> {
    let names = table.get(key).map(|value| value::texts(value.get_ref())).unwrap_or_default();
    let mut names = names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let first = names.next()?;
    let rest: Vec<String> = names.filter(|name| *name != first).collect();
    if !rest.is_empty() {
        others.entry(first.clone()).or_default().extend(rest);
    }
    Some(first)
}

/// A column is personal or it is not.
fn check_personal(table: &DeTable<'_>, data: &Data, complaints: &mut Complaints<'_>) {
    let both = data.personal.iter().find(|name| data.personal_not.contains(name));
    if let (Some(name), Some(list)) = (both, table.get("personal_not")) {
        complaints.error(
            list.span(),
            "conflict",
            format!("[data]: `{name}` stands in `personal` and in `personal_not`"),
            "a column holds personal data or it does not",
            "keep one of them",
        );
    }
}

fn date(
    table: &DeTable<'_>,
    others: &mut IndexMap<String, Vec<String>>,
    complaints: &mut Complaints<'_>,
) -> Option<DateColumn> {
    let value = table.get("date")?;
    let DeValue::Table(inner) = value.get_ref() else {
        return column(table, "date", others).map(|column| DateColumn { column, format: None });
    };
    let format = value::text(inner, "format");
    if let (Some(text), Some(at)) = (&format, inner.get("format")) {
        check_format(text, at, complaints);
    }
    if !inner.contains_key("column") {
        complaints.error(
            value.span(),
            "missing_key",
            "[data], key `date`: no `column`",
            "the format alone does not say where the date stands",
            "write `date = { column = \"…\", format = \"…\" }`",
        );
    }
    Some(DateColumn { column: column(inner, "column", others)?, format })
}

/// A format must be one that can be read and must hold a day, or it would refuse every cell.
pub(super) fn check_format(text: &str, at: &Spanned<DeValue<'_>>, complaints: &mut Complaints<'_>) {
    use chrono::format::{Item, StrftimeItems};
    if DateCount::parse(text).is_some() {
        return;
    }
    let items: Vec<Item<'_>> = StrftimeItems::new(text).collect();
    let fault = if items.contains(&Item::Error) {
        "it has a letter after % that is not known"
    } else if !items.iter().any(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) {
        "it has no % signs, and is none of `excel`, `unix` and `unix_ms`"
    } else {
        return;
    };
    complaints.error(
        at.span(),
        "bad_date_format",
        format!("date format `{text}`: {fault}"),
        "no cell could be read as a date by it",
        "`%d` is the day, `%m` the month, `%Y` the year: `14/09/2026` is `%d/%m/%Y`",
    );
}

fn wave(
    table: &DeTable<'_>,
    others: &mut IndexMap<String, Vec<String>>,
    complaints: &mut Complaints<'_>,
) -> Option<WaveRule> {
    let value = table.get("wave")?;
    let inner = value.get_ref().as_table()?;
    let (every, named) = (inner.get("every"), inner.get("column"));
    let why = "a wave is either a calendar period of the date or a value of a column";
    match (every, named) {
        (Some(every), Some(_)) => {
            complaints.error(
                every.span(),
                "conflict",
                "[data], key `wave`: both `every` and `column`",
                why,
                "keep one of them",
            );
        }
        (None, None) => {
            let help = "write `wave = { every = \"quarter\" }` or `wave = { column = \"round\" }`";
            complaints.error(
                value.span(),
                "missing_key",
                "[data], key `wave`: neither `every` nor `column`",
                why,
                help,
            );
        }
        (Some(every), None) if !table.contains_key("date") => {
            complaints.error(
                every.span(),
                "wave_without_date",
                "[data]: `wave = { every = … }` without `date`",
                "the calendar period is taken from the date of the answer",
                "name the column with the date: `date = \"…\"`",
            );
        }
        _ => {}
    }
    if let (Some(order), None) = (inner.get("order"), named) {
        let help = "remove it, or name the column: `wave = { column = \"round\", order = […] }`";
        let why = "calendar periods have an order of their own";
        complaints.error(order.span(), "conflict", "[data], key `wave`: `order` without `column`", why, help);
    }
    if let Some(column) = column(inner, "column", others) {
        let order = value::codes(inner, "order");
        if let Some(twice) = order.iter().enumerate().find(|(at, name)| order[..*at].contains(name)) {
            let span = inner.get("order").map_or(value.span(), Spanned::span);
            let message = format!("[data], key `wave`: `{}` stands twice in `order`", twice.1);
            complaints.error(
                span,
                "duplicate_value",
                message,
                "a wave has one place in time",
                "keep one of them",
            );
        }
        return Some(WaveRule::Column { column, order });
    }
    value::text(inner, "every").and_then(|name| Period::parse(&name)).map(WaveRule::Every)
}

/// `invited`: a number, a table by wave, or a table of tables by segment.
pub(super) fn invited(root: &DeTable<'_>, survey: &mut Survey, complaints: &mut Complaints<'_>) {
    let Some(data) = root.get("data").and_then(|value| value.get_ref().as_table()) else { return };
    let Some(value) = data.get("invited") else { return };
    let DeValue::Table(table) = value.get_ref() else {
        survey.data.invited = value::count(data, "invited").map(Invited::Total);
        return;
    };
    let tables = table.values().filter(|value| value.get_ref().is_table()).count();
    if tables > 0 && tables < table.len() {
        return complaints.error(
            value.span(),
            "conflict",
            "[data], key `invited`: numbers and tables side by side",
            "the number invited is given by wave or by segment, not both at once",
            "write one number a wave, or one table a segment",
        );
    }
    survey.data.invited = if tables == 0 {
        Some(by_wave(data, table, survey, complaints))
    } else {
        Some(by_segment(table, survey, complaints))
    };
}

fn by_wave(
    data: &DeTable<'_>,
    table: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Invited {
    let mut waves = IndexMap::new();
    for (label, value) in table {
        if let Some(count) =
            value.get_ref().as_integer().and_then(value::whole).and_then(|count| u64::try_from(count).ok())
        {
            waves.insert(label.get_ref().to_string(), count);
        }
        let named = label.get_ref().as_ref();
        match &survey.data.wave {
            None if data.contains_key("wave") => {}
            None => {
                let segment = survey.segments.iter().any(|segment| segment.id == named);
                let help = if segment {
                    format!(
                        "`{named}` is a segment: write one number for each of its values, `{named} = {{ … = {} }}`",
                        100
                    )
                } else {
                    "write one number, or declare waves by `wave = { every = \"quarter\" }`".to_owned()
                };
                let message =
                    format!("[data], key `invited`: `{named}` is no wave, since no waves are declared");
                complaints.error(
                    label.span(),
                    "unknown_wave",
                    message,
                    "the response rate could not be worked out",
                    help,
                );
            }
            Some(WaveRule::Column { order, .. })
                if !order.is_empty() && !order.iter().any(|wave| wave == named) =>
            {
                let help = did_you_mean(named, order.iter().map(String::as_str)).map_or_else(
                    || format!("the waves are {}", order.join(", ")),
                    |wave| format!("did you mean `{wave}`?"),
                );
                let message = format!("[data], key `invited`: `{named}` is not in the order of waves");
                complaints.error(
                    label.span(),
                    "unknown_wave",
                    message,
                    "its number would never be used",
                    help,
                );
            }
            Some(WaveRule::Every(period)) if !is_label(named, *period, survey.data.fiscal_year_start) => {
                let help = format!(
                    "a {} is written like `{}`",
                    period.name(),
                    example(*period, survey.data.fiscal_year_start)
                );
                let message =
                    format!("[data], key `invited`: `{named}` is not the name of a {}", period.name());
                complaints.error(
                    label.span(),
                    "unknown_wave",
                    message,
                    "its number would never be used",
                    help,
                );
            }
            Some(_) => {}
        }
    }
    Invited::Waves(waves)
}

fn by_segment(table: &DeTable<'_>, survey: &Survey, complaints: &mut Complaints<'_>) -> Invited {
    let mut segments = IndexMap::new();
    for (id, value) in table {
        let named = id.get_ref().as_ref();
        let Some(segment) = survey.segments.iter().find(|segment| segment.id == named) else {
            let known: Vec<&str> = survey.segments.iter().map(|segment| segment.id.as_str()).collect();
            let help = did_you_mean(named, known.iter().copied()).map_or_else(
                || "declare it: `[segment.…]`".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            let message = format!("[data], key `invited`: there is no segment `{named}`");
            complaints.error(id.span(), "unknown_segment", message, "its numbers would never be used", help);
            continue;
        };
        if let Some(values) = value.get_ref().as_table() {
            segments.insert(
                named.to_owned(),
                super::segments::counts_by_value(segment, values, "invited", complaints),
            );
        }
    }
    Invited::Segments(segments)
}

/// A cell that is blank everywhere and yet a point of a scale is never counted as that point.
pub(super) fn check_missing(root: &DeTable<'_>, survey: &Survey, complaints: &mut Complaints<'_>) {
    let data = root.get("data").and_then(|value| value.get_ref().as_table());
    let list = data.and_then(|data| data.get("missing")).and_then(|value| value.get_ref().as_array());
    for item in list.into_iter().flatten() {
        let Some(text) = value::code(item.get_ref()) else { continue };
        let number = text.trim().parse::<i64>().ok();
        let point = |scale: &Scale| {
            number.is_some_and(|number| scale.index(number).is_some())
                || scale.labels.iter().any(|label| !text.trim().is_empty() && fold(label) == fold(&text))
        };
        let found = survey.questions.iter().find(|question| question.scale.as_ref().is_some_and(point));
        if let Some(question) = found {
            complaints.caution(
                item.span(),
                "missing_is_a_point",
                format!("[data], key `missing`: `{text}` is also an answer to question `{}`", question.id),
                "it is taken as blank in every column, so that answer is never counted",
                "write it as `missing` of the scale where it is meant, not under [data]",
            );
        }
    }
}

/// Whether a text has the form of the labels of these waves.
pub(super) fn is_label(text: &str, period: Period, fiscal_year_start: u32) -> bool {
    let pattern = example(period, fiscal_year_start);
    let shape = |text: &str| -> String {
        text.chars().map(|found| if found.is_ascii_digit() { '0' } else { found }).collect()
    };
    shape(text) == shape(pattern)
}

/// How the labels of these waves are written.
pub(super) fn example(period: Period, fiscal_year_start: u32) -> &'static str {
    match (period, fiscal_year_start) {
        (Period::Day, _) => "2026-09-14",
        (Period::Week, _) => "2026-W38",
        (Period::Month, _) => "2026-09",
        (Period::Quarter, 1) => "2026-Q3",
        (Period::Half, 1) => "2026-H2",
        (Period::Year, 1) => "2026",
        (Period::Quarter, _) => "FY2026-Q1",
        (Period::Half, _) => "FY2026-H1",
        (Period::Year, _) => "FY2026",
    }
}
