//! The nodes that a new graph carries over from an older one, by kind.

use super::assemble::kept_ranges::{KeptRanges, Renumbering};
use super::ids::*;
use super::refs::TypedId;
use super::schema::each_node;

/// The new ids of the nodes of one kind.
pub(crate) struct IdMap<I> {
    /// Nodes with edges that are copied.
    pub(crate) kept: KeptRanges<I>,
    /// The new id of each old node that is still in the graph. For names also that of each new
    /// one: until all names are known, new ones are numbered after the old ones.
    pub(crate) ids: Renumbering<I>,
}

impl<I> Default for IdMap<I> {
    fn default() -> Self {
        IdMap { kept: KeptRanges::default(), ids: Renumbering(Vec::new()) }
    }
}

/// A kind of node with an [`IdMap`].
pub(crate) trait CarriedOver: TypedId {
    /// Returns the map of the kind.
    fn id_map(carry_over: &CarryOver) -> &IdMap<Self>;
    /// Returns the final id of a node that an edge was read with. It differs from the one at
    /// reading for interned names only.
    fn resolved(self, carry_over: &CarryOver) -> Self;
}

macro_rules! resolved {
    (fixed, $id:expr, $map:expr) => {
        $id
    };
    (interned, $id:expr, $map:expr) => {
        $map.ids.at($id)
    };
}

macro_rules! carry_over {
    ($(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {
        /// The new ids of all nodes of the older graph.
        #[derive(Default)]
        pub(crate) struct CarryOver {
            $(pub(crate) $table: IdMap<$id>,)*
        }

        $(impl CarriedOver for $id {
            fn id_map(carry_over: &CarryOver) -> &IdMap<Self> {
                &carry_over.$table
            }

            fn resolved(self, _carry_over: &CarryOver) -> Self {
                resolved!($resolved, self, _carry_over.$table)
            }
        })*
    };
}

each_node!(carry_over);
