//! The cells of a scale: most variables are such, and most of their cells are one byte or none.

use super::batch::Codes;
use crate::source::{Record, Records, ScaleCoder, Stride};
use crate::survey::{Code, Missing};

/// Codes the cells of a scale, those of at most one byte by a table.
#[derive(Clone, Debug)]
pub(super) struct ScaleCells {
    /// What a cell means by its only byte, and by the separator after it when it is empty: no unquoted cell is a
    /// separator, so that one look tells both and none is mispredicted.
    short: [Code; 256],
    coder: ScaleCoder,
}

impl ScaleCells {
    /// The cells that a coder codes.
    pub(super) fn new(coder: ScaleCoder) -> Self {
        Self { short: [Missing::Blank.code(); 256], coder }
    }

    /// Makes ready for an input with this delimiter.
    pub(super) fn begin(&mut self, delimiter: u8) {
        for (byte, code) in (0..=u8::MAX).zip(self.short.iter_mut()) {
            let is_separator = byte == delimiter || byte == b'\n' || byte == b'\r';
            *code = self.coder.code(if is_separator { &[] } else { std::slice::from_ref(&byte) });
        }
    }

    /// The code of one cell.
    pub(super) fn code(&mut self, cell: &[u8]) -> Code {
        self.coder.code(cell)
    }

    /// Codes the fields at a position, which every record has.
    pub(super) fn code_column(
        &mut self,
        position: usize,
        records: &Records<'_>,
        (rows, stride): (&[Record], Option<Stride>),
        codes: &mut Codes,
        copy: &mut Vec<u8>,
    ) {
        let Self { short, coder } = self;
        records.code(rows, stride, position, codes, short, |record| {
            coder.code_field(records, record, position, copy)
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prepare::Filter;
    use crate::source::{BATCH_RECORDS, CategoryCoder, RecordScanner};
    use crate::survey::Scale;
    use crate::survey::expression::{Expression, Literal, Operator};
    use crate::tally::tests::{plan, points, run, scale, stratum, variable};
    use crate::tally::{Counts, Exclusion, Tally, Variable};

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
        plan.exclusions.push(Exclusion::filtered(Filter {
            expression: Expression::Compare {
                name: "seen".into(),
                operator: Operator::GreaterEqual,
                literal: Literal::Number(3.0),
            },
        }));
        let text =
            (0..1_000).fold("q,wanted\n".to_owned(), |text, row| text + &format!("{},1\n", row % 5 + 1));
        let counted = run(&plan, &text);
        let total = stratum(&counted, None, &[]);
        assert_eq!(points(total, 0), [0, 0, 200, 200, 200]);
        assert_eq!(points(total, 1), points(total, 0));
        assert_eq!(counted.ledger.excluded["filtered"].rows, 400);
    }

    proptest! {
        /// However records lie, a column is coded as its fields are one by one: the table, the window and the stride
        /// are short cuts and nothing else.
        #[test]
        fn a_column_is_coded_as_its_fields_are(
            rows in prop_oneof![
                "((\"([1-6a,]|\"\"|\n){0,20}\"|[1-7]?|10|[ax 6.]{0,20})[,\n]){0,90}",
                "(((\"[1-6]\"|[1-7]?|10|good),){3}[1-7]?\r?\n){0,90}",
            ],
            delimiter in prop::sample::select(vec![b',', b'1']),
        ) {
            let scale = ScaleCoder::new(&Scale::new("scale", 0, 10), &["6".to_owned(), "a".to_owned()]);
            let mut cells = ScaleCells::new(scale.clone());
            cells.begin(delimiter);
            let mut one_by_one = scale;
            let mut categories = [(); 2].map(|()| CategoryCoder::new(&indexmap::IndexMap::new(), false, &[]));
            RecordScanner::new(delimiter).scan(rows.as_bytes(), |records| {
                for position in 0..4 {
                    let rows: Vec<Record> =
                        records.all().iter().copied().filter(|record| record.fields() > position).collect();
                    let (mut codes, mut copy) = ([0; BATCH_RECORDS], Vec::new());
                    let stride = Stride::of(&rows);
                    cells.code_column(position, records, (&rows, stride), &mut codes, &mut copy);
                    for (&record, &code) in rows.iter().zip(&codes) {
                        let field = records.field(record, position, &mut copy).to_vec();
                        assert_eq!(code, one_by_one.code(&field), "{field:?}");
                        let category = categories[0].code_field(records, record, position, &mut copy);
                        assert_eq!(category, categories[1].code(&field), "{field:?}");
                    }
                }
            });
            prop_assert_eq!(categories[0].names(), categories[1].names());
        }
    }
}
