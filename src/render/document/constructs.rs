//! What several questions measure together, in a terminal: indices, reliability, retests, a path model.

use super::lookup::Lookup;
use super::{Block, Cell, Column, Extent, Table};
use crate::report::words::{self, Speech, construct_sentences, heading, index_kind};
use crate::report::{
    DocumentSection, Flag, IndexRow, PathModelSection, ReliabilitySection, RetestRow, Section,
};

pub(super) fn blocks(lookup: &Lookup, extent: Extent) -> Vec<Block> {
    let speech = Speech::new(&DocumentSection::default());
    let sections = &lookup.report.sections;
    let named = |id: &str| lookup.called(id).to_owned();
    let said = construct_sentences(&speech, sections, &named);
    let view = View { lookup, extent, texts: &speech, confidence: lookup.report.survey.confidence };
    let texts = &speech.phrases().constructs;
    let mut blocks = Vec::new();
    let mut scales: Vec<&ReliabilitySection> = Vec::new();
    for section in sections {
        match section {
            Section::Indices(indices) => {
                blocks.push(Block::Heading(texts.index_title.to_owned()));
                blocks.push(Block::Table(view.indices(&indices.rows)));
                blocks.push(legend(texts.about_index, &said.indices));
            }
            Section::Reliability(section) => scales.push(section),
            _ => {}
        }
    }
    if !scales.is_empty() {
        blocks.push(Block::Heading(texts.alpha_title.to_owned()));
        blocks.push(Block::Table(view.scales(&scales)));
        blocks.push(legend(texts.about_alpha, &said.reliability));
        if extent.explain {
            blocks.push(Block::Heading(texts.items_title.to_owned()));
            blocks.push(Block::Table(view.items(&scales)));
        }
    }
    for section in sections {
        match section {
            Section::Retests(retests) => {
                blocks.push(Block::Heading(texts.retest_title.to_owned()));
                blocks.push(Block::Table(view.retests(&retests.rows)));
                blocks.push(legend(texts.about_retest, &[]));
            }
            Section::PathModel(model) => {
                blocks.push(Block::Heading(texts.path_title.to_owned()));
                if !model.paths.is_empty() {
                    blocks.push(Block::Table(view.paths(model)));
                    blocks.push(Block::Heading(texts.explained_title.to_owned()));
                    blocks.push(Block::Table(view.explained(model)));
                    if extent.explain {
                        blocks.push(Block::Heading(texts.loadings_title.to_owned()));
                        blocks.push(Block::Table(view.loadings(model)));
                    }
                }
                blocks.push(legend(texts.about_path, &said.path_model));
            }
            _ => {}
        }
    }
    blocks
}

fn legend(about: &str, said: &[String]) -> Block {
    Block::Legend(std::iter::once(about.to_owned()).chain(said.iter().cloned()).collect())
}

/// How the tables are shown.
struct View<'a> {
    lookup: &'a Lookup<'a>,
    extent: Extent,
    texts: &'a Speech,
    confidence: f64,
}

impl View<'_> {
    fn indices(&self, rows: &[IndexRow]) -> Table {
        let texts = &self.texts.phrases().constructs;
        let mut columns = vec![
            Column::text(texts.construct),
            Column::text(texts.kind),
            Column::number(texts.index),
            Column::interval(self.confidence),
            Column::number(texts.equal),
        ];
        if self.extent.explain {
            columns.push(Column::text(texts.weights));
        }
        columns.push(Column::number(heading::BASE));
        let rows = rows.iter().map(|row| {
            let mut cells = vec![
                Cell::from(row.label.as_str()),
                Cell::from(index_kind(self.texts, &row.index)),
                self.figure(row.value, 1, row.flag),
                limits(row.low, row.high, 1, false),
                number(row.equal_weights, 1),
            ];
            if self.extent.explain {
                let weight = |(id, weight): (&String, &f64)| {
                    format!("{} {}", self.lookup.called(id), words::fixed(*weight, 2, false))
                };
                cells.push(Cell::from(row.weights.iter().map(weight).collect::<Vec<_>>().join(", ")));
            }
            cells.push(base(row.respondents, row.flag));
            cells
        });
        Table::new(1, columns, rows.collect())
    }

    fn scales(&self, scales: &[&ReliabilitySection]) -> Table {
        let texts = &self.texts.phrases().constructs;
        let mut columns = vec![
            Column::text(texts.construct),
            Column::number(texts.items),
            Column::number(texts.alpha),
            Column::interval(self.confidence),
            Column::number(texts.omega),
        ];
        if self.extent.explain {
            columns.extend([texts.standardised, texts.halves, texts.extracted].map(Column::number));
        }
        columns.push(Column::number(heading::BASE));
        let rows = scales.iter().map(|section| {
            let mut cells = vec![
                Cell::from(section.label.as_str()),
                Cell::from(section.items.len().to_string()),
                self.figure(section.alpha, 2, section.flag),
                limits(section.low, section.high, 2, false),
                number(section.omega, 2),
            ];
            if self.extent.explain {
                let more =
                    [section.standardized_alpha, section.split_half, section.average_variance_extracted];
                cells.extend(more.map(|value| number(value, 2)));
            }
            cells.push(base(section.base, section.flag));
            cells
        });
        Table::new(1, columns, rows.collect())
    }

    fn items(&self, scales: &[&ReliabilitySection]) -> Table {
        let texts = &self.texts.phrases().constructs;
        let columns = vec![
            Column::text(texts.construct),
            Column::text(heading::QUESTION),
            Column::number(texts.item_rest),
            Column::number(texts.without),
            Column::number(texts.loading),
        ];
        let known = scales.iter().filter(|section| section.alpha.is_some());
        let rows = known.flat_map(|section| {
            section.rows.iter().map(|row| {
                vec![
                    Cell::from(section.label.as_str()),
                    Cell::from(self.lookup.called(&row.question)),
                    number(row.item_rest, 2),
                    number(row.alpha_if_dropped, 2),
                    number(row.loading, 2),
                ]
            })
        });
        Table::new(2, columns, rows.collect())
    }

    fn retests(&self, rows: &[RetestRow]) -> Table {
        let texts = &self.texts.phrases().constructs;
        let columns = vec![
            Column::text(heading::QUESTION),
            Column::text(texts.again),
            Column::number(texts.same),
            Column::number(texts.kappa),
            Column::interval(self.confidence),
            Column::number(texts.icc),
            Column::interval(self.confidence),
            Column::number(heading::BASE),
        ];
        let rows = rows.iter().map(|row| {
            let same = row.agreement.map(|share| format!("{} %", words::fixed(100.0 * share, 0, false)));
            vec![
                Cell::from(self.lookup.called(&row.question)),
                Cell::from(self.lookup.called(&row.retest)),
                Cell::from(same.unwrap_or_default()),
                self.figure(row.kappa, 2, row.flag),
                limits(row.kappa_low, row.kappa_high, 2, false),
                number(row.icc, 2),
                limits(row.icc_low, row.icc_high, 2, false),
                base(row.base, row.flag),
            ]
        });
        Table::new(2, columns, rows.collect())
    }

    fn paths(&self, model: &PathModelSection) -> Table {
        let texts = &self.texts.phrases().constructs;
        let columns = vec![
            Column::text(texts.path),
            Column::number(texts.coefficient),
            Column::interval(self.confidence),
            Column::number(heading::BASE),
        ];
        let rows = model.paths.iter().map(|path| {
            vec![
                Cell::from(format!("{} → {}", label(model, &path.from), label(model, &path.to))),
                Cell::from(words::fixed(path.coefficient, 2, true)),
                limits(path.low, path.high, 2, true),
                base(model.base, model.flag),
            ]
        });
        Table::new(1, columns, rows.collect())
    }

    fn explained(&self, model: &PathModelSection) -> Table {
        let texts = &self.texts.phrases().constructs;
        let columns = vec![
            Column::text(texts.construct),
            Column::number(texts.r2),
            Column::interval(self.confidence),
            Column::number(texts.extracted),
            Column::number(texts.composite),
        ];
        let rows = model.constructs.iter().map(|construct| {
            vec![
                Cell::from(construct.label.as_str()),
                number(construct.r2, 2),
                limits(construct.r2_low, construct.r2_high, 2, false),
                number(construct.average_variance_extracted, 2),
                number(construct.composite_reliability, 2),
            ]
        });
        Table::new(1, columns, rows.collect())
    }

    fn loadings(&self, model: &PathModelSection) -> Table {
        let texts = &self.texts.phrases().constructs;
        let columns = vec![
            Column::text(texts.construct),
            Column::text(heading::QUESTION),
            Column::number(texts.weight),
            Column::number(texts.loading),
            Column::interval(self.confidence),
        ];
        let rows = model.items.iter().map(|item| {
            vec![
                Cell::from(label(model, &item.construct)),
                Cell::from(self.lookup.called(&item.question)),
                number(Some(item.weight), 2),
                number(Some(item.loading), 2),
                limits(item.loading_low, item.loading_high, 2, false),
            ]
        });
        Table::new(2, columns, rows.collect())
    }

    /// A figure, or why there is none.
    fn figure(&self, value: Option<f64>, decimals: usize, flag: Option<Flag>) -> Cell {
        let hidden = flag.filter(|flag| !matches!(flag, Flag::SmallBase));
        Cell::from(match (value, hidden) {
            (Some(value), _) => words::fixed(value, decimals, false),
            (None, Some(flag)) => self.lookup.flag(flag),
            (None, None) => words::NO_FIGURE.to_owned(),
        })
    }
}

fn label<'a>(model: &'a PathModelSection, id: &'a str) -> &'a str {
    model.constructs.iter().find(|known| known.construct == id).map_or(id, |known| &known.label)
}

fn number(value: Option<f64>, decimals: usize) -> Cell {
    Cell::from(value.map_or_else(String::new, |value| words::fixed(value, decimals, false)))
}

fn limits(low: Option<f64>, high: Option<f64>, decimals: usize, signed: bool) -> Cell {
    let text = low.zip(high).map(|(low, high)| {
        format!("{} to {}", words::fixed(low, decimals, signed), words::fixed(high, decimals, signed))
    });
    Cell::from(text.unwrap_or_default())
}

fn base(base: Option<u64>, flag: Option<Flag>) -> Cell {
    let digits = base.map_or_else(String::new, words::count);
    Cell::from(if flag == Some(Flag::SmallBase) { digits + "*" } else { digits })
}
