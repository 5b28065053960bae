//! The four qualities of each characteristic, and questions that ask directly whether expectations were met.

use crate::analysis::sections::Subject;
use crate::measures::{self, rounded};
use crate::report::{DisconfirmationRow, Flag, GapRow, QualityGap, QualityRow};
use crate::survey::{Best, Survey};
use crate::tally::Stratum;

/// Expected, planned, delivered and perceived, of every gap question of which more is known than customers say.
///
/// Planned less expected, delivered less planned and perceived less delivered add up to perceived less expected: the
/// stages between a customer's expectation and his perception in the conceptual model of ISO 10004:2018, Annex B.
pub(super) fn rows(survey: &Survey, items: &[GapRow]) -> Vec<QualityRow> {
    let known = items.iter().filter_map(|item| {
        let question = survey.questions.iter().find(|question| question.id == item.question)?;
        let (planned, delivered) = (question.qualities.planned, question.qualities.delivered);
        if planned.is_none() && delivered.is_none() {
            return None;
        }
        let less = |one: Option<f64>, other: Option<f64>| one.zip(other).and_then(|(a, b)| rounded(a - b));
        let (expected, perceived) = (item.expectation, item.perception);
        let mut row = QualityRow {
            question: item.question.clone(),
            base: item.base,
            expected,
            planned,
            delivered,
            perceived,
            planning: less(planned, expected),
            delivery: less(delivered, planned),
            communication: less(perceived, delivered),
            gap: item.gap,
            gap_low: item.low,
            gap_high: item.high,
            act_on: None,
        };
        let is_low = question.scale.as_ref().is_some_and(|scale| scale.best == Best::Low);
        row.act_on = worst(&row, if is_low { -1.0 } else { 1.0 });
        Some(row)
    });
    known.collect()
}

/// The component that is furthest on the bad side; `None` where one of them is not known, or none is bad.
fn worst(row: &QualityRow, direction: f64) -> Option<QualityGap> {
    let components = [
        (QualityGap::Planning, row.planning?),
        (QualityGap::Delivery, row.delivery?),
        (QualityGap::Communication, row.communication?),
    ];
    let good = components.map(|(stage, gap)| (stage, direction * gap));
    let worst = good.into_iter().min_by(|(_, one), (_, other)| one.total_cmp(other))?;
    (worst.1 < 0.0).then_some(worst.0)
}

/// The questions of the wave shown that ask directly how it was against what was expected.
pub(super) fn disconfirmation<'a>(subject: &Subject<'a>, total: &'a Stratum) -> Vec<DisconfirmationRow> {
    let asked = subject.survey.questions.iter().enumerate().filter(|(_, question)| question.disconfirmation);
    let rows = asked.filter_map(|(index, question)| {
        let named = DisconfirmationRow {
            question: question.id.clone(),
            dimension: question.dimension.clone(),
            ..DisconfirmationRow::default()
        };
        if let Some(flag) = (subject.hidden)(index, total) {
            return Some(DisconfirmationRow { flag: Some(flag), ..named });
        }
        let counts = subject.counts(total, index)?;
        let cells = subject.cells(total, index);
        let context = subject.context_of(total, &cells);
        let found = measures::disconfirmation(question.scale.as_ref()?, counts, &context);
        let small = found.effective < subject.survey.flag_below as f64;
        Some(DisconfirmationRow {
            base: Some(found.base),
            negative: found.negative,
            confirmed: found.confirmed,
            positive: found.positive,
            method: found.method,
            balance: found.balance,
            asymmetry: found.asymmetry,
            p: found.p,
            flag: if found.base == 0 { Some(Flag::NoAnswers) } else { small.then_some(Flag::SmallBase) },
            ..named
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::worst;
    use crate::report::{QualityGap, QualityRow};

    fn row(components: [Option<f64>; 3]) -> QualityRow {
        let [planning, delivery, communication] = components;
        QualityRow { planning, delivery, communication, ..QualityRow::default() }
    }

    #[test]
    fn the_component_furthest_below_is_where_to_act() {
        let of = |components: [f64; 3]| worst(&row(components.map(Some)), 1.0);
        assert_eq!(of([-0.2, -0.9, 0.4]), Some(QualityGap::Delivery));
        assert_eq!(of([-1.2, -0.9, 0.4]), Some(QualityGap::Planning));
        assert_eq!(of([0.1, 0.0, -0.1]), Some(QualityGap::Communication));
        assert_eq!(of([0.1, 0.0, 0.3]), None, "nothing is lost");
        assert_eq!(worst(&row([Some(-1.0), None, None]), 1.0), None, "who delivers what is not known");
        assert_eq!(worst(&row([Some(0.5), Some(0.1), Some(-3.0)]), -1.0), Some(QualityGap::Planning));
    }
}
