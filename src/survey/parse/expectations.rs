//! What belongs to expectations beside the pair itself: adequate, planned and delivered quality, points and weights of
//! dimensions, and questions that ask directly how the service was against what was expected.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::places::Places;
use super::questions::Written;
use super::value;
use crate::survey::definition::{DeliveredFile, Survey};
use crate::survey::label::normalize;
use crate::survey::measure::Measure;
use crate::survey::question::{Columns, Qualities, Question};
use crate::survey::scale::Scale;

/// What a gap question knows beside its pair; nothing for other measures, which complain elsewhere.
pub(super) fn qualities(
    written: &Written<'_>,
    columns: &Columns,
    scale: Option<&Scale>,
    complaints: &mut Complaints<'_>,
) -> Qualities {
    let Columns::Pair { first, second } = columns else { return Qualities::default() };
    let names = written.get("adequate").map(|value| value::texts(value.get_ref())).unwrap_or_default();
    let adequate: Vec<String> = names.iter().map(|name| normalize(name)).collect();
    if let Some(taken) = adequate.iter().find(|name| first.contains(name) || second.contains(name)) {
        complaints.error(
            written.span_of("adequate"),
            "same_column",
            format!("question `{}`: `adequate` names `{taken}`, a column of its pair", written.id),
            "what would just do is a third answer beside what is expected and what is perceived",
            "name the column of its own answers",
        );
    }
    Qualities {
        adequate,
        planned: on_scale(written, "planned", scale, complaints),
        delivered: on_scale(written, "delivered", scale, complaints),
    }
}

/// A number on the question's scale.
fn on_scale(
    written: &Written<'_>,
    key: &str,
    scale: Option<&Scale>,
    complaints: &mut Complaints<'_>,
) -> Option<f64> {
    let number = value::number(written.get(key)?.get_ref())?;
    let (low, high) = scale.map(|scale| (f64::from(scale.min), f64::from(scale.max)))?;
    if (low..=high).contains(&number) {
        return Some(number);
    }
    complaints.error(
        written.span_of(key),
        "out_of_range",
        format!("question `{}`: `{key}` is {number}, outside {low} to {high} of its scale", written.id),
        "it is set against what customers expect and perceive, on the same scale",
        format!("write a number from {low} to {high}"),
    );
    None
}

/// Whether a question asks directly how the service was against what was expected, which needs a middle point.
pub(super) fn disconfirmation(
    written: &Written<'_>,
    measure: Measure,
    scale: Option<&Scale>,
    complaints: &mut Complaints<'_>,
) -> bool {
    let is_rating = matches!(measure, Measure::Csat | Measure::Rating);
    let by_scale = scale.is_some_and(|scale| scale.name == "disconfirmation");
    let asked = written.get("disconfirmation").and_then(|value| value.get_ref().as_bool());
    if !is_rating || !asked.unwrap_or(by_scale) {
        return false;
    }
    if let Some(scale) = scale.filter(|scale| scale.points().is_multiple_of(2)) {
        complaints.error(
            written.span_of("disconfirmation"),
            "scale_not_for_measure",
            format!("question `{}`: a scale of {} points has no middle", written.id, scale.points()),
            "the middle point says that it was as expected",
            "name a scale with an odd number of points, such as `disconfirmation`",
        );
        return false;
    }
    true
}

/// The file of `[gaps] delivered`.
pub(super) fn delivered_file(root: &DeTable<'_>, complaints: &Complaints<'_>) -> Option<DeliveredFile> {
    let table = root.get("gaps")?.get_ref().as_table()?;
    let file = value::text(table, "delivered")?;
    let place = table.get("delivered").map(|value| complaints.document.place(value.span()));
    Some(DeliveredFile { file, place })
}

/// Fills the points of the dimensions, and says which weights weigh nothing.
pub(super) fn check_dimensions(
    root: &DeTable<'_>,
    survey: &Survey,
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) {
    let tables = root.get("dimension").and_then(|value| value.get_ref().as_table());
    let has_gap = |id: &str| survey.questions.iter().any(|question| is_gap_of(question, id));
    for (id, value) in tables.into_iter().flatten() {
        let Some(table) = value.get_ref().as_table() else { continue };
        let id = id.get_ref().as_ref();
        if let Some(points) = table.get("points") {
            places.record(format!("dimension.{id}.points"), points.span());
        }
        for key in ["weight", "points"] {
            // What is no weight at all is complained about elsewhere.
            let is_sound = |written: &&Spanned<DeValue<'_>>| match key {
                "weight" => value::number(written.get_ref()).is_some_and(|weight| weight >= 0.0),
                _ => !value::texts(written.get_ref()).is_empty(),
            };
            let Some(written) = table.get(key).filter(is_sound).filter(|_| !has_gap(id)) else { continue };
            complaints.caution(
                written.span(),
                "weighs_nothing",
                format!("dimension `{id}`: `{key}` weighs nothing, since no gap question is in it"),
                "dimensions are weighed where their gaps are put together",
                format!("write `dimension = \"{id}\"` into its gap questions, or take `{key}` out"),
            );
        }
    }
    only_some_have_points(tables, survey, complaints);
}

/// Both answers of a pair are on its scale: a column that another question reads on another one cannot be part of it.
pub(super) fn check_scales(root: &DeTable<'_>, questions: &[Question], complaints: &mut Complaints<'_>) {
    let ends = |question: &Question| question.scale.as_ref().map(|scale| (scale.min, scale.max));
    let tables = root.get("question").and_then(|tables| tables.get_ref().as_table());
    for gap in questions.iter().filter(|question| question.measure == Measure::Gap) {
        let (Columns::Pair { first, second }, Some((min, max))) = (&gap.columns, ends(gap)) else { continue };
        for (key, names) in [("expectation", first), ("perception", second)] {
            let reads = |other: &&Question| matches!(&other.columns, Columns::One(own) if own.iter().any(|name| names.contains(name)));
            let differs = |other: &&Question| ends(other).is_some_and(|found| found != (min, max));
            let Some(other) = questions.iter().filter(reads).find(differs) else { continue };
            let table = tables.and_then(|tables| tables.get(gap.id.as_str())?.get_ref().as_table());
            let Some(written) = table.and_then(|table| table.get(key)) else { continue };
            let (low, high) = ends(other).unwrap_or_default();
            complaints.error(
                written.span(),
                "different_scales",
                format!(
                    "question `{}`: `{key}` is answered from {min} to {max}, but question `{}` reads its column from {low} to \
                     {high}",
                    gap.id, other.id
                ),
                "a gap is the difference of two answers on one scale",
                "give both the scale of the questionnaire; answers on two scales have no gap",
            );
        }
    }
}

fn is_gap_of(question: &Question, dimension: &str) -> bool {
    question.measure == Measure::Gap && question.dimension.as_deref() == Some(dimension)
}

/// Points are shares of one whole: where a dimension has none, nobody's points are complete.
fn only_some_have_points(tables: Option<&DeTable<'_>>, survey: &Survey, complaints: &mut Complaints<'_>) {
    let gaps = || survey.questions.iter().filter(|question| question.measure == Measure::Gap);
    let of = |question: &Question| question.dimension.as_ref().and_then(|id| survey.dimensions.get(id));
    let lacks = |question: &&Question| of(question).is_none_or(|dimension| dimension.points.is_empty());
    let Some(lacking) = gaps().find(lacks) else { return };
    let points = tables.into_iter().flatten().find_map(|(id, value)| {
        let points = value.get_ref().as_table()?.get("points")?;
        gaps().any(|question| is_gap_of(question, id.get_ref())).then(|| Spanned::span(points))
    });
    if let Some(span) = points {
        complaints.caution(
            span,
            "points_incomplete",
            format!("gap question `{}` is in no dimension with `points`", lacking.id),
            "points say how important each dimension is among all; where one has none, nothing is weighted by them",
            "name the points of every dimension that has a gap question, and give every gap question a dimension",
        );
    }
}
