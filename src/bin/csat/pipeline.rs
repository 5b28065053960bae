//! From what was typed to a report: definition, inputs, plan, pass, analysis. Every command that counts goes this way.

use std::path::{Path, PathBuf};

use csat::analysis::{
    self, Designed, DrawnSide, KeptRatings, PlanMap, RowChecks, Scope, WaveChoice, WeightChoice,
};
use csat::diagnostic::Diagnostic;
use csat::measures::Intervals;
use csat::report::{DefinitionUsed, FlaggedRow, Provenance, Report, RowWeights, Section};
use csat::survey::{Profile, Survey, did_you_mean, expression};
use csat::tally::{self, AnswerRows, Counted, MAX_CELLS, Options, Plan, PlanSize, Wanted};

use crate::cli::{Asking, HashChoice, Presenting, Writing};
use crate::definition::{self, Definition};
use crate::inputs::{self, Audit, Inputs};
use crate::late_encoding::Reopening;
use crate::lists::Lists;
use crate::numbers;
use crate::output::Output;
use crate::progress::{Progress, Steps};
use crate::refusal;
use crate::row_remarks;
use crate::settings::{self, Environment};
use crate::short_years::settle_year;
use crate::status::{ExitStatus, Failure};

/// Later rows may bring this many times the groups of the first ones.
const ROOM_FOR_GROWTH: u64 = 10;

/// A report with the survey it is of.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) report: Report,
    pub(crate) survey: Survey,
    /// Where the definition stands; none for an embedded or an inferred one.
    pub(crate) definition: Option<PathBuf>,
    /// The rows that were flagged, where rows were looked at.
    pub(crate) flagged: Vec<FlaggedRow>,
    /// The weight of every row, where it was asked for.
    pub(crate) weights: Option<RowWeights>,
    /// What its condition wanted in vain, where no row was used; it was said where the way is not quiet.
    pub(crate) unseen: Vec<Diagnostic>,
    /// What was counted, where rows were drawn by strata or clusters.
    pub(crate) drawn: Option<DrawnSide>,
}

/// What a pass makes.
struct Made {
    report: Report,
    counted: Counted,
    flagged: Vec<FlaggedRow>,
    weights: Option<RowWeights>,
    map: PlanMap,
    designed: Option<Designed>,
}

/// What a pass kept of its rows.
pub(crate) struct Kept<T> {
    /// What was asked for.
    pub(crate) asked: T,
    pub(crate) rows: AnswerRows,
    /// The wave shown among those of the counts.
    pub(crate) wave: Option<usize>,
    pub(crate) weighted: bool,
    pub(crate) intervals: Intervals,
}

/// What a command wants of the way besides what was typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) output: &'a Output,
    /// Whether to say what is counted.
    pub(crate) explain: bool,
    /// The file that will be written, which must not be one that is read.
    pub(crate) writes: Option<&'a Path>,
    /// How a page is to look, whose language the definition's own words are then in.
    pub(crate) presenting: Option<&'a Presenting>,
}

/// Everything that a pass needs: the definition was read, the files are open.
pub(crate) struct Prepared {
    pub(crate) survey: Survey,
    used: DefinitionUsed,
    pub(crate) scope: Scope,
    pub(crate) inputs: Inputs,
    pub(crate) lists: Lists,
    audit: Audit,
    path: Option<PathBuf>,
    pub(crate) threads: usize,
}

impl<'a> Way<'a> {
    /// The way to a result that is written as asked.
    pub(crate) fn new(environment: &'a Environment, output: &'a Output, writing: &'a Writing) -> Self {
        let writes = writing.output.as_deref();
        Self { environment, output, explain: writing.explain, writes, presenting: None }
    }
}

impl Way<'_> {
    /// Counts and analyses what was asked; `shape` adds what only the command knows of the survey.
    ///
    /// # Errors
    /// What was typed, a definition, files or data, each with its exit code.
    pub(crate) fn answer(
        &self,
        asking: &Asking,
        shape: impl FnOnce(&Survey, &mut Scope) -> Result<(), Failure>,
    ) -> Result<Answered, Failure> {
        let choose = || definition::choose(asking.reading.survey.as_deref(), &asking.files, self.output);
        self.answer_by(asking, choose, shape)
    }

    /// The same by a definition that may have been read already.
    ///
    /// # Errors
    /// As for [`Self::answer`].
    pub(crate) fn answer_by(
        &self,
        asking: &Asking,
        definition: impl FnOnce() -> Result<Option<Definition>, Failure>,
        shape: impl FnOnce(&Survey, &mut Scope) -> Result<(), Failure>,
    ) -> Result<Answered, Failure> {
        let Prepared { survey, used, mut scope, inputs, lists, audit, path, threads } =
            self.prepare(asking, definition)?;
        shape(&survey, &mut scope)?;
        // What was typed is added by the command, which knows all of it.
        let provenance = Provenance {
            csat: env!("CARGO_PKG_VERSION").to_owned(),
            definition: Some(used),
            seed: scope.seed,
            ..Provenance::default()
        };
        let unseen = unseen(&survey, &scope, &inputs.profiles);
        let Made { mut report, counted, flagged, weights, map, designed } =
            self.count(&survey, &scope, threads, (asking, &lists, inputs), provenance)?;
        audit.stamp(&mut report);
        lists.note(&mut report, audit.is_wanted())?;
        let unseen = in_vain(unseen, &report);
        self.say_of(&report, &survey, &counted, &unseen);
        let wave = report.waves.wave.as_deref();
        let drawn =
            designed.and_then(|designed| DrawnSide::new(&survey, map.tallies, counted, designed, wave));
        Ok(Answered { report, survey, definition: path, flagged, weights, unseen, drawn })
    }

    /// Counts and analyses what was asked, and keeps of each row what `want` asks for.
    ///
    /// # Errors
    /// As for [`Self::answer`], and rows that take more room than they may.
    pub(crate) fn answer_keeping<T>(
        &self,
        asking: &Asking,
        shape: impl FnOnce(&Survey, &mut Scope) -> Result<(), Failure>,
        want: impl FnOnce(&Survey, &Scope, &Plan) -> Result<(T, Wanted), Failure>,
    ) -> Result<(Answered, Kept<T>), Failure> {
        let choose = || definition::choose(asking.reading.survey.as_deref(), &asking.files, self.output);
        let Prepared { survey, used, mut scope, inputs, lists, audit, path, threads } =
            self.prepare(asking, choose)?;
        shape(&survey, &mut scope)?;
        let provenance = Provenance {
            csat: env!("CARGO_PKG_VERSION").to_owned(),
            definition: Some(used),
            seed: scope.seed,
            ..Provenance::default()
        };
        let unseen = unseen(&survey, &scope, &inputs.profiles);
        let (plan, map) = plan(&survey, &scope, &inputs.profiles)?;
        for caution in &map.cautions {
            self.output.say_complaint(caution);
        }
        let (asked, wanted) = want(&survey, &scope, &plan)?;
        let refused = |error| refusal::failure(error, &survey, &inputs.profiles);
        let progress = Progress::new(inputs.bytes, self.output);
        let step = |bytes| progress.step(bytes);
        let options = Options { threads, progress: Some(&step) };
        let late = Reopening::of(asking, &lists, &inputs, (&progress, self.output));
        let collect = |sources| tally::collect(&plan, &wanted, sources, &options);
        let collected =
            late.count(inputs.sources, |collected| &collected.counted.ledger, refused, collect)?;
        let tally::Collected { mut counted, rows } = collected;
        let rows = rows.map_err(|error| Failure::data(error.to_string()))?;
        let designed = analysis::weigh(&survey, &map, &scope, &mut counted)?;
        let designed = designed.as_ref();
        let mut report = analysis::run_by_design(&survey, &map, &counted, designed, &scope, provenance)?;
        audit.stamp(&mut report);
        lists.note(&mut report, audit.is_wanted())?;
        let unseen = in_vain(unseen, &report);
        self.say_of(&report, &survey, &counted, &unseen);
        let wave = report.waves.wave.as_ref();
        let wave = wave.and_then(|label| counted.waves.iter().position(|wave| wave.label == *label));
        let kept = Kept { asked, rows, wave, weighted: counted.weighted, intervals: scope.intervals };
        let answered = Answered {
            report,
            survey,
            definition: path,
            flagged: Vec::new(),
            weights: None,
            unseen,
            drawn: None,
        };
        Ok((answered, kept))
    }

    /// Says what is to be said of a pass on stderr, and what its condition wanted in vain.
    fn say_of(&self, report: &Report, survey: &Survey, counted: &Counted, unseen: &[Diagnostic]) {
        for caution in unseen {
            self.output.say_complaint(caution);
        }
        row_remarks::say_previews(report, self.output);
        row_remarks::say_overlong(report, self.output);
        row_remarks::say_cases(report, survey, self.output);
        let unused = analysis::unused_columns(survey, counted);
        let (unnamed, mut unused): (Vec<&str>, Vec<&str>) =
            unused.into_iter().partition(|name| name.trim().is_empty());
        if !unnamed.is_empty() {
            unused.push("a column without a name");
        }
        if !unused.is_empty() {
            self.output.say(&format!("columns not used: {}", settings::short_list(&unused)));
        }
        say_refused_weights(report, self.output);
        numbers::say(survey, counted, self.output);
        numbers::say_outside_base(counted, self.output);
    }

    /// Reads the definition, and the heads of the files.
    pub(crate) fn prepare(
        &self,
        asking: &Asking,
        definition: impl FnOnce() -> Result<Option<Definition>, Failure>,
    ) -> Result<Prepared, Failure> {
        let threads = settings::threads(asking.threads)?;
        let mut scope = scope(asking, self.environment)?;
        let definition = definition()?;
        let known = definition.as_ref().map(|definition| &definition.survey);
        let lists = Lists::read(definition.as_ref())?;
        let audit = Audit::new(asking.hash == Some(HashChoice::Sha256));
        let mut inputs = inputs::open(&asking.files, &asking.reading, known, &lists.brought, &audit)?;
        inputs::say_ragged(&inputs.profiles, self.output);
        if let Some(survey) = known {
            inputs.rename(survey, self.output);
            inputs.find_unfinished(survey);
        }
        let path = definition.as_ref().and_then(|found| found.path.clone());
        protect(self.writes, &asking.files, path.as_deref())?;
        protect(self.writes, &lists.paths, None)?;

        scope.inferred = definition.is_none();
        let (mut survey, used) = match definition {
            Some(Definition { survey, used, .. }) => (survey, used),
            None => inputs::infer(&inputs.profiles, &asking.files[0], &asking.reading.as_, self.output)?,
        };
        settle_year(&mut survey, &inputs.profiles, &scope, self.output);
        survey.segments.extend(lists.segments(&survey, &scope.by));
        inputs::bind(&survey, &inputs.profiles, self.output)?;
        let typed = self.presenting.map(|presenting| presenting.language.clone());
        if let Some(language) = typed.and_then(|typed| typed.or_else(|| survey.report.language.clone())) {
            survey.speak(&language);
        }
        scope.filter = asking.where_.as_deref().map(condition).transpose()?;
        row_remarks::say_counted(&survey, &inputs.profiles, scope.filter.as_ref(), self.output);
        scope.columns = inputs.columns();
        if let Some(WeightChoice::Column(column)) = &scope.weight {
            known_weight(column, &inputs.profiles)?;
        }
        scope.files = inputs.profiles.iter().map(|profile| profile.file.clone()).collect();
        Ok(Prepared { survey, used, scope, inputs, lists, audit, path, threads })
    }

    fn count(
        &self,
        survey: &Survey,
        scope: &Scope,
        threads: usize,
        (asking, lists, inputs): (&Asking, &Lists, Inputs),
        provenance: Provenance,
    ) -> Result<Made, Failure> {
        let (plan, map) = plan(survey, scope, &inputs.profiles)?;
        for caution in &map.cautions {
            self.output.say_complaint(caution);
        }
        let refused = |error| refusal::failure(error, survey, &inputs.profiles);
        let size = tally::predicted_size(&plan, &inputs.profiles).map_err(refused)?;
        if self.explain {
            self.output.say(&settings::plan_size(&size));
        }
        let progress = Progress::new(inputs.bytes, self.output);
        let step = |bytes| progress.step(bytes);
        let options = Options { threads, progress: Some(&step) };
        let late = Reopening::of(asking, lists, &inputs, (&progress, self.output));
        if scope.row_weights {
            let wanted = analysis::wanted_for_weights(survey, &plan);
            let collect = |sources| tally::collect(&plan, &wanted, sources, &options);
            let collected =
                late.count(inputs.sources, |collected| &collected.counted.ledger, refused, collect)?;
            let tally::Collected { mut counted, rows } = collected;
            let rows = rows.map_err(|error| Failure::data(error.to_string()))?;
            let designed = analysis::weigh(survey, &map, scope, &mut counted)?;
            let weights = analysis::row_weights(survey, &plan, &counted, &rows, designed.as_ref());
            let report =
                analysis::run_by_design(survey, &map, &counted, designed.as_ref(), scope, provenance)?;
            let weights = Some(weights);
            return Ok(Made { report, counted, flagged: Vec::new(), weights, map, designed });
        }
        let ratings = analysis::ask_ratings(survey, scope, &plan);
        if scope.row_checks == RowChecks::No && ratings.is_none() {
            let count = |sources| tally::count(&plan, sources, &options);
            let mut counted = late.count(inputs.sources, |counted| &counted.ledger, refused, count)?;
            let designed = analysis::weigh(survey, &map, scope, &mut counted)?;
            let report =
                analysis::run_by_design(survey, &map, &counted, designed.as_ref(), scope, provenance)?;
            return Ok(Made { report, counted, flagged: Vec::new(), weights: None, map, designed });
        }
        let kept = ratings.as_ref().map_or_else(Wanted::default, |ask| ask.wanted.clone());
        let quality = match scope.row_checks {
            RowChecks::No => None,
            checks => {
                let with_ids = checks == RowChecks::FlagsWithIds;
                let ask =
                    analysis::ask_quality(survey, scope, &plan, &inputs.profiles, with_ids, kept.clone())
                        .map_err(|complaints| Failure::Complaints {
                            status: ExitStatus::Definition,
                            complaints,
                        })?;
                Some(ask)
            }
        };
        let wanted = quality.as_ref().map_or(&kept, |ask| &ask.wanted);
        let collect = |sources| tally::collect(&plan, wanted, sources, &options);
        let collected =
            late.count(inputs.sources, |collected| &collected.counted.ledger, refused, collect)?;
        let tally::Collected { mut counted, rows } = collected;
        // An outcome that is no question is read all the same.
        if let Some(outcome) = scope.drivers.as_ref().and_then(|ask| ask.outcome.as_ref()) {
            counted
                .inputs
                .iter_mut()
                .for_each(|input| input.unused_columns.retain(|column| column != outcome));
        }
        let designed = analysis::weigh(survey, &map, scope, &mut counted)?;
        progress.done();
        let steps = Steps::new(self.output);
        let told = |done, all| steps.step(done, all);
        let kept = match (&ratings, &rows) {
            (Some(ask), Ok(rows)) => Some(KeptRatings { ask, rows, threads, progress: Some(&told) }),
            // A report has the rest; who asked for nothing else gets nothing.
            (Some(_), Err(error)) if scope.is_of_rows() => return Err(Failure::data(error.to_string())),
            _ => None,
        };
        let mut report =
            analysis::run_with_rows(survey, &map, &counted, (designed.as_ref(), kept), scope, provenance)?;
        steps.done();
        let mut flagged = Vec::new();
        if let Some(ask) = quality {
            let wave = report.waves.wave.clone();
            let found = analysis::quality(survey, scope, (&map, &ask), &counted, &rows, wave.as_deref());
            report.sections.push(Section::Quality(Box::new(found.section)));
            flagged = found.flagged;
        }
        Ok(Made { report, counted, flagged, weights: None, map, designed })
    }
}

/// The plan; without its checks of what was inferred where they would take much of the room for counters.
fn plan(survey: &Survey, scope: &Scope, profiles: &[Profile]) -> Result<(Plan, PlanMap), Failure> {
    let planned = analysis::plan(survey, scope)?;
    let is_small = |size: PlanSize| size.cells <= MAX_CELLS / ROOM_FOR_GROWTH;
    if !scope.inferred || tally::predicted_size(&planned.0, profiles).is_ok_and(is_small) {
        return Ok(planned);
    }
    let unchecked = Scope { inferred: false, ..scope.clone() };
    Ok(analysis::plan(survey, &unchecked)?)
}

/// These where a pass used no row.
fn in_vain(unseen: Vec<Diagnostic>, report: &Report) -> Vec<Diagnostic> {
    if report.ledger.rows_used == 0 { unseen } else { Vec::new() }
}

/// The values that the condition wants and the files do not show.
fn unseen(survey: &Survey, scope: &Scope, profiles: &[Profile]) -> Vec<Diagnostic> {
    scope.filter.as_ref().map_or_else(Vec::new, |filter| expression::unseen(filter, survey, profiles))
}

/// A column of weights that was typed is one of some file, by its name or by name and place.
fn known_weight(typed: &str, profiles: &[Profile]) -> Result<(), Failure> {
    let columns = || profiles.iter().flat_map(|profile| &profile.columns).map(|column| column.name.as_str());
    let stem = typed.rsplit_once(" (").map_or(typed, |(stem, _)| stem);
    if profiles.is_empty() || columns().any(|name| name == typed || name == stem) {
        return Ok(());
    }
    let failure = Failure::usage(format!("`--weight {typed}`: no file has a column of that name"));
    Err(match did_you_mean(typed, columns()) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure.help("name a column of the file, or `none` for answers as they came in"),
    })
}

fn scope(asking: &Asking, environment: &Environment) -> Result<Scope, Failure> {
    let mut scope = Scope::new(environment.date(asking.date.as_deref())?);
    scope.by = settings::crossings(&asking.by)?;
    scope.wave = asking.wave.as_deref().map(WaveChoice::parse);
    scope.every = asking.every.as_deref().map(settings::period).transpose()?;
    scope.weight = asking.weight.as_deref().map(WeightChoice::parse);
    scope.confidence = asking.confidence;
    if !asking.interval.is_empty() {
        scope.intervals = Intervals::parse(&asking.interval.join(","))
            .map_err(|error| Failure::usage(error.to_string()).help("`csat analyze --help` lists them"))?;
    }
    scope.seed = asking.seed.unwrap_or(scope.seed);
    Ok(scope)
}

pub(crate) fn condition(text: &str) -> Result<expression::Expression, Failure> {
    expression::parse(text)
        .map_err(|complaint| Failure::Complaints { status: ExitStatus::Usage, complaints: vec![complaint] })
}

/// Refuses to write over what is read.
pub(crate) fn protect(
    output: Option<&Path>,
    files: &[PathBuf],
    definition: Option<&Path>,
) -> Result<(), Failure> {
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

/// Says how many rows fell out for their weight.
fn say_refused_weights(report: &Report, output: &Output) {
    let refused = report.ledger.excluded.iter().find(|excluded| excluded.reason == "invalid_weight");
    if let Some(refused) = refused {
        output.say(&format!(
            "caution: {} of {} rows are left out, their weight is empty, negative or no number",
            refused.rows, report.ledger.rows_read
        ));
    }
}
