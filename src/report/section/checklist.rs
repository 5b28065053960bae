//! A self-assessment by checklist: what is met by item, clause and standard, and what is missing.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Flag, LedgerPlace};

/// What a checklist says, for the wave shown.
///
/// Yes counts one, partly one half, no nothing; what does not apply is out of the base, and what is unanswered is never
/// met. There are no intervals: every item is judged, and whoever judges is no sample.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistSection {
    /// The wave; null without waves and for the pooled total.
    pub wave: Option<String>,
    /// All items together.
    pub overall: ChecklistFigures,
    /// How many items there are.
    pub items_asked: u64,
    /// Items with more than one judgement: then counts are of judgements, not of items.
    pub items_judged_repeatedly: u64,
    /// By standard and clause, each with all items below it: the standard, its clauses by number, the next standard.
    pub clauses: Vec<ChecklistClause>,
    /// The items in written order.
    pub items: Vec<ChecklistItemRow>,
    /// What is not met, or not known to be: items by clause, those without one last.
    pub missing: Vec<ChecklistMissing>,
    /// All items together by segment value.
    pub groups: Vec<ChecklistGroup>,
    /// How far assessors agree; null unless the definition names who judged.
    pub assessors: Option<ChecklistAssessors>,
    /// Rows that name an item which the definition does not have, or none; null where items have columns.
    pub unknown_items: Option<ChecklistUnknown>,
    /// Answers that the scale of their item does not know; they count as unanswered.
    pub unknown_answers: u64,
    /// The first five of them.
    pub unknown_places: Vec<LedgerPlace>,
}

/// What is met of some items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistFigures {
    /// Yes and half of partly, percent of yes, partly and no; null without any of them.
    pub fulfilled: Option<f64>,
    /// Yes alone, percent of the same.
    pub fulfilled_strictly: Option<f64>,
    /// How many yes; null where hidden.
    pub yes: Option<u64>,
    /// How many partly.
    pub partly: Option<u64>,
    /// How many no.
    pub no: Option<u64>,
    /// How many do not apply.
    pub not_applicable: Option<u64>,
    /// How many have no answer that is known; an item of which the file has nothing counts once.
    pub unanswered: Option<u64>,
    /// `no_answers`, or why it is hidden.
    pub flag: Option<Flag>,
}

/// One clause, or a standard as a whole, with all items below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistClause {
    /// The standard with its edition.
    pub standard: String,
    /// The number of the clause; null for the standard as a whole.
    pub clause: Option<String>,
    /// 0 for the standard, 1 for `7`, 2 for `7.3` and so on.
    pub depth: u64,
    /// How many items there are.
    pub items: u64,
    /// What is met of them.
    #[serde(flatten)]
    pub figures: ChecklistFigures,
}

/// One item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistItemRow {
    /// The question's id.
    pub question: String,
    /// Its clause with the edition, if it names one.
    pub clause: Option<String>,
    /// What is met.
    #[serde(flatten)]
    pub figures: ChecklistFigures,
    /// How many yes have nothing that shows them; null without a column of evidence.
    pub yes_without_evidence: Option<u64>,
    /// Who is responsible, the first three names by how often they stand there; null without a column of owners.
    pub owners: Option<Vec<String>>,
    /// How many further names there are.
    pub more_owners: u64,
}

/// An item that is not met, or not known to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistMissing {
    /// The question's id.
    pub question: String,
    /// Its clause with the edition, if it names one.
    pub clause: Option<String>,
    /// Why it is listed: `no`, `partly`, `unanswered`, `without_evidence`, in this order.
    pub reasons: Vec<String>,
    /// Who is responsible; null without a column of owners, empty where nobody is named.
    pub owners: Option<Vec<String>>,
    /// How many further names there are.
    pub more_owners: u64,
}

/// All items together for one value of a segment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistGroup {
    /// The segment value by segment id.
    pub segment: IndexMap<String, String>,
    /// What is met.
    #[serde(flatten)]
    pub figures: ChecklistFigures,
}

/// How far assessors agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistAssessors {
    /// How many there are.
    pub assessors: u64,
    /// Items that as many judged as judged most items: those that can be compared.
    pub items: u64,
    /// How many judged each of these.
    pub judgements: u64,
    /// The share of pairs of judgements of an item that are alike, a fraction.
    pub agreement: Option<f64>,
    /// Fleiss' kappa (1971): agreement beyond chance, of yes, partly, no and not applicable; null where only one answer
    /// was given throughout, or with fewer than two assessors or items.
    pub kappa: Option<f64>,
}

/// Rows whose item is not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChecklistUnknown {
    /// Rows that name an item which the definition does not have.
    pub unknown: u64,
    /// Rows that name no item.
    pub blank: u64,
    /// The first five unknown ones.
    pub places: Vec<LedgerPlace>,
}
