//! Multiple response sets: several variables that are one question.

use indexmap::IndexSet;

use super::encoding::Decoding;
use super::extension::RawSet;
use super::variable::Kind;
use super::variables::Variables;

/// Several variables that are one question with any number of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseSet {
    /// Its name, without the `$`.
    pub name: String,
    /// Its label; may be empty.
    pub label: String,
    /// Positions of its variables among those of the file, from 0, very long strings counted once.
    pub variables: Vec<usize>,
    /// What an answer is.
    pub kind: ResponseSetKind,
    /// The position of the column of the table that it became; none where it could not be joined.
    pub column: Option<usize>,
}

/// What an answer of a response set is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseSetKind {
    /// A variable is an option, which is ticked where it has one value.
    Dichotomies {
        /// The value, as its cells print it.
        counted: String,
    },
    /// Each variable holds one of the answers.
    Categories,
}

impl ResponseSet {
    /// The set of a declaration; the sentence says why there is none.
    pub(super) fn new(raw: &RawSet<'_>, variables: &Variables, decoding: &Decoding) -> Result<Self, String> {
        let full_name = decoding.text(raw.name).trim().to_owned();
        let name = full_name.strip_prefix('$').unwrap_or(&full_name).to_owned();
        let not_joined = |why: String| format!("the response set `{full_name}` is not joined: {why}");
        if name.is_empty() {
            return Err(not_joined("it has no name".to_owned()));
        }
        let mut members = IndexSet::new();
        for member in &raw.members {
            let member = decoding.text(member);
            let Some(position) = variables.named(&member) else {
                return Err(not_joined(format!("there is no variable `{member}`")));
            };
            members.insert(position);
        }
        let members: Vec<usize> = members.into_iter().collect();
        if members.len() < 2 {
            let why = if members.is_empty() { "it has no variable" } else { "it has one variable" };
            return Err(not_joined(why.to_owned()));
        }
        let is_number = variables.list[members[0]].is_number();
        if members.iter().any(|member| variables.list[*member].is_number() != is_number) {
            return Err(not_joined("some of its variables are numbers and some are strings".to_owned()));
        }
        let kind = match raw.counted {
            None => ResponseSetKind::Categories,
            Some(counted) => {
                let counted = decoding.text(counted).trim().to_owned();
                let counted = match &variables.list[members[0]].kind {
                    Kind::Text { .. } => Some(counted),
                    Kind::Number { shape, .. } => counted
                        .parse()
                        .ok()
                        .filter(|value: &f64| value.is_finite())
                        .map(|value| shape.print(value)),
                };
                let Some(counted) = counted else {
                    return Err(not_joined("its counted value is no number, its variables are".to_owned()));
                };
                ResponseSetKind::Dichotomies { counted }
            }
        };
        let label = decoding.text(raw.label).trim().to_owned();
        Ok(Self { name, label, variables: members, kind, column: None })
    }
}
