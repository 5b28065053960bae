//! Records of cases into columns: complaints, disputes, events of promises, whatever has a day and a kind.
//!
//! One pass over any file that [`super::head::open`] opens. [`CaseAsk`] says which column holds which field, [`read_cases`]
//! gives [`Cases`]: a column of plain numbers for each field, where each case stands, and [`CaseLedger`], the account of
//! what was left out and of every cell that could not be read. Of an identity nothing is kept but a hash.
//!
//! Assumes that the cases fit in memory, about four bytes a cell; refuses more than [`MOST_CASES`]. What a file says in a
//! way that can be read two ways is an error that names the lines; what is merely wrong is counted with its places.

mod ask;
mod bind;
mod category;
mod column;
mod error;
mod held;
mod identity;
mod join;
mod ledger;
mod lines;
mod moment;
mod number;
mod order;
mod read;
mod repeated;
mod yes_no;

pub use ask::CaseAsk;
pub use category::{Categories, JoinedCategory};
pub use column::CaseValues;
pub use error::{CasesError, MissingField};
pub use held::{CaseFile, Cases};
pub use identity::Identities;
pub use join::EarlierCases;
pub use ledger::{CaseLedger, FieldColumn, FieldLedger, FoundCell, FoundCells};
pub use moment::Moments;
pub use number::Numbers;
pub use order::SettledOrder;
pub use read::{MOST_CASES, read_cases, read_cases_after};
pub use yes_no::{YesNos, says_yes};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
