//! All relations of the graph, each frozen in both directions.

use super::carry_over::CarriedOver;
use super::rows::{Freezer, Pairs, Relation};
use super::tables::{InDocument, Tables};
use super::*;
use crate::container::Block;
use crate::error::Error;
use crate::model::Role;

/// A group of relations, frozen and while it is collected.
macro_rules! relations {
    ($(#[$doc:meta])* $rows:ident, $pairs:ident $([$provider:ident])? {
        $($name:ident: $kind:ident, $source:ty => $target:ty $(, $label:ty)?;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, PartialEq)]
        pub(crate) struct $rows$(<$provider>)? {
            $(pub(crate) $name: Relation<$source, $target $(, $label)?>,)*
        }

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

        impl$(<$provider: InDocument>)? $rows$(<$provider>)? {
            fn save<E>(
                &self,
                proofs: &[Proof],
                save: &mut impl FnMut(Vec<u8>) -> Result<(), E>,
            ) -> Result<(), E> {
                $(save(self.$name.save(proofs))?;)*
                Ok(())
            }

            fn load<'b>(
                blocks: &mut impl FnMut() -> Result<Block<'b>, Error>,
                tables: &Tables,
                proofs: &mut Vec<Proof>,
            ) -> Result<Self, Error> {
                Ok($rows { $($name: Relation::load(&blocks()?, tables, proofs)?,)* })
            }
        }

        impl$(<$provider: TypedId>)? $rows$(<$provider>)? {
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
        }
    };
}

relations! {
    /// What a document is made of, and what its head says.
    DocumentRelations, DocumentPairs {
        document_section: Contains, DocId => SectionId;
        document_measure: Contains, DocId => MeasureId;
        section_measure: Contains, SectionId => MeasureId;
        issued_by: IssuedBy, DocId => AgencyId;
        addressed_to: AddressedTo, DocId => AgencyId;
        speaks_for: SpeaksFor, DocId => RegionId;
        implements: Implements, DocId => PolicyId, Resolution;
        repeals: Repeals, DocId => PolicyId, Resolution;
    }
}

relations! {
    /// What a measure, or the body of a document without measures, says.
    ProvisionRelations, ProvisionPairs[S] {
        responsible: Responsible, S => AgencyId, Role;
        mentions: Mentions, S => AgencyId;
        cites: Cites, S => PolicyId, Resolution;
        covers: Covers, S => ProductId;
        commits_to: CommitsTo, S => TargetId;
        uses: Uses, S => PlatformId;
    }
}

relations! {
    /// What the vocabularies know.
    VocabularyRelations, VocabularyPairs {
        article_covers: Covers, ArticleId => ProductId;
        broader: Broader, ProductId => ProductId;
        belongs_to: BelongsTo, AgencyId => RegionId;
        within: Within, RegionId => RegionId;
        superior: Superior, AgencyId => AgencyId;
        national: National, AgencyId => AgencyId;
        consists: Consists, PolicyId => ArticleId;
    }
}

relations! {
    /// What is derived.
    DerivedRelations, DerivedPairs {
        corresponds_to: CorrespondsTo, MeasureId => ArticleId;
        text_in: TextIn, PolicyId => DocId;
    }
}

/// Every relation. Edges are numbered group by group, relation by relation.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Edges {
    pub(crate) document: DocumentRelations,
    pub(crate) measure: ProvisionRelations<MeasureId>,
    pub(crate) body: ProvisionRelations<DocId>,
    pub(crate) vocabulary: VocabularyRelations,
    pub(crate) derived: DerivedRelations,
    /// Why each edge is there, by its id.
    pub(crate) proofs: Box<[Proof]>,
}

/// [`Edges`] while they are collected.
#[derive(Default)]
pub(crate) struct EdgePairs {
    pub(crate) document: DocumentPairs,
    pub(crate) measure: ProvisionPairs<MeasureId>,
    pub(crate) body: ProvisionPairs<DocId>,
    pub(crate) vocabulary: VocabularyPairs,
    pub(crate) derived: DerivedPairs,
}

impl EdgePairs {
    /// These edges, and those of `old` that are taken over.
    pub(crate) fn freeze(self, old: &Edges, mut freezer: Freezer<'_>) -> Edges {
        Edges {
            document: self.document.freeze(&old.document, &mut freezer),
            measure: self.measure.freeze(&old.measure, &mut freezer),
            body: self.body.freeze(&old.body, &mut freezer),
            vocabulary: self.vocabulary.freeze(&old.vocabulary, &mut freezer),
            derived: self.derived.freeze(&old.derived, &mut freezer),
            proofs: freezer.proofs.into(),
        }
    }
}

impl Edges {
    /// Each relation in the order of its edges' ids: what it says, from which
    /// kind of node to which, how many edges it has.
    pub(crate) fn relations(&self, mut each: impl FnMut(EdgeKind, [NodeKind; 2], usize)) {
        self.document.relations(&mut each);
        self.measure.relations(&mut each);
        self.body.relations(&mut each);
        self.vocabulary.relations(&mut each);
        self.derived.relations(&mut each);
    }

    /// Where an edge begins, and where it leads.
    pub(crate) fn ends(&self, edge: EdgeId) -> (Node, Node) {
        let Edges { document, measure, body, vocabulary, derived, .. } = self;
        let said = || measure.ends(edge).or_else(|| body.ends(edge));
        let other = || vocabulary.ends(edge).or_else(|| derived.ends(edge));
        document.ends(edge).or_else(said).or_else(other).expect("an edge of this graph")
    }

    /// How the words that an edge was read from were found to mean its policy.
    pub(crate) fn resolution(&self, edge: EdgeId) -> Option<Resolution> {
        let Edges { document, measure, body, .. } = self;
        let document =
            document.implements.label_of(edge).or_else(|| document.repeals.label_of(edge));
        document.or_else(|| measure.cites.label_of(edge)).or_else(|| body.cites.label_of(edge))
    }

    /// The agency's part, of an edge of responsibility.
    pub(crate) fn role(&self, edge: EdgeId) -> Option<Role> {
        let Edges { measure, body, .. } = self;
        measure.responsible.label_of(edge).or_else(|| body.responsible.label_of(edge))
    }

    /// Each relation as bytes, in order.
    pub(crate) fn save<E>(&self, mut save: impl FnMut(Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        self.document.save(&self.proofs, &mut save)?;
        self.measure.save(&self.proofs, &mut save)?;
        self.body.save(&self.proofs, &mut save)?;
        self.vocabulary.save(&self.proofs, &mut save)?;
        self.derived.save(&self.proofs, &mut save)
    }

    /// Reads each relation back out of a block.
    pub(crate) fn load<'b>(
        mut blocks: impl FnMut() -> Result<Block<'b>, Error>,
        tables: &Tables,
    ) -> Result<Edges, Error> {
        let mut proofs = Vec::new();
        Ok(Edges {
            document: DocumentRelations::load(&mut blocks, tables, &mut proofs)?,
            measure: ProvisionRelations::load(&mut blocks, tables, &mut proofs)?,
            body: ProvisionRelations::load(&mut blocks, tables, &mut proofs)?,
            vocabulary: VocabularyRelations::load(&mut blocks, tables, &mut proofs)?,
            derived: DerivedRelations::load(&mut blocks, tables, &mut proofs)?,
            proofs: proofs.into(),
        })
    }

    /// The ends of every edge, in the order of their ids.
    pub(crate) fn each(&self, mut each: impl FnMut(Node, Node)) {
        self.document.each(&mut each);
        self.measure.each(&mut each);
        self.body.each(&mut each);
        self.vocabulary.each(&mut each);
        self.derived.each(&mut each);
    }
}
