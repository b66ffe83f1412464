//! Many lists of ascending numbers with counts, packed.
//!
//! The same form serves both ways: for each measure the features that it has
//! and how often, and for each feature the measures that have it. Numbers are
//! kept as differences, and both in blocks of 32, each with just the bits that
//! its greatest needs: some 10 bits and 2 for a measure's features, fewer for
//! the measures of a common one.

use bitpacking::{BitPacker, BitPacker1x};
use serde::{Deserialize, Serialize};

/// Entries of a block.
const BLOCK: usize = BitPacker1x::BLOCK_LEN;

/// So few last entries are stored as they are; more are filled up to a block.
const LOOSE: usize = 8;

/// Lists, numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists {
    /// For each list how many entries it has.
    lengths: Vec<u32>,
    /// For each list where it begins.
    starts: Vec<u64>,
    bytes: Vec<u8>,
}

impl Lists {
    pub fn with_capacity(lists: usize) -> Self {
        Lists {
            lengths: Vec::with_capacity(lists),
            starts: Vec::with_capacity(lists),
            bytes: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// How many entries a list has. O(1).
    pub fn length(&self, list: usize) -> usize {
        self.lengths[list] as usize
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + self.lengths.len() * 12
    }

    /// * `entries`: ascending, none twice; counts from 1.
    pub fn push(&mut self, entries: &[(u32, u32)]) {
        self.lengths.push(entries.len() as u32);
        self.starts.push(self.bytes.len() as u64);
        let packer = BitPacker1x::new();
        let mut packed = [0; BLOCK * 4];
        let mut before = 0;
        for block in entries.chunks(BLOCK) {
            if block.len() <= LOOSE {
                for (number, count) in block {
                    self.bytes.extend(number.to_le_bytes());
                    self.bytes.extend(count.to_le_bytes());
                }
                continue;
            }
            // What fills it up differs by nothing and counts 1.
            let (mut numbers, mut counts) = ([block[block.len() - 1].0; BLOCK], [0; BLOCK]);
            for (n, &(number, count)) in block.iter().enumerate() {
                (numbers[n], counts[n]) = (number, count - 1);
            }
            let bits = [packer.num_bits_sorted(before, &numbers), packer.num_bits(&counts)];
            self.bytes.extend(bits);
            let size = packer.compress_sorted(before, &numbers, &mut packed, bits[0]);
            self.bytes.extend(&packed[..size]);
            let size = packer.compress(&counts, &mut packed, bits[1]);
            self.bytes.extend(&packed[..size]);
            before = numbers[BLOCK - 1];
        }
    }

    /// Calls `each` with the numbers and counts of a list, block by block.
    pub fn blocks(&self, list: usize, mut each: impl FnMut(&[u32], &[u32])) {
        let packer = BitPacker1x::new();
        let mut bytes = &self.bytes[self.starts[list] as usize..];
        let mut left = self.length(list);
        let (mut numbers, mut counts) = ([0; BLOCK], [0; BLOCK]);
        let mut before = 0;
        while left > 0 {
            let length = left.min(BLOCK);
            if length <= LOOSE {
                for (n, entry) in bytes.chunks_exact(8).take(length).enumerate() {
                    let part = |at| u32::from_le_bytes([0, 1, 2, 3].map(|n: usize| entry[at + n]));
                    (numbers[n], counts[n]) = (part(0), part(4));
                }
            } else {
                let bits = [bytes[0], bytes[1]];
                bytes = &bytes[2..];
                let size = packer.decompress_sorted(before, bytes, &mut numbers, bits[0]);
                bytes = &bytes[size..];
                let size = packer.decompress(bytes, &mut counts, bits[1]);
                bytes = &bytes[size..];
                before = numbers[BLOCK - 1];
                counts.iter_mut().for_each(|count| *count += 1);
            }
            each(&numbers[..length], &counts[..length]);
            left -= length;
        }
    }

    /// The entries of a list.
    pub fn list(&self, list: usize) -> Vec<(u32, u32)> {
        let mut entries = Vec::with_capacity(self.length(list));
        self.blocks(list, |numbers, counts| {
            entries.extend(numbers.iter().copied().zip(counts.iter().copied()));
        });
        entries
    }

    /// For each number below `numbers`, the lists that have it: the same facts
    /// the other way round. `only` says which numbers are wanted.
    pub fn inverted(&self, numbers: usize, only: impl Fn(usize) -> bool) -> Lists {
        let mut next = vec![0_usize; numbers + 1];
        let each = |at: usize, each: &mut dyn FnMut(usize, u32)| {
            self.blocks(at, |rows, counts| {
                for (&row, &count) in rows.iter().zip(counts) {
                    if only(row as usize) {
                        each(row as usize, count);
                    }
                }
            });
        };
        for list in 0..self.len() {
            each(list, &mut |row, _| next[row + 1] += 1);
        }
        for row in 0..numbers {
            next[row + 1] += next[row];
        }
        let starts = next.clone();
        let mut entries = vec![(0, 0); starts[numbers]];
        for list in 0..self.len() {
            each(list, &mut |row, count| {
                entries[next[row]] = (list as u32, count);
                next[row] += 1;
            });
        }
        let mut inverted = Lists::with_capacity(numbers);
        for row in starts.windows(2) {
            inverted.push(&entries[row[0]..row[1]]);
        }
        inverted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn lists() -> impl Strategy<Value = Vec<Vec<(u32, u32)>>> {
        let numbers = prop_oneof![
            prop::collection::btree_map(0..300_u32, 1..4_u32, 0..120),
            prop::collection::btree_map(0..u32::MAX, 1..u32::MAX, 0..80),
        ];
        prop::collection::vec(numbers.prop_map(|map| map.into_iter().collect()), 0..6)
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(lists in lists()) {
            let mut packed = Lists::default();
            lists.iter().for_each(|list| packed.push(list));
            prop_assert_eq!(packed.len(), lists.len());
            for (n, list) in lists.iter().enumerate() {
                prop_assert_eq!(packed.length(n), list.len());
                prop_assert_eq!(&packed.list(n), list);
            }
        }

        #[test]
        fn inverted_has_the_same_pairs(lists in prop::collection::vec(prop::collection::btree_map(0..40_u32, 1..9_u32, 0..40), 0..50)) {
            let mut packed = Lists::default();
            lists.iter().for_each(|list| packed.push(&list.iter().map(|(&n, &c)| (n, c)).collect::<Vec<_>>()));
            let inverted = packed.inverted(40, |row| row != 7);
            let mut expected: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
            for (n, list) in (0..).zip(&lists) {
                for (&row, &count) in list.iter().filter(|(row, _)| **row != 7) {
                    expected.entry(row).or_default().push((n, count));
                }
            }
            for row in 0..40 {
                prop_assert_eq!(inverted.list(row as usize), expected.remove(&row).unwrap_or_default());
            }
        }
    }
}
