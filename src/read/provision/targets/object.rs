//! A change whose verb is before the noun: 压缩审批时限至5个工作日.

use super::phrase::changes;
use crate::lexicon::Lexicon;
use crate::model::Comparator;
use crate::text::{is_han, is_within, last_chars};

/// Returns the object of a verb of change that 至 and a figure follow, and the direction: 审批时限 of
/// 压缩审批时限至, 收费标准 of 降低收费标准至原标准的.
///
/// * `left`: the clause before the figure.
/// * `right`: the text after it.
/// * `share`: the figure is a share.
pub(super) fn changed_object<'t>(
    lexicon: &Lexicon,
    left: &'t str,
    right: &str,
    share: bool,
) -> Option<(&'t str, Comparator)> {
    /// Characters of the verb and its object.
    const NEAR: usize = 30;
    let (q, cues) = (&lexicon.quantities, &lexicon.cues.targets);
    let (stem, to) = before_to(left, share)?;
    // 将缩短时限至5个工作日的做法推广
    if right.starts_with('的') {
        return None;
    }
    let near = last_chars(stem, NEAR);
    let found = changes(lexicon).into_iter().filter_map(|(verbs, change)| {
        let (at, verb) = verbs.first(near)?;
        Some((at, verb.len(), change))
    });
    let (at, len, change) = found.min_by_key(|&(at, ..)| at)?;
    // 严禁缩短审批期限至3天 bans the change, 扩展现实终端 are no change.
    if cues.unwanted.occur_in(&near[..at]) || cues.not_changes.start(&near[at..]).is_some() {
        return None;
    }
    let (verb, object) = near[at..].split_at(len);
    // 提高公众认识到20家企业
    let reaches = || {
        to.starts_with('至')
            || cues.measure_ends.end(object).is_some()
            || q.measured.end(object).is_some()
            || !right.starts_with(is_han)
    };
    // 降 and 增 begin other words: 降水量.
    (verb.chars().nth(1).is_some() && is_object(lexicon, object) && reaches())
        .then_some((object, change))
}

/// Returns the words before 至, and those from 至 on: 压缩审批时限 of 压缩审批时限至, and of
/// 压缩审批时限至法定时限的.
fn before_to(left: &str, share: bool) -> Option<(&str, &str)> {
    /// Characters of 至 and the base of a share.
    const BASE: usize = 11;
    const TO: [char; 2] = ['至', '到'];
    if let Some(stem) = left.strip_suffix(TO) {
        return Some(left.split_at(stem.len()));
    }
    let base = left.strip_suffix('的').filter(|_| share)?;
    let (stem, to) = base.split_at(base.rfind(TO)?);
    // 提高保障人数到位资金的30%
    (is_within(to, BASE) && !to.starts_with("到位")).then_some((stem, to))
}

/// Returns true for a noun that is changed: 审批时限.
fn is_object(lexicon: &Lexicon, words: &str) -> bool {
    let part =
        |c: char| is_han(c) || c.is_ascii_alphabetic() || matches!(c, '、' | '(' | ')' | '“' | '”');
    words.chars().nth(1).is_some()
        && words.chars().all(part)
        && words.ends_with(is_han)
        && lexicon.cues.targets.not_objects.start(words).is_none()
        && !words.contains(['由', '从'])
}
