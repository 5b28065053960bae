//! Whether the dates of a file have the day or the month first.

use super::error::CasesError;
use super::ledger::{FieldLedger, FoundCells};
use crate::source::{DateOrder, OrderEvidence, OrderOpen};

/// How many times the cells of which the order does not matter must outnumber the others for these to be slips.
const BY_FAR: u64 = 10;

/// How days and months of a column were told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledOrder {
    /// Which comes first.
    pub order: DateOrder,
    /// How many cells can be read which way.
    pub evidence: OrderEvidence,
    /// Whether the column itself does not say it, and the other columns of moments in the file do.
    pub by_others: bool,
}

/// What a column of moments says about the order of its days and months.
#[derive(Clone, Debug, Default)]
pub(super) struct Orders {
    /// How many cells can be read which way; nothing where a format says it.
    pub(super) evidence: OrderEvidence,
    /// The cells that can be read day first only.
    pub(super) day_first: FoundCells,
    /// The cells that can be read month first only.
    pub(super) month_first: FoundCells,
    /// The cells that can be read both ways.
    pub(super) open: FoundCells,
}

impl Orders {
    /// The order of the column; where it does not say any, that of `all` columns together, as one system writes them
    /// alike. None where nothing depends on it, or where few cells do that do not tell it: what can be read one way only
    /// then stands beside the many of another shape, and what can be read both ways is nothing.
    ///
    /// # Errors
    /// Nothing says the order, or cells speak for both, neither by far, and they are no few.
    pub(super) fn settle(
        &self,
        all: OrderEvidence,
        input: &str,
        ledger: &FieldLedger,
    ) -> Result<Option<SettledOrder>, CasesError> {
        let evidence = self.evidence;
        if evidence == OrderEvidence::default() {
            return Ok(None);
        }
        let depend = evidence.day_first + evidence.month_first + evidence.open;
        let are_few = ledger.read.saturating_sub(depend) / BY_FAR >= depend;
        let told = |cells: &FoundCells| {
            cells.places.first().map(|cell| (cell.position.line, cell.text.clone())).unwrap_or_default()
        };
        let column = || ledger.column.clone();
        match evidence.settle() {
            Ok(order) => Ok(Some(SettledOrder { order, evidence, by_others: false })),
            Err(OrderOpen::NoEvidence) => {
                if let Ok(order) = all.settle() {
                    return Ok(Some(SettledOrder { order, evidence, by_others: true }));
                }
                if are_few {
                    return Ok(None);
                }
                let (line, text) = told(&self.open);
                Err(CasesError::OpenDates { input: input.to_owned(), column: column(), line, text })
            }
            Err(_) if are_few => Ok(None),
            Err(_) => Err(CasesError::DatesOfBothOrders {
                input: input.to_owned(),
                column: column(),
                day_first: told(&self.day_first),
                month_first: told(&self.month_first),
            }),
        }
    }
}
