//! A finding as sentences: the tested verdict first, then figures, intervals and what cannot be told.

use super::figure::MOST_DECIMALS;
use super::names::Names;
use super::speech::{NumberStyle, Speech, fill};
use super::verdict::{is_good, margin_interval};
use crate::report::{ChangeVerdict, Finding, GroupFigure, KanoCategory, Quadrant, TargetVerdict, Unit};

/// A finding as sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingText {
    /// The tested verdict, without a full stop.
    pub(crate) verdict: String,
    /// The rest, in whole sentences.
    pub(crate) detail: String,
    /// Whether it is good news; none where it is neither.
    pub(crate) is_good: Option<bool>,
}

/// A finding as sentences; `alpha` is the level below which an adjusted p-value carries a claim.
pub(crate) fn finding(speech: &Speech, names: &Names, alpha: f64, finding: &Finding) -> FindingText {
    let teller = Teller { speech, names };
    match finding {
        Finding::Target { .. } => teller.target(finding),
        Finding::Change { .. } => teller.change(finding),
        Finding::NothingChanged { compared, wave, against } => {
            teller.nothing_changed(*compared, wave, against)
        }
        Finding::Groups { .. } => teller.groups(finding),
        Finding::Gaps { tested, below, above } => teller.gaps(*tested, below, above),
        Finding::Priorities { settled, unsettled, quadrant } => {
            teller.priorities(settled, unsettled, *quadrant)
        }
        Finding::FirstPriority { .. } => teller.first_priority(finding),
        Finding::Tendency { .. } => teller.tendency(finding, alpha),
        Finding::Signal { question, statistic, unit, wave, value, rules } => {
            let texts = &speech.phrases().findings;
            let value = teller.value(*unit, statistic, *value, None);
            let rules = rule_names(speech, rules);
            FindingText {
                verdict: fill(texts.signal, &[("question", &teller.subject(question)), ("wave", wave)]),
                detail: fill(texts.signal_detail, &[("value", &value), ("rules", &speech.list(&rules))]),
                is_good: None,
            }
        }
    }
}

/// The rules of a control chart in words, from their names as a report lists them.
pub(crate) fn rule_names(speech: &Speech, rules: &str) -> Vec<String> {
    let texts = &speech.phrases().rules;
    let name = |rule: &str| match rule.trim().replace(['_', ' '], "-").as_str() {
        "beyond-limits" => texts.beyond_limits.to_owned(),
        "run-of-eight" => texts.run_of_eight.to_owned(),
        "two-of-three" => texts.two_of_three.to_owned(),
        "four-of-five" => texts.four_of_five.to_owned(),
        "six-rising-or-falling" => texts.six_rising_or_falling.to_owned(),
        other => other.replace('-', " "),
    };
    rules.split(',').filter(|rule| !rule.trim().is_empty()).map(name).collect()
}

/// A quadrant's name.
pub(crate) fn quadrant_name(speech: &Speech, quadrant: Quadrant) -> &'static str {
    let texts = &speech.phrases().priorities;
    match quadrant {
        Quadrant::ConcentrateHere => texts.concentrate_here,
        Quadrant::KeepUpTheGoodWork => texts.keep_up,
        Quadrant::LowPriority => texts.low_priority,
        Quadrant::PossibleOverkill => texts.possible_overkill,
    }
}

/// The name of what kind of need a feature is.
pub(crate) fn kano_category_name(speech: &Speech, category: KanoCategory) -> &'static str {
    let texts = &speech.phrases().kano;
    match category {
        KanoCategory::MustBe => texts.must_be,
        KanoCategory::OneDimensional => texts.one_dimensional,
        KanoCategory::Attractive => texts.attractive,
        KanoCategory::Indifferent => texts.indifferent,
        KanoCategory::Reverse => texts.reverse,
        KanoCategory::Questionable => texts.questionable,
    }
}

struct Teller<'a> {
    speech: &'a Speech,
    names: &'a Names<'a>,
}

impl Teller<'_> {
    /// A question as the subject of a sentence.
    fn subject(&self, question: &str) -> String {
        self.speech.quoted(self.names.question(question))
    }

    fn subjects(&self, questions: &[String]) -> String {
        let names: Vec<String> = questions.iter().map(|question| self.subject(question)).collect();
        self.speech.list(&names)
    }

    fn value(&self, unit: Unit, statistic: &str, value: f64, limits: Option<(f64, f64)>) -> String {
        self.speech.styled(value, NumberStyle::figure(unit, statistic, limits))
    }

    fn target(&self, finding: &Finding) -> FindingText {
        let Finding::Target { question, statistic, unit, value, low, high, target, verdict } = finding else {
            return FindingText::empty();
        };
        let texts = &self.speech.phrases().findings;
        let limits = low.zip(*high);
        let style = NumberStyle::figure(*unit, statistic, limits);
        let (clause, detail, is_good) = match verdict {
            TargetVerdict::Met => (texts.target_met, texts.target_met_detail, Some(true)),
            TargetVerdict::Missed => (texts.target_missed, texts.target_missed_detail, Some(false)),
            TargetVerdict::CannotTell => (texts.target_open, texts.target_open_detail, None),
        };
        let written = self.speech.plain(*target, MOST_DECIMALS, style.signed);
        let value = value.map_or_else(
            || self.speech.phrases().flags.no_figure.to_owned(),
            |value| self.speech.styled(value, style),
        );
        let detail = match limits {
            None => fill(texts.target_value_detail, &[("value", &value)]),
            Some((low, high)) => {
                let bare = style.bare();
                fill(
                    detail,
                    &[
                        ("value", &value),
                        ("range", &self.speech.range((low, high), bare)),
                        ("low", &self.speech.styled(low, bare)),
                        ("high", &self.speech.styled(high, bare)),
                    ],
                )
            }
        };
        let clause = fill(clause, &[("question", &self.subject(question)), ("target", &written)]);
        FindingText { verdict: clause, detail, is_good }
    }

    fn change(&self, finding: &Finding) -> FindingText {
        let Finding::Change {
            question,
            statistic,
            unit,
            better,
            wave,
            against,
            value,
            change,
            low,
            high,
            p_adjusted,
            verdict,
            minimum_detectable,
            within_margin,
            simpson,
        } = finding
        else {
            return FindingText::empty();
        };
        let texts = &self.speech.phrases().findings;
        let clause = match (verdict, within_margin) {
            (ChangeVerdict::Up, None) => texts.rose,
            (ChangeVerdict::Up, Some(_)) => texts.rose_within,
            (ChangeVerdict::Down, None) => texts.fell,
            (ChangeVerdict::Down, Some(_)) => texts.fell_within,
            (ChangeVerdict::NoClearChange, _) => texts.unchanged,
            (ChangeVerdict::AboutEqual, None) => texts.equal,
            (ChangeVerdict::AboutEqual, Some(_)) => texts.equal_within,
        };
        let limits = low.zip(*high);
        let is_open = *verdict == ChangeVerdict::NoClearChange;
        let detail = match limits {
            None => texts.change_value_detail,
            Some(_) if is_open => texts.change_open_detail,
            Some(_) => texts.change_detail,
        };
        let (low, high) = limits.unwrap_or((0.0, 0.0));
        let style = NumberStyle::difference(*unit, limits);
        let mut sentences = vec![fill(
            detail,
            &[
                ("value", &self.value(*unit, statistic, *value, limits)),
                ("wave", wave),
                ("change", &self.speech.difference(*unit, *change, limits)),
                ("range", &self.speech.range((low, high), style)),
                ("low", &self.speech.styled(low, style)),
                ("high", &self.speech.styled(high, style)),
                ("p", &self.speech.p(*p_adjusted)),
            ],
        )];
        let mut margin = String::new();
        if let Some(within) = within_margin {
            margin = self.speech.margin(*unit, within.margin);
            let (confidence, range) = margin_interval(self.speech, *unit, within);
            sentences.push(fill(texts.margin, &[("confidence", &confidence), ("range", &range)]));
        }
        if let Some(detectable) = minimum_detectable.filter(|_| is_open) {
            let size = self.speech.detectable(*unit, detectable);
            sentences.push(fill(texts.detectable, &[("change", &size)]));
        }
        if *simpson {
            sentences.push(texts.simpson.to_owned());
        }
        FindingText {
            verdict: fill(
                clause,
                &[("question", &self.subject(question)), ("against", against), ("margin", &margin)],
            ),
            detail: sentences.join(" "),
            is_good: is_good(*verdict, *better),
        }
    }

    fn nothing_changed(&self, compared: u64, wave: &str, against: &str) -> FindingText {
        let texts = &self.speech.phrases().findings;
        let (clause, detail) = if compared == 1 {
            (texts.nothing_changed_one, texts.nothing_changed_detail_one)
        } else {
            (texts.nothing_changed_many, texts.nothing_changed_detail_many)
        };
        let count = self.speech.count(compared);
        FindingText {
            verdict: fill(clause, &[("against", &against)]),
            detail: fill(detail, &[("count", &count), ("wave", &wave), ("against", &against)]),
            is_good: None,
        }
    }

    fn groups(&self, finding: &Finding) -> FindingText {
        let Finding::Groups {
            question,
            statistic,
            unit,
            segment,
            p_adjusted,
            panels,
            differs,
            highest,
            lowest,
            apart,
        } = finding
        else {
            return FindingText::empty();
        };
        let texts = &self.speech.phrases().findings;
        let test = if *panels == 0 { texts.groups_differ_detail } else { texts.groups_test_over };
        let p = self.speech.p(*p_adjusted);
        let mut sentences = vec![fill(test, &[("p", &p), ("count", &self.speech.count(*panels))])];
        if *differs {
            let ends = [(highest, texts.first, texts.first_plain), (lowest, texts.last, texts.last_plain)];
            for (group, with_share, plain) in ends {
                let Some(group) = group else { continue };
                let limits = group.low.zip(group.high);
                let style = NumberStyle::figure(*unit, statistic, limits);
                let value = self.with_range(group.value, limits, style);
                let share = group.share.map(|share| self.speech.share(share)).unwrap_or_default();
                let text = if group.share.is_some() { with_share } else { plain };
                sentences.push(fill(text, &[("group", &group.name), ("value", &value), ("share", &share)]));
            }
        } else {
            sentences.push(texts.groups_not_equal.to_owned());
        }
        if !apart.is_empty() {
            let groups: Vec<String> = apart.iter().map(|group| self.apart(group)).collect();
            let groups = groups.join(self.speech.phrases().page.phrase_separator);
            sentences.push(fill(texts.apart, &[("groups", &groups)]));
            sentences.extend((!differs).then(|| texts.apart_alone.to_owned()));
        } else if *differs {
            sentences.push(texts.apart_none.to_owned());
        }
        let clause = if *differs { texts.groups_differ } else { texts.groups_alike };
        let segment = self.names.segment(segment);
        FindingText {
            verdict: fill(clause, &[("question", &self.subject(question)), ("segment", &segment)]),
            detail: sentences.join(" "),
            is_good: None,
        }
    }

    /// A group that is apart from the rest, with the p-value that says so.
    fn apart(&self, group: &GroupFigure) -> String {
        let texts = &self.speech.phrases().findings;
        let text = if group.value < 0.0 { texts.apart_below } else { texts.apart_above };
        let said = fill(text, &[("group", &group.name)]);
        group.p_adjusted.map_or_else(
            || said.clone(),
            |p| fill(texts.with_range, &[("value", &said), ("range", &self.speech.p(p))]),
        )
    }

    fn gaps(&self, tested: u64, below: &[GroupFigure], above: &[GroupFigure]) -> FindingText {
        let texts = &self.speech.phrases().findings;
        let (verdict, is_good) = match (below, above) {
            ([], []) => (texts.gaps_none.to_owned(), None),
            ([], _) => (texts.gaps_only_above.to_owned(), Some(true)),
            ([only], _) => {
                (fill(texts.gaps_below_one, &[("question", &self.subject(&only.name))]), Some(false))
            }
            (several, _) => {
                let count = self.speech.count(u64::try_from(several.len()).unwrap_or(u64::MAX));
                let tested = self.speech.count(tested);
                (fill(texts.gaps_below_many, &[("count", &count), ("tested", &tested)]), Some(false))
            }
        };
        let mut sentences = Vec::new();
        for (text, gaps) in [(texts.gaps_below, below), (texts.gaps_above, above)] {
            if !gaps.is_empty() {
                let rows: Vec<String> = gaps.iter().map(|gap| self.gap(gap)).collect();
                sentences
                    .push(fill(text, &[("list", &rows.join(self.speech.phrases().page.phrase_separator))]));
            }
        }
        sentences.push(self.speech.counted(tested, texts.gaps_detail_one, texts.gaps_detail_many));
        FindingText { verdict, detail: sentences.join(" "), is_good }
    }

    fn gap(&self, gap: &GroupFigure) -> String {
        let limits = gap.low.zip(gap.high);
        let style = NumberStyle::figure(Unit::Scale, "gap", limits);
        let texts = &self.speech.phrases().findings;
        let name = self.subject(&gap.name);
        let value = self.speech.styled(gap.value, style);
        match limits {
            Some(limits) => {
                let range = self.speech.range(limits, style);
                fill(texts.named, &[("name", &name), ("value", &value), ("range", &range)])
            }
            None => fill(texts.named_plain, &[("name", &name), ("value", &value)]),
        }
    }

    fn priorities(&self, settled: &[String], unsettled: &[String], quadrant: Quadrant) -> FindingText {
        let texts = &self.speech.phrases().findings;
        let list = self.subjects(settled);
        let is_weak = quadrant == Quadrant::ConcentrateHere;
        let verdict = match (is_weak, settled.len()) {
            (true, 0) => texts.priorities_none.to_owned(),
            (true, 1) => fill(texts.priorities_one, &[("list", &list)]),
            (true, _) => fill(texts.priorities_many, &[("list", &list)]),
            (false, number) => {
                let text = if number == 0 { texts.priorities_other_none } else { texts.priorities_other };
                fill(text, &[("quadrant", &quadrant_name(self.speech, quadrant)), ("list", &list)])
            }
        };
        let mut sentences = Vec::new();
        if !settled.is_empty() {
            sentences.push(texts.priorities_detail.to_owned());
        }
        if !unsettled.is_empty() {
            sentences.push(fill(texts.priorities_unsettled, &[("list", &self.subjects(unsettled))]));
        }
        FindingText {
            verdict,
            detail: sentences.join(" "),
            is_good: (is_weak && !settled.is_empty()).then_some(false),
        }
    }

    fn first_priority(&self, finding: &Finding) -> FindingText {
        let Finding::FirstPriority {
            question,
            missing,
            low,
            high,
            rank_low,
            rank_high,
            ranked,
            importance_from,
        } = finding
        else {
            return FindingText::empty();
        };
        let texts = &self.speech.phrases().priorities;
        let style = NumberStyle::plain(1);
        let value = self.speech.styled(*missing, style);
        let range = self.speech.range((*low, *high), style);
        let ranks =
            if rank_low == rank_high { rank_low.to_string() } else { format!("{rank_low}–{rank_high}") };
        let count = self.speech.count(*ranked);
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("value", &value), ("range", &range), ("ranks", &ranks), ("count", &count)];
        let mut sentences = vec![fill(texts.first_detail, &values)];
        if importance_from == "derived" {
            sentences.push(texts.first_derived.to_owned());
        }
        FindingText {
            verdict: fill(texts.first_finding, &[("question", &self.subject(question))]),
            detail: sentences.join(" "),
            is_good: None,
        }
    }

    fn tendency(&self, finding: &Finding, alpha: f64) -> FindingText {
        let Finding::Tendency {
            question,
            statistic: _,
            unit,
            waves,
            slope,
            slope_low,
            slope_high,
            p_adjusted,
        } = finding
        else {
            return FindingText::empty();
        };
        let texts = &self.speech.phrases().findings;
        let is_clear = *p_adjusted < alpha;
        let clause = match (is_clear, *slope > 0.0) {
            (false, _) => texts.no_tendency,
            (true, true) => texts.rises,
            (true, false) => texts.falls,
        };
        let limits = slope_low.zip(*slope_high);
        let slope = self.speech.difference(*unit, *slope, limits);
        let p = self.speech.p(*p_adjusted);
        let detail = match limits {
            Some(limits) => {
                let range = self.speech.range(limits, NumberStyle::difference(*unit, Some(limits)));
                fill(texts.slope, &[("slope", &slope), ("range", &range), ("p", &p)])
            }
            None => fill(texts.slope_plain, &[("slope", &slope), ("p", &p)]),
        };
        let better = self.names.summary(question).and_then(|question| question.better);
        let direction = if clause == texts.rises { ChangeVerdict::Up } else { ChangeVerdict::Down };
        let count = self.speech.count(*waves);
        FindingText {
            verdict: fill(clause, &[("question", &self.subject(question)), ("count", &count)]),
            detail,
            is_good: if is_clear { is_good(direction, better) } else { None },
        }
    }

    fn with_range(&self, value: f64, limits: Option<(f64, f64)>, style: NumberStyle) -> String {
        let value = self.speech.styled(value, style);
        limits.map_or_else(
            || value.clone(),
            |limits| {
                let range = self.speech.range(limits, style);
                fill(self.speech.phrases().findings.with_range, &[("value", &value), ("range", &range)])
            },
        )
    }
}

impl FindingText {
    fn empty() -> Self {
        Self { verdict: String::new(), detail: String::new(), is_good: None }
    }
}
