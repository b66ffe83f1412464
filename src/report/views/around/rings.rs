//! The places of nodes around another: two arcs at each side of it, by distance.
//!
//! Nodes of an arc are on lines of their own, and the labels of the inner arc end before the outer one
//! begins, so that no labels overlap.

use crate::graph::{Graph, Node};
use crate::report::kit::place;
use std::collections::{BTreeMap, BTreeSet};

/// Number of nodes one step away, and of all with the one in the middle.
const NEAR: usize = 16;
const NODES: usize = 50;

/// Sizes in pixels: of a line, of the half of the picture.
const LINE: u32 = 24;
const HALF: u32 = 600;

/// Distances of the arcs from the middle: at the height of the middle, and less at the ends.
const ARCS: [[u32; 2]; 2] = [[150, 60], [390, 70]];

/// Columns of the labels: in the middle, of the inner arc, of the outer arc. A column is at most 6.5
/// pixels.
const LABELS: [usize; 3] = [20, 22, 28];

/// A node with its place and that of its label.
pub(super) struct Place {
    pub(super) node: Node,
    pub(super) at: [u32; 2],
    pub(super) label: [u32; 2],
    pub(super) anchor: &'static str,
    pub(super) columns: usize,
}

/// Nodes around another.
pub(super) struct Rings {
    pub(super) places: Vec<Place>,
    pub(super) lines: Vec<([u32; 2], [u32; 2])>,
    /// Numbers of nodes one and two steps away: all, and those with a place.
    pub(super) found: [usize; 2],
    pub(super) shown: [usize; 2],
    pub(super) size: [u32; 2],
}

/// Returns the nodes one and two steps from a node.
pub(super) fn rings(graph: &Graph, center: Node) -> Rings {
    let all_near = neighbors(graph, center, &BTreeSet::from([center]));
    let near = mixed(&all_near, NEAR);
    let mut met: BTreeSet<Node> = all_near.iter().copied().collect();
    met.insert(center);
    let mut far_of: Vec<Vec<Node>> =
        near.iter().map(|&node| neighbors(graph, node, &met)).collect();
    let all_far: BTreeSet<Node> =
        all_near.iter().flat_map(|&node| neighbors(graph, node, &met)).collect();
    // One of each near node in turn.
    let mut parent: BTreeMap<Node, usize> = BTreeMap::new();
    let mut round = 0;
    while parent.len() + near.len() + 1 < NODES && far_of.iter().any(|of| of.len() > round) {
        for (n, of) in far_of.iter_mut().enumerate() {
            if let Some(&node) = of.get(round).filter(|_| parent.len() + near.len() + 1 < NODES) {
                parent.entry(node).or_insert(n);
            }
        }
        round += 1;
    }
    let is_left = |n: usize| n % 2 == 1;
    let side = |left: bool| {
        let inner: Vec<usize> = (0..near.len()).filter(|&n| is_left(n) == left).collect();
        let mut outer: Vec<(usize, Node)> = parent
            .iter()
            .filter(|(_, n)| is_left(**n) == left)
            .map(|(&node, &n)| (n, node))
            .collect();
        outer.sort_unstable();
        (inner, outer)
    };
    let sides = [side(false), side(true)];
    let lines = sides.iter().map(|(inner, outer)| inner.len().max(outer.len())).max().unwrap_or(0);
    let height = place(LINE, lines.max(2), LINE);
    let middle = [HALF, height / 2];
    let mut places = vec![Place {
        node: center,
        at: middle,
        label: [middle[0], middle[1] - 12],
        anchor: "middle",
        columns: LABELS[0],
    }];
    for (left, (inner, outer)) in [false, true].into_iter().zip(&sides) {
        let inner = inner.iter().map(|&n| near[n]);
        places.extend(arc(inner, 0, left, height));
        places.extend(arc(outer.iter().map(|&(_, node)| node), 1, left, height));
    }
    let at: BTreeMap<Node, [u32; 2]> = places.iter().map(|of| (of.node, of.at)).collect();
    let mut lines = Vec::new();
    for &node in &near {
        lines.push((middle, at[&node]));
        let reached: BTreeSet<Node> = graph.steps(node).map(|step| step.node).collect();
        let far = parent.keys().filter(|far| reached.contains(far));
        lines.extend(far.map(|far| (at[&node], at[far])));
    }
    Rings {
        places,
        lines,
        found: [all_near.len(), all_far.len()],
        shown: [near.len(), parent.len()],
        size: [2 * HALF, height],
    }
}

/// Returns the nodes one step away that are not known, by kind and id.
fn neighbors(graph: &Graph, node: Node, known: &BTreeSet<Node>) -> Vec<Node> {
    let found: BTreeSet<Node> = graph.steps(node).map(|step| step.node).collect();
    found.into_iter().filter(|node| !known.contains(node)).collect()
}

/// Returns some of the nodes: the first of each kind, then the second of each, by kind and id.
fn mixed(nodes: &[Node], limit: usize) -> Vec<Node> {
    let mut of_kind: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, Node)> = Vec::new();
    for &node in nodes {
        let rank = of_kind.entry(node.kind() as usize).or_default();
        ranked.push((*rank, node));
        *rank += 1;
    }
    ranked.sort_unstable();
    let mut chosen: Vec<Node> = ranked.into_iter().take(limit).map(|(_, node)| node).collect();
    chosen.sort_unstable();
    chosen
}

/// Returns the places of the nodes of one arc at one side, from top to bottom.
fn arc(
    nodes: impl ExactSizeIterator<Item = Node>,
    ring: usize,
    left: bool,
    height: u32,
) -> Vec<Place> {
    let count = place(0, nodes.len().max(1), 1);
    let [distance, bend] = ARCS[ring];
    let half = height / 2;
    let place_of = |(n, node): (usize, Node)| {
        let y = LINE / 2 + (height - LINE) * (2 * place(0, n, 1) + 1) / (2 * count);
        let away = y.abs_diff(half);
        let distance = distance - bend * away * away / (half * half);
        let (x, label, anchor) = match left {
            false => (HALF + distance, HALF + distance + 10, "start"),
            true => (HALF - distance, HALF - distance - 10, "end"),
        };
        let columns = LABELS[ring + 1];
        Place { node, at: [x, y], label: [label, y + 4], anchor, columns }
    };
    nodes.enumerate().map(place_of).collect()
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;
    use crate::builtin;

    /// Returns the box of a label: left, right, top, bottom, in tenths of pixels.
    fn bounds(place: &Place) -> [i64; 4] {
        let width = 65 * i64::try_from(place.columns + 1).unwrap();
        let [x, y] = place.label.map(|of| i64::from(of) * 10);
        let left = match place.anchor {
            "start" => x,
            "middle" => x - width / 2,
            _ => x - width,
        };
        [left, left + width, y - 120, y + 30]
    }

    #[test]
    fn at_most_fifty_nodes_have_labels_that_do_not_overlap() {
        let graph = builtin();
        for node in graph.agencies().map(Node::from).chain(graph.policies().map(Node::from)) {
            let rings = rings(graph, node);
            assert!(rings.places.len() <= NODES);
            assert_eq!(rings.places.len(), 1 + rings.shown[0] + rings.shown[1]);
            for (n, one) in rings.places.iter().enumerate() {
                let a = bounds(one);
                assert!(a[0] >= 0 && a[1] <= 10 * i64::from(rings.size[0]), "{a:?}");
                for other in &rings.places[n + 1..] {
                    let b = bounds(other);
                    let apart = a[1] <= b[0] || b[1] <= a[0] || a[3] <= b[2] || b[3] <= a[2];
                    assert!(apart, "{node:?}: {a:?} {b:?}");
                }
            }
        }
    }
}
