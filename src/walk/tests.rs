//! Searches against the typed rows, and against a naive search.

use super::*;
use crate::corpus::Corpus;
use crate::graph::{NodeId, NodeKind, fixture};
use crate::lexicon::Lexicon;
use once_cell::sync::Lazy;
use petgraph::visit::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod paths;
mod subgraphs;

fn graph() -> Arc<Graph> {
    fixture::records().into_iter().collect::<Corpus>().graph(Lexicon::builtin())
}

/// The same, made once.
fn sample() -> &'static Graph {
    static GRAPH: Lazy<Arc<Graph>> = Lazy::new(graph);
    &GRAPH
}

/// A scope with most kinds of nodes and edges, in one direction or both.
fn any_scope() -> impl Strategy<Value = Scope> {
    fn most<T: Copy + std::fmt::Debug>(kinds: &'static [T]) -> impl Strategy<Value = Vec<T>> {
        let each = prop::collection::vec(prop::bool::weighted(0.7), kinds.len());
        each.prop_map(|chosen| {
            kinds.iter().zip(chosen).filter_map(|(&kind, chosen)| chosen.then_some(kind)).collect()
        })
    }
    (most(NodeKind::ALL), most(EdgeKind::ALL), any::<bool>()).prop_map(|(nodes, edges, along)| {
        let scope = Scope::default().nodes(nodes).edges(edges);
        if along { scope.outgoing_only() } else { scope }
    })
}

fn any_node() -> impl Strategy<Value = Node> {
    any::<prop::sample::Index>()
        .prop_map(|index| sample().node_at(NodeId::from_index(index.index(sample().node_count()))))
}

#[test]
fn node_ids_are_dense_and_ordered() {
    let graph = graph();
    let nodes: Vec<Node> = (&graph).node_references().map(|entry| entry.node).collect();
    assert_eq!(nodes.len(), graph.node_count());
    assert!(nodes.is_sorted());
    for (index, node) in nodes.iter().enumerate() {
        assert_eq!(graph.node_id(*node), NodeId::from_index(index));
    }
    let mut counts: BTreeMap<NodeKind, usize> = BTreeMap::new();
    nodes.iter().for_each(|node| *counts.entry(node.kind()).or_default() += 1);
    for (kind, count) in graph.census().nodes {
        assert_eq!(counts.get(&kind).copied().unwrap_or_default(), count, "{kind:?}");
    }
}

#[test]
fn petgraph_edges_are_the_typed_rows() {
    let graph = graph();
    let edges: Vec<Edge> = (&graph).edge_references().collect();
    assert_eq!(edges.len(), graph.edge_count());
    let ids: BTreeSet<EdgeId> = edges.iter().map(|edge| edge.id).collect();
    assert_eq!(ids.len(), edges.len());
    for (kind, count) in graph.census().edges {
        assert_eq!(edges.iter().filter(|edge| edge.kind() == kind).count(), count, "{kind:?}");
    }

    for measure in graph.measures() {
        let of = |kind: EdgeKind| -> Vec<Node> {
            let edges = (&graph).edges(graph.node_id(measure)).filter(|edge| edge.kind() == kind);
            edges.map(|edge| graph.node_at(edge.target)).collect()
        };
        let nodes = |ids: &[crate::graph::AgencyId]| -> Vec<Node> {
            ids.iter().map(|&id| id.into()).collect()
        };
        assert_eq!(of(EdgeKind::Responsible), nodes(graph.responsible(measure)));
        assert_eq!(of(EdgeKind::Mentions), nodes(graph.mentions(measure)));
        assert_eq!(of(EdgeKind::Covers).len(), graph.covers(measure).len());
    }
}

#[test]
fn both_directions_agree() {
    let graph = graph();
    let directed = |direction| -> BTreeSet<(EdgeId, NodeId, NodeId)> {
        (&graph)
            .node_identifiers()
            .flat_map(|node| (&graph).edges_directed(node, direction))
            .map(|edge| (edge.id, edge.source, edge.target))
            .collect()
    };
    assert_eq!(directed(Direction::Outgoing), directed(Direction::Incoming));
    for node in (&graph).node_identifiers() {
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let neighbors = (&graph).neighbors_directed(node, direction);
            let edges = (&graph).edges_directed(node, direction);
            let far = edges.map(|edge| match direction {
                Direction::Outgoing => edge.target,
                Direction::Incoming => edge.source,
            });
            assert!(neighbors.eq(far));
        }
    }
}

/// The distance of every node, by relaxation until nothing changes.
fn naive(graph: &Graph, start: Node, scope: Scope) -> BTreeMap<Node, u32> {
    let mut distance = BTreeMap::from([(start, 0)]);
    loop {
        let before = distance.clone();
        for (&node, &depth) in &before {
            for step in graph.steps(node) {
                let along = step.direction == Direction::Outgoing || !scope.is_outgoing_only();
                let admitted = scope.has_edge(step.kind) && scope.has_node(step.node.kind());
                if along && admitted && scope.has_depth(depth + 1) {
                    let known = distance.entry(step.node).or_insert(depth + 1);
                    *known = (*known).min(depth + 1);
                }
            }
        }
        if distance == before {
            return distance;
        }
    }
}

fn scopes() -> [Scope; 5] {
    let all = Scope::default();
    let no_products = NodeKind::ALL.iter().copied().filter(|&kind| kind != NodeKind::Product);
    [
        all,
        all.depth(2),
        all.outgoing_only(),
        all.nodes(no_products).depth(5),
        all.edges([EdgeKind::Responsible, EdgeKind::Contains, EdgeKind::IssuedBy]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_start_of_any_kind_is_in_scope(scope in any_scope(), start in any_node(), depth in 0..5_u32) {
        let scope = scope.depth(depth);
        let visits = sample().neighborhood(start, scope).map(|visit| (visit.node, visit.depth));
        prop_assert_eq!(visits.collect::<BTreeMap<_, _>>(), naive(sample(), start, scope));
    }
}

#[test]
fn a_neighborhood_is_what_the_naive_search_finds() {
    let graph = graph();
    for scope in scopes() {
        for key in ["sx-2025/8", "nm-2025-18/3", "nm-2022-26/1"] {
            let start = graph.measure(key).unwrap().node();
            let visits: Vec<Visit> = graph.neighborhood(start, scope).collect();
            assert!(visits.is_sorted_by_key(|visit| visit.depth));
            let found: BTreeMap<Node, u32> = visits.iter().map(|v| (v.node, v.depth)).collect();
            assert_eq!(found.len(), visits.len(), "each once");
            assert_eq!(found, naive(&graph, start, scope), "{key} {scope:?}");
        }
    }
}

#[test]
fn paths_are_shortest_and_connected() {
    let graph = graph();
    let start = graph.measure("sx-2025/8").unwrap().node();
    for scope in scopes() {
        let distance = naive(&graph, start, scope);
        for goal in (&graph).node_references().map(|entry| entry.node).step_by(5) {
            let path = graph.path(start, goal, scope);
            if scope.has_node(goal.kind()) {
                let length = path.as_ref().map(|path| path.steps.len() as u32);
                assert_eq!(length, distance.get(&goal).copied(), "{goal:?} {scope:?}");
            }
            let Some(path) = path else { continue };
            assert_eq!(path.nodes().next_back(), Some(goal));
            for (at, step) in path.nodes().zip(&path.steps) {
                assert!(graph.steps(at).any(|other| other == *step));
            }
            assert_eq!(graph.path(start, goal, scope), Some(path));
        }
    }
}

#[test]
fn a_path_prefers_the_earlier_step() {
    // Both measures name 省药监局 and 省市场监管局, in this order.
    let graph = graph();
    let [from, to] = ["sx-2025/10", "sx-2025/11"].map(|key| graph.measure(key).unwrap().node());
    let scope = Scope::default().edges([EdgeKind::Responsible]);
    let path = graph.path(from, to, scope).unwrap();
    let agency = graph.agency("山西省药品监督管理局").unwrap();
    assert_eq!(path.nodes().collect::<Vec<_>>(), [from, agency.node(), to]);
    let quotes = path.steps.iter().map(|step| graph.quote(step.proof.evidence().unwrap()));
    assert!(quotes.eq(["省药监局", "省药监局"]));
}

#[test]
fn petgraphs_algorithms_run_on_a_graph() {
    let graph = graph();
    let graph = &*graph;
    let start = graph.node_id(graph.document("sx-2025").unwrap().node());
    let ours: Vec<NodeId> = graph
        .neighborhood(graph.node_at(start), Scope::default().outgoing_only())
        .map(|visit| graph.node_id(visit.node))
        .collect();
    let theirs: Vec<NodeId> = Bfs::new(graph, start).iter(graph).collect();
    assert_eq!(ours, theirs);
    assert_eq!(petgraph::algo::page_rank(graph, 0.85_f64, 3).len(), graph.node_count());
}
