//! The columns of a list of answers, and where each is taken from.

use indexmap::IndexMap;

use crate::survey::{Measure, Scale, Segment, Survey};
use crate::tally::{Coding, Plan};

use super::Personal;

/// Where the cells of a column are taken from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ListColumn {
    /// The text of a column of the files, by its number among those kept.
    Text(usize),
    /// The same, with addresses and numbers inside masked.
    Comment(usize),
    /// The date of the answer, and its text where the day cannot be told from the month.
    Date(usize),
    /// The wave.
    Wave,
    /// The point of a scale.
    Point(usize, Scale),
    /// The label of that point.
    Label(usize, Scale),
    /// The name of a category.
    Name(usize),
    /// The code of a category that has a label.
    Code(usize, IndexMap<String, String>),
    /// Several names.
    Names(usize),
    /// Several names, with addresses and numbers inside masked.
    MaskedNames(usize),
    /// A free number.
    Number(usize),
    /// The band of a number.
    Band(usize, Vec<String>),
}

/// The columns in order.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) list: Vec<(String, ListColumn)>,
    /// The columns of the files that are kept as texts, each with its alternative names.
    pub(super) texts: Vec<Vec<String>>,
    pub(super) left_out: Vec<String>,
}

impl Columns {
    pub(super) fn new(survey: &Survey, plan: &Plan, personal: &Personal, with_personal: bool) -> Self {
        let mut found = Self { list: Vec::new(), texts: Vec::new(), left_out: Vec::new() };
        let allowed = |columns: &[String]| with_personal || !personal.is_contact(columns);
        let data = &survey.data;
        for column in data.id.iter().chain(&data.customer) {
            if allowed(std::slice::from_ref(column)) {
                found.add_text(column, std::slice::from_ref(column));
            }
        }
        if let Some(date) = &data.date {
            let text = found.keep(std::slice::from_ref(&date.column));
            found.add(&date.column, ListColumn::Date(text));
        }
        if plan.wave.is_some() {
            found.add("wave", ListColumn::Wave);
        }
        for (place, variable) in plan.variables.iter().enumerate() {
            let is_question = |id: &str| {
                let mut questions = survey.questions.iter();
                questions.any(|question| {
                    variable.id == id
                        && (question.id == id || id.strip_prefix(&question.id).is_some_and(is_part))
                        && !matches!(question.measure, Measure::Text | Measure::Kano)
                })
            };
            if is_question(&variable.id) && allowed(&variable.columns) {
                found.add_score(&variable.id, place, &variable.coding);
            }
        }
        for question in survey.questions.iter().filter(|question| question.measure == Measure::Text) {
            if let crate::survey::Columns::One(columns) = &question.columns
                && allowed(columns)
            {
                let text = found.keep(columns);
                let column = if with_personal { ListColumn::Text(text) } else { ListColumn::Comment(text) };
                found.add(&question.id, column);
            }
        }
        if !with_personal {
            // What people wrote as another option is a comment too.
            for (_, column) in &mut found.list {
                if let ListColumn::Names(place) = column {
                    *column = ListColumn::MaskedNames(*place);
                }
            }
        }
        for segment in survey.segments.iter().filter(|segment| allowed(&segment.columns)) {
            if let Some(place) = plan.variables.iter().rposition(|variable| variable.id == segment.id) {
                found.add(&segment.id, of_segment(place, segment));
            }
        }
        for column in &personal.columns {
            let is_there = |texts: &Vec<String>| texts.contains(column);
            match (with_personal, found.texts.iter().any(is_there)) {
                (_, true) => {}
                (true, false) => found.add_text(column, std::slice::from_ref(column)),
                (false, false) => found.left_out.push(column.clone()),
            }
        }
        found
    }

    /// The number of a column that is kept as text.
    fn keep(&mut self, columns: &[String]) -> usize {
        self.texts.push(columns.to_vec());
        self.texts.len() - 1
    }

    fn add_text(&mut self, name: &str, columns: &[String]) {
        let text = self.keep(columns);
        self.add(name, ListColumn::Text(text));
    }

    /// Adds a column under a name that no other has.
    fn add(&mut self, name: &str, column: ListColumn) {
        let is_taken = |found: &Self, name: &str| found.list.iter().any(|(taken, _)| taken == name);
        let mut free = name.to_owned();
        let mut number = 2;
        while is_taken(self, &free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        self.list.push((free, column));
    }

    fn add_score(&mut self, id: &str, place: usize, coding: &Coding) {
        match coding {
            Coding::Scale(scale) => {
                self.add(id, ListColumn::Point(place, scale.clone()));
                if !scale.labels.is_empty() {
                    self.add(&format!("{id}_label"), ListColumn::Label(place, scale.clone()));
                }
            }
            Coding::Number => self.add(id, ListColumn::Number(place)),
            Coding::Multiple { .. } => self.add(id, ListColumn::Names(place)),
            Coding::Category { labels, .. } if labels.iter().any(|(code, label)| code != label) => {
                self.add(id, ListColumn::Code(place, labels.clone()));
                self.add(&format!("{id}_label"), ListColumn::Name(place));
            }
            Coding::Category { .. } => self.add(id, ListColumn::Name(place)),
            Coding::Bands(bands) | Coding::AgeBands { bands, .. } => {
                let labels = bands.iter().map(|band| band.label.clone()).collect();
                self.add(id, ListColumn::Band(place, labels));
            }
        }
    }
}

/// Whether what follows the id of a question is one of its two columns.
fn is_part(rest: &str) -> bool {
    matches!(rest, ".expectation" | ".perception")
}

fn of_segment(place: usize, segment: &Segment) -> ListColumn {
    if segment.bands.is_empty() {
        return ListColumn::Name(place);
    }
    ListColumn::Band(place, segment.bands.iter().map(|band| band.label.clone()).collect())
}
