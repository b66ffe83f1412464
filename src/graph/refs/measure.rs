//! Measures and what they set.

use super::*;
use crate::graph::tables::ProviderId;
use crate::model::{Measure, Modality, Role, Rule, Target};

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
    pub fn record(self) -> &'g Measure {
        self.graph.tables.measure(self.id)
    }

    /// Its key: `sx-2025/8`.
    pub fn key(self) -> MeasureKey<'g> {
        let position = self.graph.tables.measures.place(self.id) + 1;
        MeasureKey { document: self.document().key(), position }
    }

    /// Its ordinal, as printed.
    pub fn ordinal(self) -> u32 {
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

    /// 情态 — how strongly each of its sentences binds, and the words that say
    /// so, in order; sentences without such words are left out.
    ///
    /// ```
    /// use policygraph::Modality;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("nm-2025-18/12").unwrap();
    /// let said = measure.modality().map(|(said, evidence)| (said, graph.quote(evidence)));
    /// assert_eq!(said.last(), Some((Modality::Must, "应当")));
    /// ```
    pub fn modality(self) -> impl ExactSizeIterator<Item = (Modality, Evidence)> + Clone {
        let document = self.document().id;
        self.record().provision.modality.iter().map(move |found| {
            (found.value, Evidence { document, span: found.span, rule: found.rule })
        })
    }

    /// Agencies that it names otherwise, in printed order.
    pub fn agencies(self) -> impl ExactSizeIterator<Item = Hop<'g, AgencyRef<'g>>> + Clone {
        reached!(self.graph, measure.mentions, edges_from, self.id)
    }

    /// Policies that it cites, in printed order.
    pub fn cites(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        reached!(self.graph, measure.cites, edges_from, self.id)
    }

    /// Products that it names, in printed order.
    pub fn products(self) -> impl ExactSizeIterator<Item = Hop<'g, ProductRef<'g>>> + Clone {
        reached!(self.graph, measure.covers, edges_from, self.id)
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
        reached!(self.graph, measure.uses, edges_from, self.id)
    }

    /// Articles to which it corresponds, policy by policy, best first: derived,
    /// not stated. The [`proof`](Hop::proof) says by which method, and how sure.
    pub fn articles(self) -> impl ExactSizeIterator<Item = Hop<'g, ArticleRef<'g>>> + Clone {
        reached!(self.graph, derived.corresponds_to, edges_from, self.id)
    }

    /// The way up: each policy that its document carries out, with the articles
    /// to which the measure corresponds, best first; once without an article
    /// where none is found.
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
        self.document().implements().flat_map(move |policy| {
            let of_it = move |article: &Hop<ArticleRef>| article.policy() == policy.to();
            let mut articles = self.articles().filter(of_it).map(Some).peekable();
            let none = articles.peek().is_none().then_some(None);
            articles.chain(none).map(move |article| (policy, article))
        })
    }
}

impl<'g> TargetRef<'g> {
    fn provider(self) -> ProviderId {
        self.graph.tables.targets[self.id.index()].provider
    }

    /// What was read of it.
    pub fn record(self) -> &'g Target {
        self.graph.tables.target(self.id)
    }

    /// Its words, as printed.
    pub fn text(self) -> &'g str {
        self.record().span.slice(&self.document().record().text)
    }

    /// The document that sets it.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.document_of(self.provider()))
    }

    /// The measure that sets it; none where a document's body does.
    pub fn measure(self) -> Option<MeasureRef<'g>> {
        match self.provider() {
            ProviderId::Measure(measure) => Some(self.graph.at(measure)),
            ProviderId::Body(_) => None,
        }
    }

    /// The document whose body sets it; none where a measure does.
    pub fn body(self) -> Option<DocumentRef<'g>> {
        match self.provider() {
            ProviderId::Measure(_) => None,
            ProviderId::Body(document) => Some(self.graph.at(document)),
        }
    }

    /// The words that set it.
    pub fn evidence(self) -> Evidence {
        let document = self.document().id;
        Evidence { document, span: self.record().span, rule: Rule::Quantity }
    }
}

impl<'g> PlatformRef<'g> {
    /// Its name.
    pub fn name(self) -> &'g str {
        self.graph.tables.platforms.name(self.id)
    }

    /// The measures that use it, by document and position.
    pub fn used_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        reached!(self.graph, measure.uses, edges_to, self.id)
    }

    /// The documents whose body uses it, by key.
    pub fn used_by_bodies(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, body.uses, edges_to, self.id)
    }
}
