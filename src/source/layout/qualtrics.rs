//! Qualtrics, CSV and TSV: names, wordings in the language of the account, and ids for machines as JSON.
//!
//! The third header record is the sign, `{"ImportId":"QID1"}`; it is the same in every language, and the only place
//! that tells the time zone. Analysts delete it, often with the wordings above it: then the names of the columns about
//! the interview tell, which no account translates.

use serde_json::Value;

use super::naming::{Names, plain};
use super::qualtrics_rows::{NOT_REAL, known_cells, unfinished};
use super::{Cells, FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::{FileFacts, Metadata, Role};

/// Qualtrics since 2017.
pub(super) struct Qualtrics;

/// The names of columns about the interview, in the first record; the same in every language.
const METADATA: [(&str, Metadata); 17] = [
    ("StartDate", Metadata::Started),
    ("EndDate", Metadata::Ended),
    ("Status", Metadata::Kind),
    ("IPAddress", Metadata::Personal),
    ("Progress", Metadata::Progress),
    ("Duration (in seconds)", Metadata::Duration),
    ("Finished", Metadata::Finished),
    ("RecordedDate", Metadata::Recorded),
    ("ResponseId", Metadata::Response),
    ("RecipientLastName", Metadata::Personal),
    ("RecipientFirstName", Metadata::Personal),
    ("RecipientEmail", Metadata::Personal),
    ("ExternalReference", Metadata::Respondent),
    ("LocationLatitude", Metadata::Personal),
    ("LocationLongitude", Metadata::Personal),
    ("DistributionChannel", Metadata::Channel),
    ("UserLanguage", Metadata::Language),
];

/// The ids of the same columns in the record for machines.
const IMPORT_IDS: [&str; 17] = [
    "startDate",
    "endDate",
    "status",
    "ipAddress",
    "progress",
    "duration",
    "finished",
    "recordedDate",
    "_recordId",
    "recipientLastName",
    "recipientFirstName",
    "recipientEmail",
    "externalDataReference",
    "locationLatitude",
    "locationLongitude",
    "distributionChannel",
    "userLanguage",
];

/// Ends of ids of columns that Qualtrics adds to a question: timings, groups of an NPS, texts that it analysed.
const ADDED: [&str; 13] = [
    "_FIRST_CLICK",
    "_LAST_CLICK",
    "_PAGE_SUBMIT",
    "_CLICK_COUNT",
    "_NPS_GROUP",
    "ParTopics",
    "Topics",
    "Sentiment",
    "SentimentScore",
    "SentimentPolarity",
    "TopicSentimentLabel",
    "TopicSentimentScore",
    "SolutionRevision",
];

/// What the question "Meta Info" puts behind its name, in no account's language.
const META_INFO: [&str; 4] = ["_Browser", "_Version", "_Operating System", "_Resolution"];

impl Layout for Qualtrics {
    fn name(&self) -> &'static str {
        "qualtrics"
    }

    fn signs(&self) -> &'static str {
        "a second or third record of cells such as {\"ImportId\":\"QID1\"}"
    }

    fn recognise(&self, first: &FirstRecords) -> Option<Seen> {
        self.see(first, ENOUGH_NAMES)
    }

    fn recognise_typed(&self, first: &FirstRecords) -> Option<Seen> {
        self.see(first, 1)
    }

    fn damage(&self, first: &FirstRecords) -> Option<String> {
        let machine = machine(first)?;
        let filled =
            |record: &[&str]| record.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let (names, ids) = (first.header().len(), filled(&first.row(machine)));
        (names != ids && filled(&first.header()) != ids).then(|| {
            format!(
                "its record {} has ids for {ids} columns and its first record names of {names}: a quote is missing, or a \
                 line was cut",
                machine + 1
            )
        })
    }
}

impl Qualtrics {
    /// What is seen of a file that has its ids for machines, or else so many of its names.
    fn see(&self, first: &FirstRecords, enough: usize) -> Option<Seen> {
        let header = first.header();
        let machine = machine(first);
        let (records, has_wordings) = match machine {
            Some(machine) => (machine + 1, machine == 2),
            None if is_named(&header, enough) && has_wordings(first) => (2, true),
            None if is_named(&header, enough) => (1, false),
            None => return None,
        };
        let ids: Vec<Option<Ids>> = match machine {
            Some(machine) => first.row(machine).iter().map(|cell| import_id(cell)).collect(),
            None => Vec::new(),
        };
        let wordings = if has_wordings { first.row(1) } else { Vec::new() };
        let mut names = Names::default();
        let mut columns: Vec<SeenColumn> = Vec::with_capacity(header.len());
        let mut at = 0;
        while at < header.len() {
            let here = ids.get(at).and_then(Option::as_ref);
            let split = choices(&ids, at);
            if split > 1 {
                columns.push(ticked(&mut names, &header, &wordings, at, split));
                at += split;
                continue;
            }
            let wording = wordings.get(at).copied().unwrap_or_default();
            columns.push(column(names.give(header[at], at), at, header[at], wording, here));
            at += 1;
        }
        let wording = |at: usize| wordings.get(at).copied().unwrap_or_default();
        about_the_browser(&mut columns, &header);
        stems(&mut columns, &ids, &wording);
        let zone = ids.iter().flatten().find_map(|id| id.zone.clone());
        let rule = |about, values| SeenColumn::row_rule(&columns, about, values);
        let mut reasons = vec![match machine {
            Some(machine) => format!(
                "a Qualtrics export: record {} has ids for machines (`ImportId`), which no other tool writes",
                machine + 1
            ),
            None => {
                "a Qualtrics export without its record of ids for machines: the names of its columns tell"
                    .to_owned()
            }
        }];
        reasons.extend(names.reasons());
        let file = FileFacts {
            layout: self.name(),
            header_rows: u32::try_from(records).ok()?,
            typed_numbers: false,
            zone,
            test_rows: rule(Metadata::Kind, &NOT_REAL),
            known_cells: known_cells(&columns, first, records),
            partial_rows: unfinished(&columns, first, records),
            reasons,
            ..FileFacts::default()
        };
        Some(Seen { file, columns })
    }
}

/// The record of ids for machines: the third, or the second where the wordings were deleted.
fn machine(first: &FirstRecords) -> Option<usize> {
    (1..=2).find(|&record| first.row(record).iter().any(|cell| import_id(cell).is_some()))
}

/// How many names of columns about the interview make a file one of Qualtrics without its ids.
const ENOUGH_NAMES: usize = 5;

/// Whether the names alone say so: some are words that other tools use too.
fn is_named(header: &[&str], enough: usize) -> bool {
    METADATA.iter().filter(|(name, _)| header.contains(name)).count() >= enough
}

/// Whether the second record has the wordings: dates and numbers have digits, the wordings of their columns none.
fn has_wordings(first: &FirstRecords) -> bool {
    let digits = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit());
    let told = ["RecordedDate", "StartDate", "EndDate", "Progress", "Duration (in seconds)"];
    let Some(at) = told.iter().find_map(|name| first.position(name)) else { return false };
    first.row(1).get(at).is_some_and(|cell| !cell.is_empty() && !digits(cell))
}

/// What the record for machines says of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ids {
    import: String,
    /// The choice of a question whose choices have a column each.
    choice: Option<String>,
    zone: Option<String>,
}

impl Ids {
    /// The question: `QID5` of `QID5_3`.
    fn question(&self) -> &str {
        self.import
            .split_once('_')
            .filter(|(base, _)| !base.is_empty())
            .map_or(&self.import, |(base, _)| base)
    }
}

fn import_id(cell: &str) -> Option<Ids> {
    if !cell.starts_with('{') {
        return None;
    }
    let value: Value = serde_json::from_str(cell).ok()?;
    let text = |key: &str| match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    Some(Ids { import: text("ImportId")?, choice: text("choiceId"), zone: text("timeZone") })
}

/// How many columns from here on are choices of one question.
fn choices(ids: &[Option<Ids>], at: usize) -> usize {
    let Some(first) = ids.get(at).and_then(Option::as_ref).filter(|id| id.choice.is_some()) else { return 0 };
    let same = |id: &&Option<Ids>| {
        id.as_ref().is_some_and(|id| {
            id.choice.is_some() && id.question() == first.question() && !id.import.ends_with("_TEXT")
        })
    };
    ids[at..].iter().take_while(same).count()
}

/// The choices of one question as one column.
fn ticked(names: &mut Names, header: &[&str], wordings: &[&str], at: usize, count: usize) -> SeenColumn {
    let parts: Vec<(String, String)> = (at..at + count)
        .map(|column| {
            let wording = wordings.get(column).copied().unwrap_or_default();
            match wording.split_once(" - ") {
                Some((stem, choice)) => (plain(stem), plain(choice)),
                None => (String::new(), plain(header[column])),
            }
        })
        .collect();
    // `Q5_1` and `Q5_2` are choices of `Q5`.
    let name = header[at].rsplit_once('_').map_or(header[at], |(base, _)| base);
    let options = parts.iter().enumerate().map(|(index, (_, choice))| (at + index, choice.clone())).collect();
    SeenColumn::ticked(names.give(name, at), options, &["0"]).asking(&parts[0].0)
}

fn column(name: String, at: usize, header: &str, wording: &str, ids: Option<&Ids>) -> SeenColumn {
    let import = ids.map_or("", |ids| ids.import.as_str());
    let column = SeenColumn::copied(name, at).asking(&plain(wording));
    let known = METADATA.iter().zip(IMPORT_IDS).find(|((name, _), id)| *name == header || *id == import);
    if let Some(((_, metadata), _)) = known {
        return column.about(*metadata);
    }
    let is_added = ADDED.iter().any(|end| import.ends_with(end) || header.ends_with(end));
    if is_added || header == "SolutionRevision" || is_order(header) {
        column.about(Metadata::Technical)
    } else if import.ends_with("_TEXT") || header.ends_with("_TEXT") {
        column.with_role(Role::OpenText)
    } else {
        column
    }
}

/// Marks the columns of a question "Meta Info": one of them alone may be the end of any name.
fn about_the_browser(columns: &mut [SeenColumn], header: &[&str]) {
    let is_meta = |name: &str| {
        META_INFO.iter().find_map(|end| name.strip_suffix(end)).is_some_and(|question| {
            META_INFO.iter().all(|end| header.iter().any(|other| other.strip_suffix(end) == Some(question)))
        })
    };
    for column in columns {
        if let Cells::Copied(at) = column.cells
            && column.facts.role == Role::Unknown
            && header.get(at).is_some_and(|name| is_meta(name))
        {
            column.facts.role = Role::Metadata(Metadata::Browser);
        }
    }
}

/// Whether a column says in which order choices were shown: `Q5_DO_1`, `FL_12_DO`.
fn is_order(header: &str) -> bool {
    header.ends_with("_DO") || header.contains("_DO_")
}

/// `stem - row` of neighbours of one question becomes the stem and the row; split at the first ` - ` only.
fn stems<'a>(columns: &mut [SeenColumn], ids: &[Option<Ids>], wording: &dyn Fn(usize) -> &'a str) {
    let question = |column: &SeenColumn| match column.cells {
        Cells::Copied(at) if matches!(column.facts.role, Role::Unknown) => {
            ids.get(at).and_then(Option::as_ref).map(|id| id.question().to_owned())
        }
        _ => None,
    };
    let questions: Vec<Option<String>> = columns.iter().map(question).collect();
    for (index, column) in columns.iter_mut().enumerate() {
        let Some(own) = &questions[index] else { continue };
        let is_one_of_many = questions.iter().filter(|other| other.as_ref() == Some(own)).count() > 1;
        let Cells::Copied(at) = column.cells else { continue };
        if let Some((stem, row)) = wording(at).split_once(" - ").filter(|_| is_one_of_many) {
            column.facts.text = Some(plain(row));
            column.facts.stem = Some(plain(stem));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{column, names, role, seen};
    use super::*;

    const MODERN: &str = concat!(
        "StartDate,EndDate,Status,Finished,ResponseId,UserLanguage,Q1_1,Q1_2,Q2_NPS_GROUP,Q2,Q3_1,Q3_2,Q4,Q4_TEXT,Q4 - Topics\n",
        "Anfangsdatum,Enddatum,Antworttyp,Beendet,Antwort-ID,Benutzersprache,\"Wie zufrieden\nsind Sie? - Service - Filiale\",",
        "Wie zufrieden sind Sie? - Preis,Empfehlung - Gruppe,Empfehlung,Warum? - Preis,\"Warum? - Nähe, Lage\",Sonstiges,Text,Q4 - Topics\n",
        r#""{""ImportId"":""startDate"",""timeZone"":""Europe/Berlin""}","{""ImportId"":""endDate"",""timeZone"":""Europe/Berlin""}","#,
        r#""{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""userLanguage""}","#,
        r#""{""ImportId"":""QID1_3""}","{""ImportId"":""QID1_7""}","{""ImportId"":""QID2_NPS_GROUP""}","{""ImportId"":""QID2""}","#,
        r#""{""ImportId"":""QID3_1"",""choiceId"":""1""}","{""ImportId"":""QID3_2"",""choiceId"":""2""}","{""ImportId"":""QID4""}","#,
        r#""{""ImportId"":""QID4_TEXT""}","{""ImportId"":""QID4_TEXT_e18Topics""}""#,
        "\n2026-07-01 10:00:00,2026-07-01 10:05:00,0,1,R_1,DE,5,4,3,9,1,,2,ok,\n",
    );

    #[test]
    fn an_export_in_another_language_is_recognised_by_its_ids() {
        let seen = seen(&Qualtrics, MODERN).unwrap();
        assert_eq!((seen.file.header_rows, seen.file.zone.as_deref()), (3, Some("Europe/Berlin")));
        assert_eq!(
            names(&seen),
            [
                "StartDate",
                "EndDate",
                "Status",
                "Finished",
                "ResponseId",
                "UserLanguage",
                "Q1_1",
                "Q1_2",
                "Q2_NPS_GROUP",
                "Q2",
                "Q3",
                "Q4",
                "Q4_TEXT",
                "Q4 - Topics"
            ]
        );
        assert_eq!(*role(&seen, "EndDate"), Role::Metadata(Metadata::Ended));
        assert_eq!(*role(&seen, "Q2_NPS_GROUP"), Role::Metadata(Metadata::Technical));
        assert_eq!(*role(&seen, "Q4 - Topics"), Role::Metadata(Metadata::Technical));
        assert_eq!((role(&seen, "Q2"), role(&seen, "Q4_TEXT")), (&Role::Unknown, &Role::OpenText));
        let facts = &column(&seen, "Q1_1").facts;
        assert_eq!(
            (facts.stem.as_deref(), facts.text.as_deref()),
            (Some("Wie zufrieden sind Sie?"), Some("Service - Filiale"))
        );
        assert_eq!(seen.file.test_rows.unwrap().column, "Status");
        assert_eq!(seen.file.partial_rows.unwrap().values, ["0", "False"]);
    }

    #[test]
    fn choices_in_columns_of_their_own_are_one_question() {
        let seen = seen(&Qualtrics, MODERN).unwrap();
        let why = column(&seen, "Q3");
        assert_eq!(why.facts.text.as_deref(), Some("Warum?"));
        assert_eq!(why.cells.positions(), [10, 11]);
        let Role::Multiple { options, separator } = &why.facts.role else { panic!("{:?}", why.facts.role) };
        assert_eq!((options.join("+"), separator.as_str()), ("Preis+Nähe, Lage".to_owned(), "; "));
    }

    #[test]
    fn names_alone_tell_where_the_ids_were_deleted() {
        let names = "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1\n";
        let rows = "2026-07-01 10:00:00,2026-07-01 10:05:00,0,1,2026-07-01 10:05:01,R_1,5\n";
        let wordings = "Anfang,Ende,Status,Beendet,Aufgezeichnet,Antwort,Wie war es?\n";
        let bare = seen(&Qualtrics, &format!("{names}{rows}")).unwrap();
        assert_eq!((bare.file.header_rows, bare.file.test_rows.unwrap().column.as_str()), (1, "Status"));
        let worded = seen(&Qualtrics, &format!("{names}{wordings}{rows}")).unwrap();
        assert_eq!(worded.file.header_rows, 2);
        assert_eq!(column(&worded, "Q1").facts.text.as_deref(), Some("Wie war es?"));
        let fewer = names.replace("ResponseId", "id").replace("RecordedDate", "date");
        assert_eq!(seen(&Qualtrics, &fewer), None);
        let typed = Qualtrics.recognise_typed(&FirstRecords::read(fewer.as_bytes(), b',', true)).unwrap();
        assert_eq!(typed.file.test_rows.unwrap().column, "Status");
        let five = "StartDate,EndDate,Status,Progress,Finished,Q1\nStart Date,End Date,Type,Progress,Finished,How?\n";
        assert_eq!(seen(&Qualtrics, five).unwrap().file.header_rows, 2);
    }

    #[test]
    fn the_four_columns_of_a_meta_info_question_are_about_the_browser() {
        let names = "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1_Version,m_Browser,m_Version,m_Operating System,m_Resolution\n";
        let row =
            "2026-07-01 10:00:00,2026-07-01 10:05:00,0,1,2026-07-01 10:05:01,R_1,2,Chrome,120.0,iOS,1x2\n";
        let seen = seen(&Qualtrics, &format!("{names}{row}")).unwrap();
        for name in ["m_Browser", "m_Version", "m_Operating System", "m_Resolution"] {
            assert_eq!(*role(&seen, name), Role::Metadata(Metadata::Browser), "{name}");
        }
        assert_eq!(*role(&seen, "Q1_Version"), Role::Unknown);
    }

    #[test]
    fn records_that_do_not_fit_are_damage() {
        let damage = |text: &str| Qualtrics.damage(&FirstRecords::read(text.as_bytes(), b',', true));
        assert_eq!(damage(MODERN), None);
        let cut = MODERN.replace("Q4_TEXT,Q4 - Topics\n", "Q4_TEXT\n");
        assert!(damage(&cut).unwrap().contains("ids for 15 columns and its first record names of 14"));
        assert_eq!(damage("a,b\n1,2\n"), None);
    }

    #[test]
    fn a_file_without_ids_for_machines_is_none_of_it() {
        for text in ["StartDate,EndDate,Status\nStart Date,End Date,Response Type\n1,2,3\n", "", "a\n{\n{}\n"]
        {
            assert_eq!(seen(&Qualtrics, text), None, "{text}");
        }
    }
}
