//! The table of keys itself.

use super::keys::{Key, Kind};

use Kind::{
    Codes, Colour, Column, Columns, Edition, Flag, Name, Names, Number, NumberRange, Rows, Table, Text,
    Texts, Whole, Word, Words,
};

/// The measures by name.
pub(super) const MEASURES: &[&str] = &[
    "csat",
    "nps",
    "ces",
    "rating",
    "gap",
    "kano",
    "importance",
    "choice",
    "multi",
    "text",
    "number",
    "checklist",
];
const SAMPLINGS: &[&str] = &["unknown", "random", "everyone_invited", "open_link", "everyone_answered"];
const PERIODS: &[&str] = &["day", "week", "month", "quarter", "half", "year"];
const HEADLINES: &[&str] = &["top_box", "mean", "index", "net", "nps", "gap"];
const AUDIENCES: &[&str] = &["team", "board", "customers"];
const LANGUAGES: &[&str] = &["en", "de", "fr", "es"];
/// The parts of the page of a report.
const SECTIONS: &[&str] = &[
    "glance",
    "findings",
    "trend",
    "groups",
    "distributions",
    "gaps",
    "priorities",
    "method",
    "tables",
    "clauses",
];
const THOUSANDS: &[&str] = &["", ",", ".", " ", "\u{a0}", "\u{202f}", "'", "’"];
const COUNT: Kind = Whole { min: 1, max: MOST };
const MOST: i64 = 1_000_000_000_000;
const POINT: Kind = Whole { min: -1_000_000, max: 1_000_000 };
const TARGET: Kind = Number { min: -1e9, max: 1e9 };

const fn key(path: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Key {
    Key { path, kind, or_table: false, default, doc }
}

const fn union(path: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Key {
    Key { path, kind, or_table: true, default, doc }
}

/// Every key.
pub(super) const KEYS: &[Key] = &[
    key("survey.title", Text, "none", "the title of the survey, at the head of every output"),
    key("survey.objective", Text, "none", "what the survey is for"),
    key(
        "survey.sampling",
        Word(SAMPLINGS),
        "unknown",
        "how respondents came in; decides what an interval may claim",
    ),
    key(
        "survey.population",
        COUNT,
        "not known",
        "how many customers there are in all; intervals narrow when most of them answered",
    ),
    key(
        "survey.confidence",
        Number { min: 0.5, max: 0.9999 },
        "0.95",
        "the confidence level of every interval",
    ),
    key("survey.flag_below", Whole { min: 0, max: MOST }, "30", "a figure with a base below this is flagged"),
    key(
        "survey.suppress_below",
        Whole { min: 0, max: MOST },
        "0",
        "a subgroup with a base below this is hidden",
    ),
    key("defaults.scale", Name, "satisfaction", "the scale of csat and rating questions that name none"),
    key("data.id", Column, "none", "the column that identifies the response"),
    key(
        "data.customer",
        Column,
        "none",
        "the column that identifies the respondent, who may answer several times",
    ),
    union("data.date", Column, "none", "the column with the date of the answer"),
    key("data.date.column", Column, "required here", "the column with the date of the answer"),
    key("data.date.format", Name, "found from the data", "how dates are written, such as `%d/%m/%Y`"),
    key("data.wave", Table, "no waves", "how the rows are split into waves"),
    key("data.wave.every", Word(PERIODS), "none", "one wave for each calendar period of the date"),
    key("data.wave.column", Column, "none", "the column that names the wave"),
    key(
        "data.wave.order",
        Codes,
        "numeric, else by code point",
        "the waves of that column from the first to the last",
    ),
    key(
        "data.fiscal_year_start",
        Whole { min: 1, max: 12 },
        "1",
        "the month in which the fiscal year starts",
    ),
    key(
        "data.fiscal_year_named",
        Word(&["end", "start"]),
        "end",
        "whether a fiscal year is named after the year in which it ends or starts",
    ),
    key("data.weight", Column, "none", "the column with the weight of the row"),
    key("data.missing", Codes, "[]", "cells that mean blank in every column; empty cells always do"),
    union("data.invited", COUNT, "response rate not known", "how many were invited, for the response rate"),
    union(
        "data.invited.*",
        COUNT,
        "none",
        "how many were invited in one wave, or a table by value of a segment",
    ),
    key("data.invited.*.*", COUNT, "none", "how many were invited in one value of a segment"),
    key("scale.*.min", POINT, "1", "the smallest point"),
    key("scale.*.max", POINT, "one point for each label, else 5", "the largest point"),
    key(
        "scale.*.top",
        Whole { min: 1, max: 1000 },
        "1 of up to 3 points, 2 of 4 to 9, 3 of 10 and more",
        "how many points at the best end are the top box",
    ),
    key("scale.*.best", Word(&["high", "low"]), "high", "which end of the scale is the best"),
    key(
        "scale.*.labels",
        Texts,
        "none",
        "one label for each point from min to max, accepted in the file like the numbers",
    ),
    key("scale.*.translations.*", Texts, "none", "the labels in another language, accepted in the file too"),
    key("scale.*.not_applicable", Codes, "[]", "cells that mean: does not apply to me"),
    key("scale.*.dont_know", Codes, "[]", "cells that mean: I do not know"),
    key("scale.*.missing", Codes, "[]", "further cells that mean blank on this scale"),
    key("question.*.measure", Word(MEASURES), "rating, or that of its block", "what the question measures"),
    key("question.*.text", Text, "the id", "the wording, shown as the label"),
    key(
        "question.*.column",
        Columns,
        "the id",
        "the column with the answers; of a list the first found is used",
    ),
    key(
        "question.*.scale",
        Name,
        "by measure",
        "the answer scale; for choice, multi and checklist its labels are the options",
    ),
    key("question.*.overall", Flag, "false", "whether this is the outcome that drivers explain"),
    key("question.*.headline", Word(HEADLINES), "by measure", "the figure on cards, gates and trends"),
    key("question.*.target", TARGET, "none", "the target, in the unit of the headline"),
    key("question.*.dimension", Name, "none", "the dimension the question belongs to"),
    key("question.*.better", Word(&["higher", "lower", "none"]), "by statistic", "which way is good"),
    key(
        "question.*.driver",
        Flag,
        "true for csat and rating",
        "whether it is a predictor of the overall question",
    ),
    key(
        "question.*.version",
        Whole { min: 1, max: 2 },
        "2",
        "the version of an effort question: 1 asks how much effort, 2 whether it was easy",
    ),
    key(
        "question.*.bridge",
        Flag,
        "false",
        "whether its waves are joined although an older definition asked it otherwise",
    ),
    key(
        "question.*.importance_of",
        Name,
        "`x` for the ids `x_importance` and `importance_x`",
        "the question whose importance an importance question asks",
    ),
    key("question.*.expectation", Columns, "required for gap", "the column with what was expected"),
    key("question.*.perception", Columns, "required for gap", "the column with what was perceived"),
    key("question.*.functional", Columns, "required for kano", "the column for the feature being there"),
    key("question.*.dysfunctional", Columns, "required for kano", "the column for the feature being absent"),
    union(
        "question.*.labels",
        Texts,
        "found in the data",
        "the options of choice, multi and checklist: a list, or a table by code",
    ),
    key("question.*.labels.*", Text, "none", "the label of one code"),
    key("question.*.separator", Text, ";", "what stands between the answers of a multi question in one cell"),
    key(
        "block.*.questions",
        Names,
        "required",
        "the questions of the block in column order: ids and ranges such as `q12..q20`",
    ),
    key("block.*.measure", Word(MEASURES), "rating", "what every question of the block measures"),
    key("block.*.scale", Name, "by measure", "the answer scale of every question of the block"),
    key("block.*.headline", Word(HEADLINES), "by measure", "the figure on cards, gates and trends"),
    key("block.*.target", TARGET, "none", "the target of every question of the block"),
    key("block.*.dimension", Name, "none", "the dimension of every question of the block"),
    key("block.*.better", Word(&["higher", "lower", "none"]), "by statistic", "which way is good"),
    key(
        "block.*.driver",
        Flag,
        "true for csat and rating",
        "whether its questions are predictors of the overall question",
    ),
    key("block.*.version", Whole { min: 1, max: 2 }, "2", "the version of the block's effort questions"),
    union(
        "block.*.labels",
        Texts,
        "found in the data",
        "the options of every question of the block: a list, or a table by code",
    ),
    key("block.*.labels.*", Text, "none", "the label of one code"),
    key("block.*.separator", Text, ";", "what stands between the answers of a multi question in one cell"),
    key("segment.*.column", Columns, "the id", "the column; of a list the first found is used"),
    key("segment.*.label", Text, "the id", "what the segment is called in reports"),
    key(
        "segment.*.labels.*",
        Text,
        "the value itself",
        "the label of one value; written order is shown order",
    ),
    key(
        "segment.*.age_from",
        Columns,
        "none",
        "the column with the year or date of birth; the segment is the age at the date of the answer",
    ),
    key(
        "segment.*.bands.*",
        NumberRange,
        "none",
        "the numbers of one band, such as `30..49`; both ends belong to it",
    ),
    key("segment.*.population.*", COUNT, "not known", "how many customers there are of one value"),
    key("dimension.*.label", Text, "the id", "what the dimension is called in reports"),
    key("dimension.*.weight", Number { min: 0.0, max: 1e9 }, "equal", "its weight in the weighted gap score"),
    union(
        "lookup",
        Rows,
        "none",
        "a list, such as one of customers, whose columns are brought to the answers",
    ),
    key(
        "lookup.file",
        Text,
        "required",
        "the file of the list, beside the definition; any format that is read",
    ),
    key("lookup.key", Column, "required", "the column of the answers by which the row of the list is found"),
    key("lookup.match", Column, "the name of `key`", "the column of the list that holds the same"),
    union(
        "lookup.columns",
        Columns,
        "all others",
        "the columns to bring, which then count as columns of the answers",
    ),
    key("lookup.columns.*", Column, "none", "the column of the list that gets this name beside the answers"),
    key(
        "lookup.leading_zeros",
        Word(&["keep", "ignore"]),
        "keep",
        "whether `007` and `7` are the same customer: `ignore`, or two",
    ),
    key("lookup.sheet", Name, "the first", "the sheet of a workbook: its name, or `#2`"),
    key("report.title", Text, "the title of the survey", "the title of the report"),
    key("report.for", Word(AUDIENCES), "team", "whom the report is for; picks its depth and what is hidden"),
    key("report.sections", Words(SECTIONS), "by audience", "the parts of the page, in their order"),
    key("report.language", Word(LANGUAGES), "en", "the language of the fixed texts"),
    key("report.number_format", Table, "by language", "how numbers are written"),
    key("report.number_format.decimal", Word(&[".", ","]), ".", "the decimal mark"),
    key("report.number_format.thousands", Word(THOUSANDS), "nothing", "what parts thousands"),
    key("report.logo", Text, "none", "the file with the logo, beside the definition; it is embedded"),
    key("report.logo_text", Text, "none", "what the logo shows, for those who do not see it"),
    key("report.accent", Colour, "by design", "the accent colour"),
    key("report.prepared_by", Text, "none", "who prepared the report"),
    key("report.approved_by", Text, "none", "who approved the report"),
    key("report.document_no", Text, "none", "the number of the document"),
    key("report.revision", Text, "none", "its revision"),
    key("report.distribution", Text, "none", "who gets it"),
    key("report.retention", Text, "none", "how long it is kept"),
    key("report.clauses", Table, "2018 and 2015", "the editions of the standards that the appendix maps"),
    key("report.clauses.iso_10004", Edition, "2018", "the edition of ISO 10004"),
    key("report.clauses.iso_9001", Edition, "2015", "the edition of ISO 9001"),
    key("gate", Rows, "none", "limits that `csat gate` checks besides the targets"),
    key("gate.name", Text, "the condition", "what the gate is called in outputs"),
    key(
        "gate.fail_if",
        Text,
        "none",
        "the condition under which the gate fails, such as `recommend.low < 20`",
    ),
    key(
        "gate.max_drop",
        Number { min: 0.0, max: 1e9 },
        "none",
        "how far a figure may move the wrong way before the gate fails, in its unit",
    ),
    key("gate.question", Name, "required with `max_drop`", "the question that may not fall further"),
    key("gate.statistic", Name, "the headline", "its figure"),
    key("gate.segment.*", Text, "everyone", "the value of a segment that the gate is about"),
    key(
        "gate.against",
        Word(&["previous", "last_year"]),
        "previous",
        "the wave that a drop is measured against: the one before, or the same a year earlier",
    ),
];
