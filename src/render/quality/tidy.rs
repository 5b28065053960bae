//! Every figure of the quality section as a row of its own: table, row, figure, value.

use crate::render::csv::harmless;
use crate::report::QualitySection;

/// The CSV.
pub(super) fn tidy(section: &QualitySection) -> String {
    let mut rows = Rows::default();
    rows.count("all", "", "rows", section.rows);
    for check in &section.checks {
        let row = &check.code;
        for (figure, value) in [("looked_at", check.looked_at), ("flagged", check.flagged)] {
            rows.some("checks", row, figure, value.map(|value| value.to_string()));
        }
        rows.number("checks", row, "share", check.share);
        rows.number("checks", row, "threshold", check.threshold);
        rows.number("checks", row, "share_of_median", check.share_of_median);
        rows.some("checks", row, "pairs", check.pairs.map(|pairs| pairs.to_string()));
        rows.number("checks", row, "expected_pairs", check.expected_pairs);
        rows.some("checks", row, "reason", check.reason.clone());
    }
    let flags = &section.flags;
    let by_flags = [
        ("none", flags.none),
        ("one", flags.one),
        ("two", flags.two),
        ("three_or_more", flags.three_or_more),
    ];
    for (row, value) in by_flags {
        rows.count("flags", row, "rows", value);
    }
    for item in &section.items {
        let row = named(&item.question, item.part.as_deref());
        let counts = [
            ("asked", item.asked),
            ("answered", item.answered),
            ("dont_know", item.dont_know),
            ("not_applicable", item.not_applicable),
            ("blank", item.blank),
            ("invalid", item.invalid),
            ("not_asked", item.not_asked),
        ];
        for (figure, value) in counts {
            rows.count("items", &row, figure, value);
        }
        rows.number("items", &row, "nonresponse", item.nonresponse);
        rows.number("items", &row, "dont_know_share", item.dont_know_share);
    }
    let progress = &section.progress;
    let steps = [
        ("no_answer", progress.no_answer),
        ("reached_end", progress.reached_end),
        ("stopped", progress.stopped),
    ];
    for (row, value) in steps {
        rows.count("progress", row, "rows", value);
    }
    for place in &progress.break_off {
        let row = named(&place.question, place.part.as_deref());
        rows.count("break_off", &row, "place", place.place);
        rows.count("break_off", &row, "rows", place.rows);
        rows.number("break_off", &row, "share", place.share);
    }
    for grid in &section.grids {
        rows.count("grids", &grid.name, "looked_at", grid.looked_at);
        rows.count("grids", &grid.name, "identical", grid.identical);
        rows.number("grids", &grid.name, "identical_share", grid.identical_share);
        rows.count("grids", &grid.name, "longest_run", grid.longest_run);
        rows.number("grids", &grid.name, "mean_run", grid.mean_run);
    }
    for line in &section.contradictions {
        rows.count("contradictions", &line.condition, "looked_at", line.looked_at);
        rows.count("contradictions", &line.condition, "rows", line.rows);
    }
    for line in &section.late.rows {
        let figures = [
            ("early", line.early),
            ("late", line.late),
            ("difference", line.difference),
            ("low", line.low),
            ("high", line.high),
            ("p", line.p),
            ("p_adjusted", line.p_adjusted),
        ];
        for (figure, value) in figures {
            rows.number("late", &line.question, figure, value);
        }
    }
    for line in &section.response.dispositions {
        rows.count("dispositions", &line.disposition, "cases", line.cases);
    }
    rows.number("response", "e", "value", section.response.e);
    for rate in &section.response.rates {
        rows.number("response", &rate.name, "value", rate.value);
    }
    rows.finish()
}

fn named(question: &str, part: Option<&str>) -> String {
    part.map_or_else(|| question.to_owned(), |part| format!("{question}.{part}"))
}

#[derive(Default)]
struct Rows(Vec<[String; 4]>);

impl Rows {
    fn some(&mut self, table: &str, row: &str, figure: &str, value: Option<String>) {
        if let Some(value) = value {
            self.0.push([table.to_owned(), harmless(row), figure.to_owned(), value]);
        }
    }

    fn count(&mut self, table: &str, row: &str, figure: &str, value: u64) {
        self.some(table, row, figure, Some(value.to_string()));
    }

    fn number(&mut self, table: &str, row: &str, figure: &str, value: Option<f64>) {
        self.some(table, row, figure, value.map(|value| value.to_string()));
    }

    fn finish(self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = ["table", "row", "figure", "value"].map(str::to_owned);
        for record in std::iter::once(&head).chain(&self.0) {
            writer.write_record(record).expect("rows are equally long and are written to memory");
        }
        let bytes = writer.into_inner().expect("memory is always flushed");
        String::from_utf8(bytes).expect("only text was written")
    }
}
