//! Where in one file the wanted columns stand.
//!
//! A wanted column is a list of alternative names; the first that the header has is read. Names are compared as
//! they stand, the header having been cleaned when it was read. A name that stands twice in the header is
//! refused when it is wanted, since either could be meant; unwanted duplicates do no harm.

use crate::survey::numbered_names;

/// A wanted column that stands more than once in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateColumn {
    /// The name.
    pub column: String,
    /// The columns of that name, counted from 1.
    pub positions: Vec<usize>,
}

/// Finds columns in one header and remembers which were wanted.
#[derive(Clone, Debug)]
pub struct Binding<'a> {
    header: &'a [String],
    mentioned: Vec<bool>,
    needed: Vec<usize>,
    absent: Vec<String>,
}

impl<'a> Binding<'a> {
    /// A binding to a header from which nothing is wanted yet.
    pub fn new(header: &'a [String]) -> Self {
        Self { header, mentioned: vec![false; header.len()], needed: Vec::new(), absent: Vec::new() }
    }

    /// The position (from 0) of the first of these names that the header has, `None` when it has none.
    ///
    /// # Errors
    /// The name that is found stands more than once.
    pub fn find(&mut self, names: &[String]) -> Result<Option<usize>, DuplicateColumn> {
        for (mentioned, column) in self.mentioned.iter_mut().zip(self.header) {
            *mentioned |= names.contains(column);
        }
        if !names.iter().any(|name| self.header.contains(name))
            && let Some(position) = self.numbered(names)
        {
            self.mentioned[position] = true;
            self.needed.push(position);
            return Ok(Some(position));
        }
        let Some(name) = names.iter().find(|name| self.header.contains(name)) else {
            if let Some(first) = names.first().filter(|first| !self.absent.contains(first)) {
                self.absent.push(first.clone());
            }
            return Ok(None);
        };
        let positions: Vec<usize> =
            (0..self.header.len()).filter(|&position| self.header[position] == **name).collect();
        match positions[..] {
            [position] => {
                self.needed.push(position);
                Ok(Some(position))
            }
            _ => Err(DuplicateColumn {
                column: name.clone(),
                positions: positions.iter().map(|position| position + 1).collect(),
            }),
        }
    }

    /// Where one of several columns of a name stands, by its number among them: `Quality (2)`.
    fn numbered(&self, names: &[String]) -> Option<usize> {
        if !names.iter().any(|name| name.ends_with(')')) {
            return None;
        }
        let numbered = numbered_names(self.header);
        names.iter().find_map(|name| numbered.iter().position(|column| column == name))
    }

    /// The positions found so far, in the order they were asked for.
    pub fn needed(&self) -> &[usize] {
        &self.needed
    }

    /// The fewest fields that a record needs to have every column that was found.
    pub fn fields_needed(&self) -> usize {
        self.needed.iter().max().map_or(0, |last| last + 1)
    }

    /// The first name of each column that was wanted and not found.
    pub fn absent(&self) -> &[String] {
        &self.absent
    }

    /// The columns that nobody mentioned, in file order.
    pub fn unused(&self) -> Vec<String> {
        let columns = self.header.iter().zip(&self.mentioned);
        columns.filter(|(_, mentioned)| !**mentioned).map(|(column, _)| column.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_first_alternative_in_the_header_is_read() {
        let header = names(&["id", "q1_new", "q1"]);
        let mut binding = Binding::new(&header);
        assert_eq!(binding.find(&names(&["q1", "q1_new"])), Ok(Some(2)));
        assert_eq!(binding.unused(), ["id"], "an alternative that is not read is known all the same");
        assert_eq!(binding.fields_needed(), 3);
    }

    #[test]
    fn an_absent_column_is_remembered_once() {
        let header = names(&["id"]);
        let mut binding = Binding::new(&header);
        assert_eq!(binding.find(&names(&["q1", "Q1"])), Ok(None));
        assert_eq!(binding.find(&names(&["q1", "Q1"])), Ok(None));
        assert_eq!(binding.absent(), ["q1"]);
        assert_eq!(binding.fields_needed(), 0);
    }

    #[test]
    fn a_wanted_duplicate_is_refused_and_an_unwanted_one_is_not() {
        let header = names(&["q1", "note", "q1", "note"]);
        let mut binding = Binding::new(&header);
        let duplicate = binding.find(&names(&["q1"]));
        assert_eq!(duplicate, Err(DuplicateColumn { column: "q1".to_owned(), positions: vec![1, 3] }));
        assert_eq!(Binding::new(&header).find(&names(&["other"])), Ok(None));
    }
}
