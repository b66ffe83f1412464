//! Units as printed: multiplier, unit, and the units after strokes, as in 万元/人·年.

use crate::lexicon::{Lexicon, Unit};
use crate::text::multiplier;

/// A unit with the words around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitName<'a> {
    pub(super) base: &'a Unit,
    /// 万, 亿, 万亿 or nothing.
    scale: &'a str,
    /// The units after strokes, with the strokes: /人·年.
    per: &'a str,
}

impl<'a> UnitName<'a> {
    pub(super) fn plain(base: &'a Unit) -> Self {
        UnitName { base, scale: "", per: "" }
    }

    /// Returns the name: 万元/人, 工作日.
    pub(super) fn name(&self) -> String {
        let base = self.base.unit.as_deref().unwrap_or(&self.base.form);
        [self.scale, base, self.per].concat()
    }

    /// Returns true for a unit with 万 or 亿 before it.
    pub(super) fn is_scaled(&self) -> bool {
        !self.scale.is_empty()
    }

    /// Returns true for a unit with a stroke: 万元/家.
    pub(super) fn is_rate(&self) -> bool {
        !self.per.is_empty()
    }

    /// Returns `value` of `other` in this unit, if both measure the same: 5000元 are 0.5万元. A bare
    /// 万 has this unit: 5万至10万元.
    pub(super) fn convert(&self, value: f64, other: &UnitName) -> Option<f64> {
        if other.per.is_empty() && other.scale.is_empty() && other.base.form == self.scale {
            return Some(value);
        }
        let same =
            self.base.form == other.base.form && (self.per == other.per || other.per.is_empty());
        same.then(|| value * ratio(other.scale) / ratio(self.scale))
    }
}

fn ratio(scale: &str) -> f64 {
    match scale {
        "万" => 1e4,
        "亿" => 1e8,
        "万亿" => 1e12,
        _ => 1.0,
    }
}

/// Returns the unit at the start of `text`, after 余 or 多, with the factor of the multiplier
/// before it (1000 of 5千家) and the length of all.
pub(super) fn unit<'a>(lexicon: &'a Lexicon, text: &'a str) -> Option<(UnitName<'a>, f64, usize)> {
    let units = &lexicon.quantities.units;
    let rest = without_surplus(text);
    let direct = units.start(rest);
    let (factor, large, len) = multiplier(rest);
    let scaled = || {
        let after = without_surplus(&rest[len..]);
        let scale = &rest[len - large..len];
        let base = units.start(after).filter(|base| !base.time && !base.bound && len > 0);
        let base = base.filter(|base| base.form != "%" && base.form != "‰");
        base.map(|base| (base, factor, scale, after))
    };
    // The 千 of 千瓦 is no multiplier; the 万 of 万户 is one.
    let longer = direct.filter(|unit| unit.form.len() > len);
    let (base, factor, scale, at) = longer
        .map(|base| (base, 1.0, "", rest))
        .or_else(scaled)
        .or_else(|| direct.map(|base| (base, 1.0, "", rest)))?;
    let rest = &at[base.form.len()..];
    let per = if base.time { "" } else { &rest[..per(lexicon, rest)] };
    let len = text.len() - rest.len() + per.len();
    Some((UnitName { base, scale, per }, factor, len))
}

/// Removes 余 and 多 at the start: 500余家, 30多万元.
fn without_surplus(text: &str) -> &str {
    text.strip_prefix(['余', '多']).unwrap_or(text)
}

/// Returns the length of the units after strokes: /平方米, /人·年.
fn per(lexicon: &Lexicon, text: &str) -> usize {
    /// Maximum number of units after strokes.
    const MOST: usize = 3;
    let q = &lexicon.quantities;
    let mut rest = text;
    for _ in 0..MOST {
        let Some(after) = rest.strip_prefix(['/', '·']) else { break };
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let words = &after[digits..];
        let (_, _, multiplier) = multiplier(words);
        // The 千 of 千瓦时 is no multiplier.
        let whole = q.units.start(words).filter(|unit| unit.form.len() > multiplier);
        let words = if whole.is_some() { words } else { &words[multiplier..] };
        let unit = whole.or_else(|| q.units.start(words)).map_or(0, |unit| unit.form.len());
        let unit = unit.max(q.per.start(words).map_or(0, str::len));
        // A stroke may also divide two provisions.
        if unit == 0 {
            break;
        }
        rest = &words[unit..];
    }
    text.len() - rest.len()
}
