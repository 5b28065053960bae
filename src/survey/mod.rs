//! What was asked: the definition, its scales and codes, expressions, inference and the embedded library.

mod aliases;
mod base;
mod bind;
mod builtin;
mod case_field;
mod casebook;
mod checklist;
mod column_use;
mod complaints;
mod construct;
mod crosshair;
mod date_words;
mod definition;
mod disputes;
pub mod draft;
pub mod drift;
mod exclusion;
pub mod expression;
mod file_facts;
mod fulfilment_words;
pub mod gate;
mod indicator_words;
mod indicators;
pub mod inference;
mod kano_words;
mod key_table;
mod keys;
mod label;
mod language;
mod library;
mod lookup;
mod measure;
mod missing;
mod named_file;
mod numbered;
mod numeral;
mod parse;
mod personal;
pub mod phrasebook;
mod profile;
mod promises;
mod quality;
mod question;
mod report_definition;
mod scale;
mod schema;
mod segment;
mod suggestion;
mod targets;
mod twins;
mod unfinished;
mod weighting;
mod without_lookups;
mod written_date;
mod year_first;

pub use aliases::{Renamed, SameColumn, is_same_name, renamed};
pub use bind::{bind, named_columns};
pub use builtin::{BUILT_IN, better_half, built_in_scale, default_scale};
pub use case_field::{CaseColumn, CaseField, CaseKind};
pub use checklist::{ALL_ITEMS, ChecklistDefinition, ChecklistItem, Clause, with_all_items};
pub use column_use::{ColumnUse, column_uses};
pub use complaints::{
    BusinessHours, COMPLAINT_FIELDS, COMPLAINT_STATISTICS, CaseSegment, CaseState, ComplaintStatistic,
    ComplaintUnit, ComplaintsDefinition, Deadline, DeadlineUnit, Holidays, Outcome, ProblemQuestions,
    TimeZone, Transactions, counts_as_yes,
};
pub use construct::{Construct, IndexKind, ModelPath};
pub use crosshair::Crosshair;
pub use date_words::plain_date;
pub use definition::{
    Data, DateColumn, DateCount, DeliveredFile, Dimension, Invited, Period, Sampling, Survey, WaveRule,
};
pub use disputes::{
    DISPUTE_FIELDS, DISPUTE_STATISTICS, DisputeOutcome, DisputeStatistic, DisputeUnit, DisputesDefinition,
    Unresolved, UnresolvedWhen, granted,
};
pub use exclusion::{ExclusionRule, Exclusions, KeptRow};
pub use file_facts::{ColumnFacts, FileFacts, Metadata, Role, RowRule};
pub use gate::{Against, Comparison, GateCondition, GateDefinition, GateOf, GateRule};
pub use indicator_words::{IndicatorUnit, indicator_direction, indicator_unit, is_all_segments};
pub use indicators::{INDICATOR_FIELDS, IndicatorsDefinition, NEEDED_INDICATOR_FIELDS};
pub use keys::{Key, Kind, keys};
pub use label::{fold, is_blank, normalize, plain_space, without_entities, without_tags};
pub use library::{Template, template, templates};
pub use lookup::Lookup;
pub use measure::{Best, Better, Headline, KanoTable, Measure};
pub use missing::{Code, Missing, NONE_CHOSEN, REASONS, answer};
pub use named_file::NamedFile;
pub use numbered::{NumberedLabel, numbered_label};
pub use numeral::{DecimalMark, NumberEvidence, NumberReadings, NumberStyle, number_readings, number_styles};
pub use parse::{Parsed, Places, parse};
pub use personal::{
    Masked, PersonalBasis, PersonalColumn, PersonalKind, is_written_date, likely_personal, mask,
    personal_columns, personal_kind,
};
pub use profile::{ColumnProfile, Profile};
pub use promises::{
    NEEDED_PROMISE_FIELDS, Operator, PROMISE_EVENT_FIELDS, PROMISE_STATISTICS, Promise, PromiseStatistic,
    PromiseUnit, PromisesDefinition, RegisterFault, register_faults,
};
pub use quality::{Contradiction, Disposition, QualityDefinition};
pub use question::{Columns, OwnWords, Qualities, Question};
pub use report_definition::{NumberMarks, ReportDefinition};
pub use scale::Scale;
pub use schema::schema;
pub use segment::{Band, Segment};
pub use suggestion::did_you_mean;
pub use targets::settle_targets;
pub use twins::numbered_names;
pub use unfinished::unfinished_rows;
pub use weighting::{
    BoundsOf, DesignVariance, MarginDefinition, NO_ANSWER, Redistribute, SinglePsu, TargetDefinition,
    TargetUnit, WeightBounds, WeightingDefinition, WeightingMethod, WeightingMissing, WeightingScale,
    WeightingScope,
};
pub use without_lookups::without_lookups;
pub use written_date::written_date as written_day;
pub use year_first::{YearFirst, YearPlace};
