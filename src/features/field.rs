use super::Feature;

/// A field (方面) of a text's features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Wording: characters and pairs of characters.
    Words,
    /// Subject: concepts and topics of the lexicon, in any wording
    /// ([`Lexicon::concepts`](crate::Lexicon::concepts)).
    Subject,
}

impl Field {
    /// Number of fields.
    pub const COUNT: usize = 2;

    /// All fields, in the order of their features.
    pub const ALL: [Field; Field::COUNT] = [Field::Words, Field::Subject];
}

/// The bit that marks the subject; words lack it. A run has the highest bit, and any lower
/// bits.
const SUBJECT: u64 = 1 << 60;
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

    /// Returns its field.
    pub fn field(self) -> Field {
        match self.0 {
            run if run & super::RUN != 0 => Field::Words,
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::features;

    #[test]
    fn a_feature_knows_its_field() {
        let kinds = [Kind::Concept(7), Kind::Topic(7)];
        let made = [Feature::concept(7), Feature::topic(7)];
        assert_eq!(made.map(Feature::kind), kinds);
        assert_eq!(made.map(Feature::field), [Field::Subject; 2]);
        assert!(made.is_sorted());
        // The longest runs use all lower bits.
        for word in features("药品 zzzzzzzzzzzz 000000000000 a") {
            assert_eq!((word.field(), word.kind()), (Field::Words, Kind::Text));
        }
    }
}
