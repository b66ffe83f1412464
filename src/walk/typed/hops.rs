//! One hop from many nodes, row by row.

use std::iter::Copied;
use std::ops::Range;
use std::slice::Iter;

/// What one node leads to.
pub trait Row: Iterator + Sized {
    /// Takes the next row in, if it stands right behind this one.
    fn join(&mut self, next: &Self) -> bool;
}

/// A row of ids: part of the values of all rows.
#[derive(Clone)]
pub struct Ends<'g, T> {
    values: &'g [T],
    rest: Range<usize>,
}

impl<'g, T: Copy> Ends<'g, T> {
    #[inline]
    pub(super) fn new(values: &'g [T], rest: Range<usize>) -> Self {
        Ends { values, rest }
    }

    fn iter(self) -> Copied<Iter<'g, T>> {
        self.values[self.rest].iter().copied()
    }
}

impl<T: Copy> Iterator for Ends<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.rest.next().map(|place| self.values[place])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }

    fn count(self) -> usize {
        self.rest.len()
    }

    #[inline]
    fn fold<B, F: FnMut(B, T) -> B>(self, init: B, f: F) -> B {
        self.iter().fold(init, f)
    }
}

impl<T: Copy> Row for Ends<'_, T> {
    #[inline]
    fn join(&mut self, next: &Self) -> bool {
        let joins = self.rest.end == next.rest.start;
        if joins {
            self.rest.end = next.rest.end;
        }
        joins
    }
}

/// A row that stands for itself: a path knows where it comes from.
pub(super) struct Apart<J>(pub(super) J);

impl<J: Iterator> Iterator for Apart<J> {
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn count(self) -> usize {
        self.0.count()
    }
}

impl<J: Iterator> Row for Apart<J> {
    #[inline]
    fn join(&mut self, _: &Self) -> bool {
        false
    }
}

/// The rows to which a hop leads, one after the other: what `flat_map` does,
/// less its other end, which every `next` would have to ask after.
pub(super) struct Hops<I, F, J> {
    from: I,
    hop: F,
    row: Option<J>,
}

impl<I: Iterator, F: FnMut(I::Item) -> J, J: Row> Hops<I, F, J> {
    pub(super) fn new(from: I, hop: F) -> Self {
        Hops { from, hop, row: None }
    }
}

impl<I: Iterator, F: FnMut(I::Item) -> J, J: Row> Iterator for Hops<I, F, J> {
    type Item = J::Item;

    #[inline]
    fn next(&mut self) -> Option<J::Item> {
        loop {
            if let Some(end) = self.row.as_mut().and_then(J::next) {
                return Some(end);
            }
            self.row = Some((self.hop)(self.from.next()?));
        }
    }

    /// Exact once no row is left to come.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (least, most) = self.row.as_ref().map_or((0, Some(0)), J::size_hint);
        (least, most.filter(|_| self.from.size_hint().1 == Some(0)))
    }

    /// Rows that stand side by side are read as one: the ends of every measure,
    /// say, are one slice. Most rows are short, and where each ends is what a
    /// processor cannot guess.
    fn fold<B, G: FnMut(B, J::Item) -> B>(self, init: B, mut f: G) -> B {
        let Hops { from, mut hop, row } = self;
        let mut last = row;
        let folded = from.fold(init, |folded, stop| {
            let next = hop(stop);
            if last.as_mut().is_some_and(|row| row.join(&next)) {
                return folded;
            }
            match last.replace(next) {
                Some(row) => row.fold(folded, &mut f),
                None => folded,
            }
        });
        last.into_iter().flatten().fold(folded, f)
    }

    /// Reads how long the rows are, not what is in them.
    fn count(self) -> usize {
        let Hops { from, mut hop, row } = self;
        row.map_or(0, J::count) + from.map(|stop| hop(stop).count()).sum::<usize>()
    }
}
