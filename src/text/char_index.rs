//! An index of the characters of a text at which numbers, times, ordinals and names of instruments
//! are read, so that the text is searched for all of them once.

use std::ops::Range;

/// Places of characters in a text: one bit a byte for each kind. A few other characters with a similar
/// code are among them, which each search passes over.
#[derive(Debug, Default)]
pub(crate) struct CharIndex {
    /// For each [`BITS`] bytes of the text, the places of each kind.
    blocks: Vec<[u64; KINDS]>,
}

/// Number of places in a block.
const BITS: usize = 64;

/// Number of kinds of characters.
const KINDS: usize = 4;

const NUMBER: usize = 0;
const TIME: usize = 1;
const ORDINAL: usize = 2;
const NAME: usize = 3;

/// 半, and the characters that a number of things can start with.
const NUMERALS: [char; 12] =
    ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '半'];

/// Units of time; 前, which can follow an event; and 末, which can follow a plan.
const TIMES: [char; 10] = ['年', '月', '日', '天', '周', '季', '时', '期', '前', '末'];

/// Marks of ordinals, and the circled numbers.
const ORDINALS: [char; 22] = [
    '、', '第', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '⑪', '⑫', '⑬', '⑭', '⑮', '⑯',
    '⑰', '⑱', '⑲', '⑳',
];

/// A character at which a name of an instrument is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameMark {
    /// 《 before a title.
    Title,
    /// 号 after a number.
    Number,
    /// 称 before a short name: 以下简称.
    ShortName,
}

/// The characters of [`NameMark`], in its order.
const NAMES: [char; 3] = ['《', '号', '称'];

/// The blank of three bytes, which no index has: a reader of plain text stops at it.
const BLANK: char = '\u{3000}';

/// The characters of each kind, of three bytes each, and [`BLANK`].
const WIDE: [&[char]; KINDS + 1] = [&NUMERALS, &TIMES, &ORDINALS, &NAMES, &[BLANK]];

/// Kinds by the lower half of the first byte of a character of three bytes.
const LEADS: [u8; 16] = kinds_by(12, [0; 16]);

/// Kinds by the low byte of the code of a character of three bytes.
const LOWS: [u8; 256] = kinds_by(0, [0; 256]);

/// Adds the kinds of [`WIDE`] to a table, one bit each, by the code of a character from the bit
/// `shift` on.
const fn kinds_by<const N: usize>(shift: u32, mut table: [u8; N]) -> [u8; N] {
    let mut kind = 0;
    while kind < WIDE.len() {
        let mut at = 0;
        while at < WIDE[kind].len() {
            table[(WIDE[kind][at] as usize >> shift) % N] |= 1 << kind;
            at += 1;
        }
        kind += 1;
    }
    table
}

/// Kinds by ASCII character.
const ASCII: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut digit = b'0';
    while digit <= b'9' {
        kinds[digit as usize] = 1 << NUMBER;
        digit += 1;
    }
    let marks = b"().\n";
    let mut at = 0;
    while at < marks.len() {
        kinds[marks[at] as usize] = 1 << ORDINAL;
        at += 1;
    }
    kinds
};

impl CharIndex {
    /// Makes the index of a text of about `len` bytes that has no characters yet.
    pub(super) fn with_capacity(len: usize) -> Self {
        CharIndex { blocks: vec![[0; KINDS]; len.div_ceil(BITS)] }
    }

    /// Adds an ASCII character at an offset of the text.
    #[inline]
    pub(super) fn add_ascii(&mut self, at: usize, ascii: u8) {
        let kinds = ASCII[usize::from(ascii)];
        if kinds != 0 {
            self.add(at, kinds);
        }
    }

    /// Adds a character of three bytes at an offset of the text. Returns false for U+3000, which it
    /// does not add.
    #[inline]
    pub(super) fn add_wide(&mut self, at: usize, c: [u8; 3]) -> bool {
        let [first, second, third] = c;
        let low = second << 6 | third & 0x3F;
        let kinds = LEADS[usize::from(first & 0xF)] & LOWS[usize::from(low)];
        if kinds == 0 {
            return true;
        }
        let blank = c == BLANK.encode_utf8(&mut [0; 3]).as_bytes();
        if !blank {
            self.add(at, kinds);
        }
        !blank
    }

    /// Apart from its callers, which most characters do not leave.
    #[inline(never)]
    fn add(&mut self, at: usize, kinds: u8) {
        let mut kinds = kinds & ((1 << KINDS) - 1);
        let (block, bit) = (at / BITS, at % BITS);
        // The end of a cell can be the last character of the text, after that of the source.
        if block >= self.blocks.len() {
            self.blocks.resize(block + 1, [0; KINDS]);
        }
        let block = &mut self.blocks[block];
        while kinds != 0 {
            block[kinds.trailing_zeros() as usize] |= 1 << bit;
            kinds &= kinds - 1;
        }
    }

    /// Removes the characters from `len` on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.blocks.truncate(len.div_ceil(BITS));
        for places in self.blocks.get_mut(len / BITS).into_iter().flatten() {
            *places &= !(u64::MAX << (len % BITS));
        }
    }

    /// Returns the offset of the first ASCII digit, 半, or character that a number of things can start
    /// with, in a range of the text.
    pub(crate) fn next_number(&self, text: &str, range: Range<usize>) -> Option<usize> {
        self.next_of(NUMBER, text, range, |c| c.is_ascii_digit() || NUMERALS.contains(&c))
    }

    /// Returns the offset of the first character at which an expression of time can end, in a range of
    /// the text: 年, 月, 日, 天, 周, 季, 时 or 期; of 前, which can follow an event; or of 末, which can
    /// follow a plan.
    pub(crate) fn next_time(&self, text: &str, range: Range<usize>) -> Option<usize> {
        self.next_of(TIME, text, range, |c| TIMES.contains(&c))
    }

    /// Returns the offset of the first mark of an ordinal or line end, from `at` on: one of ( ) . 、 第,
    /// of the circled numbers, or of the characters that look like them to the index.
    pub(crate) fn next_ordinal(&self, at: usize) -> Option<usize> {
        self.next(ORDINAL, at, usize::MAX)
    }

    /// Returns the offset of the first `mark` in a range of the text.
    pub(crate) fn next_name(
        &self,
        text: &str,
        range: Range<usize>,
        mark: NameMark,
    ) -> Option<usize> {
        self.next_of(NAME, text, range, |c| c == NAMES[mark as usize])
    }

    /// Returns the first place in a range at which a character is one that is asked for.
    fn next_of(
        &self,
        kind: usize,
        text: &str,
        range: Range<usize>,
        is: impl Fn(char) -> bool,
    ) -> Option<usize> {
        let mut from = range.start;
        loop {
            let at = self.next(kind, from, range.end).filter(|&at| at < range.end)?;
            if text[at..].starts_with(&is) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// Returns the first place of a kind from `at` on, in the blocks before `end`.
    fn next(&self, kind: usize, at: usize, end: usize) -> Option<usize> {
        let blocks = &self.blocks[..self.blocks.len().min(end.div_ceil(BITS))];
        let mut block = at / BITS;
        let mut bits = blocks.get(block)?[kind] & (u64::MAX << (at % BITS));
        while bits == 0 {
            block += 1;
            bits = blocks.get(block)?[kind];
        }
        Some(block * BITS + bits.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{View, is_counting};

    /// Returns all places of a search.
    fn all(text: &str, next: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
        let mut from = 0;
        let places = std::iter::from_fn(|| next(from).inspect(|&at| from = at + 1));
        places.inspect(|&at| assert!(text.is_char_boundary(at))).collect()
    }

    fn naive(text: &str, is: impl Fn(char) -> bool) -> Vec<usize> {
        text.char_indices().filter(|&(_, c)| is(c)).map(|(at, _)| at).collect()
    }

    #[test]
    fn places_are_those_of_a_plain_search() {
        let han: String = ('\u{4E00}'..='\u{9FFF}').collect();
        let marks: String = ('\0'..'\u{7F}').chain('\u{2000}'..'\u{3100}').collect();
        let widths = "é𠮷满一年,2次(一)①é、称《号";
        for text in ["", widths, &widths.repeat(20), &han, &marks] {
            let view = View::new(text);
            let (text, index) = (view.text.as_str(), view.index());
            let range = |from| from..text.len();
            let number = |c: char| c.is_ascii_digit() || c == '半' || is_counting(c);
            assert_eq!(all(text, |from| index.next_number(text, range(from))), naive(text, number));
            let time = |c| TIMES.contains(&c);
            assert_eq!(all(text, |from| index.next_time(text, range(from))), naive(text, time));
            let marks = [NameMark::Title, NameMark::Number, NameMark::ShortName];
            for (mark, printed) in marks.into_iter().zip(NAMES) {
                let found = all(text, |from| index.next_name(text, range(from), mark));
                assert_eq!(found, naive(text, |c| c == printed));
            }
            let ordinals = all(text, |from| index.next_ordinal(from));
            let ordinal = |c| ORDINALS.contains(&c) || "().\n".contains(c);
            let marks = naive(text, ordinal);
            assert!(marks.iter().all(|at| ordinals.binary_search(at).is_ok()));
            // Few others look alike.
            assert!(ordinals.len() < marks.len() + text.chars().count() / 8 + 1, "{text}");
        }
    }

    #[test]
    fn a_table_can_end_a_text_of_any_length() {
        for len in 0..=130 {
            let view = View::new(&format!("x\ty\nab\tcd\ne\t{}", "f".repeat(len)));
            let lines = view.text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(all(&view.text, |from| view.index().next_ordinal(from)), lines);
        }
    }

    #[test]
    fn a_range_ends_the_search() {
        let view = View::new("自2025年起，满三年");
        let (text, index) = (view.text.as_str(), view.index());
        let year = text.find('年').unwrap();
        assert_eq!(index.next_time(text, 0..year), None);
        assert_eq!(index.next_time(text, 0..text.len()), Some(year));
        assert_eq!(index.next_number(text, year..text.len()), text.find('三'));
    }
}
