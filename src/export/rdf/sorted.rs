//! Lines in order, with bounded memory.
//!
//! Lines are sorted in parts. Parts that are more than one go to a temporary file and are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// Bytes of the lines of a part.
const PART: usize = 8 << 20;

/// Bytes of a part that are read at once while parts are merged.
const CHUNK: usize = 32 << 10;

/// Lines without repeats, to be written in the order of their bytes.
pub(super) struct SortedLines {
    /// Maximum bytes of a part, as far as the last line allows.
    part: usize,
    text: String,
    /// Lines of `text`, each with its line end.
    lines: Vec<Range<usize>>,
    /// The sorted parts before those of `text`, one after the other.
    file: Option<File>,
    parts: Vec<Range<u64>>,
}

impl SortedLines {
    pub(super) fn new() -> SortedLines {
        SortedLines::in_parts(PART)
    }

    fn in_parts(part: usize) -> SortedLines {
        SortedLines { part, text: String::new(), lines: Vec::new(), file: None, parts: Vec::new() }
    }

    /// Adds a line, which contains no line end.
    pub(super) fn push(&mut self, line: impl Display) -> io::Result<()> {
        let start = self.text.len();
        writeln!(self.text, "{line}").expect("a string takes any text");
        self.lines.push(start..self.text.len());
        if self.text.len() < self.part { Ok(()) } else { self.end_part() }
    }

    /// Writes all lines.
    pub(super) fn write(mut self, out: &mut impl Write) -> io::Result<()> {
        if self.parts.is_empty() {
            return self.sorted().try_for_each(|line| out.write_all(line));
        }
        self.end_part()?;
        let SortedLines { file, parts, .. } = self;
        file.map_or(Ok(()), |file| merge(&file, parts, out))
    }

    /// Writes the lines in memory to the file.
    fn end_part(&mut self) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let start = self.parts.last().map_or(0, |part| part.end);
        let mut out = BufWriter::new(&mut file);
        self.sorted().try_for_each(|line| out.write_all(line))?;
        out.flush()?;
        drop(out);
        self.parts.push(start..file.stream_position()?);
        self.file = Some(file);
        self.text.clear();
        self.lines.clear();
        Ok(())
    }

    fn sorted(&mut self) -> impl Iterator<Item = &[u8]> {
        let text = self.text.as_bytes();
        let line = |line: &Range<usize>| &text[line.clone()];
        self.lines.sort_unstable_by(|a, b| line(a).cmp(line(b)));
        self.lines.dedup_by(|a, b| line(a) == line(b));
        self.lines.iter().map(line)
    }
}

/// Writes the lines of sorted parts in order.
fn merge(file: &File, parts: Vec<Range<u64>>, out: &mut impl Write) -> io::Result<()> {
    let part = |range| BufReader::with_capacity(CHUNK, Part { file, range });
    let mut parts: Vec<_> = parts.into_iter().map(part).collect();
    // The next line of each part, with the position of the part.
    let mut next = BinaryHeap::with_capacity(parts.len());
    for (at, part) in parts.iter_mut().enumerate() {
        let mut line = Vec::new();
        part.read_until(b'\n', &mut line)?;
        next.push(Reverse((line, at)));
    }
    let mut last = Vec::new();
    while let Some(Reverse((mut line, at))) = next.pop() {
        // The line of a part that has no more is empty.
        if line.is_empty() {
            continue;
        }
        if line != last {
            out.write_all(&line)?;
            last.clone_from(&line);
        }
        line.clear();
        parts[at].read_until(b'\n', &mut line)?;
        next.push(Reverse((line, at)));
    }
    Ok(())
}

/// A part of a file, read from its start on.
struct Part<'f> {
    file: &'f File,
    range: Range<u64>,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file;
        file.seek(SeekFrom::Start(self.range.start))?;
        let read = file.take(self.range.end - self.range.start).read(buffer)?;
        self.range.start += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn lines_are_sorted_and_unique_in_parts_of_any_size() {
        // Some are equal, one is the start of another, and one is longer than a part and a chunk.
        let long = "药".repeat(CHUNK);
        let short = (0..500).map(|n: u32| (n * n % 97).to_string());
        let lines: Vec<String> = short.chain(["1 2".to_owned(), long]).collect();
        let expected: BTreeSet<String> = lines.iter().map(|line| format!("{line}\n")).collect();
        let expected: String = expected.into_iter().collect();
        for part in [1, 10, 100, 1000, PART] {
            let mut sorted = SortedLines::in_parts(part);
            lines.iter().for_each(|line| sorted.push(line).unwrap());
            let mut out = Vec::new();
            sorted.write(&mut out).unwrap();
            assert!(out == expected.as_bytes(), "parts of {part} bytes");
        }
    }

    #[test]
    fn nothing_is_written_without_lines() {
        let mut out = Vec::new();
        SortedLines::new().write(&mut out).unwrap();
        assert!(out.is_empty());
    }
}
