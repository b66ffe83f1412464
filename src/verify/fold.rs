//! The form in which words are compared.

use crate::text::{digit, half_width, is_han, ordinal};

/// Returns the character that stands for `c` and its variants; `None` for one that does not count.
pub(super) fn folded(c: char) -> Option<char> {
    if c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{E000}'..='\u{F8FF}')
    {
        return None;
    }
    Some(match half_width(c) {
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '〔' | '[' | '【' | '〖' | '﹝' => '(',
        '〕' | ']' | '】' | '〗' | '﹞' => ')',
        '〈' => '<',
        '〉' => '>',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '•' | '・' | '‧' | '∙' => '·',
        '〜' => '~',
        '｡' => '。',
        other => other,
    })
}

/// Returns the compared form of a text.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

/// Returns the number of characters of a compared text that are letters, digits or Chinese.
pub(super) fn substance(folded: &str) -> usize {
    folded.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).count()
}

/// Returns true if the range `start..end` of a compared text begins or ends inside a figure.
pub(super) fn splits_figure(text: &str, start: usize, end: usize) -> bool {
    splits_at(text, start) || splits_at(text, end)
}

/// Returns true if `at` is inside a figure.
fn splits_at(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at..]);
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let digit_at = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if last.is_ascii_digit() && first.is_ascii_digit() {
        return true;
    }
    if last == '.' && first.is_ascii_digit() {
        return digit_at(before.chars().nth_back(1));
    }
    if last.is_ascii_digit() && first == '.' {
        return digit_at(after.chars().nth(1));
    }
    if !(is_numeral(last) && is_numeral(first)) {
        return false;
    }
    // 统一 and 二维码: two digits side by side are no number.
    let left = &before[before.trim_end_matches(is_numeral).len()..];
    let right = &after[..after.len() - after.trim_start_matches(is_numeral).len()];
    ordinal(&format!("{left}{right}")).is_some()
}

/// Returns true for a character of a figure: a digit, a numeral, a decimal point.
pub(super) fn is_of_figure(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || is_numeral(c)
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_blanks_and_variants_of_marks_are_one() {
        assert_eq!(fold("国办发[２０２４] 53 号,\n“意见”"), fold("国办发〔2024〕53号，\"意见\""));
        assert_ne!(fold("甲、乙"), fold("甲,乙"));
        assert_ne!(fold("30日"), fold("３日"));
    }

    #[test]
    fn a_match_does_not_split_a_figure() {
        let splits = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            splits_figure(text, start, start + words.len())
        };
        assert!(splits("58个工作日", "8个工作日"));
        assert!(splits("压缩30%", "压缩3"));
        assert!(splits("0.5%", "5%"));
        assert!(splits("不少于1.5万", "不少于1"));
        assert!(splits("三十个工作日", "十个工作日"));
        assert!(!splits("统一二维码", "二维码"));
        assert!(!splits("审批30个工作日。5个", "审批30个工作日"));
        assert!(!splits("第1.乙", "第1"));
    }
}
