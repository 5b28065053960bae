//! Every key of a definition, changed, changes the report, and in the part that the key is about.
//!
//! The cases are a table: the key, what stands in `data/every_key.toml`, what is written in its place, and the part
//! of the report that must change. What cannot stand beside the rest of that definition is written into it first
//! (`after`). That a case changes its own key and no other is checked on the parsed documents. The answers in
//! `data/every_key.csv` are made up.
//!
//! The part is `survey` or `notes` only for keys that name, describe or frame; a key that is declared but not analysed
//! yet has its note. Keys that only another command reads, or that only change how exports of survey tools are read, are
//! listed (`READ_ELSEWHERE`).

use std::collections::{BTreeMap, BTreeSet};

use csat::survey::{Key, Kind, keys};
use serde_json::Value;

use super::support::Workdir;

const DEFINITION: &str = include_str!("data/every_key.toml");
const ANSWERS: &str = include_str!("data/every_key.csv");

/// Customers with their tier, by several keys; made up.
const CUSTOMERS: &str = include_str!("data/every_key_list.csv");

const BARE: &str = include_str!("data/bare.toml");

/// A change of one key.
struct Mutation {
    key: &'static str,
    /// What is written first: other shapes of a key that cannot stand beside those of the definition.
    before: &'static [(&'static str, &'static str)],
    from: &'static str,
    to: &'static str,
    /// The part of the report that must change, as a JSON pointer.
    part: &'static str,
}

const fn case(key: &'static str, from: &'static str, to: &'static str, part: &'static str) -> Mutation {
    Mutation { key, before: &[], from, to, part }
}

impl Mutation {
    const fn after(self, before: &'static [(&'static str, &'static str)]) -> Self {
        Self { before, ..self }
    }
}

const PLAIN_DATE: &[(&str, &str)] =
    &[("date = { column = \"submitted_at\", format = \"%d/%m/%Y\" }", "date = \"answered_on\"")];
const NO_INVITED: (&str, &str) =
    ("invited = { \"FY2026-Q4\" = 40, \"FY2027-Q1\" = 50, \"FY2027-Q2\" = 60 }\n", "");
const INVITED_IN_ALL: &[(&str, &str)] =
    &[("invited = { \"FY2026-Q4\" = 40, \"FY2027-Q1\" = 50, \"FY2027-Q2\" = 60 }", "invited = 150")];
const INVITED_BY_REGION: &[(&str, &str)] = &[(
    "invited = { \"FY2026-Q4\" = 40, \"FY2027-Q1\" = 50, \"FY2027-Q2\" = 60 }",
    "invited.region = { North = 70, South = 80 }",
)];
const ROUNDS: &[(&str, &str)] = &[
    NO_INVITED,
    (
        "wave = { every = \"quarter\" }",
        "wave = { column = \"round\", order = [\"pilot\", \"spring\", \"autumn\"] }",
    ),
];
const ROUNDS_WITHOUT_ORDER: &[(&str, &str)] =
    &[NO_INVITED, ("wave = { every = \"quarter\" }", "wave = { column = \"round\" }")];

const ONE_A_CUSTOMER: &[(&str, &str)] = &[
    ("id = \"response_id\"", "id = \"customer_id\""),
    ("[defaults]\n", "[exclude]\nduplicate_ids = \"first\"\n\n[defaults]\n"),
];
const NO_LONG_WAITS: &[(&str, &str)] =
    &[("[defaults]\n", "[exclude]\nwhere = \"wait > 10\"\n\n[defaults]\n")];
const LONG_WAITS_WITH_REASON: &[(&str, &str)] =
    &[("[defaults]\n", "[exclude]\nwhere = { rule = \"wait > 10\", reason = \"too long\" }\n\n[defaults]\n")];
const BY_NUMBER: &[(&str, &str)] =
    &[("key = \"customer_id\"", "key = \"response_id\""), ("match = \"id\"", "match = \"number\"")];

// Targets of variables that the answers have; whatever the region, both cohorts answered.
const TARGETS: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\nmethod = \"raking\"\nmissing = \"own_category\"\nscale = \"base\"\nscope = \"wave\"\nvariance = \"linearised\"\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\ncohort = { a = 0.4, b = 0.6 }\n\n[dimension.assurance]",
)];
// Numbers of people that make a hundred read like percentages; then the file alone says how many people there are.
const TARGETS_OF_HUNDRED: &[(&str, &str)] = &[
    ("population = 90\n", ""),
    (
        "[dimension.assurance]",
        "[weighting]\nunit = \"count\"\nscale = \"population\"\n[weighting.targets]\nregion = { North = 50, South = 30, East = 20 }\ncohort = \"cohorts.csv\"\n\n[dimension.assurance]",
    ),
];
const NESTED_TARGETS: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\n[weighting.within.region.North.targets]\ncohort = { a = 0.3, b = 0.7 }\n\n[dimension.assurance]",
)];
const LOGIT: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\nmethod = \"logit\"\nlimits = { lower = 0.1, upper = 9 }\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\n\n[dimension.assurance]",
)];
// Rows that start from one weight: bounds on final weights would not hold for several in a cell.
const BOUNDS: &[(&str, &str)] = &[
    ("weight = \"w\"\n", ""),
    (
        "[dimension.assurance]",
        "[weighting]\nbounds = { upper = 1.3 }\nredistribute = \"once\"\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\n\n[dimension.assurance]",
    ),
];
const BOTH_BOUNDS: &[(&str, &str)] = &[
    ("weight = \"w\"\n", ""),
    (
        "[dimension.assurance]",
        "[weighting]\nbounds = { lower = 0.1, upper = 1.6 }\nredistribute = \"once\"\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\ncohort = { a = 0.4, b = 0.6 }\n\n[dimension.assurance]",
    ),
];
const BOUNDS_OF_EIGHTEEN: &[(&str, &str)] = &[
    ("weight = \"w\"\n", ""),
    (
        "[dimension.assurance]",
        "[weighting]\nbounds = { upper = 1.3, of = \"mean\" }\nredistribute = \"once\"\nscale = 18\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\n\n[dimension.assurance]",
    ),
];
const REDISTRIBUTED: &[(&str, &str)] = &[
    ("weight = \"w\"\n", ""),
    (
        "[dimension.assurance]",
        "[weighting]\nbounds = { lower = 0.1, upper = 1.2 }\nredistribute = \"once\"\n[weighting.targets]\nregion = { North = 0.5, South = 0.3, East = 0.2 }\ncohort = { a = 0.4, b = 0.6 }\n\n[dimension.assurance]",
    ),
];
// Categories that no bootstrap sample lacks.
const TOGETHER: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[construct.care]\nlabel = \"Care\"\nitems = [\"speed\", \"price\"]\nindex = \"mean\"\n[construct.other]\nitems = [\"q1\", \"q2\"]\n\n[path_model]\npaths = [\"care -> other\"]\n\n[question.overall_again]\nmeasure = \"csat\"\ncolumn = \"overall_2\"\nretest_of = \"overall\"\n\n[dimension.assurance]",
)];
const RESAMPLED: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\nvariance = \"bootstrap\"\n[weighting.targets]\ncohort = { a = 0.4, b = 0.6 }\n\n[dimension.assurance]",
)];
const BOOTSTRAP: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\nvariance = \"bootstrap\"\nreplicates = 50\n[weighting.targets]\ncohort = { a = 0.4, b = 0.6 }\n\n[dimension.assurance]",
)];
const UNANSWERED: &[(&str, &str)] = &[(
    "[dimension.assurance]",
    "[weighting]\nmissing = \"own_category\"\n[weighting.targets]\ncomment = { fine = 0.4, quick = 0.4, \"slow queue\" = 0.2 }\n\n[dimension.assurance]",
)];
const DESIGN: &[(&str, &str)] =
    &[("weight = \"w\"", "weight = \"w\"\nstratum = \"cohort\"\ncluster = \"visits\"")];
const SINGLE_PSU: &[(&str, &str)] = &[
    ("weight = \"w\"", "weight = \"w\"\nstratum = \"visits\"\ncluster = \"cohort\""),
    ("[dimension.assurance]", "[weighting]\nsingle_psu = \"certainty\"\n\n[dimension.assurance]"),
];

const MUTATIONS: &[Mutation] = &[
    case("exclude.duplicate_ids", "\"first\"", "\"last\"", "/estimates").after(ONE_A_CUSTOMER),
    case("exclude.where", "wait > 10", "wait > 5", "/ledger/excluded").after(NO_LONG_WAITS),
    case("exclude.where.rule", "wait > 10", "wait > 5", "/ledger/excluded").after(LONG_WAITS_WITH_REASON),
    case("exclude.where.reason", "too long", "far too long", "/sections").after(LONG_WAITS_WITH_REASON),
    case("survey.title", "\"Branches\"", "\"Offices\"", "/title"),
    case("survey.objective", "\"find what", "\"learn what", "/survey/objective"),
    case("survey.sampling", "\"random\"", "\"everyone_invited\"", "/notes"),
    case("survey.sampling", "\"random\"", "\"open_link\"", "/estimates"),
    case("survey.population", "population = 90", "population = 200", "/estimates"),
    case("survey.confidence", "0.95", "0.9", "/estimates"),
    case("survey.flag_below", "flag_below = 30", "flag_below = 10", "/estimates"),
    case("survey.suppress_below", "suppress_below = 0", "suppress_below = 5", "/estimates"),
    case("defaults.scale", "scale = \"satisfaction\"\n\n[data]", "scale = \"stars\"\n\n[data]", "/estimates"),
    case("data.id", "id = \"response_id\"\n", "", "/notes"),
    case("data.date", "\"answered_on\"", "\"closed_on\"", "/estimates").after(PLAIN_DATE),
    case("data.date.column", "\"submitted_at\"", "\"answered_on\"", "/estimates"),
    case("data.date.format", "%d/%m/%Y", "%m/%d/%Y", "/estimates"),
    case("data.wave", "wave = { every = \"quarter\" }\n", "", "/estimates").after(&[NO_INVITED]),
    case("data.wave.every", "\"quarter\"", "\"half\"", "/estimates").after(&[NO_INVITED]),
    case("data.wave.column", "\"round\"", "\"cohort\"", "/estimates").after(ROUNDS_WITHOUT_ORDER),
    case("data.wave.order", "\"spring\", \"autumn\"", "\"autumn\", \"spring\"", "/waves/found").after(ROUNDS),
    case("data.fiscal_year_start", "start = 4", "start = 7", "/waves/found"),
    case("data.fiscal_year_named", "\"end\"", "\"start\"", "/waves/found"),
    case("data.weight", "weight = \"w\"", "weight = \"w2\"", "/estimates"),
    case("data.missing", "missing = [\"NA\"]", "missing = [\"n/a\"]", "/ledger/questions"),
    case("data.decimal", "decimal = \".\"", "decimal = \",\"", "/estimates"),
    case("data.invited", "invited = 150", "invited = 300", "/survey/response_rate").after(INVITED_IN_ALL),
    case("data.invited.*", "\"FY2027-Q1\" = 50", "\"FY2027-Q1\" = 55", "/survey/response_rate"),
    case("data.invited.*.*", "North = 70", "North = 75", "/survey/response_rate").after(INVITED_BY_REGION),
    case("lookup", "match = \"id\"", "match = \"id_2\"", "/estimates").after(&[("[lookup]", "[[lookup]]")]),
    case("lookup.file", "\"customers.csv\"", "\"customers.json\"", "/estimates"),
    case("lookup.key", "key = \"customer_id\"", "key = \"response_id\"", "/ledger/lookups"),
    case("lookup.match", "match = \"id\"", "match = \"id_2\"", "/estimates"),
    case("lookup.columns", "[\"tier\"]", "[\"tier\", \"zone\"]", "/ledger/lookups"),
    case("lookup.columns.*", "\"tier\" }", "\"tier_2\" }", "/estimates")
        .after(&[("[\"tier\"]", "{ tier = \"tier\" }")]),
    case("lookup.leading_zeros", "\"ignore\"", "\"keep\"", "/estimates").after(BY_NUMBER),
    case("lookup.sheet", "\"first\"", "\"second\"", "/estimates")
        .after(&[("\"customers.csv\"", "\"customers.xlsx\"\nsheet = \"first\"")]),
    case("scale.*.min", "min = 1\nmax = 10", "min = 0\nmax = 10", "/estimates"),
    case("scale.*.max", "max = 10", "max = 9", "/estimates"),
    case("scale.*.points", "4, 7, 10]", "4, 8, 10]", "/estimates")
        .after(&[("min = 1\nmax = 10", "points = [1, 2, 3, 4, 7, 10]")]),
    case("scale.*.top", "top = 2", "top = 1", "/estimates"),
    case("scale.*.best", "\"high\"", "\"low\"", "/estimates"),
    case("scale.*.labels", "\"Satisfied\", \"Very", "\"Happy\", \"Very", "/ledger/questions"),
    case("scale.*.translations.*", "\"Sehr zufrieden\"]", "\"Begeistert\"]", "/ledger/questions"),
    case("scale.*.not_applicable", "not_applicable = [0]", "not_applicable = [-1]", "/ledger/questions"),
    case("scale.*.dont_know", "dont_know = [6,", "dont_know = [7,", "/ledger/questions"),
    case("scale.*.missing", "missing = [99]", "missing = [98]", "/ledger/questions"),
    case(
        "question.*.measure",
        "measure = \"csat\"\ntext",
        "measure = \"rating\"\ntext",
        "/survey/questions/0/measure",
    ),
    case("question.*.measure", "measure = \"importance\"", "measure = \"choice\"", "/estimates"),
    case("question.*.text", "are you?", "were you?", "/survey/questions/0/text"),
    case("question.*.label", "label = \"Overall\"", "label = \"In all\"", "/survey/questions/0/label"),
    case("question.*.base", "'a' or cohort = 'b'\"", "'a'\"", "/ledger/questions"),
    case("question.*.translations.*", "\"nights\"", "\"region_2\"", "/estimates"),
    case("question.*.column", "column = \"overall\"", "column = \"overall_2\"", "/estimates"),
    case("question.*.column", "\"clean_1\"", "\"clean_2\"", "/estimates"),
    case("question.*.scale", "\"agreement7\"", "\"agreement5\"", "/estimates"),
    case("question.*.overall", "overall = true", "overall = false", "/survey/questions/0/overall"),
    case("question.*.headline", "\"top_box\"", "\"net\"", "/estimates"),
    case("question.*.target", "target = 70", "target = 99", "/estimates"),
    case(
        "question.*.dimension",
        "dimension = \"assurance\"",
        "dimension = \"service\"",
        "/survey/questions/5/dimension",
    ),
    case("question.*.better", "better = \"lower\"", "better = \"higher\"", "/estimates"),
    case(
        "question.*.driver",
        "scale = \"agreement7\"\ndriver = true",
        "scale = \"agreement7\"\ndriver = false",
        "/survey/questions/2/driver",
    ),
    case("question.*.version", "version = 1\nbetter", "version = 2\nbetter", "/estimates"),
    case("question.*.expectation", "\"staff_expected\"", "\"staff_hoped\"", "/estimates"),
    case("question.*.perception", "\"staff_perceived\"", "\"staff_seen\"", "/estimates"),
    case("question.*.planned", "planned = 6", "planned = 6.5", "/sections"),
    case("question.*.delivered", "delivered = 5.5", "delivered = 5", "/sections"),
    case("question.*.disconfirmation", "disconfirmation = true", "disconfirmation = false", "/sections"),
    case("question.*.functional", "\"app_with\"", "\"app_2\"", "/survey/questions/6/columns"),
    case("question.*.evaluation", "evaluation = \"usual\"", "evaluation = \"strict\"", "/sections"),
    case("question.*.dysfunctional", "\"app_without\"", "\"app_3\"", "/sections"),
    case("question.*.labels", "\"Cash machine\", \"App\"]", "\"Cash machine\"]", "/estimates"),
    case("question.*.labels.*", ", X = \"Something else\"", "", "/estimates"),
    case("question.*.labels_in.*", "[\"a\", \"zweite\"]", "[\"erste\", \"a\"]", "/estimates"),
    case("question.*.labels_in.*.*", "2 = \"b\"", "2 = \"deux\"", "/estimates"),
    case("question.*.separator", "separator = \";\"", "separator = \"|\"", "/estimates"),
    case("question.*.missing", "missing = [\"nothing\"]", "missing = [\"App\"]", "/estimates")
        .after(&[("\"Cash machine\", \"App\"]", "\"Cash machine\"]")]),
    case("block.*.questions", "\"q1..q2\"", "\"q1..q3\"", "/estimates"),
    case(
        "block.*.measure",
        "measure = \"csat\"\nscale",
        "measure = \"rating\"\nscale",
        "/survey/questions/13/measure",
    ),
    case("block.*.base", "'b' or cohort = 'a'\"", "'b'\"", "/ledger/kept"),
    case("block.*.scale", "scale = \"satisfaction\"\nheadline", "scale = \"stars\"\nheadline", "/estimates"),
    case("block.*.headline", "headline = \"mean\"", "headline = \"index\"", "/estimates"),
    case("block.*.target", "target = 3.5", "target = 4.9", "/estimates"),
    case(
        "block.*.dimension",
        "dimension = \"service\"\nbetter",
        "dimension = \"assurance\"\nbetter",
        "/survey/questions/13/dimension",
    ),
    case("block.*.better", "\"higher\"\ndriver", "\"lower\"\ndriver", "/estimates"),
    case(
        "block.*.driver",
        "\"higher\"\ndriver = true",
        "\"higher\"\ndriver = false",
        "/survey/questions/13/driver",
    ),
    case("block.*.version", "version = 1\n\n[block", "version = 2\n\n[block", "/estimates"),
    case("block.*.labels", "\"Phone\", \"App\"]", "\"Phone\"]", "/estimates"),
    case("block.*.labels.*", ", c = \"Time\"", "", "/estimates"),
    case("block.*.separator", "separator = \",\"", "separator = \";\"", "/estimates"),
    case("block.*.missing", "missing = [\"none\"]", "missing = [\"c\"]", "/estimates")
        .after(&[(", c = \"Time\"", "")]),
    case("segment.*.column", "column = \"region\"", "column = \"region_2\"", "/estimates"),
    case("segment.*.label", "\"Region of the branch\"", "\"Region\"", "/survey/segments/0/label"),
    case("segment.*.labels.*", "\"East\"", "\"Ost\"", "/estimates"),
    case("segment.*.labels_in.*.*", "1 = \"a\"", "1 = \"b\"", "/estimates")
        .after(&[("column = \"region\"", "column = \"cohort\""), ("1 = \"Nord\"", "1 = \"a\"")]),
    case("segment.*.age_from", "\"birth\"", "\"birth_2\"", "/estimates"),
    case("segment.*.bands.*", "\"..29\"", "\"..25\"", "/estimates"),
    case("segment.*.population.*", "South = 70", "South = 500", "/estimates"),
    case("data.stratum", "stratum = \"cohort\"", "stratum = \"checked\"", "/estimates").after(DESIGN),
    case("data.cluster", "cluster = \"visits\"", "cluster = \"ease\"", "/estimates").after(DESIGN),
    case("weighting.targets.*", "North = 0.5", "North = 0.501", "/estimates").after(TARGETS),
    case("weighting.within.*.*.targets.*", "a = 0.3", "a = 0.302", "/estimates").after(NESTED_TARGETS),
    case("weighting.unit", "unit = \"count\"", "unit = \"percent\"", "/estimates").after(TARGETS_OF_HUNDRED),
    case("weighting.method", "method = \"raking\"", "method = \"linear\"", "/estimates").after(TARGETS),
    case(
        "weighting.limits",
        "limits = { lower = 0.1, upper = 9 }",
        "limits = { lower = 0.2, upper = 8 }",
        "/estimates",
    )
    .after(LOGIT),
    case("weighting.limits.lower", "lower = 0.1", "lower = 0.2", "/estimates").after(LOGIT),
    case("weighting.limits.upper", "upper = 9", "upper = 8", "/estimates").after(LOGIT),
    case("weighting.missing", "\"own_category\"", "\"exclude\"", "/ledger/excluded").after(UNANSWERED),
    case("weighting.scale", "scale = \"base\"", "scale = 500", "/estimates").after(TARGETS),
    case("weighting.scope", "scope = \"wave\"", "scope = \"all\"", "/estimates").after(TARGETS),
    case("weighting.bounds", "bounds = { upper = 1.3 }", "bounds = { upper = 1.4 }", "/estimates")
        .after(BOUNDS),
    case("weighting.bounds.lower", "lower = 0.1,", "lower = 0.8,", "/estimates").after(BOTH_BOUNDS),
    case("weighting.bounds.upper", "upper = 1.3", "upper = 1.4", "/estimates").after(BOUNDS),
    case("weighting.bounds.of", "of = \"mean\"", "of = \"weight\"", "/estimates").after(BOUNDS_OF_EIGHTEEN),
    case("weighting.redistribute", "redistribute = \"once\"", "redistribute = \"repeat\"", "/estimates")
        .after(REDISTRIBUTED),
    case("weighting.single_psu", "\"certainty\"", "\"adjust\"", "/estimates").after(SINGLE_PSU),
    case("weighting.variance", "\"bootstrap\"", "\"linearised\"", "/estimates").after(RESAMPLED),
    case("weighting.replicates", "replicates = 50", "replicates = 60", "/estimates").after(BOOTSTRAP),
    case("question.*.retest_of", "retest_of = \"overall\"\n", "", "/sections").after(TOGETHER),
    case("construct.*.label", "label = \"Care\"", "label = \"Attention\"", "/sections").after(TOGETHER),
    case("construct.*.items", "[\"q1\", \"q2\"]", "[\"q1\", \"price\"]", "/sections").after(TOGETHER),
    case("construct.*.index", "index = \"mean\"", "index = \"first_component\"", "/sections").after(TOGETHER),
    case("path_model.paths", "care -> other", "other -> care", "/sections").after(TOGETHER),
    case("dimension.*.label", "\"Assurance\"", "\"Trust\"", "/survey/dimensions"),
    case("dimension.*.weight", "weight = 0.19\n", "", "/sections"),
];

/// Keys, or tables of keys, that change no report of `analyze`, with the command that reads them.
const READ_ELSEWHERE: &[(&str, &str)] = &[
    ("question.*.bridge", "lint, trend"),
    ("question.*.importance_of", "report"),
    // They need rows, or a file beside the definition: tested in `gap.rs`.
    ("question.*.adequate", "gap"),
    ("dimension.*.points", "gap"),
    ("gaps", "gap"),
    ("data.customer", "quality"),
    ("data.personal", "import"),
    ("data.personal_not", "import"),
    ("report", "report"),
    // Importance is told where it is rated too: tested in `priorities.rs`.
    ("priorities", "report"),
    ("gate", "gate"),
    // Only exports of survey tools tell these rows: tested in `exclude.rs`.
    ("exclude.partial", "analyze"),
    ("exclude.test", "analyze"),
    ("quality", "quality"),
    ("complaints", "complaints"),
    // Each is changed in `promises_kept.rs`.
    ("promises", "promises"),
    ("disputes", "disputes"),
    ("indicators", "indicators"),
    // They need items by clause, or a row an item: tested in `checklist.rs`.
    ("question.*.clause", "analyze"),
    ("question.*.evidence", "analyze"),
    ("question.*.owner", "analyze"),
    ("checklist", "analyze"),
];

/// Documented defaults: the key, what stands in `data/bare.toml`, and the same with the default written out.
const DEFAULTS: &[(&str, &str, &str)] = &[
    ("survey.sampling", "[survey]", "sampling = \"unknown\""),
    ("survey.confidence", "[survey]", "confidence = 0.95"),
    ("survey.flag_below", "[survey]", "flag_below = 30"),
    ("survey.suppress_below", "[survey]", "suppress_below = 0"),
    ("defaults.scale", "[defaults]", "scale = \"satisfaction\""),
    ("data.fiscal_year_start", "[data]", "fiscal_year_start = 1"),
    ("data.fiscal_year_named", "[data]", "fiscal_year_named = \"end\""),
    ("data.decimal", "[data]", "decimal = \"auto\""),
    ("data.missing", "[data]", "missing = [\"\"]"),
    ("scale.*.min", "[scale.stars]", "min = 1"),
    ("scale.*.max", "[scale.five]", "max = 5"),
    ("scale.*.max", "[scale.grades]", "max = 3"),
    ("scale.*.top", "[scale.stars]", "top = 3"),
    ("scale.*.top", "[scale.five]", "top = 2"),
    ("scale.*.top", "[scale.grades]", "top = 1"),
    ("scale.*.best", "[scale.stars]", "best = \"high\""),
    ("question.*.measure", "[question.clean]", "measure = \"rating\""),
    ("question.*.text", "[question.overall]", "text = \"overall\""),
    ("question.*.column", "[question.overall]", "column = \"overall\""),
    ("question.*.scale", "[question.overall]", "scale = \"satisfaction\""),
    ("question.*.scale", "[question.recommend]", "scale = \"recommend\""),
    ("question.*.scale", "[question.ease]", "scale = \"agreement7\""),
    ("question.*.scale", "[question.effort]", "scale = \"effort5\""),
    ("question.*.scale", "[question.staff]", "scale = \"agreement7\""),
    ("question.*.scale", "[question.fees_matter]", "scale = \"importance5\""),
    ("question.*.overall", "[question.overall]", "overall = false"),
    ("question.*.headline", "[question.overall]", "headline = \"top_box\""),
    ("question.*.headline", "[question.clean]", "headline = \"top_box\""),
    ("question.*.headline", "[question.recommend]", "headline = \"nps\""),
    ("question.*.headline", "[question.ease]", "headline = \"top_box\""),
    ("question.*.headline", "[question.staff]", "headline = \"gap\""),
    ("question.*.headline", "[question.fees_matter]", "headline = \"mean\""),
    ("question.*.headline", "[question.wait]", "headline = \"mean\""),
    ("question.*.better", "[question.wait]", "better = \"none\""),
    ("question.*.better", "[question.overall]", "better = \"higher\""),
    ("question.*.driver", "[question.overall]", "driver = true"),
    ("question.*.driver", "[question.clean]", "driver = true"),
    ("question.*.driver", "[question.ease]", "driver = false"),
    ("question.*.version", "[question.ease]", "version = 2"),
    ("question.*.separator", "[question.services]", "separator = \";\""),
    ("question.*.missing", "[question.services]", "missing = []"),
    ("block.*.measure", "[block.attributes]", "measure = \"rating\""),
    ("block.*.driver", "[block.attributes]", "driver = true"),
    ("segment.*.column", "[segment.region]", "column = \"region\""),
    ("segment.*.label", "[segment.region]", "label = \"region\""),
    ("dimension.*.label", "[dimension.service]", "label = \"service\""),
];

#[test]
fn a_documented_default_that_is_written_changes_nothing() {
    let workdir = Workdir::new();
    files(&workdir);
    let bare = report(&workdir, BARE);
    assert!(bare.is_object(), "{bare}");
    for (key, table, line) in DEFAULTS {
        let written = replaced(BARE, table, &format!("{table}\n{line}"));
        assert_eq!(other_keys(key, BARE, &written), [""; 0]);
        let report = report(&workdir, &written);
        assert_eq!(report, bare, "{key}: {line}");
    }
}

#[test]
fn every_key_changed_changes_the_report_where_it_should() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let some = |mutations: &'static [Mutation]| {
        let workdir = Workdir::new();
        files(&workdir);
        let mut reports = BTreeMap::new();
        mutations.iter().flat_map(|mutation| faults_of(mutation, &workdir, &mut reports)).collect::<Vec<_>>()
    };
    let faults: Vec<String> = std::thread::scope(|scope| {
        let parts = MUTATIONS.chunks(MUTATIONS.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || some(part))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_key_has_a_mutation() {
    let paths = |keys: &mut dyn Iterator<Item = &'static str>| keys.collect::<BTreeSet<_>>();
    let elsewhere = |path: &str| {
        READ_ELSEWHERE.iter().any(|(table, _)| {
            path.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let there = paths(&mut keys().iter().map(|key| key.path).filter(|path| !elsewhere(path)));
    let changed = paths(&mut MUTATIONS.iter().map(|mutation| mutation.key));
    assert_eq!(there.difference(&changed).collect::<Vec<_>>(), [&""; 0], "keys without a mutation");
    assert_eq!(changed.difference(&there).collect::<Vec<_>>(), [&""; 0], "mutations of no key");
}

/// The statistics that a definition may name are those that the report has.
#[test]
fn the_statistics_of_a_measure_are_those_of_the_report() {
    let workdir = Workdir::new();
    files(&workdir);
    let report = report(&workdir, DEFINITION);
    let measure = |id: &Value| {
        let questions = report["survey"]["questions"].as_array().unwrap();
        questions.iter().find(|question| question["id"] == *id).unwrap()["measure"].as_str().unwrap()
    };
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for estimate in report["estimates"].as_array().unwrap() {
        let statistic = estimate["statistic"].as_str().unwrap();
        let name = if statistic.starts_with("share:") { "share" } else { statistic };
        found.entry(measure(&estimate["question"])).or_default().insert(name);
    }
    for (measure, name) in csat::survey::Measure::ALL {
        let mut named: BTreeSet<&str> = measure.statistics().iter().copied().collect();
        named.extend(measure.has_shares().then_some("share"));
        assert_eq!(found.get(name).cloned().unwrap_or_default(), named, "{name}");
    }
}

#[test]
fn the_definition_that_is_changed_has_no_complaints() {
    let parsed = csat::survey::parse(DEFINITION.as_bytes(), "every_key.toml").unwrap();
    assert_eq!(parsed.notes, []);
}

/// The answers, and the lists of customers that mutations bring to them.
fn files(workdir: &Workdir) {
    workdir.file("answers.csv", ANSWERS);
    workdir.file("customers.csv", CUSTOMERS);
    workdir.file("cohorts.csv", "cohort,count\na,40.2\nb,60.2\n");
    let other = CUSTOMERS.replace("id,id_2,number,tier,tier_2,", "id,id_2,number,tier_2,tier,");
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, text) in [("first", CUSTOMERS), ("second", &other)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                sheet
                    .write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell)
                    .unwrap();
            }
        }
    }
    book.save(workdir.path().join("customers.xlsx")).unwrap();
    let records: Vec<Value> = other
        .lines()
        .skip(1)
        .map(|line| {
            let names = other.lines().next().unwrap().split(',').map(str::to_owned);
            names.zip(line.split(',').map(Value::from)).collect()
        })
        .collect();
    workdir.file("customers.json", Value::Array(records).to_string());
}

/// What is wrong with a mutation, or with the key that it changes; reports are kept by their definition.
fn faults_of(mutation: &Mutation, workdir: &Workdir, reports: &mut BTreeMap<String, Value>) -> Vec<String> {
    let Mutation { key, from, to, part, .. } = mutation;
    let mut base = DEFINITION.to_owned();
    for (from, to) in mutation.before {
        base = replaced(&base, from, to);
    }
    let mutated = replaced(&base, from, to);
    let others = other_keys(key, &base, &mutated);
    if !others.is_empty() {
        return others;
    }
    let mut parts = Vec::new();
    for text in [base, mutated] {
        let report = reports.entry(text).or_insert_with_key(|text| report(workdir, text));
        match report.pointer(part) {
            Some(part) => parts.push(part.clone()),
            None => return vec![format!("{key}, {from} -> {to}: no {part} in {report}")],
        }
    }
    if parts[0] == parts[1] {
        return vec![format!("{key}, {from} -> {to}: changes nothing in {part}")];
    }
    Vec::new()
}

/// The JSON report of a definition, without the definition's hash and the seal, which every change changes; else
/// the complaint.
fn report(workdir: &Workdir, definition: &str) -> Value {
    workdir.file("survey.toml", definition);
    let run = workdir.run(&["analyze", "answers.csv", "--wave", "all", "--format", "json"]);
    if run.code != 0 {
        return Value::String(run.stderr);
    }
    let mut report = run.report();
    report["provenance"]["definition"] = Value::Null;
    report["provenance"]["seal"] = Value::Null;
    // A limit that is written holds for every audience, whatever it is, and the report says so.
    if let Some(survey) = report["survey"].as_object_mut() {
        survey.shift_remove("suppress_below_declared");
    }
    report
}

/// The text with its one occurrence of `from` replaced.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands exactly once in the definition");
    text.replacen(from, to, 1)
}

/// Complaints about what a mutation changes besides its key.
fn other_keys(key: &str, base: &str, mutated: &str) -> Vec<String> {
    let (base, mutated) = (leaves(base), leaves(mutated));
    let differ = |path: &&Vec<String>| base.get(*path) != mutated.get(*path);
    let paths: BTreeSet<&Vec<String>> = base.keys().chain(mutated.keys()).filter(differ).collect();
    if paths.is_empty() {
        return vec![format!("{key}: the mutation changes no key")];
    }
    let others = paths.into_iter().filter(|path| !is_at(key, path));
    others.map(|path| format!("{key}: the mutation changes {}", path.join("."))).collect()
}

/// Whether a path of a document is that of the key; a table stands for all that is in it.
fn is_at(key: &str, path: &[String]) -> bool {
    let key: &Key = keys().iter().find(|known| known.path == key).unwrap_or_else(|| panic!("no key {key}"));
    let parts: Vec<&str> = key.parts().collect();
    let long_enough = if matches!(key.kind, Kind::Table | Kind::Targets) {
        path.len() >= parts.len()
    } else {
        path.len() == parts.len()
    };
    long_enough && parts.iter().zip(path).all(|(part, name)| *part == "*" || part == name)
}

/// Every value of a document by its path.
fn leaves(text: &str) -> BTreeMap<Vec<String>, toml::Value> {
    fn walk(table: &toml::Table, path: &[String], found: &mut BTreeMap<Vec<String>, toml::Value>) {
        for (name, value) in table {
            let path = [path, std::slice::from_ref(name)].concat();
            match value {
                toml::Value::Table(table) => walk(table, &path, found),
                value => {
                    found.insert(path, value.clone());
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&text.parse().unwrap(), &[], &mut found);
    found
}
