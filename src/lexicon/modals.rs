use super::Words;
use super::table::table;
use crate::model::Modality;

table! {
    /// Words by which a sentence binds: `modality.json`.
    Modals {
        must: Words,
        promote: Words,
        encourage: Words,
        allow: Words,
        exempt: Words,
        /// Longer words that contain one of these and do not bind: 许可, 供应.
        false_positives: Words,
    }
}

impl Modals {
    /// Returns every word that binds, and how.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, Modality)> {
        let lists = [
            (&self.must, Modality::Must),
            (&self.promote, Modality::Promote),
            (&self.encourage, Modality::Encourage),
            (&self.allow, Modality::Allow),
            (&self.exempt, Modality::Exempt),
        ];
        lists.into_iter().flat_map(|(words, how)| words.iter().map(move |word| (word, how)))
    }
}
