use super::table::invalid;
use crate::error::Error;
use std::fmt;
use std::str::FromStr;

macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident $text:literal,)*) => {
        /// A vocabulary that callers can add to with [`Lexicon::with`](crate::Lexicon::with).
        ///
        /// Its text is the name of the file in `data/lexicon`, without `.json`.
        ///
        /// ```
        /// use policygraph::Vocabulary;
        ///
        /// assert_eq!(Vocabulary::Bodies.to_string(), "bodies");
        /// assert_eq!("bodies".parse::<Vocabulary>()?, Vocabulary::Bodies);
        /// assert_eq!("bodies.json".parse::<Vocabulary>()?, Vocabulary::Bodies);
        /// assert!("body".parse::<Vocabulary>().unwrap_err().to_string().contains("bodies"));
        /// # Ok::<(), policygraph::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Vocabulary {
            $($(#[$doc])* $name,)*
        }

        impl Vocabulary {
            /// All vocabularies.
            ///
            /// ```
            /// assert_eq!(policygraph::Vocabulary::ALL.len(), 16);
            /// ```
            pub const ALL: &[Vocabulary] = &[$(Vocabulary::$name),*];

            const fn name(self) -> &'static str {
                match self {
                    $(Vocabulary::$name => $text,)*
                }
            }

            /// Returns the file of its entries, as error messages name it.
            pub(super) const fn file(self) -> &'static str {
                match self {
                    $(Vocabulary::$name => concat!($text, ".json"),)*
                }
            }
        }
    };
}

vocabularies! {
    /// Administrative regions (行政区划) of GB/T 2260.
    Regions "regions",
    /// Functions of government, which combine with a region to the name of an agency.
    Agencies "agencies",
    /// National bodies.
    Bodies "bodies",
    /// Forms of the names of public bodies that no table lists.
    Names "names",
    /// Development zones (功能区) with names of their own.
    Zones "zones",
    /// Words of responsibility clauses.
    Duties "duties",
    /// Laws, regulations, standards and policies.
    Instruments "instruments",
    /// Product categories (产品类别).
    Products "products",
    /// Concepts (概念), each with its wordings.
    Concepts "concepts",
    /// Units, and words by which a figure binds.
    Quantities "quantities",
    /// Words by which a sentence binds.
    Modality "modality",
    /// Names of programmes, and nouns that end names of platforms.
    Platforms "platforms",
    /// Words with which the parts of a document begin. The function `html` has the built-in ones
    /// only.
    Layout "layout",
    /// Forms of titles (标题), by the kind of paper in which they end.
    Titles "titles",
    /// Cue words (线索词), by which the reader finds a fact.
    Cues "cues",
    /// The outlines of policies; each JSON text is one outline, as in `data/policies`.
    Outlines "outlines",
}

impl fmt::Display for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Vocabulary {
    type Err = Error;

    /// Reads the name of a vocabulary, with or without `.json`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let name = text.strip_suffix(".json").unwrap_or(text);
        Vocabulary::ALL.iter().copied().find(|vocabulary| vocabulary.name() == name).ok_or_else(
            || {
                let names: Vec<_> = Vocabulary::ALL.iter().map(|v| v.name()).collect();
                invalid(text, format!("is no vocabulary; take one of {}", names.join(", ")))
            },
        )
    }
}
