//! Rows whose answer to a raking variable is none under one order of day and month: whether they are left out is known
//! at the end alone.
//!
//! Such rows get a wave code of their own, so that all that is counted of them can still go, as it does where a date
//! gives no wave in the settled order.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::coders::CellCoder;
use crate::source::DateOrder;
use crate::survey::{Code, REASONS};

/// Splits wave codes by the orders in which rows lack a raking answer.
#[derive(Debug, Default)]
pub(super) struct OpenAnswers {
    /// The raking variables that are ages.
    variables: Vec<usize>,
    codes: BTreeMap<OpenWave, Code>,
    found: Vec<OpenWave>,
    overflow: bool,
}

/// What a split wave code stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpenWave {
    /// The worker's code of the wave.
    pub(super) wave: Code,
    /// The variables without an answer under one order, and that order.
    unanswered: Vec<(usize, DateOrder)>,
}

impl OpenAnswers {
    /// For these raking variables, which are ages.
    pub(super) fn new(variables: Vec<usize>) -> Self {
        Self { variables, ..Self::default() }
    }

    /// Splits the wave codes of the rows; cases are not looked at.
    pub(super) fn split(&mut self, batch: &mut Batch, coders: &[CellCoder]) {
        let mut last: Option<(OpenWave, Code)> = None;
        for row in 0..batch.rows() {
            let mut key = OpenWave { wave: batch.waves[row], unanswered: Vec::new() };
            for &variable in self.variables.iter().filter(|_| batch.cases[row].is_none()) {
                let order = match answered(&coders[variable], batch.codes[variable][row]) {
                    (false, true) => DateOrder::DayFirst,
                    (true, false) => DateOrder::MonthFirst,
                    _ => continue,
                };
                key.unanswered.push((variable, order));
            }
            let code = match &last {
                Some((known, code)) if *known == key => *code,
                _ => self.code(&key),
            };
            batch.waves[row] = code;
            last = Some((key, code));
        }
    }

    /// Whether there were more codes than can be told apart.
    pub(super) fn overflow(&self) -> bool {
        self.overflow
    }

    /// What the codes stand for; nothing where none was split.
    pub(super) fn finish(self) -> Vec<OpenWave> {
        self.found
    }

    fn code(&mut self, key: &OpenWave) -> Code {
        if let Some(&code) = self.codes.get(key) {
            return code;
        }
        let Ok(code) = Code::try_from(self.found.len()) else {
            self.overflow = true;
            return Code::MAX;
        };
        self.codes.insert(key.clone(), code);
        self.found.push(key.clone());
        code
    }
}

impl OpenWave {
    /// Whether a raking answer is missing where each variable's date is read in its order.
    pub(super) fn is_unanswered(&self, order: impl Fn(usize) -> DateOrder) -> bool {
        self.unanswered.iter().any(|(variable, unanswered)| order(*variable) == *unanswered)
    }
}

/// Whether a worker's code is an answer, read day first and month first.
pub(super) fn answered(coder: &CellCoder, code: Code) -> (bool, bool) {
    let is_answer = |code: Code| usize::from(code) >= REASONS;
    match coder {
        CellCoder::Age(coder) => {
            let (day_first, month_first) = coder.pair(code);
            (is_answer(day_first), is_answer(month_first))
        }
        _ => (is_answer(code), is_answer(code)),
    }
}
