//! All relations of the graph, each frozen in both directions.

use super::carry_over::CarriedOver;
use super::ids::*;
use super::kinds::{EdgeKind, Node, NodeKind};
use super::proof::{Proof, Resolution};
use super::refs::TypedId;
use super::rows::{Freezer, Pairs, Relation};
use super::schema::{each_part_relation, each_provision_relation, each_relation};
use super::tables::{InDocument, Tables};
use crate::container::Block;
use crate::error::Error;
use crate::model::Role;

/// The format of saved files since which a relation or a group is in them.
macro_rules! since {
    () => {
        1
    };
    ($format:literal) => {
        $format
    };
}

/// A frozen group of relations.
trait RelationGroup: Sized {
    /// Saves each relation as bytes, in order.
    fn save<E>(
        &self,
        proofs: &[Proof],
        save: &mut impl FnMut(Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E>;

    /// Loads each relation that a file of this format has.
    ///
    /// * `since`: the first format with the group.
    fn load<'b>(
        format: u32,
        since: u32,
        blocks: &mut impl FnMut() -> Result<Block<'b>, Error>,
        tables: &Tables,
        proofs: &mut Vec<Proof>,
    ) -> Result<Self, Error>;

    /// Calls `each` with every relation: the edge kind, the kinds of source and target, the number
    /// of edges.
    fn relations(&self, each: &mut impl FnMut(EdgeKind, [NodeKind; 2], usize));

    /// Returns the source and the target of an edge, if it is one of the group.
    fn ends(&self, edge: EdgeId) -> Option<(Node, Node)>;

    /// Calls `each` with the ends of every edge, in the order of the edges' ids.
    fn each(&self, each: &mut impl FnMut(Node, Node));

    /// Returns true if an edge leads to `target` from a document that `is` accepts, or from a part
    /// of one.
    fn leads_from(&self, target: Node, tables: &Tables, is: &mut impl FnMut(DocId) -> bool)
    -> bool;
}

/// A group of relations, frozen and while it is collected.
macro_rules! group {
    ($(#[$doc:meta])* $(($in_crate:ident))? $rows:ident, $pairs:ident $([$provider:ident])? {
        $($name:ident: $kind:ident, $source:ty => $target:ty, [$($label:ty)?] [$($since:literal)?];)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, PartialEq)]
        pub$(($in_crate))? struct $rows$(<$provider>)? {
            $(pub(crate) $name: Relation<$source, $target $(, $label)?>,)*
        }

        /// The same relations while their edges are collected.
        pub(crate) struct $pairs$(<$provider>)? {
            $(pub(crate) $name: Pairs<$source, $target $(, $label)?>,)*
        }

        impl$(<$provider>)? Default for $pairs$(<$provider>)? {
            fn default() -> Self {
                $pairs { $($name: Pairs::default(),)* }
            }
        }

        impl$(<$provider>)? Default for $rows$(<$provider>)? {
            fn default() -> Self {
                $rows { $($name: Relation::default(),)* }
            }
        }

        impl$(<$provider: CarriedOver>)? $pairs$(<$provider>)? {
            fn freeze(
                self,
                old: &$rows$(<$provider>)?,
                freezer: &mut Freezer<'_>,
            ) -> $rows$(<$provider>)? {
                $rows { $($name: self.$name.freeze(&old.$name, freezer),)* }
            }
        }

        impl$(<$provider: InDocument>)? RelationGroup for $rows$(<$provider>)? {
            fn save<E>(
                &self,
                proofs: &[Proof],
                save: &mut impl FnMut(Vec<u8>) -> Result<(), E>,
            ) -> Result<(), E> {
                $(save(self.$name.save(proofs))?;)*
                Ok(())
            }

            fn load<'b>(
                format: u32,
                since: u32,
                blocks: &mut impl FnMut() -> Result<Block<'b>, Error>,
                tables: &Tables,
                proofs: &mut Vec<Proof>,
            ) -> Result<Self, Error> {
                Ok($rows { $($name: match format >= since.max(since!($($since)?)) {
                    true => Relation::load(&blocks()?, tables, proofs)?,
                    false => Relation::without_edges(tables, proofs),
                },)* })
            }

            fn relations(&self, each: &mut impl FnMut(EdgeKind, [NodeKind; 2], usize)) {
                $(each(EdgeKind::$kind, [<$source>::KIND, <$target>::KIND], self.$name.len());)*
            }

            fn ends(&self, edge: EdgeId) -> Option<(Node, Node)> {
                $(if let Some((source, target)) = self.$name.ends(edge) {
                    return Some((source.into(), target.into()));
                })*
                None
            }

            fn each(&self, each: &mut impl FnMut(Node, Node)) {
                $(self.$name.pairs().for_each(|(source, target)| each(source.into(), target.into()));)*
            }

            fn leads_from(
                &self,
                target: Node,
                tables: &Tables,
                is: &mut impl FnMut(DocId) -> bool,
            ) -> bool {
                $(if target.kind() == <$target>::KIND {
                    let sources = self.$name.sources(<$target>::from_index(target.index()));
                    let mut documents = sources.iter().filter_map(|source| source.document(tables));
                    if documents.any(&mut *is) {
                        return true;
                    }
                })*
                false
            }
        }
    };
}

/// The groups of [`each_relation!`](super::schema::each_relation).
macro_rules! groups {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $rows:ident, $pairs:ident {$(
            $relation:ident: $kind:ident, $source:ident => $target:ident
                $(, $label:ident)? $(since $since:literal)?;
            $(#[$doc:meta])* $([$(#[$example:meta])*])? $forward:ident as $to:ident: $form:ident;
            $(#[$back:meta])* $([$(#[$back_example:meta])*])?
                $backward:ident as $from:ident: $back_form:ident;
        )*}
    )*) => {$(
        group! {
            $(#[$group_doc])*
            (crate) $rows, $pairs {
                $($relation: $kind, $source => $target, [$($label)?] [$($since)?];)*
            }
        }
    )*};
}

each_part_relation!(groups);
each_relation!(groups);

/// The group of [`each_provision_relation!`](super::schema::each_provision_relation).
macro_rules! provision_group {
    ($(
        $relation:ident: $kind:ident => $target:ident $(, $label:ident)? $(since $since:literal)?;
        $(#[$doc:meta])* $forward:ident as $to:ident: $form:ident;
        $(#[$back:meta])* $([$(#[$example:meta])*])? $measures:ident as $from:ident, $providers:ident: $back_form:ident;
    )*) => {
        group! {
            /// The facts of a provision.
            ProvisionRelations, ProvisionPairs[P] {
                $($relation: $kind, P => $target, [$($label)?] [$($since)?];)*
            }
        }
    };
}

each_provision_relation!(provision_group);

/// All groups, in the order of the edges' ids.
macro_rules! edges {
    ($($group:ident: $rows:ty, $pairs:ty $(, since $since:literal)?;)*) => {
        /// Every relation. Edges are numbered group by group, relation by relation.
        #[derive(Debug, Default, PartialEq)]
        pub struct Relations {
            $(pub(crate) $group: $rows,)*
            /// Proof of each edge, by its id.
            pub(crate) proofs: Box<[Proof]>,
        }

        /// [`Relations`] while they are collected.
        #[derive(Default)]
        pub(crate) struct EdgePairs {
            $(pub(crate) $group: $pairs,)*
        }

        impl EdgePairs {
            /// Freezes these edges together with those of `old` that are carried over.
            pub(crate) fn freeze(self, old: &Relations, mut freezer: Freezer<'_>) -> Relations {
                Relations {
                    $($group: self.$group.freeze(&old.$group, &mut freezer),)*
                    proofs: freezer.proofs.into(),
                }
            }
        }

        impl Relations {
            /// Calls `each` with every relation, in the order of its edges' ids: the edge kind,
            /// the kinds of source and target, the number of edges.
            pub(crate) fn relations(&self, mut each: impl FnMut(EdgeKind, [NodeKind; 2], usize)) {
                $(self.$group.relations(&mut each);)*
            }

            /// Returns the source and the target of an edge. Panics if the edge is of another
            /// graph.
            #[track_caller]
            pub(crate) fn ends(&self, edge: EdgeId) -> (Node, Node) {
                $(if let Some(ends) = self.$group.ends(edge) {
                    return ends;
                })*
                not_in_graph(EdgeId::NAME, edge.index(), self.proofs.len())
            }

            /// Calls `each` with the ends of every edge, in the order of the edges' ids.
            pub(crate) fn each(&self, mut each: impl FnMut(Node, Node)) {
                $(self.$group.each(&mut each);)*
            }

            /// Returns true if an edge leads to `target` from a document that `is` accepts, or from
            /// a part of one. O(edges to the target).
            pub(crate) fn leads_from(
                &self,
                target: Node,
                tables: &Tables,
                mut is: impl FnMut(DocId) -> bool,
            ) -> bool {
                $(self.$group.leads_from(target, tables, &mut is))||*
            }

            /// Saves each relation as bytes, in order.
            pub(crate) fn save<E>(
                &self,
                mut save: impl FnMut(Vec<u8>) -> Result<(), E>,
            ) -> Result<(), E> {
                $(self.$group.save(&self.proofs, &mut save)?;)*
                Ok(())
            }

            /// Loads each relation from a block of a file of this format.
            pub(crate) fn load<'b>(
                format: u32,
                mut blocks: impl FnMut() -> Result<Block<'b>, Error>,
                tables: &Tables,
            ) -> Result<Relations, Error> {
                let mut proofs = Vec::new();
                Ok(Relations {
                    $($group: <$rows>::load(format, since!($($since)?), &mut blocks, tables, &mut proofs)?,)*
                    proofs: proofs.into(),
                })
            }
        }
    };
}

edges! {
    parts: PartRelations, PartPairs;
    document: DocumentRelations, DocumentPairs;
    measure_provisions: ProvisionRelations<MeasureId>, ProvisionPairs<MeasureId>;
    document_provisions: ProvisionRelations<DocId>, ProvisionPairs<DocId>;
    section_provisions: ProvisionRelations<SectionId>, ProvisionPairs<SectionId>, since 2;
    deadline: DeadlineRelations, DeadlinePairs;
    vocabulary: VocabularyRelations, VocabularyPairs;
    derived: DerivedRelations, DerivedPairs;
}
