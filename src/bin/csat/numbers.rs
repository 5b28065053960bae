//! Says how the columns of numbers were read, where they are not written as programs write them.

use csat::survey::{DecimalMark, NumberStyle, Survey};
use csat::tally::{Counted, NumbersRead};

use crate::output::{Output, visible};

/// Says which columns have decimal commas or signs beside their numbers, and which numbers nothing settles.
pub(crate) fn say(survey: &Survey, counted: &Counted, output: &Output) {
    let mut said: Vec<String> = Vec::new();
    for read in &counted.numbers {
        let input = counted.inputs.get(read.input).map(|input| input.name.as_str()).unwrap_or_default();
        let sentences = how_read(survey, read).into_iter().chain(fault(survey, read));
        for sentence in sentences {
            let line = match counted.inputs.len() {
                1 => visible(&sentence),
                _ => visible(&format!("{input}: {sentence}")),
            };
            if !said.contains(&line) {
                output.say(&line);
                said.push(line);
            }
        }
    }
}

/// Says how many rows have an answer to a question that its base says they were not asked.
pub(crate) fn say_outside_base(counted: &Counted, output: &Output) {
    if let Some(outside) = counted.ledger.kept.get("outside_base").filter(|outside| outside.rows > 0) {
        let s = if outside.rows == 1 { " has" } else { "s have" };
        output.say(&format!(
            "caution: {} row{s} an answer to a question that was not asked by its `base`; the answers are counted, so \
             check the condition",
            outside.rows
        ));
    }
}

fn how_read(survey: &Survey, read: &NumbersRead) -> Option<String> {
    let NumberStyle { decimal, affix, evidence, .. } = read.style;
    let is_found = survey.data.decimal.is_none();
    let comma = match decimal {
        Some(DecimalMark::Comma) if is_found && evidence.comma > 0 => Some("a decimal comma".to_owned()),
        Some(DecimalMark::Comma) if is_found => {
            Some("a decimal comma, as the other columns have it".to_owned())
        }
        Some(DecimalMark::Point) if is_found && evidence.open_comma > 0 => {
            Some("a decimal point and commas between thousands".to_owned())
        }
        _ => None,
    };
    let affix = affix.map(|affix| format!("`{affix}` beside each"));
    let how: Vec<String> = comma.into_iter().chain(affix).collect();
    (!how.is_empty())
        .then(|| format!("the numbers of column `{}` are read with {}", read.column, how.join(" and ")))
}

fn fault(survey: &Survey, read: &NumbersRead) -> Option<String> {
    let NumberStyle { decimal, affix, evidence, .. } = read.style;
    let settle = "say which mark is decimal: `decimal = \",\"` or `decimal = \".\"` under [data]";
    let column = &read.column;
    if decimal.is_none() && evidence.is_contradictory() {
        Some(format!(
            "caution: column `{column}` has numbers with a decimal point and others with a decimal comma; those with a \
             comma count as invalid; {settle}"
        ))
    } else if decimal.is_none() && evidence.open_comma > 0 {
        Some(format!(
            "caution: column `{column}`: numbers such as `1,234` can be 1234 or 1.234, nothing in the column says which, \
             and they count as invalid; {settle}"
        ))
    } else if read.contrary {
        let style = match (decimal, affix) {
            (_, Some(affix)) => format!("`{affix}` stands beside the others"),
            (Some(DecimalMark::Comma), None) => "the others have a decimal comma".to_owned(),
            (_, None) => "the others have a decimal point".to_owned(),
        };
        let help = match (affix, survey.data.decimal) {
            (None, None) => format!("; {settle}"),
            _ => String::new(),
        };
        Some(format!(
            "caution: column `{column}`: some numbers are not written like the others ({style}) and count as invalid{help}"
        ))
    } else {
        None
    }
}
