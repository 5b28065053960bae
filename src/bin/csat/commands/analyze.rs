//! `csat analyze`: every score with its interval, its base and what was left out.

use std::path::{Path, PathBuf};

use csat::analysis::{self, PlanMap, Scope, WaveChoice, WeightChoice};
use csat::measures::Intervals;
use csat::render::{self, Look};
use csat::report::{Provenance, Report};
use csat::survey::{Profile, Survey, expression};
use csat::tally::{self, Counted, MAX_CELLS, Options, Plan, PlanSize};

use crate::cli::{Analyze, HashChoice};
use crate::definition;
use crate::inputs::{self, Audit, Inputs};
use crate::output::Output;
use crate::progress::Progress;
use crate::refusal;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(args: &Analyze, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let format = settings::format(args.writing.format.as_deref(), args.writing.output.as_deref())?;
    let threads = settings::threads(args.threads)?;
    let mut scope = scope(args, environment)?;

    let definition = definition::choose(args.reading.survey.as_deref(), &args.files, output)?;
    let known = definition.as_ref().map(|definition| &definition.survey);
    let audit = Audit::new(args.hash == HashChoice::Sha256);
    let inputs = inputs::open(&args.files, &args.reading, known, &audit)?;
    protect(
        args.writing.output.as_deref(),
        &args.files,
        definition.as_ref().and_then(|found| found.path.as_deref()),
    )?;

    scope.inferred = definition.is_none();
    let (survey, used) = match definition {
        Some(definition) => (definition.survey, definition.used),
        None => inputs::infer(&inputs.profiles, &args.files[0], &args.reading.as_, output)?,
    };
    inputs::bind(&survey, &inputs.profiles, output)?;
    scope.columns = inputs.columns();
    scope.filter = args.where_.as_deref().map(condition).transpose()?;

    let counting =
        Counting { survey: &survey, scope: &scope, threads, explain: args.writing.explain, output };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        inputs: Vec::new(),
        definition: Some(used),
        seed: scope.seed,
        options: settings::shaping_options(args),
    };
    let (mut report, counted) = counting.run(inputs, provenance)?;
    audit.stamp(&mut report);
    let unused = analysis::unused_columns(&survey, &counted);
    if !unused.is_empty() {
        output.say(&format!("columns not used: {}", settings::short_list(&unused)));
    }
    say_refused_weights(&report, output);

    let look = Look { width: Output::width(), colour: output.colour(), explain: args.writing.explain };
    let to_file = args.writing.output.as_deref().is_some_and(|file| file.as_os_str() != "-");
    let look = if to_file { Look { colour: false, ..look } } else { look };
    let rendered = render::render(&report, format, &look);
    output.data(rendered.as_bytes(), args.writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

fn scope(args: &Analyze, environment: &Environment) -> Result<Scope, Failure> {
    let mut scope = Scope::new(environment.date(args.date.as_deref())?);
    scope.by = settings::crossings(&args.by)?;
    scope.wave = args.wave.as_deref().map(WaveChoice::parse);
    scope.every = args.every.as_deref().map(settings::period).transpose()?;
    scope.weight = args.weight.as_deref().map(WeightChoice::parse);
    scope.confidence = args.confidence;
    if !args.interval.is_empty() {
        scope.intervals = Intervals::parse(&args.interval.join(","))
            .map_err(|error| Failure::usage(error.to_string()).help("`csat analyze --help` lists them"))?;
    }
    scope.seed = args.seed;
    Ok(scope)
}

fn condition(text: &str) -> Result<expression::Expression, Failure> {
    expression::parse(text)
        .map_err(|complaint| Failure::Complaints { status: ExitStatus::Usage, complaints: vec![complaint] })
}

/// Later rows may bring this many times the groups of the first ones.
const ROOM_FOR_GROWTH: u64 = 10;

/// What a pass needs besides its inputs.
struct Counting<'a> {
    survey: &'a Survey,
    scope: &'a Scope,
    threads: usize,
    explain: bool,
    output: &'a Output,
}

impl Counting<'_> {
    fn run(&self, inputs: Inputs, provenance: Provenance) -> Result<(Report, Counted), Failure> {
        let (plan, map) = self.plan(&inputs.profiles)?;
        for caution in &map.cautions {
            self.output.say_complaint(caution);
        }
        let refused = |error| refusal::failure(error, self.survey, &inputs.profiles);
        let size = tally::predicted_size(&plan, &inputs.profiles).map_err(refused)?;
        if self.explain {
            self.output.say(&settings::plan_size(&size));
        }
        let progress = Progress::new(inputs.bytes, self.output);
        let step = |bytes| progress.step(bytes);
        let counted =
            tally::count(&plan, inputs.sources, &Options { threads: self.threads, progress: Some(&step) })
                .map_err(refused)?;
        progress.done();
        let report = analysis::run(self.survey, &map, &counted, self.scope, provenance)?;
        Ok((report, counted))
    }

    /// The plan; without its checks of what was inferred where they would take much of the room for counters.
    fn plan(&self, profiles: &[Profile]) -> Result<(Plan, PlanMap), Failure> {
        let planned = analysis::plan(self.survey, self.scope)?;
        let is_small = |size: PlanSize| size.cells <= MAX_CELLS / ROOM_FOR_GROWTH;
        if !self.scope.inferred || tally::predicted_size(&planned.0, profiles).is_ok_and(is_small) {
            return Ok(planned);
        }
        let unchecked = Scope { inferred: false, ..self.scope.clone() };
        Ok(analysis::plan(self.survey, &unchecked)?)
    }
}

/// Refuses to write over what is read.
fn protect(output: Option<&Path>, files: &[PathBuf], definition: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output else { return Ok(()) };
    let Ok(target) = output.canonicalize() else { return Ok(()) };
    let read = files.iter().map(PathBuf::as_path).chain(definition);
    for file in read {
        if target.is_file() && file.canonicalize().is_ok_and(|file| file == target) {
            return Err(Failure::usage(format!(
                "`--output {}` would overwrite what is read",
                output.display()
            ))
            .help("choose another name"));
        }
    }
    Ok(())
}

/// Says how many rows fell out for their weight: decimal commas do that to most of a file.
fn say_refused_weights(report: &Report, output: &Output) {
    let refused = report.ledger.excluded.iter().find(|excluded| excluded.reason == "invalid_weight");
    if let Some(refused) = refused {
        output.say(&format!(
            "caution: {} of {} rows are left out, their weight is empty, negative or no number; a weight is written with a \
             decimal point, `0.8`, not `0,8`",
            refused.rows, report.ledger.rows_read
        ));
    }
}
