//! Documents and their chapters.

use super::*;
use crate::model::{Genre, Heading, Record, Role};

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
        reached!(self.graph, document.issued_by, edges_from, self.id)
    }

    /// 主送机关 — the known agencies to whom it is addressed, in printed order.
    pub fn addressees(self) -> impl ExactSizeIterator<Item = Hop<'g, AgencyRef<'g>>> + Clone {
        reached!(self.graph, document.addressed_to, edges_from, self.id)
    }

    /// The regions for which it speaks: those of its issuers, province-level;
    /// 中国 for national bodies.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let document = graph.document("sx-2025").unwrap();
    /// assert!(document.regions().map(|region| region.name()).eq(["山西省"]));
    /// ```
    pub fn regions(self) -> impl ExactSizeIterator<Item = RegionRef<'g>> + Clone {
        self.graph.speaks_for(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The policies that it carries out, in the order in which it names them.
    pub fn implements(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        reached!(self.graph, document.implements, edges_from, self.id)
    }

    /// The policies that it puts out of force, in the order in which it names them.
    pub fn repeals(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        reached!(self.graph, document.repeals, edges_from, self.id)
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
        reached!(self.graph, body.mentions, edges_from, self.id)
    }

    /// Policies that its body cites.
    pub fn cites(self) -> impl ExactSizeIterator<Item = Hop<'g, PolicyRef<'g>>> + Clone {
        reached!(self.graph, body.cites, edges_from, self.id)
    }

    /// Products that its body names.
    pub fn products(self) -> impl ExactSizeIterator<Item = Hop<'g, ProductRef<'g>>> + Clone {
        reached!(self.graph, body.covers, edges_from, self.id)
    }

    /// Targets that its body sets.
    pub fn targets(self) -> impl ExactSizeIterator<Item = TargetRef<'g>> + Clone {
        self.graph.body_commits_to(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// Platforms that its body uses.
    pub fn platforms(self) -> impl ExactSizeIterator<Item = Hop<'g, PlatformRef<'g>>> + Clone {
        reached!(self.graph, body.uses, edges_from, self.id)
    }
}

impl<'g> SectionRef<'g> {
    fn heading(self) -> &'g Heading {
        let sections = &self.graph.tables.sections;
        &self.document().record().sections[sections.place(self.id)]
    }

    /// The document that it is part of.
    pub fn document(self) -> DocumentRef<'g> {
        self.graph.at(self.graph.tables.sections.document(self.id))
    }

    /// Its ordinal, as printed.
    pub fn ordinal(self) -> u32 {
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
