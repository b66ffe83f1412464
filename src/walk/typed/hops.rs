//! One hop from many nodes, row by row.

use std::iter::Copied;
use std::ops::Range;
use std::slice::Iter;

/// The nodes that a hop from one node leads to.
pub trait Row: Iterator + Sized {
    /// Appends the next row if it directly follows this one in memory. Returns false
    /// if it does not.
    fn join(&mut self, next: &Self) -> bool;
}

/// A row as a range of the values of all rows.
#[derive(Clone)]
pub struct RowSlice<'g, T> {
    values: &'g [T],
    rest: Range<usize>,
}

impl<'g, T: Copy> RowSlice<'g, T> {
    #[inline]
    pub(super) fn new(values: &'g [T], rest: Range<usize>) -> Self {
        RowSlice { values, rest }
    }

    fn iter(self) -> Copied<Iter<'g, T>> {
        self.values[self.rest].iter().copied()
    }
}

impl<T: Copy> Iterator for RowSlice<'_, T> {
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

impl<T: Copy> Row for RowSlice<'_, T> {
    #[inline]
    fn join(&mut self, next: &Self) -> bool {
        let joins = self.rest.end == next.rest.start;
        if joins {
            self.rest.end = next.rest.end;
        }
        joins
    }
}

/// A row that is never joined: each of its positions has a path or a role of its own.
pub(super) struct SeparateRow<J>(pub(super) J);

impl<J: Iterator> Iterator for SeparateRow<J> {
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

impl<J: Iterator> Row for SeparateRow<J> {
    #[inline]
    fn join(&mut self, _: &Self) -> bool {
        false
    }
}

/// The rows of a hop, concatenated: a forward-only `flat_map`, without the back
/// iterator that std checks on each `next`.
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

    /// Exact in the last row.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.row.as_ref().map_or((0, Some(0)), J::size_hint);
        (lower, upper.filter(|_| self.from.size_hint().1 == Some(0)))
    }

    /// Reads rows that are adjacent in memory as one slice: most rows are short, and
    /// the end of each would be a branch misprediction.
    fn fold<B, G: FnMut(B, J::Item) -> B>(self, init: B, mut f: G) -> B {
        let Hops { from, mut hop, row } = self;
        let mut last = row;
        let folded = from.fold(init, |folded, position| {
            let next = hop(position);
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

    /// Adds up the lengths of the rows without reading them.
    fn count(self) -> usize {
        let Hops { from, mut hop, row } = self;
        row.map_or(0, J::count) + from.map(|position| hop(position).count()).sum::<usize>()
    }
}
