//! Dates like `26/01/14` of a column without a format: which number is the year, said on standard error.

use csat::analysis::Scope;
use csat::survey::{Profile, Survey, WaveRule, YearFirst, YearPlace};

use crate::output::{Output, visible};

/// Reads the date column of a survey with the year first where its dates are surely so, and says it; where they only may
/// be, they stay as they are, with a caution where waves come from them.
pub(crate) fn settle_year(survey: &mut Survey, profiles: &[Profile], scope: &Scope, output: &Output) {
    let has_waves = scope.every.is_some() || matches!(survey.data.wave, Some(WaveRule::Every(_)));
    let Some(date) = survey.data.date.as_mut().filter(|date| date.format.is_none()) else { return };
    let columns = profiles.iter().flat_map(|profile| &profile.columns);
    let values = columns
        .filter(|column| column.name == date.column)
        .flat_map(|column| column.values.iter().map(|(text, rows)| (text.as_str(), *rows)));
    match YearFirst::place(values, Some(scope.as_of)) {
        YearPlace::First(format) => {
            output.say(&format!(
                "note: column `{}`: the dates are read with the year first, {format}; \
                 a `format` of the date says it otherwise",
                visible(&date.column)
            ));
            date.format = Some(format);
        }
        YearPlace::Open(format) if has_waves => output.say(&format!(
            "caution: column `{}`: the dates are read with the year last, {}, and could have it first, {format}; \
             a `format` of the date settles it",
            visible(&date.column),
            YearFirst::turned(&format)
        )),
        YearPlace::Last | YearPlace::Open(_) => {}
    }
}
