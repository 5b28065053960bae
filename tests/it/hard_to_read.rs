//! What would be lost, moved or misread without a word: quotes left open, years in front, commas in answers, answers in the
//! place of a header, records of JSON in a wrapping.

use crate::support::Workdir;

/// Rows of an id, a comment and a score, with other text in some of their places.
fn with_comments(odd: &[(usize, &str)]) -> String {
    let row = |row: usize| {
        let comment = odd.iter().find(|(at, _)| *at == row).map_or("fine", |(_, comment)| comment);
        format!("{row},{comment},{}\n", 1 + row * 7 % 5)
    };
    "id,comment,overall\n".to_owned() + &(0..60).map(row).collect::<String>()
}

#[test]
fn a_quote_that_closes_in_another_row_is_refused_with_its_line() {
    let work = Workdir::new();
    work.file("a.csv", with_comments(&[(20, "\"open quote"), (40, "\"open quote")]));
    let wanted = "line 22: the quote opened here closes in line 42, in the middle of a cell";
    work.run(&["analyze", "a.csv"]).refused(1, &[wanted]);
    work.run(&["import", "a.csv"]).refused(1, &[wanted]);
}

#[test]
fn an_open_quote_in_the_export_of_a_tool_is_refused_too() {
    let work = Workdir::new();
    let rows: String = (0..60)
        .map(|row| {
            let comment = if row == 20 || row == 40 { "\"open" } else { "fine" };
            format!("R_{row},2026-09-01 10:00:00,{},{comment}\n", 1 + row % 5)
        })
        .collect();
    let text = format!(
        "ResponseId,StartDate,Q1,Q2\nResponse ID,Start Date,How satisfied are you?,Why?\n\"{{\"\"ImportId\"\":\"\"_recordId\"\"}}\",\
         \"{{\"\"ImportId\"\":\"\"startDate\"\"}}\",\"{{\"\"ImportId\"\":\"\"QID1\"\"}}\",\"{{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}}\"\n{rows}"
    );
    work.file("a.csv", text);
    work.run(&["analyze", "a.csv"]).refused(1, &["line 24: the quote opened here closes in line 44"]);
}

#[test]
fn odd_quotes_that_lose_no_row_are_cautioned() {
    let work = Workdir::new();
    work.file("a.csv", with_comments(&[(5, "\"good\" service"), (9, "\"two\nlines, \"\"quoted\"\"\"")]));
    let run = work.run(&["analyze", "a.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let wanted = "caution: a.csv: 1 cell has text behind a closing quote, first in line 7";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    work.file("b.csv", with_comments(&[(20, "\"open"), (40, "27\"")]));
    let run = work.run(&["analyze", "b.csv"]);
    let wanted = "1 quoted cell of several lines, each like a row, is read as one answer, first in line 22";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    work.file("c.csv", with_comments(&[(9, "\"two\nlines, \"\"quoted\"\"\""), (11, "5\" screen")]));
    let run = work.run(&["analyze", "c.csv"]);
    assert!(!run.stderr.contains("quote"), "{}", run.stderr);
}

fn dated(date: impl Fn(usize) -> String) -> String {
    let row = |row: usize| format!("{row},{},{}\n", date(row), 1 + row * 7 % 5);
    "id,date,overall\n".to_owned() + &(0..60).map(row).collect::<String>()
}

fn waves(work: &Workdir, arguments: &[&str]) -> Vec<String> {
    let report = work.run(arguments).report();
    let mut waves: Vec<String> = report["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|estimate| Some(estimate["wave"].as_str()?.to_owned()))
        .collect();
    waves.sort();
    waves.dedup();
    waves
}

#[test]
fn years_of_two_digits_in_front_are_read_as_years() {
    let work = Workdir::new();
    for (separator, format) in [('/', "%y/%m/%d"), ('-', "%y-%m-%d"), ('.', "%y.%m.%d")] {
        let text = dated(|row| {
            format!("{}{separator}{:02}{separator}{:02}", 25 + row % 2, 1 + row % 9, 1 + row % 28)
        });
        work.file("a.csv", text);
        let arguments = ["analyze", "a.csv", "--every", "year", "--wave", "all", "--format", "json"];
        assert_eq!(waves(&work, &arguments), ["2025", "2026"], "{separator}");
        let definition = work.run(&["init", "--from", "a.csv", "--output", "-"]).stdout;
        assert!(
            definition.contains(&format!("date = {{ column = \"date\", format = \"{format}\" }}")),
            "{definition}"
        );
        // A definition that does not say it.
        work.file("b.toml", BY_YEAR);
        let arguments = ["analyze", "a.csv", "--survey", "b.toml", "--wave", "all", "--format", "json"];
        assert_eq!(waves(&work, &arguments), ["2025", "2026"], "{separator}");
        let said = work.run(&arguments).stderr;
        assert!(said.contains(&format!("read with the year first, {format}")), "{said}");
    }
}

const BY_YEAR: &str =
    "[data]\ndate = \"date\"\nwave = { every = \"year\" }\n[question.overall]\nmeasure = \"csat\"\n";

#[test]
fn ends_of_quarters_in_front_of_which_the_year_stands() {
    let work = Workdir::new();
    let ends = ["03/31", "06/30", "09/30"];
    work.file("a.csv", dated(|row| format!("{}/{}", 23 + row % 3, ends[row / 3 % 3])));
    work.file("b.toml", BY_YEAR);
    let date = ["--wave", "all", "--format", "json", "--date", "2026-11-22"];
    for typed in [["--every", "year"], ["--survey", "b.toml"]] {
        let arguments = [&["analyze", "a.csv"][..], &typed, &date].concat();
        assert_eq!(waves(&work, &arguments), ["2023", "2024", "2025"]);
    }
}

#[test]
fn a_fixed_day_of_each_month_is_still_a_day() {
    let work = Workdir::new();
    work.file("a.csv", dated(|row| format!("25/{:02}/{}", 1 + row % 9, 24 + row % 3)));
    work.file("b.toml", BY_YEAR);
    let date = ["--wave", "all", "--format", "json", "--date", "2026-11-22"];
    for typed in [["--every", "year"], ["--survey", "b.toml"]] {
        let arguments = [&["analyze", "a.csv"][..], &typed, &date].concat();
        assert_eq!(waves(&work, &arguments), ["2024", "2025", "2026"]);
        let said = work.run(&arguments).stderr;
        assert!(said.contains("caution: column `date`"), "{said}");
        assert!(said.contains("%d/%m/%y") && said.contains("%y/%m/%d"), "{said}");
    }
}

#[test]
fn days_in_front_are_still_days() {
    let work = Workdir::new();
    work.file("a.csv", dated(|row| format!("{:02}/{:02}/26", 1 + row % 28, 1 + row % 9)));
    let arguments = ["analyze", "a.csv", "--every", "year", "--wave", "all", "--format", "json"];
    assert_eq!(waves(&work, &arguments), ["2026"]);
}

#[test]
fn a_comma_in_an_answer_moves_no_column_silently() {
    let work = Workdir::new();
    let row = |row: usize| {
        let comment = if row.is_multiple_of(10) { "good, but slow" } else { "fine" };
        format!("{row},{comment},{},{}\n", 1 + row * 7 % 5, row * 3 % 11)
    };
    let text = "id,comment,overall,recommend\n".to_owned() + &(0..60).map(row).collect::<String>();
    work.file("a.csv", text);
    let run = work.run(&["analyze", "a.csv"]);
    let wanted = "caution: 6 of 60 rows have more filled cells than the header has columns (lines 2, 12, 22, 32, 42 …): cells \
                  may stand in wrong columns";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    assert!(run.stderr.contains("csat  overall"), "it is still a score: {}", run.stderr);
    assert!(run.stdout.contains("kept though odd: 6 with more cells than the header"), "{}", run.stdout);
}

#[test]
fn answers_are_no_header() {
    let work = Workdir::new();
    let rows: String =
        (0..60).map(|row| format!("{},{},{}\n", 1000 + row, 1 + row * 7 % 5, row * 3 % 11)).collect();
    work.file("a.csv", &rows);
    work.run(&["analyze", "a.csv"]).refused(1, &["line 1 looks like answers", "add a line above it"]);
    work.file("b.csv", format!("id,overall,recommend\n{rows}"));
    assert_eq!(work.run(&["analyze", "b.csv"]).code, 0);
}

#[test]
fn records_of_json_in_a_wrapping_are_answers() {
    let work = Workdir::new();
    let records: Vec<String> =
        (0..40).map(|row| format!("{{\"id\":{row},\"overall\":{}}}", 1 + row * 7 % 5)).collect();
    work.file("a.json", format!("{{\"data\":[{}],\"next\":null}}", records.join(",")));
    for command in ["analyze", "quality"] {
        let run = work.run(&[command, "a.json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("JSON, the records under `data`"), "{}", run.stderr);
    }
    let keyed: Vec<String> =
        records.iter().enumerate().map(|(at, record)| format!("\"r{at}\":{record}")).collect();
    work.file("b.json", format!("{{{}}}", keyed.join(",")));
    for command in ["analyze", "import"] {
        work.run(&[command, "b.json"]).refused(1, &["under keys of their own (`r0`, `r1` …)"]);
    }
    let saved = work.run(&["analyze", "a.json", "--format", "json"]).stdout;
    work.file("saved.json", saved);
    work.run(&["analyze", "saved.json"]).refused(2, &["is a saved report"]);
}

#[test]
fn columns_without_a_name_are_called_so() {
    let work = Workdir::new();
    work.file("a.csv", "id,overall,,region\n1,5,x,North\n2,4,y,South\n3,5,,North\n");
    let run = work.run(&["analyze", "a.csv"]);
    assert!(run.stderr.contains("region, a column without a name\n"), "{}", run.stderr);
}
