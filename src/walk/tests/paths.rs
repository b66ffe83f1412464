//! Paths against an exhaustive search of simple paths.

use super::*;

/// Appends every simple path to `goal` that begins with `path`.
fn extend(path: &mut Path, goal: Node, scope: Scope, found: &mut Vec<Path>) {
    let at = path.nodes().next_back().unwrap();
    if at == goal {
        return found.push(path.clone());
    }
    if !scope.has_depth(path.steps.len() as u32 + 1) {
        return;
    }
    let steps: Vec<Step> = sample().steps(at).collect();
    for step in steps {
        let along = step.direction == Direction::Outgoing || !scope.is_outgoing_only();
        let admitted = scope.has_node(step.node.kind()) || step.node == goal;
        let met = path.nodes().any(|node| node == step.node);
        if along && admitted && scope.has_edge(step.kind) && !met {
            path.steps.push(step);
            extend(path, goal, scope, found);
            path.steps.pop();
        }
    }
}

fn naive(start: Node, goal: Node, scope: Scope) -> Vec<Path> {
    let mut found = Vec::new();
    extend(&mut Path { start, steps: Vec::new() }, goal, scope, &mut found);
    found.sort_by_key(|path| path.steps.len()); // stable
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn paths_are_every_simple_path_shortest_first(
        scope in any_scope(),
        start in any_node(),
        // Goals near the start, so that there are paths.
        steps in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        depth in 0..4_u32,
    ) {
        let graph = sample();
        let goal = steps.iter().fold(start, |at, step| {
            let next: Vec<Step> = graph.steps(at).collect();
            if next.is_empty() { at } else { next[step.index(next.len())].node }
        });
        let scope = scope.depth(depth);
        let expected = naive(start, goal, scope);
        prop_assert_eq!(graph.path(start, goal, scope), expected.first().cloned());
        prop_assert_eq!(graph.paths(start, goal, scope).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn without_a_depth_paths_end_when_all_are_found(start in any_node(), goal in any_node()) {
        // A sparse scope with long paths.
        let scope = Scope::default()
            .nodes([NodeKind::Document, NodeKind::Section, NodeKind::Policy, NodeKind::Agency])
            .edges([EdgeKind::Contains, EdgeKind::IssuedBy, EdgeKind::Implements, EdgeKind::National]);
        let paths: Vec<Path> = sample().paths(start, goal, scope).collect();
        prop_assert_eq!(paths, naive(start, goal, scope));
    }
}
