//! What a new graph takes over from an old one: runs of nodes that moved together.

use crate::graph::Id;
use std::marker::PhantomData;
use std::ops::Range;

/// Nodes that stand side by side in the old graph and in the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptRange {
    /// Where they stood.
    pub(crate) old: Range<usize>,
    /// Where the first of them stands now.
    pub(crate) new: usize,
}

/// The nodes of one kind that are taken over, ascending in both numberings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KeptRanges<I> {
    segments: Vec<KeptRange>,
    id: PhantomData<fn(I)>,
}

impl<I> Default for KeptRanges<I> {
    fn default() -> Self {
        KeptRanges { segments: Vec::new(), id: PhantomData }
    }
}

impl<I: Id> KeptRanges<I> {
    /// Adds nodes behind those that were added before.
    pub(crate) fn push(&mut self, old: Range<usize>, new: usize) {
        if old.is_empty() {
            return;
        }
        match self.segments.last_mut() {
            Some(last) if last.old.end == old.start && last.new + last.old.len() == new => {
                last.old.end = old.end;
            }
            _ => self.segments.push(KeptRange { old, new }),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &KeptRange> + Clone {
        self.segments.iter()
    }

    /// The new id of an old one that is taken over. O(log segments).
    pub(crate) fn find(&self, old: I) -> Option<I> {
        let place = self.segments.partition_point(|segment| segment.old.end <= old.index());
        let segment = self.segments.get(place)?;
        let beyond = old.index().checked_sub(segment.old.start)?;
        Some(I::from_index(segment.new + beyond))
    }

    /// The new id of each of `count` old ones.
    pub(crate) fn renumbering(&self, count: usize) -> Renumbering<I> {
        let mut ids = vec![None; count];
        for KeptRange { old, new } in &self.segments {
            for (at, id) in old.clone().zip(*new..) {
                ids[at] = Some(I::from_index(id));
            }
        }
        Renumbering(ids)
    }
}

/// The new id of each old one; none of what is gone.
#[derive(Debug)]
pub(crate) struct Renumbering<I>(pub(crate) Vec<Option<I>>);

impl<I: Id> Renumbering<I> {
    pub(crate) fn get(&self, old: I) -> Option<I> {
        self.0[old.index()]
    }

    /// The new id of what is known to stay.
    pub(crate) fn at(&self, old: I) -> I {
        self.get(old).expect("what is taken over leads to what is still there")
    }
}
