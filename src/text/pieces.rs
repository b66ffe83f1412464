use super::{Origin, Source, Span};
use std::ops::Range;

/// Builds a text of pieces of another one, with a map back to it.
pub(super) struct Pieces {
    pub text: String,
    /// [`Origin::pieces`] without the last one.
    pub pieces: Vec<(u32, Span)>,
}

impl Pieces {
    /// Starts a text of at most `capacity` bytes.
    pub(super) fn new(capacity: usize) -> Self {
        Pieces { text: String::with_capacity(capacity), pieces: Vec::new() }
    }

    /// Appends `words`, which are at `place` of the other text or replace what is there.
    pub(super) fn push(&mut self, words: &str, place: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let here = self.text.len();
        let place = Span::new(place.start, place.end);
        self.text.push_str(words);
        match self.pieces.last_mut() {
            // Continues the last piece, byte by byte.
            Some((piece, last))
                if last.end == place.start
                    && words.len() == (place.end - place.start) as usize
                    && here - *piece as usize == (last.end - last.start) as usize =>
            {
                last.end = place.end;
            }
            _ => self.pieces.push((here as u32, place)),
        }
    }

    /// Appends a separator that is not in the other text.
    #[cfg(feature = "html")]
    pub(super) fn separate(&mut self, mark: &str) {
        let end = self.pieces.last().map_or(0, |(_, place)| place.end as usize);
        self.push(mark, end..end);
    }

    /// Appends `range` of `other`.
    #[cfg(feature = "html")]
    pub(super) fn copy(&mut self, other: &Pieces, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let next = other.pieces.partition_point(|&(piece, _)| piece as usize <= at);
            let (piece, place) = other.pieces[next - 1];
            let after =
                other.pieces.get(next).map_or(other.text.len(), |&(after, _)| after as usize);
            let end = after.min(range.end);
            let (piece, start) = (piece as usize, place.start as usize);
            let place = match (place.end - place.start) as usize == after - piece {
                true => start + at - piece..start + end - piece,
                false => start..place.end as usize,
            };
            self.push(&other.text[at..end], place);
            at = end;
        }
    }

    /// Returns the text with its map back to the origin of the other one.
    pub(super) fn finish(mut self, origin: Origin) -> Source {
        let end = self.pieces.last().map_or(0, |(_, place)| place.end);
        self.pieces.push((self.text.len() as u32, Span { start: end, end }));
        let pieces =
            self.pieces.into_iter().map(|(piece, place)| (piece, origin.place(place))).collect();
        Source { text: self.text, origin: Origin { pieces, ..origin } }
    }
}
