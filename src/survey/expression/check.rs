//! The type check: does every name exist, and can it be compared so?

use crate::diagnostic::Diagnostic;
use crate::survey::{Columns, Measure, Question, Scale, Segment, Survey, did_you_mean, fold};

use super::resolve::{Variable, resolve};
use super::{Expression, Literal, Operator};

/// Every complaint about the names and comparisons of an expression: unknown names, order of texts, unknown
/// labels (errors), comparisons that can never hold (cautions). `columns` are those of the files.
pub fn check(expression: &Expression, survey: &Survey, columns: &[String]) -> Vec<Diagnostic> {
    let mut check = Check { survey, columns, found: Vec::new() };
    check.walk(expression);
    check.found
}

struct Check<'a> {
    survey: &'a Survey,
    columns: &'a [String],
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn walk(&mut self, expression: &Expression) {
        match expression {
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.walk(left);
                self.walk(right);
            }
            Expression::Not(inner) => self.walk(inner),
            Expression::Compare { name, operator, literal } => self.comparison(name, *operator, literal),
            Expression::In { name, literals } => {
                for literal in literals {
                    self.comparison(name, Operator::Equal, literal);
                }
            }
            Expression::IsMissing(name) => {
                self.known(name);
            }
        }
    }

    /// What the name stands for; an unknown one is complained about once.
    fn known(&mut self, name: &str) -> Option<Variable> {
        let variable = resolve(name, self.survey, self.columns);
        match variable {
            None => {
                let error = Diagnostic::error(
                    "unknown_name",
                    format!("`{name}` is neither a question, a segment nor a column of the file"),
                );
                let names = self
                    .survey
                    .questions
                    .iter()
                    .map(|question| question.id.as_str())
                    .chain(self.survey.segments.iter().map(|segment| segment.id.as_str()))
                    .chain(self.columns.iter().map(String::as_str));
                self.add(match did_you_mean(name, names) {
                    Some(similar) => error.help(format!("did you mean `{similar}`?")),
                    None => error.help("names with spaces or dots stand in backticks"),
                });
                None
            }
            Some(Variable::Pair(index)) => {
                let question = &self.survey.questions[index];
                let columns = match &question.columns {
                    Columns::Pair { first, second } => [first.first(), second.first()],
                    Columns::One(list) => [list.first(), None],
                };
                let columns: Vec<String> =
                    columns.into_iter().flatten().map(|column| format!("`{column}`")).collect();
                self.add(
                    Diagnostic::error(
                        "pair_in_expression",
                        format!("question `{name}` has two columns, so it has no single answer to compare"),
                    )
                    .help(format!("name one of its columns: {}", columns.join(" or "))),
                );
                None
            }
            known => known,
        }
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    fn comparison(&mut self, name: &str, operator: Operator, literal: &Literal) {
        let Some(variable) = self.known(name) else { return };
        let survey = self.survey;
        let complaint = match variable {
            Variable::Question(index) => question_fault(name, &survey.questions[index], operator, literal),
            Variable::First(index) | Variable::Second(index) => match &survey.questions[index].scale {
                Some(scale) => scale_fault(name, scale, operator, literal),
                None => order_fault(name, operator, literal),
            },
            Variable::Segment(index) => segment_fault(name, &survey.segments[index], operator, literal),
            Variable::Pair(_) | Variable::Column(_) => order_fault(name, operator, literal),
        };
        if let Some(complaint) = complaint {
            self.add(complaint);
        }
    }
}

fn question_fault(
    name: &str,
    question: &Question,
    operator: Operator,
    literal: &Literal,
) -> Option<Diagnostic> {
    if let Some(scale) = &question.scale {
        return scale_fault(name, scale, operator, literal);
    }
    match (question.measure, literal) {
        (Measure::Number, Literal::Text(text)) if text.trim().parse::<f64>().is_err() => Some(
            Diagnostic::error("text_for_number", format!("`{name}` is a number, and \"{text}\" is none"))
                .help(format!("for example: `{name} {} 10`", operator.symbol())),
        ),
        (Measure::Choice | Measure::Multi, Literal::Text(text)) if !operator.orders() => {
            let known = || question.options.iter().flat_map(|(code, label)| [code.as_str(), label.as_str()]);
            if question.options.is_empty() || known().any(|known| fold(known) == fold(text)) {
                return None;
            }
            let caution = Diagnostic::caution(
                "unknown_option",
                format!("\"{text}\" is not an option of `{name}`, so it may never occur"),
            );
            Some(match did_you_mean(text, known()) {
                Some(similar) => caution.help(format!("did you mean \"{similar}\"?")),
                None => caution,
            })
        }
        _ => order_fault(name, operator, literal),
    }
}

fn segment_fault(name: &str, segment: &Segment, operator: Operator, literal: &Literal) -> Option<Diagnostic> {
    if !segment.bands.is_empty() {
        let labels = || segment.bands.iter().map(|band| band.label.as_str());
        let listed = || labels().map(|label| format!("\"{label}\"")).collect::<Vec<_>>().join(", ");
        return match literal {
            Literal::Text(text) if !operator.orders() => {
                if labels().any(|label| label == text.trim()) {
                    return None;
                }
                let error =
                    Diagnostic::error("unknown_band", format!("\"{text}\" is not a band of `{name}`"));
                Some(error.help(format!("its bands are {}", listed())))
            }
            _ => Some(
                Diagnostic::error(
                    "band_order",
                    format!("`{name}` is in bands, which are compared by their labels"),
                )
                .help(format!("for example: `{name} in ({})`", listed())),
            ),
        };
    }
    let complaint = order_fault(name, operator, literal);
    if complaint.is_some() || segment.labels.is_empty() {
        return complaint;
    }
    let text = match literal {
        Literal::Number(number) if operator.orders() || !number.is_finite() => return None,
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
    };
    let known = || segment.labels.iter().flat_map(|(value, label)| [value.as_str(), label.as_str()]);
    if known().any(|known| fold(known) == fold(&text)) {
        return None;
    }
    let caution = Diagnostic::caution(
        "unknown_value",
        format!("{literal} is not among the labels of segment `{name}`, so it may never occur"),
    );
    Some(match did_you_mean(&text, known()) {
        Some(similar) => caution.help(format!("did you mean \"{similar}\"?")),
        None => caution,
    })
}

fn scale_fault(name: &str, scale: &Scale, operator: Operator, literal: &Literal) -> Option<Diagnostic> {
    let Scale { min, max, .. } = scale;
    match literal {
        Literal::Number(number) => {
            let outside = *number < f64::from(*min) || *number > f64::from(*max);
            let between = !operator.orders() && number.fract().abs() > 0.0;
            (outside || between).then(|| {
                let same = match operator {
                    Operator::Equal => "never true",
                    Operator::NotEqual => "true of every answer",
                    _ => "the same for every answer",
                };
                Diagnostic::caution(
                    "outside_scale",
                    format!(
                        "`{name} {} {number}` is {same}: its scale has the whole numbers {min} to {max}",
                        operator.symbol()
                    ),
                )
                .help("answers such as \"don't know\" are found with `is missing`")
            })
        }
        Literal::Text(text) => text_on_scale(name, scale, operator, text),
    }
}

fn text_on_scale(name: &str, scale: &Scale, operator: Operator, text: &str) -> Option<Diagnostic> {
    let wanted = fold(text);
    let lists = || std::iter::once(&scale.labels).chain(scale.translations.values());
    let position = lists().find_map(|labels| labels.iter().position(|label| fold(label) == wanted));
    if operator.orders() {
        let error = order_fault(name, operator, &Literal::Text(text.to_owned()))?;
        return Some(match position {
            Some(index) => {
                error.help(format!("write the number: `{name} {} {}`", operator.symbol(), scale.value(index)))
            }
            None => error,
        });
    }
    let number = text.trim().parse::<i64>().ok();
    if position.is_some() || number.is_some_and(|number| scale.index(number).is_some()) {
        return None;
    }
    let reasons = || scale.not_applicable.iter().chain(&scale.dont_know).chain(&scale.missing);
    if reasons().any(|reason| fold(reason) == wanted) {
        return Some(
            Diagnostic::error(
                "missing_as_label",
                format!("\"{text}\" means no answer on the scale of `{name}`"),
            )
            .help(format!("write `{name} is missing`")),
        );
    }
    let error =
        Diagnostic::error("unknown_label", format!("\"{text}\" is not a label of the scale of `{name}`"));
    Some(if scale.labels.is_empty() {
        error.help(format!("the scale has numbers only: {} to {}", scale.min, scale.max))
    } else {
        match did_you_mean(text, lists().flatten().map(String::as_str)) {
            Some(similar) => error.help(format!("did you mean \"{similar}\"?")),
            None => error.help(format!("its labels are {}", scale.labels.join(", "))),
        }
    })
}

/// An order is for numbers only.
fn order_fault(name: &str, operator: Operator, literal: &Literal) -> Option<Diagnostic> {
    let Literal::Text(text) = literal else { return None };
    operator.orders().then(|| {
        let error = Diagnostic::error(
            "text_order",
            format!("`{}` compares numbers, and \"{text}\" is a text", operator.symbol()),
        );
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => error
                .help(format!("write the number without quotes: `{name} {} {number}`", operator.symbol())),
            _ => error.help(format!("name the values: `{name} in (\"{text}\", …)`")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::diagnostic::Severity;
    use crate::survey::Band;
    use indexmap::IndexMap;

    fn question(id: &str, measure: Measure, scale: Option<Scale>) -> Question {
        Question {
            id: id.to_owned(),
            measure,
            columns: Columns::One(vec![id.to_owned()]),
            translations: IndexMap::new(),
            option_translations: IndexMap::new(),
            own_words: None,
            text: None,
            label: None,
            scale,
            options: IndexMap::new(),
            separator: None,
            overall: false,
            headline: None,
            target: None,
            block: None,
            dimension: None,
            better: None,
            driver: None,
            version: None,
            base: None,
            missing: Vec::new(),
            bridge: false,
            evaluation: crate::survey::KanoTable::Usual,
            importance_of: None,
            retest_of: None,
            qualities: crate::survey::Qualities::default(),
            item: crate::survey::ChecklistItem::default(),
            disconfirmation: false,
        }
    }

    fn segment(id: &str, column: &str, bands: Vec<Band>) -> Segment {
        Segment {
            id: id.to_owned(),
            columns: vec![column.to_owned()],
            label: None,
            label_translations: IndexMap::new(),
            labels: IndexMap::new(),
            bands,
            age: false,
            population: IndexMap::new(),
        }
    }

    fn survey() -> Survey {
        let mut scale = Scale::new("satisfaction", 1, 5);
        scale.labels = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
            .map(str::to_owned)
            .to_vec();
        scale.dont_know = vec!["Don't know".to_owned()];
        let mut staff = question("staff", Measure::Gap, Some(Scale::new("agreement7", 1, 7)));
        staff.columns =
            Columns::Pair { first: vec!["staff_e".to_owned()], second: vec!["staff_p".to_owned()] };
        let young = Band { label: "under 30".to_owned(), low: None, high: Some(29.0) };
        let mut region = segment("region", "region", Vec::new());
        region.labels.insert("1".to_owned(), "North".to_owned());
        Survey {
            questions: vec![
                question("overall", Measure::Csat, Some(scale)),
                staff,
                question("spend", Measure::Number, None),
            ],
            segments: vec![region, segment("age", "years", vec![young])],
            ..Survey::default()
        }
    }

    fn complaints(text: &str) -> Vec<(Severity, &'static str, String)> {
        let columns =
            ["overall", "staff_e", "staff_p", "spend", "region", "years", "channel"].map(str::to_owned);
        check(&parse(text).unwrap(), &survey(), &columns)
            .into_iter()
            .map(|found| (found.severity, found.code, found.help.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn good_expressions_pass() {
        for text in [
            "region = \"North\" and overall >= 3",
            "region = 1 or overall = 'very Satisfied'",
            "overall in (1, \"2\") and staff_e > 3 and years < 30",
            "age = \"under 30\" and channel = \"web\" and channel > 3 and spend >= 10.5",
            "overall is missing and spend = \"3\"",
        ] {
            assert_eq!(complaints(text), [], "{text}");
        }
    }

    #[test]
    fn faults_are_named_with_a_way_out() {
        let only = |text: &str| {
            let found = complaints(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            found.into_iter().next().unwrap()
        };
        assert_eq!(only("overal >= 3"), (Severity::Error, "unknown_name", "did you mean `overall`?".into()));
        assert_eq!(only("overall = \"Satisfed\"").2, "did you mean \"Satisfied\"?");
        assert_eq!(only("overall >= \"satisfied\"").2, "write the number: `overall >= 4`");
        assert_eq!(only("overall = \"don't know\"").1, "missing_as_label");
        assert_eq!(only("overall = 6").0, Severity::Caution);
        assert_eq!(only("overall = 2.5").1, "outside_scale");
        assert_eq!(only("overall > 4.5 and overall < 9").1, "outside_scale");
        assert_eq!(only("channel < \"web\"").1, "text_order");
        assert_eq!(only("staff = 3").2, "name one of its columns: `staff_e` or `staff_p`");
        assert_eq!(only("staff_e = \"good\"").1, "unknown_label");
        assert_eq!(only("spend = \"much\"").1, "text_for_number");
        assert_eq!(only("age < 30").1, "band_order");
        assert_eq!(only("age = \"old\"").1, "unknown_band");
        assert_eq!(only("region = \"Nort\"").0, Severity::Caution);
    }

    #[test]
    fn all_faults_come_at_once_and_once() {
        assert_eq!(complaints("overal = 1 or overal = 2 or regio in (1, 2)").len(), 2);
    }
}
