//! Cases of several files as those of one.

use indexmap::IndexSet;

use super::category;
use super::column::CaseValues;
use super::error::CasesError;
use super::held::Cases;
use super::ledger::{FieldColumn, FieldLedger};

/// What tells the cases of files that were read before apart, and how many files those are.
#[derive(Clone, Debug, Default)]
pub struct EarlierCases {
    pub(super) ids: IndexSet<u64>,
    pub(super) inputs: usize,
}

impl EarlierCases {
    /// Adds the cases of one more file; `unique` is the identity that a case has once, where there is one.
    pub fn add(&mut self, cases: &Cases, unique: Option<&str>) {
        if let Some(found) = unique.and_then(|field| cases.identities(field)) {
            self.ids.extend(found.hashes().iter().filter(|hash| **hash != 0));
        }
        self.inputs += 1;
    }
}

impl Cases {
    /// Adds the cases of a file that was read after these ([`read_cases_after`]). A field for which one of them has no
    /// column is blank there; categories that differ only in writing are one.
    ///
    /// [`read_cases_after`]: super::read_cases_after
    ///
    /// # Errors
    /// More categories than are told apart.
    pub fn append(&mut self, other: Self) -> Result<(), CasesError> {
        let (before, all) = (self.rows(), self.rows() + other.rows());
        self.lines.append(other.lines);
        let Self { file, further, mut fields, ledger: mut found, .. } = other;
        let ledger = &mut self.ledger;
        for ((id, values), account) in self.fields.iter_mut().zip(&mut ledger.fields) {
            let like = |(field, other): &(String, CaseValues)| field == id && values.is_like(other);
            if let Some(place) = fields.iter().position(like) {
                let (_, more) = fields.swap_remove(place);
                let more_of = found.fields.swap_remove(place);
                values.append(more, before, account, &more_of).map_err(|()| {
                    CasesError::TooManyCategories {
                        input: file.name.clone(),
                        field: id.clone(),
                        column: more_of.column.clone(),
                    }
                })?;
                account.append(more_of, self.further.len() + 1);
            } else {
                values.pad(all);
                account.blank += (all - before) as u64;
            }
        }
        for ((id, values), mut account) in fields.into_iter().zip(found.fields) {
            let column = FieldColumn {
                input: self.further.len() + 1,
                column: account.column.clone(),
                position: account.position,
            };
            account.blank += before as u64;
            account.position = 0;
            account.further.insert(0, column);
            self.fields.push((id, values.behind(before)));
            ledger.fields.push(account);
        }
        self.further.push(file);
        self.further.extend(further);
        ledger.rows_read += found.rows_read;
        ledger.rows_used += found.rows_used;
        for (own, more) in [(&mut ledger.excluded, found.excluded), (&mut ledger.kept, found.kept)] {
            for (reason, tallied) in more {
                own.entry(reason).or_default().merge(&tallied);
            }
        }
        ledger.not_utf8.merge(&found.not_utf8);
        Ok(())
    }
}

impl FieldLedger {
    /// Where the column of the field stands in an input, counted from 1; 0 where that has none.
    pub fn position_in(&self, input: usize) -> u64 {
        if input == 0 {
            return self.position;
        }
        self.further.iter().find(|column| column.input == input).map_or(0, |column| column.position)
    }

    fn append(&mut self, other: Self, input: usize) {
        self.further.push(FieldColumn { input, column: other.column, position: other.position });
        self.further.extend(other.further);
        self.read += other.read;
        self.blank += other.blank;
        self.unreadable.merge(other.unreadable);
        self.out_of_reach.merge(other.out_of_reach);
        self.month_only.merge(&other.month_only);
        self.order = self.order.or(other.order);
    }
}

impl CaseValues {
    const fn is_like(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Identities(_), Self::Identities(_))
                | (Self::Moments(_), Self::Moments(_))
                | (Self::Categories(_), Self::Categories(_))
                | (Self::YesNos(_), Self::YesNos(_))
                | (Self::Numbers(_), Self::Numbers(_))
        )
    }

    /// Adds the values of further cases behind the `before` that are there.
    fn append(
        &mut self,
        other: Self,
        before: usize,
        account: &mut FieldLedger,
        more: &FieldLedger,
    ) -> Result<(), ()> {
        match (self, other) {
            (Self::Identities(own), Self::Identities(other)) => own.hashes.extend(other.hashes),
            (Self::Moments(own), Self::Moments(other)) => own.append(other, before),
            (Self::Categories(own), Self::Categories(other)) => {
                let joined = std::mem::take(&mut account.joined);
                let (all, joined) =
                    category::together((std::mem::take(own), joined), (other, more.joined.clone()))
                        .ok_or(())?;
                (*own, account.joined) = (all, joined);
            }
            (Self::YesNos(own), Self::YesNos(other)) => own.append(other),
            (Self::Numbers(own), Self::Numbers(other)) => own.append(other),
            // Fields of one kind only are put together.
            _ => {}
        }
        Ok(())
    }

    /// Blank cases at the end, up to so many in all.
    fn pad(&mut self, cases: usize) {
        match self {
            Self::Identities(found) => found.hashes.resize(cases, 0),
            Self::Moments(found) => found.pad(cases),
            Self::Categories(found) => found.pad(cases),
            Self::YesNos(found) => found.pad(cases),
            Self::Numbers(found) => found.pad(cases),
        }
    }

    /// The values behind so many blank cases.
    fn behind(mut self, before: usize) -> Self {
        match &mut self {
            Self::Identities(found) => {
                found.hashes.splice(0..0, std::iter::repeat_n(0, before));
            }
            Self::Moments(found) => found.behind(before),
            Self::Categories(found) => found.behind(before),
            Self::YesNos(found) => found.behind(before),
            Self::Numbers(found) => found.behind(before),
        }
        self
    }
}
