//! What was typed, kept in a report so that `csat verify` can run the same again.

use std::path::PathBuf;

use clap::ValueEnum;
use csat::report::{InputKind, Provenance, Report};
use indexmap::IndexMap;

use crate::cli::{self, Asking, FileShape, GateFormat, HashChoice, Presenting, Reading, Writing, typed_name};
use crate::each::Each;
use crate::settings;
use crate::status::Failure;

/// A command as it was typed, but for its files.
#[derive(Debug)]
pub(crate) enum Typed {
    Analyze(Box<Asking>),
    Crosstab(Box<cli::Crosstab>),
    /// With the value that the report is about, of several reports.
    Report(Box<cli::Report>, Option<Each>),
    Trend(Box<cli::Trend>),
    Gate(Box<cli::Gate>),
    Quality(Box<Asking>),
    Compare(Box<cli::Compare>),
    Weight(Box<Asking>),
    Kano(Box<Asking>),
    Gap(Box<cli::Gap>),
    Drivers(Box<cli::Drivers>),
    Complaints(Box<cli::Complaints>),
}

/// The option that names the value of a segment that a report is about.
const EACH: &str = "each";

pub(crate) fn keep_analyze(report: &mut Report, asking: &Asking) {
    keep(report, "analyze", asking, []);
}

pub(crate) fn keep_crosstab(report: &mut Report, args: &cli::Crosstab) {
    let number = |number: Option<f64>| number.map(|number| number.to_string());
    let more = [
        ("rows", (!args.rows.is_empty()).then(|| args.rows.join(","))),
        ("net", list(&args.net)),
        ("against", args.against.as_ref().map(typed_name)),
        ("adjust", args.adjust.as_ref().map(typed_name)),
        ("level", args.level.clone()),
        ("minimum-base", number(args.minimum_base)),
        ("minimum-difference", number(args.minimum_difference)),
        ("minimum-mean-difference", number(args.minimum_mean_difference)),
        ("test", args.test.as_ref().map(typed_name)),
        ("pairs", args.pairs.as_ref().map(typed_name)),
        ("difference-interval", args.difference_interval.as_ref().map(typed_name)),
    ];
    keep(report, "crosstab", &args.asking, more);
}

pub(crate) fn keep_report(report: &mut Report, args: &cli::Report, each: Option<&Each>) {
    let more = [("mix", args.mix.clone()), (EACH, each.map(Each::option))];
    keep(report, "report", &args.asking, more);
    keep_presenting(report, &args.presenting);
}

pub(crate) fn keep_trend(report: &mut Report, args: &cli::Trend) {
    let margin = args.margin.map(|margin| margin.to_string());
    let more = [("why", args.why.clone()), ("mix", args.mix.clone()), ("margin", margin)];
    keep(report, "trend", &args.asking, more);
}

pub(crate) fn keep_compare(report: &mut Report, args: &cli::Compare) {
    let flag = |is_typed: bool, value: &str| is_typed.then(|| value.to_owned());
    let more = [
        ("a", args.a.clone()),
        ("b", args.b.clone()),
        ("rest", flag(args.rest, "true")),
        ("rows", (!args.rows.is_empty()).then(|| args.rows.join(","))),
        ("paired", args.paired.clone()),
        ("statistics", flag(args.statistics == cli::Statistics::All, "all")),
        ("margin", args.margin.map(|margin| margin.to_string())),
        ("difference-interval", args.difference_interval.as_ref().map(typed_name)),
    ];
    keep(report, "compare", &args.asking, more);
}

pub(crate) fn keep_weight(report: &mut Report, asking: &Asking) {
    keep(report, "weight", asking, []);
}

pub(crate) fn keep_kano(report: &mut Report, asking: &Asking) {
    keep(report, "kano", asking, []);
}

pub(crate) fn keep_gap(report: &mut Report, args: &cli::Gap) {
    let staff = args.staff.as_ref().map(|file| settings::file_name(file));
    keep(report, "gap", &args.asking, [("adjust", args.adjust.as_ref().map(typed_name)), ("staff", staff)]);
}

pub(crate) fn keep_drivers(report: &mut Report, args: &cli::Drivers) {
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let more = [
        ("outcome", args.outcome.clone()),
        ("drivers", (!args.predictors.is_empty()).then(|| args.predictors.join(","))),
        ("of", args.of.as_ref().map(typed_name)),
        ("missing", args.missing.as_ref().map(typed_name)),
        ("resamples", number(args.resamples)),
        ("penalty", number(args.penalty)),
        ("reward", number(args.reward)),
    ];
    keep(report, "drivers", &args.asking, more);
}

pub(crate) fn keep_gate(report: &mut Report, args: &cli::Gate) {
    let strict = args.strict.then(|| "true".to_owned());
    keep(report, "gate", &args.asking, [("fail-if", list(&args.fail_if)), ("strict", strict)]);
}

pub(crate) fn keep_quality(report: &mut Report, asking: &Asking) {
    keep(report, "quality", asking, []);
}

pub(crate) fn keep_complaints(report: &mut Report, args: &cli::Complaints) {
    let joined = (!args.by.is_empty()).then(|| args.by.join(","));
    let typed = [
        ("as-of", args.as_of.clone()),
        ("by", joined),
        ("confidence", args.confidence.map(|level| level.to_string())),
        ("delimiter", args.shape.delimiter.clone()),
        ("encoding", args.shape.encoding.clone()),
        ("every", args.every.clone()),
        ("layout", args.shape.layout.clone()),
        ("scores", list(&args.scores.iter().map(|file| settings::file_name(file)).collect::<Vec<_>>())),
        ("sheet", args.shape.sheet.clone()),
        ("wave", args.wave.clone()),
        ("where", args.where_.clone()),
    ];
    let options = typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    "complaints".clone_into(&mut report.provenance.command);
    report.provenance.options = options.collect();
}

pub(crate) fn keep_indicators(report: &mut Report, args: &cli::Indicators) {
    let names: Vec<String> = args.scores.iter().map(|file| settings::file_name(file)).collect();
    let typed = [
        ("as-of", args.as_of.clone()),
        ("confidence", args.confidence.map(|level| level.to_string())),
        ("delimiter", args.shape.delimiter.clone()),
        ("encoding", args.shape.encoding.clone()),
        ("every", args.every.clone()),
        ("layout", args.shape.layout.clone()),
        ("scores", (!names.is_empty()).then(|| names.join(","))),
        ("sheet", args.shape.sheet.clone()),
    ];
    let options = typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    "indicators".clone_into(&mut report.provenance.command);
    report.provenance.options = options.collect();
}

pub(crate) fn keep_promises(report: &mut Report, args: &cli::Promises) {
    let joined = (!args.by.is_empty()).then(|| args.by.join(","));
    let name = |file: &Option<PathBuf>| file.as_deref().map(settings::file_name);
    let typed = [
        ("as-of", args.as_of.clone()),
        ("by", joined),
        ("complaints", name(&args.complaints)),
        ("confidence", args.confidence.map(|level| level.to_string())),
        ("delimiter", args.shape.delimiter.clone()),
        ("encoding", args.shape.encoding.clone()),
        ("every", args.every.clone()),
        ("layout", args.shape.layout.clone()),
        ("promises", name(&args.promises)),
        ("scores", name(&args.scores)),
        ("sheet", args.shape.sheet.clone()),
    ];
    let options = typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    "promises".clone_into(&mut report.provenance.command);
    report.provenance.options = options.collect();
}

pub(crate) fn keep_disputes(report: &mut Report, args: &cli::Disputes) {
    let joined = (!args.by.is_empty()).then(|| args.by.join(","));
    let typed = [
        ("as-of", args.as_of.clone()),
        ("by", joined),
        ("complaints", args.complaints.as_deref().map(settings::file_name)),
        ("confidence", args.confidence.map(|level| level.to_string())),
        ("delimiter", args.shape.delimiter.clone()),
        ("encoding", args.shape.encoding.clone()),
        ("every", args.every.clone()),
        ("layout", args.shape.layout.clone()),
        ("sheet", args.shape.sheet.clone()),
    ];
    let options = typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    "disputes".clone_into(&mut report.provenance.command);
    report.provenance.options = options.collect();
}

/// Adds how the report is presented, for a report that was saved without it too.
pub(crate) fn keep_presenting(report: &mut Report, presenting: &Presenting) {
    let options = &mut report.provenance.options;
    let sections = (!presenting.sections.is_empty()).then(|| presenting.sections.join(","));
    let typed = [
        ("for", presenting.audience.clone()),
        ("sections", sections),
        ("language", presenting.language.clone()),
    ];
    options.extend(typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    options.sort_unstable_keys();
}

fn keep<const MORE: usize>(
    report: &mut Report,
    command: &str,
    asking: &Asking,
    more: [(&str, Option<String>); MORE],
) {
    let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(","));
    let common = [
        ("by", joined(&asking.by)),
        ("wave", asking.wave.clone()),
        ("every", asking.every.clone()),
        ("where", asking.where_.clone()),
        ("weight", asking.weight.clone()),
        ("confidence", asking.confidence.map(|level| level.to_string())),
        ("interval", joined(&asking.interval)),
        ("as", list(&asking.reading.as_)),
        ("delimiter", asking.reading.shape.delimiter.clone()),
        ("encoding", asking.reading.shape.encoding.clone()),
        ("layout", asking.reading.shape.layout.clone()),
        ("sheet", asking.reading.shape.sheet.clone()),
    ];
    let options = common.into_iter().chain(more);
    let options = options.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut options: IndexMap<String, String> = options.collect();
    // In an order that does not tell whether a part of it was typed later.
    options.sort_unstable_keys();
    command.clone_into(&mut report.provenance.command);
    report.provenance.options = options;
}

/// What was typed when the report was written.
///
/// # Errors
/// Where the report does not say it.
pub(crate) fn read(report: &Report, threads: Option<usize>) -> Result<Typed, Failure> {
    let provenance = &report.provenance;
    let option = |name: &str| provenance.options.get(name).cloned();
    let difference_interval =
        || option("difference-interval").map(|name| choice("difference-interval", &name)).transpose();
    let asking = asking(report, threads)?;
    match provenance.command.as_str() {
        "analyze" => Ok(Typed::Analyze(Box::new(asking))),
        "quality" => Ok(Typed::Quality(Box::new(asking))),
        "weight" => Ok(Typed::Weight(Box::new(asking))),
        "kano" => Ok(Typed::Kano(Box::new(asking))),
        "gap" => {
            let adjust = option("adjust").map(|name| choice("adjust", &name)).transpose()?;
            let staff = option("staff").map(PathBuf::from);
            Ok(Typed::Gap(Box::new(cli::Gap { asking, adjust, staff, writing: writing() })))
        }
        "drivers" => {
            let read = |name: &str| option(name).map(|text| whole_number(name, &text)).transpose();
            let args = cli::Drivers {
                asking,
                outcome: option("outcome"),
                predictors: option("drivers").into_iter().collect(),
                of: option("of").map(|name| choice("of", &name)).transpose()?,
                missing: option("missing").map(|name| choice("missing", &name)).transpose()?,
                resamples: read("resamples")?,
                penalty: read("penalty")?,
                reward: read("reward")?,
                writing: writing(),
            };
            Ok(Typed::Drivers(Box::new(args)))
        }
        "crosstab" => {
            let read = |name: &str| option(name).map(|text| number(name, &text)).transpose();
            let args = cli::Crosstab {
                asking,
                rows: option("rows").into_iter().collect(),
                net: option("net").map(|all| items(&all)).unwrap_or_default(),
                against: option("against").map(|name| choice("against", &name)).transpose()?,
                adjust: option("adjust").map(|name| choice("adjust", &name)).transpose()?,
                level: option("level"),
                minimum_base: read("minimum-base")?,
                minimum_difference: read("minimum-difference")?,
                minimum_mean_difference: read("minimum-mean-difference")?,
                test: option("test").map(|name| choice("test", &name)).transpose()?,
                pairs: option("pairs").map(|name| choice("pairs", &name)).transpose()?,
                difference_interval: difference_interval()?,
                writing: writing(),
            };
            Ok(Typed::Crosstab(Box::new(args)))
        }
        "report" => {
            let args = cli::Report {
                asking,
                presenting: presenting(provenance),
                each: None,
                mix: option("mix"),
                charts: None,
                badge: None,
                writing: writing(),
            };
            let each = option(EACH).map(|value| {
                Each::from_option(&value).ok_or_else(|| {
                    Failure::data(format!("the report's provenance has `{EACH}` as `{value}`, without a `=`"))
                })
            });
            Ok(Typed::Report(Box::new(args), each.transpose()?))
        }
        "trend" => {
            let margin = option("margin").map(|margin| number("margin", &margin)).transpose()?;
            let args =
                cli::Trend { asking, why: option("why"), mix: option("mix"), margin, writing: writing() };
            Ok(Typed::Trend(Box::new(args)))
        }
        "compare" => {
            let margin = option("margin").map(|margin| number("margin", &margin)).transpose()?;
            let all = option("statistics").is_some();
            let args = cli::Compare {
                asking,
                a: option("a"),
                b: option("b"),
                rest: option("rest").is_some(),
                rows: option("rows").into_iter().collect(),
                paired: option("paired"),
                statistics: if all { cli::Statistics::All } else { cli::Statistics::Headline },
                margin,
                difference_interval: difference_interval()?,
                writing: writing(),
            };
            Ok(Typed::Compare(Box::new(args)))
        }
        "complaints" => {
            let args = cli::Complaints {
                files: Vec::new(),
                survey: None,
                by: option("by").into_iter().collect(),
                as_of: option("as-of"),
                every: option("every"),
                scores: option("scores")
                    .map(|all| items(&all))
                    .unwrap_or_default()
                    .into_iter()
                    .map(PathBuf::from)
                    .collect(),
                wave: option("wave"),
                where_: option("where"),
                confidence: asking.confidence,
                shape: asking.reading.shape,
                writing: writing(),
            };
            Ok(Typed::Complaints(Box::new(args)))
        }
        "gate" => {
            let fail_if = option("fail-if").map(|all| items(&all)).unwrap_or_default();
            let strict = option("strict").is_some();
            let args = cli::Gate { asking, fail_if, strict, format: Some(GateFormat::Json), output: None };
            Ok(Typed::Gate(Box::new(args)))
        }
        "" => Err(Failure::data("the report does not say which command wrote it, so it cannot be run again")
            .help("write it anew with this version")),
        other => {
            Err(Failure::data(format!("`csat {other}` wrote the report, and this version cannot run it")))
        }
    }
}

/// How the report was to be presented.
pub(crate) fn presenting(provenance: &Provenance) -> Presenting {
    let option = |name: &str| provenance.options.get(name).cloned();
    Presenting {
        audience: option("for"),
        sections: option("sections").into_iter().collect(),
        language: option("language"),
    }
}

fn asking(report: &Report, threads: Option<usize>) -> Result<Asking, Failure> {
    let provenance = &report.provenance;
    let option = |name: &str| provenance.options.get(name).cloned();
    let mut answers = provenance.inputs.iter().filter(|input| input.kind == InputKind::Answers);
    let sha256 = answers.any(|input| input.hash.starts_with("sha256:"));
    Ok(Asking {
        files: Vec::new(),
        reading: Reading {
            survey: None,
            as_: option("as").map(|all| items(&all)).unwrap_or_default(),
            shape: FileShape {
                delimiter: option("delimiter"),
                encoding: option("encoding"),
                layout: option("layout"),
                sheet: option("sheet"),
            },
        },
        by: option("by").into_iter().collect(),
        wave: option("wave"),
        every: option("every"),
        where_: option("where"),
        weight: option("weight"),
        confidence: option("confidence").map(|level| number("confidence", &level)).transpose()?,
        interval: option("interval").into_iter().collect(),
        seed: Some(provenance.seed),
        threads,
        date: Some(report.as_of.clone()),
        hash: sha256.then_some(HashChoice::Sha256),
    })
}

fn writing() -> Writing {
    Writing { format: None, output: None, explain: false }
}

fn choice<T: ValueEnum>(name: &str, text: &str) -> Result<T, Failure> {
    T::from_str(text, false).map_err(|_| {
        Failure::data(format!(
            "the report's provenance has `{name}` as `{text}`, which this version does not know"
        ))
    })
}

fn whole_number(name: &str, text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| {
        Failure::data(format!(
            "the report's provenance has `{name}` as `{text}`, which is no whole number of that size"
        ))
    })
}

fn number(name: &str, text: &str) -> Result<f64, Failure> {
    text.parse().map_err(|_| {
        Failure::data(format!("the report's provenance has `{name}` as `{text}`, which is no number"))
    })
}

/// A list as one text: commas between, and a backslash before one that is part of an item.
fn list(items: &[String]) -> Option<String> {
    let escaped = items.iter().map(|item| item.replace('\\', "\\\\").replace(',', "\\,"));
    (!items.is_empty()).then(|| escaped.collect::<Vec<_>>().join(","))
}

/// The way back from [`list`].
fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, items.last_mut()) {
            (',', _) => items.push(String::new()),
            ('\\', Some(item)) => item.extend(characters.next()),
            (character, Some(item)) => item.push(character),
            (_, None) => {}
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::{items, list};

    #[test]
    fn a_list_comes_back_whatever_its_items_hold() {
        for typed in [
            vec!["q7=nps", "branch=segment"],
            vec!["overall.base[region=North, channel=App] < 25", "a\\,b", "\\"],
            vec![""],
        ] {
            let typed: Vec<String> = typed.into_iter().map(str::to_owned).collect();
            assert_eq!(items(&list(&typed).unwrap()), typed);
        }
        assert_eq!(list(&[]), None);
    }
}
