//! No tool's layout: a header and rows, perhaps with a title above them.

use super::naming::Names;
use super::{FirstRecords, Seen, SeenColumn};
use crate::survey::FileFacts;

/// How far below its title a header is looked for.
const DEEPEST_HEADER: usize = 20;

/// A table with a title above it; none for a table that begins with its header.
///
/// A title block is what spreadsheets and portals write above a table: records with one filled cell or none. The
/// header is the first record that fills at least two thirds of the columns, and has a name for at least two.
pub(super) fn recognise(first: &FirstRecords) -> Option<Seen> {
    let width = first.width();
    let filled = |record: usize| first.row(record).iter().filter(|cell| !cell.is_empty()).count();
    if width < 3 || filled(0) > 1 {
        return None;
    }
    let header =
        (1..first.records.len().min(DEEPEST_HEADER)).find(|&record| filled(record) * 3 >= width * 2)?;
    // What stands between a title and its header is as narrow as the title.
    if (0..header).any(|record| filled(record) > 2) {
        return None;
    }
    let mut names = Names::default();
    let cells = first.row(header);
    let columns = cells.iter().enumerate();
    let columns = columns.map(|(at, name)| SeenColumn::copied(names.give(name, at), at)).collect();
    let mut reasons = vec![format!(
        "the names of the columns stand in record {}, below a title: the records before it have one cell or none",
        header + 1
    )];
    reasons.extend(names.reasons());
    let header_rows = u32::try_from(header + 1).ok()?;
    Some(Seen { file: FileFacts { layout: "plain", header_rows, reasons, ..FileFacts::default() }, columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Option<Seen> {
        recognise(&FirstRecords::read(text.as_bytes(), b',', true))
    }

    #[test]
    fn a_header_in_row_seven_is_found() {
        let text =
            "Customer survey,,,\nJuly 2026,,,\nx,,,\ny,,,\nz,,,\nw,,,\nid,overall,nps,comment\n1,5,9,ok\n";
        let seen = seen(text).unwrap();
        assert_eq!(seen.file.header_rows, 7);
        let names: Vec<&str> = seen.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["id", "overall", "nps", "comment"]);
    }

    #[test]
    fn a_table_that_begins_with_its_header_is_left_alone() {
        for text in ["id,a,b\n1,2,3\n", "", "a\n1\n", "a,b\n1,2\n", "id,,\n1,,\n", "title,,\n1,,\n2,,\n"] {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
