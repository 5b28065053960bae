//! Which rows are kept: an expression bound to the coded variables of a plan.
//!
//! Truth has three values: a comparison with a missing answer is unknown, `not unknown` is unknown, and a row is
//! kept only when the whole is true.

use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{Code, REASONS};

/// An expression over coded variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The checked expression.
    pub expression: Expression,
}

/// What the codes of a variable stand for.
pub trait AnswerNames {
    /// The number that a code stands for, if it is one.
    fn number(&self, variable: usize, code: Code) -> Option<f64>;
    /// Whether a code is written like this text, labels included.
    fn is_text(&self, variable: usize, code: Code, text: &str) -> bool;
}

/// A filter whose names are variables.
#[derive(Clone, Debug)]
pub struct BoundFilter {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Not(Box<Node>),
    Compare(Test),
    In(Vec<Test>),
    IsMissing(usize),
    /// A name that the plan has no variable for: never answered.
    Unknown,
}

#[derive(Clone, Debug)]
struct Test {
    variable: usize,
    operator: Operator,
    literal: Literal,
    /// What each code gave, once it was asked: the index is the code.
    known: Vec<Known>,
}

/// What a test has given for a code.
#[derive(Clone, Copy, Debug, Default)]
enum Known {
    #[default]
    NotAsked,
    Gave(Option<bool>),
}

impl BoundFilter {
    /// Binds names with `variable`; a name it does not know has no answer in any row.
    pub fn bind(filter: &Filter, variable: impl Fn(&str) -> Option<usize>) -> Self {
        Self { root: bind(&filter.expression, &variable) }
    }

    /// The variables that are looked at, each once, in order.
    pub fn variables(&self) -> Vec<usize> {
        let mut variables = Vec::new();
        collect(&self.root, &mut variables);
        variables.sort_unstable();
        variables.dedup();
        variables
    }

    /// Whether a row with these codes is kept; `numbers` has the values of variables that are free numbers.
    pub fn keeps(&mut self, codes: &[Code], numbers: &[Option<f64>], names: &dyn AnswerNames) -> bool {
        truth(&mut self.root, codes, numbers, names) == Some(true)
    }
}

fn bind(expression: &Expression, variable: &dyn Fn(&str) -> Option<usize>) -> Node {
    let test = |variable, operator, literal: &Literal| Test {
        variable,
        operator,
        literal: literal.clone(),
        known: Vec::new(),
    };
    match expression {
        Expression::And(left, right) => {
            Node::And(Box::new(bind(left, variable)), Box::new(bind(right, variable)))
        }
        Expression::Or(left, right) => {
            Node::Or(Box::new(bind(left, variable)), Box::new(bind(right, variable)))
        }
        Expression::Not(inner) => Node::Not(Box::new(bind(inner, variable))),
        Expression::Compare { name, operator, literal } => {
            variable(name).map_or(Node::Unknown, |variable| Node::Compare(test(variable, *operator, literal)))
        }
        Expression::In { name, literals } => variable(name).map_or(Node::Unknown, |variable| {
            Node::In(literals.iter().map(|literal| test(variable, Operator::Equal, literal)).collect())
        }),
        Expression::IsMissing(name) => variable(name).map_or(Node::Unknown, Node::IsMissing),
    }
}

fn collect(node: &Node, variables: &mut Vec<usize>) {
    match node {
        Node::And(left, right) | Node::Or(left, right) => {
            collect(left, variables);
            collect(right, variables);
        }
        Node::Not(inner) => collect(inner, variables),
        Node::Compare(test) => variables.push(test.variable),
        Node::In(tests) => variables.extend(tests.iter().map(|test| test.variable)),
        Node::IsMissing(variable) => variables.push(*variable),
        Node::Unknown => {}
    }
}

fn truth(node: &mut Node, codes: &[Code], numbers: &[Option<f64>], names: &dyn AnswerNames) -> Option<bool> {
    match node {
        Node::And(left, right) => match truth(left, codes, numbers, names) {
            Some(false) => Some(false),
            Some(true) => truth(right, codes, numbers, names),
            None => truth(right, codes, numbers, names).filter(|right| !right),
        },
        Node::Or(left, right) => match truth(left, codes, numbers, names) {
            Some(true) => Some(true),
            Some(false) => truth(right, codes, numbers, names),
            None => truth(right, codes, numbers, names).filter(|right| *right),
        },
        Node::Not(inner) => truth(inner, codes, numbers, names).map(|inner| !inner),
        Node::Compare(test) => test.truth(codes, numbers, names),
        Node::In(tests) => {
            let mut any = Some(false);
            for test in tests {
                match test.truth(codes, numbers, names) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => any = None,
                }
            }
            any
        }
        Node::IsMissing(variable) => {
            Some(codes.get(*variable).is_none_or(|code| usize::from(*code) < REASONS))
        }
        Node::Unknown => None,
    }
}

impl Test {
    fn truth(&mut self, codes: &[Code], numbers: &[Option<f64>], names: &dyn AnswerNames) -> Option<bool> {
        let code = codes.get(self.variable).copied().filter(|code| usize::from(*code) >= REASONS)?;
        if let Some(number) = numbers.get(self.variable).copied().flatten() {
            return self.of_number(number);
        }
        let index = usize::from(code);
        if index >= self.known.len() {
            self.known.resize(index + 1, Known::NotAsked);
        }
        if let Known::Gave(truth) = self.known[index] {
            return truth;
        }
        let truth = self.of_code(code, names);
        self.known[index] = Known::Gave(truth);
        truth
    }

    fn of_code(&self, code: Code, names: &dyn AnswerNames) -> Option<bool> {
        match &self.literal {
            Literal::Number(_) => names.number(self.variable, code).and_then(|number| self.of_number(number)),
            Literal::Text(text) => {
                let equal = names.is_text(self.variable, code, text);
                match self.operator {
                    Operator::Equal => Some(equal),
                    Operator::NotEqual => Some(!equal),
                    Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => None,
                }
            }
        }
    }

    fn of_number(&self, number: f64) -> Option<bool> {
        let Literal::Number(literal) = self.literal else { return None };
        let ordering = number.partial_cmp(&literal)?;
        Some(match self.operator {
            Operator::Equal => ordering.is_eq(),
            Operator::NotEqual => ordering.is_ne(),
            Operator::Less => ordering.is_lt(),
            Operator::LessEqual => ordering.is_le(),
            Operator::Greater => ordering.is_gt(),
            Operator::GreaterEqual => ordering.is_ge(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Points;

    impl AnswerNames for Points {
        fn number(&self, _: usize, code: Code) -> Option<f64> {
            Some(f64::from(code) - 4.0)
        }

        fn is_text(&self, _: usize, code: Code, text: &str) -> bool {
            text == "North" && code == 5
        }
    }

    fn compare(name: &str, operator: Operator, literal: Literal) -> Expression {
        Expression::Compare { name: name.to_owned(), operator, literal }
    }

    fn keeps(expression: Expression, codes: &[Code]) -> bool {
        let by_id = |name: &str| ["a", "b"].iter().position(|known| *known == name);
        BoundFilter::bind(&Filter { expression }, by_id).keeps(codes, &[None, None], &Points)
    }

    #[test]
    fn a_missing_answer_is_neither_true_nor_false() {
        let at_least_3 = || compare("a", Operator::GreaterEqual, Literal::Number(3.0));
        assert!(keeps(at_least_3(), &[7, 5]));
        assert!(!keeps(at_least_3(), &[6, 5]));
        assert!(!keeps(at_least_3(), &[2, 5]));
        assert!(!keeps(Expression::Not(Box::new(at_least_3())), &[2, 5]), "not unknown is unknown");
        assert!(keeps(Expression::Not(Box::new(at_least_3())), &[6, 5]));
        assert!(keeps(Expression::IsMissing("a".into()), &[2, 5]));
        assert!(keeps(Expression::Not(Box::new(Expression::IsMissing("a".into()))), &[5, 5]));
    }

    #[test]
    fn and_and_or_settle_what_one_side_settles() {
        let north = || compare("b", Operator::Equal, Literal::Text("North".into()));
        let unknown = || compare("a", Operator::Equal, Literal::Number(1.0));
        assert!(keeps(Expression::Or(Box::new(unknown()), Box::new(north())), &[2, 5]));
        assert!(!keeps(Expression::And(Box::new(unknown()), Box::new(north())), &[2, 5]));
        assert!(keeps(
            Expression::Not(Box::new(Expression::And(Box::new(unknown()), Box::new(north())))),
            &[2, 6]
        ));
        assert!(keeps(
            Expression::In { name: "a".into(), literals: vec![Literal::Number(4.0), Literal::Number(1.0)] },
            &[5, 5]
        ));
        assert!(!keeps(compare("nobody", Operator::NotEqual, Literal::Number(1.0)), &[5, 5]));
    }
}
