//! Bytes of an unknown encoding → text.

use super::{Origin, Source, find};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text and its encoding. See [`decode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. A byte order mark is kept as its first character, so that spans of UTF-8 input
    /// count the bytes of the input.
    pub text: String,
    /// WHATWG name of the encoding: `UTF-8`, `gb18030`, `UTF-16LE` ….
    pub encoding: &'static str,
    /// Number of malformed sequences that U+FFFD replaces.
    pub replaced: usize,
}

impl From<Decoded> for Source {
    fn from(Decoded { text, encoding, .. }: Decoded) -> Self {
        Source { text, origin: Origin { encoding: Some(encoding.into()), ..Origin::default() } }
    }
}

/// Decodes `bytes`. Never fails. O(n).
///
/// The first of these that applies is the encoding:
///
/// 1. UTF-8, if all bytes are valid.
/// 2. The encoding of the byte order mark.
/// 3. UTF-16, if nine code units in ten are of Chinese text.
/// 4. UTF-8 with malformed bytes, if at most half of the decoded characters outside ASCII are
///    U+FFFD.
/// 5. The encoding that a page declares (`<meta charset>`, `<?xml encoding?>`).
/// 6. GB18030, which includes GBK and GB 2312.
///
/// ```
/// let decoded = policygraph::decode(b"\xB4\xEB\xCA\xA9");
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("措施", "gb18030"));
///
/// let cut = &"措施".as_bytes()[..5]; // inside the second character
/// let decoded = policygraph::decode(cut);
/// assert_eq!((decoded.text.as_str(), decoded.replaced), ("措\u{FFFD}", 1));
/// ```
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), replaced: 0 };
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.or_else(|| utf16(bytes)) {
        return decode_as(encoding, bytes);
    }
    let utf8 = decode_as(UTF_8, bytes);
    let characters = utf8.text.chars().filter(|c| !c.is_ascii()).count();
    if 2 * utf8.replaced <= characters {
        return utf8;
    }
    decode_as(declared(bytes).unwrap_or(GB18030), bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    // A U+FFFD that the input contains itself is counted too.
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Recognises UTF-16 without a byte order mark: nine code units in ten are Han characters, or in
/// the blocks of ASCII and of general, CJK and full-width punctuation. The high byte alone tells.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes.len() / 2;
    let chinese = |high: usize| {
        let usual = |unit: &&[u8]| matches!(unit[high], 0x00 | 0x20 | 0x30 | 0x4E..=0x9F | 0xFF);
        10 * bytes.chunks_exact(2).filter(usual).count() >= 9 * units
    };
    [(1, UTF_16LE), (0, UTF_16BE)].into_iter().find(|&(high, _)| chinese(high)).map(|(_, e)| e)
}

/// Returns the legacy encoding that a page declares near its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Length in bytes of the beginning that a browser searches for the declaration (WHATWG).
    const PRESCAN: usize = 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let label = ["charset=", "encoding="].iter().find_map(|mark| {
        let label = head[find(&head, mark)? + mark.len()..].trim_start_matches(['"', '\'']);
        label.split(['"', '\'', ';', '>', '/', '?', ' ']).next()
    })?;
    // The bytes are not UTF-8, yet the declaration was readable as ASCII: a declared Unicode
    // encoding must be wrong.
    Encoding::for_label(label.as_bytes()).filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、加强监管。药品抽检覆盖率达到90%。\n（省药监局负责）";

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str, replaced: usize) {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
        assert_eq!(decoded.replaced, replaced);
    }

    #[test]
    fn utf16_without_a_mark() {
        let bytes = |unit: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(unit).collect();
        let (little, big): (Vec<u8>, Vec<u8>) = (bytes(u16::to_le_bytes), bytes(u16::to_be_bytes));
        check(&little, "UTF-16LE", TEXT, 0);
        check(&big, "UTF-16BE", TEXT, 0);
        check(&little[..little.len() - 1], "UTF-16LE", &TEXT.replace("负责）", "负责\u{FFFD}"), 1);
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        let spoil = |mut bytes: Vec<u8>| {
            bytes[0] = 0xFF;
            bytes
        };
        let gbk = decode(&spoil(GB18030.encode(TEXT).0.into_owned()));
        assert!(gbk.encoding == "gb18030" && gbk.replaced > 0);
        assert!(gbk.text.ends_with("\n（省药监局负责）"), "{}", gbk.text);
        // GB18030 would read this without a complaint, as other words.
        let utf8 = spoil("甲按职责分工负责".into());
        check(&utf8, "UTF-8", "\u{FFFD}\u{FFFD}\u{FFFD}按职责分工负责", 3);
    }

    #[test]
    fn the_declared_encoding_of_a_page() {
        let page = |label: &str| format!("<html><head><meta {label}></head>措施、措施、措施");
        let big5 = page("charset=\"Big5\"");
        check(&encoding_rs::BIG5.encode(&big5).0, "Big5", &big5, 0);
        let gb2312 = page("http-equiv=Content-Type content='text/html; charset=gb2312'");
        check(&GB18030.encode(&gb2312).0, "GBK", &gb2312, 0);
        let wrong = page("charset=utf-8");
        check(&GB18030.encode(&wrong).0, "gb18030", &wrong, 0);
    }
}
