//! `base`: who was asked a question.

use super::complaints::Complaints;
use super::exclude;
use super::questions::Written;
use crate::diagnostic::Diagnostic;
use crate::survey::expression::{self, Expression};

/// Who was asked.
pub(super) fn base(written: &Written<'_>, complaints: &mut Complaints<'_>) -> Option<Expression> {
    let value = written.get("base")?;
    let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty())?;
    match expression::parse(text) {
        Ok(condition) if condition.names().contains(&written.id.as_str()) => {
            complaints.error(
                value.span(),
                "base_of_itself",
                format!("question `{}`: its `base` asks for its own answer", written.id),
                "who was asked is known before there is an answer",
                "name the question that decided who came here",
            );
            None
        }
        Ok(condition) => Some(condition),
        Err(fault) => {
            let span = exclude::inside(value, text, &fault, complaints);
            let message = format!("question `{}`, key `base`: {}", written.id, fault.message);
            complaints.add(span, Diagnostic { message, place: None, ..fault });
            None
        }
    }
}
