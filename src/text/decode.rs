use encoding_rs::{Encoding, GB18030, UTF_8};

/// Text, and how it was decoded. See [`decode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. A byte order mark stays as its first character, so that spans
    /// of UTF-8 input count the bytes of the input itself.
    pub text: String,
    /// The encoding, by its WHATWG name: `UTF-8`, `gb18030`, `UTF-16LE` …
    pub encoding: &'static str,
    /// How many malformed sequences became U+FFFD.
    pub replaced: usize,
}

/// Decodes `bytes`: by byte order mark if there is one, else as UTF-8 if it is
/// that, else as GB18030 (of which GBK and GB 2312 are parts), unless UTF-8
/// with a few bad bytes explains the input better. Never fails. O(n).
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
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes);
    }
    let [utf8, gb] = [UTF_8, GB18030].map(|encoding| with(encoding, bytes));
    if gb.replaced < utf8.replaced { gb } else { utf8 }
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    // U+FFFD may also be printed in the input; that counts too.
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}
