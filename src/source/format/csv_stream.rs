//! Rows of cells as a stream of CSV.

use std::io::{self, Read};

/// Rows of cells, one after the other.
pub trait Rows {
    /// Puts the cells of the next row into `row`, which comes empty; false after the last.
    ///
    /// A row without cells is a blank line: it is skipped by readers, and keeps the numbers of the lines.
    ///
    /// # Errors
    /// The rows cannot be read on; the message names the place.
    fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool>;
}

/// Rows written as CSV while they are read: comma, quotes where needed, LF.
pub struct CsvStream<R> {
    rows: R,
    row: Vec<String>,
    bytes: Vec<u8>,
    read: usize,
    is_done: bool,
}

impl<R: Rows> CsvStream<R> {
    /// A stream of these rows.
    pub fn new(rows: R) -> Self {
        Self { rows, row: Vec::new(), bytes: Vec::new(), read: 0, is_done: false }
    }

    /// Writes rows until there is something to hand out.
    fn fill(&mut self) -> io::Result<()> {
        self.bytes.clear();
        self.read = 0;
        while !self.is_done && self.bytes.len() < 64 * 1024 {
            self.row.clear();
            if self.rows.next_row(&mut self.row)? {
                write_row(&self.row, &mut self.bytes);
            } else {
                self.is_done = true;
            }
        }
        Ok(())
    }
}

impl<R: Rows> Read for CsvStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.bytes.len() {
            self.fill()?;
        }
        let length = (self.bytes.len() - self.read).min(buffer.len());
        buffer[..length].copy_from_slice(&self.bytes[self.read..self.read + length]);
        self.read += length;
        Ok(length)
    }
}

fn write_row(row: &[String], bytes: &mut Vec<u8>) {
    for (position, cell) in row.iter().enumerate() {
        if position > 0 {
            bytes.push(b',');
        }
        // A row of one empty cell would be a blank line, which stands for no row.
        let needs_quotes = cell.contains(['"', ',', '\n', '\r']) || (cell.is_empty() && row.len() == 1);
        if needs_quotes {
            bytes.push(b'"');
            bytes.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            bytes.push(b'"');
        } else {
            bytes.extend_from_slice(cell.as_bytes());
        }
    }
    bytes.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(Vec<Vec<&'static str>>);

    impl Rows for Given {
        fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool> {
            if self.0.is_empty() {
                return Ok(false);
            }
            row.extend(self.0.remove(0).into_iter().map(str::to_owned));
            Ok(true)
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_blank_rows_are_blank_lines() {
        let rows = vec![vec!["id", "comment"], vec![], vec!["1", "so, so"], vec!["2", "\"ok\"\nyes"]];
        let mut text = String::new();
        CsvStream::new(Given(rows)).read_to_string(&mut text).unwrap();
        assert_eq!(text, "id,comment\n\n1,\"so, so\"\n2,\"\"\"ok\"\"\nyes\"\n");
    }

    #[test]
    fn one_empty_cell_is_a_row_and_no_rows_are_no_bytes() {
        let mut text = String::new();
        CsvStream::new(Given(vec![vec![""], vec!["a"]])).read_to_string(&mut text).unwrap();
        assert_eq!(text, "\"\"\na\n");
        text.clear();
        CsvStream::new(Given(Vec::new())).read_to_string(&mut text).unwrap();
        assert_eq!(text, "");
    }

    #[test]
    fn a_long_stream_comes_whole_through_a_small_buffer() {
        let rows: Vec<Vec<&'static str>> = (0..20_000).map(|_| vec!["12345", "six, seven"]).collect();
        let mut stream = CsvStream::new(Given(rows));
        let (mut text, mut piece) = (Vec::new(), [0_u8; 7]);
        loop {
            let read = stream.read(&mut piece).unwrap();
            if read == 0 {
                break;
            }
            text.extend_from_slice(&piece[..read]);
        }
        assert_eq!(text, b"12345,\"six, seven\"\n".repeat(20_000));
    }
}
