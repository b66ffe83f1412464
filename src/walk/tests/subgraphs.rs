//! Subgraphs against a filter over the whole graph, and against petgraph's own.

use super::*;
use petgraph::algo::{
    all_simple_paths, connected_components, dijkstra, dominators, kosaraju_scc, page_rank,
    tarjan_scc,
};
use petgraph::dot::Dot;
use std::hash::RandomState;

const BOTH: [Direction; 2] = [Direction::Outgoing, Direction::Incoming];

fn in_scope(edge: &Edge<'_>, scope: Scope) -> bool {
    let ends = [edge.source, edge.target].map(|node| sample().node_at(node).kind());
    scope.has_edge(edge.kind()) && ends.iter().all(|&kind| scope.has_node(kind))
}

fn sorted(mut components: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    components.iter_mut().for_each(|component| component.sort());
    components.sort();
    components
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_subgraph_is_a_filter_of_the_graph(scope in any_scope()) {
        let graph = sample();
        let subgraph = graph.subgraph(scope);
        for node in graph.node_identifiers() {
            prop_assert_eq!(subgraph.has_node(node), scope.has_node(graph.node_at(node).kind()));
            for direction in BOTH {
                let edges: Vec<Edge> = subgraph.edges_directed(node, direction).collect();
                let all = graph.edges_directed(node, direction);
                let filtered: Vec<Edge> = all.filter(|edge| in_scope(edge, scope)).collect();
                prop_assert_eq!(&edges, &filtered);
                let far = filtered.iter().map(|edge| match direction {
                    Direction::Outgoing => edge.target,
                    Direction::Incoming => edge.source,
                });
                prop_assert!(subgraph.neighbors_directed(node, direction).eq(far));
            }
        }
        let edges: Vec<Edge> = subgraph.edge_references().collect();
        let all = graph.edge_references();
        prop_assert_eq!(&edges, &all.filter(|edge| in_scope(edge, scope)).collect::<Vec<_>>());
        prop_assert_eq!(edges.len(), subgraph.edge_count());
        for edge in graph.edge_references() {
            prop_assert_eq!(subgraph.has_edge(edge.id), in_scope(&edge, scope));
            prop_assert_eq!(subgraph.is_adjacent(&(), edge.source, edge.target),
                edges.iter().any(|other| (other.source, other.target) == (edge.source, edge.target)));
        }
    }

    #[test]
    fn the_index_of_a_subgraph_is_compact(scope in any_scope()) {
        let subgraph = sample().subgraph(scope);
        let nodes: Vec<NodeId> = subgraph.node_identifiers().collect();
        prop_assert_eq!(nodes.len(), subgraph.node_count());
        prop_assert_eq!(subgraph.node_bound(), subgraph.node_count());
        for (index, &node) in nodes.iter().enumerate() {
            prop_assert_eq!(NodeIndexable::to_index(&subgraph, node), index);
            prop_assert_eq!(NodeIndexable::from_index(&subgraph, index), node);
        }
        let edges: BTreeSet<EdgeId> = subgraph.edge_references().map(|edge| edge.id).collect();
        for (index, &edge) in edges.iter().enumerate() {
            prop_assert_eq!(EdgeIndexable::to_index(&subgraph, edge), index);
            prop_assert_eq!(EdgeIndexable::from_index(&subgraph, index), edge);
        }
    }

    #[test]
    fn algorithms_agree_on_a_subgraph_and_its_copy(
        scope in any_scope(),
        start in any::<prop::sample::Index>(),
    ) {
        let subgraph = sample().subgraph(scope);
        let owned = subgraph.to_petgraph();
        prop_assert_eq!(owned.node_count(), subgraph.node_count());
        for edge in subgraph.edge_references() {
            let at = petgraph::graph::EdgeIndex::new(EdgeIndexable::to_index(&subgraph, edge.id));
            let ends = [edge.source, edge.target].map(|node| sample().node_at(node));
            let (source, target) = owned.edge_endpoints(at).unwrap();
            prop_assert_eq!([owned[source], owned[target]], ends);
            prop_assert_eq!(owned[at], edge.kind());
        }
        prop_assert_eq!(page_rank(&subgraph, 0.85_f64, 2), page_rank(&owned, 0.85_f64, 2));
        prop_assert_eq!(connected_components(&subgraph), connected_components(&owned));
        let index = |node| NodeIndexable::to_index(&subgraph, node);
        let ours = |components: Vec<Vec<NodeId>>| {
            sorted(components.into_iter().map(|all| all.into_iter().map(index).collect()).collect())
        };
        let theirs = kosaraju_scc(&owned).into_iter();
        let theirs = sorted(theirs.map(|all| all.iter().map(|node| node.index()).collect()).collect());
        prop_assert_eq!(&ours(kosaraju_scc(&subgraph)), &theirs);
        prop_assert_eq!(&ours(tarjan_scc(&subgraph)), &theirs);

        if subgraph.node_count() > 0 {
            let start = start.index(subgraph.node_count());
            let cost = |kind: EdgeKind| 1 + kind as u32;
            let from = NodeIndexable::from_index(&subgraph, start);
            let ours = dijkstra(&subgraph, from, None, |edge| cost(edge.kind()));
            let theirs =
                dijkstra(&owned, petgraph::graph::NodeIndex::new(start), None, |edge| cost(*edge.weight()));
            let ours: BTreeMap<usize, u32> = ours.into_iter().map(|(n, d)| (index(n), d)).collect();
            let theirs: BTreeMap<usize, u32> = theirs.into_iter().map(|(n, d)| (n.index(), d)).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn petgraphs_adaptors_work_on_a_subgraph(scope in any_scope()) {
        let graph = sample();
        let subgraph = graph.subgraph(scope);
        let set = |edges: Vec<Edge<'_>>| -> BTreeSet<EdgeId> { edges.iter().map(|edge| edge.id).collect() };
        let expected = set(subgraph.edge_references().collect());
        let filtered = EdgeFiltered::from_fn(graph, |edge: Edge| in_scope(&edge, scope));
        prop_assert_eq!(&set(filtered.edge_references().collect()), &expected);
        let twice = NodeFiltered::from_fn(&subgraph, |node| subgraph.has_node(node));
        prop_assert_eq!(&set((&twice).edge_references().collect()), &expected);
        for node in subgraph.node_identifiers() {
            prop_assert!(Reversed(&subgraph).neighbors(node)
                .eq(subgraph.neighbors_directed(node, Direction::Incoming)));
            prop_assert_eq!(UndirectedAdaptor(&subgraph).edges(node).count(),
                subgraph.edges(node).count() + subgraph.edges_directed(node, Direction::Incoming).count());
        }
    }
}

fn contents() -> Subgraph<'static> {
    sample().subgraph(Scope::default().edges([EdgeKind::Contains]))
}

#[test]
fn a_document_dominates_what_its_chapters_contain() {
    let (graph, subgraph) = (sample(), contents());
    let document = graph.node_id(graph.document("sx-2025").unwrap().id());
    let dominators = dominators::simple_fast(&subgraph, document);
    for measure in graph.document("sx-2025").unwrap().measures() {
        let measure = graph.node_id(measure.id());
        assert_eq!(dominators.immediate_dominator(measure), Some(document));
    }
    let other = graph.node_id(graph.measure("nm-2025-18/1").unwrap().id());
    assert_eq!(dominators.immediate_dominator(other), None);
}

#[test]
fn a_measure_is_reached_with_its_chapter_and_without() {
    let (graph, subgraph) = (sample(), contents());
    let document = graph.document("sx-2025").unwrap();
    let measure = graph.measure("sx-2025/8").unwrap();
    let [from, to] = [document.node(), measure.node()].map(|node| graph.node_id(node));
    let chapter = graph.node_id(graph.section_of(measure.id())[0]);
    let paths: BTreeSet<Vec<NodeId>> =
        all_simple_paths::<Vec<NodeId>, _, RandomState>(&subgraph, from, to, 0, None).collect();
    assert_eq!(paths, BTreeSet::from([vec![from, to], vec![from, chapter, to]]));
}

#[test]
fn dot_prints_each_node_and_edge_of_a_subgraph() {
    let subgraph = contents();
    let dot = format!("{:?}", Dot::new(&subgraph));
    assert_eq!(dot.matches(" -> ").count(), subgraph.edge_count());
    assert_eq!(dot.lines().count(), 2 + subgraph.node_count() + subgraph.edge_count());
}

#[test]
fn an_edge_is_the_same_by_id_by_step_and_by_reference() {
    let graph = sample();
    for edge in graph.edge_references() {
        let (source, target) = graph.endpoints(edge.id);
        assert_eq!([source, target], [edge.source, edge.target].map(|node| graph.node_at(node)));
        assert_eq!(*edge.weight(), edge.kind());
        let known = graph.edge(edge.id);
        assert_eq!(
            (known.source, known.target, known.proof()),
            (edge.source, edge.target, edge.proof())
        );
        let step = graph.steps(source).find(|step| step.edge == edge.id).unwrap();
        assert_eq!((step.kind, step.node, step.proof), (edge.kind(), target, edge.proof()));
    }
}
