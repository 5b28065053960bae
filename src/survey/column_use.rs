//! What a survey reads each column for.

use std::collections::BTreeMap;

use super::{Columns, Measure, Survey, WaveRule};

/// What a column is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnUse {
    /// The id of the response.
    Id,
    /// The id of the respondent.
    Customer,
    /// The date of the answer.
    Date,
    /// The wave.
    Wave,
    /// The weight.
    Weight,
    /// A question, or half of one.
    Question(Measure),
    /// A segment, or a variable of the design.
    Segment,
}

impl ColumnUse {
    /// The use in a word, as after `--as column=`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Customer => "customer",
            Self::Date => "date",
            Self::Wave => "wave",
            Self::Weight => "weight",
            Self::Question(measure) => measure.name(),
            Self::Segment => "segment",
        }
    }
}

/// What each column is read for; a column that is read for several things has the first of them in the order of
/// [`ColumnUse`].
pub fn column_uses(survey: &Survey) -> BTreeMap<&str, ColumnUse> {
    let mut uses = BTreeMap::new();
    let data = &survey.data;
    let mut named: Vec<(&str, ColumnUse)> = Vec::new();
    named.extend(data.id.as_deref().map(|column| (column, ColumnUse::Id)));
    named.extend(data.customer.as_deref().map(|column| (column, ColumnUse::Customer)));
    named.extend(data.date.as_ref().map(|date| (date.column.as_str(), ColumnUse::Date)));
    if let Some(WaveRule::Column { column, .. }) = &data.wave {
        named.push((column, ColumnUse::Wave));
    }
    named.extend(data.weight.as_deref().map(|column| (column, ColumnUse::Weight)));
    for question in &survey.questions {
        let what = ColumnUse::Question(question.measure);
        match &question.columns {
            Columns::One(names) => named.extend(names.iter().map(|name| (name.as_str(), what))),
            Columns::Pair { first, second } => {
                named.extend(first.iter().chain(second).map(|name| (name.as_str(), what)));
            }
        }
    }
    for segment in &survey.segments {
        named.extend(segment.columns.iter().map(|name| (name.as_str(), ColumnUse::Segment)));
    }
    // What a design groups by tells of people what segments do.
    let design = data.stratum.iter().chain(&data.cluster).map(String::as_str);
    let raking = survey.weighting.iter().flat_map(|weighting| weighting.raking_variables());
    let is_column = |name: &&str| !survey.segments.iter().any(|segment| segment.id == *name);
    named.extend(design.chain(raking).filter(is_column).map(|name| (name, ColumnUse::Segment)));
    for (column, what) in named {
        uses.entry(column).or_insert(what);
    }
    uses
}
