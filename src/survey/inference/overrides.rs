//! What was typed: `--as q7=nps --as q9=skip --as branch=segment`.

#![expect(clippy::result_large_err, reason = "a complaint ends the work, so its size costs nothing")]

use crate::diagnostic::Diagnostic;
use crate::survey::{Measure, did_you_mean};

/// What a column is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A question with this measure.
    Measure(Measure),
    /// A segment.
    Segment,
    /// The date of the answer.
    Date,
    /// The wave.
    Wave,
    /// The weight.
    Weight,
    /// The id of the response.
    Id,
    /// The id of the respondent.
    Customer,
    /// Nothing.
    Skip,
}

/// What one column is to be taken for, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct As {
    /// The column.
    pub column: String,
    /// What it is.
    pub taken: Taken,
}

/// The words that are no measures.
const OTHERS: [(Taken, &str); 7] = [
    (Taken::Segment, "segment"),
    (Taken::Date, "date"),
    (Taken::Wave, "wave"),
    (Taken::Weight, "weight"),
    (Taken::Id, "id"),
    (Taken::Customer, "customer"),
    (Taken::Skip, "skip"),
];

impl Taken {
    /// The word for it, as in `--as column=word`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.name(),
            _ => OTHERS.iter().find(|(other, _)| *other == self).map_or("", |(_, name)| name),
        }
    }
}

impl As {
    /// The words after the `=`.
    pub fn words() -> impl Iterator<Item = &'static str> {
        let single = |measure: &Measure| !matches!(measure, Measure::Gap | Measure::Kano);
        let measures = Measure::ALL.iter().filter(move |(measure, _)| single(measure));
        measures.map(|(_, name)| *name).chain(OTHERS.iter().map(|(_, name)| *name))
    }

    /// Reads `column=what`. The last `=` divides, so that a column may have one in its name.
    ///
    /// # Errors
    /// Says what is wrong with it: no `=`, no column, a word that is none, or a measure of two columns.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let error = |message: String| Diagnostic::error("bad_as", message);
        let example = "for example: `--as q7=nps`";
        let Some((column, word)) = text.rsplit_once('=') else {
            return Err(error(format!("`--as {text}`: no `=` between a column and what it is")).help(example));
        };
        let (column, word) = (column.trim(), word.trim().to_lowercase());
        if column.is_empty() {
            return Err(error(format!("`--as {text}`: no column before the `=`")).help(example));
        }
        let taken = Measure::parse(&word)
            .map(Taken::Measure)
            .or_else(|| OTHERS.iter().find(|(_, name)| *name == word).map(|(taken, _)| *taken));
        match taken {
            Some(Taken::Measure(measure @ (Measure::Gap | Measure::Kano))) => {
                Err(error(format!("`--as {text}`: {} is asked in two columns", measure.name()))
                    .help("name both in a definition; `csat init` drafts one"))
            }
            Some(taken) => Ok(Self { column: column.to_owned(), taken }),
            None => {
                let found =
                    error(format!("`--as {text}`: `{word}` is nothing that a column can be taken for"));
                Err(match did_you_mean(&word, Self::words()) {
                    Some(near) => found.help(format!("did you mean `{near}`?")),
                    None => found.help(format!("there are {}", Self::words().collect::<Vec<_>>().join(", "))),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed() {
        let read = |text: &str| As::parse(text).map(|read| (read.column, read.taken.name()));
        assert_eq!(read("q7=nps").unwrap(), ("q7".to_owned(), "nps"));
        assert_eq!(read(" a = b = Segment ").unwrap(), ("a = b".to_owned(), "segment"));
        for (_, name) in OTHERS {
            assert_eq!(read(&format!("x={name}")).unwrap().1, name);
        }
        assert_eq!(As::parse("q7").unwrap_err().help.unwrap(), "for example: `--as q7=nps`");
        assert_eq!(As::parse("q7=npss").unwrap_err().help.unwrap(), "did you mean `nps`?");
        assert!(As::parse("=nps").is_err() && As::parse("").is_err());
        assert!(As::parse("q7=gap").unwrap_err().message.contains("two columns"));
        assert!(As::parse("q7=banana").unwrap_err().help.unwrap().contains("csat, nps"));
    }
}
