//! Covariances of domain means against variances of their differences, and their laws.

use approx::assert_relative_eq;
use proptest::prelude::*;

use super::drawn_tests::{answers, rows, two_margins};
use super::samples::counted;
use super::*;

/// Two segments and everybody, of whom both are a part.
fn groups(answers: &[Vec<Answers>; 2]) -> [Members<'_>; 2] {
    [Members { domains: &[0, 2], answers: &answers[0] }, Members { domains: &[1, 2], answers: &answers[1] }]
}

fn of(list: &[Answers], mean: &DesignMean, sign: f64) -> Vec<Answers> {
    list.iter().map(|own| Answers { x: sign * (own.x - mean.mean) / mean.sum_w, ..*own }).collect()
}

fn laws(
    solved: &Solved,
    lists: &[Vec<Answers>; 2],
    all: &[Answers],
    known: bool,
) -> Result<(), TestCaseError> {
    let found = solved.covariances(&groups(lists), 3, &|_, _| true).unwrap();
    let means = [&lists[0], &lists[1], &all.to_vec()].map(|list| solved.mean(list).unwrap());
    let reach = means.iter().map(|mean| mean.variance).fold(0.0, f64::max);
    for (one, mean) in means.iter().enumerate() {
        assert_relative_eq!(found.means[one], mean.mean, max_relative = 1e-12);
        assert_relative_eq!(
            found.covariances[one][one],
            mean.variance,
            epsilon = 1e-12 * reach,
            max_relative = 1e-9
        );
        prop_assert_eq!(found.degrees_of_freedom[one][one], mean.degrees_of_freedom);
        for (other, its) in means.iter().enumerate() {
            let covariance = found.covariances[one][other];
            prop_assert_eq!(covariance.to_bits(), found.covariances[other][one].to_bits());
            let most = (mean.variance * its.variance).sqrt();
            prop_assert!(covariance.abs() <= most * (1.0 + 1e-9) + 1e-12 * reach);
        }
    }
    prop_assert_eq!(found.degrees_of_freedom[0][1], means[2].degrees_of_freedom);
    if !known {
        // The variance of a difference of two means is that of the difference of their influences.
        let both = [of(&lists[0], &means[0], 1.0), of(&lists[1], &means[1], -1.0)].concat();
        let polarised = (means[0].variance + means[1].variance - solved.variance(&both).unwrap()) / 2.0;
        assert_relative_eq!(found.covariances[0][1], polarised, epsilon = 1e-11 * reach, max_relative = 1e-8);
    }
    let turned = lists.clone().map(|mut list| {
        list.reverse();
        list
    });
    let turned = solved.covariances(&groups(&turned), 3, &|_, _| true).unwrap();
    for (one, other) in found.covariances.iter().flatten().zip(turned.covariances.iter().flatten()) {
        assert_relative_eq!(*one, *other, epsilon = 1e-13 * reach, max_relative = 1e-10);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn covariances_are_those_of_the_design(
        (rows, clustered) in any::<bool>().prop_flat_map(|clustered| (rows(true, clustered), Just(clustered))),
        raked in any::<bool>(),
        sizes in proptest::option::of([60.0..400.0_f64, 60.0..400.0, 60.0..400.0]),
    ) {
        let mut counted = counted(&rows, 2, true, false);
        let lists = [0, 1].map(|code| answers(&counted, Some(code)).0);
        prop_assume!(lists.iter().all(|list| !list.is_empty()));
        let (all, _) = answers(&counted, None);
        let mut design = Design { single: SinglePsu::Adjust, ..Design::default() };
        let sizes = sizes.filter(|_| !clustered);
        for (code, size) in (0..3).zip(sizes.iter().flatten()) {
            design.populations.insert(format!("{code}"), *size);
        }
        let scheme = two_margins();
        let solved = apply(&mut counted, raked.then_some(&scheme), SolvingScope::Wave, &design, &|_| true).unwrap();
        laws(&solved, &lists, &all, sizes.is_some())?;
    }

    #[test]
    fn replicates_know_of_the_same(rows in rows(true, true)) {
        let mut counted = counted(&rows, 2, true, false);
        let lists = [0, 1].map(|code| answers(&counted, Some(code)).0);
        prop_assume!(lists.iter().all(|list| !list.is_empty()));
        let design = Design { single: SinglePsu::Adjust, ..Design::default() };
        let solved = apply(&mut counted, None, SolvingScope::Wave, &design, &|_| true).unwrap();
        let replicated = std::rc::Rc::new(solved).bootstrap(40, 7);
        let Some(found) = replicated.covariances(&groups(&lists), 3, &|_, _| true) else { return Ok(()) };
        for one in 0..3 {
            prop_assert!(found.covariances[one][one] >= 0.0);
            for other in 0..3 {
                let most = (found.covariances[one][one] * found.covariances[other][other]).sqrt();
                prop_assert!(found.covariances[one][other].abs() <= most * (1.0 + 1e-9));
                let [there, back] = [found.covariances[one][other], found.covariances[other][one]];
                prop_assert_eq!(there.to_bits(), back.to_bits());
            }
        }
    }
}

#[test]
fn what_is_no_domain_has_no_covariance() {
    let mut counted =
        counted(&[samples::Row::new(&[0, 0], 1), samples::Row::new(&[0, 0], 2)], 2, true, false);
    let (all, _) = answers(&counted, None);
    let solved = apply(&mut counted, None, SolvingScope::All, &Design::default(), &|_| true).unwrap();
    let of = |domains, size| solved.covariances(&[Members { domains, answers: &all }], size, &|_, _| true);
    assert!(of(&[0], 1).is_some());
    assert_eq!(of(&[0], 2), None);
    assert_eq!(of(&[1], 1), None);
    let elsewhere = [Answers { cell: 99, ..all[0] }];
    assert_eq!(solved.covariances(&[Members { domains: &[0], answers: &elsewhere }], 1, &|_, _| true), None);
}
