//! The sections of a report: tidy rows, null for what does not exist. `kind` and the keys stay fixed.

mod checklist;
mod comparison;
mod complaints;
mod crosstab;
mod disputes;
mod distribution;
mod document;
mod drivers;
mod exclusions;
mod finding;
mod gaps;
mod gates;
mod groups;
mod indicators;
mod indices;
mod kano;
mod path_model;
mod priorities;
mod promises;
mod qualities;
mod quality;
mod records;
mod reliability;
mod trend;
mod weighting;
mod why;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use checklist::{
    ChecklistAssessors, ChecklistClause, ChecklistFigures, ChecklistGroup, ChecklistItemRow,
    ChecklistMissing, ChecklistSection, ChecklistUnknown,
};
pub use comparison::{
    ComparedPairs, ComparedSide, ComparisonRow, ComparisonSection, NotCompared, NotComparedReason, Reversal,
};
pub use complaints::{
    AgeBands, ComplaintCategories, ComplaintCategory, ComplaintIceberg, ComplaintOutcome, ComplaintOutcomes,
    ComplaintPeriod, ComplaintRecovery, ComplaintRemedy, ComplaintSatisfaction, ComplaintSatisfied,
    ComplaintSeverity, ComplaintSurvey, ComplaintVolume, ComplaintsCounted, ComplaintsSection,
    RecoveryDifference, RecoveryFigure, RecoveryGroup,
};
pub use crosstab::{
    CrosstabAgainst, CrosstabCell, CrosstabColumn, CrosstabContrast, CrosstabRow, CrosstabRowKind,
    CrosstabSection, CrosstabTesting, EffectSize, TableTest,
};
pub use disputes::{
    DisputeAmounts, DisputeAward, DisputeFunnel, DisputeOutcomeRow, DisputeOutcomes, DisputePeriod,
    DisputeReferral, DisputeSatisfaction, DisputeSatisfied, DisputesCounted, DisputesSection, FunnelBounds,
    FunnelProvider, SidesApart,
};
pub use distribution::{Box3, DistributionRow, DistributionSection};
pub use document::{
    Audience, ChosenValue, ClauseEdition, DocumentSection, Language, NumberFormat, PageSection,
};
pub use drivers::{
    DriverCaution, DriverDifference, DriverFactor, DriverRow, DriversCaution, DriversGroup, DriversSection,
    KeyDriverRow, KeyDriversTable, OutcomeLevel,
};
pub use exclusions::{ExclusionReason, ExclusionRow, ExclusionsSection};
pub use finding::{Finding, FindingsSection, GroupFigure};
pub use gaps::{DimensionGap, GapRow, GapsGroup, GapsSection, GapsTotal};
pub use gates::{GateComparison, GateOutcome, GateRow, GatesSection};
pub use groups::{GroupRow, GroupsSection, HomogeneityTest};
pub use indicators::{
    Corroboration, CorroborationReversal, CorroborationRow, IndicatorChange, IndicatorRecord,
    IndicatorSeries, IndicatorsSection, LaggedChange, LaggedRank, ReversalGroup,
};
pub use indices::{IndexRefusal, IndexRow, IndicesSection};
pub use kano::{KanoCategory, KanoRow, KanoSection};
pub use path_model::{PathConstruct, PathItem, PathModelSection, PathRefusal, PathRow};
pub use priorities::{PrioritiesSection, PriorityChange, PriorityGap, PriorityRow, Quadrant, Unranked};
pub use promises::{
    PromiseAnswer, PromiseCell, PromiseChart, PromiseComplaints, PromiseFigures, PromiseOvershoot,
    PromiseRemedies, PromiseRow, PromiseState, PromiseVersion, PromisesCounted, PromisesSection,
};
pub use qualities::{
    DisconfirmationRow, Estimated, QualityGap, QualityRow, StaffRow, StaffView, ToleranceRow,
};
pub use quality::{
    FlaggedRow, QualityBreakOff, QualityCheck, QualityContradiction, QualityDisposition, QualityFlags,
    QualityGrid, QualityItem, QualityLate, QualityLateRow, QualityProgress, QualityRate, QualityResponse,
    QualitySection,
};
pub use records::{
    JoinedText, LeftOut, PeriodChart, PeriodChartPoint, RecordColumn, RecordFault, RecordSegment,
    RecordShare, RecordStatus, StepDeadline, StepTimes, StepTimesTest, TimesPoint, TimesQuantile,
    WorkingClock,
};
pub use reliability::{ReliabilityRefusal, ReliabilityRow, ReliabilitySection, RetestRow, RetestsSection};
pub use trend::{
    Change, ChangeVerdict, ControlChart, ControlLimits, Family, PromoterContributions, Tendency, TrendBreak,
    TrendPoint, TrendSection, Untested, WithinMargin,
};
pub use weighting::{WeightingMargin, WeightingScore, WeightingSection};
pub use why::{AskingChange, MovedRating, SegmentContribution, WhySection};

/// One section of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Section {
    /// How rows were weighted.
    Weighting(WeightingSection),
    /// How one headline moved from wave to wave.
    Trend(TrendSection),
    /// Why one headline moved between two waves.
    Why(WhySection),
    /// One headline by the values of one segment, tested.
    Groups(GroupsSection),
    /// The answers to one question, point by point.
    Distribution(DistributionSection),
    /// Two sides set against each other.
    Comparison(Box<ComparisonSection>),
    /// One stub by one banner.
    Crosstab(Box<CrosstabSection>),
    /// Expectation and perception of every gap question.
    Gaps(Box<GapsSection>),
    /// What kind of need every feature is.
    Kano(KanoSection),
    /// How consistently the questions of a construct are answered.
    Reliability(ReliabilitySection),
    /// How those who were asked twice agree with themselves.
    Retests(RetestsSection),
    /// Several questions joined to an index.
    Indices(IndicesSection),
    /// Which construct goes with which.
    PathModel(Box<PathModelSection>),
    /// What drives an outcome.
    Drivers(Box<DriversSection>),
    /// Performance beside importance, and what to improve in order.
    Priorities(PrioritiesSection),
    /// The scores with and without the rows that the definition leaves out.
    Exclusions(ExclusionsSection),
    /// What is worth saying, each tied to a test.
    Findings(FindingsSection),
    /// How well the answers came in.
    Quality(Box<QualitySection>),
    /// Complaints and their handling.
    Complaints(Box<ComplaintsSection>),
    /// What the organisation records anyway, beside the scores.
    Indicators(Box<IndicatorsSection>),
    /// A self-assessment by checklist.
    Checklist(Box<ChecklistSection>),
    /// Promises to customers and whether they were kept.
    Promises(Box<PromisesSection>),
    /// Disputes before outside providers.
    Disputes(Box<DisputesSection>),
    /// Targets and limits that were judged.
    Gates(GatesSection),
    /// How the report is to be presented.
    Document(DocumentSection),
}
