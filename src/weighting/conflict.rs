//! Which margins contradict each other in a sample, and in which categories.
//!
//! Two margins can be met together when weight can flow from every category of the one to the categories of the
//! other through the combinations that the sample has. Where the greatest flow falls short, its smallest cut
//! names the categories (Ford and Fulkerson 1956; Hall 1935).

use std::collections::VecDeque;

use super::failure::Side;
use super::problem::{Fitted, Problem};
use super::{Cell, Failure};

/// Flow that is rounding.
const NOTHING: f64 = 1e-13;
/// Flow that may be missing through rounding.
const SHORT: f64 = 1e-9;

/// The first pair of margins that cannot be met together.
pub(super) fn between_two(cells: &[Cell], problem: &Problem) -> Option<Failure> {
    for (one, first) in problem.margins.iter().enumerate().filter(|(_, margin)| margin.is_complete()) {
        for (two, second) in problem.margins.iter().enumerate().skip(one + 1) {
            if second.is_complete()
                && let Some((left, right)) = cut(cells, problem, first, second)
            {
                let rest = |margin: &Fitted, taken: &[usize]| -> Vec<usize> {
                    (0..margin.categories.len()).filter(|at| !taken.contains(at)).collect()
                };
                // Said the shorter way: those of the left who need more, or the others of the right who do.
                let (others_left, others_right) = (rest(first, &left), rest(second, &right));
                return Some(if left.len() <= others_right.len() || others_right.is_empty() {
                    Failure::Conflict {
                        needs: Box::new(side(one, first, &left)),
                        within: Box::new(side(two, second, &right)),
                    }
                } else {
                    Failure::Conflict {
                        needs: Box::new(side(two, second, &others_right)),
                        within: Box::new(side(one, first, &others_left)),
                    }
                });
            }
        }
    }
    None
}

pub(super) fn side(number: usize, margin: &Fitted, at: &[usize]) -> Side {
    let categories: Vec<_> = at.iter().map(|at| &margin.categories[*at]).collect();
    Side {
        margin: number,
        variables: margin.variables.clone(),
        places: categories.iter().map(|category| category.place).collect(),
        categories: categories.iter().map(|category| category.codes.clone()).collect(),
        share: categories.iter().map(|category| category.share).sum(),
    }
}

/// Categories of the left margin, with all those of the right that their rows are in, where the left need more.
fn cut(cells: &[Cell], problem: &Problem, left: &Fitted, right: &Fitted) -> Option<(Vec<usize>, Vec<usize>)> {
    let (l, r) = (left.categories.len(), right.categories.len());
    let mut open = vec![false; l * r];
    for (at, (a, b)) in left.groups.iter().zip(&right.groups).enumerate() {
        if let (Some(a), Some(b)) = (a, b)
            && cells[problem.used[at]].has_weight()
        {
            open[a * r + b] = true;
        }
    }
    let mut supply: Vec<f64> = left.categories.iter().map(|category| category.share).collect();
    let mut demand: Vec<f64> = right.categories.iter().map(|category| category.share).collect();
    let mut flow = vec![0.0_f64; l * r];
    loop {
        let reached = reach(&supply, &open, &flow, r);
        let Some(end) = (0..r).find(|b| reached.from_left[*b].is_some() && demand[*b] > NOTHING) else {
            let short = supply.iter().sum::<f64>();
            if short <= SHORT {
                return None;
            }
            let lefts = (0..l).filter(|a| reached.left[*a].is_some()).collect();
            return Some((lefts, (0..r).filter(|b| reached.from_left[*b].is_some()).collect()));
        };
        // The path back, with the least that fits through it.
        let mut path = Vec::new();
        let mut b = end;
        let mut least = demand[end];
        let start = loop {
            let a = reached.from_left[b]?;
            path.push((a, b, true));
            match reached.left[a]? {
                Origin::Supply => break a,
                Origin::Right(previous) => {
                    path.push((a, previous, false));
                    least = least.min(flow[a * r + previous]);
                    b = previous;
                }
            }
        };
        least = least.min(supply[start]);
        for (a, b, forward) in path {
            flow[a * r + b] += if forward { least } else { -least };
        }
        supply[start] -= least;
        demand[end] -= least;
    }
}

#[derive(Clone, Copy)]
enum Origin {
    Supply,
    Right(usize),
}

struct Reach {
    left: Vec<Option<Origin>>,
    from_left: Vec<Option<usize>>,
}

/// Breadth first from every category that has weight left, along open combinations and back along flow.
fn reach(supply: &[f64], open: &[bool], flow: &[f64], r: usize) -> Reach {
    let l = supply.len();
    let mut reach = Reach { left: vec![None; l], from_left: vec![None; r] };
    let mut queue = VecDeque::new();
    for a in (0..l).filter(|a| supply[*a] > NOTHING) {
        reach.left[a] = Some(Origin::Supply);
        queue.push_back(a);
    }
    while let Some(a) = queue.pop_front() {
        for b in 0..r {
            if !open[a * r + b] || reach.from_left[b].is_some() {
                continue;
            }
            reach.from_left[b] = Some(a);
            for other in 0..l {
                if reach.left[other].is_none() && flow[other * r + b] > NOTHING {
                    reach.left[other] = Some(Origin::Right(b));
                    queue.push_back(other);
                }
            }
        }
    }
    reach
}
