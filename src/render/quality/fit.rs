//! A table in the columns of a terminal. Texts in the first column give way, then whole columns go, those first that say
//! least; a number is never cut.

use std::collections::BTreeSet;

use super::page::{Part, is_text};
use crate::render::terminal::text::{cut, cut_middle, width};

/// Between two columns.
const GAP: usize = 2;
/// What a list that is not whole ends with.
const AND_MORE: &str = ", …";

/// The columns that are shown, each with its width, and those that are not.
pub(super) struct Fitted {
    shown: Vec<(usize, usize)>,
    pub(super) left_out: Vec<usize>,
}

impl Fitted {
    pub(super) fn of(part: &Part, columns: usize) -> Self {
        let natural: Vec<usize> =
            (0..part.head.len()).map(|column| cells(part, column).map(width).max().unwrap_or(0)).collect();
        let least = |column: usize| match column {
            0 => natural[0].min(part.least.max(width(part.head[0]))),
            _ if part.list == Some(column) => least_of_list(part, column),
            _ => natural[column],
        };
        let mut shown: Vec<usize> = (0..natural.len()).collect();
        let mut left_out = Vec::new();
        let needed = |shown: &[usize]| {
            shown.iter().map(|&column| least(column) + GAP).sum::<usize>().saturating_sub(GAP)
        };
        for &column in &part.spare {
            if needed(&shown) <= columns {
                break;
            }
            shown.retain(|&kept| kept != column);
            left_out.push(column);
        }
        left_out.sort_unstable();
        let mut spare = columns.saturating_sub(needed(&shown));
        let widths = shown.iter().map(|&column| {
            let more = (natural[column] - least(column).min(natural[column])).min(spare);
            spare -= more;
            (column, least(column) + more)
        });
        let shown = widths.collect();
        Self { shown, left_out }
    }

    /// The head and the rows as lines.
    pub(super) fn lines(&self, part: &Part) -> Vec<String> {
        let columns: Vec<Vec<String>> =
            self.shown.iter().map(|&(column, wide)| column_of(part, column, wide)).collect();
        let rows = 0..=part.rows.len();
        let line = |row: usize| {
            let cells = columns.iter().filter_map(|column| column.get(row)).cloned();
            cells.collect::<Vec<String>>().join("  ").trim_end().to_owned()
        };
        rows.map(line).collect()
    }
}

/// The head and the cells of a column.
fn cells(part: &Part, column: usize) -> impl Iterator<Item = &str> {
    let head = part.head.get(column).map(|name| name.trim_end());
    head.into_iter().chain(part.rows.iter().map(move |row| row.get(column).map_or("", String::as_str)))
}

/// The cells of a column, each so many columns wide.
fn column_of(part: &Part, column: usize, wide: usize) -> Vec<String> {
    let texts: Vec<&str> = cells(part, column).collect();
    let whole: BTreeSet<&str> = texts.iter().copied().collect();
    let stay_apart = |how: fn(&str, usize) -> String| {
        texts.iter().map(|text| how(text, wide)).collect::<BTreeSet<String>>().len() == whole.len()
    };
    let shortened: fn(&str, usize) -> String = match column {
        _ if part.list == Some(column) => first_of_list,
        // Wordings of one grid begin alike.
        0 if !stay_apart(cut) => cut_middle,
        0 => cut,
        _ => |text, _| text.to_owned(),
    };
    let filled = |text: &&str| {
        let text = shortened(text, wide);
        let fill = " ".repeat(wide.saturating_sub(width(&text)));
        if is_text(&part.head, column) { text + &fill } else { fill + &text }
    };
    texts.iter().map(filled).collect()
}

/// The columns that the first of a list takes.
fn least_of_list(part: &Part, column: usize) -> usize {
    let first = |list: &str| match list.split_once(", ") {
        Some((first, _)) => width(first) + width(AND_MORE),
        None => width(list),
    };
    cells(part, column).map(first).max().unwrap_or(0)
}

/// As many of a list as there is room for.
fn first_of_list(list: &str, wide: usize) -> String {
    if width(list) <= wide {
        return list.to_owned();
    }
    let mut text = String::new();
    for entry in list.split(", ") {
        let longer = if text.is_empty() { entry.to_owned() } else { format!("{text}, {entry}") };
        if !text.is_empty() && width(&longer) + width(AND_MORE) > wide {
            break;
        }
        text = longer;
    }
    text + AND_MORE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part() -> Part {
        let row =
            |name: &str, places: &str| [name, "1,186", "118", "9.9 %", places].map(str::to_owned).to_vec();
        Part {
            head: vec!["Question", "Rows", "Flagged", "Share", "First rows "],
            rows: vec![
                row("Please state what you think of the first", "16, 32, 106"),
                row("Please state what you think of the second", "7"),
            ],
            least: 16,
            spare: vec![1, 4],
            list: Some(4),
            ..Part::default()
        }
    }

    #[test]
    fn numbers_stay_whole_at_every_width() {
        for columns in 40..120 {
            let part = part();
            let fitted = Fitted::of(&part, columns);
            for line in fitted.lines(&part) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
            let lines = fitted.lines(&part);
            assert!(lines[1].contains("118  9.9 %"), "{columns}: {}", lines[1]);
            let entries = lines[1].split("9.9 %").nth(1).unwrap().trim();
            assert!(["", "16, …", "16, 32, …", "16, 32, 106"].contains(&entries), "{columns}: {entries}");
            let wide = fitted.shown[0].1;
            let name = |line: &str| line.chars().take(wide).collect::<String>();
            assert_ne!(name(&lines[1]), name(&lines[2]), "{columns}: rows differ");
        }
        assert_eq!(Fitted::of(&part(), 40).left_out, [1, 4]);
        assert_eq!(Fitted::of(&part(), 46).left_out, [1]);
        assert!(Fitted::of(&part(), 100).left_out.is_empty());
    }
}
