//! The condition of a side: rows as for `--where`, and the wave.

use csat::survey::Survey;
use csat::survey::expression::{self, Expression, Literal, Operator};

use crate::status::{ExitStatus, Failure};

/// The name that stands for the wave.
const WAVE: &str = "wave";

/// The condition of a side as it was typed.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The flag, for complaints.
    flag: &'static str,
    pub(super) text: String,
    expression: Expression,
}

/// Which rows are of a side.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chosen {
    pub(super) rows: Option<Expression>,
    pub(super) wave: Option<String>,
}

impl Condition {
    pub(super) fn parse(flag: &'static str, text: &str) -> Result<Self, Failure> {
        let expression = expression::parse(&quoted_waves(text)).map_err(|mut complaint| {
            if let Some(place) = &mut complaint.place {
                flag.clone_into(&mut place.file);
            }
            Failure::Complaints { status: ExitStatus::Usage, complaints: vec![complaint] }
        })?;
        Ok(Self { flag, text: text.trim().to_owned(), expression })
    }

    /// The rows and the wave; where the survey has no waves, `wave` is a column like any other.
    pub(super) fn chosen(&self, survey: &Survey, columns: &[String], dated: bool) -> Result<Chosen, Failure> {
        let names_wave = self.expression.names().contains(&WAVE);
        let has_waves = dated || survey.data.wave.is_some();
        let is_column = expression::resolve(WAVE, survey, columns).is_some();
        if !names_wave || (!has_waves && is_column) {
            return Ok(Chosen { rows: Some(self.expression.clone()), wave: None });
        }
        if !has_waves {
            return Err(Failure::usage(format!(
                "`{} {}` names a wave, and this survey has none",
                self.flag, self.text
            ))
            .help("split it by its date with --every quarter, or define `wave` under [data]"));
        }
        let mut chosen = Chosen::default();
        self.part(&self.expression, &mut chosen)?;
        Ok(chosen)
    }

    /// Takes the parts joined by `and`.
    fn part(&self, expression: &Expression, chosen: &mut Chosen) -> Result<(), Failure> {
        match expression {
            Expression::And(left, right) => {
                self.part(left, chosen)?;
                self.part(right, chosen)
            }
            Expression::Compare { name, operator: Operator::Equal, literal } if name == WAVE => {
                let label = match literal {
                    Literal::Text(text) => text.trim().to_owned(),
                    Literal::Number(number) => number.to_string(),
                };
                match &chosen.wave {
                    Some(other) if *other != label => {
                        Err(Failure::usage(format!("`{} {}` names two waves", self.flag, self.text))
                            .help("a side is of one wave; --wave all takes all of them together"))
                    }
                    _ => {
                        chosen.wave = Some(label);
                        Ok(())
                    }
                }
            }
            other if other.names().contains(&WAVE) => Err(Failure::usage(format!(
                "`{} {}`: `wave` chooses the wave of a side and is only compared by `=`",
                self.flag, self.text
            ))
            .help("write 'wave = 2026-Q2', by itself or joined to other conditions by `and`")),
            rows => {
                chosen.rows =
                    Some(both(chosen.rows.take(), Some(rows.clone())).unwrap_or_else(|| rows.clone()));
                Ok(())
            }
        }
    }
}

/// Both conditions.
pub(super) fn both(one: Option<Expression>, other: Option<Expression>) -> Option<Expression> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Expression::And(Box::new(one), Box::new(other))),
        (one, other) => one.or(other),
    }
}

/// The text with labels of waves in quotes, which people write without: `wave = 2026-Q2`.
fn quoted_waves(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len() + 2);
    let mut at = 0;
    let mut mark: Option<char> = None;
    while let Some(&character) = characters.get(at) {
        if let Some(open) = mark {
            mark = (character != open).then_some(open);
        } else if matches!(character, '"' | '\'' | '`') {
            mark = Some(character);
        } else if let Some((label, end)) = wave_label(&characters, at) {
            written.extend(characters.get(at..label).unwrap_or_default());
            written.push('"');
            written.extend(characters.get(label..end).unwrap_or_default());
            written.push('"');
            at = end;
            continue;
        }
        written.push(character);
        at += 1;
    }
    written
}

/// Where a bare label begins and ends that follows `wave =` at this place.
fn wave_label(characters: &[char], at: usize) -> Option<(usize, usize)> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let blanks = |from: usize| {
        let rest = characters.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|character| character.is_whitespace()).count()
    };
    let before = at.checked_sub(1).and_then(|before| characters.get(before));
    if before.is_some_and(|character| is_name(*character)) {
        return None;
    }
    let after = at + WAVE.len();
    if !characters.get(at..after)?.iter().copied().eq(WAVE.chars()) {
        return None;
    }
    let operator = blanks(after);
    if characters.get(operator) != Some(&'=') {
        return None;
    }
    let label = blanks(operator + 1);
    let rest = characters.get(label..)?;
    let length = rest.iter().take_while(|character| is_name(**character) || **character == '-').count();
    (length > 0).then_some((label, label + length))
}

#[cfg(test)]
mod tests {
    use super::{Chosen, Condition, quoted_waves};
    use csat::survey::{Period, Survey, WaveRule, expression};

    fn waves() -> Survey {
        let mut survey = Survey::default();
        survey.data.wave = Some(WaveRule::Every(Period::Quarter));
        survey
    }

    fn chosen(text: &str) -> Result<Chosen, String> {
        let condition = Condition::parse("--a", text).map_err(|error| error.to_string())?;
        condition.chosen(&waves(), &[], false).map_err(|error| error.to_string())
    }

    #[test]
    fn labels_of_waves_need_no_quotes() {
        for (typed, written) in [
            ("wave = 2026-Q2", "wave = \"2026-Q2\""),
            ("wave=FY2026-Q1 and a = 1", "wave=\"FY2026-Q1\" and a = 1"),
            ("(wave = 2026-09-14)", "(wave = \"2026-09-14\")"),
            ("wave = \"spring 1\"", "wave = \"spring 1\""),
            ("microwave = 3", "microwave = 3"),
            ("a = \"wave = 1-2\"", "a = \"wave = 1-2\""),
            ("wave != 2026-Q2", "wave != 2026-Q2"),
        ] {
            assert_eq!(quoted_waves(typed), written);
        }
    }

    #[test]
    fn the_wave_is_taken_out_of_what_is_joined_by_and() {
        let of = |wave: Option<&str>, rows: Option<&str>| {
            let rows = rows.map(|text| expression::parse(text).unwrap());
            Ok(Chosen { wave: wave.map(str::to_owned), rows })
        };
        assert_eq!(chosen("wave = 2026-Q2"), of(Some("2026-Q2"), None));
        assert_eq!(chosen("wave = 2026"), of(Some("2026"), None));
        assert_eq!(
            chosen("a = 1 and wave = 2026-Q2 and (b = 2 or c = 3)"),
            of(Some("2026-Q2"), Some("a = 1 and (b = 2 or c = 3)"))
        );
        assert_eq!(chosen("a = 1"), of(None, Some("a = 1")));
        for wrong in ["wave = 1 or a = 1", "not wave = 1", "wave in (1, 2)", "wave = 1 and wave = 2"] {
            assert!(chosen(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn without_waves_it_is_a_column_or_an_error() {
        let condition = Condition::parse("--a", "wave = 2026-Q2").unwrap();
        let columns = ["wave".to_owned()];
        let found = condition.chosen(&Survey::default(), &columns, false).unwrap();
        assert_eq!(found.wave, None);
        assert_eq!(found.rows.unwrap().to_string(), "wave = \"2026-Q2\"");
        assert!(condition.chosen(&Survey::default(), &[], false).is_err());
        assert_eq!(
            condition.chosen(&Survey::default(), &columns, true).unwrap().wave.as_deref(),
            Some("2026-Q2")
        );
    }
}
