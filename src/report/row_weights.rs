//! The final weights row by row: to be joined to the answers elsewhere.

/// The weight of every row that was counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowWeights {
    /// The files.
    pub inputs: Vec<String>,
    /// The column of the ids; none where the definition names none.
    pub id: Option<String>,
    /// The rows in the order of the files.
    pub rows: Vec<RowWeight>,
}

/// The weight of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowWeight {
    /// The index of its file.
    pub input: u64,
    /// The row after the header, counted from 1.
    pub row: u64,
    /// Its id as it stands in the file; `None` where the definition names none.
    pub id: Option<String>,
    /// Its wave, where there are waves.
    pub wave: Option<String>,
    /// Its weight, above 0.
    pub weight: f64,
}
