//! Coverage by number of answers, as a table of Markdown.

use std::fmt;

/// The coverage of one method.
pub(crate) struct Method {
    title: String,
    rows: Vec<Row>,
}

/// The coverage for one number of answers, in percent.
pub(crate) struct Row {
    n: u64,
    mean: f64,
    least: f64,
    most: f64,
    /// The least and the greatest where ten answers are expected on either side.
    ample: Option<(f64, f64)>,
}

impl Method {
    pub(crate) fn new(title: &str, rows: impl Iterator<Item = Option<Row>>) -> Self {
        Self { title: title.to_owned(), rows: rows.flatten().collect() }
    }
}

impl Row {
    /// From coverages, each with whether it is ample; none where nothing is judged.
    pub(crate) fn of(n: u64, found: impl Iterator<Item = (f64, bool)>) -> Option<Self> {
        let found: Vec<(f64, bool)> = found.map(|(coverage, ample)| (100.0 * coverage, ample)).collect();
        let ends = |of: &[f64]| {
            let least = of.iter().copied().fold(f64::INFINITY, f64::min);
            (least, of.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        };
        let all: Vec<f64> = found.iter().map(|(coverage, _)| *coverage).collect();
        let ample: Vec<f64> =
            found.iter().filter(|(_, ample)| *ample).map(|(coverage, _)| *coverage).collect();
        let (least, most) = ends(&all);
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        (!all.is_empty()).then(|| Self {
            n,
            mean,
            least,
            most,
            ample: (!ample.is_empty()).then(|| ends(&ample)),
        })
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        writeln!(f, "| n | mean | least | most | least and most with ten on either side |")?;
        writeln!(f, "| ---: | ---: | ---: | ---: | ---: |")?;
        for row in &self.rows {
            let ample =
                row.ample.map_or_else(String::new, |(least, most)| format!("{least:.1} to {most:.1}"));
            writeln!(f, "| {} | {:.1} | {:.1} | {:.1} | {ample} |", row.n, row.mean, row.least, row.most)?;
        }
        Ok(())
    }
}
