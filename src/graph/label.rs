//! Labels of nodes for people.

use super::Graph;
use super::kinds::Node;
use super::schema::{each_named_node, keep_named};
use std::borrow::Cow;

macro_rules! labels {
    ($($table:ident: $kind:ident, $id:ident;)*) => {
        impl Graph {
            /// Returns the label of a node for people: the title of a document (its key, if it has none),
            /// the key of a measure, the words of a target or a deadline, the name of any other node.
            ///
            /// ```
            /// let graph = policygraph::builtin();
            /// let measure = graph.measure("sx-2025/8").unwrap();
            /// assert_eq!(graph.label(measure.id()), "sx-2025/8");
            /// let labels = graph.responsible(measure.id()).iter().map(|&agency| graph.label(agency));
            /// assert!(labels.eq(["山西省药品监督管理局"]));
            /// assert_eq!(measure.to_string(), "sx-2025/8 加快临床急需药品医疗器械审批上市");
            /// ```
            pub fn label(&self, node: impl Into<Node>) -> Cow<'_, str> {
                Cow::Borrowed(match node.into() {
                    Node::Document(id) => self.at(id).title().unwrap_or(self.at(id).key()),
                    Node::Section(id) => self.at(id).title(),
                    Node::Measure(id) => return Cow::Owned(self.at(id).key().to_string()),
                    Node::Policy(id) => self.at(id).title(),
                    Node::Article(id) => self.at(id).heading(),
                    Node::Target(id) => self.at(id).text(),
                    Node::Deadline(id) => self.at(id).text(),
                    $(Node::$kind(id) => self.tables.$table.name(id),)*
                })
            }
        }
    };
}

each_named_node!(labels);

impl Graph {
    /// Returns the heading that a person reads after the label: that of a measure.
    pub(crate) fn heading(&self, node: Node) -> Option<&str> {
        match node {
            Node::Measure(id) => self.at(id).title(),
            _ => None,
        }
    }
}
