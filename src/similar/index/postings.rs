//! Compressed posting lists: ascending numbers with counts, here the impacts of features.
//!
//! The same form serves the forward index (the features of each measure, with counts)
//! and the inverted one (the measures of each feature). Numbers are delta-encoded.
//! Both are bit-packed in blocks of 128 (32 at the end), each with the bits that its
//! greatest value needs: about 10 bits and 4 for a feature of a measure, fewer for a
//! measure of a common feature.

use crate::number::{to_u32, to_usize};
use bitpacking::{BitPacker, BitPacker1x, BitPacker4x};
use serde::{Deserialize, Serialize};

/// Number of entries of a block.
pub(crate) const LONG: usize = BitPacker4x::BLOCK_LEN;

/// Number of entries of a block at the end of a list.
const SHORT: usize = BitPacker1x::BLOCK_LEN;

/// Maximum number of last entries that are stored unpacked; more are padded to a block.
const LOOSE: usize = 8;

/// Posting lists, numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct PostingLists {
    /// Offset of each list in `bytes`.
    starts: Vec<u64>,
    /// For each list its length, then its blocks.
    bytes: Vec<u8>,
}

/// The counts of a block. They are stored less 1, as no count is 0.
#[derive(Clone, Copy)]
pub(crate) struct BlockCounts<'a>(&'a [u32]);

impl<'a> BlockCounts<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = u32> + 'a {
        // Wraps only for a damaged file, which `is_sound` then rejects.
        self.0.iter().map(|count_minus_one| count_minus_one.wrapping_add(1))
    }
}

impl PostingLists {
    pub(crate) fn with_capacity(lists: usize) -> Self {
        PostingLists { starts: Vec::with_capacity(lists), bytes: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the number of entries of a list. O(1).
    pub(crate) fn length(&self, list: usize) -> usize {
        number(&self.bytes[to_usize(self.starts[list])..]) as usize
    }

    /// Returns the memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.len() + self.starts.len() * 8
    }

    /// * `entries`: ascending, without repeats; counts from 1.
    pub(crate) fn push(&mut self, entries: &[(u32, u32)]) {
        self.starts.push(self.bytes.len() as u64);
        self.bytes.extend((to_u32(entries.len())).to_le_bytes());
        let mut rest = entries;
        let mut before = 0;
        while !rest.is_empty() {
            let (block, later) = rest.split_at(block(rest.len()));
            rest = later;
            if block.len() == LONG {
                before = self.pack::<LONG>(&BitPacker4x::new(), before, block);
            } else if block.len() > LOOSE {
                before = self.pack::<SHORT>(&BitPacker1x::new(), before, block);
            } else {
                for (number, count) in block {
                    self.bytes.extend(number.to_le_bytes());
                    self.bytes.extend(count.to_le_bytes());
                }
            }
        }
    }

    /// Packs a block and returns its last number.
    fn pack<const N: usize>(
        &mut self,
        packer: &impl BitPacker,
        before: u32,
        block: &[(u32, u32)],
    ) -> u32 {
        // Padding repeats the last number, with a count of 1.
        let (mut numbers, mut counts) = ([block[block.len() - 1].0; N], [0; N]);
        for (n, &(number, count)) in block.iter().enumerate() {
            (numbers[n], counts[n]) = (number, count - 1);
        }
        let bits = [packer.num_bits_sorted(before, &numbers), packer.num_bits(&counts)];
        self.bytes.extend(bits);
        let mut packed = [0; LONG * 4];
        let size = packer.compress_sorted(before, &numbers, &mut packed, bits[0]);
        self.bytes.extend(&packed[..size]);
        let size = packer.compress(&counts, &mut packed, bits[1]);
        self.bytes.extend(&packed[..size]);
        numbers[N - 1]
    }

    /// Calls `each` with the numbers and the counts of a list, block by block.
    pub(crate) fn blocks(&self, list: usize, mut each: impl FnMut(&[u32], BlockCounts<'_>)) {
        let (long, short) = (BitPacker4x::new(), BitPacker1x::new());
        let mut bytes = &self.bytes[to_usize(self.starts[list])..];
        let mut left = number(bytes) as usize;
        bytes = &bytes[4..];
        let (mut numbers, mut counts) = ([0; LONG], [0; LONG]);
        let mut before = 0;
        while left > 0 {
            let length = block(left);
            if length == LONG {
                bytes = unpack(&long, before, bytes, &mut numbers, &mut counts);
                before = numbers[LONG - 1];
            } else if length > LOOSE {
                let (numbers, counts) = (&mut numbers[..SHORT], &mut counts[..SHORT]);
                bytes = unpack(&short, before, bytes, numbers, counts);
                before = numbers[SHORT - 1];
            } else {
                for (n, entry) in bytes.chunks_exact(8).take(length).enumerate() {
                    (numbers[n], counts[n]) = (number(entry), number(&entry[4..]).wrapping_sub(1));
                }
            }
            each(&numbers[..length], BlockCounts(&counts[..length]));
            left -= length;
        }
    }

    /// Returns true if every list is well formed, with numbers below `numbers`. Only
    /// well-formed lists can be read.
    pub(crate) fn is_sound(&self, numbers: usize) -> bool {
        let ends = self.starts.iter().skip(1).copied().chain([self.bytes.len() as u64]);
        let whole = self.starts.first().is_none_or(|&start| start == 0);
        whole
            && self.starts.iter().zip(ends).enumerate().all(|(list, (&start, end))| {
                let bytes = usize::try_from(start).ok().zip(usize::try_from(end).ok());
                let bytes = bytes.and_then(|(start, end)| self.bytes.get(start..end));
                bytes.is_some_and(|bytes| fits(bytes, numbers)) && {
                    let entries = self.list(list);
                    entries.is_sorted_by(|a, b| a.0 < b.0)
                        && entries.last().is_none_or(|last| (last.0 as usize) < numbers)
                        && entries.iter().all(|entry| entry.1 > 0)
                }
            })
    }

    /// Returns the entries of a list.
    pub(crate) fn list(&self, list: usize) -> Vec<(u32, u32)> {
        let mut entries = Vec::with_capacity(self.length(list));
        self.blocks(list, |numbers, counts| {
            entries.extend(numbers.iter().copied().zip(counts.iter()));
        });
        entries
    }

    /// Inverts the lists: returns for each number below `numbers` the lists that contain it,
    /// with counts.
    pub(crate) fn inverted(&self, numbers: usize) -> PostingLists {
        let each = |each: &mut dyn FnMut(usize, u32, u32)| {
            for list in 0..self.len() {
                self.blocks(list, |numbers, counts| {
                    for (&number, count) in numbers.iter().zip(counts.iter()) {
                        each(number as usize, to_u32(list), count);
                    }
                });
            }
        };
        let mut next = vec![0_usize; numbers + 1];
        each(&mut |number, _, _| next[number + 1] += 1);
        for number in 0..numbers {
            next[number + 1] += next[number];
        }
        let starts = next.clone();
        let mut entries = vec![(0, 0); starts[numbers]];
        each(&mut |number, list, count| {
            entries[next[number]] = (list, count);
            next[number] += 1;
        });
        let mut inverted = PostingLists::with_capacity(numbers);
        for of_number in starts.windows(2) {
            inverted.push(&entries[of_number[0]..of_number[1]]);
        }
        inverted
    }
}

/// Takes lists as [`PostingLists::push`] does.
impl FromIterator<Vec<(u32, u32)>> for PostingLists {
    fn from_iter<I: IntoIterator<Item = Vec<(u32, u32)>>>(all: I) -> Self {
        let mut lists = PostingLists::default();
        all.into_iter().for_each(|list| lists.push(&list));
        lists
    }
}

/// Returns the number of entries of the next block, given the number left.
fn block(left: usize) -> usize {
    if left >= LONG { LONG } else { left.min(SHORT) }
}

/// Returns true if the blocks of a list fill these bytes exactly.
fn fits(bytes: &[u8], numbers: usize) -> bool {
    if bytes.len() < 4 || number(bytes) as usize > numbers {
        return false;
    }
    let mut left = number(bytes) as usize;
    let mut rest = &bytes[4..];
    while left > 0 {
        let length = block(left);
        let size = match length {
            0..=LOOSE => 8 * length,
            _ if rest.len() < 2 || rest[0] > 32 || rest[1] > 32 => return false,
            _ => {
                let packed = if length == LONG { LONG } else { SHORT };
                2 + packed / 8 * (usize::from(rest[0]) + usize::from(rest[1]))
            }
        };
        let Some(after) = rest.get(size..) else { return false };
        rest = after;
        left -= length;
    }
    rest.is_empty()
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// Unpacks a block and returns the bytes after it.
fn unpack<'b>(
    packer: &impl BitPacker,
    before: u32,
    bytes: &'b [u8],
    numbers: &mut [u32],
    counts: &mut [u32],
) -> &'b [u8] {
    let (bits, bytes) = bytes.split_at(2);
    let size = packer.decompress_sorted(before, bytes, numbers, bits[0]);
    let bytes = &bytes[size..];
    let size = packer.decompress(bytes, counts, bits[1]);
    &bytes[size..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn lists() -> impl Strategy<Value = Vec<Vec<(u32, u32)>>> {
        let numbers = prop_oneof![
            prop::collection::btree_map(0..900_u32, 1..4_u32, 0..400),
            prop::collection::btree_map(0..u32::MAX, 1..u32::MAX, 0..300),
        ];
        prop::collection::vec(numbers.prop_map(|map| map.into_iter().collect()), 0..6)
    }

    proptest! {
        #[test]
        fn packed_lists_read_back(lists in lists()) {
            let packed: PostingLists = lists.iter().cloned().collect();
            prop_assert_eq!(packed.len(), lists.len());
            for (n, list) in lists.iter().enumerate() {
                prop_assert_eq!(packed.length(n), list.len());
                prop_assert_eq!(&packed.list(n), list);
            }
        }

        /// A file with a valid checksum may still be malformed.
        #[test]
        fn arbitrary_bytes_are_rejected_or_readable(
            starts in prop::collection::vec(0..40_u64, 0..4),
            bytes in prop::collection::vec(prop_oneof![0..34_u8, any::<u8>()], 0..400),
            numbers in 0..300_usize,
        ) {
            let lists = PostingLists { starts, bytes };
            if lists.is_sound(numbers) {
                for list in 0..lists.len() {
                    prop_assert_eq!(lists.list(list).len(), lists.length(list));
                }
                lists.inverted(numbers);
            }
        }

        #[test]
        fn packed_lists_are_sound(lists in lists()) {
            let packed: PostingLists = lists.iter().cloned().collect();
            prop_assert!(packed.is_sound(u32::MAX as usize));
        }

        #[test]
        fn inversion_keeps_the_pairs(lists in prop::collection::vec(prop::collection::btree_map(0..40_u32, 1..9_u32, 0..40), 0..50)) {
            let of_list = |list: &BTreeMap<u32, u32>| list.iter().map(|(&n, &c)| (n, c)).collect();
            let packed: PostingLists = lists.iter().map(of_list).collect();
            let inverted = packed.inverted(40);
            let mut expected: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
            for (n, list) in (0..).zip(&lists) {
                for (&row, &count) in list {
                    expected.entry(row).or_default().push((n, count));
                }
            }
            for row in 0..40 {
                prop_assert_eq!(inverted.list(row as usize), expected.remove(&row).unwrap_or_default());
            }
        }
    }
}
