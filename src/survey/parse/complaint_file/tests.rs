use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::survey::{
    CaseKind, CaseState, ComplaintsDefinition, Deadline, DeadlineUnit, Holidays, Outcome, Period, TimeZone,
    Transactions, parse,
};

fn read(text: &str) -> ComplaintsDefinition {
    let parsed = parse(format!("[complaints]\n{text}").as_bytes(), "s.toml").unwrap_or_else(|faults| {
        panic!("{text}\n{}", faults.iter().map(Diagnostic::render).collect::<String>())
    });
    assert_eq!(parsed.notes, []);
    parsed.survey.complaints.unwrap()
}

/// The faults as `code line:column`; the table has the first line.
fn faults(text: &str) -> Vec<String> {
    let found = parse(format!("[complaints]\n{text}").as_bytes(), "s.toml").unwrap_err();
    let place = |fault: &Diagnostic| fault.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
    found.iter().map(|fault| format!("{} {}:{}", fault.code, place(fault).0, place(fault).1)).collect()
}

fn help_of(text: &str) -> String {
    let found = parse(format!("[complaints]\n{text}").as_bytes(), "s.toml").unwrap_err();
    found[0].help.clone().unwrap_or_default()
}

#[test]
fn an_empty_table_is_there_and_no_table_is_not() {
    assert_eq!(read(""), ComplaintsDefinition::default());
    assert!(parse(b"", "s.toml").unwrap().survey.complaints.is_none());
}

#[test]
fn columns_and_segments() {
    let definition = read(
        "file = \"complaints.csv\"\nformat = \"%d/%m/%Y %H:%M\"\nid = \"No\"\nreceived = \" Opened \"\nstatus = \"State\"\n\
         channel = \"Via\"\nsegments = [\"region\", \"Via\", \"status\"]\n",
    );
    assert_eq!(definition.file.as_ref().map(|file| file.file.as_str()), Some("complaints.csv"));
    let column = |field: &str| definition.column(field).map(|column| (column.column.as_str(), column.kind));
    assert_eq!(column("received"), Some(("Opened", CaseKind::Moment)));
    assert_eq!(column("region"), Some(("region", CaseKind::Category)));
    assert_eq!(column("segment.status"), Some(("status", CaseKind::Category)), "a column of its own");
    assert_eq!(definition.columns.len(), 6, "`Via` is there once");
    assert!(definition.columns.iter().all(|column| !column.guessed));
    let formats = |kind| definition.columns.iter().filter(move |column| column.kind == kind);
    assert!(formats(CaseKind::Moment).all(|column| column.format.as_deref() == Some("%d/%m/%Y %H:%M")));
    assert!(formats(CaseKind::Category).all(|column| column.format.is_none()));
    let segments: Vec<(&str, &str)> =
        definition.segments.iter().map(|segment| (segment.id.as_str(), segment.field.as_str())).collect();
    assert_eq!(segments, [("region", "region"), ("Via", "channel"), ("status", "segment.status")]);
}

#[test]
fn values_deadlines_and_targets() {
    let definition = read(
        "kinds = [\"Complaint\"]\nclosed_statuses = [\"Closed\", \"Resolved\"]\nleft_out_statuses = [\"Closed (Duplicate)\"]\n\
         upheld = [\"justified\"]\nother_categories = [\"Misc\"]\nseverity_order = [\"S3\", \"S2\", \"S1\"]\n\
         acknowledge_within = \"2 business days\"\nclose_within = \"30 days\"\nbusiness_hours = \"Mon-Sat 09:00-17:00\"\n\
         holidays = [\"2026-12-26\", \"2026-12-25\", \"2026-12-26\"]\ntime_zone = \"Europe/Berlin\"\ntransactions = 52000\n\
         as_of = \"2026-09-30\"\nperiod = \"month\"\nscale_satisfaction = 10\nsatisfied_from = 9\n\
         targets = { closed_in_time = 90, rate_per_1000 = 2.5, time_to_close_median = 5 }\n",
    );
    assert!(definition.counts("complaint") && !definition.counts("Grievance"));
    assert_eq!(definition.state_of("closed(duplicate)"), Some(CaseState::LeftOut));
    assert_eq!(definition.outcome_of("Justified"), Some(Outcome::Upheld));
    assert_eq!(definition.outcomes.len(), 1);
    assert!(definition.is_other("misc"));
    assert_eq!((definition.severity_of("S1"), definition.severity_max), (Some(3.0), 3));
    let deadline = |amount, unit| Some(Deadline { amount, unit });
    assert_eq!(definition.acknowledge_within, deadline(2, DeadlineUnit::BusinessDays));
    assert_eq!(
        (definition.respond_within, definition.close_within),
        (None, deadline(30, DeadlineUnit::Days))
    );
    assert_eq!(definition.business_hours.to_string(), "Mon-Sat 09:00-17:00");
    let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
    assert_eq!(definition.holidays, Some(Holidays::Dates(vec![day(25), day(26)])));
    assert_eq!(definition.time_zone, Some(TimeZone::Named("Europe/Berlin".to_owned())));
    assert_eq!(definition.transactions, Some(Transactions::EachPeriod(52000)));
    assert_eq!(definition.as_of, NaiveDate::from_ymd_opt(2026, 9, 30));
    assert_eq!((definition.period, definition.points(), definition.satisfied_from()), (Period::Month, 10, 9));
    assert_eq!(definition.targets.keys().map(String::as_str).next(), Some("closed_in_time"), "written order");
}

#[test]
fn transactions_and_holidays_from_files() {
    let definition = read("transactions = { file = \"sales.csv\" }\nholidays = \"holidays.csv\"\n");
    assert!(matches!(&definition.transactions, Some(Transactions::File(named)) if named.file == "sales.csv"));
    assert!(matches!(&definition.holidays, Some(Holidays::File(named)) if named.file == "holidays.csv"));
    let by_period = read("transactions = { 2026-Q1 = 52000, \"2026-Q2\" = 1 }\n").transactions;
    assert!(matches!(by_period, Some(Transactions::ByPeriod(counts)) if counts["2026-Q1"] == 52000));
    let fiscal = b"[data]\nfiscal_year_start = 4\n[complaints]\ntransactions = { \"FY2026-Q1\" = 5 }\n";
    assert!(parse(fiscal, "s.toml").is_ok(), "periods are those of the fiscal year");
}

#[test]
fn everything_wrong_is_placed() {
    let cases: &[(&str, &[&str])] = &[
        ("recieved = \"x\"\n", &["unknown_key 2:1"]),
        ("received = 5\n", &["wrong_type 2:12"]),
        ("received = \"a\"\nclosed = \"a\"\n", &["same_column 3:10"]),
        ("closed = \"a\"\nreceived = \" a \"\n", &["same_column 3:12"]),
        ("format = \"%Q\"\n", &["bad_date_format 2:10"]),
        ("segments = [\"a\", \"a\"]\n", &["duplicate_value 2:18"]),
        ("customer = \"who\"\nsegments = [\"who\"]\n", &["conflict 3:13"]),
        ("close_within = \"30\"\n", &["bad_deadline 2:16"]),
        ("close_within = 30\n", &["wrong_type 2:16"]),
        ("close_within = \"0 days\"\n", &["bad_deadline 2:16"]),
        ("received = \"a\"\nclose_within = \"30 days\"\n", &["missing_key 3:16"]),
        ("status = \"a\"\nacknowledge_within = \"1 day\"\n", &["missing_key 3:22", "missing_key 3:22"]),
        ("business_hours = \"9 to 5\"\n", &["bad_business_hours 2:18"]),
        ("time_zone = \"Berlin\"\n", &["bad_time_zone 2:13"]),
        ("as_of = \"30.09.2026\"\n", &["bad_date 2:9"]),
        ("as_of = 2026-09-30\n", &["wrong_type 2:9"]),
        ("holidays = [\"2026-02-30\"]\n", &["bad_date 2:12"]),
        ("holidays = []\n", &["out_of_range 2:12"]),
        ("period = \"week\"\n", &["unknown_value 2:10"]),
        ("transactions = 0\n", &["out_of_range 2:16"]),
        ("transactions = -5\n", &["out_of_range 2:16"]),
        ("transactions = { \"2026-Q1\" = 0 }\n", &["out_of_range 2:30"]),
        ("transactions = { \"2026-01\" = 5 }\n", &["unknown_period 2:18"]),
        ("transactions = {}\n", &["conflict 2:16"]),
        ("transactions = { file = \"a.csv\", \"2026-Q1\" = 5 }\n", &["conflict 2:16"]),
        ("closed_statuses = [\"Done\"]\nopen_statuses = [\"New\", \" DONE\"]\n", &["duplicate_value 3:25"]),
        ("closed_statuses = [\"Done\", \"done \"]\n", &["duplicate_value 2:28"]),
        ("left_out_statuses = [\"Moved\"]\nescalated_statuses = [\"moved\"]\n", &["duplicate_value 3:23"]),
        ("upheld = [\"yes\"]\nrejected = [\"Yes\"]\n", &["duplicate_value 3:13"]),
        ("kinds = []\n", &["out_of_range 2:9"]),
        ("received = \"a\"\nclosed_statuses = [\"Done\"]\n", &["missing_key 3:19"]),
        ("received = \"a\"\nleft_out_statuses = [\"Moved\"]\n", &["missing_key 3:21"]),
        ("received = \"a\"\nsatisfied_from = 3\n", &["missing_key 3:18"]),
        ("satisfied_from = 6\n", &["out_of_range 2:18"]),
        ("severity_order = [\"a\", \"b\", \"c\"]\nseverity_max = 2\n", &["conflict 3:16"]),
        ("targets = { closed_in_tme = 90 }\n", &["unknown_target 2:13"]),
        ("targets = { count = 5 }\n", &["target_without_direction 2:13"]),
        ("targets = { first_contact = 101 }\n", &["out_of_range 2:13"]),
        ("targets = { first_contact = -1 }\n", &["out_of_range 2:29"]),
        ("targets = { rate_per_1000 = 2 }\n", &["missing_key 2:13"]),
        ("targets = { acknowledged_in_time = 90 }\n", &["missing_key 2:13"]),
        ("received = \"a\"\ntargets = { closed_in_time = 90 }\n", &["missing_key 3:13"]),
    ];
    for (text, expected) in cases {
        assert_eq!(faults(text), *expected, "{text}");
    }
}

#[test]
fn help_says_what_to_write() {
    for (text, help) in [
        ("recieved = \"x\"\n", "did you mean `received`?"),
        ("targets = { closed_in_tme = 90 }\n", "did you mean `closed_in_time`?"),
        ("close_within = 30\n", "say what it is counted in: `\"30 days\"`"),
        ("as_of = 2026-09-30\n", "write it in quotes: `\"2026-09-30\"`"),
        ("close_within = \"2 months\"\n", Deadline::FORMS),
        (
            "transactions = { \"2026-01\" = 5 }\n",
            "a quarter is written like `2026-Q3`; other periods are set by `period`",
        ),
    ] {
        assert_eq!(help_of(text), help, "{text}");
    }
}

#[test]
fn what_needs_no_column_is_fine_alone() {
    // Without any column the columns are guessed from the file: then nothing is missing yet.
    read(
        "acknowledge_within = \"8 business hours\"\nclosed_statuses = [\"Done\"]\ntargets = { closed_in_time = 90 }\n",
    );
    // Days of work need no hours.
    read("received = \"a\"\nclosed = \"b\"\nclose_within = \"2 business days\"\n");
    // A target by the due date of each complaint.
    read("received = \"a\"\nclosed = \"b\"\ndue = \"c\"\ntargets = { closed_in_time = 90 }\n");
    // An escalated complaint may be open or closed.
    read("escalated_statuses = [\"Level 2\"]\nopen_statuses = [\"Level 2\"]\n");
}

#[test]
fn columns_have_their_places() {
    let parsed =
        parse(b"[complaints]\nreceived = \"Opened\"\n[indicators]\nvalue = \"n\"\n", "s.toml").unwrap();
    let place = |path: &str| parsed.survey.places.of(path).map(|place| (place.line, place.column));
    assert_eq!(place("complaints.received"), Some((2, 12)));
    assert_eq!(place("indicators.value"), Some((4, 9)));
    assert_eq!(place("complaints.closed"), None);
}
