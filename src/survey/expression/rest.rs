//! Everybody for whom an expression is not true: those for whom it is false, and those for whom a missing answer leaves
//! it open.

use super::Expression;

/// The expression that holds for exactly the rows for which `expression` does not.
///
/// `not` alone would leave out the rows of a missing answer, for which a comparison is neither true nor false. (A
/// comparison that stays open with an answer, such as the order of a text that is no number, stays out of both.)
pub fn rest(expression: &Expression) -> Expression {
    not_true(expression)
}

fn not_true(expression: &Expression) -> Expression {
    match expression {
        Expression::And(left, right) => or(not_true(left), not_true(right)),
        Expression::Or(left, right) => and(not_true(left), not_true(right)),
        Expression::Not(inner) => not_false(inner),
        Expression::IsMissing(_) => not(expression.clone()),
        Expression::Compare { name, .. } | Expression::In { name, .. } => {
            or(not(expression.clone()), Expression::IsMissing(name.clone()))
        }
    }
}

fn not_false(expression: &Expression) -> Expression {
    match expression {
        Expression::And(left, right) => and(not_false(left), not_false(right)),
        Expression::Or(left, right) => or(not_false(left), not_false(right)),
        Expression::Not(inner) => not_true(inner),
        Expression::IsMissing(_) => expression.clone(),
        Expression::Compare { name, .. } | Expression::In { name, .. } => {
            or(expression.clone(), Expression::IsMissing(name.clone()))
        }
    }
}

fn not(inner: Expression) -> Expression {
    Expression::Not(Box::new(inner))
}

fn and(left: Expression, right: Expression) -> Expression {
    Expression::And(Box::new(left), Box::new(right))
}

fn or(left: Expression, right: Expression) -> Expression {
    Expression::Or(Box::new(left), Box::new(right))
}

#[cfg(test)]
mod tests {
    use super::rest;
    use crate::survey::expression::parse;

    #[test]
    fn a_missing_answer_is_of_the_rest() {
        let of = |text: &str| rest(&parse(text).unwrap()).to_string();
        assert_eq!(of("region = \"N\""), "not region = \"N\" or region is missing");
        assert_eq!(of("region is missing"), "not region is missing");
        assert_eq!(of("not region = \"N\""), "region = \"N\" or region is missing");
        assert_eq!(
            of("a = 1 and (b in (1, 2) or not c is missing)"),
            "not a = 1 or a is missing or (not b in (1, 2) or b is missing) and c is missing"
        );
    }
}
