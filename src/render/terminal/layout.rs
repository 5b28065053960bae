//! How a table takes its shape: what rows are called, whether bars are drawn, which columns stand side by side, and how
//! wide each is.

use super::strip::{BEHIND_ID, Content, Label, Strip};
use super::text::{cut, cut_middle, width};

/// Between two columns.
const GAP: usize = 2;

/// Between two scores, where there is room.
const WIDE_GAP: usize = 4;

/// Bars are drawn in at least and at most so many columns.
const NARROWEST_BAR: usize = 12;
const WIDEST_BAR: usize = 32;

/// Wordings longer than this make place for ids.
const LONGEST_NAME: usize = 44;

/// A wording is not cut to less than this.
const SHORTEST_CUT: usize = 12;

/// Words that are wrapped get at least this, where that is possible; names are not cut to less.
const COMFORTABLE: usize = 20;

/// Words get at least this.
const LEAST: usize = 10;

/// What rows are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By their wording.
    Texts,
    /// By their id, and so many columns of the wording.
    Ids {
        /// The columns; 0 for none.
        text: usize,
    },
    /// By so many columns of the id.
    Cut(usize),
    /// The same, of its start and its end: for ids that begin alike.
    CutMiddle(usize),
}

/// The shape of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// What rows are called.
    pub(super) naming: Naming,
    /// The columns of a bar, if bars are drawn.
    pub(super) bar: Option<usize>,
    /// Whether scores stand as close as can be.
    pub(super) compact: bool,
    /// Whether verdicts stand in lines of their own.
    pub(super) verdicts_below: bool,
    /// Whether words wrap, and down to which width.
    pub(super) wrap: Option<usize>,
}

impl Default for Form {
    fn default() -> Self {
        Self { naming: Naming::Ids { text: 0 }, bar: None, compact: false, verdicts_below: false, wrap: None }
    }
}

impl Form {
    /// Between the columns of one score.
    pub(super) fn inner_gap(&self) -> usize {
        if self.compact { 1 } else { GAP }
    }

    fn width(&self, strip: &Strip) -> usize {
        match self.wrap {
            None => strip.natural(self),
            Some(least) => strip.shrunk(self, least),
        }
    }
}

/// A part of a table that fits into the terminal.
pub(super) struct Layout {
    /// The columns by index, the keys first.
    pub(super) columns: Vec<usize>,
    /// Their widths.
    pub(super) widths: Vec<usize>,
    /// Between two of them.
    pub(super) gap: usize,
    /// The shape.
    pub(super) form: Form,
}

/// The table in one part if that is possible; else parts in which every column appears once and the keys in each.
pub(super) fn parts(strips: &[Strip], keys: usize, room: usize) -> Vec<Layout> {
    let all: Vec<usize> = (0..strips.len()).collect();
    let has_scores = strips.iter().any(|strip| matches!(strip.content, Content::Score(..)));
    // Scores stand one below the other before the words that name their rows are broken.
    let whole = if has_scores { &[COMFORTABLE][..] } else { &[COMFORTABLE, LEAST] };
    if let Some(layout) = fit(strips, &all, room, Pressure { wraps: whole, verdicts_below: true }) {
        return vec![layout];
    }
    let beside = Pressure { wraps: &[COMFORTABLE], verdicts_below: false };
    let alone = Pressure { wraps: &[COMFORTABLE, LEAST], verdicts_below: false };
    let keys = &all[..keys.min(all.len())];
    let with_keys = |columns: &[usize]| [keys, columns].concat();
    let mut parts = Vec::new();
    let mut current: Option<Layout> = None;
    // A figure and its interval are read together.
    let together = |_: &usize, next: &usize| strips[*next].with_previous;
    for columns in all[keys.len()..].chunk_by(together) {
        let joined =
            current.as_ref().and_then(|part| fit(strips, &[&part.columns, columns].concat(), room, beside));
        if joined.is_some() {
            current = joined;
            continue;
        }
        parts.extend(current.take());
        current = fit(strips, &with_keys(columns), room, alone);
        if current.is_none() {
            parts.extend(columns.iter().map(|at| force(strips, with_keys(&[*at]), room)));
        }
    }
    parts.extend(current);
    if parts.is_empty() {
        parts.push(force(strips, keys.to_vec(), room));
    }
    parts
}

/// What may be done to make columns fit.
#[derive(Clone, Copy)]
struct Pressure {
    /// The widths down to which words may wrap, one after the other.
    wraps: &'static [usize],
    /// Whether verdicts may go to lines of their own.
    verdicts_below: bool,
}

/// The columns side by side in the first form that fits.
fn fit(strips: &[Strip], columns: &[usize], room: usize, pressure: Pressure) -> Option<Layout> {
    let side = Side { strips, columns, room };
    side.forms(pressure).into_iter().find_map(|form| side.settle(form))
}

/// Columns that are to stand side by side.
struct Side<'a> {
    strips: &'a [Strip],
    columns: &'a [usize],
    room: usize,
}

impl Side<'_> {
    fn shown(&self, form: &Form) -> Vec<usize> {
        let below =
            |at: &usize| form.verdicts_below && matches!(self.strips[*at].content, Content::Verdicts(_));
        self.columns.iter().copied().filter(|at| !below(at)).collect()
    }

    fn labels(&self) -> Option<&[Label]> {
        self.columns.iter().find_map(|at| match &self.strips[*at].content {
            Content::Names(labels) => Some(labels.as_slice()),
            _ => None,
        })
    }

    fn any(&self, test: impl Fn(&Content) -> bool) -> bool {
        self.columns.iter().any(|at| test(&self.strips[*at].content))
    }

    /// The forms that come into question, the best first.
    fn forms(&self, pressure: Pressure) -> Vec<Form> {
        let bars: &[Option<usize>] =
            if self.any(|content| matches!(content, Content::Limits(limits) if limits.has_bar)) {
                &[Some(NARROWEST_BAR), None]
            } else {
                &[None]
            };
        let ids = Naming::Ids { text: 0 };
        let mut forms = Vec::new();
        if let Some(labels) = self.labels() {
            let verdicts = self.any(|content| matches!(content, Content::Verdicts(_)));
            let with = |naming| bars.iter().map(move |bar| Form { naming, bar: *bar, ..Form::default() });
            let below = |naming| Form { naming, verdicts_below: true, ..Form::default() };
            if texts_are_names(labels) {
                forms.extend(with(Naming::Texts));
            }
            for naming in [ids, Naming::Cut(0)] {
                forms.extend(with(naming));
                if verdicts && pressure.verdicts_below {
                    forms.push(below(naming));
                }
            }
        } else {
            forms.push(Form::default());
            if self.any(|content| matches!(content, Content::Score(..))) {
                forms.push(Form { compact: true, ..Form::default() });
            }
        }
        let unwrapped: Vec<Form> = forms
            .iter()
            .copied()
            .filter(|form| !matches!(form.naming, Naming::Cut(_) | Naming::CutMiddle(_)))
            .collect();
        for least in pressure.wraps {
            forms.extend(unwrapped.iter().map(|form| Form { wrap: Some(*least), ..*form }));
        }
        forms
    }

    /// The form with its widths, if it fits.
    fn settle(&self, mut form: Form) -> Option<Layout> {
        let columns = self.shown(&form);
        let gaps = GAP * columns.len().saturating_sub(1);
        let total =
            |form: &Form| columns.iter().map(|at| form.width(&self.strips[*at])).sum::<usize>() + gaps;
        if let Naming::Cut(_) = form.naming {
            // The heading takes what a name of one column leaves.
            let names = columns.first().map_or(0, |at| form.width(&self.strips[*at]));
            let room = self.room.checked_sub(total(&form))? + names;
            form.naming = shortened(self.labels()?, room)?;
        }
        let mut spare = self.room.checked_sub(total(&form))?;
        self.spread(&mut form, &mut spare);
        let mut widths: Vec<usize> = columns.iter().map(|at| form.width(&self.strips[*at])).collect();
        if form.wrap.is_some() {
            let wanted = |wish: &dyn Fn(&Strip) -> usize| -> Vec<usize> {
                columns.iter().map(|at| wish(&self.strips[*at])).collect()
            };
            // An id broken within a word cannot be searched for: whole ids come first, then whole words.
            let whole_ids = wanted(&|strip| match strip.content {
                Content::Names(_) => strip.unbroken(&form),
                _ => 0,
            });
            for wishes in
                [whole_ids, wanted(&|strip| strip.unbroken(&form)), wanted(&|strip| strip.natural(&form))]
            {
                spare -= grow(&mut widths, &wishes, spare);
            }
        }
        let gap = if self.any(|content| matches!(content, Content::Score(..))) {
            let between = columns.len().saturating_sub(1).max(1);
            (GAP + spare / between).min(WIDE_GAP)
        } else {
            GAP
        };
        Some(Layout { columns, widths, gap, form })
    }

    /// Gives what is left first to the wording behind the ids, up to a usual length, then to the bars, then to the
    /// rest of the wording.
    fn spread(&self, form: &mut Form, spare: &mut usize) {
        let behind = match (form.naming, form.wrap) {
            (Naming::Ids { .. }, None) => self.labels().map(|labels| {
                let widest = |pick: &dyn Fn(&Label) -> &String| {
                    labels.iter().map(|label| width(pick(label))).max().unwrap_or(0)
                };
                (widest(&|label| &label.id), widest(&|label| &label.text))
            }),
            _ => None,
        };
        let behind_id = |form: &mut Form, spare: &mut usize, most: usize| {
            let Some((_, text)) = behind.filter(|(_, text)| *text > 0) else { return };
            let Naming::Ids { text: has } = form.naming else { return };
            let gap = if has == 0 { BEHIND_ID } else { 0 };
            let wanted = text.min(most).min(has + spare.saturating_sub(gap));
            if wanted > has && wanted >= text.min(SHORTEST_CUT) {
                form.naming = Naming::Ids { text: wanted };
                *spare -= wanted - has + gap;
            }
        };
        let usual = behind.map_or(0, |(id, _)| LONGEST_NAME.saturating_sub(id + BEHIND_ID));
        behind_id(form, spare, usual);
        if let Some(bar) = &mut form.bar {
            let more = (WIDEST_BAR - NARROWEST_BAR).min(*spare);
            *bar += more;
            *spare -= more;
        }
        behind_id(form, spare, usize::MAX);
    }
}

/// Whether all wordings are short enough to be the names of rows, and no two are alike.
fn texts_are_names(labels: &[Label]) -> bool {
    labels.iter().all(|label| width(&label.full) <= LONGEST_NAME)
        && differ(labels.iter().map(|label| label.full.clone()))
}

/// Ids in so many columns, if they are of use and still differ.
fn shortened(labels: &[Label], columns: usize) -> Option<Naming> {
    // Ids of several words can wrap instead.
    let has_words = labels.iter().any(|label| label.id.contains(' '));
    if columns < if has_words { COMFORTABLE } else { LEAST } {
        return None;
    }
    if differ(labels.iter().map(|label| cut(&label.id, columns))) {
        return Some(Naming::Cut(columns));
    }
    differ(labels.iter().map(|label| cut_middle(&label.id, columns))).then_some(Naming::CutMiddle(columns))
}

fn differ(names: impl Iterator<Item = String>) -> bool {
    let mut names: Vec<String> = names.collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() == count
}

/// Gives what is left to the columns that lack most, and says how much that was.
fn grow(widths: &mut [usize], natural: &[usize], spare: usize) -> usize {
    let mut given = 0;
    while given < spare {
        let neediest = widths
            .iter_mut()
            .zip(natural)
            .filter(|(width, natural)| **width < **natural)
            .max_by_key(|(width, natural)| **natural - **width);
        let Some((width, _)) = neediest else { break };
        *width += 1;
        given += 1;
    }
    given
}

/// One column with its keys where nothing fits: half for the column, the rest for the keys; cells wrap.
fn force(strips: &[Strip], columns: Vec<usize>, room: usize) -> Layout {
    let form = Form { compact: true, wrap: Some(LEAST), ..Form::default() };
    let room = room.saturating_sub(GAP * columns.len().saturating_sub(1));
    let mut widths: Vec<usize> = vec![room / columns.len().max(1); columns.len()];
    if let ([keys @ .., last], Some(column)) = (widths.as_mut_slice(), columns.last())
        && !keys.is_empty()
    {
        // A number is of more use than the last letters of its label.
        let most = room.saturating_sub(4 * keys.len());
        *last = form.width(&strips[*column]).min(most).max(2);
        let share = room.saturating_sub(*last) / keys.len();
        keys.fill(share.max(2));
    }
    Layout { columns, widths, gap: GAP, form }
}
