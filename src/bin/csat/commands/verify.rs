//! `csat verify`: a saved report made once more from the files that its provenance names, and compared.

use std::fs;
use std::path::{Path, PathBuf};

use csat::analysis;
use csat::render::{self, json};
use csat::report::{DefinitionUsed, Input, InputKind, Provenance, Report, Verification, VerifiedSource};
use csat::survey;
use sha2::{Digest, Sha256};

use super::{
    analyze, compare, complaints, crosstab, drivers, gap, gate, kano, quality, report, trend, weight,
};
use crate::cli::{self, Verify};
use crate::output::Output;
use crate::pipeline::{self, Way};
use crate::presentation;
use crate::saved;
use crate::series::{Group, Sources};
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed::{self, Typed};

pub(crate) fn run(args: &Verify, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let filed = saved::load_as_it_is(&args.report)?;
    pipeline::protect(args.output.as_deref(), std::slice::from_ref(&args.report), None)?;
    let provenance = &filed.report.provenance;
    let sources = sources(args, provenance)?;
    let way = Way { environment, output, explain: false, writes: args.output.as_deref(), presenting: None };
    let computed = made_anew(&way, &filed.report, args.threads, &sources)?;
    let compared = analysis::compare(&filed.report, &computed);
    let found = Verification {
        report: settings::file_name(&args.report),
        report_hash: filed.hash.clone(),
        title: filed.report.title.clone(),
        as_of: filed.report.as_of.clone(),
        verified_on: environment.date(args.date.as_deref())?.to_string(),
        written_by: provenance.csat.clone(),
        computed_by: env!("CARGO_PKG_VERSION").to_owned(),
        seal_fits: saved::seal_fits(&filed.report),
        sources: verified(provenance, &computed.provenance),
        compared: compared.compared,
        differences: compared.differences,
    };
    let page = if args.json { json::verification(&found) } else { render::verification(&found) };
    output.data(page.as_bytes(), args.output.as_deref())?;
    Ok(if found.holds() { ExitStatus::Done } else { ExitStatus::Gate })
}

/// The name of a definition that was guessed.
const INFERRED: &str = "inferred";

/// Runs the command that wrote the report once more.
fn made_anew(
    way: &Way<'_>,
    filed: &Report,
    threads: Option<usize>,
    sources: &Sources,
) -> Result<Report, Failure> {
    let made = match typed::read(filed, threads)? {
        Typed::Report(args, each) => {
            let whole = report::whole(way, &args, sources)?;
            return match each {
                None => Ok(whole.presented(&args)),
                Some(each) => whole.of_value(way, &args, &each),
            };
        }
        Typed::Analyze(asking) => analyze::made(way, &only(sources)?.asking(&asking)),
        Typed::Crosstab(args) => {
            let asking = only(sources)?.asking(&args.asking);
            crosstab::made(way, &cli::Crosstab { asking, ..*args })
        }
        Typed::Quality(asking) => {
            quality::made(way, &only(sources)?.asking(&asking), false).map(|answered| answered.report)
        }
        Typed::Weight(asking) => {
            weight::made(way, &only(sources)?.asking(&asking), false).map(|(report, _)| report)
        }
        Typed::Gap(args) => {
            let asking = only(sources)?.asking(&args.asking);
            // The staff's file stands beside that of the answers.
            let beside = |name: PathBuf| match asking.files.first() {
                Some(answers) => answers.with_file_name(name),
                None => name,
            };
            let staff = args.staff.map(beside);
            gap::made(way, &cli::Gap { asking, staff, ..*args })
        }
        Typed::Drivers(mut args) => {
            args.asking = only(sources)?.asking(&args.asking);
            drivers::made(way, &args)
        }
        Typed::Complaints(args) => complaints::made(&found(*args, sources), way.environment, way.output),
        Typed::Kano(asking) => kano::made(way, &only(sources)?.asking(&asking)),
        Typed::Trend(args) => trend::made(way, &args, sources),
        Typed::Compare(args) => compare::made_again(way, *args, sources, filed),
        Typed::Gate(args) => gate::made(way, &args, sources).map(|(report, _)| report),
    };
    // A saved report can be saved again with another look.
    presentation::overruled(&typed::presenting(&filed.provenance), made?)
}

/// The files of complaints and of the answers beside them, where they are now.
fn found(args: cli::Complaints, sources: &Sources) -> cli::Complaints {
    let is_scores = |file: &PathBuf| {
        args.scores.iter().any(|scores| settings::file_name(scores) == settings::file_name(file))
    };
    let all = || sources.groups.iter().flat_map(|group| &group.files);
    let own = sources.groups.iter().find(|group| group.files.iter().any(|file| !is_scores(file)));
    cli::Complaints {
        files: all().filter(|file| !is_scores(file)).cloned().collect(),
        survey: own.and_then(|group| group.survey.clone()),
        scores: all().filter(|file| is_scores(file)).cloned().collect(),
        ..args
    }
}

/// The only group of files: most commands read those of one definition.
fn only(sources: &Sources) -> Result<&Group, Failure> {
    match sources.groups.as_slice() {
        [group] => Ok(group),
        _ => Err(Failure::data("the report's provenance does not name files of one definition")),
    }
}

/// The files that the provenance names, where they are now.
fn sources(args: &Verify, provenance: &Provenance) -> Result<Sources, Failure> {
    let folders = folders(args);
    let mut missing: Vec<String> = Vec::new();
    let mut groups: Vec<(Option<&DefinitionUsed>, Group)> = Vec::new();
    let mut reports = Vec::new();
    // A list is found beside the definition that names it.
    for input in provenance.inputs.iter().filter(|input| input.kind != InputKind::List) {
        let Some(path) = find(&input.name, &input.hash, &folders) else {
            missing.push(input.name.clone());
            continue;
        };
        if input.kind == InputKind::Report {
            reports.push(path);
            continue;
        }
        let used = input.definition.as_ref().or(provenance.definition.as_ref());
        if let Some((_, group)) = groups.iter_mut().find(|(definition, _)| *definition == used) {
            group.files.push(path);
            continue;
        }
        let survey = match (&args.survey, used) {
            (Some(named), _) => Some(named.clone()),
            (None, Some(used)) => definition(used, &folders),
            (None, None) => Some("none".to_owned()),
        };
        if survey.is_none() {
            missing.extend(used.map(|used| used.name.clone()));
        }
        groups.push((used, Group { survey, files: vec![path] }));
    }
    if !missing.is_empty() {
        return Err(Failure::data(format!("not found: {}", missing.join(", "))).help(
            "the files that the report was computed from are looked for beside it; name their folder with --folder",
        ));
    }
    // What became of one that was changed is said by its hash.
    let saved = reports.iter().map(|path| saved::load_as_it_is(path)).collect::<Result<_, _>>()?;
    Ok(Sources { groups: groups.into_iter().map(|(_, group)| group).collect(), saved })
}

/// Where the sources are looked for: the folders named, else beside the report, else here.
fn folders(args: &Verify) -> Vec<PathBuf> {
    if !args.folder.is_empty() {
        return args.folder.clone();
    }
    let beside = args.report.parent().filter(|folder| !folder.as_os_str().is_empty());
    beside.map(Path::to_owned).into_iter().chain([PathBuf::from(".")]).collect()
}

/// The file of that name; where several folders have one, that of the hash. Names in a report have no folders; one that
/// has is not followed.
fn find(name: &str, hash: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    if name.contains(['/', '\\']) || name == ".." {
        return None;
    }
    let plain =
        |folder: &PathBuf| if folder.as_os_str() == "." { PathBuf::from(name) } else { folder.join(name) };
    let found: Vec<PathBuf> = folders.iter().map(plain).filter(|path| path.is_file()).collect();
    let fits = |path: &&PathBuf| found.len() > 1 && has_hash(path, hash);
    found.iter().find(fits).or(found.first()).cloned()
}

fn has_hash(path: &Path, hash: &str) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let own = if hash.starts_with("sha256:") {
        settings::hex("sha256:", &Sha256::digest(&bytes))
    } else {
        settings::hex("xxh3-128:", &xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes())
    };
    own == hash
}

/// The definition as it is named after `--survey`.
fn definition(used: &DefinitionUsed, folders: &[PathBuf]) -> Option<String> {
    if used.name == INFERRED {
        return Some("none".to_owned());
    }
    let file = find(&used.name, used.hash.as_deref().unwrap_or_default(), folders);
    let file = file.map(|path| path.to_string_lossy().into_owned());
    file.or_else(|| survey::template(&used.name).ok().map(|template| template.name.to_owned()))
}

/// The files and definitions, each with its hash then and now.
fn verified(filed: &Provenance, computed: &Provenance) -> Vec<VerifiedSource> {
    let mut sources: Vec<VerifiedSource> = Vec::new();
    for (place, input) in filed.inputs.iter().enumerate() {
        let now = computed.inputs.get(place).filter(|now| now.name == input.name);
        sources.push(source(&input.name, &input.hash, now.map(|now| now.hash.clone())));
    }
    let filed_definitions = definitions(filed);
    let computed_definitions = definitions(computed);
    for (place, definition) in filed_definitions.iter().enumerate() {
        let Some(hash) = &definition.hash else { continue };
        let now = computed_definitions.get(place).and_then(|now| now.hash.clone());
        sources.push(source(&definition.name, hash, now));
    }
    sources
}

fn source(name: &str, hash: &str, found: Option<String>) -> VerifiedSource {
    VerifiedSource { name: name.to_owned(), hash: hash.to_owned(), found }
}

/// Every definition once, the report's first.
fn definitions(provenance: &Provenance) -> Vec<&DefinitionUsed> {
    let others = provenance.inputs.iter().filter_map(|input: &Input| input.definition.as_ref());
    let mut definitions: Vec<&DefinitionUsed> = Vec::new();
    for definition in provenance.definition.iter().chain(others) {
        if !definitions.contains(&definition) {
            definitions.push(definition);
        }
    }
    definitions
}
