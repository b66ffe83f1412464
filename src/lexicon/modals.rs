use crate::model::Modality;
use serde::Deserialize;

/// The words that say how a sentence binds: `modality.json`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Modals {
    must: Vec<String>,
    promote: Vec<String>,
    encourage: Vec<String>,
    allow: Vec<String>,
    exempt: Vec<String>,
    /// Longer words that hold one of those and bind nothing: 许可, 供应.
    pub apart: Vec<String>,
}

impl Modals {
    /// Every word that binds, and how.
    pub fn words(&self) -> impl Iterator<Item = (&String, Modality)> {
        let lists = [
            (&self.must, Modality::Must),
            (&self.promote, Modality::Promote),
            (&self.encourage, Modality::Encourage),
            (&self.allow, Modality::Allow),
            (&self.exempt, Modality::Exempt),
        ];
        lists.into_iter().flat_map(|(words, said)| words.iter().map(move |word| (word, said)))
    }
}
