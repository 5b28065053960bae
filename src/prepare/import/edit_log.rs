//! The log of edits: `row,column,old,new,rule` for every cell that does not stand as it stood.
//!
//! Rows count from 1 below the headers; row 0 is the header. The layout reads ahead, so its edits wait until the row is
//! written: the log is in the order of the file.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::without_formula;
use crate::source::layout::Edits;

/// Which texts a log shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedTexts {
    /// What stood and what stands, exactly.
    Exact,
    /// The same, with an apostrophe before what a spreadsheet program takes for a formula.
    Masked,
    /// None: the log of a redacted copy says where and by which rule.
    None,
}

/// A log that a layout and the writing of the plain table share.
#[derive(Clone)]
pub struct EditLog(Arc<Mutex<Log>>);

struct Log {
    waiting: VecDeque<Waiting>,
    out: Option<csv::Writer<Box<dyn Write + Send>>>,
    texts: LoggedTexts,
    counts: BTreeMap<&'static str, u64>,
    /// The first failure; later edits are counted and not written.
    failed: Option<io::Error>,
}

struct Waiting {
    row: u64,
    column: String,
    old: String,
    new: String,
    rule: &'static str,
}

impl EditLog {
    /// A log that is written to `out`, or only counted.
    pub fn new(out: Option<Box<dyn Write + Send>>, texts: LoggedTexts) -> Self {
        let mut log = Log {
            waiting: VecDeque::new(),
            out: out.map(csv::Writer::from_writer),
            texts,
            counts: BTreeMap::new(),
            failed: None,
        };
        log.write(["row", "column", "old", "new", "rule"]);
        Self(Arc::new(Mutex::new(log)))
    }

    /// What tells this log of the edits of a layout.
    pub fn listener(&self) -> Box<dyn Edits> {
        Box::new(self.clone())
    }

    /// Notes an edit of a row that is being written.
    pub(super) fn note(&self, row: u64, column: &str, old: &str, new: &str, rule: &'static str) {
        self.log().take(row, column, old, new, rule);
    }

    /// Takes in what waits for rows up to this one.
    pub(super) fn reach(&self, row: u64) {
        let mut log = self.log();
        while let Some(edit) = log.waiting.pop_front_if(|edit| edit.row <= row) {
            log.take(edit.row, &edit.column, &edit.old, &edit.new, edit.rule);
        }
    }

    /// Ends the log: the edits by rule.
    pub(super) fn finish(&self) -> io::Result<BTreeMap<&'static str, u64>> {
        self.reach(u64::MAX);
        let mut log = self.log();
        if let Some(error) = log.failed.take() {
            return Err(error);
        }
        if let Some(out) = &mut log.out {
            out.flush()?;
        }
        Ok(log.counts.clone())
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Edits for EditLog {
    fn edit(&mut self, row: u64, column: &str, old: &str, new: &str, rule: &'static str) {
        let mut log = self.log();
        let shows = log.out.is_some() && log.texts != LoggedTexts::None;
        let text = |text: &str| if shows { text.to_owned() } else { String::new() };
        log.waiting.push_back(Waiting {
            row,
            column: column.to_owned(),
            old: text(old),
            new: text(new),
            rule,
        });
    }
}

impl Log {
    fn take(&mut self, row: u64, column: &str, old: &str, new: &str, rule: &'static str) {
        *self.counts.entry(rule).or_insert(0) += 1;
        if self.out.is_none() {
            return;
        }
        let row = row.to_string();
        match self.texts {
            LoggedTexts::Exact => self.write([&row, column, old, new, rule]),
            LoggedTexts::Masked => {
                let [column, old, new] = [column, old, new].map(without_formula);
                self.write([&row, &column, &old, &new, rule]);
            }
            LoggedTexts::None => self.write([&row, column, "", "", rule]),
        }
    }

    fn write(&mut self, record: [&str; 5]) {
        if let (Some(out), None) = (&mut self.out, &self.failed)
            && let Err(error) = out.write_record(record)
        {
            self.failed = Some(io::Error::other(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(texts: LoggedTexts) -> String {
        let kept = Kept::default();
        let log = EditLog::new(Some(Box::new(kept.clone())), texts);
        let mut layout = log.listener();
        layout.edit(2, "a", "'=x", "=x", "apostrophe_of_the_tool");
        layout.edit(9, "a", "y", "z", "test");
        log.note(0, "a", "A", "a", "name_from_layout");
        log.reach(2);
        log.note(3, "b", "x", "", "pseudonym");
        let counts = log.finish().unwrap();
        assert_eq!(counts.values().sum::<u64>(), 4);
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn edits_stand_in_the_order_of_the_rows() {
        assert_eq!(
            written(LoggedTexts::Exact),
            "row,column,old,new,rule\n0,a,A,a,name_from_layout\n2,a,'=x,=x,apostrophe_of_the_tool\n\
             3,b,x,,pseudonym\n9,a,y,z,test\n"
        );
    }

    #[test]
    fn texts_are_masked_or_left_out() {
        assert!(written(LoggedTexts::Masked).contains("2,a,'=x,'=x,"));
        let silent = written(LoggedTexts::None);
        assert!(silent.contains("3,b,,,pseudonym\n") && !silent.contains('x'), "{silent}");
    }
}
