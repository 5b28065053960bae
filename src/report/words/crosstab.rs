//! Banner tables in words: what letters mean, what the tests say, which columns take no part.

use super::figure::{MOST_DECIMALS, decimals, is_signed};
use super::phrases::BannerTexts;
use super::speech::{NumberStyle, Speech, fill};
use crate::report::{
    CrosstabAgainst, CrosstabColumn, CrosstabRow, CrosstabSection, EffectSize, Flag, TableTest, Unit,
};

/// Percentages whose intervals are at least so many points wide are written without decimals.
const WHOLE_PERCENT: f64 = 4.0;

/// How figures of a row are written; `limits` are those of its narrowest column of usual width.
pub(crate) fn banner_style(row: &CrosstabRow, limits: Option<(f64, f64)>) -> NumberStyle {
    let is_whole = row.unit == Unit::Percent && limits.is_none_or(|(low, high)| high - low >= WHOLE_PERCENT);
    NumberStyle {
        decimals: if is_whole { 0 } else { decimals(row.unit, limits) },
        signed: is_signed(row.unit, &row.key),
        percent: row.unit == Unit::Percent,
    }
}

/// What letters and marks mean, by which level, and how p-values were adjusted: one sentence a line.
pub(crate) fn letters(speech: &Speech, section: &CrosstabSection) -> String {
    let texts = &speech.phrases().banner;
    let testing = &section.testing;
    let plain = |number: f64| speech.plain(number, MOST_DECIMALS, false);
    let levels = match testing.second_alpha {
        Some(second) => {
            fill(texts.two_levels, &[("alpha", &plain(testing.alpha)), ("second", &plain(second))])
        }
        None => fill(texts.one_level, &[("alpha", &plain(testing.alpha))]),
    };
    let meaning = match testing.against {
        CrosstabAgainst::EachOther => texts.letters_each,
        CrosstabAgainst::Previous => texts.letters_previous,
        CrosstabAgainst::Total => texts.marks_total,
        CrosstabAgainst::Rest => texts.marks_rest,
        CrosstabAgainst::Nothing => return texts.no_comparison.to_owned(),
    };
    let mut pieces = vec![fill(meaning, &[("levels", &levels)]), adjustment(speech, section)];
    for (text, size) in [
        (texts.least_difference, testing.minimum_difference),
        (texts.least_mean_difference, testing.minimum_mean_difference),
    ] {
        pieces.extend((size > 0.0).then(|| fill(text, &[("size", &plain(size))])));
    }
    if section.overlapping {
        pieces.push(texts.overlapping.to_owned());
    }
    pieces.join(speech.phrases().page.phrase_separator)
}

fn adjustment(speech: &Speech, section: &CrosstabSection) -> String {
    let texts = &speech.phrases().banner;
    let method = match section.testing.adjustment.as_str() {
        "none" => return texts.unadjusted.to_owned(),
        "holm" => texts.holm,
        "benjamini-hochberg" => texts.benjamini_hochberg,
        "bonferroni" => texts.bonferroni,
        other => other,
    };
    fill(texts.adjusted_by, &[("method", &method)])
}

/// Over how many comparisons p-values were adjusted; none where they were not.
pub(crate) fn adjusted(speech: &Speech, section: &CrosstabSection) -> Option<String> {
    let family = section.family.as_ref().filter(|_| {
        section.testing.against != CrosstabAgainst::Nothing && section.testing.adjustment != "none"
    })?;
    let texts = &speech.phrases().banner;
    Some(speech.counted(family.size, texts.compared_one, texts.compared_many))
}

/// The columns that took no part in the tests because their base is too small.
pub(crate) fn not_tested(speech: &Speech, section: &CrosstabSection) -> Option<String> {
    if section.testing.against == CrosstabAgainst::Nothing {
        return None;
    }
    let is_small = |column: &&CrosstabColumn| {
        let base = column.base_effective.or(column.base.map(|base| base as f64));
        !column.values.is_empty() && base.is_some_and(|base| base < section.testing.minimum_base)
    };
    let names: Vec<&str> =
        section.columns.iter().filter(is_small).map(|column| column.label.as_str()).collect();
    (!names.is_empty()).then(|| {
        let base = speech.plain(section.testing.minimum_base, MOST_DECIMALS, false);
        fill(speech.phrases().banner.not_tested, &[("base", &base), ("list", &speech.list(&names))])
    })
}

/// The columns without figures, and why they have none.
pub(crate) fn hidden_columns(
    speech: &Speech,
    section: &CrosstabSection,
    flag_below: u64,
    suppress_below: u64,
) -> Vec<String> {
    let texts = &speech.phrases().banner;
    let mut reasons: Vec<(Flag, Vec<&str>)> = Vec::new();
    for column in section.columns.iter().filter(|column| column.base.is_none_or(|base| base == 0)) {
        let flag = column.flag.unwrap_or(Flag::NoAnswers);
        match reasons.iter_mut().find(|(known, _)| *known == flag) {
            Some((_, names)) => names.push(&column.label),
            None => reasons.push((flag, vec![&column.label])),
        }
    }
    let sentence = |(flag, names): (Flag, Vec<&str>)| {
        let why = speech.flag(flag, flag_below, suppress_below);
        fill(texts.hidden, &[("column", &speech.list(&names)), ("why", &why)])
    };
    reasons.into_iter().map(sentence).collect()
}

/// What the test of the table says, then those of single rows; a test of thin cells says so.
pub(crate) fn table_tests(speech: &Speech, section: &CrosstabSection) -> Vec<String> {
    let tests = section.test.iter().chain(&section.further_tests);
    tests.filter_map(|test| table_test(speech, section, test)).collect()
}

/// The same for readers who do not follow the arithmetic: the chosen test of the table, then the rows that clearly differ,
/// without statistics, and the rows that do not by their names.
pub(crate) fn table_tests_in_short(speech: &Speech, section: &CrosstabSection) -> Vec<String> {
    let is_clear = |test: &TableTest| test.p_adjusted.or(test.p).is_some_and(|p| p < section.testing.alpha);
    let plain =
        |test: &TableTest| table_test(speech, section, &TableTest { statistic: None, ..test.clone() });
    let of_rows = || section.further_tests.iter().filter(|test| test.row.is_some());
    let clear = of_rows().filter(|test| is_clear(test));
    let mut sentences: Vec<String> = section.test.iter().chain(clear).filter_map(plain).collect();
    let open = of_rows().filter(|test| !is_clear(test) && test.p_adjusted.or(test.p).is_some());
    let open: Vec<&str> = open.filter_map(|test| row_label(section, test)).collect();
    if !open.is_empty() {
        sentences.push(fill(speech.phrases().banner.open_rows, &[("list", &speech.list(&open))]));
    }
    sentences
}

/// What the row of a test is called.
fn row_label<'a>(section: &'a CrosstabSection, test: &'a TableTest) -> Option<&'a str> {
    let key = test.row.as_ref()?;
    let row = section.rows.iter().find(|known| known.key == *key);
    Some(row.map_or(key.as_str(), |row| row.label.as_str()))
}

/// One test in a sentence that keeps how sure and how large apart; none where there is no p-value.
pub(crate) fn table_test(speech: &Speech, section: &CrosstabSection, test: &TableTest) -> Option<String> {
    let texts = &speech.phrases().banner;
    let p = test.p_adjusted.or(test.p)?;
    let shown = speech.p(p);
    let shown = if test.p_adjusted.is_some() { fill(texts.p_after, &[("p", &shown)]) } else { shown };
    let name = statistic(speech, test);
    let effect = test.effect.map(|effect| {
        let name = effect_name(texts, test.effect_name.as_deref().unwrap_or_default());
        fill(texts.effect_is, &[("name", &name), ("value", &speech.number(effect, 2, false))])
    });
    let text = match (p < section.testing.alpha, test.effect_size, effect.is_some()) {
        (true, Some(EffectSize::Negligible), true) => texts.test_clear_negligible,
        (true, Some(_), true) => texts.test_clear,
        (true, ..) => texts.test_clear_plain,
        (false, Some(_), true) => texts.test_open,
        (false, ..) => texts.test_open_plain,
    };
    let size = test.effect_size.map_or("", |size| effect_size(speech, size));
    let effect = effect.unwrap_or_default();
    let mut sentence = fill(text, &[("size", &size), ("effect", &effect), ("test", &name), ("p", &shown)]);
    if let Some(label) = row_label(section, test) {
        sentence = fill(texts.test_row, &[("row", &label), ("sentence", &sentence)]);
    }
    if let Some(cells) = test.thin_cells.filter(|cells| *cells > 0) {
        sentence.push_str(speech.phrases().page.phrase_separator);
        sentence.push_str(&speech.counted(cells, texts.thin_one, texts.thin_many));
    }
    Some(sentence)
}

/// A test by its name with its statistic and degrees of freedom.
fn statistic(speech: &Speech, test: &TableTest) -> String {
    let texts = &speech.phrases().banner;
    let name = test_name(texts, &test.name);
    let Some(statistic) = test.statistic else { return name };
    let statistic = speech.number(statistic, 2, false);
    let df = |df: f64| speech.plain(df, 1, false);
    match (test.df, test.df2) {
        (Some(first), Some(second)) => fill(
            texts.with_two_df,
            &[("name", &name), ("statistic", &statistic), ("df", &df(first)), ("second", &df(second))],
        ),
        (Some(first), None) => {
            fill(texts.with_df, &[("name", &name), ("statistic", &statistic), ("df", &df(first))])
        }
        _ => format!("{name} {statistic}"),
    }
}

/// A test in words; a name that is not known keeps its own.
pub(crate) fn test_name(texts: &BannerTexts, name: &str) -> String {
    match name {
        "chi-square" => texts.chi_square,
        "fisher-exact" => texts.fisher,
        "rao-scott" => texts.rao_scott,
        "kruskal-wallis" => texts.kruskal_wallis,
        "welch-anova" => texts.welch,
        "welch-t" => texts.t_test,
        "wald" => texts.wald,
        other if other.starts_with("welch-anova") => texts.welch,
        other => return other.replace('-', " "),
    }
    .to_owned()
}

/// A measure of effect in words; a name that is not known keeps its own.
pub(crate) fn effect_name(texts: &BannerTexts, name: &str) -> String {
    match name {
        "cramers-v" => texts.cramers_v,
        "epsilon-squared" => texts.epsilon_squared,
        "omega-squared" => texts.omega_squared,
        "cohens-h" => texts.cohens_h,
        "cohens-d" => texts.cohens_d,
        other => return other.replace('-', " "),
    }
    .to_owned()
}

/// How large an effect is, in a word.
pub(crate) fn effect_size(speech: &Speech, size: EffectSize) -> &'static str {
    let texts = &speech.phrases().banner;
    match size {
        EffectSize::Negligible => texts.negligible,
        EffectSize::Small => texts.small,
        EffectSize::Medium => texts.medium,
        EffectSize::Large => texts.large,
    }
}
