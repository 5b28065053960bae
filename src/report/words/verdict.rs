//! Verdicts as texts: the only place that words them.

use super::figure::MOST_DECIMALS;
use super::number::fixed;
use super::speech::{NumberStyle, Speech, fill};
use crate::report::{Better, ChangeVerdict, Estimate, TargetVerdict, Unit, WithinMargin};

/// A target's verdict in a word.
pub(crate) fn target_word(speech: &Speech, verdict: TargetVerdict) -> &'static str {
    let verdicts = &speech.phrases().verdicts;
    match verdict {
        TargetVerdict::Met => verdicts.met,
        TargetVerdict::Missed => verdicts.missed,
        TargetVerdict::CannotTell => verdicts.cannot_tell,
    }
}

/// A target with its verdict: `Target 70: cannot tell (57 to 74)`; none without a target.
pub(crate) fn target(speech: &Speech, estimate: &Estimate) -> Option<String> {
    let target = estimate.target?;
    let verdicts = &speech.phrases().verdicts;
    let limits = estimate.low.zip(estimate.high);
    let style = NumberStyle::figure(estimate.unit, &estimate.statistic, limits);
    let written = speech.plain(target, MOST_DECIMALS, style.signed);
    let Some(verdict) = estimate.target_verdict else {
        return Some(fill(verdicts.target_line, &[("target", &written)]));
    };
    let verdict = target_word(speech, verdict);
    Some(match limits {
        Some(limits) => {
            let range = speech.range_about(limits, estimate.unit, style, target);
            fill(verdicts.target, &[("target", &written), ("verdict", &verdict), ("range", &range)])
        }
        None => fill(verdicts.target_plain, &[("target", &written), ("verdict", &verdict)]),
    })
}

/// The verdict of a change with its interval: `no clear change; anything from −10 to +14 fits the data`, and with the
/// margin that it lies within: `clearly higher (+0.4 to +1.9), but within 3 points (90 % interval +0.6 to +1.7)`.
///
/// Where the limits, which are those of this change alone, leave out 0 and the test over all `comparisons` does not
/// call it clear, both are said.
pub(crate) fn change(
    speech: &Speech,
    verdict: ChangeVerdict,
    unit: Unit,
    limits: Option<(f64, f64)>,
    within: Option<&WithinMargin>,
    comparisons: Option<u64>,
) -> String {
    let verdicts = &speech.phrases().verdicts;
    if let (ChangeVerdict::NoClearChange, Some(limits), Some(count)) = (verdict, limits, comparisons)
        && is_clear_alone(limits)
        && count > 1
    {
        let style = NumberStyle::difference(unit, Some(limits)).coarse(unit, limits, 0.0);
        let (low, high) = (speech.styled(limits.0, style), speech.styled(limits.1, style));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("count", &speech.count(count)), ("low", &low), ("high", &high)];
        return fill(verdicts.clear_alone, &values);
    }
    let equal = verdict == ChangeVerdict::AboutEqual;
    let Some(within) = within.filter(|_| verdict != ChangeVerdict::NoClearChange) else {
        return tested(speech, verdict, unit, limits);
    };
    let tested = tested(speech, verdict, unit, limits);
    let margin = speech.margin(unit, within.margin);
    let text = match (equal, limits.is_some()) {
        (true, true) => verdicts.about_equal_within,
        (true, false) => verdicts.about_equal_within_plain,
        (false, true) => verdicts.but_within,
        (false, false) => verdicts.but_within_plain,
    };
    let (confidence, range) = margin_interval(speech, unit, within);
    fill(text, &[("verdict", &tested), ("margin", &margin), ("confidence", &confidence), ("range", &range)])
}

/// Whether the limits of a change leave out that there is none.
pub(crate) fn is_clear_alone((low, high): (f64, f64)) -> bool {
    low > 0.0 || high < 0.0
}

/// The level and the limits of the interval by which a margin was judged.
pub(super) fn margin_interval(speech: &Speech, unit: Unit, within: &WithinMargin) -> (String, String) {
    let limits = (within.low, within.high);
    // Limits that are within the margin must not look like it.
    let mut style = NumberStyle::difference(unit, Some(limits));
    let shown = |number: f64, style: NumberStyle| fixed(number.abs(), style.decimals, false);
    while style.decimals < MOST_DECIMALS
        && [within.low, within.high].iter().any(|limit| shown(*limit, style) == shown(within.margin, style))
    {
        style.decimals += 1;
    }
    (speech.confidence(within.confidence), speech.range(limits, style))
}

/// The verdict of the test that there is no change.
fn tested(speech: &Speech, verdict: ChangeVerdict, unit: Unit, limits: Option<(f64, f64)>) -> String {
    let verdicts = &speech.phrases().verdicts;
    let Some((low, high)) = limits else {
        return match verdict {
            ChangeVerdict::Up => verdicts.up_plain,
            ChangeVerdict::Down => verdicts.down_plain,
            ChangeVerdict::NoClearChange => verdicts.no_clear_change_plain,
            ChangeVerdict::AboutEqual => verdicts.about_equal_plain,
        }
        .to_owned();
    };
    let style = NumberStyle::difference(unit, limits).coarse(unit, (low, high), 0.0);
    let range = speech.range((low, high), style);
    let (low, high) = (speech.styled(low, style), speech.styled(high, style));
    match verdict {
        ChangeVerdict::Up => fill(verdicts.up, &[("range", &range)]),
        ChangeVerdict::Down => fill(verdicts.down, &[("range", &range)]),
        ChangeVerdict::AboutEqual => fill(verdicts.about_equal, &[("range", &range)]),
        ChangeVerdict::NoClearChange => fill(verdicts.no_clear_change, &[("low", &low), ("high", &high)]),
    }
}

/// The verdict of a group against the rest.
pub(crate) fn against_rest(speech: &Speech, verdict: Option<ChangeVerdict>) -> &'static str {
    let verdicts = &speech.phrases().verdicts;
    match verdict {
        Some(ChangeVerdict::Up) => verdicts.above_rest,
        Some(ChangeVerdict::Down) => verdicts.below_rest,
        Some(ChangeVerdict::NoClearChange) => verdicts.no_clear_difference,
        Some(ChangeVerdict::AboutEqual) => verdicts.about_equal_plain,
        None => verdicts.not_tested,
    }
}

/// Whether a verdict is good news; none where it is neither or where neither way is good.
pub(crate) fn is_good(verdict: ChangeVerdict, better: Option<Better>) -> Option<bool> {
    match (verdict, better?) {
        (ChangeVerdict::Up, Better::Higher) | (ChangeVerdict::Down, Better::Lower) => Some(true),
        (ChangeVerdict::Down, Better::Higher) | (ChangeVerdict::Up, Better::Lower) => Some(false),
        (ChangeVerdict::NoClearChange | ChangeVerdict::AboutEqual, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{change, is_good};
    use crate::report::words::Speech;
    use crate::report::{Better, ChangeVerdict, DocumentSection, Language, Unit, WithinMargin};

    #[test]
    fn a_change_says_what_fits_the_data() {
        let speech = Speech::new(&DocumentSection::default());
        let text = |verdict, limits| change(&speech, verdict, Unit::Percent, limits, None, Some(6));
        assert_eq!(
            text(ChangeVerdict::NoClearChange, Some((-10.2, 13.6))),
            "no clear change; anything from −10 to +14 fits the data"
        );
        assert_eq!(text(ChangeVerdict::Up, Some((0.3, 9.8))), "clearly higher (+0.3 to +9.8)", "not +0");
        assert_eq!(text(ChangeVerdict::Down, None), "clearly lower");
        assert_eq!(
            text(ChangeVerdict::NoClearChange, Some((4.2, 21.3))),
            "no clear change once the 6 comparisons are allowed for (alone: +4 to +21)",
            "what leaves out 0 does not fit no change"
        );
    }

    #[test]
    fn a_clear_change_within_the_margin_says_both() {
        let within = WithinMargin { margin: 3.0, low: 0.61, high: 2.96, confidence: 0.9 };
        let say = |language, verdict, limits| {
            let speech = Speech::new(&DocumentSection { language, ..DocumentSection::default() });
            change(&speech, verdict, Unit::Percent, limits, Some(&within), None)
        };
        let limits = Some((0.38, 3.2));
        assert_eq!(
            say(Language::English, ChangeVerdict::Up, limits),
            "clearly higher (+0.4 to +3.2), but within 3 points (90 % interval +0.61 to +2.96)",
            "the limit is not rounded to the margin"
        );
        assert_eq!(say(Language::English, ChangeVerdict::Down, None), "clearly lower, but within 3 points");
        assert_eq!(
            say(Language::German, ChangeVerdict::AboutEqual, limits),
            "etwa gleich, weniger als 3 Punkte Abweichung (90\u{a0}%-Intervall +0,61 bis +2,96)"
        );
        assert_eq!(
            say(Language::English, ChangeVerdict::NoClearChange, None),
            "no clear change",
            "what is not clear and within the margin is about equal"
        );
    }

    #[test]
    fn only_a_clear_change_of_a_score_with_a_good_side_is_good_or_bad() {
        assert_eq!(is_good(ChangeVerdict::Up, Some(Better::Lower)), Some(false));
        assert_eq!(is_good(ChangeVerdict::Down, Some(Better::Lower)), Some(true));
        assert_eq!(is_good(ChangeVerdict::Up, None), None);
        assert_eq!(is_good(ChangeVerdict::NoClearChange, Some(Better::Higher)), None);
    }
}
