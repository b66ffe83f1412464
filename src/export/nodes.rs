//! One table for each kind of node, and one of all nodes.

mod commitments;
mod names;
mod parts;

use super::column::terms_of;
use super::table::{Field, Table, TableKind};
use super::value::Value;
use crate::graph::{Graph, Node, NodeKind};
use commitments::{DEADLINES, TARGETS};
use names::{AGENCIES, ARTICLES, PLATFORMS, POLICIES, PRODUCTS, REGIONS};
use parts::{DOCUMENTS, MEASURES, SECTIONS};

/// Returns the name of the table of a kind of node.
pub(super) const fn table_of(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "documents",
        NodeKind::Section => "sections",
        NodeKind::Measure => "measures",
        NodeKind::Agency => "agencies",
        NodeKind::Policy => "policies",
        NodeKind::Article => "articles",
        NodeKind::Product => "products",
        NodeKind::Region => "regions",
        NodeKind::Target => "targets",
        NodeKind::Deadline => "deadlines",
        NodeKind::Platform => "platforms",
    }
}

/// Returns the table of all nodes, then one for each kind.
pub(super) fn node_tables(graph: &Graph) -> impl Iterator<Item = Table<'_>> {
    std::iter::once(all(graph)).chain(NodeKind::ALL.iter().map(|&kind| nodes(graph, kind)))
}

fn all(graph: &Graph) -> Table<'_> {
    let heads = ["nodes", "节点", "all nodes of all kinds, in the order of their tables"];
    type NodeField = Field<Node>;
    let fields: [NodeField; 4] = [
        key_field(),
        NodeField::text(["kind", "类别", "kind of the node"], |_, node| {
            node.kind().name().into()
        })
        .terms_of(terms_of!(NodeKind)),
        NodeField::text(["label", "名称", "label for people"], |graph, node| {
            graph.label(node).into()
        }),
        NodeField::text(["heading", "条标题", "heading of a measure"], |graph, node| {
            graph.heading(node).into()
        })
        .optional(),
    ];
    let items = NodeKind::ALL.iter().flat_map(|&kind| {
        (0..graph.node_count_of(kind)).map(move |index| Node::from_index(kind, index))
    });
    Table::new(heads, TableKind::Facts, graph, fields, items)
}

fn nodes(graph: &Graph, kind: NodeKind) -> Table<'_> {
    let heads = |about| [table_of(kind), kind.chinese(), about];
    let is = TableKind::Nodes(kind);
    match kind {
        NodeKind::Document => {
            let about = "documents of the corpus, by key";
            Table::new(heads(about), is, graph, DOCUMENTS, graph.documents())
        }
        NodeKind::Section => {
            let about = "chapters of the documents, by document and position";
            Table::new(heads(about), is, graph, SECTIONS, graph.sections())
        }
        NodeKind::Measure => {
            let about = "measures of the documents, by document and position";
            Table::new(heads(about), is, graph, MEASURES, graph.measures())
        }
        NodeKind::Agency => {
            Table::new(heads("public bodies, by name"), is, graph, AGENCIES, graph.agencies())
        }
        NodeKind::Policy => {
            let about =
                "instruments that documents cite, implement or repeal, in the corpus or not";
            Table::new(heads(about), is, graph, POLICIES, graph.policies())
        }
        NodeKind::Article => {
            let about = "articles of the policies with a known outline, in order";
            Table::new(heads(about), is, graph, ARTICLES, graph.articles())
        }
        NodeKind::Product => {
            let about = "product categories: the taxonomy, then by label";
            Table::new(heads(about), is, graph, PRODUCTS, graph.products())
        }
        NodeKind::Region => {
            let about = "administrative regions, by name";
            Table::new(heads(about), is, graph, REGIONS, graph.regions())
        }
        NodeKind::Target => {
            let about = "quantified commitments and limits, in text order";
            Table::new(heads(about), is, graph, TARGETS, graph.targets())
        }
        NodeKind::Deadline => {
            let about = "deadlines of tasks, in text order";
            Table::new(heads(about), is, graph, DEADLINES, graph.deadlines())
        }
        NodeKind::Platform => {
            let about = "named platforms, programmes, lists and mechanisms, by name";
            Table::new(heads(about), is, graph, PLATFORMS, graph.platforms())
        }
    }
}

/// Returns the key of a node, as text.
pub(super) fn key<I: Into<Node>>(graph: &Graph, node: I) -> Value<'_> {
    graph.key(node).to_string().into()
}

const fn key_field<I: Into<Node>>() -> Field<I> {
    Field::text(["key", "键", "key of the node"], key).key()
}

pub(super) const fn document_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::text(["document", "文件", "document"], value).references(table_of(NodeKind::Document))
}

/// The measure, chapter or document that sets a fact.
pub(super) const fn provider_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::text(["provision", "所在条款", "measure, chapter or document without measures"], value)
        .references("nodes")
}

pub(super) const fn start_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::integer(
        ["span_start", "起始字节", "offset of the first byte in the document's text"],
        value,
    )
}

pub(super) const fn end_field<I>(value: for<'g> fn(&'g Graph, I) -> Value<'g>) -> Field<I> {
    Field::integer(["span_end", "结束字节", "offset after the last byte"], value)
}
