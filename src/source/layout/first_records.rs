//! The first records of a file, as layouts look at them.

/// How many records a layout looks at.
pub const FIRST_RECORDS: usize = 200;

/// The first records of a file as text, blank lines left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstRecords {
    /// The records with their cells, trimmed of nothing.
    pub records: Vec<Vec<String>>,
}

impl FirstRecords {
    /// The first records of UTF-8 text; a last record that the text cuts off is left out.
    pub fn read(text: &[u8], delimiter: u8, is_whole: bool) -> Self {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text);
        let mut records = Vec::new();
        let mut record = csv::ByteRecord::new();
        // Reading from memory does not fail.
        while records.len() < FIRST_RECORDS && reader.read_byte_record(&mut record).unwrap_or(false) {
            let is_cut = !is_whole && reader.position().byte() >= text.len() as u64;
            if is_cut {
                break;
            }
            records.push(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
        }
        Self { records }
    }

    /// The cells of a record, trimmed; none where there is no such record.
    pub(super) fn row(&self, record: usize) -> Vec<&str> {
        self.records
            .get(record)
            .map(|cells| cells.iter().map(|cell| cell.trim()).collect())
            .unwrap_or_default()
    }

    /// The cells of the first record, trimmed.
    pub(super) fn header(&self) -> Vec<&str> {
        self.row(0)
    }

    /// Whether the first record has a cell of this text.
    pub(super) fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Where in the first record a cell of this text stands.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.header().iter().position(|cell| *cell == name)
    }

    /// The cells of a column below so many records, trimmed, empty ones left out.
    pub(super) fn cells(&self, column: usize, below: usize) -> Vec<&str> {
        let rows = self.records.iter().skip(below);
        let cells = rows.filter_map(|row| row.get(column)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty()).collect()
    }

    /// Whether a column has cells below so many records, and all of them are of a kind.
    pub(super) fn all(&self, column: usize, below: usize, is_kind: impl Fn(&str) -> bool) -> bool {
        let cells = self.cells(column, below);
        !cells.is_empty() && cells.into_iter().all(is_kind)
    }

    /// How many cells the widest record has.
    pub fn width(&self) -> usize {
        self.records.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Whether a cell is a date with a time of day: digits in groups, parted by `-`, `/` or `.`, then hours and minutes.
pub(super) fn is_moment(cell: &str) -> bool {
    let Some((date, time)) = cell.split_once([' ', 'T']) else { return false };
    let parts: Vec<&str> = date.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let is_date = parts.len() == 3
        && parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let mut clock = time.split([':', ' ']);
    let is_number =
        |part: Option<&str>| part.is_some_and(|part| (1..=2).contains(&part.len()) && is_digits(part));
    is_date && is_number(clock.next()) && is_number(clock.next())
}

/// Whether a cell is digits and nothing else.
pub(super) fn is_digits(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_whole_and_cells_by_column() {
        let first = FirstRecords::read(b"\xEF\xBB\xBFa;b\n1; x \n\n2;\n3", b';', false);
        assert_eq!(first.records, [["a", "b"], ["1", " x "], ["2", ""]]);
        assert_eq!((first.width(), first.cells(1, 1), first.position("b")), (2, vec!["x"], Some(1)));
        assert!(first.all(0, 1, is_digits) && !first.all(1, 1, is_digits) && !first.all(7, 1, is_digits));
        assert_eq!(FirstRecords::read(b"a\n1\n2", b',', true).records.len(), 3);
    }

    #[test]
    fn moments_have_a_date_and_a_time() {
        for moment in ["2026-10-04 10:15:00", "10/4/26 9:05", "4.10.2026 09:05:11", "2026-10-04T10:15:00Z"] {
            assert!(is_moment(moment), "{moment}");
        }
        for other in ["2026-10-04", "10:15", "a-b-c 10:15", "2026-10-04 morning", "", "1/2 3:4"] {
            assert!(!is_moment(other), "{other}");
        }
    }
}
