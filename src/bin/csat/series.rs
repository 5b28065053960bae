//! Waves from wherever they are: one file with dates, one file a wave, files with definitions of their own, saved
//! reports. Whatever is joined stands among the inputs of the report, and its rows in the account.

use std::path::PathBuf;

use csat::analysis::{self, Scope, WaveChoice, WaveFigures};
use csat::report::{Input, InputKind, Ledger, Report, Section};
use csat::survey::Survey;

use crate::cli::Asking;
use crate::definition::{self, Definition};
use crate::pipeline::Way;
use crate::saved::{self, Saved};
use crate::status::Failure;

/// What was named: files of answers by the definition that they come with, and saved reports.
#[derive(Debug)]
pub(crate) struct Sources {
    pub(crate) groups: Vec<Group>,
    pub(crate) saved: Vec<Saved>,
}

/// Files that are read by one definition.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The definition as it is named after `--survey`; none for the one beside the files.
    pub(crate) survey: Option<String>,
    pub(crate) files: Vec<PathBuf>,
}

/// Waves in order, and the newest report that was made of answers, or that was saved.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) waves: Vec<WaveFigures>,
    pub(crate) report: Report,
}

/// The answers that a report speaks of, with the waves that it goes back to.
#[derive(Debug)]
pub(crate) struct Newest {
    /// What is asked of those answers alone.
    pub(crate) asking: Asking,
    /// The waves of everything else.
    pub(crate) earlier: Vec<WaveFigures>,
    /// Whether those answers were read already, and everything was said that is to be said about them.
    pub(crate) read: bool,
    /// Everything that was read in order, the answers themselves too; empty where they are all there is.
    passes: Vec<Report>,
    /// Which of the passes they are.
    place: usize,
}

/// What a command wants of a pass.
type Shape<'a> = &'a dyn Fn(&Survey, &mut Scope) -> Result<(), Failure>;

impl Sources {
    /// The files that were named.
    pub(crate) fn named(asking: &Asking) -> Result<Self, Failure> {
        let (answers, saved) = saved::split(&asking.files)?;
        let survey = asking.reading.survey.clone();
        let groups =
            if answers.is_empty() { Vec::new() } else { definition::grouped(survey.as_deref(), &answers) };
        let groups = groups.into_iter().map(|files| Group { survey: survey.clone(), files }).collect();
        Ok(Self { groups, saved })
    }

    /// Refuses options that shape what is counted where only saved reports were named: those are counted already.
    pub(crate) fn need_answers_for(&self, asking: &Asking, more: &[(&str, bool)]) -> Result<(), Failure> {
        if !self.groups.is_empty() {
            return Ok(());
        }
        let reading = &asking.reading;
        let typed = [
            ("--where", asking.where_.is_some()),
            ("--wave", asking.wave.is_some()),
            ("--by", !asking.by.is_empty()),
            ("--every", asking.every.is_some()),
            ("--weight", asking.weight.is_some()),
            ("--confidence", asking.confidence.is_some()),
            ("--interval", !asking.interval.is_empty()),
            ("--seed", asking.seed.is_some()),
            ("--date", asking.date.is_some()),
            ("--hash", asking.hash.is_some()),
            ("--survey", reading.survey.is_some()),
            ("--as", !reading.as_.is_empty()),
            ("--delimiter", reading.shape.delimiter.is_some()),
            ("--encoding", reading.shape.encoding.is_some()),
            ("--layout", reading.shape.layout.is_some()),
            ("--sheet", reading.shape.sheet.is_some()),
        ];
        let typed: Vec<&str> =
            typed.iter().chain(more).filter(|(_, is_typed)| *is_typed).map(|(name, _)| *name).collect();
        let (first, rest) = match typed.as_slice() {
            [] => return Ok(()),
            [first, rest @ ..] => (first, rest),
        };
        let (names, shape) = match rest {
            [] => (format!("`{first}`"), "shapes"),
            rest => (format!("`{first}` and `{}`", rest.join("` and `")), "shape"),
        };
        Err(Failure::usage(format!("{names} {shape} what is counted, and a saved report is counted already"))
            .help("name the files of answers instead of the saved report, or leave it out"))
    }

    /// The answers of the newest wave, which a report speaks of; none where only saved reports were named.
    ///
    /// Files of one definition are read as one. Of several definitions that of the newest wave is the report's, and
    /// the others give the waves before.
    pub(crate) fn newest(
        &self,
        way: &Way<'_>,
        asking: &Asking,
        shape: Shape,
    ) -> Result<Option<Newest>, Failure> {
        let earlier: Vec<WaveFigures> = saved::waves(&self.saved).collect();
        match self.groups.as_slice() {
            [] => Ok(None),
            [group] => {
                let asking = group.asking(asking);
                Ok(Some(Newest { asking, earlier, read: false, passes: Vec::new(), place: 0 }))
            }
            _ => {
                let passes = self.passes(way, asking, shape)?;
                let joined = earlier.iter().chain(passes.iter().flat_map(|pass| &pass.waves)).cloned();
                let joined = analysis::join(joined.collect())?;
                let place = place_of_newest(&passes, &joined, asking);
                let others = passes.iter().enumerate().filter(|(index, _)| *index != place);
                let earlier = earlier.into_iter().chain(others.flat_map(|(_, pass)| pass.waves.clone()));
                Ok(Some(Newest {
                    asking: passes[place].asking.clone(),
                    earlier: earlier.collect(),
                    read: true,
                    passes: passes.into_iter().map(|pass| pass.report).collect(),
                    place,
                }))
            }
        }
    }

    /// All waves of everything, with a report that has their figures.
    pub(crate) fn series(&self, way: &Way<'_>, asking: &Asking) -> Result<Series, Failure> {
        let passes = self.passes(way, asking, &|_, _| Ok(()))?;
        let waves = saved::waves(&self.saved).chain(passes.iter().flat_map(|pass| pass.waves.clone()));
        let waves = analysis::join(waves.collect())?;
        let place = place_of_newest(&passes, &waves, asking);
        let mut report = match passes.get(place) {
            Some(pass) => pass.report.clone(),
            None => last_saved(&self.saved)?,
        };
        if passes.len() != 1 || !self.saved.is_empty() {
            let passes: Vec<&Report> = passes.iter().map(|pass| &pass.report).collect();
            self.join(&mut report, &passes, &waves);
        }
        Ok(Series { waves, report })
    }

    /// Each file, or all files of a definition that says how waves are formed, with all waves.
    fn passes(&self, way: &Way<'_>, asking: &Asking, shape: Shape) -> Result<Vec<Pass>, Failure> {
        let mut passes = Vec::new();
        for group in &self.groups {
            let definition = definition::choose(group.survey.as_deref(), &group.files, way.output)?;
            let has_waves = |definition: &Definition| definition.survey.data.wave.is_some();
            let dated = asking.every.is_some() || definition.as_ref().is_some_and(has_waves);
            let parts: Vec<Vec<PathBuf>> = if dated {
                vec![group.files.clone()]
            } else {
                group.files.iter().map(|file| vec![file.clone()]).collect()
            };
            for files in parts {
                let asking = Group { survey: group.survey.clone(), files }.asking(asking);
                let all = |survey: &Survey, scope: &mut Scope| {
                    shape(survey, scope)?;
                    scope.wave = Some(WaveChoice::All);
                    Ok(())
                };
                let report = way.answer_by(&asking, || Ok(definition.clone()), all)?.report;
                passes.push(Pass { waves: fresh(&report), asking, report });
            }
        }
        Ok(passes)
    }

    /// Makes a report that is of all waves alike out of the newest one.
    fn join(&self, report: &mut Report, passes: &[&Report], waves: &[WaveFigures]) {
        let saved: Vec<Ledger> = self.saved.iter().map(Saved::ledger).collect();
        let mut ledgers: Vec<&Ledger> = passes.iter().map(|pass| &pass.ledger).chain(&saved).collect();
        // Questions in the order of the newest.
        ledgers.sort_by_key(|ledger| ledger.questions != report.ledger.questions);
        report.ledger = analysis::joined_ledger(&ledgers);
        note_inputs(report, passes, &self.saved);
        for note in passes.iter().flat_map(|pass| &pass.notes) {
            if !report.notes.contains(note) {
                report.notes.push(note.clone());
            }
        }
        report.notes.retain(|note| !analysis::is_list_note(note));
        report.notes.extend(analysis::list_notes(&report.ledger));
        // There are no figures of all waves pooled, and nothing that rests on them.
        report.notes.retain(|note| note.code != "pooled");
        report.sections.retain(|section| matches!(section, Section::Document(_)));
        report.estimates = waves.iter().flat_map(figures).collect();
        // It hides no more than the source that hides least.
        let all = passes.iter().copied().chain(self.saved.iter().map(|saved| &saved.report));
        let surveys: Vec<_> = all.map(|one| &one.survey).collect();
        let least = surveys.iter().map(|survey| survey.suppress_below).min();
        report.survey.suppress_below = least.unwrap_or(report.survey.suppress_below);
        report.survey.suppress_below_declared = surveys.iter().all(|survey| survey.suppress_below_declared);
        report.by = Vec::new();
        report.survey.invited = None;
        report.survey.response_rate = None;
        let future = waves.iter().filter(|wave| wave.future);
        report.waves.future = future.map(|wave| wave.label.clone()).collect();
        report.waves.rule.get_or_insert_with(|| "file".to_owned());
        if passes.is_empty() {
            let provenance = &mut report.provenance;
            env!("CARGO_PKG_VERSION").clone_into(&mut provenance.csat);
            provenance.definition = None;
            provenance.options.clear();
        }
    }
}

impl Group {
    /// What is asked of these files.
    pub(crate) fn asking(&self, asking: &Asking) -> Asking {
        let mut asking = Asking { files: self.files.clone(), ..asking.clone() };
        asking.reading.survey.clone_from(&self.survey);
        asking
    }
}

impl Newest {
    /// Names everything that was joined to the report among its inputs and in its account.
    pub(crate) fn note(&self, report: &mut Report, saved: &[Saved]) {
        let others = self.passes.iter().enumerate().filter(|(place, _)| *place != self.place);
        let earlier: Vec<Ledger> = saved.iter().map(Saved::ledger).collect();
        let all: Vec<&Ledger> = others.map(|(_, pass)| &pass.ledger).chain(&earlier).collect();
        report.ledger = analysis::ledger_beside(&report.ledger, &all);
        let mut passes: Vec<&Report> = self.passes.iter().collect();
        let own = report.clone();
        match passes.get_mut(self.place) {
            Some(pass) => *pass = &own,
            None => passes.push(&own),
        }
        note_inputs(report, &passes, saved);
    }
}

/// One reading of some files, with what it gave.
struct Pass {
    asking: Asking,
    report: Report,
    waves: Vec<WaveFigures>,
}

/// Files of answers in the order in which they were read, then saved reports.
fn note_inputs(report: &mut Report, passes: &[&Report], saved: &[Saved]) {
    let own = report.provenance.definition.clone();
    let answers = passes.iter().flat_map(|pass| {
        let other = pass.provenance.definition.clone().filter(|definition| Some(definition) != own.as_ref());
        let inputs = pass.provenance.inputs.iter().cloned();
        inputs.map(move |input| Input { definition: other.clone(), ..input })
    });
    let mut inputs: Vec<Input> = Vec::new();
    for input in answers {
        // A list is read with each of the files, and named once.
        if input.kind != InputKind::List || !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    inputs.extend(saved.iter().map(Saved::input));
    report.provenance.inputs = inputs;
}

/// The waves of a report that was made of answers; a wave without a name has that of its file.
pub(crate) fn fresh(report: &Report) -> Vec<WaveFigures> {
    let input = report.provenance.inputs.first().map_or("", |input| input.name.as_str());
    let name = input.rsplit_once('.').map_or(input, |(stem, _)| stem);
    let mut waves = analysis::waves_of_report(report, name);
    for wave in &mut waves {
        wave.saved = false;
    }
    waves
}

/// The figures of a wave, each with its wave.
fn figures(wave: &WaveFigures) -> impl Iterator<Item = csat::report::Estimate> {
    wave.estimates.iter().cloned().map(|mut estimate| {
        estimate.wave = Some(wave.label.clone());
        estimate
    })
}

/// The pass that has the wave asked for, else the newest that is complete, else the newest.
fn place_of_newest(passes: &[Pass], joined: &[WaveFigures], asking: &Asking) -> usize {
    let of = |label: &str| passes.iter().position(|pass| pass.waves.iter().any(|wave| wave.label == label));
    let asked = match asking.wave.as_deref().map(WaveChoice::parse) {
        Some(WaveChoice::Named(label)) => of(&label),
        Some(WaveChoice::Running) => passes.iter().position(|pass| pass.report.waves.running.is_some()),
        _ => None,
    };
    let newest = |fits: fn(&WaveFigures) -> bool| {
        let mut fresh = joined.iter().rev().filter(|wave| !wave.saved && fits(wave));
        fresh.find_map(|wave| of(&wave.label))
    };
    let found = asked.or_else(|| newest(|wave| wave.complete)).or_else(|| newest(|wave| !wave.future));
    found.or_else(|| newest(|_| true)).unwrap_or(0)
}

fn last_saved(earlier: &[Saved]) -> Result<Report, Failure> {
    let last = earlier.iter().max_by(|one, other| one.report.as_of.cmp(&other.report.as_of));
    last.map(|saved| saved.report.clone()).ok_or_else(|| Failure::usage("no file was named"))
}
