//! Which segment value a text in the file names.

use indexmap::IndexMap;

use crate::report::SegmentSummary;
use crate::source::cases::Categories;
use crate::survey::{fold, is_all_segments};

/// The segment of figures whose text is the value of no known segment.
const UNKNOWN: &str = "segment";

/// By the place of a text the one that stands for it: of several that name the same value the first, and
/// [`Categories::NONE`] for those that name all.
pub(super) fn canonical(names: &[String], segments: &[SegmentSummary]) -> Vec<u16> {
    let values: Vec<IndexMap<String, String>> = names.iter().map(|name| value_of(name, segments)).collect();
    let first =
        |place: usize| values.iter().position(|value| Some(value) == values.get(place)).unwrap_or(place);
    let place = |(place, name): (usize, &String)| {
        if is_all_segments(name) {
            return Categories::NONE;
        }
        u16::try_from(first(place)).unwrap_or(Categories::NONE)
    };
    names.iter().enumerate().map(place).collect()
}

/// The segment and its value that a text names: `region=North`, or a value that one segment alone has.
pub(super) fn value_of(text: &str, segments: &[SegmentSummary]) -> IndexMap<String, String> {
    let spelled = |segment: &SegmentSummary, value: &str| {
        segment.values.iter().find(|known| fold(known) == fold(value)).cloned()
    };
    let named = text.split_once(['=', ':']).and_then(|(id, value)| {
        let is_it =
            |segment: &&SegmentSummary| fold(&segment.id) == fold(id) || fold(&segment.label) == fold(id);
        let segment = segments.iter().find(is_it)?;
        let value = spelled(segment, value).unwrap_or_else(|| value.trim().to_owned());
        Some((segment.id.clone(), value))
    });
    let mut having =
        segments.iter().filter_map(|segment| Some((segment.id.clone(), spelled(segment, text)?)));
    let alone = match (having.next(), having.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    let found = named.or(alone).unwrap_or_else(|| (UNKNOWN.to_owned(), text.to_owned()));
    IndexMap::from([found])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_told_by_their_values() {
        let segment = |id: &str, values: &[&str]| SegmentSummary {
            id: id.to_owned(),
            label: id.to_uppercase(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let known = [segment("region", &["North", "South"]), segment("side", &["South", "Left"])];
        let found = |text: &str| value_of(text, &known).into_iter().next().unwrap();
        let pair = |id: &str, value: &str| (id.to_owned(), value.to_owned());
        assert_eq!(found("north"), pair("region", "North"));
        assert_eq!(found("South"), pair(UNKNOWN, "South"), "two have it");
        assert_eq!(found("SIDE: south"), pair("side", "South"));
        assert_eq!(found("region=West"), pair("region", "West"));
        assert_eq!(found("a=b"), pair(UNKNOWN, "a=b"));
    }

    #[test]
    fn two_ways_of_naming_a_value_are_one() {
        let region = SegmentSummary {
            id: "region".to_owned(),
            label: "Region".to_owned(),
            values: vec!["North".to_owned()],
        };
        let names = ["All", "North", "region=north", "South"].map(str::to_owned);
        assert_eq!(canonical(&names, &[region]), [Categories::NONE, 1, 1, 3]);
    }
}
