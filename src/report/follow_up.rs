//! A list of answers to follow up: who is to be called back, and what they said.

/// The answers for which a condition holds, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUp {
    /// The wave that was looked at; none where all were, or where there are none.
    pub wave: Option<String>,
    /// How many answers were looked at.
    pub answers: u64,
    /// The names of the columns, each once.
    pub columns: Vec<String>,
    /// One row an answer, as long as `columns`.
    pub rows: Vec<Vec<FollowUpCell>>,
    /// Personal columns of the files that the list leaves out.
    pub left_out: Vec<String>,
    /// Whether the rows are in the order of the files because no date tells the day from the month.
    pub is_undated: bool,
}

/// One cell of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum FollowUpCell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing: not answered, or not asked.
    Blank,
}
