//! Where the fields stand in a file, and what reads them.

use super::ask::CaseAsk;
use super::category::CategoryReader;
use super::column::{CellReader, Column};
use super::error::{CasesError, MissingField};
use super::identity::IdentityReader;
use super::ledger::FieldLedger;
use super::moment::MomentReader;
use super::number::NumberReader;
use super::yes_no::YesNoReader;
use crate::source::{Binding, MomentCoder, Source};
use crate::survey::{CaseColumn, CaseKind, Profile, YearFirst, did_you_mean};

/// The fields of an input, in the order in which they are asked for.
///
/// # Errors
/// Columns that are not there or stand twice, and formats that give no date.
pub(super) fn bind(source: &Source, profile: &Profile, ask: &CaseAsk) -> Result<Vec<Column>, CasesError> {
    let mut binding = Binding::new(&source.header);
    let (mut columns, mut missing) = (Vec::with_capacity(ask.columns.len()), Vec::new());
    for column in &ask.columns {
        let found = binding.find(std::slice::from_ref(&column.column));
        let found = found.map_err(|duplicate| CasesError::DuplicateColumn {
            input: source.name.clone(),
            field: column.field.clone(),
            column: duplicate.column,
            positions: duplicate.positions,
        })?;
        let Some(position) = found else {
            let known = source.header.iter().map(String::as_str).filter(|name| !name.is_empty());
            missing.push(MissingField {
                field: column.field.clone(),
                column: column.column.clone(),
                near: did_you_mean(&column.column, known).map(str::to_owned),
            });
            continue;
        };
        // What a list has brought stands nowhere in the file.
        let place = (position + 1).saturating_sub(source.brought) as u64;
        columns.push(Column {
            position,
            reader: reader(column, position, source, profile, ask)?,
            ledger: FieldLedger::new(column, place),
        });
    }
    if missing.is_empty() {
        return Ok(columns);
    }
    Err(CasesError::MissingColumns { input: source.name.clone(), missing, header: source.header.clone() })
}

fn reader(
    column: &CaseColumn,
    position: usize,
    source: &Source,
    profile: &Profile,
    ask: &CaseAsk,
) -> Result<CellReader, CasesError> {
    let missing = &ask.missing;
    Ok(match column.kind {
        CaseKind::Identity => CellReader::Identity(IdentityReader::new(missing)),
        CaseKind::Moment => {
            // Two digits of a year in front are seen in the head of the file only.
            let year_first = || {
                let values = profile.columns.get(position)?.values.iter();
                YearFirst::format(values.map(|(text, rows)| (text.as_str(), *rows)))
            };
            let format = column.format.clone().or_else(year_first);
            let coder = MomentCoder::new(format.as_deref(), missing).map_err(|reason| {
                CasesError::InvalidDateFormat {
                    field: column.field.clone(),
                    column: column.column.clone(),
                    reason,
                }
            })?;
            CellReader::Moment(Box::new(MomentReader::new(coder)))
        }
        CaseKind::Category => CellReader::Category(Box::new(CategoryReader::new(missing))),
        CaseKind::YesNo => CellReader::YesNo(Box::new(YesNoReader::new(&ask.yes, &ask.no, missing))),
        CaseKind::Number => {
            let style = source.number_styles.get(position).copied().unwrap_or_default();
            CellReader::Number(Box::new(NumberReader::new(style.declared(ask.decimal), missing)))
        }
    })
}
