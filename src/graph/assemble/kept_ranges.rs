//! Ranges of nodes that a new graph keeps from an old one.

use crate::graph::Id;
use std::marker::PhantomData;
use std::ops::Range;

/// Nodes with consecutive ids in the old graph and in the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptRange {
    /// Their old ids.
    pub(crate) old: Range<usize>,
    /// The new id of the first.
    pub(crate) new: usize,
}

/// The kept nodes of one kind, ascending by old and by new ids.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KeptRanges<I> {
    ranges: Vec<KeptRange>,
    id: PhantomData<fn(I)>,
}

impl<I> Default for KeptRanges<I> {
    fn default() -> Self {
        KeptRanges { ranges: Vec::new(), id: PhantomData }
    }
}

impl<I: Id> KeptRanges<I> {
    /// Adds nodes after all nodes before.
    pub(crate) fn push(&mut self, old: Range<usize>, new: usize) {
        if old.is_empty() {
            return;
        }
        match self.ranges.last_mut() {
            Some(last) if last.old.end == old.start && last.new + last.old.len() == new => {
                last.old.end = old.end;
            }
            _ => self.ranges.push(KeptRange { old, new }),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &KeptRange> + Clone {
        self.ranges.iter()
    }

    /// Returns the new id of a kept node. O(log ranges).
    pub(crate) fn find(&self, old: I) -> Option<I> {
        let at = self.ranges.partition_point(|range| range.old.end <= old.index());
        let range = self.ranges.get(at)?;
        let offset = old.index().checked_sub(range.old.start)?;
        Some(I::from_index(range.new + offset))
    }

    /// Returns the new id of each of `count` old nodes.
    pub(crate) fn renumbering(&self, count: usize) -> Renumbering<I> {
        let mut ids = vec![None; count];
        for KeptRange { old, new } in &self.ranges {
            for (at, id) in old.clone().zip(*new..) {
                ids[at] = Some(I::from_index(id));
            }
        }
        Renumbering(ids)
    }
}

/// The new id of each old node; `None` for a removed one.
#[derive(Debug)]
pub(crate) struct Renumbering<I>(pub(crate) Vec<Option<I>>);

impl<I: Id> Renumbering<I> {
    pub(crate) fn get(&self, old: I) -> Option<I> {
        self.0[old.index()]
    }

    /// Returns the new id of a node that is not removed. Panics if it is.
    pub(crate) fn at(&self, old: I) -> I {
        self.get(old).expect("a copied edge leads to a node that is not removed")
    }
}
