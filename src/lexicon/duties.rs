use super::Words;
use serde::Deserialize;

/// What a label or a verb says of the names beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Lead,
    Support,
    Responsible,
}

/// The words of responsibility clauses.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DutyWords {
    /// Before names: 责任单位:….
    pub labels: SaidWords,
    /// Behind names: …按职责分工负责.
    pub verbs: SaidWords,
    /// What says, beside 牵头, that the first name leads: 列首位的为牵头单位.
    pub first: Vec<String>,
}

/// Words by what they say.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SaidWords {
    lead: Words,
    support: Words,
    responsible: Words,
}

impl SaidWords {
    /// The longest word that `text` ends with: what it says, and its length.
    pub fn end(&self, text: &str) -> Option<(Said, usize)> {
        [
            (Said::Lead, &self.lead),
            (Said::Support, &self.support),
            (Said::Responsible, &self.responsible),
        ]
        .into_iter()
        .filter_map(|(said, words)| Some((said, words.end(text)?.len())))
        .max_by_key(|&(_, len)| len)
    }
}
