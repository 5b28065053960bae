//! Nets of a question with several answers: whoever gave any of them counts once, so that sets are counted, not answers.

use std::collections::BTreeMap;

use crate::survey::Question;
use crate::tally::{Count, Stratum};

use super::ask::NetAsked;
use super::banner::SET_SEPARATOR;
use super::figures::is_named;
use super::table::Columns;

/// A wave and the values of a banner.
type Place<'s> = (Option<usize>, &'s [(String, String)]);

/// A net by column.
pub(super) struct NetCounts {
    pub(super) total: Count,
    pub(super) columns: Vec<Count>,
}

/// Counts a net in the total and in every column.
pub(super) fn counts<'a>(
    net: &NetAsked,
    question: &Question,
    columns: &Columns,
    strata: impl Iterator<Item = &'a Stratum> + Clone,
) -> NetCounts {
    // By wave and values the place of each stratum of the banner.
    let places: BTreeMap<Place, usize> = columns
        .strata
        .all
        .iter()
        .enumerate()
        .map(|(place, stratum)| ((stratum.wave, stratum.segment.as_slice()), place))
        .collect();
    let mut parts = vec![Count::default(); columns.strata.all.len()];
    let mut total = Count::default();
    for stratum in strata {
        let Some(((id, set), values)) = stratum.segment.split_last() else { continue };
        let names = |option: &str| {
            let written = question.options.iter().find(|(_, label)| *label == option);
            is_named(net, written.map_or(option, |(code, _)| code), option)
        };
        if *id != question.id || !set.split(SET_SEPARATOR).any(names) {
            continue;
        }
        if values.is_empty() && stratum.wave == columns.total.wave {
            total = total.and(stratum.rows);
        }
        if let Some(place) = places.get(&(stratum.wave, values)) {
            parts[*place] = parts[*place].and(stratum.rows);
        }
    }
    let of_column =
        |places: &Vec<usize>| places.iter().fold(Count::default(), |sum, place| sum.and(parts[*place]));
    NetCounts { total, columns: columns.all.iter().map(|column| of_column(&column.parts)).collect() }
}
