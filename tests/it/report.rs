//! The report as a user gets it: formats, saved reports and their seal, one report a value, charts, badge, bad input.

use std::fs;

use crate::support::Workdir;

const DEFINITION: &str = r#"
[survey]
title = "Counters"
[data]
date = "day"
wave = { every = "quarter" }
[question.overall]
measure = "csat"
overall = true
target = 70
[question.recommend]
measure = "nps"
[question.comment]
measure = "text"
[segment.region]
"#;

/// Three quarters, two regions, hostile words.
fn answers() -> String {
    let mut text = "day,overall,recommend,region,comment\n".to_owned();
    let days = ["2026-02-10", "2026-05-11", "2026-08-12"];
    for row in 0..240_usize {
        let region = if (row / 3) % 3 == 0 { "North" } else { "South" };
        let overall = 1 + (row * 7 + row / 11) % 5;
        let recommend = (row * 5 + row / 7) % 11;
        let comment = if row % 50 == 0 { "\"</script><script>alert(1)</script>\"" } else { "fine" };
        text += &format!("{},{overall},{recommend},{region},{comment}\n", days[row % 3]);
    }
    text
}

fn work() -> Workdir {
    let work = Workdir::new();
    work.file("a.csv", answers());
    work.file("a.toml", DEFINITION);
    work
}

fn run_ok(work: &Workdir, arguments: &[&str]) -> String {
    let run = work.run(arguments);
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    run.stdout
}

#[test]
fn a_terminal_shows_the_parts_that_were_asked_for() {
    let work = Workdir::new();
    work.file("a.csv", "overall,speed,staff,region\n5,4,5,N\n4,4,3,S\n2,1,3,N\n3,3,2,S\n5,5,4,N\n1,2,1,S\n");
    let definition =
        ["overall", "speed", "staff"].map(|id| format!("[question.{id}]\nmeasure = \"csat\"\n")).concat();
    work.file("a.toml", format!("{definition}[segment.region]\n"));
    let shown = |parts: &str| work.run(&["report", "a.csv", "--sections", parts]).stdout;
    let (glance, drivers) = (shown("glance"), shown("drivers,method"));
    assert!(glance.contains("Score ") && !glance.contains("drivers account"), "{glance}");
    assert!(drivers.contains("What goes with") && !drivers.contains("Score "), "{drivers}");
}

#[test]
fn every_format_is_written_and_a_saved_report_renders_to_the_same_bytes() {
    let work = work();
    run_ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    for ending in ["html", "xlsx", "md", "csv", "json"] {
        let (direct, again) = (format!("direct.{ending}"), format!("again.{ending}"));
        run_ok(&work, &["report", "a.csv", "-o", &direct]);
        run_ok(&work, &["report", "saved.json", "-o", &again]);
        let bytes = |name: &str| fs::read(work.path().join(name)).unwrap();
        assert!(bytes(&direct) == bytes(&again), "{ending} differs");
        assert!(!bytes(&direct).is_empty());
    }
    let page = work.read("direct.html");
    assert!(page.starts_with("<!DOCTYPE html>") || page.starts_with("<!doctype html>"));
    assert!(!page.contains("<script"), "no script and no comment that becomes one");
    assert!(page.contains("2026-Q3"));
}

#[test]
fn a_report_that_was_edited_or_cut_is_refused_by_name() {
    let work = work();
    run_ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    let text = work.read("saved.json");
    let edited = text.replacen("\"rows_used\": 80", "\"rows_used\": 81", 1);
    assert_ne!(text, edited);
    for (name, content, message) in [
        ("edited.json", edited.as_str(), "was changed after csat wrote it"),
        ("cut.json", &text[..text.len() / 2], "not a report"),
        ("other.json", "{\"format\": \"csat-report/9\"}", "csat-report/9"),
        ("none.json", "[]", "holds no record"),
    ] {
        work.file(name, content);
        let run = work.run(&["report", name, "-o", "x.html"]);
        assert_eq!(run.code, 1, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(message) && run.stderr.contains(name), "{name}: {}", run.stderr);
        assert!(!work.path().join("x.html").exists());
    }
}

#[test]
fn verification_computes_the_same_and_finds_what_was_changed() {
    let work = work();
    run_ok(&work, &["report", "a.csv", "--where", "overall >= 2", "-o", "saved.json"]);
    let page = run_ok(&work, &["verify", "saved.json"]);
    assert!(page.contains("differences: 0") && page.contains("is what its sources give"), "{page}");

    let text = work.read("saved.json");
    let from = text.find("\"value\": ").unwrap();
    let to = from + text[from..].find(',').unwrap();
    work.file("edited.json", format!("{}\"value\": 12.5{}", &text[..from], &text[to..]));
    let run = work.run(&["verify", "edited.json"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stdout.contains("filed 12.5") && run.stdout.contains("DOES NOT FIT"), "{}", run.stdout);

    work.file("a.csv", answers().replacen("2026-08-12,", "2026-08-13,", 1));
    let run = work.run(&["verify", "saved.json"]);
    assert_eq!(run.code, 3);
    assert!(run.stdout.contains("a.csv: CHANGED"), "{}", run.stdout);

    fs::remove_file(work.path().join("a.csv")).unwrap();
    let run = work.run(&["verify", "saved.json"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("a.csv"), "{}", run.stderr);
}

#[test]
fn one_report_a_value_each_verified() {
    let work = work();
    let made = work.run(&["report", "a.csv", "--each", "region", "-o", "q3.json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let said = |text: &str| made.stderr.lines().filter(|line| line.contains(text)).count();
    assert_eq!((said("definition: "), said("wrote ")), (1, 2), "remarks once, files each: {}", made.stderr);
    assert!(work.names().contains(&"q3-north.json".to_owned()), "{:?}", work.names());
    run_ok(&work, &["verify", "q3-south.json"]);
    let report = csat::render::json::load(&work.read("q3-north.json")).unwrap();
    let panels: Vec<_> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            csat::report::Section::Groups(panel) if panel.segment == "region" => Some(panel),
            _ => None,
        })
        .collect();
    assert!(!panels.is_empty());
    for panel in panels {
        assert_eq!(panel.rows.len(), 1, "only the value itself");
        assert_eq!(panel.rows[0].group, "North");
    }
    let run = work.run(&["report", "a.csv", "--each", "regoin", "-o", "q3.html"]);
    assert_eq!(run.code, 2);
    let run = work.run(&["report", "a.csv", "--each", "region"]);
    assert_eq!(run.code, 2, "several reports need names");
}

#[test]
fn charts_and_badge() {
    let work = work();
    run_ok(&work, &["report", "a.csv", "--sections", "trend", "--charts", "charts", "-o", "q3.html"]);
    let names: Vec<String> = fs::read_dir(work.path().join("charts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.len() >= 6 && names.len().is_multiple_of(3), "{names:?}");
    let picture = names.iter().find(|name| name.ends_with(".png")).unwrap();
    assert!(fs::read(work.path().join("charts").join(picture)).unwrap().starts_with(b"\x89PNG"));
    run_ok(&work, &["report", "a.csv", "--badge", "recommend", "-o", "nps.svg"]);
    assert!(work.read("nps.svg").contains("NPS"));
    let run = work.run(&["report", "a.csv", "--badge", "recomend", "-o", "b.svg"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `recommend`"), "{}", run.stderr);
}

#[test]
fn what_is_typed_wrongly_is_said_and_nothing_is_written() {
    let work = work();
    for (arguments, code, message) in [
        (vec!["report", "a.csv", "-o", "x.docx"], 2, "docx"),
        (vec!["report", "a.csv", "--format", "odt"], 2, "odt"),
        (vec!["report", "a.csv", "-o", "nowhere/x.html"], 1, "nowhere"),
        (vec!["report", "a.csv", "--for", "bord", "-o", "x.html"], 2, "bord"),
        (vec!["report", "a.csv", "--sections", "glanse", "-o", "x.html"], 2, "did you mean `glance`"),
        (vec!["report", "a.csv", "--language", "it", "-o", "x.html"], 2, "Deutsch"),
        (vec!["report", "a.csv", "--mix", "regoin", "-o", "x.html"], 2, "regoin"),
        (vec!["report", "missing.json", "-o", "x.html"], 1, "missing.json"),
        (vec!["trend", "a.csv", "--why", "recomend"], 2, "recomend"),
        (vec!["trend", "a.csv", "--wave", "2026-Q1"], 2, "--wave"),
    ] {
        let run = work.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(work.names(), ["a.csv", "a.toml"]);
}

#[test]
#[cfg(not(feature = "pdf"))]
fn a_pdf_that_this_build_cannot_write_says_how_to_get_one() {
    let work = work();
    let run = work.run(&["report", "a.csv", "-o", "x.pdf"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    for word in ["without the feature `pdf`", "cargo install --path . --features pdf", ".html"] {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
    assert_eq!(work.names(), ["a.csv", "a.toml"]);
}

#[test]
fn a_logo_is_embedded_and_what_is_none_is_refused() {
    let work = work();
    work.file(
        "logo.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><path d='M0 0h9v9z'/></svg>",
    );
    work.file("a.toml", format!("{DEFINITION}\n[report]\nlogo = \"logo.svg\"\ntitle = \"Quarterly\"\n"));
    run_ok(&work, &["report", "a.csv", "-o", "x.html"]);
    let page = work.read("x.html");
    assert!(page.contains("data:image/svg+xml;base64,") && page.contains("Quarterly"));
    work.file("logo.svg", "MZ not a picture");
    let run = work.run(&["report", "a.csv", "-o", "y.html"]);
    assert_eq!(run.code, 78, "{}", run.stderr);
    assert!(run.stderr.contains("logo.svg") && run.stderr.contains("no picture"), "{}", run.stderr);
    work.file("logo.svg", vec![b'<'; 3 << 20]);
    assert_eq!(work.run(&["report", "a.csv", "-o", "y.html"]).code, 78);
    assert!(!work.path().join("y.html").exists());
}

#[test]
fn customers_see_no_small_group_and_no_place() {
    let work = work();
    let mut text = answers();
    for overall in [1, 2, 5] {
        text += &format!("2026-08-12,{overall},3,Tiny,odd\n");
    }
    text += "2026-08-12,9,99,South,odd\n";
    work.file("a.csv", text);
    run_ok(&work, &["report", "a.csv", "--for", "customers", "-o", "x.html"]);
    run_ok(&work, &["report", "a.csv", "--for", "team", "-o", "team.html"]);
    let page = work.read("x.html");
    assert!(!page.contains("line 2"), "no place of a file");
    assert!(work.read("team.html").contains("Tiny"));
    run_ok(&work, &["report", "a.csv", "--for", "customers", "-o", "x.json"]);
    let report = csat::render::json::load(&work.read("x.json")).unwrap();
    let tiny = |estimate: &&csat::report::Estimate| {
        estimate.segment.get("region").is_some_and(|value| value == "Tiny")
    };
    assert!(report.estimates.iter().filter(tiny).all(|estimate| estimate.value.is_none()));
    assert!(report.estimates.iter().filter(tiny).count() > 0);
}

#[test]
fn odd_words_and_many_groups_do_no_harm() {
    let work = Workdir::new();
    let mut text = "day,overall,region\n".to_owned();
    for row in 0..3_000_usize {
        text += &format!("2026-08-12,{},\"عربي {} 👩‍🚀\"\n", 1 + row % 5, row % 1_000);
    }
    work.file("a.csv", text);
    work.file(
        "a.toml",
        "[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n[question.overall]\nmeasure = \"csat\"\n[segment.region]\n",
    );
    run_ok(&work, &["report", "a.csv", "-o", "x.html"]);
    run_ok(&work, &["report", "a.csv", "-o", "x.md"]);
    let page = work.read("x.html");
    assert!(page.contains("عربي"));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
}

#[test]
fn a_single_wave_and_no_wave_are_reports_too() {
    let work = Workdir::new();
    work.file("a.csv", "overall,region\n5,N\n4,S\n2,N\n5,S\n3,N\n");
    work.file("a.toml", "[question.overall]\nmeasure = \"csat\"\n[segment.region]\n");
    run_ok(&work, &["report", "a.csv", "-o", "x.html"]);
    let none = run_ok(&work, &["trend", "a.csv"]);
    assert!(none.contains("nothing to compare"), "{none}");
    work.file("b.csv", "overall,region\n");
    work.file("b.toml", "[question.overall]\nmeasure = \"csat\"\n[segment.region]\n");
    run_ok(&work, &["report", "b.csv", "-o", "y.html"]);
    assert!(work.read("y.html").contains("othing"), "an empty report says so");
}

#[test]
fn waves_that_overlap_are_refused_with_both_names() {
    let work = work();
    run_ok(&work, &["report", "a.csv", "-o", "saved.json"]);
    let run = work.run(&["trend", "saved.json", "a.csv"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("2026-Q3") && run.stderr.contains("saved"), "{}", run.stderr);
}

#[test]
fn one_file_a_wave_gives_a_trend() {
    let work = Workdir::new();
    for (name, shift) in [("2024", 0), ("2025", 1)] {
        let rows: String =
            (0..200).map(|row| format!("{}\n", 1 + (row * 3 + shift * (row % 2)) % 5)).collect();
        work.file(&format!("{name}.csv"), format!("overall\n{rows}"));
        work.file(&format!("{name}.toml"), "[question.overall]\nmeasure = \"csat\"\n");
    }
    let table = run_ok(&work, &["trend", "2024.csv", "2025.csv"]);
    assert!(table.contains("2025 against 2024"), "{table}");
    let other = run_ok(&work, &["trend", "2025.csv", "2024.csv"]);
    assert!(other.contains("2025 against 2024"), "order does not matter");
    work.file("both.toml", "[question.overall]\nmeasure = \"csat\"\n");
    let one = work.run(&["trend", "2024.csv", "2025.csv", "--survey", "both.toml"]);
    assert!(one.code == 0 && one.stdout.contains("2025 against 2024"), "{}", one.stdout);
    assert_eq!(one.stderr.matches("definition: ").count(), 1, "read once for all waves: {}", one.stderr);
}

/// The picture of the README is the program's own output; `CSAT_UPDATE_DOCUMENTS=1` draws it anew.
#[test]
fn the_picture_of_the_readme_is_what_the_program_draws() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = Workdir::new();
    let answers = root.join("examples/branch-banking/responses.csv");
    let charts = ["--date", "2026-10-05", "--sections", "trend", "--charts", "charts", "-o", "x.html"];
    let arguments: Vec<&str> = ["report", answers.to_str().unwrap()].into_iter().chain(charts).collect();
    run_ok(&work, &arguments);
    let drawn = work.read("charts/trend-overall.svg");
    let kept = root.join("docs/images/trend-overall.svg");
    if std::env::var_os("CSAT_UPDATE_DOCUMENTS").is_some() {
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::write(&kept, &drawn).unwrap();
    }
    assert!(
        fs::read_to_string(&kept).unwrap() == drawn,
        "docs/images/trend-overall.svg is not what is drawn now"
    );
}
