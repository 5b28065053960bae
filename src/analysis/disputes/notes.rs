//! What is to be thought of before figures of disputes are used.

use indexmap::IndexMap;

use crate::report::{DisputesSection, Note, NoteSeverity};
use crate::survey::{DisputesDefinition, Unresolved};

/// The caveats of a section.
pub(super) fn notes(section: &DisputesSection, definition: &DisputesDefinition) -> Vec<Note> {
    use NoteSeverity::{Caution, Info};
    let mut notes = Vec::new();
    let mut say = |severity, code: &str, text: String| {
        let about = Some("disputes".to_owned());
        notes.push(Note { code: code.to_owned(), severity, text, about, values: IndexMap::new() });
    };
    if section.counted.disputes == 0 {
        let text =
            "no dispute was counted; that is no sign of satisfaction: customers may not know where to turn";
        say(Caution, "no_disputes", text.to_owned());
    } else {
        let text = "disputes count those who went on: few of them alone are no sign of satisfaction";
        say(Info, "disputes_are_not_dissatisfaction", text.to_owned());
    }
    if section.counted.disputes == 1 {
        let text = "there is one dispute: it is counted, and means and distributions of one do not exist";
        say(Caution, "one_dispute", text.to_owned());
    }
    if section.as_of_from == "last_moment" {
        let moment = section.as_of_moment.replace('T', " ");
        let text = format!(
            "open disputes are looked at as of {moment}, the last moment in the file; if it was exported later, say when \
             with --as-of or `as_of`"
        );
        say(Info, "as_of_last_moment", text);
    }
    if section.referral.reason.as_deref() == Some("no_unresolved") {
        let text =
            "how many complaints stayed unresolved is not known: there are counts and no referral rate";
        say(Info, "no_unresolved", text.to_owned());
    }
    if section.referral.not_a_subset && section.referral.rate.is_some() {
        let text = "the disputes are not known to be among the unresolved complaints: the referral rate is a ratio and can \
                    exceed 100 %";
        say(Caution, "not_a_subset", text.to_owned());
    }
    if section.referral.not_in_file.is_some_and(|missing| missing > 0) {
        let text = "some disputes name a complaint that is not in the file of complaints: they are counted, and in no \
                    referral rate";
        say(Caution, "unknown_complaint", text.to_owned());
    }
    if let Some(Unresolved::ByPeriod(counts)) = definition.unresolved.as_ref() {
        let is_there = |label: &String| section.periods.iter().any(|period| period.period == *label);
        let unused: Vec<&str> = counts.keys().filter(|label| !is_there(label)).map(String::as_str).collect();
        if !unused.is_empty() {
            let text = format!(
                "unresolved complaints are given for {} and no dispute is of such a period",
                unused.join(", ")
            );
            say(Caution, "unresolved_of_other_periods", text);
        }
    }
    if section.counted_from.iter().any(|(step, from)| step != "close" && from == "referred") {
        let text = "no column says when the organisation had notice: times are counted from referral";
        say(Info, "times_from_referral", text.to_owned());
    }
    if section.award.as_ref().is_some_and(|award| award.above_claim > 0) {
        let text = "some disputes were awarded more than was claimed: they are counted as they stand";
        say(Caution, "awarded_above_claimed", text.to_owned());
    }
    let few = section.funnels.iter().flat_map(|funnel| &funnel.providers).filter(|provider| provider.few);
    let mut few: Vec<&str> = few.map(|provider| provider.provider.as_str()).collect();
    few.sort_unstable();
    few.dedup();
    if !few.is_empty() {
        let text =
            format!("few cases, so that little can be told of the provider by itself: {}", few.join(", "));
        say(Info, "few_cases_of_provider", text);
    }
    if section.clock.as_ref().is_some_and(|clock| !clock.holidays_known) {
        let text = "no holidays are named: business days are all days of work by the weekday";
        say(Info, "no_holidays", text.to_owned());
    }
    notes
}
