//! A file of checked blocks.
//!
//! ```text
//! policygraph\0   12 bytes, what the file is
//! version         u32, of the format
//! block …         tag: 4 letters; length: u64; checksum: u32; so many bytes
//! block "end "    how many blocks stand before it: u32; then the file ends
//! ```
//!
//! Numbers are little-endian. The checksum is the CRC-32 of the block's place (how
//! many stand before it, u32), its tag, length and bytes: two blocks that have
//! changed places are found out too. No length is believed before so many bytes
//! are there.

use crate::error::{Error, ErrorKind};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const MAGIC: &[u8; 12] = b"policygraph\0";
const END: Tag = *b"end ";
const HEAD: usize = size_of::<Tag>() + size_of::<u64>() + size_of::<u32>();

/// What a block holds.
pub(crate) type Tag = [u8; 4];

/// Writes blocks one behind the other.
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

/// Writes a file that is there as a whole or not at all: another of this name
/// stays until the new one is written.
pub(crate) fn save(
    path: &Path,
    write: impl FnOnce(BufWriter<&fs::File>) -> io::Result<()>,
) -> Result<(), Error> {
    let save = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().make_in(folder, |path| fs::File::create_new(path))?;
        write(BufWriter::new(file.as_file()))?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    save().map_err(|error: io::Error| Error::io(path.display().to_string(), "not saved", error))
}

fn checksum(place: u32, tag: Tag, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&place.to_le_bytes());
    hasher.update(&tag);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
    hasher.finalize()
}

/// A block whose checksum is right.
#[derive(Clone, Copy)]
pub(crate) struct Block<'b> {
    /// The file, for errors.
    file: &'b str,
    /// Where it begins in the file.
    at: usize,
    pub(crate) tag: Tag,
    pub(crate) bytes: &'b [u8],
}

impl Block<'_> {
    /// That its content is wrong, though its checksum is right.
    pub(crate) fn error(&self, message: impl std::fmt::Display) -> Error {
        wrong(
            self.file,
            self.at,
            format!("the block {:?} is not as it was written: {message}", name(self.tag)),
        )
    }
}

/// The blocks of a file, without the last, each with the right checksum.
///
/// Errors: another kind of file, a version above `newest`, a block that is cut
/// off or damaged, blocks that are missing, something behind the end.
pub(crate) fn blocks<'b>(
    file: &'b str,
    bytes: &'b [u8],
    newest: u32,
) -> Result<(u32, Vec<Block<'b>>), Error> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let message = "is not a graph saved by policygraph, or its beginning is damaged";
        return Err(Error::new(ErrorKind::Corrupt, file, message));
    };
    let Some((version, mut rest)) = rest.split_first_chunk() else {
        return Err(wrong(file, MAGIC.len(), "the file is cut off".into()));
    };
    let version = u32::from_le_bytes(*version);
    if !(1..=newest).contains(&version) {
        let message = format!(
            "is of format {version}; this policygraph reads 1 to {newest}: use the one that saved it, \
             or a newer one"
        );
        return Err(Error::new(ErrorKind::Incompatible, file, message));
    }
    let mut blocks: Vec<Block> = Vec::new();
    loop {
        let at = bytes.len() - rest.len();
        let block =
            next(&mut rest, blocks.len() as u32).map_err(|message| wrong(file, at, message))?;
        if block.tag == END {
            let is_whole = block.bytes == (blocks.len() as u32).to_le_bytes() && rest.is_empty();
            let message = "what stands before or behind the end is not what was saved";
            return if is_whole {
                Ok((version, blocks))
            } else {
                Err(wrong(file, at, message.into()))
            };
        }
        blocks.push(Block { file, at, ..block });
    }
}

fn next<'b>(rest: &mut &'b [u8], place: u32) -> Result<Block<'b>, String> {
    let cut = || "the file is cut off".to_owned();
    let (head, behind) = rest.split_first_chunk::<HEAD>().ok_or_else(cut)?;
    let (tag, head) = head.split_first_chunk().expect("a head has a tag");
    let (length, printed) = head.split_first_chunk().expect("a head has a length");
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (bytes, behind) = behind.split_at_checked(length).ok_or_else(cut)?;
    if printed != checksum(place, *tag, bytes).to_le_bytes() {
        return Err(format!("the checksum of block {:?} differs", name(*tag)));
    }
    *rest = behind;
    Ok(Block { file: "", at: 0, tag: *tag, bytes })
}

fn name(tag: Tag) -> String {
    String::from_utf8_lossy(&tag).trim_end().to_owned()
}

fn wrong(file: &str, at: usize, message: String) -> Error {
    Error::new(
        ErrorKind::Corrupt,
        file,
        format!("byte {at}: {message}; save it again, or take a copy"),
    )
}
