//! Values that a condition wants and the files do not show: what to say where no row meets it.

use crate::diagnostic::Diagnostic;
use crate::survey::{Profile, Survey, did_you_mean};

use super::{Expression, Literal, Operator, Variable, resolve};

/// So many values are named.
const MOST_NAMED: usize = 12;

/// A caution for each value that is asked of a segment without labels, or of a column that the survey does not mention,
/// and that the heads of the files do not hold. It names the values that they hold.
pub fn unseen(expression: &Expression, survey: &Survey, profiles: &[Profile]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk(expression, &mut |name, literal| {
        let caution = caution(name, literal, survey, profiles);
        found.extend(caution.filter(|caution| !found.contains(caution)));
    });
    found
}

fn walk(expression: &Expression, look: &mut dyn FnMut(&str, &Literal)) {
    match expression {
        Expression::And(left, right) | Expression::Or(left, right) => {
            walk(left, look);
            walk(right, look);
        }
        Expression::Not(inner) => walk(inner, look),
        Expression::Compare { name, operator: Operator::Equal, literal } => look(name, literal),
        Expression::In { name, literals } => literals.iter().for_each(|literal| look(name, literal)),
        Expression::Compare { .. } | Expression::IsMissing(_) => {}
    }
}

fn caution(name: &str, literal: &Literal, survey: &Survey, profiles: &[Profile]) -> Option<Diagnostic> {
    let all: Vec<String> =
        profiles.iter().flat_map(|profile| &profile.columns).map(|column| column.name.clone()).collect();
    let columns = match resolve(name, survey, &all)? {
        Variable::Segment(index) => {
            let segment = &survey.segments[index];
            (segment.labels.is_empty() && segment.bands.is_empty()).then(|| segment.columns.clone())?
        }
        Variable::Column(index) => vec![all.get(index)?.clone()],
        _ => return None,
    };
    let mut values: Vec<&str> = Vec::new();
    let mut records = 0;
    let mut complete = true;
    for profile in profiles {
        let own = columns.iter().find_map(|name| profile.columns.iter().find(|column| column.name == *name));
        let Some(own) = own else { continue };
        records += profile.records;
        complete &= profile.complete && !own.overflow;
        values.extend(own.values.iter().map(|(value, _)| value.as_str()));
    }
    let is_asked = |value: &&str| match literal {
        Literal::Text(text) => value.trim() == text.trim(),
        Literal::Number(number) => {
            value.trim().parse::<f64>().is_ok_and(|value| value.total_cmp(number).is_eq())
        }
    };
    if values.is_empty() || values.iter().any(is_asked) {
        return None;
    }
    values.sort_unstable();
    values.dedup();
    let among = if complete { String::new() } else { format!(" among the first {records} rows") };
    let caution = Diagnostic::caution("unseen_value", format!("{literal} does not occur in `{name}`{among}"));
    let typed = match literal {
        Literal::Text(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
    };
    let named: Vec<String> = values.iter().take(MOST_NAMED).map(|value| format!("\"{value}\"")).collect();
    let more = values.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let near = did_you_mean(&typed, values.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
    Some(caution.help(format!("{near}its values are {}{more}", named.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::unseen;
    use crate::survey::expression::parse;
    use crate::survey::{ColumnProfile, Profile, Segment, Survey};

    fn profile(complete: bool) -> Profile {
        let values = [("East", 3), ("North", 4), ("2", 1)];
        let region = ColumnProfile {
            name: "region".to_owned(),
            values: values.map(|(value, count)| (value.to_owned(), count)).to_vec(),
            ..ColumnProfile::default()
        };
        Profile { columns: vec![region], records: 8, complete, ..Profile::default() }
    }

    fn said(condition: &str, survey: &Survey, complete: bool) -> Vec<String> {
        let found = unseen(&parse(condition).unwrap(), survey, &[profile(complete)]);
        found.iter().map(crate::diagnostic::Diagnostic::render).collect()
    }

    #[test]
    fn a_value_that_no_row_has_is_named_with_those_that_there_are() {
        let mut survey = Survey::default();
        for _ in 0..2 {
            let said = said("region = \"Nroth\" and not region in (2, \"East\", \"Nroth\")", &survey, true);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains("\"Nroth\" does not occur in `region`\n"), "{}", said[0]);
            let help = "did you mean \"North\"? its values are \"2\", \"East\", \"North\"";
            assert!(said[0].contains(help), "{}", said[0]);
            // As a column, then as a segment.
            survey.segments.push(Segment::of_column("region"));
        }
        assert!(
            said("region = 3", &survey, false)[0]
                .contains("3 does not occur in `region` among the first 8 rows")
        );
        assert!(said("region != \"West\" or region is missing", &survey, true).is_empty());
    }

    #[test]
    fn labels_have_words_of_their_own() {
        let mut segment = Segment::of_column("region");
        segment.labels.insert("1".to_owned(), "North".to_owned());
        let survey = Survey { segments: vec![segment], ..Survey::default() };
        assert!(said("region = \"West\"", &survey, true).is_empty());
    }
}
