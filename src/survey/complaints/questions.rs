//! What a survey asks of problems: whether there was one, whether it was told, whether it was put right.

/// The ids of the questions (`problem = "had_problem"`); each `None` where it is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemQuestions {
    /// Whether somebody had a problem: yes or no.
    pub problem: Option<String>,
    /// Whether somebody with a problem complained: yes or no.
    pub complained: Option<String>,
    /// Whether the problem was put right: yes or no, or a rating, whose top box is yes.
    pub recovered: Option<String>,
}

impl ProblemQuestions {
    /// Each of them with its key.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("problem", &self.problem), ("complained", &self.complained), ("recovered", &self.recovered)]
            .into_iter()
            .filter_map(|(key, id)| Some((key, id.as_deref()?)))
    }
}
