//! One frozen relation: for each source its targets, and for each target its sources, as
//! contiguous rows.

mod saved;

use super::carry_over::{CarriedOver, CarryOver};
use super::ids::{EdgeId, Id, not_in_graph};
use super::proof::{Proof, Resolution};
use super::refs::TypedId;
use super::tables::Tables;
use crate::model::Role;
use crate::number::to_u32;
use std::collections::HashSet;
use std::hash::Hash;
use std::iter::Peekable;
use std::marker::PhantomData;
use std::ops::Range;
use std::vec;

/// Compressed sparse rows: the `V`s of each `K`, in the order in which they were added.
#[derive(Debug, PartialEq)]
pub(crate) struct Rows<K, V> {
    start: Box<[u32]>,
    value: Box<[V]>,
    key: PhantomData<fn(K)>,
}

impl<K: Id, V> Rows<K, V> {
    /// Returns the places of the values of `key`. Panics if the key is of another graph.
    #[inline]
    #[track_caller]
    pub(crate) fn range(&self, key: K) -> Range<usize> {
        match self.find(key.index()) {
            Some(range) => range,
            None => not_in_graph(K::NAME, key.index(), self.keys()),
        }
    }

    /// Returns the places of the values of the key at `index`, if the rows have it.
    #[inline]
    pub(crate) fn find(&self, index: usize) -> Option<Range<usize>> {
        let ends = self.start.get(index..index + 2)?;
        Some(ends[0] as usize..ends[1] as usize)
    }

    #[inline]
    #[track_caller]
    pub(crate) fn row(&self, key: K) -> &[V] {
        &self.value[self.range(key)]
    }

    pub(crate) fn values(&self) -> &[V] {
        &self.value
    }

    /// Returns the key of the row that contains the value at `place`.
    fn key(&self, place: usize) -> K {
        K::from_index(self.start.partition_point(|&start| start as usize <= place) - 1)
    }

    fn keys(&self) -> usize {
        self.start.len() - 1
    }

    pub(crate) fn len(&self) -> usize {
        self.value.len()
    }
}

/// The lengths of rows, counted before the rows are filled, so that no pair is copied. The caller
/// gives the number of keys, as the last rows may be empty.
pub(crate) struct Lengths<K> {
    start: Vec<u32>,
    key: PhantomData<fn(K)>,
}

impl<K: Id> Lengths<K> {
    pub(crate) fn of(keys: usize) -> Self {
        Lengths { start: vec![0; keys + 1], key: PhantomData }
    }

    pub(crate) fn add(&mut self, key: K) {
        self.start[key.index() + 1] += 1;
    }

    /// Returns rows of these lengths, to be filled in any order of keys; `value` and `beside` are
    /// placeholders.
    pub(crate) fn rows<V: Copy, B: Copy>(mut self, value: V, beside: B) -> Filling<K, V, B> {
        let mut sum = 0_u32;
        for length in &mut self.start {
            sum = sum.checked_add(*length).expect("fewer than 2^32 edges");
            *length = sum;
        }
        Filling {
            next: self.start[..self.start.len() - 1].to_vec(),
            start: self.start,
            value: vec![value; sum as usize],
            beside: vec![beside; sum as usize],
            key: PhantomData,
        }
    }
}

/// Rows while they are filled, each from its first place.
pub(crate) struct Filling<K, V, B> {
    start: Vec<u32>,
    next: Vec<u32>,
    value: Vec<V>,
    beside: Vec<B>,
    key: PhantomData<fn(K)>,
}

impl<K: Id, V, B> Filling<K, V, B> {
    pub(crate) fn put(&mut self, key: K, value: V, beside: B) {
        let at = &mut self.next[key.index()];
        self.value[*at as usize] = value;
        self.beside[*at as usize] = beside;
        *at += 1;
    }

    /// Returns the rows, and the array parallel to their values.
    pub(crate) fn freeze(self) -> (Rows<K, V>, Box<[B]>) {
        let rows = Rows { start: self.start.into(), value: self.value.into(), key: PhantomData };
        (rows, self.beside.into())
    }
}

/// A label of an edge: data beside its ends.
pub(crate) trait Label: Copy {
    /// Two edges with the same ends are one edge if the indices of their labels are equal.
    fn index(self) -> usize;
}

impl Label for () {
    fn index(self) -> usize {
        0
    }
}

impl Label for Role {
    fn index(self) -> usize {
        self as usize
    }
}

/// The resolution does not distinguish edges.
impl Label for Resolution {
    fn index(self) -> usize {
        0
    }
}

/// The edges of one relation while they are collected, in text order. Until they are frozen, ids
/// of interned names are provisional.
pub(crate) struct Pairs<S, T, X = ()>(Vec<(S, T, X, Proof)>);

impl<S, T, X> Default for Pairs<S, T, X> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl<S: Id, T: Id> Pairs<S, T> {
    pub(crate) fn push(&mut self, source: S, target: T, proof: Proof) {
        self.0.push((source, target, (), proof));
    }
}

impl<S: Id, T: Id, X: Label> Pairs<S, T, X> {
    pub(crate) fn push_labelled(&mut self, source: S, target: T, label: X, proof: Proof) {
        self.0.push((source, target, label, proof));
    }

    /// Freezes these edges and those of `old` with a kept source into rows of both directions. Of
    /// edges with the same ends and label the first is kept. Linear; for kept edges little more
    /// than a copy.
    pub(crate) fn freeze(
        self,
        old: &Relation<S, T, X>,
        freezer: &mut Freezer<'_>,
    ) -> Relation<S, T, X>
    where
        S: CarriedOver,
        T: CarriedOver,
    {
        let Freezer { tables, carry_over, old_proofs, proofs } = freezer;
        let (sources, targets) = (tables.count(S::KIND), tables.count(T::KIND));
        let mut edges = self.resolved(carry_over).into_iter().peekable();
        let mut forward = Forward::new(proofs);
        for segment in S::id_map(carry_over).kept.iter() {
            forward.read(segment.new, &mut edges);
            forward.keep(old, segment.old.clone(), carry_over, old_proofs);
        }
        forward.read(sources, &mut edges);
        forward.freeze(targets)
    }

    /// Edges by source, each once, with final ids.
    fn resolved(mut self, carry_over: &CarryOver) -> Vec<(S, T, X, Proof)>
    where
        S: CarriedOver,
        T: CarriedOver,
    {
        for edge in &mut self.0 {
            (edge.0, edge.1) = (edge.0.resolved(carry_over), edge.1.resolved(carry_over));
        }
        self.0.sort_by_key(|edge| edge.0); // stable
        let mut source = None;
        let mut seen = Seen::default();
        self.0.retain(|edge| {
            if source.replace(edge.0) != Some(edge.0) {
                seen.clear();
            }
            seen.insert((edge.1, edge.2.index()))
        });
        self.0
    }
}

/// The edges of one source so far. The first ones are searched linearly, the rest is hashed.
struct Seen<E> {
    few: Vec<E>,
    many: HashSet<E>,
}

impl<E> Default for Seen<E> {
    fn default() -> Self {
        Seen { few: Vec::new(), many: HashSet::new() }
    }
}

impl<E: Copy + Eq + Hash> Seen<E> {
    const FEW: usize = 16;

    fn clear(&mut self) {
        self.few.clear();
        self.many.clear();
    }

    /// Adds the edge; returns true if it was not present.
    fn insert(&mut self, edge: E) -> bool {
        if self.few.contains(&edge) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(edge);
            return true;
        }
        self.many.insert(edge)
    }
}

/// The nodes and proofs, old and new, that freezing a relation needs.
pub(crate) struct Freezer<'g> {
    pub(crate) tables: &'g Tables,
    pub(crate) carry_over: &'g CarryOver,
    pub(crate) old_proofs: &'g [Proof],
    /// Proofs of the edges that are frozen so far, by id.
    pub(crate) proofs: Vec<Proof>,
}

/// The forward rows of a relation while they are built, source by source.
struct Forward<'p, S, T, X> {
    /// Id of the first edge of the relation.
    first: usize,
    start: Vec<u32>,
    value: Vec<T>,
    labels: Vec<X>,
    proofs: &'p mut Vec<Proof>,
    key: PhantomData<fn(S)>,
}

impl<'p, S: Id, T: Id, X: Label> Forward<'p, S, T, X> {
    fn new(proofs: &'p mut Vec<Proof>) -> Self {
        let (value, labels) = (Vec::new(), Vec::new());
        Forward { first: proofs.len(), start: vec![0], value, labels, proofs, key: PhantomData }
    }

    /// Appends the rows up to the source `end` from the edges that were read.
    fn read(&mut self, end: usize, edges: &mut Peekable<vec::IntoIter<(S, T, X, Proof)>>) {
        for source in self.start.len() - 1..end {
            while let Some((_, target, label, proof)) =
                edges.next_if(|edge| edge.0.index() == source)
            {
                self.value.push(target);
                self.labels.push(label);
                self.proofs.push(proof);
            }
            self.start.push(to_u32(self.value.len()));
        }
    }

    /// Appends the next rows from an older relation.
    fn keep(
        &mut self,
        old: &Relation<S, T, X>,
        sources: Range<usize>,
        carry_over: &CarryOver,
        proofs: &[Proof],
    ) where
        T: CarriedOver,
    {
        let starts = &old.forward.start[sources.start..=sources.end];
        let places = starts[0] as usize..starts[starts.len() - 1] as usize;
        let here = to_u32(self.value.len());
        self.start.extend(starts[1..].iter().map(|start| start - starts[0] + here));
        let ids = &T::id_map(carry_over).ids;
        self.value.extend(old.forward.value[places.clone()].iter().map(|&id| ids.at(id)));
        self.labels.extend_from_slice(&old.labels[places.clone()]);
        let first = old.first as usize;
        let proofs = &proofs[first + places.start..first + places.end];
        let documents = &carry_over.documents.ids;
        self.proofs.extend(proofs.iter().map(|proof| proof.renumbered(|id| documents.at(id))));
    }

    fn freeze(self, targets: usize) -> Relation<S, T, X> {
        u32::try_from(self.proofs.len()).expect("fewer than 2^32 edges");
        let forward: Rows<S, T> =
            Rows { start: self.start.into(), value: self.value.into(), key: PhantomData };
        let mut lengths = Lengths::of(targets);
        forward.values().iter().for_each(|&target| lengths.add(target));
        let mut backward = lengths.rows(S::from_index(0), 0);
        for source in 0..forward.keys() {
            let source = S::from_index(source);
            for place in forward.range(source) {
                backward.put(forward.value[place], source, to_u32(place));
            }
        }
        let (backward, place) = backward.freeze();
        Relation { first: to_u32(self.first), forward, backward, place, labels: self.labels.into() }
    }
}

/// The edges of one relation, by source and by target.
#[derive(Debug, PartialEq)]
pub(crate) struct Relation<S, T, X = ()> {
    /// Id of the first edge; the others follow in the order of `forward`.
    first: u32,
    forward: Rows<S, T>,
    backward: Rows<T, S>,
    /// Parallel to `backward`: the place of the same edge in `forward`.
    place: Box<[u32]>,
    /// Parallel to `forward`: the label of each edge.
    labels: Box<[X]>,
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Rows { start: [0].into(), value: [].into(), key: PhantomData }
    }
}

impl<S, T, X> Default for Relation<S, T, X> {
    fn default() -> Self {
        let (forward, backward) = (Rows::default(), Rows::default());
        Relation { first: 0, forward, backward, place: [].into(), labels: [].into() }
    }
}

impl<S: Id, T: Id, X: Copy> Relation<S, T, X> {
    #[track_caller]
    pub(crate) fn targets(&self, source: S) -> &[T] {
        self.forward.row(source)
    }

    #[track_caller]
    pub(crate) fn sources(&self, target: T) -> &[S] {
        self.backward.row(target)
    }

    /// Returns the relation without edges.
    pub(crate) fn without_edges(tables: &Tables, proofs: &mut Vec<Proof>) -> Self
    where
        S: TypedId,
        T: TypedId,
        X: Label,
    {
        let mut forward = Forward::new(proofs);
        forward.start.resize(tables.count(S::KIND) + 1, 0);
        forward.freeze(tables.count(T::KIND))
    }

    /// Returns the targets of each source.
    pub(crate) fn forward(&self) -> &Rows<S, T> {
        &self.forward
    }

    /// Returns the sources of each target.
    pub(crate) fn backward(&self) -> &Rows<T, S> {
        &self.backward
    }

    #[track_caller]
    pub(crate) fn labels(&self, source: S) -> &[X] {
        &self.labels[self.forward.range(source)]
    }

    pub(crate) fn label(&self, edge: EdgeId) -> X {
        self.labels[edge.index() - self.first as usize]
    }

    /// Returns the label of an edge, if it is one of this relation.
    pub(crate) fn label_of(&self, edge: EdgeId) -> Option<X> {
        self.labels.get(edge.index().checked_sub(self.first as usize)?).copied()
    }

    /// Returns the source and the target of an edge, if it is one of this relation. O(log
    /// sources).
    pub(crate) fn ends(&self, edge: EdgeId) -> Option<(S, T)> {
        let place = edge.index().checked_sub(self.first as usize)?;
        let target = *self.forward.value.get(place)?;
        Some((self.forward.key(place), target))
    }

    pub(crate) fn edges_from(
        &self,
        source: S,
    ) -> impl ExactSizeIterator<Item = (T, EdgeId)> + DoubleEndedIterator + Clone {
        let range = self.forward.range(source);
        let edges = range.clone().map(|place| self.edge(place));
        self.forward.value[range].iter().copied().zip(edges)
    }

    pub(crate) fn edges_to(
        &self,
        target: T,
    ) -> impl ExactSizeIterator<Item = (S, EdgeId)> + DoubleEndedIterator + Clone {
        let range = self.backward.range(target);
        let edges = self.place[range.clone()].iter().map(|&place| self.edge(place as usize));
        self.backward.value[range].iter().copied().zip(edges)
    }

    /// Returns the ends of every edge, in the order of the edges' ids.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (S, T)> {
        (0..self.forward.keys())
            .map(S::from_index)
            .flat_map(|source| self.targets(source).iter().map(move |&target| (source, target)))
    }

    pub(crate) fn len(&self) -> usize {
        self.forward.len()
    }

    fn edge(&self, place: usize) -> EdgeId {
        EdgeId::from_index(self.first as usize + place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::assemble::kept_ranges::KeptRanges;
    use crate::graph::tables::Parts;
    use crate::graph::{AgencyId, MeasureId};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const KEYS: usize = 12;

    type Duties = Relation<MeasureId, AgencyId>;

    fn tables() -> Tables {
        Tables {
            measures: Parts::number([KEYS].into_iter()),
            agencies: (0..KEYS).map(|name| name.to_string().into()).collect(),
            ..Tables::default()
        }
    }

    /// Freezes a relation over `KEYS` measures and agencies, after seven edges of other relations;
    /// the measures from `kept` on are carried over from `old`.
    fn freeze(pairs: Pairs<MeasureId, AgencyId>, old: &Duties, kept: usize) -> Duties {
        let tables = tables();
        let mut carry_over = CarryOver::default();
        let mut same = KeptRanges::default();
        same.push(0..KEYS, 0);
        carry_over.agencies.ids = same.renumbering(KEYS);
        carry_over.measures.kept.push(kept..KEYS, kept);
        let old_proofs = &[Proof::Vocabulary; 7 + KEYS * KEYS];
        let proofs = vec![Proof::Vocabulary; 7];
        let mut freezer = Freezer { tables: &tables, carry_over: &carry_over, old_proofs, proofs };
        pairs.freeze(old, &mut freezer)
    }

    fn pairs<'s>(
        set: impl IntoIterator<Item = &'s (usize, usize)>,
        times: usize,
    ) -> Pairs<MeasureId, AgencyId> {
        let mut pairs = Pairs::default();
        for &(source, target) in set {
            for _ in 0..times {
                let ends = (MeasureId::from_index(source), AgencyId::from_index(target));
                pairs.push(ends.0, ends.1, Proof::Vocabulary);
            }
        }
        pairs
    }

    fn relation(set: &BTreeSet<(usize, usize)>, times: usize) -> Duties {
        freeze(pairs(set, times), &Relation::default(), KEYS)
    }

    proptest! {
        #[test]
        fn rows_agree_with_a_set_of_pairs(
            set in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
            times in 1..4_usize,
        ) {
            let relation = relation(&set, times);
            prop_assert_eq!(relation.len(), set.len());
            for key in 0..KEYS {
                let targets: Vec<usize> =
                    relation.targets(MeasureId::from_index(key)).iter().map(|t| t.index()).collect();
                let expected: Vec<usize> =
                    set.iter().filter(|pair| pair.0 == key).map(|pair| pair.1).collect();
                prop_assert_eq!(targets, expected);
                let sources: Vec<usize> =
                    relation.sources(AgencyId::from_index(key)).iter().map(|s| s.index()).collect();
                let expected: Vec<usize> =
                    set.iter().filter(|pair| pair.1 == key).map(|pair| pair.0).collect();
                prop_assert_eq!(sources, expected);
            }
        }

        #[test]
        fn rows_carried_over_equal_rows_read(
            set in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
            gone in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
            kept in 0..=KEYS,
        ) {
            let former = |pair: &&(usize, usize)| pair.0 < kept;
            let old = relation(
                &gone.iter().filter(former).chain(set.iter().filter(|pair| !former(pair))).copied().collect(),
                1,
            );
            let carried_over = freeze(pairs(set.iter().filter(former), 1), &old, kept);
            prop_assert_eq!(carried_over, relation(&set, 1));
        }

        #[test]
        fn an_edge_has_one_id_from_both_ends(
            set in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
        ) {
            let relation = relation(&set, 1);
            let mut forward = BTreeSet::new();
            let mut backward = BTreeSet::new();
            for key in 0..KEYS {
                let (source, target) = (MeasureId::from_index(key), AgencyId::from_index(key));
                forward.extend(relation.edges_from(source).map(|(t, edge)| (edge, source, t)));
                backward.extend(relation.edges_to(target).map(|(s, edge)| (edge, s, target)));
            }
            let ids: Vec<usize> = forward.iter().map(|(edge, ..)| edge.index()).collect();
            prop_assert_eq!(ids, (7..7 + set.len()).collect::<Vec<_>>());
            for &(edge, source, target) in &forward {
                prop_assert_eq!(relation.ends(edge), Some((source, target)));
            }
            for outside in [6, 7 + set.len()] {
                prop_assert_eq!(relation.ends(EdgeId::from_index(outside)), None);
            }
            prop_assert_eq!(forward, backward);
        }
    }

    #[test]
    fn a_relation_that_an_older_file_lacks_has_no_edges() {
        let lacking = Duties::without_edges(&tables(), &mut vec![Proof::Vocabulary; 7]);
        assert_eq!(lacking, relation(&BTreeSet::new(), 1));
        assert!(lacking.targets(MeasureId::from_index(KEYS - 1)).is_empty());
    }

    #[test]
    fn a_long_row_has_each_edge_once() {
        let mut seen = Seen::default();
        let firsts = |seen: &mut Seen<u32>| (0..100).filter(|&edge| seen.insert(edge % 50)).count();
        assert_eq!(firsts(&mut seen), 50);
        assert_eq!(firsts(&mut seen), 0);
        seen.clear();
        assert_eq!(firsts(&mut seen), 50);
    }

    #[test]
    fn a_row_keeps_text_order() {
        let [measure, first, second] = [0, 9, 2];
        let measure = MeasureId::from_index(measure);
        let mut pairs = Pairs::default();
        for agency in [first, second, first] {
            pairs.push(measure, AgencyId::from_index(agency), Proof::Vocabulary);
        }
        let relation = freeze(pairs, &Relation::default(), KEYS);
        assert_eq!(format!("{:?}", relation.targets(measure)), "[agency9, agency2]");
    }
}
