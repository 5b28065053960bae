//! Files of records that a definition names stand in the report, the trend and the gate of its answers.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::Workdir;

const DEFINITION: &str = "[survey]\ntitle = \"Desk\"\n[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n\
    [question.overall]\nmeasure = \"csat\"\noverall = true\n\
    [complaints]\nfile = \"complaints.csv\"\nreceived = \"received\"\nclosed = \"closed\"\nid = \"id\"\n\
    close_within = \"10 days\"\n";

/// Forty answers a quarter, and complaints: of the first quarter 18 of 20 closed in time, of the second 8 of 20.
fn desk() -> Workdir {
    let folder = Workdir::new();
    let mut answers = "day,overall\n".to_owned();
    let mut complaints = "id,received,closed\n".to_owned();
    for (month, late) in [("02", 2), ("05", 12)] {
        for place in 0..40 {
            writeln!(answers, "2026-{month}-{:02},{}", place % 27 + 1, 3 + place % 3).unwrap();
        }
        for place in 0..20 {
            let closed = if place < late { 26 } else { 6 };
            writeln!(complaints, "{month}{place},2026-{month}-{:02},2026-{month}-{closed:02}", place % 5 + 1)
                .unwrap();
        }
    }
    folder.file("a.csv", answers);
    folder.file("complaints.csv", complaints);
    folder.file("a.toml", DEFINITION);
    folder
}

fn json(folder: &Workdir, arguments: &[&str]) -> Value {
    let run = folder.run(arguments);
    assert!(run.code == 0 || run.code == 3, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

const DATE: [&str; 2] = ["--date", "2026-07-01"];

#[test]
fn a_report_has_the_complaints_that_the_definition_names() {
    let report = json(&desk(), &[&["report", "a.csv", "--format", "json"][..], &DATE].concat());
    let section =
        report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "complaints");
    assert_eq!(section.unwrap()["counted"]["complaints"], 40);
    let in_time: Vec<&Value> = report["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|estimate| estimate["question"] == "complaints" && estimate["statistic"] == "closed_in_time")
        .collect();
    assert_eq!(in_time.len(), 1, "those of the wave shown");
    assert_eq!((&in_time[0]["wave"], &in_time[0]["value"]), (&"2026-Q2".into(), &40.0.into()));
    assert_eq!(in_time[0]["headline"], false, "it is no score of the survey");
    let inputs = report["provenance"]["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["name"] == "complaints.csv"), "{inputs:?}");
    let shown = desk().run(&[&["report", "a.csv"][..], &DATE].concat()).stdout;
    assert!(shown.contains("40 of 40 records count as complaints"), "{shown}");
    // A page, too, and the same again from the saved report.
    let folder = desk();
    for target in ["q2.html", "q2.json"] {
        folder.run(&[&["report", "a.csv", "-o", target][..], &DATE].concat()).refused(0, &[]);
    }
    folder.run(&["report", "q2.json", "-o", "again.html"]).refused(0, &[]);
    let page = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(page("q2.html"), page("again.html"));
}

#[test]
fn a_trend_follows_them_and_says_whether_the_move_is_real() {
    let report = json(&desk(), &[&["trend", "a.csv", "--format", "json"][..], &DATE].concat());
    let of = |question: &str| {
        let sections = report["sections"].as_array().unwrap().clone();
        sections.into_iter().find(|section| section["kind"] == "trend" && section["question"] == question)
    };
    assert!(of("overall").is_some());
    let points = of("complaints").unwrap()["points"].as_array().unwrap().clone();
    assert_eq!((&points[0]["value"], &points[1]["value"]), (&90.0.into(), &40.0.into()));
    assert_eq!((&points[1]["change"], &points[1]["verdict"]), (&(-50.0).into(), &"down".into()));
    let shown = desk().run(&[&["trend", "a.csv"][..], &DATE].concat());
    assert!(shown.code == 0 && shown.stdout.contains("Complaints"), "{}{}", shown.stdout, shown.stderr);
}

#[test]
fn a_gate_judges_them() {
    let gate = |condition: &str, code: i32| {
        let run = desk().run(&[&["gate", "a.csv", "--fail-if", condition][..], &DATE].concat());
        assert_eq!(run.code, code, "{condition}: {}{}", run.stdout, run.stderr);
        run
    };
    gate("complaints.closed_in_time.low < 90", 3);
    gate("complaints.low < 90", 3);
    gate("complaints.closed_in_time.value < 30", 0);
    gate("complaints.closed_in_time.value@2026-Q1 < 80", 0);
    gate("complaints.closed_in_time.change < -20", 3);
    gate("complaints.count.value > 15", 3);
    gate("complaints.close_in_time.low < 90", 2).refused(2, &["did you mean `closed_in_time`?"]);
    gate("complaints.closed_in_time.low < 190", 2).refused(2, &["outside 0 to 100"]);
    let folder = desk();
    folder.file("a.toml", DEFINITION.split("[complaints]").next().unwrap());
    let arguments = ["gate", "a.csv", "--fail-if", "complaints.closed_in_time.low < 90"];
    folder.run(&arguments).refused(2, &["there is no question `complaints`"]);
    let written = format!("{DEFINITION}[[gate]]\nfail_if = \"complaints.closed_in_time.low < 90\"\n");
    folder.file("a.toml", written);
    let run = folder.run(&[&["gate", "a.csv"][..], &DATE].concat());
    assert!(
        run.code == 3 && run.stdout.contains("complaints.closed_in_time.low < 90"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

/// The definition with promises, disputes and indicators beside the complaints.
fn all_records() -> Workdir {
    let folder = desk();
    let mut events = "event_id,promise_id,date,met\n".to_owned();
    let mut disputes = "id,referred,decided,outcome,internal_outcome\n".to_owned();
    let mut indicators = "period,indicator,value,denominator,unit,direction\n".to_owned();
    for (quarter, month, kept) in [(1, "02", 36), (2, "05", 20)] {
        for place in 0..40 {
            let met = if place < kept { "yes" } else { "no" };
            writeln!(events, "{month}{place},wait,2026-{month}-{:02},{met}", place % 27 + 1).unwrap();
        }
        for place in 0..10 {
            let outcome = if place < quarter * 3 { "for customer" } else { "for organisation" };
            let days = (place + 1, place + 12);
            writeln!(
                disputes,
                "{month}{place},2026-{month}-{:02},2026-{month}-{:02},{outcome},rejected",
                days.0, days.1
            )
            .unwrap();
        }
        writeln!(indicators, "2026-Q{quarter},returns,{},1000,per 1000,lower", 10 * quarter).unwrap();
    }
    folder.file("events.csv", events);
    folder.file("disputes.csv", disputes);
    folder.file("indicators.csv", indicators);
    let more = "[promises]\nevents = \"events.csv\"\n[promises.wait]\ntext = \"Served soon\"\n\
        [disputes]\nfile = \"disputes.csv\"\n[indicators]\nfile = \"indicators.csv\"\n";
    folder.file("a.toml", format!("{DEFINITION}{more}"));
    folder
}

#[test]
fn promises_disputes_and_indicators_stand_beside_them() {
    let folder = all_records();
    let report = json(&folder, &[&["report", "a.csv", "--format", "json"][..], &DATE].concat());
    let kinds: Vec<&str> = report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|section| section["kind"].as_str())
        .collect();
    for kind in ["complaints", "promises", "disputes", "indicators"] {
        assert_eq!(kinds.iter().filter(|found| **found == kind).count(), 1, "{kind}: {kinds:?}");
    }
    let page = folder.run(&[&["report", "a.csv", "--format", "md"][..], &DATE].concat()).stdout;
    for part in ["## Complaints", "## Promises", "## Disputes", "## Indicators"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let trend = json(&folder, &[&["trend", "a.csv", "--format", "json"][..], &DATE].concat());
    let change = |question: &str| {
        let sections = trend["sections"].as_array().unwrap();
        let found =
            sections.iter().find(|section| section["kind"] == "trend" && section["question"] == question);
        found.unwrap_or_else(|| panic!("{question}: {trend:#}"))["points"][1]["change"].clone()
    };
    assert_eq!(change("promises.wait"), -40.0);
    assert_eq!(change("disputes"), 30.0);
    let gate = |condition: &str, code: i32| {
        let run = folder.run(&[&["gate", "a.csv", "--fail-if", condition][..], &DATE].concat());
        assert_eq!(run.code, code, "{condition}: {}{}", run.stdout, run.stderr);
        run.stdout
    };
    gate("promises.wait.kept.low < 70", 3);
    gate("promises.kept.low < 70", 3);
    gate("promises.wait.kept.value@2026-Q1 < 70", 0);
    gate("disputes.overturned.high > 90", 0);
    gate("indicators.returns.rate_per_1000.high > 25", 3);
    gate("indicators.returns.value > 15", 3);
    let gone = gate("promises.weight.kept.low < 70", 0);
    assert!(gone.contains("promises.weight"), "{gone}");
    gate("promises.wait.keept.low < 70", 2);
}
