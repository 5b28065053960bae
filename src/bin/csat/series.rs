//! Waves from wherever they are: one file with dates, one file a wave, files with definitions of their own, saved reports.

use std::path::PathBuf;

use csat::analysis::{self, Scope, WaveChoice, WaveFigures};
use csat::report::Report;

use crate::cli::Asking;
use crate::definition::{self, Definition};
use crate::pipeline::Way;
use crate::saved::{self, Saved};
use crate::status::Failure;

/// Waves in order, and the newest report that was made of answers, or that was saved.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) waves: Vec<WaveFigures>,
    pub(crate) report: Report,
}

/// The waves of everything that was named.
pub(crate) fn collect(way: &Way<'_>, asking: &Asking) -> Result<Series, Failure> {
    let (answers, earlier) = saved::split(&asking.files)?;
    let mut waves: Vec<WaveFigures> = saved::waves(&earlier).collect();
    let mut newest = None;
    let typed = asking.reading.survey.as_deref();
    let groups = if answers.is_empty() { Vec::new() } else { definition::grouped(typed, &answers) };
    for files in groups {
        let definition = definition::choose(typed, &files, way.output)?;
        let has_waves = |definition: &Definition| definition.survey.data.wave.is_some();
        let dated = asking.every.is_some() || definition.as_ref().is_some_and(has_waves);
        let passes: Vec<Vec<PathBuf>> =
            if dated { vec![files] } else { files.into_iter().map(|file| vec![file]).collect() };
        for files in passes {
            let report = pass(way, asking, files, definition.clone())?;
            waves.extend(fresh(&report));
            newest = Some(report);
        }
    }
    let mut report = match newest {
        Some(report) => report,
        None => last_saved(&earlier)?,
    };
    saved::note_inputs(&mut report, &earlier);
    Ok(Series { waves: analysis::join(waves)?, report })
}

/// All waves of some files of one definition.
fn pass(
    way: &Way<'_>,
    asking: &Asking,
    files: Vec<PathBuf>,
    definition: Option<Definition>,
) -> Result<Report, Failure> {
    let asking = Asking { files, ..asking.clone() };
    let all_waves = |_: &_, scope: &mut Scope| {
        scope.wave = Some(WaveChoice::All);
        Ok(())
    };
    Ok(way.answer_by(&asking, || Ok(definition), all_waves)?.report)
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

fn last_saved(earlier: &[Saved]) -> Result<Report, Failure> {
    let last = earlier.iter().max_by(|one, other| one.report.as_of.cmp(&other.report.as_of));
    last.map(|saved| saved.report.clone()).ok_or_else(|| Failure::usage("no file was named"))
}
