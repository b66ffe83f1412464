//! The hops of a walk: those of a ref, from many nodes at once.

use super::hops::{Ends, Hops};
use super::*;
use crate::graph::each_relation;

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    fn hop<U: TypedId, E: Iterator<Item = (U, EdgeId)>>(
        self,
        direction: Direction,
        ends: impl Fn(T) -> Ends<'g, U>,
        edges: impl Fn(T) -> E + Copy,
    ) -> Walk<'g, U, impl Iterator<Item = <I::Item as Position>::Then<U>>> {
        let hop = move |stop: I::Item| {
            let ends = ends(stop.id());
            stop.hop(direction, ends, edges)
        };
        Walk::new(self.graph, Hops::new(self.stops, hop))
    }
}

/// A hop along the edges of a relation, and one against them.
macro_rules! steps {
    ($($(#[$doc:meta])* $_along:ident as $forward:ident($source:ident) -> $target:ident,
       $(#[$back:meta])* $_against:ident as $backward:ident = $group:ident.$relation:ident;)*) => {$(
        impl<'g, I: Iterator<Item: Position<Id = $source>>> Walk<'g, $source, I> {
            $(#[$doc])*
            pub fn $forward(
                self,
            ) -> Walk<'g, $target, impl Iterator<Item = <I::Item as Position>::Then<$target>>> {
                let relation = &self.graph.relations().$group.$relation;
                let rows = relation.forward();
                self.hop(
                    Direction::Outgoing,
                    |id| Ends::new(rows.values(), rows.range(id)),
                    |id| relation.edges_from(id),
                )
            }
        }

        impl<'g, I: Iterator<Item: Position<Id = $target>>> Walk<'g, $target, I> {
            $(#[$back])*
            pub fn $backward(
                self,
            ) -> Walk<'g, $source, impl Iterator<Item = <I::Item as Position>::Then<$source>>> {
                let relation = &self.graph.relations().$group.$relation;
                let rows = relation.backward();
                self.hop(
                    Direction::Incoming,
                    |id| Ends::new(rows.values(), rows.range(id)),
                    |id| relation.edges_to(id),
                )
            }
        }
    )*};
}

each_relation!(steps);

steps! {
    /// Chapters of the document, in order.
    sections_of as sections(DocId) -> SectionId,
    /// The document that the chapter is part of.
    document_of as document = document.document_section;

    /// Measures of the document, in order.
    measures_of as measures(DocId) -> MeasureId,
    /// The document that the measure is part of.
    document_of as document = document.document_measure;

    /// Measures of the chapter, in order.
    measures_in as measures(SectionId) -> MeasureId,
    /// The chapter that the measure stands in, if in one.
    section_of as section = document.section_measure;
}

impl<'g, T: TypedId, I: Iterator<Item = T>> Walk<'g, T, I> {
    /// The same walk, remembering from here on each edge that it takes: its
    /// items are [`PathTo`]s.
    ///
    /// Who answers for what in 山西省, and the words that say so:
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
        Walk::new(graph, self.stops.map(move |id| PathTo::new(graph, id)))
    }
}
