//! Hops of a walk: those of a ref, from many nodes at once.

use super::hops::{Hops, RowSlice};
use super::{PathTo, Position, Walk};
use crate::graph::{
    AgencyId, ArticleId, DeadlineId, Direction, DocId, EdgeId, MeasureId, PlatformId, PolicyId,
    ProductId, Provider, RegionId, Relation, SectionId, TargetId, TypedId, each_part_relation,
    each_provision_relation, each_relation,
};

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn hop<U: TypedId, E: Iterator<Item = (U, EdgeId)>>(
        self,
        direction: Direction,
        ends: impl Fn(T) -> RowSlice<'g, U>,
        edges: impl Fn(T) -> E + Copy,
    ) -> Walk<'g, U, impl Iterator<Item = <I::Item as Position>::Then<U>>> {
        let hop = move |position: I::Item| {
            let ends = ends(position.id());
            position.hop(direction, ends, edges)
        };
        Walk::new(self.graph, Hops::new(self.positions, hop))
    }

    fn forward<U: TypedId, X: Copy>(
        self,
        relation: &'g Relation<T, U, X>,
    ) -> Walk<'g, U, impl Iterator<Item = <I::Item as Position>::Then<U>>> {
        let rows = relation.forward();
        self.hop(
            Direction::Outgoing,
            |id| RowSlice::new(rows.values(), rows.range(id)),
            |id| relation.edges_from(id),
        )
    }

    fn backward<U: TypedId, X: Copy>(
        self,
        relation: &'g Relation<U, T, X>,
    ) -> Walk<'g, U, impl Iterator<Item = <I::Item as Position>::Then<U>>> {
        let rows = relation.backward();
        self.hop(
            Direction::Incoming,
            |id| RowSlice::new(rows.values(), rows.range(id)),
            |id| relation.edges_to(id),
        )
    }
}

/// Generates a hop along the edges of a relation and one against them.
macro_rules! steps {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $rows:ident, $pairs:ident {$(
            $relation:ident: $kind:ident, $source:ident => $target:ident
                $(, $label:ident)? $(since $since:literal)?;
            $(#[$doc:meta])* $([$(#[$example:meta])*])? $_forward:ident as $forward:ident: $form:ident;
            $(#[$back:meta])* $([$(#[$back_example:meta])*])?
                $_backward:ident as $backward:ident: $back_form:ident;
        )*}
    )*) => {$($(
        impl<'g, I: Iterator<Item: Position<Id = $source>>> Walk<'g, $source, I> {
            $(#[$doc])*
            pub fn $forward(
                self,
            ) -> Walk<'g, $target, impl Iterator<Item = <I::Item as Position>::Then<$target>>> {
                let relation = &self.graph.relations().$group.$relation;
                self.forward(relation)
            }
        }

        impl<'g, I: Iterator<Item: Position<Id = $target>>> Walk<'g, $target, I> {
            $(#[$back])*
            pub fn $backward(
                self,
            ) -> Walk<'g, $source, impl Iterator<Item = <I::Item as Position>::Then<$source>>> {
                let relation = &self.graph.relations().$group.$relation;
                self.backward(relation)
            }
        }
    )*)*};
}

each_part_relation!(steps);
each_relation!(steps);

/// Generates the hops of a relation of provisions: along its edges from a provider of
/// any kind; against them to measures, and to providers of any kind.
macro_rules! provision_steps {
    ($(
        $relation:ident: $kind:ident => $target:ident $(, $label:ident)? $(since $since:literal)?;
        $(#[$doc:meta])* $_forward:ident as $forward:ident: $form:ident;
        $(#[$back:meta])* $([$(#[$example:meta])*])? $_measures:ident as $measures:ident, $providers:ident: $back_form:ident;
    )*) => {$(
        impl<'g, P: Provider, I: Iterator<Item: Position<Id = P>>> Walk<'g, P, I> {
            $(#[$doc])*
            pub fn $forward(
                self,
            ) -> Walk<'g, $target, impl Iterator<Item = <I::Item as Position>::Then<$target>>> {
                let relation = &P::provisions(self.graph.relations()).$relation;
                self.forward(relation)
            }
        }

        impl<'g, I: Iterator<Item: Position<Id = $target>>> Walk<'g, $target, I> {
            /// Measures
            $(#[$back])*
            pub fn $measures(
                self,
            ) -> Walk<'g, MeasureId, impl Iterator<Item = <I::Item as Position>::Then<MeasureId>>> {
                self.$providers()
            }

            /// Provisions of one kind
            $(#[$back])*
            pub fn $providers<P: Provider>(
                self,
            ) -> Walk<'g, P, impl Iterator<Item = <I::Item as Position>::Then<P>>> {
                let relation = &P::provisions(self.graph.relations()).$relation;
                self.backward(relation)
            }
        }
    )*};
}

each_provision_relation!(provision_steps);

impl<'g, T: TypedId, I: Iterator<Item = T>> Walk<'g, T, I> {
    /// Records each edge that the walk follows from here on: its items become
    /// [`PathTo`]s.
    ///
    /// Agencies responsible for the measures of a document, with the words that
    /// prove it:
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// let reached = document.walk().measures().with_paths().responsible().next().unwrap();
    /// let path = reached.path();
    /// let evidence = path.steps[0].proof.evidence().unwrap();
    /// assert_eq!((reached.name(), graph.quote(evidence)), ("山西省工业和信息化厅", "省工信厅"));
    /// assert_eq!(path.start, graph.measure("sx-2025/1").unwrap().node());
    /// ```
    pub fn with_paths(self) -> Walk<'g, T, impl Iterator<Item = PathTo<'g, T>>> {
        let graph = self.graph;
        Walk::new(graph, self.positions.map(move |id| PathTo::new(graph, id)))
    }
}
