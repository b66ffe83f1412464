//! Hops between provisions and the agencies responsible for them, by role.

use super::Walk;
use super::hops::Hops;
use super::position::Position;
use crate::graph::{AgencyId, Direction, MeasureId, Provider};
use crate::model::Role;

/// Set of roles: one bit for each.
#[derive(Clone, Copy)]
struct Roles(u32);

impl Roles {
    fn new(roles: impl IntoIterator<Item = Role>) -> Roles {
        Roles(roles.into_iter().fold(0, |set, role| set | 1 << role as u32))
    }

    fn contains(self, role: Role) -> bool {
        self.0 & 1 << role as u32 != 0
    }
}

impl<'g, P: Provider, I: Iterator<Item: Position<Id = P>>> Walk<'g, P, I> {
    /// Agencies responsible (责任单位) in one of these roles.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let measures = || graph.document("sx-2025").unwrap().walk().measures();
    /// let leading = measures().responsible_as([Role::Sole, Role::Lead]).counts();
    /// assert_eq!((leading[0].0.name(), leading[0].1), ("山西省药品监督管理局", 5));
    /// ```
    pub fn responsible_as(
        self,
        roles: impl IntoIterator<Item = Role>,
    ) -> Walk<'g, AgencyId, impl Iterator<Item = <I::Item as Position>::Then<AgencyId>>> {
        let roles = Roles::new(roles);
        let relation = &P::provisions(self.graph.relations()).responsible;
        let hop = move |position: I::Item| {
            let edges = relation.edges_from(position.id());
            let edges = edges.filter(move |&(_, edge)| roles.contains(relation.label(edge)));
            position.follow(Direction::Outgoing, edges)
        };
        Walk::new(self.graph, Hops::new(self.positions, hop))
    }
}

impl<'g, I: Iterator<Item: Position<Id = AgencyId>>> Walk<'g, AgencyId, I> {
    /// Measures for which the agency is responsible in one of these roles.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// let alone = agency.walk().duties_as([Role::Sole]).map(|measure| measure.key().to_string());
    /// assert!(alone.eq(["sx-2025/8", "sx-2025/19", "sx-2025/21"]));
    /// ```
    pub fn duties_as(
        self,
        roles: impl IntoIterator<Item = Role>,
    ) -> Walk<'g, MeasureId, impl Iterator<Item = <I::Item as Position>::Then<MeasureId>>> {
        self.duties_in_as(roles)
    }

    /// Provisions of one kind for which the agency is responsible in one of these
    /// roles.
    ///
    /// ```
    /// use policygraph::Role;
    /// use policygraph::graph::DocId;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("重庆市药品监督管理局").unwrap();
    /// let news = agency.walk().duties_in_as::<DocId>([Role::Support]);
    /// assert!(news.map(|document| document.key()).eq(["sc-cq-community"]));
    /// ```
    pub fn duties_in_as<P: Provider>(
        self,
        roles: impl IntoIterator<Item = Role>,
    ) -> Walk<'g, P, impl Iterator<Item = <I::Item as Position>::Then<P>>> {
        let roles = Roles::new(roles);
        let relation = &P::provisions(self.graph.relations()).responsible;
        let hop = move |position: I::Item| {
            let edges = relation.edges_to(position.id());
            let edges = edges.filter(move |&(_, edge)| roles.contains(relation.label(edge)));
            position.follow(Direction::Incoming, edges)
        };
        Walk::new(self.graph, Hops::new(self.positions, hop))
    }
}
