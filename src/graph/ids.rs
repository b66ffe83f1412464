//! One `u32` id type for each kind of node. Callers receive ids; only tables make them.

use super::schema::each_node;
use std::fmt;
use std::hash::Hash;

/// The part of [`Id`] that is private to the crate.
pub(crate) mod sealed {
    /// Makes ids. Not part of the public API.
    pub trait FromIndex: Sized {
        /// Returns the id of a place in the table. Panics from 2^32 on.
        fn from_index(index: usize) -> Self;
    }
}

/// A dense id: an index into the table of its kind.
///
/// Only the crate implements it.
///
/// # Panics
///
/// An id is valid only in the graph that returned it. Every method that takes an id panics if the
/// graph has no node or edge at that index, with a message that says so. Another graph that has
/// one returns it. [`NodeKey`](super::NodeKey)s and names are valid in every graph.
///
/// ```should_panic
/// use policygraph::{Corpus, Lexicon};
///
/// let measure = policygraph::builtin().measure("sx-2025/8").unwrap().id();
/// let other = Corpus::new().graph(Lexicon::builtin());
/// other.responsible(measure); // measure 100 is not in this graph, which has 0 measures …
/// ```
pub trait Id: Copy + Ord + Hash + fmt::Debug + sealed::FromIndex {
    /// The name of the kind: `measure`.
    const NAME: &'static str;
    /// Returns the position in the table, from 0.
    fn index(self) -> usize;
}

/// Returns the row of an id in the table of its kind. Panics if the id is of another graph.
#[inline]
#[track_caller]
pub(crate) fn row<I: Id, T>(table: &[T], id: I) -> &T {
    match table.get(id.index()) {
        Some(row) => row,
        None => not_in_graph(I::NAME, id.index(), table.len()),
    }
}

/// Panics with a message about an id of another graph.
///
/// * `name`: kind of the node, or `edge`.
/// * `count`: number of nodes of the kind in this graph.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn not_in_graph(name: &str, index: usize, count: usize) -> ! {
    let plural = match name.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{name}s"),
    };
    panic!(
        "{name} {index} is not in this graph, which has {count} {plural}: \
         an id is valid only in the graph that returned it"
    )
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident $text:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            #[inline]
            pub(crate) fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).expect("fewer than 2^32 nodes of a kind"))
            }
        }

        impl sealed::FromIndex for $name {
            #[inline]
            fn from_index(index: usize) -> Self {
                $name::from_index(index)
            }
        }

        impl Id for $name {
            const NAME: &'static str = $text;

            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $text, self.0)
            }
        }
    };
}

macro_rules! ids {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {$(
        id! {
            /// Id of a node:
            $(#[$doc])*
            $id $name
        }
    )*};
}

each_node!(ids);

id! {
    /// Id of a node of any kind, in the numbering that all kinds share.
    NodeId "node"
}

id! {
    /// Id of an edge of any kind.
    EdgeId "edge"
}
