//! The methods of refs that the schema lists: for each relation one that follows it to its
//! targets, and one that follows it back.

use super::{
    AgencyRef, ArticleRef, DeadlineRef, DocumentRef, Hop, MeasureRef, PolicyRef, ProductRef,
    RegionRef, TargetRef,
};
use crate::graph::edges::Relations;
use crate::graph::schema::{each_node, each_relation};

/// Defines `ref_of!(id, lifetime)`: the type of the ref of an id. `$d` is a dollar sign.
macro_rules! define_ref_of {
    ($d:tt $(
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, $resolved:ident, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
    )*) => {
        macro_rules! ref_of {
            $(($id, $d g:lifetime) => { $ref<$d g> };)*
        }
    };
}

each_node!(define_ref_of $);

/// Generates a method of a ref. Arguments: the form of the result, the documentation, the name, the
/// returned ref; the relation, then the two methods that follow it in one direction.
macro_rules! method {
    (by_hand $($rest:tt)*) => {};
    (hops $(#[$doc:meta])* $name:ident $ref:ty, $relation:expr, $edges:ident, $ends:ident) => {
        $(#[$doc])*
        pub fn $name(self) -> impl ExactSizeIterator<Item = Hop<'g, $ref>> + Clone {
            let graph = self.graph;
            let ends = $relation(graph.relations()).$edges(self.id);
            ends.map(move |(to, edge)| Hop { graph, edge, to: graph.at(to) })
        }
    };
    (nodes $(#[$doc:meta])* $name:ident $ref:ty, $relation:expr, $edges:ident, $ends:ident) => {
        $(#[$doc])*
        pub fn $name(self) -> impl ExactSizeIterator<Item = $ref> + Clone {
            let graph = self.graph;
            $relation(graph.relations()).$ends(self.id).iter().map(move |&id| graph.at(id))
        }
    };
    (one $(#[$doc:meta])* $name:ident $ref:ty, $relation:expr, $edges:ident, $ends:ident) => {
        $(#[$doc])*
        pub fn $name(self) -> Option<$ref> {
            let graph = self.graph;
            $relation(graph.relations()).$ends(self.id).first().map(|&id| graph.at(id))
        }
    };
}

pub(super) use {method, ref_of};

macro_rules! methods {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $rows:ident, $pairs:ident {$(
            $relation:ident: $kind:ident, $source:ident => $target:ident
                $(, $label:ident)? $(since $since:literal)?;
            $(#[$doc:meta])* $([$(#[$example:meta])*])? $forward:ident as $to:ident: $form:ident;
            $(#[$back:meta])* $([$(#[$back_example:meta])*])?
                $backward:ident as $from:ident: $back_form:ident;
        )*}
    )*) => {$($(
        impl<'g> ref_of!($source, 'g) {
            method! {
                $form $(#[$doc])* $($(#[$example])*)? $to ref_of!($target, 'g),
                |edges: &'g Relations| &edges.$group.$relation, edges_from, targets
            }
        }

        impl<'g> ref_of!($target, 'g) {
            method! {
                $back_form $(#[$back])* $($(#[$back_example])*)? $from ref_of!($source, 'g),
                |edges: &'g Relations| &edges.$group.$relation, edges_to, sources
            }
        }
    )*)*};
}

each_relation!(methods);
