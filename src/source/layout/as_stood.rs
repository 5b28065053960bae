//! What stood in the file where the plain table has something else: its header records and where columns come from.

use super::Seen;

/// The records above the answers as they stood, and where each column of the plain table comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsStood {
    /// The records above the answers.
    pub header: Vec<Vec<String>>,
    /// What separated the cells.
    pub delimiter: u8,
    /// The positions in the file that each column of the plain table is made of.
    pub from: Vec<Vec<usize>>,
}

/// A column of the file that is no column of the plain table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedColumn {
    /// Its position from 0.
    pub position: usize,
    /// What stood above it.
    pub name: String,
}

impl AsStood {
    /// What stood in a file of which this was seen.
    pub(in crate::source) fn new(seen: &Seen, records: &[Vec<String>], delimiter: u8) -> Self {
        let rows = usize::try_from(seen.file.header_rows).unwrap_or(usize::MAX).min(records.len());
        Self {
            header: records[..rows].to_vec(),
            delimiter,
            from: seen.columns.iter().map(|column| column.cells.positions()).collect(),
        }
    }

    /// What stood above a column of the plain table, its header records joined.
    pub fn above(&self, column: usize) -> String {
        let positions = self.from.get(column).map(Vec::as_slice).unwrap_or_default();
        let named: Vec<String> = positions.iter().map(|position| self.over(*position)).collect();
        named.join(" | ")
    }

    /// Whether a name stood as it is in a header record over its column.
    pub fn has(&self, column: usize, name: &str) -> bool {
        match self.from.get(column).map(Vec::as_slice) {
            Some([position]) => {
                self.header.iter().any(|record| record.get(*position).is_some_and(|cell| cell.trim() == name))
            }
            _ => false,
        }
    }

    /// The columns of the file that no column of the plain table reads; one without a name is a delimiter too many.
    pub fn dropped(&self) -> Vec<DroppedColumn> {
        let width = self.header.iter().map(Vec::len).max().unwrap_or(0);
        let is_read = |position: &usize| self.from.iter().any(|read| read.contains(position));
        let unread = (0..width).filter(|position| !is_read(position));
        unread.map(|position| DroppedColumn { position, name: self.over(position) }).collect()
    }

    /// The header records of one column of the file, joined; what is written for machines is left out.
    fn over(&self, position: usize) -> String {
        let cells = self.header.iter().filter_map(|record| record.get(position)).map(|cell| cell.trim());
        let named: Vec<&str> =
            cells.filter(|cell| !cell.is_empty() && !cell.starts_with("{\"ImportId\"")).collect();
        named.join(" / ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_not_read_are_named() {
        let record = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let stood = AsStood {
            header: vec![record(&["id", "Q", "", ""]), record(&["", "a", "b", ""])],
            delimiter: b',',
            from: vec![vec![0], vec![1, 2]],
        };
        assert_eq!((stood.above(0).as_str(), stood.above(1).as_str()), ("id", "Q / a | b"));
        assert!(stood.has(0, "id") && !stood.has(1, "Q"));
        assert_eq!(stood.dropped(), [DroppedColumn { position: 3, name: String::new() }]);
    }
}
