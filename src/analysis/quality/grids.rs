//! Straight lines and long strings: one point again and again in questions that stand together.
//!
//! A grid is what the definition's block holds, else three or more neighbours on one scale in the order asked. Points
//! are compared as they were written: in a grid where some questions are turned round, a straight line contradicts
//! itself. A content customer may choose the best point throughout: a straight line is a flag and no proof.

use crate::report::QualityGrid;
use crate::survey::{Code, Scale};

use super::ask::Item;
use super::check::{Done, Flags};
use super::{Subject, share};

/// Fewer neighbours are no grid.
const FEWEST_QUESTIONS: usize = 3;
/// So many answers to a grid, all one point, are a straight line.
const STRAIGHT_FROM: usize = 5;
/// In grids of so many questions long strings are looked for.
const LONG_GRID: usize = 8;
/// No shorter string is long, and none below half the grid (Curran 2016, Journal of Experimental Social Psychology 66).
const LONG_RUN: usize = 6;

/// The questions of one grid.
struct Grid<'a> {
    block: Option<&'a str>,
    items: Vec<&'a Item>,
}

/// Describes the grids and flags rows.
pub(super) fn check(subject: &Subject<'_>, flags: &mut Flags<'_>) -> Vec<QualityGrid> {
    let grids = grids(subject);
    let (mut straight, mut long) = (vec![false; subject.shown.len()], vec![false; subject.shown.len()]);
    let mut described = Vec::with_capacity(grids.len());
    if !grids.is_empty() {
        flags.runs = vec![0; subject.shown.len()];
    }
    for grid in &grids {
        described.push(look_at(subject, grid, flags, &mut straight, &mut long));
    }
    let count = |looked_at: &[bool]| looked_at.iter().filter(|looked| **looked).count() as u64;
    let longest = grids.iter().map(|grid| grid.items.len()).max().unwrap_or(0);
    let rule = format!("all answers to a grid are one point, and there are at least {STRAIGHT_FROM}");
    let threshold = Some((STRAIGHT_FROM as f64, "questions"));
    let done = Done { threshold, ..Done::plain(count(&straight), &rule) };
    flags.say("straight_line", if longest < STRAIGHT_FROM { Err("no_grid") } else { Ok(done) });
    let rule = format!(
        "one point in at least half the questions of a grid one after the other, and at least {LONG_RUN} times; not \
         throughout"
    );
    let threshold = Some((LONG_RUN as f64, "questions"));
    let done = Done { threshold, ..Done::plain(count(&long), &rule) };
    flags.say("long_string", if longest < LONG_GRID { Err("no_long_grid") } else { Ok(done) });
    described
}

fn look_at(
    subject: &Subject<'_>,
    grid: &Grid<'_>,
    flags: &mut Flags<'_>,
    straight: &mut [bool],
    long: &mut [bool],
) -> QualityGrid {
    let size = grid.items.len();
    let long_run = (size >= LONG_GRID).then(|| LONG_RUN.max(size.div_ceil(2)));
    let (mut looked_at, mut identical, mut longest, mut runs) = (0_u64, 0_u64, 0_usize, 0_u64);
    let mut answers: Vec<Code> = Vec::with_capacity(size);
    for (shown, &row) in subject.shown.iter().enumerate() {
        answers.clear();
        let answered = grid.items.iter().filter(|item| subject.rows.answer(item.column, row).is_some());
        answers.extend(answered.map(|item| subject.rows.code(item.column, row)));
        if answers.len() < FEWEST_QUESTIONS || answers.len() * 2 < size {
            continue;
        }
        looked_at += 1;
        let run = longest_run(&answers);
        let is_straight = run == answers.len();
        identical += u64::from(is_straight);
        longest = longest.max(run);
        runs += run as u64;
        flags.runs[shown] = flags.runs[shown].max(u32::try_from(run).unwrap_or(u32::MAX));
        straight[shown] |= answers.len() >= STRAIGHT_FROM;
        long[shown] |= long_run.is_some();
        if is_straight && answers.len() >= STRAIGHT_FROM {
            flags.flag("straight_line", shown);
        } else if long_run.is_some_and(|limit| run >= limit) {
            flags.flag("long_string", shown);
        }
    }
    QualityGrid {
        name: name(subject, grid),
        block: grid.block.is_some(),
        questions: grid.items.iter().map(|item| id(subject, item)).collect(),
        mixed_directions: is_mixed(subject, grid),
        looked_at,
        identical,
        identical_share: share(identical, looked_at),
        longest_run: longest as u64,
        mean_run: share(runs, looked_at),
        run_flagged: long_run.map(|run| run as u64),
    }
}

/// The longest run of one answer.
fn longest_run(answers: &[Code]) -> usize {
    answers.chunk_by(|one, other| one == other).map(<[Code]>::len).max().unwrap_or(0)
}

/// The grids in the order asked.
fn grids<'a>(subject: &Subject<'a>) -> Vec<Grid<'a>> {
    let mut grids: Vec<Grid<'a>> = Vec::new();
    let mut neighbours: Option<usize> = None;
    for item in &subject.ask.items {
        let block = subject.survey.questions[item.question].block.as_deref();
        let Some(scale) = &item.scale else {
            neighbours = None;
            continue;
        };
        let fits = |grid: &Grid<'a>| {
            grid.items.first().is_some_and(|first| {
                first.part == item.part
                    && first.scale.as_ref().is_some_and(|other| is_one_scale(other, scale))
            })
        };
        let known = match block {
            // The questions of a block belong together wherever they stand.
            Some(_) => grids.iter().position(|grid| grid.block == block && fits(grid)),
            None => neighbours.filter(|grid| fits(&grids[*grid])),
        };
        let place = known.unwrap_or_else(|| {
            grids.push(Grid { block, items: Vec::new() });
            grids.len() - 1
        });
        grids[place].items.push(item);
        neighbours = block.is_none().then_some(place);
    }
    grids.retain(|grid| grid.items.len() >= FEWEST_QUESTIONS);
    grids
}

/// Whether two scales show the same points; which end is the best may differ.
fn is_one_scale(one: &Scale, other: &Scale) -> bool {
    (one.min, one.max) == (other.min, other.max) && one.labels == other.labels
}

fn is_mixed(subject: &Subject<'_>, grid: &Grid<'_>) -> bool {
    let direction = |item: &&Item| {
        let question = &subject.survey.questions[item.question];
        (item.scale.as_ref().map(|scale| scale.best), question.better)
    };
    grid.items.windows(2).any(|pair| direction(&pair[0]) != direction(&pair[1]))
}

fn id(subject: &Subject<'_>, item: &Item) -> String {
    let id = &subject.survey.questions[item.question].id;
    item.part.map_or_else(|| id.clone(), |part| format!("{id}.{part}"))
}

fn name(subject: &Subject<'_>, grid: &Grid<'_>) -> String {
    match (grid.block, grid.items.as_slice()) {
        (Some(block), _) => block.to_owned(),
        (None, [first, .., last]) => format!("{} to {}", id(subject, first), id(subject, last)),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::longest_run;

    #[test]
    fn the_longest_run_by_hand() {
        assert_eq!(longest_run(&[]), 0);
        assert_eq!(longest_run(&[5]), 1);
        assert_eq!(longest_run(&[5, 5, 6, 6, 6, 5]), 3);
        assert_eq!(longest_run(&[7, 7, 7, 7]), 4);
        assert_eq!(longest_run(&[5, 6, 5, 6]), 1);
    }
}
