//! PDFs: the record of the plain text, places, and files that are wrong.

#![cfg(all(feature = "builtin", feature = "pdf"))]

use policygraph::{ErrorKind, Lexicon, Origin, Place, Record, Source, Span, read};
use policygraph_testkit::pages::{pdf, seed_paragraphs};

#[test]
fn a_pdf_gives_the_record_of_its_text() {
    for document in seed_paragraphs() {
        // The place of words shows that there are blanks between them, not how many.
        let blanks = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = document.iter().map(blanks).collect();
        let lines: Vec<&str> = lines.iter().map(|line| &**line).collect();
        let source = Source::from_bytes("1.pdf", &pdf(&lines)).unwrap();
        for (line, paragraph) in source.text.lines().zip(&lines) {
            let same = line.chars().zip(paragraph.chars()).take_while(|(a, b)| a == b).count();
            let rest = |line: &str| line.chars().skip(same).take(40).collect::<String>();
            assert_eq!(rest(line), rest(paragraph), "after {same} characters");
        }
        let record = |source: Source| Record {
            origin: Origin::default(),
            ..read(Lexicon::builtin(), "one", source)
        };
        assert_eq!(record(source), record(lines.join("\n").into()));
    }
}

#[test]
fn places_lead_to_pages() {
    let mut lines = vec!["一、推行并联审批。"; 30];
    lines.push("二、其他。");
    let source = Source::from_bytes("1.pdf", &pdf(&lines)).unwrap();
    let at = source.text.find("二、其他").unwrap();
    let place = source.origin.place(Span::new(at, at + 12));
    let Place::Page { number: 2, area } = place else { panic!("{place}") };
    assert!((100..110).contains(&area.left), "{area}");
}

#[test]
fn files_without_text_say_so() {
    let error = Source::from_bytes("1.pdf", &pdf(&[" "])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedFormat);
    assert!(error.to_string().contains("(OCR)"), "{error}");
    let error = Source::from_bytes("1.pdf", b"%PDF-1.7\ncut off").unwrap_err();
    assert!(error.to_string().contains("PDF"), "{error}");
}
