//! Expressions such as `region = "North" and overall >= 3`: grammar, tree and type check.
//!
//! They choose rows (`--where`). The grammar is small on purpose: comparisons of a variable with a literal,
//! lists, missing answers, and the three logical words. A comparison with a missing answer is neither true nor
//! false; who evaluates an expression keeps that third value (see `prepare::BoundFilter`).

mod check;
mod parse;
mod resolve;
mod rest;
mod token;
mod unseen;

use std::fmt;

pub use check::check;
pub use parse::parse;
pub use resolve::{Variable, resolve};
pub use rest::rest;
pub use unseen::unseen;

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

impl Expression {
    /// The variables it names, in the order of their first use.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_names(&mut names);
        names
    }

    fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.collect_names(names);
                right.collect_names(names);
            }
            Self::Not(inner) => inner.collect_names(names),
            Self::Compare { name, .. } | Self::In { name, .. } | Self::IsMissing(name) => {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
    }

    /// How tightly it binds when written: 0 `or`, 1 `and`, 2 `not`, 3 a comparison.
    fn precedence(&self) -> u8 {
        match self {
            Self::Or(..) => 0,
            Self::And(..) => 1,
            Self::Not(..) => 2,
            _ => 3,
        }
    }

    /// Writes it as a part, in brackets when it binds less tightly than `least`.
    fn write_part(&self, least: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.precedence() < least { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl Operator {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// Whether it needs an order (all but equality do).
    pub fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(left, right) => {
                left.write_part(1, f)?;
                f.write_str(" and ")?;
                right.write_part(2, f)
            }
            Self::Or(left, right) => {
                left.write_part(0, f)?;
                f.write_str(" or ")?;
                right.write_part(1, f)
            }
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.write_part(2, f)
            }
            Self::Compare { name, operator, literal } => {
                write!(f, "{} {} {literal}", WrittenName(name), operator.symbol())
            }
            Self::In { name, literals } => {
                write!(f, "{} in (", WrittenName(name))?;
                for (index, literal) in literals.iter().enumerate() {
                    write!(f, "{}{literal}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str(")")
            }
            Self::IsMissing(name) => write!(f, "{} is missing", WrittenName(name)),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "\"{}\"", text.replace('"', "\"\"")),
        }
    }
}

/// A name as an expression has to write it: in backticks unless it is a plain word.
struct WrittenName<'a>(&'a str);

impl fmt::Display for WrittenName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if token::is_plain_name(self.0) {
            f.write_str(self.0)
        } else {
            write!(f, "`{}`", self.0.replace('`', "``"))
        }
    }
}
