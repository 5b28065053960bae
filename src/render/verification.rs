//! A verification as one page that can be filed: Markdown that reads as plain text.

use super::escape;
use crate::report::Verification;

/// Differences beyond these are counted, not listed.
const LISTED: usize = 50;

/// The page, ending in a newline.
pub fn verification(found: &Verification) -> String {
    let mut lines = vec![
        format!("# Verification of {}", plain(&found.report)),
        String::new(),
        format!("- report: {} as of {}", plain(&found.title), plain(&found.as_of)),
        format!("- report file: {}", plain(&found.report_hash)),
        format!("- seal: {}", seal(found.seal_fits)),
        format!(
            "- written by csat {}, computed anew by csat {}",
            plain(&found.written_by),
            plain(&found.computed_by)
        ),
        format!("- verified on: {}", plain(&found.verified_on)),
        String::new(),
        "## Sources".to_owned(),
        String::new(),
    ];
    for source in &found.sources {
        let state = match &source.found {
            Some(hash) if *hash == source.hash => "unchanged".to_owned(),
            Some(hash) => format!("CHANGED: now {}", plain(hash)),
            None => "NOT FOUND".to_owned(),
        };
        lines.push(format!("- {}: {state}", plain(&source.name)));
        lines.push(format!("  {}", plain(&source.hash)));
    }
    lines.extend([String::new(), "## Figures".to_owned(), String::new()]);
    lines.push(format!("- compared: {} numbers, flags and texts", found.compared));
    lines.push(format!("- differences: {}", found.differences.len()));
    for difference in found.differences.iter().take(LISTED) {
        let text = |value: &Option<String>| value.as_deref().map_or_else(|| "nothing".to_owned(), plain);
        lines.push(format!("  - {}", plain(&difference.figure)));
        lines.push(format!("    filed {}, computed {}", text(&difference.filed), text(&difference.computed)));
    }
    if let Some(more) = found.differences.len().checked_sub(LISTED).filter(|more| *more > 0) {
        lines.push(format!("  - and {more} more"));
    }
    lines.push(String::new());
    lines.push(conclusion(found).to_owned());
    lines.extend([String::new(), "Verified by: ______________________   Date: ______________".to_owned()]);
    lines.join("\n") + "\n"
}

fn seal(fits: Option<bool>) -> &'static str {
    match fits {
        Some(true) => "fits the report",
        Some(false) => "DOES NOT FIT: the report was changed after it was written",
        None => "NONE: nobody can tell from the report alone whether it was changed",
    }
}

fn conclusion(found: &Verification) -> &'static str {
    if found.holds() {
        "Result: the report is what its sources give."
    } else if found.differences.is_empty() {
        "Result: NOT AS IT WAS WRITTEN, though what is computed anew is the same; see above."
    } else {
        "Result: THE REPORT DIFFERS from what its sources give."
    }
}

fn plain(text: &str) -> String {
    escape::visible(text)
}

#[cfg(test)]
mod tests {
    use super::verification;
    use crate::report::{Difference, Verification, VerifiedSource};

    fn found() -> Verification {
        Verification {
            report: "q3.json".into(),
            report_hash: "sha256:aa".into(),
            title: "Branches".into(),
            as_of: "2026-10-05".into(),
            verified_on: "2026-11-22".into(),
            written_by: "0.1.0".into(),
            computed_by: "0.1.0".into(),
            seal_fits: Some(true),
            sources: vec![VerifiedSource {
                name: "q3.csv".into(),
                hash: "xxh3-128:01".into(),
                found: Some("xxh3-128:01".into()),
            }],
            compared: 812,
            differences: Vec::new(),
        }
    }

    #[test]
    fn a_report_that_holds_says_so() {
        let page = verification(&found());
        assert!(page.contains("q3.csv: unchanged") && page.contains("is what its sources give"));
    }

    #[test]
    fn a_report_without_a_seal_or_with_another_is_not_what_its_sources_give() {
        for (fits, word) in [(None, "NONE"), (Some(false), "DOES NOT FIT")] {
            let page = verification(&Verification { seal_fits: fits, ..found() });
            assert!(page.contains(word) && page.contains("NOT AS IT WAS WRITTEN"), "{page}");
            assert!(!page.contains("is what its sources give"));
        }
    }

    #[test]
    fn a_difference_and_a_changed_source_are_named() {
        let mut found = found();
        found.sources[0].found = Some("xxh3-128:02".into());
        found.differences.push(Difference {
            figure: "estimates[overall top_box].value".into(),
            filed: Some("99.0".into()),
            computed: Some("60.0\u{1b}[2J".into()),
        });
        let page = verification(&found);
        assert!(page.contains("CHANGED: now xxh3-128:02"));
        assert!(page.contains("filed 99.0, computed 60.0"));
        assert!(!page.contains('\u{1b}') && page.contains("THE REPORT DIFFERS"));
    }
}
