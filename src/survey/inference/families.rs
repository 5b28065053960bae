//! The answer words that inference knows, in English, German, French and Spanish.

use crate::survey::Measure;

/// A family of answer words, the worst first.
pub(super) struct Family {
    /// What it is called in findings and as a scale.
    pub(super) name: &'static str,
    /// What a question with such answers measures.
    pub(super) measure: Measure,
    /// The words of each point; the first is written where the file shows none.
    pub(super) points: &'static [&'static [&'static str]],
}

/// The answers of Kano's questionnaire are a scale of their own: pairs that inference does not score.
pub(super) const KANO: &[&str] = &[
    "i like it that way",
    "it must be that way",
    "i am neutral",
    "i can live with it that way",
    "i dislike it that way",
    "i enjoy it that way",
    "it is a basic necessity or i expect it that way",
    "i like it",
    "i expect it",
    "i dislike it, but i can live with it that way",
    "i dislike it, and i can't accept it",
    "i can tolerate it",
    "i can live with it",
    "i dislike it",
];

/// Words for the middle.
const NEUTRAL: &[&str] = &[
    "neutral",
    "neither agree nor disagree",
    "neither satisfied nor dissatisfied",
    "neither",
    "undecided",
    "no opinion either way",
    "neither likely nor unlikely",
    "neither dissatisfied nor satisfied",
    "neither disagree nor agree",
    "neither good nor bad",
    "neither good nor poor",
    "neither easy nor difficult",
    "neither difficult nor easy",
    "neither unlikely nor likely",
    "indifferent",
    "mixed",
];

/// The families; where two fit, the first is taken.
pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "satisfied",
        measure: Measure::Csat,
        points: &[
            &[
                "very dissatisfied",
                "extremely dissatisfied",
                "completely dissatisfied",
                "highly dissatisfied",
                "very unsatisfied",
                "extremely unsatisfied",
            ],
            &[
                "dissatisfied",
                "somewhat dissatisfied",
                "fairly dissatisfied",
                "rather dissatisfied",
                "unsatisfied",
                "not satisfied",
            ],
            NEUTRAL,
            &["satisfied", "somewhat satisfied", "fairly satisfied", "rather satisfied"],
            &["very satisfied", "extremely satisfied", "completely satisfied", "highly satisfied"],
        ],
    },
    Family {
        name: "satisfied7",
        measure: Measure::Csat,
        points: &[
            &["very dissatisfied", "extremely dissatisfied", "completely dissatisfied"],
            &["dissatisfied", "moderately dissatisfied"],
            &["somewhat dissatisfied", "slightly dissatisfied"],
            NEUTRAL,
            &["somewhat satisfied", "slightly satisfied"],
            &["satisfied", "moderately satisfied"],
            &["very satisfied", "extremely satisfied", "completely satisfied"],
        ],
    },
    Family {
        name: "satisfied4",
        measure: Measure::Csat,
        points: &[
            &["very dissatisfied"],
            &["dissatisfied", "somewhat dissatisfied"],
            &["satisfied", "somewhat satisfied"],
            &["very satisfied"],
        ],
    },
    Family {
        name: "satisfied_how",
        measure: Measure::Csat,
        points: &[
            &["not at all satisfied", "not satisfied at all"],
            &["slightly satisfied", "not very satisfied", "not so satisfied"],
            &["moderately satisfied", "somewhat satisfied", "fairly satisfied"],
            &["very satisfied"],
            &["extremely satisfied", "completely satisfied"],
        ],
    },
    Family {
        name: "agree",
        measure: Measure::Rating,
        points: &[
            &["strongly disagree", "completely disagree", "totally disagree", "fully disagree"],
            &["disagree", "somewhat disagree", "tend to disagree", "rather disagree"],
            NEUTRAL,
            &["agree", "somewhat agree", "tend to agree", "rather agree"],
            &["strongly agree", "completely agree", "totally agree", "fully agree"],
        ],
    },
    Family {
        name: "agree7",
        measure: Measure::Rating,
        points: &[
            &["strongly disagree", "completely disagree"],
            &["disagree", "moderately disagree"],
            &["somewhat disagree", "slightly disagree"],
            NEUTRAL,
            &["somewhat agree", "slightly agree"],
            &["agree", "moderately agree"],
            &["strongly agree", "completely agree"],
        ],
    },
    Family {
        name: "agree4",
        measure: Measure::Rating,
        points: &[
            &["strongly disagree"],
            &["disagree", "somewhat disagree"],
            &["agree", "somewhat agree"],
            &["strongly agree"],
        ],
    },
    Family {
        name: "likely",
        measure: Measure::Rating,
        points: &[
            &["very unlikely", "extremely unlikely", "highly unlikely"],
            &["unlikely", "somewhat unlikely"],
            NEUTRAL,
            &["likely", "somewhat likely"],
            &["very likely", "extremely likely", "highly likely"],
        ],
    },
    Family {
        name: "likely_how",
        measure: Measure::Rating,
        points: &[
            &["not at all likely", "not likely at all"],
            &["slightly likely", "not very likely", "not so likely"],
            &["moderately likely", "somewhat likely"],
            &["very likely"],
            &["extremely likely"],
        ],
    },
    Family {
        name: "quality",
        measure: Measure::Rating,
        points: &[
            &["very poor", "very bad", "terrible", "awful"],
            &["poor", "bad"],
            &[
                "fair",
                "average",
                "ok",
                "okay",
                "acceptable",
                "neutral",
                "neither good nor bad",
                "neither good nor poor",
            ],
            &["good"],
            &["very good", "excellent", "great"],
        ],
    },
    Family {
        name: "excellent",
        measure: Measure::Rating,
        points: &[
            &["poor", "bad"],
            &["fair", "average"],
            &["good"],
            &["very good", "great"],
            &["excellent", "outstanding"],
        ],
    },
    Family {
        name: "easy",
        measure: Measure::Rating,
        points: &[
            &["very difficult", "extremely difficult", "very hard"],
            &["difficult", "somewhat difficult", "hard"],
            NEUTRAL,
            &["easy", "somewhat easy"],
            &["very easy", "extremely easy"],
        ],
    },
    Family {
        name: "expectations",
        measure: Measure::Rating,
        points: &[
            &["much worse than expected", "far below expectations", "much worse"],
            &["worse than expected", "below expectations", "worse"],
            &["as expected", "met expectations", "meets expectations", "about the same", "the same"],
            &["better than expected", "exceeded expectations", "above expectations", "better"],
            &[
                "much better than expected",
                "far exceeded expectations",
                "far above expectations",
                "much better",
            ],
        ],
    },
    Family {
        name: "favorable",
        measure: Measure::Rating,
        points: &[
            &["very unfavorably", "very unfavourably", "very unfavorable", "very unfavourable"],
            &["somewhat unfavorably", "somewhat unfavourably", "unfavorable", "unfavourable"],
            &[
                "neither favorably nor unfavorably (neutral)",
                "neither favourably nor unfavourably",
                "neutral",
                "neither favorable nor unfavorable",
            ],
            &["somewhat favorably", "somewhat favourably", "favorable", "favourable"],
            &["very favorably", "very favourably", "very favorable", "very favourable"],
        ],
    },
    Family {
        name: "often",
        measure: Measure::Rating,
        points: &[
            &["never", "not at all", "none of the time"],
            &["rarely", "seldom", "a little of the time"],
            &["sometimes", "occasionally", "some of the time", "about half the time"],
            &["often", "frequently", "usually", "most of the time"],
            &["always", "all of the time", "all the time", "very often"],
        ],
    },
    Family {
        name: "important",
        measure: Measure::Importance,
        points: &[
            &[
                "not at all important",
                "not important at all",
                "unimportant",
                "very unimportant",
                "not important",
            ],
            &["slightly important", "of little importance", "not very important", "not so important"],
            &["moderately important", "somewhat important", "neutral"],
            &["important"],
            &["very important", "extremely important"],
        ],
    },
    Family {
        name: "important_how",
        measure: Measure::Importance,
        points: &[
            &["not at all important", "not important at all"],
            &["slightly important", "not so important"],
            &["moderately important", "somewhat important"],
            &["very important"],
            &["extremely important"],
        ],
    },
    Family {
        name: "zufrieden",
        measure: Measure::Csat,
        points: &[
            &["sehr unzufrieden", "völlig unzufrieden"],
            &["unzufrieden", "eher unzufrieden", "weniger zufrieden"],
            &[
                "teils, teils",
                "teils teils",
                "teils/teils",
                "teils-teils",
                "neutral",
                "weder noch",
                "weder zufrieden noch unzufrieden",
                "mittelmäßig",
            ],
            &["zufrieden", "eher zufrieden"],
            &["sehr zufrieden", "völlig zufrieden"],
        ],
    },
    Family {
        name: "stimme_zu",
        measure: Measure::Rating,
        points: &[
            &[
                "stimme überhaupt nicht zu",
                "stimme gar nicht zu",
                "trifft überhaupt nicht zu",
                "trifft gar nicht zu",
                "lehne stark ab",
            ],
            &[
                "stimme nicht zu",
                "stimme eher nicht zu",
                "trifft nicht zu",
                "trifft eher nicht zu",
                "lehne ab",
            ],
            &["teils, teils", "teils teils", "teils/teils", "teils-teils", "neutral", "weder noch"],
            &["stimme zu", "stimme eher zu", "trifft zu", "trifft eher zu"],
            &[
                "stimme voll und ganz zu",
                "stimme völlig zu",
                "stimme voll zu",
                "trifft voll und ganz zu",
                "trifft völlig zu",
                "trifft voll zu",
            ],
        ],
    },
    Family {
        name: "satisfait",
        measure: Measure::Csat,
        points: &[
            &["très insatisfait", "très insatisfaite", "pas du tout satisfait", "pas du tout satisfaite"],
            &[
                "insatisfait",
                "insatisfaite",
                "plutôt insatisfait",
                "plutôt pas satisfait",
                "peu satisfait",
                "peu satisfaite",
            ],
            &["neutre", "ni satisfait ni insatisfait", "ni satisfaite ni insatisfaite"],
            &["satisfait", "satisfaite", "plutôt satisfait", "plutôt satisfaite"],
            &["très satisfait", "très satisfaite", "tout à fait satisfait", "tout à fait satisfaite"],
        ],
    },
    Family {
        name: "d_accord",
        measure: Measure::Rating,
        points: &[
            &["pas du tout d'accord", "tout à fait en désaccord"],
            &["pas d'accord", "plutôt pas d'accord", "en désaccord", "plutôt en désaccord"],
            &["neutre", "ni d'accord ni en désaccord", "ni en accord ni en désaccord"],
            &["d'accord", "plutôt d'accord"],
            &["tout à fait d'accord"],
        ],
    },
    Family {
        name: "satisfecho",
        measure: Measure::Csat,
        points: &[
            &["muy insatisfecho", "muy insatisfecha", "nada satisfecho", "nada satisfecha"],
            &["insatisfecho", "insatisfecha", "poco satisfecho", "poco satisfecha", "algo insatisfecho"],
            &["neutral", "ni satisfecho ni insatisfecho", "ni satisfecha ni insatisfecha", "indiferente"],
            &["satisfecho", "satisfecha", "algo satisfecho"],
            &["muy satisfecho", "muy satisfecha"],
        ],
    },
    Family {
        name: "de_acuerdo",
        measure: Measure::Rating,
        points: &[
            &["totalmente en desacuerdo", "muy en desacuerdo"],
            &["en desacuerdo"],
            &["neutral", "ni de acuerdo ni en desacuerdo", "indiferente"],
            &["de acuerdo"],
            &["totalmente de acuerdo", "muy de acuerdo"],
        ],
    },
];
