//! Periods: 3年内, 3至5年时间, 半年内, 30个工作日内.

use super::when::{Closing, Parsed, When, strip};
use crate::text::cardinal;

/// Reads a period: 3年内, 3至5年时间, 半年内, 30个工作日内.
pub(super) fn term(text: &str) -> Parsed<'_> {
    if let Some(rest) = text.strip_prefix("次月") {
        let rest = strip(rest, &["底前", "底", "末"])?;
        return Some((When::Term { from: None, value: 1, unit: "个月" }, Closing::Until, rest));
    }
    let (from, (value, unit, rest)) = match text.strip_prefix("半年") {
        Some(rest) => (None, (6, "个月", rest)),
        None => counted(text)?,
    };
    let rest = strip(rest, &["左右", ""])?;
    let time = strip(rest, &["的时间", "时间"]);
    let (closing, rest) = match strip(time.unwrap_or(rest), &["之内", "以内", "内", "前"]) {
        Some(rest) => (Closing::Until, rest),
        None if time.is_some() => (Closing::End, time?),
        None => (Closing::Open, rest),
    };
    Some((When::Term { from, value, unit }, closing, rest))
}

/// A number of units, their name, and the rest of the text.
type Counted<'t> = (u32, &'static str, &'t str);

/// Reads 3至5年: the lower end, and the upper end with its unit.
fn counted(text: &str) -> Option<(Option<u32>, Counted<'_>)> {
    let (first, len) = count(text)?;
    let rest = &text[len..];
    let range = strip(rest, &["至", "到", "-", "—", "~", "～"])
        .and_then(|after| count(after).map(|(last, len)| (last, &after[len..])));
    match range {
        Some((last, rest)) => Some((Some(first), unit(last, rest)?)),
        None => Some((None, unit(first, rest)?)),
    }
}

/// Reads a number of units below 1000.
fn count(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    match len {
        0 => cardinal(text),
        1..=3 => Some((text[..len].parse().ok()?, len)),
        _ => None,
    }
}

/// Reads the unit of a period.
fn unit(value: u32, text: &str) -> Option<Counted<'_>> {
    let units = [
        ("年半", "个月"),
        ("周年", "年"),
        ("年", "年"),
        ("个季度", "个季度"),
        ("个月", "个月"),
        ("个工作日", "个工作日"),
        ("工作日", "个工作日"),
        ("个自然日", "日"),
        ("日", "日"),
        ("天", "天"),
        ("个星期", "周"),
        ("周", "周"),
        ("小时", "小时"),
        ("个小时", "小时"),
    ];
    let (form, unit) = units.into_iter().find(|(form, _)| text.starts_with(form))?;
    let value = if form == "年半" { value * 12 + 6 } else { value };
    Some((value, unit, &text[form.len()..]))
}
