//! One table for each kind of edge, with the evidence of every edge.

use super::column::terms_of;
use super::nodes::{key, table_of};
use super::table::{Field, Table, TableKind};
use super::value::Value;
use crate::graph::{EdgeId, EdgeKind, Evidence, Graph, Method, Naming, NodeKind, Proof};
use crate::model::{Role, Rule};
use std::ops::Range;

/// Returns a table for each kind of edge, in their order.
pub(super) fn edge_tables(graph: &Graph) -> impl Iterator<Item = Table<'_>> {
    EdgeKind::ALL.iter().map(|&kind| edges(graph, kind))
}

type EdgeField = Field<EdgeId>;

fn edges(graph: &Graph, kind: EdgeKind) -> Table<'_> {
    let Relations { ids, sources, targets } = Relations::of(graph, kind);
    let mut fields = vec![
        Field::text(["source", "起点", "key of the source"], source)
            .references(table_of_all(&sources)),
        Field::text(["target", "终点", "key of the target"], target)
            .references(table_of_all(&targets)),
    ];
    match kind {
        EdgeKind::Responsible => fields.push(ROLE),
        EdgeKind::Implements | EdgeKind::Repeals | EdgeKind::Cites => fields.extend(RESOLUTION),
        _ => {}
    }
    fields.extend(PROOF);
    let heads = [kind.name(), kind.chinese(), about(kind)];
    let items = ids.into_iter().flatten().map(EdgeId::from_index);
    Table::new(heads, TableKind::Edges(kind), graph, fields, items)
}

/// Returns the edges of the rows of the table of a kind.
#[cfg(feature = "graphml")]
pub(super) fn edge_ids(graph: &Graph, kind: EdgeKind) -> impl Iterator<Item = EdgeId> + use<> {
    Relations::of(graph, kind).ids.into_iter().flatten().map(EdgeId::from_index)
}

/// The relations of one kind of edge.
struct Relations {
    /// Ranges of the edges, ascending.
    ids: Vec<Range<usize>>,
    sources: Vec<NodeKind>,
    targets: Vec<NodeKind>,
}

impl Relations {
    fn of(graph: &Graph, of: EdgeKind) -> Relations {
        let mut relations = Relations { ids: Vec::new(), sources: Vec::new(), targets: Vec::new() };
        let mut start = 0;
        graph.relations().relations(|kind, [source, target], count| {
            if kind == of {
                relations.ids.push(start..start + count);
                relations.sources.push(source);
                relations.targets.push(target);
            }
            start += count;
        });
        relations
    }
}

/// Returns the table with the keys of all these kinds.
fn table_of_all(kinds: &[NodeKind]) -> &'static str {
    match kinds {
        [first, rest @ ..] if rest.iter().all(|kind| kind == first) => table_of(*first),
        _ => "nodes",
    }
}

fn source(graph: &Graph, edge: EdgeId) -> Value<'_> {
    key(graph, graph.endpoints(edge).0)
}

fn target(graph: &Graph, edge: EdgeId) -> Value<'_> {
    key(graph, graph.endpoints(edge).1)
}

const ROLE: EdgeField = EdgeField::text(["role", "职责", "role of the agency"], |graph, edge| {
    graph.role(edge).map(Role::name).into()
})
.terms_of(terms_of!(Role));

/// The way in which a citation names its policy.
const RESOLUTION: [EdgeField; 2] = [
    EdgeField::text(
        ["naming", "引用方式", "kind of name by which the policy is cited"],
        |graph, edge| graph.resolution(edge).map(|resolution| resolution.naming.name()).into(),
    )
    .optional()
    .terms_of(terms_of!(Naming)),
    EdgeField::number(
        ["naming_score", "引用匹配度", "confidence that the name means the policy, in 0..=1"],
        |graph, edge| graph.resolution(edge).map(|resolution| resolution.score).into(),
    )
    .optional(),
];

/// Ways in which an edge is known.
const PROOFS: [(&str, &str); 3] = [("text", "原文"), ("vocabulary", "词表"), ("derived", "推导")];

/// The evidence of an edge.
const PROOF: [EdgeField; 8] = [
    EdgeField::text(
        ["proof", "来源", "text: words state it; vocabulary: known; derived: a method found it"],
        |graph, edge| {
            let [text, vocabulary, derived] = PROOFS;
            match graph.proof(edge) {
                Proof::Text(_) => text.0.into(),
                Proof::Vocabulary => vocabulary.0.into(),
                Proof::Derived { .. } => derived.0.into(),
            }
        },
    )
    .terms_of(|| PROOFS.to_vec()),
    EdgeField::text(
        ["document", "出处文件", "document that contains the words"],
        |graph, edge| {
            evidence(graph, edge).map(|evidence| graph.key(evidence.document).to_string()).into()
        },
    )
    .optional()
    .references(table_of(NodeKind::Document)),
    EdgeField::integer(
        ["span_start", "起始字节", "offset of the first byte in the document's text"],
        |graph, edge| evidence(graph, edge).map(|evidence| evidence.span.start).into(),
    )
    .optional(),
    EdgeField::integer(
        ["span_end", "结束字节", "offset after the last byte"],
        |graph, edge| evidence(graph, edge).map(|evidence| evidence.span.end).into(),
    )
    .optional(),
    EdgeField::text(["words", "原文", "words that state the edge, as printed"], |graph, edge| {
        evidence(graph, edge).map(|evidence| graph.quote(evidence)).into()
    })
    .optional(),
    EdgeField::text(["rule", "识别规则", "rule that read the words"], |graph, edge| {
        evidence(graph, edge).map(|evidence| evidence.rule.name()).into()
    })
    .optional()
    .terms_of(terms_of!(Rule)),
    EdgeField::text(["method", "推导方法", "method that derived the edge"], |graph, edge| {
        derived(graph, edge).map(|(method, _)| method.name()).into()
    })
    .optional()
    .terms_of(terms_of!(Method)),
    EdgeField::number(
        ["score", "得分", "confidence in a derived edge, in 0..=1"],
        |graph, edge| derived(graph, edge).map(|(_, score)| score).into(),
    )
    .optional(),
];

fn evidence(graph: &Graph, edge: EdgeId) -> Option<Evidence> {
    graph.proof(edge).evidence()
}

fn derived(graph: &Graph, edge: EdgeId) -> Option<(Method, f32)> {
    match graph.proof(edge) {
        Proof::Derived { method, score } => Some((method, score)),
        Proof::Text(_) | Proof::Vocabulary => None,
    }
}

const fn about(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Contains => {
            "from a document to its chapters and measures, from a chapter to its measures"
        }
        EdgeKind::IssuedBy => "from a document to an agency that signed it",
        EdgeKind::AddressedTo => "from a document to an agency to which it is addressed",
        EdgeKind::SpeaksFor => "from a document to the region of an agency that signed it",
        EdgeKind::Implements => "from a document to a policy that it carries out",
        EdgeKind::Repeals => "from a document to a policy that it repeals",
        EdgeKind::Responsible => "from a provision to a responsible agency",
        EdgeKind::Mentions => {
            "from a provision to an agency that it names without a responsibility"
        }
        EdgeKind::Cites => "from a provision to a policy that it cites",
        EdgeKind::Covers => "from a provision or article to a product that it names",
        EdgeKind::CommitsTo => "from a provision to a target that it sets",
        EdgeKind::Sets => "from a provision to the deadline of a task that it sets",
        EdgeKind::Binds => {
            "from a deadline to a target that it dates, or to an agency that must keep it"
        }
        EdgeKind::Uses => "from a provision to a platform that it uses",
        EdgeKind::Broader => "from a product to its parent product",
        EdgeKind::BelongsTo => "from an agency to its region",
        EdgeKind::Within => "from a region to its parent region",
        EdgeKind::Superior => "from an agency to the agency of the same function one level up",
        EdgeKind::National => "from an agency to the national agency of the same function",
        EdgeKind::Consists => "from a policy to one of its articles",
        EdgeKind::CorrespondsTo => "from a measure to an article with the same content; derived",
        EdgeKind::TextIn => "from a policy to a document of the corpus that is its text; derived",
    }
}
