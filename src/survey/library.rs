//! The definitions that come with the program: templates to start from.

use super::suggestion::did_you_mean;

/// One embedded definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name, as typed after `--survey`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The definition itself.
    pub text: &'static str,
}

/// Every embedded definition.
pub fn templates() -> &'static [Template] {
    TEMPLATES
}

/// The embedded definition of that name.
///
/// # Errors
/// The name that was probably meant, if one is close.
pub fn template(name: &str) -> Result<&'static Template, Option<&'static str>> {
    TEMPLATES
        .iter()
        .find(|template| template.name == name)
        .ok_or_else(|| did_you_mean(name, TEMPLATES.iter().map(|template| template.name)))
}

const TEMPLATES: &[Template] = &[
    Template {
        name: "transactional-csat",
        title: "Satisfaction right after a contact or a purchase",
        text: include_str!("../../surveys/transactional-csat.toml"),
    },
    Template {
        name: "relationship-nps",
        title: "The relation as a whole, with likelihood to recommend",
        text: include_str!("../../surveys/relationship-nps.toml"),
    },
    Template {
        name: "ces",
        title: "How easy it was to get something done",
        text: include_str!("../../surveys/ces.toml"),
    },
    Template {
        name: "servqual-22",
        title: "Expected against perceived service, 22 pairs in five dimensions",
        text: include_str!("../../surveys/servqual-22.toml"),
    },
    Template {
        name: "ecsi",
        title: "From image to loyalty: satisfaction in seven constructs",
        text: include_str!("../../surveys/ecsi.toml"),
    },
    Template {
        name: "kano",
        title: "What kind of need each feature is",
        text: include_str!("../../surveys/kano.toml"),
    },
    Template {
        name: "b2b-relationship",
        title: "Business customers, several contacts in each company",
        text: include_str!("../../surveys/b2b-relationship.toml"),
    },
    Template {
        name: "complaint-handling",
        title: "Satisfaction with how a complaint was handled",
        text: include_str!("../../surveys/complaint-handling.toml"),
    },
    Template {
        name: "event-feedback",
        title: "Feedback after an event or a training",
        text: include_str!("../../surveys/event-feedback.toml"),
    },
    Template {
        name: "employee-nps",
        title: "Employees: likelihood to recommend their workplace",
        text: include_str!("../../surveys/employee-nps.toml"),
    },
    Template {
        name: "iso-10004-checklist",
        title: "Self-assessment: monitoring customer satisfaction, by clause",
        text: include_str!("../../surveys/iso-10004-checklist.toml"),
    },
    Template {
        name: "iso-10001-checklist",
        title: "Self-assessment: codes of conduct, by clause",
        text: include_str!("../../surveys/iso-10001-checklist.toml"),
    },
    Template {
        name: "iso-10002-checklist",
        title: "Self-assessment: handling complaints, by clause",
        text: include_str!("../../surveys/iso-10002-checklist.toml"),
    },
    Template {
        name: "iso-10003-checklist",
        title: "Self-assessment: disputes outside the house, by clause",
        text: include_str!("../../surveys/iso-10003-checklist.toml"),
    },
    Template {
        name: "promise-wording-checklist",
        title: "Checklist: the wording of a promise to customers",
        text: include_str!("../../surveys/promise-wording-checklist.toml"),
    },
    Template {
        name: "dispute-provider-checklist",
        title: "Checklist: choosing a provider for disputes",
        text: include_str!("../../surveys/dispute-provider-checklist.toml"),
    },
    Template {
        name: "complaint-form",
        title: "Form: taking up a complaint",
        text: include_str!("../../surveys/complaint-form.toml"),
    },
    Template {
        name: "complaint-follow-up-form",
        title: "Form: following a complaint to its end",
        text: include_str!("../../surveys/complaint-follow-up-form.toml"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_found_by_name_and_slips_are_met() {
        assert_eq!(template("ces").map(|template| template.name), Ok("ces"));
        assert_eq!(template("servqual22"), Err(Some("servqual-22")));
        assert_eq!(template("horoscope"), Err(None));
    }
}
