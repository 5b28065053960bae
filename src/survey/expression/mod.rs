//! Expressions such as `region = "North" and overall >= 3`: grammar, tree and type check.

/// A checked expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// Both.
    And(Box<Expression>, Box<Expression>),
    /// Either.
    Or(Box<Expression>, Box<Expression>),
    /// Not.
    Not(Box<Expression>),
    /// A comparison of a variable with a literal.
    Compare {
        /// The question or segment id, or a column name.
        name: String,
        /// How.
        operator: Operator,
        /// With what.
        literal: Literal,
    },
    /// Whether a variable is one of several literals.
    In {
        /// The question or segment id, or a column name.
        name: String,
        /// The literals.
        literals: Vec<Literal>,
    },
    /// Whether a variable has no answer.
    IsMissing(String),
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// A number or a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}
