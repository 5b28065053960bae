//! Notes in the language of a report: each code has a text in each language, filled with the values of the note.
//!
//! The analysis makes its English text from the same place, so a note says the same everywhere. A note of a code or
//! with values that are not known, such as one of an older report, keeps the text that it has.

use indexmap::IndexSet;

use super::caveat::{caveats, counts};
use super::phrases::{NoteTexts, Phrases};
use super::promises::promise_note;
use super::speech::{Speech, fill};
use crate::report::{Language, Note, NoteSeverity};

/// The value that tells the texts of one code apart.
const CASE: &str = "case";

/// The value that lists names, and how many more there are than it lists.
const LIST: &str = "list";
const MORE: &str = "more";

/// Values that are numbers and get the marks of the language.
pub(super) const NUMBERS: [&str; 17] = [
    "unmatched",
    "blank",
    "count",
    "total",
    "below",
    "also",
    "invalid",
    "given",
    "r",
    "low",
    "high",
    "level",
    "rows",
    "sum",
    "base",
    "effect",
    "effective",
];

/// A note with its text in English, from its code and its values.
pub(crate) fn said(
    severity: NoteSeverity,
    code: &str,
    about: Option<&str>,
    values: impl IntoIterator<Item = (&'static str, String)>,
) -> Note {
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut note = Note {
        code: code.to_owned(),
        severity,
        text: code.replace('_', " "),
        about: about.map(str::to_owned),
        values,
    };
    if let Some(text) = filled(Phrases::of(Language::English), &note, &|digits| digits.to_owned()) {
        note.text = text;
    }
    note
}

/// Notes of one severity as lines in the language of the report, one line a kind where that says it all.
pub(crate) fn note_lines(speech: &Speech, notes: &[&Note]) -> Vec<String> {
    if speech.language() == Language::English {
        let lines = caveats(notes).into_iter();
        return lines
            .map(|line| {
                let text = ["caution: ", "note: "].iter().find_map(|said| line.strip_prefix(said));
                text.unwrap_or(&line).to_owned()
            })
            .collect();
    }
    let mut kinds: Vec<Vec<&Note>> = Vec::new();
    for note in notes {
        let is_alike = |kind: &&mut Vec<&Note>| {
            kind.first().is_some_and(|first| first.code == note.code && counts(first).eq(counts(note)))
        };
        match kinds.iter_mut().find(is_alike) {
            Some(kind) => kind.push(note),
            None => kinds.push(vec![note]),
        }
    }
    kinds.iter().flat_map(|kind| together(speech, kind)).collect()
}

/// What of a question changed, in words; what is not known as it stands.
pub(crate) fn changed<'a>(phrases: &Phrases, what: &'a str) -> &'a str {
    match what {
        "wording" => phrases.change.wording,
        "scale" => phrases.change.scale,
        "options" => phrases.change.options,
        other => other,
    }
}

/// The notes of one kind in as few lines as can be, as [`caveats`] joins them.
fn together(speech: &Speech, notes: &[&Note]) -> Vec<String> {
    let texts = &speech.phrases().notes;
    let [first, others @ ..] = notes else { return Vec::new() };
    if others.is_empty() {
        return vec![translated(speech, first)];
    }
    let abouts: Option<Vec<&str>> = others.iter().map(|note| note.about.as_deref()).collect();
    if let Some(abouts) = abouts {
        let text = translated(speech, first);
        return vec![fill(texts.same_for, &[("text", &text), ("list", &abouts.join(", "))])];
    }
    let distinct: IndexSet<String> = notes.iter().map(|note| translated(speech, note)).collect();
    distinct.into_iter().collect()
}

/// A note in the language of the report, or as it stands where there is no text for it.
pub(crate) fn translated(speech: &Speech, note: &Note) -> String {
    filled(speech.phrases(), note, &|digits| speech.written(digits)).unwrap_or_else(|| note.text.clone())
}

/// The text of a note's code with its values; none where the code or a value of its text is not known.
fn filled(phrases: &Phrases, note: &Note, number: &dyn Fn(&str) -> String) -> Option<String> {
    let text = text(&phrases.notes, &note.code, note.values.get(CASE).map(String::as_str))
        .or_else(|| promise_note(&phrases.promises, &note.code))?;
    let values: Vec<(&str, String)> = note
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), shown(phrases, note, name, value, number)))
        .collect();
    let is_known = |name: &str| values.iter().any(|(known, _)| *known == name);
    if !placeholders(text).all(is_known) {
        return None;
    }
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    Some(fill(text, &values))
}

/// A value as the language writes it.
fn shown(phrases: &Phrases, note: &Note, name: &str, value: &str, number: &dyn Fn(&str) -> String) -> String {
    match name {
        LIST => note.values.get(MORE).map_or_else(
            || value.to_owned(),
            |more| fill(phrases.notes.and_more, &[("list", &value), ("more", more)]),
        ),
        "changed" => value.split(", ").map(|what| changed(phrases, what)).collect::<Vec<&str>>().join(", "),
        _ if NUMBERS.contains(&name) => number(value),
        _ => value.to_owned(),
    }
}

/// The text of a code, and of its case where it has several.
fn text(texts: &NoteTexts, code: &str, case: Option<&str>) -> Option<&'static str> {
    Some(match (code, case) {
        ("all_invalid", _) => texts.all_invalid,
        ("many_invalid", _) => texts.many_invalid,
        ("best_point_assumed", _) => texts.best_point_assumed,
        ("small_base", Some("weighted")) => texts.small_base_weighted,
        ("small_base", _) => texts.small_base,
        ("weighted_of_all", _) => texts.weighted_of_all,
        ("suppressed", Some("one")) => texts.suppressed_one,
        ("suppressed", Some("many")) => texts.suppressed_many,
        ("suppressed", Some("also")) => texts.suppressed_also,
        ("zero_width", _) => texts.zero_width,
        ("not_everyone_answered", _) => texts.not_everyone_answered,
        ("population_not_used", Some("open_link")) => texts.population_open_link,
        ("population_not_used", Some("filtered")) => texts.population_filtered,
        ("population_not_used", Some("waves")) => texts.population_waves,
        ("pooled", _) => texts.pooled,
        ("unused_columns", _) => texts.unused_columns,
        ("lookup_matched", _) => texts.lookup_matched,
        ("lookup_zeros", _) => texts.lookup_zeros,
        ("lookup_conflicts", _) => texts.lookup_conflicts,
        ("absent_columns", Some("needed")) => texts.absent_needed,
        ("absent_columns", Some("other")) => texts.absent_other,
        ("direction_doubtful", _) => texts.direction_doubtful,
        ("no_drivers", Some("rows")) => texts.no_drivers_rows,
        ("no_drivers", Some("outcome")) => texts.no_drivers_outcome,
        ("no_drivers", Some("constant")) => texts.no_drivers_constant,
        ("no_drivers", Some("pairs")) => texts.no_drivers_pairs,
        ("no_drivers", Some("follows")) => texts.no_drivers_follows,
        ("no_drivers", _) => texts.no_drivers_other,
        ("no_group", Some("counted")) => texts.no_group,
        ("no_group", Some("some")) => texts.no_group_some,
        ("no_group", Some("unreadable")) => texts.no_group_unreadable,
        ("no_group", Some("unreadable_some")) => texts.no_group_unreadable_some,
        ("wave_incomplete", _) => texts.wave_incomplete,
        ("crosstab_itself", _) => texts.crosstab_itself,
        ("crosstab_wide", _) => texts.crosstab_wide,
        ("future_dates", Some("one")) => texts.future_dates_one,
        ("future_dates", Some("many")) => texts.future_dates_many,
        ("single_wave", _) => texts.single_wave,
        ("trend_missing", Some("one")) => texts.trend_missing_one,
        ("trend_missing", Some("many")) => texts.trend_missing_many,
        ("trend_gap", Some("one")) => texts.trend_gap_one,
        ("trend_gap", Some("many")) => texts.trend_gap_many,
        ("trend_bridged", _) => texts.trend_bridged,
        ("trend_break", _) => texts.trend_break,
        ("trend_dropped", _) => texts.trend_dropped,
        ("tendency_weighted", _) => texts.tendency_weighted,
        ("mix_hidden", _) => texts.mix_hidden,
        ("mix_absent", _) => texts.mix_absent,
        ("trend_confidence", _) => texts.trend_confidence,
        ("trend_weights", _) => texts.trend_weights,
        ("compare_weights", _) => texts.compare_weights,
        ("compare_same", _) => texts.compare_same,
        ("compare_twice", _) => texts.compare_twice,
        ("compare_apart", _) => texts.compare_apart,
        ("nothing_to_score", Some("zero_weight")) => texts.nothing_zero_weight,
        ("nothing_to_score", Some("invalid_weight")) => texts.nothing_invalid_weight,
        ("nothing_to_score", Some("filtered")) => texts.nothing_filtered,
        ("nothing_to_score", Some("left_out")) => texts.nothing_left_out,
        ("nothing_to_score", Some("no_rows")) => texts.nothing_read,
        ("nothing_to_score", _) => texts.nothing_to_score,
        ("other_scale", _) => texts.other_scale,
        ("sampling", Some("open_link")) => texts.sampling_open_link,
        ("sampling", Some("everyone_answered")) => texts.sampling_everyone,
        ("sampling", Some(_)) => texts.sampling_chance,
        ("weighted", Some("one")) => texts.weighted_one,
        ("weighted", Some("targets")) => texts.weighted_targets,
        ("weighted_design", _) => texts.weighted_design,
        ("weights_fixed", _) => texts.weights_fixed,
        ("weights_left_out", _) => texts.weights_left_out,
        ("heavy_row", _) => texts.heavy_row,
        ("weights_inefficient", _) => texts.weights_inefficient,
        ("targets_rounded", _) => texts.targets_rounded,
        ("targets_missed", _) => texts.targets_missed,
        ("wave_not_weighted", _) => texts.wave_not_weighted,
        ("weighted", Some("many")) => texts.weighted_many,
        _ => return complaint_note(texts, code, case).or_else(|| gate_reason(texts, code, case)),
    })
}

/// The text of a caveat of complaints.
fn complaint_note(texts: &NoteTexts, code: &str, case: Option<&str>) -> Option<&'static str> {
    Some(match (code, case) {
        ("no_complaints", Some("none")) => texts.no_complaints_none,
        ("no_complaints", Some("periods")) => texts.no_complaints_in,
        ("complaints_are_not_dissatisfaction", _) => texts.complaints_are_not_dissatisfaction,
        ("as_of_last_moment", _) => texts.as_of_last_moment,
        ("no_transactions", _) => texts.no_transactions,
        ("judged_early", _) => texts.judged_early,
        ("other_too_large", _) => texts.other_too_large,
        ("no_holidays", _) => texts.no_holidays,
        ("no_periods_of_segment", Some("many")) => texts.no_periods_many,
        ("no_periods_of_segment", _) => texts.no_periods_hidden,
        ("column_in_some_files", _) => texts.column_in_some_files,
        ("transactions_of_other_periods", _) => texts.transactions_of_other_periods,
        _ => return None,
    })
}

/// The text of why a gate could not be judged, or what weakens its outcome.
fn gate_reason(texts: &NoteTexts, code: &str, case: Option<&str>) -> Option<&'static str> {
    Some(match (code, case) {
        ("gate_no_direction", _) => texts.gate_no_direction,
        ("gate_no_wave", _) => texts.gate_no_wave,
        ("gate_unknown_wave", _) => texts.gate_unknown_wave,
        ("gate_nothing", _) => texts.gate_nothing,
        ("gate_no_group", _) => texts.gate_no_group,
        ("gate_no_answer", _) => texts.gate_no_answer,
        ("gate_hidden", _) => texts.gate_hidden,
        ("gate_no_median", _) => texts.gate_no_median,
        ("gate_no_figure", _) => texts.gate_no_figure,
        ("gate_one_answer", _) => texts.gate_one_answer,
        ("gate_all_alike", _) => texts.gate_all_alike,
        ("gate_no_interval", _) => texts.gate_no_interval,
        ("gate_not_over", _) => texts.gate_not_over,
        ("gate_none_before", _) => texts.gate_none_before,
        ("gate_no_last_year", _) => texts.gate_no_last_year,
        ("gate_asked_otherwise", _) => texts.gate_asked_otherwise,
        ("gate_not_comparable", _) => texts.gate_not_comparable,
        ("gate_change_without_interval", _) => texts.gate_change_without_interval,
        ("gate_percent", _) => texts.gate_percent,
        ("gate_falls", _) => texts.gate_falls,
        ("gate_crossed", _) => texts.gate_crossed,
        ("gate_small_base", Some("weighted")) => texts.gate_small_base_weighted,
        ("gate_small_base", Some("unknown")) => texts.gate_small_base_unknown,
        ("gate_small_base", _) => texts.gate_small_base,
        _ => return None,
    })
}

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::{note_lines, said};
    use crate::report::words::Speech;
    use crate::report::{DocumentSection, Language, Note, NoteSeverity};

    fn lines(language: Language, notes: &[Note]) -> Vec<String> {
        let speech = Speech::new(&DocumentSection { language, ..DocumentSection::default() });
        note_lines(&speech, &notes.iter().collect::<Vec<_>>())
    }

    fn info(code: &str, about: Option<&str>, values: &[(&'static str, &str)]) -> Note {
        let values = values.iter().map(|(name, value)| (*name, (*value).to_owned()));
        said(NoteSeverity::Info, code, about, values)
    }

    #[test]
    fn a_note_is_said_in_each_language_with_its_values() {
        let note =
            info("many_invalid", Some("a"), &[("invalid", "1200"), ("given", "4000"), ("question", "a")]);
        assert_eq!(
            note.text,
            "1200 of 4000 answers to a are invalid: look at its scale and its missing codes"
        );
        let english = lines(Language::English, std::slice::from_ref(&note));
        assert_eq!(english.first(), Some(&note.text));
        assert_eq!(english.len(), 1);
        assert!(
            lines(Language::German, std::slice::from_ref(&note))[0]
                .starts_with("1.200 von 4.000 Antworten auf a sind ungültig")
        );
        assert!(
            lines(Language::French, std::slice::from_ref(&note))[0]
                .starts_with("1\u{202f}200 réponses sur 4\u{202f}000")
        );
        assert!(
            lines(Language::Spanish, &[note])[0].starts_with("1.200 de 4.000 respuestas a a son no válidas")
        );
    }

    #[test]
    fn weights_and_sampling_are_said_with_their_values() {
        let values = [
            ("case", "many"),
            ("weight", "w"),
            ("rows", "1250"),
            ("sum", "1249.5"),
            ("base", "?"),
            ("effect", "1.2"),
        ];
        let note = info("weighted", Some("w"), &values);
        assert!(
            note.text.starts_with("weighted by w: 1250 rows, weights sum to 1249.5; Kish's effective base ?")
        );
        let german = &lines(Language::German, &[note])[0];
        assert!(german.starts_with("gewichtet mit w: 1.250 Zeilen, Summe der Gewichte 1.249,5;"), "{german}");
        assert_eq!(
            lines(Language::French, &[info("sampling", None, &[("case", "unknown")])]),
            ["l’intervalle ne montre que le hasard, non qui a choisi de répondre"]
        );
        assert_eq!(
            lines(Language::Spanish, &[info("nothing_to_score", None, &[])]),
            ["nada que calcular: ninguna pregunta de la encuesta da una cifra"]
        );
    }

    #[test]
    fn long_lists_say_how_many_more_there_are() {
        let note = info("unused_columns", None, &[("list", "a, b"), ("more", "3")]);
        assert_eq!(note.text, "columns not used: a, b and 3 more");
        assert_eq!(lines(Language::German, &[note]), ["nicht verwendete Spalten: a, b und 3 weitere"]);
    }

    #[test]
    fn words_within_values_are_said_in_the_language_too() {
        let values = [("question", "q"), ("before", "1"), ("wave", "2"), ("changed", "wording, scale, x")];
        let note = info("trend_break", Some("q"), &values);
        assert!(note.text.contains("between 1 and 2: wording, scale, x; the waves"), "{}", note.text);
        assert!(lines(Language::German, &[note])[0].contains("geändert: Wortlaut, Skala, x; die Wellen"));
    }

    #[test]
    fn notes_of_one_kind_are_one_line() {
        let invalid = |question| info("all_invalid", Some(question), &[("question", question)]);
        let german = lines(Language::German, &[invalid("a"), invalid("b"), invalid("c")]);
        assert_eq!(german.len(), 1);
        assert!(german[0].ends_with("; ebenso b, c"), "{german:?}");
    }

    #[test]
    fn notes_that_count_differently_are_a_line_each() {
        let without = |segment: &'static str, count| {
            let values = [("case", "counted"), ("count", count), ("total", "300"), ("segment", segment)];
            info("no_group", Some(segment), &values)
        };
        let notes = [without("a", "10"), without("b", "45"), without("c", "10")];
        for language in [Language::English, Language::German] {
            let lines = lines(language, &notes);
            assert_eq!(lines.len(), 2, "{lines:?}");
            assert!(lines[0].contains("10") && lines[0].ends_with(" c"), "{lines:?}");
            assert!(lines[1].contains("45"), "{lines:?}");
        }
    }

    #[test]
    fn a_note_of_an_older_report_keeps_its_text() {
        let old =
            Note { text: "as it was".into(), values: [].into(), ..info("pooled", None, &[("count", "2")]) };
        let other = Note { text: "something new".into(), ..info("not_known_here", None, &[]) };
        for (language, code, _) in Language::ALL {
            let said = lines(language, &[old.clone(), other.clone()]);
            assert_eq!(said, ["as it was", "something new"], "{code}");
        }
    }
}
