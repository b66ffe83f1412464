//! Units that the amounts of a list share: 分别压缩至5个、3个、2个工作日.

use super::amount::{Amount, amount};
use super::unit::UnitName;
use crate::lexicon::Lexicon;
use crate::text::{rfind, since_mark};

/// The word before a list of amounts with one for each thing of a list.
const RESPECTIVELY: &str = "分别";

/// Returns the unit that an amount shares with the last one of its list: 工作日 of
/// 分别压缩至5个、3个、2个工作日.
pub(super) fn shared_unit<'a>(
    lexicon: &'a Lexicon,
    text: &'a str,
    start: usize,
    low: &Amount,
) -> Option<UnitName<'a>> {
    const EACH: &str = "个";
    /// Maximum number of amounts of a list.
    const LONGEST: usize = 6;
    let is_each = |amount: &Amount| amount.unit.base.form == EACH;
    let mut rest = &text[start + low.len..];
    if !is_each(low) || !rest.starts_with('、') || !is_respective(lexicon, &text[..start]) {
        return None;
    }
    for _ in 0..LONGEST {
        let next = amount(lexicon, rest.strip_prefix('、')?)?;
        if !is_each(&next) {
            return next.unit.base.form.starts_with(EACH).then_some(next.unit);
        }
        rest = &rest['、'.len_utf8() + next.len..];
    }
    None
}

/// Returns true if the amounts that `before` leads to are of one quantity: 设立、变更时限分别压缩至5个、. In
/// 材料、时限分别压缩至 they are not.
fn is_respective(lexicon: &Lexicon, before: &str) -> bool {
    /// Characters of the words and of the amounts before a figure.
    const NEAR: usize = 30;
    let words = since_mark(before, NEAR, &[',', '。', ';', '\n']);
    let Some(at) = rfind(words, RESPECTIVELY) else { return false };
    if lexicon.cues.targets.counted_things.occur_in(&words[..at]) {
        return false;
    }
    let verb = words[at + RESPECTIVELY.len()..]
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '个' | '、'));
    lexicon.quantities.to.end(verb).is_some()
}
