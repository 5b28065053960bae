//! Which clause of the standards is addressed where.
//!
//! ISO 10004 is guidance, so nothing here conforms to anything: a clause is addressed in a section or is not in the
//! report. Subjects are in our own words; numbers are those of ISO 10004:2018, ISO 9001:2015, ISO 10002:2018,
//! ISO 10001:2018 and ISO 10003:2018.

use super::context::Context;
use super::{
    Block, Part, Table, cell, checklist, complaints, constructs, disputes, drivers, indicators, kano,
    promises, quality, weighting,
};
use crate::report::words::fill;
use crate::report::{ClauseEdition, PageSection, Section};

/// Who receives the results is said in the title block.
const COMMUNICATING: &str = "7.5";

/// The edition of ISO 10002 whose clauses are named.
const COMPLAINTS_EDITION: &str = "2018";

/// The edition of ISO 10001 whose clauses are named.
const PROMISES_EDITION: &str = "2018";
/// The edition of ISO 10003 whose clauses are named.
const DISPUTES_EDITION: &str = "2018";

/// A standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standard {
    Iso10004,
    Iso9001,
    /// Complaints; named only where there are any figures on them.
    Iso10002,
    /// Codes of conduct; named only where there are any figures on promises.
    Iso10001,
    /// Disputes; named only where there are any figures on them.
    Iso10003,
}

/// One clause with the parts that address it where they have something to say.
struct Clause {
    standard: Standard,
    number: &'static str,
    subject: &'static str,
    parts: Vec<PageSection>,
}

/// The clauses of a part, such as `addresses ISO 10004:2018, 7.4.6`; none where it has nothing to say.
pub(super) fn of_part(context: &Context, part: PageSection) -> Option<String> {
    if context.for_customers() || part == PageSection::Clauses {
        return None;
    }
    // The items of a checklist say themselves what they are about; each has its row in the table.
    if part == PageSection::Checklist {
        let standards = checklist::standards(context);
        let list = standards.join(context.phrases().page.phrase_separator);
        return (!standards.is_empty())
            .then(|| fill(context.phrases().parts.addresses, &[("clauses", &list)]));
    }
    let clauses = clauses(context);
    let named = |standard| {
        let numbers: Vec<&str> = clauses
            .iter()
            .filter(|clause| clause.standard == standard && clause.parts.contains(&part))
            .map(|clause| clause.number)
            .collect();
        (!numbers.is_empty()).then(|| format!("{}, {}", name(context, standard), numbers.join(", ")))
    };
    let standards =
        [Standard::Iso10001, Standard::Iso10002, Standard::Iso10003, Standard::Iso10004, Standard::Iso9001];
    let both: Vec<String> = standards.into_iter().filter_map(named).collect();
    (!both.is_empty()).then(|| {
        fill(
            context.phrases().parts.addresses,
            &[("clauses", &both.join(context.phrases().page.phrase_separator))],
        )
    })
}

/// The appendix, for the parts that are on the page.
pub(super) fn blocks(context: &Context, parts: &[Part]) -> Vec<Block> {
    let texts = &context.phrases().clauses;
    let columns = &context.phrases().columns;
    let edition = &context.document.clauses;
    let mut intro =
        vec![fill(texts.intro, &[("iso_10004", &edition.iso_10004), ("iso_9001", &edition.iso_9001)])];
    if *edition != ClauseEdition::default() {
        intro.push(texts.other_edition.to_owned());
    }
    let rows = clauses(context)
        .into_iter()
        .map(|clause| {
            let titles: Vec<String> = clause
                .parts
                .iter()
                .filter_map(|section| parts.iter().find(|part| part.id == section.name()))
                .map(|part| fill(context.phrases().page.quoted, &[("text", &part.title)]))
                .collect();
            let in_title = clause.number == COMMUNICATING && context.document.distribution.is_some();
            let addressed = if in_title {
                texts.in_title.to_owned()
            } else if titles.is_empty() {
                texts.not_here.to_owned()
            } else {
                fill(texts.addressed, &[("parts", &titles.join(context.phrases().page.list_separator))])
            };
            vec![
                cell::text(format!("{}, {}", name(context, clause.standard), clause.number)),
                cell::text(clause.subject),
                cell::text(addressed),
            ]
        })
        .collect();
    vec![
        Block::Text(intro),
        Block::Table(Table {
            caption: context.phrases().parts.clauses.to_owned(),
            columns: vec![
                cell::words(columns.clause),
                cell::words(columns.subject),
                cell::words(columns.addressed),
            ],
            rows,
        }),
    ]
}

fn name(context: &Context, standard: Standard) -> String {
    let edition = &context.document.clauses;
    match standard {
        Standard::Iso10004 => format!("ISO 10004:{}", edition.iso_10004),
        Standard::Iso9001 => format!("ISO 9001:{}", edition.iso_9001),
        Standard::Iso10002 => format!("ISO 10002:{COMPLAINTS_EDITION}"),
        Standard::Iso10001 => format!("ISO 10001:{PROMISES_EDITION}"),
        Standard::Iso10003 => format!("ISO 10003:{DISPUTES_EDITION}"),
    }
}

fn clauses(context: &Context) -> Vec<Clause> {
    use PageSection::{
        Complaints, Disputes, Distributions, Drivers, Findings, Gaps, Glance, Groups, Indicators, Kano,
        Method, Priorities, Promises, Quality, Tables, Trend, Weighting,
    };
    let texts = &context.phrases().clauses;
    let survey = &context.report.survey;
    let when = |holds: bool, part: PageSection| if holds { vec![part] } else { Vec::new() };
    let guidance = |number, subject, parts| Clause { standard: Standard::Iso10004, number, subject, parts };
    let required = |number, subject, parts| Clause { standard: Standard::Iso9001, number, subject, parts };
    let mix_is_shown =
        context.trends().iter().any(|trend| trend.points.iter().any(|point| point.mix.is_some()));
    let corroborated =
        indicators::section(context).is_some_and(|section| !section.corroboration.rows.is_empty());
    let validating = [when(mix_is_shown, Trend), when(corroborated, Indicators)].concat();
    let mut clauses = vec![
        guidance("6.1", texts.purpose, when(survey.objective.is_some(), Method)),
        guidance("6.2", texts.scope_and_frequency, when(context.report.waves.rule.is_some(), Method)),
        guidance("7.2", texts.customers_and_expectations, vec![Gaps, Kano]),
        guidance("7.3.1", texts.characteristics, vec![Distributions, Kano, Drivers, Priorities]),
        guidance("7.3.2", texts.indirect, vec![Complaints, Promises, Disputes, Indicators]),
        guidance("7.3.3", texts.sampling, vec![Method]),
        guidance("7.3.4", texts.collecting, vec![Method]),
        guidance("7.4.2", texts.preparing, vec![Method, Quality]),
        guidance("7.4.3", texts.choosing_method, vec![Method, Weighting]),
        guidance("7.4.4", texts.analysing, vec![Glance, Groups, Distributions, Gaps, Drivers, Priorities]),
        guidance("7.4.5", texts.validating, validating),
        guidance("7.4.6", texts.reporting, vec![Glance, Findings, Tables]),
        guidance(COMMUNICATING, texts.communicating, Vec::new()),
        guidance("7.6", texts.monitoring, vec![Trend, Indicators]),
        guidance("8", texts.maintaining, Vec::new()),
        guidance(texts.annex, texts.concept, vec![Gaps]),
        required("9.1.2", texts.iso_9001_monitoring, vec![Glance, Method]),
        required("9.1.3", texts.iso_9001_evaluation, vec![Findings, Groups, Trend]),
        required("9.3.2 c)", texts.iso_9001_review, vec![Findings, Trend]),
    ];
    if let Some(section) = complaints::section(context) {
        let handling =
            |number, subject, parts| Clause { standard: Standard::Iso10002, number, subject, parts };
        clauses.extend([
            handling("8.2", texts.complaints_analysis, vec![Complaints]),
            handling("8.3", texts.complaints_satisfaction, when(section.satisfaction.is_some(), Complaints)),
            handling("8.4", texts.complaints_monitoring, vec![Complaints]),
        ]);
    }
    if let Some(section) = promises::section(context) {
        let texts = &context.phrases().promises;
        let code = |number, subject, parts| Clause { standard: Standard::Iso10001, number, subject, parts };
        clauses.extend([
            code("6.5", texts.clause_indicators, vec![Promises]),
            code("8.2", texts.clause_performance, vec![Promises]),
            code("8.3", texts.clause_satisfaction, when(!section.answers.is_empty(), Promises)),
        ]);
    }
    if let Some(section) = disputes::section(context) {
        let resolving =
            |number, subject, parts| Clause { standard: Standard::Iso10003, number, subject, parts };
        clauses.extend([
            resolving("8.1", texts.disputes_monitoring, vec![Disputes]),
            resolving("8.2", texts.disputes_analysis, vec![Disputes]),
            resolving("8.3", texts.disputes_satisfaction, when(section.satisfaction.is_some(), Disputes)),
        ]);
    }
    for clause in &mut clauses {
        clause.parts.retain(|part| has_something(context, *part));
    }
    clauses
}

/// Whether a part has figures to show, not only a sentence that there are none.
fn has_something(context: &Context, part: PageSection) -> bool {
    let any = |wanted: fn(&Section) -> bool| context.report.sections.iter().any(wanted);
    match part {
        PageSection::Glance | PageSection::Tables => !context.headlines().is_empty(),
        PageSection::Findings => {
            any(|section| matches!(section, Section::Findings(findings) if !findings.rows.is_empty()))
        }
        PageSection::Trend => !context.trends().is_empty(),
        PageSection::Groups => !context.groups().is_empty(),
        PageSection::Distributions => any(|section| matches!(section, Section::Distribution(_))),
        PageSection::Gaps => any(|section| matches!(section, Section::Gaps(_))),
        PageSection::Kano => kano::sections(context).next().is_some(),
        PageSection::Constructs => constructs::has_any(context),
        PageSection::Drivers => drivers::sections(context).next().is_some(),
        PageSection::Priorities => {
            any(|section| matches!(section, Section::Priorities(priorities) if !priorities.rows.is_empty()))
        }
        PageSection::Complaints => complaints::section(context).is_some(),
        PageSection::Indicators => indicators::section(context).is_some(),
        PageSection::Checklist => checklist::section(context).is_some(),
        PageSection::Promises => promises::section(context).is_some(),
        PageSection::Disputes => disputes::section(context).is_some(),
        PageSection::Quality => quality::section(context).is_some(),
        PageSection::Weighting => weighting::sections(context).next().is_some(),
        PageSection::Method | PageSection::Clauses => true,
    }
}
