//! Records that are the header once more, as in exports that were put one below the other.

use super::layout::AsStood;
use crate::survey::{Profile, number_readings};

/// The header records of an input, by which they are known further down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepeatedHeader {
    /// By record, its cells without blanks around them; none where a cell may hold anything.
    records: Vec<Vec<Option<Vec<u8>>>>,
}

impl RepeatedHeader {
    /// The header of a table as it stands, its first `brought` cells those of lists.
    pub(super) fn of_table(header: &csv::ByteRecord, brought: usize) -> Self {
        let own = header.iter().skip(brought).map(|cell| Some(bare(cell).to_vec()));
        Self::of(vec![std::iter::repeat_n(None, brought).chain(own).collect()])
    }

    /// The header records above the columns of a table that was made of them; a joined column may hold anything.
    pub(super) fn of_layout(stood: &AsStood) -> Self {
        let above = |record: &Vec<String>| {
            let cell = |positions: &Vec<usize>| match positions.as_slice() {
                [position] => {
                    Some(record.get(*position).map_or(&b""[..], |cell| bare(cell.as_bytes())).to_vec())
                }
                _ => None,
            };
            stood.from.iter().map(cell).collect()
        };
        Self::of(stood.header.iter().map(above).collect())
    }

    fn of(mut records: Vec<Vec<Option<Vec<u8>>>>) -> Self {
        // One cell may well be an answer.
        records.retain(|record| record.iter().flatten().filter(|cell| !cell.is_empty()).count() >= 2);
        Self { records }
    }

    /// Whether there is nothing to know one by.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether a record with so many fields is one; `has` says of a position whether a name stands there, as
    /// [`Self::is_cell`] does.
    pub fn is(&self, fields: usize, mut has: impl FnMut(usize, &[u8]) -> bool) -> bool {
        self.records.iter().any(|header| {
            header.len() <= fields
                && header
                    .iter()
                    .enumerate()
                    .all(|(position, name)| name.as_ref().is_none_or(|name| has(position, name)))
        })
    }

    /// Whether a cell is this name.
    pub fn is_cell(cell: &[u8], name: &[u8]) -> bool {
        bare(cell) == name
    }

    /// What stands in a column of the records.
    pub fn cells(&self, position: usize) -> impl Iterator<Item = Option<&[u8]>> {
        self.records.iter().map(move |record| record.get(position).and_then(|cell| cell.as_deref()))
    }
}

/// Whether a record with all names of a table can be told from one with all its answers: a column has other answers than
/// its name, which is no number. Who ticked every option wrote what the header says.
pub(super) fn is_told(profile: &Profile) -> bool {
    profile.columns.iter().any(|column| {
        let is_number = number_readings(&column.name).point.is_some();
        let has_answers = !column.values.is_empty();
        has_answers && !is_number && !column.values.iter().any(|(text, _)| *text == column.name)
    })
}

/// A cell without blanks around it. A file that was put below another brings its byte order mark along, and quotes
/// behind that are none to a reader.
fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    let Some(marked) = cell.strip_prefix("\u{FEFF}".as_bytes()) else { return cell };
    let marked = marked.trim_ascii();
    marked.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::ColumnProfile;

    fn is(header: &RepeatedHeader, record: &[&str]) -> bool {
        header.is(record.len(), |at, name| RepeatedHeader::is_cell(record[at].as_bytes(), name))
    }

    #[test]
    fn every_cell_has_to_be_the_same() {
        let table = RepeatedHeader::of_table(&csv::ByteRecord::from(vec!["\u{feff}id", " overall ", ""]), 0);
        assert!(is(&table, &["id", "overall", ""]) && is(&table, &[" id", "overall", "", "beyond"]));
        assert!(is(&table, &["\u{feff}\"id\"", "overall", ""]), "a mark in the middle of a file");
        for other in
            [&["id", "overall"][..], &["id", "5", ""], &["id", "overall", "x"], &["1", "overall", ""]]
        {
            assert!(!is(&table, other), "{other:?}");
        }
    }

    #[test]
    fn one_cell_may_be_an_answer_and_what_lists_bring_may_be_anything() {
        let header = csv::ByteRecord::from(vec!["plan", "id"]);
        assert!(RepeatedHeader::of_table(&header, 1).is_empty());
        let header = csv::ByteRecord::from(vec!["plan", "id", "overall"]);
        let table = RepeatedHeader::of_table(&header, 1);
        assert!(is(&table, &["", "id", "overall"]) && is(&table, &["gold", "id", "overall"]));
        assert_eq!(table.cells(2).collect::<Vec<_>>(), [Some(&b"overall"[..])]);
        assert_eq!(table.cells(0).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn a_header_of_options_is_what_those_wrote_who_ticked_all() {
        let profile = |columns: &[(&str, &[&str])]| {
            let column = |(name, values): &(&str, &[&str])| ColumnProfile {
                name: (*name).to_owned(),
                values: values.iter().map(|value| ((*value).to_owned(), 1)).collect(),
                ..ColumnProfile::default()
            };
            Profile { columns: columns.iter().map(column).collect(), ..Profile::default() }
        };
        assert!(!is_told(&profile(&[("Phone", &["Phone"]), ("Mail", &["Mail"])])));
        assert!(!is_told(&profile(&[("1", &["1", "2"]), ("9", &["1", "2"])])), "numbered questions");
        assert!(!is_told(&profile(&[("Phone", &["Phone"]), ("why", &[])])));
        assert!(is_told(&profile(&[("Phone", &["Phone"]), ("overall", &["1", "2"])])));
    }

    #[test]
    fn each_record_above_the_answers_is_known() {
        let record = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let stood = AsStood {
            header: vec![record(&["id", "Why?", "", "Age"]), record(&["", "Price", "Staff", ""])],
            delimiter: b',',
            from: vec![vec![0], vec![1, 2], vec![3]],
        };
        let header = RepeatedHeader::of_layout(&stood);
        assert!(is(&header, &["id", "Price", "Age"]) && !is(&header, &["7", "Price", "40"]));
        assert!(!is(&header, &["", "Price; Staff", ""]), "nothing else stands in the second record");
    }
}
