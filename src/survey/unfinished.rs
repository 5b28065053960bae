//! A column of a plain table that tells unfinished rows, by the words of its header and its values.

use super::{ColumnProfile, Profile, RowRule, fold};

/// Headers of columns that say whether the respondent reached the end.
const FINISHED: [&str; 20] = [
    "finished",
    "is_finished",
    "isfinished",
    "complete",
    "completed",
    "is_complete",
    "is_completed",
    "iscomplete",
    "submitted",
    "progress",
    "beendet",
    "abgeschlossen",
    "vollständig",
    "fertig",
    "terminé",
    "complet",
    "achevé",
    "terminado",
    "completo",
    "finalizado",
];
/// Cells that say so.
const YES: [&str; 11] = ["true", "yes", "y", "t", "1", "ja", "wahr", "oui", "vrai", "sí", "verdadero"];
/// Cells that say it did not.
const NO: [&str; 9] = ["false", "no", "n", "f", "0", "nein", "falsch", "non", "faux"];
/// Headers of a share of the way in percent.
const PROGRESS: [&str; 4] = ["progress", "fortschritt", "progression", "progreso"];

/// The rule of a file that does not say by itself which rows are unfinished; `None` where no column tells.
///
/// A column that is looked at for something else by its name is not excepted: what it says, it says.
pub fn unfinished_rows(profile: &Profile) -> Option<RowRule> {
    profile.columns.iter().find_map(rule)
}

fn rule(column: &ColumnProfile) -> Option<RowRule> {
    let name = fold(&column.name).replace([' ', '-'], "_");
    let is_one = |words: &[&str], text: &str| words.contains(&fold(text).as_str());
    let all = |test: &dyn Fn(&str) -> bool| {
        column.filled > 0 && !column.overflow && column.values.iter().all(|(text, _)| test(text))
    };
    let rule = |values: Vec<String>| Some(RowRule { column: column.name.clone(), values });
    if FINISHED.contains(&name.as_str()) && all(&|text| is_one(&YES, text) || is_one(&NO, text)) {
        return rule(NO.iter().map(|text| (*text).to_owned()).collect());
    }
    let percent = |text: &str| text.trim_end_matches('%').trim().parse::<u8>().ok();
    let reaches_the_end = column.values.iter().any(|(text, _)| percent(text) == Some(100));
    if PROGRESS.contains(&name.as_str())
        && reaches_the_end
        && all(&|text| percent(text).is_some_and(|share| share <= 100))
    {
        let cells =
            (0..100).flat_map(|share: u8| [format!("{share}"), format!("{share}%"), format!("{share} %")]);
        return rule(cells.collect());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, cells: &[&str]) -> Option<RowRule> {
        let column = ColumnProfile {
            name: name.to_owned(),
            values: cells.iter().map(|cell| ((*cell).to_owned(), 1)).collect(),
            filled: cells.len() as u64,
            ..ColumnProfile::default()
        };
        unfinished_rows(&Profile { columns: vec![column], ..Profile::default() })
    }

    #[test]
    fn header_and_values_both_have_to_tell() {
        assert!(found("Finished", &["TRUE", "FALSE"]).unwrap().values.contains(&"false".to_owned()));
        assert!(found("is complete", &["1", "0"]).is_some());
        assert!(found("progress", &["100", "45"]).unwrap().values.contains(&"99".to_owned()));
        assert!(!found("progress", &["100", "45"]).unwrap().values.contains(&"100".to_owned()));
        for (name, cells) in [
            ("finished", &["yes", "maybe"][..]),
            ("renewed", &["TRUE", "FALSE"]),
            ("progress", &["1", "3"]),
            ("progress", &["100", "a"]),
            ("finished", &[]),
        ] {
            assert_eq!(found(name, cells), None, "{name} {cells:?}");
        }
    }
}
