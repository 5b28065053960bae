//! Whether a definition and the inputs belong together: which defined columns each input has.
//!
//! Names match exactly once both are trimmed, in NFC, with no-break spaces as spaces; what else a file may call a column
//! is settled before ([`super::aliases`]), and a name that is left over is a did-you-mean.

use std::collections::BTreeSet;

use super::definition::{Survey, WaveRule};
use super::label::{fold, normalize};
use super::personal::shown_people;
use super::profile::Profile;
use super::question::{Columns, Question};
use super::suggestion::did_you_mean;
use super::twins::numbered_names;
use super::weighting::{WeightingDefinition, variable_path};
use crate::diagnostic::{Diagnostic, Place};

/// What is wrong between a definition and the heads of all inputs: `missing_column` and `binds_nothing` are errors
/// (of the data, not of the definition), `binds_few` is a caution, `not_asked` a note; and what
/// [`exclude`](super::Exclusions) and the bases of questions cannot find.
pub fn bind(survey: &Survey, profiles: &[Profile]) -> Vec<Diagnostic> {
    let headers: Vec<Header> = profiles.iter().map(Header::new).collect();
    if headers.is_empty() {
        return Vec::new();
    }
    let bound = survey.questions.iter().filter(|question| is_bound(question, &headers)).count();
    let asked = survey.questions.len();
    // Items that rows name have one column together, and what is said of that is enough.
    let is_by_rows = survey.questions.iter().any(|question| question.item.in_rows);
    if asked > 0 && bound == 0 && !is_by_rows {
        return vec![binds_nothing(survey, &headers)];
    }
    let place = survey.places.finder();
    let mut found = Vec::new();
    if bound * 2 < asked && !is_by_rows {
        let first = survey.questions.iter().find(|question| !is_bound(question, &headers));
        found.push(at(
            Diagnostic::caution(
                "binds_few",
                format!("{bound} of {asked} questions of the definition are in the data"),
            )
            .why("the definition was probably written for another file")
            .help("name the right definition by `--survey`"),
            first.and_then(|question| place(&path(question))),
        ));
    }
    for wanted in wanted(survey) {
        let complaint = wanted.check(&headers).map(|complaint| at(complaint, place(&wanted.path)));
        found.extend(complaint.map(|complaint| or_segment(complaint, &wanted, survey)));
    }
    found.extend(super::exclusion::check(survey, profiles));
    found.extend(super::base::check(survey, profiles));
    let people = shown_people(survey, profiles).into_iter();
    found.extend(people.map(|(path, caution)| at(caution, place(&path))));
    found
}

/// Every column that a survey names, whether or not an analysis reads it.
pub fn named_columns(survey: &Survey) -> Vec<&str> {
    wanted(survey).into_iter().flat_map(|wanted| wanted.names).collect()
}

/// The columns of one input.
struct Header<'a> {
    input: &'a str,
    names: BTreeSet<String>,
}

impl<'a> Header<'a> {
    fn new(profile: &'a Profile) -> Self {
        let names: Vec<String> = profile.columns.iter().map(|column| normalize(&column.name)).collect();
        Self { input: &profile.input, names: names.iter().cloned().chain(numbered_names(&names)).collect() }
    }

    fn has(&self, names: &[String]) -> bool {
        names.iter().any(|name| self.names.contains(&normalize(name)))
    }
}

/// A column that the definition names, with its alternative names.
pub(super) struct Wanted<'a> {
    /// For what, such as "question `overall`".
    purpose: String,
    /// Where it stands in the definition.
    pub(super) path: String,
    pub(super) names: Vec<&'a str>,
    question: bool,
    /// Whether it is of `[data]`, where only the first name is known beyond the definition.
    pub(super) frame: bool,
}

impl Wanted<'_> {
    fn check(&self, headers: &[Header<'_>]) -> Option<Diagnostic> {
        let names: Vec<String> = self.names.iter().map(|name| (*name).to_owned()).collect();
        let lacking: Vec<&str> =
            headers.iter().filter(|header| !header.has(&names)).map(|header| header.input).collect();
        let column = match self.names.as_slice() {
            [one] => format!("column `{one}`"),
            several => format!("any of the columns {}", ticked(several.iter().copied())),
        };
        if lacking.len() == headers.len() {
            let place = match headers {
                [one] => format!("`{}`", one.input),
                _ => "every input".to_owned(),
            };
            Some(
                Diagnostic::error("missing_column", format!("{}: {column} is not in {place}", self.purpose))
                    .why("what the definition names must be in the data, or a slip would look like silence")
                    .help(self.help(headers)),
            )
        } else if lacking.is_empty() {
            None
        } else {
            let what =
                if self.question { "its rows count as not asked" } else { "its rows have no value there" };
            Some(
                Diagnostic::note(
                    "not_asked",
                    format!(
                        "{}: {column} is not in {}; {what}",
                        self.purpose,
                        ticked(lacking.iter().copied())
                    ),
                )
                .why("other inputs have it"),
            )
        }
    }

    fn help(&self, headers: &[Header<'_>]) -> String {
        let all: BTreeSet<&str> =
            headers.iter().flat_map(|header| header.names.iter().map(String::as_str)).collect();
        let near = self.names.iter().find_map(|name| {
            let case = all.iter().copied().find(|header| fold(header) == fold(name));
            case.or_else(|| did_you_mean(&normalize(name), all.iter().copied()))
        });
        match near {
            Some(near) => format!("did you mean `{near}`? name it by `column = \"{near}\"`"),
            None if self.names.iter().any(|name| name.contains(char::is_control)) => {
                "in double quotes `\\t` is a tab and `\\n` a line break; a backslash that is meant stands in single \
                 quotes"
                    .to_owned()
            }
            None => "correct the name, or take it out of the definition".to_owned(),
        }
    }
}

/// Every column that the definition names.
pub(super) fn wanted(survey: &Survey) -> Vec<Wanted<'_>> {
    let data = &survey.data;
    let wave = match &data.wave {
        Some(WaveRule::Column { column, .. }) => Some(column),
        _ => None,
    };
    let frame = [
        ("id", data.id.as_ref()),
        ("customer", data.customer.as_ref()),
        ("date", data.date.as_ref().map(|date| &date.column)),
        ("wave", wave),
        ("weight", data.weight.as_ref()),
    ];
    let mut found: Vec<Wanted<'_>> = Vec::new();
    for (key, column) in frame {
        if let Some(column) = column {
            found.push(Wanted {
                purpose: format!("[data], key `{key}`"),
                path: format!("data.{key}"),
                names: std::iter::once(column.as_str()).chain(data.other_names(column)).collect(),
                question: false,
                frame: true,
            });
        }
    }
    let quality = [
        ("duration", &survey.quality.duration),
        ("started", &survey.quality.started),
        ("disposition", &survey.quality.disposition),
    ];
    for (key, column) in quality {
        found.extend(column.as_ref().map(|column| Wanted {
            purpose: format!("[quality], key `{key}`"),
            path: format!("quality.{key}"),
            names: vec![column],
            question: false,
            frame: true,
        }));
    }
    found.extend(design_columns(survey));
    for (number, lookup) in survey.lookups.iter().enumerate() {
        found.push(Wanted {
            purpose: "[lookup], key `key`".to_owned(),
            path: format!("lookup.{number}.key"),
            names: vec![&lookup.key],
            question: false,
            frame: true,
        });
    }
    // Items that rows name share their columns, which are named once.
    for question in survey.questions.iter().filter(|question| !question.item.in_rows) {
        let lists = match &question.columns {
            Columns::One(names) => vec![("column", names)],
            Columns::Pair { first, second } => vec![("first", first), ("second", second)],
        };
        for (part, names) in lists {
            found.push(Wanted {
                purpose: format!("question `{}`", question.id),
                path: format!("question.{}.{part}", question.id),
                names: names.iter().map(String::as_str).collect(),
                question: true,
                frame: false,
            });
        }
    }
    found.extend(beside_gaps(survey));
    found.extend(of_checklist(survey));
    for segment in &survey.segments {
        let purpose = format!("segment `{}`", segment.id);
        found.push(Wanted {
            purpose,
            path: format!("segment.{}.column", segment.id),
            names: segment.columns.iter().map(String::as_str).collect(),
            question: false,
            frame: false,
        });
    }
    found
}

/// The columns that the gap command reads besides: what would just do, and the points of dimensions.
fn beside_gaps(survey: &Survey) -> impl Iterator<Item = Wanted<'_>> {
    let adequate = survey.questions.iter().map(|question| {
        let path = format!("question.{}.adequate", question.id);
        (format!("question `{}`, key `adequate`", question.id), path, &question.qualities.adequate)
    });
    let is_question = |name: &String| survey.questions.iter().any(|question| question.id == *name);
    let points =
        survey.dimensions.iter().filter(move |(_, dimension)| !dimension.points.iter().any(is_question));
    let points = points.map(|(id, dimension)| {
        (format!("dimension `{id}`, key `points`"), format!("dimension.{id}.points"), &dimension.points)
    });
    adequate.chain(points).filter(|(_, _, names)| !names.is_empty()).map(|(purpose, path, names)| Wanted {
        purpose,
        path,
        names: names.iter().map(String::as_str).collect(),
        question: true,
        frame: false,
    })
}

/// The columns of a checklist: what shows the answers and who is responsible, and those of rows that name an item.
fn of_checklist(survey: &Survey) -> impl Iterator<Item = Wanted<'_>> {
    let own = survey.questions.iter().filter(|question| !question.item.in_rows).flat_map(|question| {
        let keys = [("evidence", &question.item.evidence), ("owner", &question.item.owner)];
        keys.into_iter().filter(|(_, names)| !names.is_empty()).map(|(key, names)| Wanted {
            purpose: format!("question `{}`, key `{key}`", question.id),
            path: format!("question.{}.{key}", question.id),
            names: names.iter().map(String::as_str).collect(),
            question: true,
            frame: false,
        })
    });
    let common = survey.checklist.iter().flat_map(|table| {
        let keys = [
            ("item", table.item.as_ref()),
            ("answer", table.item.as_ref().map(|_| &table.answer)),
            ("evidence", table.evidence.as_ref()),
            ("owner", table.owner.as_ref()),
            ("assessor", table.assessor.as_ref()),
        ];
        keys.into_iter().filter_map(|(key, column)| {
            Some(Wanted {
                purpose: format!("[checklist], key `{key}`"),
                path: format!("checklist.{key}"),
                names: vec![column?.as_str()],
                question: false,
                frame: false,
            })
        })
    });
    own.chain(common)
}

/// The columns of the design: what weights and variances need beside the segments.
fn design_columns(survey: &Survey) -> impl Iterator<Item = Wanted<'_>> {
    let data = &survey.data;
    let keys = [("stratum", &data.stratum), ("cluster", &data.cluster)];
    let keys = keys.into_iter().filter_map(|(key, name)| {
        Some((format!("[data], key `{key}`"), format!("data.{key}"), name.as_deref()?))
    });
    let variables = survey
        .weighting
        .iter()
        .flat_map(WeightingDefinition::raking_variables)
        .map(|name| (format!("[weighting], targets of `{name}`"), variable_path(name), name));
    let is_column = |name: &str| !survey.segments.iter().any(|segment| segment.id == name);
    keys.chain(variables).filter(move |(_, _, name)| is_column(name)).map(|(purpose, path, name)| Wanted {
        purpose,
        path,
        names: vec![name],
        question: false,
        frame: true,
    })
}

fn is_bound(question: &Question, headers: &[Header<'_>]) -> bool {
    headers.iter().any(|header| match &question.columns {
        Columns::One(names) => header.has(names),
        Columns::Pair { first, second } => header.has(first) && header.has(second),
    })
}

/// A variable of the design that no file has may be a segment by a slip.
fn or_segment(complaint: Diagnostic, wanted: &Wanted<'_>, survey: &Survey) -> Diagnostic {
    let of_design = wanted.path.starts_with("weighting.")
        || matches!(wanted.path.as_str(), "data.stratum" | "data.cluster");
    if !of_design || complaint.code != "missing_column" {
        return complaint;
    }
    let ids = survey.segments.iter().map(|segment| segment.id.as_str());
    match wanted.names.first().and_then(|name| did_you_mean(name, ids)) {
        Some(near) => complaint.help(format!("did you mean the segment `{near}`?")),
        None => complaint.help("name a segment, or a column as the header has it"),
    }
}

/// Where a question's first column stands in the definition.
fn path(question: &Question) -> String {
    let part = match question.columns {
        Columns::One(_) => "column",
        Columns::Pair { .. } => "first",
    };
    format!("question.{}.{part}", question.id)
}

pub(super) fn at(complaint: Diagnostic, place: Option<Place>) -> Diagnostic {
    match place {
        Some(place) => complaint.at(place),
        None => complaint,
    }
}

fn binds_nothing(survey: &Survey, headers: &[Header<'_>]) -> Diagnostic {
    let asked = survey.questions.iter().take(3).map(|question| question.id.as_str());
    let there = headers.iter().flat_map(|header| header.names.iter().map(String::as_str)).take(5);
    let first = survey.questions.first().and_then(|question| survey.places.finder()(&path(question)));
    let complaint = Diagnostic::error("binds_nothing", "no question of the definition is in the data")
        .why(format!("the definition asks {} …; the data have {} …", ticked(asked), ticked(there)))
        .help("name the right definition by `--survey`, or the columns by `column = \"…\"`");
    at(complaint, first)
}

fn ticked<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::parse;
    use crate::survey::profile::ColumnProfile;

    fn profile(input: &str, names: &[&str]) -> Profile {
        let column = |name: &&str| ColumnProfile { name: (*name).to_owned(), ..ColumnProfile::default() };
        Profile { input: input.to_owned(), columns: names.iter().map(column).collect(), ..Profile::default() }
    }

    fn survey(text: &str) -> Survey {
        parse(text.as_bytes(), "s.toml").unwrap().survey
    }

    fn codes(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|complaint| complaint.code).collect()
    }

    #[test]
    fn alternatives_and_odd_spaces_are_found() {
        let survey = survey("[question.a]\ncolumn = [\"x\", \"net pro\"]\n[segment.s]\n");
        assert!(bind(&survey, &[profile("a.csv", &["net\u{a0}pro ", "s"])]).is_empty());
        assert!(bind(&survey, &[]).is_empty());
    }

    #[test]
    fn a_column_missing_everywhere_is_an_error_and_in_one_input_a_note() {
        let survey = survey("[data]\nid = \"nr\"\n[question.a]\n[question.b]\n[segment.region]\n");
        let found =
            bind(&survey, &[profile("1.csv", &["nr", "a", "b", "Region"]), profile("2.csv", &["nr", "b"])]);
        assert_eq!(codes(&found), ["not_asked", "missing_column"]);
        assert!(found[0].message.contains("`2.csv`"), "{}", found[0].message);
        assert!(found[1].help.as_deref().is_some_and(|help| help.contains("did you mean `Region`?")));
    }

    #[test]
    fn complaints_point_to_where_the_column_is_named() {
        let text = "\u{feff}[data]\r\nid = \"nr\"\r\ndate = { column = \"day\", format = \"%F\" }\r\n\
                    wave = { column = \"round\" }\r\nweight = 'w'\r\n[question.a]\r\n[question.g]\r\n\
                    measure = \"gap\"\r\nexpectation = \"e\"\r\nperception = [\"p\", \"q\"]\r\n\
                    [block.b]\r\nquestions = [\"x\", \"y1..y2\"]\r\n[segment.s]\r\n[segment.t]\r\ncolumn = \"tt\"\r\n\
                    [segment.old]\r\nage_from = \"born\"\r\nbands = { \"all\" = \"0..\" }\r\n[question.z]\r\n";
        let found = bind(&survey(text), &[profile("1.csv", &["z"])]);
        let places: Vec<(&str, String)> = found
            .iter()
            .map(|complaint| {
                let place = complaint.place.as_ref().unwrap();
                let marked = place.source.chars().skip(place.column - 1).take(place.length).collect();
                (complaint.code, format!("{} {}", place.line, String::from_iter::<Vec<char>>(marked)))
            })
            .collect();
        let expected = [
            "6 a",
            "2 \"nr\"",
            "3 \"day\"",
            "4 \"round\"",
            "5 'w'",
            "6 a",
            "9 \"e\"",
            "10 [\"p\", \"q\"]",
            "12 \"x\"",
            "12 \"y1..y2\"",
            "12 \"y1..y2\"",
            "13 s",
            "15 \"tt\"",
            "17 \"born\"",
        ];
        assert_eq!(places.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(places[0].0, "binds_few");
        assert!(places[1..].iter().all(|(code, _)| *code == "missing_column"));
        let none = bind(&survey(text), &[profile("1.csv", &["other"])]);
        assert_eq!(none[0].place.as_ref().map(|place| place.line), Some(6));
    }

    #[test]
    fn a_definition_of_another_file_is_refused_and_a_doubtful_one_cautioned() {
        let survey = survey("[question.a]\n[question.b]\n[question.c]\n");
        assert_eq!(codes(&bind(&survey, &[profile("1.csv", &["x", "y"])])), ["binds_nothing"]);
        let found = bind(&survey, &[profile("1.csv", &["a", "y"])]);
        assert_eq!(codes(&found), ["binds_few", "missing_column", "missing_column"]);
    }

    #[test]
    fn half_a_pair_is_not_bound() {
        let survey = survey("[question.g]\nmeasure = \"gap\"\nexpectation = \"e\"\nperception = \"p\"\n");
        assert_eq!(codes(&bind(&survey, &[profile("1.csv", &["e"])])), ["binds_nothing"]);
        assert!(bind(&survey, &[profile("1.csv", &["e", "p"])]).is_empty());
    }

    #[test]
    fn a_survey_without_questions_binds_to_anything() {
        assert!(bind(&survey(""), &[profile("1.csv", &["e"])]).is_empty());
    }
}
