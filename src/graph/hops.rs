//! Typed hops from id to ids: each is a slice, with nothing to filter.
//!
//! Along an edge a slice keeps the order of the text; against it, it ascends.
//! No slice repeats an id, but that of an agency with two roles in one measure.

use super::*;
use crate::model::Role;

/// All ids of a kind, ascending.
macro_rules! every {
    ($($(#[$doc:meta])* $name:ident: $id:ident;)*) => {
        impl Graph {
            $($(#[$doc])*
            pub fn $name(&self) -> impl ExactSizeIterator<Item = $id> + DoubleEndedIterator + Clone + use<> {
                (0..self.tables.count($id::KIND)).map($id::from_index)
            })*
        }
    };
}

every! {
    /// Every document, by key.
    documents: DocId;
    /// Every chapter, by document and position.
    sections: SectionId;
    /// Every measure, by document and position.
    measures: MeasureId;
    /// Every agency, by name.
    agencies: AgencyId;
    /// Every policy: those with an outline, then by title and number.
    policies: PolicyId;
    /// Every article, by policy and position.
    articles: ArticleId;
    /// Every product: the taxonomy, then by label.
    products: ProductId;
    /// Every region, by name.
    regions: RegionId;
    /// Every target, in the order of the texts.
    targets: TargetId;
    /// Every platform, by name.
    platforms: PlatformId;
}

/// Every relation but that of parts, from both ends, for the macro `$each`:
/// what it is called among all hops of a graph `as` what a ref or a walk calls
/// it, where the kind of node is known; then where its rows are.
macro_rules! each_relation {
    ($each:ident) => {
        $each! {
            /// 发文机关 — agencies that signed the document.
            issued_by as issuers(DocId) -> AgencyId,
            /// Documents that the agency signed.
            issued as issued = document.issued_by;

            /// 主送机关 — known agencies to whom the document is addressed.
            addressed_to as addressees(DocId) -> AgencyId,
            /// Documents addressed to the agency.
            receives as receives = document.addressed_to;

            /// Regions for which the document speaks: those of its issuers, province-level;
            /// 中国 for national bodies.
            speaks_for as regions(DocId) -> RegionId,
            /// Documents that speak for the region itself.
            documents_for as documents = document.speaks_for;

            /// Policies that the document carries out.
            implements as implements(DocId) -> PolicyId,
            /// Documents that carry out the policy.
            implemented_by as implemented_by = document.implements;

            /// 废止 — policies that the document puts out of force.
            repeals as repeals(DocId) -> PolicyId,
            /// Documents that put the policy out of force.
            repealed_by as repealed_by = document.repeals;

            /// 责任单位 — agencies responsible for the measure; one with two roles
            /// stands twice. [`roles`](crate::Graph::roles) stands beside it.
            responsible as responsible(MeasureId) -> AgencyId,
            /// Measures for which the agency is responsible; twice where in two roles.
            duties as duties = measure.responsible;

            /// Agencies that the measure names otherwise.
            mentions as agencies(MeasureId) -> AgencyId,
            /// Measures that name the agency otherwise.
            mentioned_by as mentioned_by = measure.mentions;

            /// Policies that the measure cites.
            cites as cites(MeasureId) -> PolicyId,
            /// Measures that cite the policy.
            cited_by as cited_by = measure.cites;

            /// Products that the measure names, each by its own label.
            covers as products(MeasureId) -> ProductId,
            /// Measures that name this label itself.
            covered_by as covered_by = measure.covers;

            /// 量化目标 — targets that the measure sets.
            commits_to as targets(MeasureId) -> TargetId,
            /// The measure that sets the target, if a measure does.
            committed_in as measure = measure.commits_to;

            /// Platforms that the measure uses.
            uses as platforms(MeasureId) -> PlatformId,
            /// Measures that use the platform.
            used_by as used_by = measure.uses;

            /// Agencies responsible by the document's body.
            body_responsible as responsible(DocId) -> AgencyId,
            /// Documents whose body makes the agency responsible.
            duties_in_bodies as duties_in_bodies = body.responsible;

            /// Agencies that the document's body names otherwise.
            body_mentions as agencies(DocId) -> AgencyId,
            /// Documents whose body names the agency otherwise.
            mentioned_by_bodies as mentioned_by_bodies = body.mentions;

            /// Policies that the document's body cites.
            body_cites as cites(DocId) -> PolicyId,
            /// Documents whose body cites the policy.
            cited_by_bodies as cited_by_bodies = body.cites;

            /// Products that the document's body names.
            body_covers as products(DocId) -> ProductId,
            /// Documents whose body names this label itself.
            covered_by_bodies as covered_by_bodies = body.covers;

            /// Targets that the document's body sets.
            body_commits_to as targets(DocId) -> TargetId,
            /// The document whose body sets the target, if a body does.
            committed_in_body as body = body.commits_to;

            /// Platforms that the document's body uses.
            body_uses as platforms(DocId) -> PlatformId,
            /// Documents whose body uses the platform.
            used_by_bodies as used_by_bodies = body.uses;

            /// Products of an article.
            article_covers as products(ArticleId) -> ProductId,
            /// Articles about this label itself.
            covered_by_articles as covered_by_articles = vocabulary.article_covers;

            /// Products directly above.
            broader as broader(ProductId) -> ProductId,
            /// Products directly below.
            narrower as narrower = vocabulary.broader;

            /// The region of an agency: one, or none where it is not known.
            belongs_to as region(AgencyId) -> RegionId,
            /// Agencies of the region itself.
            agencies_of as agencies = vocabulary.belongs_to;

            /// The region directly above: one, or none for 中国.
            within as within(RegionId) -> RegionId,
            /// Regions directly below.
            divided_into as divided_into = vocabulary.within;

            /// The agency of the same function one level up: one or none.
            superior as superior(AgencyId) -> AgencyId,
            /// Agencies of the same function one level down.
            subordinates as subordinates = vocabulary.superior;

            /// The national agency of the same function: one or none.
            national_counterpart as national_counterpart(AgencyId) -> AgencyId,
            /// Agencies whose national counterpart it is.
            local_counterparts as local_counterparts = vocabulary.national;

            /// Articles of the policy, in order, if its outline is known.
            articles_of as articles(PolicyId) -> ArticleId,
            /// The policy of the article: one.
            article_of as policy = vocabulary.consists;

            /// Articles to which the measure corresponds. Derived; see its
            /// [`Proof`](crate::graph::Proof) for the method and the score.
            corresponds_to as articles(MeasureId) -> ArticleId,
            /// Measures that correspond to the article. Derived.
            carried_out_by as carried_out_by = derived.corresponds_to;

            /// Documents of the corpus that are the policy's text. Derived.
            text_in as text_in(PolicyId) -> DocId,
            /// The policy whose text the document is, if anything cites it. Derived.
            text_of as policy = derived.text_in;
        }
    };
}

pub(crate) use each_relation;

/// A slice each way.
macro_rules! hops {
    ($($(#[$doc:meta])* $forward:ident as $_to:ident($source:ident) -> $target:ident,
       $(#[$back:meta])* $backward:ident as $_from:ident = $group:ident.$relation:ident;)*) => {
        impl Graph {
            $($(#[$doc])*
            #[inline]
            pub fn $forward(&self, id: $source) -> &[$target] {
                self.edges.$group.$relation.targets(id)
            }

            $(#[$back])*
            #[inline]
            pub fn $backward(&self, id: $target) -> &[$source] {
                self.edges.$group.$relation.sources(id)
            })*
        }
    };
}

each_relation!(hops);

impl Graph {
    /// The role of each agency of [`responsible`](Graph::responsible), beside it.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap().id();
    /// let names = graph.responsible(measure).iter().map(|&agency| graph.at(agency).name());
    /// assert!(names.eq(["山西省药品监督管理局"]));
    /// assert_eq!(graph.roles(measure), [Role::Sole]);
    /// ```
    pub fn roles(&self, measure: MeasureId) -> &[Role] {
        self.edges.measure.responsible.labels(measure)
    }

    /// The role of each agency of [`body_responsible`](Graph::body_responsible),
    /// beside it.
    pub fn body_roles(&self, document: DocId) -> &[Role] {
        self.edges.body.responsible.labels(document)
    }

    /// The document that a measure stands in. O(1).
    #[inline]
    pub fn document_of(&self, measure: MeasureId) -> DocId {
        self.tables.measures.document(measure)
    }

    /// The measures of a document, in order.
    pub fn measures_of(
        &self,
        document: DocId,
    ) -> impl ExactSizeIterator<Item = MeasureId> + Clone + use<> {
        self.tables.measures.of(document)
    }

    /// The chapters of a document, in order.
    pub fn sections_of(
        &self,
        document: DocId,
    ) -> impl ExactSizeIterator<Item = SectionId> + Clone + use<> {
        self.tables.sections.of(document)
    }

    /// The measures of a chapter, in order.
    pub fn measures_in(&self, section: SectionId) -> &[MeasureId] {
        self.edges.document.section_measure.targets(section)
    }

    /// The chapter that a measure stands in: one or none.
    pub fn section_of(&self, measure: MeasureId) -> &[SectionId] {
        self.edges.document.section_measure.sources(measure)
    }

    /// The relations themselves, for those who need the edges too.
    pub(crate) fn relations(&self) -> &Edges {
        &self.edges
    }

    /// How many nodes there are of a kind.
    pub(crate) fn how_many(&self, kind: NodeKind) -> usize {
        self.tables.count(kind)
    }
}
