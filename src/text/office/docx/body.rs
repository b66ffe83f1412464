//! The paragraphs of a Word document → text.

use super::super::xml::{Element, Node};
use super::numbering::Counters;
use super::parts::Parts;
use super::table;
use crate::error::{Error, ErrorKind};
use crate::number::to_u32;
use crate::text::{Origin, Place, Source, TableCell};

/// The text so far, and the place of each of its paragraphs.
pub(super) struct Body<'p, 't> {
    parts: &'p Parts<'t>,
    counters: Counters,
    pub(super) text: Fragment,
    /// Separates paragraphs: a line end, or in a cell a mark that does not end its row.
    pub(super) mark: &'static str,
    /// Number of paragraphs so far.
    paragraphs: u32,
    /// Number of tables so far.
    pub(super) tables: u32,
    /// Words of a paragraph that a tracked change joins with the next.
    joined: String,
    /// Number of notes and text boxes that are open.
    depth: usize,
    /// Number of bytes that repeated cells may still have.
    pub(super) spare: usize,
    /// True if a part of the text is another file inside this one, which Word shows in its place (altChunk).
    foreign: bool,
}

/// A part of the text with the places of its paragraphs.
#[derive(Default)]
pub(super) struct Fragment {
    pub(super) text: String,
    places: Vec<(u32, Place)>,
}

impl Fragment {
    /// Appends a fragment.
    pub(super) fn push(&mut self, other: &Fragment) {
        let start = to_u32(self.text.len());
        self.places.extend(other.places.iter().map(|&(at, place)| (start + at, place)));
        self.text += &other.text;
    }
}

/// Words of a paragraph, and the elements whose text follows it.
#[derive(Default)]
struct Words<'e, 't> {
    text: String,
    after: Vec<&'e Element<'t>>,
}

/// Maximum number of notes and text boxes inside each other. A note can refer to itself.
const MAX_DEPTH: usize = 4;

impl<'p, 't> Body<'p, 't> {
    pub(super) fn new(parts: &'p Parts<'t>) -> Self {
        Body {
            parts,
            counters: Counters::default(),
            text: Fragment::default(),
            mark: "\n",
            paragraphs: 0,
            tables: 0,
            joined: String::new(),
            depth: 0,
            spare: parts.len,
            foreign: false,
        }
    }

    /// Returns the text. Fails if a part of it is not in the document itself.
    pub(super) fn finish(self) -> Result<Source, Error> {
        if self.foreign {
            let message = "a part of the text is another file inside this one (altChunk): open it in Word and \
                           save it again";
            return Err(Error::new(ErrorKind::UnsupportedFormat, "", message));
        }
        let Fragment { text, places } = self.text;
        Ok(Source { text, origin: Origin { places, ..Origin::default() }, left_out: 0 })
    }

    /// Appends the paragraphs and tables in an element.
    pub(super) fn blocks(&mut self, parent: &Element<'t>, cell: Option<TableCell>) {
        for element in parent.children() {
            match element.name() {
                "p" => self.paragraph(element, cell),
                "tbl" => table::push(self, element),
                "sdt" if is_contents(element) => {}
                "AlternateContent" => {
                    chosen(element).into_iter().for_each(|one| self.blocks(one, cell));
                }
                "altChunk" => self.foreign = true,
                "del" | "moveFrom" | "sdtPr" | "sectPr" | "tblPr" | "tcPr" => {}
                _ => self.blocks(element, cell),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element<'t>, cell: Option<TableCell>) {
        self.paragraphs += 1;
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|properties| properties.value("pStyle"));
        if style.is_some_and(|style| self.parts.is_contents(&style)) {
            return;
        }
        let mut words = Words { text: std::mem::take(&mut self.joined), after: Vec::new() };
        self.run(paragraph, &mut words);
        let deleted = properties.and_then(|properties| properties.child("rPr")?.child("del"));
        if deleted.is_some() {
            self.joined = words.text;
        } else {
            let lists = &self.parts.lists;
            let number = lists.of(properties);
            let number = number.and_then(|(id, level)| self.counters.next(lists, &id, level));
            let line = words.text.trim_matches(|c: char| c.is_whitespace() && c != '\u{3000}');
            if !line.is_empty() {
                let number = number.filter(|number| !line.starts_with(number.trim_end()));
                self.line(&(number.unwrap_or_default() + line), cell);
            }
        }
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            words.after.into_iter().for_each(|element| self.blocks(element, cell));
            self.depth -= 1;
        }
    }

    /// Appends a line. A line end inside it separates lines too.
    fn line(&mut self, words: &str, cell: Option<TableCell>) {
        if !self.text.text.is_empty() {
            self.text.text += self.mark;
        }
        let place = Place::Paragraph { number: self.paragraphs, cell };
        self.text.places.push((to_u32(self.text.text.len()), place));
        self.text.text += &words.replace('\n', self.mark);
    }

    /// Collects the words of a run, or of an element with runs in it.
    fn run<'e>(&self, parent: &'e Element<'t>, words: &mut Words<'e, 't>)
    where
        'p: 'e,
    {
        let hidden = parent.child("rPr").and_then(|properties| properties.child("vanish"));
        if hidden.is_some_and(|hidden| {
            hidden.attribute("val").is_none_or(|val| !matches!(&*val, "0" | "false" | "off"))
        }) {
            return;
        }
        for element in parent.children() {
            match element.name() {
                "t" => element.nodes.iter().for_each(|node| {
                    if let Node::Text(text) = node {
                        words.text += text;
                    }
                }),
                "tab" | "ptab" => words.text.push(' '),
                "br" | "cr" => words.text.push('\n'),
                "noBreakHyphen" => words.text.push('-'),
                "sym" => words.text.extend(symbol(element)),
                "footnoteReference" | "endnoteReference" => {
                    words.after.extend(self.parts.note(element));
                }
                "txbxContent" => words.after.push(element),
                "AlternateContent" => {
                    chosen(element).into_iter().for_each(|one| self.run(one, words));
                }
                // Deleted words, instructions of fields, readings of characters, properties.
                "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt" | "pPr"
                | "rPr" | "sdtPr" | "tabs" => {}
                _ => self.run(element, words),
            }
        }
    }
}

/// Returns the alternative that is shown: the first choice, else the fallback.
fn chosen<'e, 't>(alternatives: &'e Element<'t>) -> Option<&'e Element<'t>> {
    alternatives.child("Choice").or_else(|| alternatives.child("Fallback"))
}

/// Returns the character of a symbol. Fonts of pictures have their own code points, which are no
/// characters.
fn symbol(element: &Element<'_>) -> Option<char> {
    let code = u32::from_str_radix(&element.attribute("char")?, 16).ok()?;
    char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c) && !c.is_control())
}

/// Returns true for a table of contents (目录).
fn is_contents(sdt: &Element<'_>) -> bool {
    let gallery = sdt
        .child("sdtPr")
        .and_then(|properties| properties.child("docPartObj")?.value("docPartGallery"));
    gallery.is_some_and(|gallery| gallery == "Table of Contents")
}
