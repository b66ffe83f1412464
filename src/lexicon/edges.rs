use super::dictionary::first_bytes;
use crate::number::to_u32;
use crate::text::CharFilter;
use std::cmp::Reverse;

/// The words of a list by their first, or by their last, character.
///
/// It is small: the lists that a document needs, the code that reads it, and its text have to share
/// the cache of a core.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// The characters at that edge of the words. A text is searched at a few instructions a character.
    chars: CharFilter,
    /// The end in `edges` of the words of each entry of `chars`.
    ends: Box<[u32]>,
    /// Entry by entry, longer words first.
    edges: Box<[Edge]>,
}

/// The first or last bytes of a word, by which it is told from nearly all texts. A lookup reads no more
/// of the list, unless the word is longer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// As [`first_bytes`] or [`last_bytes`] returns them.
    bytes: u64,
    /// The start of the word in the text of the list.
    pub(super) start: u32,
    /// Its length in bytes.
    len: u16,
}

impl Edges {
    /// By first character. A word with a zero byte or of more than 65,535 bytes, which the check of a
    /// vocabulary refuses, has no edge, nor has an empty one.
    ///
    /// * `starts`: the start of each word in the text of the list.
    pub(super) fn first(words: &[String], starts: impl Iterator<Item = u32>) -> Self {
        let edge = |word: &str| Some((word.chars().next()?, first_bytes(word.as_bytes())));
        Edges::new(words, starts, edge)
    }

    /// By last character.
    pub(super) fn last(words: &[String], starts: impl Iterator<Item = u32>) -> Self {
        Edges::new(words, starts, |word| Some((word.chars().next_back()?, last_bytes(word))))
    }

    fn new(
        words: &[String],
        starts: impl Iterator<Item = u32>,
        edge: fn(&str) -> Option<(char, u64)>,
    ) -> Self {
        let edge = |word: &str, start| {
            let (c, bytes) = edge(word)?;
            let len = u16::try_from(word.len()).ok().filter(|_| !word.contains('\0'))?;
            Some((c, Edge { bytes, start, len }))
        };
        let edges = words.iter().zip(starts).filter_map(|(word, start)| edge(word, start));
        let mut edges: Vec<(char, Edge)> = edges.collect();
        let chars: CharFilter = edges.iter().map(|&(c, _)| c).collect();
        edges.sort_by_key(|&(c, edge)| (chars.index(c), Reverse(edge.len), edge.start));
        let entries = edges.chunk_by(|&(a, _), &(b, _)| chars.index(a) == chars.index(b));
        let ends = entries.scan(0, |end, entry| {
            *end += entry.len();
            Some(to_u32(*end))
        });
        let ends = ends.collect();
        Edges { chars, ends, edges: edges.into_iter().map(|(_, edge)| edge).collect() }
    }

    /// Returns false for a character that no word has at its edge.
    pub(super) fn may_have(&self, c: char) -> bool {
        self.chars.may_contain(c)
    }

    /// Returns the words that may be at the edge of a text, longest first.
    ///
    /// * `c`: its character there, which [`Self::may_have`] must allow.
    /// * `bytes`: its bytes there, as [`first_bytes`] or [`last_bytes`] returns them.
    pub(super) fn candidates(&self, c: char, bytes: u64) -> impl Iterator<Item = &Edge> {
        let index = self.chars.index(c);
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let edges = self.edges[start as usize..self.ends[index] as usize].iter();
        edges.filter(move |edge| edge.may_be(bytes))
    }
}

impl Edge {
    /// Returns false for the bytes of a text that does not have the word at its edge.
    fn may_be(&self, bytes: u64) -> bool {
        let others = self.bytes.leading_zeros() / u8::BITS * u8::BITS;
        bytes << others == self.bytes << others
    }

    /// Returns true if the word has no other bytes.
    pub(super) fn is_whole(&self) -> bool {
        self.bytes.leading_zeros() >= u8::BITS
    }

    pub(super) fn len(&self) -> usize {
        usize::from(self.len)
    }
}

/// Returns the last eight bytes of a text, the last one lowest; zeros stand for those it does not
/// have.
pub(super) fn last_bytes(text: &str) -> u64 {
    let text = text.as_bytes();
    u64::from_be_bytes(text.last_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; size_of::<u64>()];
        padded[size_of::<u64>() - text.len()..].copy_from_slice(text);
        padded
    }))
}
