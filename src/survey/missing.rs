//! Why there is no answer.

use serde::{Deserialize, Serialize};

/// Why a cell holds no answer, in the order in which a pair takes the first that applies.
///
/// The numbers are the lowest codes of every coded variable ([`Code`]), so that a code says at once whether it
/// is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The question was not in this file, or not put to this respondent.
    NotAsked = 0,
    /// Something is there that the scale does not know.
    Invalid = 1,
    /// Nothing is there.
    Blank = 2,
    /// The respondent does not know.
    DontKnow = 3,
    /// The question does not apply to the respondent.
    NotApplicable = 4,
}

/// How many reasons there are: the first answer has this code.
pub const REASONS: usize = 5;

/// A coded cell: 0 to 4 are the reasons of [`Missing`], 5 + k is the k-th point or category.
pub type Code = u16;

/// The cell of a question with several answers in which every option was declined: an answer, and none of the options.
///
/// Files with a column an option tell that from a question that was left out, so the one column made of them has to.
pub const NONE_CHOSEN: &str = "(none chosen)";

impl Missing {
    /// All reasons, in code order.
    pub const ALL: [Self; REASONS] =
        [Self::NotAsked, Self::Invalid, Self::Blank, Self::DontKnow, Self::NotApplicable];

    /// The code of the reason.
    pub const fn code(self) -> Code {
        self as Code
    }

    /// The reason of a code, or `None` when the code is an answer.
    pub fn of(code: Code) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// The index of the point or category that a code stands for, or `None` when it is a reason.
pub fn answer(code: Code) -> Option<usize> {
    usize::from(code).checked_sub(REASONS)
}
