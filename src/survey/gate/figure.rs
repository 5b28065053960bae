//! Which figures a question has, and how far each can reach.

use crate::survey::label::fold;
use crate::survey::measure::Measure;
use crate::survey::question::Question;
use crate::survey::suggestion::did_you_mean;

use super::GateOf;

/// The statistic as the report names it: as it is, with an option's label turned into its code.
///
/// # Errors
/// What is wrong, and help.
pub(super) fn check_statistic(
    question: &Question,
    given: Option<&str>,
) -> Result<Option<String>, (String, String)> {
    let (id, measure) = (&question.id, question.measure);
    if measure.statistics().is_empty() && !measure.has_shares() {
        let message = format!("question `{id}` is a {} question, which has no figures", measure.name());
        return Err((message, "name a question that is scored".to_owned()));
    }
    let Some(given) = given else {
        return match question.headline {
            Some(_) => Ok(None),
            None => Err((
                format!("question `{id}` has no headline"),
                format!("name a figure of it, such as `{id}.share:{}`", sample_code(question)),
            )),
        };
    };
    if let Some(code) = given.strip_prefix("share:").filter(|_| measure.has_shares()) {
        return option(question, code.trim()).map(|code| Some(format!("share:{code}")));
    }
    let known = measure.statistics();
    if known.contains(&given) {
        return Ok(Some(given.to_owned()));
    }
    let (message, help) = unknown_statistic(&format!("question `{id}`"), given, measure.name(), known);
    if measure.has_shares() {
        let help =
            format!("{} yields `share:CODE`, such as `share:{}`", measure.name(), sample_code(question));
        return Err((message, help));
    }
    Err((message, help))
}

/// What is wrong with a statistic that is none of the known ones, and help.
pub(super) fn unknown_statistic(whose: &str, given: &str, of: &str, known: &[&str]) -> (String, String) {
    let help = did_you_mean(given, known.iter().copied()).map_or_else(
        || format!("{of} yields {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    (format!("{whose}: `{given}` is not a figure of {of}"), help)
}

/// The names that a statistic of the question can be written by, as far as they are known.
pub(super) fn written_statistics(question: &Question) -> Vec<String> {
    let mut names: Vec<String> =
        question.measure.statistics().iter().map(|name| (*name).to_owned()).collect();
    if question.measure.has_shares() {
        let options = question.options.iter().flat_map(|(code, label)| [code, label]);
        names.extend(options.map(|name| format!("share:{name}")));
    }
    names
}

fn option(question: &Question, given: &str) -> Result<String, (String, String)> {
    if given.is_empty() {
        let message = format!("question `{}`: `share:` without a code", question.id);
        return Err((message, format!("write `share:{}`", sample_code(question))));
    }
    let options = &question.options;
    if options.is_empty() || options.contains_key(given) {
        return Ok(given.to_owned());
    }
    if let Some((code, _)) = options.iter().find(|(_, label)| fold(label) == fold(given)) {
        return Ok(code.clone());
    }
    let codes: Vec<&str> = options.keys().map(String::as_str).collect();
    let near = did_you_mean(given, options.values().map(String::as_str).chain(codes.iter().copied()));
    let help = near.map_or_else(
        || format!("its options are {}", codes.join(", ")),
        |near| format!("did you mean `share:{near}`?"),
    );
    Err((format!("question `{}` has no option `{given}`", question.id), help))
}

fn sample_code(question: &Question) -> &str {
    question.options.keys().next().map_or("CODE", String::as_str)
}

/// The least and the greatest that can be found; `None` where there is no bound.
pub(super) fn reach(
    statistic: &str,
    scale: Option<(f64, f64)>,
    measure: Measure,
    of: GateOf,
) -> Option<(f64, f64)> {
    let (low, high) = match statistic {
        _ if of == GateOf::Base => (0.0, f64::INFINITY),
        "nps" | "net" => (-100.0, 100.0),
        "mean" | "median" | "expectation" | "perception" if measure != Measure::Number => scale?,
        "mean" | "median" => return None,
        "yes" | "partly" | "no" if measure == Measure::Checklist => return None,
        "gap" => scale.map(|(low, high)| (low - high, high - low))?,
        _ => (0.0, 100.0),
    };
    Some(of_part((low, high), of))
}

/// How far a part of a figure reaches that reaches from one number to another.
pub(super) fn of_part((low, high): (f64, f64), of: GateOf) -> (f64, f64) {
    match of {
        GateOf::Base => (0.0, f64::INFINITY),
        GateOf::Change => (low - high, high - low),
        GateOf::Value | GateOf::Low | GateOf::High => (low, high),
    }
}
