use csat::diagnostic::Diagnostic;
use csat::survey;

fn faults(text: &str) -> Vec<Diagnostic> {
    match survey::parse(text.as_bytes(), "survey.toml") {
        Ok(parsed) => panic!("no fault in:\n{text}\n{:?}", parsed.notes),
        Err(faults) => faults,
    }
}
#[test]
fn scratch() {
    for file in ["tests/it/data/full.toml", "examples/branch-banking/responses.toml", "examples/sfo-airport/sfo-2017.toml", "examples/sfo-airport/sfo-2018.toml"] {
        match survey::parse(&std::fs::read(file).unwrap(), file) { Ok(p) => for n in p.notes { println!("{n}") }, Err(f) => for n in f { println!("{n}") } }
    }
    for t in survey::templates() {
        match survey::parse(t.text.as_bytes(), t.name) { Ok(p) => for n in p.notes { println!("{n}") }, Err(f) => for n in f { println!("{n}") } }
    }
    for t in ["[survey]\nconfidence = 0,95\ntitle = \"x\"\npopulation = 48,000\n", "[survey]\ntitle = “Hello”\n", "[data]\nid = \"C:\\Users\\x\"\n", "[question.q 1]\nmeasure = \"csat\"\n[question.b]\nmeasure=\"npss\"\n", "[question.q]\noverall = True\n", "[question.q]\noverall = yes\nmeasure = csat\n", "[question.q]\nmeasure \"csat\"\ntarget = –5\n", "[question.q]\nmeasure = \"csat\"\n[question.q]\nmeasure = \"csat\"\ntarget=1\ntarget=2\n", "[survey\ntitle = \"x\"\n", "[survey]\ntitle = \"x\nobjective = 'y'\n","[survey]\ntitle = \"x\"\rpopulation = 5\r", "[survey]\r\ntitle = \"x\" \"y\"\r\n[data]\nmissing = [\"a\" \"b\"]\nwave = {every = \"quarter\"\n[question.ü]\nmeasure = 'csat'\n", "[survey]\ntitle : \"x\"\n = 4\nfoo\n", "title = \u{a0}\"x\"\n", "[Question.q1.a]\n[data]\ndate = 2026-01-01\npopulation = 5 000\nx=05\ny=.5\nz=1.\nw=80%\n", "[question.q1.a]\nmeasure=\"csat\"\n[data]\npopulation = 5\nweihgt = \"w\"\nwave = \"quarter\"\n[[question]]\nid = 3\n[gate]\n", "[survey]\nconfidence = 95\n[question.a]\nmin = 3\ntarget = 140\n[question.b]\nmeasure=\"gap\"\nexpectation=\"e\"\n[question.c]\nmeasure=\"nps\"\nheadline=\"top_box\"\nscale=\"satisfactoin\"\n[segment.a]\nbands = { x = \"1..5\", y=\"5..9\", z=\"30-49\" }\n[scale.s]\nmax=5\nlabels=[\"a\",\"b\"]\ntop=5\nnot_applicable=[5]\n"] {
        println!("-----\n{t}");
        for f in faults(t) { println!("{f}\n"); }
    }
}
