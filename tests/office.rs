//! Word documents and OFD files: the record of the plain text, places, and files that are wrong.

#![cfg(all(feature = "builtin", feature = "office"))]

use policygraph::{ErrorKind, Lexicon, Origin, Place, Record, Source, Span, read};
use policygraph_testkit::office::{Block, docx, ofd, package};
use policygraph_testkit::pages::seed_paragraphs;

/// Returns the record without its origin.
fn record(source: impl Into<Source>) -> Record {
    Record { origin: Origin::default(), ..read(Lexicon::builtin(), "one", source) }
}

/// Checks that a source has the paragraphs of a document, and gives its record.
#[track_caller]
fn check_same(source: Source, document: &[String]) {
    for (line, paragraph) in source.text.lines().zip(document) {
        let same = line.chars().zip(paragraph.chars()).take_while(|(a, b)| a == b).count();
        let rest = |line: &str| line.chars().skip(same).take(40).collect::<String>();
        assert_eq!(rest(line), rest(paragraph), "after {same} characters");
    }
    assert_eq!(source.text.lines().count(), document.len());
    assert_eq!(record(source), record(document.join("\n")));
}

fn text(file: &[u8]) -> String {
    Source::from_bytes("file", file).unwrap().text
}

#[test]
fn a_word_document_gives_the_record_of_its_text() {
    for document in seed_paragraphs() {
        let blocks: Vec<Block> = document.iter().map(|line| Block::paragraph(line)).collect();
        check_same(Source::from_bytes("1.docx", &docx(&blocks)).unwrap(), &document);
    }
}

#[test]
fn an_ofd_file_gives_the_record_of_its_text() {
    for document in seed_paragraphs() {
        let lines: Vec<&str> = document.iter().map(|line| &**line).collect();
        check_same(Source::from_bytes("1.ofd", &ofd(&lines)).unwrap(), &document);
    }
}

#[test]
fn numbers_are_written_as_word_shows_them() {
    let file = docx(&[
        Block::numbered(0, "总体要求"),
        Block::numbered(1, "甲。"),
        Block::numbered(1, "乙。"),
        Block::numbered(2, "丙。"),
        Block::numbered(0, "保障"),
        Block::numbered(1, "丁。"),
        Block::numbered(3, "戊。"),
        Block::numbered(3, "己。"),
    ]);
    assert_eq!(
        text(&file),
        "一、总体要求\n（一）甲。\n（二）乙。\n1. 丙。\n二、保障\n（一）丁。\n第一条 戊。\n第二条 己。"
    );
}

/// Returns the text of WordprocessingML in a body.
fn body(xml: &str) -> String {
    text(&docx(&[Block::Xml(xml.to_owned())]))
}

#[test]
fn runs_of_a_paragraph_are_one_line() {
    assert_eq!(
        body(
            "<w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
        ),
        "甲 乙\n丙"
    );
    // Readings, hidden text, instructions of fields and symbols of picture fonts are no words.
    assert_eq!(
        body(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>丙</w:t></w:r></w:p>"
        ),
        "甲丙"
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let words =
        |name: &str, words: &str| format!("<w:{name}><w:r><w:t>{words}</w:t></w:r></w:{name}>");
    let deleted = "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>";
    let xml = format!("<w:p>{}{deleted}{}</w:p>", words("ins", "甲"), words("moveFrom", "丙"));
    assert_eq!(body(&xml), "甲");
    // A deleted mark joins two paragraphs.
    let mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let xml =
        format!("<w:p>{mark}<w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>");
    assert_eq!(body(&xml), "甲乙");
}

#[test]
fn notes_and_text_boxes_follow_their_paragraph() {
    let document = "<w:document xmlns:w='w' xmlns:mc='mc'><w:body><w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='2'/></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>\
        <w:p><w:r><w:t>乙</w:t></w:r></w:p></w:body></w:document>";
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>注</w:t><w:footnoteReference w:id='2'/></w:r></w:p></w:footnote></w:footnotes>";
    let file = package(&[("word/document.xml", document), ("word/footnotes.xml", notes)]);
    let text = text(&file);
    assert!(text.starts_with("甲\n注\n") && text.ends_with("\n框\n乙"), "{text}");
}

#[test]
fn tables_of_contents_are_left_out() {
    let line =
        "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>一、总则 1</w:t></w:r></w:p>";
    assert_eq!(body(&format!("{line}<w:p><w:r><w:t>一、总则</w:t></w:r></w:p>")), "一、总则");
}

#[test]
fn tables_are_rows_and_merged_cells_are_repeated() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let file = docx(&[
        Block::paragraph("任务分工表"),
        Block::Table(vec![row(&["任务", "责任单位"]), row(&["推行一窗受理", "市商务局"])]),
    ]);
    let source = Source::from_bytes("1.docx", &file).unwrap();
    assert_eq!(source.text, "任务分工表\n任务\t责任单位\n推行一窗受理\t市商务局");
    let at = source.text.find("市商务局").unwrap();
    let place = source.origin.place(Span::new(at, at + "市商务局".len()));
    assert_eq!(place.to_string(), "paragraph 5, table 1, row 2, column 2");

    let cell = |properties: &str, words: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
        )
    };
    let (start, more) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let rows = [
        cell("", "序号") + &cell("", "任务") + &cell("<w:gridSpan w:val=\"2\"/>", "单位"),
        cell("", "1") + &cell(start, "绿化") + &cell("", "甲局") + &cell("", "乙局"),
        cell("", "2") + &cell(more, "") + &cell("", "丙局") + &cell("", ""),
        cell("<w:gridSpan w:val=\"4\"/>", "二、其他"),
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    assert_eq!(
        body(&format!("<w:tbl>{rows}</w:tbl>")),
        "序号\t任务\t单位\t单位\n1\t绿化\t甲局\t乙局\n2\t绿化\t丙局\t\n二、其他"
    );
}

#[test]
fn a_table_that_lays_out_a_page_is_lines() {
    let inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let xml = format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>");
    assert_eq!(body(&xml), "甲\n乙");
}

#[test]
fn places_lead_to_paragraphs_and_pages() {
    let place = |file: &[u8], words: &str| {
        let source = Source::from_bytes("1", file).unwrap();
        let at = source.text.find(words).unwrap();
        source.origin.place(Span::new(at, at + words.len()))
    };
    let file = docx(&[Block::paragraph("甲"), Block::paragraph(""), Block::paragraph("乙")]);
    assert_eq!(place(&file, "乙"), Place::Paragraph { number: 3, cell: None });

    let many = vec!["一、推行并联审批。"; 30];
    let mut lines = many.clone();
    lines.push("二、其他。");
    let Place::Page { number, area } = place(&ofd(&lines), "二、其他") else { panic!() };
    assert_eq!(number, 2);
    assert!(area.left == 105 && area.top > 100 && area.bottom < 842, "{area}");
}

#[track_caller]
fn error(name: &str, bytes: &[u8], kind: ErrorKind, message: &str) {
    let error = Source::from_bytes(name, bytes).unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(message), "{error}");
}

#[test]
fn files_that_are_no_documents_say_what_they_are() {
    use ErrorKind::{Corrupt, UnsupportedFormat};
    let mut doc = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    doc.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
    error("1.doc", &doc, UnsupportedFormat, "save it as .docx");
    error("1.zip", &package(&[("a.txt", "甲")]), UnsupportedFormat, "unpack it");
    error("1.xlsx", &package(&[("xl/workbook.xml", "")]), UnsupportedFormat, "a spreadsheet");
    error("1.docx", &package(&[("word/document.xml", "<a>")]), Corrupt, "<a> is not closed");
    error("1.docx", &package(&[("word/other.xml", "")]), Corrupt, "no part word/document.xml");
    let file = docx(&[Block::paragraph("甲")]);
    error("1.docx", &file[..file.len() - 30], Corrupt, "cut off");
    let foreign = [Block::paragraph("甲"), Block::Xml("<w:altChunk r:id=\"a\"/>".to_owned())];
    error("1.docx", &docx(&foreign), UnsupportedFormat, "save it again");
    error("1.ofd", &ofd(&[]), UnsupportedFormat, "recognise its text");
}

#[test]
fn a_small_file_cannot_exhaust_memory() {
    use ErrorKind::Corrupt;
    let bomb = "<a>".to_owned() + &" ".repeat(64 << 20) + "</a>";
    error("1.docx", &package(&[("word/document.xml", &bomb)]), Corrupt, "100 times its size");
    let nested = "<w:tbl><w:tr><w:tc>".repeat(1000);
    let file =
        package(&[("word/document.xml", &format!("<w:document xmlns:w='w'><w:body>{nested}"))]);
    error("1.docx", &file, Corrupt, "256 elements");
    // Composite objects of which each has the one before it twice.
    let unit = |n: usize| {
        let object = format!("<CompositeObject ResourceID='{}'/>", n - 1);
        format!(
            "<CompositeGraphicUnit ID='{n}'><Content><Layer>{object}{object}</Layer></Content></CompositeGraphicUnit>"
        )
    };
    let first = "<CompositeGraphicUnit ID='0'><Content><Layer><TextObject Size='5'><TextCode X='0' Y='5'>甲</TextCode></TextObject></Layer></Content></CompositeGraphicUnit>";
    let units: String = (1..60).map(unit).collect();
    let file = package(&[
        ("OFD.xml", "<OFD><DocBody><DocRoot>D/D.xml</DocRoot></DocBody></OFD>"),
        (
            "D/D.xml",
            "<Document><CommonData><DocumentRes>R.xml</DocumentRes></CommonData><Pages><Page BaseLoc='P.xml'/></Pages></Document>",
        ),
        (
            "D/R.xml",
            &format!("<Res><CompositeGraphicUnits>{first}{units}</CompositeGraphicUnits></Res>"),
        ),
        (
            "D/P.xml",
            "<Page><Content><Layer><CompositeObject ResourceID='59'/></Layer></Content></Page>",
        ),
    ]);
    _ = Source::from_bytes("1.ofd", &file);
}
