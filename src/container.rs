//! Container files: a header and checked blocks.
//!
//! ```text
//! policygraph\0   12 bytes, magic number
//! format          u32, version of the content
//! block …         tag: 4 letters; length: u64; checksum: u32; the bytes
//! block "end "    number of blocks before it: u32; last in the file
//! ```
//!
//! Numbers are little-endian. The checksum is the CRC-32 of the block's position
//! (u32), tag, length and bytes, so that swapped blocks are detected too. Nothing is
//! allocated for a length before the file is known to have as many bytes.

mod save;

use crate::error::{Error, ErrorKind};
use crate::number::to_u32;
pub(crate) use save::save;
use std::io::{self, Write};

const MAGIC: &[u8; 12] = b"policygraph\0";
const END: Tag = *b"end ";
/// Size of a block's header in bytes: tag, length, checksum.
const HEADER: usize = size_of::<Tag>() + size_of::<u64>() + size_of::<u32>();

/// Kind of a block's content.
pub(crate) type Tag = [u8; 4];

/// Writes blocks in order.
pub(crate) struct BlockWriter<W> {
    out: W,
    count: u32,
}

impl<W: Write> BlockWriter<W> {
    pub(crate) fn new(mut out: W, version: u32) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        out.write_all(&version.to_le_bytes())?;
        Ok(BlockWriter { out, count: 0 })
    }

    pub(crate) fn block(&mut self, tag: Tag, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(&tag)?;
        self.out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        self.out.write_all(&checksum(self.count, tag, bytes).to_le_bytes())?;
        self.out.write_all(bytes)?;
        self.count += 1;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        let count = self.count.to_le_bytes();
        self.block(END, &count)?;
        Ok(self.out)
    }
}

fn checksum(place: u32, tag: Tag, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&place.to_le_bytes());
    hasher.update(&tag);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
    hasher.finalize()
}

/// A block with the right checksum.
#[derive(Clone, Copy)]
pub(crate) struct Block<'b> {
    /// Name of the file, for errors.
    file: &'b str,
    /// Byte offset in the file.
    at: usize,
    pub(crate) tag: Tag,
    pub(crate) bytes: &'b [u8],
}

impl Block<'_> {
    /// Returns the error of a block with wrong content.
    pub(crate) fn error(&self, message: impl std::fmt::Display) -> Error {
        wrong(
            self.file,
            self.at,
            format!("the block {:?} is not as it was written: {message}", name(self.tag)),
        )
    }
}

/// Returns the format and the blocks of a file, without the end block.
///
/// Fails for another kind of file, a format above `newest`, a block that is cut off or
/// damaged, missing blocks, and bytes after the end.
pub(crate) fn blocks<'b>(
    file: &'b str,
    bytes: &'b [u8],
    newest: u32,
) -> Result<(u32, Vec<Block<'b>>), Error> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let message = "is not a file saved by policygraph, or its beginning is damaged";
        return Err(Error::new(ErrorKind::Corrupt, file, message));
    };
    let Some((version, mut rest)) = rest.split_first_chunk() else {
        return Err(wrong(file, MAGIC.len(), "the file is cut off".into()));
    };
    let version = u32::from_le_bytes(*version);
    if !(1..=newest).contains(&version) {
        return Err(unsupported(file, version, newest));
    }
    let mut blocks: Vec<Block> = Vec::new();
    loop {
        let at = bytes.len() - rest.len();
        let block =
            next(&mut rest, to_u32(blocks.len())).map_err(|message| wrong(file, at, message))?;
        if block.tag == END {
            let is_whole = block.bytes == (to_u32(blocks.len())).to_le_bytes() && rest.is_empty();
            let message = "blocks are missing before the end, or bytes follow it";
            return if is_whole {
                Ok((version, blocks))
            } else {
                Err(wrong(file, at, message.into()))
            };
        }
        blocks.push(Block { file, at, ..block });
    }
}

/// Returns the tag of the first block of a file of any format; `None` for another kind of file.
pub(crate) fn first_tag(bytes: &[u8]) -> Option<Tag> {
    let (_version, blocks) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
    blocks.first_chunk().copied()
}

fn next<'b>(rest: &mut &'b [u8], place: u32) -> Result<Block<'b>, String> {
    let cut = || "the file is cut off".to_owned();
    let (header, rest_of_file) = rest.split_first_chunk::<HEADER>().ok_or_else(cut)?;
    let (tag, header) = header.split_first_chunk().expect("a header has a tag");
    let (length, printed) = header.split_first_chunk().expect("a header has a length");
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (bytes, rest_of_file) = rest_of_file.split_at_checked(length).ok_or_else(cut)?;
    if printed != checksum(place, *tag, bytes).to_le_bytes() {
        return Err(format!("the checksum of block {:?} differs", name(*tag)));
    }
    *rest = rest_of_file;
    Ok(Block { file: "", at: 0, tag: *tag, bytes })
}

/// Returns the error of a file in a format that this version does not read.
pub(crate) fn unsupported(file: &str, format: u32, newest: u32) -> Error {
    let formats =
        if newest == 1 { "format 1".to_owned() } else { format!("formats 1 to {newest}") };
    let message = format!(
        "has format {format}; this version of policygraph reads {formats}: use the version that \
         saved it, or a newer one"
    );
    Error::new(ErrorKind::Incompatible, file, message)
}

fn name(tag: Tag) -> String {
    String::from_utf8_lossy(&tag).trim_end().to_owned()
}

fn wrong(file: &str, at: usize, message: String) -> Error {
    Error::new(
        ErrorKind::Corrupt,
        file,
        format!("byte {at}: {message}; save it again, or use a backup"),
    )
}
