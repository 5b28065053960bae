//! Every documented key changes what is parsed.

use std::collections::BTreeSet;

use csat::survey;

use super::{FULL, survey_of};

const WAYS: &str =
    "[question.way]\nmeasure = \"choice\"\nlabels = [\"b\"]\n[segment.side]\nlabels = { 1 = \"b\" }\n";

const LOGIT: &str = "[weighting]\nmethod = \"logit\"\nlimits = { lower = 0.3, upper = 3 }\n";

/// Every documented key changes what is parsed: a key that changes nothing would be a promise not kept.
#[test]
fn every_key_changes_the_survey() {
    // Key, where it is set, its value, and what must be there besides.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("survey.title", "survey.title", "\"Another\"", ""),
        ("survey.objective", "survey.objective", "\"Another\"", ""),
        ("survey.sampling", "survey.sampling", "\"random\"", ""),
        ("survey.population", "survey.population", "5", ""),
        ("survey.confidence", "survey.confidence", "0.9", ""),
        ("survey.flag_below", "survey.flag_below", "31", ""),
        ("survey.suppress_below", "survey.suppress_below", "1", ""),
        ("defaults.scale", "defaults.scale", "\"agreement5\"", ""),
        ("data.id", "data.id", "\"other\"", ""),
        ("data.customer", "data.customer", "\"other\"", ""),
        ("data.date", "data.date", "\"other\"", ""),
        ("data.date.column", "data.date", "{ column = \"other\" }", ""),
        ("data.date.format", "data.date", "{ column = \"submitted_at\", format = \"%d/%m/%Y\" }", ""),
        ("data.wave", "data.wave", "{ every = \"year\" }", ""),
        ("data.wave.every", "data.wave.every", "\"week\"", ""),
        ("data.wave.column", "data.wave", "{ column = \"round\" }", ""),
        (
            "data.wave.order",
            "data.wave",
            "{ column = \"round\", order = [2, 1] }",
            "[data]\nwave = { column = \"round\" }",
        ),
        ("data.fiscal_year_start", "data.fiscal_year_start", "4", ""),
        ("data.fiscal_year_named", "data.fiscal_year_named", "\"start\"", ""),
        ("data.weight", "data.weight", "\"other\"", ""),
        ("data.stratum", "data.stratum", "\"zone\"", ""),
        ("data.cluster", "data.cluster", "\"branch\"", ""),
        ("data.missing", "data.missing", "[\"\"]", ""),
        ("data.decimal", "data.decimal", "\",\"", ""),
        ("data.personal", "data.personal", "[\"nickname\"]", ""),
        ("data.personal_not", "data.personal_not", "[\"address\"]", ""),
        ("data.invited", "data.invited", "6401", ""),
        ("data.invited.*", "data.invited", "{ \"2026-Q1\" = 5 }", ""),
        ("data.invited.*.*", "data.invited", "{ region = { North = 5 } }", ""),
        ("scale.*.min", "scale.five.min", "0", ""),
        ("scale.*.max", "scale.five.max", "7", ""),
        ("scale.*.points", "scale.marks.points", "[1, 2, 3, 4, 6]", ""),
        ("scale.*.top", "scale.satisfaction.top", "1", ""),
        ("scale.*.best", "scale.satisfaction.best", "\"low\"", ""),
        ("scale.*.labels", "scale.five.labels", "[\"a\", \"b\", \"c\", \"d\", \"e\"]", ""),
        (
            "scale.*.translations.*",
            "scale.satisfaction.translations.xx",
            "[\"a\", \"b\", \"c\", \"d\", \"e\"]",
            "",
        ),
        ("scale.*.not_applicable", "scale.satisfaction.not_applicable", "[9]", ""),
        ("scale.*.dont_know", "scale.satisfaction.dont_know", "[9]", ""),
        ("scale.*.missing", "scale.satisfaction.missing", "[9]", ""),
        ("question.*.measure", "question.overall.measure", "\"rating\"", ""),
        ("question.*.text", "question.overall.text", "\"Another\"", ""),
        ("question.*.label", "question.overall.label", "\"Another\"", ""),
        ("question.*.translations.*", "question.overall.translations.xx", "\"Another\"", ""),
        ("question.*.base", "question.overall.base", "\"ease > 3\"", ""),
        ("question.*.labels_in.*", "question.way.labels_in.xx", "[\"a\"]", WAYS),
        ("question.*.labels_in.*.*", "question.way.labels_in.xx", "{ 1 = \"a\" }", WAYS),
        ("segment.*.labels_in.*.*", "segment.side.labels_in.xx", "{ 1 = \"a\" }", WAYS),
        ("block.*.base", "block.efforts.base", "\"ease > 3\"", ""),
        ("question.*.column", "question.overall.column", "[\"a\", \"b\"]", ""),
        ("question.*.scale", "question.overall.scale", "\"agreement5\"", ""),
        ("question.*.overall", "question.overall.overall", "false", ""),
        ("question.*.headline", "question.overall.headline", "\"index\"", ""),
        ("question.*.target", "question.overall.target", "81", ""),
        ("question.*.dimension", "question.overall.dimension", "\"assurance\"", ""),
        ("question.*.better", "question.overall.better", "\"lower\"", ""),
        ("question.*.driver", "question.overall.driver", "false", ""),
        ("question.*.version", "question.ease.version", "1", ""),
        ("question.*.evaluation", "question.app.evaluation", "\"strict\"", ""),
        ("question.*.bridge", "question.overall.bridge", "true", ""),
        ("question.*.importance_of", "question.matter.importance_of", "\"price\"", ""),
        ("question.*.retest_of", "question.q13.retest_of", "\"q12\"", ""),
        ("question.*.expectation", "question.staff.expectation", "\"other\"", ""),
        ("question.*.perception", "question.staff.perception", "[\"other\"]", ""),
        ("question.*.adequate", "question.staff.adequate", "\"other\"", ""),
        ("question.*.planned", "question.staff.planned", "6.5", ""),
        ("question.*.delivered", "question.staff.delivered", "5", ""),
        ("question.*.disconfirmation", "question.overall.disconfirmation", "true", ""),
        ("question.*.functional", "question.app.functional", "\"other\"", ""),
        ("question.*.dysfunctional", "question.app.dysfunctional", "\"other\"", ""),
        ("question.*.labels", "question.pick.labels", "[\"x\", \"y\"]", ""),
        ("question.*.labels.*", "question.pick.labels", "{ a = \"x\" }", ""),
        ("question.*.separator", "question.pick.separator", "\",\"", ""),
        ("question.*.missing", "question.pick.missing", "[\"none\", 9]", ""),
        ("block.*.questions", "block.attributes.questions", "[\"speed\"]", ""),
        ("block.*.measure", "block.attributes.measure", "\"rating\"", ""),
        ("block.*.scale", "block.attributes.scale", "\"agreement5\"", ""),
        ("block.*.headline", "block.attributes.headline", "\"net\"", ""),
        ("block.*.target", "block.attributes.target", "50", ""),
        ("block.*.dimension", "block.attributes.dimension", "\"assurance\"", ""),
        ("block.*.better", "block.attributes.better", "\"none\"", ""),
        ("block.*.driver", "block.attributes.driver", "false", ""),
        ("block.*.version", "block.efforts.version", "1", ""),
        ("block.*.labels", "block.picks.labels", "[\"x\", \"y\"]", ""),
        ("block.*.labels.*", "block.picks.labels", "{ a = \"x\" }", ""),
        ("block.*.separator", "block.picks.separator", "\",\"", ""),
        ("block.*.missing", "block.picks.missing", "[9]", ""),
        ("segment.*.column", "segment.region.column", "\"other\"", ""),
        ("segment.*.label", "segment.region.label", "\"Another\"", ""),
        ("segment.*.labels.*", "segment.region.labels.1", "\"East\"", ""),
        ("segment.*.age_from", "segment.age.age_from", "\"other\"", ""),
        ("segment.*.bands.*", "segment.age.bands.\"50 and over\"", "\"50..99\"", ""),
        ("segment.*.population.*", "segment.region.population.North", "5", ""),
        ("dimension.*.label", "dimension.assurance.label", "\"Another\"", ""),
        ("dimension.*.weight", "dimension.assurance.weight", "0.2", ""),
        ("construct.*.label", "construct.care.label", "\"Another\"", ""),
        ("construct.*.items", "construct.care.items", "[\"speed\"]", ""),
        ("construct.*.index", "construct.care.index", "\"mean\"", ""),
        ("path_model.paths", "path_model.paths", "[\"cost -> care\"]", ""),
        ("dimension.*.points", "dimension.assurance.points", "\"other\"", ""),
        ("gaps.delivered", "gaps.delivered", "\"measured.csv\"", ""),
        ("report.title", "report.title", "\"Another\"", ""),
        ("report.for", "report.for", "\"board\"", ""),
        ("report.sections", "report.sections", "[\"glance\", \"method\"]", ""),
        ("report.language", "report.language", "\"de\"", ""),
        ("report.number_format", "report.number_format", "{ decimal = \".\" }", ""),
        ("report.number_format.decimal", "report.number_format.decimal", "\",\"", ""),
        ("report.number_format.thousands", "report.number_format.thousands", "\" \"", ""),
        ("report.logo", "report.logo", "\"logo.svg\"", ""),
        ("report.logo_text", "report.logo_text", "\"Another\"", ""),
        ("report.accent", "report.accent", "\"#0B6E4F\"", ""),
        ("report.prepared_by", "report.prepared_by", "\"Another\"", ""),
        ("report.approved_by", "report.approved_by", "\"Another\"", ""),
        ("report.document_no", "report.document_no", "\"Another\"", ""),
        ("report.revision", "report.revision", "\"Another\"", ""),
        ("report.distribution", "report.distribution", "\"Another\"", ""),
        ("report.retention", "report.retention", "\"Another\"", ""),
        ("report.clauses", "report.clauses", "{ iso_10004 = \"2012\" }", ""),
        ("report.clauses.iso_10004", "report.clauses.iso_10004", "\"2012\"", ""),
        ("report.clauses.iso_9001", "report.clauses.iso_9001", "\"2026\"", ""),
        ("exclude.duplicate_ids", "exclude.duplicate_ids", "\"last\"", ""),
        ("exclude.partial", "exclude.partial", "true", ""),
        ("exclude.test", "exclude.test", "false", ""),
        ("exclude.where", "exclude.where", "[\"a < 3\", \"b = 1\"]", ""),
        ("exclude.where.rule", "exclude.where", "{ rule = \"a < 3\" }", ""),
        ("exclude.where.reason", "exclude.where", "[{ rule = \"a < 3\", reason = \"fast\" }]", ""),
        ("lookup", "lookup", "[]", ""),
        ("lookup.file", "lookup.file", "\"b.csv\"", ""),
        ("lookup.key", "lookup.key", "\"other\"", ""),
        ("lookup.match", "lookup.match", "\"other\"", ""),
        ("lookup.columns", "lookup.columns", "[\"a\", \"b\"]", ""),
        ("lookup.columns.*", "lookup.columns", "{ a = \"b\" }", ""),
        ("lookup.leading_zeros", "lookup.leading_zeros", "\"ignore\"", ""),
        ("lookup.sheet", "lookup.sheet", "\"Customers\"", ""),
        ("gate", "gate", "[]", ""),
        ("gate.name", "gate", "[{ question = \"overall\", max_drop = 5, name = \"x\" }]", ""),
        ("gate.fail_if", "gate", "[{ fail_if = \"nps.low < 20\" }]", ""),
        ("gate.max_drop", "gate", "[{ question = \"overall\", max_drop = 6 }]", ""),
        ("gate.question", "gate", "[{ question = \"recommend\", max_drop = 5 }]", ""),
        ("gate.statistic", "gate", "[{ question = \"overall\", max_drop = 5, statistic = \"mean\" }]", ""),
        (
            "gate.segment.*",
            "gate",
            "[{ question = \"overall\", max_drop = 5, segment = { region = \"North\" } }]",
            "",
        ),
        ("gate.against", "gate", "[{ question = \"overall\", max_drop = 5, against = \"last_year\" }]", ""),
        ("priorities.crosshair", "priorities.crosshair", "\"medians\"", ""),
        ("priorities.performance", "priorities.performance", "70", ""),
        ("priorities.importance", "priorities.importance", "60", ""),
        ("quality.duration", "quality.duration", "\"secs\"", ""),
        ("quality.fast_seconds", "quality.fast_seconds", "20", ""),
        ("quality.fast_share", "quality.fast_share", "0.4", ""),
        ("quality.started", "quality.started", "\"begun\"", ""),
        ("quality.contradictions", "quality.contradictions", "[\"overall = 1\"]", ""),
        ("quality.disposition", "quality.disposition", "\"other\"", ""),
        ("quality.dispositions.complete", "quality.dispositions.complete", "[1]", ""),
        ("quality.dispositions.partial", "quality.dispositions.partial", "[1]", ""),
        ("quality.dispositions.refusal", "quality.dispositions.refusal", "[1]", ""),
        ("quality.dispositions.non_contact", "quality.dispositions.non_contact", "[1]", ""),
        ("quality.dispositions.other", "quality.dispositions.other", "[1]", ""),
        ("quality.dispositions.unknown", "quality.dispositions.unknown", "[1]", ""),
        ("quality.dispositions.not_eligible", "quality.dispositions.not_eligible", "[1]", ""),
        ("quality.disposition_counts.complete", "quality", "{ disposition_counts = { complete = 5 } }", ""),
        ("quality.disposition_counts.partial", "quality", "{ disposition_counts = { partial = 5 } }", ""),
        ("quality.disposition_counts.refusal", "quality", "{ disposition_counts = { refusal = 5 } }", ""),
        (
            "quality.disposition_counts.non_contact",
            "quality",
            "{ disposition_counts = { non_contact = 5 } }",
            "",
        ),
        ("quality.disposition_counts.other", "quality", "{ disposition_counts = { other = 5 } }", ""),
        ("quality.disposition_counts.unknown", "quality", "{ disposition_counts = { unknown = 5 } }", ""),
        (
            "quality.disposition_counts.not_eligible",
            "quality",
            "{ disposition_counts = { not_eligible = 5 } }",
            "",
        ),
        ("quality.eligible_share", "quality.eligible_share", "0.5", ""),
        ("quality.order", "quality.order", "[\"recommend\"]", ""),
        ("weighting.targets.*", "weighting.targets.sex", "{ f = 0.6, m = 0.4 }", ""),
        ("weighting.within.*.*.targets.*", "weighting.within.region.North.targets.sex", "\"north.csv\"", ""),
        ("weighting.unit", "weighting.unit", "\"share\"", ""),
        ("weighting.method", "weighting.method", "\"linear\"", ""),
        ("weighting.limits", "weighting.limits", "{ lower = 0.1, upper = 9 }", LOGIT),
        ("weighting.limits.lower", "weighting.limits.lower", "0.2", LOGIT),
        ("weighting.limits.upper", "weighting.limits.upper", "5", LOGIT),
        ("weighting.missing", "weighting.missing", "\"impute\"", ""),
        ("weighting.scale", "weighting.scale", "480.5", ""),
        ("weighting.scope", "weighting.scope", "\"all\"", ""),
        ("weighting.bounds", "weighting.bounds", "{ upper = 4 }", ""),
        ("weighting.bounds.lower", "weighting.bounds.lower", "0.2", ""),
        ("weighting.bounds.upper", "weighting.bounds.upper", "5", ""),
        ("weighting.bounds.of", "weighting.bounds.of", "\"weight\"", ""),
        ("weighting.redistribute", "weighting.redistribute", "\"repeat\"", ""),
        ("weighting.single_psu", "weighting.single_psu", "\"adjust\"", ""),
        ("weighting.variance", "weighting.variance", "\"bootstrap\"", ""),
        ("weighting.replicates", "weighting.replicates", "50", "[weighting]\nvariance = \"bootstrap\"\n"),
    ];
    let more = "[scale.five]\nmin = 1\nmax = 5\n[question.pick]\nmeasure = \"multi\"\n\
                [block.efforts]\nquestions = [\"e1..e2\"]\nmeasure = \"ces\"\n[block.picks]\nquestions = [\"p1\"]\nmeasure = \"multi\"\n\
                [question.matter]\nmeasure = \"importance\"\n[[gate]]\nquestion = \"overall\"\nmax_drop = 5\n[quality]\ndisposition = \"status\"\n\
                [construct.care]\nitems = [\"speed\", \"overall\"]\n[construct.cost]\nitems = [\"overall\"]\n[path_model]\npaths = [\"care -> cost\"]\n\
                [lookup]\nfile = \"a.csv\"\nkey = \"id\"\n\
                [weighting]\nbounds = { lower = 0.3, upper = 3 }\n[weighting.targets.sex]\nf = 0.5\nm = 0.5\n";
    let base: toml::Table = toml::from_str(&format!("{FULL}\n{more}")).unwrap();
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.0).collect();
    let known: BTreeSet<&str> = survey::keys().iter().map(|key| key.path).collect();
    assert_eq!(covered, known);
    for (key, path, value, besides) in cases {
        let mut before = base.clone();
        if !besides.is_empty() {
            for (table, inner) in toml::from_str::<toml::Table>(besides).unwrap() {
                let target = before[&table].as_table_mut().unwrap();
                target.extend(inner.as_table().unwrap().clone());
            }
        }
        let mut after = before.clone();
        set(&mut after, path, value);
        let survey = |table: &toml::Table| survey_of(&toml::to_string(table).unwrap());
        assert_ne!(survey(&before), survey(&after), "`{key}` changes nothing");
    }
}

/// Sets the value at a dotted path, whose tables are made as needed; the parts may be quoted.
fn set(table: &mut toml::Table, path: &str, value: &str) {
    let value: toml::Table = toml::from_str(&format!("value = {value}")).unwrap();
    let mut parts: Vec<&str> = path.split('.').map(|part| part.trim_matches('"')).collect();
    let last = parts.pop().unwrap();
    let mut here = table;
    for part in parts {
        here = here.entry(part).or_insert_with(|| toml::Table::new().into()).as_table_mut().unwrap();
    }
    here.insert(last.to_owned(), value["value"].clone());
}
