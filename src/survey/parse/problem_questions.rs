//! `[complaints]`: the questions of a survey that tell of problems and of complaining.

use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::value;
use crate::survey::complaints::ProblemQuestions;
use crate::survey::definition::Survey;
use crate::survey::measure::Measure;
use crate::survey::suggestion::did_you_mean;

/// The questions; where the definition asks none, those of the answers' own definition are meant.
pub(super) fn read(
    table: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> ProblemQuestions {
    let [problem, complained, recovered] =
        ["problem", "complained", "recovered"].map(|key| value::text(table, key));
    let found = ProblemQuestions { problem, complained, recovered };
    for (key, id) in found.named() {
        let span = table.get(key).map_or(0..0, Spanned::span);
        if found.problem.is_none() {
            complaints.error(
                span.clone(),
                "missing_key",
                format!("[complaints]: `{key}` without `problem`"),
                "only who had a problem can complain of it, or have it put right",
                "name the question that asks whether there was one: `problem = \"…\"`",
            );
        }
        if survey.questions.is_empty() {
            continue;
        }
        let Some(question) = survey.questions.iter().find(|question| question.id == id) else {
            let ids = survey.questions.iter().map(|question| question.id.as_str());
            let help = did_you_mean(id, ids).map_or_else(
                || "name a question of this definition".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            complaints.error(
                span,
                "unknown_question",
                format!("[complaints], key `{key}`: there is no question `{id}`"),
                "nothing would be known of problems",
                help,
            );
            continue;
        };
        if !can_answer(key, question.measure) {
            complaints.error(
                span,
                "wrong_measure",
                format!("[complaints], key `{key}`: `{id}` measures {}", question.measure.name()),
                "it is to be answered with yes or no",
                if key == "recovered" {
                    "name a question of measure choice, or a rating, whose top box is yes"
                } else {
                    "name a question of measure choice"
                },
            );
        }
    }
    found
}

/// Whether a question of that measure tells what the key wants.
pub(in crate::survey) const fn can_answer(key: &str, measure: Measure) -> bool {
    match measure {
        Measure::Choice | Measure::Checklist => true,
        Measure::Csat | Measure::Rating => matches!(key.as_bytes(), b"recovered"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::survey;

    const QUESTIONS: &str = "[question.overall]\nmeasure = \"csat\"\n[question.had]\nmeasure = \"choice\"\n\
                             [question.told]\nmeasure = \"choice\"\n[question.why]\nmeasure = \"text\"\n";

    fn codes(text: &str) -> Vec<(&'static str, String)> {
        let Err(found) = survey::parse(text.as_bytes(), "survey.toml") else { return Vec::new() };
        found.into_iter().map(|found| (found.code, found.help.unwrap_or_default())).collect()
    }

    #[test]
    fn questions_are_those_of_the_definition() {
        let of = |keys: &str| codes(&format!("{QUESTIONS}[complaints]\n{keys}"));
        assert_eq!(of("problem = \"had\"\ncomplained = \"told\"\nrecovered = \"overall\"\n"), []);
        assert_eq!(of("problem = \"hat\"\n")[0], ("unknown_question", "did you mean `had`?".to_owned()));
        assert_eq!(of("problem = \"overall\"\n")[0].0, "wrong_measure");
        assert_eq!(of("problem = \"had\"\nrecovered = \"why\"\n")[0].0, "wrong_measure");
        assert_eq!(of("complained = \"told\"\n")[0].0, "missing_key");
        // Without questions of its own they are those of the answers' definition.
        assert_eq!(codes("[complaints]\nproblem = \"anything\"\n"), []);
    }
}
