use super::Feature;

/// 方面 — one of the ways in which a text is described.
///
/// Each is a vector of its own, of unit length; the similarity of two texts is
/// the weighted sum of the cosines over √(W(a) · W(b)), where W is what the fields
/// weigh that a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Characters and pairs of characters: how it is worded.
    Words,
    /// Concepts and topics of the vocabulary: what it is about, whichever words
    /// it uses ([`Lexicon::concepts`](crate::Lexicon::concepts)).
    Subject,
    /// How like it is to each article of the outlined policies: the wording of
    /// a policy that many carry out, told apart from what they share beyond it.
    Articles,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 3;

    /// All, in the order of their features.
    pub const ALL: [Field; Field::COUNT] = [Field::Words, Field::Subject, Field::Articles];

    /// What its cosine weighs in the similarity of two texts; the weights of
    /// all sum to 1.
    ///
    /// Round figures from a broad optimum, chosen by leaving out one pair of
    /// documents at a time; `similar` has the table of what each field adds.
    pub const fn weight(self) -> f64 {
        match self {
            Field::Words => 0.7,
            Field::Subject => 0.2,
            Field::Articles => 0.1,
        }
    }
}

/// Fields as they are told apart in a feature; words have neither bit. A run
/// has the highest bit, whatever the lower ones say.
const SUBJECT: u64 = 1 << 60;
const ARTICLES: u64 = 1 << 61;
/// The bits of an outline's place.
const OUTLINES: u32 = (1 << 28) - 1;
/// Tells a topic from a concept.
const TOPIC: u64 = 1 << 32;

impl Feature {
    /// A concept, by its place in the vocabulary.
    pub(crate) fn concept(place: u32) -> Self {
        Feature(SUBJECT | u64::from(place))
    }

    /// A topic, by its place among the topics.
    pub(crate) fn topic(place: u32) -> Self {
        Feature(SUBJECT | TOPIC | u64::from(place))
    }

    /// An article, by the place of its outline and its place there.
    pub(crate) fn article(outline: u32, place: u32) -> Self {
        debug_assert!(outline <= OUTLINES);
        Feature(ARTICLES | u64::from(outline) << 32 | u64::from(place))
    }

    /// What it describes.
    pub fn field(self) -> Field {
        match self.0 {
            run if run & super::RUN != 0 => Field::Words,
            other if other & ARTICLES != 0 => Field::Articles,
            other if other & SUBJECT != 0 => Field::Subject,
            _ => Field::Words,
        }
    }

    /// All that tells it from others.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// The feature of these bits; none if no feature has them.
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

    /// What it stands for, if that is not text.
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

/// What a feature stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A character, a pair or a run.
    Text,
    /// The place of a concept in the vocabulary.
    Concept(u32),
    /// The place of a topic.
    Topic(u32),
    /// The place of an outline, and of the article in it.
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
        // The longest runs use every bit below theirs.
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
