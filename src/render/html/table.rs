//! A table as it is written: alignment said once a table, and what repeats down the rows said once: the name, and
//! the words beside it.

use super::super::escape::markup;
use super::super::page::{Cell, Column, Table, Tone};

/// Up to this many columns from the right a column of words is told by a class of the table.
pub(super) const COLUMNS: usize = 24;

/// From this many characters on, a cell is given room for sentences.
const PROSE: usize = 40;

/// A word with a hyphen of up to so many characters is not broken.
const LONGEST_WHOLE: usize = 12;

/// A table as it is written.
pub(super) struct Grid<'a> {
    /// The class attribute of the table.
    pub(super) class: String,
    /// The bodies: rows of one name together, others as they come.
    pub(super) bodies: Vec<Vec<Line<'a>>>,
}

/// A row.
pub(super) struct Line<'a> {
    /// The name with the number of rows it stands for; none where the row above has it.
    pub(super) name: Option<(&'a Cell, usize)>,
    /// The other cells with the number of rows they stand for.
    pub(super) cells: Vec<(&'a Cell, usize)>,
}

impl<'a> Grid<'a> {
    /// The table as it is written.
    pub(super) fn of(table: &'a Table) -> Self {
        let mut bodies: Vec<Vec<Line>> = Vec::new();
        let mut single = false;
        let same = |one: &Vec<Cell>, two: &Vec<Cell>| !one.is_empty() && one.first() == two.first();
        for rows in table.rows.chunk_by(same) {
            let body = rows.iter().enumerate().filter_map(|(place, row)| {
                let (name, cells) = row.split_first()?;
                let above = place.checked_sub(1).and_then(|above| rows[above].get(1));
                let mut cells: Vec<(&Cell, usize)> = cells.iter().map(|cell| (cell, 1)).collect();
                if let Some((first, span)) = cells.first_mut()
                    && matches!(first, Cell::Text(_))
                {
                    if above == Some(*first) {
                        cells.remove(0);
                    } else {
                        *span = rows[place..].iter().take_while(|below| below.get(1) == Some(*first)).count();
                    }
                }
                Some(Line { name: (place == 0).then_some((name, rows.len())), cells })
            });
            match bodies.last_mut() {
                Some(last) if single && rows.len() == 1 => last.extend(body),
                _ => bodies.push(body.collect()),
            }
            single = rows.len() == 1;
        }
        Self { class: class(&table.columns), bodies }
    }
}

/// The class attribute of a column's heading; one word is not broken, since `2026-Q2` would be at its hyphen.
pub(super) fn heading_class(column: &Column) -> &'static str {
    match (column.numeric, column.header.contains(' ')) {
        (true, true) => "",
        (true, false) => " class=\"whole\"",
        (false, true) => " class=\"text\"",
        (false, false) => " class=\"text whole\"",
    }
}

/// What a cell says; a cell of nothing is empty, and shown as a dash.
pub(super) fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text)
        | Cell::Shortened { text, .. }
        | Cell::Number { text, .. }
        | Cell::Verdict(text, _) => text,
        Cell::Nothing(reason) => reason.as_deref().unwrap_or_default(),
    }
}

/// The tone of a cell that has one to show.
pub(super) fn verdict(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Verdict(_, said @ (Tone::Good | Tone::Bad)) => Some(said.name()),
        _ => None,
    }
}

/// The attributes of a cell; figures, the usual case, have none.
pub(super) fn attributes(cell: &Cell) -> String {
    let class = match cell {
        Cell::Nothing(Some(_)) => Some("none"),
        Cell::Verdict(..) if verdict(cell).is_some() => verdict(cell),
        Cell::Text(text) | Cell::Verdict(text, _) if text.chars().count() > PROSE => Some("prose"),
        Cell::Text(text) if is_whole(text) => Some("whole"),
        Cell::Shortened { .. } => Some("prose"),
        Cell::Number { .. } | Cell::Nothing(None) | Cell::Text(_) | Cell::Verdict(..) => None,
    };
    class.map(|class| format!(" class=\"{class}\"")).unwrap_or_default()
        + direction(words(cell))
        + &title(cell)
}

/// The attributes of a cell that names its row.
pub(super) fn name_attributes(cell: &Cell) -> String {
    let class = if is_whole(words(cell)) { " class=\"whole\"" } else { "" };
    class.to_owned() + direction(words(cell)) + &title(cell)
}

/// The attribute with the whole of a name that is shortened.
fn title(cell: &Cell) -> String {
    let Cell::Shortened { full, .. } = cell else { return String::new() };
    format!(" title=\"{}\"", markup(&full.replace(['\r', '\n', '\t'], " ")))
}

/// Whether a text is one short word with a hyphen, such as `2026-Q3`, which would be broken there.
fn is_whole(text: &str) -> bool {
    text.contains('-') && !text.contains(' ') && text.chars().count() <= LONGEST_WHOLE
}

/// The attribute that lets a text be read from right to left, for texts that may need it.
pub(super) fn direction(text: &str) -> &'static str {
    let right_to_left = |character| matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if text.chars().any(right_to_left) { " dir=\"auto\"" } else { "" }
}

/// Which columns hold words, counted from the right since the name may stand in a row above; and whether the table
/// is set smaller on paper, where nothing scrolls.
fn class(columns: &[Column]) -> String {
    let size = match columns.len() {
        0..=9 => None,
        10..=15 => Some("many".to_owned()),
        _ => Some("most".to_owned()),
    };
    let from_right = columns.iter().rev().enumerate().take(columns.len().saturating_sub(1));
    let words = from_right
        .filter(|(place, column)| !column.numeric && *place < COLUMNS)
        .map(|(place, _)| format!("w{}", place + 1));
    let classes: Vec<String> = size.into_iter().chain(words).collect();
    if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::{Grid, attributes, class, direction};
    use crate::render::page::{Cell, Column, Table, Tone};

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn columns(numeric: &[bool]) -> Vec<Column> {
        numeric
            .iter()
            .map(|numeric| Column { header: "a".to_owned(), numeric: *numeric, joined: None })
            .collect()
    }

    #[test]
    fn a_name_that_repeats_is_said_once_and_rows_keep_their_order() {
        let rows =
            ["a", "b", "c", "c", "c", "d", "a"].map(|name| vec![text(name), text("x"), text("x")]).to_vec();
        let table = Table { caption: String::new(), columns: columns(&[false, false]), rows };
        let grid = Grid::of(&table);
        let spans: Vec<Vec<usize>> = grid
            .bodies
            .iter()
            .map(|body| body.iter().map(|line| line.name.map_or(0, |(_, span)| span)).collect())
            .collect();
        assert_eq!(spans, [vec![1, 1], vec![3, 0, 0], vec![1, 1]]);
        let beside: Vec<usize> = grid.bodies[1].iter().map(|line| line.cells.len()).collect();
        assert_eq!(beside, [2, 1, 1]);
        assert_eq!(grid.bodies[1][0].cells[0], (&text("x"), 3));
        assert_eq!(grid.bodies[2][1].cells[0].1, 1);
    }

    #[test]
    fn figures_that_repeat_are_repeated() {
        let number = |value: f64| Cell::Number {
            value,
            decimals: 0,
            percent: false,
            signed: false,
            text: format!("{value:.0}"),
        };
        let rows = vec![vec![text("a"), number(1.0)], vec![text("a"), number(1.0)]];
        let table = Table { caption: String::new(), columns: columns(&[false, true]), rows };
        assert!(Grid::of(&table).bodies[0].iter().all(|line| line.cells.len() == 1));
    }

    #[test]
    fn a_table_of_nothing_has_no_body_and_an_empty_row_is_none() {
        let mut table = Table { caption: String::new(), columns: Vec::new(), rows: Vec::new() };
        assert!(Grid::of(&table).bodies.is_empty());
        table.rows = vec![Vec::new(), Vec::new()];
        assert!(Grid::of(&table).bodies.iter().all(Vec::is_empty));
    }

    #[test]
    fn columns_of_words_are_counted_from_the_right() {
        assert_eq!(class(&columns(&[false, false, true, false])), " class=\"w1 w3\"");
        assert_eq!(class(&columns(&[false, true])), "");
        assert_eq!(class(&columns(&[true; 12])), " class=\"many\"");
        assert_eq!(class(&[]), "");
    }

    #[test]
    fn a_cell_says_only_what_is_not_usual() {
        assert_eq!(attributes(&text("short")), "");
        assert_eq!(attributes(&text(&"long ".repeat(10))), " class=\"prose\"");
        assert_eq!(attributes(&text("2026-Q3")), " class=\"whole\"");
        assert_eq!(attributes(&Cell::Nothing(None)), "");
        assert_eq!(attributes(&Cell::Nothing(Some("hidden".to_owned()))), " class=\"none\"");
        assert_eq!(attributes(&Cell::Verdict("met".to_owned(), Tone::Good)), " class=\"good\"");
        assert_eq!(direction("תל אביב"), " dir=\"auto\"");
        assert_eq!(direction("Zürich"), "");
    }
}
