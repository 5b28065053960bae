//! One table: the figures of a stub in the columns of a banner, tested.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::analysis::related::{MOST_RELATED, Relations};
use crate::analysis::scorer::{Scorer, cells};
use crate::analysis::sections::is_hidden;
use crate::measures::{
    Context, DesignVariance, Intervals, Side, StratumDesign, contrast_by, rounded, scored_answers,
};
use crate::report::{
    CrosstabAgainst, CrosstabCell, CrosstabColumn, CrosstabContrast, CrosstabRow, CrosstabRowKind,
    CrosstabSection, CrosstabTesting, Estimate, Family, Flag,
};
use crate::stats::{adjusted_residual, kish};
use crate::survey::Question;
use crate::tally::{Count, Counts, Stratum};

use super::ask::CrosstabAsk;
use super::banner::{Column, Strata};
use super::column_tests::{Pair, Row, Rules, Tested, letters};
use super::figures::{Net, RowFigure, Scores, figures, unknown_answer};
use super::nets::{self, NetCounts};
use super::plan::{Banner, Stub, Subject};
use super::table_tests::{self, RANKED_FROM, Tabulated, Unfit};

/// The key of the total.
pub(super) const TOTAL: &str = "total";

/// The columns of one banner, ready for every stub.
pub(super) struct Columns<'a> {
    pub(super) banner: &'a Banner,
    pub(super) labels: Vec<String>,
    pub(super) wave: Option<String>,
    pub(super) total: &'a Stratum,
    pub(super) all: Vec<Column<'a>>,
    pub(super) strata: Strata<'a>,
    /// By column, everybody outside it.
    pub(super) rests: Vec<Option<Stratum>>,
    /// By column, the one before it.
    pub(super) previous: Vec<Option<usize>>,
    /// By column its letter; none where columns are not set against each other.
    pub(super) letters: Vec<String>,
    pub(super) rules: Rules,
}

/// One stub ready for every banner.
pub(super) struct Rows<'a> {
    pub(super) stub: &'a Stub,
    pub(super) question: Cow<'a, Question>,
}

/// What is hidden in a table, by column, and by category and column for a segment in the rows.
pub(super) struct Hiding {
    pub(super) columns: Vec<Option<Flag>>,
    /// By category, of the total first and of each column.
    pub(super) cells: BTreeMap<(usize, Option<usize>), Flag>,
}

/// One column of one table.
struct Filled {
    base: Count,
    kish: f64,
    flag: Option<Flag>,
    rows: Vec<RowFigure>,
    rest: Vec<Option<Side>>,
}

pub(super) struct Table<'t, 'a> {
    pub(super) scorer: &'t Scorer<'a>,
    pub(super) ask: &'t CrosstabAsk,
    pub(super) rows: &'t Rows<'a>,
    pub(super) columns: &'t Columns<'a>,
    pub(super) hiding: &'t Hiding,
}

/// Why there is no table.
pub(super) enum NoTable {
    Population(crate::measures::PopulationExceeded, bool),
    /// A net and its answer that is none.
    Answer(String, String),
    Unfit(Unfit),
}

impl Table<'_, '_> {
    /// The table; its tests are adjusted by the caller, over all tables.
    pub(super) fn section(&self) -> Result<Option<CrosstabSection>, NoTable> {
        let nets = self.nets();
        let of_total = self.net_counts(&nets, None);
        let Some(total) = self.filled(self.columns.total, &of_total, None, None)? else { return Ok(None) };
        for net in &self.rows.stub.nets {
            if let Some(answer) = unknown_answer(net, &total.rows) {
                return Err(NoTable::Answer(net.label.clone(), answer.clone()));
            }
        }
        let mut filled = Vec::with_capacity(self.columns.all.len());
        for (place, column) in self.columns.all.iter().enumerate() {
            let hidden = self.hiding.columns[place];
            let rest = self.columns.rests[place].as_ref();
            let own = self.net_counts(&nets, Some(place));
            let others = self.rest_counts(&nets, place);
            let rest = rest.map(|rest| (rest, others.as_slice()));
            let Some(column) = self.filled(&column.stratum, &own, rest, hidden)? else { return Ok(None) };
            filled.push(column);
        }
        let keys: Vec<String> = self.columns.all.iter().map(key).collect();
        let names = &self.columns.letters;
        let mut cells = Vec::new();
        let mut contrasts: Vec<CrosstabContrast> = Vec::new();
        let mut size = 0;
        for (place, of_total) in total.rows.iter().enumerate() {
            let relations = self.relations(&of_total.scores, true);
            let pairs = self.pairs(place, &total, &filled, relations.as_ref());
            size = size.max(pairs.iter().filter(|pair| pair.difference.p.is_some()).count());
            let rules = self.columns.rules.in_unit(of_total.row.unit);
            let letters = if names.is_empty() { Vec::new() } else { letters(&pairs, names, &rules) };
            cells.push(self.cell(place, (&total, &total), None, None));
            for (index, column) in filled.iter().enumerate() {
                let mut cell = self.cell(place, (column, &total), Some(index), relations.as_ref());
                if cell.percent.is_some() {
                    if let Some(letters) = letters.get(index) {
                        cell.letters.clone_from(letters);
                    } else {
                        let own = pairs.iter().find(|pair| pair.column == index);
                        cell.verdict = own.and_then(|pair| pair.verdict(&rules));
                    }
                }
                cells.push(cell);
            }
            let against = |pair: &Pair| match (pair.against, self.columns.rules.against) {
                (Some(other), _) => keys[other].clone(),
                (None, CrosstabAgainst::Total) => TOTAL.to_owned(),
                (None, _) => "rest".to_owned(),
            };
            let row = of_total.row.key.as_str();
            contrasts.extend(pairs.iter().map(|pair| pair.contrast(row, &keys[pair.column], &against(pair))));
        }
        let (test, further_tests) = self.tests(&total, &filled).map_err(NoTable::Unfit)?;
        let is_tested = size > 0;
        let rules = &self.columns.rules;
        Ok(Some(CrosstabSection {
            stub: self.rows.stub.id.clone(),
            stub_label: self
                .rows
                .question
                .label
                .clone()
                .unwrap_or_else(|| self.rows.question.wording().to_owned()),
            banner: self.columns.banner.id.clone(),
            banner_labels: self.columns.labels.clone(),
            wave: self.columns.wave.clone(),
            overlapping: self.columns.banner.overlaps(),
            testing: CrosstabTesting {
                against: rules.against,
                adjustment: rules.adjustment.name().to_owned(),
                alpha: rules.alpha,
                second_alpha: rules.second_alpha,
                minimum_base: self.ask.minimum_base,
                minimum_difference: rules.minimum_difference,
                minimum_mean_difference: rules.minimum_mean_difference,
            },
            columns: std::iter::once(total_column(&total))
                .chain(filled.iter().enumerate().map(|(place, column)| {
                    Self::column(column, &self.columns.all[place], &keys[place], names.get(place))
                }))
                .collect(),
            rows: total.rows.iter().map(|figure| figure.row.clone()).collect::<Vec<CrosstabRow>>(),
            cells,
            contrasts,
            test,
            further_tests,
            family: is_tested.then(|| Family {
                name: "columns".to_owned(),
                size: u64::try_from(size).unwrap_or(u64::MAX),
                adjustment: rules.adjustment.name().to_owned(),
            }),
        }))
    }

    fn counts<'c>(&self, stratum: &'c Stratum) -> Option<&'c Counts> {
        stratum.counts.get(self.rows.stub.tally)
    }

    fn names(&self) -> &[String] {
        self.scorer.counted.categories.get(self.rows.stub.tally).map_or(&[], Vec::as_slice)
    }

    /// The nets of a question with several answers, counted.
    fn nets(&self) -> Vec<NetCounts> {
        if !matches!(self.counts(self.columns.total), Some(Counts::Multiple(_))) {
            return Vec::new();
        }
        let strata = self.scorer.counted.strata.iter();
        let each = self.rows.stub.nets.iter();
        each.map(|net| nets::counts(net, &self.rows.question, self.columns, strata.clone())).collect()
    }

    /// Every net with what was counted for it in a column, or in the total.
    fn net_counts(&self, counted: &[NetCounts], column: Option<usize>) -> Vec<Net<'_>> {
        self.with_counts(|net| {
            counted.get(net).map(|net| column.map_or(net.total, |column| net.columns[column]))
        })
    }

    /// The same for everybody outside a column.
    fn rest_counts(&self, counted: &[NetCounts], column: usize) -> Vec<Net<'_>> {
        self.with_counts(|net| counted.get(net).map(|net| net.total.less(net.columns[column])))
    }

    fn with_counts(&self, count: impl Fn(usize) -> Option<Count>) -> Vec<Net<'_>> {
        let nets = self.rows.stub.nets.iter().enumerate();
        nets.map(|(place, asked)| Net { asked, count: count(place) }).collect()
    }

    /// The figures of one column; `None` where nothing was counted for the stub.
    fn filled(
        &self,
        stratum: &Stratum,
        nets: &[Net],
        rest: Option<(&Stratum, &[Net])>,
        hidden: Option<Flag>,
    ) -> Result<Option<Filled>, NoTable> {
        let Some(counts) = self.counts(stratum) else { return Ok(None) };
        let context = self.scorer.context(stratum);
        let rows = self.figures((stratum, counts), nets, &context, hidden.is_some())?;
        let base = counts.answered_count();
        let kish = kish(base.n, base.w, base.w2).map_or(0.0, |kish| kish.effective_n);
        let small = kish < self.ask.minimum_base.max(self.scorer.survey.flag_below as f64);
        let flag =
            hidden.or(if base.n == 0 { Some(Flag::NoAnswers) } else { small.then_some(Flag::SmallBase) });
        let rest = rest.filter(|_| hidden.is_none()).and_then(|(rest, nets)| self.rest(rest, nets, &context));
        let rest = rest.unwrap_or_else(|| rows.iter().map(|_| None).collect());
        Ok(Some(Filled { base, kish, flag, rows, rest }))
    }

    fn figures(
        &self,
        (stratum, counts): (&Stratum, &Counts),
        nets: &[Net],
        context: &Context,
        hidden: bool,
    ) -> Result<Vec<RowFigure>, NoTable> {
        let cells = cells(stratum, self.rows.stub.tally);
        let design = self.scorer.design.map(|variance| StratumDesign { variance, cells: &cells });
        let context = &Context { design, ..*context };
        figures(&self.rows.question, nets, counts, self.names(), context)
            .map_err(|exceeded| NoTable::Population(exceeded, hidden))
    }

    /// By row, what everybody outside a column says.
    fn rest(&self, rest: &Stratum, nets: &[Net], column: &Context) -> Option<Vec<Option<Side>>> {
        let counts = self.counts(rest)?;
        let of_rest = self.scorer.context(rest);
        let of_all = self.scorer.context(self.columns.total);
        let population = of_all.population.zip(column.population);
        let population = population
            .map(|(all, column)| all.saturating_sub(column))
            .filter(|population| *population >= counts.answered());
        // A difference takes figure, standard error and base: no limits that would have to be resampled.
        let intervals = Intervals::default();
        let context = Context { intervals: &intervals, population, ..of_rest };
        let rows = self.figures((rest, counts), nets, &context, true).ok()?;
        Some(rows.into_iter().map(|figure| figure.side).collect())
    }

    /// The comparisons of one row.
    fn pairs(
        &self,
        place: usize,
        total: &Filled,
        filled: &[Filled],
        relations: Option<&Relations>,
    ) -> Vec<Pair> {
        let figure = &total.rows[place];
        let overlapping = self.columns.banner.overlaps();
        let answers = overlapping || figure.row.kind == CrosstabRowKind::Mean;
        let columns: Vec<(usize, Tested)> = filled
            .iter()
            .enumerate()
            .filter(|(index, column)| {
                let hidden = self.cell_hidden(place, Some(*index));
                column.kish >= self.ask.minimum_base
                    && !column.flag.is_some_and(is_hidden)
                    && hidden.is_none()
            })
            .map(|(index, column)| {
                let stratum = &self.columns.all[index].stratum;
                let tested = Tested {
                    side: column.rows[place].side.as_ref(),
                    rest: column.rest[place].as_ref(),
                    part: if total.base.w > 0.0 { column.base.w / total.base.w } else { 0.0 },
                    answers: if answers { self.scored(&figure.scores, stratum) } else { None },
                };
                (index, tested)
            })
            .collect();
        let sharing = |one: usize, other: usize| {
            let both: Vec<&Stratum> = self.columns.all[one]
                .parts
                .iter()
                .filter(|part| self.columns.all[other].parts.binary_search(part).is_ok())
                .map(|part| self.columns.strata.all[*part])
                .collect();
            match Stratum::together(&both) {
                None => Some(Vec::new()),
                Some(both) => self.scored(&figure.scores, &both),
            }
        };
        let design_rows = self.scorer.context(self.columns.total).design_rows;
        let row = Row {
            columns,
            total: figure.side.as_ref(),
            previous: &self.columns.previous,
            sharing: if overlapping { Some((&sharing, design_rows)) } else { None },
            relations,
            is_mean: figure.row.kind == CrosstabRowKind::Mean,
        };
        row.pairs(&self.columns.rules)
    }

    /// The answers of a stratum by what they count towards a row.
    fn scored(&self, scores: &Scores, stratum: &Stratum) -> Option<Vec<(f64, Count)>> {
        self.scored_counts(scores, self.counts(stratum)?)
    }

    /// Answers by what they count towards a row.
    pub(super) fn scored_counts(&self, scores: &Scores, counts: &Counts) -> Option<Vec<(f64, Count)>> {
        match (scores, counts) {
            (Scores::Headline(headline), _) => scored_answers(&self.rows.question, *headline, counts),
            (Scores::Among(places), Counts::Single(counts)) => {
                let of = |index: usize| counts.points.get(index).copied().unwrap_or_default();
                let hits = places.iter().fold(Count::default(), |sum, place| sum.and(of(*place)));
                let all = counts.points.iter().fold(Count::default(), |sum, count| sum.and(*count));
                Some(vec![(0.0, all.less(hits)), (1.0, hits)])
            }
            (Scores::Among(places), Counts::Multiple(counts)) => {
                let [place] = places.as_slice() else { return None };
                let hits = counts.options.get(*place).copied().unwrap_or_default();
                Some(vec![(0.0, counts.answered.less(hits)), (1.0, hits)])
            }
            _ => None,
        }
    }

    fn cell_hidden(&self, place: usize, column: Option<usize>) -> Option<Flag> {
        // Nets of a segment whose values are hidden would give them away.
        let is_net = !self.hiding.cells.is_empty() && place >= self.names().len();
        self.hiding.cells.get(&(place, column)).copied().or(is_net.then_some(Flag::Complementary))
    }

    fn cell(
        &self,
        place: usize,
        (column, total): (&Filled, &Filled),
        index: Option<usize>,
        relations: Option<&Relations>,
    ) -> CrosstabCell {
        let key = index.map_or_else(|| TOTAL.to_owned(), |index| key(&self.columns.all[index]));
        let (figure, of_total) = (&column.rows[place], &total.rows[place]);
        let hidden = column.flag.filter(|flag| is_hidden(*flag)).or_else(|| self.cell_hidden(place, index));
        let mut cell = CrosstabCell {
            row: of_total.row.key.clone(),
            column: key,
            count: None,
            count_weighted: None,
            percent: None,
            low: None,
            high: None,
            base_effective: None,
            row_percent: None,
            total_percent: None,
            relative_index: None,
            adjusted_residual: None,
            letters: String::new(),
            p: None,
            verdict: None,
            flag: hidden,
        };
        if hidden.is_some() {
            return cell;
        }
        let Estimate { value, low, high, base_effective, flag, .. } = &figure.estimate;
        (cell.percent, cell.low, cell.high) = (*value, *low, *high);
        (cell.base_effective, cell.flag) = (*base_effective, *flag);
        let rest = index.and_then(|_| column.rest[place].as_ref());
        // Of a hidden total nothing can be said that stands beside it.
        let total_hidden = self.cell_hidden(place, None).is_some();
        if let Some(count) = figure.count {
            cell.count = Some(count.n);
            cell.count_weighted = rounded(count.w);
            let share = |of: f64| if of > 0.0 { rounded(100.0 * count.w / of) } else { None };
            let row = of_total.count.unwrap_or_default();
            cell.total_percent = share(total.base.w);
            if !total_hidden {
                cell.row_percent = share(row.w);
                let index = value.zip(of_total.estimate.value).filter(|(_, all)| *all > 0.0);
                cell.relative_index = index.and_then(|(value, all)| rounded(100.0 * value / all));
            }
            if index.is_some() && !total_hidden {
                let per_weight = if total.base.w > 0.0 { total.kish / total.base.w } else { 0.0 };
                let [count, row, base, all] =
                    [count.w, row.w, column.base.w, total.base.w].map(|w| w * per_weight);
                cell.adjusted_residual = adjusted_residual(count, row, base, all).and_then(rounded);
            }
        }
        if !total_hidden {
            let sides = figure.side.as_ref().zip(rest);
            let related = relations.zip(index).and_then(|(relations, index)| relations.of_rest(index));
            let rules = self.columns.rules.of_related(related);
            let difference = sides.and_then(|(side, rest)| contrast_by(rest, side, &rules));
            cell.p = difference.and_then(|difference| difference.p);
        }
        cell
    }

    fn column(filled: &Filled, column: &Column, key: &str, letter: Option<&String>) -> CrosstabColumn {
        let labels: Vec<&str> = column.values.iter().map(|value| value.label.as_str()).collect();
        let shown = !filled.flag.is_some_and(is_hidden);
        CrosstabColumn {
            key: key.to_owned(),
            values: column.values.iter().map(|value| value.key.clone()).collect(),
            label: labels.join(" × "),
            letter: letter.cloned(),
            base: shown.then_some(filled.base.n),
            base_weighted: if shown { rounded(filled.base.w) } else { None },
            base_effective: if shown { rounded(filled.kish) } else { None },
            flag: filled.flag,
        }
    }

    /// The tests of the table over the columns that are shown: hidden ones tell nothing.
    fn tests(
        &self,
        total: &Filled,
        filled: &[Filled],
    ) -> Result<(Option<crate::report::TableTest>, Vec<crate::report::TableTest>), Unfit> {
        // One row that outweighs all others makes a sample of one.
        if self.scorer.counted.weighted && total.kish < RANKED_FROM {
            return Ok((None, Vec::new()));
        }
        let is_shown =
            |column: &(usize, &Filled)| column.1.base.n > 0 && !column.1.flag.is_some_and(is_hidden);
        let hides_cells = !self.hiding.cells.is_empty();
        let shown: Vec<(usize, &Filled)> = filled.iter().enumerate().filter(is_shown).collect();
        let categories = total.rows.iter().filter(|figure| figure.row.kind == CrosstabRowKind::Category);
        let places = categories.filter_map(|figure| match &figure.scores {
            Scores::Among(places) => places.first().copied(),
            _ => None,
        });
        let question = &self.rows.question;
        let table = Tabulated {
            counted: self.scorer.counted,
            design: self.scorer.design,
            whole: self.columns.total,
            columns: shown.iter().map(|(index, _)| &*self.columns.all[*index].stratum).collect(),
            tally: self.rows.stub.tally,
            categories: places.collect(),
            ordered: question.scale.is_some()
                && matches!(self.counts(self.columns.total), Some(Counts::Single(_))),
            several_answers: matches!(self.counts(self.columns.total), Some(Counts::Multiple(_))),
            overlapping: self.columns.banner.overlaps() || hides_cells,
            design_rows: self.scorer.context(self.columns.total).design_rows,
            confidence: self.columns.rules.confidence,
        };
        let is_tested = |figure: &RowFigure| match figure.row.kind {
            CrosstabRowKind::Mean => figure.row.key != "index",
            CrosstabRowKind::Balance => true,
            CrosstabRowKind::Category => table.several_answers,
            CrosstabRowKind::Net => false,
        };
        // Of many columns of a drawn sample it is not known how all of them move together.
        let is_known =
            shown.len() <= MOST_RELATED || !self.scorer.design.is_some_and(DesignVariance::is_drawn);
        let rows: Vec<table_tests::Tested> = total
            .rows
            .iter()
            .enumerate()
            .filter(|_| is_known)
            .map(|(place, figure)| table_tests::Tested {
                key: &figure.row.key,
                kind: figure.row.kind,
                sides: shown
                    .iter()
                    .filter_map(|(index, column)| Some((*index, column.rows[place].side.as_ref()?)))
                    .collect(),
                relations: is_tested(figure).then(|| self.relations(&figure.scores, false)).flatten(),
                answers: if figure.row.kind == CrosstabRowKind::Mean {
                    let strata = shown.iter().map(|(index, _)| &self.columns.all[*index].stratum);
                    strata.filter_map(|stratum| self.scored(&figure.scores, stratum)).collect()
                } else {
                    Vec::new()
                },
            })
            .collect();
        table.tests(&rows, self.ask.test)
    }
}

impl Stub {
    /// The segment of the rows, if it is one.
    pub(super) fn segment(&self) -> Option<&str> {
        matches!(self.of, Subject::Segment(_)).then_some(self.id.as_str())
    }
}

/// The values joined.
pub(super) fn key(column: &Column) -> String {
    let keys: Vec<&str> = column.values.iter().map(|value| value.key.as_str()).collect();
    keys.join(" × ")
}

fn total_column(total: &Filled) -> CrosstabColumn {
    CrosstabColumn {
        key: TOTAL.to_owned(),
        values: Vec::new(),
        label: "Total".to_owned(),
        letter: None,
        base: Some(total.base.n),
        base_weighted: rounded(total.base.w),
        base_effective: rounded(total.kish),
        flag: total.flag,
    }
}
