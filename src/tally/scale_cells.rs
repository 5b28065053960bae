//! A scale in the current input: most variables are such, and most of their cells are one byte.

use crate::source::{Record, ScaleCoder};
use crate::survey::{Code, Missing};

/// Codes the cells of a scale, those of one byte by a table.
pub(super) struct ScaleCells {
    /// The variable that takes the codes.
    pub(super) variable: usize,
    slot: usize,
    /// The position of the column in the file, from 0.
    column: usize,
    /// What cells of one byte mean, as the coder says; in the loop itself, most cells being such.
    one_byte: Box<[Code; 256]>,
    coder: ScaleCoder,
}

impl ScaleCells {
    /// The cells of a column, which has this slot among those selected.
    pub(super) fn new(variable: usize, slot: usize, column: usize, mut coder: ScaleCoder) -> Self {
        let one_byte = std::array::from_fn(|byte| {
            u8::try_from(byte).map_or(Missing::Invalid.code(), |byte| coder.code(&[byte]))
        });
        Self { variable, slot, column, one_byte: Box::new(one_byte), coder }
    }

    /// The code of the cell of a record.
    #[inline]
    pub(super) fn code(&mut self, record: &Record<'_>) -> Code {
        match record.only_byte(self.column) {
            Some(byte) => self.one_byte[usize::from(byte)],
            None => self.longer(record),
        }
    }

    #[inline(never)]
    fn longer(&mut self, record: &Record<'_>) -> Code {
        self.coder.code(record.field(self.slot))
    }
}

#[cfg(test)]
mod tests {
    use crate::prepare::Filter;
    use crate::survey::expression::{Expression, Literal, Operator};
    use crate::tally::tests::{plan, points, run, scale, stratum, variable};
    use crate::tally::{Counts, Tally, Variable};

    /// A column that is a question and, under another id, half of a pair.
    fn shared() -> Vec<Variable> {
        let seen = Variable { columns: vec!["q".to_owned()], ..variable("seen", scale()) };
        vec![variable("q", scale()), variable("wanted", scale()), seen]
    }

    #[test]
    fn a_column_under_two_ids_is_counted_and_noted_under_both() {
        let plan = plan(shared(), vec![Tally::Single(0), Tally::Pair(1, 2)], vec![vec![]]);
        let counted = run(&plan, "q,wanted\n1,5\n9,5\n\"3\",4\n,2\n");
        let total = stratum(&counted, None, &[]);
        assert_eq!(points(total, 0), [1, 0, 1, 0, 0]);
        let Counts::Pair(joint) = &total.counts[1] else { panic!("not a pair") };
        let pairs: Vec<usize> = (0..25).filter(|&cell| joint.cells[cell].n == 1).collect();
        assert_eq!(pairs, [3 * 5 + 2, 4 * 5], "wanted 4 seen 3, wanted 5 seen 1");
        for id in ["q", "seen"] {
            let invalid = &counted.ledger.invalid[&(id.to_owned(), String::new())];
            assert_eq!((invalid.rows, invalid.places[0].row, invalid.places[0].column), (1, 2, 1), "{id}");
        }
        assert_eq!(counted.ledger.invalid.len(), 2);
    }

    #[test]
    fn a_filter_on_one_id_leaves_the_other_its_codes() {
        let mut plan = plan(shared(), vec![Tally::Single(0), Tally::Single(2)], vec![vec![]]);
        plan.filter = Some(Filter {
            expression: Expression::Compare {
                name: "seen".into(),
                operator: Operator::GreaterEqual,
                literal: Literal::Number(3.0),
            },
        });
        let text =
            (0..1_000).fold("q,wanted\n".to_owned(), |text, row| text + &format!("{},1\n", row % 5 + 1));
        let counted = run(&plan, &text);
        let total = stratum(&counted, None, &[]);
        assert_eq!(points(total, 0), [0, 0, 200, 200, 200]);
        assert_eq!(points(total, 1), points(total, 0));
        assert_eq!(counted.ledger.excluded["filtered"].rows, 400);
    }
}
