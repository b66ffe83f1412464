//! Formats of files, by content before name.

use memchr::memmem;

/// A format of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
}

impl Format {
    /// Returns the format of a text by the ending of its name; `None` for another ending.
    fn of(name: &str) -> Option<Format> {
        match &*ending(name)? {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "shtml" => Some(Format::Html),
            _ => None,
        }
    }

    /// Returns the format of a text by its start, else by the ending of its name: markdown, HTML or
    /// plain text.
    pub(super) fn of_text(name: &str, text: &str) -> Format {
        let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
        let start = text.trim_start_matches(blank);
        let declared = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
        let start = declared.map_or(start, |(_, rest)| rest.trim_start_matches(blank));
        let opens =
            |tag: &str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        match Format::of(name) {
            Some(Format::Markdown) => Format::Markdown,
            _ if opens("<!doctype html") || opens("<html") => Format::Html,
            Some(Format::Html) => Format::Html,
            _ => Format::Text,
        }
    }
}

/// Returns true for the name of a file that may be a document: text, markdown, HTML, or a document
/// of an office program, which is read or is an error.
#[cfg(feature = "folder")]
pub(crate) fn is_document(name: &str) -> bool {
    /// Endings of documents that are no texts, read or not.
    const OTHERS: [&str; 20] = [
        "docx", "ofd", "pdf", "doc", "wps", "wpt", "dot", "docm", "dotx", "dotm", "rtf", "odt",
        "xls", "xlsx", "et", "ppt", "pptx", "dps", "ceb", "caj",
    ];
    Format::of(name).is_some() || ending(name).is_some_and(|ending| OTHERS.contains(&&*ending))
}

/// Returns the ending of a name in lower case, without its dot.
fn ending(name: &str) -> Option<String> {
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

/// The content of a file by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Not known by its first bytes: probably text.
    Text,
    /// Word document: a zip package with `word/document.xml`.
    Docx,
    /// OFD: a zip package with `OFD.xml`.
    Ofd,
    Pdf,
    /// A format that is not read: its name, and the way to one that is.
    Other(&'static str),
}

const SAVE_AS_DOCX: [(&str, &str); 3] = [
    (
        "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t",
        "is a Word document of before 2007 (.doc) or a WPS document (.wps): save it as .docx",
    ),
    (
        "W\0o\0r\0k\0b\0o\0o\0k",
        "is a spreadsheet (.xls): save its text as .docx, or its table as .html",
    ),
    ("P\0o\0w\0e\0r\0P\0o\0i\0n\0t", "is a presentation (.ppt): save its text as .docx"),
];

/// Formats by their first bytes.
const STARTS: [(&[u8], &str); 20] = [
    (b"{\\rtf", "is an RTF document: save it as .docx"),
    (b"MIME-Version:", "is a web archive (MHTML): open it in Word, and save it as .docx"),
    (b"Founder CEB", "is a CEB document of Founder Apabi: print it to PDF"),
    (b"CAJ", "is a CAJ document: print it to PDF"),
    (b"\x89PNG\r\n", "is an image (PNG): recognise its text first (OCR)"),
    (b"\xFF\xD8\xFF", "is an image (JPEG): recognise its text first (OCR)"),
    (b"GIF8", "is an image (GIF): recognise its text first (OCR)"),
    (b"II*\0", "is an image (TIFF): recognise its text first (OCR)"),
    (b"MM\0*", "is an image (TIFF): recognise its text first (OCR)"),
    (b"BM", "is an image (BMP): recognise its text first (OCR)"),
    (b"RIFF", "is an image, sound or film (RIFF), not text"),
    (b"\0\0\0 ftyp", "is an image or film (ISO media), not text"),
    (b"\x1F\x8B", "is an archive (gzip): unpack it"),
    (b"Rar!\x1A\x07", "is an archive (RAR): unpack it"),
    (b"7z\xBC\xAF\x27\x1C", "is an archive (7z): unpack it"),
    (b"BZh", "is an archive (bzip2): unpack it"),
    (b"\xFD7zXZ\0", "is an archive (xz): unpack it"),
    (b"\x28\xB5\x2F\xFD", "is an archive (zstd): unpack it"),
    (b"SQLite format 3\0", "is a database (SQLite), not text"),
    (b"\x7FELF", "is a program, not text"),
];

/// Names of parts in zip packages, with what the package is.
const PACKAGES: [(&str, Content); 8] = [
    ("word/document", Content::Docx),
    ("OFD.xml", Content::Ofd),
    (
        "xl/workbook",
        Content::Other("is a spreadsheet (.xlsx): save its text as .docx, or its table as .html"),
    ),
    ("ppt/presentation", Content::Other("is a presentation (.pptx): save its text as .docx")),
    ("opendocument.text", Content::Other("is an OpenDocument text (.odt): save it as .docx")),
    ("epub+zip", Content::Other("is a book (EPUB): save its text as .html")),
    ("word/", Content::Docx),
    ("", Content::Other("is an archive (zip): unpack it")),
];

impl Content {
    /// Recognises the content of a file. O(n).
    pub(super) fn of(bytes: &[u8]) -> Content {
        /// Maximum offset of the mark of a PDF, by its specification.
        const PDF_WITHIN: usize = 1024;
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let has = |name: &str| memmem::find(bytes, name.as_bytes()).is_some();
            return PACKAGES.iter().find(|(name, _)| has(name)).map_or(Content::Text, |of| of.1);
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Content::Other(compound_file(bytes));
        }
        let start = &bytes[..bytes.len().min(PDF_WITHIN)];
        if memmem::find(start, b"<?mso-application").is_some() {
            return Content::Other("is a Word document of 2003 (XML): save it as .docx");
        }
        if memmem::find(start, b"%PDF-").is_some_and(|at| !is_text(&start[..at])) {
            return Content::Pdf;
        }
        let found = STARTS.iter().find(|(mark, _)| bytes.starts_with(mark));
        // Two letters may begin a text.
        let found = found.filter(|(mark, _)| mark.len() > 3 || !is_text(start));
        found.map_or(Content::Text, |(_, what)| Content::Other(what))
    }
}

/// Describes an OLE2 compound file by the names of its streams.
fn compound_file(bytes: &[u8]) -> &'static str {
    let has = |name: &str| memmem::find(bytes, name.as_bytes()).is_some();
    if has("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") {
        return "is an encrypted document: remove its password";
    }
    let found = SAVE_AS_DOCX.iter().find(|(name, _)| has(name));
    found.map_or("is a document of an old office program (OLE2): save it as .docx", |of| of.1)
}

/// Returns true for words: no control characters but white space.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| byte >= b' ' || byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_the_name() {
        let of = |bytes: &[u8]| Content::of(bytes);
        assert_eq!(of(b"%PDF-1.7\n"), Content::Pdf);
        assert_eq!(of(b"\0\0%PDF-1.7\n"), Content::Pdf);
        assert_eq!(of("PDF 的标记是 %PDF-1.7".as_bytes()), Content::Text);
        assert_eq!(of(b"PK\x03\x04....word/document.xml"), Content::Docx);
        assert_eq!(of(b"PK\x03\x04....OFD.xml"), Content::Ofd);
        assert_eq!(of(b"PK\x03\x04....a.txt"), Content::Other("is an archive (zip): unpack it"));
        assert_eq!(of(b"BMW"), Content::Text);
        let word = b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>";
        assert!(matches!(of(word), Content::Other(_)));
        assert!(matches!(of(b"BM\x36\0\0\0"), Content::Other(_)));
        assert!(matches!(of(b"\xFF\xD8\xFF\xE0\0"), Content::Other(_)));
        assert_eq!(of("措施".as_bytes()), Content::Text);
        assert_eq!(of(b""), Content::Text);
    }

    #[test]
    fn a_page_is_known_by_its_start() {
        let of = Format::of_text;
        assert_eq!(of("1.txt", "\u{FEFF}\n<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(of("1.doc", "<HTML xmlns:w=''>"), Format::Html);
        assert_eq!(of("1.txt", "<?xml version='1.0'?>\n<!DOCTYPE html>"), Format::Html);
        assert_eq!(of("1.html", "<p>"), Format::Html);
        assert_eq!(of("1.md", "<html>"), Format::Markdown);
        assert_eq!(of("1.docx", "一、"), Format::Text);
    }
}
