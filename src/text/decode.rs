//! Bytes of an unknown encoding → text.

mod seven_bit;

use super::{Origin, Source, find};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use seven_bit::SevenBit;

/// A decoded text and its encoding. See [`decode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. A byte order mark is kept as its first character, so that spans of UTF-8 input
    /// count the bytes of the input.
    pub text: String,
    /// WHATWG name of the encoding: `UTF-8`, `gb18030`, `UTF-16LE` …. `hz-gb-2312`, `iso-2022-cn` and
    /// `iso-2022-kr`, which WHATWG does not decode, have their own names.
    pub encoding: &'static str,
    /// Number of malformed sequences that U+FFFD replaces.
    pub replaced: usize,
}

impl From<Decoded> for Source {
    fn from(Decoded { text, encoding, .. }: Decoded) -> Self {
        let origin = Origin { encoding: Some(encoding.into()), ..Origin::default() };
        Source { origin, ..Source::from(text) }
    }
}

/// Decodes `bytes`. Never fails. O(n).
///
/// The first of these that applies is the encoding:
///
/// 1. HZ-GB-2312, ISO-2022-CN or ISO-2022-KR, if all bytes are ASCII and a page declares it.
/// 2. UTF-8, if all bytes are valid.
/// 3. The encoding of the byte order mark.
/// 4. UTF-16, if nine code units in ten are of Chinese text.
/// 5. UTF-8 with malformed bytes, if at most half of the decoded characters outside ASCII are
///    U+FFFD.
/// 6. The encoding that a page declares (`<meta charset>`, `<?xml encoding?>`), except these three.
/// 7. GB18030, which includes GBK and GB 2312.
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
    if let Some(decoded) = seven_bit(bytes) {
        return decoded;
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
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
    // The bytes are not UTF-8, yet the declaration was readable as ASCII: a declared Unicode
    // encoding must be wrong.
    let declared = declared(bytes)
        .and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e));
    decode_as(declared.unwrap_or(GB18030), bytes)
}

/// Decodes a page in ASCII that declares an encoding of two ASCII bytes a character.
fn seven_bit(bytes: &[u8]) -> Option<Decoded> {
    let encoding = declared(bytes).and_then(|label| SevenBit::of(&label))?;
    bytes.is_ascii().then(|| {
        let (name, eight_bit) = (encoding.name(), encoding.eight_bit(bytes));
        Decoded { encoding: name, ..decode_as(encoding.pairs(), &eight_bit) }
    })
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    // A U+FFFD that the input contains itself is counted too.
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Recognises UTF-16 without a byte order mark: nine code units in ten are Han characters, or in
/// the blocks of ASCII and of general, CJK and full-width punctuation. The high byte alone tells,
/// but for the noncharacters at the end.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes.len() / 2;
    let chinese = |unit: fn([u8; 2]) -> u16| {
        let usual = |pair: &&[u8]| {
            let unit = unit([pair[0], pair[1]]);
            matches!(unit >> 8, 0x00 | 0x20 | 0x30 | 0x4E..=0x9F | 0xFF) && unit < 0xFFF0
        };
        units > 0 && 10 * bytes.chunks_exact(2).filter(usual).count() >= 9 * units
    };
    if chinese(u16::from_le_bytes) {
        Some(UTF_16LE)
    } else {
        chinese(u16::from_be_bytes).then_some(UTF_16BE)
    }
}

/// Returns the label of the encoding that a page declares near its beginning, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    /// Length in bytes of the beginning that a browser searches for the declaration (WHATWG).
    const PRESCAN: usize = 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|mark| {
        let label = head[find(&head, mark)? + mark.len()..].trim_start_matches(['"', '\'']);
        label.split(['"', '\'', ';', '>', '/', '?', ' ']).next().map(str::to_owned)
    })
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

    #[test]
    fn one_or_two_bytes_are_not_utf16() {
        check(b"\xFF", "gb18030", "\u{FFFD}", 1);
        check(b"\xFF\xFF\xFF\xFF", "gb18030", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 4);
        check(b"", "UTF-8", "", 0);
    }

    #[test]
    fn encodings_of_seven_bits() {
        let page = |label: &str| format!("<meta charset={label}><p>");
        let hz = page("HZ-GB-2312") + "~{4kJ)!#~}AI~~~\n~{4kJ)~}";
        let text = page("HZ-GB-2312") + "措施。AI~措施";
        check(hz.as_bytes(), "hz-gb-2312", &text, 0);
        let cn = page("iso-2022-cn") + "\x1B$)A\x0E4kJ)\x0F AI";
        check(cn.as_bytes(), "iso-2022-cn", &(page("iso-2022-cn") + "措施 AI"), 0);
        let kr = page("iso-2022-kr") + "\x1B$)C\x0EGQ19\x0F AI";
        check(kr.as_bytes(), "iso-2022-kr", &(page("iso-2022-kr") + "한국 AI"), 0);
        // A page that declares one of them and has other bytes.
        for label in ["hz-gb-2312", "iso-2022-cn", "iso-2022-kr", "csiso2022kr", "replacement"] {
            let text = page(label) + "一、措施";
            check(text.as_bytes(), "UTF-8", &text, 0);
            check(&GB18030.encode(&text).0, "gb18030", &text, 0);
        }
    }

    #[test]
    fn damaged_encodings_of_seven_bits_keep_what_is_readable() {
        let check = |label: &str, bytes: &str, text: &str, replaced| {
            let head = format!("<meta charset={label}>");
            check(format!("{head}{bytes}").as_bytes(), label, &format!("{head}{text}"), replaced);
        };
        check("hz-gb-2312", "~{4kJ)\nAI", "措施\nAI", 0);
        check("hz-gb-2312", "~{4kJ", "措\u{FFFD}", 1);
        check("hz-gb-2312", "~x~", "~x~", 0);
        // The second plane of ISO-2022-CN is of CNS 11643.
        check("iso-2022-cn", "\x1B$)G\x0E4k\x0FAI\x1B", "\u{FFFD}AI\x1B", 1);
    }
}
