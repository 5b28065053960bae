//! A response set as one column: the answers given, joined.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use super::response_set::{ResponseSet, ResponseSetKind};
use super::variable::{Kind, Values, Variable};
use crate::survey::{ColumnFacts, NONE_CHOSEN, Role};

/// What may stand between the answers, the first that no option contains; options hold no tab.
const SEPARATORS: [&str; 3] = [";", " | ", "\t"];

/// A response set as a column.
#[derive(Debug)]
pub(super) struct JoinedSet {
    members: Vec<Member>,
    separator: &'static str,
}

/// A variable of the set.
#[derive(Debug)]
struct Member {
    variable: usize,
    /// The option that each cell text stands for.
    options: BTreeMap<String, String>,
    /// The missing codes, in words.
    missing: BTreeMap<String, String>,
    /// Whether every other cell text is an answer too.
    is_open: bool,
}

impl JoinedSet {
    /// The column of a set, and what is known of it. `by_value`: options are named by the labels of the counted value.
    pub(super) fn new(set: &ResponseSet, by_value: bool, variables: &[Variable]) -> (Self, ColumnFacts) {
        let mut names = OptionNames::default();
        let mut members = Vec::new();
        for position in &set.variables {
            let variable = &variables[*position];
            let missing = missing_words(variable);
            let mut options = BTreeMap::new();
            match &set.kind {
                ResponseSetKind::Dichotomies { counted } => {
                    let by_value = if by_value { variable.label(counted) } else { None };
                    let label = by_value.or(variable.facts.text.as_deref()).unwrap_or(&variable.name);
                    options.insert(counted.clone(), names.name(label, &variable.name));
                }
                ResponseSetKind::Categories => {
                    for (code, label) in &variable.facts.labels {
                        if !missing.contains_key(code) {
                            options.insert(code.clone(), names.name(label, code));
                        }
                    }
                }
            }
            let is_open = set.kind == ResponseSetKind::Categories;
            members.push(Member { variable: *position, options, missing, is_open });
        }
        let has_words = members.iter().any(|member| {
            let variable = &variables[member.variable];
            member.is_open && !variable.is_number() && variable.facts.labels.is_empty()
        });
        let fits = |separator: &&&str| !names.taken.keys().any(|option| option.contains(**separator));
        let separator = if has_words { None } else { SEPARATORS.iter().find(fits) };
        let separator = separator.copied().unwrap_or(SEPARATORS[SEPARATORS.len() - 1]);

        let missing: BTreeSet<&String> = members
            .iter()
            .flat_map(|member| member.missing.values())
            .filter(|word| !names.taken.contains_key(*word))
            .collect();
        // A set that names its options by values may take its label from the first variable.
        let label = Some(&set.label).filter(|label| !label.is_empty());
        let first = variables[set.variables[0]].facts.text.as_ref().filter(|_| by_value);
        let facts = ColumnFacts {
            text: label.or(first).cloned(),
            role: Role::Multiple { options: names.order, separator: separator.to_owned() },
            missing: missing.into_iter().cloned().collect(),
            ..ColumnFacts::default()
        };
        (Self { members, separator }, facts)
    }

    /// The cell of a case: the answers; else why there is none, where a variable holds a missing code; else that none
    /// was chosen, where a variable holds another value than the counted one; else nothing.
    pub(super) fn cell(&self, case: &[u8], values: &Values, variables: &[Variable]) -> String {
        let mut answers: IndexSet<String> = IndexSet::new();
        let (mut why_not, mut has_declined) = (None, false);
        for member in &self.members {
            let variable = &variables[member.variable];
            let cell = variable.cell(case, values);
            if cell.is_empty() {
                continue;
            }
            if let Some(option) = member.options.get(&cell) {
                answers.insert(option.clone());
            } else if let Some(word) = member.missing.get(&cell) {
                why_not.get_or_insert(word);
            } else if !is_in_range(variable, case, values) {
                if member.is_open {
                    answers.insert(on_one_line(&cell));
                } else {
                    has_declined = true;
                }
            }
        }
        let answers: Vec<String> = answers.into_iter().collect();
        match why_not {
            _ if !answers.is_empty() => answers.join(self.separator),
            Some(word) => word.clone(),
            None if has_declined => NONE_CHOSEN.to_owned(),
            None => String::new(),
        }
    }
}

/// The names of options, each for one thing only.
#[derive(Default)]
struct OptionNames {
    order: Vec<String>,
    /// What each stands for.
    taken: BTreeMap<String, String>,
}

impl OptionNames {
    /// The name of an option: its label, and the code as well where another code has that label.
    fn name(&mut self, label: &str, code: &str) -> String {
        let label = on_one_line(label);
        let label = if label.is_empty() { code.to_owned() } else { label };
        for name in [label.clone(), format!("{label} ({code})")] {
            match self.taken.get(&name) {
                Some(other) if other != code => {}
                Some(_) => return name,
                None => {
                    self.taken.insert(name.clone(), code.to_owned());
                    self.order.push(name.clone());
                    return name;
                }
            }
        }
        code.to_owned()
    }
}

/// Whether the number of a case is in the range of missing values, listed or not.
fn is_in_range(variable: &Variable, case: &[u8], values: &Values) -> bool {
    let Kind::Number { at, .. } = variable.kind else { return false };
    let number = values.number_at(case, at);
    number.zip(variable.missing_range).is_some_and(|(number, (low, high))| (low..=high).contains(&number))
}

/// The missing codes of a variable and what they say.
fn missing_words(variable: &Variable) -> BTreeMap<String, String> {
    let labels: BTreeMap<&str, &str> =
        variable.facts.labels.iter().map(|(code, label)| (code.as_str(), label.as_str())).collect();
    let word = |code: &String| {
        let label =
            labels.get(code.as_str()).map(|label| on_one_line(label)).filter(|label| !label.is_empty());
        label.unwrap_or_else(|| code.clone())
    };
    variable.facts.missing.iter().map(|code| (code.clone(), word(code))).collect()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
