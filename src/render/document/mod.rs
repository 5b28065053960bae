//! What a reader is shown, before it is laid out: blocks of tables and sentences in reading order.
//!
//! The terminal and Markdown write the same document. It picks figures by their `headline` flag and puts them in the
//! survey's order; the texts come from `report::words`.

mod account;
mod breakdown;
mod cell;
mod checklist;
mod comparison;
mod complaints;
mod constructs;
mod detail;
mod drivers;
mod exclusions;
mod gaps;
mod gates;
mod indicators;
mod kano;
mod lookup;
mod presented;
mod priorities;
mod promises;
mod scores;
mod story;
mod trend;
mod weights;

use super::Subject;
use super::banner::{BannerExtent, BannerTable, stubs};
use crate::report::words::Speech;
use crate::report::{DocumentSection, PageSection, Report, Section, words};
use lookup::Lookup;
use presented::Presented;
use story::Story;

pub(super) use cell::{Bar, Cell, Interval, Name, Tone};

/// Columns of a banner beyond these are shown only where everything is asked for.
const MOST_COLUMNS: usize = 60;

/// The blocks in reading order.
pub(super) struct Document {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
}

/// One block.
pub(super) enum Block {
    /// What, which wave, how many: the first line.
    Title(Vec<String>),
    /// The heading of what follows.
    Heading(String),
    /// A table.
    Table(Table),
    /// One stub by its banners.
    Banner(Box<BannerTable>),
    /// Sentences about the block before.
    Legend(Vec<String>),
    /// Sentences that stand by themselves.
    Sentences(Vec<String>),
}

/// A table whose first `keys` columns name the row.
pub(super) struct Table {
    /// How many columns name the row; repeated where the others do not fit side by side.
    pub(super) keys: usize,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// The rows, each with one cell a column.
    pub(super) rows: Vec<Vec<Cell>>,
    /// What stands between two rows.
    pub(super) subheading: Option<Subheading>,
    /// Whether a name that several rows have is read once, where the eye sees the rows below each other.
    pub(super) names_once: bool,
}

impl Table {
    /// A table without a subheading.
    fn new(keys: usize, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { keys, columns, rows, subheading: None, names_once: false }
    }

    /// The same, with names read once.
    fn with_names_once(self) -> Self {
        Self { names_once: true, ..self }
    }

    /// Takes out the columns in which no row has anything; those that name the rows stay.
    fn without_empty_columns(mut self) -> Self {
        for at in (self.keys..self.columns.len()).rev() {
            let is_empty = |row: &Vec<Cell>| row.get(at).is_none_or(Cell::is_empty);
            if !self.rows.is_empty() && self.rows.iter().all(is_empty) {
                self.columns.remove(at);
                for row in self.rows.iter_mut().filter(|row| at < row.len()) {
                    row.remove(at);
                }
            }
        }
        self
    }
}

/// A heading within a table.
pub(super) struct Subheading {
    /// The row that follows it.
    pub(super) before: usize,
    /// The words.
    pub(super) text: String,
    /// What the bars below it stretch over, for where they are drawn.
    pub(super) range: Option<String>,
}

/// A column.
pub(super) struct Column {
    /// What several neighbouring columns have in common.
    pub(super) group: Option<Group>,
    /// The heading.
    pub(super) header: String,
    /// The heading where there is little room.
    pub(super) short_header: Option<&'static str>,
    /// Where cells stand.
    pub(super) align: Align,
    /// Whether it says how sure the column before it is, and never stands without it.
    pub(super) with_previous: bool,
}

impl Column {
    /// A column of texts.
    fn text(header: &str) -> Self {
        Self {
            group: None,
            header: header.to_owned(),
            short_header: None,
            align: Align::Left,
            with_previous: false,
        }
    }

    /// A column of numbers.
    fn number(header: &str) -> Self {
        Self {
            group: None,
            header: header.to_owned(),
            short_header: None,
            align: Align::Right,
            with_previous: false,
        }
    }

    /// A column of intervals.
    fn interval(confidence: f64) -> Self {
        let header = words::heading::interval(confidence);
        Self { short_header: Some(words::heading::INTERVAL), with_previous: true, ..Self::text(&header) }
    }

    /// The same column in a group.
    fn of(mut self, group: &Group) -> Self {
        self.group = Some(group.clone());
        self
    }
}

/// What neighbouring columns have in common; two groups may have the same title, as questions may the same wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Which of the groups it is.
    pub(super) number: usize,
    /// The title over its columns.
    pub(super) title: Name,
}

/// Where cells stand in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// What the document is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// Everything that is known, not only the first screen.
    pub(super) explain: bool,
    /// Whether the reader can ask for more (a terminal) or should have the ledger at once (a file).
    pub(super) interactive: bool,
}

/// The document of a report.
pub(super) fn document(report: &Report, subject: Subject, extent: Extent) -> Document {
    match subject {
        Subject::Scores => scores_document(report, extent),
        Subject::Trend => trend_document(report, extent),
        Subject::Comparison => comparison_document(report, extent),
        Subject::Gates => Document { blocks: gates::blocks(report) },
        Subject::Weights => Document { blocks: weights::blocks(report, extent) },
        Subject::Drivers => Document { blocks: drivers::document(report, extent) },
        Subject::Kano => Document { blocks: kano::document(report, extent) },
        Subject::Gaps => Document { blocks: gaps::document(report, extent) },
        Subject::Complaints => Document { blocks: complaints::document(report, extent) },
        Subject::Indicators => Document { blocks: indicators::document(report, extent) },
        Subject::Promises => Document { blocks: promises::document(report, extent) },
        Subject::Disputes => Document { blocks: complaints::disputes(report, extent) },
    }
}

/// How headlines moved.
fn trend_document(report: &Report, extent: Extent) -> Document {
    let lookup = Lookup::new(report);
    let story = Story::new(&lookup, extent.explain);
    let mut blocks = vec![account::title(report)];
    blocks.extend(trend::blocks(&lookup, &story, extent));
    blocks.extend(account::sentences(report, &story, extent));
    if extent.explain {
        blocks.extend(account::provenance(report));
    }
    Document { blocks }
}

/// Two sides against each other.
fn comparison_document(report: &Report, extent: Extent) -> Document {
    let lookup = Lookup::new(report);
    let story = Story::new(&lookup, true);
    let mut blocks = vec![account::title(report)];
    if let (Block::Title(pieces), Some(title)) = (&mut blocks[0], comparison::title(report)) {
        pieces.insert(1, title);
    }
    blocks.extend(comparison::blocks(&lookup, extent));
    blocks.extend(account::sentences(report, &story, extent));
    if extent.explain {
        blocks.extend(account::provenance(report));
    }
    Document { blocks }
}

/// The scores.
fn scores_document(report: &Report, extent: Extent) -> Document {
    let lookup = Lookup::new(report);
    let mut blocks = vec![account::title(report)];
    let presented = Presented::of(report);
    blocks.extend(presented.before);
    let banners = banners(report, extent);
    if report.estimates.is_empty()
        && !report.sections.iter().any(|section| matches!(section, Section::Kano(_)))
        && banners.is_empty()
        && !report.notes.iter().any(|note| note.code == "nothing_to_score")
    {
        blocks.push(Block::Sentences(vec![words::nothing_to_score().to_owned()]));
    }
    let story = Story::new(&lookup, extent.explain);
    let is_asked = |parts: &[PageSection]| is_asked(report, parts);
    if banners.is_empty() && is_asked(&SCORES) {
        blocks.extend(scores::blocks(&lookup));
        blocks.extend(breakdown::blocks(&lookup, &story, extent));
        if extent.explain {
            blocks.extend(detail::blocks(&lookup));
        }
    }
    if is_asked(&[PageSection::Kano]) {
        blocks.extend(kano::blocks(&lookup, extent));
    }
    if is_asked(&[PageSection::Constructs]) {
        blocks.extend(constructs::blocks(&lookup, extent));
    }
    if is_asked(&[PageSection::Priorities]) {
        blocks.extend(priorities::blocks(&lookup));
    }
    blocks.extend(presented.behind);
    blocks.extend(checklist::blocks(report, extent));
    // Where there are banner tables, they hold the scores.
    blocks.extend(banners);
    blocks.extend(exclusions::blocks(&lookup));
    blocks.extend(account::sentences(report, &story, extent));
    if extent.explain || !extent.interactive {
        blocks.extend(account::ledger(report));
    }
    if extent.explain {
        blocks.extend(account::provenance(report));
    }
    Document { blocks }
}

/// The parts of a page whose figures are the scores.
const SCORES: [PageSection; 4] =
    [PageSection::Glance, PageSection::Groups, PageSection::Distributions, PageSection::Tables];

/// Whether any of these parts is to be shown: all are, unless the report lists its parts.
fn is_asked(report: &Report, parts: &[PageSection]) -> bool {
    let mut documents = report.sections.iter().filter_map(|section| match section {
        Section::Document(document) => Some(document),
        _ => None,
    });
    documents.all(|document| {
        document.sections.is_empty() || document.sections.iter().any(|part| parts.contains(part))
    })
}

/// Every stub by its banners, each under its wording.
fn banners(report: &Report, extent: Extent) -> Vec<Block> {
    let speech = Speech::new(&DocumentSection::default());
    let written = stubs(report).into_iter().flat_map(|stub| {
        let most_columns = (!extent.explain).then_some(MOST_COLUMNS);
        let table = stub.table(report, &speech, BannerExtent { details: extent.explain, most_columns });
        [Block::Heading(table.title.clone()), Block::Banner(Box::new(table))]
    });
    written.collect()
}
