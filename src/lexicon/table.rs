//! The parts of a vocabulary file: lists and entries that can be added to and checked.

use super::dictionary::{Word, start};
use crate::error::{Error, ErrorKind};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A vocabulary file, or a part of one.
pub(super) trait Table {
    /// Adds the entries of `more` after those of `self`.
    fn add(&mut self, more: Self);

    /// Calls `visit` for every word, with its place below `place`: a list, or an entry by number
    /// and name.
    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str));
}

/// One entry of a list.
pub(super) trait Entry {
    /// Calls `visit` for every word of the entry; the first one names it.
    fn visit_words(&self, visit: &mut dyn FnMut(&str));
}

impl Entry for String {
    fn visit_words(&self, visit: &mut dyn FnMut(&str)) {
        visit(self);
    }
}

impl<T: Entry> Table for Vec<T> {
    fn add(&mut self, more: Self) {
        self.extend(more);
    }

    fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
        for (number, entry) in (1..).zip(self) {
            let mut name = None;
            entry.visit_words(&mut |word| {
                let name = name
                    .get_or_insert_with(|| format!("{place}, entry {number} ({})", start(word)));
                visit(name, word);
            });
        }
    }
}

/// The `source` of a file or an entry, for people who read the file. Its value is not kept; the
/// field exists so that `source` is allowed and every other unknown field is an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceNote;

impl<'de> Deserialize<'de> for SourceNote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| SourceNote)
    }
}

/// Returns the error of an invalid entry; `place` is the vocabulary.
pub(super) fn invalid(place: &str, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Vocabulary, place, message)
}

/// Checks each word of a file, also those that no dictionary is made of ([`Word::new`]).
pub(super) fn check_words(file: &str, table: &impl Table) -> Result<(), Error> {
    check_each(file, |visit| table.visit_words("", visit))
}

/// Checks the words that `words` visits, each with its place in the file.
pub(super) fn check_each(
    file: &str,
    words: impl FnOnce(&mut dyn FnMut(&str, &str)),
) -> Result<(), Error> {
    let mut wrong = None;
    words(&mut |place, word| {
        if let (Err(problem), None) = (Word::new(word), &wrong) {
            wrong = Some(format!("{place}: {problem}"));
        }
    });
    wrong.map_or(Ok(()), |message| Err(invalid(file, message)))
}

/// Returns the name of a list below `place`: `targets.aims`.
pub(super) fn below(place: &str, list: &str) -> String {
    if place.is_empty() { list.to_owned() } else { format!("{place}.{list}") }
}

/// A table that is read from a JSON object. A field that the JSON leaves out is empty, so that an
/// extension lists only what it adds. A field that the table does not have, or that is there twice,
/// is an error. `source` is not kept.
pub(super) trait Fields: Default {
    const NAMES: &'static [&'static str];

    /// Reads the value of a field. Returns false for a field that the table does not have.
    fn read<'de, A: MapAccess<'de>>(&mut self, field: &str, map: &mut A) -> Result<bool, A::Error>;
}

/// Reads the fields of a table, each by [`Fields::read`]. All tables share it, as the code of a derived
/// visitor for several hundred lists is large.
pub(super) struct FieldsVisitor<T>(pub PhantomData<T>);

impl<'de, T: Fields> Visitor<'de> for FieldsVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the lists of a vocabulary")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut table = T::default();
        let mut fields: Vec<String> = Vec::new();
        while let Some(field) = map.next_key::<String>()? {
            if fields.contains(&field) {
                return Err(A::Error::custom(format_args!("duplicate field `{field}`")));
            }
            if field == "source" {
                map.next_value::<IgnoredAny>()?;
            } else if !table.read(&field, &mut map)? {
                return Err(A::Error::unknown_field(&field, T::NAMES));
            }
            fields.push(field);
        }
        Ok(table)
    }
}

/// Defines a struct of which every field is a [`Table`], read by its [`Fields`].
macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub(crate) struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $crate::lexicon::table::Fields for $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                field: &str,
                map: &mut A,
            ) -> Result<bool, A::Error> {
                match field {
                    $(stringify!($field) => self.$field = map.next_value()?,)*
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
                json.deserialize_map($crate::lexicon::table::FieldsVisitor(std::marker::PhantomData))
            }
        }

        impl $crate::lexicon::table::Table for $name {
            fn add(&mut self, more: Self) {
                $($crate::lexicon::table::Table::add(&mut self.$field, more.$field);)*
            }

            fn visit_words(&self, place: &str, visit: &mut dyn FnMut(&str, &str)) {
                $({
                    let list = $crate::lexicon::table::below(place, stringify!($field));
                    $crate::lexicon::table::Table::visit_words(&self.$field, &list, visit);
                })*
            }
        }
    };
}

pub(super) use table;
