//! `[question.*]` and `[block.*]`: the questions in written order, blocks spelt out.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::answers;
use super::base;
use super::blocks;
use super::checklist;
use super::complaints::Complaints;
use super::constructs;
use super::expectations;
use super::importance;
use super::languages;
use super::places::Places;
use super::scales::WrittenScale;
use super::value;
use crate::survey::measure::{Better, Headline, KanoTable, Measure};
use crate::survey::question::{Columns, Question, pair_importance};
use crate::survey::scale::Scale;
use crate::survey::suggestion::did_you_mean;

/// What questions refer to.
pub(super) struct Surroundings<'a> {
    pub(super) scales: &'a IndexMap<String, WrittenScale>,
    pub(super) default_scale: Option<String>,
    pub(super) segments: Vec<&'a str>,
    pub(super) dimensions: Vec<&'a str>,
}

/// One question as it is written: its own table, its block's table, or both.
pub(super) struct Written<'a> {
    pub(super) id: String,
    pub(super) span: Range<usize>,
    pub(super) own: Option<&'a DeTable<'a>>,
    pub(super) block: Option<(&'a str, &'a DeTable<'a>)>,
}

impl<'a> Written<'a> {
    /// The value of a key: the question's own, else its block's.
    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.own_value(key).or_else(|| self.block.and_then(|(_, table)| table.get(key)))
    }

    fn own_value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.own.and_then(|table| table.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        let text = self.get(key)?.get_ref().as_str()?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.get_ref().as_bool()
    }

    /// Where a key's value stands, or the question itself.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.get(key).map_or(self.span.clone(), Spanned::span)
    }
}

/// All questions, and the scales they use.
pub(super) fn questions(
    root: &DeTable<'_>,
    surroundings: &Surroundings<'_>,
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    let mut overall: Option<String> = None;
    let mut named: Vec<(usize, Range<usize>)> = Vec::new();
    let mut retests: Vec<(usize, Range<usize>)> = Vec::new();
    for written in written(root, complaints) {
        if surroundings.segments.contains(&written.id.as_str()) {
            complaints.error(
                written.span.clone(),
                "id_clash",
                format!("`{}` is both a question and a segment", written.id),
                "`--by` and `--where` could not tell which is meant",
                format!(
                    "give the segment an id of its own and name the column: `column = \"{}\"`",
                    written.id
                ),
            );
        }
        let Some(question) = question(&written, surroundings, complaints) else { continue };
        if question.overall {
            match &overall {
                Some(first) => complaints.error(
                    written.span_of("overall"),
                    "two_overall",
                    format!("question `{}`: `{first}` is the overall question already", question.id),
                    "drivers explain one outcome",
                    "keep `overall = true` on one of them",
                ),
                None => overall = Some(question.id.clone()),
            }
        }
        same_column(&question, &found, &written, complaints);
        for (part, key) in column_keys(question.measure) {
            places.record(format!("question.{}.{part}", question.id), written.span_of(key));
        }
        for key in ["id", "measure", "text", "scale", "labels", "headline", "base"] {
            places.record(format!("question.{}.{key}", question.id), written.span_of(key));
        }
        if !question.qualities.adequate.is_empty() {
            places.record(format!("question.{}.adequate", question.id), written.span_of("adequate"));
        }
        for (key, names) in [("evidence", &question.item.evidence), ("owner", &question.item.owner)] {
            if !names.is_empty() {
                places.record(format!("question.{}.{key}", question.id), written.span_of(key));
            }
        }
        if question.importance_of.is_some() {
            named.push((found.len(), written.span_of("importance_of")));
        }
        if question.retest_of.is_some() {
            retests.push((found.len(), written.span_of("retest_of")));
        }
        found.push(question);
    }
    importance::check(&mut found, &named, complaints);
    expectations::check_scales(root, &found, complaints);
    constructs::check_retests(&mut found, &retests, complaints);
    pair_importance(&mut found);
    found
}

/// The questions by place of first mention, each with its tables.
fn written<'a>(root: &'a DeTable<'a>, complaints: &mut Complaints<'_>) -> Vec<Written<'a>> {
    let tables = |kind: &str| {
        let table = root.get(kind).and_then(|value| value.get_ref().as_table());
        table
            .into_iter()
            .flatten()
            .filter_map(|(id, value)| Some((id, value.get_ref().as_table()?)))
            .collect::<Vec<_>>()
    };
    let own = tables("question");
    let blocks = tables("block");
    let mut entries: Vec<(usize, Written<'a>)> =
        own.iter().map(|(id, table)| (id.span().start, alone(id, table))).collect();
    let mut claimed: IndexMap<String, &'a str> = IndexMap::new();
    for (name, table) in blocks {
        let block = name.get_ref().as_ref();
        for (id, span) in blocks::ids(block, table, name.span(), complaints) {
            if let Some(other) = claimed.get(&id) {
                let place =
                    if *other == block { "twice".to_owned() } else { format!("and in block `{other}`") };
                complaints.error(
                    span,
                    "duplicate_question",
                    format!("question `{id}` stands in block `{block}` {place}"),
                    "a question is asked and counted once",
                    "keep it in one place",
                );
                continue;
            }
            claimed.insert(id.clone(), block);
            match entries.iter_mut().find(|(_, written)| written.id == id) {
                Some((at, written)) => {
                    written.block = Some((block, table));
                    *at = (*at).min(span.start);
                }
                None => {
                    entries.push((span.start, Written { id, span, own: None, block: Some((block, table)) }));
                }
            }
        }
        answers::check_block(name, table, complaints);
    }
    // Questions of one range share a span: a stable sort keeps them in column order.
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(_, written)| written).collect()
}

fn alone<'a>(id: &Spanned<std::borrow::Cow<'a, str>>, table: &'a DeTable<'a>) -> Written<'a> {
    Written { id: id.get_ref().to_string(), span: id.span(), own: Some(table), block: None }
}

fn question(
    written: &Written<'_>,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Option<Question> {
    let measure = match written.get("measure") {
        // A measure that is not known is complained about already; the rest cannot be judged without it.
        Some(value) => Measure::parse(value.get_ref().as_str()?)?,
        None => Measure::Rating,
    };
    answers::check_keys(written, measure, complaints);
    let version = written
        .get("version")
        .and_then(|value| value.get_ref().as_integer())
        .and_then(value::whole)
        .and_then(|version| u8::try_from(version).ok())
        .or((measure == Measure::Ces).then_some(2))
        .filter(|_| measure == Measure::Ces);
    let columns = columns(written, measure, complaints)?;
    let scale = answers::scale(written, measure, version, surroundings, complaints);
    let headline = headline(written, measure, complaints);
    let options = answers::options(written, measure, surroundings, complaints);
    let option_translations = languages::of_options(written, &options, complaints);
    let qualities = expectations::qualities(written, &columns, scale.as_ref(), complaints);
    let item = checklist::item(written, measure, complaints);
    let disconfirmation = expectations::disconfirmation(written, measure, scale.as_ref(), complaints);
    let mut question = Question {
        id: written.id.clone(),
        measure,
        columns,
        text: written.text("text"),
        label: written.text("label"),
        translations: languages::of_text(written),
        options,
        option_translations,
        own_words: None,
        separator: (measure == Measure::Multi)
            .then(|| written.text("separator").unwrap_or_else(|| ";".to_owned())),
        missing: written
            .get("missing")
            .filter(|_| measure == Measure::Multi)
            .map(|value| value::code_list(value.get_ref()))
            .unwrap_or_default(),
        overall: written.flag("overall").unwrap_or(false),
        headline,
        target: None,
        block: written.block.map(|(block, _)| block.to_owned()),
        dimension: dimension(written, surroundings, complaints),
        better: written.text("better").and_then(|better| match better.as_str() {
            "higher" => Some(Better::Higher),
            "lower" => Some(Better::Lower),
            "none" => Some(Better::None),
            _ => None,
        }),
        driver: written.flag("driver"),
        version,
        base: base::base(written, complaints),
        evaluation: match written.text("evaluation").as_deref() {
            Some("strict") => KanoTable::Strict,
            _ => KanoTable::Usual,
        },
        bridge: written.flag("bridge").unwrap_or(false),
        importance_of: written.text("importance_of"),
        retest_of: written.text("retest_of"),
        qualities,
        disconfirmation,
        item,
        scale,
    };
    question.target = target(written, &question, complaints);
    Some(question)
}

/// The keys that name the columns of a question, each with what it is called in a path.
fn column_keys(measure: Measure) -> &'static [(&'static str, &'static str)] {
    match measure {
        Measure::Gap => &[("first", "expectation"), ("second", "perception")],
        Measure::Kano => &[("first", "functional"), ("second", "dysfunctional")],
        _ => &[("column", "column")],
    }
}

fn columns(written: &Written<'_>, measure: Measure, complaints: &mut Complaints<'_>) -> Option<Columns> {
    let names = |key: &str| written.get(key).map(|value| trimmed(value::texts(value.get_ref())));
    let &[(_, first), (_, second)] = column_keys(measure) else {
        let names = names("column").filter(|names| !names.is_empty());
        return Some(Columns::One(names.unwrap_or_else(|| vec![written.id.clone()])));
    };
    let missing: Vec<&str> = [first, second].into_iter().filter(|key| written.get(key).is_none()).collect();
    if !missing.is_empty() {
        let lacking: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
        complaints.error(
            written.span.clone(),
            "missing_pair",
            format!(
                "question `{}`: a {} question without {}",
                written.id,
                measure.name(),
                lacking.join(" and ")
            ),
            "it is worked out from two columns",
            format!("name both: `{first} = \"…\"` and `{second} = \"…\"`"),
        );
        return None;
    }
    let (one, two) = (names(first)?, names(second)?);
    if one.iter().any(|name| two.contains(name)) {
        complaints.error(
            written.span_of(second),
            "same_column",
            format!("question `{}`: `{first}` and `{second}` name the same column", written.id),
            "a pair is two different answers",
            "name the column of each",
        );
    }
    Some(Columns::Pair { first: one, second: two })
}

fn trimmed(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|name| crate::survey::label::normalize(&name)).collect()
}

/// Two questions that read one column are usually a slip of copy and paste.
fn same_column(
    question: &Question,
    others: &[Question],
    written: &Written<'_>,
    complaints: &mut Complaints<'_>,
) {
    let other = others.iter().find(|other| match (&other.columns, &question.columns) {
        (Columns::One(a), Columns::One(b)) => a.iter().any(|name| b.contains(name)),
        (a, b) => a == b,
    });
    if let Some(other) = other {
        complaints.caution(
            written.span.clone(),
            "same_column",
            format!("questions `{}` and `{}` read the same column", other.id, question.id),
            "the same answers are counted under two names",
            "check the `column` of both",
        );
    }
}

/// The headlines that a measure can have, its default first.
fn headlines(measure: Measure) -> &'static [Headline] {
    match measure {
        Measure::Csat | Measure::Rating => {
            &[Headline::TopBox, Headline::Mean, Headline::Index, Headline::Net]
        }
        Measure::Nps => &[Headline::Nps, Headline::Mean],
        Measure::Ces => &[Headline::TopBox, Headline::Mean],
        Measure::Gap => &[Headline::Gap],
        Measure::Importance | Measure::Number => &[Headline::Mean],
        Measure::Checklist => &[Headline::Fulfilled],
        Measure::Kano | Measure::Choice | Measure::Multi | Measure::Text => &[],
    }
}

fn headline(written: &Written<'_>, measure: Measure, complaints: &mut Complaints<'_>) -> Option<Headline> {
    let fitting = headlines(measure);
    let asked = written.text("headline").and_then(|name| Headline::parse(&name));
    let default = fitting.first().copied();
    let (Some(asked), Some(_)) = (asked, default) else { return default };
    if fitting.contains(&asked) {
        return Some(asked);
    }
    let names: Vec<String> = fitting.iter().map(|headline| format!("`{}`", headline.name())).collect();
    complaints.error(
        written.span_of("headline"),
        "headline_not_for_measure",
        format!(
            "question `{}`: headline `{}` is not a figure of {}",
            written.id,
            asked.name(),
            measure.name()
        ),
        "the headline is one of the figures that the measure yields",
        format!("{} yields {}", measure.name(), names.join(", ")),
    );
    default
}

/// The target, if it is one that the headline could reach.
fn target(written: &Written<'_>, question: &Question, complaints: &mut Complaints<'_>) -> Option<f64> {
    let target = written.get("target").and_then(|value| value::number(value.get_ref()))?;
    let headline = question.headline?;
    let ends = |scale: &Scale| (f64::from(scale.min), f64::from(scale.max));
    let (low, high, unit) = match (headline, &question.scale) {
        (Headline::TopBox | Headline::Fulfilled, _) => (0.0, 100.0, "percent"),
        (Headline::Index, _) => (0.0, 100.0, "index points"),
        (Headline::Net | Headline::Nps, _) => (-100.0, 100.0, "points"),
        (Headline::Mean, Some(scale)) => (ends(scale).0, ends(scale).1, "points of the scale"),
        (Headline::Gap, Some(scale)) => {
            (ends(scale).0 - ends(scale).1, ends(scale).1 - ends(scale).0, "points of the scale")
        }
        (Headline::Mean | Headline::Gap, None) => (f64::MIN, f64::MAX, "units"),
    };
    if !(low..=high).contains(&target) {
        let help = format!("write a target from {low} to {high}, or choose another `headline`");
        complaints.error(
            written.span_of("target"),
            "out_of_range",
            format!(
                "question `{}`: target {target} is outside {low} to {high} {unit} of `{}`",
                written.id,
                headline.name()
            ),
            "it could never be met, or never be missed",
            help,
        );
        return None;
    }
    if matches!(headline, Headline::TopBox | Headline::Fulfilled) && target > 0.0 && target < 1.0 {
        complaints.caution(
            written.span_of("target"),
            "target_below_one_percent",
            format!("question `{}`: target {target} is below one percent", written.id),
            "targets of shares are percentages",
            format!("write {} for {} %", target * 100.0, target * 100.0),
        );
    }
    let directed = !matches!(question.measure, Measure::Number | Measure::Importance);
    if question.better == Some(Better::None) || (!directed && question.better.is_none()) {
        complaints.caution(
            written.span_of("target"),
            "target_without_direction",
            format!("question `{}`: a target, but no good direction", written.id),
            "whether it is met depends on which way is good, so no verdict is given",
            "write `better = \"higher\"` or `better = \"lower\"`",
        );
    }
    Some(target)
}

/// The dimension; one that is nearly a declared one is a slip, any other new name is a dimension without a label.
fn dimension(
    written: &Written<'_>,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Option<String> {
    let name = written.text("dimension")?;
    if !surroundings.dimensions.contains(&name.as_str())
        && let Some(near) = did_you_mean(&name, surroundings.dimensions.iter().copied())
    {
        complaints.error(
            written.span_of("dimension"),
            "unknown_dimension",
            format!("question `{}`: there is no dimension `{name}`", written.id),
            "its score would stand apart from the dimension it belongs to",
            format!("did you mean `{near}`? else declare it: `[dimension.{name}]`"),
        );
    }
    Some(name)
}
