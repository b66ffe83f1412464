//! Chinese numerals (汉字数字).

/// Returns true for a character of a Chinese ordinal. — counts as 一: it is often printed or
/// recognised in its place.
pub(crate) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '—')
}

/// Returns true for 一 … 九 and 十, the characters of months and days.
pub(crate) fn is_one_to_ten(c: char) -> bool {
    c == '十' || digit(c).is_some_and(|value| value > 0)
}

/// Returns true for a character that a number of things can start with: 两年, 三批.
pub(crate) fn is_counting(c: char) -> bool {
    c == '两' || is_one_to_ten(c)
}

/// Returns the value of 〇 or 零, 一 … 九.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Reads a Chinese ordinal below 10,000: 一 … 九千九百九十九; — counts as 一. Returns `None` for any
/// other text, zero included. O(n).
pub(crate) fn ordinal(numeral: &str) -> Option<u32> {
    ordinal_of(numeral.chars())
}

fn ordinal_of(numeral: impl Iterator<Item = char>) -> Option<u32> {
    let (mut total, mut last) = (0, None);
    for c in numeral {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            c => {
                let value = if c == '—' { 1 } else { digit(c)? };
                if last.replace(value).is_some_and(|before| before > 0) {
                    return None;
                }
                continue;
            }
        };
        if total > 0 && total < unit * 10 && total % (unit * 10) != 0 {
            return None;
        }
        total += last.take().unwrap_or(1).max(1) * unit;
    }
    let value = total + last.unwrap_or(0);
    (value > 0 && value < 10_000).then_some(value)
}

/// Reads the Chinese number of things at the start of `text`, 两, 二十 or 一百零二. Returns the
/// value and its length in bytes.
pub(crate) fn cardinal(text: &str) -> Option<(u32, usize)> {
    let len = cardinal_len(text);
    let two = |c| if c == '两' { '二' } else { c };
    Some((ordinal_of(text[..len].chars().map(two))?, len))
}

/// Returns the length in bytes of the characters at the start of `text` that [`cardinal`] reads,
/// a number or not.
pub(crate) fn cardinal_len(text: &str) -> usize {
    let numeral = |c: char| is_counting(c) || matches!(c, '百' | '零');
    text.len() - text.trim_start_matches(numeral).len()
}

/// Reads the multiplier at the start of `text`, as after the 5 of 5百万. Returns the factor of 十, 百
/// or 千, the length of the 万, 亿 or 万亿 at the end, and the length of all.
pub(crate) fn multiplier(text: &str) -> (f64, usize, usize) {
    let (factor, small) = match text.chars().next() {
        Some('十') => (10.0, '十'.len_utf8()),
        Some('百') => (100.0, '百'.len_utf8()),
        Some('千') => (1000.0, '千'.len_utf8()),
        _ => (1.0, 0),
    };
    let large = ["万亿", "万", "亿"].into_iter().find(|large| text[small..].starts_with(large));
    let large = large.map_or(0, str::len);
    (factor, large, small + large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_below_10000() {
        for (numeral, value) in [
            ("一", 1),
            ("十", 10),
            ("十九", 19),
            ("二十", 20),
            ("二十八", 28),
            ("一百零二", 102),
            ("一百—十", 110),
            ("一千零一", 1001),
            ("一千一百六十四", 1164),
        ] {
            assert_eq!(ordinal(numeral), Some(value), "{numeral}");
        }
        for numeral in ["", "零", "一二", "十百", "百千"] {
            assert_eq!(ordinal(numeral), None, "{numeral}");
        }
    }

    #[test]
    fn numbers_of_things() {
        assert_eq!(cardinal("两年内"), Some((2, 3)));
        assert_eq!(cardinal("二十个工作日"), Some((20, 6)));
        assert_eq!(cardinal("年内"), None);
    }

    #[test]
    fn multipliers() {
        assert_eq!(multiplier("百万千瓦"), (100.0, 3, 6));
        assert_eq!(multiplier("万亿元"), (1.0, 6, 6));
        assert_eq!(multiplier("千家"), (1000.0, 0, 3));
        assert_eq!(multiplier("家"), (1.0, 0, 0));
    }
}
