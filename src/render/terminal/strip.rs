//! What becomes one column of the terminal's grid: a column of the document, or the columns of one score together.

use super::bar::draw;
use super::layout::{Form, Naming};
use super::limits::Limits;
use super::text::{cut, cut_middle, longest_word, width, wrap};
use crate::render::document::{Align, Cell, Column, Name, Table, Tone};
use crate::render::escape::visible;

/// Between an id and the wording behind it.
pub(super) const BEHIND_ID: usize = 2;

/// Between a target and its verdict, padded to align with the rows above and below.
const BEFORE_VERDICT: usize = 2;

/// The head of a score takes so many lines at most, or its id stands there.
const HEAD_LINES: usize = 2;

/// Words up to this are not broken where a column wraps.
const LONGEST_WHOLE: usize = 24;

/// One column of the grid.
pub(super) struct Strip {
    header: String,
    short_header: String,
    pub(super) align: Align,
    pub(super) content: Content,
    /// Whether it never stands without the one before it.
    pub(super) with_previous: bool,
}

/// What its cells hold, with control characters made visible.
pub(super) enum Content {
    /// Words or numbers.
    Texts(Vec<String>),
    /// The names of the rows.
    Names(Vec<Label>),
    /// Limits and bars.
    Limits(Limits),
    /// Targets and verdicts.
    Verdicts(Vec<Verdict>),
    /// The columns of one score under its title.
    Score(String, Vec<Strip>),
}

/// The name of a row.
pub(super) struct Label {
    /// The wording with the statistic.
    pub(super) full: String,
    /// The id with the statistic.
    pub(super) id: String,
    /// The wording alone; empty where it is the id.
    pub(super) text: String,
}

/// A target and its verdict.
pub(super) struct Verdict {
    pub(super) target: String,
    pub(super) words: Option<(&'static str, Tone)>,
}

impl Strip {
    /// The columns of the grid of a table.
    pub(super) fn all(table: &Table) -> Vec<Self> {
        let mut strips: Vec<Self> = Vec::new();
        let mut titles: Vec<&Name> = Vec::new();
        let mut previous = None;
        for (at, column) in table.columns.iter().enumerate() {
            let strip = Self::new(table, at, column);
            let group = column.group.as_ref();
            match (group, strips.last_mut()) {
                (Some(_), Some(Self { content: Content::Score(_, members), .. })) if previous == group => {
                    members.push(strip);
                }
                (Some(group), _) => {
                    titles.push(&group.title);
                    strips.push(Self {
                        header: String::new(),
                        short_header: String::new(),
                        align: Align::Left,
                        with_previous: false,
                        content: Content::Score(String::new(), vec![strip]),
                    });
                }
                (None, _) => strips.push(strip),
            }
            previous = group;
        }
        title(&mut strips, &titles);
        strips
    }

    fn new(table: &Table, at: usize, column: &Column) -> Self {
        let cells: Vec<&Cell> = table.rows.iter().filter_map(|row| row.get(at)).collect();
        let content = match cells.iter().find(|cell| !matches!(cell, Cell::Text(_))) {
            Some(Cell::Name(_)) => Content::Names(cells.iter().map(|cell| label(cell)).collect()),
            Some(Cell::Verdict { .. }) => Content::Verdicts(cells.iter().map(|cell| verdict(cell)).collect()),
            Some(Cell::Interval(_)) => Content::Limits(Limits::new(&cells)),
            _ if at == 0 && table.names_once => Content::Texts(once(&cells)),
            _ => Content::Texts(cells.iter().map(|cell| text(cell)).collect()),
        };
        Self {
            header: visible(&column.header),
            short_header: column.short_header.map_or_else(|| visible(&column.header), str::to_owned),
            align: column.align,
            with_previous: column.with_previous,
            content,
        }
    }

    /// The width at which nothing wraps.
    pub(super) fn natural(&self, form: &Form) -> usize {
        let widest =
            |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| width(text)).max().unwrap_or(0);
        let header = self.header(form);
        match &self.content {
            Content::Texts(texts) => {
                let header = if self.align == Align::Right { longest_word(header) } else { width(header) };
                widest(&mut texts.iter()).max(header)
            }
            Content::Names(labels) => {
                let names = match form.naming {
                    Naming::Texts => widest(&mut labels.iter().map(|label| &label.full)),
                    Naming::Ids { text } => {
                        let behind = if text > 0 { BEHIND_ID + text } else { 0 };
                        widest(&mut labels.iter().map(|label| &label.id)) + behind
                    }
                    Naming::Cut(columns) | Naming::CutMiddle(columns) => columns,
                };
                names.max(width(header))
            }
            Content::Limits(limits) => limits.width(form).max(width(header)),
            Content::Verdicts(verdicts) => {
                let words = verdicts.iter().filter_map(|verdict| verdict.words);
                let words = words.map(|(words, _)| BEFORE_VERDICT + width(words)).max().unwrap_or(0);
                (targets(verdicts) + words).max(width(header))
            }
            Content::Score(_, members) => {
                let widths: usize = members.iter().map(|member| member.natural(form)).sum();
                widths + form.inner_gap() * members.len().saturating_sub(1)
            }
        }
    }

    /// The width at which no word is broken.
    pub(super) fn unbroken(&self, form: &Form) -> usize {
        let words = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| longest_word(text)).max().unwrap_or(0).max(longest_word(self.header(form)))
        };
        let natural = self.natural(form);
        match &self.content {
            Content::Texts(texts) => natural.min(words(&mut texts.iter())),
            Content::Names(labels) => natural.min(words(&mut labels.iter().map(|label| match form.naming {
                Naming::Texts => &label.full,
                _ => &label.id,
            }))),
            Content::Limits(_) | Content::Verdicts(_) | Content::Score(..) => natural,
        }
    }

    /// The width down to which words wrap; figures never do. A broken id cannot be searched for, so words of usual
    /// length stay whole.
    pub(super) fn shrunk(&self, form: &Form, least: usize) -> usize {
        let natural = self.natural(form);
        let wraps = match &self.content {
            // A limit in a line of its own would be read as another row's.
            Content::Texts(_) => self.align == Align::Left && !self.with_previous,
            Content::Names(_) => true,
            Content::Limits(_) | Content::Verdicts(_) | Content::Score(..) => false,
        };
        if !wraps {
            return natural;
        }
        let word = Some(self.unbroken(form)).filter(|word| *word <= LONGEST_WHOLE);
        natural.min(least.max(word.unwrap_or(0)))
    }

    /// The lines of the heading.
    pub(super) fn head(&self, form: &Form, columns: usize) -> Vec<String> {
        let Content::Score(title, members) = &self.content else {
            return wrap(self.header(form), columns);
        };
        let heads: Vec<String> =
            members.iter().map(|member| member.padded(member.header(form), form)).collect();
        let mut lines = wrap(title, columns);
        lines.push(heads.join(&" ".repeat(form.inner_gap())));
        lines
    }

    /// A cell in one line; words wrap later.
    pub(super) fn cell(&self, row: usize, form: &Form) -> String {
        match &self.content {
            Content::Texts(texts) => texts.get(row).cloned().unwrap_or_default(),
            Content::Names(labels) => {
                labels.get(row).map_or_else(String::new, |label| name(label, labels, form))
            }
            Content::Limits(limits) => limits.cell(row, form, draw),
            Content::Verdicts(verdicts) => verdicts.get(row).map_or_else(String::new, |verdict| {
                let before = " ".repeat(targets(verdicts).saturating_sub(width(&verdict.target)));
                let words = verdict.words.map_or("", |(words, _)| words);
                format!("{before}{}  {words}", verdict.target).trim_end().to_owned()
            }),
            Content::Score(_, members) => {
                let cells: Vec<String> =
                    members.iter().map(|member| member.padded(&member.cell(row, form), form)).collect();
                cells.join(&" ".repeat(form.inner_gap()))
            }
        }
    }

    fn header(&self, form: &Form) -> &str {
        if form.compact { &self.short_header } else { &self.header }
    }

    /// A text of a score's column as wide as the column.
    fn padded(&self, text: &str, form: &Form) -> String {
        let padding = " ".repeat(self.natural(form).saturating_sub(width(text)));
        match self.align {
            Align::Left => format!("{text}{padding}"),
            Align::Right => format!("{padding}{text}"),
        }
    }
}

/// Gives each score its wording as title where those of all are short enough and differ, else its id.
fn title(strips: &mut [Strip], names: &[&Name]) {
    let full: Vec<String> = names.iter().map(|name| visible(&name.in_full())).collect();
    let scores = || strips.iter().filter(|strip| matches!(strip.content, Content::Score(..)));
    let compact = Form { compact: true, ..Form::default() };
    let fit =
        scores().zip(&full).all(|(strip, title)| wrap(title, strip.natural(&compact)).len() <= HEAD_LINES);
    let differ = (1..full.len()).all(|at| !full[..at].contains(&full[at]));
    let mut titles = names.iter().zip(full).map(
        |(name, full)| {
            if fit && differ { full } else { visible(&name.in_short()) }
        },
    );
    for strip in strips {
        if let Content::Score(title, _) = &mut strip.content {
            *title = titles.next().unwrap_or_default();
        }
    }
}

/// Texts that stand below themselves only once.
fn once(cells: &[&Cell]) -> Vec<String> {
    let repeats = |at: usize| at > 0 && cells[at - 1] == cells[at];
    (0..cells.len()).map(|at| if repeats(at) { String::new() } else { text(cells[at]) }).collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => visible(text),
        Cell::Name(name) => visible(&name.in_full()),
        Cell::Verdict { target, .. } => visible(target),
        Cell::Interval(interval) => format!("{} {}", visible(&interval.low), visible(&interval.high)),
    }
}

fn label(cell: &Cell) -> Label {
    match cell {
        Cell::Name(name) => {
            let wording = if name.text == name.id { String::new() } else { visible(name.text.trim_end()) };
            Label { full: visible(name.in_full().trim_end()), id: visible(&name.in_short()), text: wording }
        }
        other => Label { full: text(other), id: text(other), text: String::new() },
    }
}

fn verdict(cell: &Cell) -> Verdict {
    match cell {
        Cell::Verdict { target, verdict } => Verdict { target: visible(target), words: *verdict },
        other => Verdict { target: text(other), words: None },
    }
}

/// The width of the widest target.
fn targets(verdicts: &[Verdict]) -> usize {
    verdicts.iter().map(|verdict| width(&verdict.target)).max().unwrap_or(0)
}

/// The name of a row in the form chosen.
fn name(label: &Label, labels: &[Label], form: &Form) -> String {
    match form.naming {
        Naming::Texts => label.full.clone(),
        Naming::Cut(columns) => cut(&label.id, columns),
        Naming::CutMiddle(columns) => cut_middle(&label.id, columns),
        Naming::Ids { text: 0 } => label.id.clone(),
        Naming::Ids { text } => {
            let ids = labels.iter().map(|label| width(&label.id)).max().unwrap_or(0);
            let padding = " ".repeat(ids - width(&label.id) + BEHIND_ID);
            format!("{}{padding}{}", label.id, cut(&label.text, text)).trim_end().to_owned()
        }
    }
}
