//! No tool's layout: a header and rows, perhaps with a title above them.

use super::naming::{self, Names};
use super::{FirstRecords, Seen, SeenColumn};
use crate::survey::FileFacts;

/// How far below its title a header is looked for.
const DEEPEST_HEADER: usize = 20;

/// The fewest rows of answers that show a second header.
const ROWS_BELOW: usize = 5;

/// A table with a title above it, or with a second header below its first; none for a table that begins with its
/// header.
///
/// A title block is what spreadsheets and portals write above a table: records with one filled cell or none. The
/// header is the first record that fills at least two thirds of the columns, and has a name for at least two.
pub(super) fn recognise(first: &FirstRecords) -> Option<Seen> {
    let width = first.width();
    let filled = |record: usize| first.row(record).iter().filter(|cell| !cell.is_empty()).count();
    if filled(0) > 1 {
        return two_headers(first);
    }
    if width < 3 {
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

/// A table whose second record heads its columns too: groups over the parts of each, or names over wordings.
///
/// The sign is a text of its own over every column of numbers, at least two, and nothing in it that stands below.
fn two_headers(first: &FirstRecords) -> Option<Seen> {
    let (top, below) = (first.header(), first.row(1));
    let is_number = |cell: &str| cell.replace(',', ".").parse::<f64>().is_ok();
    let cell = |row: &[&str], at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
    let width = top.len().max(below.len());
    let texts: Vec<usize> = (0..width).filter(|&at| cell(&below, at)).collect();
    if first.records.len() < ROWS_BELOW + 2 || texts.iter().any(|&at| is_number(below[at])) {
        return None;
    }
    let numbers: Vec<usize> = (0..width).filter(|&at| first.all(at, 2, is_number)).collect();
    let is_text_of_its_own =
        |at: usize| cell(&below, at) && texts.iter().all(|&other| other == at || below[other] != below[at]);
    let is_header = numbers.len() > 1
        && numbers.iter().all(|&at| is_text_of_its_own(at))
        && texts.iter().all(|&at| !first.cells(at, 2).contains(&below[at]));
    if !is_header {
        return None;
    }
    let mut names = Names::default();
    let mut columns: Vec<SeenColumn> = Vec::with_capacity(width);
    let mut stem = String::new();
    for at in 0..width {
        let part = naming::plain(below.get(at).copied().unwrap_or_default());
        if cell(&top, at) {
            stem = naming::plain(top[at]);
        }
        // A group stands over the first of its columns only.
        let is_group = !part.is_empty() && (!cell(&top, at) || (at + 1 < width && !cell(&top, at + 1)));
        columns.push(if is_group && !stem.is_empty() {
            let name = names.give(&format!("{stem} [{part}]"), at);
            SeenColumn::copied(name, at).asking(&part).under(&stem)
        } else {
            let name = if cell(&top, at) { top[at] } else { part.as_str() };
            SeenColumn::copied(names.give(name, at), at).asking(&part)
        });
    }
    let mut reasons = vec![
        "caution: record 2 is read as a second header and counts as nobody's answers: it has texts over columns of \
         numbers; --layout plain reads it as answers"
            .to_owned(),
    ];
    reasons.extend(names.reasons());
    Some(Seen {
        file: FileFacts { layout: "plain", header_rows: 2, reasons, ..FileFacts::default() },
        columns,
    })
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

    #[test]
    fn a_second_header_is_nobodys_answers() {
        let rows = "B0,1,0,x\nB1,2,1,y\nB2,3,2,z\nB0,4,3,w\nB1,5,4,v\n";
        let names = |head: &str| {
            let seen = seen(&format!("{head}{rows}"))?;
            assert_eq!(seen.file.header_rows, 2);
            Some(seen.columns.into_iter().map(|column| column.name).collect::<Vec<_>>())
        };
        let worded = names("Branch,Q1,Q2,Q3\n,Overall satisfaction,Recommend,Comment\n").unwrap();
        assert_eq!(worded, ["Branch", "Q1", "Q2", "Q3"]);
        let merged = names("Branch,Please rate,,Why\n,Staff,Rooms,\n").unwrap();
        assert_eq!(merged, ["Branch", "Please rate [Staff]", "Please rate [Rooms]", "Why"]);
        for none in ["Branch,Q1,Q2,Q3\n,N/A,N/A,x\n", "Branch,Q1,Q2,Q3\nB1,many,5,x\n", "Branch,Q1,Q2,Q3\n"] {
            assert_eq!(names(none), None, "{none}");
        }
    }
}
