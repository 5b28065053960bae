//! A language as its file has it.

use indexmap::IndexMap;
use serde::Deserialize;

use super::topic::ScaleTopic;

/// What a word of a header says. The order is the order in which they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Header {
    /// A person, an address or another thing that is no answer.
    Private,
    /// A place on the map, a duration, a technical field.
    Technical,
    /// A response or respondent number.
    Id,
    /// A weight.
    Weight,
    /// A moment.
    Date,
    /// Willingness to recommend.
    Recommend,
    /// Satisfaction.
    Satisfaction,
    /// Effort.
    Effort,
    /// Stated importance.
    Importance,
    /// A comment.
    Comment,
    /// Who or where: something to break scores by.
    Group,
    /// The language of the interview.
    Language,
    /// The outcome itself, rather than one aspect of it.
    Overall,
}

/// One language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    pub(super) yes: Vec<String>,
    pub(super) no: Vec<String>,
    middle: Vec<String>,
    satisfaction: Scales,
    agreement: Scales,
    likelihood: Scales,
    frequency: Scales,
    quality: Scales,
    ease: Scales,
    importance: Scales,
    #[serde(default)]
    expectation: Scales,
    #[serde(default)]
    favour: Scales,
    pub(super) no_answer: Reasons,
    pub(super) tone: Tone,
    pub(super) header: IndexMap<Header, Vec<String>>,
}

/// Scales, each a list of points.
type Scales = Vec<Vec<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub(super) dont_know: Vec<String>,
    pub(super) not_applicable: Vec<String>,
    pub(super) blank: Vec<String>,
}

/// Words at an end of a scale that say whether it is the good one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tone {
    pub(super) praise: Vec<String>,
    pub(super) blame: Vec<String>,
    pub(super) negation: Vec<String>,
    /// How words begin that set something against what was expected.
    #[serde(default)]
    pub(super) expectation: Vec<String>,
}

impl LanguageFile {
    /// The scales by what they ask.
    pub(super) fn scales(&self) -> [(ScaleTopic, &Scales); 9] {
        [
            (ScaleTopic::Satisfaction, &self.satisfaction),
            (ScaleTopic::Agreement, &self.agreement),
            (ScaleTopic::Likelihood, &self.likelihood),
            (ScaleTopic::Quality, &self.quality),
            (ScaleTopic::Ease, &self.ease),
            (ScaleTopic::Expectation, &self.expectation),
            (ScaleTopic::Favour, &self.favour),
            (ScaleTopic::Frequency, &self.frequency),
            (ScaleTopic::Importance, &self.importance),
        ]
    }

    /// The wordings of a point, each with its forms.
    pub(super) fn wordings(&self, point: &str) -> Vec<Vec<String>> {
        let wordings = point.split(" | ").flat_map(|wording| match wording.trim() {
            "~" => self.middle.iter().map(|word| forms(word)).collect(),
            wording => vec![forms(wording)],
        });
        wordings.collect()
    }
}

/// The forms of a wording: `satisfait[e]` is `satisfait`, `satisfaite`, `satisfait(e)`, `satisfait·e` and so on,
/// `satisfech[o/a]` is `satisfecho`, `satisfecha`, `satisfecho/a`, `satisfecho(a)`, `satisfech@`.
pub(super) fn forms(wording: &str) -> Vec<String> {
    if !wording.contains('[') {
        return vec![wording.to_owned()];
    }
    let endings: Vec<Vec<&str>> = wording
        .split('[')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(']')?.0.split('/').collect()))
        .collect();
    let most = endings.iter().map(Vec::len).max().unwrap_or(0);
    let mut forms: Vec<String> = Vec::new();
    let mut add = |write: &dyn Fn(&[&str]) -> String| {
        let mut form = String::new();
        let mut next = endings.iter();
        for (index, part) in wording.split('[').enumerate() {
            match part.split_once(']').filter(|_| index > 0) {
                Some((_, rest)) => {
                    form.push_str(&next.next().map(|endings| write(endings)).unwrap_or_default());
                    form.push_str(rest);
                }
                None => form.push_str(part),
            }
        }
        if !forms.contains(&form) {
            forms.push(form);
        }
    };
    for at in 0..most.max(2) {
        add(&|endings: &[&str]| match endings {
            [only] if at == 0 => String::new(),
            [only] => (*only).to_owned(),
            several => several.get(at).or(several.first()).copied().unwrap_or_default().to_owned(),
        });
    }
    for [before, after] in [["(", ")"], ["/", ""], ["·", ""], [".", ""], ["-", ""], ["/-", ""]] {
        add(&|endings: &[&str]| match endings {
            [only] => format!("{before}{only}{after}"),
            several => {
                let rest: Vec<String> =
                    several.iter().skip(1).take(1).map(|ending| format!("{before}{ending}{after}")).collect();
                format!("{}{}", several.first().copied().unwrap_or_default(), rest.concat())
            }
        });
    }
    add(&|endings: &[&str]| if endings.len() > 1 { "@".to_owned() } else { endings.concat() });
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_gender() {
        let french = forms("ni satisfait[e] ni insatisfait[e]");
        for form in [
            "ni satisfait ni insatisfait",
            "ni satisfaite ni insatisfaite",
            "ni satisfait(e) ni insatisfait(e)",
            "ni satisfait·e ni insatisfait·e",
        ] {
            assert!(french.contains(&form.to_owned()), "{form} {french:?}");
        }
        let spanish = forms("satisfech[o/a]");
        for form in ["satisfecho", "satisfecha", "satisfecho/a", "satisfecho(a)", "satisfech@"] {
            assert!(spanish.contains(&form.to_owned()), "{form} {spanish:?}");
        }
        assert_eq!(forms("gut"), ["gut"]);
    }
}
