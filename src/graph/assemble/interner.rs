//! Interning of names while documents are processed.

use super::kept_ranges::{KeptRanges, Renumbering};
use crate::graph::Id;
use crate::graph::carry_over::IdMap;
use crate::graph::tables::NameTable;
use indexmap::IndexSet;

/// The names of one kind: those of the old graph with their ids there, then new
/// ones in the order met. Names that are not in use are dropped at the end.
pub(crate) struct Interner<'o, I> {
    old: &'o NameTable<I>,
    new: IndexSet<Box<str>>,
    in_use: Vec<bool>,
    /// Number of names in use that keep their order; the names after them are sorted.
    fixed: usize,
}

impl<'o, I: Id> Interner<'o, I> {
    /// * `in_use`: returns true for an old name that an edge copied from the old graph uses.
    pub(crate) fn new(old: &'o NameTable<I>, in_use: impl Fn(I) -> bool) -> Self {
        let in_use = (0..old.len()).map(|at| in_use(I::from_index(at))).collect();
        Interner { old, new: IndexSet::new(), in_use, fixed: 0 }
    }

    /// Returns the id of a name and marks it as in use.
    pub(crate) fn intern(&mut self, name: &str) -> I {
        let id = self.place(name);
        self.mark_in_use(id);
        id
    }

    /// Does what [`intern`](Self::intern) does, and pushes the id to `open` if the name was
    /// not in use before.
    pub(crate) fn intern_open(&mut self, name: &str, open: &mut Vec<I>) -> I {
        let id = self.place(name);
        self.mark_in_use_open(id, open);
        id
    }

    fn place(&mut self, name: &str) -> I {
        let place = self.old.id(name).map(Id::index).unwrap_or_else(|| {
            let place = match self.new.get_index_of(name) {
                Some(place) => place,
                None => self.new.insert_full(name.into()).0,
            };
            self.old.len() + place
        });
        if place == self.in_use.len() {
            self.in_use.push(false);
        }
        I::from_index(place)
    }

    /// Marks a name as in use. Returns true if it was not before.
    pub(crate) fn mark_in_use(&mut self, id: I) -> bool {
        !std::mem::replace(&mut self.in_use[id.index()], true)
    }

    /// Marks a name as in use, and pushes its id to `open` if it was not before.
    pub(crate) fn mark_in_use_open(&mut self, id: I, open: &mut Vec<I>) {
        if self.mark_in_use(id) {
            open.push(id);
        }
    }

    /// Returns true for a name of the old graph.
    pub(crate) fn is_old(&self, id: I) -> bool {
        id.index() < self.old.len()
    }

    pub(crate) fn name(&self, id: I) -> &str {
        match id.index().checked_sub(self.old.len()) {
            Some(place) => &self.new[place],
            None => self.old.name(id),
        }
    }

    /// Returns the ids of the names in use, ascending.
    pub(crate) fn in_use(&self) -> impl Iterator<Item = I> {
        (0..self.in_use.len()).map(I::from_index).filter(|id| self.in_use[id.index()])
    }

    /// Keeps the order of the first `count` names in use.
    pub(crate) fn keep_order(&mut self, count: usize) {
        self.fixed = count;
    }

    /// Returns the names in use and the final id of each: those that keep their order, then the
    /// others sorted.
    pub(crate) fn freeze(self) -> (NameTable<I>, IdMap<I>) {
        let mut used: Vec<I> = self.in_use().collect();
        used[self.fixed..].sort_by_key(|&id| self.name(id));
        let mut ids = vec![None; self.in_use.len()];
        for (place, id) in used.iter().enumerate() {
            ids[id.index()] = Some(I::from_index(place));
        }
        let names = match self.new.is_empty() && used.len() == self.old.len() {
            true => self.old.clone(),
            false => used.iter().map(|&id| self.name(id).into()).collect(),
        };
        (names, IdMap { kept: KeptRanges::default(), ids: Renumbering(ids) })
    }
}
