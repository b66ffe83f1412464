//! The parts of a zip package, read within a bound.

use super::damaged;
use super::xml::Element;
use crate::error::{Error, ErrorKind};
use crate::text::decode;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Maximum size of all parts that are read, as a multiple of the size of the file. Word and OFD
/// writers reach 40. Deflate reaches 1032, in files that are made to exhaust memory.
const MAX_RATIO: u64 = 100;

/// Size of the parts that every file may have.
const MIN_LIMIT: u64 = 1 << 20;

/// A zip package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Number of bytes that the parts still to be read may have.
    left: u64,
    /// Numbers of the parts by name, once a part was not found as it is named.
    names: Option<HashMap<String, usize>>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| {
            damaged(format!("is cut off or damaged: {cause}; copy it again")).with_source(cause)
        })?;
        let left = (bytes.len() as u64).saturating_mul(MAX_RATIO).max(MIN_LIMIT);
        Ok(Package { archive, left, names: None })
    }

    /// Returns the text of a part; `None` if there is no such part.
    ///
    /// Fails if the part is damaged or encrypted, or the parts read until now are larger than 100 times
    /// the file and 1 MiB.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Error> {
        let path = path.trim_start_matches('/');
        let Some(number) = self.number(path) else { return Ok(None) };
        let part = match self.archive.by_index(number) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let message = "is encrypted: remove its password";
                return Err(Error::new(ErrorKind::UnsupportedFormat, "", message));
            }
            Err(cause) => return Err(unreadable(path, cause)),
        };
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|cause| unreadable(path, cause))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            damaged(format!(
                "has parts of more than {MAX_RATIO} times its size, up to {path}: it is no document"
            ))
        })?;
        Ok(Some(decode(&bytes).text))
    }

    /// Returns the number of a part in the package, whose writer may have `\` in its name, other case,
    /// or an encoding that it does not state: GBK, or UTF-8.
    fn number(&mut self, path: &str) -> Option<usize> {
        if let Some(number) = self.archive.index_for_name(path) {
            return Some(number);
        }
        let archive = &mut self.archive;
        let names = self.names.get_or_insert_with(|| {
            let count = archive.len();
            let name = |number| {
                let part = archive.by_index_raw(number).ok()?;
                Some((key(&decode(part.name_raw()).text), number))
            };
            (0..count).rev().filter_map(name).collect()
        });
        names.get(&key(path)).copied()
    }
}

/// Returns the name of a part as parts are compared by.
fn key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

/// Reads a part as XML.
pub(super) fn parse<'t>(path: &str, text: &'t str) -> Result<Element<'t>, Error> {
    Element::parse(text).map_err(|cause| {
        damaged(format!("{path} in it is not well-formed XML: {cause}; save it again"))
    })
}

fn unreadable(path: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    let cause = cause.into();
    damaged(format!("{path} in it cannot be unpacked: {cause}; copy it again")).with_source(cause)
}

/// Returns the path of a part that another part names: relative to the folder of that part, or from
/// the root of the package with a leading `/`.
pub(super) fn resolve(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder = match target.starts_with('/') {
        true => "",
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_the_part() {
        assert_eq!(resolve("word/document.xml", "numbering.xml"), "word/numbering.xml");
        assert_eq!(resolve("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "./Pages/../Res.xml"), "Doc_0/Res.xml");
        assert_eq!(resolve("OFD.xml", "../../Doc_0\\Document.xml"), "Doc_0/Document.xml");
    }
}
