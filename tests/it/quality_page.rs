//! The quality of the answers on the page of a report: for whom, in which words, how large.

use csat::analysis::CHECKS;

use super::support::{Workdir, run_in};

const DEFINITION: &str = r#"
[data]
id = "id"
customer = "customer"

[quality]
duration = "seconds"
contradictions = ["overall = 5 and recommend <= 2 and comment != \"<script>alert(1)</script>\""]
disposition_counts = { complete = 31, partial = 1, refusal = 8 }

[question.overall]
measure = "csat"
overall = true
label = "<script>alert(2)</script>"

[block."=HYPERLINK(1)"]
questions = ["s1..s8"]
measure = "csat"

[question.recommend]
measure = "nps"

[question.comment]
measure = "text"
label = "</table><img src=x onerror=alert(3)>"
"#;

/// Thirty honest rows, one that is fast and writes one point throughout, one that stopped.
fn work() -> Workdir {
    let mut text = "id,customer,seconds,overall,s1,s2,s3,s4,s5,s6,s7,s8,recommend,comment\n".to_owned();
    for row in 0..30 {
        let point = |step: usize| 1 + (row * step + step) % 5;
        text.push_str(&format!(
            "R{row},Customer {row},300,4,{},{},3,{},1,5,2,4,{},fine {row}\n",
            point(2),
            point(3),
            point(7),
            6 + row % 4
        ));
    }
    text.push_str(
        "SECRET1,Customer X,60,5,5,5,5,5,5,5,5,5,1,my words\nSECRET2,Customer Y,200,4,3,2,,,,,,,,\n",
    );
    let work = Workdir::new();
    work.file("a.toml", DEFINITION);
    work.file("a.csv", text);
    work
}

/// The report in that language; it is Markdown, so that words stand as they are.
fn page(work: &Workdir, language: &str) -> String {
    let run = work.run(&[
        "report",
        "a.csv",
        "--sections",
        "quality",
        "--language",
        language,
        "--format",
        "md",
        "--quiet",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn every_language_says_what_was_flagged_and_by_which_limit() {
    let work = work();
    for (language, texts) in [
        (
            "en",
            [
                "## Quality of the answers",
                "Without a flag: 31; with one: 0; with two: 0; with three or more: 1.",
                "| Too fast | 31 | 1 | 3.2 % | less than 150 seconds, 50 % of the median time of 300 seconds |",
            ],
        ),
        (
            "de",
            [
                "## Qualität der Antworten",
                "Ohne Auffälligkeit: 31; mit einer: 0; mit zwei: 0; mit drei oder mehr: 1.",
                "| Zu schnell | 31 | 1 | 3,2 % | weniger als 150 Sekunden, 50 % der mittleren Dauer (Median) von 300 Sekunden |",
            ],
        ),
        (
            "fr",
            [
                "## Qualité des réponses",
                "Sans signalement : 31 ; avec un : 0 ; avec deux : 0 ; avec trois ou plus : 1.",
                "| Trop rapide | 31 | 1 | 3,2 % | moins de 150 secondes, 50 % de la durée médiane de 300 secondes |",
            ],
        ),
        (
            "es",
            [
                "## Calidad de las respuestas",
                "Sin aviso: 31; con uno: 0; con dos: 0; con tres o más: 1.",
                "| Demasiado rápido | 31 | 1 | 3,2 % | menos de 150 segundos, el 50 % del tiempo mediano de 300 segundos |",
            ],
        ),
    ] {
        let page = page(&work, language).replace('\u{a0}', " ");
        for text in texts {
            assert!(page.contains(text), "{language}: {text}\n{page}");
        }
        for (code, _) in CHECKS.iter().filter(|(code, _)| code.contains('_')) {
            assert!(!page.contains(code), "{language}: {code} has no words\n{page}");
        }
        for id in ["SECRET1", "Customer X", "my words"] {
            assert!(!page.contains(id), "{language}: nobody is named: {id}");
        }
    }
}

#[test]
fn texts_of_the_survey_become_no_markup_and_no_formula() {
    let work = work();
    for name in ["a.html", "a.xlsx"] {
        assert_eq!(work.run(&["report", "a.csv", "-o", name, "--quiet"]).code, 0, "{name}");
    }
    let page = work.read("a.html");
    assert!(page.contains("id=\"quality\""), "the part is there");
    assert!(!page.contains("<script") && !page.contains("<img src=x"), "texts are only texts");
    assert!(page.contains("alert(3)") && page.contains("=HYPERLINK(1)"), "they are shown all the same");
}

#[test]
fn only_the_team_is_shown_it() {
    let work = work();
    let shown = |arguments: &[&str]| {
        let run = work.run(&[&["report", "a.csv", "--format", "md", "--quiet"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(shown(&[]).contains("Too fast"));
    for audience in ["board", "customers"] {
        let page = shown(&["--for", audience]);
        assert!(!page.contains("Quality of the answers") && !page.contains("Too fast"), "{audience}");
        let asked = shown(&["--for", audience, "--sections", "quality"]);
        assert!(asked.contains("was not looked at for this report"), "{audience}: {asked}");
    }
    assert_eq!(work.run(&["report", "a.csv", "-o", "saved.json"]).code, 0);
    let run = work.run(&["report", "saved.json", "--sections", "quality", "--format", "md"]);
    assert!(run.stdout.contains("Too fast"), "a saved report has it too: {}", run.stdout);
}

/// The page of the example is one that a mail takes, and a phone loads.
#[test]
fn the_page_of_the_example_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let answers = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/branch-banking/responses.csv");
    for language in ["en", "de", "fr", "es"] {
        let run = run_in(
            folder.path(),
            &["report", answers, "--date", "2026-10-05", "--language", language, "-o", "q.html", "--quiet"],
            b"",
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let bytes = std::fs::metadata(folder.path().join("q.html")).unwrap().len();
        assert!(bytes < 400 * 1024, "{language}: {bytes} bytes");
    }
}

/// Rows of a table on a phone stay low: a long wording is shown in short and in full where one asks for it.
#[test]
fn long_wordings_are_short_on_the_page_and_whole_in_its_titles() {
    let wording = "Please order the following methods of paying by how often you have used them in \"our\" shops this year";
    let work = Workdir::new();
    work.file("a.toml", format!("[question.q]\nmeasure = \"csat\"\ntext = '{wording}'\n"));
    work.file("a.csv", format!("q\n{}", "4\n\"\"\n5\n".repeat(20)));
    let run = work.run(&["report", "a.csv", "--sections", "quality", "-o", "a.html", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = work.read("a.html");
    let titled = format!("title=\"{}\"", wording.replace('"', "&quot;"));
    assert!(page.contains(&titled), "{page}");
    assert!(page.contains("Please order the followin…"), "{page}");
    let run = work.run(&["report", "a.csv", "--sections", "quality", "--format", "md", "--quiet"]);
    assert!(
        run.stdout.contains("| Please order the following methods of paying by how often"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_report_of_one_wave_says_so_once() {
    let work = Workdir::new();
    work.file(
        "a.toml",
        "[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n[question.a]\n[question.b]\n",
    );
    work.file("a.csv", format!("day,a,b\n{}", "2026-02-03,4,5\n2026-03-04,5,3\n".repeat(20)));
    let run = work.run(&["report", "a.csv", "--sections", "trend", "--format", "md", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("There is one wave"), "{}", run.stdout);
    assert!(!run.stdout.contains("from 2026-Q1"), "{}", run.stdout);
}

/// A name and a wording that say the same are one, and in short.
#[test]
fn a_row_of_a_grid_is_explained_in_few_lines() {
    let stem =
        "Please state whether you view the following characters favorably or are unfamiliar with him or her.";
    let work = Workdir::new();
    work.file(
        "a.toml",
        format!("[question.\"{stem} [Boba Fett]\"]\nmeasure = \"csat\"\ntext = \"{stem} – Boba Fett\"\n"),
    );
    work.file("a.csv", format!("\"{stem} [Boba Fett]\"\n{}", "4\n5\n3\n".repeat(20)));
    let run = work.run(&["import", "--explain", "a.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.matches("Boba").count(), 1, "{}", run.stdout);
    let columns = run.stdout.split_once("column ").unwrap().1;
    assert!(columns.lines().count() < 7, "{}", run.stdout);
}

/// Groups that a wave does not have are named by the first few and counted.
#[test]
fn a_long_list_of_absent_groups_is_cut() {
    let mut text = "day,overall,site\n".to_owned();
    for row in 0..120 {
        let month = 1 + row / 10;
        text += &format!("2026-{month:02}-03,{},Site number {}\n", 1 + row % 5, row / 2);
    }
    let work = Workdir::new();
    work.file(
        "a.toml",
        "[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n[question.overall]\n\
         measure = \"csat\"\noverall = true\n[segment.site]\n",
    );
    work.file("a.csv", text);
    let run = work.run(&["trend", "a.csv", "--mix", "site"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let shown = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("take the overall figure"), "{}", run.stdout);
    assert!(shown.contains("Site number 1 (") && !shown.contains("Site number 58"), "{}", run.stdout);
}
