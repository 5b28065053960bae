//! The zone of tolerance: where what is perceived lies between what would just do and what is desired.

use crate::analysis::sections::{Figures, Subject};
use crate::measures::{RowScores, mean_of_scores, share_of_scores};
use crate::report::{Flag, ToleranceRow};
use crate::survey::{Best, Measure, Question};

use super::ask::adequate_id;
use super::respondents::{Item, score};

/// One row a gap question that asks what would just do; none where no rows were kept.
pub(super) fn rows<'a>(subject: &Subject<'a>, figures: &Figures<'a>) -> Vec<ToleranceRow> {
    let gaps = subject.survey.questions.iter().filter(|question| question.measure == Measure::Gap);
    gaps.filter(|question| !question.qualities.adequate.is_empty())
        .filter_map(|question| match figures.hidden(&question.id) {
            Some(flag) => Some(ToleranceRow {
                question: question.id.clone(),
                flag: Some(flag),
                ..ToleranceRow::default()
            }),
            None => row(subject, question),
        })
        .collect()
}

/// The place of one who has all three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Below,
    Inside,
    Above,
    /// He desires less than what would just do for him.
    NoZone,
}

/// Where a perception lies; better is the greater where `high`.
fn place(adequate: f64, desired: f64, perceived: f64, high: bool) -> Place {
    let [adequate, desired, perceived] = [adequate, desired, perceived].map(|x| if high { x } else { -x });
    if desired < adequate {
        Place::NoZone
    } else if perceived < adequate {
        Place::Below
    } else if perceived > desired {
        Place::Above
    } else {
        Place::Inside
    }
}

fn row(subject: &Subject, question: &Question) -> Option<ToleranceRow> {
    let (ratings, _) = subject.ratings?;
    let item = Item::of(ratings, question)?;
    let (column, _) = ratings.extra(&adequate_id(&question.id))?;
    let scale = question.scale.as_ref()?;
    let total = subject.total()?;
    let context = subject.context_of(total, &[]);
    let mut sums: [RowScores; 7] = Default::default();
    let mut contradictory = 0;
    for row in 0..ratings.rows() {
        let Some((desired, perceived)) = item.pair(ratings, row) else { continue };
        let Some(adequate) = ratings.extra_answer(column, row).map(|point| scale.value(point)) else {
            continue;
        };
        let values =
            [adequate, desired, perceived, perceived - adequate, perceived - desired, desired - adequate];
        for (sum, x) in sums.iter_mut().zip(values) {
            sum.add(score(ratings, row, x));
        }
        match place(adequate, desired, perceived, scale.best == Best::High) {
            Place::NoZone => contradictory += 1,
            Place::Below => sums[6].add(score(ratings, row, -1.0)),
            Place::Inside => sums[6].add(score(ratings, row, 0.0)),
            Place::Above => sums[6].add(score(ratings, row, 1.0)),
        }
    }
    let [adequate, desired, perceived, adequacy, superiority, width, places] = sums;
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    let mean = |scores: &RowScores, range| mean_of_scores(scores, Some(range), &context);
    let difference = |scores: &RowScores| mean(scores, (min - max, max - min));
    let adequacy = difference(&adequacy);
    let share = |wanted: f64| share_of_scores(&places, |x| (x - wanted).abs() < 0.5, &context);
    let small = adequacy.flag.filter(|flag| matches!(flag, Flag::NoAnswers | Flag::SmallBase));
    Some(ToleranceRow {
        question: question.id.clone(),
        base: Some(adequacy.base),
        adequate: mean(&adequate, (min, max)).value,
        desired: mean(&desired, (min, max)).value,
        perceived: mean(&perceived, (min, max)).value,
        adequacy: adequacy.estimated(),
        superiority: difference(&superiority).estimated(),
        width: difference(&width).estimated(),
        below: share(-1.0),
        inside: share(0.0),
        above: share(1.0),
        contradictory: Some(contradictory),
        flag: small,
    })
}

#[cfg(test)]
mod tests {
    use super::{Place, place};

    #[test]
    fn the_ends_of_the_zone_belong_to_it() {
        let at = |perceived| place(4.0, 6.0, perceived, true);
        let expected = [(3.0, Place::Below), (4.0, Place::Inside), (6.0, Place::Inside), (7.0, Place::Above)];
        for (perceived, place) in expected {
            assert_eq!(at(perceived), place, "{perceived}");
        }
        assert_eq!(place(6.0, 4.0, 5.0, true), Place::NoZone);
        assert_eq!(place(4.0, 2.0, 5.0, false), Place::Below, "1 is the best here");
        assert_eq!(place(4.0, 2.0, 1.0, false), Place::Above);
    }
}
