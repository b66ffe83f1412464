//! Classes of platforms, which are no names: 各级…平台, 公共服务平台 of no place.

use crate::lexicon::Platforms;
use crate::read::naming::names::Names;
use crate::text::is_within;

/// Minimum length in characters of a name before its head.
pub(super) const SHORTEST: usize = 5;

/// Returns true for a class of platforms: 一批…平台, 各级…平台, 更加开放的…平台. `before` is the
/// text before the name, `modifiers` the name without its head.
pub(super) fn is_class(
    vocabulary: &Platforms,
    before: &str,
    opener: &str,
    modifiers: &str,
) -> bool {
    let counted = modifiers.trim_start_matches(|c: char| c.is_ascii_digit());
    let described =
        before.strip_suffix('的').is_some_and(|b| vocabulary.indefinite.end(b).is_some());
    described
        || vocabulary.indefinite.contains(opener)
        || vocabulary.indefinite.start(modifiers).is_some()
        || is_counted(vocabulary, modifiers)
        || (counted.len() < modifiers.len() && vocabulary.counters.start(counted).is_some())
}

/// Returns true for a number inside the words, which counts what follows: 陇西县、岷县2个质量追溯平台,
/// 开发区两个审批改革试点.
fn is_counted(vocabulary: &Platforms, modifiers: &str) -> bool {
    let mut numerals = vocabulary.numerals.occurrences(modifiers);
    let mut digits = modifiers.match_indices(|c: char| c.is_ascii_digit());
    numerals.any(|numeral| numeral.start > 0)
        || digits.any(|(at, digit)| {
            at > 0 && vocabulary.counters.start(&modifiers[at + digit.len()..]).is_some()
        })
}

/// Returns true if the name after an opener like 完善 is that of one platform: a region begins it, or
/// 全省 and it is a system of records. 健全全市各类信息平台 are a class.
pub(super) fn is_improved(names: &Names, opener: &str, modifiers: &str) -> bool {
    let lexicon = names.text.lexicon;
    let vocabulary = &lexicon.platforms;
    if !(vocabulary.builders.contains(opener) && vocabulary.indefinite.contains(opener)) {
        return false;
    }
    let region = lexicon.regions.prefix(modifiers, names.setting());
    let in_region = region.map(|(_, len)| &modifiers[len..]);
    let in_whole = || {
        vocabulary.places.strip_start(modifiers).filter(|words| is_of_records(vocabulary, words))
    };
    in_region.or_else(in_whole).is_some_and(|words| vocabulary.indefinite.start(words).is_none())
}

/// Returns true if a name can be that of one system or platform, and not of a class of machines or
/// of a sector.
pub(super) fn is_one(vocabulary: &Platforms, modifiers: &str, head: &str, in_use: bool) -> bool {
    let of_records = || is_of_records(vocabulary, modifiers);
    if vocabulary.system_heads.contains(head) {
        return of_records();
    }
    let one = || in_use || of_records() || vocabulary.records.end(modifiers).is_some();
    !vocabulary.record_heads.contains(head) || (!modifiers.contains(head) && one())
}

/// Returns true for the words before the head of a system that holds records: 智能监管子 of 智能监管子系统.
fn is_of_records(vocabulary: &Platforms, modifiers: &str) -> bool {
    vocabulary.systems.end(modifiers.trim_end_matches('子')).is_some()
}

/// Returns true for a name that names nothing in particular: 创新平台, and 公共服务平台 of no place.
pub(super) fn is_generic(vocabulary: &Platforms, name: &str, in_use: bool) -> bool {
    let plain_service = || {
        let rest = vocabulary.services.strip_end(name);
        rest.is_some_and(|rest| is_within(rest, SHORTEST - 2))
            || vocabulary.public_services.end(name).is_some()
    };
    vocabulary.generic.end(name).is_some() || (!in_use && plain_service())
}
