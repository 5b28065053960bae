//! Final weights as CSV: one row for each row that was counted.
//!
//! `file` stands where there are several, the id under its own name where the definition names it, `wave` where there
//! are waves. Weights have nine decimals at most, as they are read.

use super::follow_up::harmless;
use crate::report::{RowWeight, RowWeights};

/// The weights as CSV.
pub fn row_weights_csv(weights: &RowWeights) -> String {
    let with_file = weights.inputs.len() > 1;
    let with_wave = weights.rows.iter().any(|row| row.wave.is_some());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let file = with_file.then(|| "file".to_owned());
    let id = weights.id.as_ref().map(|id| harmless(id));
    let wave = with_wave.then(|| "wave".to_owned());
    let header = file.into_iter().chain(["row".to_owned()]).chain(id).chain(wave);
    write(header.chain(["weight".to_owned()]).collect());
    for row in &weights.rows {
        let file = with_file.then(|| file_of(weights, row));
        let id = weights.id.as_ref().map(|_| row.id.as_deref().map_or_else(String::new, harmless));
        let wave = with_wave.then(|| row.wave.clone().unwrap_or_default());
        let cells = file.into_iter().chain([row.row.to_string()]).chain(id).chain(wave);
        write(cells.chain([decimal(row.weight)]).collect());
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    String::from_utf8(bytes).expect("only text was written")
}

fn file_of(weights: &RowWeights, row: &RowWeight) -> String {
    let input = usize::try_from(row.input).ok().and_then(|input| weights.inputs.get(input));
    input.map_or_else(String::new, |name| harmless(name))
}

/// At most nine decimals, without zeros at the end.
fn decimal(weight: f64) -> String {
    let text = format!("{weight:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::row_weights_csv;
    use crate::report::{RowWeight, RowWeights};

    fn row(input: u64, row: u64, id: Option<&str>, wave: Option<&str>, weight: f64) -> RowWeight {
        RowWeight { input, row, id: id.map(str::to_owned), wave: wave.map(str::to_owned), weight }
    }

    #[test]
    fn ids_stand_under_their_own_name_and_formulas_are_harmless() {
        let weights = RowWeights {
            inputs: vec!["a.csv".to_owned()],
            id: Some("response".to_owned()),
            rows: vec![row(0, 1, Some("r1"), None, 1.25), row(0, 3, Some("=1+1"), None, 2.0 / 3.0)],
        };
        assert_eq!(row_weights_csv(&weights), "row,response,weight\n1,r1,1.25\n3,'=1+1,0.666666667\n");
    }

    #[test]
    fn files_and_waves_are_told_where_there_are_several() {
        let weights = RowWeights {
            inputs: vec!["a.csv".to_owned(), "b.csv".to_owned()],
            id: None,
            rows: vec![row(0, 1, None, Some("2026-Q1"), 1.0), row(1, 1, None, Some("2026-Q2"), 0.0)],
        };
        assert_eq!(row_weights_csv(&weights), "file,row,wave,weight\na.csv,1,2026-Q1,1\nb.csv,1,2026-Q2,0\n");
    }
}
