//! Lines below the answers of a sheet: `Mean`, `Total`, `Source: …` in the first column, where others have ids or groups.
//!
//! They are read as responses, since a response may hold any text; what is said here is only that they look otherwise.

use crate::survey::phrasebook::phrase_key;

use super::column::{Column, Guess};
use super::overrides::Taken;

/// What such lines begin with, in full.
const TOTALS: [&str; 31] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "mean",
    "average",
    "avg",
    "median",
    "n",
    "summe",
    "gesamt",
    "gesamtsumme",
    "mittelwert",
    "durchschnitt",
    "moyenne",
    "somme",
    "total general",
    "mediane",
    "media",
    "promedio",
    "suma",
    "mediana",
    "totale",
    "gemiddelde",
    "sd",
    "std",
    "std dev",
    "stdev",
    "standard deviation",
    "standardabweichung",
    "ecart-type",
];
/// Those that may as well be a group: North, South Dakota. With another of them below or above they are none.
const MAY_BE_NAMES: [&str; 2] = ["n", "sd"];
/// What stands before the colon of a remark.
const REMARKS: [&str; 8] =
    ["source", "note", "notes", "quelle", "anmerkung", "hinweis", "remarque", "fuente"];

/// Says so where the last values of the first column stand once each and name a total or a source.
pub(super) fn mark(columns: &[Column<'_>], guesses: &mut [Guess]) {
    let (Some(column), Some(guess)) = (columns.first(), guesses.first_mut()) else { return };
    let values = &column.values;
    let footers: Vec<&str> =
        values.texts.iter().rev().map_while(|(text, count)| footer(text).filter(|_| *count == 1)).collect();
    let is_name_alone = matches!(footers[..], [one] if MAY_BE_NAMES.contains(&phrase_key(one).as_str()));
    if values.overflow || is_name_alone || footers.is_empty() || footers.len() >= values.distinct {
        return;
    }
    let named: Vec<String> = footers.iter().rev().map(|word| format!("`{word}`")).collect();
    let one = named.len() == 1;
    let (rows, them) = if one { ("the row of", "it") } else { ("the rows of", "them") };
    let what = if one {
        "looks like no response but is counted as one"
    } else {
        "look like no responses but are counted"
    };
    guess.why = format!(
        "{}; {rows} {} {what}: delete {them} or leave {them} out with `exclude`",
        guess.why,
        named.join(" and ")
    );
    if guess.taken != Taken::Skip {
        guess.sure = false;
    }
}

/// The word for the total, or what stands before the colon of a remark; what follows it may be anybody's words.
fn footer(text: &str) -> Option<&str> {
    let word = text.trim().trim_end_matches(':').trim_end();
    if TOTALS.contains(&phrase_key(word).as_str()) {
        return Some(word);
    }
    let (before, _) = text.split_once(':')?;
    REMARKS.contains(&phrase_key(before).as_str()).then_some(before)
}

#[cfg(test)]
mod tests {
    use crate::survey::inference::infer;
    use crate::survey::{ColumnProfile, Profile};

    fn found(values: &[(&str, u64)]) -> (bool, String) {
        let column = ColumnProfile {
            name: "region".to_owned(),
            values: values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect(),
            filled: values.iter().map(|(_, count)| count).sum(),
            ..ColumnProfile::default()
        };
        let finding = infer(&Profile { columns: vec![column], ..Profile::default() }, &[]).findings.remove(0);
        (finding.sure, finding.why)
    }

    #[test]
    fn the_last_values_of_the_first_column_may_be_footers() {
        let (sure, why) = found(&[("N", 50), ("S", 40), ("Mean", 1), ("Source: J. Doe", 1)]);
        assert!(!sure && why.contains("`Mean` and `Source`") && !why.contains("Doe"), "{why}");
        assert!(found(&[("N", 50), ("S", 40), ("Mittelwert", 1)]).1.contains("`Mittelwert`"));
        for word in ["Average", "Avg", "Mean:", "Std", "Durchschnitt", "Moyenne", "Media", "Écart-type"] {
            let (_, why) = found(&[("N", 50), ("S", 40), (word, 1)]);
            assert!(why.contains("exclude"), "{word}: {why}");
        }
        assert!(found(&[("W", 50), ("S", 40), ("Mean:", 1), ("SD", 1), ("N", 1)]).1.contains("`SD` and `N`"));
        for values in [
            &[("N", 50), ("S", 40)][..],
            &[("W", 50), ("S", 40), ("N", 1)],
            &[("W", 50), ("S", 40), ("SD", 1)],
            &[("N", 50), ("Total", 40)],
            &[("Total", 1), ("N", 50), ("S", 40)],
            &[("Total", 1)],
        ] {
            assert!(!found(values).1.contains("exclude"), "{values:?}");
        }
    }
}
