//! What a layout sees in a file.

use crate::survey::{ColumnFacts, FileFacts, Metadata, Role, RowRule};

/// What a layout sees in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What the file says of itself; its first `header_rows` records are no answers.
    pub file: FileFacts,
    /// The columns of the plain table, in order.
    pub columns: Vec<SeenColumn>,
}

/// A column of the plain table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenColumn {
    /// Its name: unique, on one line.
    pub name: String,
    /// What the file says of it.
    pub facts: ColumnFacts,
    /// Where its cells come from.
    pub cells: Cells,
}

impl SeenColumn {
    /// What is known of it, by the layout and by the format of the file, whose columns these are.
    pub fn facts_with(&self, format: &[ColumnFacts]) -> ColumnFacts {
        let mut facts = self.facts.clone();
        let of_format = self.cells.positions().first().and_then(|at| format.get(*at));
        if let Some(of_format) = of_format.filter(|_| !matches!(self.cells, Cells::Ticked { .. })) {
            facts.labels.clone_from(&of_format.labels);
            facts.missing.clone_from(&of_format.missing);
            facts.text = facts.text.or_else(|| of_format.text.clone());
            if facts.role == Role::Unknown {
                facts.role = of_format.role.clone();
            }
        }
        facts
    }

    /// A column of the file as it stands, of which nothing more is known.
    pub(super) fn copied(name: String, position: usize) -> Self {
        Self { name, facts: ColumnFacts::default(), cells: Cells::Copied(position) }
    }

    /// A question whose options have a column each: position of the column and option; `unticked` are cell texts that
    /// say "not ticked" beside an empty cell.
    pub(super) fn ticked(
        name: String,
        options: Vec<(usize, String)>,
        unticked: &'static [&'static str],
    ) -> Self {
        let separator = Cells::separator(options.iter().map(|(_, option)| option.as_str()));
        let role = Role::Multiple {
            options: options.iter().map(|(_, option)| option.clone()).collect(),
            separator: separator.to_owned(),
        };
        let facts = ColumnFacts { role, ..ColumnFacts::default() };
        Self { name, facts, cells: Cells::Ticked { options, separator, unticked } }
    }

    /// The rows that these texts in the column about `about` tell, where there is such a column.
    pub(super) fn row_rule(columns: &[Self], about: Metadata, values: &[&str]) -> Option<RowRule> {
        let column = columns.iter().find(|column| column.facts.role == Role::Metadata(about))?;
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Some(RowRule { column: column.name.clone(), values })
    }

    /// The same column with a role.
    pub(super) fn with_role(mut self, role: Role) -> Self {
        self.facts.role = role;
        self
    }

    /// The same column as one that holds no answer.
    pub(super) fn about(self, metadata: Metadata) -> Self {
        self.with_role(Role::Metadata(metadata))
    }

    /// The same column with the wording of its question.
    pub(super) fn asking(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.facts.text = Some(text.to_owned());
        }
        self
    }

    /// The same column as one row of a grid.
    pub(super) fn under(mut self, stem: &str) -> Self {
        if !stem.is_empty() {
            self.facts.stem = Some(stem.to_owned());
        }
        self
    }
}

/// Where the cells of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// A column of the file, by position from 0, as it stands.
    Copied(usize),
    /// Options of one question, a column each: those that were ticked, joined.
    Ticked {
        /// Position of the column and the option it stands for.
        options: Vec<(usize, String)>,
        /// What stands between them.
        separator: &'static str,
        /// Cell texts that say "not ticked" beside an empty cell, compared without case, such as `0`, `No`, `N`.
        unticked: &'static [&'static str],
    },
    /// A column whose cells end in a mark of the tool, which is taken off: `a;b;`.
    Trimmed {
        /// The column, by position from 0.
        column: usize,
        /// What is taken off the end.
        suffix: &'static str,
    },
    /// A column in which an apostrophe keeps spreadsheets from taking a cell for a formula or a number: `'=1+1`,
    /// `'+49 30 1234`; it is taken off.
    Unmasked(usize),
    /// A column of seconds since 1970, written as a date and time of UTC.
    UnixSeconds(usize),
}

impl Cells {
    /// The separator of options that no option holds.
    fn separator<'a>(options: impl Iterator<Item = &'a str>) -> &'static str {
        let options: Vec<&str> = options.collect();
        let is_free = |mark: &str| !options.iter().any(|option| option.contains(mark.trim()));
        ["; ", " | ", " / "].into_iter().find(|mark| is_free(mark)).unwrap_or(" \u{2016} ")
    }

    /// The positions that are read.
    pub(super) fn positions(&self) -> Vec<usize> {
        match self {
            Self::Copied(column)
            | Self::Trimmed { column, .. }
            | Self::Unmasked(column)
            | Self::UnixSeconds(column) => vec![*column],
            Self::Ticked { options, .. } => options.iter().map(|(position, _)| *position).collect(),
        }
    }
}
