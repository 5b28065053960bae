//! Numbers as people write them: decimal commas, marks between thousands, full-width digits, a minus that is no hyphen.
//!
//! `1.234,5`, `1,234.5`, `1 234,5`, `1'234.5` and `12,34,567` can be read one way only; `1,234` and `1.234` in two. Which
//! is meant is a habit of whoever wrote the column, so it is settled from the column ([`NumberStyle`]) and never cell by
//! cell. A number is passed on as its plain text, `1234.5`: no digit is lost on the way.
//!
//! Refused: a text with anything else in it, marks that do not stand every three digits, numbers in words.

mod affix;
mod reading;
mod style;

pub(super) use reading::plain_marks;
pub use reading::{NumberReadings, number_readings};
pub use style::{DecimalMark, NumberEvidence, NumberStyle, number_styles};
pub(super) use style::{affix_of, marked_readings};
