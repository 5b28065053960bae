//! What a reader of the report page is shown, in reading order and in the language of the report, before any format.
//!
//! HTML, PDF, XLSX and the Markdown report write the same [`Page`]. Every text is plain text as the survey wrote it:
//! each format escapes for itself. Every number stands beside its text, so that a workbook has numbers and a page
//! has words. Nothing is computed here: figures are picked from the report and put into order.

mod axis;
mod banners;
mod cell;
mod checklist;
mod clauses;
mod comparison;
mod complaints;
mod constructs;
mod context;
mod disputes;
mod distributions;
mod drivers;
mod findings;
mod gaps;
mod gates;
mod glance;
mod groups;
mod head;
mod indicators;
mod joined;
mod kano;
mod method;
mod placed;
mod plane;
mod priorities;
mod promises;
mod quality;
#[cfg(test)]
pub(crate) mod sample;
mod scores;
mod tables;
#[cfg(test)]
mod tests;
mod trend;
mod weighting;

use super::banner::BannerTable;
use super::chart::Chart;
use crate::report::{PageSection, Report};
use context::Context;
pub(crate) use joined::JoinedLimits;
pub(crate) use placed::Placed;

/// The parts that say again what banner tables say.
const ABOUT_SCORES: [&str; 7] =
    ["glance", "findings", "trend", "groups", "distributions", "tables", "clauses"];

/// The parts that banner tables stand before.
const AFTER_TABLES: [&str; 4] = ["method", "quality", "tables", "clauses"];

/// A report as a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// The language's code, as in `lang`.
    pub(crate) language: &'static str,
    /// The title.
    pub(crate) title: String,
    /// The day of the report, `2026-10-05`.
    pub(crate) as_of: String,
    /// Under the title: wave, answers, date.
    pub(crate) subtitle: Vec<String>,
    /// The logo as a data URI with the words for those who do not see it.
    pub(crate) logo: Option<(String, String)>,
    /// The accent colour, `#rrggbb`.
    pub(crate) accent: Option<String>,
    /// Prepared by, document number and the like: label and text.
    pub(crate) facts: Vec<(String, String)>,
    /// The parts in order.
    pub(crate) parts: Vec<Part>,
    /// The scores of the cards with their numbers, for formats that write tables.
    pub(crate) scores: Table,
    /// The last lines: versions and date.
    pub(crate) footer: Vec<String>,
    /// Words that the formats themselves need.
    pub(crate) words: PageWords,
}

impl Page {
    /// The page of a report, as its document section asks for it.
    pub(crate) fn of(report: &Report) -> Self {
        let context = Context::new(report);
        let mut parts: Vec<Part> =
            context.parts().into_iter().filter_map(|part| part_of(&context, part)).collect();
        if let Some(part) = banners::part(&context) {
            // The tables hold the scores and are what the page is about.
            parts.retain(|part| !ABOUT_SCORES.contains(&part.id));
            let place = parts.iter().position(|part| AFTER_TABLES.contains(&part.id)).unwrap_or(parts.len());
            parts.insert(place, part);
        }
        if let Some(part) = comparison::part(&context) {
            parts.insert(0, part);
        }
        // What the appendix says of the others is known once they are all there.
        let appendix = PageSection::Clauses.name();
        if let Some(place) = parts.iter().position(|part| part.id == appendix) {
            parts[place].blocks = clauses::blocks(&context, &parts);
        }
        parts.iter_mut().for_each(Part::drop_empty_columns);
        head::page(&context, parts)
    }
}

/// The part on complaints alone, with limits in one column, for views of nothing else; none without complaints.
pub(crate) fn complaints(report: &Report) -> Option<Part> {
    let context = Context::new(report);
    complaints::section(&context)?;
    let mut part = part_of(&context, PageSection::Complaints)?;
    part.drop_empty_columns();
    part.join_limits();
    Some(part)
}

/// The part on disputes alone, with limits in one column, for views of nothing else; none without disputes.
pub(crate) fn disputes(report: &Report) -> Option<Part> {
    let context = Context::new(report);
    disputes::section(&context)?;
    let mut part = part_of(&context, PageSection::Disputes)?;
    part.drop_empty_columns();
    part.join_limits();
    Some(part)
}

/// The part on indicators alone, with limits in one column, for views of nothing else; none without indicators.
pub(crate) fn indicators(report: &Report) -> Option<Part> {
    let context = Context::new(report);
    indicators::section(&context)?;
    let mut part = part_of(&context, PageSection::Indicators)?;
    part.drop_empty_columns();
    part.join_limits();
    Some(part)
}

/// The part on promises alone, with limits in one column, for views of nothing else; none without promises.
pub(crate) fn promises(report: &Report) -> Option<Part> {
    let context = Context::new(report);
    promises::section(&context)?;
    let mut part = part_of(&context, PageSection::Promises)?;
    part.drop_empty_columns();
    part.join_limits();
    Some(part)
}

/// The part on a checklist alone, with a row for every item or without; none without a checklist.
pub(crate) fn checklist(report: &Report, with_items: bool) -> Option<Part> {
    let context = Context::new(report);
    let section = checklist::section(&context)?;
    let mut part = part_of(&context, PageSection::Checklist)?;
    if !with_items {
        let items = checklist::items_title(&context, section);
        part.blocks.retain(|block| block.table().is_none_or(|table| table.caption != items));
    }
    part.drop_empty_columns();
    Some(part)
}

/// A part with its heading; none where it has nothing to say and was not asked for.
fn part_of(context: &Context, section: PageSection) -> Option<Part> {
    let texts = &context.phrases().parts;
    let (title, blocks) = match section {
        PageSection::Glance => (texts.glance, glance::blocks(context)),
        PageSection::Findings => (texts.findings, findings::blocks(context)),
        PageSection::Trend => (texts.trend, trend::blocks(context)),
        PageSection::Groups => (texts.groups, groups::blocks(context)),
        PageSection::Distributions => (texts.distributions, distributions::blocks(context)),
        PageSection::Gaps => (texts.gaps, or_say(context, section, gaps::blocks(context))),
        PageSection::Kano => (texts.kano, or_say(context, section, kano::blocks(context))),
        PageSection::Constructs => (texts.constructs, or_say(context, section, constructs::blocks(context))),
        PageSection::Drivers => (texts.drivers, or_say(context, section, drivers::blocks(context))),
        PageSection::Priorities => (texts.priorities, or_say(context, section, priorities::blocks(context))),
        PageSection::Complaints => (texts.complaints, or_say(context, section, complaints::blocks(context))),
        PageSection::Indicators => (texts.indicators, or_say(context, section, indicators::blocks(context))),
        PageSection::Checklist => (texts.checklist, or_say(context, section, checklist::blocks(context))),
        PageSection::Promises => (texts.promises, or_say(context, section, promises::blocks(context))),
        PageSection::Disputes => (texts.disputes, or_say(context, section, disputes::blocks(context))),
        PageSection::Tables => (texts.tables, tables::blocks(context)),
        PageSection::Method => (texts.method, method::blocks(context)),
        PageSection::Quality => (texts.quality, or_say(context, section, quality::blocks(context))),
        PageSection::Weighting => (texts.weighting, or_say(context, section, weighting::blocks(context))),
        PageSection::Clauses => (texts.clauses, Vec::new()),
    };
    if blocks.is_empty() && section != PageSection::Clauses {
        return None;
    }
    let clause = clauses::of_part(context, section);
    Some(Part { id: section.name(), title: title.to_owned(), clause, blocks })
}

/// What a part has to say; where it is empty and was asked for by name, that it is.
fn or_say(context: &Context, section: PageSection, blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.is_empty() || !context.is_asked_for(section) {
        return blocks;
    }
    let phrases = context.phrases();
    let text = match section {
        PageSection::Gaps => phrases.gaps.none,
        PageSection::Kano => phrases.kano.none,
        PageSection::Constructs => phrases.constructs.none,
        PageSection::Drivers => phrases.drivers.none,
        PageSection::Complaints => phrases.complaints.none,
        PageSection::Indicators => phrases.indicators.none,
        PageSection::Checklist => phrases.checklist.none,
        PageSection::Promises => phrases.promises.none,
        PageSection::Disputes => phrases.disputes.none,
        PageSection::Quality => phrases.quality.none,
        PageSection::Weighting => phrases.weighting.none,
        _ => phrases.priorities.none,
    };
    vec![Block::Text(vec![text.to_owned()])]
}

/// An anchor of `a-z0-9-` from names of any letters; a name that has none of them is left to the others.
fn anchor(names: &[&str]) -> String {
    let pieces = names.iter().map(|name| {
        let mut piece = String::new();
        for character in name.chars() {
            if character.is_ascii_alphanumeric() {
                piece.push(character.to_ascii_lowercase());
            } else if !piece.ends_with('-') && !piece.is_empty() {
                piece.push('-');
            }
        }
        piece.trim_end_matches('-').to_owned()
    });
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<String>>().join("-")
}

/// Words that the formats themselves need, in the language of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageWords {
    /// The table of contents.
    pub(crate) contents: &'static str,
    /// What opens the table behind a chart.
    pub(crate) show_table: &'static str,
    /// Before the number of a page.
    pub(crate) page: &'static str,
    /// The link that skips to the content.
    pub(crate) skip: &'static str,
    /// The sheet of all tests.
    pub(crate) tests: &'static str,
    /// The sheet of all figures.
    pub(crate) figures: &'static str,
    /// The link back to the table of contents.
    pub(crate) back: &'static str,
    /// On paper, that folded tables are left out and where their figures are.
    pub(crate) folded: &'static str,
}

/// A part of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// The anchor, such as `glance`; stable.
    pub(crate) id: &'static str,
    /// The heading.
    pub(crate) title: String,
    /// The clause that the part addresses, such as `addresses ISO 10004:2018, 7.4.6`.
    pub(crate) clause: Option<String>,
    /// The blocks in order.
    pub(crate) blocks: Vec<Block>,
}

impl Part {
    /// Takes out the columns of its tables in which no row has anything.
    fn drop_empty_columns(&mut self) {
        for block in &mut self.blocks {
            match block {
                Block::Table(table) => table.drop_empty_columns(),
                Block::Figure(figure) => figure.table.drop_empty_columns(),
                _ => {}
            }
        }
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading within the part.
    Heading(String),
    /// Paragraphs.
    Text(Vec<String>),
    /// Headline scores.
    Cards(Vec<Card>),
    /// Findings: the first clause states the tested verdict.
    Findings(Vec<Claim>),
    /// A chart with its table.
    Figure(Box<Figure>),
    /// A table by itself.
    Table(Table),
    /// One stub by its banners.
    Banner(Box<BannerTable>),
    /// Anchors of what follows, with their titles.
    Contents(Vec<(String, String)>),
    /// Labels and texts, such as provenance.
    Facts(Vec<(String, String)>),
    /// Caveats; true where the reader should think before using a figure.
    Notes(Vec<(bool, String)>),
}

impl Block {
    /// The table of the block, or the one behind its chart.
    fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Figure(figure) => Some(&figure.table),
            _ => None,
        }
    }

    /// A table under a heading of its name, with sentences between.
    fn titled(table: Table, sentences: Vec<String>) -> Vec<Self> {
        vec![Self::Heading(table.caption.clone()), Self::Text(sentences), Self::Table(table)]
    }
}

/// One headline score.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Card {
    /// The question's wording.
    pub(crate) name: String,
    /// What the figure is, such as `NPS` or `4 or 5 of 1 to 5`.
    pub(crate) definition: String,
    /// The figure: `65.9 %`, `+31`.
    pub(crate) value: String,
    /// The interval: `57.1 to 73.6`, or why there is none.
    pub(crate) interval: String,
    /// The base: `123 answers`.
    pub(crate) base: String,
    /// The interval on the range of the scale, for drawing.
    pub(crate) strip: Option<Strip>,
    /// The change with its verdict: `+4 since 2026-Q2: no clear change (−3 to +11)`.
    pub(crate) change: Option<(String, Tone)>,
    /// The target with its verdict: `Target 70: cannot tell (57 to 74)`.
    pub(crate) target: Option<(String, Tone)>,
    /// What is to be known, such as a small base.
    pub(crate) flag: Option<String>,
}

/// Positions between 0 (the left end of the scale) and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Strip {
    /// The lower limit.
    pub(crate) low: f64,
    /// The figure.
    pub(crate) value: f64,
    /// The upper limit.
    pub(crate) high: f64,
    /// The target.
    pub(crate) target: Option<f64>,
}

/// Whether a word is good news; never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// On the good side.
    Good,
    /// On the bad side.
    Bad,
    /// Neither, or cannot tell.
    Plain,
}

/// A finding as a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// The first clause: the tested verdict.
    pub(crate) verdict: String,
    /// The rest: figures, intervals, what cannot be told.
    pub(crate) detail: String,
    /// Whether it is good news.
    pub(crate) tone: Tone,
}

/// A chart with everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// A name for anchors and files, such as `trend-recommend`; of `a-z0-9-` only, unique on the page.
    pub(crate) id: String,
    /// The title, which names the wave where it is not the report's.
    pub(crate) title: String,
    /// What is to be seen, in a sentence, for those who do not see it.
    pub(crate) description: String,
    /// Base and interval, inside the picture.
    pub(crate) note: String,
    /// The chart.
    pub(crate) chart: Chart,
    /// Its figures.
    pub(crate) table: Table,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// What it shows.
    pub(crate) caption: String,
    /// The columns.
    pub(crate) columns: Vec<Column>,
    /// The rows, each with one cell a column; the first column names the row.
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Takes out the columns in which no row has anything; the first one names the rows and stays, and upper limits stay
    /// as long as lower ones do, which would else be read with the column behind them.
    pub(crate) fn drop_empty_columns(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let is_nothing =
            |row: &Vec<Cell>, place: usize| matches!(row.get(place), None | Some(Cell::Nothing(None)));
        let is_empty = |rows: &[Vec<Cell>], place: usize| rows.iter().all(|row| is_nothing(row, place));
        for place in (1..self.columns.len()).rev() {
            let is_upper = self.columns[place - 1].joined.as_ref().is_some_and(|joined| !joined.done);
            let may_go = !is_upper || is_empty(&self.rows, place - 1);
            if may_go && is_empty(&self.rows, place) {
                self.columns.remove(place);
                for row in &mut self.rows {
                    if place < row.len() {
                        row.remove(place);
                    }
                }
            }
        }
    }
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Column {
    /// The heading.
    pub(crate) header: String,
    /// Whether it holds numbers.
    pub(crate) numeric: bool,
    /// For a column of lower limits: how it is written in one with the upper limits behind it, where rows are read
    /// and not reckoned with.
    pub(crate) joined: Option<JoinedLimits>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// A long name in short, for a page where it would take a row of many lines; elsewhere in full.
    Shortened {
        /// The name in short.
        text: String,
        /// The name.
        full: String,
    },
    /// A number with its text.
    Number {
        /// The number.
        value: f64,
        /// How many decimals the text has.
        decimals: usize,
        /// Whether it is a percentage (of 100).
        percent: bool,
        /// Whether a plus is written.
        signed: bool,
        /// The text.
        text: String,
    },
    /// A verdict in words.
    Verdict(String, Tone),
    /// Nothing, with the reason in short if there is one.
    Nothing(Option<String>),
}
