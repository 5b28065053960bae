//! The segment values of a gate: `[region=North, size="a b"]`, or the `segment` table of a gate.

use crate::survey::label::{fold, normalize};
use crate::survey::segment::Segment;
use crate::survey::suggestion::did_you_mean;

/// The value as the report writes it: a code is turned into its label, a label into its own writing.
///
/// # Errors
/// Help, for a value that the segment declares no label or band for.
pub(in crate::survey) fn segment_value(segment: &Segment, given: &str) -> Result<String, String> {
    let given = normalize(given);
    let known: Vec<&str> = if segment.bands.is_empty() {
        segment.labels.values().map(String::as_str).collect()
    } else {
        segment.bands.iter().map(|band| band.label.as_str()).collect()
    };
    if let Some(label) = segment.labels.get(&given).filter(|_| segment.bands.is_empty()) {
        return Ok(label.clone());
    }
    if known.is_empty() {
        return Ok(given);
    }
    known.iter().find(|label| fold(label) == fold(&given)).map(|label| (*label).to_owned()).ok_or_else(|| {
        did_you_mean(&given, known.iter().copied()).map_or_else(
            || format!("its values are {}", known.join(", ")),
            |near| format!("did you mean `{near}`?"),
        )
    })
}
