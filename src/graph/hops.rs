//! Typed hops from id to ids: each is a slice, with nothing to filter.
//!
//! Along an edge a slice keeps text order; against it, it ascends. A slice
//! repeats an id only for an agency with two roles in one provision.

use super::Graph;
use super::edges::Relations;
use super::ids::*;
use super::kinds::NodeKind;
use super::schema::each_relation;

/// A slice in each direction.
macro_rules! hops {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $rows:ident, $pairs:ident {$(
            $relation:ident: $kind:ident, $source:ident => $target:ident
                $(, $label:ident)? $(since $since:literal)?;
            $(#[$doc:meta])* $([$(#[$example:meta])*])? $forward:ident as $to:ident: $form:ident;
            $(#[$back:meta])* $([$(#[$back_example:meta])*])?
                $backward:ident as $from:ident: $back_form:ident;
        )*}
    )*) => {
        impl Graph {$($(
            $(#[$doc])*
            #[inline]
            #[track_caller]
            pub fn $forward(&self, id: $source) -> &[$target] {
                self.edges.$group.$relation.targets(id)
            }

            $(#[$back])*
            #[inline]
            #[track_caller]
            pub fn $backward(&self, id: $target) -> &[$source] {
                self.edges.$group.$relation.sources(id)
            }
        )*)*}
    };
}

each_relation!(hops);

impl Graph {
    /// Returns the document that contains the measure. O(1).
    #[inline]
    #[track_caller]
    pub fn document_of(&self, measure: MeasureId) -> DocId {
        self.tables.measures.document(measure)
    }

    /// Measures of the document, in order.
    #[track_caller]
    pub fn measures_of(
        &self,
        document: DocId,
    ) -> impl ExactSizeIterator<Item = MeasureId> + Clone + use<> {
        self.tables.measures.of(document)
    }

    /// Chapters of the document, in order.
    #[track_caller]
    pub fn sections_of(
        &self,
        document: DocId,
    ) -> impl ExactSizeIterator<Item = SectionId> + Clone + use<> {
        self.tables.sections.of(document)
    }

    /// Measures of the chapter, in order.
    #[track_caller]
    pub fn measures_in(&self, section: SectionId) -> &[MeasureId] {
        self.edges.parts.section_measure.targets(section)
    }

    /// Returns the chapter that contains the measure: one or none.
    #[track_caller]
    pub fn section_of(&self, measure: MeasureId) -> &[SectionId] {
        self.edges.parts.section_measure.sources(measure)
    }

    /// Returns the relations, for callers that need edges too.
    pub(crate) fn relations(&self) -> &Relations {
        &self.edges
    }

    /// Number of nodes of a kind.
    pub(crate) fn node_count_of(&self, kind: NodeKind) -> usize {
        self.tables.count(kind)
    }
}
