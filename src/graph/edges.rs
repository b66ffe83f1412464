//! All relations of the graph, each frozen in both directions.

use super::rows::{Freezer, Pairs, Relation};
use super::tables::{Stands, Tables};
use super::taken::Taken;
use super::*;
use crate::container::Block;
use crate::error::Error;
use crate::model::Role;

/// A group of relations, frozen and while it is collected.
macro_rules! relations {
    ($(#[$doc:meta])* $rows:ident, $pairs:ident $([$speaker:ident])? {
        $($name:ident: $kind:ident, $source:ty => $target:ty $(, $label:ty)?;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, PartialEq)]
        pub(crate) struct $rows$(<$speaker>)? {
            $(pub(crate) $name: Relation<$source, $target $(, $label)?>,)*
        }

        pub(crate) struct $pairs$(<$speaker>)? {
            $(pub(crate) $name: Pairs<$source, $target $(, $label)?>,)*
        }

        impl$(<$speaker>)? Default for $pairs$(<$speaker>)? {
            fn default() -> Self {
                $pairs { $($name: Pairs::default(),)* }
            }
        }

        impl$(<$speaker>)? Default for $rows$(<$speaker>)? {
            fn default() -> Self {
                $rows { $($name: Relation::default(),)* }
            }
        }

        impl$(<$speaker: Taken>)? $pairs$(<$speaker>)? {
            fn freeze(
                self,
                old: &$rows$(<$speaker>)?,
                freezer: &mut Freezer<'_>,
            ) -> $rows$(<$speaker>)? {
                $rows { $($name: self.$name.freeze(&old.$name, freezer),)* }
            }
        }

        impl$(<$speaker: Stands>)? $rows$(<$speaker>)? {
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

        impl$(<$speaker: TypedId>)? $rows$(<$speaker>)? {
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
    Frame, FramePairs {
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
    Said, SaidPairs[S] {
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
    Known, KnownPairs {
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
    /// What is concluded.
    Concluded, ConcludedPairs {
        corresponds_to: CorrespondsTo, MeasureId => ArticleId;
        text_in: TextIn, PolicyId => DocId;
    }
}

/// Every relation. Edges are numbered group by group, relation by relation.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Edges {
    pub(crate) frame: Frame,
    pub(crate) measure: Said<MeasureId>,
    pub(crate) body: Said<DocId>,
    pub(crate) known: Known,
    pub(crate) concluded: Concluded,
    /// Why each edge is there, by its id.
    pub(crate) proofs: Box<[Proof]>,
}

/// [`Edges`] while they are collected.
#[derive(Default)]
pub(crate) struct EdgePairs {
    pub(crate) frame: FramePairs,
    pub(crate) measure: SaidPairs<MeasureId>,
    pub(crate) body: SaidPairs<DocId>,
    pub(crate) known: KnownPairs,
    pub(crate) concluded: ConcludedPairs,
}

impl EdgePairs {
    /// These edges, and those of `old` that are taken over.
    pub(crate) fn freeze(self, old: &Edges, mut freezer: Freezer<'_>) -> Edges {
        Edges {
            frame: self.frame.freeze(&old.frame, &mut freezer),
            measure: self.measure.freeze(&old.measure, &mut freezer),
            body: self.body.freeze(&old.body, &mut freezer),
            known: self.known.freeze(&old.known, &mut freezer),
            concluded: self.concluded.freeze(&old.concluded, &mut freezer),
            proofs: freezer.proofs.into(),
        }
    }
}

impl Edges {
    /// Each relation in the order of its edges' ids: what it says, from which
    /// kind of node to which, how many edges it has.
    pub(crate) fn relations(&self, mut each: impl FnMut(EdgeKind, [NodeKind; 2], usize)) {
        self.frame.relations(&mut each);
        self.measure.relations(&mut each);
        self.body.relations(&mut each);
        self.known.relations(&mut each);
        self.concluded.relations(&mut each);
    }

    /// Where an edge begins, and where it leads.
    pub(crate) fn ends(&self, edge: EdgeId) -> (Node, Node) {
        let Edges { frame, measure, body, known, concluded, .. } = self;
        let said = || measure.ends(edge).or_else(|| body.ends(edge));
        let other = || known.ends(edge).or_else(|| concluded.ends(edge));
        frame.ends(edge).or_else(said).or_else(other).expect("an edge of this graph")
    }

    /// How the words that an edge was read from were found to mean its policy.
    pub(crate) fn resolution(&self, edge: EdgeId) -> Option<Resolution> {
        let Edges { frame, measure, body, .. } = self;
        let frame = frame.implements.label_of(edge).or_else(|| frame.repeals.label_of(edge));
        frame.or_else(|| measure.cites.label_of(edge)).or_else(|| body.cites.label_of(edge))
    }

    /// The agency's part, of an edge of responsibility.
    pub(crate) fn role(&self, edge: EdgeId) -> Option<Role> {
        let Edges { measure, body, .. } = self;
        measure.responsible.label_of(edge).or_else(|| body.responsible.label_of(edge))
    }

    /// Each relation as bytes, in order.
    pub(crate) fn save<E>(&self, mut save: impl FnMut(Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        self.frame.save(&self.proofs, &mut save)?;
        self.measure.save(&self.proofs, &mut save)?;
        self.body.save(&self.proofs, &mut save)?;
        self.known.save(&self.proofs, &mut save)?;
        self.concluded.save(&self.proofs, &mut save)
    }

    /// Reads each relation back out of a block.
    pub(crate) fn load<'b>(
        mut blocks: impl FnMut() -> Result<Block<'b>, Error>,
        tables: &Tables,
    ) -> Result<Edges, Error> {
        let mut proofs = Vec::new();
        Ok(Edges {
            frame: Frame::load(&mut blocks, tables, &mut proofs)?,
            measure: Said::load(&mut blocks, tables, &mut proofs)?,
            body: Said::load(&mut blocks, tables, &mut proofs)?,
            known: Known::load(&mut blocks, tables, &mut proofs)?,
            concluded: Concluded::load(&mut blocks, tables, &mut proofs)?,
            proofs: proofs.into(),
        })
    }

    /// The ends of every edge, in the order of their ids.
    pub(crate) fn each(&self, mut each: impl FnMut(Node, Node)) {
        self.frame.each(&mut each);
        self.measure.each(&mut each);
        self.body.each(&mut each);
        self.known.each(&mut each);
        self.concluded.each(&mut each);
    }
}
