//! From the bytes of a definition to a [`Survey`], with every complaint at once.
//!
//! The text is parsed as TOML with recovery, checked for shape against the table of keys, and only then read table
//! by table; what the shape check complained about is taken as absent, so that one fault makes one complaint.

mod answers;
mod base;
mod blocks;
mod checklist;
mod complaint_file;
mod complaint_values;
mod complaints;
mod constructs;
mod data;
mod dispute_file;
mod document;
mod exclude;
mod expectations;
mod gates;
mod importance;
mod indicators;
mod kinds;
mod languages;
mod lookups;
mod places;
mod priorities;
mod problem_questions;
mod promises;
mod quality;
mod questions;
mod record_columns;
mod report;
mod scales;
mod segments;
mod shape;
mod syntax;
mod targets;
mod value;
mod weighting;

use indexmap::IndexMap;
use toml::de::DeTable;

use self::complaints::Complaints;
use self::document::Document;
pub use self::places::Places;
use self::questions::Surroundings;
use super::checklist::with_all_items;
use super::definition::{Dimension, Survey};
use crate::diagnostic::Diagnostic;

/// A definition that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The survey, every default filled in.
    pub survey: Survey,
    /// Cautions and notes about the definition.
    pub notes: Vec<Diagnostic>,
}

/// Reads a definition; `file` is its name in complaints.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines.
pub fn parse(bytes: &[u8], file: &str) -> Result<Parsed, Vec<Diagnostic>> {
    let document = Document::read(bytes, file).map_err(|complaint| vec![*complaint])?;
    let (root, errors) = DeTable::parse_recoverable(document.text);
    let mut complaints = Complaints::new(&document);
    shape::check(root.get_ref(), &mut complaints);
    let survey = build(root.get_ref(), &mut complaints);
    if !errors.is_empty() {
        let (found, doubtful) = syntax::complaints(&errors, &document);
        // What was lost in a broken line is missed elsewhere: only complaints about a value by itself are kept.
        complaints.retain(|complaint| {
            LOCAL.contains(&complaint.code)
                && complaint
                    .place
                    .as_ref()
                    .is_none_or(|place| !doubtful.contains(place.line.saturating_sub(1)))
        });
        complaints.extend(found);
    }
    let (notes, failed) = complaints.finish();
    if failed { Err(notes) } else { Ok(Parsed { survey, notes }) }
}

/// The complaints that hold whatever stands in other lines.
const LOCAL: &[&str] = &[
    "unknown_key",
    "wrong_type",
    "unknown_value",
    "reserved",
    "control_character",
    "empty_band",
    "bad_clause",
    "bad_colour",
    "bad_edition",
    "bad_date",
    "bad_deadline",
    "bad_business_hours",
    "bad_time_zone",
];

fn build(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Survey {
    let mut survey = Survey::default();
    data::survey(root, &mut survey, complaints);
    survey.data = data::data(root, complaints);
    survey.segments = segments::segments(root, complaints);
    survey.dimensions = segments::dimensions(root);
    data::invited(root, &mut survey, complaints);

    let scales = scales::scales(root, complaints);
    let default_scale = default_scale(root, &scales, complaints);
    let surroundings = Surroundings {
        scales: &scales,
        default_scale,
        segments: survey.segments.iter().map(|segment| segment.id.as_str()).collect(),
        dimensions: survey.dimensions.keys().map(String::as_str).collect(),
    };
    let mut places = Places::new(root, complaints.document);
    let questions = questions::questions(root, &surroundings, &mut places, complaints);
    survey.questions = questions;
    expectations::check_dimensions(root, &survey, &mut places, complaints);
    survey.exclusions = exclude::exclusions(root, &survey.data, &mut places, complaints);
    survey.weighting = weighting::weighting(root, &survey, &mut places, complaints);
    survey.places = places;
    survey.scales = scales.into_iter().map(|(name, written)| (name, written.scale)).collect();
    for question in &survey.questions {
        if let Some(scale) = &question.scale
            && !survey.scales.contains_key(&scale.name)
        {
            survey.scales.insert(scale.name.clone(), scale.clone());
        }
        if let Some(dimension) = &question.dimension
            && !survey.dimensions.contains_key(dimension)
        {
            survey.dimensions.insert(dimension.clone(), Dimension::default());
        }
    }
    survey.constructs = constructs::constructs(root, &survey, complaints);
    constructs::check_model(root, complaints);
    survey.paths = constructs::paths(root, &survey.constructs, complaints);
    data::check_missing(root, &survey, complaints);
    survey.lookups = lookups::lookups(root, complaints);
    survey.report = report::report(root, complaints);
    survey.crosshair = priorities::crosshair(root, complaints);
    survey.quality = quality::quality(root, &mut survey, complaints);
    survey.delivered_file = expectations::delivered_file(root, complaints);
    survey.complaints = complaint_file::complaint_file(root, &mut survey, complaints);
    survey.promises = promises::promises(root, &mut survey, complaints);
    survey.disputes = dispute_file::dispute_file(root, &mut survey, complaints);
    survey.indicators = indicators::indicators(root, &mut survey, complaints);
    survey.checklist = checklist::checklist(root, &mut survey, complaints);
    // A gate may be about records and about all items of a checklist, too.
    survey.gates = gates::gates(root, &with_all_items(&survey), complaints);
    survey
}

fn default_scale(
    root: &DeTable<'_>,
    scales: &IndexMap<String, scales::WrittenScale>,
    complaints: &mut Complaints<'_>,
) -> Option<String> {
    let table = root.get("defaults")?.get_ref().as_table()?;
    let name = value::text(table, "scale")?;
    if !scales.contains_key(&name) && scales::unwritten(&name).is_none() {
        let span = table.get("scale").map_or(0..0, toml::Spanned::span);
        complaints.error(
            span,
            "unknown_scale",
            format!("[defaults]: there is no scale `{name}`"),
            "questions that name no scale would have none",
            answers::scale_help(&name, scales.keys().map(String::as_str)),
        );
    }
    Some(name)
}
