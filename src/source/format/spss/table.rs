//! The columns of the table: variables, and response sets in place of theirs.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::dictionary::Dictionary;
use super::extension::Piece;
use super::joined::JoinedSet;
use super::response_set::{ResponseSet, ResponseSetKind};
use super::variable::Values;
use super::variables::{Variables, naming};
use crate::survey::ColumnFacts;

/// The most response sets, and the most options of them together: more than any survey has.
const SET_LIMIT: usize = 10_000;
const OPTION_LIMIT: usize = 500_000;

/// The columns of the table.
#[derive(Default)]
pub(super) struct Table {
    /// Where the cells of each column come from.
    pub(super) columns: Vec<Column>,
    /// Their names.
    pub(super) names: Vec<String>,
    /// What is known of them.
    pub(super) facts: Vec<ColumnFacts>,
    /// The response sets, joined or not.
    pub(super) sets: Vec<ResponseSet>,
    /// What was done, a sentence each.
    pub(super) reasons: Vec<String>,
}

/// Where the cells of a column come from.
pub(super) enum Column {
    /// A variable, by position.
    Variable(usize),
    /// A response set.
    Joined(JoinedSet),
}

impl Table {
    /// The table of these variables.
    pub(super) fn new(dictionary: &Dictionary, variables: &Variables, values: &Values) -> Self {
        let mut table = Self::default();
        let declared = table.declared_sets(dictionary, variables, values);
        let mut memberships = vec![0_usize; variables.list.len()];
        for (set, _) in &declared {
            for position in &set.variables {
                memberships[*position] += 1;
            }
        }
        let mut taken: BTreeSet<String> = variables
            .list
            .iter()
            .zip(&memberships)
            .filter(|(_, sets)| **sets != 1)
            .map(|(variable, _)| variable.name.to_lowercase())
            .collect();
        // Each set stands where its first variable stood.
        let mut waiting: Vec<(usize, ResponseSet, bool)> = declared
            .into_iter()
            .map(|(set, by_value)| (set.variables.iter().copied().min().unwrap_or(0), set, by_value))
            .collect();
        waiting.sort_by_key(|(first, ..)| *first);
        let mut waiting = waiting.into_iter().peekable();
        for (position, variable) in variables.list.iter().enumerate() {
            while let Some((_, set, by_value)) = waiting.next_if(|(first, ..)| *first == position) {
                table.join(set, by_value, variables, &mut taken);
            }
            if memberships[position] != 1 {
                table.columns.push(Column::Variable(position));
                table.names.push(variable.name.clone());
                table.facts.push(variable.facts.clone());
            }
        }
        let shared: Vec<String> = variables
            .list
            .iter()
            .zip(&memberships)
            .filter(|(_, sets)| **sets > 1)
            .map(|(variable, _)| variable.name.clone())
            .collect();
        if !shared.is_empty() {
            let shared = naming(&shared);
            table
                .reasons
                .push(format!("in more than one response set, and so kept as columns as well: {shared}"));
        }
        table
    }

    /// The sets that can be joined, each with whether its options are named by values.
    fn declared_sets(
        &mut self,
        dictionary: &Dictionary,
        variables: &Variables,
        values: &Values,
    ) -> Vec<(ResponseSet, bool)> {
        let mut declared: IndexMap<String, (ResponseSet, bool)> = IndexMap::new();
        let (mut read, mut options) = (0, 0);
        for record in dictionary.extensions(7).chain(dictionary.extensions(19)) {
            let mut piece = Piece::new(&record.bytes, values.is_big);
            loop {
                let raw = match piece.response_set() {
                    Ok(Some(raw)) => raw,
                    Ok(None) => break,
                    Err(_) => {
                        let place = record.offset;
                        let what = "is damaged; its rest is left out";
                        self.reasons.push(format!("the record of response sets at byte {place} {what}"));
                        break;
                    }
                };
                read += 1;
                let set = match ResponseSet::new(&raw, variables, &values.decoding) {
                    Ok(set) => set,
                    Err(why) if read <= SET_LIMIT => {
                        self.reasons.push(why);
                        continue;
                    }
                    Err(_) => break,
                };
                options +=
                    set.variables.iter().map(|member| size(&variables.list[*member].facts)).sum::<usize>();
                if read > SET_LIMIT || options > OPTION_LIMIT {
                    self.reasons
                        .push(format!("`{}` and what follows: too many response sets to join", set.name));
                    return declared.into_values().collect();
                }
                let name = set.name.to_lowercase();
                match declared.get(&name) {
                    // Newer versions repeat sets of the older record.
                    Some((other, _)) if other.variables == set.variables && other.kind == set.kind => {}
                    Some(_) => {
                        self.reasons.push(format!("a second response set `{}` is not joined", set.name));
                    }
                    None => {
                        declared.insert(name, (set, raw.by_value));
                    }
                }
            }
        }
        declared.into_values().collect()
    }

    fn join(
        &mut self,
        mut set: ResponseSet,
        by_value: bool,
        variables: &Variables,
        taken: &mut BTreeSet<String>,
    ) {
        let mut name = set.name.clone();
        while !taken.insert(name.to_lowercase()) {
            name.insert(0, '$');
        }
        let (joined, facts) = JoinedSet::new(&set, by_value, &variables.list);
        let members: Vec<String> =
            set.variables.iter().map(|member| variables.list[*member].name.clone()).collect();
        let what = match &set.kind {
            ResponseSetKind::Dichotomies { counted } => format!("the options ticked, those with {counted}"),
            ResponseSetKind::Categories => "the answers given".to_owned(),
        };
        self.reasons.push(format!(
            "`{name}` is a response set of {} variables ({}): its cells join {what}",
            members.len(),
            naming(&members)
        ));
        set.column = Some(self.columns.len());
        self.columns.push(Column::Joined(joined));
        self.names.push(name);
        self.facts.push(facts);
        self.sets.push(set);
    }
}

/// What a variable adds to the options of its set.
fn size(facts: &ColumnFacts) -> usize {
    1 + facts.labels.len() + facts.missing.len()
}
