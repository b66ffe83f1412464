//! Refs: an id with its graph, to read like a sentence.

use super::tables::{ArticleRow, Speaker};
use super::*;
use crate::model::{Genre, InstrumentKind, PartialDate, Record, Role};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// An id of one kind of node.
pub trait TypedId: Id + Into<Node> {
    /// The kind.
    const KIND: NodeKind;
    /// The id with its graph.
    type Ref<'g>: Copy;
    #[doc(hidden)]
    fn at(self, graph: &Graph) -> Self::Ref<'_>;
}

impl Graph {
    /// The node of an id of this graph. O(1).
    pub fn at<I: TypedId>(&self, id: I) -> I::Ref<'_> {
        id.at(self)
    }
}

/// A node that was reached over an edge: the node (it derefs to it), and why
/// the edge is there.
///
/// ```
/// let graph = policygraph::builtin();
/// let document = graph.document("sx-2025").unwrap();
/// let parent = document.implements().next().unwrap();
/// assert_eq!(parent.number(), Some("国办发〔2024〕53号"));
/// assert!(parent.quote().unwrap().contains("全面深化药品医疗器械监管改革"));
/// ```
#[derive(Clone, Copy)]
pub struct Hop<'g, R> {
    graph: &'g Graph,
    edge: EdgeId,
    to: R,
}

impl<'g, R: Copy> Hop<'g, R> {
    /// The node that was reached.
    pub fn to(&self) -> R {
        self.to
    }

    /// The edge that led to it.
    pub fn edge(&self) -> EdgeId {
        self.edge
    }

    /// Why the edge is there.
    pub fn proof(&self) -> Proof {
        self.graph.proof(self.edge)
    }

    /// The words that say so, if a text does.
    pub fn quote(&self) -> Option<&'g str> {
        self.proof().evidence().map(|evidence| self.graph.quote(evidence))
    }
}

impl<R> Deref for Hop<'_, R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.to
    }
}

impl<R: fmt::Debug + Copy> fmt::Debug for Hop<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hop").field("to", &self.to).field("proof", &self.proof()).finish()
    }
}

/// Hops along the edges of a relation, or against them.
macro_rules! hops {
    ($graph:expr, $($relation:ident).+, $ends:ident, $id:expr) => {{
        let graph = $graph;
        let ends = graph.edges.$($relation).+.$ends($id);
        ends.map(move |(to, edge)| Hop { graph, edge, to: graph.at(to) })
    }};
}

macro_rules! refs {
    ($($(#[$doc:meta])* $name:ident($id:ident, $kind:ident, $label:expr);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'g> {
            graph: &'g Graph,
            id: $id,
        }

        impl TypedId for $id {
            const KIND: NodeKind = NodeKind::$kind;
            type Ref<'g> = $name<'g>;

            fn at(self, graph: &Graph) -> $name<'_> {
                $name { graph, id: self }
            }
        }

        impl<'g> $name<'g> {
            /// Its place in the graph.
            pub fn id(self) -> $id {
                self.id
            }

            /// It as a node among all kinds.
            pub fn node(self) -> Node {
                self.id.into()
            }

            /// The graph it belongs to.
            pub fn graph(self) -> &'g Graph {
                self.graph
            }
        }

        /// Equal: the same node of the same graph.
        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id && std::ptr::eq(self.graph, other.graph)
            }
        }

        impl Eq for $name<'_> {}

        impl Hash for $name<'_> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.id.hash(state);
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let label: fn(Self) -> String = $label;
                write!(f, "{}({})", stringify!($name), label(*self))
            }
        }
    )*};
}

refs! {
    /// 文件 — one document of the corpus.
    DocumentRef(DocId, Document, |document| document.key().to_owned());
    /// 章 — one chapter of a document.
    SectionRef(SectionId, Section, |section| section.title().to_owned());
    /// 措施 — one numbered provision.
    MeasureRef(MeasureId, Measure, |measure| measure.key().to_string());
    /// 机关 — one public body.
    AgencyRef(AgencyId, Agency, |agency| agency.name().to_owned());
    /// 政策 — one instrument, in the corpus or not.
    PolicyRef(PolicyId, Policy, |policy| policy.title().to_owned());
    /// 条 — one article of a policy whose outline is known.
    ArticleRef(ArticleId, Article, |article| article.heading().to_owned());
    /// 产品类别 — one product category.
    ProductRef(ProductId, Product, |product| product.label().to_owned());
    /// 行政区划 — one region.
    RegionRef(RegionId, Region, |region| region.name().to_owned());
    /// 量化目标 — one quantified commitment.
    TargetRef(TargetId, Target, |target| target.text().to_owned());
    /// 平台 — one named platform, programme, list or mechanism.
    PlatformRef(PlatformId, Platform, |platform| platform.name().to_owned());
}

impl<'g> DocumentRef<'g> {
    /// All that was read from it.
    pub fn record(self) -> &'g Record {
        self.graph.tables.record(self.id)
    }

    /// Its key: `sx-2025`.
    pub fn key(self) -> &'g str {
        &self.record().key
    }

    /// 标题, without 《》.
    pub fn title(self) -> Option<&'g str> {
        self.record().title.as_ref().map(|title| &*title.value)
    }

    /// 发文字号.
    pub fn number(self) -> Option<&'g str> {
        self.record().number.as_ref().map(|number| &*number.value)
    }

    /// 文种.
    pub fn genre(self) -> Genre {
        self.record().genre
    }

    /// Its chapters, in order.
    pub fn sections(self) -> impl ExactSizeIterator<Item = SectionRef<'g>> + Clone {
        self.graph.sections_of(self.id).map(move |id| self.graph.at(id))
    }

    /// Its measures, in order.
    pub fn measures(self) -> impl ExactSizeIterator<Item = MeasureRef<'g>> + Clone {
        self.graph.measures_of(self.id).map(move |id| self.graph.at(id))
    }

    /// 发文机关, in printed order.
    pub fn issuers(self) -> impl ExactSizeIterator<Item = Hop<'g, AgencyRef<'g>>> + Clone {
        hops!(self.graph, frame.issued_by, edges_from, self.id)
    }

    /// The regions for which it speaks.
    pub fn regions(self) -> impl Iterator<Item = RegionRef<'g>> + Clone {
        self.record().region.iter().filter_map(move |name| self.graph.region(name))
    }

    /// The policies that it carries out, in the order in which it names them.
    pub fn implements(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        hops!(self.graph, frame.implements, edges_from, self.id)
    }

    /// The policy whose text it is, if the corpus cites it.
    pub fn policy(self) -> Option<PolicyRef<'g>> {
        self.graph.text_of(self.id).first().map(|&id| self.graph.at(id))
    }

    /// Who is responsible by its body, where it has no measures.
    pub fn responsible(
        self,
    ) -> impl ExactSizeIterator<Item = (AgencyRef<'g>, Role, Evidence)> + Clone {
        let relation = &self.graph.edges.body.responsible;
        relation.edges_from(self.id).map(move |(agency, edge)| {
            (self.graph.at(agency), relation.label(edge), self.graph.stated(edge))
        })
    }

    /// Agencies that its body names otherwise.
    pub fn agencies(self) -> impl ExactSizeIterator<Item = Hop<'g, AgencyRef<'g>>> + Clone {
        hops!(self.graph, body.mentions, edges_from, self.id)
    }

    /// Policies that its body cites.
    pub fn cites(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        hops!(self.graph, body.cites, edges_from, self.id)
    }

    /// Products that its body names.
    pub fn products(self) -> impl ExactSizeIterator<Item = Hop<'g, ProductRef<'g>>> + Clone {
        hops!(self.graph, body.covers, edges_from, self.id)
    }

    /// Targets that its body sets.
    pub fn targets(self) -> impl ExactSizeIterator<Item = TargetRef<'g>> + Clone {
        self.graph.body_commits_to(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// Platforms that its body uses.
    pub fn platforms(self) -> impl ExactSizeIterator<Item = Hop<'g, PlatformRef<'g>>> + Clone {
        hops!(self.graph, body.uses, edges_from, self.id)
    }
}

impl<'g> SectionRef<'g> {
    fn heading(self) -> &'g crate::model::Heading {
        let sections = &self.graph.tables.sections;
        &self.document().record().sections[sections.place(self.id)]
    }

    /// The document that it is part of.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.sections.document(self.id))
    }

    /// Its ordinal, as printed.
    pub fn n(self) -> u32 {
        self.heading().n
    }

    /// Its words, without the ordinal.
    pub fn title(self) -> &'g str {
        &self.heading().title
    }

    /// Its measures, in order.
    pub fn measures(self) -> impl ExactSizeIterator<Item = MeasureRef<'g>> + Clone {
        self.graph.measures_in(self.id).iter().map(move |&id| self.graph.at(id))
    }
}

/// A measure's key: its document's key, `/`, its position from 1. It stays the
/// same when other documents come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureKey<'g> {
    /// The document's key.
    pub document: &'g str,
    /// The position among the document's measures, from 1.
    pub position: usize,
}

impl fmt::Display for MeasureKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.document, self.position)
    }
}

impl<'g> MeasureRef<'g> {
    /// What was read of it.
    pub fn record(self) -> &'g crate::model::Measure {
        self.graph.tables.measure(self.id)
    }

    /// Its key: `sx-2025/8`.
    pub fn key(self) -> MeasureKey<'g> {
        let position = self.graph.tables.measures.place(self.id) + 1;
        MeasureKey { document: self.document().key(), position }
    }

    /// Its ordinal, as printed.
    pub fn n(self) -> u32 {
        self.record().n
    }

    /// Its heading.
    pub fn title(self) -> Option<&'g str> {
        self.record().title.as_ref().map(|title| &*title.value)
    }

    /// Its whole text, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// The document that it is part of.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.document_of(self.id))
    }

    /// The chapter that it stands in.
    pub fn section(self) -> Option<SectionRef<'g>> {
        self.graph.section_of(self.id).first().map(|&id| self.graph.at(id))
    }

    /// 责任单位, each with its role and the words that name it, in printed
    /// order. An agency with two roles comes twice.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/11").unwrap();
    /// let printed = measure.responsible().map(|(.., evidence)| graph.quote(evidence));
    /// assert!(printed.eq(["省药监局", "省市场监管局"]));
    /// ```
    pub fn responsible(
        self,
    ) -> impl ExactSizeIterator<Item = (AgencyRef<'g>, Role, Evidence)> + Clone {
        let relation = &self.graph.edges.measure.responsible;
        relation.edges_from(self.id).map(move |(agency, edge)| {
            (self.graph.at(agency), relation.label(edge), self.graph.stated(edge))
        })
    }

    /// Agencies that it names otherwise, in printed order.
    pub fn agencies(self) -> impl ExactSizeIterator<Item = Hop<'g, AgencyRef<'g>>> + Clone {
        hops!(self.graph, measure.mentions, edges_from, self.id)
    }

    /// Policies that it cites, in printed order.
    pub fn cites(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        hops!(self.graph, measure.cites, edges_from, self.id)
    }

    /// Products that it names, in printed order.
    pub fn products(self) -> impl ExactSizeIterator<Item = Hop<'g, ProductRef<'g>>> + Clone {
        hops!(self.graph, measure.covers, edges_from, self.id)
    }

    /// Targets that it sets, in printed order.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let target = graph.measure("sx-2025/8").unwrap().targets().next().unwrap();
    /// assert_eq!((target.record().from, target.record().to), (Some(58.0), Some(30.0)));
    /// assert_eq!(target.record().unit, "工作日");
    /// ```
    pub fn targets(self) -> impl ExactSizeIterator<Item = TargetRef<'g>> + Clone {
        self.graph.commits_to(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// Platforms that it uses, in printed order.
    pub fn platforms(self) -> impl ExactSizeIterator<Item = Hop<'g, PlatformRef<'g>>> + Clone {
        hops!(self.graph, measure.uses, edges_from, self.id)
    }

    /// Articles to which it corresponds, at most one a policy: derived, not
    /// stated. The [`proof`](Hop::proof) says by which method, and how sure.
    pub fn articles(self) -> impl ExactSizeIterator<Item = Hop<'g, ArticleRef<'g>>> + Clone {
        hops!(self.graph, concluded.corresponds_to, edges_from, self.id)
    }

    /// The way up, policy by policy: each policy that its document carries
    /// out, with the article to which the measure corresponds, if one is found.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// let (policy, article) = measure.way_up().next().unwrap();
    /// assert_eq!(policy.number(), Some("国办发〔2024〕53号"));
    /// assert_eq!(article.unwrap().heading(), "加快临床急需药品医疗器械审批上市");
    /// ```
    pub fn way_up(
        self,
    ) -> impl Iterator<Item = (Hop<'g, PolicyRef<'g>>, Option<Hop<'g, ArticleRef<'g>>>)> + Clone
    {
        self.document().implements().map(move |policy| {
            let article = self.articles().find(|article| article.policy() == policy.to());
            (policy, article)
        })
    }
}

impl<'g> AgencyRef<'g> {
    /// Its canonical name.
    pub fn name(self) -> &'g str {
        self.graph.tables.agencies.name(self.id)
    }

    /// The measures for which it is responsible, with its role and the words
    /// that name it, by document and position.
    pub fn duties(self) -> impl ExactSizeIterator<Item = (MeasureRef<'g>, Role, Evidence)> + Clone {
        let relation = &self.graph.edges.measure.responsible;
        relation.edges_to(self.id).map(move |(measure, edge)| {
            (self.graph.at(measure), relation.label(edge), self.graph.stated(edge))
        })
    }

    /// The measures that name it otherwise, by document and position.
    pub fn mentioned_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        hops!(self.graph, measure.mentions, edges_to, self.id)
    }

    /// The documents that it signed, by key.
    pub fn issued(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        hops!(self.graph, frame.issued_by, edges_to, self.id)
    }

    /// The region it belongs to.
    pub fn region(self) -> Option<RegionRef<'g>> {
        self.graph.belongs_to(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The agency of the same function one level up.
    pub fn superior(self) -> Option<AgencyRef<'g>> {
        self.graph.superior(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The national agency of the same function.
    pub fn national_counterpart(self) -> Option<AgencyRef<'g>> {
        self.graph.national_counterpart(self.id).first().map(|&id| self.graph.at(id))
    }
}

impl<'g> PolicyRef<'g> {
    fn row(self) -> &'g policies::PolicyRow {
        &self.graph.tables.policies[self.id.index()]
    }

    /// Its official title where known, else the fullest one printed.
    pub fn title(self) -> &'g str {
        &self.row().title
    }

    /// 文号, where any document or outline prints it.
    pub fn number(self) -> Option<&'g str> {
        self.row().number.as_deref()
    }

    /// What kind of instrument it is.
    pub fn kind(self) -> InstrumentKind {
        self.row().kind
    }

    /// Who issued it, as far as any document says; sorted.
    pub fn issuers(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().issuers.iter().map(|issuer| &**issuer)
    }

    /// What it is called beside its title, in the order met.
    pub fn wordings(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().wordings.iter().map(|wording| &**wording)
    }

    /// 成文日期, from its outline or its text.
    pub fn signed(self) -> Option<PartialDate> {
        self.row().signed
    }

    /// 发布日期, from its outline or its text.
    pub fn published(self) -> Option<PartialDate> {
        self.row().published
    }

    /// The documents that carry it out, by key.
    pub fn implemented_by(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        hops!(self.graph, frame.implements, edges_to, self.id)
    }

    /// The measures that cite it, by document and position.
    pub fn cited_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        hops!(self.graph, measure.cites, edges_to, self.id)
    }

    /// Its articles, in order, if its outline is known.
    pub fn articles(self) -> impl ExactSizeIterator<Item = ArticleRef<'g>> + Clone {
        self.graph.articles_of(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The documents of the corpus that are its text. Derived.
    pub fn text_in(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        hops!(self.graph, concluded.text_in, edges_from, self.id)
    }
}

impl<'g> ArticleRef<'g> {
    fn row(self) -> &'g ArticleRow {
        &self.graph.tables.articles[self.id.index()]
    }

    /// The policy that it is an article of.
    pub fn policy(self) -> PolicyRef<'g> {
        self.graph.at(self.row().policy)
    }

    /// Its ordinal.
    pub fn n(self) -> u32 {
        self.row().n
    }

    /// The ordinal of its chapter.
    pub fn chapter(self) -> u32 {
        self.row().chapter
    }

    /// Its heading.
    pub fn heading(self) -> &'g str {
        &self.row().heading
    }

    /// Words that mark it.
    pub fn key_terms(self) -> impl ExactSizeIterator<Item = &'g str> + Clone {
        self.row().key_terms.iter().map(|term| &**term)
    }

    /// How it is known.
    pub fn basis(self) -> Basis {
        self.row().basis
    }

    /// The products that it is about.
    pub fn products(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.article_covers(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The measures that correspond to it, by document and position. Derived.
    pub fn carried_out_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        hops!(self.graph, concluded.corresponds_to, edges_to, self.id)
    }
}

impl<'g> ProductRef<'g> {
    /// Its label.
    pub fn label(self) -> &'g str {
        self.graph.tables.products.name(self.id)
    }

    /// The products directly above.
    pub fn broader(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.broader(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The products directly below.
    pub fn narrower(self) -> impl ExactSizeIterator<Item = ProductRef<'g>> + Clone {
        self.graph.narrower(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The measures that name this label itself, by document and position. O(1)
    /// to begin.
    pub fn covered_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        hops!(self.graph, measure.covers, edges_to, self.id)
    }

    /// This product and all below it, breadth first, each once.
    pub fn with_narrower(self) -> Vec<ProductRef<'g>> {
        let mut found = vec![self];
        let mut next = 0;
        while let Some(product) = found.get(next) {
            let below: Vec<_> = product.narrower().filter(|below| !found.contains(below)).collect();
            found.extend(below);
            next += 1;
        }
        found
    }

    /// The measures that name this product or any below it, sorted and each
    /// once. Gathers and sorts: O(n log n) in what it returns.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let product = graph.product("医疗器械").unwrap();
    /// let measures = product.sorted_covered_by_with_narrower();
    /// assert!(measures.len() >= product.covered_by().len());
    /// ```
    pub fn sorted_covered_by_with_narrower(self) -> Vec<MeasureRef<'g>> {
        let labels = self.with_narrower();
        let mut measures: Vec<MeasureId> =
            labels.iter().flat_map(|label| self.graph.covered_by(label.id)).copied().collect();
        measures.sort_unstable();
        measures.dedup();
        measures.into_iter().map(|id| self.graph.at(id)).collect()
    }
}

impl<'g> RegionRef<'g> {
    /// Its full name.
    pub fn name(self) -> &'g str {
        self.graph.tables.regions.name(self.id)
    }

    /// The region directly above.
    pub fn within(self) -> Option<RegionRef<'g>> {
        self.graph.within(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The regions directly below that the corpus knows.
    pub fn divided_into(self) -> impl ExactSizeIterator<Item = RegionRef<'g>> + Clone {
        self.graph.divided_into(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// Its agencies, in the order met.
    pub fn agencies(self) -> impl ExactSizeIterator<Item = AgencyRef<'g>> + Clone {
        self.graph.agencies_of(self.id).iter().map(move |&id| self.graph.at(id))
    }
}

impl<'g> TargetRef<'g> {
    fn speaker(self) -> Speaker {
        self.graph.tables.targets[self.id.index()].speaker
    }

    /// What was read of it.
    pub fn record(self) -> &'g crate::model::Target {
        self.graph.tables.target(self.id)
    }

    /// Its words, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// The document that sets it.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.document_of(self.speaker()))
    }

    /// The measure that sets it; none where a document's body does.
    pub fn measure(self) -> Option<MeasureRef<'g>> {
        match self.speaker() {
            Speaker::Measure(measure) => Some(self.graph.at(measure)),
            Speaker::Body(_) => None,
        }
    }

    /// The words that set it.
    pub fn evidence(self) -> Evidence {
        let document = self.document().id;
        Evidence { document, span: self.record().span, rule: crate::model::Rule::Quantity }
    }
}

impl<'g> PlatformRef<'g> {
    /// Its name.
    pub fn name(self) -> &'g str {
        self.graph.tables.platforms.name(self.id)
    }

    /// The measures that use it, by document and position.
    pub fn used_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        hops!(self.graph, measure.uses, edges_to, self.id)
    }
}

impl Graph {
    /// The words that state an edge of a kind that only texts state.
    fn stated(&self, edge: EdgeId) -> Evidence {
        self.proof(edge).evidence().expect("responsibility is read, never derived")
    }
}
