//! `csat verify`: a saved report computed anew from the files that its provenance names.

use std::path::{Path, PathBuf};

use csat::analysis::{self, Depth, Scope};
use csat::render::{self, json};
use csat::report::{Provenance, Report, Section, Verification, VerifiedSource};
use csat::survey;

use crate::cli::{Asking, FileShape, HashChoice, Reading, Verify};
use crate::each::{self, Each};
use crate::output::Output;
use crate::pipeline::Way;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(args: &Verify, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let filed = saved::load_as_it_is(&args.report)?;
    let folders = folders(args);
    let provenance = &filed.report.provenance;
    let files = provenance.inputs.iter().map(|input| find(&input.name, &folders)).collect::<Option<Vec<_>>>();
    let definition = definition(args, provenance, &folders);
    let mut found = Verification {
        report: settings::file_name(&args.report),
        report_hash: filed.hash.clone(),
        title: filed.report.title.clone(),
        as_of: filed.report.as_of.clone(),
        verified_on: environment.date(args.date.as_deref())?.to_string(),
        written_by: provenance.csat.clone(),
        computed_by: env!("CARGO_PKG_VERSION").to_owned(),
        seal_fits: saved::seal_fits(&filed.report),
        sources: Vec::new(),
        compared: 0,
        differences: Vec::new(),
    };
    let (Some(files), Some(survey)) = (files, definition) else {
        let missing: Vec<&str> = provenance
            .inputs
            .iter()
            .map(|input| input.name.as_str())
            .chain(provenance.definition.iter().map(|definition| definition.name.as_str()))
            .filter(|name| {
                *name != INFERRED && find(name, &folders).is_none() && survey::template(name).is_err()
            })
            .collect();
        return Err(Failure::data(format!("not found: {}", missing.join(", ")))
            .help("the files that the report was computed from are looked for beside it; name their folder with --folder")
            .into());
    };
    let asking = asking(&filed.report, files, survey, args)?;
    let way = Way { environment, output, explain: false, writes: args.output.as_deref() };
    let depth = depth(&filed.report);
    let suppress_below = filed.report.survey.suppress_below;
    let mut computed = way
        .answer(&asking, |_, scope| {
            scope.depth = depth;
            scope.trend = depth == Depth::Report;
            scope.suppress_below = Some(suppress_below);
            Ok(())
        })?
        .report;
    if let Some(each) = provenance.options.get(each::OPTION).and_then(|option| Each::from_option(option)) {
        let shape = |scope: &mut Scope| scope.suppress_below = Some(suppress_below);
        computed = each.report(&way, &asking, &computed, shape)?;
    }
    found.sources = sources(provenance, &computed.provenance);
    let compared = analysis::compare(&filed.report, &computed);
    found.compared = compared.compared;
    found.differences = compared.differences;
    let holds = found.holds();
    let page = if args.json { json::verification(&found) } else { render::verification(&found) };
    output.data(page.as_bytes(), args.output.as_deref())?;
    Ok(if holds { ExitStatus::Done } else { ExitStatus::Gate })
}

/// The name of a definition that was guessed.
const INFERRED: &str = "inferred";

/// Where the sources are looked for: the folder named, else beside the report, else here.
fn folders(args: &Verify) -> Vec<PathBuf> {
    if let Some(folder) = &args.folder {
        return vec![folder.clone()];
    }
    let beside = args.report.parent().filter(|folder| !folder.as_os_str().is_empty());
    beside.map(Path::to_owned).into_iter().chain([PathBuf::from(".")]).collect()
}

/// Names in a report have no folders; one that has is not followed.
fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    if name.contains(['/', '\\']) || name == ".." {
        return None;
    }
    let plain =
        |folder: &PathBuf| if folder.as_os_str() == "." { PathBuf::from(name) } else { folder.join(name) };
    folders.iter().map(plain).find(|path| path.is_file())
}

/// The definition as it is named after `--survey`.
fn definition(args: &Verify, provenance: &Provenance, folders: &[PathBuf]) -> Option<String> {
    if let Some(named) = &args.survey {
        return Some(named.clone());
    }
    let name = &provenance.definition.as_ref()?.name;
    if name == INFERRED {
        return Some("none".to_owned());
    }
    let file = find(name, folders).map(|path| path.to_string_lossy().into_owned());
    file.or_else(|| survey::template(name).ok().map(|template| template.name.to_owned()))
}

/// What was typed when the report was written, as its provenance tells.
fn asking(report: &Report, files: Vec<PathBuf>, survey: String, args: &Verify) -> Result<Asking, Failure> {
    let provenance = &report.provenance;
    let option = |name: &str| provenance.options.get(name).cloned();
    let list = |name: &str| option(name).into_iter().collect::<Vec<String>>();
    let sha256 = provenance.inputs.iter().any(|input| input.hash.starts_with("sha256:"));
    let confidence = option("confidence")
        .map(|level| level.parse::<f64>())
        .transpose()
        .map_err(|_| Failure::data("the report's provenance has a confidence level that is no number"))?;
    Ok(Asking {
        files,
        reading: Reading {
            survey: Some(survey),
            as_: option("as").map(|all| all.split(',').map(str::to_owned).collect()).unwrap_or_default(),
            shape: FileShape {
                delimiter: option("delimiter"),
                encoding: option("encoding"),
                layout: option("layout"),
                sheet: option("sheet"),
            },
        },
        by: list("by"),
        wave: option("wave"),
        every: option("every"),
        where_: option("where"),
        weight: option("weight"),
        confidence,
        interval: list("interval"),
        seed: provenance.seed,
        threads: args.threads,
        date: Some(report.as_of.clone()),
        hash: if sha256 { HashChoice::Sha256 } else { HashChoice::Xxh3 },
    })
}

/// How much was computed: a report has findings, scores have none.
fn depth(report: &Report) -> Depth {
    let has_findings = report.sections.iter().any(|section| matches!(section, Section::Findings(_)));
    if has_findings { Depth::Report } else { Depth::Scores }
}

fn sources(filed: &Provenance, computed: &Provenance) -> Vec<VerifiedSource> {
    let mut sources: Vec<VerifiedSource> = filed
        .inputs
        .iter()
        .enumerate()
        .map(|(place, input)| VerifiedSource {
            name: input.name.clone(),
            hash: input.hash.clone(),
            found: computed.inputs.get(place).map(|input| input.hash.clone()),
        })
        .collect();
    if let Some(definition) = &filed.definition
        && let Some(hash) = &definition.hash
    {
        let found = computed.definition.as_ref().and_then(|definition| definition.hash.clone());
        sources.push(VerifiedSource { name: definition.name.clone(), hash: hash.clone(), found });
    }
    sources
}
