//! A change whose verb is before the noun: 压缩审批时限至5个工作日.

use crate::lexicon::Lexicon;
use crate::model::Comparator;
use crate::text::{is_han, is_within, last_chars};

/// Returns the object of a verb of change that 至 and a figure follow, and the direction: 审批时限 of
/// 压缩审批时限至, 收费标准 of 降低收费标准至原标准的.
///
/// * `left`: the clause before the figure.
/// * `share`: the figure is a share.
pub(super) fn changed_object<'t>(
    lexicon: &Lexicon,
    left: &'t str,
    share: bool,
) -> Option<(&'t str, Comparator)> {
    /// Characters of the verb and its object.
    const NEAR: usize = 30;
    let near = last_chars(before_to(left, share)?, NEAR);
    let q = &lexicon.quantities;
    let changes = [(&q.reduce, Comparator::Reduce), (&q.increase, Comparator::Increase)];
    let found = changes.into_iter().filter_map(|(verbs, change)| {
        let (at, verb) = verbs.first(near)?;
        Some((at, verb.len(), change))
    });
    let (at, len, change) = found.min_by_key(|&(at, ..)| at)?;
    let (verb, object) = near[at..].split_at(len);
    // 降 and 增 begin other words: 降水量.
    (verb.chars().nth(1).is_some() && is_object(object)).then_some((object, change))
}

/// Returns the words before 至: 压缩审批时限 of 压缩审批时限至, and of 压缩审批时限至法定时限的.
fn before_to(left: &str, share: bool) -> Option<&str> {
    /// Characters of 至 and the base of a share.
    const BASE: usize = 11;
    const TO: [char; 2] = ['至', '到'];
    if let Some(stem) = left.strip_suffix(TO) {
        return Some(stem);
    }
    let base = left.strip_suffix('的').filter(|_| share)?;
    let at = base.rfind(TO)?;
    is_within(&base[at..], BASE).then(|| &base[..at])
}

/// Returns true for a noun that is changed: 审批时限.
fn is_object(words: &str) -> bool {
    let part =
        |c: char| is_han(c) || c.is_ascii_alphabetic() || matches!(c, '、' | '(' | ')' | '“' | '”');
    words.chars().nth(1).is_some()
        && words.chars().all(part)
        && words.ends_with(is_han)
        && !words.starts_with(['的', '了', '至', '到', '率', '值', '量', '幅', '为'])
        && !words.contains(['由', '从'])
}
