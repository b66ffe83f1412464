//! Repeated hops: breadth-first search along a chain of hops.

use super::{Position, Walk};
use crate::graph::{Id, TypedId};
use fixedbitset::FixedBitSet;
use std::iter::{Once, once};

/// Breadth-first search from one start.
struct BreadthFirst<W> {
    /// Queue: each node once, with its number of repetitions.
    queue: Vec<(W, usize)>,
    /// Number of nodes already returned.
    returned: usize,
    /// Number of nodes already expanded by the hops.
    expanded: usize,
    seen: FixedBitSet,
}

impl<W: Position> BreadthFirst<W> {
    /// Restarts from another node, O(nodes of the last search). Keeps the memory.
    fn restart(&mut self, start: W) {
        for (position, _) in self.queue.drain(..) {
            self.seen.remove(position.id().index());
        }
        (self.returned, self.expanded) = (0, 0);
        self.push(start, 0);
    }

    fn push(&mut self, position: W, depth: usize) {
        if !self.seen.put(position.id().index()) {
            self.queue.push((position, depth));
        }
    }

    /// Returns the next node of the queue.
    fn pop(&mut self) -> Option<W> {
        let (position, _) = self.queue.get(self.returned)?;
        self.returned += 1;
        Some(position.clone())
    }

    /// Returns the next node to expand, if fewer than `max` repetitions led to it.
    fn next_to_expand(&mut self, max: usize) -> Option<(W, usize)> {
        let (position, depth) = self.queue.get(self.expanded).filter(|(_, depth)| *depth < max)?;
        self.expanded += 1;
        Some((position.clone(), *depth))
    }
}

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// Repeats `hops` from each node up to `max` times, by breadth-first search:
    /// returns the node itself, then the reached nodes, nearest first, each once for
    /// each start; nodes at one distance are in the order of the walk. A [`PathTo`](super::PathTo)
    /// has one of the shortest paths.
    ///
    /// The hops must lead back to the same kind of node. O(nodes + edges) reached
    /// from each start; allocates one bit for each node of the kind.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    ///
    /// let product = graph.product("中药").unwrap();
    /// let narrower = product.walk().repeat(usize::MAX, |walk| walk.narrower());
    /// assert!(narrower.eq(product.with_narrower()));
    ///
    /// // Agencies that share a duty with it, then those that share one with these.
    /// let agency = graph.agency("山西省农业农村厅").unwrap();
    /// let near = |max| agency.walk().repeat(max, |walk| walk.duties().responsible()).count();
    /// assert_eq!([near(0), near(1), near(2)], [1, 8, 13]);
    /// ```
    pub fn repeat<J: Iterator<Item = I::Item>>(
        self,
        max: usize,
        mut hops: impl FnMut(Walk<'g, T, Once<I::Item>>) -> Walk<'g, T, J>,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let Walk { graph, positions: mut starts, .. } = self;
        let seen = FixedBitSet::with_capacity(graph.node_count_of(T::KIND));
        let mut search = BreadthFirst { queue: Vec::new(), returned: 0, expanded: 0, seen };
        let next = move || loop {
            if let Some(position) = search.pop() {
                return Some(position);
            }
            match search.next_to_expand(max) {
                Some((position, depth)) => hops(Walk::new(graph, once(position)))
                    .positions
                    .for_each(|position| search.push(position, depth + 1)),
                None => search.restart(starts.next()?),
            }
        };
        Walk::new(graph, std::iter::from_fn(next))
    }
}
