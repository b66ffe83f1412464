//! One relation, frozen: for each node the nodes it leads to, side by side.

use super::{EdgeId, Id, Proof, Resolution};
use crate::model::Role;
use std::marker::PhantomData;
use std::ops::Range;

/// The `V`s of each `K`, in the order in which they were given.
#[derive(Debug, PartialEq)]
pub(crate) struct Rows<K, V> {
    start: Box<[u32]>,
    value: Box<[V]>,
    key: PhantomData<fn(K)>,
}

impl<K: Id, V: Copy> Rows<K, V> {
    /// Counts, sums, fills: linear. `keys` is given, not guessed: a last row
    /// without values is still a row.
    pub(crate) fn build(keys: usize, pairs: &[(K, V)]) -> Self {
        assert!(u32::try_from(pairs.len()).is_ok(), "fewer than 2^32 edges");
        let mut start = vec![0; keys + 1];
        for (key, _) in pairs {
            start[key.index() + 1] += 1;
        }
        for key in 0..keys {
            start[key + 1] += start[key];
        }
        let mut next = start.clone();
        let mut value: Vec<V> = pairs.iter().map(|&(_, value)| value).collect();
        for &(key, v) in pairs {
            let at = &mut next[key.index()];
            value[*at as usize] = v;
            *at += 1;
        }
        Rows { start: start.into(), value: value.into(), key: PhantomData }
    }

    pub(crate) fn range(&self, key: K) -> Range<usize> {
        self.start[key.index()] as usize..self.start[key.index() + 1] as usize
    }

    pub(crate) fn row(&self, key: K) -> &[V] {
        &self.value[self.range(key)]
    }

    pub(crate) fn values(&self) -> &[V] {
        &self.value
    }

    /// The row in which a value stands.
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

impl<K, A: Copy, B: Copy> Rows<K, (A, B)> {
    /// The first of each pair as rows, the second beside them.
    pub(crate) fn split(self) -> (Rows<K, A>, Box<[B]>) {
        let (value, beside): (Vec<A>, Vec<B>) = self.value.iter().copied().unzip();
        (Rows { start: self.start, value: value.into(), key: PhantomData }, beside.into())
    }
}

/// What can be said of an edge beside its ends.
pub(crate) trait Label: Copy {
    const COUNT: usize;
    fn index(self) -> usize;
}

impl Label for () {
    const COUNT: usize = 1;

    fn index(self) -> usize {
        0
    }
}

impl Label for Role {
    const COUNT: usize = 4;

    fn index(self) -> usize {
        self as usize
    }
}

/// However a policy was resolved, the edge is one.
impl Label for Resolution {
    const COUNT: usize = 1;

    fn index(self) -> usize {
        0
    }
}

/// The edges of one relation while they are collected, in the order of the text.
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

    /// Both directions as rows; the proofs join those of all edges. Of edges
    /// with the same ends and label the first stands.
    pub(crate) fn freeze(
        mut self,
        sources: usize,
        targets: usize,
        proofs: &mut Vec<Proof>,
    ) -> Relation<S, T, X> {
        self.0.sort_by_key(|edge| edge.0); // stable
        let mut seen = vec![None; targets * X::COUNT];
        self.0.retain(|&(source, target, label, _)| {
            let seen = &mut seen[target.index() * X::COUNT + label.index()];
            seen.replace(source) != Some(source)
        });

        let first = u32::try_from(proofs.len()).expect("fewer than 2^32 edges");
        proofs.extend(self.0.iter().map(|edge| edge.3));
        let forward: Vec<(S, T)> = self.0.iter().map(|edge| (edge.0, edge.1)).collect();
        let places: Vec<(T, (S, u32))> = (0..)
            .zip(&forward)
            .map(|(place, &(source, target))| (target, (source, place)))
            .collect();
        let (backward, place) = Rows::build(targets, &places).split();
        Relation {
            first,
            forward: Rows::build(sources, &forward),
            backward,
            place,
            labels: self.0.iter().map(|edge| edge.2).collect(),
        }
    }
}

/// The edges of one relation, by source and by target.
#[derive(Debug, PartialEq)]
pub(crate) struct Relation<S, T, X = ()> {
    /// The id of its first edge; the others follow in the order of `forward`.
    first: u32,
    forward: Rows<S, T>,
    backward: Rows<T, S>,
    /// Beside `backward`: where the same edge stands in `forward`.
    place: Box<[u32]>,
    /// Beside `forward`: what is said of each edge.
    labels: Box<[X]>,
}

impl<S: Id, T: Id, X: Copy> Relation<S, T, X> {
    pub(crate) fn targets(&self, source: S) -> &[T] {
        self.forward.row(source)
    }

    pub(crate) fn sources(&self, target: T) -> &[S] {
        self.backward.row(target)
    }

    pub(crate) fn labels(&self, source: S) -> &[X] {
        &self.labels[self.forward.range(source)]
    }

    pub(crate) fn label(&self, edge: EdgeId) -> X {
        self.labels[edge.index() - self.first as usize]
    }

    /// What is said of an edge, if it is one of this relation.
    pub(crate) fn label_of(&self, edge: EdgeId) -> Option<X> {
        self.labels.get(edge.index().checked_sub(self.first as usize)?).copied()
    }

    /// Where an edge begins and leads, if it is one of this relation.
    /// O(log sources).
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

    /// Every edge, in the order of its id.
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
    use crate::graph::{AgencyId, MeasureId};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const KEYS: usize = 12;

    fn relation(set: &BTreeSet<(usize, usize)>, twice: bool) -> Relation<MeasureId, AgencyId> {
        let mut pairs = Pairs::default();
        for &(source, target) in set {
            for _ in 0..1 + usize::from(twice) {
                let (source, target) =
                    (MeasureId::from_index(source), AgencyId::from_index(target));
                pairs.push(source, target, Proof::Vocabulary);
            }
        }
        pairs.freeze(KEYS, KEYS, &mut vec![Proof::Vocabulary; 7])
    }

    proptest! {
        #[test]
        fn rows_agree_with_a_set_of_pairs(
            set in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
            twice: bool,
        ) {
            let relation = relation(&set, twice);
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
        fn an_edge_has_one_id_from_both_ends(
            set in prop::collection::btree_set((0..KEYS, 0..KEYS), 0..60),
        ) {
            let relation = relation(&set, false);
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
    fn a_row_keeps_the_order_of_the_text() {
        let [measure, first, second] = [0, 9, 2];
        let measure = MeasureId::from_index(measure);
        let mut pairs = Pairs::default();
        for agency in [first, second, first] {
            pairs.push(measure, AgencyId::from_index(agency), Proof::Vocabulary);
        }
        let relation = pairs.freeze(1, 10, &mut Vec::new());
        assert_eq!(format!("{:?}", relation.targets(measure)), "[agency9, agency2]");
    }
}
