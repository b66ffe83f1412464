//! Texts and pages.

use crate::check;
use policygraph::{Source, decode};

/// One text in so many is also assembled to a graph and indexed, which takes ten times as long as
/// reading it.
const INDEXED: usize = 16;

/// Reads the bytes as plain text.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let record = check::read_twice(&Source::from(&*text));
    assert_eq!(record.text, text);
    if data.len().is_multiple_of(INDEXED) {
        check::graph_of([record]);
    }
}

/// Reads the bytes as markdown.
pub fn markdown(data: &[u8]) {
    let file = String::from_utf8_lossy(data);
    page(&file, policygraph::markdown(&*file));
}

/// Reads the bytes as an HTML page.
pub fn html(data: &[u8]) {
    let file = String::from_utf8_lossy(data);
    page(&file, policygraph::html(&*file));
}

fn page(file: &str, source: Source) {
    check::source(&source, file);
    let record = check::read_twice(&source);
    for measure in &record.measures {
        record.origin.place(measure.span).bytes().map(|place| place.slice(file));
    }
}

/// Decodes the bytes, and reads them as a file of each format.
pub fn bytes(data: &[u8]) {
    let decoded = decode(data);
    assert_eq!(decode(data), decoded);
    assert!(decoded.replaced <= decoded.text.matches('\u{FFFD}').count());
    if let ("UTF-8", Ok(text)) = (decoded.encoding, std::str::from_utf8(data)) {
        assert_eq!((decoded.text.as_str(), decoded.replaced), (text, 0));
    }
    for name in ["a", "a.txt", "a.md", "a.HTML"] {
        // Bytes of an archive, an image or noise are an error.
        let Ok(source) = Source::from_bytes(name, data) else { continue };
        assert_eq!(source.origin.file.as_deref(), Some(name));
        // The text of an office file is no part of its bytes.
        if source.origin.places.is_empty() {
            check::source(&source, &decoded.text);
        }
        check::read_twice(&source);
    }
}
