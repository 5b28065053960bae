//! The same rows where each counts once.

use super::count::{Count, Counts, Distribution, Joint, Selections, Values};

impl Count {
    /// The same rows, each of the weight 1.
    #[must_use]
    pub fn unweighted(self) -> Self {
        let rows = self.n as f64;
        Self { n: self.n, w: rows, w2: rows }
    }
}

impl Counts {
    /// The same rows, each of the weight 1; free numbers of which only moments were kept have none without weights but
    /// their spread, and so no values.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        let each = |counts: &[Count]| counts.iter().map(|count| count.unweighted()).collect();
        match self {
            Self::Single(counts) => Self::Single(Distribution {
                points: each(&counts.points),
                missing: counts.missing.map(Count::unweighted),
            }),
            Self::Pair(joint) => Self::Pair(Joint {
                cells: each(&joint.cells),
                missing: joint.missing.map(Count::unweighted),
                ..*joint
            }),
            Self::Multiple(counts) => Self::Multiple(Selections {
                options: each(&counts.options),
                answered: counts.answered.unweighted(),
                missing: counts.missing.map(Count::unweighted),
            }),
            Self::Number(values) => Self::Number(unweighted_values(values)),
        }
    }
}

fn unweighted_values(values: &Values) -> Values {
    let distinct: Vec<(f64, Count)> =
        values.values.iter().map(|(x, count)| (*x, count.unweighted())).collect();
    let sum = |power: i32| distinct.iter().map(|(x, count)| count.w * x.powi(power)).sum::<f64>();
    let (sum_x, sum_x2) = (sum(1), sum(2));
    Values {
        values: distinct,
        overflow: false,
        answered: if values.overflow { Count::default() } else { values.answered.unweighted() },
        sum_wx: sum_x,
        sum_wx2: sum_x2,
        sum_w2x: sum_x,
        sum_w2x2: sum_x2,
        centred_sum_squares: values.centred_sum_squares,
        centred_w_sum_squares: values.centred_sum_squares,
        centred_w2_sum_squares: values.centred_sum_squares,
        missing: values.missing.map(Count::unweighted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::tests::{plan, run, scale, stratum, variable};
    use crate::tally::{Coding, Plan, Tally};

    #[test]
    fn a_weighted_file_without_its_weights_is_the_file_without_the_column() {
        let variables = vec![variable("q", scale()), variable("minutes", Coding::Number)];
        let plain = plan(variables, vec![Tally::Single(0), Tally::Number(1)], vec![vec![]]);
        let weighted = Plan { weight: Some("w".to_owned()), ..plain.clone() };
        let text = "q,minutes,w\n1,2.5,0.5\n5,4,3\n,4,1\n5,,0.25\n";
        let (plain, weighted) = (run(&plain, text), run(&weighted, text));
        let (plain, weighted) = (stratum(&plain, None, &[]), stratum(&weighted, None, &[]));
        assert_ne!(weighted.counts, plain.counts);
        let unweighted: Vec<Counts> = weighted.counts.iter().map(Counts::unweighted).collect();
        assert_eq!(unweighted, plain.counts);
    }
}
