use super::Feature;

/// A field (方面) of a text's features.
///
/// Each field is a unit vector of its own. The similarity of two texts is the weighted
/// sum of the cosines over √(W(a) · W(b)), where W is the sum of the weights of the
/// fields that a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Wording: characters and pairs of characters.
    Words,
    /// Subject: concepts and topics of the lexicon, in any wording
    /// ([`Lexicon::concepts`](crate::Lexicon::concepts)).
    Subject,
    /// Similarity to each article of the outlined policies, which separates the wording of
    /// a policy from what the documents that implement it share beyond it.
    Articles,
}

impl Field {
    /// Number of fields.
    pub const COUNT: usize = 3;

    /// All fields, in the order of their features.
    pub const ALL: [Field; Field::COUNT] = [Field::Words, Field::Subject, Field::Articles];

    /// Returns true if the index has posting lists and document frequencies for the
    /// field. Nearly every measure resembles nearly every article a little, so that
    /// lists of articles would rule out nothing.
    pub(crate) const fn has_postings(self) -> bool {
        match self {
            Field::Words | Field::Subject => true,
            Field::Articles => false,
        }
    }

    /// Returns the weight of its cosine in the similarity of two texts; the weights of all
    /// fields sum to 1.
    ///
    /// Round figures in a broad optimum, chosen by leaving out one pair of documents at a
    /// time; `docs/accuracy.md` has the contribution of each field.
    pub const fn weight(self) -> f64 {
        match self {
            Field::Words => 0.7,
            Field::Subject => 0.2,
            Field::Articles => 0.1,
        }
    }
}

/// The bits that mark the field of a feature; words have neither. A run has the highest
/// bit, and any lower bits.
const SUBJECT: u64 = 1 << 60;
const ARTICLES: u64 = 1 << 61;
/// The bits of an outline's index.
const OUTLINES: u32 = (1 << 28) - 1;
/// Marks a topic; a concept lacks it.
const TOPIC: u64 = 1 << 32;

impl Feature {
    /// Returns the feature of a concept, by its index in the vocabulary.
    pub(crate) fn concept(place: u32) -> Self {
        Feature(SUBJECT | u64::from(place))
    }

    /// Returns the feature of a topic, by its index.
    pub(crate) fn topic(place: u32) -> Self {
        Feature(SUBJECT | TOPIC | u64::from(place))
    }

    /// Returns the feature of an article, by the index of its outline and its index there.
    pub(crate) fn article(outline: u32, place: u32) -> Self {
        debug_assert!(outline <= OUTLINES);
        Feature(ARTICLES | u64::from(outline) << 32 | u64::from(place))
    }

    /// Returns its field.
    pub fn field(self) -> Field {
        match self.0 {
            run if run & super::RUN != 0 => Field::Words,
            other if other & ARTICLES != 0 => Field::Articles,
            other if other & SUBJECT != 0 => Field::Subject,
            _ => Field::Words,
        }
    }

    /// Returns the packed bits.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// Returns the feature with these bits; `None` if the bits are invalid.
    pub(crate) fn from_bits(bits: u64) -> Option<Self> {
        let feature = Feature(bits);
        let character =
            |c: u64| c == 0 || u32::try_from(c).is_ok_and(|c| char::from_u32(c).is_some());
        let known = match feature.field() {
            Field::Words if bits & super::RUN != 0 => bits & !super::RUN > 0,
            Field::Words => {
                bits > 0 && character(bits >> 32) && character(bits & u64::from(u32::MAX))
            }
            Field::Subject => bits & !(SUBJECT | TOPIC | u64::from(u32::MAX)) == 0,
            Field::Articles => bits & SUBJECT == 0,
        };
        known.then_some(feature)
    }

    /// Returns the kind of the feature.
    #[expect(clippy::cast_possible_truncation, reason = "takes the lower half of the bits")]
    pub(crate) fn kind(self) -> Kind {
        let place = self.0 as u32;
        match self.field() {
            Field::Words => Kind::Text,
            Field::Subject if self.0 & TOPIC != 0 => Kind::Topic(place),
            Field::Subject => Kind::Concept(place),
            Field::Articles => Kind::Article((self.0 >> 32) as u32 & OUTLINES, place),
        }
    }
}

/// The kind of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A character, a pair or a run.
    Text,
    /// A concept, by its index in the vocabulary.
    Concept(u32),
    /// A topic, by its index.
    Topic(u32),
    /// An article, by the index of its outline and its index there.
    Article(u32, u32),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::features;

    #[test]
    fn a_feature_knows_its_field() {
        let kinds = [Kind::Concept(7), Kind::Topic(7), Kind::Article(3, 23)];
        let made = [Feature::concept(7), Feature::topic(7), Feature::article(3, 23)];
        assert_eq!(made.map(Feature::kind), kinds);
        assert_eq!(made.map(Feature::field), [Field::Subject, Field::Subject, Field::Articles]);
        assert!(made.is_sorted());
        // The longest runs use all lower bits.
        for word in features("药品 zzzzzzzzzzzz 000000000000 a") {
            assert_eq!((word.field(), word.kind()), (Field::Words, Kind::Text));
        }
    }

    #[test]
    fn weights_sum_to_one() {
        let sum: f64 = Field::ALL.iter().map(|field| field.weight()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
