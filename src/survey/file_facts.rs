//! What a file says of itself, beyond the names and values of its columns.
//!
//! A survey tool writes wordings, ids, dates of the interview and test rows beside the answers; SPSS writes labels and
//! missing codes. `source` reads all that where it reads the file; inference, `init` and the plan go by it.
//! A plain table of answers says nothing of itself: every part is empty then.

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// The layout that was recognised or asked for, such as `qualtrics`; `plain` or empty where there is none.
    pub layout: &'static str,
    /// How the file was read and why it was taken for what it is, a sentence each, for `csat import --explain`.
    pub reasons: Vec<String>,
    /// The records above the answers: names, wordings, ids for machines.
    pub header_rows: u32,
    /// Whether the file itself knows numbers from texts, as a workbook does: they come with a decimal point.
    pub typed_numbers: bool,
    /// The time zone of the dates, as the tool wrote it.
    pub zone: Option<String>,
    /// Rows that nobody's customer answered: previews and tests.
    pub test_rows: Option<RowRule>,
    /// Rows of people who did not reach the end.
    pub partial_rows: Option<RowRule>,
    /// Columns whose words tell such rows, each with all that are known: others are those of another language.
    pub known_cells: Vec<RowRule>,
    /// The first column of which a name or a cell is not UTF-8 in the bytes that are read.
    pub not_utf8: Option<String>,
}

/// Rows told by one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRule {
    /// The column.
    pub column: String,
    /// The cell texts that tell them, compared without case; an empty text is an empty cell.
    pub values: Vec<String>,
}

/// What a file says of one of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// The wording of the question, plain text; for a part of a grid the wording of the part.
    pub text: Option<String>,
    /// The wording that it shares with its neighbours: the question over a grid.
    pub stem: Option<String>,
    /// What the column is for.
    pub role: Role,
    /// What the codes stand for, in the order of the file.
    pub labels: Vec<(String, String)>,
    /// Cell texts that the file itself calls missing.
    pub missing: Vec<String>,
    /// Codes of answers that say nothing but their order, `A1` to `A5`, in that order.
    pub codes: Vec<String>,
}

/// What a column is for, as far as the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The file does not say; probably answers.
    #[default]
    Unknown,
    /// Words in the respondent's own language: an open question, or the other of a list.
    OpenText,
    /// Any of several options in one cell.
    Multiple {
        /// The options that the file names, in its order; empty where they have to be found in the cells.
        options: Vec<String>,
        /// What stands between them in a cell.
        separator: String,
    },
    /// Not an answer.
    Metadata(Metadata),
}

/// What a column that is no answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metadata {
    /// The id of the response.
    Response,
    /// The id of the respondent.
    Respondent,
    /// When the interview began.
    Started,
    /// When it ended or was sent: the date of the answer.
    Ended,
    /// Another date of the tool, such as that of its database.
    Recorded,
    /// How long it took, in seconds.
    Duration,
    /// How far it came.
    Progress,
    /// Whether it was finished.
    Finished,
    /// Real, preview, test, spam.
    Kind,
    /// The language of the interview.
    Language,
    /// How the invitation went out.
    Channel,
    /// Who answered, or from where: names, addresses, places.
    Personal,
    /// With what it was answered: browser, operating system, screen.
    Browser,
    /// For the tool only.
    Technical,
}
