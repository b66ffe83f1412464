//! The parts that vocabularies are made of: lists that can be extended and checked.

/// A vocabulary file or a part of one.
pub(super) trait Table {
    /// Adds the entries of `more` after those of `self`.
    fn add(&mut self, more: Self);

    /// Calls `visit` with the name of a list and a word, for every word.
    fn visit_words<'t>(&'t self, list: &str, visit: &mut dyn FnMut(&str, &'t str));
}

impl Table for Vec<String> {
    fn add(&mut self, more: Self) {
        self.extend(more);
    }

    fn visit_words<'t>(&'t self, list: &str, visit: &mut dyn FnMut(&str, &'t str)) {
        self.iter().for_each(|word| visit(list, word));
    }
}

/// The name of a list inside another one: `targets.aims`.
pub(super) fn within(list: &str, field: &str) -> String {
    if list.is_empty() { field.to_owned() } else { format!("{list}.{field}") }
}

/// Defines a struct of which every field is a [`Table`], read from a JSON object. A field that
/// the JSON leaves out is empty, so that an extension lists only what it adds; a field that the
/// struct does not have is an error. `source` is for readers of the file.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct $name {
            #[serde(rename = "source")]
            _source: serde::de::IgnoredAny,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $crate::lexicon::table::Table for $name {
            fn add(&mut self, more: Self) {
                $($crate::lexicon::table::Table::add(&mut self.$field, more.$field);)*
            }

            fn visit_words<'t>(&'t self, list: &str, visit: &mut dyn FnMut(&str, &'t str)) {
                $({
                    let list = $crate::lexicon::table::within(list, stringify!($field));
                    $crate::lexicon::table::Table::visit_words(&self.$field, &list, visit);
                })*
            }
        }
    };
}

pub(super) use table;
