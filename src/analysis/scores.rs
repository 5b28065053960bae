//! Every score the survey supports, for the wave shown and its segments.

use crate::measures::DesignVariance;
use crate::report::{Estimate, FORMAT, Input, Provenance, Report, Section, SurveySummary, Waves};
use crate::survey::{Survey, WaveRule};
use crate::tally::{Counted, Stratum};

use super::crosstab::CrosstabMap;
use super::design::Designed;
use super::error::AnalysisError;
use super::exclusions::{DUPLICATE_ID, NO_INTERVIEW, PREVIEW};
use super::ledger::{input_name, ledger};
use super::notes::{Subject, notes};
use super::other_scale;
use super::plan::PlanMap;
use super::ratings::{KeptRatings, Ratings};
use super::scope::{Depth, Scope};
use super::scorer::{Scorer, strata};
use super::sections::{self, Subject as Sectioned};
use super::summary::{Run, summary, wave_rule};
use super::trend::WaveFigures;
use super::waves::{Shown, choose};
use super::{
    checklist, crosstab, gate, inferred_direction, population, response, trend, ungrouped, weighted_scores,
    weights,
};

/// The report of the scores.
///
/// `provenance` says what ran; its inputs are filled in here from what was read.
///
/// # Errors
/// An unknown wave or segment of the mix (what was typed), saved waves that do not join, or more answers than the
/// population has members (the definition).
pub fn run(
    survey: &Survey,
    map: &PlanMap,
    counted: &Counted,
    scope: &Scope,
    provenance: Provenance,
) -> Result<Report, AnalysisError> {
    run_by_design(survey, map, counted, None, scope, provenance)
}

/// The same of counts under the weights of a design, which knows its variances.
///
/// # Errors
/// As for [`run`].
pub fn run_by_design(
    survey: &Survey,
    map: &PlanMap,
    counted: &Counted,
    design: Option<&Designed>,
    scope: &Scope,
    provenance: Provenance,
) -> Result<Report, AnalysisError> {
    run_with_rows(survey, map, counted, (design, None), scope, provenance)
}

/// The same with what is made of rows, where a pass has kept them for it.
///
/// # Errors
/// As for [`run`], and rows of which nothing can be made that was asked for.
pub fn run_with_rows(
    survey: &Survey,
    map: &PlanMap,
    counted: &Counted,
    (design, kept): (Option<&Designed>, Option<KeptRatings<'_>>),
    scope: &Scope,
    provenance: Provenance,
) -> Result<Report, AnalysisError> {
    let variance = design.map(|design| -> &dyn DesignVariance { design });
    let mut chosen = choose(scope.wave.as_ref(), &counted.waves, map.wave.as_ref(), scope.as_of)?;
    // Tables with a column for each wave speak of all of them, beside tables of one wave too.
    let of_tables = chosen.shown;
    if map.crosstab.as_ref().is_some_and(CrosstabMap::has_waves) && chosen.shown != Shown::NoWaves {
        chosen.shown = Shown::All;
    }
    let shown = strata(counted, chosen.shown);
    let wave = match chosen.shown {
        Shown::One(index) => Some(counted.waves[index].label.clone()),
        Shown::NoWaves | Shown::All => None,
    };
    let total =
        shown.iter().copied().find(|stratum| stratum.segment.is_empty() && is_whole(stratum, chosen.shown));
    let ledger = ledger(survey, map, counted, total, wave.as_deref());
    let suppress_below = scope.suppress_below.unwrap_or(survey.suppress_below);
    let scorer = Scorer::new(survey, map, counted, scope, chosen.shown, variance);
    // Without a row there is nothing to score; with rows but no answer a figure is null and says why.
    let mut estimates = if ledger.rows_used == 0 { Vec::new() } else { scorer.estimates()? };
    if ledger.rows_used > 0 {
        estimates.extend(checklist::estimates((survey, map, counted), &scorer, &shown));
    }
    if of_tables != chosen.shown {
        // The waves' own figures stand in the tables.
        estimates.retain(|estimate| estimate.wave.is_none());
    }
    let mut weighting = total.filter(|_| map.weight.is_some() || design.is_some()).and_then(|total| {
        let column = map.weight.as_deref();
        weights::section(column, total, counted, design, wave.as_deref())
    });
    if let (Some(section), Some(total), true) = (&mut weighting, total, scope.with_unweighted) {
        section.scores = weighted_scores::scores(&scorer, total, &estimates);
    }
    let mut found: Vec<String> = counted.waves.iter().map(|wave| wave.label.clone()).collect();
    let pooled = if chosen.shown == Shown::All { found.len() } else { 0 };
    let sampling = population::sampling(survey, ledger.rows_used, pooled);
    let invited = if scope.filter.is_some() {
        None
    } else {
        response::invited(survey.data.invited.as_ref(), wave.as_deref(), &found)
    };
    // A response that was left out is still a response: without their waves the rate is not known. A preview is none,
    // and a response that stands twice is one.
    let is_response = |reason: &str| !["other_wave", PREVIEW, NO_INTERVIEW, DUPLICATE_ID].contains(&reason);
    let left_out = ledger.excluded.iter().any(|left_out| is_response(&left_out.reason));
    let response_rate = response::rate(ledger.rows_used, invited.filter(|_| !left_out));
    let summary = summary(survey, map, counted, &Run { sampling, suppress_below, invited, response_rate });
    let provenance = with_inputs(provenance, counted);
    let file_wave = (map.wave.is_none() && !scope.saved.is_empty()).then(|| stem(&provenance));
    if file_wave.is_some() {
        for estimate in &mut estimates {
            estimate.wave.clone_from(&file_wave);
        }
    }
    let wave = wave.or_else(|| file_wave.clone());
    let mut all_notes: Vec<_> = chosen.note.iter().cloned().collect();
    all_notes.extend(notes(&Subject {
        survey,
        counted,
        ledger: &ledger,
        estimates: &estimates,
        weighting: weighting.as_ref(),
        targets: design.map_or_else(Vec::new, Designed::targets),
        provenance: &provenance,
        sampling,
        suppress_below,
        filtered: scope.filter.is_some(),
        needed: needed_columns(survey, map),
        pooled,
        as_of: scope.as_of,
        future: &chosen.future,
    }));
    all_notes.extend(design.into_iter().flat_map(|design| {
        weights::cautions(design, counted, total.and_then(|total| total.wave), scope.filter.is_some())
    }));
    all_notes.extend(weights::left_out(survey, scope));
    all_notes.extend(inferred_direction::notes(survey, &map.joint_ratings, counted, suppress_below));
    let whole: Vec<&Stratum> =
        shown.iter().copied().filter(|stratum| is_whole(stratum, chosen.shown)).collect();
    let ungrouped = ungrouped::notes(survey, counted, total, &whole, suppress_below > 0);
    // Tables count the segments that they show, and no others.
    let is_counted =
        |id: &str| map.groupings.iter().any(|grouping| matches!(grouping.as_slice(), [one] if one == id));
    all_notes.extend(ungrouped.into_iter().filter(|note| note.about.as_deref().is_none_or(is_counted)));
    // Waves that were weighted by themselves, where all are shown.
    let by_wave = design.filter(|_| chosen.shown == Shown::All).into_iter().flat_map(|design| {
        let totals = shown.iter().copied().filter(|stratum| stratum.segment.is_empty());
        totals.filter_map(|total| {
            let label = counted.waves.get(total.wave?)?.label.as_str();
            weights::section(map.weight.as_deref(), total, counted, Some(design), Some(label))
                .filter(|section| !section.margins.is_empty())
        })
    });
    let mut sections: Vec<Section> = weighting
        .into_iter()
        .chain(by_wave)
        .map(|mut section| {
            weights::hide_small(&mut section, suppress_below);
            Section::Weighting(section)
        })
        .collect();
    for groups in other_scale::by_segment(&estimates, wave.as_deref()) {
        all_notes.extend(other_scale::notes(&summary.questions, &groups));
    }
    let tables = map.crosstab.as_ref().zip(scope.crosstab.as_ref());
    if let Some((crosstab, ask)) = tables.filter(|_| !estimates.is_empty() || ledger.rows_used > 0) {
        let is_future = |wave: usize| chosen.future.contains(&wave);
        let (tables, notes) = crosstab::sections(&scorer.showing(of_tables), crosstab, ask, &is_future)?;
        if !tables.is_empty() {
            // A table of groups needs no score.
            all_notes.retain(|note| note.code != "nothing_to_score");
        }
        sections.extend(tables.into_iter().map(|table| Section::Crosstab(Box::new(table))));
        all_notes.extend(notes);
    }
    if scope.trend {
        let mut waves = trend::of_counts(&scorer, &estimates, &summary, left_out, &provenance)?;
        let of_file = |label: &str| wave_of_file(label, &estimates, &summary, &provenance);
        waves.extend(file_wave.as_deref().map(of_file));
        let waves = trend::joined(waves, scope)?;
        if !scope.saved.is_empty() {
            found = waves.iter().map(|wave| wave.label.clone()).collect();
        }
        let judged = scope.depth == Depth::Report && scope.filter.is_none() && gate::asks(survey);
        let trend = trend::of_scope(&waves, map.confidence, scope)?;
        sections.extend(trend.sections.into_iter().map(Section::Trend));
        all_notes.extend(trend.notes);
        if judged && !estimates.is_empty() {
            // Limits are written for everyone: rows that a condition keeps are not judged by them.
            let wave = wave.as_deref();
            let gates = gate::of_report(survey, waves, wave, map.confidence, &estimates, &summary);
            sections.extend(gates.map(Section::Gates));
        }
    }
    let of_wave = match chosen.shown {
        Shown::One(index) => Some(index),
        Shown::NoWaves | Shown::All => None,
    };
    let ratings =
        kept.map(|kept| (Ratings::of(survey, counted, (kept.ask, kept.rows), design, of_wave), kept));
    let context = |stratum: &Stratum| scorer.context(stratum);
    let hidden = |question: usize, stratum: &Stratum| scorer.hidden_in(question, stratum);
    let subject = Sectioned {
        survey,
        map,
        counted,
        scope,
        strata: &whole,
        wave: wave.as_deref(),
        estimates: &estimates,
        context: &context,
        design: variance,
        hidden: &hidden,
        ratings: ratings.as_ref().map(|(ratings, kept)| (ratings, *kept)),
    };
    let sections =
        if tables.is_some() { sections } else { sections::of(&subject, sections, &mut all_notes)? };
    Ok(Report {
        format: FORMAT.to_owned(),
        title: title(survey, &provenance),
        as_of: scope.as_of.to_string(),
        survey: summary,
        waves: Waves {
            wave,
            rule: map.wave.as_ref().map(wave_rule).or_else(|| file_wave.map(|_| "file".to_owned())),
            running: chosen.running.map(|index| counted.waves[index].label.clone()),
            future: chosen.future.iter().map(|index| counted.waves[*index].label.clone()).collect(),
            found,
        },
        by: scope.by.clone(),
        provenance,
        ledger,
        estimates,
        sections,
        notes: all_notes,
    })
}

fn is_whole(stratum: &Stratum, shown: Shown) -> bool {
    match shown {
        Shown::One(index) => stratum.wave == Some(index),
        Shown::NoWaves | Shown::All => stratum.wave.is_none(),
    }
}

fn with_inputs(provenance: Provenance, counted: &Counted) -> Provenance {
    let inputs = counted.inputs.iter().map(|input| Input {
        name: input_name(&input.name),
        bytes: input.bytes,
        rows: input.rows,
        hash: input.hash.clone(),
        ..Input::default()
    });
    Provenance { inputs: inputs.collect(), ..provenance }
}

fn title(survey: &Survey, provenance: &Provenance) -> String {
    survey.title.clone().unwrap_or_else(|| stem(provenance))
}

/// The name of the first file without its ending.
fn stem(provenance: &Provenance) -> String {
    let name = provenance.inputs.first().map_or("", |input| input.name.as_str());
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Answers without waves as one wave beside others.
fn wave_of_file(
    label: &str,
    estimates: &[Estimate],
    summary: &SurveySummary,
    provenance: &Provenance,
) -> WaveFigures {
    let names: Vec<&str> = provenance.inputs.iter().map(|input| input.name.as_str()).collect();
    WaveFigures {
        label: label.to_owned(),
        source: names.join(", "),
        calendar: false,
        complete: true,
        future: false,
        saved: false,
        invited: summary.invited,
        response_rate: summary.response_rate,
        weight: summary.weight.clone(),
        estimates: estimates.iter().filter(|estimate| estimate.segment.len() <= 1).cloned().collect(),
        questions: summary.questions.clone(),
        segments: summary.segments.clone(),
    }
}

/// The columns without which a row is not counted.
fn needed_columns<'a>(survey: &'a Survey, map: &'a PlanMap) -> Vec<&'a str> {
    let wave = match &map.wave {
        Some(WaveRule::Column { column, .. }) => Some(column.as_str()),
        Some(WaveRule::Every(_)) => survey.data.date.as_ref().map(|date| date.column.as_str()),
        None => None,
    };
    map.weight.as_deref().into_iter().chain(wave).collect()
}

#[cfg(test)]
mod tests {
    use super::{AnalysisError, run};
    use crate::analysis::sample::{Row, counted, counted_by_quarter, day, quarterly, survey, times};
    use crate::analysis::{Scope, WaveChoice, plan};
    use crate::report::{DefinitionUsed, Estimate, Flag, Provenance, Report};
    use crate::source::{Position, Tallied};
    use crate::survey::{Invited, Missing, Sampling, Survey};
    use crate::tally::Counted;

    fn report(survey: &Survey, counted: &Counted, scope: &Scope) -> Result<Report, AnalysisError> {
        let (_, map) = plan(survey, scope).unwrap();
        run(survey, &map, counted, scope, Provenance::default())
    }

    fn scope() -> Scope {
        Scope::new(day(2026, 7, 1))
    }

    fn of<'a>(report: &'a Report, statistic: &str, region: Option<&str>, wave: Option<&str>) -> &'a Estimate {
        let found = report.estimates.iter().find(|estimate| {
            estimate.statistic == statistic
                && estimate.segment.get("region").map(String::as_str) == region
                && estimate.wave.as_deref() == wave
        });
        found.unwrap()
    }

    fn codes(report: &Report) -> Vec<&str> {
        report.notes.iter().map(|note| note.code.as_str()).collect()
    }

    fn two_regions() -> Vec<Row> {
        let mut answers = times(30, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(20, Row(Some("N"), 0, Ok(2))));
        answers.extend(times(40, Row(Some("S"), 0, Ok(4))));
        answers.extend(times(6, Row(Some("S"), 0, Err(Missing::Blank))));
        answers.extend(times(4, Row(None, 0, Err(Missing::DontKnow))));
        answers
    }

    #[test]
    fn every_score_stands_for_all_and_for_each_value_of_a_segment() {
        let report = report(&survey(), &counted(&two_regions()), &scope()).unwrap();
        assert_eq!(report.estimates.len(), 15, "five statistics of one question; text is not scored");
        let all = of(&report, "top_box", None, None);
        assert_eq!((all.base, all.headline), (Some(90), true));
        assert_eq!(of(&report, "top_box", Some("N"), None).value, Some(60.0));
        assert_eq!(of(&report, "top_box", Some("S"), None).value, Some(100.0));
        assert_eq!(of(&report, "mean", Some("S"), None).flag, Some(Flag::NoVariation));
        assert_eq!(report.title, "Branches");
        assert_eq!(report.provenance.inputs[0].name, "answers.csv");
        assert_eq!(report.survey.segments[0].values, ["N", "S"]);
    }

    #[test]
    fn the_ledger_adds_up() {
        let report = report(&survey(), &counted(&two_regions()), &scope()).unwrap();
        let ledger = &report.ledger;
        assert_eq!((ledger.rows_read, ledger.rows_used), (100, 100));
        let line = &ledger.questions[0];
        assert_eq!(ledger.questions.len(), 1, "text has no line");
        assert_eq!((line.answered, line.blank, line.dont_know), (Some(90), Some(6), Some(4)));
        assert_eq!((line.invalid, line.not_applicable, line.not_asked), (Some(0), Some(0), Some(0)));
    }

    #[test]
    fn one_wave_is_shown_and_the_others_are_excluded() {
        let mut answers = times(10, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(20, Row(Some("N"), 1, Ok(4))));
        answers.extend(times(5, Row(Some("N"), 2, Ok(4))));
        let mut counted = counted_by_quarter(&answers, 3);
        counted.ledger.rows_read += 2;
        counted.ledger.excluded.insert("no_date", Tallied { rows: 2, places: Vec::new() });
        let position = |row| Position { input: 0, row, line: row + 1, column: 3 };
        for (wave, row) in [("2026-Q1", 7), ("2026-Q2", 9)] {
            let tallied = Tallied { rows: 1, places: vec![position(row)] };
            counted.ledger.invalid.insert(("overall".to_owned(), wave.to_owned()), tallied);
        }
        let report = report(&quarterly(), &counted, &scope()).unwrap();
        assert_eq!(report.waves.wave.as_deref(), Some("2026-Q2"));
        assert_eq!(report.waves.running.as_deref(), Some("2026-Q3"));
        assert_eq!(report.waves.rule.as_deref(), Some("quarter"));
        assert!(report.estimates.iter().all(|estimate| estimate.wave.as_deref() == Some("2026-Q2")));
        let ledger = &report.ledger;
        let excluded: u64 = ledger.excluded.iter().map(|excluded| excluded.rows).sum();
        assert_eq!(ledger.rows_read, ledger.rows_used + excluded);
        assert_eq!(
            ledger.excluded.last().map(|last| (last.reason.as_str(), last.rows)),
            Some(("other_wave", 15))
        );
        let places: Vec<u64> = ledger.questions[0].places.iter().map(|place| place.row).collect();
        assert_eq!(places, [9], "places of the wave shown only");
    }

    #[test]
    fn all_waves_show_each_and_the_pooled_figures() {
        let mut answers = times(10, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(30, Row(Some("N"), 1, Ok(1))));
        let scope = Scope { wave: Some(WaveChoice::All), ..scope() };
        let report = report(&quarterly(), &counted_by_quarter(&answers, 2), &scope).unwrap();
        assert_eq!(of(&report, "top_box", None, Some("2026-Q1")).value, Some(100.0));
        assert_eq!(of(&report, "top_box", None, None).value, Some(25.0));
        assert_eq!(report.ledger.rows_used, 40);
        assert!(codes(&report).contains(&"pooled"));
    }

    #[test]
    fn a_wave_that_is_not_there_is_an_error_with_the_list() {
        let scope = Scope { wave: Some(WaveChoice::Named("2027-Q1".to_owned())), ..scope() };
        let counted = counted_by_quarter(&two_regions(), 1);
        let error = report(&quarterly(), &counted, &scope).unwrap_err();
        assert!(matches!(error, AnalysisError::UnknownWave { .. }));
    }

    #[test]
    fn nothing_to_score_is_a_note_and_no_error() {
        let nobody = report(&survey(), &counted(&[]), &scope()).unwrap();
        assert!(codes(&nobody).contains(&"nothing_to_score"));
        let mut empty = survey();
        empty.questions.clear();
        let none = report(&empty, &counted(&two_regions()), &scope()).unwrap();
        assert!(none.estimates.is_empty());
        assert!(codes(&none).contains(&"nothing_to_score"));
        let mut no_strata = counted(&[]);
        no_strata.strata.clear();
        assert_eq!(report(&survey(), &no_strata, &scope()).unwrap().ledger.rows_used, 0);
    }

    #[test]
    fn hidden_cells_keep_nothing_that_tells_their_size() {
        let mut answers = two_regions();
        answers.extend(times(3, Row(Some("E"), 0, Ok(5))));
        let scope = Scope { suppress_below: Some(10), ..scope() };
        let report = report(&survey(), &counted(&answers), &scope).unwrap();
        for (region, flag) in [("E", Flag::Suppressed), ("S", Flag::Complementary)] {
            for statistic in ["top_box", "mean", "index", "bottom_box", "net"] {
                let hidden = of(&report, statistic, Some(region), None);
                assert_eq!(hidden.flag, Some(flag));
                assert_eq!((hidden.value, hidden.se, hidden.low, hidden.high), (None, None, None, None));
                assert_eq!((hidden.base, hidden.base_weighted, hidden.base_effective), (None, None, None));
                assert_eq!(
                    (hidden.base_kish, hidden.design_effect_kish, hidden.target_verdict),
                    (None, None, None)
                );
            }
        }
        assert_eq!(of(&report, "top_box", Some("N"), None).base, Some(50));
        assert!(codes(&report).contains(&"suppressed"));
    }

    #[test]
    fn more_answers_than_the_population_is_an_error_unless_the_link_was_open() {
        let mut survey = survey();
        survey.population = Some(80);
        let counted = counted(&two_regions());
        let error = report(&survey, &counted, &scope()).unwrap_err();
        assert_eq!(error.to_string(), "question `overall` has 90 answers, but the population is 80");
        survey.sampling = Sampling::OpenLink;
        assert!(report(&survey, &counted, &scope()).is_ok());
        survey.sampling = Sampling::Random;
        survey.population = None;
        survey.segments[0].population.insert("N".to_owned(), 49);
        let error = report(&survey, &counted, &scope()).unwrap_err();
        assert!(error.to_string().contains("in region N"), "{error}");
    }

    #[test]
    fn a_claimed_census_needs_nearly_everybody() {
        let mut survey = survey();
        survey.sampling = Sampling::EveryoneAnswered;
        survey.population = Some(1000);
        let report = report(&survey, &counted(&two_regions()), &scope()).unwrap();
        assert!(codes(&report).contains(&"not_everyone_answered"));
        assert!(of(&report, "top_box", None, None).low.is_some());
    }

    #[test]
    fn the_response_rate_needs_the_number_invited() {
        let mut survey = survey();
        survey.data.invited = Some(Invited::Total(400));
        let report = report(&survey, &counted(&two_regions()), &scope()).unwrap();
        assert_eq!((report.survey.response_rate, report.survey.invited), (Some(25.0), Some(400)));
    }

    #[test]
    fn answers_that_are_all_invalid_raise_a_caution() {
        let answers = times(8, Row(Some("N"), 0, Err(Missing::Invalid)));
        let report = report(&survey(), &counted(&answers), &scope()).unwrap();
        assert!(codes(&report).contains(&"all_invalid"));
    }

    #[test]
    fn an_inferred_survey_says_which_end_it_took_as_best() {
        let survey = survey();
        let (_, map) = plan(&survey, &scope()).unwrap();
        let definition = Some(DefinitionUsed { name: "inferred".to_owned(), hash: None });
        let provenance = Provenance { definition, ..Provenance::default() };
        let report = run(&survey, &map, &counted(&two_regions()), &scope(), provenance).unwrap();
        let note = report.notes.iter().find(|note| note.code == "best_point_assumed").unwrap();
        assert_eq!(note.text, "5 taken as best for overall");
    }

    #[test]
    fn a_file_without_the_weight_has_its_rows_left_out_not_asked() {
        let mut survey = survey();
        survey.data.weight = Some("w".to_owned());
        let mut counted = counted(&two_regions());
        counted.inputs[0].absent_columns = vec!["overall".to_owned(), "w".to_owned()];
        let report = report(&survey, &counted, &scope()).unwrap();
        let said: Vec<&str> = report
            .notes
            .iter()
            .filter(|note| note.code == "absent_columns")
            .map(|note| note.text.as_str())
            .collect();
        let wanted = [
            "answers.csv lacks w: its rows are left out",
            "answers.csv lacks overall: its rows count as not asked",
        ];
        assert_eq!(said, wanted);
    }
}
