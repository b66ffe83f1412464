//! Names become ids while documents are read.

use super::kept_ranges::{KeptRanges, Renumbering};
use crate::graph::Id;
use crate::graph::carry_over::IdMap;
use crate::graph::tables::Names;
use indexmap::IndexSet;

/// The names of one kind: those of the old graph by their ids there, new ones
/// behind them in the order met. Only those that something calls for stay.
pub(crate) struct Interner<'o, I> {
    old: &'o Names<I>,
    new: IndexSet<Box<str>>,
    called: Vec<bool>,
}

impl<'o, I: Id> Interner<'o, I> {
    /// `called`: which of the old names the documents that are taken over call for.
    pub(crate) fn new(old: &'o Names<I>, called: impl Fn(I) -> bool) -> Self {
        let called = (0..old.len()).map(|at| called(I::from_index(at))).collect();
        Interner { old, new: IndexSet::new(), called }
    }

    /// The id of a name that is called for.
    pub(crate) fn intern(&mut self, name: &str) -> I {
        let id = self.place(name);
        self.call(id);
        id
    }

    /// The same; if nothing has called for it before, it joins `open`.
    pub(crate) fn intern_open(&mut self, name: &str, open: &mut Vec<I>) -> I {
        let id = self.place(name);
        self.call_open(id, open);
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
        if place == self.called.len() {
            self.called.push(false);
        }
        I::from_index(place)
    }

    /// Calls for an id; whether nothing has before.
    pub(crate) fn call(&mut self, id: I) -> bool {
        !std::mem::replace(&mut self.called[id.index()], true)
    }

    /// The same; if nothing has, it joins `open`.
    pub(crate) fn call_open(&mut self, id: I, open: &mut Vec<I>) {
        if self.call(id) {
            open.push(id);
        }
    }

    /// Whether the old graph knows it.
    pub(crate) fn is_old(&self, id: I) -> bool {
        id.index() < self.old.len()
    }

    pub(crate) fn name(&self, id: I) -> &str {
        match id.index().checked_sub(self.old.len()) {
            Some(place) => &self.new[place],
            None => self.old.name(id),
        }
    }

    /// The ids that something calls for, ascending.
    pub(crate) fn called(&self) -> impl Iterator<Item = I> {
        (0..self.called.len()).map(I::from_index).filter(|id| self.called[id.index()])
    }

    /// The names that stay: the first `fixed` in their order, the others sorted;
    /// and the new id of each.
    pub(crate) fn freeze(self, fixed: usize) -> (Names<I>, IdMap<I>) {
        let mut staying: Vec<I> = self.called().collect();
        staying[fixed..].sort_by_key(|&id| self.name(id));
        let mut ids = vec![None; self.called.len()];
        for (place, id) in staying.iter().enumerate() {
            ids[id.index()] = Some(I::from_index(place));
        }
        let names = match self.new.is_empty() && staying.len() == self.old.len() {
            true => self.old.clone(),
            false => staying.iter().map(|&id| self.name(id).into()).collect(),
        };
        (names, IdMap { kept: KeptRanges::default(), ids: Renumbering(ids) })
    }
}
