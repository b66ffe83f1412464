//! Codes of enums in saved files.
//!
//! A code keeps its meaning in every format: a variant that is added takes a code that was never
//! used, whatever its place in the enum.

use super::proof::{Method, Naming};
use super::tables::Basis;
use crate::model::{Role, Rule};

/// An enum with a code for each variant.
pub(crate) trait Code: Sized {
    /// Returns the code of the variant.
    fn code(self) -> u8;
    /// Returns the variant of a code; `None` if no variant has it.
    fn from_code(code: u8) -> Option<Self>;
}

macro_rules! codes {
    ($($kind:ident { $($variant:ident = $code:literal,)* })*) => {$(
        impl Code for $kind {
            fn code(self) -> u8 {
                match self {
                    $($kind::$variant => $code,)*
                }
            }

            fn from_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some($kind::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}

codes! {
    Role {
        Sole = 0,
        Lead = 1,
        Joint = 2,
        Support = 3,
    }

    Naming {
        Title = 0,
        Number = 1,
        SimilarTitle = 2,
        ShortName = 3,
    }

    Basis {
        Text = 0,
        Part = 1,
        Heading = 2,
        Unverified = 3,
    }

    // The code of a proof is that of its rule or of its method, or `VOCABULARY`: no two are equal.
    Rule {
        Head = 0,
        Ordinal = 1,
        Signature = 2,
        Lead = 3,
        BookTitle = 4,
        Number = 5,
        PlainName = 6,
        DutyClause = 7,
        Lexicon = 8,
        Quantity = 9,
        Quoted = 10,
        Phrase = 11,
        DatePhrase = 12,
        Term = 13,
    }

    Method {
        SameNumber = 240,
        SameTitle = 241,
        Wording = 242,
    }
}

/// Code of a proof by the vocabularies.
pub(crate) const VOCABULARY: u8 = 255;
