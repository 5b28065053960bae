//! Which sheet of a workbook is read, and why.

use super::error::WorkbookError;
use super::shape::Shape;
use crate::survey::did_you_mean;

/// What a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SheetKind {
    Table,
    Chart,
    Other,
}

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) kind: SheetKind,
    pub(super) is_hidden: bool,
}

/// The sheet that is read.
#[derive(Debug)]
pub(super) struct Choice {
    /// Its position, from 0.
    pub(super) index: usize,
    /// Where its cells stand.
    pub(super) shape: Shape,
    /// The sheet and why it is this one.
    pub(super) reason: String,
}

/// The sheet of that name or number (`#2`), or else the first visible one that holds a table.
///
/// A sheet of titles and notes in one column is passed by if one with two columns comes later.
///
/// # Errors
/// There is no such sheet, or none with cells.
pub(super) fn choose(
    sheets: &[SheetEntry],
    asked: Option<&str>,
    mut shape_of: impl FnMut(usize) -> Result<Shape, WorkbookError>,
) -> Result<Choice, WorkbookError> {
    if let Some(asked) = asked {
        let index = find(sheets, asked)?;
        let sheet = &sheets[index];
        let kind = match sheet.kind {
            SheetKind::Table => None,
            SheetKind::Chart => Some("a chart"),
            SheetKind::Other => Some("a sheet of macros or a dialog"),
        };
        if let Some(kind) = kind {
            return Err(WorkbookError::NotATable { name: sheet.name.clone(), kind });
        }
        let shape = shape_of(index)?;
        if shape.used.is_none() {
            return Err(WorkbookError::EmptySheet { name: sheet.name.clone() });
        }
        let hidden = if sheet.is_hidden { ", which is hidden" } else { "" };
        let reason =
            format!("sheet `{}`{hidden}, number {} of {}, as asked", sheet.name, index + 1, sheets.len());
        return Ok(Choice { index, shape, reason });
    }
    let mut second_best: Option<(usize, Shape)> = None;
    for (index, sheet) in sheets.iter().enumerate() {
        if sheet.kind != SheetKind::Table || sheet.is_hidden {
            continue;
        }
        let shape = shape_of(index)?;
        if shape.is_table() {
            return Ok(Choice { index, shape, reason: reason(sheets, index) });
        }
        let is_better = second_best.as_ref().is_none_or(|(_, best)| shape.rows > 1 && best.rows <= 1);
        if shape.used.is_some() && is_better {
            second_best = Some((index, shape));
        }
    }
    match second_best {
        Some((index, shape)) => Ok(Choice { index, shape, reason: reason(sheets, index) }),
        None => Err(WorkbookError::NoTable { found: listed(sheets) }),
    }
}

fn find(sheets: &[SheetEntry], asked: &str) -> Result<usize, WorkbookError> {
    let folded = |name: &str| name.trim().to_lowercase();
    let by_name = sheets.iter().position(|sheet| sheet.name == asked);
    let by_fold = || sheets.iter().position(|sheet| folded(&sheet.name) == folded(asked));
    let by_number = || {
        let number: usize = asked.trim().strip_prefix('#')?.trim().parse().ok()?;
        number.checked_sub(1).filter(|index| *index < sheets.len())
    };
    by_name.or_else(by_fold).or_else(by_number).ok_or_else(|| {
        let known = sheets.iter().map(|sheet| sheet.name.as_str());
        let suggestion =
            did_you_mean(asked, known).map_or(String::new(), |name| format!("; did you mean `{name}`?"));
        WorkbookError::NoSheet { asked: asked.to_owned(), suggestion, sheets: listed(sheets) }
    })
}

fn reason(sheets: &[SheetEntry], index: usize) -> String {
    let name = &sheets[index].name;
    if sheets.len() == 1 {
        return format!("sheet `{name}`, the only one");
    }
    if index == 0 {
        return format!("sheet `{name}`, the first of {}; --sheet chooses", sheets.len());
    }
    let passed: Vec<String> = sheets[..index]
        .iter()
        .take(4)
        .map(|sheet| {
            let why = match (sheet.kind, sheet.is_hidden) {
                (SheetKind::Chart, _) => "is a chart",
                (SheetKind::Other, _) => "is no table",
                (SheetKind::Table, true) => "is hidden",
                (SheetKind::Table, false) => "holds no table",
            };
            format!("`{}` {why}", sheet.name)
        })
        .collect();
    let more = if index > 4 { ", …" } else { "" };
    format!(
        "sheet `{name}`, number {} of {}: {}{more}; --sheet chooses",
        index + 1,
        sheets.len(),
        passed.join(", ")
    )
}

fn listed(sheets: &[SheetEntry]) -> String {
    const SHOWN: usize = 12;
    if sheets.is_empty() {
        return "no sheets".to_owned();
    }
    let names: Vec<String> = sheets
        .iter()
        .take(SHOWN)
        .map(|sheet| match (sheet.kind, sheet.is_hidden) {
            (SheetKind::Chart, _) => format!("`{}` (a chart)", sheet.name),
            (SheetKind::Other, _) => format!("`{}` (no table)", sheet.name),
            (SheetKind::Table, true) => format!("`{}` (hidden)", sheet.name),
            (SheetKind::Table, false) => format!("`{}`", sheet.name),
        })
        .collect();
    let more = sheets.len().saturating_sub(SHOWN);
    names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets() -> Vec<SheetEntry> {
        let sheet = |name: &str, kind, is_hidden| SheetEntry { name: name.to_owned(), kind, is_hidden };
        vec![
            sheet("Lists", SheetKind::Table, true),
            sheet("Cover", SheetKind::Table, false),
            sheet("Chart1", SheetKind::Chart, false),
            sheet("Answers", SheetKind::Table, false),
        ]
    }

    #[expect(clippy::unnecessary_wraps, reason = "it stands for a reading that may fail")]
    fn shapes(index: usize) -> Result<Shape, WorkbookError> {
        let mut shape = Shape::default();
        shape.add(0, 0);
        if index != 1 {
            shape.add(0, 1);
            shape.add(1, 0);
            shape.add(1, 1);
        }
        shape.finish();
        Ok(shape)
    }

    fn chosen(asked: Option<&str>) -> Result<(usize, String), String> {
        choose(&sheets(), asked, shapes)
            .map(|choice| (choice.index, choice.reason))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_first_visible_table_is_read_and_what_is_passed_by_is_said() {
        let (index, reason) = chosen(None).unwrap();
        assert_eq!(index, 3);
        assert_eq!(
            reason,
            "sheet `Answers`, number 4 of 4: `Lists` is hidden, `Cover` holds no table, `Chart1` is a chart; --sheet chooses"
        );
        let one = choose(&sheets()[1..2], None, |_| shapes(1)).unwrap();
        assert_eq!(one.reason, "sheet `Cover`, the only one");
    }

    #[test]
    fn a_sheet_is_asked_for_by_name_or_number() {
        assert_eq!(chosen(Some("answers ")).unwrap().0, 3);
        assert_eq!(chosen(Some("#2")).unwrap().0, 1);
        assert!(chosen(Some("Lists")).unwrap().1.contains("which is hidden"));
        let error = chosen(Some("Anwers")).unwrap_err();
        assert!(error.contains("did you mean `Answers`?") && error.contains("`Lists` (hidden)"), "{error}");
        assert!(chosen(Some("#5")).is_err() && chosen(Some("#0")).is_err());
        assert!(chosen(Some("Chart1")).unwrap_err().contains("is a chart"));
    }

    #[test]
    fn no_sheet_with_cells_is_an_error() {
        let error = choose(&sheets(), None, |_| Ok(Shape::default())).unwrap_err();
        assert!(error.to_string().contains("`Chart1` (a chart)"), "{error}");
        assert!(choose(&[], None, shapes).unwrap_err().to_string().contains("no sheets"));
        let error = choose(&sheets(), Some("Answers"), |_| Ok(Shape::default())).unwrap_err();
        assert!(error.to_string().contains("`Answers` is empty"), "{error}");
    }
}
