//! Numbers with their units, as printed: 5万元, 百分之五.

use super::unit::{UnitName, unit};
use crate::lexicon::Lexicon;
use crate::text::cardinal;
use std::borrow::Cow;

/// The words before a Chinese numeral that make a share of it.
pub(super) const SHARES: [(&str, &str); 2] = [("百分之", "%"), ("千分之", "‰")];

/// A number with its unit.
pub(super) struct Amount<'a> {
    pub(super) number: Number,
    /// 1000 for 千 before the unit.
    pub(super) factor: f64,
    pub(super) unit: UnitName<'a>,
    pub(super) len: usize,
}

impl Amount<'_> {
    pub(super) fn value(&self) -> f64 {
        self.number.value * self.factor
    }
}

/// Returns the amount at the start of `text`: 5万元, 百分之五.
pub(super) fn amount<'a>(lexicon: &'a Lexicon, text: &'a str) -> Option<Amount<'a>> {
    for (share, form) in SHARES {
        let Some(rest) = text.strip_prefix(share) else { continue };
        let number = number(rest);
        let unit = UnitName::plain(lexicon.quantities.units.start(form)?);
        let len = share.len() + number.len;
        return (number.len > 0).then_some(Amount { number, factor: 1.0, unit, len });
    }
    let number = number(text);
    if number.len == 0 {
        return None;
    }
    let (unit, factor, len) = unit(lexicon, &text[number.len..])?;
    Some(Amount { number, factor, unit, len: number.len + len })
}

/// A number as printed; its length is 0 if there is none.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) len: usize,
    /// It is a Chinese numeral.
    pub(super) chinese: bool,
}

/// Returns the number at the start of `text`.
pub(super) fn number(text: &str) -> Number {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = digits(text);
    if len > 0 {
        // 1,200
        while len > 0 && text[len..].starts_with(',') && digits(&text[len + 1..]) == 3 {
            len += 4;
        }
        let fraction = text[len..].strip_prefix('.').map_or(0, digits);
        len += if fraction > 0 { fraction + 1 } else { 0 };
        let digits = &text[..len];
        let plain =
            if digits.contains(',') { Cow::from(digits.replace(',', "")) } else { digits.into() };
        let value = plain.parse().unwrap_or(f64::NAN);
        return Number { value, len, chinese: false };
    }
    if text.starts_with('半') {
        return Number { value: 0.5, len: '半'.len_utf8(), chinese: true };
    }
    let (value, len) = cardinal(text).map_or((0.0, 0), |(value, len)| (value.into(), len));
    Number { value, len, chinese: true }
}
