//! The pages of a report: one with everything, or a folder of pages.

use crate::graph::{DocId, Graph, Id, Node, NodeKind};
use crate::sha256::{hex, sha256};
use std::fmt::Write;

/// Number of nodes of one kind on a page of a folder.
pub(super) const NODES: usize = 100;

/// Name of the first page of a folder, and of the files that all its pages share.
pub(super) const INDEX: &str = "index.html";
pub(super) const STYLE_FILE: &str = "report.css";
pub(super) const SCRIPT_FILE: &str = "report.js";

/// A page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// The page with everything.
    Whole,
    /// The page of a view, by its address.
    View(&'static str),
    /// The page of a document, with its measures.
    Document(DocId),
    /// Some nodes of one kind: the `n`th [`NODES`].
    Nodes(NodeKind, usize),
}

impl Page {
    /// Returns the page of a folder that has a node.
    pub(super) fn of(graph: &Graph, node: Node) -> Page {
        match node {
            Node::Document(document) => Page::Document(document),
            Node::Section(section) => Page::Document(graph.at(section).document().id()),
            Node::Measure(measure) => Page::Document(graph.document_of(measure)),
            Node::Target(target) => Page::Document(graph.at(target).document().id()),
            Node::Deadline(deadline) => Page::Document(graph.at(deadline).document().id()),
            Node::Article(article) => Page::of(graph, graph.at(article).policy().node()),
            Node::Agency(agency) => Page::Nodes(NodeKind::Agency, agency.index() / NODES),
            Node::Policy(policy) => Page::Nodes(NodeKind::Policy, policy.index() / NODES),
            Node::Product(product) => Page::Nodes(NodeKind::Product, product.index() / NODES),
            Node::Region(region) => Page::Nodes(NodeKind::Region, region.index() / NODES),
            Node::Platform(platform) => Page::Nodes(NodeKind::Platform, platform.index() / NODES),
        }
    }

    /// Returns the name of the file in a folder.
    pub(super) fn file(self, graph: &Graph) -> String {
        match self {
            Page::Whole | Page::View("cover") => INDEX.to_owned(),
            Page::View(view) => format!("{view}.html"),
            Page::Document(document) => format!("d-{}.html", safe(graph.at(document).key())),
            Page::Nodes(kind, n) => format!("{kind}-{}.html", n + 1),
        }
    }
}

/// Returns a key as a part of a file name: lower-case letters, digits, Chinese characters, `-` and `_`.
/// A key with other characters, or a long one, has a part of its checksum at the end, so that two keys
/// have two names, on file systems without upper case too.
fn safe(key: &str) -> String {
    /// Maximum number of characters; a name of 255 bytes is the most that file systems take.
    const CHARACTERS: usize = 60;
    /// Digits of the checksum.
    const DIGITS: usize = 12;
    let is_safe = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || ('一'..='龥').contains(&c)
    };
    let kept = key.chars().take(CHARACTERS).map(|c| if is_safe(c) { c } else { '_' });
    let mut name: String = kept.collect();
    if name != key {
        write!(name, "_{}", &hex(&sha256(key.as_bytes()))[..DIGITS])
            .expect("a string takes any text");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_keys_have_two_names() {
        assert_eq!(safe("sx-2025"), "sx-2025");
        assert_eq!(safe("晋药监"), "晋药监");
        let keys = ["a/b", "a_b", "A_B", "a\\b", "../a", &"长".repeat(100), &"长".repeat(101)];
        let names: std::collections::HashSet<String> =
            keys.iter().map(|key| safe(key).to_lowercase()).collect();
        assert_eq!(names.len(), keys.len());
        assert!(names.iter().all(|name| name.len() < 220 && !name.contains(['/', '\\', '.'])));
    }
}
