//! Word documents and OFD files.

use crate::check;
use policygraph::{Place, Source, Span};
use policygraph_testkit::office::package;

/// The parts of an OFD file beside its page, which is also its template and its resources.
const OFD: [(&str, &str); 2] = [
    ("OFD.xml", "<OFD><DocBody><DocRoot>D/D.xml</DocRoot></DocBody></OFD>"),
    (
        "D/D.xml",
        "<Document><CommonData><DocumentRes>P.xml</DocumentRes><TemplatePage ID='1' BaseLoc='P.xml'/></CommonData>\
         <Pages><Page BaseLoc='P.xml'/><Page BaseLoc='P.xml'/></Pages></Document>",
    ),
];

/// Reads the bytes as a file, as the parts of a Word document and as a page of an OFD file.
pub fn office(data: &[u8]) {
    file(data);
    let part = String::from_utf8_lossy(data);
    // The document has its own numbers, styles and notes.
    let names = ["document", "numbering", "styles", "footnotes"];
    let paths = names.map(|name| format!("word/{name}.xml"));
    file(&package(&paths.each_ref().map(|path| (&**path, &*part))));
    let [root, document] = OFD;
    file(&package(&[root, document, ("D/P.xml", &part)]));
}

fn file(data: &[u8]) {
    let Ok(source) = Source::from_bytes("a", data) else { return };
    let text = &source.text;
    let starts: Vec<u32> = source.origin.places.iter().map(|place| place.0).collect();
    assert!(starts.is_sorted(), "places are ascending");
    assert!(starts.iter().all(|&start| text.is_char_boundary(start as usize)));
    if !starts.is_empty() {
        let place = source.origin.place(Span::new(0, text.len()));
        assert!(
            !matches!(place, Place::Bytes(_)),
            "the text has a place on a page or in a paragraph"
        );
    }
    check::read_twice(&source);
}
