use super::{Origin, Place, Source, Span};
use crate::number::to_u32;
use std::ops::Range;

/// Builds a text of pieces of another one, with a map back to it.
pub(super) struct Pieces<'o> {
    /// The other text.
    other: &'o str,
    pub text: String,
    map: Map,
}

impl<'o> Pieces<'o> {
    /// Starts a text of about `capacity` bytes.
    pub(super) fn new(other: &'o str, capacity: usize) -> Self {
        Pieces { other, text: String::with_capacity(capacity), map: Map::default() }
    }

    /// Appends `words`, which are at `place` of the other text or replace what is there.
    pub(super) fn push(&mut self, words: &str, place: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(words);
        match self.other.get(place.clone()) == Some(words) {
            true => self.map.push(words.len(), place),
            false => self.map.replace(&self.text, start..self.text.len(), place),
        }
    }

    /// Appends a separator that is not in the other text.
    #[cfg(feature = "html")]
    pub(super) fn separate(&mut self, mark: &str) {
        let end = self.map.pieces.last().map_or(0, |(_, place)| place.end as usize);
        self.push(mark, end..end);
    }

    /// Appends `range` of a text that is made of pieces of the same other text.
    #[cfg(feature = "html")]
    pub(super) fn copy(&mut self, from: &Pieces, range: Range<usize>) {
        self.text.push_str(&from.text[range.clone()]);
        self.map.extend(&self.text, &from.map.pieces, from.text.len(), range);
    }

    /// Returns the text with a map to the file that the other text is from.
    ///
    /// * `origin`: origin of the other text.
    /// * `left_out`: number of bytes after the other text.
    pub(super) fn finish(self, origin: Origin, left_out: usize) -> Source {
        let Pieces { text, map, .. } = self;
        let mut pieces = map.through(&text, self.other.len(), &origin).pieces;
        let end = pieces.last().map_or(0, |(_, place)| place.end);
        pieces.push((to_u32(text.len()), Span { start: end, end }));
        Source { text, origin: Origin { pieces, ..origin }, left_out }
    }
}

/// Returns the origin of a part of `text`, which has the origin `whole`.
pub(super) fn part_of_origin(text: &str, whole: &Origin, range: Range<usize>) -> Origin {
    let offset = whole.bytes(Span::new(range.start, range.end)).start;
    let (file, encoding) = (whole.file.clone(), whole.encoding.clone());
    let mut pieces = Vec::new();
    if !whole.pieces.is_empty() {
        let mut map = Map::default();
        map.extend(&text[range.clone()], &whole.pieces, text.len(), range.clone());
        pieces = map.pieces;
        let end = pieces.last().map_or(offset, |(_, place)| place.end);
        pieces.push((to_u32(range.len()), Span { start: end, end }));
    }
    let places = part_of_places(&whole.places, &range);
    Origin { file, encoding, offset, pieces, places }
}

/// Returns the places of a part of a text.
fn part_of_places(places: &[(u32, Place)], range: &Range<usize>) -> Vec<(u32, Place)> {
    let after = places.partition_point(|&(start, _)| start as usize <= range.start);
    let end = places.partition_point(|&(start, _)| (start as usize) < range.end);
    let first = after.saturating_sub(1);
    let start = to_u32(range.start);
    let part = places.get(first..end.max(first)).unwrap_or_default();
    part.iter().map(|&(at, place)| (at.saturating_sub(start), place)).collect()
}

/// The start of each piece of a text, and its place in another text, as in [`Origin::pieces`] without
/// the last one.
#[derive(Default)]
struct Map {
    /// Length of the text.
    len: usize,
    pieces: Vec<(u32, Span)>,
}

impl Map {
    /// Adds a piece of `len` bytes. If `place` has the same length, it has the same bytes, or one
    /// character is in place of others.
    fn push(&mut self, len: usize, place: Range<usize>) {
        if len == 0 {
            return;
        }
        let here = self.len;
        self.len += len;
        let (exact, place) = (len == place.len(), Span::new(place.start, place.end));
        match self.pieces.last_mut() {
            // Continues the last piece, byte by byte.
            Some((piece, last))
                if exact
                    && last.end == place.start
                    && here - *piece as usize == (last.end - last.start) as usize =>
            {
                last.end = place.end;
            }
            _ => self.pieces.push((to_u32(here), place)),
        }
    }

    /// Adds `words` of the text, which are in place of others.
    fn replace(&mut self, text: &str, words: Range<usize>, place: Range<usize>) {
        let second = (words.start + 1..words.end).find(|&at| text.is_char_boundary(at));
        match second {
            // One piece of the length of its place would be taken for the bytes there.
            Some(second) if words.len() == place.len() => {
                self.push(second - words.start, place.clone());
                self.push(words.end - second, place);
            }
            _ => self.push(words.len(), place),
        }
    }

    /// Adds the last bytes of `text`, which are `range` of a text of `len` bytes with `pieces`.
    fn extend(&mut self, text: &str, pieces: &[(u32, Span)], len: usize, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let next = pieces.partition_point(|&(piece, _)| piece as usize <= at);
            let (piece, place) = pieces[next.saturating_sub(1)];
            let after = pieces.get(next).map_or(len, |&(after, _)| after as usize).max(at + 1);
            let (piece, place) = (piece as usize, place.start as usize..place.end as usize);
            let end = after.min(range.end);
            if after - piece == place.len() {
                let start = place.start + (at - piece);
                self.push(end - at, start..start + (end - at));
            } else {
                self.replace(text, self.len..self.len + (end - at), place);
            }
            at = end;
        }
    }

    /// Returns the map of `text` to the file that the other text, of `len` bytes, is from.
    fn through(mut self, text: &str, len: usize, origin: &Origin) -> Map {
        if origin.pieces.is_empty() {
            self.pieces.iter_mut().for_each(|(_, place)| *place = origin.bytes(*place));
            return self;
        }
        let mut whole = Map::default();
        for (index, &(piece, place)) in self.pieces.iter().enumerate() {
            let next = self.pieces.get(index + 1).map_or(self.len, |&(next, _)| next as usize);
            let words = piece as usize..next;
            if words.len() == (place.end - place.start) as usize {
                let place = place.start as usize..place.end as usize;
                whole.extend(text, &origin.pieces, len, place);
            } else {
                let place = origin.bytes(place);
                whole.replace(text, words, place.start as usize..place.end as usize);
            }
        }
        whole
    }
}
