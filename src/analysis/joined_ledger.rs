//! The accounts of several sources as one: it adds up as each of them does.

use crate::report::{Excluded, Ledger, LookupLedger, QuestionLedger};
use crate::source::PLACES_KEPT;

/// The reason of rows that belong to another wave than the one shown; it stands last.
const OTHER_WAVE: &str = "other_wave";

/// The account of all sources together; rows of a source that did not ask a question count as not asked.
pub fn joined_ledger(ledgers: &[&Ledger]) -> Ledger {
    let mut joined = Ledger::default();
    for ledger in ledgers {
        joined.questions = questions(&joined, ledger);
        joined.rows_read = joined.rows_read.saturating_add(ledger.rows_read);
        joined.rows_used = joined.rows_used.saturating_add(ledger.rows_used);
        add(&mut joined.excluded, &ledger.excluded);
        add(&mut joined.kept, &ledger.kept);
        add_lookups(&mut joined.lookups, &ledger.lookups);
    }
    joined
}

/// The account of one source that says what became of the rows of the others too: they are of other waves.
pub fn ledger_beside(shown: &Ledger, others: &[&Ledger]) -> Ledger {
    let mut ledger = shown.clone();
    for other in others {
        ledger.rows_read = ledger.rows_read.saturating_add(other.rows_read);
        add(&mut ledger.excluded, &other.excluded);
        add_lookups(&mut ledger.lookups, &other.lookups);
        if other.rows_used > 0 {
            let rows = Excluded { reason: OTHER_WAVE.to_owned(), rows: other.rows_used, places: Vec::new() };
            add(&mut ledger.excluded, &[rows]);
        }
    }
    ledger
}

fn add(sums: &mut Vec<Excluded>, more: &[Excluded]) {
    for one in more {
        match sums.iter_mut().find(|sum| sum.reason == one.reason) {
            Some(sum) => {
                sum.rows = sum.rows.saturating_add(one.rows);
                sum.places.extend(one.places.iter().cloned());
                sum.places.truncate(PLACES_KEPT);
            }
            None => sums.push(one.clone()),
        }
    }
    sums.sort_by_key(|sum| sum.reason == OTHER_WAVE);
}

/// The keys of all answers in the same list.
fn add_lookups(sums: &mut Vec<LookupLedger>, more: &[LookupLedger]) {
    for one in more {
        let same = |sum: &&mut LookupLedger| sum.list == one.list && sum.key == one.key;
        match sums.iter_mut().find(same) {
            Some(sum) => {
                sum.matched = sum.matched.saturating_add(one.matched);
                sum.unmatched = sum.unmatched.saturating_add(one.unmatched);
                sum.blank = sum.blank.saturating_add(one.blank);
                sum.without_zeros = sum.without_zeros.saturating_add(one.without_zeros);
            }
            None => sums.push(one.clone()),
        }
    }
}

fn questions(sums: &Ledger, more: &Ledger) -> Vec<QuestionLedger> {
    let line = |ledger: &Ledger, question: &str| {
        let found = ledger.questions.iter().find(|line| line.question == question);
        found.cloned().unwrap_or_else(|| not_asked(question, ledger.rows_used))
    };
    let known = sums.questions.iter().map(|line| line.question.as_str());
    let new = more.questions.iter().map(|line| line.question.as_str());
    let new = new.filter(|id| sums.questions.iter().all(|line| line.question != *id));
    known.chain(new).map(|question| sum(line(sums, question), line(more, question))).collect()
}

fn not_asked(question: &str, rows: u64) -> QuestionLedger {
    QuestionLedger {
        question: question.to_owned(),
        answered: Some(0),
        not_applicable: Some(0),
        dont_know: Some(0),
        blank: Some(0),
        invalid: Some(0),
        not_asked: Some(rows),
        places: Vec::new(),
    }
}

/// A count that is hidden in one source is hidden in the sum.
fn sum(one: QuestionLedger, other: QuestionLedger) -> QuestionLedger {
    let add = |one: Option<u64>, other: Option<u64>| Some(one?.saturating_add(other?));
    let mut places = one.places;
    places.extend(other.places);
    places.truncate(PLACES_KEPT);
    QuestionLedger {
        question: one.question,
        answered: add(one.answered, other.answered),
        not_applicable: add(one.not_applicable, other.not_applicable),
        dont_know: add(one.dont_know, other.dont_know),
        blank: add(one.blank, other.blank),
        invalid: add(one.invalid, other.invalid),
        not_asked: add(one.not_asked, other.not_asked),
        places,
    }
}

#[cfg(test)]
mod tests {
    use super::{joined_ledger, ledger_beside, not_asked};
    use crate::report::{Excluded, Ledger, QuestionLedger};

    fn ledger(question: &str, used: u64, excluded: &[(&str, u64)]) -> Ledger {
        let excluded = excluded.iter().map(|(reason, rows)| Excluded {
            reason: (*reason).to_owned(),
            rows: *rows,
            places: Vec::new(),
        });
        let excluded: Vec<Excluded> = excluded.collect();
        Ledger {
            rows_read: used + excluded.iter().map(|one| one.rows).sum::<u64>(),
            rows_used: used,
            excluded,
            kept: Vec::new(),
            lookups: Vec::new(),
            questions: vec![QuestionLedger { answered: Some(used), ..not_asked(question, 0) }],
        }
    }

    fn adds_up(ledger: &Ledger) {
        let excluded: u64 = ledger.excluded.iter().map(|excluded| excluded.rows).sum();
        assert_eq!(ledger.rows_read, ledger.rows_used + excluded);
        for line in &ledger.questions {
            let [answered, not_asked] = [line.answered, line.not_asked].map(Option::unwrap);
            assert_eq!(answered + not_asked, ledger.rows_used, "{}", line.question);
        }
    }

    #[test]
    fn the_account_of_several_sources_adds_up() {
        let (one, other) =
            (ledger("q1", 10, &[("no_date", 1), ("other_wave", 4)]), ledger("q2", 20, &[("filtered", 3)]));
        let joined = joined_ledger(&[&one, &other]);
        adds_up(&joined);
        assert_eq!((joined.rows_read, joined.rows_used), (38, 30));
        assert_eq!(joined.excluded.last().map(|last| last.reason.as_str()), Some("other_wave"));
        assert_eq!(joined_ledger(&[]), Ledger::default());
    }

    #[test]
    fn rows_of_other_waves_are_left_out_of_the_account_of_the_wave_shown() {
        let (shown, other) = (ledger("q1", 10, &[("other_wave", 4)]), ledger("q1", 20, &[("filtered", 3)]));
        let beside = ledger_beside(&shown, &[&other]);
        adds_up(&beside);
        assert_eq!((beside.rows_read, beside.rows_used), (37, 10));
        assert_eq!(beside.excluded.last().map(|last| last.rows), Some(24));
    }
}
