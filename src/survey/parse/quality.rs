//! `[quality]`: how the answers came in.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::diagnostic::Severity;
use crate::survey::definition::Survey;
use crate::survey::expression;
use crate::survey::quality::{Contradiction, Disposition, QualityDefinition};
use crate::survey::suggestion::did_you_mean;

/// The `[quality]` table; `survey` has its questions and segments already.
pub(super) fn quality(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> QualityDefinition {
    let Some(table) = root.get("quality").and_then(|value| value.get_ref().as_table()) else {
        return QualityDefinition::default();
    };
    for key in ["duration", "started", "disposition"] {
        if let Some(value) = table.get(key) {
            survey.places.record(format!("quality.{key}"), value.span());
        }
    }
    let number = |key: &str| table.get(key).and_then(|value| value::number(value.get_ref()));
    let quality = QualityDefinition {
        duration: value::text(table, "duration"),
        fast_seconds: number("fast_seconds"),
        fast_share: number("fast_share"),
        started: value::text(table, "started"),
        contradictions: contradictions(table, survey, complaints),
        disposition: value::text(table, "disposition"),
        dispositions: dispositions(table, complaints),
        disposition_counts: counts(table),
        eligible_share: number("eligible_share"),
        order: order(table, survey, complaints),
    };
    check_dispositions(table, complaints);
    quality
}

fn contradictions(
    table: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Vec<Contradiction> {
    let list = table.get("contradictions").and_then(|value| value.get_ref().as_array());
    let mut found = Vec::new();
    for item in list.into_iter().flatten() {
        let Some(text) = item.get_ref().as_str() else { continue };
        match expression::parse(text) {
            Ok(expression) => {
                // A name that is no question may be a column: that is known with the files.
                let faults = expression::check(&expression, survey, &[]);
                let known = faults.into_iter().filter(|fault| fault.code != "unknown_name");
                let mut is_wrong = false;
                for fault in known {
                    is_wrong |= fault.severity == Severity::Error;
                    complaints.add(item.span(), fault);
                }
                let place = Some(complaints.document.place(item.span()));
                if !is_wrong {
                    found.push(Contradiction { text: text.trim().to_owned(), expression, place });
                }
            }
            Err(mut fault) => {
                fault.message = format!("[quality], key `contradictions`: {}", fault.message);
                complaints.add(item.span(), fault);
            }
        }
    }
    found
}

fn dispositions(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> IndexMap<Disposition, Vec<String>> {
    let Some(inner) = table.get("dispositions").and_then(|value| value.get_ref().as_table()) else {
        return IndexMap::new();
    };
    let mut found: IndexMap<Disposition, Vec<String>> = IndexMap::new();
    for (disposition, name) in Disposition::ALL {
        let codes = value::codes(inner, name);
        let twice = codes.iter().find(|code| found.values().flatten().any(|other| other == *code));
        if let (Some(code), Some(at)) = (twice, inner.get(name)) {
            complaints.error(
                at.span(),
                "duplicate_value",
                format!("[quality], key `dispositions`: `{code}` stands for two dispositions"),
                "a case has one disposition, or the rates would count it twice",
                "keep it where it belongs",
            );
        }
        if inner.contains_key(name) {
            found.insert(disposition, codes);
        }
    }
    found
}

fn counts(table: &DeTable<'_>) -> IndexMap<Disposition, u64> {
    let inner = table.get("disposition_counts").and_then(|value| value.get_ref().as_table());
    let all = Disposition::ALL.into_iter();
    all.filter_map(|(disposition, name)| Some((disposition, value::count(inner?, name)?))).collect()
}

fn check_dispositions(table: &DeTable<'_>, complaints: &mut Complaints<'_>) {
    let (column, cells, counts) =
        (table.get("disposition"), table.get("dispositions"), table.get("disposition_counts"));
    if let (Some(at), Some(_)) = (counts, column) {
        complaints.error(
            at.span(),
            "conflict",
            "[quality]: both `disposition` and `disposition_counts`",
            "the cases are counted from the column, or their number is given, not both",
            "keep one of them",
        );
    }
    if let (Some(at), None) = (cells, column) {
        complaints.error(
            at.span(),
            "missing_key",
            "[quality]: `dispositions` without `disposition`",
            "it cannot be told which column holds these cells",
            "name it: `disposition = \"…\"`",
        );
    }
    if let (Some(at), None, None) = (table.get("eligible_share"), column, counts) {
        complaints.error(
            at.span(),
            "missing_key",
            "[quality]: `eligible_share` without `disposition` or `disposition_counts`",
            "it is a part of response rates, and without dispositions there are none",
            "name the column of dispositions, or remove it",
        );
    }
}

fn order(table: &DeTable<'_>, survey: &Survey, complaints: &mut Complaints<'_>) -> Vec<String> {
    let list = table.get("order").and_then(|value| value.get_ref().as_array());
    let mut found: Vec<String> = Vec::new();
    for item in list.into_iter().flatten() {
        let Some(id) = item.get_ref().as_str() else { continue };
        if found.iter().any(|other| other == id) {
            complaints.error(
                item.span(),
                "duplicate_value",
                format!("[quality], key `order`: `{id}` stands twice"),
                "a question is asked once",
                "keep one of them",
            );
        } else if survey.questions.iter().any(|question| question.id == id) {
            found.push(id.to_owned());
        } else {
            unknown_question(item, id, survey, complaints);
        }
    }
    found
}

fn unknown_question(item: &Spanned<DeValue<'_>>, id: &str, survey: &Survey, complaints: &mut Complaints<'_>) {
    let known = survey.questions.iter().map(|question| question.id.as_str());
    complaints.error(
        item.span(),
        "unknown_question",
        format!("[quality], key `order`: there is no question `{id}`"),
        "the order in which questions were asked tells where respondents stopped",
        did_you_mean(id, known)
            .map_or_else(|| "name the id of a question".to_owned(), |near| format!("did you mean `{near}`?")),
    );
}

#[cfg(test)]
mod tests {
    use crate::survey::parse;
    use crate::survey::quality::Disposition;

    #[test]
    fn everything_is_read() {
        let text = "[quality]\nduration = \"secs\"\nfast_seconds = 20\nfast_share = 0.4\nstarted = \"begun\"\n\
            contradictions = [\"a >= 4 and b <= 2\"]\ndisposition = \"status\"\n\
            dispositions = { complete = [1, \"Complete\"], unknown = [\"?\"] }\neligible_share = 0.8\norder = [\"b\", \"a\"]\n\
            [question.a]\n[question.b]\n";
        let quality = parse(text.as_bytes(), "s.toml").unwrap().survey.quality;
        assert_eq!((quality.duration.as_deref(), quality.started.as_deref()), (Some("secs"), Some("begun")));
        assert_eq!((quality.fast_seconds, quality.fast_share), (Some(20.0), Some(0.4)));
        assert_eq!(quality.contradictions[0].text, "a >= 4 and b <= 2");
        assert_eq!(quality.dispositions[&Disposition::Complete], ["1", "Complete"]);
        assert_eq!(quality.eligible_share, Some(0.8));
        assert_eq!(quality.order, ["b", "a"]);
        let text = "[quality]\ndisposition_counts = { complete = 400, refusal = 80 }\n";
        let counts = parse(text.as_bytes(), "s.toml").unwrap().survey.quality.disposition_counts;
        assert_eq!(counts.get(&Disposition::Refusal), Some(&80));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        let text = "[question.overall]\n[quality]\norder = [\"overal\", \"overall\", \"overall\"]\n\
            contradictions = [\"overall >\", \"overall = 9\"]\ndispositions = { complete = [1], partial = [1] }\n";
        let complaints = parse(text.as_bytes(), "s.toml").unwrap_err();
        let told: Vec<(&str, usize)> = complaints
            .iter()
            .map(|complaint| (complaint.code, complaint.place.as_ref().map_or(0, |place| place.line)))
            .collect();
        for wanted in
            [("unknown_question", 3), ("duplicate_value", 3), ("duplicate_value", 5), ("missing_key", 5)]
        {
            assert!(told.contains(&wanted), "{wanted:?} in {told:?}");
        }
        assert!(told.iter().any(|(_, line)| *line == 4));
        let near = complaints.iter().find(|complaint| complaint.code == "unknown_question").unwrap();
        assert_eq!(near.help.as_deref(), Some("did you mean `overall`?"));
    }
}
