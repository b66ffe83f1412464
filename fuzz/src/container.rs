//! Saved files whose changed blocks have right checksums.
//!
//! A file is a magic number of 12 bytes, a version (u32), and blocks: a tag of 4 letters, a length
//! (u64), a checksum (u32) and the content. The checksum is the CRC-32 of the block's position
//! (u32), its tag, its length and its content. The last block has the tag `end ` and the number of
//! blocks before it. All numbers are little-endian.

use arbitrary::{Arbitrary, Unstructured};

/// Length in bytes of the magic number and the version.
const START: usize = 16;
/// Length in bytes of a tag, a length and a checksum.
const HEADER: usize = 16;
const END: [u8; 4] = *b"end ";

/// A block: its tag and its content.
type Block = ([u8; 4], Vec<u8>);

/// One change of a block's content.
#[derive(Arbitrary, Debug)]
struct Edit {
    block: u8,
    at: u16,
    change: Change,
}

#[derive(Arbitrary, Debug)]
enum Change {
    Set(u8),
    Flip(u8),
    Add(i8),
    Insert(u8),
    /// A number of up to 64 bits in the variable-length form of postcard.
    InsertNumber(u64),
    Remove(u8),
    Truncate,
    /// Copies bytes of the same block to this place.
    Copy {
        from: u16,
        length: u8,
    },
    /// Exchanges the block with the one after it.
    Exchange,
    Repeat,
    Drop,
}

/// Returns `whole` with the edits that `data` encodes, or `data` itself if it begins as a file
/// does. The checksums, lengths and the last block of the result are right.
pub fn changed(whole: &[u8], data: &[u8]) -> Vec<u8> {
    let known = blocks(whole);
    if data.len() >= START && data[..8] == whole[..8] {
        let tags: Vec<[u8; 4]> = known.iter().map(|block| block.0).collect();
        return file(&whole[..START], loose_blocks(&data[START..], &tags));
    }
    let mut blocks = known;
    let mut edits = Unstructured::new(data);
    while !edits.is_empty() && !blocks.is_empty() {
        match edits.arbitrary() {
            Ok(edit) => apply(edit, &mut blocks),
            Err(_) => break,
        }
    }
    file(&whole[..START], blocks)
}

fn apply(Edit { block, at, change }: Edit, blocks: &mut Vec<Block>) {
    let count = blocks.len();
    let number = block as usize % count;
    match change {
        Change::Exchange => blocks.swap(number, (number + 1) % count),
        Change::Repeat if blocks.len() < 64 => blocks.insert(number, blocks[number].clone()),
        Change::Repeat => {}
        Change::Drop => _ = blocks.remove(number),
        change => apply_to_content(at as usize, change, &mut blocks[number].1),
    }
}

fn apply_to_content(at: usize, change: Change, content: &mut Vec<u8>) {
    if content.is_empty() {
        content.push(0);
    }
    let at = at % content.len();
    match change {
        Change::Set(byte) => content[at] = byte,
        Change::Flip(bit) => content[at] ^= 1 << (bit % 8),
        Change::Add(number) => content[at] = content[at].wrapping_add_signed(number),
        Change::Insert(byte) => content.insert(at, byte),
        Change::InsertNumber(number) => _ = content.splice(at..at + 1, variable_length(number)),
        Change::Remove(count) => {
            let end = content.len().min(at + 1 + count as usize);
            content.drain(at..end);
        }
        Change::Truncate => content.truncate(at),
        Change::Copy { from, length } => {
            let from = from as usize % content.len();
            let length = (length as usize).min(content.len() - from.max(at));
            content.copy_within(from..from + length, at);
        }
        Change::Exchange | Change::Repeat | Change::Drop => {}
    }
}

/// Seven bits a byte, the lowest first; the high bit marks that more follow.
fn variable_length(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// Returns the blocks of a valid file, without the last.
fn blocks(whole: &[u8]) -> Vec<Block> {
    let mut rest = &whole[START..];
    let mut blocks = Vec::new();
    while let Some((header, after)) = rest.split_first_chunk::<HEADER>() {
        let length = u64::from_le_bytes(header[4..12].try_into().expect("eight bytes"));
        let (content, after) = after.split_at(length as usize);
        blocks.push((header[..4].try_into().expect("four bytes"), content.to_vec()));
        rest = after;
    }
    blocks.pop();
    blocks
}

/// Returns the blocks of a changed file: a block begins at each of `tags`, whatever its length was,
/// so that bytes inserted into one block do not change the others.
fn loose_blocks(bytes: &[u8], tags: &[[u8; 4]]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let tag = bytes[at..].first_chunk::<4>().copied();
        match tag.filter(|tag| *tag == END || tags.contains(tag)) {
            Some(END) if bytes.len() - at <= HEADER + 8 => break,
            Some(tag) if tag != END => {
                blocks.push((tag, Vec::new()));
                at += HEADER;
            }
            _ => {
                if let Some((_, content)) = blocks.last_mut() {
                    content.push(bytes[at]);
                }
                at += 1;
            }
        }
    }
    blocks
}

/// Returns the file of these blocks, with checksums, lengths and the last block.
fn file(start: &[u8], blocks: Vec<Block>) -> Vec<u8> {
    let count = (blocks.len() as u32).to_le_bytes().to_vec();
    let mut file = start.to_vec();
    for (place, (tag, content)) in (0_u32..).zip(blocks.into_iter().chain([(END, count)])) {
        let length = (content.len() as u64).to_le_bytes();
        let mut checksum = crc32fast::Hasher::new();
        for part in [&place.to_le_bytes()[..], &tag, &length, &content] {
            checksum.update(part);
        }
        for part in [&tag[..], &length, &checksum.finalize().to_le_bytes(), &content] {
            file.extend(part);
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::BASE;

    #[test]
    fn a_file_without_edits_is_unchanged() {
        for whole in [&BASE.graph_file, &BASE.index_file] {
            assert!(changed(whole, &[]) == **whole);
            assert!(changed(whole, whole) == **whole);
        }
    }
}
