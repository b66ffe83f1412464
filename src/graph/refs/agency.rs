//! Agencies and their regions.

use super::*;
use crate::model::Role;

impl<'g> AgencyRef<'g> {
    /// Its canonical name.
    pub fn name(self) -> &'g str {
        self.graph.tables.agencies.name(self.id)
    }

    /// The measures for which it is responsible, with its role and the words
    /// that name it, by document and position.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// let alone = agency.duties().filter(|(_, role, _)| *role == Role::Sole);
    /// let keys = alone.map(|(measure, ..)| measure.key().to_string());
    /// assert!(keys.eq(["sx-2025/8", "sx-2025/19", "sx-2025/21"]));
    /// ```
    pub fn duties(self) -> impl ExactSizeIterator<Item = (MeasureRef<'g>, Role, Evidence)> + Clone {
        let relation = &self.graph.edges.measure.responsible;
        relation.edges_to(self.id).map(move |(measure, edge)| {
            (self.graph.at(measure), relation.label(edge), self.graph.stated(edge))
        })
    }

    /// The measures that name it otherwise, by document and position.
    pub fn mentioned_by(self) -> impl ExactSizeIterator<Item = Hop<'g, MeasureRef<'g>>> + Clone {
        reached!(self.graph, measure.mentions, edges_to, self.id)
    }

    /// The documents whose body makes it responsible, with its role and the
    /// words that name it, by key.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("重庆市药品监督管理局").unwrap();
    /// let (news, role, evidence) = agency.duties_in_bodies().next().unwrap();
    /// assert_eq!((news.key(), role), ("sc-cq-community", Role::Support));
    /// assert_eq!(graph.quote(evidence), "重庆市药监局");
    /// ```
    pub fn duties_in_bodies(
        self,
    ) -> impl ExactSizeIterator<Item = (DocumentRef<'g>, Role, Evidence)> + Clone {
        let relation = &self.graph.edges.body.responsible;
        relation.edges_to(self.id).map(move |(document, edge)| {
            (self.graph.at(document), relation.label(edge), self.graph.stated(edge))
        })
    }

    /// The documents whose body names it otherwise, by key.
    pub fn mentioned_by_bodies(
        self,
    ) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, body.mentions, edges_to, self.id)
    }

    /// The documents that it signed, by key.
    pub fn issued(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, document.issued_by, edges_to, self.id)
    }

    /// The documents addressed to it, by key.
    pub fn receives(self) -> impl ExactSizeIterator<Item = Hop<'g, DocumentRef<'g>>> + Clone {
        reached!(self.graph, document.addressed_to, edges_to, self.id)
    }

    /// The region it belongs to.
    pub fn region(self) -> Option<RegionRef<'g>> {
        self.graph.belongs_to(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The agency of the same function one level up.
    pub fn superior(self) -> Option<AgencyRef<'g>> {
        self.graph.superior(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The agencies of the same function one level down.
    pub fn subordinates(self) -> impl ExactSizeIterator<Item = AgencyRef<'g>> + Clone {
        self.graph.subordinates(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// The national agency of the same function.
    pub fn national_counterpart(self) -> Option<AgencyRef<'g>> {
        self.graph.national_counterpart(self.id).first().map(|&id| self.graph.at(id))
    }

    /// The agencies whose national counterpart it is.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("国家药品监督管理局").unwrap();
    /// let local = graph.agency("山西省药品监督管理局").unwrap();
    /// assert!(agency.local_counterparts().any(|other| other == local));
    /// ```
    pub fn local_counterparts(self) -> impl ExactSizeIterator<Item = AgencyRef<'g>> + Clone {
        self.graph.local_counterparts(self.id).iter().map(move |&id| self.graph.at(id))
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

    /// The documents that speak for the region itself, by key.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let keys = graph.region("山西省").unwrap().documents().map(|document| document.key());
    /// assert!(keys.eq(["sx-2025"]));
    /// ```
    pub fn documents(self) -> impl ExactSizeIterator<Item = DocumentRef<'g>> + Clone {
        self.graph.documents_for(self.id).iter().map(move |&id| self.graph.at(id))
    }

    /// Its agencies, by name.
    pub fn agencies(self) -> impl ExactSizeIterator<Item = AgencyRef<'g>> + Clone {
        self.graph.agencies_of(self.id).iter().map(move |&id| self.graph.at(id))
    }
}
