use encoding_rs::{EUC_KR, Encoding, GBK};

/// An encoding of two ASCII bytes a character, between marks that switch it on and off. WHATWG
/// replaces such a page by one U+FFFD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SevenBit {
    /// RFC 1843: `~{` and `~}` around pairs of GB 2312.
    Hz,
    /// RFC 1922: SO and SI around pairs of GB 2312. Pairs of CNS 11643 are not decoded.
    Iso2022Cn,
    /// RFC 1557: SO and SI around pairs of KS X 1001.
    Iso2022Kr,
}

impl SevenBit {
    /// Returns the encoding of a label in lower case.
    pub(super) fn of(label: &str) -> Option<SevenBit> {
        let all = [SevenBit::Hz, SevenBit::Iso2022Cn, SevenBit::Iso2022Kr];
        all.into_iter().find(|encoding| encoding.name() == label)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            SevenBit::Hz => "hz-gb-2312",
            SevenBit::Iso2022Cn => "iso-2022-cn",
            SevenBit::Iso2022Kr => "iso-2022-kr",
        }
    }

    /// Returns the encoding of the pairs with their high bits set.
    pub(super) fn pairs(self) -> &'static Encoding {
        match self {
            SevenBit::Hz | SevenBit::Iso2022Cn => GBK,
            SevenBit::Iso2022Kr => EUC_KR,
        }
    }

    /// Sets the high bits of the pairs in `bytes` and drops the marks. O(n).
    pub(super) fn eight_bit(self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        let (mut paired, mut unknown) = (false, false);
        let mut rest = bytes;
        while let [first, after @ ..] = rest {
            let mark = match self {
                SevenBit::Hz => hz_mark(rest),
                SevenBit::Iso2022Cn | SevenBit::Iso2022Kr => iso_2022_mark(rest),
            };
            if let Some((mark, len)) = mark {
                match mark {
                    Mark::Pairs => paired = true,
                    Mark::Ascii => paired = false,
                    Mark::Set(set) => unknown = !matches!(set, b'A' | b'C'),
                    Mark::Tilde => out.push(b'~'),
                    Mark::LineEnd => {}
                }
                rest = &rest[len..];
                continue;
            }
            rest = after;
            // A line ends the pairs, in case their end mark is lost.
            paired &= *first != b'\n';
            match (rest, first) {
                ([second @ 0x21..=0x7E, after @ ..], 0x21..=0x7E) if paired => {
                    // 0xFF is malformed in both encodings.
                    match unknown {
                        true => out.push(0xFF),
                        false => out.extend([first | 0x80, second | 0x80]),
                    }
                    rest = after;
                }
                (_, 0x21..=0x7E) if paired => out.push(0xFF),
                _ => out.push(*first),
            }
        }
        out
    }
}

enum Mark {
    /// Begins pairs.
    Pairs,
    /// Ends pairs.
    Ascii,
    /// Selects the character set of the pairs.
    Set(u8),
    /// A `~` of the text.
    Tilde,
    /// A line end that is not of the text.
    LineEnd,
}

/// Returns the mark of HZ-GB-2312 at the start of `bytes`, and its length.
fn hz_mark(bytes: &[u8]) -> Option<(Mark, usize)> {
    match bytes {
        [b'~', b'{', ..] => Some((Mark::Pairs, 2)),
        [b'~', b'}', ..] => Some((Mark::Ascii, 2)),
        [b'~', b'~', ..] => Some((Mark::Tilde, 2)),
        [b'~', b'\n', ..] => Some((Mark::LineEnd, 2)),
        _ => None,
    }
}

/// Returns the mark of ISO-2022 at the start of `bytes`, and its length.
fn iso_2022_mark(bytes: &[u8]) -> Option<(Mark, usize)> {
    match bytes {
        [0x0E, ..] => Some((Mark::Pairs, 1)),
        [0x0F, ..] => Some((Mark::Ascii, 1)),
        [0x1B, b'$', b')', set, ..] => Some((Mark::Set(*set), 4)),
        _ => None,
    }
}
