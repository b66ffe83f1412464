//! Closed sets of terms: enums with an English and a Chinese name.

/// Declares an enum of terms.
///
/// Each variant has its English name, as in JSON, and its Chinese one: `Joint = "joint" "分工负责"`.
/// The enum gets `ALL`, `name`, `chinese`, serde by the English name, and
///
/// * `Display`: `{}` is the English name with spaces (`at least`), `{:#}` adds the Chinese one
///   (`at least (不低于)`);
/// * `FromStr`: the English name with spaces or underscores, or the Chinese one; anything else is an
///   error of kind `InvalidInput` that lists the names.
macro_rules! terms {
    ($(#[$meta:meta])* pub enum $type:ident {
        $($(#[$doc:meta])* $variant:ident = $name:literal $chinese:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum $type {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl $type {
            /// Every value, in order.
            pub const ALL: &[$type] = &[$($type::$variant,)*];

            /// Returns the English name, as in JSON: lower case, with underscores.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)*
                }
            }

            /// Returns the Chinese term.
            pub fn chinese(self) -> &'static str {
                match self {
                    $($type::$variant => $chinese,)*
                }
            }
        }

        $crate::model::terms::print_and_parse!($type);
    };
}

/// Implements `Display` and `FromStr`, as [`terms!`] describes, for an enum with `ALL`, `name` and
/// `chinese`.
macro_rules! print_and_parse {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            /// `{}` prints the English name with spaces, `{:#}` adds the Chinese term.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::model::terms::display(self.name(), self.chinese(), f)
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::error::Error;

            /// Reads an English name, with spaces or underscores, or a Chinese term.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let names = Self::ALL.iter().map(|term| (*term, term.name(), term.chinese()));
                $crate::model::terms::parse(stringify!($type), text, names)
            }
        }
    };
}

pub(crate) use print_and_parse;
pub(crate) use terms;

use crate::error::{Error, ErrorKind};
use std::fmt;

pub(crate) fn display(name: &str, chinese: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let spaced = name.replace('_', " ");
    match f.alternate() {
        true => f.pad(&format!("{spaced} ({chinese})")),
        false => f.pad(&spaced),
    }
}

pub(crate) fn parse<T>(
    kind: &str,
    text: &str,
    terms: impl Iterator<Item = (T, &'static str, &'static str)>,
) -> Result<T, Error> {
    let name = text.trim().replace(' ', "_");
    let mut known = Vec::new();
    for (term, english, chinese) in terms {
        if name.eq_ignore_ascii_case(english) || name == chinese {
            return Ok(term);
        }
        known.push(english);
    }
    let message = format!("is no {kind}; expected one of {}", known.join(", "));
    Err(Error::new(ErrorKind::InvalidInput, text, message))
}
