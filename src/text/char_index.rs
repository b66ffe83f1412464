//! An index of the characters of a text at which numbers, times and ordinals are read, so that the
//! text is searched for all of them once.

use std::ops::Range;

/// Places of characters in a text: one bit a byte for each kind. A few other characters with a similar
/// code are among them, which each search passes over.
#[derive(Debug, Default)]
pub(crate) struct CharIndex {
    numbers: Vec<u64>,
    times: Vec<u64>,
    ordinals: Vec<u64>,
}

/// Kinds of characters, one bit each.
const NUMBER: u8 = 1;
const TIME: u8 = 2;
const ORDINAL: u8 = 4;

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

/// Kinds by the lower half of the first byte of a character of three bytes.
const LEADS: [u8; 16] = {
    let leads = leads_of([0; 16], &NUMERALS, NUMBER);
    leads_of(leads_of(leads, &TIMES, TIME), &ORDINALS, ORDINAL)
};

/// Kinds by the low byte of the code of a character of three bytes.
const LOWS: [u8; 256] = {
    let lows = lows_of([0; 256], &NUMERALS, NUMBER);
    lows_of(lows_of(lows, &TIMES, TIME), &ORDINALS, ORDINAL)
};

const fn leads_of(mut leads: [u8; 16], chars: &[char], kind: u8) -> [u8; 16] {
    let mut at = 0;
    while at < chars.len() {
        leads[chars[at] as usize >> 12] |= kind;
        at += 1;
    }
    leads
}

const fn lows_of(mut lows: [u8; 256], chars: &[char], kind: u8) -> [u8; 256] {
    let mut at = 0;
    while at < chars.len() {
        lows[chars[at] as usize % 256] |= kind;
        at += 1;
    }
    lows
}

/// Kinds by ASCII character.
const ASCII: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut digit = b'0';
    while digit <= b'9' {
        kinds[digit as usize] = NUMBER;
        digit += 1;
    }
    let marks = b"().\n";
    let mut at = 0;
    while at < marks.len() {
        kinds[marks[at] as usize] = ORDINAL;
        at += 1;
    }
    kinds
};

impl CharIndex {
    /// Makes the index of a text of about `len` bytes that has no characters yet.
    pub(super) fn with_capacity(len: usize) -> Self {
        let none = || vec![0; len.div_ceil(BITS)];
        CharIndex { numbers: none(), times: none(), ordinals: none() }
    }

    /// Adds an ASCII character at an offset of the text.
    pub(super) fn add_ascii(&mut self, at: usize, ascii: u8) {
        let kinds = ASCII[usize::from(ascii)];
        if kinds != 0 {
            self.add(at, kinds);
        }
    }

    /// Adds a character of three bytes at an offset of the text.
    pub(super) fn add_wide(&mut self, at: usize, [first, second, third]: [u8; 3]) {
        let low = second << 6 | third & 0x3F;
        let kinds = LEADS[usize::from(first & 0xF)] & LOWS[usize::from(low)];
        if kinds != 0 {
            self.add(at, kinds);
        }
    }

    fn add(&mut self, at: usize, kinds: u8) {
        let (block, bit) = (at / BITS, at % BITS);
        // The end of a cell can be the last character of the text, after that of the source.
        if block >= self.numbers.len() {
            for places in [&mut self.numbers, &mut self.times, &mut self.ordinals] {
                places.resize(block + 1, 0);
            }
        }
        let has = |kind: u8| u64::from(kinds & kind != 0) << bit;
        self.numbers[block] |= has(NUMBER);
        self.times[block] |= has(TIME);
        self.ordinals[block] |= has(ORDINAL);
    }

    /// Removes the characters from `len` on.
    pub(super) fn truncate(&mut self, len: usize) {
        for places in [&mut self.numbers, &mut self.times, &mut self.ordinals] {
            places.truncate(len.div_ceil(BITS));
            if let Some(last) = places.get_mut(len / BITS) {
                *last &= !(u64::MAX << (len % BITS));
            }
        }
    }

    /// Returns the offset of the first ASCII digit, 半, or character that a number of things can start
    /// with, in a range of the text.
    pub(crate) fn next_number(&self, text: &str, range: Range<usize>) -> Option<usize> {
        next_of(&self.numbers, text, range, |c| c.is_ascii_digit() || NUMERALS.contains(&c))
    }

    /// Returns the offset of the first character at which an expression of time can end, in a range of
    /// the text: 年, 月, 日, 天, 周, 季, 时 or 期; of 前, which can follow an event; or of 末, which can
    /// follow a plan.
    pub(crate) fn next_time(&self, text: &str, range: Range<usize>) -> Option<usize> {
        next_of(&self.times, text, range, |c| TIMES.contains(&c))
    }

    /// Returns the offset of the first mark of an ordinal or line end, from `at` on: one of ( ) . 、 第,
    /// of the circled numbers, or of the characters that look like them to the index.
    pub(crate) fn next_ordinal(&self, at: usize) -> Option<usize> {
        next(&self.ordinals, at, usize::MAX)
    }
}

/// Returns the first place in a range at which a character is one that is asked for.
fn next_of(
    places: &[u64],
    text: &str,
    range: Range<usize>,
    is: impl Fn(char) -> bool,
) -> Option<usize> {
    let mut from = range.start;
    loop {
        let at = next(places, from, range.end).filter(|&at| at < range.end)?;
        if text[at..].starts_with(&is) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Number of places in a block.
const BITS: usize = 64;

/// Returns the first place from `at` on in the blocks before `end`.
fn next(places: &[u64], at: usize, end: usize) -> Option<usize> {
    let places = &places[..places.len().min(end.div_ceil(BITS))];
    let mut block = at / BITS;
    let mut bits = places.get(block)? & (u64::MAX << (at % BITS));
    while bits == 0 {
        block += 1;
        bits = *places.get(block)?;
    }
    Some(block * BITS + bits.trailing_zeros() as usize)
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
        let widths = "é𠮷满一年,2次(一)①é、";
        for text in ["", widths, &widths.repeat(20), &han, &marks] {
            let view = View::new(text);
            let (text, index) = (view.text.as_str(), view.index());
            let range = |from| from..text.len();
            let number = |c: char| c.is_ascii_digit() || c == '半' || is_counting(c);
            assert_eq!(all(text, |from| index.next_number(text, range(from))), naive(text, number));
            let time = |c| TIMES.contains(&c);
            assert_eq!(all(text, |from| index.next_time(text, range(from))), naive(text, time));
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
