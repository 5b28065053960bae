//! Which rows are kept: an expression bound to the coded variables of a plan.
//!
//! A comparison with a missing answer is unknown, `and`, `or` and `not` carry the third value (Kleene's strong
//! logic), and a row is kept only when the whole expression is true. Each comparison is worked out once per
//! code and remembered, so that a row costs table look-ups.

use std::cmp::Ordering;

use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{Code, answer};

/// An expression over coded variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The checked expression.
    pub expression: Expression,
}

/// What the codes of a worker stand for.
pub trait AnswerNames {
    /// The number that an answer stands for, if it is one: a point of a scale, or a category that is a number.
    fn number(&self, variable: usize, code: Code) -> Option<f64>;

    /// Whether an answer is this text: its cell text, or its declared label in any case.
    fn is_text(&self, variable: usize, code: Code, text: &str) -> bool;
}

/// A filter bound to the variables of a plan, with what it has worked out so far.
///
/// It belongs to one worker: the codes it remembers are those of that worker's dictionaries.
#[derive(Clone, Debug)]
pub struct BoundFilter {
    /// The nodes; parts stand before the whole, the root is last.
    nodes: Vec<Node>,
}

impl BoundFilter {
    /// Binds the names of a filter to variables.
    ///
    /// # Errors
    /// Says which name has no variable, or which comparison needs a number. A checked expression of a plan that
    /// has all its variables gives neither.
    pub fn bind(filter: &Filter, variable: impl Fn(&str) -> Option<usize>) -> Result<Self, String> {
        let mut nodes = Vec::new();
        push(&filter.expression, &variable, &mut nodes)?;
        Ok(Self { nodes })
    }

    /// The variables that are looked at, in rising order.
    pub fn variables(&self) -> Vec<usize> {
        let looked_at = self.nodes.iter().filter_map(|node| match node {
            Node::Missing(variable) => Some(*variable),
            Node::Test(test) => Some(test.variable),
            Node::And(..) | Node::Or(..) | Node::Not(_) => None,
        });
        let mut variables: Vec<usize> = looked_at.collect();
        variables.sort_unstable();
        variables.dedup();
        variables
    }

    /// Whether a row is kept. `codes` and `numbers` are by variable; a free number stands in `numbers`, and its
    /// code is looked at only when there is none.
    pub fn keeps(&mut self, codes: &[Code], numbers: &[Option<f64>], names: &dyn AnswerNames) -> bool {
        let root = self.nodes.len().saturating_sub(1);
        self.truth(root, codes, numbers, names) == Truth::True
    }

    /// Whether the whole is true or false of a row; `None` where a missing answer leaves that open.
    pub fn holds(
        &mut self,
        codes: &[Code],
        numbers: &[Option<f64>],
        names: &dyn AnswerNames,
    ) -> Option<bool> {
        let root = self.nodes.len().saturating_sub(1);
        match self.truth(root, codes, numbers, names) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    fn truth(
        &mut self,
        node: usize,
        codes: &[Code],
        numbers: &[Option<f64>],
        names: &dyn AnswerNames,
    ) -> Truth {
        match &mut self.nodes[node] {
            Node::And(left, right) => {
                let (left, right) = (*left, *right);
                match self.truth(left, codes, numbers, names) {
                    Truth::False => Truth::False,
                    first => first.min(self.truth(right, codes, numbers, names)),
                }
            }
            Node::Or(left, right) => {
                let (left, right) = (*left, *right);
                match self.truth(left, codes, numbers, names) {
                    Truth::True => Truth::True,
                    first => first.max(self.truth(right, codes, numbers, names)),
                }
            }
            Node::Not(inner) => {
                let inner = *inner;
                match self.truth(inner, codes, numbers, names) {
                    Truth::False => Truth::True,
                    Truth::Unknown => Truth::Unknown,
                    Truth::True => Truth::False,
                }
            }
            Node::Missing(variable) => {
                let number = numbers.get(*variable).copied().flatten();
                let code = codes.get(*variable).copied().unwrap_or(0);
                Truth::of(number.is_none() && answer(code).is_none())
            }
            Node::Test(test) => test.truth(codes, numbers, names),
        }
    }
}

/// The three values, in the order of Kleene's logic: `and` is the least, `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[derive(Clone, Debug)]
enum Node {
    And(usize, usize),
    Or(usize, usize),
    Not(usize),
    Missing(usize),
    Test(Test),
}

/// A comparison of one variable with literals, any of which makes it true.
#[derive(Clone, Debug)]
struct Test {
    variable: usize,
    operator: Operator,
    literals: Vec<Literal>,
    /// The result by code, where it is known already.
    known: Vec<Option<Truth>>,
}

impl Test {
    fn truth(&mut self, codes: &[Code], numbers: &[Option<f64>], names: &dyn AnswerNames) -> Truth {
        if let Some(number) = numbers.get(self.variable).copied().flatten() {
            return self.any(|literal| number_truth(number, self.operator, literal));
        }
        let code = codes.get(self.variable).copied().unwrap_or(0);
        if answer(code).is_none() {
            return Truth::Unknown;
        }
        let index = usize::from(code);
        if let Some(Some(truth)) = self.known.get(index) {
            return *truth;
        }
        let truth = self.any(|literal| code_truth(self.variable, code, self.operator, literal, names));
        if self.known.len() <= index {
            self.known.resize(index + 1, None);
        }
        self.known[index] = Some(truth);
        truth
    }

    fn any(&self, truth: impl Fn(&Literal) -> Truth) -> Truth {
        self.literals.iter().map(truth).max().unwrap_or(Truth::False)
    }
}

fn push(
    expression: &Expression,
    variable: &impl Fn(&str) -> Option<usize>,
    nodes: &mut Vec<Node>,
) -> Result<usize, String> {
    let find = |name: &str| variable(name).ok_or_else(|| format!("`{name}` is not a variable of the plan"));
    let node = match expression {
        Expression::And(left, right) => {
            let left = push(left, variable, nodes)?;
            Node::And(left, push(right, variable, nodes)?)
        }
        Expression::Or(left, right) => {
            let left = push(left, variable, nodes)?;
            Node::Or(left, push(right, variable, nodes)?)
        }
        Expression::Not(inner) => Node::Not(push(inner, variable, nodes)?),
        Expression::IsMissing(name) => Node::Missing(find(name)?),
        Expression::Compare { name, operator, literal } => {
            if operator.orders() && matches!(literal, Literal::Text(_)) {
                return Err(format!("`{expression}` needs a number: texts have no order"));
            }
            Node::Test(Test {
                variable: find(name)?,
                operator: *operator,
                literals: vec![literal.clone()],
                known: Vec::new(),
            })
        }
        Expression::In { name, literals } => Node::Test(Test {
            variable: find(name)?,
            operator: Operator::Equal,
            literals: literals.clone(),
            known: Vec::new(),
        }),
    };
    nodes.push(node);
    Ok(nodes.len() - 1)
}

fn compared(left: f64, operator: Operator, right: f64) -> Truth {
    let Some(order) = left.partial_cmp(&right) else { return Truth::Unknown };
    Truth::of(match operator {
        Operator::Equal => order == Ordering::Equal,
        Operator::NotEqual => order != Ordering::Equal,
        Operator::Less => order == Ordering::Less,
        Operator::LessEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterEqual => order != Ordering::Less,
    })
}

fn number_truth(number: f64, operator: Operator, literal: &Literal) -> Truth {
    match literal {
        Literal::Number(wanted) => compared(number, operator, *wanted),
        Literal::Text(text) => match text.trim().parse::<f64>() {
            Ok(wanted) => compared(number, operator, wanted),
            Err(_) => Truth::of(operator == Operator::NotEqual),
        },
    }
}

fn code_truth(
    variable: usize,
    code: Code,
    operator: Operator,
    literal: &Literal,
    names: &dyn AnswerNames,
) -> Truth {
    let number = names.number(variable, code);
    let equal = match literal {
        Literal::Number(wanted) => match number {
            Some(number) => return compared(number, operator, *wanted),
            None if operator.orders() => return Truth::Unknown,
            None => names.is_text(variable, code, &wanted.to_string()),
        },
        Literal::Text(text) => {
            names.is_text(variable, code, text)
                || number
                    .zip(text.trim().parse::<f64>().ok())
                    .is_some_and(|(number, wanted)| compared(number, Operator::Equal, wanted) == Truth::True)
        }
    };
    Truth::of(equal != (operator == Operator::NotEqual))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::expression::parse;
    use crate::survey::{Missing, REASONS};
    use std::cell::Cell;

    /// Variable 0 is a 1-5 scale, 1 a region, 2 a free number, 3 a district whose texts are numbers.
    #[derive(Default)]
    struct Names {
        asked: Cell<usize>,
    }

    impl AnswerNames for Names {
        fn number(&self, variable: usize, code: Code) -> Option<f64> {
            self.asked.set(self.asked.get() + 1);
            let index = answer(code)?;
            match variable {
                0 => Some(1.0 + index as f64),
                3 => [7.0, 8.0].get(index).copied(),
                _ => None,
            }
        }

        fn is_text(&self, variable: usize, code: Code, text: &str) -> bool {
            let Some(index) = answer(code) else { return false };
            match variable {
                0 => ["poor", "fair", "good", "very good", "excellent"][index] == text.to_lowercase(),
                1 => ["North", "South"][index] == text,
                3 => ["07", "8"][index] == text,
                _ => false,
            }
        }
    }

    fn point(value: u16) -> Code {
        Code::try_from(REASONS).unwrap() + value - 1
    }

    fn bind(text: &str) -> Result<BoundFilter, String> {
        let names = ["overall", "region", "spend", "district"];
        let filter = Filter { expression: parse(text).unwrap() };
        BoundFilter::bind(&filter, |name| names.iter().position(|known| *known == name))
    }

    /// Keeps the row: overall 4, region South, spend 2.5, district 07?
    fn keeps(text: &str) -> bool {
        let codes = [point(4), point(2), Missing::Blank.code(), point(1)];
        bind(text).unwrap().keeps(&codes, &[None, None, Some(2.5), None], &Names::default())
    }

    #[test]
    fn comparisons_of_each_kind() {
        for text in [
            "overall = 4",
            "overall >= 4",
            "overall <= 4.5",
            "overall != 3",
            "overall = 'Very Good'",
            "overall in (1, 'very good')",
            "overall = \"4\"",
            "region = \"South\"",
            "region != \"North\"",
            "region != 3",
            "spend > 2",
            "spend = \"2.5\"",
            "spend != \"x\"",
            "spend is not missing",
            "district = 7",
            "district = \"07\"",
            "district = \"7\"",
            "district < 8",
            "not region in (\"North\")",
        ] {
            assert!(keeps(text), "{text}");
        }
        for text in [
            "overall = 5",
            "overall < 4",
            "region = \"south\"",
            "region < 3",
            "not region < 3",
            "spend = \"x\"",
            "district = 70",
            "overall is missing",
        ] {
            assert!(!keeps(text), "{text}");
        }
    }

    #[test]
    fn missing_answers_are_unknown() {
        let kept = |text: &str| {
            let codes = [Missing::DontKnow.code(), point(2), Missing::Invalid.code(), point(1)];
            bind(text).unwrap().keeps(&codes, &[None; 4], &Names::default())
        };
        assert!(!kept("overall = 4") && !kept("overall != 4") && !kept("not overall = 4"));
        assert!(!kept("spend > 1") && !kept("not spend > 1"));
        assert!(kept("overall is missing and spend is missing"));
        assert!(kept("overall = 4 or region = \"South\"") && kept("region = \"South\" or overall = 4"));
        assert!(
            !kept("overall = 4 and region = \"North\"") && kept("not (overall = 4 and region = \"North\")")
        );
        assert!(
            !kept("overall = 4 and region = \"South\"") && !kept("not (overall = 4 and region = \"South\")")
        );
    }

    #[test]
    fn a_code_is_looked_up_once() {
        let names = Names::default();
        let mut filter = bind("overall >= 3").unwrap();
        for _ in 0..1000 {
            for value in 1..=5 {
                assert_eq!(filter.keeps(&[point(value)], &[], &names), value >= 3);
            }
        }
        assert_eq!(names.asked.get(), 5);
    }

    #[test]
    fn what_cannot_be_bound_is_named() {
        assert_eq!(bind("colour = 3").unwrap_err(), "`colour` is not a variable of the plan");
        assert!(bind("region < \"South\"").unwrap_err().contains("needs a number"));
    }
}
