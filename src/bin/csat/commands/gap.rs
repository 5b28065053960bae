//! `csat gap`: what customers expect against what they perceive.

use std::path::Path;

use csat::analysis::{self, Adjustment, GapsAsk};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, DisconfirmationRow, GapRow, PageSection, Report, Section};
use csat::survey::{Data, Exclusions, Measure, Qualities, Question, ReportDefinition, Survey};

use crate::cli::{self, Adjust, Asking};
use crate::definition::Definition;
use crate::output::Output;
use crate::pipeline::{Answered, Way};
use crate::presentation;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(args: &cli::Gap, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    saved::refuse(
        args.asking.files.iter().chain(&args.staff),
        "and has no answers: `csat report` shows its gaps",
        "name the file of answers",
    )?;
    let way = Way::new(environment, output, writing);
    let report = made(&way, args)?;
    let look = Look { subject: Subject::Gaps, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, args: &cli::Gap) -> Result<Report, Failure> {
    let adjustment = args.adjust.map_or(Adjustment::Holm, Adjust::adjustment);
    let asking = &args.asking;
    let Answered { mut report, survey, definition, .. } = way.answer(asking, |survey, scope| {
        scope.gaps = Some(GapsAsk { adjustment });
        has_gaps(survey)
    })?;
    if let Some(file) = &args.staff {
        let none = || DefinitionUsed { name: String::new(), hash: None };
        let used = report.provenance.definition.clone().unwrap_or_else(none);
        let known = Definition { survey: pairs_only(&survey), used, path: definition.clone() };
        let staff = of_staff(way, asking, file, known)?;
        let name = settings::file_name(file);
        let view = analysis::staff_view(&survey, &report, &staff, &name, adjustment);
        for section in &mut report.sections {
            if let Section::Gaps(gaps) = section {
                gaps.staff = Some(view.clone());
            }
        }
    }
    report.sections.retain(|section| matches!(section, Section::Gaps(_)));
    has_pairs(&report)?;
    report.estimates.clear();
    let document = presentation::closer_view(PageSection::Gaps, &survey, definition.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_gap(&mut report, args);
    Ok(report)
}

/// The staff's answers to the same questions, counted by themselves: no waves, groups, weights or conditions, which are
/// of customers.
fn of_staff(way: &Way<'_>, asking: &Asking, file: &Path, known: Definition) -> Result<Report, Failure> {
    let alone = Asking {
        files: vec![file.to_owned()],
        by: Vec::new(),
        wave: None,
        every: None,
        where_: None,
        weight: None,
        ..asking.clone()
    };
    way.answer_by(&alone, || Ok(Some(known)), |survey, _| has_gaps(survey)).map(|answered| answered.report)
}

/// The gap questions of a survey, and how its cells are read.
fn pairs_only(survey: &Survey) -> Survey {
    let gaps = survey.questions.iter().filter(|question| question.measure == Measure::Gap);
    let question =
        |question: &Question| Question { base: None, qualities: Qualities::default(), ..question.clone() };
    Survey {
        questions: gaps.map(question).collect(),
        segments: Vec::new(),
        exclusions: Exclusions::default(),
        weighting: None,
        lookups: Vec::new(),
        gates: Vec::new(),
        dimensions: survey
            .dimensions
            .iter()
            .map(|(id, dimension)| {
                (id.clone(), csat::survey::Dimension { points: Vec::new(), ..dimension.clone() })
            })
            .collect(),
        report: ReportDefinition::default(),
        population: None,
        data: Data { missing: survey.data.missing.clone(), decimal: survey.data.decimal, ..Data::default() },
        ..survey.clone()
    }
}

/// Gaps need respondents who answered both questions of a pair.
fn has_pairs(report: &Report) -> Result<(), Failure> {
    let gaps = report.sections.iter().find_map(|section| match section {
        Section::Gaps(gaps) => Some(gaps),
        _ => None,
    });
    let is_empty = |row: &GapRow| row.base == 0;
    let answered = |row: &DisconfirmationRow| row.base.is_some_and(|base| base > 0);
    let Some(gaps) = gaps.filter(|gaps| !gaps.rows.is_empty() && gaps.rows.iter().all(is_empty)) else {
        return Ok(());
    };
    if gaps.disconfirmation.iter().any(answered) {
        return Ok(());
    }
    let pairs: Vec<String> = gaps.rows.iter().map(|row| format!("`{}`", row.question)).collect();
    Err(Failure::data(format!("no row has an answer to both questions of a pair: {}", pairs.join(", "))).help(
        "a gap needs what one respondent expects and perceives of the same; `csat analyze` shows why answers do not count",
    ))
}

fn has_gaps(survey: &Survey) -> Result<(), Failure> {
    if survey.questions.iter().any(|question| question.measure == Measure::Gap || question.disconfirmation) {
        return Ok(());
    }
    Err(Failure::usage("this survey asks for no expectations").help(
        "each characteristic is asked twice: what one expects, and what one perceives; name both columns in the \
         definition: [question.staff] with measure = \"gap\", expectation = \"staff_e\" and perception = \"staff_p\"",
    ))
}
