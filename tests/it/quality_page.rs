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
