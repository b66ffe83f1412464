//! What to call a node of any kind.

use super::{Graph, Node};
use std::borrow::Cow;

impl Graph {
    /// What people call the node: a document by its title (its key, if it has
    /// none), a measure by its key, a target by its words, the rest by name.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap();
    /// assert_eq!(graph.label(measure.id()), "sx-2025/8");
    /// let labels = graph.responsible(measure.id()).iter().map(|&agency| graph.label(agency));
    /// assert!(labels.eq(["山西省药品监督管理局"]));
    /// ```
    pub fn label(&self, node: impl Into<Node>) -> Cow<'_, str> {
        Cow::Borrowed(match node.into() {
            Node::Document(id) => self.at(id).title().unwrap_or(self.at(id).key()),
            Node::Section(id) => self.at(id).title(),
            Node::Measure(id) => return Cow::Owned(self.at(id).key().to_string()),
            Node::Agency(id) => self.at(id).name(),
            Node::Policy(id) => self.at(id).title(),
            Node::Article(id) => self.at(id).heading(),
            Node::Product(id) => self.at(id).label(),
            Node::Region(id) => self.at(id).name(),
            Node::Target(id) => self.at(id).text(),
            Node::Platform(id) => self.at(id).name(),
        })
    }
}
