//! The same hops again and again.

use super::*;

/// What is met from one start, the nearest first.
struct Nearest<W> {
    /// Each node once, and how often the hops were taken to reach it.
    met: Vec<(W, usize)>,
    /// How many of them were handed out.
    given: usize,
    /// From how many of them the hops were taken.
    walked: usize,
    seen: FixedBitSet,
}

impl<W: Position> Nearest<W> {
    /// Forgets the last start, but keeps the room: clearing costs what was met.
    fn begin(&mut self, start: W) {
        for (stop, _) in self.met.drain(..) {
            self.seen.remove(stop.id().index());
        }
        (self.given, self.walked) = (0, 0);
        self.meet(start, 0);
    }

    fn meet(&mut self, stop: W, depth: usize) {
        if !self.seen.put(stop.id().index()) {
            self.met.push((stop, depth));
        }
    }

    /// The next node that is known; nothing is walked for it.
    fn give(&mut self) -> Option<W> {
        let (stop, _) = self.met.get(self.given)?;
        self.given += 1;
        Some(stop.clone())
    }

    /// The next node to walk on from, of those nearer than `most`.
    fn go_on(&mut self, most: usize) -> Option<(W, usize)> {
        let (stop, depth) = self.met.get(self.walked).filter(|(_, depth)| *depth < most)?;
        self.walked += 1;
        Some((stop.clone(), *depth))
    }
}

impl<'g, T: TypedId, I: Iterator<Item: Position<Id = T>>> Walk<'g, T, I> {
    /// From each node the same `hops`, up to `most` times over: the node itself,
    /// then the nearest first, each once from that node; at one distance in the
    /// order of the walk. A path says by which of the shortest ways.
    ///
    /// The hops may be any that come back to the same kind. From one node,
    /// O(nodes + edges) in what is met; allots one bit a node of the kind.
    ///
    /// ```
    /// let graph = policygraph::builtin();
    ///
    /// let product = graph.product("中药").unwrap();
    /// let narrower = product.walk().repeat(usize::MAX, |walk| walk.narrower());
    /// assert!(narrower.eq(product.with_narrower()));
    ///
    /// // Who shares a duty with it, or with one who does.
    /// let agency = graph.agency("山西省农业农村厅").unwrap();
    /// let near = |most| agency.walk().repeat(most, |walk| walk.duties().responsible()).count();
    /// assert_eq!([near(0), near(1), near(2)], [1, 8, 13]);
    /// ```
    pub fn repeat<J: Iterator<Item = I::Item>>(
        self,
        most: usize,
        mut hops: impl FnMut(Walk<'g, T, Once<I::Item>>) -> Walk<'g, T, J>,
    ) -> Walk<'g, T, impl Iterator<Item = I::Item>> {
        let Walk { graph, stops: mut starts, .. } = self;
        let seen = FixedBitSet::with_capacity(graph.node_count_of(T::KIND));
        let mut nearest = Nearest { met: Vec::new(), given: 0, walked: 0, seen };
        let next = move || loop {
            if let Some(stop) = nearest.give() {
                return Some(stop);
            }
            match nearest.go_on(most) {
                Some((stop, depth)) => hops(Walk::new(graph, once(stop)))
                    .stops
                    .for_each(|stop| nearest.meet(stop, depth + 1)),
                None => nearest.begin(starts.next()?),
            }
        };
        Walk::new(graph, std::iter::from_fn(next))
    }
}
