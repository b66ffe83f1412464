//! Word documents and OFD files of any text, for tests of readers.
//!
//! ```
//! use policygraph::Source;
//! use policygraph_testkit::office::{Block, docx, ofd};
//!
//! let file = docx(&[Block::numbered(0, "加快审批"), Block::numbered(1, "压缩时限。")]);
//! assert_eq!(Source::from_bytes("1.docx", &file).unwrap().text, "一、加快审批\n（一）压缩时限。");
//!
//! let file = ofd(&["一、加快审批", "压缩时限。"]);
//! assert_eq!(Source::from_bytes("1.ofd", &file).unwrap().text, "一、加快审批\n压缩时限。");
//! ```

use crate::pages::{CHARACTER, PAGE_HEIGHT, PAGE_WIDTH, set};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A block of a Word document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A paragraph with an automatic number of this level, from 0: 一、, （一）, 1., and at level 3
    /// 第一条 of a list of its own.
    Numbered(usize, String),
    /// A table: rows of cells.
    Table(Vec<Vec<String>>),
    /// WordprocessingML with the prefix `w`.
    Xml(String),
}

impl Block {
    /// Returns a paragraph.
    pub fn paragraph(words: &str) -> Block {
        Block::Paragraph(words.to_owned())
    }

    /// Returns a paragraph with an automatic number of this level.
    pub fn numbered(level: usize, words: &str) -> Block {
        Block::Numbered(level, words.to_owned())
    }

    fn xml(&self) -> String {
        match self {
            Block::Paragraph(words) => paragraph("", words),
            Block::Numbered(level, words) => {
                let (list, level) = if *level == 3 { (2, 0) } else { (1, *level) };
                let number = format!(
                    "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>"
                );
                paragraph(&number, words)
            }
            Block::Table(rows) => {
                let cell = |words: &String| format!("<w:tc>{}</w:tc>", paragraph("", words));
                let row = |cells: &Vec<String>| {
                    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
                };
                format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
            }
            Block::Xml(xml) => xml.clone(),
        }
    }
}

fn paragraph(properties: &str, words: &str) -> String {
    format!(
        "<w:p>{properties}<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        escaped(words)
    )
}

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Definitions of the lists of [`Block::Numbered`].
const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>";

/// Returns a Word document of blocks.
pub fn docx(blocks: &[Block]) -> Vec<u8> {
    let body: String = blocks.iter().map(Block::xml).collect();
    let document = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let numbering = format!("<w:numbering {WORD}>{NUMBERING}</w:numbering>");
    package(&[("word/document.xml", &document), ("word/numbering.xml", &numbering)])
}

/// Returns an OFD file with the paragraphs on pages as [`set`] sets them.
pub fn ofd(paragraphs: &[&str]) -> Vec<u8> {
    const OFD: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let millimetres = |points: f32| points * 25.4 / 72.0;
    let size = millimetres(CHARACTER);
    let mut pages: Vec<String> = Vec::new();
    for line in set(paragraphs) {
        if line.page > pages.len() {
            pages.push(String::new());
        }
        let (left, top) = (millimetres(line.left), millimetres(line.top));
        let distances: Vec<String> = line
            .words
            .chars()
            .map(|c| if c.is_ascii() { size / 2.0 } else { size })
            .map(|width| format!("{width:.3}"))
            .collect();
        let (distances, words) = (distances.join(" "), escaped(&line.words));
        *pages.last_mut().expect("a page was begun") += &format!(
            "<ofd:TextObject ID=\"1\" Boundary=\"{left} {top} 200 {size}\" Font=\"1\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"{size}\" DeltaX=\"{distances}\">{words}</ofd:TextCode></ofd:TextObject>"
        );
    }
    let mut parts = vec![(
        "OFD.xml".to_owned(),
        format!(
            "<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
    )];
    let mut list = String::new();
    for (number, content) in pages.iter().enumerate() {
        let path = format!("Pages/Page_{number}/Content.xml");
        list += &format!("<ofd:Page ID=\"{number}\" BaseLoc=\"{path}\"/>");
        let page = format!(
            "<ofd:Page {OFD}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        );
        parts.push((format!("Doc_0/{path}"), page));
    }
    let (width, height) = (millimetres(PAGE_WIDTH), millimetres(PAGE_HEIGHT));
    parts.push((
        "Doc_0/Document.xml".to_owned(),
        format!("<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>"),
    ));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(path, text)| (&**path, &**text)).collect();
    package(&parts)
}

/// Packs parts, each a path and a text, into a zip package.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(*path, SimpleFileOptions::default()).expect("the path is new");
        zip.write_all(text.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// Escapes the marks of XML.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
