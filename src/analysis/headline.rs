//! What the headline of a question is, in words: a figure without its definition cannot be compared with another.

use crate::measures::NpsPoints;
use crate::report::HeadlinePoints;
use crate::survey::{Best, Headline, Measure, Question, Scale};

/// The definition of the headline, such as `4 or 5 of 1 to 5`.
pub(super) fn definition(question: &Question) -> String {
    match (question.measure, &question.scale, question.headline) {
        (Measure::Text, ..) => "free text, not scored".to_owned(),
        (Measure::Kano, ..) => "how one feels with and without it".to_owned(),
        (Measure::Choice, ..) => "share of each option".to_owned(),
        (Measure::Checklist, ..) => "yes, and half of partly".to_owned(),
        (Measure::Multi, ..) => "share of each option among those who answered".to_owned(),
        (Measure::Number, ..) => "mean of the numbers".to_owned(),
        (_, Some(scale), Some(headline)) => on_scale(question, scale, headline),
        _ => String::new(),
    }
}

/// The points that the headline counts; none without a scale.
pub(super) fn headline_points(question: &Question) -> Option<HeadlinePoints> {
    // The answers to an item are words; the numbers of their scale say nothing to a reader.
    let scale = question.scale.as_ref().filter(|_| question.measure != Measure::Checklist)?;
    let span = |(low, high): (i64, i64)| Some([low, high]);
    let (good, bad) = match question.headline? {
        Headline::Nps => {
            let (good, bad) = nps_ends(scale);
            (span(good), span(bad))
        }
        Headline::TopBox => (span(best_end(scale, 0, i64::from(scale.top))), None),
        Headline::Net => {
            let (good, bad) = net_ends(scale);
            (span(good), span(bad))
        }
        Headline::Mean | Headline::Index | Headline::Gap | Headline::Fulfilled => (None, None),
    };
    Some(HeadlinePoints {
        good,
        bad,
        best_is_low: scale.best == Best::Low,
        agree: agrees(scale),
        holes: holes(scale),
    })
}

/// The numbers between the ends that are no points.
fn holes(scale: &Scale) -> Vec<i64> {
    let has_holes = usize::try_from(scale.max - scale.min).is_ok_and(|steps| steps >= scale.points());
    if !has_holes {
        return Vec::new();
    }
    (scale.min..=scale.max).filter(|number| !scale.values.contains(number)).map(i64::from).collect()
}

fn agrees(scale: &Scale) -> bool {
    scale.name.starts_with("agreement") && scale.best == Best::High
}

fn net_ends(scale: &Scale) -> ((i64, i64), (i64, i64)) {
    let top = i64::from(scale.top);
    (best_end(scale, 0, top), best_end(scale, point_count(scale) - top, top))
}

/// Promoters and detractors.
fn nps_ends(scale: &Scale) -> ((i64, i64), (i64, i64)) {
    let groups = NpsPoints::of(scale);
    let size = |count: usize| i64::try_from(count).unwrap_or(0);
    let (promoters, passives) = (size(groups.promoters), size(groups.passives));
    let rest = point_count(scale) - promoters - passives;
    (best_end(scale, 0, promoters), best_end(scale, promoters + passives, rest))
}

fn on_scale(question: &Question, scale: &Scale, headline: Headline) -> String {
    let (min, max) = (i64::from(scale.min), i64::from(scale.max));
    let holes = holes(scale);
    let range = match holes.as_slice() {
        [] => format!("{min} to {max}"),
        holes => {
            let holes: Vec<String> = holes.iter().map(i64::to_string).collect();
            format!("{min} to {max} without {}", holes.join(", "))
        }
    };
    let points = |(low, high): (i64, i64)| match (low..high).filter(|number| !holes.contains(number)).count()
    {
        0 => low.to_string(),
        1 => format!("{low} or {high}"),
        _ => format!("{low} to {high}"),
    };
    let ends = if scale.best == Best::Low { format!(", {min} is best") } else { String::new() };
    match headline {
        Headline::TopBox => {
            let agree = if agrees(scale) { " agree" } else { "" };
            format!("{} of {range}{agree}{ends}", points(best_end(scale, 0, i64::from(scale.top))))
        }
        Headline::Mean => format!("mean of {range}{ends}"),
        Headline::Index => {
            let (worst, best) = if scale.best == Best::Low { (max, min) } else { (min, max) };
            format!("mean of {range} rescaled: {worst} is 0, {best} is 100")
        }
        Headline::Net => {
            let (good, bad) = net_ends(scale);
            format!("{} minus {}, of {range}{ends}", points(good), points(bad))
        }
        Headline::Nps => {
            let (promoters, detractors) = nps_ends(scale);
            format!("promoters {} minus detractors {}", dashed(promoters), dashed(detractors))
        }
        Headline::Fulfilled => "yes, and half of partly".to_owned(),
        Headline::Gap => {
            let of = if question.measure == Measure::Gap { "perceived minus expected" } else { "difference" };
            format!("{of}, {range}{ends}")
        }
    }
}

/// The numbers of `count` points after `skipped` ones, counted from the best end, smallest first.
fn best_end(scale: &Scale, skipped: i64, count: i64) -> (i64, i64) {
    let last = point_count(scale) - 1;
    let (low, high) = match scale.best {
        Best::High => (last - skipped - count + 1, last - skipped),
        Best::Low => (skipped, skipped + count - 1),
    };
    (number(scale, low), number(scale, high))
}

fn point_count(scale: &Scale) -> i64 {
    i64::try_from(scale.points()).unwrap_or(i64::MAX)
}

/// The number of the point at `index`, which may lie beyond the scale where a box is as large as that.
fn number(scale: &Scale, index: i64) -> i64 {
    let within = usize::try_from(index).ok().and_then(|index| scale.values.get(index));
    within.map_or(i64::from(scale.min) + index, |value| i64::from(*value))
}

fn dashed((low, high): (i64, i64)) -> String {
    if low >= high { high.to_string() } else { format!("{low}-{high}") }
}

#[cfg(test)]
mod tests {
    use super::{definition, headline_points};
    use crate::measures::sample::question;
    use crate::report::{DocumentSection, QuestionSummary, words};
    use crate::survey::{Best, Headline, Measure, Question, Scale};

    #[test]
    fn headlines_say_which_points_they_count() {
        let mut overall = question("overall", Measure::Csat);
        assert_eq!(definition(&overall), "4 or 5 of 1 to 5");
        overall.headline = Some(Headline::Net);
        assert_eq!(definition(&overall), "4 or 5 minus 1 or 2, of 1 to 5");
        overall.headline = Some(Headline::Index);
        assert_eq!(definition(&overall), "mean of 1 to 5 rescaled: 1 is 0, 5 is 100");
        assert_eq!(definition(&question("recommend", Measure::Nps)), "promoters 9-10 minus detractors 0-6");
        let mut ease = question("ease", Measure::Ces);
        ease.scale.as_mut().unwrap().top = 3;
        assert_eq!(definition(&ease), "5 to 7 of 1 to 7 agree");
        assert_eq!(definition(&question("staff", Measure::Gap)), "perceived minus expected, 1 to 7");
        assert_eq!(definition(&question("weight", Measure::Importance)), "mean of 1 to 5");
    }

    #[test]
    fn a_scale_whose_low_end_is_best_says_so() {
        let mut effort = question("effort", Measure::Ces);
        effort.scale = Some(Scale { best: Best::Low, ..Scale::new("effort5", 1, 5) });
        assert_eq!(definition(&effort), "1 or 2 of 1 to 5, 1 is best");
        let mut loyal = question("recommend", Measure::Nps);
        loyal.scale = Some(Scale::new("five", 1, 5));
        assert_eq!(definition(&loyal), "promoters 5 minus detractors 1-3");
    }

    #[test]
    fn numbers_that_are_no_points_are_named() {
        let mut trust = question("trust", Measure::Rating);
        trust.scale = Some(Scale { values: vec![1, 2, 3, 4, 6], ..Scale::new("holes", 1, 6) });
        assert_eq!(definition(&trust), "4 or 6 of 1 to 6 without 5");
        trust.headline = Some(Headline::Mean);
        assert_eq!(definition(&trust), "mean of 1 to 6 without 5");
    }

    #[test]
    fn the_points_of_a_headline_say_the_same_as_its_definition() {
        let mut questions = vec![
            question("overall", Measure::Csat),
            question("recommend", Measure::Nps),
            question("ease", Measure::Ces),
            question("staff", Measure::Gap),
            question("weight", Measure::Importance),
        ];
        for headline in [Headline::Net, Headline::Index, Headline::Mean, Headline::TopBox] {
            for scale in [
                Scale::new("five", 1, 5),
                Scale { best: Best::Low, ..Scale::new("three", 1, 3) },
                Scale { values: vec![1, 2, 3, 4, 6], ..Scale::new("holes", 1, 6) },
            ] {
                let scale = Some(scale);
                questions.push(Question {
                    scale,
                    headline: Some(headline),
                    ..question("q", Measure::Rating)
                });
            }
        }
        let speech = words::Speech::new(&DocumentSection::default());
        for question in questions {
            let summary = QuestionSummary {
                measure: question.measure.name().to_owned(),
                headline: question.headline.map(|headline| headline.name().to_owned()),
                scale: question.scale.as_ref().map(|scale| [scale.min, scale.max]),
                points: headline_points(&question),
                ..QuestionSummary::default()
            };
            assert_eq!(words::definition(&speech, &summary), definition(&question));
        }
    }
}
