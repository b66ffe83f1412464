use super::table::invalid;
use crate::error::Error;
use crate::number::to_u32;
use std::ops::Range;

/// A word that a text can contain and a [`Dictionary`] can find. An empty one would be at each place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'w>(&'w str);

impl<'w> Word<'w> {
    /// Maximum length in bytes.
    const MAX_LEN: usize = 1000;

    /// Checks a word: it is not empty, not longer than [`Self::MAX_LEN`], and has no blanks around
    /// it and no control characters, as the reader's view of a text has neither.
    ///
    /// # Errors
    ///
    /// The fault of the word, and advice.
    pub(crate) fn new(word: &'w str) -> Result<Self, &'static str> {
        if word.is_empty() {
            Err("a word is empty; leave it out")
        } else if word.len() > Self::MAX_LEN {
            Err("a word is longer than 1000 bytes; shorten it")
        } else if word.trim() != word {
            Err("a word begins or ends with a blank; remove it")
        } else if word.contains(char::is_control) {
            Err("a word contains a control character; remove it")
        } else {
            Ok(Word(word))
        }
    }
}

/// A word of a [`Dictionary`] in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) range: Range<usize>,
    /// The number of the word.
    pub(crate) word: u32,
}

/// A set of words, which finds the leftmost-longest of them in a text.
///
/// At most places of a text no word begins: a filter tells that by the next two characters. At the
/// others a trie is followed from the node that these lead to. An automaton, which reads no character
/// twice, takes longer (`docs/benchmarks.md`), as it waits for a node at each character.
#[derive(Clone)]
pub(crate) struct Dictionary {
    /// The root, and the nodes below each node directly after one another, so that the path of a word
    /// takes few lines of the cache. The children of a node are neighbours, ascending by character.
    nodes: Vec<Node>,
    openings: Openings,
}

#[derive(Clone, Copy)]
struct Node {
    /// The character that leads to it.
    c: char,
    /// Its first child.
    first_child: u32,
    /// Number of its children.
    children: u32,
    /// The number of the word that ends here, or [`NO_WORD`].
    word: u32,
}

const NO_WORD: u32 = u32::MAX;

impl Node {
    fn new(c: char) -> Self {
        Node { c, first_child: 0, children: 0, word: NO_WORD }
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Dictionary::of_sorted(&[])
    }
}

impl Dictionary {
    /// Makes the dictionary of `words`, which are distinct, numbered in order. O(n log n).
    ///
    /// # Errors
    ///
    /// If two of the words are equal.
    pub(crate) fn new<'w>(words: impl Iterator<Item = Word<'w>>) -> Result<Self, Error> {
        let mut words: Vec<(&str, u32)> = words.map(|Word(word)| word).zip(0..).collect();
        words.sort_unstable();
        if let Some(twice) = words.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let problem = format!("{}: the word is there twice", start(twice[0].0));
            return Err(invalid("vocabularies", problem));
        }
        Ok(Dictionary::of_sorted(&words))
    }

    fn of_sorted(words: &[(&str, u32)]) -> Self {
        let mut dictionary = Dictionary { nodes: nodes(words), openings: Openings::default() };
        let mut keys: Vec<(Key, u32)> = Vec::new();
        for (word, _) in words {
            let opening = Opening::of(word.as_bytes());
            let whole = word.is_char_boundary(Key::LEN);
            let len = if whole { Key::LEN } else { opening.char_len() };
            let node = word[..len].chars().try_fold(0, |node, c| dictionary.child(node, c));
            keys.push((opening.first(len), to_u32(node.expect("a node of each word"))));
        }
        keys.sort_unstable();
        keys.dedup();
        dictionary.openings = Openings::of(&keys);
        dictionary
    }

    /// Makes the dictionary of `words`, each of which is checked.
    ///
    /// # Errors
    ///
    /// See [`Word::new`] and [`Dictionary::new`].
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Result<Self, Error> {
        let checked = |word| {
            Word::new(word)
                .map_err(|problem| invalid("vocabularies", format!("{}: {problem}", start(word))))
        };
        Self::new(words.map(checked).collect::<Result<Vec<_>, _>>()?.into_iter())
    }

    /// Returns the words in `text`, ascending and disjoint. O(n · longest word), which a [`Word`] limits.
    pub(crate) fn find(&self, text: &str) -> impl Iterator<Item = Match> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < text.len() {
                let opening = Opening::of(&text.as_bytes()[at..]);
                let len = opening.char_len();
                let keys = [opening.first(Key::LEN), opening.first(len)];
                // Both at once, as a branch takes longer.
                if self.openings.may_have(keys[0]) | self.openings.may_have(keys[1])
                    && let Some((len, word)) = self.longest(&text[at..], keys, len)
                {
                    let start = at;
                    at += len;
                    return Some(Match { range: start..at, word });
                }
                at += len;
            }
            None
        })
    }

    /// Returns the length and the number of the longest word that begins a text.
    ///
    /// * `keys`: the first bytes of the text, and its first character, which has `len` bytes.
    fn longest(&self, text: &str, keys: [Key; 2], len: usize) -> Option<(usize, u32)> {
        let from = |key, depth| self.longest_from(text, self.openings.node(key)?, depth);
        from(keys[0], Key::LEN).or_else(|| from(keys[1], len))
    }

    /// Returns the length and the number of the longest word that begins a text and passes through a
    /// node, to which the first `depth` bytes of the text lead.
    fn longest_from(&self, text: &str, mut node: usize, depth: usize) -> Option<(usize, u32)> {
        let mut len = depth;
        let mut longest = None;
        loop {
            let word = self.nodes[node].word;
            if word != NO_WORD {
                longest = Some((len, word));
            }
            let Some(c) = text[len..].chars().next() else { break };
            let Some(child) = self.child(node, c) else { break };
            node = child;
            len += c.len_utf8();
        }
        longest
    }

    fn child(&self, node: usize, c: char) -> Option<usize> {
        let Node { first_child, children, .. } = self.nodes[node];
        let first = first_child as usize;
        let children = &self.nodes[first..first + children as usize];
        children.binary_search_by_key(&c, |child| child.c).ok().map(|child| first + child)
    }
}

/// Makes the nodes of words, which ascend.
fn nodes(words: &[(&str, u32)]) -> Vec<Node> {
    let mut nodes = vec![Node::new('\0')];
    // Nodes without children yet, the words that pass through each, and its depth in bytes.
    let mut open = vec![(0, words, 0)];
    while let Some((node, mut rest, depth)) = open.pop() {
        if let Some(((word, number), longer)) = rest.split_first()
            && word.len() == depth
        {
            nodes[node].word = *number;
            rest = longer;
        }
        let (first, below) = (nodes.len(), open.len());
        while let Some(c) = rest.first().and_then(|(word, _)| word[depth..].chars().next()) {
            let same = rest.partition_point(|(word, _)| word[depth..].starts_with(c));
            open.push((nodes.len(), &rest[..same], depth + c.len_utf8()));
            nodes.push(Node::new(c));
            rest = &rest[same..];
        }
        open[below..].reverse();
        nodes[node].first_child = to_u32(first);
        nodes[node].children = to_u32(nodes.len() - first);
    }
    nodes
}

/// The keys of all words, each with the node that it leads to, behind a filter, as most places of a
/// text have none of them.
#[derive(Clone)]
struct Openings {
    /// The filter: one bit for each hash of a key.
    bits: Vec<u64>,
    /// A table of hashes with open addressing: each key with its node. At least a third of it is
    /// empty, which is [`Key::NONE`].
    slots: Vec<(Key, u32)>,
    /// Bits of a hash that are left out.
    shift: u32,
}

/// Number of bits in a block.
const BITS: usize = 64;

/// Number of bits for which there is one slot.
const BITS_A_SLOT: usize = 32;

impl Default for Openings {
    fn default() -> Self {
        Openings::of(&[])
    }
}

impl Openings {
    fn of(nodes: &[(Key, u32)]) -> Self {
        let slots = (nodes.len() + nodes.len() / 2).next_power_of_two().max(BITS / BITS_A_SLOT);
        let bits = slots * BITS_A_SLOT;
        let mut openings = Openings {
            bits: vec![0; bits / BITS],
            slots: vec![(Key::NONE, 0); slots],
            shift: u64::BITS - bits.trailing_zeros(),
        };
        for &(key, node) in nodes {
            let bit = openings.bit(key);
            openings.bits[bit / BITS] |= 1 << (bit % BITS);
            let slot = openings.slot(key);
            openings.slots[slot] = (key, node);
        }
        openings
    }

    /// Returns false if no word has the key.
    #[inline]
    fn may_have(&self, key: Key) -> bool {
        let bit = self.bit(key);
        self.bits[bit / BITS] >> (bit % BITS) & 1 != 0
    }

    /// Returns the node that a key leads to.
    fn node(&self, key: Key) -> Option<usize> {
        if !self.may_have(key) {
            return None;
        }
        let (found, node) = self.slots[self.slot(key)];
        (found == key).then_some(node as usize)
    }

    /// Returns the slot of a key, or the empty one in which it would be.
    fn slot(&self, key: Key) -> usize {
        let mut slot = self.bit(key) / BITS_A_SLOT;
        while self.slots[slot].0 != key && self.slots[slot].0 != Key::NONE {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }

    /// Returns the bit of a key in the filter.
    fn bit(&self, Key(key): Key) -> usize {
        // The golden ratio in 64 bits: Knuth, The Art of Computer Programming 3, 6.4.
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        usize::try_from(hash).expect("a number of bits")
    }
}

/// The bytes by which a word is told, and their number in the lowest byte: the first six, as two
/// Chinese characters have, or the first character of a word that has no character end there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64);

impl Key {
    const LEN: usize = 6;

    /// The key of no word, as each has bytes.
    const NONE: Self = Key(0);
}

/// Returns the first eight bytes of a text, the first one lowest; zeros stand for those it does not
/// have.
#[inline]
pub(super) fn first_bytes(text: &[u8]) -> u64 {
    let mut padded = [0; 8];
    u64::from_le_bytes(*text.first_chunk().unwrap_or_else(|| {
        padded[..text.len()].copy_from_slice(text);
        &padded
    }))
}

/// The first eight bytes of a text, as [`first_bytes`] returns them.
#[derive(Clone, Copy)]
struct Opening(u64);

impl Opening {
    #[inline]
    fn of(text: &[u8]) -> Self {
        Opening(first_bytes(text))
    }

    /// Returns the first `len` bytes.
    fn first(self, len: usize) -> Key {
        // With the length, as 甲 and 甲\0\0\0 are two keys.
        Key(self.0 << (u64::BITS as usize - 8 * len) | len as u64)
    }

    /// Returns the length of the first character.
    fn char_len(self) -> usize {
        match self.0 & 0xFF {
            0xE0..0xF0 => 3,
            ..0x80 => 1,
            0x80..0xE0 => 2,
            0xF0.. => 4,
        }
    }
}

/// Returns the first characters of a word, for a message.
pub(super) fn start(word: &str) -> &str {
    const MAX_CHARS: usize = 40;
    word.char_indices().nth(MAX_CHARS).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the leftmost-longest matches in `text`, by comparing each word at each place.
    fn naive(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let here = words.iter().filter(|word| text[at..].starts_with(**word));
            match here.map(|word| word.len()).max() {
                Some(length) => {
                    found.push((at, at + length));
                    at += length;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    #[test]
    fn a_word_that_is_there_twice_is_an_error() {
        let error = Dictionary::of(["药", "监", "药"].into_iter()).err().unwrap();
        assert!(error.to_string().contains("药: the word is there twice"), "{error}");
        assert_eq!(Dictionary::default().find("药监局").next(), None);
    }

    #[test]
    fn odd_words_are_found_where_a_naive_search_finds_them() {
        let words = [
            "药",
            "药监",
            "药监局",
            "监",
            "\u{10FFFF}",
            "\u{1F4A9}药",
            "a",
            "aab",
            "é",
            "\u{FFFD}",
            "可",
            "可以提供",
            "éa药监é",
            "aéaaaé",
        ];
        let texts = [
            "",
            "药",
            "省药监局药监",
            "aaaab",
            "\u{10FFFF}\u{10FFFE}",
            "\u{1F4A9}\u{1F4A9}药监",
            "\0e\u{301}é",
            "可以提可以提供可",
            "éa药监éa药监\0\0\0药aéaaaéa",
        ];
        for first in 0..words.len() {
            for count in 1..=4 {
                let words = &words[first..words.len().min(first + count)];
                let dictionary = Dictionary::of(words.iter().copied()).unwrap();
                for text in texts {
                    let found =
                        dictionary.find(text).map(|found| (found.range.start, found.range.end));
                    assert_eq!(
                        found.collect::<Vec<_>>(),
                        naive(words, text),
                        "{words:?} in {text:?}"
                    );
                }
            }
        }
    }
}
